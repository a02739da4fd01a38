"""What omission goes with: the odds to leave out an available claim, by traits of the claim and by outlet."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.outlets.design import TRAITS, design_of, terms_of
from compare.outlets.gee import change, fit, levels
from compare.outlets.groups import group_labels
from compare.outlets.intervals import FEW_STORIES, LEVEL
from compare.outlets.permutation import adjusted
from compare.tables import OMISSION_MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.design import Term
    from compare.outlets.gee import Fit
    from compare.outlets.groups import Groups

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Codes = NDArray[np.int64]


class _Decisions(NamedTuple):
    """The decisions on available claims: their story and claim as codes, what was decided."""

    story: Codes
    claim: Codes
    omitted: Flags
    decided: Flags


class _Estimate(NamedTuple):
    """A coefficient and an effect in percentage points, as derivatives by the model's coefficients."""

    log_odds: float
    contrast: Numbers
    points: float
    slope: Numbers


def omission_table(
    claims: pd.DataFrame, groups: Groups | None = None, *, traits: Sequence[str] | None = None
) -> pd.DataFrame:
    """Regress omissions of available claims on their traits and on the outlets.

    Args:
        claims: a CLAIM_TRAITS table of one version.
        groups: the group of each outlet; each trait then has a coefficient in each group.
        traits: which, of `compare.outlets.design.TRAITS`; None for all.

    Returns:
        The OMISSION_MODEL table: traits, what sets groups apart in them, outlets.

    Raises:
        InputError: traits or groups cannot be used, or there are not two stories and two outlets.
        MissingExtraError: statsmodels is not installed.
    """
    chosen = _chosen(traits)
    rows, by, names = _grouped(claims[claims["available"]], claims["outlet"].unique().tolist(), groups)
    story, claim = (
        np.unique(rows[name].to_numpy(object).astype(str), return_inverse=True)[1] for name in ("story_id", "claim_id")
    )
    decision = rows["decision"].to_numpy(object)
    decisions = _Decisions(story, claim, decision == "omitted", decision != "undecided")
    _check(rows[decisions.decided])
    design = design_of(
        terms_of(rows, chosen, names), decisions.omitted.astype(float), decisions.story, decisions.decided
    )
    model = fit(design.x, design.y, design.story, design.outlets)
    estimates = _estimates(design.terms, model, design.x, design.kept, design.outlets)
    traits_of = [at for at, term in enumerate(design.terms) if term.kind == "trait"]
    found = [_row([term], estimate, model, decisions) for term, estimate in zip(design.terms, estimates, strict=True)]
    pairs = [pair for pair in combinations(traits_of, 2) if len({design.terms[at].name for at in pair}) == 1]
    between = [
        _row([design.terms[at] for at in pair], _less(*(estimates[at] for at in pair)), model, decisions)
        for pair in pairs
    ]
    version = str(claims["version"].iat[0])
    table = _adjusted([*found[: len(traits_of)], *between, *found[len(traits_of) :]], by, version)
    return OMISSION_MODEL.frame([row | {"version": version, "validated": False} for row in table])


def _chosen(traits: Sequence[str] | None) -> list[str]:
    if traits is None:
        return list(TRAITS)
    if isinstance(traits, str) or not list(traits):
        raise InputError(f"traits is {traits!r}: give a list of names, such as ['quote', 'official'].")
    unknown = [name for name in traits if name not in TRAITS]
    if unknown:
        raise InputError(f"there is no trait {unknown[0]!r}; there are {', '.join(TRAITS)}.")
    return list(dict.fromkeys(traits))


def _grouped(rows: pd.DataFrame, outlets: Sequence[str], groups: Groups | None) -> tuple[pd.DataFrame, str, list[str]]:
    """The decisions with their group, what groups them, and the groups that there are."""
    if groups is None:
        return rows.assign(group=""), "", [""]
    name, labels = group_labels(groups, outlets, stacklevel=5)
    rows = rows.assign(group=rows["outlet"].map(dict(zip(outlets, labels, strict=True))))
    return rows[rows["group"] != ""], name, list(dict.fromkeys(filter(None, labels)))


def _check(decided: pd.DataFrame) -> None:
    outlets, stories = decided["outlet"].unique(), decided["story_id"].nunique()
    if len(outlets) < 2:
        raise InputError(
            "a regression of omissions needs two outlets with claims that others make too; there "
            + (f"is {outlets[0]!r} alone." if len(outlets) else "is none.")
        )
    if stories < 2:
        raise InputError(
            "a regression of omissions needs two stories at least: what happens in one story hangs together, "
            "and one says nothing of chance."
        )


