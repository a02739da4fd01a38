"""The outlets' record: what each carried, left out and quoted, as printed and with wire copies collapsed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.record.estimates import scale_of

if TYPE_CHECKING:
    from compare.report.record.view import Record

_DRAWN = {
    "carriage": "carriage",
    "omission": "omission",
    "only_here": "only here",
    "prominence": "prominence",
    "wire": "wire",
}
_KINDS = ("named", "unnamed", "institution", "document", "unknown", "official")


def record_table(record: Record) -> dict[str, Any]:
    """Give the record of all outlets; one version where no article is a copy.

    Returns:
        versions: as printed, and with copies collapsed, each with a row of `_rows` for every outlet; carriage,
        omission: their common scales; corrected: whether some rates are; kinds: the kinds of sources that there are.
    """
    headings = {"printed": "as printed"} | ({"collapsed": "wire copies as one voice"} if record.copies else {})
    rows = {name: _rows(record, name) for name in headings}
    drawn = [row for version in rows.values() for row in version]
    return {
        "versions": [{"name": name, "heading": headings[name], "rows": rows[name]} for name in headings],
        "carriage": scale_of(row["carriage"] for row in drawn),
        "omission": scale_of(row["omission"] for row in drawn),
        "corrected": any(row["carriage"].validated for row in drawn),
        "kinds": [kind for kind in _KINDS if any(row["counts"][kind] for row in drawn)],
    }


def _rows(record: Record, version: str) -> list[dict[str, Any]]:
    """Each outlet with its counts, and the rates that are drawn."""
    rows = []
    for outlet in record.outlets:
        counts = outlet.printed if version == "printed" else outlet.collapsed
        drawn = {name: record.estimates[outlet.name, measure, version] for name, measure in _DRAWN.items()}
        rows.append({"outlet": outlet, "counts": counts, "warning": counts["warning"], **drawn})
    return rows
