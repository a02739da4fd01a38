"""How certain somebody is of something: "are certain that", "doubt that", "it is not clear whether"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.matching.changes.lexicon import BE, stems
from compare.matching.changes.reading import Mark, kept, mark

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

SCALE, SURE, DOUBT = "done", "sure", "doubt"
_SURE = stems(english.sure_of)
_DOUBT = stems(english.doubting_of)
_OPEN = stems(english.open_question)
_OPENERS = frozenset({"that", "whether", "if"})
_TO_OPENER = 4  # words from "doubt" to "whether", as in "doubt about whether"
_TO_NOT = 3  # words back from "certain" to "not"


@kept
def certainty(reading: Reading) -> tuple[Mark, ...]:
    """Return the words of a passage that call something certain or doubtful, without whoever does so."""
    found = []
    for at, form in enumerate(reading.stems):
        last = _opener(reading, at)
        if last < 0 or form not in _SURE | _DOUBT:
            found += _asked(reading, at)
            continue
        no = next((k for k in range(at - 1, max(-1, at - 1 - _TO_NOT), -1) if _denies(reading, k, at)), -1)
        if no < 0 and form in _SURE and (reading.low[last] != "that" or not _is_sure(reading, at)):
            continue
        value = DOUBT if (form in _DOUBT) == (no < 0) else SURE
        found.append(mark("hedge", SCALE, value, range(at if no < 0 else no, last + 1), reading.content_behind(last)))
    return tuple(found)


def _opener(reading: Reading, at: int) -> int:
    """The place of the "that" or "whether" before the matter in doubt, or of the "to" in "unlikely to"; else -1."""
    for k in range(at + 1, min(at + 1 + _TO_OPENER, len(reading.low))):
        low = reading.low[k]
        if not reading.are_together(at, k):
            return -1
        if low in _OPENERS or (low == "to" and k == at + 1 and reading.low[at] == "unlikely"):
            return k
        if low not in english.before_openers:
            return -1
    return -1


def _is_sure(reading: Reading, at: int) -> bool:
    """Whether a word describes somebody or "it": "made clear that" only reports a statement."""
    low = reading.low[at]
    return low not in english.sure_when_so or any(reading.low[k] in BE for k in range(max(0, at - 2), at))


def _denies(reading: Reading, no: int, at: int) -> bool:
    """Whether a word reverses the one after it: "not certain", "far from certain", "little doubt"."""
    far = reading.low[no] == "far" and reading.low[no + 1] == "from"
    return reading.are_together(no, at) and (far or reading.low[no] in english.taking_back)


def _asked(reading: Reading, at: int) -> list[Mark]:
    """The words that "Whether it sank is uncertain" leaves open, given the place of "whether"."""
    if reading.low[at] != "whether" or (
        at and reading.breaks[at - 1] == reading.breaks[at] and reading.low[at - 1] != "but"
    ):
        return []
    clause = [k for k in range(at + 1, len(reading.low)) if reading.are_together(at, k)]
    for k in clause[2:]:
        if reading.low[k] not in BE | {"remains", "remained"}:
            continue
        behind = [j for j in clause if j > k and reading.low[j] not in english.before_open]
        if behind[:1] and (reading.stems[behind[0]] in _OPEN) and behind[0] == clause[-1]:
            return [mark("hedge", SCALE, DOUBT, (at, *range(k, behind[0] + 1)), reading.content_behind(at))]
    return []
