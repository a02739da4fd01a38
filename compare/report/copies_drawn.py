"""Copies of one text as bars: what each shares with the others, what is its own, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.wire import pieces, wire_rows
from compare.report.wording import count, percent, plain, shorten

if TYPE_CHECKING:
    from compare.report.view import View

_LEFT, _BAR, _WIDTH, _ROW, _HEAD = 190, 420, 900, 34, 30  # pixels of the drawing
_NAME = 26  # characters of an outlet's name in it
_CLASSES = {"in other copies too": "shared", "in no other copy": "own", "missing": "missing"}


def copies_drawing(view: View) -> dict[str, Any]:
    """Lay out the copies by the text that they are of, the fullest of each first; one sentence is as wide everywhere.

    Returns:
        What `copies.svg.j2` draws: width, height, left, beside (pixels), heads as (y, words), and bars, each with
        outlet, y, parts as (class, x, width) and says; nothing without copies.
    """
    rows = wire_rows(view)
    if not rows:
        return {}
    longest = max(row["sentences"] + row["missing"] for row in rows)
    unit = _BAR / max(longest, 1)
    heads, bars, y, text = [], [], 0, 0
    for row in rows:
        if row["text"] != text:
            text = row["text"]
            heads.append((y + 20, f"Text {text}" + (f", from {plain(row['agency'])}" if row["agency"] else "")))
            y += _HEAD
        parts = [
            (_CLASSES[part], round(_LEFT + start * unit, 1), round(length * unit, 1))
            for part, lengths in pieces(row).items()
            for start, length in lengths
        ]
        bars.append({"outlet": shorten(row["outlet"], _NAME), "y": y, "parts": parts, "says": _says(row)})
        y += _ROW
    return {"width": _WIDTH, "height": y + 6, "left": _LEFT, "beside": _LEFT + _BAR, "heads": heads, "bars": bars}


def _says(row: dict[str, Any]) -> str:
    said = count(row["sentences"], "sentence")
    if row["missing"]:
        said += f", lacks {row['missing']}"
    if row["added"] >= 0.005:  # what is less rounds to nothing
        said += f", {percent(row['added'])} own words"
    return said
