"""Quotations: where a text quotes, with which words it says so, and whom.

``marks`` pairs quotation marks, ``cues`` knows the verbs, ``stream`` cuts a text into tokens in which a
quotation is one, ``clauses`` finds who says what in a sentence, ``speakers`` resolves "he" and "the
official", and ``extract`` puts it together.
"""

from compare.language.quotes.stream import PARAGRAPH, quoted_share

__all__ = ["PARAGRAPH", "quoted_share"]
