"""Rates and differences corrected for the toolkit's error, with intervals that include it.

For decision i let y be what coders say (known for the sample, R = 1, drawn with probability pi) and g
what the toolkit says of all. The pseudo-outcome g + R / pi * (y - g) has the mean of y, however wrong
g is (design-based supervised learning: Egami, Hinck, Stewart & Wei 2023; the generalised difference
estimator of survey sampling: Cassel, Särndal & Wretman 1976; prediction-powered inference: Angelopoulos
et al. 2023). Rates are its means. g is the probability, moved in each stratum by the mean error found there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.outlets.groups import group_labels
from compare.reading.records import cleaned_name
from compare.tables import CARRIED, CORRECTED_RATES
from compare.validation.weights import stratified_variance, unseen

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.groups import Groups

    Numbers = NDArray[np.float64]

_FEW = 20  # coded units of an outlet from which on its own error counts as measured
_LEAST = 5  # with fewer, an interval would only show that nothing was seen


def with_pseudo_outcomes(table: pd.DataFrame) -> pd.DataFrame:
    """Add outcome (the pseudo-outcome) and residual (of coded units, y - g; else 0).

    Args:
        table: as `weights.weighted` gives it.
    """
    error = (table["truth"] - table["probability"]) * table["weight"] / table["size"]
    found = error.groupby(table["cell"]).transform("sum")
    expected = table["probability"] + found
    residual = (table["truth"] - expected).fillna(0.0)
    return table.assign(outcome=expected + table["weight"] * residual, residual=residual)


def without_labels(decisions: pd.DataFrame) -> pd.DataFrame:
    """The toolkit's decisions taken as they are, in the shape of `with_pseudo_outcomes`."""
    called = decisions["state"].isin(CARRIED).astype(float)
    return decisions.assign(outcome=called, residual=0.0, weight=0.0, size=1.0, coded=0.0, cell="")


def grouped_by(table: pd.DataFrame, by: str, groups: Groups | None) -> pd.DataFrame:
    """Add `group`: the column `by`, or the outlet's group; missing for outlets without one.

    Rows without a group stay, because they tell of the sample.

    Raises:
        InputError: there is no such column, or the groups cannot be used.
    """
    if groups is not None:
        outlets = table["outlet"].unique().tolist()
        _, labels = group_labels(groups, [cleaned_name(str(name)) for name in outlets], least=1)
        named = {outlet: label for outlet, label in zip(outlets, labels, strict=True) if label}
        return table.assign(group=table["outlet"].map(named))
    if by not in table.columns:
        raise InputError(f"the decisions have no column {by!r}; they have {', '.join(table.columns)}.")
    return table.assign(group=table[by].astype("str"))


@dataclass(frozen=True)
class Group:
    """A group's mean outcome, and what its error is computed from.

    Attributes:
        inside: which decisions are the group's.
        coded: how many of them are.
        estimate: the mean of their outcomes.
        by_story: each story's share in the deviation of that mean.
        told: whether the story has decisions of the group.
        by_unit: each coded unit's share in the deviation, of all groups' units.
        counted: which coded units are the group's.
        few: whether too few are coded for an interval.
        note: what to beware of.
    """

    name: str
    inside: NDArray[np.bool_]
    coded: int
    estimate: float
    by_story: Numbers
    told: NDArray[np.bool_]
    by_unit: Numbers
    counted: NDArray[np.bool_]
    few: bool
    note: str


def rate_table(table: pd.DataFrame, *, omitted: bool, status: str) -> pd.DataFrame:
    """Give each group's rate; see `compare.corrected_rates`."""
    decided, sampled = decided_in(table, omitted=omitted), table[table["weight"] > 0]
    rows = []
    for group in groups_of(table):
        error, df, includes = error_of(group.by_story, group.told, group.by_unit, group.counted, sampled)
        size, note = int(group.inside.sum()), group.note
        if error == 0 and group.coded < size:
            note = "nothing varies among the coded units, so the interval is a point; code more"
        estimate = 1 - group.estimate if omitted else group.estimate
        rows.append(
            {
                "group": group.name,
                "decisions": size,
                "coded": group.coded,
                "as_decided": float(decided[group.inside].mean()),
                **bounds(estimate, float("nan") if group.few else error, df, note, low=0.0),
                "includes": includes,
                "status": status,
            }
        )
    return CORRECTED_RATES.frame(rows)


def decided_in(table: pd.DataFrame, *, omitted: bool) -> Numbers:
    """What the toolkit says of each decision: whether it is carried, or omitted."""
    states = table["state"]
    return np.asarray((states == "omitted") if omitted else states.isin(CARRIED), dtype=float)


