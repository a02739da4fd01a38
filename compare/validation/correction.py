"""Rates and differences corrected for the toolkit's error, with intervals that include it.

For decision i, let y be the coders' code (known for the sample, R = 1, drawn with probability pi) and g the toolkit's
prediction. The pseudo-outcome g + R / pi * (y - g) has the mean of y, however wrong g is (design-based supervised
learning: Egami, Hinck, Stewart & Wei 2023; the generalised difference estimator of survey sampling: Cassel, Särndal &
Wretman 1976; prediction-powered inference: Angelopoulos et al. 2023). Rates are its means. g is the probability,
shifted in each stratum by the mean error found there.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.errors import InputError, count
from compare.outlets.groups import group_labels, in_order
from compare.outlets.permutation import adjusted
from compare.reading.records import cleaned_name
from compare.tables import CARRIED, CORRECTED_DIFFERENCES, CORRECTED_RATES
from compare.validation.accuracy import stratified_variance, unseen

if TYPE_CHECKING:
    import pandas as pd

    from compare.outlets.groups import Groups
    from compare.outlets.intervals import Flags, Integers, Numbers

_FEW = 20  # with this many coded units, an outlet's own error counts as measured
_LEAST = 5  # with fewer, an interval would only reflect a lack of observations


def with_pseudo_outcomes(table: pd.DataFrame) -> pd.DataFrame:
    """Add outcome (the pseudo-outcome) and residual (y - g of coded units; otherwise 0) to `weighted` decisions."""
    error = (table["truth"] - table["probability"]) * table["weight"] / table["size"]
    found = error.groupby(table["cell"]).transform("sum")
    expected = table["probability"] + found
    residual = (table["truth"] - expected).fillna(0.0)
    return table.assign(outcome=expected + table["weight"] * residual, residual=residual)


def without_labels(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the toolkit's decisions uncorrected, in the format of `with_pseudo_outcomes`."""
    called = decisions["state"].isin(CARRIED).astype(float)
    return decisions.assign(outcome=called, residual=0.0, weight=0.0, size=1.0, coded=0.0, cell="")


def grouped_by(table: pd.DataFrame, by: str, groups: Groups | None) -> pd.DataFrame:
    """Add `group`: the column `by`, or the outlet's group; missing for outlets without one.

    Rows without a group are kept, because they contribute to the sample.

    Raises:
        InputError: there is no such column, or the groups cannot be used.
    """
    if groups is not None:
        import pandas as pd

        outlets = table["outlet"].unique().tolist()
        _, labels = group_labels(groups, [cleaned_name(str(name)) for name in outlets], least=1)
        named = {outlet: label for outlet, label in zip(outlets, labels, strict=True) if label}
        return table.assign(group=pd.Categorical(table["outlet"].map(named), in_order(groups, labels)))
    if by not in table.columns:
        raise InputError(f"the decisions have no column {by!r}; they have {', '.join(table.columns)}.")
    return table.assign(group=table[by].astype("str"))


class _Figure(NamedTuple):
    """A mean of outcomes, or a difference of two, and the components of its error."""

    estimate: float
    as_decided: float  # the same figure from the toolkit's decisions
    by_story: Numbers  # each story's share in the deviation of the estimate
    told: Flags  # whether the story has decisions on it
    by_unit: Numbers  # each coded unit's share in the deviation
    counted: Flags  # which coded units it is about
    few: bool  # whether too few are coded for an interval
    note: str  # a caution


