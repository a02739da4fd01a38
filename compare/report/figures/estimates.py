"""Rates, differences and probabilities with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import NAME_WIDTH, begin, heights, names_beside, note, nothing, text_width, whiskers
from compare.report.wording import count, for_plotly, shorten_all

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.figures.figure import Figure
    from compare.report.look import Paper

_SURE = 0.05  # of q
_LEFT, _TOP, _PLOT = 64, 16, 330  # pixels of the calibration: left margin, top margin, the square's height
_AXIS = {"fixedrange": True, "showgrid": True, "ticks": "outside", "nticks": 6, "tickangle": 0}


def rate_rows(table: pd.DataFrame, measure: str, version: str = "printed") -> list[dict[str, Any]]:
    """Return the rows of a RATES table that have a rate of this measure and version, the highest first."""
    kept = table[(table["measure"] == measure) & (table["version"] == version) & table["rate"].notna()]
    names = ["outlet", "rate", "low", "high", "stories", "validated", "warning"]
    return [
        {name: row[name] for name in names}
        for row in kept.sort_values(["rate", "outlet"], ascending=[False, True]).to_dict("records")
    ]


def rates_plot(rows: list[dict[str, Any]], measure: str, paper: Paper) -> Figure:
    """Draw a dot per outlet with its 95 % interval."""
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
    """Return the known rows of a DIFFERENCES table: by measure, those beyond chance first, then the larger.

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
    """Draw a dot per pair with its 95 % interval, filled where it is beyond chance."""
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


def _dots(  # noqa: PLR0913, PLR0917 - dots with intervals are drawn with all of these
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
    """Return the rows of a CALIBRATION table with coded decisions, from the lowest band up."""
    names = ["band", "decisions", "coded", "probability", "carried", "low", "high"]
    return [{name: row[name] for name in names} for row in table.dropna(subset="carried").to_dict("records")]


def calibration_plot(rows: list[dict[str, Any]], paper: Paper) -> Figure:
    """Draw a dot per band with its 95 % interval, and the line on which probability and share are the same."""
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
