"""Which outlets are alike, drawn as a map and as a tree."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import begin, nothing, written
from compare.report.look import PAPERS, Paper
from compare.report.wording import count, for_plotly, percent, shorten_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.report.figures.figure import Figure

NAME_WIDTH = 22  # characters of an outlet's name
_CORNERS = 48  # of the polygon that stands for an ellipse


def map_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each outlet on the map.

    Args:
        table: a MAP table.

    Returns:
        Rows with outlet, x, y, ellipse (its corners, as two lists), stories, stress, warning.
    """
    return [
        {name: row[name] for name in ("outlet", "x", "y", "stories", "stress", "warning")} | {"ellipse": _corners(row)}
        for row in table[table["x"].notna()].to_dict("records")
    ]


def _corners(row: dict[Any, Any]) -> tuple[list[float], list[float]]:
    turn = math.radians(row["ellipse_angle"])
    xs, ys = [], []
    for number in range(_CORNERS + 1):
        angle = 2 * math.pi * number / _CORNERS
        along, across = row["ellipse_long"] * math.cos(angle), row["ellipse_short"] * math.sin(angle)
        xs.append(round(row["ellipse_x"] + along * math.cos(turn) - across * math.sin(turn), 4))
        ys.append(round(row["ellipse_y"] + along * math.sin(turn) + across * math.cos(turn), 4))
    return xs, ys


def dendrogram_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each outlet and each merge, with its place in the drawing.

    Args:
        table: a DENDROGRAM table.

    Returns:
        Rows with outlets (one, or all that are joined), line (from the top) and height; merges also have one and other
        (the line and height of each of the two that they join) and support; all outlets come first.
    """
    merges = {row["outlets"]: row for row in table.to_dict("records")}
    leaves: list[dict[str, Any]] = []

    def add(name: str) -> list[dict[str, Any]]:
        if name not in merges:
            leaves.append({"outlets": name, "line": float(len(leaves)), "height": 0.0})
            return leaves[-1:]
        merge = merges[name]
        one, other = add(merge["one"]), add(merge["other"])
        lines = (one[-1]["line"], other[-1]["line"])
        joined = {
            "outlets": name,
            "line": sum(lines) / 2,
            "height": merge["height"],
            "support": merge["support"],
            "one": (lines[0], one[-1]["height"]),
            "other": (lines[1], other[-1]["height"]),
        }
        return [*(row for row in one + other if "support" in row), joined]

    joined = [row for row in add(str(table["outlets"].iat[-1])) if "support" in row]
    return leaves + joined


def names_above(points: Sequence[tuple[float, float]]) -> list[bool]:
    """For each point, return whether its name goes above it: whether it is higher than its nearest point."""
    import numpy as np
    from scipy.spatial.distance import cdist

    apart = cdist(points, points)
    np.fill_diagonal(apart, np.inf)
    return [
        (points[place][1], place) > (points[nearest][1], nearest) for place, nearest in enumerate(apart.argmin(axis=1))
    ]


def map_plot(rows: list[dict[str, Any]], paper: Paper = PAPERS["light"]) -> Figure:
    """Draw the map: points with their names, and ellipses that hold 95 % of the resampled places."""
    if not rows:
        return nothing("There is no map: no two outlets can be compared.", paper)
    figure = begin(paper, showlegend=False)
    for row in rows:
        figure.add_scatter(
            x=row["ellipse"][0],
            y=row["ellipse"][1],
            mode="lines",
            fill="toself" if paper.wash else "none",
            fillcolor=paper.wash or None,
            line={"color": paper.rule, "width": 1},
            hoverinfo="skip",
        )
    xs, ys = [row["x"] for row in rows], [row["y"] for row in rows]
    above = names_above(list(zip(xs, ys, strict=True)))
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="markers+text",
        marker={"size": 9, "color": paper.mark, "line": {"color": paper.ground, "width": 1}},
        text=[for_plotly(name) for name in shorten_all([row["outlet"] for row in rows], NAME_WIDTH)],
        textposition=["top center" if one else "bottom center" for one in above],
        textfont={"size": paper.size - 1},
        cliponaxis=False,
        hovertext=[f"{for_plotly(row['outlet'])}<br>{count(row['stories'], 'story')} shared" for row in rows],
        hoverinfo="text",
    )
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    span = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    figure.update_xaxes(showticklabels=False, range=[x - span, x + span])
    high = 1.05 * max([0.7 * span, *(abs(corner - y) for row in rows for corner in row["ellipse"][1])])
    figure.update_yaxes(showticklabels=False, range=[y - high, y + high], scaleanchor="x", scaleratio=1)
    said = [
        "Only distances mean something:",
        "the axes have no units.",
        f"Ellipses: 95 % of resampled stories. Stress {rows[0]['stress']:.2f}.",
    ]
    written(figure, said, y=0, yanchor="top", yshift=-8, font={"size": paper.size - 2, "color": paper.pale})
    figure.update_layout(height=520, margin={"l": 20, "r": 20, "t": 20, "b": 80})
    return figure


def dendrogram_plot(rows: list[dict[str, Any]], paper: Paper = PAPERS["light"]) -> Figure:
    """Draw the tree: outlets as lines that join at their distance, with the support of each cluster."""
    figure = begin(paper, showlegend=False)
    leaves = [row for row in rows if "support" not in row]
    merges = [row for row in rows if "support" in row]
    highest = merges[-1]["height"]
    lowest = min(row["height"] for row in merges)
    # Most distances are large and similar: on an axis from 0, the merges would overlap.
    first = max(0.0, lowest - 0.5 * (highest - lowest) if highest > lowest else 0.0)
    for row in merges:
        (line, height), (other_line, other_height) = row["one"], row["other"]
        figure.add_scatter(
            x=[max(height, first), row["height"], row["height"], max(other_height, first)],
            y=[line, line, other_line, other_line],
            mode="lines",
            line={"color": paper.mark, "width": 1.6},
            hoverinfo="text",
            hovertext=f"{for_plotly(row['outlets'])}<br>joined at {row['height']:.2f}, in "
            f"{percent(row['support'])} of resamples",
        )
    for row in merges[:-1]:  # every resample has the cluster of all outlets, so its support says nothing
        figure.add_annotation(
            text=percent(row["support"]),
            x=row["height"],
            y=row["line"],
            showarrow=False,
            xanchor="right",
            xshift=-3,
            bgcolor=paper.ground,
            borderpad=0,
            font={"size": paper.size - 3},
        )
    names = [for_plotly(name) for name in shorten_all([row["outlets"] for row in leaves], NAME_WIDTH)]
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.4, -0.6], ticklabelstandoff=4
    )
    figure.update_xaxes(title="mean distance", range=[first, highest + 0.04 * (highest - first)], ticks="outside")
    figure.update_layout(height=110 + 30 * len(names), margin={"r": 16})
    return figure
