"""The quote ledger: what becomes of every quotation at every outlet.

``sayings`` takes the quotations out of the articles and says what is left of one in another, ``people`` whether two
speakers are one person, ``versions`` which sayings are versions of one quotation and to whom it belongs, and ``table``
puts it together.
"""

from compare.coverage.ledger.table import quote_ledger, with_speakers

__all__ = ["quote_ledger", "with_speakers"]
