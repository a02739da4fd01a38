"""Quantities in a text: what "$1.2bn", "a dozen", "two-thirds", "10 to 20" and "3 March" amount to, however spelled.

English only. Units are converted, so that "5km" can be held against "three miles", and a quantity knows how
exact it means to be: "nearly 2,000" may stand for 1,978, "12" for nothing but 12.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compare.language.amounts import (
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
    MOVES,
    NAMED,
    ORDINALS,
    PER,
    SIGNS,
    TENS,
    UNITS,
    UPPER,
    WEEKDAYS,
    Quantity,
)
from compare.language.tokens import FUNCTION_WORDS, NUMBER_WORDS

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

_AROUND = 30  # characters around two numbers that tell how they are meant
_CLOSE = 20  # characters between the two
_MOST_SCORED = 1000
_MOST_GOALS = 100  # from here on "200-300" is a range, unless something was won
_ONCE_MORE = 2  # times: "ten or twelve", and not "two or twenty"
_PARTED = ("day", "metre", "kilogram")  # "two hours 15 minutes", "five feet two inches"

_TO = re.compile(r"\s?[-\u2013\u2014]\s?|-?\sto\s|-to-", re.IGNORECASE)
_TO_MORE = re.compile(r"\s(?:(?:an?|per)\s)?[a-z]+\s(?:to|and)\s", re.IGNORECASE)  # "16 cents a share to 27 cents"
_DASH = re.compile(r"[-\u2013\u2014]")
# "rose from 2 to 3 percent" gives two amounts, "ranged from 2 to 3 percent" one.
_FROM = re.compile(r"\bfrom (?:\w+ )?$", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere) from (?:\w+ )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:\w+ )?$", re.IGNORECASE)
_CONTEST = (
    r"(?:w[io]n(?:s|ning)?|lost|los(?:e|es|s|ing)|beat(?:en|s|ing)?|defeat\w*|victor\w+|dr[ae]wn?|lead|led|leads|"
    r"vot\w+|rul(?:es?|ed|ing)|scor\w+|verdict|majority|ties?|tied|goals?|thrash\w+|trail\w*|match|game|decision|split)"
)
_CONTESTED = re.compile(rf"\b{_CONTEST}\b", re.IGNORECASE)
# What is counted stands behind its number.
_COUNTED = re.compile(
    rf"[ -](?!(?:{'|'.join(FUNCTION_WORDS)}|away|ahead|behind|home|late|early|{_CONTEST})\b)[a-z]{{2}}"
)


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
        read = next((read for group, read in _READERS.items() if match[group]), _plain)
        amount = read(match)
        if amount is not None and (amount.value == 0 or _SMALLEST <= abs(amount.value) <= _LARGEST):
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
            if pace:  # how often it comes again; its words tell so where nothing stands between
                every = EVERY[(pace["every"] or pace["adverb"]).casefold()]
                end = quantity.end if pace["nouns"] else pace.end()
                quantity = replace(quantity, text=text[quantity.start : end], end=end, every=every)  # noqa: PLW2901
            told.append(quantity)
    return tuple(told)


def _told(match: re.Match[str], amount: _Amount, text: str, folded: str) -> Quantity:
    words = match[0].strip().rstrip("." if match["date"] else "")
    start = match.start() + match[0].index(words)
    end = start + len(words)
    vague = "some" if match["several"] or match["plural"] or match["scores"] else ""
    dozen = (match["size"] or "").casefold() == "dozen"
    about = "about" if match["share"] or match["piecesize"] or match["ratio"] or dozen else ""
    before = HOW.search(folded, max(0, start - _BEFORE), start)
    meant = before[1].casefold() if before else ""
    how = vague or ("least" if meant in LOWER else "most" if meant in UPPER else "about" if meant else about)
    more = MORE_OR_LESS.match(folded, end)
    if more and not how and amount.unit not in NAMED:
        how = next(name for name, told in more.groupdict().items() if told)
    top = amount.value * amount.times
    relative = match["relative"] is not None
    return Quantity(amount.value, amount.unit, amount.written, how, relative, text[start:end], start, end, top)


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
        hour = int(match["hour"] or match["hour24"] or match["hourly"] or _number(match["sharp"]))
        minutes = int(match["minutes"] or match["minutes24"] or match["minutely"] or 0)
        afternoon = bool(match["half"]) and match["half"] in "pP"
    if match["half"] or match["evening"]:
        hour = hour % 12 + (12 if afternoon else 0)
    return _as_is(60.0 * hour + minutes, "clock") if hour < 24 and minutes < 60 else None


_READERS: dict[str, Callable[[re.Match[str]], _Amount | None]] = {
    "clock": _of_day,
    "date": lambda match: _as_is(
        100.0 * MONTHS[(match["m1"] or match["m2"]).rstrip(".").casefold()] + int(match["d1"] or match["d2"]), "date"
    ),
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


def joined(  # noqa: PLR0911 - one for each form that English has
    before: Quantity, size: float, after: Quantity, size_after: float, text: str
) -> Quantity | None:
    """Read two quantities as one where they are: "$2-3 million", "between two and three weeks", "3-1".

    Args:
        before: the first.
        size: what "million" makes of it, 1 where nothing does.
        after: the second.
        size_after: the same of it.
        text: where both stand.
    """
    between = text[before.end : after.start]
    if len(between) > _CLOSE or before.is_range or after.is_range or before.relative or after.relative:
        return None
    if {before.unit, after.unit} & NAMED:
        return None
    if between in (" and ", " ", ", ") and before.unit == after.unit in _PARTED and before.factor > after.factor:
        return before.plus(after, text)  # "a year and four months"
    ahead = text[max(0, before.start - _AROUND) : before.start]
    enclosed = _BETWEEN.search(ahead)
    sizes = size, size_after
    ranging = _RANGING.search(ahead)
    opening = enclosed or ranging
    if opening and (between.casefold() == " and " or _TO_MORE.fullmatch(between)):
        return _range(before, after, sizes, text, len(opening[0]))
    if between.casefold() == " or ":
        near = before.value < after.value <= _ONCE_MORE * before.value and before.unit in ("", after.unit)
        return _range(before, after, sizes, text) if near else None
    if before.unit and not enclosed and MOVES.search(ahead) and " " in between:
        return None  # "rose 48 cents to $30"
    if not _TO.fullmatch(between) or (_FROM.search(ahead) and not ranging):
        return None
    return _score(before, after, text) or _range(before, after, sizes, text, len(enclosed[0]) if enclosed else 0)


def _range(
    before: Quantity, after: Quantity, sizes: tuple[float, float], text: str, opening: int = 0
) -> Quantity | None:
    """What the lower number lacks, its unit or "million", may stand behind the upper one, and the unit in front."""
    if before.unit and after.unit and before.unit != after.unit:
        return None
    low, high = before.value, after.value * (1 if after.unit else before.factor)
    if not before.unit:
        low *= after.factor
    size, size_after = sizes
    if size == 1 and low * size_after / (before.factor if before.unit else 1) < high:
        low *= size_after
    if not low < high:
        return None
    start, unit = before.start - opening, after.unit or before.unit
    factor = after.factor if after.unit else before.factor
    how = before.how or after.how
    return Quantity(low, unit, low / factor, how, False, text[start : after.end], start, after.end, high)


def _score(before: Quantity, after: Quantity, text: str) -> Quantity | None:
    """Read "3-1", "three to one", "a 5-4 vote"; whose number comes first is no matter."""
    if before.unit or after.unit or max(before.value, after.value) >= _MOST_SCORED:
        return None
    if before.value % 1 or after.value % 1:
        return None
    if before.value < after.value:
        is_contest = _CONTESTED.search(text, max(0, before.start - _AROUND), after.end + _AROUND)
        is_dashed = _DASH.search(text, before.end, after.start) and after.value < _MOST_GOALS and not before.how
        if _COUNTED.match(text, after.end) or not (is_contest or is_dashed):
            return None
    less, more = sorted((before.value, after.value))
    value = _MOST_SCORED * more + less
    return Quantity(value, "score", value, "", False, text[before.start : after.end], before.start, after.end, value)
