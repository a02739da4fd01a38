"""Two marks that cannot stand together, and a mark that one passage alone has: what kind of change that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language import english
from compare.matching.changes import direction, hedges, times
from compare.matching.changes.cues import ends_by_itself, tells_apart
from compare.matching.changes.frame import marks
from compare.matching.changes.lexicon import ALSO_DENY, BE, UNTIL
from compare.matching.changes.negation import SCALE as DENIED
from compare.matching.changes.negation import takes_against
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.quantifiers import shares_differ

if TYPE_CHECKING:
    from compare.matching.changes.frame import Frame
    from compare.matching.changes.reading import Mark, Reading

_JOINING = english.changes.joining
_BESIDE = 4  # words between "and" and what it joins
_ORDERS = english.changes.orders_of_time - {"till"}
_DAYS = frozenset({"weekday", "date", "month", "year"})
_NIGHT = english.changes.night
_MOST_ADDED_OF_ORDERS = 2
_ONE_SIDED = (DENIED, hedges.SCALE, "supposed")  # these count where only one of the two has them
_ONE_SIDED_SHARES = ("none", "not-all", "only", "few")


def counts(one: Mark) -> bool:
    """Whether a mark turns the meaning where only one of two passages has it."""
    return any(scale in _ONE_SIDED for scale in one.scales) or one.value(SHARE) in _ONE_SIDED_SHARES


def clash(one: Mark, other: Mark) -> bool:
    """Whether two marks speak of the same and say different things."""
    common = one.scales.keys() & other.scales.keys()
    if SHARE in common:
        return shares_differ(one.value(SHARE), other.value(SHARE))
    if not common or common == {"clock"}:
        return False
    if times.ORDER in common:
        return times.orders_clash(one.value(times.ORDER), other.value(times.ORDER))
    return any(one.scales[scale] != other.scales[scale] for scale in common)


def opposed(frame: Frame, one: Mark, other: Mark) -> str:
    """The kind of change that two marks which clash are, empty where that is not certain."""
    scales = one.scales.keys() & other.scales.keys()
    if DENIED in scales:
        return ""
    if SHARE in scales:
        return "quantifier" if _same_word(frame, one, other) else ""
    if times.ORDER in scales:
        return "time" if _same_order(frame, one, other) else ""
    if scales & _DAYS:
        return "time" if _NIGHT.isdisjoint((*frame.pair.left.low, *frame.pair.right.low)) else ""
    if hedges.SCALE in scales:
        ordered = {one.value(hedges.SCALE), other.value(hedges.SCALE)} == {hedges.ORDERED, hedges.HEDGED}
        return "modality" if ordered and _same_word(frame, one, other) else ""
    return one.kind if _other_way(frame, one, other) else ""


def _other_way(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether two words of opposite sides are said of the same."""
    mirrored = (one.scales.keys() & other.scales.keys()) & direction.MIRRORED
    if mirrored and not _same_sides(frame, one, other):
        return False
    words = set(frame.pair.left.low) ^ set(frame.pair.right.low)
    if words & UNTIL:
        return False  # "open until Friday", "will close on Friday"
    if direction.compares(frame.pair.left, one) != direction.compares(frame.pair.right, other):
        return False  # "fewer in 2010", "more than in 2010"
    return _same_company(frame, one, other)


