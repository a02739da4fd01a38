"""How many of the shared claims each outlet tells, in which way, and how many it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import begin, heights, names_beside, note, nothing
from compare.report.look import LOOKS
from compare.report.wording import OMISSION_NOTE, for_plotly

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View

NO_SHARED = "No claim of this story is carried by two outlets or more."


def omission_rows(view: View) -> list[dict[str, Any]]:
    """Count each outlet's treatment of the shared claims.

    Returns:
        A row per outlet and state: outlet, state, claims.
    """
    shared = view.shared
    return [
        {"outlet": outlet, "state": look.state, "claims": sum(outlet in claim.outlets(look.state) for claim in shared)}
        for outlet in view.outlets
        for look in LOOKS
    ]


def omissions_plot(rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper) -> Figure:
    """Draw a bar per outlet, as long as there are shared claims.

    Args:
        rows: what `omission_rows` gives.
        outlets: the lines, from the top.
        paper: what it is drawn on.
    """
    if not any(row["claims"] for row in rows):
        return nothing(NO_SHARED, paper)
    figure = begin(paper, barmode="stack", uniformtext={"minsize": 9, "mode": "hide"})
    for look in LOOKS:
        counts = [row["claims"] for row in rows if row["state"] == look.state]
        figure.add_bar(
            orientation="h",
            x=counts,
            y=list(range(len(outlets))),
            name=f"{look.symbol} {look.word}",
            text=[f"{look.symbol} {n}" if n else "" for n in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertext=[f"{for_plotly(name)}: {look.word} {n}" for name, n in zip(outlets, counts, strict=True)],
            hoverinfo="text",
            marker={"color": paper.colour(look), "line": {"color": paper.ground, "width": 1}},
            textfont={"color": paper.on_colour(look)},
        )
    names_beside(figure, outlets, paper)
    figure.update_xaxes(rangemode="tozero", fixedrange=True, tickformat="d")
    notes = ["Claims that at least two outlets carry.", OMISSION_NOTE]
    note(figure, notes, figure.layout.margin.l, paper, below=2 * paper.size)
    return heights(figure, len(outlets), 2.4 * paper.size, top=5 * paper.size)
