"""How the rates of outlets, or of groups of outlets, differ within the stories that both cover.

Stories differ in how much there is to carry and outlets in the stories they choose, so each story compares only
what it has itself, and the stories are put together with the weights of Mantel & Haenszel (1959).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.outlets.groups import group_labels
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import PairTest, adjusted, group_test
from compare.outlets.rates import check_measures, grid
from compare.tables import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.groups import Groups
    from compare.outlets.rates import Grid

    Numbers = NDArray[np.float64]

LEAST_P = 0.05  # a test that cannot reach it, however the outlets differ, is said to be useless


class _Sides(NamedTuple):
    """The counts of two sides in each story; 0 in all where one of them does not have the story."""

    part_one: Numbers
    whole_one: Numbers
    part_other: Numbers
    whole_other: Numbers

    def stratum(self) -> tuple[Numbers, Numbers]:
        """Each story's difference times its weight, and the weight (Greenland & Robins 1985)."""
        total = self.whole_one + self.whole_other
        total = np.where(total > 0, total, 1)
        difference = (self.part_one * self.whole_other - self.part_other * self.whole_one) / total
        return difference, self.whole_one * self.whole_other / total


class _Row(NamedTuple):
    """One difference before it has its interval."""

    measure: str
    one: str
    other: str
    sides: _Sides
    p_value: float = np.nan
    p_outlets: float = np.nan
    warning: str = ""


def outlet_differences(
    counts: pd.DataFrame, measures: Sequence[str] = ("carriage",), *, version: str = "printed", seed: int = 0
) -> pd.DataFrame:
    """Compare every two outlets over the stories that both cover.

    Args:
        counts: an OUTLET_STORIES table.
        measures: names of `compare.outlets.rates.MEASURES`.
        version: "printed", or "collapsed" with wire copies as one voice.
        seed: of the draws.

    Returns:
        The DIFFERENCES table: a row per measure and pair; all of them are one family.

    Raises:
        InputError: there is no such measure or version, or only one outlet.
    """
    check_measures(measures, version)
    outlets = counts["outlet"].unique()
    if len(outlets) == 1:
        raise InputError(f"there is one outlet alone, {outlets[0]!r}; a comparison needs two.")
    rows: list[_Row] = []
    for measure in measures:
        cells = grid(counts, measure, version)
        test = PairTest(len(cells.part), seed)
        for one, other in combinations(range(len(cells.outlets)), 2):
            sides = _sides(cells, np.eye(len(cells.outlets), dtype=bool)[[one, other]])
            test.add(*sides.stratum())
            rows.append(_Row(measure, cells.outlets[one], cells.outlets[other], sides))
        first = len(rows) - len(test)
        rows[first:] = [row._replace(p_value=p) for row, p in zip(rows[first:], test.p_values(), strict=True)]
    return _table(rows, version, f"pairs of outlets: {', '.join(measures)}; {version}", seed)


def group_differences(
    counts: pd.DataFrame,
    groups: Groups,
    measures: Sequence[str] = ("carriage",),
    *,
    version: str = "printed",
    seed: int = 0,
) -> pd.DataFrame:
    """Compare every two groups of outlets over the stories that both cover.

    With copies collapsed, outlets that run one text in a story share the weight of one.

    Args:
        counts: an OUTLET_STORIES table.
        groups: the group of each outlet: a mapping, a Series by outlet, or a table of outlet and group.
        measures: names of `compare.outlets.rates.MEASURES`.
        version: "printed", or "collapsed" with wire copies as one voice.
        seed: of the draws.

    Returns:
        The DIFFERENCES table: a row per measure and pair of groups; all of them are one family.

    Raises:
        InputError: the groups cannot be used, or there is no such measure or version.
    """
    check_measures(measures, version)
    name, labels = group_labels(groups, counts["outlet"].unique().tolist())
    rows = []
    for measure in measures:
        cells = grid(counts, measure, version)
        for one, other in combinations(list(dict.fromkeys(filter(None, labels))), 2):
            rows.append(_between(measure, cells, labels, (one, other), seed))
    return _table(rows, version, f"{name}: {', '.join(measures)}; {version}", seed)


def _between(measure: str, cells: Grid, labels: list[str], groups: tuple[str, str], seed: int) -> _Row:
    """Two groups as a row: their sums per story, and what both permutation tests say."""
    cells = cells._replace(part=cells.part / cells.copies, whole=cells.whole / cells.copies)
    mine = np.array([[label == group for label in labels] for group in groups])
    p_value, p_outlets, least = group_test(cells.part, cells.whole, mine, seed)
    warning = [
        f"group {group!r} has one outlet" for group, members in zip(groups, mine, strict=True) if members.sum() == 1
    ]
    if least > LEAST_P:
        warning.append(f"too few outlets to speak of such outlets in general (p_outlets is at least {least:.2g})")
    return _Row(measure, *groups, _sides(cells, mine), p_value, p_outlets, "; ".join(warning))


def _sides(cells: Grid, members: NDArray[np.bool_]) -> _Sides:
    """The sums of two groups of outlets in the stories that both have."""
    wholes = [cells.whole[:, mine].sum(axis=1) for mine in members]
    both = (wholes[0] > 0) & (wholes[1] > 0)
    parts = [cells.part[:, mine].sum(axis=1) for mine in members]
    one, other = ([np.where(both, side, 0) for side in pair] for pair in zip(parts, wholes, strict=True))
    return _Sides(*one, *other)


def _table(rows: list[_Row], version: str, family: str, seed: int) -> pd.DataFrame:
    part, whole = (np.column_stack(side) for side in zip(*(row.sides.stratum() for row in rows), strict=True))
    found = bootstrap(part, whole, seed=seed, proportions=False)
    p_values = np.array([row.p_value for row in rows])
    warnings = [
        "; ".join(filter(None, ["no story that both have" if not count else said, row.warning]))
        for row, count, said in zip(rows, found.stories.tolist(), found.warning, strict=True)
    ]
    sums = np.array([[side.sum() for side in row.sides] for row in rows]).reshape(-1, 4)
    with np.errstate(invalid="ignore"):
        rate_one, rate_other = sums[:, 0] / sums[:, 1], sums[:, 2] / sums[:, 3]
    return DIFFERENCES.frame(
        {
            "measure": [row.measure for row in rows],
            "version": [version] * len(rows),
            "one": [row.one for row in rows],
            "other": [row.other for row in rows],
            "rate_one": rate_one.round(6),
            "rate_other": rate_other.round(6),
            "difference": found.rate.round(6),
            "low": found.low.round(6),
            "high": found.high.round(6),
            "p_value": p_values,
            "q_value": adjusted(p_values),
            "p_outlets": [row.p_outlets for row in rows],
            "family": [family] * len(rows),
            "tests": [int((~np.isnan(p_values)).sum())] * len(rows),
            "stories": found.stories,
            "validated": [False] * len(rows),
            "warning": warnings,
        }
    )
