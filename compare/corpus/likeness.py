"""What one asks about which outlets are alike."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from compare.corpus.stored import WIRE_OF, StoredStories

if TYPE_CHECKING:
    import pandas as pd

    from compare.outlets.map.distances import Pairs


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

        return distances_table(self._pairs(version), version=version, seed=self.manifest.seed)

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

        return map_table(self._pairs(version), measure=measure, version=version, seed=self.manifest.seed)

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

        pairs = self._pairs(version)
        return dendrogram_table(pairs, measure=measure, version=version, seed=self.manifest.seed)

    def _pairs(self, version: str) -> Pairs:
        """What every two outlets share, counted once for each version."""
        from compare.outlets.map.carriage import read_carriage
        from compare.outlets.map.distances import pair_counts

        if version not in self._counted:
            tables = self.each_counted({"wire": WIRE_OF})
            grid = read_carriage([(story, held["coverage"], held["wire"]) for story, held in tables], version)
            self._counted[version] = pair_counts(grid)
        return self._counted[version]

    @cached_property
    def _counted(self) -> dict[str, Pairs]:
        return {}
