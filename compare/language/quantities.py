"""Quantities in a text: what "$1.2bn", "a dozen", "two-thirds", "10 to 20" and "3 March" amount to, however spelled.

English only. Units are converted, so that "5km" can be held against "three miles", and a quantity knows how
exact it means to be: "nearly 2,000" may stand for 1,978, "12" for nothing but 12.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compare.language.amounts import NAMED, Quantity
from compare.language.ranges import joined
from compare.language.tokens import NUMBER_WORDS
from compare.language.units import (
    BELOW_ZERO,
    CURRENCIES,
    EVERY,
    FIND,
    FOLDS,
    FRACTIONS,
    HOW,
    LEADS,
    LOWER,
    MAGNITUDES,
    MONTHS,
    MORE_OR_LESS,
    ORDINALS,
    PER,
    SIGNS,
    TENS,
    UNITS,
    UPPER,
    WEEKDAYS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_SEVERAL = 20  # "hundreds" may stand for 1,200, not for 2,300
_COUPLE = 1.5  # "a couple of weeks" may be three
_LONGEST = 20_000  # characters that are read; no sentence is longer
_SMALLEST, _LARGEST = 1e-12, 1e18  # of what a text counts; beyond are serial numbers and broken pages
_OFTEN = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_BEFORE = 24  # characters in front of a number that tell how it is meant
# Letters that a pattern without regard to case takes for i, s and k, and no table knows.
_LOOKALIKES = str.maketrans("İıſ\N{KELVIN SIGN}", "IisK")


class _Amount(NamedTuple):
    """What a number amounts to: in its unit, and as it is written; `times` makes the most it may be of it."""

    value: float
    unit: str
    written: float
    size: float = 1.0
    times: float = 1.0


def quantities(text: str) -> tuple[Quantity, ...]:
    """Read the quantities in a text, in order; a range or a score is one, "one" as a pronoun is none."""
    found: list[tuple[Quantity, float]] = []
    folded = text[:_LONGEST].translate(_LOOKALIKES)
    for match in FIND.finditer(folded):
        amount = _amount(match)
        if amount is not None and _is_countable(amount.value):
            quantity = _told(match, amount, text, folded)
            together = joined(*found[-1], quantity, amount.size, text) if found else None
            if together:
                found[-1] = together, amount.size
            else:
                found.append((quantity, amount.size))
    told, read_to = [], 0
    for quantity in (one for one, _ in found if one.unit or one.text.casefold() != "one"):
        if quantity.start >= read_to:  # not "second" in "400 litres of water a second"
            pace = None if quantity.unit in NAMED or quantity.relative else PER.match(folded, quantity.end)
            read_to = pace.end() if pace else quantity.end
            told.append(_at_its_pace(quantity, pace, text) if pace else quantity)
    return tuple(told)


def _told(match: re.Match[str], amount: _Amount, text: str, folded: str) -> Quantity:
    words = match[0].strip().rstrip("." if match["date"] else "")
    start = match.start() + match[0].index(words)
    end = start + len(words)
    vague = "some" if match["several"] or match["plural"] or match["scores"] else ""
    about = "about" if match["share"] or match["piecesize"] or match["ratio"] else ""
    how = vague or _how(folded, start) or about
    more = MORE_OR_LESS.match(folded, end)
    if more and not how and amount.unit not in NAMED:
        how = next(name for name, told in more.groupdict().items() if told)
    top = amount.value * amount.times
    relative = match["relative"] is not None
    return Quantity(amount.value, amount.unit, amount.written, how, relative, text[start:end], start, end, top)


def _at_its_pace(quantity: Quantity, pace: re.Match[str], text: str) -> Quantity:
    """Add how often a quantity comes again; its words tell so where nothing stands between."""
    every = EVERY[(pace["every"] or pace["adverb"]).casefold()]
    end = quantity.end if pace["nouns"] else pace.end()
    return replace(quantity, text=text[quantity.start : end], end=end, every=every)


def _is_countable(value: float) -> bool:
    return value == 0 or _SMALLEST <= abs(value) <= _LARGEST


def _amount(match: re.Match[str]) -> _Amount | None:
    for group, read in _READERS.items():
        if match[group]:
            return read(match)
    return _plain(match)


def _date(match: re.Match[str]) -> _Amount:
    month = MONTHS[(match["m1"] or match["m2"]).rstrip(".").casefold()]
    return _as_is(100.0 * month + int(match["d1"] or match["d2"]), "date")


def _ratio(match: re.Match[str]) -> _Amount | None:
    part, whole = _number(match["of"]), _number(match["every"])
    return _as_is(100 * part / whole, "percent") if 0 < part < whole <= _LARGEST else None


def _share(match: re.Match[str]) -> _Amount | None:
    """A part of a whole, or the third of a row."""
    fraction = (match["fraction"] or match["fraction2"] or match["fraction3"] or "half").casefold()
    if match["loose"] and not LEADS.search(match.string, max(0, match.start() - _BEFORE), match.start()):
        return _as_is(float(ORDINALS[fraction]), "ordinal") if fraction in ORDINALS else None
    parts = _number(match["parts"] or match["parts2"] or match["parts3"] or "a")
    return _as_is(100 * parts / FRACTIONS[fraction], "percent")


def _piece(match: re.Match[str]) -> _Amount:
    """A part of something that is counted: "a quarter of a million", "half a point"."""
    size = MAGNITUDES.get((match["piecesize"] or "").casefold(), 1.0)
    unit, factor = UNITS.get((match["pieceunit"] or match["pieceunit2"] or "").casefold(), ("", 1.0))
    value = _number(match["pieces"] or "a") / FRACTIONS[match["piecef"].casefold().removesuffix(" of")] * size
    return _Amount(value * factor, unit, value, size)


def _some(match: re.Match[str]) -> _Amount:
    """A number that nobody has counted: "several hundred", "tens of thousands"."""
    if match["scores"]:
        value = 20.0
    else:
        value = TENS[(match["tens"] or "").casefold()] * MAGNITUDES[(match["round"] or match["rounds"]).casefold()]
    unit, factor = UNITS.get((match["someunit"] or "").casefold(), ("", 1.0))
    return _Amount(value * factor, unit, value, times=_SEVERAL)


def _plain(match: re.Match[str]) -> _Amount | None:
    """A number with its magnitude and unit."""
    size, unit_word = (match["size"] or "").casefold(), (match["unit"] or "").casefold()
    unit, factor = UNITS.get(unit_word, ("", 1.0))
    if match["couple"] and not (size or unit):
        return None
    times = MAGNITUDES.get(size, 1.0) * (1e3 if match["more"] else 1.0)
    last = re.split("[ -]", (match["spelled"] or "").casefold())[-1]
    value = _counted(match) * times
    value += 0.5 * times if match["unithalf"] else 0.0  # "a million and a half", "a year and a half"
    if match["rank"]:
        return _as_is(value, "ordinal")
    if match["money"]:
        sign = match["money"].casefold()
        return _Amount(value, CURRENCIES.get(sign, sign), value, times)
    if unit in ("celsius", "fahrenheit") and BELOW_ZERO.search(match.string, 0, match.start()):
        value = -value
    if unit == "fahrenheit":
        return _Amount((value - 32) / 1.8, "celsius", value, times)
    times *= MAGNITUDES.get(last, 1.0)
    return _Amount(value * factor, unit, value, times, _COUPLE if match["couple"] else 1.0)


def _counted(match: re.Match[str]) -> float:  # noqa: PLR0911 - one for each form that English has
    if match["digits"]:
        whole = float(re.sub(r"[^\d.]", "", match["digits"])) + SIGNS.get(match["sign"] or "", 0.0)
        return whole + (int(match["upper"]) / int(match["lower"]) if match["upper"] else 0.0)
    if match["only"]:
        return SIGNS[match["only"]]
    if match["nil"]:
        return 0.0
    if match["couple"]:
        return 2.0
    if not match["spelled"]:
        return 1.0
    whole = _number(match["spelled"])
    if match["decimals"]:
        return float(
            f"{whole:.0f}." + "".join(NUMBER_WORDS.get(word, "0") for word in match["decimals"].casefold().split())
        )
    if match["more_fraction"]:
        return whole + _number(match["more_parts"]) / FRACTIONS[match["more_fraction"].casefold()]
    return whole


def _as_is(value: float, unit: str = "") -> _Amount:
    return _Amount(value, unit, value)


def _of_day(match: re.Match[str]) -> _Amount | None:
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


_READERS: dict[str, Callable[[re.Match[str]], _Amount | None]] = {
    "clock": _of_day,
    "date": _date,
    "year": lambda match: _as_is(float(match["year"]), "year"),
    "ratio": _ratio,
    "long": lambda match: _Amount(UNITS[(match["span"] or "fortnight").casefold()][1], "day", 1.0),
    "relative": lambda _: _as_is(0.0),
    "several": _some,
    "plural": _some,
    "scores": _some,
    "weekday": lambda match: _as_is(float(WEEKDAYS.index(match["weekday"].casefold())), "weekday"),
    "times": lambda match: _as_is(FOLDS[match["fold"].casefold()], "times"),
    "often": lambda match: _as_is(_OFTEN[match["often"].casefold()], "occasion"),
    "piece": _piece,
    "share": _share,
    "ordinal": lambda match: _as_is(float(ORDINALS[match["ordinal"].casefold()]), "ordinal"),
}


def _number(words: str) -> float:
    """Read digits or number words: "two hundred and six" is 206, "a" 1."""
    if words[:1].isdecimal():
        return float(words)
    if words.casefold() in ("a", "an"):
        return 1.0
    total, group = 0.0, 0.0
    for word in re.split("[ ,-]+", words.casefold()):
        if word in ("hundred", "thousand"):
            group = (group or 1.0) * MAGNITUDES[word]
            if word == "thousand":
                total, group = total + group, 0.0
        elif word in NUMBER_WORDS:
            group += float(NUMBER_WORDS[word])
    return total + group


def _how(text: str, start: int) -> str:
    match = HOW.search(text, max(0, start - _BEFORE), start)
    if not match:
        return ""
    told = match[1].casefold()
    return "least" if told in LOWER else "most" if told in UPPER else "about"
