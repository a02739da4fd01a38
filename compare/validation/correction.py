"""Rates and differences corrected for the toolkit's error, with intervals that include it.

For decision i let y be what coders say (known for the sample, R = 1, drawn with probability pi) and g
what the toolkit says of all. The pseudo-outcome g + R / pi * (y - g) has the mean of y, however wrong
g is (design-based supervised learning: Egami, Hinck, Stewart & Wei 2023; the generalised difference
estimator of survey sampling: Cassel, Särndal & Wretman 1976; prediction-powered inference: Angelopoulos
et al. 2023). Rates are its means. g is the probability, moved in each stratum by the mean error found there.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.tables import CARRIED, DIFFERENCES, RATES
from compare.validation.weights import stratified_variance

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

NOT_VALIDATED = "not validated"
_FEW = 20  # coded units of an outlet from which on its own error counts as measured
_LEAST = 5  # with fewer, an interval would only show that nothing was seen


def with_pseudo_outcomes(table: pd.DataFrame) -> pd.DataFrame:
    """Add outcome (the pseudo-outcome) and residual (of coded units, y - g; else 0).

    Args:
        table: as `weights.weighted` gives it.
    """
    error = table["truth"] - table["probability"]
    found = error.groupby(table["cell"]).transform("mean")
    expected = table["probability"] + found
    residual = (table["truth"] - expected).fillna(0.0)
    return table.assign(outcome=expected + table["weight"] * residual, residual=residual)


def without_labels(decisions: pd.DataFrame) -> pd.DataFrame:
    """The toolkit's decisions taken as they are, in the shape of `with_pseudo_outcomes`."""
    called = decisions["state"].isin(CARRIED).astype(float)
    return decisions.assign(outcome=called, residual=0.0, weight=0.0, size=1.0, coded=0.0, cell="")


def grouped_by(table: pd.DataFrame, by: str, groups: Mapping[str, str] | None) -> pd.DataFrame:
    """Add `group`: the column `by`, or the outlet's group; rows of outlets without one are left out.

    Raises:
        InputError: there is no such column, or a group names an outlet that is not there.
    """
    if groups is not None:
        strangers = [name for name in groups if name not in set(table["outlet"])]
        if strangers:
            raise InputError(f"groups: there is no outlet {strangers[0]!r} among the decisions.")
        return table.assign(group=table["outlet"].map(dict(groups))).dropna(subset=["group"])
    if by not in table.columns:
        raise InputError(f"the decisions have no column {by!r}; they have {', '.join(table.columns)}.")
    return table.assign(group=table[by].astype("str"))


def rate_table(table: pd.DataFrame, *, omitted: bool, status: str) -> pd.DataFrame:
    """Give each group's rate; see `compare.corrected_rates`."""
    rows = []
    for group in dict.fromkeys(table["group"]):
        inside = (table["group"] == group).to_numpy()
        estimate, error, df, includes = _linear(table, _mean_of(inside))
        few, note = _beware(table[inside], status)
        error = float("nan") if few else error
        rows.append(
            {
                "group": group,
                "decisions": int(inside.sum()),
                "coded": int((table["weight"].to_numpy()[inside] > 0).sum()),
                "as_decided": float(_decided(table, omitted=omitted)[inside].mean()),
                **_bounds(1 - estimate if omitted else estimate, error, df, low=0.0, high=1.0),
                "includes": includes,
                "status": status,
                "note": note,
            }
        )
    return RATES.frame(rows)


def difference_table(table: pd.DataFrame, *, omitted: bool, status: str) -> pd.DataFrame:
    """Give the difference of every two groups' rates; see `compare.corrected_differences`."""
    from scipy import stats

    groups = list(dict.fromkeys(table["group"]))
    if len(groups) < 2:
        raise InputError(f"there is only {groups[0]!r}; a difference needs two groups.")
    decided = _decided(table, omitted=omitted)
    rows = []
    for left, right in combinations(groups, 2):
        one, other = ((table["group"] == name).to_numpy() for name in (left, right))
        estimate, error, df, includes = _linear(table, _mean_of(one) - _mean_of(other))
        (few, note), (also_few, also) = _beware(table[one], status), _beware(table[other], status)
        error = float("nan") if few or also_few else error
        if coded := [f"{name}: {said}" for name, said in ((left, note), (right, also)) if said and said != status]:
            note = "; ".join(coded)
        if error == 0:
            note = "nothing varies: there is no p-value"
        sign = -1.0 if omitted else 1.0
        t = abs(estimate) / error if error > 0 else float("nan")
        rows.append(
            {
                "group": left,
                "other": right,
                "as_decided": float(decided[one].mean() - decided[other].mean()),
                **_bounds(sign * estimate, error, df, low=-1.0, high=1.0),
                "p_value": float(2 * stats.t.sf(t, df)),
                "includes": includes,
                "status": status,
                "note": note,
            }
        )
    result = DIFFERENCES.frame(rows)
    tested = result["p_value"].notna()
    if tested.any():
        result.loc[tested, "p_adjusted"] = stats.false_discovery_control(result.loc[tested, "p_value"])
    return result