def _same_company(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether the word before two marks is the same, or the one behind."""
    before = [max((k for k in side if k < mark.places[0]), default=-1) for side, mark in _sides(frame, one, other)]
    behind = [min((k for k in side if k > mark.places[-1]), default=-1) for side, mark in _sides(frame, one, other)]
    if not _ORDERS.isdisjoint(set(frame.pair.left.low) ^ set(frame.pair.right.low)):
        # "A year after being beaten, she has won": what else happened may be what the other tells.
        return tuple(before) in frame.shared and tuple(behind) in frame.shared
    return tuple(before) in frame.shared or tuple(behind) in frame.shared or _crossed(frame, one, other)


def _crossed(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether one of two marks is a passive, and has before it what the other has behind it."""
    passive = [
        not BE.isdisjoint(side.low[max(0, mark.places[0] - 2) : mark.places[0]])
        for side, mark in ((frame.pair.left, one), (frame.pair.right, other))
    ]
    at, place = one.places[0], other.places[0]
    near = [(a, b) for a, b in frame.shared if abs(a - at) <= _BESIDE + 1 and abs(b - place) <= _BESIDE + 1]
    return passive[0] != passive[1] and any((a < at) != (b < place) for a, b in near)


def _sides(frame: Frame, one: Mark, other: Mark) -> list[tuple[list[int], Mark]]:
    """Each passage's words, with its mark."""
    here = [*frame.missing, *(at for at, _ in frame.shared)]
    return [(here, one), ([*frame.added, *(at for _, at in frame.shared)], other)]


def _same_word(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether two marks go with the same word, or both with none."""
    left, right = frame.pair.left, frame.pair.right
    if one.word < 0 or other.word < 0:
        return one.word == other.word
    return left.stems[one.word] == right.stems[other.word]


def _same_sides(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether what stands before and behind two marks is the same, and not exchanged."""
    at, place = one.places[0], other.places[0]
    straight = sum((a < at) == (b < place) for a, b in frame.shared)
    return 2 * straight > len(frame.shared)


def _same_order(frame: Frame, one: Mark, other: Mark) -> bool:
    """Whether two marks of order join the same two things in the same way."""
    if len(frame.missing) > 1 or len(frame.added) > _MOST_ADDED_OF_ORDERS:
        return False
    here, there = _joined(frame.pair.left, one), _joined(frame.pair.right, other)
    inside = [(a in here, b in there) for a, b in frame.shared]
    straight = sum(a == b for a, b in inside)
    return 3 * straight >= 2 * len(inside) and any(a and b for a, b in inside)


def _joined(reading: Reading, one: Mark) -> set[int]:
    """The places that a word of order leads: up to a comma or full break."""
    at = one.places[-1]
    return {
        k
        for k in range(at + 1, len(reading.words))
        if reading.breaks[k] == reading.breaks[at] and reading.commas[k] == reading.commas[at]
    }


def lost(frame: Frame, one: Mark, missing: int) -> tuple[str, int]:
    """The kind of change where the right lacks a mark of the left, and where it has the word that goes with it."""
    place = frame.partner(one.word) if one.word >= 0 else -1
    if place < 0:
        return "", -1
    mode, share = one.value(hedges.SCALE), one.value(SHARE)
    if one.value(DENIED):
        sure = not _denied_otherwise(frame, one)
    elif mode:
        sure = _is_so(frame, mode, place, missing)
    else:
        none = share == "none" and not _denied_otherwise(frame, one)
        sure = none or share == "not-all" or (share == "only" and _with_others(frame, place))
    kind = "negation" if share == "none" else one.kind
    return (kind, place) if sure else ("", -1)


def _denied_otherwise(frame: Frame, one: Mark) -> bool:
    """Whether the right has a word of its own that may say what "not" says in the left."""
    forms = [frame.pair.right.stems[at] for at in frame.added]
    against = any(form in ALSO_DENY or takes_against(form) for form in forms)
    there = [*frame.added, *(at for _, at in frame.shared)]
    ended = ends_by_itself(frame.pair.right, there, frame.pair.left, one.places[0])
    apart = tells_apart(frame.pair.right, frame.pair.left, one.places[0])
    return against or ended or apart or any("-" in mark.scales.values() for mark in frame.there)


def _is_so(frame: Frame, mode: str, place: int, missing: int) -> bool:
    """Whether the right says plainly what the left has planned, ordered or hedged."""
    right = frame.pair.right
    if mode in (hedges.PLANNED, hedges.ORDERED):
        return hedges.is_done(right, place)
    tight = not frame.missing and not missing and len(frame.added) <= 1
    alone = not any(other.value(hedges.SCALE) for other in marks(right))
    return mode == hedges.HEDGED and tight and alone and hedges.is_plain(right, place)


def _with_others(frame: Frame, place: int) -> bool:
    """Whether the right joins others to what the left names alone: "only the north", "the north and the south"."""
    right = frame.pair.right
    if place < 0 or frame.missing or not frame.added:
        return False
    joint = [at for at, word in enumerate(right.low) if word in _JOINING and abs(at - place) <= _BESIDE]
    return any(all(abs(at - one) <= _BESIDE for one in frame.added) for at in joint)
