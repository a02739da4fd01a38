"""Where a text quotes: how much of each span stands inside quotation marks.

A paragraph is read on its own. A quotation that runs over several paragraphs opens anew in each of
them and closes in the last only, so a mark that is not closed ends where its paragraph ends.
"""

# ruff: noqa: RUF002 - quotation marks and apostrophes of every kind are what is read here

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# What each mark is closed by once it has opened; in some languages » and ” open.
_CLOSED_BY = {
    "“": '”"',
    "”": "”",
    '"': '"”',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’'",
    "’": "’",
    "'": "'’",
    "‚": "‘’",
}
_SINGLE = "‘’‚'"
_OPENS_OR_CLOSES = "\"”»'’"
_NOT_AFTER_OPENER = ",;:!?)]}"

# Whatever Python's splitlines takes for the end of a line ends a paragraph.
PARAGRAPH = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MARK = re.compile(r"[“”\"„«»‹›「」『』‘’‚']")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
# Apostrophes that stand where a quotation could begin: the '90s, 'tis, 'em, rock 'n' roll.
_ELISION = re.compile(r"['’‘](?:\d0s|\d\d\b|(?:tis|twas|em|til|till|cause|bout|round|n)\b)", re.IGNORECASE)


def quoted_share(text: str, spans: Sequence[tuple[int, int]]) -> list[float]:
    """Give for each span the share of its letters that stands inside quotation marks.

    The marks are read over the whole text, so a sentence in the middle of a quotation counts although
    it has no mark of its own. Apostrophes are not marks. A mark that is never closed ends with its
    paragraph (line).

    Args:
        text: the whole article.
        spans: start and end (exclusive), in code points.

    Returns:
        0..1 for each span; 0 for a span without letters.
    """
    spoken = quotations(text)
    starts = [start for start, _ in spoken]
    shares = []
    for start, end in spans:
        inside = 0
        at = max(bisect_right(starts, start) - 1, 0)
        while at < len(spoken) and spoken[at][0] < end:
            low, high = spoken[at]
            inside += _letters(text, max(start, low), min(end, high))
            at += 1
        shares.append(inside / _letters(text, start, end) if inside else 0.0)
    return shares


def _letters(text: str, start: int, end: int) -> int:
    return len(_NOT_LETTERS.sub("", text[start:end])) if start < end else 0


def quotations(text: str) -> list[tuple[int, int]]:
    """The spans between quotation marks, in order; what is nested belongs to the outer one."""
    found: list[tuple[int, int]] = []
    for paragraph in PARAGRAPH.finditer(text):
        marks = [mark.start() for mark in _MARK.finditer(text, *paragraph.span())]
        if marks:
            found += _pair(text, marks, paragraph.start(), paragraph.end())
    return found


def _pair(text: str, marks: list[int], first: int, last: int) -> list[tuple[int, int]]:
    """Pair the marks at these offsets in the paragraph from `first` to `last`, left to right."""
    found = []
    opener = ""
    opened = first
    for at, closed_later in zip(marks, _closed_later(text, marks), strict=True):
        mark = text[at]
        if opener:
            if mark in _CLOSED_BY[opener] and _closes(text, at, plural=closed_later):
                found.append((opened, at))
                opener = ""
        elif _opens(text, at) and (mark not in "'’" or closed_later or at == first):
            opener, opened = mark, at
    if opener:
        found.append((opened, last))
    return found


def _opens(text: str, at: int) -> bool:
    """Whether the mark can open a quotation, seen from its two neighbours."""
    mark = text[at]
    if mark not in _CLOSED_BY or (mark in _SINGLE and _ELISION.match(text, at)):
        return False
    before, after = _neighbours(text, at)
    if mark in _OPENS_OR_CLOSES:
        return not (before.isalnum() or after.isspace() or after in _NOT_AFTER_OPENER)
    return before.isspace() or not after.isspace()


def _closes(text: str, at: int, *, plural: bool) -> bool:
    """Whether the mark closes the open quotation; with `plural`, workers’ ends in an apostrophe."""
    before, after = _neighbours(text, at)
    if text[at] in _SINGLE:
        return _surely_closes(before, after) or (not plural and before in "sS" and after.isspace())
    # A straight mark that leans on the next word opens again: the one before was never closed.
    return text[at] != '"' or not before.isspace() or after.isspace()


def _surely_closes(before: str, after: str) -> bool:
    """Whether a single mark is certainly no apostrophe: neither don’t nor the workers’ union."""
    if before.isspace() or (before.isalnum() and after.isalnum()):
        return False
    return not (before in "sS" and after.isspace())


def _closed_later(text: str, marks: list[int]) -> list[bool]:
    """For each mark: does a single mark that surely closes follow before a single one opens again?"""
    later = [False] * len(marks)
    closed = False
    for number in range(len(marks) - 1, -1, -1):
        later[number] = closed
        at = marks[number]
        if text[at] in _SINGLE:
            if text[at] in "’'" and _surely_closes(*_neighbours(text, at)):
                closed = True
            elif _opens(text, at):
                closed = False
    return later


def _neighbours(text: str, at: int) -> tuple[str, str]:
    """The characters before and after; a space where the text ends."""
    return text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
