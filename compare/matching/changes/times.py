"""When: before or after, until or since, on which day."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.quantities import MONTHS, WEEKDAYS, ZONE
from compare.matching.changes.lexicon import UNTIL
from compare.matching.changes.reading import Mark, kept, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.reading import Reading

ORDER = "order"
NIGHT = english.night  # words beside which two days may be one night
_ORDERS = {word: "until" if word in UNTIL else word for word in english.orders_of_time}
# What is so until May may be so before May.
CLASHES = ({"before", "after"}, {"until", "since"})
_BEFORE = (["prior", "to"], ["ahead", "of"])
_NAMED = ("weekday", "date", "year", "clock")
_SHORTEST_MONTH = 28  # days
_QUARTER = 15  # minutes
_NEW_YEAR = (101, 1231)  # as dates are counted
_SAYS_WHEN = 3  # words behind a verb of saying in which a day is that of speaking


@kept
def orders(reading: Reading) -> tuple[Mark, ...]:
    """Which of two things came first, and from or up to when something is so."""
    found = []
    for at, word in enumerate(reading.low):
        places = [at]
        value = _ORDERS.get(word, "")
        if reading.low[at : at + 2] in _BEFORE:
            value, places = "before", [at, at + 1]
        before = reading.low[at - 1] if at else ""
        behind = reading.low[places[-1] + 1 : places[-1] + 4]
        if (
            not value
            or not behind
            or behind[0] == "all"
            or before in english.idle_before
            or not english.bodies.isdisjoint(behind)
        ):
            continue
        found.append(mark("time", ORDER, value, places, reading.content_behind(places[-1], 6)))
    return tuple(found)


@kept
def days(reading: Reading) -> tuple[Mark, ...]:
    """The days, months, years and hours that a passage names, but for those on which somebody spoke."""
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
    spoken: set[int] = set()  # close to a verb of saying
    for source in reading.sources:
        spoken.update(range(min(source.places) - 2, max(source.places) + _SAYS_WHEN + 1))
    return tuple(one for one in found if spoken.isdisjoint(one.places))


def may_be_one_moment(sides: Sequence[Reading], unit: str, one: float, other: float) -> bool:
    """Whether two consecutive days may hold one moment by the clocks of two places: 23:00 on Monday, 1 a.m. on Tuesday.

    A zone or an hour must be named on either side; the same hour on both, without a zone, does not count.
    """
    hours = [{one.value for one in side.quantities if one.unit == "clock"} for side in sides]
    zoned = any(ZONE.search(side.text) for side in sides)
    if not zoned and (hours[0] == hours[1] or not any(hours)):
        return False
    if unit == "weekday":
        return abs(one - other) in (1, len(WEEKDAYS) - 1)
    if unit == "date":
        earlier, later = sorted((one, other))
        (month, day), (month_after, day_after) = divmod(earlier, 100), divmod(later, 100)
        turns = day >= _SHORTEST_MONTH and day_after == 1 and month_after == month + 1
        return later - earlier == 1 or turns or (earlier, later) == _NEW_YEAR
    return unit in ("month", "year") and abs(one - other) in (1, 11)


def may_be_one_hour(sides: Sequence[Reading], one: float, other: float) -> bool:
    """Whether two hours (minutes of the day) may be one by the clocks of two places; zones lie whole quarters apart."""
    named = [{(two.unit, two.value) for two in side.quantities if two.unit in ("weekday", "date")} for side in sides]
    apart = all(named) and named[0].isdisjoint(named[1])
    zoned = any(ZONE.search(side.text) for side in sides)
    return (apart or zoned) and (one - other) % _QUARTER == 0
