"""Many stories as plotly figures; what they show is computed by plain functions that return rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from compare.corpus.corpus import Corpus
    from compare.outlets.groups import Groups


class CorpusFigures:
    """The figures of many stories; each method gives a `plotly.graph_objects.Figure`."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def omission_model(
        self,
        groups: Groups | None = None,
        *,
        traits: Sequence[str] | None = None,
        lead: str | None = None,
        version: str = "printed",
    ) -> go.Figure:
        """Draw what omission goes with: odds ratios with 95 % intervals; see `Corpus.omission_model`.

        Args:
            groups: the group of each outlet; every trait then has a dot for each.
            traits: columns of `Corpus.traits`; None for all.
            lead: as in `Corpus.traits`.
            version: "printed", or "collapsed" with wire copies as one voice.
        """
        from compare.report.figures.coefficients import coefficient_plot

        return coefficient_plot(self._corpus.omission_model(groups, traits=traits, lead=lead, version=version))

    def wording(
        self,
        one: str,
        other: str | None = None,
        *,
        groups: Groups | None = None,
        version: str = "printed",
        limit: int = 15,
    ) -> go.Figure:
        """Draw the words that each of two outlets, or groups, prefers in telling the claims that both carry.

        Args:
            one: an outlet; with groups, a group.
            other: another; if left out, all others together.
            groups: the group of each outlet, as in `Corpus.wording`.
            version: "printed", or "collapsed" with wire copies as one voice.
            limit: terms of each side.
        """
        from compare.report.figures.terms import terms_plot

        return terms_plot(self._corpus.wording(one, other, groups=groups, version=version), limit)

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
