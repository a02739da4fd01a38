"""Two forms of a quotation, word by word: what of the one stands in the other, and what is gone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from compare.language.tokens import FUNCTION_WORDS, stem, words

# A form is full if no more than this share of the content words is gone, and nothing that denies or limits.
_LIGHT = 0.1
# From this likeness of letters on, words that stand for others are another spelling: organise, organize.
_SPELLING = 80.0
_WEIGHTY = frozenset("not no never nobody nothing neither nor without if unless until except only".split())
_NEGATED = re.compile(r"^(?:un|in|im|il|ir|dis|non|a)-?(?=\w{3})")
_BRACKETS = re.compile(r"\[[^\]\n]{0,60}\]")
_MOST_WORDS = 1500  # of a form; a longer one is a speech
_REMEMBERED = 5000


class Form(NamedTuple):
    """The words of a form as they stand and as they are compared; which of them tell something."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    content: tuple[bool, ...]

    @property
    def size(self) -> int:
        """How many words tell something."""
        return sum(self.content)


class Kept(NamedTuple):
    """What a form has of a fuller one."""

    share: float  # of its content words
    content: int  # how many these are
    words: int  # words of any kind
    full: bool
    gone: str  # the runs of words that are missing, joined by " … "


@lru_cache(maxsize=_REMEMBERED)
def read_form(text: str) -> Form:
    """Cut a form of a quotation into words; what stands in brackets is the outlet's."""
    said = words(_BRACKETS.sub(" ", text))[:_MOST_WORDS]
    stems = tuple([stem(word) for word in said])
    content = tuple([form not in FUNCTION_WORDS for form in stems])
    return Form(said, stems, content)


@lru_cache(maxsize=_REMEMBERED)
def kept(text: str, fuller: str) -> Kept:
    """Say what a form keeps of a fuller one, in order."""
    here, there = read_form(text), read_form(fuller)
    differences = [
        run
        for run in _differences(here.stems, there.stems)
        if not _respelled(there.stems[run[0] : run[1]], here.stems[run[2] : run[3]])
    ]
    missing = [(low, high) for low, high, _, _ in differences if low < high]
    gone = [at for low, high in missing for at in range(low, high)]
    lost = sum(there.content[at] for at in gone)
    left = there.size - lost
    share = left / there.size if there.size else 1.0
    # A "not" more turns it round as one less does; what only stands before or after is another sentence.
    inside = [
        at for _, _, first, last in differences if first > 0 and last < len(here.stems) for at in range(first, last)
    ]
    weighty = any(there.stems[at] in _WEIGHTY for at in gone) or any(here.stems[at] in _WEIGHTY for at in inside)
    told = " … ".join(" ".join(there.words[low:high]) for low, high in missing)
    return Kept(share, left, len(there.words) - len(gone), lost <= _LIGHT * there.size and not weighty, told)


def _differences(here: tuple[str, ...], there: tuple[str, ...]) -> list[tuple[int, int, int, int]]:
    """The runs of words between those that both have in order: from and to in the fuller, from and to in the other."""
    from rapidfuzz.distance import LCSseq

    found: list[tuple[int, int, int, int]] = []
    for step in LCSseq.opcodes(there, here):
        if step.tag == "equal":
            continue
        run = step.src_start, step.src_end, step.dest_start, step.dest_end
        if found and found[-1][1] == run[0] and found[-1][3] == run[2]:
            before = found.pop()
            run = before[0], run[1], before[2], run[3]
        found.append(run)
    return found


def _respelled(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two runs of words are one in another spelling: no other number, and no "il-" more or less."""
    here, there = "".join(one), "".join(other)
    if here == there:
        return True
    if any(sign.isdigit() for sign in here + there):
        return False
    pairs = zip(one, other, strict=False) if len(one) == len(other) else ((here, there),)
    if any(_NEGATED.sub("", a) == b or _NEGATED.sub("", b) == a for a, b in pairs if a != b):
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(here, there) >= _SPELLING
