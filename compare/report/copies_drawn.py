"""Copies of one text as bars: what each shares with the others, what is its own, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.view import given
from compare.report.wording import count, percent, plain, shorten
from compare.tables import HEADLINE

if TYPE_CHECKING:
    from compare.report.view import View

_LEFT, _BAR, _WIDTH, _ROW, _HEAD = 190, 420, 900, 34, 30  # pixels of the drawing
_NAME = 26  # characters of an outlet's name in it


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
            (part, round(_LEFT + start * unit, 1), round(length * unit, 1))
            for part, lengths in _pieces(row).items()
            for start, length in lengths
        ]
        bars.append({"outlet": shorten(row["outlet"], _NAME), "y": y, "parts": parts, "says": _says(row)})
        y += _ROW
    return {"width": _WIDTH, "height": y + 6, "left": _LEFT, "beside": _LEFT + _BAR, "heads": heads, "bars": bars}


def wire_rows(view: View) -> list[dict[str, Any]]:
    """Give a row per article that is a copy, by text, the fullest copy of each first.

    Returns:
        Rows with text (its number), agency (or nothing), outlet, kind (as `wire` in the WIRE table), fullest,
        sentences (printed, without boilerplate), added (share of its words that no other copy has), cut and missing
        (sentences of the fullest copy that it lacks).
    """
    story = view.comparison
    told = ~story.sentences["boilerplate"].astype(bool) & (story.sentences["index"] != HEADLINE)
    printed = story.sentences.loc[told, "article_id"].value_counts()
    copies = story.wire[story.wire["wire"] != "own"].to_dict("records")
    texts = {group: number for number, group in enumerate(dict.fromkeys(row["group_id"] for row in copies), 1)}
    agencies = {row["group_id"]: row["agency"] for row in copies if given(row["agency"])}
    rows = [
        {
            "text": texts[row["group_id"]],
            "agency": plain(agencies.get(row["group_id"], "")),
            "outlet": row["outlet"],
            "kind": row["wire"],
            "fullest": row["source_article_id"] == row["article_id"],
            "sentences": int(printed.get(row["article_id"], 0)),
            "added": float(row["added"]),
            "cut": row["cut"],
            "missing": int(row["cut_sentences"]),
        }
        for row in copies
    ]
    return sorted(rows, key=lambda row: (row["text"], not row["fullest"], -row["sentences"]))


def _pieces(row: dict[str, Any]) -> dict[str, list[tuple[float, float]]]:
    """Where each part of a bar begins and how long it is, by the part's class."""
    own = row["sentences"] * row["added"]
    shared, missing = row["sentences"] - own, row["missing"]
    if row["cut"] == "middle":
        order = [("shared", shared / 2), ("missing", missing), ("shared", shared / 2), ("own", own)]
    elif row["cut"] == "both":
        order = [("shared", shared / 2), ("missing", missing / 2), ("shared", shared / 2), ("own", own)]
        order.append(("missing", missing / 2))
    else:
        order = [("shared", shared), ("own", own), ("missing", float(missing))]
    found: dict[str, list[tuple[float, float]]] = {"shared": [], "own": [], "missing": []}
    at = 0.0
    for name, length in order:
        if length:
            found[name].append((at, length))
        at += length
    return found


def _says(row: dict[str, Any]) -> str:
    said = count(row["sentences"], "sentence")
    if row["missing"]:
        said += f", lacks {row['missing']}"
    if row["added"] >= 0.005:  # what is less rounds to nothing
        said += f", {percent(row['added'])} own words"
    return said
