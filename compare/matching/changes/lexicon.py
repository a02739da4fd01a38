"""The English cue words that several rules read, as stems: negations, hedges, words that take a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.english import opposites
from compare.language.tokens import IRREGULAR, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORDS = english


def stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of words."""
    return frozenset(map(stem, words))


class Phrases:
    """Phrases with their meanings, found by their first word."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[list[str], str]]] = {}
        for phrase, says in sorted(phrases, key=lambda one: -len(one[0].split())):
            words = phrase.split()
            self._by_first.setdefault(words[0], []).append((words, says))

    def at(self, low: Sequence[str], place: int) -> Iterator[tuple[int, str]]:
        """Yield the end and the meaning of each phrase that begins at a place, longest first."""
        for words, says in self._by_first.get(low[place], ()) if place < len(low) else ():
            if low[place : place + len(words)] == words:
                yield place + len(words), says


BE, HAVE, ARTICLES, UNTIL = _WORDS.be, _WORDS.have, _WORDS.articles, _WORDS.until
CONDITIONS = _WORDS.conditions
DENIALS = stems(_WORDS.denials)
ALSO_DENY = DENIALS | _WORDS.negations | stems(_WORDS.also_deny)
DENYING = tuple(_WORDS["denying"])

HEDGES = _WORDS.hedges
HEDGE_PHRASES = Phrases((phrase, "") for phrase in _WORDS["hedge_phrases"])
EVIDENTIAL = stems(_WORDS.evidential)

_SIDES = {
    (group, sign): frozenset(IRREGULAR.get(word) or stem(word) for word in words.split())
    for group, sides in opposites["sides"].items()
    for sign, words in zip((1, -1), sides, strict=True)
}
# The sides that a word takes, by its stem.
SIDES = {
    form: tuple(sorted(side for side, forms in _SIDES.items() if form in forms))
    for form in frozenset().union(*_SIDES.values())
}

# The side that "not as long" moves away from: 1 the upper side of a scale, -1 the lower.
DEGREES = {
    stem(word): sign for sign, words in zip((1, -1), opposites["degrees"], strict=True) for word in words.split()
}

HIDDEN = stems(_WORDS.hidden)
NOT_A_NAME = stems(_WORDS.not_names)
OFFICIAL, LEADING, ANYBODY = stems(_WORDS.official), stems(_WORDS.leading), stems(_WORDS.anybody)
REPORTS, PRESS, OFFICES = stems(_WORDS.reports), stems(_WORDS.press), stems(_WORDS.offices)
_CALLED = {trade: stems(words.split()) for kind in _WORDS["trades"].values() for trade, words in kind.items()}
# The trades of a source, by the stem of its description.
TRADE = {
    form: frozenset(trade for trade, forms in _CALLED.items() if form in forms)
    for form in frozenset().union(*_CALLED.values())
}
NO_OFFICE = frozenset(TRADE).difference(*(_CALLED[trade] for trade in _WORDS["trades"]["office"]))
COMPANIES = _CALLED["company"]
ROLES = frozenset(TRADE) | ANYBODY | OFFICIAL | LEADING | stems(_WORDS.other_roles)


def trades(forms: Iterable[str]) -> frozenset[str]:
    """Return the trades that the stems of a phrase name."""
    return frozenset().union(*(TRADE[form] for form in forms if form in TRADE))