def groups_of(table: pd.DataFrame) -> list[Group]:
    """Each group's mean and its deviation, story by story and coded unit by coded unit."""
    import pandas as pd

    story, stories = pd.factorize(table["story_id"])
    number, names = pd.factorize(table["group"])
    outcome, varying = table["outcome"].to_numpy(), for_variance(table)
    drawn = (table["weight"] > 0).to_numpy()
    residual = table["residual"].to_numpy()[drawn]
    coders = bool((table["coded"] > 0).any())
    groups = []
    for place, name in enumerate(names):
        inside = number == place
        size, mean = int(inside.sum()), float(outcome[inside].mean())
        sums = np.bincount(story[inside], weights=varying[inside] - mean, minlength=len(stories)) / size
        told = np.bincount(story[inside], minlength=len(stories)) > 0
        counted = inside[drawn]
        coded = int(counted.sum())
        few, note = beware(coded, size, coders=coders, several=bool(told.sum() > 1))
        by_unit = np.where(counted, residual, 0.0) / size
        groups.append(Group(str(name), inside, coded, mean, sums, told, by_unit, counted, few, note))
    return groups


def error_of(
    by_story: Numbers, told: NDArray[np.bool_], by_unit: Numbers, counted: NDArray[np.bool_], sampled: pd.DataFrame
) -> tuple[float, float, str]:
    """The standard error of a mean or a difference of means, its degrees of freedom, and what it includes.

    With several stories, the variance is that between stories (Liang & Zeger 1986, each story a cluster,
    linearised for means): it includes which stories there are and which decisions were coded. With one
    story, it is that of the stratified sample alone.
    """
    stories, coded = int(told.sum()), int(counted.sum())
    if stories > 1:
        # However many stories there are, no more than the coded units tell of the toolkit's error.
        free = max(1, min(stories, coded or stories) - 1)
        variance = float((by_story**2).sum()) * stories / (stories - 1)
        return float(np.sqrt(variance)), float(free), "stories and coding" if len(sampled) else "stories"
    if not len(sampled):
        return float("nan"), float("nan"), "nothing"
    variance, degrees = stratified_variance(sampled, by_unit, counted)
    return float(np.sqrt(variance)), degrees, "coding"


def for_variance(table: pd.DataFrame) -> Numbers:
    """The outcomes, the residuals as large as they are around a mean that was estimated from few of them."""
    weight = table["weight"].to_numpy()
    inflation = 1 / unseen(weight, table["size"].to_numpy()) - 1
    return np.asarray(table["outcome"].to_numpy() + inflation * weight * table["residual"].to_numpy())


def bounds(estimate: float, error: float, df: float, note: str, *, low: float) -> dict[str, Any]:
    """The figure with its interval, within `low` and 1; the note says where the figure itself lay beyond."""
    from scipy import stats

    half = float(stats.t.ppf(0.975, df)) * error
    shown, *ends = np.clip([estimate, estimate - half, estimate + half], low, 1.0).tolist()
    if abs(estimate - shown) > 1e-9:
        note = "; ".join(filter(None, [note, f"the correction gives {estimate:.3f}, shown as {shown:.0f}"]))
    return {"estimate": shown, "low": ends[0], "high": ends[1], "note": note}


def beware(coded: int, size: int, *, coders: bool, several: bool) -> tuple[bool, str]:
    """Whether a group has too few coded units for an interval; and what to beware of.

    Args:
        coded: units of it.
        size: decisions of it.
        coders: whether anything is coded at all.
        several: whether there are several stories.
    """
    if not coders:
        return False, "the toolkit's error is not in this" + ("" if several else "; one story: there is no interval")
    if coded < min(_LEAST, size):
        return True, f"{coded} coded units, too few for an interval; code more, or stratify by outlet"
    if coded < min(_FEW, size):
        return False, f"only {coded} coded units, its own error is hardly known"
    return False, ""


def sandwich(design: Numbers, residual: Numbers, bread: Numbers, story: NDArray[Any]) -> Numbers:
    """The covariance of coefficients, clustered by story (Liang & Zeger 1986), with the factor S / (S - 1)."""
    _, number = np.unique(story, return_inverse=True)
    scores = np.zeros((number.max() + 1, design.shape[1]))
    np.add.at(scores, number, design * residual[:, None])
    inverse = np.linalg.inv(bread)
    clusters = len(scores)
    return np.asarray(inverse @ (scores.T @ scores) @ inverse * clusters / (clusters - 1))
