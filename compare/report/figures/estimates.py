"""Rates, differences, probabilities and odds, each with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import NAME_WIDTH, begin, heights, names_beside, note, nothing, text_width, whiskers
from compare.report.look import PAPERS, Paper
from compare.report.wording import count, for_plotly, shorten, shorten_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.figures.figure import Figure

_SURE = 0.05  # q below this is beyond chance
_LEFT, _TOP, _PLOT = 64, 16, 330  # pixels of the calibration: left margin, top margin, the square's height
_AXIS = {"fixedrange": True, "showgrid": True, "ticks": "outside", "nticks": 6, "tickangle": 0}


def rate_rows(table: pd.DataFrame, measure: str, version: str = "printed") -> list[dict[str, Any]]:
    """Return the rows of a RATES table with a rate for this measure and version, the highest first."""
    kept = table[(table["measure"] == measure) & (table["version"] == version) & table["rate"].notna()]
    names = ["outlet", "rate", "low", "high", "stories", "validated", "warning"]
    return [
        {name: row[name] for name in names}
        for row in kept.sort_values(["rate", "outlet"], ascending=[False, True]).to_dict("records")
    ]


def rates_plot(rows: list[dict[str, Any]], measure: str, paper: Paper) -> Figure:
    """Draw a dot for each outlet with its 95 % interval."""
    if not rows:
        return nothing(f"No outlet has a rate of {measure}: there was nothing to count.", paper)
    told = [
        f"{for_plotly(row['outlet'])}: {row['rate']:.3f}{_interval(row)}<br>{count(row['stories'], 'story')}"
        + (f"<br>{for_plotly(row['warning'])}" if row["warning"] else "")
        for row in rows
    ]
    figure = begin(paper, showlegend=False)
    _dots(figure, rows, "rate", [not row["warning"] for row in rows], told, paper)
    names_beside(figure, [row["outlet"] for row in rows], paper)
    figure.update_xaxes(rangemode="tozero", tickformat=".0%", **_AXIS)
    known = {bool(row["validated"]) for row in rows}
    trust = "Validated" if known == {True} else "Validated in part" if True in known else "Not validated"
    notes = [f"{measure.capitalize()}, with 95 % intervals over stories."]
    notes += ["Hollow: with a warning."] * any(row["warning"] for row in rows) + [f"{trust}."]
    note(figure, notes, figure.layout.margin.l, paper, below=2 * paper.size)
    return heights(figure, len(rows), 2.3 * paper.size)


def difference_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of DIFFERENCES that have a difference: by measure, those beyond chance first, then by size.

    `one` is the outlet with the higher rate; `sure` says whether q_value is below .05.
    """
    rows = []
    for row in table[table["difference"].notna()].to_dict("records"):
        turned = row["difference"] < 0
        sign = -1 if turned else 1
        low, high = (-row["high"], -row["low"]) if turned else (row["low"], row["high"])
        one, other = ("other", "one") if turned else ("one", "other")
        rows.append(
            {"measure": row["measure"], "one": row[one], "other": row[other], "difference": sign * row["difference"]}
            | {"low": low, "high": high, "sure": bool(row["q_value"] < _SURE)}
            | {name: row[name] for name in ("q_value", "stories", "warning")}
        )
    order = {measure: place for place, measure in enumerate(table["measure"].unique())}
    return sorted(rows, key=lambda row: (order[row["measure"]], not row["sure"], -row["difference"], row["one"]))


def differences_plot(rows: list[dict[str, Any]], limit: int | None, paper: Paper) -> Figure:
    """Draw a dot for each pair with its 95 % interval, filled if it is beyond chance."""
    if not rows:
        return nothing("No two outlets can be compared: none have a story in common that counts.", paper)
    measures = dict.fromkeys(row["measure"] for row in rows)
    shown = [row for measure in measures for row in [r for r in rows if r["measure"] == measure][:limit]]
    told = [
        f"{for_plotly(row['one'])} less {for_plotly(row['other'])}: {row['difference']:+.3f}{_interval(row)}<br>"
        f"{for_plotly(row['measure'])}, q {row['q_value']:.3f}, {count(row['stories'], 'story')}"
        for row in shown
    ]
    figure = begin(paper, showlegend=False)
    figure.add_vline(x=0, line={"color": paper.rule, "width": 1}, layer="below")
    _dots(figure, shown, "difference", [row["sure"] for row in shown], told, paper)
    outlets = list(dict.fromkeys(row[side] for row in shown for side in ("one", "other")))
    names = dict(zip(outlets, shorten_all(outlets, NAME_WIDTH), strict=True))
    labels = [[names[row["one"]], f"less {names[row['other']]}"] for row in shown]
    if len(measures) > 1:
        labels = [[f"{row['measure']}:", *label] for row, label in zip(shown, labels, strict=True)]
    left = 20 + max(text_width(line, paper.size - 1) for label in labels for line in label)
    figure.update_yaxes(
        tickvals=list(range(len(shown))),
        ticktext=["<br>".join(for_plotly(line) for line in label) for label in labels],
        tickfont={"size": paper.size - 1},
        ticklabelstandoff=4,
        range=[len(shown) - 0.4, -0.6],
        fixedrange=True,
    )
    figure.update_xaxes(tickformat="+.0%", **_AXIS).update_layout(margin={"l": left})
    kinds = f"Difference of {' and '.join(measures)}, in stories that both have, with 95 % intervals."
    notes = [kinds, "Filled: q below .05. Not validated."]
    if len(shown) < len(rows):
        notes.append(f"{len(shown)} of {len(rows)} differences.")
    note(figure, notes, left, paper, below=2 * paper.size)
    return heights(figure, len(shown), (1.25 * len(labels[0]) + 0.5) * paper.size)


