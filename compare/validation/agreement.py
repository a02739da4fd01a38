"""How far coders agree: percent agreement, Cohen's kappa, Krippendorff's alpha, with bootstrap intervals.

Everything is computed from one K x K table per unit, so that a bootstrap over units is one matrix product.
"""

from __future__ import annotations

import warnings
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from compare.errors import InputError
from compare.tables import AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Figure = Callable[[NDArray[np.float64]], NDArray[np.float64]]

Level = Literal["nominal", "ordinal", "interval", "ratio"]
_AT_ONCE = 200_000  # numbers of resampled weights that are held at a time


def krippendorff_alpha(
    ratings: pd.DataFrame, level: Level = "nominal", *, draws: int = 2000, seed: int = 1
) -> pd.Series:
    """Krippendorff's alpha of any number of coders, units and missing codes, with a bootstrap interval.

    alpha = 1 - D_o / D_e, from the coincidences of codes within units (Krippendorff 2011; 2018, ch. 12).
    Units with fewer than two codes count for nothing.

    Args:
        ratings: a row per unit, a column per coder, missing where there is no code. For "ordinal" codes
            are ranked as they sort (an ordered categorical as it says); "interval" and "ratio" need numbers.
        level: the scale: "nominal", "ordinal", "interval" or "ratio".
        draws: bootstrap samples of the units; 0 for no interval.
        seed: of the random numbers.

    Returns:
        estimate, low, high (95 %, percentiles), units (with two codes or more), note: why alpha is
        missing, where it is.

    Raises:
        InputError: the level is unknown, or codes are no numbers where they must be.
    """
    import pandas as pd

    if level not in get_args(Level):
        raise InputError(f"level is {level!r}; give one of {', '.join(get_args(Level))}.")
    codes, values = _coded(ratings)
    if level in {"interval", "ratio"}:
        try:
            values = np.asarray(values, dtype=float)
        except (TypeError, ValueError) as error:
            raise InputError(f"alpha of level {level} needs codes that are numbers; these are not.") from error
    tables = _coincidences(codes, len(values))
    note = _why_undefined(tables, "alpha")
    row = _with_interval(tables, lambda sums: _alpha(sums, values, level), draws, seed, note)
    return pd.Series({key: row[key] for key in ("estimate", "low", "high", "units", "note")})


def agreement_table(ratings: pd.DataFrame, *, carried: Sequence[Any], draws: int = 2000, seed: int = 1) -> pd.DataFrame:
    """Every figure of agreement between coders, with 95 % bootstrap intervals over units.

    Args:
        ratings: a row per unit, a column per coder; ordered categoricals, missing where there is no code.
        carried: the codes that count as carried; agreement on that alone is given, too.
        draws: bootstrap samples.
        seed: of the random numbers.

    Returns:
        The table AGREEMENT. Where a figure cannot be computed it is missing and the note says why.
    """
    coders = [str(name) for name in ratings.columns]
    binary = ratings.apply(lambda column: column.isin(carried).astype("float64").where(column.notna()))
    rows = []
    for kind, table in (("all", ratings), ("carried or not", binary)):
        codes, values = _coded(table)
        pairable = _coincidences(codes, len(values))
        about = {"codes": kind, "coders": ", ".join(coders)}
        few = _too_few(coders, pairable)
        percent = _with_interval(pairable, _percent, draws, seed, few)
        rows.append({"measure": "percent agreement", **about, **percent})
        levels: tuple[Level, ...] = ("nominal", "ordinal") if kind == "all" else ("nominal",)
        for level in levels:
            note = few or _why_undefined(pairable, "alpha")

            def alpha(sums: NDArray[np.float64], level: Level = level) -> NDArray[np.float64]:
                return _alpha(sums, values, level)  # noqa: B023 - it is called before the loop goes on

            rows.append(
                {
                    "measure": f"Krippendorff's alpha, {level}",
                    **about,
                    **_with_interval(pairable, alpha, draws, seed, note),
                }
            )
        for left, right in combinations(range(len(coders)), 2):
            both = _cross(codes[:, left], codes[:, right], len(values))
            names = {"codes": kind, "coders": f"{coders[left]}, {coders[right]}"}
            note = _too_few([coders[left], coders[right]], both) or _why_undefined(both, "kappa")
            rows.append({"measure": "Cohen's kappa", **names, **_with_interval(both, _kappa, draws, seed, note)})
    return AGREEMENT.frame(rows)


