"""What one asks about which outlets are alike."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from compare.corpus.stored import WIRE_OF, StoredStories

if TYPE_CHECKING:
    import pandas as pd

    from compare.outlets.map.likeness import Likeness


class AboutLikeness(StoredStories):
    """How far apart outlets are in what they carry."""

    def distances(self, *, version: str = "printed") -> pd.DataFrame:
        """Tell how far apart every two outlets are in what they carry, and what of it is beyond chance.

        Args:
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The DISTANCES table, with intervals, p_value and q_value.

        Raises:
            InputError: there is no such version, or only one outlet.
        """
        from compare.outlets.map.distances import distances_table

        return distances_table(self._likeness.pairs(version), version=version, seed=self.manifest.seed)

    def map(self, *, measure: str = "corrected", version: str = "printed") -> pd.DataFrame:
        """Draw the outlets as points, near one another where they carry the same claims.

        Args:
            measure: "corrected" for distances beyond chance, which need three outlets in a story, or "jaccard".
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The MAP table, with the ellipses of resampled stories.

        Raises:
            InputError: there is no such measure or version, or no two outlets can be compared.
        """
        from compare.outlets.map.chart import map_table

        return map_table(self._likeness.pairs(version), measure=measure, version=version, seed=self.manifest.seed)

    def dendrogram(self, *, measure: str = "corrected", version: str = "printed") -> pd.DataFrame:
        """Join the outlets, nearest first, and tell how sure each merge is.

        Args:
            measure: as for `map`.
            version: as for `map`.

        Returns:
            The DENDROGRAM table.

        Raises:
            InputError: as for `map`.
        """
        from compare.outlets.map.chart import dendrogram_table

        pairs = self._likeness.pairs(version)
        return dendrogram_table(pairs, measure=measure, version=version, seed=self.manifest.seed)

    def positions(self, *, anchor: tuple[str, str] | None = None, version: str = "printed") -> pd.DataFrame:
        """Place the outlets on the one dimension that explains best which claims each carries.

        Args:
            anchor: an outlet to stand left and one to stand right of it; if None, the outlet furthest from the
                middle stands right.
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The POSITIONS table. Where the data know of no dimension, `warning` says so and there are no intervals.

        Raises:
            InputError: there is no such version, only one outlet, or no such outlet.
        """
        from compare.outlets.map.positions import positions_table, turned

        grid, found = self._likeness.dimension(version)
        return positions_table(grid, turned(found, grid.outlets, anchor), version=version)

    def claim_sides(self, *, anchor: tuple[str, str] | None = None, version: str = "printed") -> pd.DataFrame:
        """Tell which end of the outlets' dimension tends to carry each claim.

        Args:
            anchor: as for `positions`.
            version: as for `positions`.

        Returns:
            The CLAIM_SIDES table.

        Raises:
            InputError: as for `positions`, or there is no claim to place.
        """
        from compare.outlets.map.positions import claim_sides_table, turned

        grid, found = self._likeness.dimension(version)
        return claim_sides_table(grid, turned(found, grid.outlets, anchor), version=version)

    @cached_property
    def _likeness(self) -> Likeness:
        from compare.outlets.map.likeness import Likeness

        return Likeness(self.each_counted({"wire": WIRE_OF}), self.manifest.seed)
