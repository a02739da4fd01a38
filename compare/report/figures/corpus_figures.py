"""Many stories as plotly figures; plain functions read the rows to draw from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.errors import InputError, says_what_is_missing
from compare.report.figures.canvas import nothing
from compare.report.figures.estimates import (
    calibration_plot,
    calibration_rows,
    coefficient_plot,
    difference_rows,
    differences_plot,
    rate_rows,
    rates_plot,
)
from compare.report.figures.map import dendrogram_plot, dendrogram_rows, map_plot, map_rows
from compare.report.look import paper_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.corpus.results import ComparedStories
    from compare.outlets.groups import Groups
    from compare.report.figures.figure import Figure

_ALONE = "There is only one outlet, and nothing to compare it with."


@says_what_is_missing
class CorpusFigures:
    """The figures of many stories; each method returns a `plotly.graph_objects.Figure` with `save`.

    Args:
        corpus: the stories.
        look: "light", "dark", or "print" for white paper: larger type, nothing transparent.
    """

    def __init__(self, corpus: ComparedStories, look: str = "light") -> None:
        self._corpus = corpus
        self._paper = paper_of(look)

    def on(self, look: str) -> CorpusFigures:
        """Return the same figures on other paper: `corpus.figures.on("print").rates()`.

        Raises:
            InputError: there is no such look.
        """
        return CorpusFigures(self._corpus, look)

    def rates(self, measure: str = "carriage", *, version: str = "printed") -> Figure:
        """Draw a rate for every outlet, with its 95 % interval.

        Args:
            measure: which of `Corpus.rates`, such as "carriage", "alteration", "selection".
            version: "printed", or "collapsed" with wire copies as one voice.

        Raises:
            InputError: there is no such measure or version.
        """
        table = self._corpus.rates
        for value, name in ((measure, "measure"), (version, "version")):
            if value not in (known := table[name].unique().tolist()):
                raise InputError(f"there is no {name} {value!r}; there are {', '.join(known)}.")
        return rates_plot(rate_rows(table, measure, version), measure, self._paper)

    def differences(
        self,
        measures: Sequence[str] = ("carriage",),
        *,
        groups: Groups | None = None,
        version: str = "printed",
        limit: int | None = 15,
    ) -> Figure:
        """Draw how much each pair of outlets, or groups, differs within the stories that both cover.

        Args:
            measures: as in `Corpus.differences`; all tests are one family.
            groups: as in `Corpus.differences`.
            version: "printed", or "collapsed" with wire copies as one voice.
            limit: most pairs for each measure, those beyond chance and the largest first; None for all.
        """
        if self._alone:
            return nothing(_ALONE, self._paper)
        table = self._corpus.differences(measures, groups=groups, version=version)
        return differences_plot(difference_rows(table), limit, self._paper)

    def calibration(self) -> Figure:
        """Draw the share that coders find carried against the probability, in bands; see `Validation.calibration`."""
        if self._corpus.validation is None:
            return nothing("Not validated: nobody has checked these decisions, so nothing is known.", self._paper)
        return calibration_plot(calibration_rows(self._corpus.validation.calibration()), self._paper)

    @property
    def _alone(self) -> bool:
        return self._corpus.outlet_stories["outlet"].nunique() < 2

    def omission_model(
        self,
        groups: Groups | None = None,
        *,
        traits: Sequence[str] | None = None,
        lead: str | None = None,
        version: str = "printed",
    ) -> Figure:
        """Draw which traits of claims go with omission: odds ratios with 95 % intervals; see `Omissions.model`.

        Args:
            groups: the group of each outlet; every trait then has a dot for each.
            traits: columns of `Omissions.traits`; None for all.
            lead: as in `Omissions.traits`.
            version: "printed", or "collapsed" with wire copies as one voice.
        """
        return coefficient_plot(
            self._corpus.omissions.model(groups, traits=traits, lead=lead, version=version), self._paper
        )

    def map(self, *, measure: str = "corrected", version: str = "printed") -> Figure:
        """Draw the outlets as points, close to each other if they carry the same claims.

        Args:
            measure: "corrected" for distances beyond chance, or "jaccard".
            version: "printed", or "collapsed" with wire copies as one voice.
        """
        if self._alone:
            return nothing(_ALONE, self._paper)
        return map_plot(map_rows(self._corpus.map.places(measure=measure, version=version)), self._paper)

    def dendrogram(self, *, measure: str = "corrected", version: str = "printed") -> Figure:
        """Draw the distance at which outlets join, with the share of resampled corpora in which they join too.

        Args:
            measure: as for `map`.
            version: as for `map`.
        """
        if self._alone:
            return nothing(_ALONE, self._paper)
        return dendrogram_plot(
            dendrogram_rows(self._corpus.map.dendrogram(measure=measure, version=version)), self._paper
        )
