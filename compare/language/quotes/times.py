"""Times between a subject and its verb: "Ann Lee on Tuesday told", "the ministry earlier this year said"."""

from __future__ import annotations

from compare.language import english
from compare.language.quotes.stream import Sentence, low_at

WEEKDAYS = frozenset(english.time["weekdays"])
_MONTHS = frozenset(
    form if at == 0 else f"{form}." for month in english.time["months"] for at, form in enumerate(month.split())
)
_UNITS = english.time.units
_ALONE = english.time.alone
_PARTS = english.time.parts
_POINTING = english.time.pointing
_DISTANCES = english.time.distances
_COUNTS = english.time.counts
_LED_BY = english.time.led_by


def time_before(sentence: Sentence, end: int) -> int:
    """Where the time begins that ends before token `end`; `end` itself if none does."""
    start = _core(sentence, end)
    if start == end:
        return end
    while start > 0 and low_at(sentence, start - 1) in _LED_BY:
        start -= 1
    return start


def is_time(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these tokens are a time and nothing else: "this week", "on Tuesday"."""
    at = end
    while at > start and (before := time_before(sentence, at)) < at:
        at = before
    return at <= start < end


def _core(sentence: Sentence, end: int) -> int:
    """Where the words begin that tell the time, without "on" or "late" before them."""
    at = end - 1
    low, before = low_at(sentence, at), low_at(sentence, at - 1)
    if low in _ALONE:
        return at
    if low in WEEKDAYS:
        return at - (before in _POINTING)
    if low in _PARTS and (before in WEEKDAYS or before in _ALONE):
        return at - 1
    if low in _UNITS and before in _POINTING:
        return at - 1 - (low_at(sentence, at - 2) == "the")
    if low in _DISTANCES and before in _UNITS:
        return _counted(sentence, at - 1, end)
    if low in _UNITS and low_at(sentence, end) in _DISTANCES:
        return _counted(sentence, at, end)  # "two days" before "earlier told"
    return _date(sentence, at, end) if low in _MONTHS or low[:1].isdigit() else end


def _counted(sentence: Sentence, unit: int, end: int) -> int:
    """Where "two days ago" or "a few days earlier" begins; `end` if nothing is counted."""
    start = unit
    while start > 0 and (low_at(sentence, start - 1) in _COUNTS or low_at(sentence, start - 1).isdigit()):
        start -= 1
    return start if start < unit else end


def _date(sentence: Sentence, at: int, end: int) -> int:
    """Where "in May", "on 12 March", "on March 12" or "in 2014" begins; `end` if no date stands there."""
    start = at
    while start >= 0 and (low_at(sentence, start) in _MONTHS or _is_day_or_year(low_at(sentence, start))):
        start -= 1
    dated = any(low_at(sentence, k) in _MONTHS for k in range(start + 1, end))
    led = low_at(sentence, start) in _LED_BY | _POINTING
    # "April said": a month alone may be somebody's name, and a number alone is no year.
    if start + 1 >= end or not (led or (dated and end - start > 2)):
        return end
    return start + (low_at(sentence, start) not in _POINTING)


def _is_day_or_year(low: str) -> bool:
    digits = low.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return digits.isdigit() and len(digits) in {1, 2, 4}
