"""Who covers which stories at all: before anything can be left out of a story, the story can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.report.record.estimates import Estimate, Scale, scale_of

if TYPE_CHECKING:
    from compare.report.record.view import Outlet, Record, Story


@dataclass(frozen=True)
class Covers:
    """An outlet: how many of the stories it has, which of them alone, and a stroke for each, in their order."""

    outlet: Outlet
    share: Estimate
    alone: int
    strokes: str


@dataclass(frozen=True)
class Selection:
    """Which stories every outlet covers."""

    rows: list[Covers]
    scale: Scale
    stories: list[Story]
    dated: bool


def selection(record: Record) -> Selection:
    """Give each outlet's choice of stories."""
    rows = [
        Covers(
            outlet,
            record.estimates[outlet.name, "selection", "printed"],
            int(outlet.printed["alone"]),
            _strokes([outlet.number in story.outlets for story in record.stories]),
        )
        for outlet in record.outlets
    ]
    return Selection(rows, scale_of(row.share for row in rows), record.stories, any(s.day for s in record.stories))


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
