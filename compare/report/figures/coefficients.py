"""What omission goes with: odds ratios as dots with whiskers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import begin, nothing, whiskers
from compare.report.look import PAPERS, Paper
from compare.report.wording import for_plotly, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.figures.figure import Figure

LABEL_WIDTH = 20  # characters beside a row: on a telephone they leave two thirds of the width
ROW_HEIGHT = 30  # pixels
# Traits of a claim in the model: on an axis, and as the subject of a sentence.
TRAITS = {
    "quote": ("quoted", "a claim that quotes somebody"),
    "attributed": ("given as said", "a claim that is given as said by somebody"),
    "named_source": ("by a named person", "a claim that is given as said by a person with a name"),
    "official": ("names an official", "a claim that names a public office, or who holds one"),
    "casualties": ("on casualties", "a claim of people killed or hurt"),
    "money": ("amount of money", "a claim with an amount of money"),
    "number": ("has a number", "a claim with an amount of anything"),
    "words": ("longer", "a long claim, against a short one,"),
    "salience": ("prominent elsewhere", "a claim that the others put high, against one that they put low,"),
    "opening": ("opens elsewhere", "a claim that another outlet opens with"),
    "is_lead": ("at the lead outlet", "a claim before the outlet that was first with the story"),
    "told_by_lead": ("told by the lead", "a claim that the first outlet with the story tells"),
    "contradicts_lead": ("contradicts the lead", "a claim that the first outlet with the story tells differently"),
}
_HEADINGS = {"trait": "Claims", "interaction": "Between groups", "outlet": "Outlets (mean: 1)"}
# The shape tells groups apart as well as the colour.
_SHAPES = ("circle", "diamond", "square", "triangle-up")
_NARROWEST, _WIDEST = 2.0, 32.0  # the axis reaches at least and at most to such odds ratios, and their reciprocals
_TICKS = {1 / 32: "1/32", 1 / 16: "1/16", 1 / 8: "1/8", 1 / 4: "1/4", 1 / 2: "1/2", 1.0: "1"} | {
    float(n): str(n) for n in (2, 4, 8, 16, 32)
}


def coefficient_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each coefficient of an OMISSION_MODEL table, in the plot's order.

    Rows have kind, line (from 0; a heading takes one), label, group, odds_ratio, low and high (None where missing),
    sure (no warning) and said (the hover text).
    """
    rows: list[dict[str, Any]] = []
    line = -1
    for kind in _HEADINGS:
        part = table[table["kind"] == kind].to_dict("records")
        several = len({(row["group"], row["other"]) for row in part}) > 1
        line += bool(part)
        lines: dict[str, int] = {}
        for row in part:
            label = row["term"] if kind == "outlet" else TRAITS.get(row["term"], (row["term"],))[0]
            if kind == "interaction" and several:
                label = f"{label}, {row['group']} less {row['other']}"
            if label not in lines:
                line = lines[label] = line + 1
            rows.append(
                {
                    "kind": kind,
                    "line": lines[label],
                    "label": label,
                    "group": row["group"] if kind == "trait" else "",
                    "odds_ratio": _ratio(row["log_odds"]),
                    "low": _ratio(row["low"]),
                    "high": _ratio(row["high"]),
                    "sure": not row["warning"],
                    "said": _said(label, row),
                }
            )
    return rows


def coefficient_plot(table: pd.DataFrame, paper: Paper = PAPERS["light"]) -> Figure:
    """Draw the odds of leaving a claim out: a dot with its interval, hollow where it has a warning."""
    rows = coefficient_rows(table)
    if not rows:
        return nothing("There is no model: no decision can be explained.", paper)
    groups = list(dict.fromkeys(row["group"] for row in rows if row["kind"] == "trait"))
    lines = _lines(rows, table)
    last = max(lines, default=0) + 0.6
    figure = begin(paper)
    # A trace, not a shape: it lies above the grid and below the dots.
    figure.add_scatter(
        x=[1, 1],
        y=[-0.6, last],
        mode="lines",
        line={"color": paper.rule, "width": 1.5},
        showlegend=False,
        hoverinfo="skip",
    )
    for number, group in enumerate(groups or [""]):
        mine = [row for row in rows if row["group"] == group and row["kind"] == "trait"]
        shift = 0.0 if len(groups) < 2 else 0.4 * (number / (len(groups) - 1) - 0.5)
        _add_dots(figure, mine, number, shift, group, paper)
    _add_dots(figure, [row for row in rows if row["kind"] != "trait"], -1, 0.0, "", paper)
    figure.update_yaxes(tickvals=list(lines), ticktext=list(lines.values()), range=[last, -0.6])
    figure.update_xaxes(**_axis(rows), gridcolor=paper.faint)
    named = len(groups) > 1
    figure.update_layout(
        height=90 + ROW_HEIGHT * max(len(lines), 1) + 30 * named, showlegend=named, margin={"t": 40 if named else 8}
    )
    return figure


