"""Many stories as plotly figures; what they show is computed by plain functions that return rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from compare.corpus.corpus import Corpus


class CorpusFigures:
    """The figures of many stories; each method gives a `plotly.graph_objects.Figure`."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def map(self, *, measure: str = "corrected", version: str = "printed") -> go.Figure:
        """Draw the outlets as points: near one another where they carry the same claims.

        Args:
            measure: "corrected" for distances beyond chance, or "jaccard".
            version: "printed", or "collapsed" with wire copies as one voice.
        """
        from compare.report.figures.map import map_plot, map_rows

        return map_plot(map_rows(self._corpus.map(measure=measure, version=version)))

    def dendrogram(self, *, measure: str = "corrected", version: str = "printed") -> go.Figure:
        """Draw which outlets join at which distance, with the share of resampled corpora that join them too.

        Args:
            measure: as for `map`.
            version: as for `map`.
        """
        from compare.report.figures.map import dendrogram_plot, dendrogram_rows

        return dendrogram_plot(dendrogram_rows(self._corpus.dendrogram(measure=measure, version=version)))

    def positions(self, *, anchor: tuple[str, str] | None = None, version: str = "printed") -> go.Figure:
        """Draw the outlets on one dimension, with 95 % intervals; without, where the data know of none.

        Args:
            anchor: an outlet to stand left and one to stand right of it.
            version: as for `map`.
        """
        from compare.report.figures.map import position_rows, positions_plot

        return positions_plot(position_rows(self._corpus.positions(anchor=anchor, version=version)))
