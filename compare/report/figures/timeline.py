"""Who published when, and with which shared claims first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import begin, heights, names_beside, note, nothing
from compare.report.figures.drawings import timeline_svg
from compare.report.timeline import time_ticks, timeline
from compare.report.wording import clock, count, for_plotly, moment, shorten

if TYPE_CHECKING:
    from datetime import datetime

    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.view import View

_TITLE = 70  # characters of a headline in a hover text
_TICKS = 4  # at most: so many have room on a phone
_MARGIN = 0.1  # of the time between the first and the last article, left free at either side


def timeline_rows(view: View) -> list[dict[str, Any]]:
    """Give a row per article whose time is known, the earliest first.

    Returns:
        Rows with outlet, title, published, carried (shared claims in it) and first (the numbers of those that no
        article published earlier carries).
    """
    moments, _ = timeline(view)
    return [
        {"outlet": one.outlet, "title": one.title, "published": one.published, "carried": one.carried}
        | {"first": list(one.first)}
        for one in moments
    ]


def timeline_plot(view: View, paper: Paper) -> Figure:
    """Draw a line per outlet and on it a dot per article, as large as the number of claims it is first with."""
    rows, (moments, undated) = timeline_rows(view), timeline(view)
    if len(rows) < 2:
        some = "only one article of this story has" if rows else "no article of this story has"
        return nothing(f"There is no timeline: {some} a time of publication.", paper)
    outlets = list(dict.fromkeys(row["outlet"] for row in rows))
    figure = begin(paper, showlegend=False)
    figure.add_scatter(
        x=[row["published"] for row in rows],
        y=[outlets.index(row["outlet"]) for row in rows],
        mode="markers+text",
        text=[str(len(row["first"])) for row in rows],
        textposition="top center",
        textfont={"size": paper.size - 2},
        marker={
            "size": [6 + 2.4 * len(row["first"]) ** 0.5 for row in rows],
            "color": paper.mark,
            "opacity": 1,
            "line": {"color": paper.ground, "width": 1},
        },
        cliponaxis=False,
        hovertext=[_told(row) for row in rows],
        hoverinfo="text",
    )
    names_beside(figure, outlets, paper)
    low, high = rows[0]["published"], rows[-1]["published"]
    free = (high - low) * _MARGIN or timedelta(hours=1)
    ticks = list(time_ticks(low, high, _TICKS)) or [low]
    figure.update_xaxes(
        range=[low - free, high + free],
        tickvals=ticks,
        ticktext=[clock(tick, low, high) for tick in ticks],
        tickangle=0,
        fixedrange=True,
        showgrid=True,
        ticks="outside",
    )
    figure.update_yaxes(showgrid=True)
    notes = ["The number and the size of a dot: shared claims that no earlier article carries.", _when(low, high)]
    if undated:
        notes.append(f"{count(undated, 'article')} without a time {'is' if undated == 1 else 'are'} left out.")
    note(figure, notes, figure.layout.margin.l, paper, below=2 * paper.size)
    heights(figure, len(outlets), 2.6 * paper.size, top=paper.size)
    return figure.drawn_by(lambda: timeline_svg(moments, paper, notes))


def _when(low: datetime, high: datetime) -> str:
    return f"From {moment(low)} to {moment(high)} (UTC)." if high > low else f"All at {moment(low)} (UTC)."


def _told(row: dict[str, Any]) -> str:
    title = f"<br>{for_plotly(shorten(row['title'], _TITLE))}" if row["title"] else ""
    first = f"first with {len(row['first'])} of {count(row['carried'], 'shared claim')}"
    return f"{for_plotly(row['outlet'])}, {moment(row['published'])}{title}<br>{first}"
