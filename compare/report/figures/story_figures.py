"""A story as plotly figures; plain functions read the rows to draw from the tables."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, says_what_is_missing
from compare.report.figures.canvas import NAME_WIDTH, begin, heights, names_beside, note, nothing, text_width, wrapped
from compare.report.figures.difference import HOVER_WIDTH, OF_EACH, difference_plot, difference_rows
from compare.report.look import LOOK_OF, LOOKS, looks_for, paper_of
from compare.report.story.outlets import timeline
from compare.report.story.view import view_of
from compare.report.wording import OMISSION_NOTE, clock, count, for_plotly, moment, shorten, shorten_all, sureness
from compare.tables import STATES

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from compare.asked import ComparedStory
    from compare.report.figures.figure import Figure
    from compare.report.look import Paper
    from compare.report.story.outlets import Moment
    from compare.report.story.view import View

NO_SHARED = "No claim of this story is carried by two outlets or more."
_MANY = 8  # columns of a matrix; with more it gets a width of its own, so that names never overlap
_LEAST = 900  # least pixels of that width
_ACROSS = 14  # characters of each of the two lines of a name, if there are few outlets
_KEY = 3  # words of the key in one line
_TITLE = 70  # characters of a headline in a hover text
_TICKS = 4  # most ticks that fit on a phone
_STEPS = ("5min", "15min", "30min", "1h", "3h", "6h", "12h", "1D", "2D", "7D", "14D", "30D", "90D", "365D", "3650D")
_MARGIN = 0.1  # share of the time between the first and the last article that stays free at each end


@says_what_is_missing
class Figures:
    """The figures of one comparison; each method returns a `plotly.graph_objects.Figure` with `save`.

    Args:
        comparison: the story.
        look: "light", "dark", or "print" for white paper: larger type, nothing transparent.
    """

    def __init__(self, comparison: ComparedStory, look: str = "light") -> None:
        self._paper = paper_of(look)
        self._view = view_of(comparison)

    def on(self, look: str) -> Figures:
        """Return the same figures on other paper: `story.figures.on("dark").matrix()`.

        Raises:
            InputError: there is no such look.
        """
        return Figures(self._view.comparison, look)

    def matrix(self, *, every_claim: bool = False, limit: int | None = None) -> Figure:
        """Draw claims x outlets: how each outlet reports each claim.

        Args:
            every_claim: also draw the claims that a single outlet carries, below the shared ones.
            limit: most claims, by salience; for a slide about 12.
        """
        rows = matrix_rows(self._view)
        if not every_claim and self._view.shared:
            rows = [row for row in rows if row["shared"]]
        shown = set(list(dict.fromkeys(row["number"] for row in rows))[:limit])
        return matrix_plot([row for row in rows if row["number"] in shown], self._view.outlets, self._paper)

    def omissions(self) -> Figure:
        """Draw for each outlet how many shared claims it tells, in which form, and how many it leaves out."""
        return omissions_plot(omission_rows(self._view), self._view.outlets, self._paper)

    def difference(self, one: str, other: str, *, limit: int | None = OF_EACH) -> Figure:
        """Draw the claims on which two outlets differ most: told by one alone, by the other alone, or undecided at one.

        Args:
            one: the outlet on the left.
            other: the outlet on the right.
            limit: most claims of each of the three kinds; None for all.

        Raises:
            InputError: the story has no such outlet, or both are the same.
        """
        one, other = (self._view.comparison.outlet_named(outlet) for outlet in (one, other))
        if one == other:
            raise InputError(f"a difference needs two outlets, and both are {one!r}; give another outlet of the story.")
        rows = difference_rows(self._view, one, other, limit)
        return difference_plot(rows, one, other, len(self._view.outlets), self._paper)

    def timeline(self) -> Figure:
        """Draw when each article was published, and how many shared claims it was the first to carry."""
        return timeline_plot(self._view, self._paper)


def matrix_rows(view: View) -> list[dict[str, Any]]:
    """Return a row per claim and outlet, in the report's order."""
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
    """Describe a cell of the matrix: the claim, the outlet, the state and how sure it is."""
    look = LOOK_OF[row["state"]]
    how = f"{look.symbol} {look.word} ({sureness(look.state, row['probability'])})"
    return f"{row['number']}. {for_plotly(row['claim'])}<br>{for_plotly(row['outlet'])}: {how}"


