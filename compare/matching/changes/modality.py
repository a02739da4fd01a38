"""Planned, ordered, expected or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.tokens import stem
from compare.matching.changes.cues import hedges
from compare.matching.changes.lexicon import EVIDENTIAL, HEDGE_PHRASES
from compare.matching.changes.marks import Mark, content_behind, mark
from compare.matching.changes.reading import IRREGULAR, kept

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

SCALE = "done"
PLANNED, ORDERED, HEDGED, SAID_TO, WEAK = "planned", "ordered", "hedged", "said to", "weak"
# Reserve of so little weight that it is often dropped.
_WEAK = frozenset(
    """apparently perhaps maybe probably seemingly presumably arguably likely
    possible probable tend tends seem seems seemed it""".split()
)


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


# Before "to": who plans a thing has not yet done it ...
_PLANS = _stems(
    """plan plans planned want wants wanted hope hopes hoped intend intended intends aim aims aimed agree agreed agrees
    promise promised pledge pledged vow vowed threaten threatened threatens threat threats offer offered seek sought
    seeks try tried tries attempt attempted attempts propose proposed proposes proposal prepare prepared preparing
    scheduled due ready set slated poised about willing keen hopes intention bid effort efforts"""
)
# ... nor has who must, or is told to.
_ORDERS = _stems("ordered required obliged told urged asked instructed advised")
_BEFORE_ING = _stems("consider considers considered considering weighing mulling contemplating pondering proposed")
_THREATS = frozenset(
    "threatens threaten threatened considering weighing mulling considers contemplating pondering".split()
)
_BE = frozenset("is are was were be been being".split())
_NEEDS_BE = frozenset("due ready set slated poised about scheduled".split())
_MUST = frozenset("must should ought".split())
# Before a verb that has happened none of these stands.
_NOT_YET = frozenset("will would shall to may might could can should must if when unless not never whether for".split())
_SAME_IN_PAST = frozenset("cut put hit set let shut cost burst cast quit spread bid split".split())
_AUXILIARIES = frozenset("be been being have has had".split())
_HAVE = frozenset("has have had".split()) | _BE


@kept
def modes(reading: Reading) -> tuple[Mark, ...]:
    """The words of a passage by which something is not said to be done: planned, ordered, possible."""
    found = []
    for at in range(len(reading.low)):
        value, end = _mode(reading, at)
        verb = content_behind(reading, end) if value else -1
        if verb >= 0:
            found.append(mark("modality", SCALE, value, range(at, end + 1), verb))
    taken = {at for one in found for at in one.places}
    for at, word in hedges(reading):
        if at in taken or reading.low[at + 1 : at + 2] == ["by"]:
            continue  # "was believed by the judge"
        places = [at, *range(at + 1, at + 1 + _rest_of_phrase(reading, at))]
        value = SAID_TO if reading.stems[at] in EVIDENTIAL else WEAK if reading.low[at] in _WEAK else HEDGED
        kind = "modality" if reading.low[at] in _THREATS else "hedge"
        found.append(mark(kind, SCALE, PLANNED if kind == "modality" else value, places, word))
    return tuple(found)


def _mode(reading: Reading, at: int) -> tuple[str, int]:
    """What a word says of the verb that follows, and the last word of the phrase; empty where it says nothing."""
    word, form, behind = reading.low[at], reading.stems[at], [*reading.low[at + 1 : at + 3], "", ""]
    # "agreed to", "agreed reluctantly to"
    to = at + 1 if behind[0] == "to" else at + 2 if behind[1] == "to" and behind[0].endswith("ly") else -1
    is_so = any(reading.low[k] in _BE for k in range(max(0, at - 2), at))
    if word in _MUST and (word != "ought" or to > 0):
        return ORDERED, max(to, at) if word == "ought" else at
    if to > 0 and (word in ("has", "have") or (form in _ORDERS and is_so)):
        return ORDERED, to
    if to > 0 and (is_so if word in _NEEDS_BE else form in _PLANS):
        return PLANNED, to
    return (PLANNED, at) if form in _BEFORE_ING and behind[0].endswith("ing") else ("", at)


def _rest_of_phrase(reading: Reading, at: int) -> int:
    rests = HEDGE_PHRASES.get(reading.low[at], ())
    return max((len(rest) for rest in rests if reading.low[at + 1 : at + 1 + len(rest)] == rest), default=0)


def is_plain(reading: Reading, place: int) -> bool:
    """Whether nothing before a word holds it back."""
    before = [reading.low[k] for k in range(max(0, place - 4), place) if reading.breaks[k] == reading.breaks[place]]
    while before and before[-1] in _AUXILIARIES:
        before.pop()
    return before[-1:] != ["to"] and _NOT_YET.isdisjoint(set(before) - {"to", "for"})


def is_done(reading: Reading, place: int) -> bool:
    """Whether a verb is said to have happened: a past form, or one behind "has" or "was"."""
    low = reading.low[place]
    past = low.endswith("ed") or IRREGULAR.get(low, stem(low)) != stem(low)
    helped = any(reading.low[k] in _HAVE for k in range(max(0, place - 3), place))
    return (past or low in _SAME_IN_PAST or (helped and low in IRREGULAR)) and is_plain(reading, place)
