"""The outlets' rates, a section for each outlet, who covers what, and the list of stories."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from compare.report.record.view import LEVEL, Scale, scale_of, signed

if TYPE_CHECKING:
    from compare.report.record.view import Outlet, Record

STORIES = 8  # most stories listed for an outlet, by omissions
_NAMED = 4  # most outlets named in a sentence
_FAILED = 100  # most stories without a page that are named
_DRAWN = ("carriage", "omission", "only here", "prominence", "wire")
_KINDS = ("named", "unnamed", "institution", "document", "unknown", "official")
_MEASURES = {
    "carriage": "carries, of the claims available to it",
    "omission": "leaves out, of these",
    "alteration": "changes the meaning, of the claims that it carries",
    "only here": "tells alone, of all claims that it makes",
    "prominence": "how high it puts what others tell too (1 lead, 0.5 end)",
    "quotations kept": "gives in full, of the quotations available to it",
    "quotations trimmed": "trims, of these",
    "quotations dropped": "drops, of these",
    "named sources": "persons with a name, of its sources",
    "unnamed sources": "persons without a name, of these",
    "official sources": "holders of public office, of these",
    "wire": "copies of a text that others run too, of its articles",
}


def record_table(record: Record) -> dict[str, Any]:
    """Return the record of all outlets, a row for each; a single version if no article is a copy."""
    headings = {"printed": "as printed"}
    if record.results.copies:
        headings["collapsed"] = "wire copies as one voice"
    rows: dict[str, list[dict[str, Any]]] = {}
    for version in headings:
        rows[version] = []
        for outlet in record.outlets:
            counts = outlet.printed if version == "printed" else outlet.collapsed
            drawn = {name.replace(" ", "_"): record.estimates[outlet.name, name, version] for name in _DRAWN}
            rows[version].append({"outlet": outlet, "counts": counts, "warning": counts["warning"], **drawn})
    every = [row for version in rows.values() for row in version]
    return {
        "versions": [{"name": name, "heading": headings[name], "rows": rows[name]} for name in headings],
        "carriage": scale_of(row["carriage"] for row in every),
        "omission": scale_of(row["omission"] for row in every),
        "corrected": any(row["carriage"].validated for row in every),
        "kinds": [kind for kind in _KINDS if any(row["counts"][kind] for row in every)],
    }


def each_outlet(record: Record) -> dict[str, Any]:
    """Return every outlet's own record, and a story's id as an example; shares are drawn from 0 to 1."""
    left_out = _left_out(record)
    outlets = []
    for outlet in record.outlets:
        more, less, tested = _differs(record, outlet)
        said = {"more_than": more, "less_than": less, "tested": tested, "stories": left_out.get(outlet.name, [])}
        outlets.append({"outlet": outlet, "lines": _lines(record, outlet), **said})
    example, copies = record.stories[0].story_id, record.results.copies
    return {"outlets": outlets, "copies": copies, "example": example, "scale": Scale(0, 1), "named": _NAMED}


def _lines(record: Record, outlet: Outlet) -> list[dict[str, Any]]:
    """Return for each measure the outlet's figure and the median of the others."""
    lines = []
    for measure, meaning in _MEASURES.items():
        found = {other.name: record.estimates[other.name, measure, "printed"] for other in record.outlets}
        printed = found.pop(outlet.name)
        others = [one.value for one in found.values() if one.known]
        if printed.known:
            known = {"estimate": printed, "collapsed": record.estimates[outlet.name, measure, "collapsed"]}
            middle = median(others) if others else float("nan")
            lines.append({"meaning": meaning, **known, "others": middle, "mean": measure == "prominence"})
    return lines


def _differs(record: Record, outlet: Outlet) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Return the outlets that it carries more than and less than, beyond chance, and how many were compared."""
    table = record.results.differences.get("printed")
    if table is None:
        return [], [], 0
    rows = table[(table["measure"] == "carriage") & table["difference"].notna()]
    mine = rows[(rows["one"] == outlet.name) | (rows["other"] == outlet.name)]
    certain = mine[mine["q_value"] < LEVEL].to_dict("records")
    found = [
        (r["difference"], r["other"]) if r["one"] == outlet.name else (-r["difference"], r["one"]) for r in certain
    ]
    found.sort(key=lambda one: (-abs(one[0]), one[1]))
    more, less = (
        [
            {"number": record.numbers[name], "name": name, "points": signed(value)}
            for value, name in found
            if (value > 0) == side
        ]
        for side in (True, False)
    )
    return more, less, len(mine)


def _left_out(record: Record) -> dict[str, list[dict[str, Any]]]:
    counts = record.results.outlet_stories
    rows = counts[(counts["version"] == "printed") & (counts["omitted"] > 0)]
    rows = rows.sort_values(["omitted", "claims"], ascending=False, kind="stable")
    stories = {story.story_id: story for story in record.stories}
    return {
        str(name): [
            {"story": stories[row["story_id"]], "omitted": row["omitted"], "claims": row["claims"]}
            for row in mine.head(STORIES).to_dict("records")
        ]
        for name, mine in rows.groupby("outlet", sort=False)
    }


def selection(record: Record) -> dict[str, Any]:
    """Return each outlet's choice of stories: how many it covers, how many alone, and a stroke for each, in order."""
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
    """Return the runs of covered stories as an SVG path, one unit per story."""
    path, start = [], None
    for place, one in enumerate([*covered, False]):
        if one and start is None:
            start = place
        elif not one and start is not None:
            path.append(f"M{start} 0h{place - start}v1h-{place - start}z")
            start = None
    return "".join(path)


def stories(record: Record) -> dict[str, Any] | None:
    """Return every story with its claims and the percentage left out; None if the record has no story pages."""
    if not record.pages:
        return None
    counts = record.results.outlet_stories
    sums = counts[counts["version"] == "printed"].groupby("story_id")[["omitted", "claims"]].sum()
    left_out = {
        story: round(100 * omitted / claims) if claims else None for story, omitted, claims in sums.itertuples()
    }
    rows = [
        {
            "story": story,
            "claims": int(record.results.claims.get(story.story_id, 0)),
            "left_out": left_out.get(story.story_id),
        }
        for story in record.stories
    ]
    failed = list(record.results.manifest.failed)
    return {"rows": rows, "outlets": record.outlets, "failed": failed[:_FAILED], "more_failed": len(failed[_FAILED:])}
