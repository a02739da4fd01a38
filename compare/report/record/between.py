"""How outlets, or groups of them, differ in the stories that both cover, as the toolkit decides."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING, Any

from compare.report.record.estimates import LEVEL, Estimate, Scale, scale_of, signed, small, tested

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.view import Outlet, Record
    from compare.report.record.worded import Said

AT_MOST = 25  # differences of one measure that are listed: the matrix has the others
_AT_LEAST = 5  # so many are listed even if they may be chance
_OF_GROUPS = ("carriage", "alteration", "quotations dropped", "selection")


@dataclass(frozen=True)
class Difference:
    """Two outlets or groups, the one whose rate is higher first."""

    one: str
    rate_one: Estimate
    other: str
    rate_other: Estimate
    difference: Estimate
    stories: int
    p: str
    q: str
    p_outlets: str
    certain: bool
    evidence: tuple[Said, ...] = ()

    @property
    def warning(self) -> str:
        """What to beware of."""
        return self.difference.warning


@dataclass(frozen=True)
class Measured:
    """The largest differences of one measure, and where it is named by itself, its family of tests."""

    measure: str
    shown: list[Difference]
    certain: int
    tests: int
    scale: Scale
    family: str = ""


def differences(record: Record) -> dict[str, Any] | None:
    """Give the differences between outlets; None for an outlet alone.

    Returns:
        family, tests, measures, and matrix: each outlet with its cells, see `_matrix`.
    """
    table = record.differences
    if table is None or table["difference"].isna().all():
        return None
    return _of_family(table) | {"matrix": _matrix(record, table)}


def groups(record: Record) -> dict[str, Any] | None:
    """Give the differences between groups of outlets; None where no groups were given."""
    if record.groups is None:
        return None
    return _of_family(record.decided.differences(_OF_GROUPS, groups=record.groups))


def _of_family(table: pd.DataFrame) -> dict[str, Any]:
    return {
        "family": str(table["family"].iloc[0]),
        "tests": int(table["tests"].iloc[0]),
        "measures": _measured(table),
    }


def of_measure(table: pd.DataFrame, measure: str) -> list[Difference]:
    """Give the differences of a measure, those beyond chance first, then the larger first."""
    rows = table[(table["measure"] == measure) & table["difference"].notna()].to_dict("records")
    return largest([ordered(row) for row in rows])


def largest(pairs: list[Difference]) -> list[Difference]:
    """Put those beyond chance first, then the larger first."""
    return sorted(pairs, key=lambda pair: (not pair.certain, -abs(pair.difference.value), pair.one, pair.other))


def _measured(table: pd.DataFrame) -> list[Measured]:
    found = []
    for measure in table["measure"].unique():
        pairs = of_measure(table, measure)
        if pairs:
            certain = sum(pair.certain for pair in pairs)
            shown = pairs[: min(AT_MOST, max(_AT_LEAST, certain))]
            scale = scale_of([pair.difference for pair in shown], zero=True)
            found.append(Measured(measure, shown, certain, len(pairs), scale))
    return found


def ordered(row: Mapping[Any, Any]) -> Difference:
    """Give a row of DIFFERENCES, or of a table like it, with the higher rate first."""
    one, other = (
        (name, Estimate(rate, nan, nan))
        for name, rate in ((row["one"], row["rate_one"]), (row["other"], row["rate_other"]))
    )
    found = Estimate(row["difference"], row["low"], row["high"], row["warning"])
    if found.value < 0:
        one, other, found = other, one, found.turned
    return Difference(
        *one,
        *other,
        difference=found,
        stories=row["stories"],
        p_outlets=small(row["p_outlets"]),
        **tested(row),
    )


def _matrix(record: Record, table: pd.DataFrame) -> list[tuple[Outlet, list[tuple[str, str]]]]:
    """Carriage, every outlet less every other, in points, and whether that is more or less than chance."""
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for row in table[table["measure"] == "carriage"].to_dict("records"):
        for one, other, value in (
            (row["one"], row["other"], row["difference"]),
            (row["other"], row["one"], -row["difference"]),
        ):
            certain = row["q_value"] < LEVEL
            text = "" if value != value else f"{signed(value)}{'*' * certain}"  # noqa: PLR0124 - missing
            cells[one, other] = text, ("more" if value > 0 else "less") if certain else ""
    own = "\u00b7", ""
    return [
        (outlet, [cells.get((outlet.name, other.name), own) for other in record.outlets]) for outlet in record.outlets
    ]
