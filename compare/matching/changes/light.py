"""Light-verb phrases, in which the noun says what was done: "had the backing of", "gave support to"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.language.english import changes as english
from compare.language.english import opposites
from compare.matching.changes.reading import form_of, kept

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

_SENSE = {noun: form_of(verb) for verb, nouns in opposites["light_nouns"].items() for noun in nouns.split()}
_MOST_BETWEEN = 4  # words from the verb to the noun: "came in for harsh criticism"
_TO_BY = 5  # words from "was" to "by"


class Light(NamedTuple):
    """A phrase: the stem of the equivalent verb, its places, and whether its subject undergoes the action."""

    sense: str
    places: range
    turned: bool


@kept
def lights(reading: Reading) -> tuple[Light, ...]:
    """Return the light-verb phrases of a passage, in order."""
    found = []
    low = reading.low
    for at, word in enumerate(low):
        behind = low[at + 1 : at + 2]
        if word not in _SENSE or not behind or behind[0] not in opposites.light_ends:
            continue
        near = (k for k in range(at - 1, max(-1, at - 2 - _MOST_BETWEEN), -1) if reading.are_together(k, at))
        verb = next((k for k in near if low[k] in opposites.light_takes | opposites.light_gives), -1)
        gives = verb >= 0 and low[verb] in opposites.light_gives
        if verb >= 0 and gives == (behind[0] in ("to", "for")):
            found.append(Light(_SENSE[word], range(verb, at + 1), not gives))
    return tuple(found)


@kept
def is_turned(reading: Reading) -> bool:
    """Return whether a passage begins with whoever undergoes the action: a passive with "by", or such a phrase."""
    by = [at for at, word in enumerate(reading.low) if word == "by"]
    passive = any(reading.low[k] in english.passive for at in by for k in reading.near(at, _TO_BY) if k < at)
    return passive or any(one.turned for one in lights(reading))
