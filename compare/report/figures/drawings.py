"""The matrix and the timeline as SVG of the toolkit's own making: no browser, no plotly, every word escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compare.report.figures.canvas import text_width, wrapped
from compare.report.look import FONT, LOOK_OF, LOOKS, PAPERS
from compare.report.render import environment
from compare.report.timeline import drawing
from compare.report.wording import OMISSION_NOTE, plain, shorten_all, sureness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.report.look import Paper
    from compare.report.timeline import Moment

_CELL, _LABEL, _NAME = 32, 36, 26  # pixels; characters of a line of a claim, and of a name
# What XML 1.0 cannot hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml(text: str) -> str:
    """Give a text without the characters that no XML file may hold."""
    return _NOT_XML.sub("", text)


def matrix_svg(rows: Sequence[dict[str, Any]], outlets: Sequence[str], paper: Paper) -> str:
    """Draw claims x outlets as SVG.

    Args:
        rows: what `matrix_rows` gives.
        outlets: the columns.
        paper: what it is drawn on.
    """
    names = shorten_all([plain(outlet) for outlet in outlets], _NAME)
    claims = {row["number"]: wrapped(f"{row['number']}  {row['claim']}", _LABEL) for row in rows}
    lines = {number: line for line, number in enumerate(claims)}
    columns = {outlet: column for column, outlet in enumerate(outlets)}
    left = max(text_width(line, paper.size) for label in claims.values() for line in label) + 20
    slant = round(0.71 * max(text_width(name, paper.size) for name in names))
    top, room, row_height = slant + 24, 2 * paper.size, round(2.5 * paper.size)
    cells = [
        {
            "x": left + _CELL * columns[row["outlet"]],
            "y": top + row_height * lines[row["number"]],
            "look": LOOK_OF[row["state"]],
            "told": f"{row['number']}. {row['claim']} {plain(row['outlet'])}: {LOOK_OF[row['state']].word} "
            f"({sureness(row['state'], row['probability'])})",
        }
        for row in rows
    ]
    wide = left + _CELL * len(names) + slant + 16
    words = [[f"{look.symbol} {look.word}" for look in LOOKS[start : start + 4]] for start in range(0, len(LOOKS), 4)]
    notes = ["     ".join(line) for line in words] + [OMISSION_NOTE]
    return _render(
        "matrix.svg.j2",
        paper,
        labels=[(top + row_height * line, claims[number]) for number, line in lines.items()],
        names=[(left + _CELL * column + _CELL // 2, name) for column, name in enumerate(names)],
        cells=cells,
        notes=[(top + row_height * len(lines) + 8 + room * place, line) for place, line in enumerate(notes, 1)],
        left=left,
        top=top,
        cell=_CELL,
        row=row_height,
        width=max(wide, max(text_width(line, paper.size) for line in notes) + 24),
        height=top + row_height * len(lines) + 24 + room * len(notes),
    )


def timeline_svg(moments: Sequence[Moment], paper: Paper, notes: Sequence[str]) -> str:
    """Draw the articles in time as SVG: the drawing of the report's page, on a paper of its own."""
    drawn = drawing(moments)
    room, larger = 2 * paper.size, paper.size / PAPERS["light"].size
    width, high = round(drawn["width"] * larger), round(drawn["height"] * larger)
    return _render(
        "timeline_alone.svg.j2",
        paper,
        timeline=drawn,
        drawn=high,
        notes=[(high + room * place, line) for place, line in enumerate(notes, 1)],
        width=width,
        height=high + room * len(notes) + 16,
    )


def _render(template: str, paper: Paper, **matter: Any) -> str:
    return environment().get_template(template).render(paper=paper, font=FONT, **matter)
