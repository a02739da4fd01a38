"""How far something went, or where to: "fell by 40 percent" and "fell to 40 percent"."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from compare.language import english
from compare.language.amounts import NAMED
from compare.matching.changes.lexicon import BE
from compare.matching.changes.reading import kept

if TYPE_CHECKING:
    from compare.language.amounts import Quantity
    from compare.matching.changes.pair import Pair, Words
    from compare.matching.changes.reading import Reading

_MOVED = re.compile(
    r"\A(?:r[io]s(?:es?|en|ing)|fell|fall(?:s|en|ing)?|gr[eo]w(?:s|n|ing)?|s[aiu]nk(?:s|ing)?|cut(?:s|ting)?|shrank|shrunk|"
    r"(?:climb|drop|jump|increas|decreas|declin|rais|reduc|lower|plung|plummet|slump|soar|surg|tumbl|dip|slip|shrink|"
    r"slash|lengthen|shorten|extend|expand|widen|narrow|trim)(?:e|es|s|ed|ing|med|ming|ped|ping)?)\Z"
)
_LEADING = frozenset(("by", "to"))
_HALVES = (0.5, 50)
_HEDGES = 3  # words in which they stand before a number that is hedged
_BETWEEN = 5  # words between the verb and "by" or "to"
_BEFORE = 6  # words before the verb, in which stands what moves
# Behind a number these make a step of it, whatever leads to it: "to 40 percent below the average".
_MEASURED = english.changes.measured
_OPEN = english.changes.no_step_beside


class _Move(NamedTuple):
    """A number that "by" or "to" leads to, behind a verb of going up or down."""

    number: Quantity
    led_by: str
    verb: str  # its stem
    company: frozenset[str]  # the content words that say what moved


def step_for_level(pair: Pair) -> Words | None:
    """Find a number that one gives as a step and the other as where it led.

    They say so of the same thing with the same verb, and neither has another number that could make both true ("fell by
    40 to 40").
    """
    here, there = _move(pair.left), _move(pair.right)
    if here is None or there is None or here.led_by == there.led_by or here.verb != there.verb:
        return None
    one, other = here.number, there.number
    if (one.value, one.top, one.unit, one.how) != (other.value, other.top, other.unit, other.how):
        return None
    if one.value in _HALVES:  # "cut by half" is cut to half
        return None
    fewer, more = sorted((here.company, there.company), key=len)
    if not fewer or not fewer <= more:
        return None
    return f"{here.led_by} {one.text}", f"{there.led_by} {other.text}"


@kept
def _move(reading: Reading) -> _Move | None:
    """The only number of a passage that tells how much, if "by" or "to" leads to it and nothing is denied."""
    numbers = [one for one in reading.quantities if one.unit not in NAMED]
    if len(numbers) != 1 or numbers[0].relative or not _OPEN.isdisjoint(reading.low):
        return None
    number, low = numbers[0], reading.low
    at = min(bisect_left(reading.starts, number.start), len(low) - 1)
    behind = bisect_left(reading.starts, number.end)
    led = _led(reading, at, hedged=bool(number.how))
    if led < 0 or not _MEASURED.isdisjoint(low[behind : behind + 3]) or "of" in low[behind : behind + 2]:
        return None
    verb = next((k for k in range(led - 1, max(-1, led - 2 - _BETWEEN), -1) if _MOVED.match(low[k])), -1)
    if verb < 0 or not reading.are_together(verb, led) or not _LEADING.isdisjoint(low[verb:led]):
        return None
    passive = not BE.isdisjoint(low[max(0, verb - 2) : verb])
    if passive and not number.unit and behind < len(low) and reading.is_content[behind]:
        return None  # "was lowered by two soldiers"
    company = [
        reading.stems[k]
        for k in range(max(0, verb - _BEFORE), led)
        if k != verb and reading.is_content[k] and reading.breaks[k] == reading.breaks[verb]
    ]
    return _Move(number, low[led], reading.stems[verb], frozenset(company))


def _led(reading: Reading, at: int, *, hedged: bool) -> int:
    """The place of the "by" or "to" before a number, or before "about" and "more than", -1 where there is none."""
    first = at - _HEDGES if hedged else at - 1
    return next((k for k in range(at - 1, max(-1, first - 1), -1) if reading.low[k] in _LEADING), -1)
