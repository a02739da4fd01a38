"""A passage's marks: the small words that turn its meaning, apart from what it is about.

"All of the hostages have been freed" and "Some of the hostages have been freed" are about the same; what differs is a
mark. Each kind of mark has its file; `proof` holds two passages' marks against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.matching.changes.reading import Reading

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and where it stands.

    Attributes:
        kind: what a change of it is, one of `compare.tables.CHANGES`.
        says: what it says, as pairs of a scale and a place on it.
        places: its words, as places in the reading.
        word: the place of the content word that it goes with, -1 where there is none.
    """

    kind: str
    says: frozenset[tuple[str, str]]
    places: tuple[int, ...]
    word: int = -1

    @property
    def scales(self) -> dict[str, str]:
        """What it says on each scale."""
        return dict(self.says)

    def value(self, scale: str) -> str:
        """What it says on a scale; empty where it says nothing there."""
        return self.scales.get(scale, "")

    def agrees_with(self, other: Mark) -> bool:
        """Whether both speak of the same and say the same."""
        common = self.scales.keys() & other.scales.keys()
        return bool(common) and all(self.scales[scale] == other.scales[scale] for scale in common)


def mark(kind: str, scale: str, value: str, places: Iterable[int], word: int = -1) -> Mark:
    """A mark that says one thing."""
    return Mark(kind, frozenset({(scale, value)}), tuple(places), word)


def content_behind(reading: Reading, at: int, reach: int = 4) -> int:
    """The first content word behind a place in the same clause, -1 where there is none."""
    behind = range(at + 1, min(at + 1 + reach, len(reading.words)))
    return next(
        (
            k
            for k in behind
            if reading.breaks[k] == reading.breaks[at] and (reading.is_content[k] or reading.numeric[k])
        ),
        -1,
    )


def has_phrase(reading: Reading, at: int, phrase: Sequence[str]) -> bool:
    """Whether these words stand from a place on."""
    return reading.low[at : at + len(phrase)] == list(phrase)
