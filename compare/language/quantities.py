"""Quantities in a text: what "$1.2bn", "a dozen", "two-thirds" and "3 March" amount to, whatever their spelling.

English only. Units are converted, so that "5km" can be held against "three miles", and a quantity knows how
exact it means to be: "nearly 2,000" may stand for 1,978, "12" for nothing but 12.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.language.tokens import NUMBER_WORDS
from compare.language.units import CURRENCIES, MAGNITUDES, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_TENS = {"": 1.0, "tens": 10.0, "hundreds": 100.0}
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        range(1, 13),
        strict=True,
    )
)
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan;february feb;march mar;april apr;may;june jun;july jul;august aug;september sept sep;"
        "october oct;november nov;december dec".split(";"),
        start=1,
    )
    for name in names.split()
}


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_MONTH = rf"(?:{_any(name.capitalize() for name in _MONTHS)})\b\.?"
_WORD = rf"(?:{_any(NUMBER_WORDS)})"
_SPELLED = rf"{_WORD}(?:[ -](?:and\ )?(?:{_WORD}|hundred|thousand)\b)*"
_UNIT = rf"(?:[ -]?(?P<unit>%|°[CF]\b|(?:{_any(form for form in UNITS if form[0] not in '%°')})\b))?"
_HOW = re.compile(
    r"\b(about|around|some|roughly|approximately|nearly|almost|close to|estimated|more than|over|at least|upwards of|"
    r"fewer than|less than|under|up to|as many as|at most|no[t]? more than|no (?:fewer|less) than) (?:an? )?$",
    re.IGNORECASE,
)
_SPAN = "(?:day|week|fortnight|month|year|decade)"
_LARGE = "dozen|hundred|thousand|million|billion|trillion"
_YEAR = r"(?:19|20)\d\d\b"
_PARTS = f"(?:{'|'.join(_FRACTIONS)})"
_FIND = re.compile(
    rf"""(?<!\w)(?:
      (?P<clock>\b(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))?\ ?(?P<half>[ap])\.?m\b\.?
        | \b(?P<hour24>[012]?\d):(?P<minutes24>[0-5]\d)\b
        | \b(?P<evening>{_WORD}|\d{{1,2}})(?:\ o'clock)?\ in\ the\ (?P<part>morning|afternoon|evening)\b
        | \b(?P<named>noon|midday|midnight)\b)
    | (?P<date>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_MONTH})(?:,?\ {_YEAR})?
        | \b(?P<m2>{_MONTH})\ (?:the\ )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\ {_YEAR})?)
    | (?P<year>(?<![\d.,$£€])\b{_YEAR}(?![.,]?\d|%|\ ?(?:{_any(form for form in UNITS if len(form) > 2)}|people)\b))
    | (?P<ratio>\b(?P<of>{_WORD}|\d+)\ (?:in|out\ of)\ (?:every\ )?(?P<every>{_WORD}|\d+)\b(?!\ (?:{_MONTH})))
    | (?P<long>\b(?P<span>{_SPAN})-?long\b | \bfortnight\b)
    | (?P<several>\bseveral\ (?P<round>{_LARGE})\b)
    | (?P<plural>\b(?:(?P<tens>tens|hundreds)\ of\ )?(?P<rounds>dozen|hundred|thousand|million|billion)s\b)
    | (?P<weekday>\b(?:{_any(_WEEKDAYS)})\b)
    | (?P<relative>\b(?:half|twice|double|triple|three\ times)
        \ (?:that|as|what|it|its|the\ (?:size|number|amount|rate))\b)
    | (?P<share>\b(?P<parts>an?|one|two|three|four|\d)[ -](?P<fraction>{_PARTS})s?\b(?=\ of\b|\ the\b)
        | \b(?P<parts2>one|two|three|four|nine)[ -](?P<fraction2>{_PARTS})s?\b
        | (?<=\bby\ )(?P<parts3>an?)\ (?P<fraction3>{_PARTS})\b
        | (?<=\bby\ )half\b | \bhalf\b(?=\ (?:of|the|its|their|his|her|all|our)\b))
    | (?:(?P<money>(?:\b[A-Z]{{1,2}})?[$£€¥₹₽₴])\ ?)?(?:
            (?P<digits>(?<![\w.])\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|(?<![\w.])\d+(?:\.\d+)?)
                (?P<sign>[½¼¾⅓⅔])?(?P<rank>st|nd|rd|th)?(?!s\b|\w*/)
            | (?P<only>(?<!\w)[½¼¾⅓⅔])
            | \b(?P<spelled>{_SPELLED})\b(?P<ahalf>\ and\ a\ half\b)?
            | \b(?P<a>(?:half\ )?an?)(?=\ (?:{_LARGE})\b)
            | (?:(?<=\b(?:in|of)\ )|(?<=\bfor\ )|(?<=(?:thin|fter|most|arly|bout|over|than)\ ))an?(?=\ {_SPAN}\b)
            | \ban?(?=\ {_SPAN}\ (?:and\ (?:a\ half|\w+\ (?:days|weeks|months))|later|earlier)\b)
            | \b(?P<halfof>half\ an?)(?=\ (?:hour|year|mile|day|month|point|decade)\b))
          (?:[ -]?(?P<size>(?:{_LARGE}|mln|mn|bn|tn|[kmb](?=\b))(?!\w))(?P<more>\ thousand\b)?)?
          {_UNIT}(?P<unithalf>\ and\ a\ half\b)?
    | \b(?P<ordinal>{_any(_ORDINALS)})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LOWER = ("more than", "over", "at least", "upwards of", "no fewer than", "no less than")
