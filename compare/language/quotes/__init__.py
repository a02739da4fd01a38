"""Quotations: where a text quotes, with which words it says so, and whom.

``stream`` pairs quotation marks and cuts a text into tokens in which a quotation is one, ``cues`` knows the verbs
and ``verbs`` reads them, ``phrases``, ``names`` and ``epithets`` find whose subject stands beside one and ``said`` its
content, ``attributed`` puts together who says what in a sentence, ``persons`` resolves "he" and "the official", and
``extract`` makes the table.
"""
