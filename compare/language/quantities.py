"""Quantities in a text: what "$1.2bn", "a dozen", "two-thirds" and "3 March" amount to, whatever their spelling.

English only. Units are converted, so that "5km" can be held against "three miles", and a quantity knows how
exact it means to be: "nearly 2,000" may stand for 1,978, "12" for nothing but 12.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compare.language.tokens import NUMBER_WORDS
from compare.language.units import (
    CURRENCIES,
    FIND,
    FOLDS,
    FRACTIONS,
    HOW,
    LOWER,
    MAGNITUDES,
    MONTHS,
    ORDINALS,
    SIGNS,
    TENS,
    UNITS,
    UPPER,
    WEEKDAYS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUND_FROM = 100  # "2,000" may stand for 1,978, but "10" not for 12, unless it says "about"
_SAME = 0.002  # relative difference of what is written in the same unit
_CONVERTED = 0.08  # of what was converted or is "about": "three miles" are 4.8 km, "a month" 30 days
_BOUND = 1.35  # "more than 2,000" may stand for 2,300, not for 3,200
_NAMED = frozenset({"date", "year", "clock", "weekday", "ordinal", "several"})  # the same or not, never about
_SEVERAL = 20  # "hundreds" may stand for 1,200, not for 2,300
_DAY, _SOON = 1440, 60  # minutes: "shortly before midnight" may stand for 11.30pm
_LONGEST = 20_000  # characters that are read; no sentence is longer
_SMALLEST, _LARGEST = 1e-12, 1e18  # of what a text counts; beyond are serial numbers and broken pages
# Letters that a pattern without regard to case takes for i, s and k, and no table knows.
_LOOKALIKES = str.maketrans("İıſ\N{KELVIN SIGN}", "IisK")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a text gives it.

    Attributes:
        value: in `unit`.
        unit: "" for a bare number; "percent", "point"; "dollar" and other currencies; "metre", "hectare", "kilogram",
            "litre", "kph", "celsius", "day" (durations); "date" (100 x month + day), "year", "weekday" (0 is Monday),
            "clock" (minutes), "ordinal"; "times" ("doubled"), "several" (of so many: "several hundred", "hundreds").
        written: the number before conversion.
        how: "" if exact, "about", "least" or "most".
        relative: whether it is a multiple of another one ("half that").
        text: the words.
        start: where they begin in the text, in code points.
        end: where they end (exclusive).
    """

    value: float
    unit: str
    written: float
    how: str
    relative: bool
    text: str
    start: int
    end: int

    @property
    def approximate(self) -> bool:
        """Whether the text says that it is about so much."""
        return bool(self.how)

    def agrees_with(self, other: Quantity) -> bool:
        """Whether both can be one amount: equal, converted, one the other rounded, or within what "over" allows."""
        if self.unit != other.unit:
            return self._fits_unlike(other)
        if self.unit in _NAMED:
            about = self.unit == "clock" and (self.approximate or other.approximate)
            return self.value == other.value or (about and self._is_soon(other))
        if {self.how, other.how} == {"least", "most"}:
            return False  # "more than 300" and "fewer than 300"
        if math.isclose(self.value, other.value, rel_tol=_SAME) or self.text.casefold() == other.text.casefold():
            return True
        if min(self.value, other.value) <= 0:
            return self.unit == "celsius" and abs(self.value - other.value) <= 1
        about = self.approximate or other.approximate
        return (
            self._bounds(other)
            or other._bounds(self)
            or self._is_about(other)
            or _is_rounded(self.written, other.written, about)
        )

    def _fits_unlike(self, other: Quantity) -> bool:
        some, number = sorted((self, other), key=lambda quantity: quantity.unit != "several")
        if some.unit == "several":
            return 1 < number.written / some.value < _SEVERAL
        # "four and a half", said of a percentage: what is written decides.
        return not (self.unit and other.unit) and math.isclose(self.written, other.written, rel_tol=_SAME)

    def _is_soon(self, other: Quantity) -> bool:
        apart = abs(self.value - other.value)
        return min(apart, _DAY - apart) < _SOON

    def plus(self, other: Quantity, text: str) -> Quantity:
        """Both as one, where a text names them together."""
        value = self.value + other.value
        return replace(self, value=value, written=value, text=text[self.start : other.end], end=other.end)

    def _bounds(self, other: Quantity) -> bool:
        if self.how == "least":
            return self.value <= other.value <= self.value * _BOUND
        return self.how == "most" and self.value / _BOUND <= other.value <= self.value

    def _is_about(self, other: Quantity) -> bool:
        converted = (
            self.value / self.written != other.value / other.written if self.written and other.written else False
        )
        if self.unit == "percent" and not (self.approximate or other.approximate):
            return abs(self.value - other.value) < 0.5 and (self.value % 1 != 0) != (other.value % 1 != 0)
        near = math.isclose(self.value, other.value, rel_tol=_CONVERTED)
        return near and (converted or self.approximate or other.approximate)


def quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities in a text, in order; "one" as a pronoun is none."""
    found: list[Quantity] = []
    folded = text[:_LONGEST].translate(_LOOKALIKES)
    for match in FIND.finditer(folded):
        amount = _amount(match)
        if amount is not None and _is_countable(amount[0]):
            words = match[0].strip().rstrip("." if match["date"] else "")
            start = match.start() + match[0].index(words)
            end = start + len(words)
            how = _how(folded, start)
            quantity = Quantity(*amount, how, match["relative"] is not None, text[start:end], start, end)
            before = found[-1] if found else None
            if before and quantity.unit == before.unit == "day" and text[before.end : start] == " and ":
                found[-1] = before.plus(quantity, text)  # "a year and four months"
            else:
                found.append(quantity)
    return tuple(found)


Amount = tuple[float, str, float]  # value, unit, and the number as it is written


def _is_countable(value: float) -> bool:
    return value == 0 or _SMALLEST <= abs(value) <= _LARGEST


def _amount(match: re.Match[str]) -> Amount | None:
    for group, read in _READERS.items():
        if match[group]:
            return read(match)
    return _plain(match)


def _date(match: re.Match[str]) -> Amount:
    month = MONTHS[(match["m1"] or match["m2"]).rstrip(".").casefold()]
    return _as_is(100.0 * month + int(match["d1"] or match["d2"]), "date")


def _ratio(match: re.Match[str]) -> Amount | None:
    part, whole = _number(match["of"]), _number(match["every"])
    return _as_is(100 * part / whole, "percent") if 0 < part < whole <= _LARGEST else None


def _share(match: re.Match[str]) -> Amount:
    parts = (match["parts"] or match["parts2"] or match["parts3"] or "a").casefold()
    fraction = (match["fraction"] or match["fraction2"] or match["fraction3"] or "half").casefold()
    return _as_is(100 * (1.0 if parts in ("a", "an") else _number(parts)) / FRACTIONS[fraction], "percent")


def _plain(match: re.Match[str]) -> Amount | None:
    """A number with its magnitude and unit."""
    size, unit_word = (match["size"] or "").casefold(), (match["unit"] or "").casefold()
    unit, factor = UNITS.get(unit_word, ("", 1.0))
    if (match["spelled"] or "").casefold() == "one" and not (size or unit):
        return None
    value = _counted(match) * MAGNITUDES.get(size, 1.0) * (1e3 if match["more"] else 1.0)
    value += 0.5 if match["unithalf"] else 0.0
    if match["rank"]:
        return _as_is(value, "ordinal")
    if match["money"]:
        sign = match["money"].casefold()
        return _as_is(value, CURRENCIES.get(sign, sign))
    if unit == "fahrenheit":
        return (value - 32) / 1.8, "celsius", value
    return value * factor, unit, value


def _counted(match: re.Match[str]) -> float:
    if match["digits"]:
        return float(re.sub(r"[^\d.]", "", match["digits"])) + SIGNS.get(match["sign"] or "", 0.0)
    if match["only"]:
        return SIGNS[match["only"]]
    if match["spelled"]:
        return _number(match["spelled"]) + (0.5 if match["ahalf"] else 0.0)
    return 0.5 if match["halfof"] or (match["a"] or "").casefold().startswith("half") else 1.0


def _as_is(value: float, unit: str = "") -> Amount:
    return value, unit, value


def _of_day(match: re.Match[str]) -> Amount | None:
    """Minutes since midnight."""
    if match["named"]:
        return _as_is(0.0 if match["named"].casefold() == "midnight" else 720.0, "clock")
    if match["evening"]:
        hour, minutes = int(_number(match["evening"])), 0
        afternoon = match["part"].casefold() != "morning"
    else:
        hour, minutes = int(match["hour"] or match["hour24"]), int(match["minutes"] or match["minutes24"] or 0)
        afternoon = bool(match["half"]) and match["half"] in "pP"
    if match["half"] or match["evening"]:
        hour = hour % 12 + (12 if afternoon else 0)
    return _as_is(60.0 * hour + minutes, "clock") if hour < 24 and minutes < 60 else None


_READERS: dict[str, Callable[[re.Match[str]], Amount | None]] = {
    "clock": _of_day,
    "date": _date,
    "year": lambda match: _as_is(float(match["year"]), "year"),
    "ratio": _ratio,
    "long": lambda match: (UNITS[(match["span"] or "fortnight").casefold()][1], "day", 1.0),
    "relative": lambda _: _as_is(0.0),
    "several": lambda match: _as_is(MAGNITUDES[match["round"].casefold()], "several"),
    "plural": lambda match: _as_is(
        TENS[(match["tens"] or "").casefold()] * MAGNITUDES[match["rounds"].casefold()], "several"
    ),
    "weekday": lambda match: _as_is(float(WEEKDAYS.index(match["weekday"].casefold())), "weekday"),
    "times": lambda match: _as_is(FOLDS[match["fold"].casefold()], "times"),
    "share": _share,
    "ordinal": lambda match: _as_is(float(ORDINALS[match["ordinal"].casefold()]), "ordinal"),
}


def _number(words: str) -> float:
    """Read digits or number words: "two hundred and six" is 206."""
    if words[:1].isdecimal():
        return float(words)
    total, group = 0.0, 0.0
    for word in re.split("[ -]", words.casefold()):
        if word in ("hundred", "thousand"):
            group = (group or 1.0) * MAGNITUDES[word]
            if word == "thousand":
                total, group = total + group, 0.0
        elif word in NUMBER_WORDS:
            group += float(NUMBER_WORDS[word])
    return total + group


def _how(text: str, start: int) -> str:
    match = HOW.search(text, max(0, start - 20), start)
    if not match:
        return ""
    told = match[1].casefold()
    return "least" if told in LOWER else "most" if told in UPPER else "about"


def _is_rounded(one: float, other: float, about: bool) -> bool:
    """Whether one of the two is the other rounded; small exact numbers are not taken for rounded ones."""
    rounder, exact = sorted((one, other), key=_figures)
    if not (about or rounder >= _ROUND_FROM or _figures(exact) > _figures(rounder) + 1) or min(one, other) <= 0:
        return False
    places = _figures(rounder) - 1 - math.floor(math.log10(exact))
    return math.isclose(math.floor(exact * 10.0**places + 0.5) / 10.0**places, rounder)


def _figures(value: float) -> int:
    """Significant figures: 2,000 has one, 1,978 four."""
    digits = f"{value:.6f}".replace(".", "").strip("0")
    return max(1, len(digits))
