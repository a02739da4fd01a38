"""A story as plotly figures; what they show is computed by plain functions that return rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.report.look import paper_of
from compare.report.view import view_of

if TYPE_CHECKING:
    from compare.comparison import Comparison
    from compare.report.figures.figure import Figure


class Figures:
    """The figures of one comparison; each method gives a `plotly.graph_objects.Figure` with `save`.

    Args:
        comparison: the story.
        look: "light", "dark", or "print" for white paper: larger type, nothing transparent.
    """

    def __init__(self, comparison: Comparison, look: str = "light") -> None:
        self._paper = paper_of(look)
        self._view = view_of(comparison)

    def on(self, look: str) -> Figures:
        """Give the same figures on other paper: `story.figures.on("dark").matrix()`.

        Args:
            look: "light", "dark" or "print".

        Raises:
            InputError: there is no such look.
        """
        return Figures(self._view.comparison, look)

    def matrix(self, *, every_claim: bool = False, limit: int | None = None) -> Figure:
        """Draw claims x outlets: how each outlet treats each claim.

        Args:
            every_claim: also the claims that one outlet alone carries, below the shared ones.
            limit: claims at most, the most salient; for a slide about 12.
        """
        from compare.report.figures.matrix import matrix_plot, matrix_rows

        rows = matrix_rows(self._view)
        if not every_claim and self._view.shared:
            rows = [row for row in rows if row["shared"]]
        shown = set(list(dict.fromkeys(row["number"] for row in rows))[:limit])
        return matrix_plot([row for row in rows if row["number"] in shown], self._view.outlets, self._paper)

    def omissions(self) -> Figure:
        """Draw per outlet how many of the shared claims it tells, in which way, and how many it leaves out."""
        from compare.report.figures.omissions import omission_rows, omissions_plot

        return omissions_plot(omission_rows(self._view), self._view.outlets, self._paper)

    def difference(self, one: str, other: str, *, limit: int | None = 6) -> Figure:
        """Draw on which claims two outlets differ most: told by the one alone, the other alone, or undecided at one.

        Args:
            one: the outlet on the left.
            other: the outlet on the right.
            limit: claims at most of each of the three kinds; None for all.

        Raises:
            InputError: the story has no such outlet, or both are the same.
        """
        from compare.report.figures.difference import difference_plot, difference_rows

        for outlet in (one, other):
            self._view.comparison.need_outlet(outlet)
        if one == other:
            raise InputError(f"a difference is of two outlets, and both are {one!r}; give another of the story's.")
        rows = difference_rows(self._view, one, other, limit)
        return difference_plot(rows, one, other, len(self._view.outlets), self._paper)

    def timeline(self) -> Figure:
        """Draw which article was published when, and how many shared claims it was the first to carry."""
        from compare.report.figures.timeline import timeline_plot

        return timeline_plot(self._view, self._paper)
