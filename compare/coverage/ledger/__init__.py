"""The quote ledger: the treatment of every quotation at every outlet.

``sayings`` extracts quotations from articles and compares their wording, ``people`` decides whether two speakers are
one person, ``versions`` groups sayings into versions of one quotation and finds its source, and ``table`` assembles
the result.
"""

from compare.coverage.ledger.table import quote_ledger, with_speakers

__all__ = ["quote_ledger", "with_speakers"]
