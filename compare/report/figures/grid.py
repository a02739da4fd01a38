"""A grid of cells with names above and claims beside them: what the matrix and others of its kind have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import (
    NAME_WIDTH,
    begin,
    heights,
    note,
    text_width,
    wrapped,
)
from compare.report.wording import for_plotly, shorten_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.report.figures.figure import Figure
    from compare.report.look import Look, Paper

_MANY = 8  # more columns than these get a width of their own, so that names never lie on one another
_LEAST = 900  # pixels of that width
_ACROSS = 14  # characters of each of the two lines of a name where there are few


@dataclass(frozen=True)
class Cell:
    """One cell: its value on the colour scale, what stands in it, what it says when pointed at."""

    value: float | None
    text: str
    told: str


@dataclass(frozen=True)
class Grid:
    """Rows of cells.

    Attributes:
        columns: the names above.
        rows: the labels beside, as they are.
        cells: rows of cells; None where there is none.
        colours: the scale: evenly spread, or with `steps` a colour for each whole number.
        notes: what is said below, line by line.
    """

    columns: Sequence[str]
    rows: Sequence[str]
    cells: Sequence[Sequence[Cell | None]]
    colours: Sequence[str]
    steps: bool = True
    notes: Sequence[str] = field(default=())


def key(looks: Sequence[Look]) -> list[str]:
    """Give the words for the symbols, in lines of three."""
    words = [f"{look.symbol} {look.word}" for look in looks]
    return [" · ".join(words[start : start + 3]) for start in range(0, len(words), 3)]


def draw_grid(grid: Grid, paper: Paper) -> Figure:
    """Draw a grid that is as high as its rows need and as wide as there is room for."""
    small = paper.size - 1
    short = shorten_all(grid.columns, NAME_WIDTH)
    names = [[name] for name in short] if len(short) > _MANY else [wrapped(name, _ACROSS) for name in short]
    top = max(text_width(line, small) for name in names for line in name) + 8  # if they stand upright
    labels = [wrapped(label) for label in grid.rows]
    left = max((text_width(line, small) for label in labels for line in label), default=0) + 20
    figure = begin(paper, dragmode=False, margin={"l": left, "r": 12, "b": 8})
    figure.add_heatmap(
        x=list(range(len(grid.columns))),
        y=list(range(len(grid.rows))),
        z=[[cell.value if cell else None for cell in line] for line in grid.cells],
        text=[[cell.text if cell else "" for cell in line] for line in grid.cells],
        hovertext=[[cell.told if cell else "" for cell in line] for line in grid.cells],
        **_scale(grid),
        showscale=False,
        xgap=2,
        ygap=2,
        texttemplate="%{text}",
        textfont={"size": paper.size if grid.steps else paper.size - 2, "weight": 600},
        hoverinfo="text",
        hoverongaps=False,
    )
    # Positions with tick texts, not categories: equal or numeric names would melt into one column.
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
    if len(names) > _MANY:
        figure.update_layout(width=max(left + 12 + 2 * paper.size * len(names), _LEAST))
    figure.least_width = round(left + 12 + 2.5 * paper.size * len(names))
    note(figure, grid.notes, left, paper)
    row = 2.5 * small + 4 if any(len(label) > 1 for label in labels) else 1.25 * small + 14
    return heights(figure, len(labels), row, top)


def _scale(grid: Grid) -> dict[str, Any]:
    """The colour scale: bands of one colour for states, or colours that run into one another."""
    n = len(grid.colours)
    if grid.steps:
        bands = [[(i + side) / n, colour] for i, colour in enumerate(grid.colours) for side in (0, 1)]
        return {"colorscale": bands, "zmin": -0.5, "zmax": n - 0.5}
    return {"colorscale": [[i / (n - 1), colour] for i, colour in enumerate(grid.colours)], "zmin": 0, "zmax": 1}
