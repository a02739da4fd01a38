"""Every story of a folder of pages in a list that leads to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.tables.parts import top_claims

if TYPE_CHECKING:
    from compare.report.record.view import Record

_FAILED = 100  # stories without a page that are named


def stories(record: Record) -> dict[str, Any] | None:
    """Give the list; None where the record stands alone.

    Returns:
        rows, in the record's order: a story, how many claims it has, and of those available to its outlets the
        percentage that they leave out; outlets; failed, and more_failed: the stories that could not be compared.
    """
    if not record.pages:
        return None
    counts = record.corpus.outlet_stories
    sums = counts[counts["version"] == "printed"].groupby("story_id")[["omitted", "claims"]].sum()
    left_out = {
        story: round(100 * omitted / available) if available else None
        for story, omitted, available in sums.itertuples()
    }
    claims = top_claims(record.corpus.table("claims", ["claim_id", "part_of"]))["story_id"].value_counts()
    failed = list(record.corpus.failed)
    rows = [
        {
            "story": story,
            "claims": int(claims.get(story.story_id, 0)),
            "left_out": left_out.get(story.story_id),
        }
        for story in record.stories
    ]
    return {
        "rows": rows,
        "outlets": record.outlets,
        "failed": failed[:_FAILED],
        "more_failed": len(failed[_FAILED:]),
    }