def matrix_plot(rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper) -> Figure:
    """Draw the matrix, as high as its rows need and as wide as the space allows."""
    if not rows:
        return nothing("No claim was found in this story.", paper)
    small = paper.size - 1
    many = len(outlets) > _MANY
    names = [[name] if many else wrapped(name, _ACROSS) for name in shorten_all(outlets, NAME_WIDTH)]
    top = max(text_width(line, small) for name in names for line in name) + 8  # if the names are upright
    labels = [wrapped(f"{number}  {claim}") for number, claim in {row["number"]: row["claim"] for row in rows}.items()]
    left = max(text_width(line, small) for label in labels for line in label) + 20
    figure = begin(paper, dragmode=False, margin={"l": left, "r": 12, "b": 8})
    _add_cells(figure, rows, outlets, paper)
    # Positions with tick texts, not categories: equal or numeric names would merge into one column.
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
    words = [f"{look.symbol} {look.word}" for look in looks_for(row["state"] for row in rows)]
    key = [" · ".join(words[start : start + _KEY]) for start in range(0, len(words), _KEY)]
    note(figure, [*key, OMISSION_NOTE], left, paper)
    row = 2.5 * small + 4 if any(len(label) > 1 for label in labels) else 1.25 * small + 14
    return heights(figure, len(labels), row, top)


def _add_cells(figure: Figure, rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper) -> None:
    at = {(row["number"], row["outlet"]): row for row in rows}
    cells = [
        [at.get((number, outlet)) for outlet in outlets] for number in dict.fromkeys(row["number"] for row in rows)
    ]
    # The colour scale has one flat band for each state.
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


def omission_rows(view: View) -> list[dict[str, Any]]:
    """Count each outlet's shared claims in each state: rows with outlet, state and claims."""
    shared = view.shared
    return [
        {"outlet": outlet, "state": look.state, "claims": sum(outlet in claim.outlets(look.state) for claim in shared)}
        for outlet in view.outlets
        for look in LOOKS
    ]


def omissions_plot(rows: list[dict[str, Any]], outlets: tuple[str, ...], paper: Paper) -> Figure:
    """Draw a bar for each outlet, as long as the number of shared claims."""
    if not any(row["claims"] for row in rows):
        return nothing(NO_SHARED, paper)
    figure = begin(paper, barmode="stack", uniformtext={"minsize": 9, "mode": "hide"})
    for look in looks_for(row["state"] for row in rows if row["claims"]):
        counts = [row["claims"] for row in rows if row["state"] == look.state]
        figure.add_bar(
            orientation="h",
            x=counts,
            y=list(range(len(outlets))),
            name=f"{look.symbol} {look.word}",
            text=[f"{look.symbol} {n}" if n else "" for n in counts],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            hovertext=[f"{for_plotly(name)}: {look.word} {n}" for name, n in zip(outlets, counts, strict=True)],
            hoverinfo="text",
            marker={"color": paper.colour(look), "line": {"color": paper.ground, "width": 1}},
            textfont={"color": paper.on_colour(look)},
        )
    names_beside(figure, outlets, paper)
    figure.update_xaxes(rangemode="tozero", fixedrange=True, tickformat="d")
    notes = ["Claims that at least two outlets carry.", OMISSION_NOTE]
    note(figure, notes, figure.layout.margin.l, paper, below=2 * paper.size)
    return heights(figure, len(outlets), 2.4 * paper.size, top=5 * paper.size)


def timeline_plot(view: View, paper: Paper) -> Figure:
    """Draw a line for each outlet and a dot for each article, sized by the number of claims it is first with."""
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
    ticks: list[datetime] = [*time_ticks(low, high)] or [low]
    figure.update_xaxes(
        range=[low - free, high + free],
        tickvals=ticks,
        ticktext=[clock(tick, low, high) for tick in ticks],
        autotickangles=[0, -30],
        fixedrange=True,
        showgrid=True,
        ticks="outside",
    )
    figure.update_yaxes(showgrid=True)
    notes = ["The number and the size of a dot: shared claims that no earlier article carries."]
    notes.append(f"From {moment(low)} to {moment(high)} (UTC)." if high > low else f"All at {moment(low)} (UTC).")
    if undated:
        notes.append(f"{count(undated, 'article')} without a time {'is' if undated == 1 else 'are'} left out.")
    note(figure, notes, figure.layout.margin.l, paper, below=3 * paper.size)
    return heights(figure, len(outlets), 2.6 * paper.size, top=paper.size)


def _told(one: Moment) -> str:
    title = f"<br>{for_plotly(shorten(one.title, _TITLE))}" if one.title else ""
    first = f"first with {len(one.first)} of {count(one.carried, 'shared claim')}"
    return f"{for_plotly(one.outlet)}, {moment(one.published)}{title}<br>{first}"


def time_ticks(low: datetime, high: datetime) -> pd.DatetimeIndex:
    """Return a few round times between `low` and `high`."""
    import pandas as pd

    for step in _STEPS:
        ticks = pd.date_range(pd.Timestamp(low).ceil(step), high, freq=step)
        if len(ticks) <= _TICKS:
            return ticks
    return ticks[:: len(ticks) // _TICKS + 1]
