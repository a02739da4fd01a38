"""What differs in meaning between two passages that otherwise match: numbers, negations, hedges.

A word counts as changed only where it touches what both passages say: a number or negation in
another part of a long sentence changes nothing. The other kinds (attribution, roles, trimmed
quote) are not told apart yet.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from compare.language.tokens import FUNCTION_WORDS, is_number, stem, words

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEGATIONS = frozenset("no not never none nobody nothing neither nor without cannot".split())
_DENIALS = _NEGATIONS | frozenset("rather refus fail deny reject declin".split())  # stems
_HEDGES = frozenset(
    """may might could possibly perhaps probably likely reportedly allegedly apparently presumably
    purportedly supposedly seemingly potentially rumoured rumored alleged suspected unconfirmed""".split()
)
_APPROXIMATELY = 0.1  # "nearly 2,000" is 1,978: numbers this near to each other are roundings
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
        spoken = [word.casefold().replace("’", "'") for word in words(text)]
        self.spoken = [part for word in spoken for part in _without_contraction(word)]
        self.stems = [stem(word) for word in self.spoken]
        self.content = {form for form in self.stems if form not in FUNCTION_WORDS and not is_number(form)}
        self.numbers = [at for at, form in enumerate(self.stems) if is_number(form)]

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

    def counted(self, at: int) -> set[str]:
        """The content words that follow a number closely: what it counts."""
        nearby = takewhile(lambda form: not is_number(form), self.stems[at + 1 : at + 1 + _REACH])
        return {form for form in nearby if form in self.content}


def _number_changed(left: _Read, right: _Read) -> bool:
    """Whether both count the same thing and give numbers that are not roundings of each other."""
    values = {_value(right.stems[at]) for at in right.numbers}
    others = {_value(left.stems[at]) for at in left.numbers}
    missing = [at for at in left.numbers if not _near_any(_value(left.stems[at]), values)]
    added = [at for at in right.numbers if not _near_any(_value(right.stems[at]), others)]
    if len(missing) == len(added) == 1 and len(left.numbers) == len(right.numbers) == 1:
        return True
    return any(left.counted(a) & right.counted(b) for a in missing for b in added)


def _value(token: str) -> float:
    digits = re.sub(r"[^\d.]", "", token.replace(",", "."))
    return float(re.match(r"\d+(?:\.\d+)?", digits)[0])  # type: ignore[index]  # a number begins with a digit


def _near_any(value: float, others: Iterable[float]) -> bool:
    return any(abs(value - other) <= _APPROXIMATELY * max(value, other) for other in others)


def _without_contraction(word: str) -> list[str]:
    return [word[:-3], "not"] if word.endswith("n't") else [word]
