"""Predictors of omission: the odds of leaving out an available claim, by traits of the claim and by outlet.

Decisions within a story depend on each other, so the logistic regression is fitted by generalized estimating equations
(Liang & Zeger 1986), clustered by story. All pairs of decisions in a story are assumed to be equally correlated, which
comes close to comparing claims only within one story.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.errors import InputError, MissingExtraError, count
from compare.outlets.groups import group_labels, in_order
from compare.outlets.intervals import FEW_STORIES, LEVEL
from compare.outlets.permutation import adjusted
from compare.tables import OMISSION_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from compare.outlets.groups import Groups
    from compare.outlets.intervals import Flags, Integers, Numbers

# Columns of CLAIM_TRAITS.
TRAITS = (
    *("quote", "attributed", "named_source", "official", "casualties", "money", "number", "words"),
    *("salience", "opening", "is_lead", "told_by_lead", "contradicts_lead"),
)
_AMOUNTS = ("words", "salience")  # all other traits are booleans or shares: their effect is from none to all
_SAME = 1e-9  # the least share of a column's variance that the other columns must leave unexplained
_NONE = "the regression of omissions has no solution; give fewer traits, or more stories."
# Up to this many stories, the sandwich is corrected for their number (beyond, it changes errors by less than 1 %, and
# its cost grows with the third power of the number of decisions in a story).
_CORRECTED = 200
_STEPS = 60
_FARTHEST = 12.0  # a coefficient beyond this is diverging
_FAMILIES = {"trait": "traits", "interaction": "differences of traits", "outlet": "outlets"}


@dataclass(frozen=True, eq=False)
class _Term:
    """The subject of one coefficient: a trait, in a group of outlets or in all (""), or an outlet."""

    kind: str
    name: str
    group: str
    inside: Flags  # the decisions it applies to: its group's, or the outlet's own
    given: Numbers  # the trait's values; 1 for an outlet
    step: float = 1.0  # the increase that the coefficient stands for
    outlets: int = 1  # the number of outlets in the group
    warning: str = ""  # why it cannot be estimated
    column: int | None = None  # its place in the design, if it can be estimated

    @property
    def is_amount(self) -> bool:
        return self.name in _AMOUNTS and self.kind == "trait"

    @property
    def having(self) -> Flags:
        """Whether each decision is about a claim with the trait; for an amount, every decision of the group is."""
        return self.inside if self.is_amount else self.inside & (self.given > 0)


class _Cells(NamedTuple):
    story: Integers
    claim: Integers
    omitted: Flags
    decided: Flags


class _Fit(NamedTuple):
    coefficients: Numbers
    covariance: Numbers
    warning: str


class _Estimate(NamedTuple):
    """A coefficient and an effect, each with its gradient in the model's coefficients."""

    log_odds: float
    contrast: Numbers
    points: float
    slope: Numbers


