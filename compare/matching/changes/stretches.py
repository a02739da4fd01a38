"""What two long sentences tell of one thing, cut out of both: "has cost 57 million crowns", "cost 75 million crowns".

Sentences of different outlets tell much besides, so that nothing is proven between the wholes. Around a mark or an
amount each is cut to the words that both have near it, in one clause, where most of the words there are shared.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.language.amounts import NAMED
from compare.language.clauses import clauses
from compare.language.english import changes as english
from compare.language.tokens import FUNCTION_WORDS
from compare.matching.changes.frame import marks
from compare.matching.changes.hedges import PLANNED
from compare.matching.changes.lexicon import ALSO_DENY, CONDITIONS, UNTIL
from compare.matching.changes.negation import takes_against
from compare.matching.changes.reading import SAYING, kept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from compare.matching.changes.reading import Reading

_REACH = 8  # words to either side
_LEAST_SHARED = 2  # content words that both have there
_LEAST_ALIKE = 0.5  # of the content words there (Dice)
_SLIGHT = 0.05  # relative difference of amounts that may be cut short: "43 million" for 43.9
_TURNING = UNTIL | CONDITIONS | {"would"}
_AGAINST = ALSO_DENY | {"against"}
_BEHIND = 2  # words
_STEPS = english.measured | english.orders_of_time | frozenset("early earlier late later ago apart away".split())
_ONE_SIDED = frozenset({"negation", "modality", "quantifier"})  # kinds of marks that only one of two may have

# Small words that belong to what they lead, unlike those that join clauses.
_LEADING = FUNCTION_WORDS - frozenset("and but or that which who when where while as than so if".split())


class _Spot(NamedTuple):
    """A mark or an amount and its first and last word."""

    what: Any  # a Mark or a Quantity
    first: int
    last: int


def stretches(left: Reading, right: Reading) -> Iterator[tuple[str, str, str]]:
    """Yield stretches of two sentences around an amount or mark that differs, each with the amount in the first."""
    for around, spots in ((True, _amounts_apart(left, right)), (False, _marks_apart(left, right))):
        for one, other in spots:
            for behind in (False, True):
                cut = _cut(left, right, one, other, behind=behind)
                if cut is not None:
                    yield (*cut, one.what.text if around else "")


def _amounts_apart(left: Reading, right: Reading) -> list[tuple[_Spot, _Spot]]:
    return [
        (one, other)
        for one in _counted(left)
        for other in _counted(right)
        if _amounts_differ(one, other)
        and _steps(left, one) == _steps(right, other)
        and _alone(left, one, right)
        and _alone(right, other, left)
        and (one.what.unit or _counted_by(left, one) == _counted_by(right, other))
        and not _is_another_time(left, right)
    ]


def _marks_apart(left: Reading, right: Reading) -> list[tuple[_Spot, _Spot]]:
    spots = [(one, other) for one in _marked(left) for other in _marked(right) if _marks_differ(one, other)]
    spots += [*_one_sided(left, right), *((one, other) for other, one in _one_sided(right, left))]
    return [
        (one, other)
        for one, other in spots
        if _turns(left, one) == _turns(right, other)
        and not (_is_undone(left, one, right) or _is_undone(right, other, left))
        and _leading(left, one) & _leading(right, other)
    ]


def gives(amount: Reading, sentences: Iterable[Reading]) -> bool:
    """Whether an article gives an amount too, so that another one in it is of another thing; days stand in any."""
    wanted = [one for one in amount.quantities if one.unit not in NAMED]
    given = [one for sentence in sentences for one in sentence.quantities]
    return any(one.value == other.value and one.unit == other.unit for one in wanted for other in given)


@kept
def _marked(reading: Reading) -> list[_Spot]:
    return [_Spot(one, one.places[0], one.places[-1]) for one in marks(reading)]


@kept
def _counted(reading: Reading) -> list[_Spot]:
    found = []
    for one in reading.quantities:
        first = min(bisect_left(reading.starts, one.start), len(reading.words) - 1)
        found.append(_Spot(one, first, max(first, bisect_left(reading.starts, one.end) - 1)))
    return found


def _steps(reading: Reading, spot: _Spot) -> set[str]:
    """The words behind an amount that make it a step: "11 seconds early", "46 seconds"."""
    behind = range(spot.last + 1, min(spot.last + 1 + _BEHIND, len(reading.low)))
    return {reading.low[at] for at in behind if reading.are_together(at, spot.last)} & _STEPS


def _marks_differ(one: _Spot, other: _Spot) -> bool:
    return not one.what.scales.keys().isdisjoint(other.what.scales) and not bool(one.what.agrees_with(other.what))


def _amounts_differ(spot: _Spot, with_spot: _Spot) -> bool:
    one, other = spot.what, with_spot.what
    if one.unit != other.unit or one.agrees_with(other):
        return False
    return one.unit in NAMED or abs(one.value - other.value) > _SLIGHT * max(abs(one.value), abs(other.value))


def _counted_by(reading: Reading, spot: _Spot) -> str:
    """What a bare number counts, as its next word tells: "12-nation", "11 Pacific nations" do not count the same."""
    return reading.stems[spot.last + 1] if spot.last + 1 < len(reading.stems) else ""


def _alone(reading: Reading, spot: _Spot, other: Reading) -> bool:
    """Whether no other amount of a sentence in this unit is missing from the other sentence.

    Of "ten killed, 50 hurt" and "612 killed, 1,400 hurt" nothing says that they count the same.
    """
    rest = [one for one in reading.quantities if one.unit == spot.what.unit and one is not spot.what]
    return all(any(one.agrees_with(known) for known in other.quantities) for one in rest)


def _is_another_time(left: Reading, right: Reading) -> bool:
    """Whether only one of two sentences names a year: what happened then may be another event."""
    years = [any(one.unit == "year" for one in reading.quantities) for reading in (left, right)]
    return years[0] != years[1]


def _one_sided(reading: Reading, other: Reading) -> Iterator[tuple[_Spot, _Spot]]:
    """Yield the word that a mark of one sentence goes with, and the same word without such a mark in the other.

    Words that deny, doubt or set a condition may stand far before what they turn, so there must be none in the other.
    """
    for one in marks(reading):
        if one.word < 0 or one.kind not in _ONE_SIDED:
            continue
        if one.kind == "modality" and (PLANNED not in one.scales.values()):
            continue
        for at in other.places.get(reading.stems[one.word], ()):
            before = [other.stems[k] for k in range(at) if other.breaks[k] == other.breaks[at]]
            if one.kind != "modality" and any(form in _AGAINST or takes_against(form) for form in before):
                continue
            ends = *one.places, one.word
            yield _Spot(one, min(ends), max(ends)), _Spot(one, at, at)


def _turns(reading: Reading, spot: _Spot) -> set[str]:
    """The words near a spot that tell until when or on which condition, which a cut may lose."""
    return {reading.low[at] for at in reading.near(spot.first, _REACH)} & _TURNING


def _is_undone(reading: Reading, spot: _Spot, other: Reading) -> bool:
    """Whether a word before a mark, and in one sentence only, turns it round again: "lift the ban on imports"."""
    before = {reading.stems[at] for at in range(spot.first) if reading.breaks[at] == reading.breaks[spot.first]}
    return any(form in _AGAINST or takes_against(form) for form in before - other.forms)


def _leading(reading: Reading, spot: _Spot) -> set[str]:
    """The content words before a mark, among which is what it is told of."""
    before = (at for at in range(spot.first) if reading.is_content[at] and reading.are_together(at, spot.first))
    return {reading.stems[at] for at in before}


def _cut(left: Reading, right: Reading, one: _Spot, other: _Spot, *, behind: bool) -> tuple[str, str] | None:
    """Return both sentences cut to the words around two spots that both have, or None if these are too few.

    `behind`: only to those behind, so that who "denied" or "confirmed" something stays out of it.
    """
    here, there = _around(left, one), _around(right, other)
    shared = here.keys() & there.keys()
    if behind:
        shared = {form for form in shared if here[form] > one.first and there[form] > other.first}
    told = [form for form in (*here, *there) if form not in SAYING]
    alike = sum(form in here and form in there for form in told) / max(1, len(told))
    if len(shared - SAYING) < _LEAST_SHARED or alike < _LEAST_ALIKE:
        return None
    return _text(left, one, [here[form] for form in shared]), _text(right, other, [there[form] for form in shared])


def _around(reading: Reading, spot: _Spot) -> dict[str, int]:
    """The content words near a spot in its clause, each with its place."""
    found: dict[str, int] = {}
    near = {*reading.near(spot.first, _REACH), *reading.near(spot.last, _REACH)} & _clause_of(reading, spot)
    for at in sorted(near):
        if reading.is_content[at] and not spot.first <= at <= spot.last:
            found.setdefault(reading.stems[at], at)
    return found


def _clause_of(reading: Reading, spot: _Spot) -> set[int]:
    """The places of the clause that a spot stands in, with those of its subject."""
    return next((places for places in _clauses(reading) if spot.first in places), set(range(len(reading.words))))


@kept
def _clauses(reading: Reading) -> list[set[int]]:
    spans = [[(one.start, one.end), *([one.subject] if one.subject else [])] for one in clauses(reading.text)]
    return [
        {at for begin, end in each for at in range(*(bisect_left(reading.starts, place) for place in (begin, end)))}
        for each in spans
    ]


def _text(reading: Reading, spot: _Spot, shared: Collection[int]) -> str:
    """The words from the first to the last of these, with the small words before them: "has", "at", "no"."""
    first, last = min(spot.first, *shared), max(spot.last, *shared)
    while (
        first
        and (reading.low[first - 1] in _LEADING or reading.numeric[first - 1])
        and reading.are_together(first - 1, first)
    ):
        first -= 1
    return reading.text[reading.starts[first] : reading.starts[last] + len(reading.words[last])]
