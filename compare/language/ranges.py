"""Two numbers that are one amount: ranges, scores, and amounts told in two units ("two hours 15 minutes")."""

from __future__ import annotations

import re
from dataclasses import replace

from compare.language.amounts import MONEY, NAMED, Quantity
from compare.language.tokens import FUNCTION_WORDS

# Verbs and adverbs of rising and falling; beside them, "48 cents to $30" gives a step and the level it led to.
MOVES = re.compile(
    r"\b(?:up|down|higher|lower|r[io]s(?:es?|en|ing)|fell|fall(?:s|en|ing)?|gr[eo]w(?:s|n|ing|th)?|sank|slid|cuts?|"
    r"(?:climb|drop|jump|gain|add|advanc|declin|increas|decreas|rais|reduc|lower|plung|slump|soar|surg|tumbl|eas|edg|dip|"
    r"slip|shrink|slash|widen|narrow|leap|lift|boost|trimm?|shed|swell|los|doubl|extend)\w*|shrank|lost)\b",
    re.IGNORECASE,
)
_AROUND = 30  # characters around two numbers that show how to read them
_CLOSE = 20  # characters between the two
_MOST_SCORED = 1000
_MOST_GOALS = 100  # above this, "200-300" is a range, unless something was won
_CENTS = 100
_ONCE_MORE = 2  # times: "ten or twelve", not "two or twenty"
_PARTED = ("day", "metre", "kilogram")  # "two hours 15 minutes", "five feet two inches"

_TO = re.compile(r"\s?[-\u2013\u2014]\s?|-?\sto\s|-to-", re.IGNORECASE)
_TO_MORE = re.compile(r"\s(?:(?:an?|per)\s)?[a-z]+\s(?:to|and)\s", re.IGNORECASE)  # "16 cents a share to 27 cents"
_SCORED_TO = re.compile(r"\s(?:votes?|goals?|points?|sets?|frames?|games?|runs?)\sto\s(?:just\s)?", re.IGNORECASE)
_DASH = re.compile(r"[-\u2013\u2014]")
# "rose from 2 to 3 percent" gives two amounts, "ranged from 2 to 3 percent" one.
_FROM = re.compile(r"\bfrom (?:\w+ )?$", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anywhere) from (?:\w+ )?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:the ages of |\w+ )?$", re.IGNORECASE)
_CONTEST = (
    r"(?:w[io]n(?:s|ning)?|lost|los(?:e|es|s|ing)|beat(?:en|s|ing)?|defeat\w*|victor\w+|dr[ae]wn?|lead|led|leads|"
    r"vot\w+|rul(?:es?|ed|ing)|scor\w+|verdict|majority|ties?|tied|goals?|thrash\w+|trail\w*|match|game|decision|split)"
)
_CONTESTED = re.compile(rf"\b{_CONTEST}\b", re.IGNORECASE)
# The noun counted follows its number.
_COUNTED = re.compile(
    rf"[ -](?!(?:{'|'.join(FUNCTION_WORDS)}|away|ahead|behind|home|late|early|{_CONTEST})\b)[a-z]{{2}}"
)


def joined(  # noqa: PLR0911 - one for each form that English has
    before: Quantity, size: float, after: Quantity, size_after: float, text: str
) -> Quantity | None:
    """Read two quantities as one if they form one: "$2-3 million", "between two and three weeks", "3-1".

    `size` and `size_after` are their magnitudes ("million"), 1 if none; `text` is the text that contains both.
    """
    between = text[before.end : after.start]
    if len(between) > _CLOSE or before.is_range or after.is_range or before.relative or after.relative:
        return None
    if {before.unit, after.unit} & NAMED:
        return None
    if between in (" and ", " ", ", ") and before.unit == after.unit in _PARTED and before.factor > after.factor:
        return before.plus(after, text)  # "a year and four months"
    if between == " " and before.unit in MONEY and not before.value % 1 and not after.unit and after.how == "":
        cents = 10 <= after.value < _CENTS and not after.value % 1 and size == 1
        return before.plus(replace(after, value=after.value / _CENTS), text) if cents else None
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
    if not (_TO.fullmatch(between) or _SCORED_TO.fullmatch(between)) or (_FROM.search(ahead) and not ranging):
        return None
    scored = _score(before, after, text)
    if scored or not _TO.fullmatch(between):
        return scored
    return _range(before, after, sizes, text, len(enclosed[0]) if enclosed else 0)


def _range(
    before: Quantity, after: Quantity, sizes: tuple[float, float], text: str, opening: int = 0
) -> Quantity | None:
    """The lower number's unit or "million" may follow the upper one; the unit may also come first."""
    if before.unit and after.unit and before.unit != after.unit:
        return None
    low, high = before.value, after.value * (1 if after.unit else before.factor)
    if not before.unit:
        low *= after.factor
    size, size_after = sizes
    if size == 1 and low * size_after / (before.factor if before.unit else 1) < high:
        low *= size_after
    if high < low < 0:  # "between minus 5 and minus 10"
        low, high = high, low
    if not low < high:
        return None
    start, unit = before.start - opening, after.unit or before.unit
    factor = after.factor if after.unit else before.factor
    how = before.how or after.how
    return Quantity(
        low, unit, low / factor, how, False, text[start : after.end], start, after.end, high, denied=before.denied
    )


def _score(before: Quantity, after: Quantity, text: str) -> Quantity | None:
    """Read "3-1", "three to one", "a 5-4 vote"; the order of the numbers does not matter."""
    if not {before.unit, after.unit} <= {"", "point"} or max(before.value, after.value) >= _MOST_SCORED:
        return None
    is_half, of_points = before.value % 1 == after.value % 1 == 0.5, bool(before.unit or after.unit)
    if (before.value % 1 or after.value % 1) and not is_half:
        return None
    is_contest = _CONTESTED.search(text, max(0, before.start - _AROUND), after.end + _AROUND)
    if (is_half or of_points) and not is_contest:
        return None
    if before.value < after.value:
        is_dashed = _DASH.search(text, before.end, after.start) and after.value < _MOST_GOALS and not before.how
        if _COUNTED.match(text, after.end) or not (is_contest or is_dashed):
            return None
    less, more = sorted((before.value, after.value))
    value = _MOST_SCORED * more + less
    return Quantity(value, "score", value, "", False, text[before.start : after.end], before.start, after.end, value)