def _estimates(terms: list[Term], model: Fit, x: Numbers, kept: Flags, outlets: int) -> list[_Estimate | None]:
    """Each term's estimate, if it has one; an outlet's is against the mean of the outlets."""
    points, slopes = levels(model, x, outlets)
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
            # From none to all; a number half a step down and half a step up.
            low, high = (-0.5, 0.5) if term.is_number else (-given, 1 - given)
            mean, slope = change(model, x[inside], term.column, low, high)
        found.append(_Estimate(float(contrast @ model.coefficients), contrast, mean, slope))
    return found


def _less(one: _Estimate | None, other: _Estimate | None) -> _Estimate | None:
    if one is None or other is None:
        return None
    return _Estimate(
        one.log_odds - other.log_odds,
        one.contrast - other.contrast,
        one.points - other.points,
        one.slope - other.slope,
    )


def _row(terms: list[Term], estimate: _Estimate | None, model: Fit, decisions: _Decisions) -> dict[str, Any]:
    """A row of the table: a term, or what sets the first apart from the second."""
    first, second = terms[0], terms[-1]
    having = first.having | second.having
    counted = having & decisions.decided
    warning = "; ".join(dict.fromkeys(term.warning for term in terms if term.warning))
    stories = min(_stories(term, decisions) for term in terms)
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
        return row | {"warning": warning}
    alone = [term.group for term in terms if len(terms) > 1 and term.outlets == 1]
    said = [_warning(model, stories), *(f"group {group!r} has one outlet" for group in alone)]
    return row | _figures(estimate, model, stories - 1) | {"warning": "; ".join(filter(None, said))}


def _stories(term: Term, decisions: _Decisions) -> int:
    """Of how many stories a coefficient knows: those with the trait or those without it, whichever are fewer."""
    inside = term.inside & decisions.decided
    with_it, without = inside & term.having, inside & ~term.having
    counts = [len(np.unique(decisions.story[rows])) for rows in (with_it, without) if rows.any()]
    return min(counts)


def _figures(estimate: _Estimate, model: Fit, df: int) -> dict[str, float]:
    from scipy.special import stdtr, stdtrit

    # Beyond e^700 a float has no odds.
    row = {
        "log_odds": estimate.log_odds,
        "odds_ratio": float(np.exp(np.clip(estimate.log_odds, -700, 700))),
        "points": 100 * estimate.points,
    }
    if df >= 1:
        reach = float(stdtrit(df, (1 + LEVEL) / 2))
        error, error_points = (_error(slope, model.covariance) for slope in (estimate.contrast, estimate.slope))
        row |= {
            "low": estimate.log_odds - reach * error,
            "high": estimate.log_odds + reach * error,
            "points_low": 100 * (estimate.points - reach * error_points),
            "points_high": 100 * (estimate.points + reach * error_points),
            "p_value": float(2 * stdtr(df, -abs(estimate.log_odds) / error)) if error > 0 else np.nan,
        }
    # The last digits of a sum depend on the machine.
    return {name: float(f"{value:.6g}") for name, value in row.items()}


def _error(slope: Numbers, covariance: Numbers) -> float:
    """The standard error of a figure with these derivatives (delta method)."""
    return math.sqrt(max(0.0, float(slope @ covariance @ slope)))


def _warning(model: Fit, stories: int) -> str:
    said = [model.warning]
    if stories < 2:
        said.append("in one story alone: no interval")
    elif stories < FEW_STORIES:
        said.append(f"rests on {stories} stories: the interval is a rough guess")
    return "; ".join(filter(None, said))


def _adjusted(rows: list[dict[str, Any]], by: str, version: str) -> list[dict[str, Any]]:
    """Name each row's family and adjust its p-values."""
    families = {"trait": "traits", "interaction": "differences of traits", "outlet": "outlets"}
    found = []
    for kind, family in families.items():
        mine = [row for row in rows if row["kind"] == kind]
        p_values = np.array([row.get("p_value", np.nan) for row in mine], dtype=np.float64)
        for row, q in zip(mine, adjusted(p_values), strict=True):
            about = f"omission: {family}{f' by {by}' if by and kind != 'outlet' else ''}; {version}"
            found.append(row | {"q_value": q, "family": about, "tests": int((~np.isnan(p_values)).sum())})
    return found
