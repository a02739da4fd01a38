"""Whether the probabilities mean what they say: the share carried over the probability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import begin, note, nothing
from compare.report.wording import count

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.figures.figure import Figure
    from compare.report.look import Paper

_LEFT, _TOP, _PLOT = 64, 16, 330  # pixels: left margin, top margin, the square's height


def calibration_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a row per band in which decisions were coded, from the lowest up.

    Args:
        table: a CALIBRATION table.

    Returns:
        Rows with band, decisions, coded, probability, carried, low, high.
    """
    names = ["band", "decisions", "coded", "probability", "carried", "low", "high"]
    return [{name: row[name] for name in names} for row in table.dropna(subset="carried").to_dict("records")]


def calibration_plot(rows: list[dict[str, Any]], paper: Paper) -> Figure:
    """Draw a dot per band with its 95 % interval, and the line on which probability and share are the same.

    Args:
        rows: what `calibration_rows` gives.
        paper: what it is drawn on.
    """
    if not rows:
        return nothing("No band of probability has a coded decision.", paper)
    figure = begin(paper, showlegend=False)
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": paper.pale, "width": 1, "dash": "dot"}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=[row["probability"] for row in rows],
        y=[row["carried"] for row in rows],
        mode="markers",
        marker={"size": 9, "color": paper.mark},
        error_y={
            "type": "data",
            "symmetric": False,
            "thickness": 1.6,
            "width": 0,
            "color": paper.mark,
            "array": [row["high"] - row["carried"] for row in rows],
            "arrayminus": [row["carried"] - row["low"] for row in rows],
        },
        cliponaxis=False,
        hovertext=[
            f"{row['band']}: mean probability {row['probability']:.2f}, carried {row['carried']:.2f} "
            f"({row['low']:.2f} to {row['high']:.2f})<br>{row['coded']} of {count(row['decisions'], 'decision')} coded"
            for row in rows
        ],
        hoverinfo="text",
    )
    axis = {"range": [0, 1.02], "dtick": 0.2, "tickformat": ".1f", "fixedrange": True, "showgrid": True}
    figure.update_xaxes(title={"text": "probability"}, ticks="outside", **axis)
    figure.update_yaxes(title={"text": "share carried"}, **axis)
    figure.update_layout(margin={"l": _LEFT, "r": 24, "t": _TOP})
    notes = ["Above the dotted line more is carried than the probability says.", "With 95 % intervals of the sample."]
    note(figure, notes, _LEFT, paper, below=4 * paper.size)
    figure.update_layout(height=_TOP + _PLOT + figure.layout.margin.b)
    return figure
