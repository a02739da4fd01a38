"""Carriage corrected for the toolkit's errors beside carriage as it decides, where coders checked a sample."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

from compare.report.record.between import AT_MOST, LEVEL
from compare.report.record.estimates import Estimate, Scale, scale_of, small

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.record.view import Outlet, Record


@dataclass(frozen=True)
class Row:
    """An outlet: its rate as decided and corrected, and how many of its decisions were coded."""

    outlet: Outlet
    decisions: int
    coded: int
    as_decided: Estimate
    corrected: Estimate


@dataclass(frozen=True)
class Pair:
    """Two outlets, the one whose corrected rate is higher first."""

    one: str
    other: str
    as_decided: Estimate
    difference: Estimate
    p: str
    q: str
    certain: bool

    @property
    def warning(self) -> str:
        """What to beware of."""
        return self.difference.warning


@dataclass(frozen=True)
class Pairs:
    """The surest of one family of differences, on one scale; how many there are, and how many are beyond chance."""

    of: str
    shown: list[Pair]
    tests: int
    certain: int
    scale: Scale


@dataclass(frozen=True)
class Corrected:
    """Corrected rates, and the differences between outlets' and, if they are grouped, groups' rates."""

    rows: list[Row]
    scale: Scale
    families: list[Pairs]


def corrected(record: Record) -> Corrected | None:
    """Give what is corrected; None without validation."""
    validation = record.corpus.validation
    if validation is None:
        return None
    from compare.validation.record import available_rates

    table = available_rates(validation)
    found = {row["group"]: row for row in table.to_dict("records")}
    rows = [
        Row(
            outlet,
            found[outlet.name]["decisions"],
            found[outlet.name]["coded"],
            as_decided=record.as_decided[outlet.name, "carriage", "printed"],
            corrected=record.estimates[outlet.name, "carriage", "printed"],
        )
        for outlet in record.outlets
        if outlet.name in found
    ]
    families = []
    if len(rows) > 1:
        families.append(_family("outlet", record.corpus.corrected_differences()))
    if record.groups is not None:
        families.append(_family("group", record.corpus.corrected_differences(groups=record.groups)))
    scale = scale_of(one for row in rows for one in (row.as_decided, row.corrected))
    return Corrected(rows, scale, [family for family in families if family.tests])


def _family(of: str, table: pd.DataFrame) -> Pairs:
    pairs = _pairs(table)
    shown = pairs[:AT_MOST]
    scale = scale_of((pair.difference for pair in shown), zero=True)
    return Pairs(of, shown, len(pairs), sum(pair.certain for pair in pairs), scale)


def _pairs(table: pd.DataFrame) -> list[Pair]:
    pairs = []
    for row in table[table["estimate"].notna()].to_dict("records"):
        names = row["group"], row["other"]
        decided, found = (
            Estimate(row["as_decided"], nan, nan),
            Estimate(row["estimate"], row["low"], row["high"], row["note"]),
        )
        if found.value < 0:
            names, decided, found = names[::-1], decided.turned, found.turned
        p, q = row["p_value"], row["p_adjusted"]
        pairs.append(Pair(*names, decided, found, small(p), small(q), certain=bool(q < LEVEL)))
    return sorted(pairs, key=lambda pair: (not pair.certain, -abs(pair.difference.value), pair.one, pair.other))
