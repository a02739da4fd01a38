"""What two passages say apart from their marks, and the marks in which they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.language.amounts import NAMED
from compare.language.english import changes as english
from compare.language.english import opposites
from compare.language.remembering import remembered
from compare.matching.changes.certainty import DOUBT, SURE, certainty
from compare.matching.changes.certainty import SCALE as CERTAIN
from compare.matching.changes.direction import degrees, ways
from compare.matching.changes.hedges import modes
from compare.matching.changes.light import is_turned
from compare.matching.changes.negation import SCALE as DENIED
from compare.matching.changes.negation import conditions, denied
from compare.matching.changes.quantifiers import shares
from compare.matching.changes.reading import Mark, Pair, kept
from compare.matching.changes.scope import telling
from compare.matching.changes.sources import name_source
from compare.matching.changes.times import days, orders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.language.amounts import Quantity
    from compare.matching.changes.reading import Reading
    from compare.matching.changes.sources import Source

_FINDERS = (degrees, certainty, denied, modes, conditions, shares, orders, days, ways)
_LONGEST_SPEAKER = 8  # words
_TELLING_WHICH = NAMED - {"score"}
_MOST_MISSING = ((4, 0), (8, 1))  # of this many words, this many may be missing from the other
_MOST_MISSING_OF_MORE = 2
_MOST_ADDED = 0.5  # words only in the other, as a share of the claim's
_LEAST_SHARED = 2
_REMEMBERED = 10000  # frames
_IN_ORDER = 0.6  # share of the common words that must stand in one order


@kept
def marks(reading: Reading) -> tuple[Mark, ...]:
    """Return all marks of a passage; no word is in two of them."""
    found: list[Mark] = []
    taken: set[int] = set()
    for find in _FINDERS:
        for one in find(reading):
            if taken.isdisjoint(one.places):
                found.append(one)
                taken.update(one.places)
    return tuple(found)


@kept
def speakers(reading: Reading) -> tuple[Source, ...]:
    """Return the sources of a passage, or the speaker named at its end: "..., the minister said"."""
    if reading.sources:
        return tuple(reading.sources)
    last = len(reading.words) - 1
    tail = [at for at in range(len(reading.words)) if reading.commas[at] == reading.commas[last] and reading.commas[at]]
    verb = next((at for at in tail[1:_LONGEST_SPEAKER] if reading.low[at] in english.speaking), -1)
    return (name_source(reading, [at for at in tail if at < verb], (verb,)),) if verb >= 0 else ()


@kept
def told(reading: Reading) -> tuple[int, ...]:
    """Return the places of the words that say what a passage is about: neither marks nor sources."""
    apart = {at for source in speakers(reading) for at in source.places}
    apart.update(at for one in marks(reading) for at in one.places)
    return tuple(
        at
        for at, form in enumerate(reading.stems)
        if reading.is_content[at]
        and at not in apart
        and form not in english.told
        and not (reading.low[at] in opposites.measures and reading.low[at + 1 : at + 2] == ["of"])
    )


@kept
def amounts(reading: Reading) -> tuple[Quantity, ...]:
    """Return the amounts of a passage, not its ordinals or dates."""
    return tuple(one for one in reading.quantities if one.unit not in _TELLING_WHICH)


@dataclass(frozen=True)
class Frame:
    """Two passages side by side: "here" is what only the left has, "there" what only the right has."""

    pair: Pair
    missing: tuple[int, ...]  # places of the left's words that the right lacks
    added: tuple[int, ...]  # and of the right's that the left lacks
    shared: tuple[tuple[int, int], ...]  # places of common words and marks, left and right
    here: tuple[Mark, ...]  # the left's marks that the right lacks
    there: tuple[Mark, ...]
    agreed: int  # how many marks both have
    amounts_here: tuple[Quantity, ...]  # the left's amounts that none of the right's can be

    @classmethod
    @remembered(_REMEMBERED)  # one story's; a proof reads the same pair many times
    def of(cls, left: Reading, right: Reading) -> Frame:
        """Compare two passages."""
        pair = Pair.of(left, right)
        free: dict[str, list[int]] = {}
        for at in told(right):
            free.setdefault(right.stems[at], []).append(at)
        missing: list[int] = []
        shared: list[tuple[int, int]] = []
        for at in told(left):
            form = left.stems[at]
            places = free.get(form) or free.get(pair.renamed.get(form, form))
            if places:
                shared.append((at, places.pop(0)))
            else:
                missing.append(at)
        added = sorted(at for places in free.values() for at in places)
        here, there, agreed = _unlike(pair, marks_beside(left, right), marks_beside(right, left))
        here, there, turned = _unlike(pair, _turned(here), _turned(there))
        agreed += turned
        shared += [(one.places[0], other.places[0]) for one, other in agreed]
        more = [one for one in amounts(left) if not any(one.agrees_with(other) for other in amounts(right))]
        words = tuple(missing), tuple(added), tuple(sorted(shared))
        return cls(pair, *words, tuple(here), tuple(there), len(agreed), tuple(more))

    def says_the_same(self, missing: int, added: int) -> bool:
        """Return whether both are about the same, given this many more missing and added words."""
        count = len(self.missing) + len(self.shared)
        most = next((most for under, most in _MOST_MISSING if count < under), _MOST_MISSING_OF_MORE)
        return (
            len(self.shared) + self._have_one_source() >= _LEAST_SHARED
            and len(self.missing) + missing <= most
            and len(self.added) + added <= max(1, _MOST_ADDED * count)
            and self._in_one_order()
        )

    def _in_one_order(self) -> bool:
        """Whether most common words are in the same order, after a passive's halves are swapped."""
        from rapidfuzz.distance import LCSseq

        there = [at for _, at in self.shared]
        turned = is_turned(self.pair.left) != is_turned(self.pair.right)
        orders = [there[at:] + there[:at] for at in range(len(there) if turned else 1)]
        return any(LCSseq.similarity(one, sorted(one)) / len(one) >= _IN_ORDER for one in orders)

    def _have_one_source(self) -> bool:
        """Whether both name a source, by a word in common: "doctors at the Lisle clinic said"."""
        return any(
            not (one.names | one.roles).isdisjoint(other.names | other.roles)
            for one in speakers(self.pair.left)
            for other in speakers(self.pair.right)
        )

    def partner(self, at: int) -> int:
        """Return the place in the right of a word of the left, -1 if they do not share it."""
        return next((place for one, place in self.shared if one == at), -1)


