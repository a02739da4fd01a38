"""Differences between corrected rates: each over its own stories, or within the stories that both have."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.tables import CORRECTED_DIFFERENCES
from compare.validation.correction import beware, bounds, decided_in, error_of, for_variance, groups_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from compare.validation.correction import Group

    Numbers = NDArray[np.float64]


class _Difference(NamedTuple):
    """The difference of two groups, as `Group` is of one; as_decided is what the toolkit says."""

    estimate: float
    as_decided: float
    by_story: Numbers
    told: NDArray[np.bool_]
    by_unit: Numbers
    counted: NDArray[np.bool_]
    few: bool
    note: str


def difference_table(table: pd.DataFrame, *, omitted: bool, status: str, within: bool = False) -> pd.DataFrame:
    """Give the difference of every two groups' rates.

    Args:
        table: the decisions with outcomes and groups.
        omitted: rates of omission.
        status: what stands beside them.
        within: compare within the stories that both groups have; else each has its own.
    """
    from scipy import stats

    groups = groups_of(table)
    if len(groups) < 2:
        raise InputError(f"there is only {groups[0].name!r}; a difference needs two groups.")
    decided, sampled = decided_in(table, omitted=omitted), table[table["weight"] > 0]
    contrast = _within_stories(table) if within else _of_means
    rows = []
    for one, other in combinations(groups, 2):
        found = contrast(one, other, decided)
        error, df, includes = error_of(found.by_story, found.told, found.by_unit, found.counted, sampled)
        error = float("nan") if found.few else error
        estimate = -found.estimate if omitted else found.estimate
        note = "nothing varies: there is no p-value" if error == 0 else found.note
        rows.append(
            {
                "group": one.name,
                "other": other.name,
                "as_decided": found.as_decided,
                **bounds(estimate, error, df, note, low=-1.0),
                "p_value": float(2 * stats.t.sf(abs(estimate) / error, df)) if error > 0 else float("nan"),
                "includes": includes,
                "status": status,
            }
        )
    result = CORRECTED_DIFFERENCES.frame(rows)
    tested = result["p_value"].notna()
    if tested.any():
        result.loc[tested, "p_adjusted"] = stats.false_discovery_control(result.loc[tested, "p_value"])
    return result


def _of_means(one: Group, other: Group, decided: Numbers) -> _Difference:
    """The difference of two means, each over the group's own stories."""
    return _Difference(
        one.estimate - other.estimate,
        float(decided[one.inside].mean() - decided[other.inside].mean()),
        one.by_story - other.by_story,
        one.told | other.told,
        one.by_unit - other.by_unit,
        one.counted | other.counted,
        one.few or other.few,
        _note_of((one.name, one.note), (other.name, other.note)),
    )


def _within_stories(table: pd.DataFrame) -> Callable[[Group, Group, Numbers], _Difference]:
    """Differences within the stories that both have, put together with the weights of Mantel & Haenszel (1959).

    A story with n decisions of the one and m of the other weighs n m / (n + m), as in `outlets.differences`. The
    difference is linear in the outcomes, so the pseudo-outcome may stand for what coders would have said.
    """
    import pandas as pd

    story, stories = pd.factorize(table["story_id"])
    outcome, varying = table["outcome"].to_numpy(), for_variance(table)
    drawn = (table["weight"] > 0).to_numpy()
    residual = table["residual"].to_numpy()[drawn]
    coders = bool((table["coded"] > 0).any())

    def difference(one: Group, other: Group, decided: Numbers) -> _Difference:
        n, m = (np.bincount(story[side.inside], minlength=len(stories)) for side in (one, other))
        told = (n > 0) & (m > 0)
        weight = np.where(told, n * m / np.maximum(n + m, 1), 0.0)
        # What a decision counts: m / (n + m) for the one, -n / (n + m) for the other, over the sum of the weights.
        share = 1 / np.maximum(n + m, 1) / (weight.sum() or np.nan)
        counts = (
            np.where(told, m * share, 0.0)[story] * one.inside - np.where(told, n * share, 0.0)[story] * other.inside
        )
        both = told[story]
        notes, few = [], False
        for side in (one, other):
            inside = both & side.inside
            too_few, note = beware(
                int((inside & drawn).sum()), int(inside.sum()), coders=coders, several=told.sum() > 1
            )
            notes.append((side.name, note))
            few |= too_few
        estimate = float((counts * outcome).sum()) if told.any() else float("nan")
        by_story = np.bincount(story, weights=counts * varying, minlength=len(stories))
        return _Difference(
            estimate,
            float((counts * decided).sum()) if told.any() else float("nan"),
            by_story - (weight / weight.sum() * estimate if told.any() else 0.0),
            told,
            counts[drawn] * residual,
            (both & (one.inside | other.inside))[drawn],
            few or not told.any(),
            _note_of(*notes) if told.any() else "no story that both have",
        )

    return difference


def _note_of(one: tuple[str, str], other: tuple[str, str]) -> str:
    if one[1] == other[1]:
        return one[1]
    return "; ".join(f"{name}: {note}" for name, note in (one, other) if note)
