"""Time expressions beside a verb or within a phrase: "on Tuesday", "two days ago", "in the past"."""

from __future__ import annotations

from compare.language.english import grammar, time
from compare.language.quotes.stream import Sentence, low_at

_LONGEST = 4  # words of a time between a verb and its subject

WEEKDAYS = frozenset(time["weekdays"])
_ASIDES = frozenset(grammar["asides"])
_MONTHS = frozenset(
    form if at == 0 else f"{form}." for month in time["months"] for at, form in enumerate(month.split())
)


def aside_before(sentence: Sentence, end: int) -> int:
    """Return where an aside like "in the past" or a time expression before token `end` begins; else `end`."""
    for length in (2, 3):
        words = [token.low for token in sentence[max(0, end - length) : end]]
        if " ".join(words) in _ASIDES:
            return end - length
    return time_before(sentence, end)


def time_before(sentence: Sentence, end: int) -> int:
    """Return where a time expression that ends before token `end` begins; `end` if there is none."""
    start = _time_core(sentence, end)
    if start == end:
        return end
    while start > 0 and low_at(sentence, start - 1) in time.led_by:
        start -= 1
    return start


def time_after(sentence: Sentence, start: int) -> int:
    """Return where a time expression of a few words that begins at token `start` ends; `start` if there is none."""
    ends = range(min(len(sentence), start + _LONGEST), start, -1)
    return next((end for end in ends if is_time(sentence, start, end)), start)


def is_time(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these tokens are only a time expression: "this week", "on Tuesday"."""
    at = end
    while at > start and (before := time_before(sentence, at)) < at:
        at = before
    return at <= start < end


def _time_core(sentence: Sentence, end: int) -> int:
    """Return where a time expression begins, without "on" or "late" before it."""
    at = end - 1
    low, before = low_at(sentence, at), low_at(sentence, at - 1)
    if low in time.alone:
        return at
    if low in WEEKDAYS:
        return at - (before in time.pointing)
    if low in time.parts and (before in WEEKDAYS or before in time.alone):
        return at - 1
    if low in time.units and before in time.pointing:
        return at - 1 - (low_at(sentence, at - 2) == "the")
    if low in time.distances and before in time.units:
        return _counted_time(sentence, at - 1, end)
    if low in time.units and low_at(sentence, end) in time.distances:
        return _counted_time(sentence, at, end)  # "two days" before "earlier told"
    return _date_before(sentence, at, end) if low in _MONTHS or low[:1].isdigit() else end


def _counted_time(sentence: Sentence, unit: int, end: int) -> int:
    """Return where "two days ago" or "a few days earlier" begins; `end` if nothing is counted."""
    start = unit
    while start > 0 and (low_at(sentence, start - 1) in time.counts or low_at(sentence, start - 1).isdigit()):
        start -= 1
    return start if start < unit else end


def _date_before(sentence: Sentence, at: int, end: int) -> int:
    """Return where "in May", "on 12 March", "on March 12" or "in 2014" begins; `end` if there is no date."""
    start = at
    while start >= 0 and (low_at(sentence, start) in _MONTHS or _is_day_or_year(low_at(sentence, start))):
        start -= 1
    dated = any(low_at(sentence, k) in _MONTHS for k in range(start + 1, end))
    led = low_at(sentence, start) in time.led_by | time.pointing
    # "April said": a month alone may be a name, and a number alone is not a year.
    if start + 1 >= end or not (led or (dated and end - start > 2)):
        return end
    return start + (low_at(sentence, start) not in time.pointing)


def _is_day_or_year(low: str) -> bool:
    digits = low.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return digits.isdigit() and len(digits) in {1, 2, 4}
