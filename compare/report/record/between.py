"""How outlets, or groups of them, differ: as decided, and corrected where coders checked a sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.report.record.estimates import Estimate, Scale, scale_of, signed, small

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.record.view import Outlet, Record

AT_MOST = 25  # differences of one measure that are listed: the matrix has the others
LEVEL = 0.05
_OF_GROUPS = ("carriage", "alteration", "quotations dropped", "selection")


@dataclass(frozen=True)
class Difference:
    """Two outlets or groups, the one whose rate is higher first."""

    one: str
    other: str
    rate_one: Estimate
    rate_other: Estimate
    difference: Estimate
    stories: int
    p: str
    q: str
    p_outlets: str
    certain: bool

    @property
    def warning(self) -> str:
        """What to beware of."""
        return self.difference.warning


@dataclass(frozen=True)
class Measured:
    """The largest differences of one measure."""

    measure: str
    shown: list[Difference]
    certain: int
    tests: int
    scale: Scale


@dataclass(frozen=True)
class Differences:
    """All differences between outlets."""

    family: str
    tests: int
    measures: list[Measured]
    matrix: list[tuple[Outlet, list[Cell]]]


@dataclass(frozen=True)
class Cell:
    """A row's outlet less a column's, in points; `look` says whether that is more or less than chance."""

    text: str
    look: str


@dataclass(frozen=True)
class Corrected:
    """Corrected carriage beside what the toolkit decides, per outlet and between every two."""

    rows: list[dict[str, Any]]
    scale: Scale
    differences: list[Difference]
    tests: int
    certain: int
    difference_scale: Scale


def differences(record: Record) -> Differences | None:
    """Give the differences between outlets; None for an outlet alone."""
    table = record.differences
    if table is None or table["difference"].isna().all():
        return None
    return Differences(
        str(table["family"].iloc[0]), int(table["tests"].iloc[0]), _measured(table), _matrix(record, table)
    )


def groups(record: Record) -> Differences | None:
    """Give the differences between groups of outlets; None where no groups were given."""
    if record.groups is None:
        return None
    table = record.decided.differences(_OF_GROUPS, groups=record.groups)
    return Differences(str(table["family"].iloc[0]), int(table["tests"].iloc[0]), _measured(table), [])


def corrected(record: Record) -> Corrected | None:
    """Give what is corrected for the toolkit's errors; None without validation."""
    validation = record.corpus.validation
    if validation is None:
        return None
    from compare.validation.record import available_rates

    found = available_rates(validation).set_index("group")
    rows = [
        {
            "outlet": outlet,
            "decisions": int(found.at[outlet.name, "decisions"]),
            "coded": int(found.at[outlet.name, "coded"]),
            "as_decided": record.as_decided[outlet.name, "carriage", "printed"],
            "corrected": record.estimates[outlet.name, "carriage", "printed"],
        }
        for outlet in record.outlets
        if outlet.name in found.index
    ]
    several = len(found) > 1
    pairs = _of_corrected(record.corpus.corrected_differences()) if several else []
    return Corrected(
        rows,
        scale_of([row[name] for row in rows for name in ("as_decided", "corrected")]),
        pairs[:AT_MOST],
        len(pairs),
        sum(pair.certain for pair in pairs),
        scale_of([pair.difference for pair in pairs[:AT_MOST]], zero=True),
    )


def largest(table: pd.DataFrame, measure: str) -> list[Difference]:
    """Give the differences of a measure, those beyond chance first, then the larger first."""
    rows = table[(table["measure"] == measure) & table["difference"].notna()].to_dict("records")
    return _sorted([_ordered(row) for row in rows])


def _sorted(pairs: list[Difference]) -> list[Difference]:
    return sorted(pairs, key=lambda pair: (not pair.certain, -abs(pair.difference.value), pair.one, pair.other))


def _measured(table: pd.DataFrame) -> list[Measured]:
    found = []
    for measure in table["measure"].unique():
        pairs = largest(table, measure)
        if pairs:
            shown = pairs[:AT_MOST]
            scale = scale_of([pair.difference for pair in shown], zero=True)
            found.append(Measured(measure, shown, sum(pair.certain for pair in pairs), len(pairs), scale))
    return found


def _ordered(row: dict[str, Any]) -> Difference:
    """A row of DIFFERENCES with the higher rate first."""
    names, rates = [row["one"], row["other"]], [row["rate_one"], row["rate_other"]]
    value, low, high = row["difference"], row["low"], row["high"]
    if value < 0:
        names, rates, value, low, high = names[::-1], rates[::-1], -value, -high, -low
    nan = float("nan")
    return Difference(
        *names,
        *(Estimate(rate, nan, nan) for rate in rates),
        Estimate(value, low, high, row["warning"]),
        row["stories"],
        small(row["p_value"]),
        small(row["q_value"]),
        small(row["p_outlets"]),
        bool(row["q_value"] < LEVEL),
    )


def _of_corrected(table: pd.DataFrame) -> list[Difference]:
    """The rows of CORRECTED_DIFFERENCES with the higher corrected rate first."""
    nan = float("nan")
    pairs = []
    for row in table[table["estimate"].notna()].to_dict("records"):
        names, value, low, high, decided = (
            [row["group"], row["other"]],
            *(row[name] for name in ("estimate", "low", "high", "as_decided")),
        )
        if value < 0:
            names, value, low, high, decided = names[::-1], -value, -high, -low, -decided
        certain = bool(row["p_adjusted"] < LEVEL)
        pairs.append(
            Difference(
                *names,
                Estimate(decided, nan, nan),
                Estimate(nan, nan, nan),
                Estimate(value, low, high, row["note"], True),
                0,
                small(row["p_value"]),
                small(row["p_adjusted"]),
                "",
                certain,
            )
        )
    return _sorted(pairs)


def _matrix(record: Record, table: pd.DataFrame) -> list[tuple[Outlet, list[Cell]]]:
    """Carriage, every outlet less every other."""
    cells: dict[tuple[str, str], Cell] = {}
    for row in table[table["measure"] == "carriage"].to_dict("records"):
        for one, other, value in (
            (row["one"], row["other"], row["difference"]),
            (row["other"], row["one"], -row["difference"]),
        ):
            certain = row["q_value"] < LEVEL
            text = "" if value != value else f"{signed(value)}{'*' * certain}"  # noqa: PLR0124 - missing
            cells[one, other] = Cell(text, ("more" if value > 0 else "less") if certain else "")
    own = Cell("\u00b7", "")
    return [
        (outlet, [cells.get((outlet.name, other.name), own) for other in record.outlets]) for outlet in record.outlets
    ]