def _mean_of(inside: NDArray[np.bool_]) -> Numbers:
    return np.asarray(inside.astype(float) / inside.sum())


def _decided(table: pd.DataFrame, *, omitted: bool) -> Numbers:
    states = table["state"]
    return np.asarray((states == "omitted") if omitted else states.isin(CARRIED), dtype=float)


def _linear(table: pd.DataFrame, coefficients: Numbers) -> tuple[float, float, float, str]:
    """Estimate a sum of coefficients times outcomes: estimate, standard error, degrees of freedom, what it includes.

    With several stories, the variance is that between stories (Liang & Zeger 1986, each story a cluster,
    linearised for means): it includes which stories there are and which decisions were coded. With one
    story, it is that of the stratified sample alone.
    """
    import pandas as pd

    outcome = table["outcome"].to_numpy()
    estimate = float(coefficients @ outcome)
    story, stories = pd.factorize(table["story_id"])
    coded = (table["weight"] > 0).to_numpy()
    if len(stories) > 1:
        # The mean of each signed part, so that a story with more decisions does not look deviant for that alone.
        centre = np.zeros(len(table))
        for part in (coefficients > 0, coefficients < 0):
            if part.any():
                centre[part] = (coefficients[part] @ outcome[part]) / coefficients[part].sum()
        values = coefficients * (_for_variance(table) - centre)
        sums = np.bincount(story, weights=values, minlength=len(stories))
        touched = len(np.unique(story[coefficients != 0]))
        # However many stories there are, no more than the coded units tell of the toolkit's error.
        df = min(touched, coded.sum() or touched) - 1
        if touched > 1:
            variance = float((sums**2).sum()) * touched / (touched - 1)
            return (
                estimate,
                float(np.sqrt(variance)),
                float(max(df, 1)),
                "stories and coding" if coded.any() else "stories",
            )
    if not coded.any():
        return estimate, float("nan"), float("nan"), "nothing"
    sampled = table[coded]
    values = coefficients[coded] * sampled["residual"].to_numpy()
    variance, free = stratified_variance(sampled, values, coefficients[coded] != 0)
    return estimate, float(np.sqrt(variance)), free, "coding"


def _for_variance(table: pd.DataFrame) -> Numbers:
    """The outcomes, the residuals as large as they are around a mean that was estimated from few of them."""
    coded = table["coded"].to_numpy()
    inflation = np.sqrt(np.divide(coded, coded - 1, out=np.ones_like(coded), where=coded > 1)) - 1
    return np.asarray(
        table["outcome"].to_numpy() + inflation * table["weight"].to_numpy() * table["residual"].to_numpy()
    )


def _bounds(estimate: float, error: float, df: float, *, low: float, high: float) -> dict[str, float]:
    from scipy import stats

    half = float(stats.t.ppf(0.975, df)) * error
    clipped = np.clip([estimate, estimate - half, estimate + half], low, high).tolist()
    return dict(zip(("estimate", "low", "high"), clipped, strict=True))


def _beware(part: pd.DataFrame, status: str) -> tuple[bool, str]:
    """Whether a group has too few coded units for an interval; and what to beware of."""
    if status == NOT_VALIDATED:
        several = len(part["story_id"].unique()) > 1
        return False, "the toolkit's error is not in this" + ("" if several else "; one story: there is no interval")
    coded = int((part["weight"] > 0).sum())
    if coded < min(_LEAST, len(part)):
        return True, f"{coded} coded units, too few for an interval; code more, or stratify by outlet"
    return False, f"only {coded} coded units, its own error is hardly known" if coded < min(_FEW, len(part)) else ""


def sandwich(design: Numbers, residual: Numbers, bread: Numbers, story: NDArray[Any]) -> Numbers:
    """The covariance of coefficients, clustered by story (Liang & Zeger 1986), with the factor S / (S - 1)."""
    _, number = np.unique(story, return_inverse=True)
    scores = np.zeros((number.max() + 1, design.shape[1]))
    np.add.at(scores, number, design * residual[:, None])
    inverse = np.linalg.inv(bread)
    clusters = len(scores)
    return np.asarray(inverse @ (scores.T @ scores) @ inverse * clusters / (clusters - 1))
