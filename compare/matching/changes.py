"""What differs in meaning between two passages that otherwise match: numbers, negations, hedges.

A word counts as changed only where it touches what both passages say: a number or negation in
another part of a long sentence changes nothing. The other kinds (attribution, roles, trimmed
quote) are not told apart yet.
"""

from __future__ import annotations

import math
import re
from functools import cached_property, lru_cache
from itertools import islice, takewhile

from compare.language.tokens import FUNCTION_WORDS, is_number, stem, words

_NEGATIONS = frozenset("no not never none nobody nothing cannot".split())
_CONDITIONS = frozenset("if unless whether".split())
_ABLE = frozenset("can able".split())
_DENIALS = _NEGATIONS | frozenset("without neither nor rather refus fail deny reject declin".split())  # stems
_HEDGES = frozenset(
    """may might could possibly perhaps probably likely reportedly allegedly apparently presumably
    purportedly supposedly seemingly potentially rumoured rumored alleged suspected unconfirmed""".split()
)
_MAGNITUDES = {"hundr": 1e2, "thousand": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_MONTHS = frozenset(
    stem(month)
    for month in """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec""".split()
)
_ABOUT = frozenset(stem(word) for word in "about around nearly almost over approximately roughly some".split())
_ROUND_FROM = 100  # "2,000" may stand for 1,978, but "10" not for 12, unless it says "about"
_REACH = 3  # words within which a negation, hedge or number meets what it belongs to
_MOST_NUMBERS = 50  # a passage with more is a table or a broken page, and comparing all with all takes for ever
# Words to either side that must share one for two places to be about the same. With 6, one more of the planted
# numbers in the sample stories is found, and three that are none.
_NEAR = 4


def find_changes(claim: str, passage: str) -> list[str]:
    """Name the kinds of change between a claim and the passage that carries it.

    Returns:
        A list of kinds as in `compare.tables.CHANGES`, in that order; empty where none is found.
    """
    left, right = _read(claim), _read(passage)
    if not left.may_change and not right.may_change:
        return []
    found = {
        "number": _number_changed(left, right),
        # "not confirmed" beside "not allowed to confirm" or "refused": both deny, only elsewhere.
        "negation": left.denies != right.denies and _governs_only_one(left, right, left.negated, right.negated),
        "hedge": _hedged_in_only_one(left, right),
    }
    return [kind for kind, changed in found.items() if changed]


@lru_cache(maxsize=10_000)
def _read(text: str) -> _Read:
    # A story's sentence is compared with many others, but read once.
    return _Read(text)


class _Read:
    """A passage as stems, with what its cue words govern."""

    def __init__(self, text: str) -> None:
        # "May" is the month or a name, "may" a hedge.
        spoken = [word if word == "May" else word.casefold().replace("’", "'") for word in words(text)]
        self.spoken = [part for word in spoken for part in _without_contraction(word)]
        self.stems = [stem(word) for word in self.spoken]
        self.content = {form for form in self.stems if form not in FUNCTION_WORDS and not is_number(form)}

    @cached_property
    def may_change(self) -> bool:
        """Whether it counts, denies or hedges anything; most sentences do not."""
        return self.denies or bool(self.quantities or self.hedged)

    @cached_property
    def denies(self) -> bool:
        """Whether anything is denied, refused or negated."""
        return not _DENIALS.isdisjoint(self.stems)

    @cached_property
    def negated(self) -> dict[str, int]:
        """The content words that stand right behind a negation, with their places; "if not" denies nothing."""
        return {
            form: at
            for form, at in self.governed(_NEGATIONS).items()
            if _CONDITIONS.isdisjoint(self.stems[max(0, at - 2 * _REACH) : at])
        }

    @cached_property
    def hedged(self) -> dict[str, int]:
        """The content words that stand right behind a hedge, with their places; "could not" is no hedge."""
        return {form: at for form, at in self.governed(_HEDGES).items() if form not in self.negated}

    @cached_property
    def able(self) -> dict[str, int]:
        """The content words that stand right behind "can" or "able"."""
        return self.governed(_ABLE)

    def governed(self, cues: frozenset[str]) -> dict[str, int]:
        """The first content word within reach behind each of the cues, with its place."""
        found: dict[str, int] = {}
        if cues.isdisjoint(self.spoken):
            return found
        for cue, word in enumerate(self.spoken):
            if word in cues:
                reach = range(cue + 1, min(cue + 1 + _REACH, len(self.stems)))
                place = next((at for at in reach if self.stems[at] in self.content), None)
                if place is not None:
                    found.setdefault(self.stems[place], place)
        return found

    def around(self, at: int) -> set[str]:
        """The content words near a place, the word itself left aside."""
        return (set(self.stems[max(0, at - _NEAR) : at + _NEAR + 1]) & self.content) - {self.stems[at]}

    @cached_property
    def quantities(self) -> list[_Quantity]:
        """The first numbers with what they count; dates, and "one" as a pronoun, count nothing."""
        numbers = (_Quantity(self, at) for at, form in enumerate(self.stems) if is_number(form))
        return list(islice((number for number in numbers if not number.is_date), _MOST_NUMBERS + 1))


def _governs_only_one(left: _Read, right: _Read, here: dict[str, int], there: dict[str, int]) -> bool:
    """Whether a cue governs a word in one passage that stands without it in the other, in the same company."""
    for side, other, cued, uncued in ((left, right, here, there), (right, left, there, here)):
        for word, at in cued.items():
            if word in uncued or word not in other.content:
                continue
            places = [place for place, form in enumerate(other.stems) if form == word]
            if any(side.around(at) & other.around(place) for place in places):
                return True
    return False


def _hedged_in_only_one(left: _Read, right: _Read) -> bool:
    """Whether one passage hedges what the other says without a hedge."""
    if not left.hedged and not right.hedged:
        return False
    # "could afford" beside "can afford": what one is able to do, no hedge.
    able = left.able.keys() | right.able.keys()
    hedged = [{word: at for word, at in side.hedged.items() if word not in able} for side in (left, right)]
    return _governs_only_one(left, right, *hedged)


class _Quantity:
    """A number in a passage: its value, and what it counts."""

    def __init__(self, read: _Read, at: int) -> None:
        before, after = read.stems[max(0, at - 1) : at], read.stems[at + 1 : at + 1 + _REACH]
        digits = re.sub(r"[^\d.]", "", read.stems[at].replace(",", "."))
        match = re.match(r"\d+(?:\.\d+)?", digits)
        magnitude = next((_MAGNITUDES[form] for form in after[:1] if form in _MAGNITUDES), 1.0)
        self.value = float(match[0]) * magnitude if match else 0.0
        self.is_date = read.spoken[at] == "one" or not _MONTHS.isdisjoint([*before, *after[:1]])
        self.is_about = not _ABOUT.isdisjoint(read.stems[max(0, at - 2) : at])
        self.around = read.around(at) - set(_MAGNITUDES)
        nearby = takewhile(lambda form: not is_number(form), after)
        self.counts = {form for form in nearby if form in self.around}

    def agrees_with(self, other: _Quantity) -> bool:
        """Whether they are equal, or one is the other rounded."""
        rounder, exact = sorted((self, other), key=lambda number: _figures(number.value))
        if rounder.value == exact.value:
            return True
        if not (rounder.is_about or rounder.value >= _ROUND_FROM) or min(rounder.value, exact.value) <= 0:
            return False
        places = _figures(rounder.value) - 1 - math.floor(math.log10(exact.value))
        return round(exact.value, places) == rounder.value


def _number_changed(left: _Read, right: _Read) -> bool:
    """Whether both count the same thing and give numbers that are not roundings of each other."""
    counted = [left.quantities, right.quantities]
    if not all(counted) or max(map(len, counted)) > _MOST_NUMBERS:
        return False
    missing, added = (
        [number for number in these if not any(number.agrees_with(other) for other in those)]
        for these, those in (counted, counted[::-1])
    )
    # Where each gives one number, what it counts may stand before it: "since Wednesday as six".
    if len(missing) == len(added) == len(counted[0]) == len(counted[1]) == 1:
        return bool(missing[0].around & added[0].around)
    return any(a.counts & b.counts for a in missing for b in added)


def _figures(value: float) -> int:
    """Significant figures: 2,000 has one, 1,978 four."""
    digits = f"{value:.6f}".replace(".", "").strip("0")
    return max(1, len(digits))


def _without_contraction(word: str) -> list[str]:
    return [word[:-3], "not"] if word.endswith("n't") else [word]
