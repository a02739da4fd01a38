"""What the distances, the map, the tree and the positions of one corpus are made of, counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.outlets.map.carriage import read_carriage
from compare.outlets.map.distances import pair_counts
from compare.outlets.map.positions import find_dimension

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from compare.outlets.map.carriage import Carriage
    from compare.outlets.map.distances import Pairs
    from compare.outlets.map.positions import Dimension


class Likeness:
    """A corpus's claims, as printed and with wire copies collapsed, and what follows from them."""

    def __init__(self, stories: Iterable[tuple[str, dict[str, pd.DataFrame]]], seed: int) -> None:
        """Take of each story its id and its COVERAGE and WIRE tables by their names, and the seed of all draws."""
        self._stories = [(story, tables["coverage"], tables["wire"]) for story, tables in stories]
        self._seed = seed
        self._grids: dict[str, Carriage] = {}
        self._pairs: dict[str, Pairs] = {}
        self._dimensions: dict[str, Dimension] = {}

    def grid(self, version: str) -> Carriage:
        """Give what the outlets carry.

        Raises:
            InputError: there is no such version, or only one outlet.
        """
        if version not in self._grids:
            self._grids[version] = read_carriage(self._stories, version)
        return self._grids[version]

    def pairs(self, version: str) -> Pairs:
        """Give what every two outlets share.

        Raises:
            InputError: there is no such version, or only one outlet.
        """
        if version not in self._pairs:
            self._pairs[version] = pair_counts(self.grid(version))
        return self._pairs[version]

    def dimension(self, version: str) -> tuple[Carriage, Dimension]:
        """Give what the outlets carry and the dimension that explains it best.

        Raises:
            InputError: there is no such version, or only one outlet.
        """
        if version not in self._dimensions:
            self._dimensions[version] = find_dimension(self.grid(version), seed=self._seed)
        return self.grid(version), self._dimensions[version]
