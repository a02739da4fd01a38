"""Which words each of two outlets prefers in telling the same claims, as a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import begin, nothing
from compare.report.look import PAPERS, Paper
from compare.report.wording import for_plotly, shorten

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.figures.figure import Figure

ROW_HEIGHT = 26  # pixels
_SURE = 0.05  # of q
_LARGEST = 22.0  # pixels across
_SMALLEST = 5.0
_TERM_WIDTH = 24  # characters
_NAME_WIDTH = 30


def terms_rows(table: pd.DataFrame, limit: int = 15) -> list[dict[str, Any]]:
    """Give the terms that each side prefers most, by z.

    Args:
        table: a TERMS table.
        limit: terms of each side.

    Returns:
        Rows from what one prefers most to what the other does: term, side (an outlet), log_odds, low, high, z, count
        (at that side), other_count, sure (q_value below .05), claims, q_value.
    """
    ordered = table.sort_values(["z", "term"], ascending=[False, True], kind="stable")
    first = ordered[ordered["z"] > 0].head(limit)
    last = ordered[ordered["z"] < 0].tail(limit)
    rows = [_row(row, "one", "other") for row in first.to_dict("records")]
    return rows + [_row(row, "other", "one") for row in last.to_dict("records")]


def _row(row: dict[Any, Any], side: str, other: str) -> dict[str, Any]:
    return {
        "term": row["term"],
        "side": row[side],
        **{name: row[name] for name in ("log_odds", "low", "high", "z", "claims", "q_value")},
        "count": row[f"count_{side}"],
        "other_count": row[f"count_{other}"],
        "sure": bool(row["q_value"] < _SURE),
    }


def terms_plot(table: pd.DataFrame, limit: int = 15, paper: Paper = PAPERS["light"]) -> Figure:
    """Draw the terms that each of two outlets prefers, one below the other, so that no label hides another.

    A dot lies at the log-odds, its area shows how often the side uses the term, the line is the 95 % interval over
    stories; it is filled where the q-value is below .05.

    Args:
        table: a TERMS table.
        limit: terms of each side.
        paper: what it is drawn on.
    """
    rows = terms_rows(table, limit)
    if not rows:
        return nothing("No term is told apart: there are too few words in claims that both carry.", paper)
    figure = begin(paper)
    largest = max((row["count"] for row in rows), default=1)
    names = list(dict.fromkeys([*table["one"], *table["other"]]))
    for name, colour in zip(names, (paper.mark, paper.other), strict=False):
        mine = [(at, row) for at, row in enumerate(rows) if row["side"] == name]
        reach = [_reach(row) for _, row in mine]
        figure.add_scatter(
            x=[row["log_odds"] for _, row in mine],
            y=[at for at, _ in mine],
            mode="markers",
            name=for_plotly(shorten(name, _NAME_WIDTH)),
            marker={
                "size": [max(_SMALLEST, _LARGEST * (row["count"] / largest) ** 0.5) for _, row in mine],
                "color": [colour if row["sure"] else paper.ground for _, row in mine],
                "line": {"color": colour, "width": 2},
                "opacity": 1,
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [up for _, up in reach],
                "arrayminus": [down for down, _ in reach],
                "color": colour,
                "thickness": 1.2,
                "width": 0,
            },
            hovertext=[_hover(row) for _, row in mine],
            hoverinfo="text",
            showlegend=False,
        )
    figure.add_vline(x=0, line={"color": paper.rule, "width": 1})
    labels = [for_plotly(shorten(row["term"], _TERM_WIDTH)) for row in rows]
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=labels, range=[len(rows) - 0.5, -0.5], fixedrange=True
    )
    figure.update_xaxes(fixedrange=True, nticks=6, zeroline=False, ticks="outside")
    return _explained(figure, names, len(rows), any(row["sure"] for row in rows), paper)


def _explained(figure: Figure, names: list[str], rows: int, sure: bool, paper: Paper) -> Figure:
    """Say above the terms whose side is which, and below what the marks mean; lines short enough for a phone."""
    colours = (paper.mark, paper.other)
    for number, name in enumerate(names[:2]):
        figure.add_annotation(
            text=f"<b>{'' if number else '→ '}{for_plotly(shorten(name, _NAME_WIDTH))}{' ←' if number else ''}</b>",
            font={"color": colours[number]},
            x=1 - number,
            xanchor=("right", "left")[number],
            xref="paper",
            y=1,
            yanchor="bottom",
            yref="paper",
            yshift=4,
            showarrow=False,
        )
    marks = "filled: q below .05" if sure else "no term has a q below .05"
    note = f"log-odds with 95 % interval<br>area: how often<br>{marks}<br>not validated"
    figure.update_xaxes(title={"text": note, "font": {"size": paper.size - 1}})
    figure.update_layout(height=168 + ROW_HEIGHT * max(rows, 1), margin={"t": 52, "b": 20, "r": 16})
    return figure


def _reach(row: dict[str, Any]) -> tuple[float, float]:
    """How far the interval goes down and up from the dot; nothing where there is none."""
    low, high = row["low"], row["high"]
    if low != low or high != high:  # noqa: PLR0124 - nan is not itself
        return 0.0, 0.0
    return max(row["log_odds"] - low, 0.0), max(high - row["log_odds"], 0.0)


def _hover(row: dict[str, Any]) -> str:
    q = f"q {row['q_value']:.3f}" if row["q_value"] == row["q_value"] else "no test"
    return (
        f"<b>{for_plotly(row['term'])}</b><br>{for_plotly(row['side'])}: {row['count']} times, the other "
        f"{row['other_count']}<br>log-odds {row['log_odds']:.2f}, z {row['z']:.1f}, {q}<br>"
        f"in {row['claims']} shared claims"
    )
