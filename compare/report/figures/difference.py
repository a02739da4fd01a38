"""The claims on which two outlets differ most: told by one alone, by the other alone, or undecided at one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import NAME_WIDTH, begin, note, nothing, wrapped
from compare.report.look import LOOK_OF
from compare.report.wording import OMISSION_NOTE, for_plotly, shorten, sureness
from compare.tables import CARRIED, NOT_ASSESSABLE

if TYPE_CHECKING:
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.story.view import Judgement, View

# script/difference.mjs draws the same figure in the page, for any two outlets: change both together.
HOVER_WIDTH = 90  # most characters of a claim in a hover text: long ones make a large matrix 10 times larger
SIDES = ("one", "undecided", "other")
OF_EACH = 6  # claims of each side: with three sides about one screen
_LABEL = 60  # characters of a claim above its line; the page uses as many as fit
_EVIDENCE = 120  # characters of a sentence in a hover text
_LINE = 44  # characters of a line of hover text, short enough for a phone
_NOTE = (
    "Where a dot stands: the chance that the outlet on the right carries the claim less that of the one on the left, "
    "in percentage points. The larger, the more outlets carry it. Hollow: undecided at one of the two."
)
_LARGEST = 22  # pixels of the dot of a claim that every outlet carries; its area shows the number of outlets


def difference_rows(view: View, one: str, other: str, limit: int | None = OF_EACH) -> list[dict[str, Any]]:
    """Return a row for each claim on which two outlets differ, starting with those that only `one` tells.

    Claims that both carry, in any form, or both leave out are not included. `limit` is the most claims of each side:
    those on which the two differ most and, among differences equal to a tenth, those carried more widely.

    Returns:
        Rows with side (`one`, `other`, or `undecided`), number, claim (shortened), difference (the probability at
        `other` minus that at `one`), outlets (that carry it), and one_state, one_probability, one_evidence,
        other_state, ...
    """
    places = view.outlets.index(one), view.outlets.index(other)
    sides: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    for claim in view.claims:
        here, there = (claim.judgements[place] for place in places)
        if here and there and (side := _side(here, there)):
            points = round(100 * there.probability) - round(100 * here.probability)
            sides[side].append({"side": side, "claim": claim, "points": points, "pair": (here, there)})
    rows = []
    for found in sides.values():
        found.sort(
            key=lambda row: (-((abs(row["points"]) + 5) // 10), -len(row["claim"].carriers), row["claim"].number)
        )
        rows += found[:limit]
    rows.sort(key=lambda row: (row["points"], row["claim"].number))
    return [
        {
            "side": row["side"],
            "number": row["claim"].number,
            "claim": shorten(row["claim"].text, HOVER_WIDTH),
            "difference": row["points"] / 100,
            "outlets": len(row["claim"].carriers),
        }
        | _told(view, "one", row["pair"][0])
        | _told(view, "other", row["pair"][1])
        for row in rows
    ]


def difference_plot(rows: list[dict[str, Any]], one: str, other: str, outlets: int, paper: Paper) -> Figure:
    """Draw a dot for each claim, from those only the first outlet tells, on the left, to those only the other tells."""
    if not rows:
        names = " and ".join(shorten(name, NAME_WIDTH) for name in (one, other))
        return nothing(f"{names} do not differ: no claim is told by one of them alone.", paper)
    figure = difference_frame(outlets, paper)
    figure.data[0].update(
        x=[figure.layout.xaxis.range[0]] * len(rows),
        y=[line - 12 / figure.layout.meta["row"] for line in range(len(rows))],
        text=[for_plotly(f"{row['number']}. {shorten(row['claim'], _LABEL)}") for row in rows],
    )
    for side, trace in zip(SIDES, figure.data[1:], strict=True):
        mine = [(line, row) for line, row in enumerate(rows) if row["side"] == side]
        trace.update(
            x=[row["difference"] for _, row in mine],
            y=[line for line, _ in mine],
            customdata=[row["number"] for _, row in mine],
            hovertext=[_hover(row, one, other) for _, row in mine],
            marker_size=[row["outlets"] for _, row in mine],
            error_x_array=[max(-row["difference"], 0) for _, row in mine],
            error_x_arrayminus=[max(row["difference"], 0) for _, row in mine],
        )
    for note_above, name in zip(figure.layout.annotations, (one, other), strict=False):
        note_above.text += f"<br>{for_plotly(shorten(name, NAME_WIDTH))}"
    figure.update_yaxes(range=[len(rows) - 0.5, -0.9])
    figure.update_layout(height=round(figure.layout.meta["rest"] + figure.layout.meta["row"] * (len(rows) + 0.4)))
    return figure


def difference_frame(outlets: int, paper: Paper) -> Figure:
    """Draw what does not depend on the two outlets; `layout.meta` holds the pixels of a row and of the rest."""
    row, top = 3 * paper.size, 3 * paper.size + 8
    figure = begin(paper, dragmode=False, hovermode="closest", showlegend=False)
    figure.add_scatter(
        x=[],
        y=[],
        text=[],
        mode="text",
        textposition="top right",
        textfont={"size": paper.size - 1},
        cliponaxis=False,
        hoverinfo="skip",
    )
    for side, colour in zip(SIDES, (paper.sides[0], paper.pale, paper.sides[2]), strict=True):
        figure.add_scatter(
            x=[],
            y=[],
            mode="markers",
            name=side,
            hoverinfo="text",
            cliponaxis=False,
            marker={
                "color": paper.ground if side == "undecided" else colour,
                "line": {"color": colour, "width": 2},
                "opacity": 1,
                "sizemode": "area",
                "sizeref": 2 * max(outlets, 1) / _LARGEST**2,
                "sizemin": 3.5,
            },
            error_x={"type": "data", "symmetric": False, "color": colour, "thickness": 1.5, "width": 0},
        )
    for x, anchor, said in ((0, "left", "◂ only told by"), (1, "right", "only told by ▸")):
        figure.add_annotation(
            text=said,
            showarrow=False,
            align=anchor,
            xref="paper",
            yref="paper",
            x=x,
            y=1,
            xanchor=anchor,
            yanchor="bottom",
        )
    figure.update_xaxes(
        range=[-1.1, 1.1],
        fixedrange=True,
        tickvals=[-1, -0.5, 0, 0.5, 1],
        ticktext=["−100", "−50", "0", "+50", "+100"],
        showgrid=True,
    )
    figure.update_yaxes(showticklabels=False, fixedrange=True)
    note(figure, [_NOTE, OMISSION_NOTE], figure.layout.template.layout.margin.l, paper, below=2 * paper.size)
    figure.least_width = 30 + round(0.55 * _LABEL * paper.size)
    figure.update_layout(margin={"t": top}, meta={"row": row, "rest": top + figure.layout.margin.b})
    return figure


def _side(one: Judgement, other: Judgement) -> str | None:
    if NOT_ASSESSABLE in (one.state, other.state):
        return None
    kinds = ["told" if j.state in CARRIED else j.state if j.state == "omitted" else "open" for j in (one, other)]
    if kinds[0] == kinds[1]:
        return None
    if "open" in kinds:
        return "undecided"
    return "one" if kinds[0] == "told" else "other"


def _told(view: View, which: str, judgement: Judgement) -> dict[str, Any]:
    texts = view.comparison.sentences["text"]
    evidence = "" if judgement.sentence is None else shorten(texts.iloc[judgement.sentence], _EVIDENCE)
    told = {"state": judgement.state, "probability": judgement.probability, "evidence": evidence}
    return {f"{which}_{name}": value for name, value in told.items()}


def _hover(row: dict[str, Any], one: str, other: str) -> str:
    said = [f"{row['number']}. {row['claim']}"]
    for which, name in (("one", one), ("other", other)):
        state, evidence = row[f"{which}_state"], row[f"{which}_evidence"]
        look = LOOK_OF[state]
        said.append(
            f"{shorten(name, NAME_WIDTH)}: {look.symbol} {look.word}, {sureness(state, row[f'{which}_probability'])}"
        )
        if evidence:
            said.append(f"“{evidence}”" if state in CARRIED else f"Nearest: “{evidence}”")
    return "<br>".join(for_plotly(line) for text in said for line in wrapped(text, _LINE, lines=4))
