"""Where in the article each outlet puts the shared claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import nothing
from compare.report.figures.grid import Cell, Grid, draw_grid
from compare.report.figures.matrix import HOVER_WIDTH
from compare.report.figures.omissions import NO_SHARED
from compare.report.look import LOOK_OF
from compare.report.wording import for_plotly, shorten
from compare.tables import HEADLINE

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View


def prominence_rows(view: View) -> list[dict[str, Any]]:
    """Give a row per shared claim and outlet, the claims that stand furthest up first.

    Returns:
        Rows with number, claim (shortened), outlet, state, position (0 the lead, 1 the end, -1 the headline; None where
        it is not carried) and mean (of the positions of all that carry it); claims by mean.
    """
    rows = []
    for claim in view.shared:
        told = [j for j in claim.judgements if j]
        places = [max(j.position, 0) for j in told if j.carried and j.position is not None]
        mean = sum(places) / len(places) if places else 1.0
        rows += [
            {
                "number": claim.number,
                "claim": shorten(claim.text, HOVER_WIDTH),
                "outlet": j.outlet,
                "state": j.state,
                "position": j.position if j.carried else None,
                "mean": mean,
            }
            for j in told
        ]
    return sorted(rows, key=lambda row: (row["mean"], row["number"]))


def prominence_plot(rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper, limit: int | None) -> Figure:
    """Draw claims x outlets, the darker (on dark paper the lighter) the nearer to the lead.

    Args:
        rows: what `prominence_rows` gives.
        outlets: the columns.
        paper: what it is drawn on.
        limit: claims at most; None for all.
    """
    if not rows:
        return nothing(NO_SHARED, paper)
    claims = {row["number"]: row["claim"] for row in rows}
    shown = list(claims)[:limit]
    cells = {(row["number"], row["outlet"]): row for row in rows}
    most = "" if len(shown) == len(claims) else f" The {len(shown)} most prominent of {len(claims)} shared claims."
    near = "lightest" if paper.name == "dark" else "darkest"
    grid = Grid(
        columns=outlets,
        rows=[f"{number}  {claims[number]}" for number in shown],
        cells=[[_cell(cells.get((number, outlet))) for outlet in outlets] for number in shown],
        colours=paper.scale,
        steps=False,
        notes=[
            f"Where the claim stands, in per cent of the article: 0 is the lead ({near}), 100 the end.{most}",
            f"{LOOK_OF['omitted'].symbol} left out   {LOOK_OF['undecided'].symbol} undecided",
        ],
    )
    return draw_grid(grid, paper)


def _cell(row: dict[str, Any] | None) -> Cell | None:
    if row is None:
        return None
    told = f"{row['number']}. {for_plotly(row['claim'])}<br>{for_plotly(row['outlet'])}: "
    look = LOOK_OF[row["state"]]
    if row["position"] is None:
        return Cell(None, look.symbol, told + look.word)
    if row["position"] == HEADLINE:
        return Cell(0.0, "headline", f"{told}{look.word}, in the headline only")
    place = round(100 * row["position"])
    return Cell(row["position"], str(place), f"{told}{look.word}, {place}\u00a0% down the article")
