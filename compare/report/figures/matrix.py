"""Claims x outlets: how each outlet treats each claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import NAME_WIDTH, begin, heights, note, nothing, text_width, wrapped
from compare.report.look import LOOK_OF, LOOKS
from compare.report.wording import OMISSION_NOTE, for_plotly, shorten, shorten_all, sureness
from compare.tables import STATES

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View

HOVER_WIDTH = 90  # characters of a claim in a hover text: long ones make a large matrix 10 times larger
_MANY = 8  # more columns than these get a width of their own, so that names never lie on one another
_LEAST = 900  # pixels of that width
_ACROSS = 14  # characters of each of the two lines of a name where there are few
_KEY = 3  # words of the key in a line


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
    """Draw the matrix, as high as its rows need and as wide as there is room for.

    Args:
        rows: what `matrix_rows` gives.
        outlets: the columns.
        paper: what it is drawn on.
    """
    if not rows:
        return nothing("No claim was found in this story.", paper)
    small = paper.size - 1
    many = len(outlets) > _MANY
    names = [[name] if many else wrapped(name, _ACROSS) for name in shorten_all(outlets, NAME_WIDTH)]
    top = max(text_width(line, small) for name in names for line in name) + 8  # if they stand upright
    labels = [wrapped(f"{number}  {claim}") for number, claim in {row["number"]: row["claim"] for row in rows}.items()]
    left = max(text_width(line, small) for label in labels for line in label) + 20
    figure = begin(paper, dragmode=False, margin={"l": left, "r": 12, "b": 8})
    _add_cells(figure, rows, outlets, paper)
    # Positions with tick texts, not categories: equal or numeric names would melt into one column.
    figure.update_xaxes(
        side="top",
        fixedrange=True,
        tickvals=list(range(len(names))),
        ticktext=["<br>".join(for_plotly(line) for line in name) for name in names],
        tickfont={"size": small},
        autotickangles=[0, -90],
    )
    figure.update_yaxes(
        fixedrange=True,
        autorange="reversed",
        tickvals=list(range(len(labels))),
        ticktext=["<br>".join(for_plotly(line) for line in label) for label in labels],
        tickfont={"size": small},
        ticklabelstandoff=4,
    )
    if many:
        figure.update_layout(width=max(left + 12 + 2 * paper.size * len(names), _LEAST))
    figure.least_width = round(left + 12 + 2.5 * paper.size * len(names))
    words = [f"{look.symbol} {look.word}" for look in LOOKS]
    key = [" · ".join(words[start : start + _KEY]) for start in range(0, len(words), _KEY)]
    note(figure, [*key, OMISSION_NOTE], left, paper)
    row = 2.5 * small + 4 if any(len(label) > 1 for label in labels) else 1.25 * small + 14
    return heights(figure, len(labels), row, top)


def _add_cells(figure: Figure, rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper) -> None:
    at = {(row["number"], row["outlet"]): row for row in rows}
    cells = [
        [at.get((number, outlet)) for outlet in outlets] for number in dict.fromkeys(row["number"] for row in rows)
    ]
    # A band of one colour for each state.
    bands = [[(i + side) / len(LOOKS), paper.colour(look)] for i, look in enumerate(LOOKS) for side in (0, 1)]
    figure.add_heatmap(
        x=list(range(len(outlets))),
        y=list(range(len(cells))),
        z=[[STATES.index(cell["state"]) if cell else None for cell in line] for line in cells],
        text=[[cell["symbol"] if cell else "" for cell in line] for line in cells],
        hovertext=[[hover_text(cell) if cell else "" for cell in line] for line in cells],
        colorscale=bands,
        zmin=-0.5,
        zmax=len(LOOKS) - 0.5,
        showscale=False,
        xgap=2,
        ygap=2,
        texttemplate="%{text}",
        textfont={"size": paper.size, "weight": 600},
        hoverinfo="text",
        hoverongaps=False,
    )
