"""How many of the shared claims every two outlets have in common: which outlets are alike in one story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import nothing
from compare.report.figures.grid import Cell, Grid, draw_grid
from compare.report.figures.omissions import NO_SHARED
from compare.report.wording import for_plotly, shorten_all

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View

_NAME = 33  # characters


def likeness_rows(view: View) -> list[dict[str, Any]]:
    """Count for every two outlets the shared claims that they have in common.

    A claim that is undecided at one of the two is not counted for them.

    Returns:
        Rows with one, other, either (shared claims that at least one of the two carries), both, and share
        (both / either; None where neither carries any).
    """
    at = [
        {j.outlet: j.carried for j in claim.judgements if j and j.state != "undecided"}
        for claim in view.shared
    ]  # fmt: skip
    rows = []
    for place, one in enumerate(view.outlets):
        for other in view.outlets[place + 1 :]:
            pairs = [(claim[one], claim[other]) for claim in at if one in claim and other in claim]
            either, both = sum(a or b for a, b in pairs), sum(a and b for a, b in pairs)
            share = both / either if either else None
            rows.append({"one": one, "other": other, "either": either, "both": both, "share": share})
    return rows


def likeness_plot(rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper) -> Figure:
    """Draw outlets x outlets, in an order in which neighbours are alike.

    Args:
        rows: what `likeness_rows` gives.
        outlets: all of them.
        paper: what it is drawn on.
    """
    if len(outlets) < 2:
        return nothing("One outlet alone is like no other: the story has only one.", paper)
    if all(row["share"] is None for row in rows):
        return nothing(NO_SHARED, paper)
    pairs = {pair: row for row in rows for pair in ((row["one"], row["other"]), (row["other"], row["one"]))}
    order = neighbours(outlets, pairs)
    grid = Grid(
        columns=order,
        rows=shorten_all(order, _NAME),
        cells=[[_cell(pairs.get((one, other)), one, other) for other in order] for one in order],
        colours=tuple(reversed((*paper.scale, paper.ground))),
        steps=False,
        notes=[
            "Per cent of the shared claims of either outlet that both carry.",
            "One story says little: copies of one text are alike, and so are long articles.",
            "Many stories, and what is beyond chance: corpus.figures.map().",
        ],
    )
    return draw_grid(grid, paper)


def neighbours(outlets: tuple[str, ...], pairs: dict[tuple[str, str], dict[str, Any]]) -> list[str]:
    """Begin with the outlet that is most like the others, and go on to whichever is most like the last one.

    Two outlets without a share, or without a pair, have nothing in common.
    """

    def share(one: str, other: str) -> float:
        return pairs[one, other]["share"] or 0.0 if (one, other) in pairs else 0.0

    left = list(outlets)
    order = [max(left, key=lambda one: sum(share(one, other) for other in outlets if other != one))]
    left.remove(order[0])
    while left:
        order.append(max(left, key=lambda one: share(order[-1], one)))
        left.remove(order[-1])
    return order


def _cell(row: dict[str, Any] | None, one: str, other: str) -> Cell | None:
    if row is None or row["share"] is None:
        return Cell(None, "·" if one == other else "", "")
    told = f"{for_plotly(one)} and {for_plotly(other)}<br>{row['both']} of {row['either']} shared claims in common"
    return Cell(row["share"], str(round(100 * row["share"])), told)
