"""Agreement between coders: percent agreement, Cohen's kappa, Krippendorff's alpha, with bootstrap intervals.

Everything is computed from one K x K table per unit, so that a bootstrap over units is one matrix product.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from compare.errors import InputError, count
from compare.tables import AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from compare.outlets.intervals import Integers, Numbers

    Figure = Callable[[Numbers], Numbers]

Level = Literal["nominal", "ordinal"]
_AT_ONCE = 200_000  # resampled weights held in memory at a time


def krippendorff_alpha(
    ratings: pd.DataFrame, level: Level = "nominal", *, draws: int = 2000, seed: int = 1
) -> pd.Series:
    """Compute Krippendorff's alpha for any number of coders, units and missing codes, with a bootstrap interval.

    alpha = 1 - D_o / D_e, from the coincidences of codes within units (Krippendorff 2011; 2018, ch. 12). Units with
    fewer than two codes do not count.

    Args:
        ratings: a row per unit, a column per coder, missing where there is no code. For "ordinal", codes are ranked as
            they sort (an ordered categorical as it says).
        level: the scale: "nominal" or "ordinal".
        draws: bootstrap samples of the units; 0 for no interval.
        seed: the seed of the draws.

    Returns:
        estimate, low, high (95 %, percentiles), units (with two codes or more), note: why alpha is missing, where it
        is.

    Raises:
        InputError: the level is unknown.
    """
    import pandas as pd

    if level not in get_args(Level):
        raise InputError(f"level is {level!r}; give one of {', '.join(get_args(Level))}.")
    tables = _coincidences(*_coded(ratings))
    row = _with_interval(tables, _ALPHA[level], draws, seed, _why_undefined(tables, "alpha"))
    return pd.Series({key: row[key] for key in ("estimate", "low", "high", "units", "note")})


def agreement_table(ratings: pd.DataFrame, *, carried: Sequence[Any], draws: int = 2000, seed: int = 1) -> pd.DataFrame:
    """Return the table AGREEMENT: every measure of agreement, on all codes and on `carried` or not.

    Ratings are as in `krippendorff_alpha`, ordered categoricals. A measure that cannot be computed is missing, and
    the note says why.
    """
    binary = ratings.apply(lambda column: column.isin(carried).astype("float64").where(column.notna()))
    rows: list[dict[str, Any]] = []
    for kind, table in (("all", ratings), ("carried or not", binary)):
        codes, number = _coded(table)
        pairable, coders = _coincidences(codes, number), list(map(str, ratings.columns))
        wanted: list[tuple[str, Figure, Numbers, list[str], str]]
        wanted = [("percent agreement", _percent, pairable, coders, "")]
        levels = get_args(Level)[: 2 if kind == "all" else 1]
        wanted += [(f"Krippendorff's alpha, {level}", _ALPHA[level], pairable, coders, "alpha") for level in levels]
        for left, right in combinations(range(len(coders)), 2):
            tables = np.zeros((len(codes), number, number))  # cross-tabulations of the two coders
            both = np.flatnonzero((codes[:, [left, right]] >= 0).all(axis=1))
            tables[both, codes[both, left], codes[both, right]] = 1.0
            wanted.append(("Cohen's kappa", _kappa, tables, [coders[left], coders[right]], "kappa"))
        for measure, figure, tables, named, undefined in wanted:
            if len(named) < 2:
                note = "undefined: one coder only; agreement needs a second one on the same units"
            elif not tables.sum():
                note = "undefined: no unit was coded by two coders; give all coders some units in common"
            else:
                note = _why_undefined(tables, undefined) if undefined else ""
            found = _with_interval(tables, figure, draws, seed, note)
            rows.append({"measure": measure, "codes": kind, "coders": ", ".join(named), **found})
    return AGREEMENT.frame(rows)


def _coded(ratings: pd.DataFrame) -> tuple[Integers, int]:
    """Return codes as numbers from 0 in their order (-1: none), and the number of codes."""
    import pandas as pd

    first = ratings.dtypes.iloc[0] if len(ratings.columns) else None
    if isinstance(first, pd.CategoricalDtype) and all(dtype == first for dtype in ratings.dtypes):
        values = list(first.categories)
    else:
        values = sorted({cell for name in ratings for cell in ratings[name].dropna()})
    place = {value: number for number, value in enumerate(values)}
    cells = ratings.astype(object).to_numpy()
    codes = np.array([[place.get(cell, -1) for cell in row] for row in cells], dtype=np.int64)
    return codes.reshape(len(ratings), len(ratings.columns)), len(values)


def _coincidences(codes: Integers, k: int) -> Numbers:
    """Return each unit's pairs of codes, every code weighted once: units x K x K; zeros for a single code."""
    counts = np.array([(codes == value).sum(axis=1) for value in range(k)], dtype=float).reshape(k, len(codes)).T
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(k)
    given = counts.sum(axis=1)
    return np.asarray(np.where(given[:, None, None] > 1, pairs / np.maximum(given - 1, 1)[:, None, None], 0.0))