_UPPER = ("fewer than", "less than", "under", "up to", "as many as", "at most", "no more than", "not more than")
_ROUND_FROM = 100  # "2,000" may stand for 1,978, but "10" not for 12, unless it says "about"
_SAME = 0.002  # relative difference of what is written in the same unit
_CONVERTED = 0.08  # of what was converted or is "about": "three miles" are 4.8 km, "a month" 30 days
_BOUND = 1.35  # "more than 2,000" may stand for 2,300, not for 3,200
_NAMED = frozenset({"date", "year", "clock", "weekday", "ordinal", "several"})  # the same or not, never about
_SEVERAL = 20  # "hundreds" may stand for 1,200, not for 2,300
_LONGEST = 20_000  # characters that are read; no sentence is longer


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a text gives it.

    Attributes:
        value: in `unit`.
        unit: "" for a bare number; "percent", "point"; "dollar" and other currencies; "metre", "hectare", "kilogram",
            "litre", "kph", "celsius", "day" (durations); "date" (100 x month + day), "year", "weekday" (0 is Monday),
            "clock" (minutes), "ordinal"; "several" (of so many: "several hundred", "hundreds").
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

    @property
    def key(self) -> str:
        """A short form equal for equal quantities: "1.2e+09 dollar", "303 date"."""
        return f"{self.value:.4g} {self.unit}".rstrip()

    def agrees_with(self, other: Quantity) -> bool:
        """Whether both can be one amount: equal, converted, one the other rounded, or within what "over" allows."""
        if self.unit != other.unit:
            return self._fits_unlike(other)
        if self.unit in _NAMED:
            return self.value == other.value
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


@lru_cache(maxsize=10_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities in a text, in order; "one" as a pronoun is none."""
    found: list[Quantity] = []
    for match in _FIND.finditer(text[:_LONGEST]):
        amount = _amount(match)
        if amount is not None:
            words = match[0].strip().rstrip("." if match["date"] else "")
            start = match.start() + match[0].index(words)
            how = _how(text, start)
            quantity = Quantity(*amount, how, match["relative"] is not None, words, start, start + len(words))
            before = found[-1] if found else None
            if before and quantity.unit == before.unit == "day" and text[before.end : start] == " and ":
                found[-1] = before.plus(quantity, text)  # "a year and four months"
            else:
                found.append(quantity)
    return tuple(found)


Amount = tuple[float, str, float]  # value, unit, and the number as it is written


def _amount(match: re.Match[str]) -> Amount | None:
    for group, read in _READERS.items():
        if match[group]:
            return read(match)
    return _plain(match)


def _date(match: re.Match[str]) -> Amount:
    month = _MONTHS[(match["m1"] or match["m2"]).rstrip(".").casefold()]
    return _as_is(100.0 * month + int(match["d1"] or match["d2"]), "date")


def _ratio(match: re.Match[str]) -> Amount | None:
    part, whole = _number(match["of"]), _number(match["every"])
    return _as_is(100 * part / whole, "percent") if 0 < part < whole else None


def _share(match: re.Match[str]) -> Amount:
    parts = (match["parts"] or match["parts2"] or match["parts3"] or "a").casefold()
    fraction = (match["fraction"] or match["fraction2"] or match["fraction3"] or "half").casefold()
    return _as_is(100 * (1.0 if parts in ("a", "an") else _number(parts)) / _FRACTIONS[fraction], "percent")


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
        return float(match["digits"].replace(",", "")) + _SIGNS.get(match["sign"] or "", 0.0)
    if match["only"]:
        return _SIGNS[match["only"]]
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
        _TENS[(match["tens"] or "").casefold()] * MAGNITUDES[match["rounds"].casefold()], "several"
    ),
    "weekday": lambda match: _as_is(float(_WEEKDAYS.index(match["weekday"].casefold())), "weekday"),
    "share": _share,
    "ordinal": lambda match: _as_is(float(_ORDINALS[match["ordinal"].casefold()]), "ordinal"),
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
    match = _HOW.search(text, max(0, start - 20), start)
    if not match:
        return ""
    told = match[1].casefold()
    return "least" if told in _LOWER else "most" if told in _UPPER else "about"


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