def _add_dots(  # noqa: PLR0913, PLR0917 - dots of a group are drawn with all of these
    figure: Figure, rows: list[dict[str, Any]], number: int, shift: float, group: str, paper: Paper
) -> None:
    """Add rows as one trace: whiskers as far as there are any, dots with a warning hollow."""
    shown = [row for row in rows if row["odds_ratio"] is not None]
    colour, shape = (paper.sides[number % 4], _SHAPES[number % 4]) if number >= 0 else (paper.ink, "circle")
    figure.add_scatter(
        x=[row["odds_ratio"] for row in shown],
        y=[row["line"] + shift for row in shown],
        error_x=whiskers(shown, "odds_ratio", colour, 2),
        mode="markers",
        name=for_plotly(group),
        showlegend=bool(group),
        hovertext=[row["said"] for row in shown],
        hoverinfo="text",
        marker={
            "size": 10,
            "symbol": shape,
            "color": [colour if row["sure"] else paper.ground for row in shown],
            "line": {"color": colour, "width": 2},
        },
    )
    missing = {row["line"]: row["said"] for row in rows if row["odds_ratio"] is None}
    if missing:
        figure.add_scatter(
            x=[1.0] * len(missing),
            y=[line + shift for line in missing],
            mode="text",
            text=["\u00a0no figure"] * len(missing),
            textposition="middle right",
            textfont={"size": 12, "color": paper.pale},
            hovertext=list(missing.values()),
            hoverinfo="text",
            showlegend=False,
        )


def _lines(rows: list[dict[str, Any]], table: pd.DataFrame) -> dict[int, str]:
    """What stands beside each line: labels, and headings above the first of each kind."""
    lines = {row["line"]: for_plotly(shorten(row["label"], LABEL_WIDTH)) for row in rows}
    for kind, heading in _HEADINGS.items():
        here = [row["line"] for row in rows if row["kind"] == kind]
        pairs = table.loc[table["kind"] == kind, ["group", "other"]].drop_duplicates().to_numpy().tolist()
        called = " less ".join(pairs[0]) if kind == "interaction" and len(pairs) == 1 else heading
        if here:
            lines[min(here) - 1] = f"<b>{for_plotly(shorten(called, LABEL_WIDTH))}</b>"
    return dict(sorted(lines.items()))


def _axis(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """An axis of odds ratios that holds every dot, and every whisker of a dot without a warning."""
    import math

    ends = [row["odds_ratio"] for row in rows if row["odds_ratio"]]
    ends += [row[end] for row in rows if row["sure"] for end in ("low", "high") if row[end]]
    low, high = min([*ends, 1 / _NARROWEST]), max([*ends, _NARROWEST])
    low, high = max(low / 1.1, 1 / _WIDEST), min(high * 1.1, _WIDEST)
    # On a telephone there is room for five ticks.
    ticks = {value: text for value, text in _TICKS.items() if low <= value <= high}
    if len(ticks) > 5:
        ticks = {value: text for value, text in ticks.items() if math.log2(value) % 2 == 0}
    return {
        "type": "log",
        "range": [math.log10(low), math.log10(high)],
        "tickvals": list(ticks),
        "ticktext": list(ticks.values()),
        "tickangle": 0,
        "showgrid": True,
        "title": {"text": "odds to be left out, ×"},
    }


def _ratio(log_odds: float) -> float | None:
    import math

    return None if math.isnan(log_odds) else math.exp(min(max(log_odds, -50.0), 50.0))


def _said(label: str, row: Mapping[Any, Any]) -> str:
    """What a hover text says: the figures, how many decisions, and the warning."""
    about = " \u2013 ".join(filter(None, [label, " less ".join(filter(None, [row["group"], row["other"]]))]))
    said = [for_plotly(about)]
    low, high = _ratio(row["low"]), _ratio(row["high"])
    if (ratio := _ratio(row["log_odds"])) is not None:
        said.append(f"odds to be left out × {ratio:.2f}" + (f" ({low:.2f} to {high:.2f})" if low and high else ""))
        ends = f" ({row['points_low']:+.1f} to {row['points_high']:+.1f})" if low else ""
        said.append(f"{row['points']:+.1f} percentage points{ends}")
    said.append(f"{row['omitted']} of {row['decisions']} left out, in {row['stories']} stories")
    if row["warning"]:
        said.append(for_plotly(row["warning"]))
    return "<br>".join([*said, "not validated" if not row["validated"] else "validated"])
