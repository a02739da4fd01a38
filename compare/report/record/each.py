"""Each outlet by itself: its rates beside the others', whom it differs from, and where it left out most."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from compare.report.record.between import LEVEL
from compare.report.record.estimates import Estimate, Scale, signed

if TYPE_CHECKING:
    from compare.report.record.view import Outlet, Record, Story

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


@dataclass(frozen=True)
class Line:
    """A measure: the outlet's figure, and the median of the others'."""

    measure: str
    meaning: str
    estimate: Estimate
    collapsed: Estimate
    others: float
    mean: bool


@dataclass(frozen=True)
class LeftOut:
    """A story and how much of it the outlet left out."""

    story: Story
    omitted: int
    claims: int


@dataclass(frozen=True)
class Named:
    """Another outlet, and how many points lie between them."""

    number: int
    name: str
    points: str


@dataclass(frozen=True)
class OutletView:
    """One outlet's part of the page."""

    outlet: Outlet
    lines: list[Line]
    more_than: list[Named]
    less_than: list[Named]
    tested: int
    stories: list[LeftOut]


@dataclass(frozen=True)
class EachOutlet:
    """All outlets' parts; shares are drawn from 0 to 1."""

    outlets: list[OutletView]
    copies: bool
    example: str
    scale: Scale
    named: int = _NAMED


def each_outlet(record: Record) -> EachOutlet:
    """Give every outlet's own record."""
    left_out = _left_out(record)
    return EachOutlet(
        [
            OutletView(outlet, _lines(record, outlet), *_differs(record, outlet), left_out.get(outlet.name, []))
            for outlet in record.outlets
        ],
        record.copies,
        record.stories[0].story_id,
        Scale(0, 1),
    )


def _lines(record: Record, outlet: Outlet) -> list[Line]:
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
            lines.append(Line(measure, meaning, printed, collapsed, middle, measure == "prominence"))
    return lines


def _differs(record: Record, outlet: Outlet) -> tuple[list[Named], list[Named], int]:
    """Whom it carries more than and less than, beyond chance, the largest first; and how many were compared."""
    table = record.differences
    if table is None:
        return [], [], 0
    rows = table[(table["measure"] == "carriage") & table["difference"].notna()]
    mine = rows[(rows["one"] == outlet.name) | (rows["other"] == outlet.name)]
    sides: dict[bool, list[tuple[float, Named]]] = {True: [], False: []}
    for row in mine[mine["q_value"] < LEVEL].to_dict("records"):
        first = row["one"] == outlet.name
        value = row["difference"] if first else -row["difference"]
        other = row["other"] if first else row["one"]
        sides[value > 0].append((abs(value), Named(record.numbers[other], other, signed(value))))
    more, less = (
        [named for _, named in sorted(sides[side], key=lambda one: (-one[0], one[1].name))] for side in (True, False)
    )
    return more, less, len(mine)


def _left_out(record: Record) -> dict[str, list[LeftOut]]:
    """Every outlet's stories with most omissions."""
    counts = record.corpus.outlet_stories
    rows = counts[(counts["version"] == "printed") & (counts["omitted"] > 0)]
    rows = rows.sort_values(["omitted", "claims"], ascending=False, kind="stable")
    stories = {story.story_id: story for story in record.stories}
    return {
        str(name): [
            LeftOut(stories[row["story_id"]], row["omitted"], row["claims"])
            for row in mine.head(STORIES).to_dict("records")
        ]
        for name, mine in rows.groupby("outlet", sort=False)
    }