class _Decisions:
    """Decisions with outcomes and groups, as arrays; `groups` marks the decisions of each group."""

    def __init__(self, table: pd.DataFrame, *, omitted: bool) -> None:
        import pandas as pd

        self.story, stories = pd.factorize(table["story_id"])
        self.stories = len(stories)
        given = table["group"].dtype
        names = given.categories if isinstance(given, pd.CategoricalDtype) else table["group"].dropna().unique()
        self.groups = {str(name): (table["group"] == name).to_numpy(bool) for name in names}
        states = table["state"]
        self.decided = np.asarray((states == "omitted") if omitted else states.isin(CARRIED), dtype=float)
        self.outcome, self.varying = table["outcome"].to_numpy(), for_variance(table)
        self.drawn = (table["weight"] > 0).to_numpy()
        self.sampled = table[self.drawn]
        self.residual = self.sampled["residual"].to_numpy()
        self.coders = bool((table["coded"] > 0).any())

    def per_story(self, inside: Flags) -> Integers:
        """Count decisions in each story."""
        return np.bincount(self.story[inside], minlength=self.stories)

    def coded(self, inside: Flags) -> int:
        """Count the coded decisions."""
        return int((inside & self.drawn).sum())

    def mean(self, inside: Flags) -> _Figure:
        """Return the mean of some decisions."""
        size, mean = int(inside.sum()), float(self.outcome[inside].mean())
        apart = self.varying[inside] - mean
        told, counted = self.per_story(inside) > 0, inside[self.drawn]
        few, note = beware(self.coded(inside), size, coders=self.coders, several=bool(told.sum() > 1))
        return _Figure(
            mean,
            float(self.decided[inside].mean()),
            np.bincount(self.story[inside], weights=apart, minlength=self.stories) / size,
            told,
            np.where(counted, self.residual, 0.0) / size,
            counted,
            few,
            note,
        )

    def of_means(self, one: str, other: str) -> _Figure:
        """Return the difference of two means, each over the group's own stories."""
        a, b = self.mean(self.groups[one]), self.mean(self.groups[other])
        return _Figure(
            a.estimate - b.estimate,
            a.as_decided - b.as_decided,
            a.by_story - b.by_story,
            a.told | b.told,
            a.by_unit - b.by_unit,
            a.counted | b.counted,
            a.few or b.few,
            _notes({one: a.note, other: b.note}),
        )

    def within_stories(self, one: str, other: str) -> _Figure:
        """Return the difference within the stories that both have, with the weights of Mantel & Haenszel (1959).

        A story with n decisions of one group and m of the other has the weight n m / (n + m), as in
        `outlets.differences`. The difference is linear in the outcomes, so pseudo-outcomes can replace coders' codes.
        """
        sides = self.groups[one], self.groups[other]
        n, m = map(self.per_story, sides)
        told = (n > 0) & (m > 0)
        weight = np.where(told, n * m / np.maximum(n + m, 1), 0.0)
        # The weight of a decision: m / (n + m) in one group, -n / (n + m) in the other, over the sum of story weights.
        share = 1 / np.maximum(n + m, 1) / (weight.sum() or np.nan)
        first, second = (np.where(told, k * share, 0.0)[self.story] for k in (m, n))
        counts, both = first * sides[0] - second * sides[1], told[self.story]
        estimate = float((counts * self.outcome).sum()) if told.any() else float("nan")
        by_story = np.bincount(self.story, weights=counts * self.varying, minlength=self.stories)
        wary = [
            beware(self.coded(both & side), int((both & side).sum()), coders=self.coders, several=bool(told.sum() > 1))
            for side in sides
        ]
        return _Figure(
            estimate,
            float((counts * self.decided).sum()) if told.any() else float("nan"),
            by_story - (weight / weight.sum() * estimate if told.any() else 0.0),
            told,
            counts[self.drawn] * self.residual,
            (both & (sides[0] | sides[1]))[self.drawn],
            any(few for few, _ in wary) or not told.any(),
            _notes({one: wary[0][1], other: wary[1][1]}) if told.any() else "no story that both have",
        )

    def error_of(self, figure: _Figure) -> tuple[float, float, str]:
        """Return the standard error of a figure, its degrees of freedom, and its sources.

        With several stories, the variance is that between stories (Liang & Zeger 1986, with stories as clusters,
        linearised for means): it includes the choice of stories and of decisions to code. With one story, it is that of
        the stratified sample alone.
        """
        stories, coded = int(figure.told.sum()), int(figure.counted.sum())
        if stories > 1:
            # Only the coded units inform the toolkit's error, no matter how many stories there are.
            free = max(1, min(stories, coded or stories) - 1)
            variance = float((figure.by_story**2).sum()) * stories / (stories - 1)
            return float(np.sqrt(variance)), float(free), "stories and coding" if len(self.sampled) else "stories"
        if not len(self.sampled):
            return float("nan"), float("nan"), "nothing"
        variance, degrees = stratified_variance(self.sampled, figure.by_unit, figure.counted)
        return float(np.sqrt(variance)), degrees, "coding"


