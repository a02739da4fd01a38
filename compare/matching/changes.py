"""What differs in meaning between two passages that otherwise match: numbers, negations, hedges.

A word counts as changed only where it touches what both passages say: a number or negation in
another part of a long sentence changes nothing. The other kinds (attribution, roles, trimmed
quote) are not told apart yet.
"""

from __future__ import annotations

import math
import re
from functools import cached_property, lru_cache
from itertools import takewhile

from compare.language.tokens import FUNCTION_WORDS, is_number, stem, words

_NEGATIONS = frozenset("no not never none nobody nothing neither nor without cannot".split())
_DENIALS = _NEGATIONS | frozenset("rather refus fail deny reject declin".split())  # stems
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


def find_changes(claim: str, passage: str) -> list[str]:
    """Name the kinds of change between a claim and the passage that carries it.

    Returns:
        A list of kinds as in `compare.tables.CHANGES`, in that order; empty where none is found.
    """
    left, right = _read(claim), _read(passage)
    shared = left.content & right.content
    found = {
        "number": _number_changed(left, right),
        # "not confirmed" beside "not allowed to confirm" or "refused": both deny, only elsewhere.
        "negation": left.denies != right.denies and bool((left.negated ^ right.negated) & shared),
        "hedge": bool((left.hedged ^ right.hedged) & shared),
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
    def denies(self) -> bool:
        """Whether anything is denied, refused or negated."""
        return not _DENIALS.isdisjoint(self.stems)

    @cached_property
    def negated(self) -> set[str]:
        """The content words that stand right behind a negation."""
        return self._governed(_NEGATIONS)

    @cached_property
    def hedged(self) -> set[str]:
        """The content words that stand right behind a hedge; "could not" is an inability, no hedge."""
        return self._governed(_HEDGES) - self.negated

    def _governed(self, cues: frozenset[str]) -> set[str]:
        cued = [at for at, word in enumerate(self.spoken) if word in cues]
        following = (next((f for f in self.stems[at + 1 : at + 1 + _REACH] if f in self.content), None) for at in cued)
        return {form for form in following if form is not None}

    @cached_property
    def quantities(self) -> list[_Quantity]:
        """The numbers with what they count; a number beside a month is a date and counts nothing."""
        return [_Quantity(self, at) for at, form in enumerate(self.stems) if is_number(form)]


class _Quantity:
    """A number in a passage: its value, and what it counts."""

    def __init__(self, read: _Read, at: int) -> None:
        before, after = read.stems[max(0, at - 1) : at], read.stems[at + 1 : at + 1 + _REACH]
        digits = re.sub(r"[^\d.]", "", read.stems[at].replace(",", "."))
        match = re.match(r"\d+(?:\.\d+)?", digits)
        magnitude = next((_MAGNITUDES[form] for form in after[:1] if form in _MAGNITUDES), 1.0)
        self.value = float(match[0]) * magnitude if match else 0.0
        self.is_date = not _MONTHS.isdisjoint([*before, *after[:1]])
        self.is_about = not _ABOUT.isdisjoint(read.stems[max(0, at - 2) : at])
        nearby = takewhile(lambda form: not is_number(form), after)
        self.counts = {form for form in nearby if form in read.content and form not in _MAGNITUDES}

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
    counted = [[number for number in side.quantities if not number.is_date] for side in (left, right)]
    missing, added = (
        [number for number in these if not any(number.agrees_with(other) for other in those)]
        for these, those in (counted, counted[::-1])
    )
    # Where each gives one number, it is the same thing that they count, however far its name stands.
    if len(missing) == len(added) == len(counted[0]) == len(counted[1]) == 1:
        return True
    return any(a.counts & b.counts for a in missing for b in added)


def _figures(value: float) -> int:
    """Significant figures: 2,000 has one, 1,978 four."""
    digits = f"{value:.6f}".replace(".", "").strip("0")
    return max(1, len(digits))


def _without_contraction(word: str) -> list[str]:
    return [word[:-3], "not"] if word.endswith("n't") else [word]
