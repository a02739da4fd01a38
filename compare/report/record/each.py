"""Each outlet by itself: its rates beside the others', whom it differs from, and where it left out most."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from compare.report.record.estimates import LEVEL, Scale, signed

if TYPE_CHECKING:
    from compare.report.record.view import Outlet, Record

STORIES = 8  # those with most omissions that are listed
_NAMED = 4  # outlets that a sentence names
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


def each_outlet(record: Record) -> dict[str, Any]:
    """Give every outlet's own record, and a story's id as an example; shares are drawn from 0 to 1."""
    left_out = _left_out(record)
    outlets = []
    for outlet in record.outlets:
        more, less, tested = _differs(record, outlet)
        stories = left_out.get(outlet.name, [])
        said = {"more_than": more, "less_than": less, "tested": tested, "stories": stories}
        outlets.append({"outlet": outlet, "lines": _lines(record, outlet), **said})
    example = record.stories[0].story_id
    return {"outlets": outlets, "copies": record.copies, "example": example, "scale": Scale(0, 1), "named": _NAMED}


def _lines(record: Record, outlet: Outlet) -> list[dict[str, Any]]:
    """Each measure: the outlet's figure, and the median of the others'."""
    lines = []
    for measure, meaning in _MEASURES.items():
        others = [
            one.value
            for other in record.outlets
            if other is not outlet and (one := record.estimates[other.name, measure, "printed"]).known
        ]
        printed, collapsed = (record.estimates[outlet.name, measure, version] for version in ("printed", "collapsed"))
        if printed.known:
            middle = median(others) if others else float("nan")
            known = {"estimate": printed, "collapsed": collapsed, "others": middle}
            lines.append({"meaning": meaning, **known, "mean": measure == "prominence"})
    return lines


def _differs(record: Record, outlet: Outlet) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Whom it carries more than and less than, beyond chance, the largest first; and how many were compared."""
    table = record.differences
    if table is None:
        return [], [], 0
    rows = table[(table["measure"] == "carriage") & table["difference"].notna()]
    mine = rows[(rows["one"] == outlet.name) | (rows["other"] == outlet.name)]
    sides: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
    for row in mine[mine["q_value"] < LEVEL].to_dict("records"):
        first = row["one"] == outlet.name
        value = row["difference"] if first else -row["difference"]
        other = row["other"] if first else row["one"]
        sides[value > 0].append((value, other))
    more, less = (
        [
            {"number": record.numbers[name], "name": name, "points": signed(value)}
            for value, name in sorted(sides[side], key=lambda one: (-abs(one[0]), one[1]))
        ]
        for side in (True, False)
    )
    return more, less, len(mine)


def _left_out(record: Record) -> dict[str, list[dict[str, Any]]]:
    """Every outlet's stories with most omissions."""
    counts = record.corpus.outlet_stories
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
