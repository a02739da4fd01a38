"""What every outlet made of each quotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import nothing
from compare.report.figures.grid import Cell, Grid, draw_grid, key
from compare.report.figures.matrix import HOVER_WIDTH
from compare.report.look import QUOTE_LOOK_OF, QUOTE_LOOKS
from compare.report.quotations import quotations_of
from compare.report.wording import for_plotly, shorten
from compare.tables import QUOTE_STATES

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View

_SOURCE = 30  # characters


def quote_rows(view: View) -> list[dict[str, Any]]:
    """Give a row per quotation and outlet, in the order of the report's ledger.

    Returns:
        Rows with number, quotation (its fullest wording, shortened), source, shared (at least two outlets have it),
        outlet, state (of QUOTE_STATES) and speaker (whom the outlet names where that is perhaps somebody else).
    """
    return [
        {
            "number": one.number,
            "quotation": shorten(one.wording, HOVER_WIDTH),
            "source": shorten(one.source, _SOURCE),
            "shared": one.shared,
            "outlet": version.outlet,
            "state": version.state,
            "speaker": shorten(version.speaker, _SOURCE) if version.another is not None else "",
        }
        for one in quotations_of(view)
        for version in one.versions
    ]


def quotes_plot(rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper, limit: int | None) -> Figure:
    """Draw quotations x outlets; those of one outlet alone only where there are no others.

    Args:
        rows: what `quote_rows` gives.
        outlets: the columns.
        paper: what it is drawn on.
        limit: quotations at most; None for all.
    """
    if not rows:
        return nothing("No quotation was found in this story.", paper)
    some = [row for row in rows if row["shared"]] or rows
    quotations = {row["number"]: row for row in some}
    shown = list(quotations)[:limit]
    cells = {(row["number"], row["outlet"]): row for row in some}
    which = "quotations that two outlets or more have" if some[0]["shared"] else "quotations, each at one outlet only"
    grid = Grid(
        columns=outlets,
        rows=[_label(quotations[number]) for number in shown],
        cells=[[_cell(cells.get((number, outlet))) for outlet in outlets] for number in shown],
        colours=[paper.colour(look) for look in QUOTE_LOOKS],
        notes=[
            *key(QUOTE_LOOKS),
            f"{len(shown)} of {len(quotations)} {which}. An absence is an estimate, not proof of intent.",
        ],
    )
    return draw_grid(grid, paper)


def _label(row: dict[str, Any]) -> str:
    return (
        f"{row['number']}  {row['source']}: {row['quotation']}"
        if row["source"]
        else f"{row['number']}  " + (row["quotation"])
    )


def _cell(row: dict[str, Any] | None) -> Cell | None:
    if row is None:
        return None
    look = QUOTE_LOOK_OF[row["state"]]
    said = f" ({for_plotly(row['speaker'])})" if row["speaker"] else ""
    told = f"{for_plotly(_label(row))}<br>{for_plotly(row['outlet'])}: {look.symbol} {look.word}{said}"
    return Cell(QUOTE_STATES.index(row["state"]), look.symbol, told)