def rate_table(table: pd.DataFrame, *, omitted: bool, status: str) -> pd.DataFrame:
    """Return each group's rate; see `compare.corrected_rates`."""
    decisions, rows = _Decisions(table, omitted=omitted), []
    for name, inside in decisions.groups.items():
        found = decisions.mean(inside)
        error, df, includes = decisions.error_of(found)
        size, coded, note = int(inside.sum()), decisions.coded(inside), found.note
        if error == 0 and coded < size:
            note = "nothing varies among the coded units, so the interval is a point; code more"
        estimate = 1 - found.estimate if omitted else found.estimate
        row = {"group": name, "decisions": size, "coded": coded, "as_decided": found.as_decided}
        row |= _bounds(estimate, float("nan") if found.few else error, df, note, low=0.0)
        rows.append(row | {"includes": includes, "status": status})
    return CORRECTED_RATES.frame(rows)


def difference_table(table: pd.DataFrame, *, omitted: bool, status: str, within: bool = False) -> pd.DataFrame:
    """Return the difference of every two groups' rates: within the stories of both, or each over its own stories."""
    from scipy.special import stdtr

    decisions, rows = _Decisions(table, omitted=omitted), []
    if len(decisions.groups) < 2:
        raise InputError(f"there is only {next(iter(decisions.groups))!r}; a difference needs two groups.")
    for one, other in combinations(decisions.groups, 2):
        found = decisions.within_stories(one, other) if within else decisions.of_means(one, other)
        error, df, includes = decisions.error_of(found)
        error = float("nan") if found.few else error
        estimate = -found.estimate if omitted else found.estimate
        note = "nothing varies: there is no p-value" if error == 0 else found.note
        row = {"group": one, "other": other, "as_decided": found.as_decided}
        row |= _bounds(estimate, error, df, note, low=-1.0)
        row["p_value"] = float(2 * stdtr(df, -abs(estimate) / error)) if error > 0 else float("nan")
        rows.append(row | {"includes": includes, "status": status})
    result = CORRECTED_DIFFERENCES.frame(rows)
    return result.assign(p_adjusted=adjusted(result["p_value"].to_numpy(float)))


def for_variance(table: pd.DataFrame) -> Numbers:
    """Return the outcomes with residuals enlarged, because the mean they deviate from was estimated from few units."""
    weight = table["weight"].to_numpy()
    inflation = 1 / unseen(weight, table["size"].to_numpy()) - 1
    return np.asarray(table["outcome"].to_numpy() + inflation * weight * table["residual"].to_numpy())


def beware(coded: int, size: int, *, coders: bool, several: bool) -> tuple[bool, str]:
    """Return whether a group of `size` decisions has too few coded units for an interval, and a caution."""
    if not coders:
        return False, "the toolkit's error is not in this" + ("" if several else "; one story: there is no interval")
    if coded < min(_LEAST, size):
        return True, f"{count(coded, 'coded unit')}, too few for an interval; code more, or stratify by outlet"
    if coded < min(_FEW, size):
        return False, f"only {count(coded, 'coded unit')}, its own error is hardly known"
    return False, ""


def _bounds(estimate: float, error: float, df: float, note: str, *, low: float) -> dict[str, Any]:
    """Return the figure with its interval, clipped to `low` and 1; the note mentions a clipped figure."""
    from scipy.special import stdtrit

    half = float(stdtrit(df, 0.975)) * error
    shown, *ends = np.clip([estimate, estimate - half, estimate + half], low, 1.0).tolist()
    if abs(estimate - shown) > 1e-9:
        note = "; ".join(filter(None, [note, f"the correction gives {estimate:.3f}, shown as {shown:.0f}"]))
    return {"estimate": shown, "low": ends[0], "high": ends[1], "note": note}


def _notes(notes: dict[str, str]) -> str:
    if len(set(notes.values())) == 1:
        return next(iter(notes.values()))
    return "; ".join(f"{name}: {note}" for name, note in notes.items() if note)
