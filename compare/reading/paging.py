"""Drop the page numbers, running heads and feet left in an article that was copied from a PDF.

Both form and place count. "12" may be a result, and "4 May" or "Day 2" a heading: such a line belongs to a page only if
it cuts a sentence in two.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby, pairwise

from compare.reading.wrapping import joined

_LONGEST = 100  # most characters of a running head
_MOST_LINES = 4  # most lines: the foot of a page and the head of the next
_NUMBER = re.compile(r"[-–—\[(| ]{0,4}(\d{1,3})[-–—\])| ]{0,4}")
_PAGE_OF = re.compile(r"[-–—|( ]{0,4}page \d{1,4} of \d{1,4}[-–—|) ]{0,4}", re.IGNORECASE)
# The page number in a head or foot.
_ITS_NUMBER = re.compile(
    r"\bpage \d{1,4}(?: of \d{1,4})?|\b\d{1,4} ?(?:/|of) ?\d{1,4}$|^\d{1,4}(?= ?[|•·])|(?<=[|•·]) ?\d{1,4}$",
    re.IGNORECASE,
)
_RULED = re.compile(r"\w\W{0,3}[|•·]\W{0,3}\w|https?://|\bwww\.|\bpage \d", re.IGNORECASE)
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# Lines that may be the article's own unless they cut a sentence: with a day, or with a number at the edge.
_NUMBERED = re.compile(
    rf"^\d{{1,3}} {{1,3}}[A-Z]|[a-z] {{1,3}}\d{{1,3}}$|\d (?i:{_MONTHS})|(?i:{_MONTHS})[a-z]{{0,6}} \d"
    r"|\b\d{1,2}/\d{1,2}(?:/|$)"
)
_ENDED = re.compile(r"[.!?…:;,][\"”'’»)\]]{0,3}$")


def without_pages(text: str) -> str:
    """Return text without page edges; the halves of a sentence cut by one stay on two lines."""
    whole = text.replace("\f", "\n").split("\n")
    lines = [line.strip() for line in whole]
    filled = [at for at, line in enumerate(lines) if line]
    shapes = {at: _ITS_NUMBER.sub("#", lines[at]).casefold() for at in filled if len(lines[at]) <= _LONGEST}
    times = Counter(shapes.values())
    numbers = {at: int(found[1]) for at in shapes if (found := _NUMBER.fullmatch(lines[at]))}
    first = next(iter(numbers.values()), 0)
    counted = set(numbers) if list(numbers.values()) == list(range(first, first + len(numbers))) else set()

    def is_edge(at: int) -> bool:
        """Whether a line looks like the edge of a page."""
        if at in numbers or at not in shapes or _ENDED.search(lines[at]):
            return at in counted
        return times[shapes[at]] > 1 or any(form.search(lines[at]) for form in (_PAGE_OF, _RULED, _NUMBERED))

    gone: set[int] = set()
    heads: set[str] = set()  # shapes of lines that cut a sentence
    before = None
    runs = [(edge, list(run)) for edge, run in groupby(filled, is_edge)]
    for (edge, run), (_, following) in zip(runs, [*runs[1:], (False, [])], strict=False):
        if not edge:
            before = run[-1]
        elif before is not None and following and len(run) <= _MOST_LINES:
            apart = before + 1 < run[0] and run[-1] + 1 < following[0]
            sure = all(
                at in counted or _PAGE_OF.fullmatch(lines[at]) or (times[shapes[at]] > 1 and _RULED.search(lines[at]))
                for at in run
            )
            halves = f"{lines[before]}\n{lines[following[0]]}"
            # Without blank lines around it, a line that ends in a number may be one of many wrapped lines.
            if (apart or sure) and joined(halves) != halves:
                gone.update(range(before + 1, following[0]))  # with blank lines: the sentence goes on in the next line
                heads.update(shapes[at] for at in run)
    if counted & gone:
        gone |= counted
    on_page: dict[str, list[int]] = {}
    for at in filter(shapes.__contains__, filled):
        if found := _ITS_NUMBER.search(lines[at]):
            on_page.setdefault(shapes[at], []).append(int(re.findall(r"\d+", found[0])[0]))
    for at in shapes.keys() - numbers:
        named = len(re.findall(r"[^\W\d_]{2,}", lines[at])) > 1  # unlike the row of a table, such as "Yes | 12"
        again = shapes[at] in heads or (named and _RULED.search(lines[at]) is not None)
        # "Lower Marl | 200" and, further down, "Lower Marl | 300" are results.
        again = again and all(b - a == 1 for a, b in pairwise(on_page.get(shapes[at], ())))
        if (times[shapes[at]] > 1 and again) or _PAGE_OF.fullmatch(lines[at]):
            gone.add(at)
    return "\n".join(line for at, line in enumerate(whole) if at not in gone) if gone else text
