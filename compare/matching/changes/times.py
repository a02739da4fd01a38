"""When something happens: before or after, until or since, on which day."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.quantities import MONTHS, WEEKDAYS, ZONE
from compare.language.tokens import IRREGULAR
from compare.matching.changes.lexicon import ARTICLES, BE, UNTIL, Phrases, stems
from compare.matching.changes.reading import Mark, kept, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.matching.changes.reading import Reading

ORDER = "order"
BEFORE, AFTER, DURING = "before", "after", "during"
NIGHT = english.night  # with these words, two dates may be one night
# "until May" and "before May" do not contradict each other.
CLASH = {"until", "since"}
_JOINTS = Phrases((phrase, value) for value in (BEFORE, AFTER, DURING) for phrase in english[f"{value}_it"])
_LASTING, _BEGINNING = stems(english.lasting), stems(english.beginning)
_NEAR_DAY = 3  # words between "begin" and its day
_NAMED = ("weekday", "date", "year", "clock")
_SHORTEST_MONTH = 28  # days
_QUARTER = 15  # minutes
_NEW_YEAR = (101, 1231)  # month * 100 + day
_YEAR = 11  # months from January to December
_HOURS_BESIDE = 3  # words between a day and "early" or "evening"
_SAYS_WHEN = 3  # words after a verb of saying in which a day is when somebody spoke


@kept
def orders(reading: Reading) -> tuple[Mark, ...]:
    """Return the marks of order ("before", "after") and of limits ("until", "since")."""
    found = []
    for at, word in enumerate(reading.low):
        value, end = _joint(reading, at)
        if is_contrast(reading, at):
            continue
        if value in ("", DURING):
            value, end = "until" if word in UNTIL else word if word == "since" else "", at + 1
        idle = at and reading.low[at - 1] in english.idle_before
        if value and not idle and _leads(reading, end):
            found.append(mark("time", ORDER, value, range(at, end), reading.content_behind(end - 1, 6)))
    return tuple(found)


def _leads(reading: Reading, at: int) -> bool:
    """Whether an event follows, unlike in "after all" and "before the court"."""
    behind = reading.low[at : at + 3]
    return bool(behind) and behind[0] != "all" and english.bodies.isdisjoint(behind)


def _joint(reading: Reading, at: int) -> tuple[str, int]:
    """How the words that begin here join two events ("" if they do not), and where they end."""
    led = ((value, end) for end, value in _JOINTS.at(reading.low, at) if _leads(reading, end))
    value, end = next(led, ("", at))
    if value and reading.low[at] in ("once", "following"):  # "once they left", but not "was once king"
        behind_noun = not at or not reading.are_together(at - 1, at) or reading.low[at - 1] not in BE | ARTICLES
        return (value, end) if behind_noun and reading.low[end] in english.opens_event else ("", at)
    return value, end


@dataclass(frozen=True, slots=True)
class Course:
    """Two events that a passage relates in time: the places of one, those of the other, and the order."""

    value: str
    one: frozenset[int]
    other: frozenset[int]
    words: tuple[int, ...]  # places of the words that give the order

    def turned(self, there: Course, shared: Iterable[tuple[int, int]]) -> bool:
        """Return whether another passage, with which this one shares places, has the two events in another order."""
        told = [(a, b) for a, b in shared if a in self.one | self.other and b in there.one | there.other]
        crossed = [(a, b) for a, b in told if (a in self.one) != (b in there.one)]
        # "The wine was sold before it was tested": the common subject comes before both events.
        first = min((a for a, _ in crossed), default=0), min((b for _, b in crossed), default=0)
        sides = {(a in self.one, b in there.one) for a, b in told if a >= first[0] or b >= first[1]}
        values = {self.value, there.value}
        if sides == {(True, True), (False, False)}:
            return BEFORE in values and len(values) > 1  # hurt "during clashes", "after clashes broke out"
        return sides == {(True, False), (False, True)} and values in ({BEFORE}, {AFTER})


@kept
def course(reading: Reading) -> Course | None:
    """Return the order of the two events that a passage relates in time; None unless there are exactly two."""
    low = reading.low
    joints = [(at, value, end) for at in range(len(low)) for value, end in [_joint(reading, at)] if value]
    joints = [joint for joint in joints if not is_contrast(reading, joint[0])]
    until = [at for at, word in enumerate(low) if word in UNTIL]
    then = _then(reading)
    if len(joints) + bool(then) > 1 or len(until) > 1 or not (joints or until or then):
        return None
    if then:
        begins, said = then
        behind = frozenset(range(begins, len(low))).difference(said)
        return None if until else Course(BEFORE, frozenset(range(begins)), behind, said)
    start, value, end = joints[0] if joints else (until[0], AFTER, until[0] + 1)
    if start and low[start - 1] in BE | english.idle_before - {"day", "month", "year", "week"}:
        return None  # "is ahead of", "looks after"
    words = list(range(start, end))
    first = next(at for at in range(start, -1, -1) if not at or reading.breaks[at - 1] != reading.breaks[start])
    opening = set(low[first:start]) <= {"not", "only", *UNTIL}
    denied = [at for at in range(first, start) if low[at] in ("not", "never") and reading.are_together(at, start)]
    if until:  # "not until the vote", "not until after the vote"
        if not denied or value != AFTER or (joints and until[0] != start - 1):
            return None
        words += [denied[-1], until[0]]
    elif denied:
        return None
    led = [at for at in range(end, len(low)) if reading.are_together(at, end)]
    if opening:
        words += range(first, start)
        turns = (at for at in reversed(led[1:-1]) if low[at] in english.inverting and _begins_name(reading, at + 1))
        turn = next(turns, _second_phrase(reading, led))
        led = [at for at in led if at < turn]
        rest = [at for at in range(turn, len(low)) if reading.breaks[at] == reading.breaks[start]]
    else:
        rest = [at for at in range(first, start) if at not in words]
    return Course(value, frozenset(rest), frozenset(led), tuple(words))


def _then(reading: Reading) -> tuple[int, tuple[int, ...]] | None:
    """Where the later of two events begins, and the words that make it later: "and then", "and ... afterwards"."""
    low = reading.low
    found = []
    for at, word in enumerate(low):
        if word == "then" and at > 1 and "and" in low[at - 2 : at]:
            found.append((at, (at,)))
        elif word in english.afterwards:
            first = next((k for k in range(at) if low[k] == "first"), 0)
            joints = [k for k in range(first, at) if low[k] == "and" and reading.breaks[k] == reading.breaks[at]]
            if joints:
                found.append((joints[0] if first else joints[-1], (at,)))
    return found[0] if len(found) == 1 else None


def is_contrast(reading: Reading, at: int) -> bool:
    """Return whether an order is ruled out here: "after the fire, not before it"."""
    beside = at > 1 and reading.low[at - 1] == "not" and not reading.are_together(at - 2, at - 1)
    return beside and bool(_joint(reading, at)[0])


def _second_phrase(reading: Reading, led: Sequence[int]) -> int:
    """Where the main clause begins without a comma: "After the verdict the singer left"."""
    opens = (
        at
        for at in led[1:-1]
        if (reading.low[at] in ARTICLES or (reading.words[at][0].isupper() and reading.words[at - 1].islower()))
        and reading.is_content[at - 1]
        and not _is_verb_form(reading, at - 1)
    )
    return next(opens, led[-1] + 1)


def _is_verb_form(reading: Reading, at: int) -> bool:
    return reading.low[at].endswith(("ed", "ing")) or reading.low[at] in IRREGULAR


def _begins_name(reading: Reading, at: int) -> bool:
    return reading.low[at] in english.opens_event | ARTICLES or reading.words[at][0].isupper()


@kept
def bounds(reading: Reading) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """Return the days until which something lasts, and those on which something begins."""
    last: set[tuple[str, str]] = set()
    first: set[tuple[str, str]] = set()
    for one in days(reading):
        at = one.places[0]
        near = [k for k in reading.near(at, _NEAR_DAY) if k < at]
        if any(reading.low[k] in UNTIL for k in near):
            if any(reading.stems[k] in _LASTING for k in reading.near(at, 2 * _NEAR_DAY) if k < at):
                last |= one.says
        elif any(reading.stems[k] in _BEGINNING for k in near):
            first |= one.says
    return frozenset(last), frozenset(first)


@kept
def days(reading: Reading) -> tuple[Mark, ...]:
    """Return the days, months, years and hours in a passage, except those on which somebody spoke."""
    found = []
    dated: set[int] = set()
    for quantity in reading.quantities:
        if quantity.unit not in _NAMED:
            continue
        first, end = (bisect_left(reading.starts, place) for place in (quantity.start, quantity.end))
        places = tuple(range(first, max(end, first + 1)))
        dated.update(places)
        says = {(quantity.unit, f"{quantity.value:g}")}
        if quantity.unit == "date":
            says.add(("month", f"{quantity.value // 100:g}"))
        found.append(Mark("time", frozenset(says), places))
    for at, word in enumerate(reading.low):
        if (
            word in MONTHS
            and at not in dated
            and reading.words[at][0].isupper()
            and at
            and reading.low[at - 1] in english.before_month
        ):
            found.append(mark("time", "month", f"{MONTHS[word]}", [at]))
    spoken: set[int] = set()  # places near a verb of saying
    for source in reading.sources:
        first = min(source.places)
        spoken.update(at for at in range(max(0, first - 2), first) if _is_of_speech(reading, at, first))
        spoken.update(range(first, max(source.places) + _SAYS_WHEN + 1))
    return tuple(one for one in found if spoken.isdisjoint(one.places))


def _is_of_speech(reading: Reading, at: int, source: int) -> bool:
    """Whether a word before a source may say when it spoke: "On Monday, he said", not "opens on Monday, he said"."""
    if reading.are_together(at, source):
        return True
    return not any(reading.is_content[k] for k in range(at) if reading.are_together(k, at))


def may_be_one_moment(sides: Sequence[Reading], unit: str, one: float, other: float) -> bool:
    """Return whether two consecutive days may be one moment in two time zones: 23:00 on Monday, 1 a.m. on Tuesday.

    Either side must name a zone or an hour; the same hour on both sides without a zone does not count.
    """
    hours = [{one.value for one in side.quantities if one.unit == "clock"} for side in sides]
    zoned = any(ZONE.search(side.text) for side in sides)
    if not zoned and (hours[0] == hours[1] or not any(hours)):
        return False
    return _are_next(unit, one, other) or _are_next(unit, other, one)


def may_be_one_night(sides: Sequence[Reading], places: Sequence[int], unit: str, one: float, other: float) -> bool:
    """Return whether two consecutive days, each at a place of its passage, may be one night: "late on Sunday".

    The night is neither early on the first of them nor late on the second: "early on Monday" is not "early on Sunday".
    """
    if NIGHT.isdisjoint((*sides[0].low, *sides[1].low)):
        return False
    if _are_next(unit, other, one):
        sides, places = sides[::-1], places[::-1]
    elif not _are_next(unit, one, other):
        return False
    near, near_later = (
        {side.low[at] for at in side.near(place, _HOURS_BESIDE)} for side, place in zip(sides, places, strict=True)
    )
    return near.isdisjoint(english.starts_day) and near_later.isdisjoint(english.ends_day)


def _are_next(unit: str, earlier: float, later: float) -> bool:
    """Whether one day, month or year comes directly after another."""
    if unit == "weekday":
        return (earlier + 1) % len(WEEKDAYS) == later
    if unit == "date":
        (month, day), (month_after, day_after) = divmod(earlier, 100), divmod(later, 100)
        turns = day >= _SHORTEST_MONTH and day_after == 1 and month_after == month + 1
        return later - earlier == 1 or turns or (later, earlier) == _NEW_YEAR
    return (unit in ("month", "year") and later - earlier == 1) or (unit == "month" and earlier - later == _YEAR)


def may_be_one_hour(sides: Sequence[Reading], one: float, other: float) -> bool:
    """Return whether two hours (in minutes of the day) may be one in two zones, which differ by quarter-hours."""
    named = [{(two.unit, two.value) for two in side.quantities if two.unit in ("weekday", "date")} for side in sides]
    apart = all(named) and named[0].isdisjoint(named[1])
    zoned = any(ZONE.search(side.text) for side in sides)
    return (apart or zoned) and (one - other) % _QUARTER == 0
