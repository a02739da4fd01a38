"""A logistic regression of decisions that hang together within stories: coefficients, their covariance, effects."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Codes = NDArray[np.int64]

# Up to so many stories the sandwich is corrected for their number (beyond it changes errors by less than 1 %, and
# its cost grows with the third power of a story's decisions).
_NONE = "the regression of omissions has no solution; give fewer traits, or more stories."
_CORRECTED = 200
_STEPS = 60
_FARTHEST = 12.0  # a coefficient of the logit beyond is on its way to infinity


class Fit(NamedTuple):
    """A fitted model.

    Attributes:
        coefficients: one for each column.
        covariance: of them.
        correlation: of two decisions in one story, as estimated; 0 where they are taken as they are.
        warning: what went wrong; else empty.
    """

    coefficients: Numbers
    covariance: Numbers
    correlation: float
    warning: str


def fit(x: Numbers, y: Numbers, story: Codes, outlets: int, *, exchangeable: bool = True) -> Fit:
    """Fit by generalized estimating equations (Liang & Zeger 1986), clustered by story.

    Args:
        x: decisions x columns.
        y: 1 for an omission, 0 for what is carried.
        story: the story of each decision.
        outlets: how many of the first columns tell the outlets apart; none leaves out all or nothing.
        exchangeable: take any two decisions of a story as equally correlated, which comes close to comparing
            claims of one story with each other only; where that has no solution, as independent when the
            coefficients are found (not when their error is).

    Raises:
        MissingExtraError: statsmodels is not installed.
        InputError: there is no solution.
    """
    try:
        import statsmodels.api as sm
    except ImportError as error:
        raise MissingExtraError("A regression of omissions", "stats") from error
    structure = sm.cov_struct.Exchangeable() if exchangeable else sm.cov_struct.Independence()
    corrected = "bias_reduced" if len(np.unique(story)) <= _CORRECTED else "robust"
    # Each outlet's own log odds; statsmodels would fit a whole model for these, which takes as long as the rest.
    with np.errstate(all="ignore"):
        shares = (x[:, :outlets].T @ y) / x[:, :outlets].sum(axis=0)
    if not ((shares > 0) & (shares < 1)).all():
        raise InputError(_NONE)  # of very few decisions a column may stand for no outlet by itself
    start = np.append(np.log(shares / (1 - shares)), np.zeros(x.shape[1] - outlets))
    model = sm.GEE(y, x, groups=story, family=sm.families.Binomial(), cov_struct=structure)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        found = model.fit(maxiter=_STEPS, start_params=start, cov_type=corrected)
    coefficients, covariance = np.asarray(found.params), np.asarray(found.cov_params())
    usable = np.isfinite(coefficients).all() and np.isfinite(covariance).all()
    if exchangeable and not (usable and found.converged):
        return fit(x, y, story, outlets, exchangeable=False)
    if not usable:
        raise InputError(_NONE)
    said = []
    if not exchangeable:
        said.append("no solution with correlated decisions: taken as independent, so stories are compared as well")
    if not found.converged:
        said.append("the regression did not settle")
    if np.abs(coefficients).max() > _FARTHEST:
        said.append("some traits together tell omissions apart wholly: coefficients are not to be trusted")
    correlation = float(structure.dep_params) if exchangeable else 0.0
    return Fit(coefficients, covariance, correlation, "; ".join(said))


def change(model: Fit, x: Numbers, column: int, low: Numbers | float, high: Numbers | float) -> tuple[float, Numbers]:
    """Say how much likelier omissions are, on average, where a column is moved from one value to another.

    Args:
        model: the fit.
        x: the decisions to take the average of.
        column: which one is moved.
        low: what is added to it for the one value.
        high: what is added for the other.

    Returns:
        The mean difference of probabilities, and its derivative by the coefficients (for the delta method).
    """
    linear = x @ model.coefficients
    mean, slope = 0.0, np.zeros(x.shape[1])
    for sign, moved in ((1, high), (-1, low)):
        by = np.broadcast_to(np.asarray(moved, dtype=float), linear.shape)
        p = _logistic(linear + by * model.coefficients[column])
        weight = p * (1 - p) / len(p)
        mean += sign * float(p.mean())
        slope += sign * (x.T @ weight)
        slope[column] += sign * float(weight @ by)
    return mean, slope


def levels(model: Fit, x: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Say how probable omissions would be, on average, if each of the first columns had made all decisions.

    Args:
        model: the fit.
        x: the decisions, whose first columns tell their outlets.
        count: how many these columns are.

    Returns:
        The mean probability of each less the mean of these, and its derivatives: a row of each.
    """
    rest = x[:, count:] @ model.coefficients[count:]
    means, slopes = np.zeros(count), np.zeros((count, x.shape[1]))
    for row in range(count):
        p = _logistic(rest + model.coefficients[row])
        weight = p * (1 - p) / len(p)
        means[row] = p.mean()
        slopes[row, row] = weight.sum()
        slopes[row, count:] = x[:, count:].T @ weight
    return means - means.mean(), slopes - slopes.mean(axis=0)


def _logistic(values: Numbers) -> Numbers:
    from scipy.special import expit

    found: Numbers = expit(values)
    return found