def _coded(ratings: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Codes as numbers from 0 (-1: none), and the values they stand for, in order."""
    import pandas as pd

    first = ratings.dtypes.iloc[0] if len(ratings.columns) else None
    if isinstance(first, pd.CategoricalDtype) and all(dtype == first for dtype in ratings.dtypes):
        values = np.asarray(first.categories, dtype=object)
    else:
        values = np.asarray(sorted({cell for name in ratings for cell in ratings[name].dropna()}), dtype=object)
    place = {value: number for number, value in enumerate(values)}
    cells = ratings.astype(object).to_numpy()
    codes = np.array([[place.get(cell, -1) for cell in row] for row in cells], dtype=np.int64)
    return codes.reshape(len(ratings), len(ratings.columns)), values


def _coincidences(codes: NDArray[np.int64], k: int) -> NDArray[np.float64]:
    """Each unit's pairs of codes, every code weighted once: units x K x K; nothing for a single code."""
    counts = np.array([(codes == value).sum(axis=1) for value in range(k)], dtype=float).reshape(k, len(codes)).T
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(k)
    given = counts.sum(axis=1)
    return np.asarray(np.where(given[:, None, None] > 1, pairs / np.maximum(given - 1, 1)[:, None, None], 0.0))


def _cross(left: NDArray[np.int64], right: NDArray[np.int64], k: int) -> NDArray[np.float64]:
    """Two coders' codes, one against the other: units x K x K."""
    tables = np.zeros((len(left), k, k))
    both = np.flatnonzero((left >= 0) & (right >= 0))
    tables[both, left[both], right[both]] = 1.0
    return tables


def _percent(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.trace(sums, axis1=-2, axis2=-1) / sums.sum(axis=(-2, -1)))


def _kappa(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cohen (1960): (p_o - p_e) / (1 - p_e)."""
    total = sums.sum(axis=(-2, -1))
    observed = np.trace(sums, axis1=-2, axis2=-1) / total
    expected = (sums.sum(axis=-1) * sums.sum(axis=-2)).sum(axis=-1) / total**2
    return np.asarray((observed - expected) / (1 - expected))


def _alpha(sums: NDArray[np.float64], values: NDArray[Any], level: Level) -> NDArray[np.float64]:
    marginal = sums.sum(axis=-1)
    distance = _distances(marginal, values, level)
    observed = (sums * distance).sum(axis=(-2, -1))
    products = marginal[..., :, None] * marginal[..., None, :]
    expected = (products * distance).sum(axis=(-2, -1)) / (marginal.sum(axis=-1) - 1)
    return np.asarray(1 - observed / expected)


def _distances(marginal: NDArray[np.float64], values: NDArray[Any], level: Level) -> NDArray[np.float64]:
    """The squared difference of any two codes (Krippendorff 2011); for ordinal ones it depends on how often each is."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":
        below = np.cumsum(marginal, axis=-1)
        middle = below - marginal / 2
        between = middle[..., :, None] - middle[..., None, :]
        return np.asarray(between**2)
    numbers = values.astype(float)
    apart = numbers[:, None] - numbers[None, :]
    if level == "interval":
        return np.asarray(apart**2)
    together = numbers[:, None] + numbers[None, :]
    return np.asarray(np.divide(apart, together, out=np.zeros_like(apart), where=together != 0) ** 2)


def _with_interval(tables: NDArray[np.float64], figure: Figure, draws: int, seed: int, note: str) -> dict[str, Any]:
    """The figure over all units and the 2.5th and 97.5th percentile of it over resampled units."""
    used = tables[tables.sum(axis=(1, 2)) > 0]
    missing = {"estimate": float("nan"), "low": float("nan"), "high": float("nan"), "units": len(used), "note": note}
    if note:
        return missing
    row = {**missing, "estimate": float(figure(used.sum(axis=0)))}
    if draws < 1:
        return row
    disagree = used.sum(axis=(1, 2)) - np.trace(used, axis1=1, axis2=2)
    if not disagree.any():  # no bootstrap sample would differ, which does not make it certain
        return {**row, **_without_disagreement(len(used), figure)}
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


def _without_disagreement(units: int, figure: Figure) -> dict[str, Any]:
    """Of percent agreement the interval of Clopper & Pearson (1934), units as trials; of other figures none."""
    note = f"no disagreement seen in {units} unit{'s' * (units != 1)}"
    if figure is not _percent:
        return {"note": f"{note}: no interval"}
    return {"low": 0.025 ** (1 / units), "high": 1.0, "note": f"{note}: interval after Clopper & Pearson"}


def _too_few(coders: Sequence[str], tables: NDArray[np.float64]) -> str:
    if len(coders) < 2:
        return "undefined: one coder only; agreement needs a second one on the same units"
    if not tables.sum():
        return "undefined: no unit was coded by two coders; give all coders some units in common"
    return ""


def _why_undefined(tables: NDArray[np.float64], figure: str) -> str:
    total = tables.sum(axis=0)
    if not total.sum():
        return "undefined: no unit has two codes"
    if np.count_nonzero(total.sum(axis=0) + total.sum(axis=1)) < 2:
        return f"undefined: all codes are the same, and {figure} needs some that differ; agreement is 100 %"
    return ""


def warn(sentence: str, stacklevel: int = 2) -> None:
    """Say what was worked around, so that nothing is lost silently."""
    from compare.errors import InputWarning

    warnings.warn(sentence, InputWarning, stacklevel=stacklevel + 1)