def _interval(row: dict[str, Any]) -> str:
    known = row["low"] == row["low"] and row["high"] == row["high"]  # nan is not itself
    return f" ({row['low']:.3f} to {row['high']:.3f})" if known else ", no interval"


def _dots(  # noqa: PLR0913, PLR0917 - drawing dots with intervals needs all of these
    figure: Figure, rows: list[dict[str, Any]], name: str, filled: list[bool], told: list[str], paper: Paper
) -> None:
    figure.add_scatter(
        x=[row[name] for row in rows],
        y=list(range(len(rows))),
        mode="markers",
        marker={
            "size": 9,
            "color": [paper.mark if one else paper.ground for one in filled],
            "line": {"color": paper.mark, "width": 2},
        },
        error_x=whiskers(rows, name, paper.mark),
        cliponaxis=False,
        hovertext=told,
        hoverinfo="text",
    )


def calibration_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a CALIBRATION table with coded decisions, from the lowest band to the highest."""
    names = ["band", "decisions", "coded", "probability", "carried", "low", "high"]
    return [{name: row[name] for name in names} for row in table.dropna(subset="carried").to_dict("records")]


def calibration_plot(rows: list[dict[str, Any]], paper: Paper) -> Figure:
    """Draw a dot for each band with its 95 % interval, and the line where probability and share are equal."""
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
        error_y=whiskers(rows, "carried", paper.mark),
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


LABEL_WIDTH = 20  # characters beside a row: on a phone they leave two thirds of the width
ROW_HEIGHT = 30  # pixels
# Traits of a claim in the model: as an axis label, and as the subject of a sentence.
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
# Groups differ in shape as well as in colour.
_SHAPES = ("circle", "diamond", "square", "triangle-up")
_NARROWEST, _WIDEST = 2.0, 32.0  # the axis reaches at least and at most to these odds ratios and their reciprocals
_TICKS = {1 / 32: "1/32", 1 / 16: "1/16", 1 / 8: "1/8", 1 / 4: "1/4", 1 / 2: "1/2", 1.0: "1"} | {
    float(n): str(n) for n in (2, 4, 8, 16, 32)
}


def coefficient_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row for each coefficient of an OMISSION_MODEL table, in the order of the plot.

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
    """Draw the odds of leaving a claim out: a dot with its interval, hollow if it has a warning."""
    rows = coefficient_rows(table)
    if not rows:
        return nothing("There is no model: no decision can be explained.", paper)
    groups = list(dict.fromkeys(row["group"] for row in rows if row["kind"] == "trait"))
    lines = _lines(rows, table)
    last = max(lines, default=0) + 0.6
    figure = begin(paper)
    # A trace, not a shape, so that it lies above the grid and below the dots.
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


def _add_dots(  # noqa: PLR0913, PLR0917 - drawing a group's dots needs all of these
    figure: Figure, rows: list[dict[str, Any]], number: int, shift: float, group: str, paper: Paper
) -> None:
    """Add rows as one trace, with whiskers where there is an interval; dots with a warning are hollow."""
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
    """Return the text beside each line: labels, and a heading above the first of each kind."""
    lines = {row["line"]: for_plotly(shorten(row["label"], LABEL_WIDTH)) for row in rows}
    for kind, heading in _HEADINGS.items():
        here = [row["line"] for row in rows if row["kind"] == kind]
        pairs = table.loc[table["kind"] == kind, ["group", "other"]].drop_duplicates().to_numpy().tolist()
        called = " less ".join(pairs[0]) if kind == "interaction" and len(pairs) == 1 else heading
        if here:
            lines[min(here) - 1] = f"<b>{for_plotly(shorten(called, LABEL_WIDTH))}</b>"
    return dict(sorted(lines.items()))


def _axis(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an axis of odds ratios that holds every dot, and every whisker of a dot without a warning."""
    import math

    ends = [row["odds_ratio"] for row in rows if row["odds_ratio"]]
    ends += [row[end] for row in rows if row["sure"] for end in ("low", "high") if row[end]]
    low, high = min([*ends, 1 / _NARROWEST]), max([*ends, _NARROWEST])
    low, high = max(low / 1.1, 1 / _WIDEST), min(high * 1.1, _WIDEST)
    # A phone has room for five ticks.
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
    about = " \u2013 ".join(filter(None, [label, " less ".join(filter(None, [row["group"], row["other"]]))]))
    said = [for_plotly(about)]
    low, high = _ratio(row["low"]), _ratio(row["high"])
    if (ratio := _ratio(row["log_odds"])) is not None:
        said.append(f"odds to be left out × {ratio:.2f}" + (f" ({low:.2f} to {high:.2f})" if low and high else ""))
        ends = f" ({row['points_low']:+.1f} to {row['points_high']:+.1f})" if low else ""
        said.append(f"{row['points']:+.1f} percentage points{ends}")
    said.append(f"{row['omitted']} of {row['decisions']} left out, in {count(row['stories'], 'story')}")
    if row["warning"]:
        said.append(for_plotly(row["warning"]))
    return "<br>".join([*said, "not validated" if not row["validated"] else "validated"])