def marks_beside(reading: Reading, other: Reading) -> Sequence[Mark]:
    """Return the marks that count beside another passage: who "believes that" is a source, as is who "says" so."""
    if not (reading.sources and other.sources):
        return marks(reading)
    apart = telling(reading)
    return [
        one
        for one in marks(reading)
        if one.kind != "hedge" or one.value(CERTAIN) in (SURE, DOUBT) or one.places[0] not in apart
    ]


def _turned(ones: Sequence[Mark]) -> list[Mark]:
    """The same marks, with "not left out" as a single mark that means "included"."""
    found = list(ones)
    for no in ones:
        for one in ones:
            says = {
                (scale, "-" if sign == "+" else "+") for scale, sign in one.says if scale in opposites.complementary
            }
            if no.value(DENIED) == "not" and no.word in one.places and says:
                found = [other for other in found if other not in (no, one)]
                found.append(Mark("negation", frozenset(says), (*no.places, *one.places), one.word))
    return found


def _unlike(
    pair: Pair, here: Sequence[Mark], there: Sequence[Mark]
) -> tuple[list[Mark], list[Mark], list[tuple[Mark, Mark]]]:
    """The marks of each that the other lacks, and the pairs that agree."""
    left, rest = list(here), list(there)
    agreed: list[tuple[Mark, Mark]] = []
    # Among several, prefer those that go with the same word.
    for of_one_word in (True, False):
        for one in list(left):
            form = pair.left.stems[one.word] if one.word >= 0 else ""
            alike = (
                other
                for other in rest
                if one.agrees_with(other)
                and not (of_one_word and (other.word < 0 or pair.right.stems[other.word] != form))
            )
            other = next(alike, None)
            if other is not None:
                left.remove(one)
                rest.remove(other)
                agreed.append((one, other))
    return left, rest, agreed