def omission_table(
    claims: pd.DataFrame, groups: Groups | None = None, *, traits: Sequence[str] | None = None
) -> pd.DataFrame:
    """Regress omissions of available claims (CLAIM_TRAITS of one version) on traits and outlets: OMISSION_MODEL.

    `traits` are names of `TRAITS`, None for all. With groups, each trait has a coefficient in each group.

    Raises:
        InputError: traits or groups cannot be used, or there are not two stories and two outlets.
        MissingExtraError: statsmodels is not installed.
    """
    chosen = list(TRAITS) if traits is None else list(traits)
    if isinstance(traits, str) or not chosen:
        raise InputError(f"traits is {traits!r}: give a list of names, such as ['quote', 'official'].")
    if unknown := [name for name in chosen if name not in TRAITS]:
        raise InputError(f"there is no trait {unknown[0]!r}; there are {', '.join(TRAITS)}.")
    rows, by = claims[claims["available"]].assign(group=""), ""
    if groups is not None:
        every = claims["outlet"].unique().tolist()
        by, labels = group_labels(groups, every)
        rows["group"] = rows["outlet"].map(dict(zip(every, labels, strict=True)))
        rows = rows[rows["group"] != ""]
    names = in_order(groups, labels) if groups is not None else [""]
    story, claim = (
        np.unique(rows[name].to_numpy(object).astype(str), return_inverse=True)[1] for name in ("story_id", "claim_id")
    )
    decision = rows["decision"].to_numpy(object)
    decisions = _Cells(story, claim, decision == "omitted", decision != "undecided")
    decided = rows[decisions.decided]
    if len(outlets := decided["outlet"].unique()) < 2:
        there = f"is only {outlets[0]!r}" if len(outlets) else "is none"
        raise InputError(
            f"a regression of omissions needs two outlets with claims that others also make; there {there}."
        )
    if decided["story_id"].nunique() < 2:
        raise InputError(
            "a regression of omissions needs at least two stories: decisions within a story depend on each "
            "other, so one story says nothing about chance."
        )
    terms, x, kept, outlets_of = _design(_terms(rows, dict.fromkeys(chosen), names), decisions)
    model = _fit(x, decisions.omitted[kept].astype(float), story[kept], outlets_of)
    estimates = _estimates(terms, model, x, kept, outlets_of)
    found = [_row([term], estimate, model, decisions) for term, estimate in zip(terms, estimates, strict=True)]
    for (one, first), (other, second) in combinations(zip(terms, estimates, strict=True), 2):
        if one.kind == other.kind == "trait" and one.name == other.name:
            less = None
            if first and second:
                less = _Estimate(*(a - b for a, b in zip(first, second, strict=True)))  # type: ignore[operator]
            found.append(_row([one, other], less, model, decisions))
    version, table = str(claims["version"].iat[0]), []
    for kind, family in _FAMILIES.items():
        mine = [row for row in found if row["kind"] == kind]
        p_values = np.array([row.get("p_value", np.nan) for row in mine], dtype=np.float64)
        about = f"omission: {family}{f' by {by}' if by and kind != 'outlet' else ''}; {version}"
        more = {"family": about, "tests": int((~np.isnan(p_values)).sum()), "version": version, "validated": False}
        table += [row | more | {"q_value": q} for row, q in zip(mine, adjusted(p_values), strict=True)]
    return OMISSION_MODEL.frame(table)


def _terms(decisions: pd.DataFrame, traits: Iterable[str], groups: Sequence[str]) -> list[_Term]:
    """Return a term for each trait in each group, and for each outlet."""
    group = decisions["group"].to_numpy(object)
    sizes = decisions.groupby("group")["outlet"].nunique()
    terms = []
    for name in traits:
        values = decisions[name].to_numpy(float)
        step = 2 * float(values.std()) if name in _AMOUNTS else 1.0
        terms += [_Term("trait", name, one, group == one, values, step, int(sizes.get(one, 0))) for one in groups]
    for outlet in decisions["outlet"].unique():
        mine = (decisions["outlet"] == outlet).to_numpy(bool)
        terms.append(_Term("outlet", str(outlet), "", mine, np.ones(len(mine))))
    return terms


def _design(terms: list[_Term], decisions: _Cells) -> tuple[list[_Term], Numbers, Flags, int]:
    """Build the design: terms, decisions x columns (outlets first), the decisions kept, the number of outlet columns.

    Where all or none of the claims with a trait are omitted, its coefficient is infinite. The trait is then left out
    together with these decisions, which say nothing about the other coefficients. The same holds for an outlet that
    leaves out all or nothing. Traits are centred on their means.
    """
    kept, again = decisions.decided.copy(), True
    while again:
        again = False
        for at, term in enumerate(terms):
            said, apart = ("", None) if term.warning else _told_apart(term, decisions.omitted, kept)
            if said:
                terms[at], again = replace(term, warning=said), True
                kept &= ~apart if apart is not None else True
    chosen = [at for at, term in enumerate(terms) if term.kind == "outlet" and not term.warning]
    outlets = len(chosen)
    if outlets < 2 or len(np.unique(decisions.story[kept])) < 2:
        raise InputError(
            "nothing is left to regress: fewer than two outlets leave out some claims and carry others, in two stories."
        )
    chosen += [at for at, term in enumerate(terms) if term.kind == "trait" and not term.warning]
    columns = np.zeros((int(kept.sum()), len(chosen)))
    for column, term in zip(columns.T, (terms[at] for at in chosen), strict=True):
        inside, values = term.inside[kept], term.given[kept] / term.step
        column[inside] = 1.0 if term.kind == "outlet" else values[inside] - values[inside].mean()
    # Keep a column unless the columns before it determine it.
    products = columns.T @ columns
    taken: list[int] = []
    for at in range(len(products)):
        left = products[at, at]
        if taken:
            left -= products[at, taken] @ np.linalg.solve(products[np.ix_(taken, taken)], products[taken, at])
        if left > _SAME * max(products[at, at], 1e-300):
            taken.append(at)
    usable = np.isin(np.arange(len(products)), taken)
    for at, place in zip(chosen, np.where(usable, usable.cumsum() - 1, -1).tolist(), strict=True):
        said = "" if place >= 0 else "the other traits and the outlet tell it already: left out"
        terms[at] = replace(terms[at], warning=said, column=place if place >= 0 else None)
    return terms, columns[:, usable], kept, outlets