def _percent(sums: Numbers) -> Numbers:
    return np.asarray(np.trace(sums, axis1=-2, axis2=-1) / sums.sum(axis=(-2, -1)))


def _kappa(sums: Numbers) -> Numbers:
    """Compute Cohen's (1960) kappa: (p_o - p_e) / (1 - p_e)."""
    total = sums.sum(axis=(-2, -1))
    observed = np.trace(sums, axis1=-2, axis2=-1) / total
    expected = (sums.sum(axis=-1) * sums.sum(axis=-2)).sum(axis=-1) / total**2
    return np.asarray((observed - expected) / (1 - expected))


def _ordinal(sums: Numbers) -> Numbers:
    """Compute alpha with the number of codes between two ordered codes as their distance (Krippendorff 2011)."""
    marginal = sums.sum(axis=-1)
    middle = np.cumsum(marginal, axis=-1) - marginal / 2
    return _alpha(sums, (middle[..., :, None] - middle[..., None, :]) ** 2)


def _alpha(sums: Numbers, distance: Numbers) -> Numbers:
    marginal = sums.sum(axis=-1)
    observed = (sums * distance).sum(axis=(-2, -1))
    products = marginal[..., :, None] * marginal[..., None, :]
    expected = (products * distance).sum(axis=(-2, -1)) / (marginal.sum(axis=-1) - 1)
    return np.asarray(1 - observed / expected)


_ALPHA: dict[str, Figure] = {"nominal": lambda sums: _alpha(sums, 1 - np.eye(sums.shape[-1])), "ordinal": _ordinal}


def _with_interval(tables: Numbers, figure: Figure, draws: int, seed: int, note: str) -> dict[str, Any]:
    """Return the figure over all units, and its 2.5th and 97.5th percentiles over resampled units."""
    used = tables[tables.sum(axis=(1, 2)) > 0]
    missing = {"estimate": float("nan"), "low": float("nan"), "high": float("nan"), "units": len(used), "note": note}
    if note:
        return missing
    row = {**missing, "estimate": float(figure(used.sum(axis=0)))}
    if draws < 1:
        return row
    disagree = used.sum(axis=(1, 2)) - np.trace(used, axis1=1, axis2=2)
    if not disagree.any():  # no bootstrap sample would differ, but the figure is still uncertain
        note = f"no disagreement seen in {count(len(used), 'unit')}"
        if figure is not _percent:
            return {**row, "note": f"{note}: no interval"}
        # Clopper & Pearson (1934), with units as trials.
        low = 0.025 ** (1 / len(used))
        return {**row, "low": low, "high": 1.0, "note": f"{note}: interval after Clopper & Pearson"}
    rng = np.random.default_rng(seed)
    flat = used.reshape(len(used), -1)
    drawn = []
    share = np.full(len(used), 1 / len(used))
    for start in range(0, draws, step := max(1, _AT_ONCE // len(used))):
        weights = rng.multinomial(len(used), share, size=min(step, draws - start)).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn.append(figure((weights @ flat).reshape(-1, *used.shape[1:])))
    found = np.concatenate(drawn)
    found = found[np.isfinite(found)]
    if len(found) < draws:
        row["note"] = f"{draws - len(found)} of {draws} bootstrap samples had one code only and were left out"
    if len(found):
        row["low"], row["high"] = (float(bound) for bound in np.quantile(found, [0.025, 0.975]))
    return row


def _why_undefined(tables: Numbers, figure: str) -> str:
    total = tables.sum(axis=0)
    if not total.sum():
        return "undefined: no unit has two codes"
    if np.count_nonzero(total.sum(axis=0) + total.sum(axis=1)) < 2:
        return f"undefined: all codes are the same, and {figure} needs some that differ; agreement is 100 %"
    return ""
