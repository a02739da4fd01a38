"""Names and wordings of claims.

A claim is named after its earliest clause, by publication time and then by the article's id. The
order in which articles are given does not matter, and a later article that joins a claim does not
rename it; what else may happen, `lineage` tells.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from compare.language.tokens import leans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOUND_ID = re.compile(r"c[0-9a-f]{12}(-\d+)?")
_OPENING, _CLOSING = "“‘«„", "”’»"
# "LEEDS, England (Agency) — ": where and whose a report is, and no part of what it says.
_DATELINE = re.compile(
    r"^(?=[A-Z]{3})[A-Z][A-Z .'’/-]+(?:, (?:[A-Z][\w.]*\s?){1,3})?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: ?\([^()\n]{2,40}\))? ?(?:—|–|--?) (?=[\"“‘A-Z0-9])"
)
_CUT_OFF = re.compile(r"""^[^"“]*[,.?!…]["”](?=\s)""")
_RELATIVE = ("who ", "which ", "where ", "that ")


def claim_id(story_id: str, text: str) -> str:
    """Name a claim after its story and the text of its earliest clause: "c" and 12 hexadecimal digits."""
    return "c" + blake2b(f"{story_id}\x1f{text}".encode(), digest_size=6).hexdigest()


def unique_ids(ids: Sequence[str]) -> list[str]:
    """Tell equal ids apart by a number: two claims whose earliest clauses have the same words."""
    seen: dict[str, int] = {}
    result = []
    for name in ids:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return result


def tidy(clause: str) -> str:
    """Give a clause as a sentence: a capital first, no dateline, no quotation mark whose partner stands elsewhere."""
    whole = _paired(_DATELINE.sub("", clause))
    return whole[:1].upper() + whole[1:]


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


def central(texts: NDArray[np.object_], probability: NDArray[np.float64], differ: NDArray[np.bool_]) -> int:
    """The clause that matches the others best; the first of equals.

    A clause that leans on what stands before it ("They have stalled.") is taken only if all do. Where outlets
    differ in meaning, the wording is one of the majority's: else the faithful would count as altered.

    Args:
        texts: the clauses, the earliest first, shape (clauses,).
        probability: that clauses i and j say the same, shape (clauses, clauses).
        differ: whether a change was found between i and j, in the same shape.
    """
    leaning = np.array([leans(text) or text.startswith(_RELATIVE) or "…" in text for text in texts])
    # Rounded: equal sums must not differ in their last bit.
    likeness = probability.sum(axis=1).round(6)
    return int(np.lexsort((-likeness, differ.sum(axis=1), leaning))[0])
