"""Differences between the rates of outlets, or of groups of outlets, within the stories that both cover.

Stories differ in how much there is to carry, and outlets choose different stories. Rates are therefore compared within
each story, and the stories are combined with the weights of Mantel & Haenszel (1959).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError, listed
from compare.outlets.groups import group_labels, in_order
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import LEVEL, family_columns, least_stories, outlets_test, sign_tests
from compare.outlets.rates import MEASURES, check_measures, grid
from compare.tables import DIFFERENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.groups import Groups
    from compare.outlets.intervals import Flags, Numbers
    from compare.outlets.rates import Grid

_SMALL = 1e-12
_MOST = 0.5  # outlets that share a text in more of their stories are not considered independent


class _Row(NamedTuple):
    """A difference before its interval is computed; its sides are as in `_sides`."""

    measure: str
    one: str
    other: str
    sides: Numbers
    p_outlets: float = np.nan
    warning: str = ""


def outlet_differences(
    counts: pd.DataFrame, measures: Sequence[str] = ("carriage",), *, version: str = "printed", seed: int = 0
) -> pd.DataFrame:
    """Compare every two outlets over the stories that both cover: DIFFERENCES, one family of tests.

    Raises:
        InputError: there is no such measure or version, or only one outlet.
    """
    check_measures(measures, version)
    outlets = counts["outlet"].unique()
    if len(outlets) == 1:
        raise InputError(f"there is only one outlet, {outlets[0]!r}; a comparison needs two.")
    rows: list[_Row] = []
    for measure in measures:
        cells = grid(counts, measure, version)
        for one, other in combinations(range(len(cells.outlets)), 2):
            sides = _sides(cells, np.eye(len(cells.outlets), dtype=bool)[[one, other]])
            rows.append(_Row(measure, cells.outlets[one], cells.outlets[other], sides))
    return _table(rows, version, f"pairs of outlets: {', '.join(measures)}; {version}", seed)


def group_differences(
    counts: pd.DataFrame,
    groups: Groups,
    measures: Sequence[str] = ("carriage",),
    *,
    version: str = "printed",
    seed: int = 0,
) -> pd.DataFrame:
    """Compare every two groups of outlets over the stories that both cover: DIFFERENCES, one family of tests.

    With copies collapsed, outlets that run one text in a story share the weight of one, except in the measures
    "selection" and "wire".

    Raises:
        InputError: the groups cannot be used, or there is no such measure or version.
    """
    check_measures(measures, version)
    name, labels = group_labels(groups, counts["outlet"].unique().tolist())
    covered = grid(counts, "selection", "collapsed")
    copies = covered.copies * covered.part
    rows = []
    for measure in measures:
        cells = grid(counts, measure, version)
        if version == "collapsed" and MEASURES[measure].of_text:
            cells = cells._replace(part=cells.part / cells.copies, whole=cells.whole / cells.copies)
        for pair in combinations(in_order(groups, labels), 2):
            members = np.array([[label == group for label in labels] for group in pair])
            p_outlets, warning = _of_such_outlets(cells, members, pair, copies, seed)
            rows.append(_Row(measure, *pair, _sides(cells, members), p_outlets, warning))
    return _table(rows, version, f"{name}: {', '.join(measures)}; {version}", seed)


def _of_such_outlets(
    cells: Grid, members: Flags, groups: tuple[str, str], copies: Numbers, seed: int
) -> tuple[float, str]:
    """Return the p-value of permuting whole outlets between two groups, and a warning about it.

    `copies` is stories x outlets: how many outlets run the outlet's text; 0 where it lacks the story.
    """
    warning = [
        f"group {group!r} has one outlet" for group, mine in zip(groups, members, strict=True) if mine.sum() == 1
    ]
    chained = []
    for mine in members:
        for outlet in np.flatnonzero(mine).tolist():
            own, others = copies[:, outlet], mine & (np.arange(len(mine)) != outlet)
            # Another outlet whose text has as many copies in that story is assumed to run the same text.
            shared = (own > 1) & (copies[:, others] == own[:, None]).any(axis=1)
            if shared.sum() > _MOST * (own > 0).sum():
                chained.append(cells.outlets[outlet])
    if chained:
        warning.append(
            f"{listed(chained)} share most of their texts with others of their group: no independent outlets, "
            "no p_outlets"
        )
        return np.nan, "; ".join(warning)
    p_outlets, least = outlets_test(cells.part, cells.whole, members, seed)
    if least > LEVEL:
        warning.append(f"too few outlets to speak of such outlets in general (p_outlets is at least {least:.2g})")
    return p_outlets, "; ".join(warning)


def _sides(cells: Grid, members: Flags) -> Numbers:
    """Return part and whole of each side by story; all are 0 where one side lacks the story."""
    one, other = ([side[:, mine].sum(axis=1) for side in (cells.part, cells.whole)] for mine in members)
    sums: Numbers = np.array([*one, *other])
    return np.where((one[1] > 0) & (other[1] > 0), sums, 0.0)


def _table(rows: list[_Row], version: str, family: str, seed: int) -> pd.DataFrame:
    part_one, whole_one, part_other, whole_other = np.array([row.sides for row in rows]).transpose(1, 2, 0)
    # The weighted difference in each story, and its weight (Greenland & Robins 1985).
    total = np.maximum(whole_one + whole_other, _SMALL)
    part = (part_one * whole_other - part_other * whole_one) / total
    p_values = sign_tests(part, seed)
    found = bootstrap(part, whole_one * whole_other / total, seed=seed, proportions=False)
    few = f"they differ in fewer than {least_stories()} stories: no test"
    warnings = []
    for row, stories, warning, p_value in zip(rows, found.stories, found.warning, p_values, strict=True):
        said = [warning, few if np.isnan(p_value) else ""] if stories else ["no story that both have"]
        warnings.append("; ".join(filter(None, [*said, row.warning])))
    with np.errstate(invalid="ignore"):
        rate_one = part_one.sum(axis=0) / whole_one.sum(axis=0)
        rate_other = part_other.sum(axis=0) / whole_other.sum(axis=0)
    return DIFFERENCES.frame(
        {
            "measure": [row.measure for row in rows],
            "version": [version] * len(rows),
            "one": [row.one for row in rows],
            "other": [row.other for row in rows],
            "rate_one": rate_one.round(6),
            "rate_other": rate_other.round(6),
            **found.columns("difference", "low", "high"),
            **family_columns(p_values, family),
            "p_outlets": [row.p_outlets for row in rows],
            "stories": found.stories,
            "warning": warnings,
        }
    )
