"""Amounts in a text, and whether two may be the same: reworded, rounded, converted or within a bound."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from compare.language import english

# Currencies.
MONEY = frozenset({*english.numbers["money"], "pound", *english.numbers["currencies"].values()})
ROUND_FROM = 100  # "2,000" may stand for 1,978, but "10" not for 12, unless it says "about"
_SAME = 0.002  # relative difference between amounts in the same unit
_NEAR = 0.08  # after conversion, or with "about": "three miles" are 4.8 km, "a month" 30 days
_ROUNDED = 0.1  # after rounding: 1,978 and 2,000
_ABOUT_ROUNDED = 0.2  # the same with "about": "about ten" may stand for twelve
_SLACK = 0.02  # below "more than 2,000": 1,978, rounded up
_BOUND = 1.35  # "more than 2,000" may stand for 2,300, not for 3,200
_FAR = 1.2  # "about 200" is never 300
_LIKE = 0.15  # between the midpoints of two ranges
_VAGUE = 2.1  # "dozens" may be "scores", but not "hundreds"
# Endings that place an hour in one half of the day.
_HALVES = ("m", "morning", "afternoon", "evening", "night", "noon", "midday")
_DAY, _SOON = 1440, 60  # minutes: "shortly before midnight" may stand for 11.30pm
_POUND = 0.453592  # kilograms
# These say which, not how many, so they are equal or not, never approximate.
NAMED = frozenset({"date", "year", "clock", "weekday", "ordinal", "score"})
_CONVERTED = frozenset({"metre", "hectare", "kilogram", "litre", "kph", "celsius"})  # from other units, as a rule
PROVEN = frozenset({"score", "clock", "year"})  # that are not named for another one
# Units of which one is often said for the other; the figure decides.
_LOOSELY_ONE = ({"percent", "point"}, {"point", "percentage point"}, {"age", "day"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text.

    Attributes:
        value: in `unit`; the lower end of a range.
        unit: "" for a bare number; "percent", "percentage point", "point"; "dollar" and other currencies; "metre",
            "hectare", "kilogram", "litre", "kph", "celsius", "degree", "watt", "day" (durations), "age" (in days),
            "occasion" ("twice"); "date" (100 x month + day), "year", "weekday" (0 is Monday), "clock" (minutes),
            "ordinal"; "times" ("doubled"), "score" (1000 x the greater number + the other).
        written: the number before conversion.
        how: "" if exact, "about", "least" or "most", "some" ("several hundred", "hundreds").
        relative: whether it is a multiple of another amount ("half that").
        text: the words.
        start: where the words begin in the text, in code points.
        end: where they end (exclusive).
        top: the upper end of a range or of "some", in `unit`; otherwise `value`.
        every: the period in days over which it recurs ("$15 an hour"), 0 if it does not.
        denied: where a denial begins that is part of the bound ("must not pay more than"), -1 if there is none.
    """

    value: float
    unit: str
    written: float
    how: str
    relative: bool
    text: str
    start: int
    end: int
    top: float
    every: float = 0.0
    denied: int = -1

    @property
    def approximate(self) -> bool:
        """Whether the text gives it as approximate."""
        return bool(self.how)

    @property
    def is_range(self) -> bool:
        """Whether the text gives a range."""
        return self.top > self.value

    @property
    def factor(self) -> float:
        """How many of `unit` make one written unit."""
        return self.value / self.written if self.written else 1.0

    def agrees_with(self, other: Quantity) -> bool:
        """Return whether both may be the same amount: equal, converted, rounded, or within a bound such as "over"."""
        if self.unit != other.unit:
            return self._fits_unlike(other)
        if self.unit in NAMED:
            apart = abs(self.value - other.value)
            about = self.unit == "clock" and (self.approximate or other.approximate)
            if self.unit == "clock" and apart == _DAY / 2:
                return self._is_of_either_half() or other._is_of_either_half()
            return not apart or (about and min(apart, _DAY - apart) < _SOON)
        if self.every and other.every and self.every != other.every:
            # "$15 an hour" can be "$120 a day": a working day is longer than an hour and shorter than 24.
            if (self.every < 1) != (other.every < 1):
                return not _is_close(self.value, other.value, _SAME)
            return _is_close(self.value / self.every, other.value / other.every, _NEAR)
        return self._fits(other)

    def contradicts(self, other: Quantity) -> bool:
        """Return whether no amount can be both, even if rounded; False if the units cannot be compared."""
        if self.agrees_with(other) or self.relative or other.relative:
            return False
        if self.unit != other.unit:
            return self.is_like(other)
        if self.unit in NAMED:
            return self.unit in PROVEN
        if self.every and other.every and self.every != other.every:
            return True
        if {self.how, other.how} == {"least", "most"}:
            return True  # neither is a rounding of the other
        (low, high), (least, most) = self._limits(), other._limits()
        return low > most or least > high

    def is_like(self, other: Quantity) -> bool:
        """Return whether one may replace the other: their units are the same or easily confused."""
        if self.unit == other.unit:  # nobody mistakes 11 weeks for 29 years
            return self.unit != "age" or _is_close(self.factor, other.factor, _SAME)
        units = {self.unit, other.unit}
        if units == {"point", "percentage point"} or self._are_weights(other):
            return True
        # "€40m" for "$40m" is a change; "$43m" may be the same amount in another currency.
        mistaken = units == {"percent", "percentage point"} or units <= MONEY
        return mistaken and _is_close(self.written, other.written, _SAME)

    def reach(self) -> tuple[float, float]:
        """Return the range, in `unit`, of amounts that may stand for it: faster for many than comparing each pair."""
        low, high = self._span()
        is_round = self.written >= ROUND_FROM and _figures(self.written) <= 2
        slack = _NEAR / 2 if self.how == "about" or is_round or self.unit in _CONVERTED else _SAME
        return low - slack * abs(low), high + slack * abs(high)

    def plus(self, other: Quantity, text: str) -> Quantity:
        """Return both as one amount, for a text that names them together."""
        value, words = self.value + other.value, text[self.start : other.end]
        return Quantity(
            value, self.unit, value, self.how, self.relative, words, self.start, other.end, value, other.every
        )

    def _is_of_either_half(self) -> bool:
        """Whether an hour may be in the morning or the evening: "9:30", "nine o'clock"."""
        told = self.text.casefold().rstrip(".").endswith(_HALVES)
        return not told and self.text[0] != "0" and self.value <= (_DAY / 2 + _SOON)

    def _fits(self, other: Quantity) -> bool:  # noqa: PLR0911 - one for each form that English has
        """Whether two amounts in the same unit agree."""
        if {self.how, other.how} == {"least", "most"}:
            least, most = sorted((self, other), key=lambda one: one.how)
            return least.value * (1 + _SLACK) < most.top  # not "more than 300" and "fewer than 300"
        equal = _is_close(self.value, other.value, _SAME) and _is_close(self.top, other.top, _SAME)
        if equal:
            return True
        if min(self.value, other.value) <= 0:
            near = self.unit in ("celsius", "degree")
            here, there = self._limits(), other._limits()
            return here[0] <= there[1] + near and there[0] <= here[1] + near
        if self.is_range and other.is_range and "some" not in (self.how, other.how):
            return _is_close(self.value + self.top, other.value + other.top, _LIKE) and self._meets(other)
        if self.how == other.how == "some":
            return max(self.value, other.value) <= _VAGUE * min(self.value, other.value)
        if self.how == other.how and self.how in ("least", "most"):
            return _is_close(self.value, other.value, _NEAR) or self._is_rounded(other)
        return self._meets(other) or self._is_rounded(other)

    def _meets(self, other: Quantity) -> bool:
        """Whether the ranges that both may stand for overlap."""
        (low, high), (least, most) = self._span(), other._span()
        converted = not math.isclose(self.factor, other.factor, rel_tol=1e-6) and self.unit != "celsius"
        loose = converted or "about" in (self.how, other.how)
        slack = 1 - (_NEAR if loose else _SAME)
        if self.unit == "percent" and not (self.is_range or other.is_range or loose):
            halves = (self.value % 1 != 0) != (other.value % 1 != 0)
            if abs(self.value - other.value) < 0.5 and halves:  # "3 percent" for 2.8
                return True
        return low * slack <= most and least * slack <= high

    def _span(self) -> tuple[float, float]:
        """The range it may stand for in careful reporting."""
        if self.how == "least":
            return self.value * (1 - _SLACK), self.top * _BOUND
        if self.how == "most":
            return self.value / _BOUND, self.top * (1 + _SLACK)
        return self.value, self.top

    def _limits(self) -> tuple[float, float]:
        """The widest range it may stand for."""
        if self.how == "least":
            return self.value - _SLACK * abs(self.value), math.inf
        if self.how == "most":
            return 0.0 if self.value > 0 else -math.inf, self.top + _SLACK * abs(self.top)
        if self.how:
            return min(self.value / _FAR, self.value * _FAR), max(self.top / _FAR, self.top * _FAR)
        return self.value, self.top

    def _fits_unlike(self, other: Quantity) -> bool:
        if self._are_weights(other):
            pounds, kilograms = sorted((self, other), key=lambda one: one.unit != "pound")
            return _is_close(pounds.value * _POUND, kilograms.value, _NEAR)
        units = {self.unit, other.unit}
        if "score" in units and "" in units:
            score, number = sorted((self, other), key=lambda one: one.unit != "score")
            more, less = divmod(score.value, 1000)
            if less % 1:  # "6.5 to 4.5": halves are on both sides
                more, less = more + 0.5, less - 500
            return number.value in (more, less)
        loosely = "" in units or units in (*_LOOSELY_ONE, {"degree", "celsius"})
        # "four and a half" of a percentage: the written number decides.
        at = 1.0 if units in _LOOSELY_ONE else None
        (low, high), (least, most) = self._as_written(at), other._as_written(at)
        return loosely and low <= most and least <= high

    def _as_written(self, factor: float | None) -> tuple[float, float]:
        per = factor or self.factor or 1.0
        low, high = (each / per for each in self._span())
        slack = _NEAR if self.how == "about" else _SAME
        return low - slack * abs(low), high + slack * abs(high)

    def _are_weights(self, other: Quantity) -> bool:
        """Whether one is in pounds of weight and the other in kilograms."""
        return {self.unit, other.unit} == {"pound", "kilogram"} and "£" not in self.text + other.text

    def _is_rounded(self, other: Quantity) -> bool:
        """Whether one is a rounding of the other; small exact numbers do not count as rounded."""
        if not math.isclose(self.factor, other.factor, rel_tol=1e-6):
            return False  # 3,000 acres and 3,000 hectares
        # A tenth of a percent matters, but "about ten people" may be twelve.
        both, either = self.approximate and other.approximate, self.approximate or other.approximate
        about = both or (either and self.unit == "")
        if {self.how, other.how} & {"least", "most"} and self.how != other.how:
            about = False
            if not (self._bears(other) and other._bears(self)):
                return False
        ends = [(one / self.factor, two / self.factor) for one in self._ends() for two in other._ends()]
        return any(_rounds(one, two, about=about) for one, two in ends)

    def _bears(self, other: Quantity) -> bool:
        """Whether the other is on the right side of this amount if this is a bound."""
        low, high = self._limits()
        return self.how not in ("least", "most") or (low <= other.top and other.value <= high)

    def _ends(self) -> set[float]:
        return {self.value, self.top} if self.how != "some" else set()


def _is_close(one: float, other: float, tolerance: float) -> bool:
    return math.isclose(one, other, rel_tol=tolerance)


def _rounds(one: float, other: float, *, about: bool) -> bool:
    if abs(one - other) > (_ABOUT_ROUNDED if about else _ROUNDED) * max(one, other):
        return False
    rounder, exact = sorted((one, other), key=_figures)
    if rounder <= 0 or exact <= 0:
        return False
    plainly = exact % 1 != 0 or _figures(exact) > _figures(rounder) + 1
    if not (about or rounder >= ROUND_FROM or plainly):
        return False
    places = _figures(rounder) - 1 - math.floor(math.log10(exact))
    return math.isclose(math.floor(exact * 10.0**places + 0.5) / 10.0**places, rounder)


@lru_cache(maxsize=10_000)
def _figures(value: float) -> int:
    """Significant figures: 2,000 has one, 1,978 four."""
    digits = f"{value:.6f}".replace(".", "").strip("0")
    return max(1, len(digits))