def _told_apart(term: _Term, omitted: Flags, kept: Flags) -> tuple[str, Flags | None]:
    """Return why a term cannot be estimated, and the decisions that it separates completely."""
    inside = term.inside & kept
    values = term.given[inside]
    if term.kind == "trait" and not len(values):
        return "no decision to tell it from", None
    if term.kind == "trait" and values.min() == values.max():
        return "the same for all claims that are left to compare", None
    if term.is_amount:
        return "", None
    # Decisions without the trait are separated completely only if all others have it in full.
    sides = [(inside & (term.given > 0), " with it")]
    sides += [(inside & (term.given == 0), " without it")] if np.isin(values, (0, 1)).all() else []
    for rows, which in sides:
        if rows.any() and omitted[rows].min() == omitted[rows].max():
            how = "omissions" if omitted[rows][0] else "carried claims"
            about = "" if term.kind == "outlet" else which
            return f"only {how} in {count(int(rows.sum()), 'decision')}{about}: no finite coefficient", rows
    return "", None


def _fit(x: Numbers, y: Numbers, story: Integers, outlets: int, *, exchangeable: bool = True) -> _Fit:
    """Fit the model; if it has no solution, treat decisions as independent (but not for the standard errors)."""
    try:
        # Not through `statsmodels.api`, which also loads plots and time series.
        from statsmodels.genmod import cov_struct, families
        from statsmodels.genmod.generalized_estimating_equations import GEE
    except ImportError as error:
        raise MissingExtraError("A regression of omissions", "stats") from error
    structure = cov_struct.Exchangeable() if exchangeable else cov_struct.Independence()
    corrected = "bias_reduced" if len(np.unique(story)) <= _CORRECTED else "robust"
    # Start from each outlet's own log odds: statsmodels would fit a whole model for them, which doubles the time.
    with np.errstate(all="ignore"):
        shares = (x[:, :outlets].T @ y) / x[:, :outlets].sum(axis=0)
    if not ((shares > 0) & (shares < 1)).all():
        raise InputError(_NONE)  # with very few decisions, a column may not stand for one outlet
    start = np.append(np.log(shares / (1 - shares)), np.zeros(x.shape[1] - outlets))
    model = GEE(y, x, groups=story, family=families.Binomial(), cov_struct=structure)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        found = model.fit(maxiter=_STEPS, start_params=start, cov_type=corrected)
    coefficients, covariance = np.asarray(found.params), np.asarray(found.cov_params())
    usable = np.isfinite(coefficients).all() and np.isfinite(covariance).all()
    if exchangeable and not (usable and found.converged):
        return _fit(x, y, story, outlets, exchangeable=False)
    if not usable:
        raise InputError(_NONE)
    said = []
    if not exchangeable:
        said.append("no solution with correlated decisions: taken as independent, so stories are compared as well")
    if not found.converged:
        said.append("the regression did not settle")
    if np.abs(coefficients).max() > _FARTHEST:
        said.append("some traits together tell omissions apart wholly: coefficients are not to be trusted")
    return _Fit(coefficients, covariance, "; ".join(said))


def _estimates(terms: list[_Term], model: _Fit, x: Numbers, kept: Flags, outlets: int) -> list[_Estimate | None]:
    """Return each term's estimate, if it has one; an outlet is compared with the mean of the outlets."""
    points, slopes = _levels(model, x, outlets)
    found: list[_Estimate | None] = []
    for term in terms:
        if term.column is None:
            found.append(None)
            continue
        contrast = np.zeros(x.shape[1])
        contrast[term.column] = 1
        if term.kind == "outlet":
            contrast[:outlets] -= 1 / outlets
            mean, slope = float(points[term.column]), slopes[term.column]
        else:
            inside = term.inside[kept]
            given = term.given[kept][inside]
            # From none to all; for an amount, from half a step below to half a step above.
            low, high = (-0.5, 0.5) if term.is_amount else (-given, 1 - given)
            mean, slope = _change(model, x[inside], term.column, low, high)
        found.append(_Estimate(float(contrast @ model.coefficients), contrast, mean, slope))
    return found


