"""Which outlet covers which stories: before anything can be left out of a story, the story can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import begin, heights, names_beside, note, nothing
from compare.report.wording import count, for_plotly, shorten

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.figures.figure import Figure
    from compare.report.look import Paper

_STORY = 50  # characters


def covered_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a row per outlet, those that cover most first.

    Args:
        table: what `Corpus.covered` gives.

    Returns:
        Rows with outlet, stories (the ids of those that it covers, in the corpus's order), of (how many there are).
    """
    rows = [
        {"outlet": outlet, "stories": table.index[table[outlet]].tolist(), "of": len(table)} for outlet in table.columns
    ]
    return sorted(rows, key=lambda row: (-len(row["stories"]), row["outlet"]))


def covered_plot(rows: list[dict[str, Any]], stories: list[str], paper: Paper) -> Figure:
    """Draw outlets x stories, a stroke for each story that an outlet covers.

    Args:
        rows: what `covered_rows` gives.
        stories: the ids of all stories.
        paper: what it is drawn on.
    """
    if not rows:
        return nothing("No story is covered by any outlet.", paper)
    sets = [set(row["stories"]) for row in rows]
    figure = begin(paper, dragmode=False)
    figure.add_heatmap(
        x=list(range(len(stories))),
        y=list(range(len(rows))),
        z=[[int(story in mine) for story in stories] for mine in sets],
        colorscale=[[0, paper.faint], [1, paper.mark]],
        zmin=0,
        zmax=1,
        showscale=False,
        ygap=3,
        xgap=1 if len(stories) <= 60 else 0,
        text=[[for_plotly(shorten(story, _STORY)) for story in stories]] * len(rows) if len(stories) <= 500 else None,
        hovertemplate="%{text}<extra></extra>" if len(stories) <= 500 else None,
    )
    names_beside(figure, [row["outlet"] for row in rows], paper)
    shares = [f"{name} ({len(row['stories'])})" for name, row in zip(figure.layout.yaxis.ticktext, rows, strict=True)]
    left = figure.layout.margin.l + 4 * paper.size
    figure.update_yaxes(ticktext=shares).update_layout(margin={"l": left})
    figure.update_xaxes(showticklabels=False, fixedrange=True)
    every = f"{count(len(stories), 'story')}, from left to right as they came; a stroke: the outlet has it."
    note(figure, [every, "In brackets: how many."], left, paper)
    return heights(figure, len(rows), 2.1 * paper.size)
