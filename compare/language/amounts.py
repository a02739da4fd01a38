"""Amounts as a text gives them, and whether two can be one: in another form, rounded, converted, within a bound."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.language import english
from compare.language.tokens import FUNCTION_WORDS, NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable


_N = english.numbers
MAGNITUDES = {word: float(size) for word, size in _N["magnitudes"].items()}
CURRENCIES = _N["currencies"]
# Units in which there is money.
MONEY = frozenset({*_N["money"], "pound", *CURRENCIES.values()})
# Words of a unit: the unit it is counted in here, and how many of these one is.
UNITS: dict[str, tuple[str, float]] = {form: (name, 1.0) for name in _N["money"] for form in (name, f"{name}s")} | {
    form: (row["unit"], row["size"] if "size" in row else 1 / row["parts"])
    for row in _N["units"]
    for form in row["forms"]
}
FRACTIONS: dict[str, int] = _N["fractions"]
FOLDS: dict[str, float] = _N["folds"]
TENS = {"": 1.0, "tens": 10.0, "hundreds": 100.0}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
ORDINALS = {word: rank for rank, word in enumerate(_N["ordinals"], start=1)}
WEEKDAYS = english.time["weekdays"]
MONTHS = {name: number for number, names in enumerate(english.time["months"], start=1) for name in names.split()}


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


# With their capitals, as a zone is where it is no word: "2300 GMT", "in London time", "(local time)".
_ZONE = rf"(?-i:(?:{_any(english.time.zones)})\b|(?:[Ll]ocal|[A-Z][\w'’.-]{{0,20}})\ [Tt]ime\b)"
ZONE = re.compile(rf"(?<!\w){_ZONE}")
# With their capitals: "will march 10 miles", "it may 12 times over".
_MONTH = rf"(?-i:{_any(form for name in MONTHS for form in (name.capitalize(), name.upper()))})\b\.?"
_WORD = rf"(?:{_any(NUMBER_WORDS)})"
_DIGIT = _any(word for word, value in NUMBER_WORDS.items() if len(value) == 1)
_TENS = _any(word for word in NUMBER_WORDS if word.endswith("ty"))
# "forty-one", but not "three-one".
_BELOW_HUNDRED = rf"(?:(?:{_TENS})(?:[ -](?:{_DIGIT})\b)?|{_WORD})"
_BELOW_THOUSAND = rf"{_BELOW_HUNDRED}(?:[ -]hundred(?:(?:[ -]and)?[ -]{_BELOW_HUNDRED})?)?\b"
_SPELLED = (
    rf"(?:{_BELOW_THOUSAND}|(?:a\ )?hundred(?:[ -]and)?[ -]{_BELOW_HUNDRED})"
    rf"(?:[ -]thousand\b(?:,?(?:\ and)?\ {_BELOW_THOUSAND})?)?"
)
_UNIT_WORD = rf"(?:%|°[CF]\b|(?:{_any(form for form in UNITS if form[0] not in '%°')})\b)"
_UNIT = rf"(?:[ -]?(?P<unit>{_UNIT_WORD}))?"
LOWER, UPPER, _ABOUT = _N["lower"], _N["upper"], _N["about"]
# What stands before a number, and what behind it.
HOW = re.compile(rf"\b({_any((*LOWER, *UPPER, *_ABOUT))}) (?:an? )?$", re.IGNORECASE)
MORE_OR_LESS = re.compile(
    r"(?:(?P<least>\+|-plus\b| or (?:more|over|older)\b)"
    r"|(?P<most> or (?:fewer|less|under|younger)\b)|(?P<about> or so\b))",
    re.IGNORECASE,
)
_SPAN = "(?:day|week|fortnight|month|year|decade)"
_LARGE = "dozen|hundred|thousand|million|billion|trillion"
_YEAR = r"(?:19|20)\d\d\b"
_PARTS = f"(?:{'|'.join(FRACTIONS)})"
# What may follow a share that no "of" follows: "by a third in May", not "by a third party".
_CLOSES = (
    r"(?=\s*(?:$|[.,;:)!?\u2014\u201d\"])|\ (?:in|to|since|from|over|on|this|last|after|before|during|for|as|at|"
    r"while|and|but|by|compared|because|when|if|than|less|more|higher|lower|fewer|said|was|were|is|are|had|have|has|will)\b)"
)
BELOW_ZERO = re.compile(r"(?:\bminus |\u2212|(?<!\S)-)$", re.IGNORECASE)
# What stands before a share by itself: "fell by a third", "nearly half were"; "a third was hurt" is a person.
LEADS = re.compile(
    rf"(?:\b(?:by|to|{_any((*LOWER, *UPPER, *_ABOUT))}|fell|rose|grew|shrank|fallen|risen|\w+(?:ed|ing|s))) $",
    re.IGNORECASE,
)
# Verbs and adverbs of going up and down, beside which "48 cents to $30" gives a step and where it led.
MOVES = re.compile(
    r"\b(?:up|down|higher|lower|r[io]s(?:es?|en|ing)|fell|fall(?:s|en|ing)?|gr[eo]w(?:s|n|ing|th)?|sank|slid|cuts?|"
    r"(?:climb|drop|jump|gain|add|advanc|declin|increas|decreas|rais|reduc|lower|plung|slump|soar|surg|tumbl|eas|edg|dip|"
    r"slip|shrink|slash|widen|narrow|leap|lift|boost|trimm?|shed|swell|los|doubl|extend)\w*|shrank|lost)\b",
    re.IGNORECASE,
)
# How often a quantity recurs: the days between.
EVERY = {form: row["days"] if "days" in row else 1 / row["parts"] for row in _N["every"] for form in row["forms"]}
_BETWEEN = _any(FUNCTION_WORDS - {"of"})
# "$15 an hour", "400 litres of water a second"; not "met 12 ministers a week ago".
PER = re.compile(
    rf"(?P<nouns>(?:\ (?!(?:{_BETWEEN})\b)[a-z-]+){{0,3}}?)(?:\ (?:an?|per|each|every)\ |[/-]per-|\ ?/\ ?)"
    rf"(?P<every>{_any(word for word in EVERY if not word.endswith('ly'))})\b(?!\ (?:ago|after|before|later|"
    rf"earlier|old|long|when|in\ which|that|from\ now)\b)|"
    rf"\ (?P<adverb>hourly|daily|weekly|monthly|yearly|annually)\b(?!\ [a-z])",
    re.IGNORECASE,
)
_SPACES = " \u00a0\u2009\u202f"  # of "1 500"
# A number that is broken off or written in another way ("1,5 million", "1.000.000") is read nowhere in part.
FIND = re.compile(
    rf"""(?<!\w)(?<!\d[.,])(?:
      (?P<clock>\b(?P<hour>\d{{1,2}})(?:[:.](?P<minutes>\d\d))?\ ?(?P<half>[ap])\.?m\b\.?
        | \b(?P<hour24>[012]?\d):(?P<minutes24>[0-5]\d)\b
        | \b(?P<hourly>[01]?\d|2[0-3])[.h]?(?P<minutely>[0-5]\d)(?=(?:\ hours|\ hrs|h)?,?\ \(?{_ZONE})
        | \b(?P<sharp>{_WORD}|\d{{1,2}})\ o['’]clock\b(?!\ in\ the\ (?:morning|afternoon|evening)\b)
        | \b(?P<evening>{_WORD}|\d{{1,2}})(?:\ o'clock)?\ in\ the\ (?P<part>morning|afternoon|evening)\b
        | \b(?P<named>noon|midday|midnight)\b)
    | (?P<date>\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_MONTH})(?:,?\ {_YEAR})?
        | \b(?P<m2>{_MONTH})\ (?:the\ )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\ {_YEAR})?)
    | (?P<year>(?<![\d.,$£€])\b{_YEAR}(?![.,]?\d|%|\ ?(?:{_any(form for form in UNITS if len(form) > 2)}|people)\b))
    | (?P<ratio>\b(?P<of>{_WORD}|\d+)\ (?:in|out\ of)\ (?:every\ )?(?P<every>{_WORD}|\d+)\b(?!\ (?:{_MONTH})))
    | (?P<long>\b(?P<span>{_SPAN})-?long\b | \bfortnight\b)
    | (?:(?P<several>\b(?:several|a\ few|many)\ (?P<round>{_LARGE})\b)
        | (?P<plural>\b(?:(?P<tens>tens|hundreds)\ of\ )?(?P<rounds>dozen|hundred|thousand|million|billion)s\b)
        | (?P<scores>\bscores(?=\ of\b)))(?:(?:\ of)?\ (?P<someunit>{_UNIT_WORD}))?
    | (?P<times>\b(?P<fold>halv|doubl|tripl|trebl|quadrupl)(?:ed|ing)\b)
    | (?P<weekday>\b(?:{_any(WEEKDAYS)})\b)
    | (?P<relative>\b(?:half|twice|double|triple|three\ times)
        \ (?:that|as|what|it|its|the\ (?:size|number|amount|rate))\b)
    | (?P<often>\b(?:twice|thrice|(?<!\bat\ )(?<!\bfor\ )once
        (?=\s*(?:$|[.,;:)!?\u2014\u201d"])|\ (?:in|a|by|on|during|every|last|this|since|before|after)\b))\b)
    | (?P<piece>\b(?:(?P<pieces>an?|{_DIGIT})[ -])?(?P<piecef>half(?:\ of)?(?=\ an?\b|\ of\ (?:one|1)\b|[ -])
            |quarter(?=[ -]|s?\ of\b)|{_PARTS}(?=s?\ of\b))s?(?:(?:\ of)?\ (?:an?|one|1)\ |[ -])
        (?:(?P<piecesize>{_LARGE})\b(?:\ (?P<pieceunit>{_UNIT_WORD}))?|(?P<pieceunit2>{_UNIT_WORD})))
    | (?P<share>\b(?P<parts>an?|{_DIGIT}|\d)[ -](?P<fraction>{_PARTS})s?\b(?=\ of\b|\ the\b)
        | \b(?P<parts2>{_DIGIT})[ -](?P<fraction2>{_PARTS})s?\b
        | \b(?P<loose>(?:(?P<parts3>an?)\ )?(?P<fraction3>(?(parts3){_PARTS}|half)))\b{_CLOSES}
        | \bhalf\b(?=\ (?:of|the|its|their|his|her|all|our)\b))
    | (?:(?P<money>(?:\b[A-Z]{{1,2}})?[$£€¥₹₽₴])\ ?)?(?:
            (?P<digits>(?<![\w./])(?:\d{{1,3}}(?:,\d{{3}})+|[1-9]\d?\d?(?:[{_SPACES}]\d{{3}})+|\d+)(?:\.\d+)?)
                (?![.,]?\d)(?P<sign>[½¼¾⅓⅔])?(?:\ (?P<upper>\d)/(?P<lower>[2-9])(?![\d/]))?
                (?P<rank>st|nd|rd|th)?(?!s\b|\w*/)
            | (?P<only>(?<!\w)[½¼¾⅓⅔])
            | \b(?P<spelled>{_SPELLED})\b(?:\ point(?P<decimals>(?:\ (?:{_DIGIT}|oh)\b)+)
                | [ -]and[ -](?P<more_parts>an?|one|two|three)[ -](?P<more_fraction>half|third|quarter)s?\b)?
            | (?<=-)(?P<nil>nil)\b
            | \b(?P<couple>a\ couple\ of)\b
            | \b(?P<a>an?)(?=\ (?:{_LARGE})\b)
            | (?:(?<=\b(?:in|of)\ )|(?<=\bfor\ )|(?<=(?:thin|fter|most|arly|bout|over|than)\ ))an?(?=\ {_SPAN}\b)
            | \ban?(?=\ {_SPAN}\ (?:and\ (?:a\ half|\w+\ (?:days|weeks|months))|later|earlier)\b))
          (?:[ -]?(?P<size>(?:{_LARGE}|mln|mn|bn|tn|[kmb](?=\b))(?!\w))(?P<more>\ thousand\b)?)?
          {_UNIT}(?P<unithalf>\ and\ a\ half\b)?
    | \b(?P<ordinal>{_any(ORDINALS)})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


ROUND_FROM = 100  # "2,000" may stand for 1,978, but "10" not for 12, unless it says "about"
_SAME = 0.002  # relative difference of what is written in the same unit
_NEAR = 0.08  # of what was converted or is "about": "three miles" are 4.8 km, "a month" 30 days
_ROUNDED = 0.1  # of what was rounded: 1,978 and 2,000
_ABOUT_ROUNDED = 0.2  # the same with "about": "about ten" may stand for twelve
_SLACK = 0.02  # below "more than 2,000": 1,978, which another rounded
_BOUND = 1.35  # "more than 2,000" may stand for 2,300, not for 3,200
_FAR = 1.2  # "about 200" cannot be 300, whoever counts
_LIKE = 0.15  # of the middle of two ranges
_VAGUE = 2.1  # "dozens" and "scores" may be the same, "dozens" and "hundreds" not
_DAY, _SOON = 1440, 60  # minutes: "shortly before midnight" may stand for 11.30pm
_POUND = 0.453592  # kilograms
# The same or not, never about: these tell which, not how many.
NAMED = frozenset({"date", "year", "clock", "weekday", "ordinal", "score"})
_CONVERTED = frozenset({"metre", "hectare", "kilogram", "litre", "kph", "celsius"})  # from other units, as a rule
# Units of which one is often said for the other; the figure decides.
_LOOSELY_ONE = ({"percent", "point"}, {"point", "percentage point"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a text gives it.

    Attributes:
        value: in `unit`; the least of a range.
        unit: "" for a bare number; "percent", "percentage point", "point"; "dollar" and other currencies; "metre",
            "hectare", "kilogram", "litre", "kph", "celsius", "watt", "day" (durations), "occasion" ("twice"); "date"
            (100 x month + day), "year", "weekday" (0 is Monday), "clock" (minutes), "ordinal"; "times" ("doubled"),
            "score" (1000 x the greater number + the other).
        written: the number before conversion.
        how: "" if exact, "about", "least" or "most", "some" ("several hundred", "hundreds").
        relative: whether it is a multiple of another one ("half that").
        text: the words.
        start: where they begin in the text, in code points.
        end: where they end (exclusive).
        top: the greatest of a range or of "some", in `unit`; else `value`.
        every: the days after which it comes again ("$15 an hour"), 0 where it does not.
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

    @property
    def approximate(self) -> bool:
        """Whether the text says that it is about so much."""
        return bool(self.how)

    @property
    def is_range(self) -> bool:
        """Whether the text leaves it open between two numbers."""
        return self.top > self.value

    @property
    def factor(self) -> float:
        """How many of `unit` one of the unit is in which it is written."""
        return self.value / self.written if self.written else 1.0

    def agrees_with(self, other: Quantity) -> bool:
        """Whether both can be one amount: equal, converted, one the other rounded, or within what "over" allows."""
        if self.unit != other.unit:
            return self._fits_unlike(other)
        if self.unit in NAMED:
            apart = abs(self.value - other.value)
            about = self.unit == "clock" and (self.approximate or other.approximate)
            if self.unit == "clock" and apart == _DAY / 2:
                return self._is_of_either_half() or other._is_of_either_half()
            return not apart or (about and min(apart, _DAY - apart) < _SOON)
        if self.every and other.every and self.every != other.every:
            return self._fits_at_another_pace(other)
        return self._fits(other)

    def contradicts(self, other: Quantity) -> bool:
        """Whether no amount can be both, whatever was rounded; never so where units are too unlike to say."""
        if self.agrees_with(other) or self.relative or other.relative:
            return False
        if self.unit != other.unit:
            return self.is_like(other)
        if self.unit in NAMED:
            return self.unit == "score"
        if self.every and other.every and self.every != other.every:
            return True
        (low, high), (least, most) = self._limits(), other._limits()
        return low > most or least > high

    def is_like(self, other: Quantity) -> bool:
        """Whether one may stand where the other does: of the same unit, or of two that are taken for each other."""
        if self.unit == other.unit:
            return True
        units = {self.unit, other.unit}
        if units == {"point", "percentage point"} or self._are_weights(other):
            return True
        # "€40m" for "$40m"; "$43m" is the same in other money, as far as can be told.
        mistaken = units == {"percent", "percentage point"} or units <= MONEY
        return mistaken and _is_close(self.written, other.written, _SAME)

    def reach(self) -> tuple[float, float]:
        """From where to where another may lie that stands for it, in `unit`: quicker to ask of many than each pair."""
        low, high = self._span()
        is_round = self.written >= ROUND_FROM and _figures(self.written) <= 2
        slack = _NEAR / 2 if self.how == "about" or is_round or self.unit in _CONVERTED else _SAME
        return low - slack * abs(low), high + slack * abs(high)

    def plus(self, other: Quantity, text: str) -> Quantity:
        """Both as one, where a text names them together."""
        value, words = self.value + other.value, text[self.start : other.end]
        return Quantity(
            value, self.unit, value, self.how, self.relative, words, self.start, other.end, value, other.every
        )

    def _is_of_either_half(self) -> bool:
        """Whether an hour may be one of the morning or of the evening: "9:30", "nine o'clock"."""
        plain = self.text[-1].isdigit() or self.text.endswith("clock")
        return plain and self.text[0] != "0" and self.value <= (_DAY / 2 + _SOON)

    def _fits(self, other: Quantity) -> bool:  # noqa: PLR0911 - one for each form that English has
        """Whether two of the same unit agree."""
        if {self.how, other.how} == {"least", "most"}:
            least, most = sorted((self, other), key=lambda one: one.how)
            return least.value * (1 + _SLACK) < most.top  # not "more than 300" and "fewer than 300"
        equal = _is_close(self.value, other.value, _SAME) and _is_close(self.top, other.top, _SAME)
        if equal or (self.text.casefold() == other.text.casefold() and self.every == other.every):
            return True
        if min(self.value, other.value) <= 0:
            return self.unit == "celsius" and abs(self.value - other.value) <= 1
        if self.is_range and other.is_range and "some" not in (self.how, other.how):
            return _is_close(self.value + self.top, other.value + other.top, _LIKE) and self._meets(other)
        if self.how == other.how == "some":
            return max(self.value, other.value) <= _VAGUE * min(self.value, other.value)
        if self.how == other.how and self.how in ("least", "most"):
            return _is_close(self.value, other.value, _NEAR) or self._is_rounded(other)
        return self._meets(other) or self._is_rounded(other)

    def _meets(self, other: Quantity) -> bool:
        """Whether what both may stand for overlaps."""
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
        """What it may stand for, in news that means well."""
        if self.how == "least":
            return self.value * (1 - _SLACK), self.top * _BOUND
        if self.how == "most":
            return self.value / _BOUND, self.top * (1 + _SLACK)
        return self.value, self.top

    def _limits(self) -> tuple[float, float]:
        """What it may stand for at all."""
        if self.how == "least":
            return self.value * (1 - _SLACK), math.inf
        if self.how == "most":
            return 0.0, self.top * (1 + _SLACK)
        if self.how:
            return self.value / _FAR, self.top * _FAR
        return self.value, self.top

    def _fits_unlike(self, other: Quantity) -> bool:
        if self._are_weights(other):
            pounds, kilograms = sorted((self, other), key=lambda one: one.unit != "pound")
            return _is_close(pounds.value * _POUND, kilograms.value, _NEAR)
        units = {self.unit, other.unit}
        if "score" in units and "" in units:
            score, number = sorted((self, other), key=lambda one: one.unit != "score")
            return number.value in divmod(score.value, 1000)
        loosely = "" in units or units in _LOOSELY_ONE
        # "four and a half", said of a percentage: what is written decides.
        at = 1.0 if units in _LOOSELY_ONE else None
        (low, high), (least, most) = self._as_written(at), other._as_written(at)
        return loosely and low <= most and least <= high

    def _as_written(self, factor: float | None) -> tuple[float, float]:
        per = factor or self.factor or 1.0
        low, high = (each / per for each in self._span())
        slack = _NEAR if self.how == "about" else _SAME
        return low * (1 - slack), high * (1 + slack)

    def _are_weights(self, other: Quantity) -> bool:
        """Whether one is in pounds, by its word, and the other in kilograms."""
        return {self.unit, other.unit} == {"pound", "kilogram"} and "£" not in self.text + other.text

    def _fits_at_another_pace(self, other: Quantity) -> bool:
        """Whether "$15 an hour" can be "$120 a day": nobody works round the clock, but more than an hour."""
        if (self.every < 1) != (other.every < 1):
            return not _is_close(self.value, other.value, _SAME)
        return _is_close(self.value / self.every, other.value / other.every, _NEAR)

    def _is_rounded(self, other: Quantity) -> bool:
        """Whether one of the two is the other rounded; small exact numbers are not taken for rounded ones."""
        if not math.isclose(self.factor, other.factor, rel_tol=1e-6):
            return False  # 3,000 acres and 3,000 hectares
        # Every tenth of a percentage counts, but "about ten people" may be twelve.
        both, either = self.approximate and other.approximate, self.approximate or other.approximate
        about = both or (either and self.unit == "")
        if {self.how, other.how} & {"least", "most"} and self.how != other.how:
            about = False
            if not (self._bears(other) and other._bears(self)):
                return False
        ends = [(one / self.factor, two / self.factor) for one in self._ends() for two in other._ends()]
        return any(_rounds(one, two, about=about) for one, two in ends)

    def _bears(self, other: Quantity) -> bool:
        """Whether the other is on the right side of this one, where this one is a bound."""
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