def _change(model: _Fit, x: Numbers, column: int, low: Numbers | float, high: Numbers | float) -> tuple[float, Numbers]:
    """Return the mean rise in the probability of omission as a column moves from low to high, and its gradient."""
    from scipy.special import expit

    linear = x @ model.coefficients
    mean, slope = 0.0, np.zeros(x.shape[1])
    for sign, moved in ((1, high), (-1, low)):
        by = np.broadcast_to(np.asarray(moved, dtype=float), linear.shape)
        p = expit(linear + by * model.coefficients[column])
        weight = p * (1 - p) / len(p)
        mean += sign * float(p.mean())
        slope += sign * (x.T @ weight)
        slope[column] += sign * float(weight @ by)
    return mean, slope


def _levels(model: _Fit, x: Numbers, outlets: int) -> tuple[Numbers, Numbers]:
    """Return the probability of omission if each outlet had made all decisions, less the mean, and the gradients."""
    from scipy.special import expit

    rest = x[:, outlets:] @ model.coefficients[outlets:]
    means, slopes = np.zeros(outlets), np.zeros((outlets, x.shape[1]))
    for row in range(outlets):
        p = expit(rest + model.coefficients[row])
        weight = p * (1 - p) / len(p)
        means[row] = p.mean()
        slopes[row, row] = weight.sum()
        slopes[row, outlets:] = x[:, outlets:].T @ weight
    return means - means.mean(), slopes - slopes.mean(axis=0)


def _row(terms: list[_Term], estimate: _Estimate | None, model: _Fit, decisions: _Cells) -> dict[str, Any]:
    """Return a row of the table: a term, or the difference between two."""
    first, second = terms[0], terms[-1]
    having = first.having | second.having
    counted = having & decisions.decided
    row: dict[str, Any] = {
        "term": first.name,
        "kind": "interaction" if len(terms) > 1 else first.kind,
        "group": first.group,
        "other": second.group if len(terms) > 1 else "",
        "step": first.step if first.step else None,
        "claims": len(np.unique(decisions.claim[counted])),
        "decisions": int(counted.sum()),
        "omitted": int((counted & decisions.omitted).sum()),
        "undecided": int((having & ~decisions.decided).sum()),
        "stories": len(np.unique(decisions.story[counted])),
    }
    if estimate is None:
        return row | {"warning": "; ".join(dict.fromkeys(term.warning for term in terms if term.warning))}
    # A coefficient rests on the stories with the trait or on those without it, the fewer of the two.
    sides = [
        term.inside & decisions.decided & side for term in terms for side in (term.having, term.inside & ~term.having)
    ]
    stories = min(len(np.unique(decisions.story[rows])) for rows in sides if rows.any())
    said = [model.warning]
    if stories < FEW_STORIES:
        rough = f"rests on {stories} stories: the interval is a rough guess"
        said.append(rough if stories > 1 else "in one story alone: no interval")
    said += [f"group {term.group!r} has one outlet" for term in terms if len(terms) > 1 and term.outlets == 1]
    return row | _figures(estimate, model, stories - 1) | {"warning": "; ".join(filter(None, said))}


def _figures(estimate: _Estimate, model: _Fit, df: int) -> dict[str, float]:
    from scipy.special import stdtr, stdtrit

    row = {
        "log_odds": estimate.log_odds,
        "odds_ratio": math.exp(min(max(estimate.log_odds, -700), 700)),  # beyond e^700 a float has no odds
        "points": 100 * estimate.points,
    }
    if df >= 1:
        reach = float(stdtrit(df, (1 + LEVEL) / 2))
        error, error_points = (
            math.sqrt(max(0.0, float(slope @ model.covariance @ slope)))
            for slope in (estimate.contrast, estimate.slope)
        )
        row |= {
            "low": estimate.log_odds - reach * error,
            "high": estimate.log_odds + reach * error,
            "points_low": 100 * (estimate.points - reach * error_points),
            "points_high": 100 * (estimate.points + reach * error_points),
            "p_value": float(2 * stdtr(df, -abs(estimate.log_odds) / error)) if error > 0 else np.nan,
        }
    # The last digits of a sum depend on the machine.
    return {name: float(f"{value:.6g}") for name, value in row.items()}
