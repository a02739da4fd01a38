"""Linear and logistic regressions of carriage, corrected for the toolkit's error (Egami et al. 2023)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from compare.errors import InputError
from compare.validation.correction import sandwich

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Family = Literal["linear", "logistic"]
_STEPS = 50


def regress(table: pd.DataFrame, on: Sequence[str], family: Family, status: str) -> pd.DataFrame:
    """Regress the pseudo-outcome on columns of the decisions.

    The coefficients solve sum x (outcome - mu(x b)) = 0; as this is linear in the outcome, the
    pseudo-outcome may stand for what coders would have said of every decision.

    Returns:
        Columns term, estimate, low, high, p_value, status, note.

    Raises:
        InputError: a column is absent or constant, columns say the same, the family is unknown, or a
            logistic regression has no finite solution.
    """
    import pandas as pd
    from scipy import stats

    if family not in get_args(Family):
        raise InputError(f"family is {family!r}; give one of {', '.join(get_args(Family))}.")
    design = _design(table, on)
    x, y = design.to_numpy(float), table["outcome"].to_numpy(float)
    coefficients, bread, fitted = _solved(x, y, family)
    several = len(table["story_id"].unique()) > 1
    cluster = table["story_id"].to_numpy(str) if several else np.arange(len(table))
    covariance = sandwich(x, y - fitted, bread, cluster)
    error = np.sqrt(np.diag(covariance))
    df = max(1, len(np.unique(cluster)) - 1)
    half = float(stats.t.ppf(0.975, df)) * error
    return pd.DataFrame(
        {
            "term": design.columns,
            "estimate": coefficients,
            "low": coefficients - half,
            "high": coefficients + half,
            "p_value": 2 * stats.t.sf(np.abs(coefficients) / np.where(error > 0, error, np.inf), df),
            "status": status,
            "note": "" if several else "one story: decisions count as independent of each other",
        }
    )


def kept(table: pd.DataFrame, only: str | None) -> pd.DataFrame:
    """Keep the decisions for which a column is true.

    Raises:
        InputError: there is no such column, it has other values than true and false, or is true of none.
    """
    if only is None:
        return table
    if only not in table.columns:
        raise InputError(f"only: the decisions have no column {only!r}; they have {', '.join(table.columns)}.")
    if not table[only].isin((True, False)).all():
        raise InputError(f"only: column {only!r} has values other than true and false.")
    found = table[table[only].astype(bool)]
    if found.empty:
        raise InputError(f"only: column {only!r} is true of no decision.")
    return found


def _design(table: pd.DataFrame, on: Sequence[str]) -> pd.DataFrame:
    """An intercept, numbers as they are, and of text a column for each value but the first."""
    import pandas as pd

    absent = [name for name in on if name not in table.columns]
    if absent:
        raise InputError(f"the decisions have no column {absent[0]!r}; they have {', '.join(table.columns)}.")
    if table[list(on)].isna().any().any():
        raise InputError("a column of the regression has missing values; fill them or leave these decisions out.")
    design = pd.get_dummies(table[list(on)], drop_first=True, dtype=float).astype(float)
    design.insert(0, "(intercept)", 1.0)
    if np.linalg.matrix_rank(design.to_numpy()) < design.shape[1]:
        raise InputError(f"the columns {', '.join(on)} say the same or do not vary; leave one out.")
    return design


def _solved(x: Numbers, y: Numbers, family: Family) -> tuple[Numbers, Numbers, Numbers]:
    """Coefficients, the bread of the sandwich, and fitted values."""
    if family == "linear":
        bread = x.T @ x
        coefficients = np.linalg.solve(bread, x.T @ y)
        return np.asarray(coefficients), bread, np.asarray(x @ coefficients)
    coefficients = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        fitted = 1 / (1 + np.exp(-np.clip(x @ coefficients, -30, 30)))
        bread = (x * (fitted * (1 - fitted))[:, None]).T @ x
        try:
            step = np.linalg.solve(bread, x.T @ (y - fitted))
        except np.linalg.LinAlgError:
            break
        coefficients = coefficients + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-9:
            fitted = 1 / (1 + np.exp(-(x @ coefficients)))
            return coefficients, bread, fitted
    raise InputError(
        "the logistic regression has no finite solution: a column tells the outcome apart wholly, or too few "
        'decisions are coded; leave it out, or take family="linear".'
    )
