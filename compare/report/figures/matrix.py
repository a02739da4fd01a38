"""Claims x outlets: how each outlet treats each claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import nothing
from compare.report.figures.drawings import matrix_svg
from compare.report.figures.grid import Cell, Grid, draw_grid, key
from compare.report.look import LOOK_OF, LOOKS
from compare.report.wording import OMISSION_NOTE, for_plotly, shorten, sureness
from compare.tables import STATES

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View

HOVER_WIDTH = 90  # characters of a claim in a hover text: long ones make a large matrix 10 times larger


def matrix_rows(view: View) -> list[dict[str, Any]]:
    """Give a row per claim and outlet, in the report's order.

    Returns:
        Rows with number, claim_id, claim (shortened), shared, outlet, state, symbol, probability
        (that the claim is carried).
    """
    return [
        {
            "number": claim.number,
            "claim_id": claim.claim_id,
            "claim": shorten(claim.text, HOVER_WIDTH),
            "shared": claim.shared,
            "outlet": judgement.outlet,
            "state": judgement.state,
            "symbol": LOOK_OF[judgement.state].symbol,
            "probability": judgement.probability,
        }
        for claim in view.claims
        for judgement in claim.judgements
        if judgement
    ]


def hover_text(row: dict[str, Any]) -> str:
    """Say what a cell holds: the claim, the outlet, the state and how sure that is."""
    look = LOOK_OF[row["state"]]
    how = f"{look.symbol} {look.word} ({sureness(look.state, row['probability'])})"
    return f"{row['number']}. {for_plotly(row['claim'])}<br>{for_plotly(row['outlet'])}: {how}"


def matrix_plot(rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper) -> Figure:
    """Draw the matrix.

    Args:
        rows: what `matrix_rows` gives.
        outlets: the columns.
        paper: what it is drawn on.
    """
    if not rows:
        return nothing("No claim was found in this story.", paper)
    cells = {(row["number"], row["outlet"]): row for row in rows}
    claims = {row["number"]: row["claim"] for row in rows}
    grid = Grid(
        columns=outlets,
        rows=[f"{number}  {claim}" for number, claim in claims.items()],
        cells=[[_cell(cells.get((number, outlet))) for outlet in outlets] for number in claims],
        colours=[paper.colour(look) for look in LOOKS],
        notes=[*key(LOOKS), OMISSION_NOTE],
    )
    return draw_grid(grid, paper).drawn_by(lambda: matrix_svg(rows, outlets, paper))


def _cell(row: dict[str, Any] | None) -> Cell | None:
    return Cell(STATES.index(row["state"]), row["symbol"], hover_text(row)) if row else None
