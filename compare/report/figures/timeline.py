"""Who published when, and with which shared claims first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from compare.report.figures.canvas import begin, heights, names_beside, note, nothing
from compare.report.timeline import time_ticks, timeline
from compare.report.wording import clock, count, for_plotly, moment, shorten

if TYPE_CHECKING:
    from datetime import datetime

    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.timeline import Moment
    from compare.report.view import View

_TITLE = 70  # characters of a headline in a hover text
_TICKS = 4  # at most: so many have room on a phone
_MARGIN = 0.1  # of the time between the first and the last article, left free at either side


def timeline_plot(view: View, paper: Paper) -> Figure:
    """Draw a line per outlet and on it a dot per article, as large as the number of claims it is first with."""
    moments, undated = timeline(view)
    if len(moments) < 2:
        some = "only one article of this story has" if moments else "no article of this story has"
        return nothing(f"There is no timeline: {some} a time of publication.", paper)
    outlets = list(dict.fromkeys(one.outlet for one in moments))
    figure = begin(paper, showlegend=False)
    figure.add_scatter(
        x=[one.published for one in moments],
        y=[outlets.index(one.outlet) for one in moments],
        mode="markers+text",
        text=[str(len(one.first)) for one in moments],
        textposition="top center",
        textfont={"size": paper.size - 2},
        marker={
            "size": [6 + 2.4 * len(one.first) ** 0.5 for one in moments],
            "color": paper.mark,
            "opacity": 1,
            "line": {"color": paper.ground, "width": 1},
        },
        cliponaxis=False,
        hovertext=[_told(one) for one in moments],
        hoverinfo="text",
    )
    names_beside(figure, outlets, paper)
    low, high = moments[0].published, moments[-1].published
    free = (high - low) * _MARGIN or timedelta(hours=1)
    ticks: list[datetime] = [*time_ticks(low, high, _TICKS)] or [low]
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
    return heights(figure, len(outlets), 2.6 * paper.size, top=paper.size)


def _when(low: datetime, high: datetime) -> str:
    return f"From {moment(low)} to {moment(high)} (UTC)." if high > low else f"All at {moment(low)} (UTC)."


def _told(one: Moment) -> str:
    title = f"<br>{for_plotly(shorten(one.title, _TITLE))}" if one.title else ""
    first = f"first with {len(one.first)} of {count(one.carried, 'shared claim')}"
    return f"{for_plotly(one.outlet)}, {moment(one.published)}{title}<br>{first}"
