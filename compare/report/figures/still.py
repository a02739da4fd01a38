"""A figure without scripts: its values as a table or a list, for notebooks opened offline."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from compare.report.render import environment

if TYPE_CHECKING:
    from collections.abc import Iterable

    import plotly.graph_objects as go

_TAG = re.compile(r"<[^<>]*>")  # in plotly's labels


def still_html(figure: go.Figure, drawn: str) -> str:
    """Return a figure's HTML followed by its values, which are hidden as soon as plotly has drawn the figure.

    `drawn` is plotly's HTML; it may be empty.
    """
    heads: list[str] = []
    rows: list[tuple[str, list[tuple[str, str]]]] = []  # a name and, for each column, a text and its state
    said: list[str] = []
    for trace in figure.data:
        if trace.type == "heatmap":
            heads = _plain(figure.layout.xaxis.ticktext)
            for texts, hovers in zip(trace.text, trace.hovertext, strict=True):
                name = next(filter(None, hovers)).split("<br>")[0]
                states = _plain(hover.split("<br>")[-1] for hover in hovers)
                rows.append((_plain([name])[0], list(zip(_plain(texts), states, strict=True))))
        elif trace.type == "bar":
            rows = rows or [(name, []) for name in _plain(figure.layout.yaxis.ticktext)]
            heads += _plain([trace.name])
            for (_, cells), value in zip(rows, trace.x, strict=True):
                cells.append((f"{value:g}", ""))
        elif trace.hoverinfo != "skip" and trace.hovertext is not None:  # a line has one text
            said += _plain([trace.hovertext] if isinstance(trace.hovertext, str) else trace.hovertext)
    notes = [line for note in figure.layout.annotations if note.xref == "paper" for line in note.text.split("<br>")]
    page = environment().get_template("still.html.j2")
    return page.render(drawn=drawn, heads=heads, rows=rows, said=said, notes=_plain(notes))


def _plain(labels: Iterable[str]) -> list[str]:
    """Return the labels as plotly shows them: without tags, with entities resolved."""
    return [" ".join(html.unescape(_TAG.sub(" ", label)).split()) for label in labels]
