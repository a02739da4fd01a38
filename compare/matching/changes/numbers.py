"""Another number for the same thing."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from compare.language.amounts import NAMED, PROVEN
from compare.language.english import changes as english
from compare.language.ranges import MOVES
from compare.matching.changes.direction import opposites_of
from compare.matching.changes.frame import Frame
from compare.matching.changes.lexicon import BE
from compare.matching.changes.reading import WORD_FOR_WORD, kept
from compare.matching.changes.times import days, may_be_one_hour, may_be_one_moment, may_be_one_night

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.language.amounts import Quantity
    from compare.matching.changes.reading import Pair, Reading, Words

_MOST_NUMBERS = 50  # a passage with more is a table or a broken page, too slow to compare pair by pair
_NARROW, _WIDE = 7, 12  # words around a number that must be the same; more where each side has but one
_LIKE = 0.4  # likeness below which amounts in the same unit are of different things
_BESIDE, _FURTHER = 3, 5  # words beside a number of which both must have one; more around "minus 5 degrees Celsius"
_OF_ONE = frozenset(["age", "clock", "year"])  # which a sentence may give for several people or events
_BEHIND = 3  # words after a number within which its noun follows
_STEP = 40  # characters before a number in which a rise or fall is looked for
_MOST_PARTS = 4  # of a sum
_LISTING = re.compile(r"\band\b|,|;|\bplus\b")  # between its parts, and not "to" or a hyphen: "lost 3-1"
_TO = re.compile(r"\bto (?:[a-z]+ ){0,2}\Z")
# Words before or after a number that mark it as former or current: "up from 62", "now 62", "62 today".
_BEFORE_IT = re.compile(
    r"\b(?:from|compared (?:with|to)|against|instead of|rather than|now|currently|today)"
    r"(?: the (?:current|present))? \Z",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(r"(?: [a-z]+){0,3}? (?:now|today|currently|at present|until now|so far)\b", re.IGNORECASE)
_WILL = frozenset(["will", "would", "shall", "rise", "rises", "fall", "falls"])
_THAT_BOUND = re.compile(r"\b(?:above|below|over|under|than) (?:that|this|it|which)\b", re.IGNORECASE)
_LEAST_OF_TWO = 2
_DAYS = frozenset(["weekday", "date"])
_HOUR = 60  # minutes
_NEARLY_WHOLE = 0.8  # of the shorter passage's words the other has
_CONTESTANTS = 2  # of a contest
_LEAST_OF_VOTE = 3  # words that two passages have in common
_SIGNS = frozenset("+-")


def number_changed(pair: Pair) -> Words | None:
    """Find two numbers that count the same thing and cannot be the same amount."""
    for number, other in _differing(pair):
        return number.text, other.text
    return digits_exchanged(pair) or step_for_level(pair)


def number_proven(pair: Pair) -> Words | None:
    """Find two such numbers that leave no doubt.

    They have the same unit or count the same things, no rounding makes them equal, and nothing else in either
    passage fits either of them. Or one passage gives as a step what the other gives as the level reached.
    """
    for number, other in _differing(pair):
        if not number.contradicts(other) or (number.unit in PROVEN and not _is_of_one_event(pair, number, other)):
            continue
        counts, counts_there = _counted(pair.left, number), _counted(pair.right, other)
        alone = not (counts or counts_there) and pair.likeness >= WORD_FOR_WORD
        sure = number.unit and (pair.is_close or number.unit in PROVEN or _are_opposed(number, other))
        if not (counts & counts_there or alone or sure):
            continue
        if not (_may_be(_current(pair.right, pair.left), number) or _may_be(_current(pair.left, pair.right), other)):
            return number.text, other.text
    return step_for_level(pair)


def _may_be(counted: Sequence[Quantity], number: Quantity) -> bool:
    """Whether any of the quantities may be this number."""
    return any(not number.contradicts(other) for other in counted if number.is_like(other))


def _current(reading: Reading, beside: Reading) -> Sequence[Quantity]:
    """The quantities of a passage without the former ones: "will cost 95 crowns, up from 62 now" beside a claim.

    Only for two passages about the future, if the other gives no former quantity.
    """
    before = _former(reading)
    will_be = not any(_WILL.isdisjoint(side.low) for side in (reading, beside))
    if not before or not will_be or _former(beside):
        return reading.quantities
    return [one for one in reading.quantities if one not in before]


@kept
def _former(reading: Reading) -> list[Quantity]:
    """The numbers that a passage gives as former, or as valid until now."""
    amounts = [one for one in reading.quantities if one.unit not in NAMED]
    if len(amounts) < _LEAST_OF_TWO:
        return []
    text = reading.text
    before = [
        one
        for one in amounts
        if _BEFORE_IT.search(text, max(0, one.start - _STEP), one.start) or _UNTIL_NOW.match(text, one.end)
    ]
    return before if len(before) < len(amounts) else []


@kept
def _differing(pair: Pair) -> list[tuple[Quantity, Quantity]]:
    """The numbers of both passages that count the same thing and cannot be the same amount."""
    counted = _current(pair.left, pair.right), _current(pair.right, pair.left)
    if not all(counted) or max(map(len, counted)) > _MOST_NUMBERS:
        return []
    if any(quantity.relative for side in counted for quantity in side):
        return []  # "half that": the whole is given elsewhere
    # A number that both give exactly is no candidate: beside "200 to 250", 520 is another number than 250.
    here, there = ([_letter(number) for number in side] for side in counted)
    left = [number for number, letter in zip(counted[0], here, strict=True) if letter not in there]
    right = [number for number, letter in zip(counted[1], there, strict=True) if letter not in here]
    missing, added = (
        [number for number in these if not any(_is_told(number, side, other, beside) for other in those)]
        for these, side, those, beside in ((left, pair.left, right, pair.right), (right, pair.right, left, pair.left))
    )
    missing, added = (
        [number for number in these if not is_total(number, those)]
        for these, those in ((missing, pair.right), (added, pair.left))
    )
    found = []
    for number in missing:
        if number.how and any(_THAT_BOUND.search(side.text) for side in (pair.left, pair.right)):
            continue  # "above 50 is a gain, below that a loss"
        rivals = list({(other.value, other.top): other for other in _unconverted(added, number)}.values())
        alike = len(_unconverted(missing, number))
        lone = len(rivals) == alike and (alike == 1 or pair.likeness >= WORD_FOR_WORD)
        found += [(number, other) for other in rivals if _same_thing(pair, number, other, lone=lone)]
    return found


def digits_exchanged(pair: Pair) -> Words | None:
    """Find 2,300 workers against 3,200: so like a slip that little else needs to agree."""
    if max(len(pair.left.quantities), len(pair.right.quantities)) > _MOST_NUMBERS:
        return None
    for number, digits in _bare(pair.left):
        for other, digits_there in _bare(pair.right):
            if digits == digits_there or sorted(digits) != sorted(digits_there):
                continue
            if _given(pair.right, number) or _given(pair.left, other):
                continue
            if _counted(pair.left, number) & _counted(pair.right, other):
                return number.text, other.text
    return None


def _is_told(number: Quantity, side: Reading, other: Quantity, beside: Reading) -> bool:
    """Whether two numbers agree; an age is none of "78 songs"."""
    if not number.agrees_with(other):
        return False
    ages = {number.unit, other.unit} == {"age", ""}
    counted = [_counts_next(reading, one) for one, reading in ((number, side), (other, beside)) if not one.unit]
    return not (ages and any(counted))


def _counts_next(reading: Reading, number: Quantity) -> bool:
    """Whether the word after a number may be the noun it counts."""
    at = bisect_left(reading.starts, number.end)
    return at < len(reading.words) and reading.is_content[at] and reading.are_together(at - 1, at)


def _unconverted(numbers: Sequence[Quantity], like: Quantity) -> list[Quantity]:
    """The quantities like a number, without conversions: "20 degrees Fahrenheit (minus 7 Celsius)"."""
    found: list[Quantity] = []
    for number in numbers:
        converted = (
            one.agrees_with(number) and not math.isclose(one.factor, number.factor, rel_tol=1e-6) for one in found
        )
        if number.is_like(like) and not any(converted):
            found.append(number)
    return found


def _given(reading: Reading, number: Quantity) -> bool:
    return any(other.value == number.value for other in reading.quantities) or is_total(number, reading)


def is_total(number: Quantity, reading: Reading) -> bool:
    """Return whether a number is the sum of some that a passage lists: "100 in Tarn and 50 in Odder" are 150."""
    if number.unit in NAMED:
        return False
    parts = reading.quantities
    for first, part in enumerate(parts):
        total, last = part.value, part
        for other in parts[first + 1 : first + _MOST_PARTS]:
            if not last.unit == other.unit == number.unit or not _LISTING.search(reading.text, last.end, other.start):
                break
            total, last = total + other.value, other
            if math.isclose(total, number.value, rel_tol=1e-6):
                return True
    return False


@kept
def _bare(reading: Reading) -> list[tuple[Quantity, str]]:
    """The bare numbers with digits that may be exchanged, and those digits; number words are not confused this way."""
    bare = [
        (number, f"{number.value:.0f}".rstrip("0"))
        for number in reading.quantities
        if not (number.unit or number.is_range) and any(map(str.isdigit, number.text))
    ]
    return [(number, digits) for number, digits in bare if len(digits) > 1]


def _same_thing(pair: Pair, number: Quantity, other: Quantity, *, lone: bool) -> bool:
    at, place = _place(pair.left, number), _place(pair.right, other)
    of_one_vote = number.unit == other.unit == "score" and lone and _is_of_one_vote(pair, at, place)
    opposed = _are_opposed(number, other)
    surely = of_one_vote or (lone and opposed and _is_other_side(pair, number, other))
    if surely or opposed or not pair.same_place(at, place, _WIDE if lone else _NARROW):
        return surely
    # Two percentage points are two percent of a vote, but not of a rise.
    mistaken = number.unit != other.unit and "percent" in (number.unit, other.unit)
    if mistaken and not (_moves(pair.left, number) and _moves(pair.right, other)):
        return False
    told_apart = number.unit not in NAMED or (
        lone
        and (pair.likeness >= WORD_FOR_WORD or _is_of_one_event(pair, number, other))
        and not (number.unit in PROVEN and _are_parted(pair))
    )
    if number.unit in _DAYS:
        told_apart = (
            told_apart
            and not _may_be_one_day(pair, number, other)
            and all(
                any(where in day.places for day in days(side)) for side, where in ((pair.left, at), (pair.right, place))
            )
        )
    if _moves(pair.left, number) and _moves(pair.right, other):  # "climbed by 9%", "climbed to 11%"
        told_apart = told_apart and _leads_to(pair.left, number) == _leads_to(pair.right, other)
    if number.unit == "clock":
        told_apart = told_apart and not may_be_one_hour((pair.left, pair.right), number.value, other.value)
    if not told_apart:
        return False
    counts, counts_there = _counted(pair.left, number), _counted(pair.right, other)
    if counts & counts_there:
        return True
    if number.unit and (not pair.is_close or number.unit in _OF_ONE):
        reach = _FURTHER if number.unit == "celsius" else _BESIDE
        near = [
            {side.stems[k] for k in side.near(where, reach) if side.is_content[k]}
            for side, where in ((pair.left, at), (pair.right, place))
        ]
        if pair.likeness < _LIKE or (near[0].isdisjoint(near[1]) and number.unit != "score"):
            return False
    # "since Wednesday as six": the noun may come before the number if nothing else is counted.
    return lone and (pair.is_close or bool(number.unit) or not (counts and counts_there))


def _are_parted(pair: Pair) -> bool:
    """Whether two passages are about two days, or one about half a match and the other about all of it."""
    sides = pair.left, pair.right
    days = [{(one.unit, one.value) for one in side.quantities if one.unit in _DAYS} for side in sides]
    stages = [
        {word for word, numeric in zip(side.low, side.numeric, strict=True) if not numeric and word in english.stages}
        for side in sides
    ]
    return stages[0] != stages[1] or (all(days) and days[0].isdisjoint(days[1]))


def _is_of_one_event(pair: Pair, number: Quantity, other: Quantity) -> bool:
    """Whether two scores, hours or years are of one match or moment."""
    if number.unit == "score":
        if _is_of_one_vote(pair, _place(pair.left, number), _place(pair.right, other)):
            return True
        return pair.is_close or len(pair.left.names.keys() & pair.right.names.keys()) >= _CONTESTANTS
    # A sentence may give the year of something else.
    is_one = pair.recall >= _NEARLY_WHOLE if number.unit == "year" else pair.is_close or pair.recall == 1
    if number.unit not in PROVEN or not is_one:
        return False
    if opposites_of(pair) or not english.another.isdisjoint(set(pair.left.low) ^ set(pair.right.low)):
        return False  # "polls open at 9 am", "polls close at 8 pm"; "another bomb"
    if number.unit == "year" and _content_before(pair.left, number) != _content_before(pair.right, other):
        return False  # "opened in 1984", "begun in 1980"
    apart = abs(number.value - other.value)
    # "since 1984" is not "in 1948"
    return not (number.unit == "clock" and apart < _HOUR) and _led_by(pair.left, number) == _led_by(pair.right, other)


def _content_before(reading: Reading, number: Quantity) -> str:
    """The last word of content before a number."""
    before = range(bisect_left(reading.starts, number.start) - 1, -1, -1)
    return next((reading.stems[k] for k in before if reading.is_content[k]), "")


def _is_of_one_vote(pair: Pair, at: int, place: int) -> bool:
    """Whether two passages tell of one vote alike, apart from the verb, up to the clause with the score."""
    frame = Frame.of(pair.left, pair.right)
    missing, added = (
        [k for k in alone if k < score or side.are_together(k, score)]
        for side, alone, score in ((pair.left, frame.missing, at), (pair.right, frame.added, place))
    )
    signs = [{sign for one in side for _, sign in one.says} & _SIGNS for side in (frame.here, frame.there)]
    turned = "-" in signs[0] ^ signs[1]
    verbs = len(added) == len(missing) <= 1 and not any(pair.left.words[k][0].isupper() for k in missing)
    return verbs and not turned and len(frame.shared) >= _LEAST_OF_VOTE and not _are_parted(pair)


def _are_opposed(number: Quantity, other: Quantity) -> bool:
    """Whether one is a lower bound and the other an upper bound: "over 60 percent", "under 60 percent"."""
    bounds = {number.how, other.how} == {"least", "most"} and number.unit == other.unit != ""
    return bounds and math.isclose(number.value, other.value, rel_tol=1e-6)


def _is_other_side(pair: Pair, number: Quantity, other: Quantity) -> bool:
    """Whether two opposed bounds are of the same thing and year."""
    frame = Frame.of(pair.left, pair.right)
    heads = _head(pair.left, number), _head(pair.right, other)
    apart = any("year" in one.scales or "month" in one.scales for one in (*frame.here, *frame.there))
    apart = apart or _are_parted(pair) or (all(heads) and heads[0] != heads[1])
    return not apart and len(frame.shared) >= _CONTESTANTS


def _head(reading: Reading, number: Quantity) -> str:
    """The first content word soon after a number."""
    counted = _counted(reading, number)
    first = bisect_left(reading.starts, number.end)
    return next((form for form in reading.stems[first : first + _BEHIND] if form in counted), "")


def _led_by(reading: Reading, number: Quantity) -> str:
    """The word before an hour or a year that distinguishes "since" from "in"."""
    before = bisect_left(reading.starts, number.start) - 1
    word = reading.low[before] if before >= 0 else ""
    return word if word in english.orders_of_time else ""


def _may_be_one_day(pair: Pair, number: Quantity, other: Quantity) -> bool:
    """Whether two consecutive days may be one night ("on Monday night", "early on Tuesday"), or moment."""
    sides, days = (pair.left, pair.right), (number.unit, number.value, other.value)
    places = _place(pair.left, number), _place(pair.right, other)
    return may_be_one_night(sides, places, *days) or may_be_one_moment(sides, *days)


def _moves(reading: Reading, number: Quantity) -> bool:
    """Whether a number tells how far something went up or down."""
    return MOVES.search(reading.text, max(0, number.start - _STEP), number.start) is not None


def _leads_to(reading: Reading, number: Quantity) -> bool:
    """Whether a number tells where something went: "to 9%", "to about 9%"."""
    return _TO.search(reading.text, max(0, number.start - _STEP), number.start) is not None


def _letter(number: Quantity) -> tuple[float, float, str, str, float]:
    """The exact value of a quantity."""
    how = number.how if number.how in ("least", "most") else ""
    return number.value, number.top, number.unit, how, number.every


def _place(reading: Reading, number: Quantity) -> int:
    return min(bisect_left(reading.starts, number.start), len(reading.words) - 1)


def _counted(reading: Reading, number: Quantity) -> set[str]:
    """The content words soon after a number, up to the next number or comma."""
    first = bisect_left(reading.starts, number.end)
    found = set()
    for at in range(first, min(first + _BEHIND, len(reading.words))):
        if at and (reading.breaks[at] != reading.breaks[first - 1] or reading.commas[at] != reading.commas[first - 1]):
            break
        if reading.is_content[at]:
            found.add(reading.stems[at])
    return found


_MOVED = re.compile(
    r"\A(?:r[io]s(?:es?|en|ing)|fell|fall(?:s|en|ing)?|gr[eo]w(?:s|n|ing)?|s[aiu]nk(?:s|ing)?|cut(?:s|ting)?|shrank|shrunk|"
    r"(?:climb|drop|jump|increas|decreas|declin|rais|reduc|lower|plung|plummet|slump|soar|surg|tumbl|dip|slip|shrink|"
    r"slash|lengthen|shorten|extend|expand|widen|narrow|trim)(?:e|es|s|ed|ing|med|ming|ped|ping)?)\Z"
)
_LEADING = frozenset(("by", "to"))
_HALVES = (0.5, 50)
_HEDGES = 3  # words in which they stand before a number that is hedged
_BETWEEN = 5  # words between the verb and "by" or "to"
_BEFORE = 6  # words before the verb in which its subject is looked for
# After a number these make it a step, whatever precedes it: "to 40 percent below the average".


class _Move(NamedTuple):
    """A number introduced by "by" or "to" after a verb of rising or falling."""

    number: Quantity
    led_by: str
    verb: str  # its stem
    company: frozenset[str]  # the content words that say what moved


def step_for_level(pair: Pair) -> Words | None:
    """Find a number that one passage gives as a step and the other as the level it led to, with the same verb."""
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
    """The only amount in a passage, if "by" or "to" introduces it and nothing is denied."""
    numbers = [one for one in reading.quantities if one.unit not in NAMED]
    if len(numbers) != 1 or numbers[0].relative or not english.no_step_beside.isdisjoint(reading.low):
        return None
    number, low = numbers[0], reading.low
    at = min(bisect_left(reading.starts, number.start), len(low) - 1)
    behind = bisect_left(reading.starts, number.end)
    # "by" or "to" stands before the number, or before "about" and "more than".
    reach = range(at - 1, max(-1, at - (_HEDGES if number.how else 1) - 1), -1)
    led = next((k for k in reach if low[k] in _LEADING), -1)
    if led < 0 or not english.measured.isdisjoint(low[behind : behind + 3]) or "of" in low[behind : behind + 2]:
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
