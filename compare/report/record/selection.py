"""Who covers which stories at all: before anything can be left out of a story, the story can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.record.estimates import scale_of

if TYPE_CHECKING:
    from compare.report.record.view import Record


def selection(record: Record) -> dict[str, Any]:
    """Give each outlet's choice of stories: how many it has, which alone, and a stroke for each, in their order."""
    rows: list[dict[str, Any]] = [
        {
            "outlet": outlet,
            "share": record.estimates[outlet.name, "selection", "printed"],
            "alone": int(outlet.printed["alone"]),
            "strokes": _strokes([outlet.number in story.outlets for story in record.stories]),
        }
        for outlet in record.outlets
    ]
    scale = scale_of(row["share"] for row in rows)
    return {"rows": rows, "scale": scale, "stories": record.stories, "dated": any(s.day for s in record.stories)}


def _strokes(covered: list[bool]) -> str:
    """Runs of covered stories as the path of an SVG drawing, one unit a story."""
    path, start = [], None
    for place, one in enumerate([*covered, False]):
        if one and start is None:
            start = place
        elif not one and start is not None:
            path.append(f"M{start} 0h{place - start}v1h-{place - start}z")
            start = None
    return "".join(path)
