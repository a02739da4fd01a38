"""The outlets' record: what each carried, left out and quoted, as printed and with wire copies collapsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.report.record.estimates import Estimate, Scale, scale_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.report.record.view import Outlet, Record

_KINDS = ("named", "unnamed", "institution", "document", "unknown", "official")


@dataclass(frozen=True)
class Row:
    """An outlet in the record: its counts, and the rates that are drawn."""

    outlet: Outlet
    counts: Mapping[Any, Any]
    carriage: Estimate
    omission: Estimate
    only_here: Estimate
    prominence: Estimate
    wire: Estimate

    @property
    def warning(self) -> str:
        """What to beware of."""
        return str(self.counts["warning"])


@dataclass(frozen=True)
class Version:
    """The record as printed, or with copies collapsed."""

    name: str
    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class RecordTable:
    """All versions of the record, drawn on common scales.

    Attributes:
        corrected: whether some rates are corrected.
        kinds: the kinds of sources that there are at all.
    """

    versions: list[Version]
    carriage: Scale
    omission: Scale
    corrected: bool
    kinds: list[str]


def record_table(record: Record) -> RecordTable:
    """Give the record of all outlets; one version where no article is a copy."""
    versions = [Version("printed", "as printed", _rows(record, "printed"))]
    if record.copies:
        versions.append(Version("collapsed", "wire copies as one voice", _rows(record, "collapsed")))
    drawn = [row for version in versions for row in version.rows]
    return RecordTable(
        versions,
        scale_of(row.carriage for row in drawn),
        scale_of(row.omission for row in drawn),
        any(row.carriage.validated for row in drawn),
        [kind for kind in _KINDS if any(row.counts[kind] for row in drawn)],
    )


def _rows(record: Record, version: str) -> list[Row]:
    rows = []
    for outlet in record.outlets:
        found = {
            measure: record.estimates[outlet.name, measure, version]
            for measure in ("carriage", "omission", "only here", "prominence", "wire")
        }
        counts = outlet.printed if version == "printed" else outlet.collapsed
        rows.append(Row(outlet, counts, *found.values()))
    return rows
