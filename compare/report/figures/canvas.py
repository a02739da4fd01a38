"""Parts shared by all figures: a blank figure, axis names, notes below, and a sentence if there is nothing to draw."""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any

from compare.report.look import use_template
from compare.report.wording import for_plotly, shorten, shorten_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.report.figures.figure import Figure
    from compare.report.look import Paper

NAME_WIDTH = 22  # characters of an outlet's name
LABEL_WIDTH = 30  # characters of each of the two lines of a claim beside its row
_NOTE = 300  # estimated pixels of a line below the figure, narrow enough for a phone
_EDGE = 8  # pixels between the text and the figure's edge
_GAP = 4  # pixels between a name and its row


def begin(paper: Paper, **layout: Any) -> Figure:
    """Return a blank figure on this paper."""
    from compare.report.figures.figure import Figure

    return Figure(layout={"template": use_template(paper), **layout})


def nothing(sentence: str, paper: Paper) -> Figure:
    """Return a figure that says why there is nothing to draw."""
    figure = begin(paper, height=60 + 2 * paper.size, margin=dict.fromkeys("lrtb", 16))
    figure.update_xaxes(visible=False, fixedrange=True).update_yaxes(visible=False, fixedrange=True)
    lines = textwrap.wrap(sentence, round(_NOTE / (0.56 * paper.size)))
    return written(figure, lines, y=0.5, font={"color": paper.pale})


def note(figure: Figure, lines: Sequence[str], left: int, paper: Paper, below: int = 0) -> Figure:
    """Write lines below the figure from its left edge, narrow enough for a phone; `below` is the axis's height."""
    size = paper.size - 1
    width = round(_NOTE / (0.56 * size))
    text = [part for line in lines for part in textwrap.wrap(line, width, break_on_hyphens=False)]
    font = {"size": size, "color": paper.pale}
    written(figure, text, y=0, yanchor="top", xshift=_EDGE - left, yshift=-below - 6, font=font)
    figure.update_layout(margin={"b": below + round(1.32 * size * len(text)) + 18})
    return figure


def written(figure: Figure, lines: Sequence[str], **where: Any) -> Figure:
    """Write lines, starting at the left edge of the plot."""
    text = "<br>".join(for_plotly(line) for line in lines)
    place = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left"}
    figure.add_annotation(text=text, showarrow=False, align="left", **place, **where)
    return figure


def text_width(text: str, size: float) -> int:
    """Estimate a line's width in pixels, erring on the high side."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return round((0.55 * (len(text) - wide) + wide) * size)


def wrapped(text: str, width: int = LABEL_WIDTH, lines: int = 2) -> list[str]:
    """Break a text into at most `lines` lines and shorten the last one."""
    whole = textwrap.wrap(shorten(text, width * lines), width, break_on_hyphens=False)
    return [*whole[: lines - 1], shorten(" ".join(whole[lines - 1 :]), width)] if len(whole) > lines else whole


def names_beside(figure: Figure, names: Sequence[str], paper: Paper) -> None:
    """Write the outlets' names beside their rows, the first on top, and set the left margin to fit them."""
    short = shorten_all(names, NAME_WIDTH)
    figure.update_yaxes(
        tickvals=list(range(len(short))),
        ticktext=[for_plotly(name) for name in short],
        range=[len(short) - 0.4, -0.6],
        fixedrange=True,
        ticklabelstandoff=_GAP,
    )
    left = _GAP + max((text_width(name, paper.size) for name in short), default=0) + 2 * _EDGE
    figure.update_layout(margin={"l": left})


def heights(figure: Figure, lines: int, line: float, top: int = 0) -> Figure:
    """Set the figure's height to fit its lines and margins."""
    figure.update_layout(margin={"t": top + _EDGE})
    figure.update_layout(height=round(line * max(lines, 1)) + figure.layout.margin.b + top + 2 * _EDGE)
    return figure


def whiskers(rows: Sequence[dict[str, Any]], name: str, colour: str, thickness: float = 1.6) -> dict[str, Any]:
    """Return error bars from each row's `low` to `high` around the value `name`; none where the interval is missing."""

    def reach(row: dict[str, Any], end: str, sign: int) -> float:
        known = row[end] is not None and row[end] == row[end]
        return max(sign * (row[end] - row[name]), 0.0) if known else 0.0

    return {
        "type": "data",
        "symmetric": False,
        "array": [reach(row, "high", 1) for row in rows],
        "arrayminus": [reach(row, "low", -1) for row in rows],
        "color": colour,
        "thickness": thickness,
        "width": 0,
    }
