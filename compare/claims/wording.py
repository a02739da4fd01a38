"""How a claim is worded: as one of its clauses says it, so that a stranger understands it.

The wording is chosen among what the outlets wrote and never made up; what is put in ("[Hugh Tansley] said ...") stands
in brackets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from compare.language.quotes.speakers import Cast
from compare.language.quotes.stream import paragraphs
from compare.language.standing import lacks

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OPENING, _CLOSING = "“‘«„", "”’»"
# "LEEDS, England (Agency) — ": where and whose a report is, and no part of what it says.
_DATELINE = re.compile(
    r"^(?=[A-Z]{3})[A-Z][A-Z .'’/-]+(?:, (?:[A-Z][\w.]*+\s?){1,3})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: ?\([^()\n]{2,40}\))? ?(?:—|–|--?) (?=[\"“‘A-Z0-9])"
)
_CLOCK = re.compile(r"^\d{1,2}[.:]\d\d ?(?:[ap]m|[A-Z]{2,4})?[:,–—-]? (?=[\"“‘A-Z])")  # of a live blog
_CUT_OFF = re.compile(r"""^[^"“]*[,.?!…]["”](?=\s)""")
_PRONOUN = re.compile(r"(?P<he>He|She)\b(?!['’])|(?P<his>His|Her)\b(?= [a-z])")
_REMEMBERED = 64  # articles


def central(texts: NDArray[np.object_], probability: NDArray[np.float64], differ: NDArray[np.bool_]) -> int:
    """The clause that matches the others best, of those that stand alone if there are any; the first of equals.

    Where outlets differ in meaning, the wording is one of the majority's: else the faithful would count as altered.

    Args:
        texts: the clauses, the earliest first, shape (clauses,).
        probability: that clauses i and j say the same, shape (clauses, clauses).
        differ: whether a change was found between i and j, in the same shape.
    """
    # Rounded: equal sums must not differ in their last bit.
    likeness = probability.sum(axis=1).round(6)
    return int(np.lexsort((-likeness, differ.sum(axis=1), [lacks(text) for text in texts]))[0])


def tidy(clause: str) -> str:
    """Give a clause as a sentence: a capital first, no dateline or time, no quotation mark without its partner."""
    whole = _paired(_CLOCK.sub("", _DATELINE.sub("", clause)))
    return whole[:1].upper() + whole[1:]


def worded(clause: str, article: str, start: int) -> str:
    """Give a clause as the wording of a claim; who "he" is stands in brackets where only one person can be meant.

    Args:
        clause: as the clause table has it.
        article: the text that it stands in.
        start: where it begins there.
    """
    wording = tidy(clause)
    found = _PRONOUN.match(wording)
    if found is None or clause[:1] != wording[:1]:
        return wording
    cast, sentence_at = _cast(article)
    number = int(np.searchsorted(sentence_at, start, side="right")) - 1
    who = cast.only_one(start, number, "m" if found[0] in ("He", "His") else "f")
    if not who:
        return wording
    owner = f"[{who}’s]" if found["his"] else f"[{who}]"
    return owner + wording[found.end() :]


@lru_cache(maxsize=_REMEMBERED)
def _cast(article: str) -> tuple[Cast, list[int]]:
    sentences = [sentence for paragraph in paragraphs(article) for sentence in paragraph]
    return Cast(article, sentences), [sentence[0].start for sentence in sentences]


def _paired(sentence: str) -> str:
    straight_is_odd = sentence.count('"') % 2 == 1
    closes, opens = set(sentence) & set(_CLOSING), set(sentence) & set(_OPENING)
    if (sentence[:1] in _OPENING and not closes) or (sentence[:1] == '"' and straight_is_odd):
        return sentence[1:].lstrip()
    if (sentence[-1:] in _CLOSING and not opens) or (sentence[-1:] == '"' and straight_is_odd):
        return sentence[:-1].rstrip()
    if _CUT_OFF.search(sentence) and not opens:
        # "We are pricing in April,” said one broker": the quotation begins in another sentence.
        return f'"{sentence}' if straight_is_odd else f"“{sentence}" if "”" in sentence else sentence
    return sentence
