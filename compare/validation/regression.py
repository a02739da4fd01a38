"""Linear and logistic regressions of carriage, corrected for the toolkit's error (Egami et al. 2023)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from compare.errors import InputError
from compare.validation.correction import beware, for_variance

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.intervals import Flags, Numbers

Family = Literal["linear", "logistic"]
_STEPS = 50
_ONE_STORY = "one story: decisions count as independent of each other"


def regress(table: pd.DataFrame, on: Sequence[str], family: Family, status: str) -> pd.DataFrame:
    """Regress the pseudo-outcome on columns of the decisions: term, estimate, low, high, p_value, status, note.

    The coefficients solve sum x (outcome - mu(x b)) = 0. This is linear in the outcome, so pseudo-outcomes can replace
    the coders' codes of all decisions. A term informed by fewer than five coded units, such as an outlet that nobody
    coded, has no interval.

    Raises:
        InputError: a column is missing or constant, columns say the same, the family is unknown, or a logistic
            regression has no finite solution.
    """
    import pandas as pd
    from scipy.special import stdtr, stdtrit

    if family not in get_args(Family):
        raise InputError(f"family is {family!r}; give one of {', '.join(get_args(Family))}.")
    design = _design(table, on)
    x, y = design.to_numpy(float), table["outcome"].to_numpy(float)
    coefficients, bread, fitted = _solved(x, y, family)
    several = len(table["story_id"].unique()) > 1
    coded = (table["weight"] > 0).to_numpy()
    # The sandwich, clustered by story (Liang & Zeger 1986), with the factor S / (S - 1).
    names, number = np.unique(
        table["story_id"].to_numpy(str) if several else np.arange(len(table)), return_inverse=True
    )
    clusters, inverse = len(names), np.linalg.inv(bread)
    scores = np.zeros((clusters, x.shape[1]))
    np.add.at(scores, number, x * (for_variance(table) - fitted)[:, None])
    error = np.sqrt(np.diag(inverse @ (scores.T @ scores) @ inverse * clusters / (clusters - 1)))
    df, notes = np.ones(len(error)), []
    for place, sides in enumerate(_sides(table, on, design)):
        least = min(sides, key=lambda side: int((side & coded).sum()))
        few, note = beware(int((least & coded).sum()), int(least.sum()), coders=True, several=several)
        notes.append("; ".join(filter(None, [note, "" if several else _ONE_STORY])))
        # Only the coded units inform the toolkit's error, no matter how many stories there are.
        df[place] = max(1, min(clusters, int((np.logical_or.reduce(sides) & coded).sum())) - 1)
        error[place] = np.nan if few else error[place]
    half = stdtrit(df, 0.975) * error
    return pd.DataFrame(
        {
            "term": design.columns,
            "estimate": coefficients,
            "low": coefficients - half,
            "high": coefficients + half,
            "p_value": 2 * stdtr(df, -np.abs(coefficients) / np.where(error == 0, np.inf, error)),
            "status": status,
            "note": notes,
        }
    )


def kept(table: pd.DataFrame, only: str | None) -> pd.DataFrame:
    """Keep the decisions for which a column is true.

    Raises:
        InputError: there is no such column, it has values other than true and false, or is true of none.
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
    """Return an intercept, numeric columns, and dummies of text columns, with the first value as reference."""
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


def _sides(table: pd.DataFrame, on: Sequence[str], design: pd.DataFrame) -> list[list[Flags]]:
    """Return the decisions that each term contrasts: a value and the first, both of two numbers, or all but 0."""
    import pandas as pd

    sides = {}
    firsts = []
    for name in on:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column):
            values = np.unique(column.to_numpy(float))
            pair = [(column == value).to_numpy(bool) for value in values]
            sides[name] = pair if len(values) == 2 else [(column != 0).to_numpy(bool)]
            continue
        dummies = [str(term) for term in pd.get_dummies(table[[name]], drop_first=True).columns]
        marks = {term: design[term].to_numpy() > 0 for term in dummies}
        firsts.append(~np.logical_or.reduce(list(marks.values())))
        sides.update({term: [mark, firsts[-1]] for term, mark in marks.items()})
    sides["(intercept)"] = firsts or [np.ones(len(table), bool)]
    return [sides[str(term)] for term in design.columns]


def _solved(x: Numbers, y: Numbers, family: Family) -> tuple[Numbers, Numbers, Numbers]:
    """Return the coefficients, the bread of the sandwich, and fitted values."""
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
