"""Two passages side by side: which words they share, and how far they say the same."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

Words = tuple[str, str]  # the words that differ, left and right

# With less in common, two sentences that the model takes for the same say different things so often that most changes
# found between them are none. Chosen by reading what was called changed, not fitted.
_LEAST_SHARED = 0.4  # likeness
_LEAST_OF_SHORTER = 0.8  # recall
# Likeness from which the two are the same word for word but for one place: there another name, number or clause counts.
WORD_FOR_WORD = 0.75
NEARLY_ALL = 0.6  # from here on the two are the same sentence but for what was changed
_REACH = 7  # words to either side that are a word's company
_COMPANY = 0.5  # share of the smaller company that must be common
_LONG_NAME = 5  # letters from which on the first may differ: Gorensky, Horensky
_MAYBE_SAME_NAME = 65.0  # rapidfuzz ratio from which two names are not taken for two people
_MOST_NAMES = 100  # pairs of names that are compared
_SAME_NAME = 78.0  # rapidfuzz ratio: Zelensky and Zelenskyy 94, Serhii and Sergei 67


class Pair:
    """A claim and a passage.

    Attributes:
        renamed: names spelt in two ways, left to right.
        shared: the left's content stems that the right has too.
        likeness: share of the content words that both have (Dice).
        recall: share of the shorter's content words that the longer has.
    """

    def __init__(self, left: Reading, right: Reading) -> None:
        self.left, self.right = left, right
        self.renamed = _renamed(left, right)
        self.shared = left.core & right.core
        if self.renamed:
            self.shared |= left.core & self.renamed.keys()
        both, fewer = len(left.core) + len(right.core), min(len(left.core), len(right.core))
        self.likeness = 2 * len(self.shared) / both if both else 0.0
        self.recall = len(self.shared) / fewer if fewer else 0.0

    @property
    def is_comparable(self) -> bool:
        """Whether the two share enough for a difference to mean anything."""
        if self.likeness >= _LEAST_SHARED or self._with_sources >= _LEAST_SHARED:
            return True
        return self.recall >= _LEAST_OF_SHORTER

    @cached_property
    def _with_sources(self) -> float:
        """Likeness with the words that name the source: where only one of the two has a verb of saying."""
        both = len(self.left.places) + len(self.right.places)
        return 2 * len(self.left.places.keys() & self.right.places.keys()) / both if both else 0.0

    @property
    def is_close(self) -> bool:
        """Whether they are nearly word for word the same."""
        return self.likeness >= NEARLY_ALL

    def same_place(self, at: int, place: int, reach: int = _REACH) -> bool:
        """Whether the words around a place in the left and one in the right are the same ones."""
        here = {self.left.stems[k] for k in self.left.near(at, reach) if k != at and self.left.is_content[k]}
        there = {self.right.stems[k] for k in self.right.near(place, reach) if k != place and self.right.is_content[k]}
        both = sum(form in there or self.renamed.get(form) in there for form in here)
        fewer = min(len(here), len(there))
        if self.is_close:
            return both >= 1 or not fewer
        return (both >= 2 and both >= _COMPANY * fewer) or (fewer <= 1 and self.recall >= 0.75 and both >= 1)

    @cached_property
    def swapped(self) -> Pair:
        """The same pair, right before left."""
        return Pair(self.right, self.left)


def _renamed(left: Reading, right: Reading) -> dict[str, str]:
    here = {form: left.names[form] for form in left.names.keys() - right.places.keys() if len(left.names[form]) > 3}
    there = {form: right.names[form] for form in right.names.keys() - left.places.keys() if len(right.names[form]) > 3}
    if not here or not there or len(here) * len(there) > _MOST_NAMES:
        return {}
    from rapidfuzz.fuzz import ratio

    return {
        form: other
        for form, word in sorted(here.items())
        for other, spelling in sorted(there.items())
        if ratio(word, spelling) >= _SAME_NAME and (word[0] == spelling[0] or len(word) > _LONG_NAME)
    }


def alike(one: str, other: str) -> bool:
    """Whether two words can be one name in two spellings: Horensky, Gorensky."""
    from rapidfuzz.fuzz import ratio

    return ratio(one, other) >= _MAYBE_SAME_NAME
