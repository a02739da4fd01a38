"""Every story of a folder of pages in a list that leads to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.report.record.view import Outlet, Record, Story

_FAILED = 100  # stories without a page that are named


@dataclass(frozen=True)
class Listed:
    """A story: how many claims it has, and of those available to its outlets the percentage that they leave out."""

    story: Story
    claims: int
    left_out: int | None


@dataclass(frozen=True)
class Stories:
    """The list, in the record's order, and the stories that have no page because they could not be compared."""

    rows: list[Listed]
    outlets: list[Outlet]
    failed: list[str]
    more_failed: int


def stories(record: Record) -> Stories | None:
    """Give the list; None where the record stands alone."""
    if not record.pages:
        return None
    counts = record.corpus.outlet_stories
    sums = counts[counts["version"] == "printed"].groupby("story_id")[["omitted", "claims"]].sum()
    left_out = {
        story: round(100 * omitted / available) if available else None
        for story, omitted, available in sums.itertuples()
    }
    claims = record.corpus.table("claims", ["claim_id"])["story_id"].value_counts()
    failed = list(record.corpus.failed)
    return Stories(
        [Listed(story, int(claims.get(story.story_id, 0)), left_out.get(story.story_id)) for story in record.stories],
        record.outlets,
        failed[:_FAILED],
        len(failed[_FAILED:]),
    )
