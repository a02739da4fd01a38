"""How far single claims set two groups of outlets apart, each estimate shrunk by what all claims show.

Of one claim the outlets of one story tell: few. So its log odds ratio d is taken as drawn from a normal
distribution N(m, t), and m and t are learnt from all claims (empirical Bayes; here with their uncertainty). Only
how the carrying outlets are split between the groups counts, given how many they are: Fisher's noncentral
hypergeometric distribution. So how widely a claim is carried, and that some outlet had to carry it to be a claim at
all, drops out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Counts = NDArray[np.int64]

# Log odds ratios: from one in 20,000 to its reciprocal.
_GRID = np.linspace(-10, 10, 401)
# What groups may differ by in general, and how far claims may stray from that; both weakly held to be moderate, so
# that a corpus of one outlet against one, which says nothing of t, has an answer.
_MEANS = np.linspace(-4, 4, 33)
_SPREADS = np.array([0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 1.1, 1.4, 1.7, 2.0, 2.5, 3.0])
_MEAN_SCALE, _SPREAD_SCALE = 2.0, 1.0


class Splits(NamedTuple):
    """How a claim's carriers are split: of `of_one` outlets of a group `one` carry it, of `of_other` `other`."""

    one: Counts
    of_one: Counts
    other: Counts
    of_other: Counts


class Shrunken(NamedTuple):
    """Log odds ratios with their 95 % intervals.

    Attributes:
        log_odds: posterior means.
        low: 2.5 % points.
        high: 97.5 % points.
        general: what the groups differ by in general (the posterior mean of m).
        spread: how far claims stray from that (of t).
    """

    log_odds: Numbers
    low: Numbers
    high: Numbers
    general: float
    spread: float


def shrink(splits: Splits) -> Shrunken:
    """Estimate each claim's log odds ratio.

    Args:
        splits: of every claim that both groups could carry, so that m and t are learnt from all.
    """
    patterns, pattern = np.unique(np.column_stack(splits), axis=0, return_inverse=True)
    pattern = pattern.ravel()
    likelihood = np.array([_likelihood(*row) for row in patterns.tolist()])
    mean, spread = (grid.ravel() for grid in np.meshgrid(_MEANS, _SPREADS))
    prior = np.exp(-0.5 * ((_GRID - mean[:, None]) / spread[:, None]) ** 2)
    prior /= prior.sum(axis=1, keepdims=True)
    marginal = likelihood @ prior.T
    log_weight = np.bincount(pattern, minlength=len(patterns)) @ np.log(marginal)
    log_weight += _log_prior(mean, spread)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    posterior = likelihood * ((weight / marginal) @ prior)
    posterior /= posterior.sum(axis=1, keepdims=True)
    below = posterior.cumsum(axis=1) - posterior / 2
    ends = np.array([np.interp((0.025, 0.975), row, _GRID) for row in below])
    return Shrunken(
        (posterior @ _GRID)[pattern],
        ends[pattern, 0],
        ends[pattern, 1],
        float(weight @ mean),
        float(weight @ spread),
    )


def _log_prior(mean: Numbers, spread: Numbers) -> Numbers:
    # The spreads are not evenly spaced: each stands for as much as lies around it.
    width = np.gradient(_SPREADS)
    share = np.repeat(np.log(width), len(_MEANS))
    logs: Numbers = share - 0.5 * (mean / _MEAN_SCALE) ** 2 - 0.5 * (spread / _SPREAD_SCALE) ** 2
    return logs


def _likelihood(one: int, of_one: int, other: int, of_other: int) -> Numbers:
    """How probable the split is for each log odds ratio of the grid, given how many carry the claim in all."""
    from scipy.special import gammaln, logsumexp

    carried = one + other
    ways = np.arange(max(0, carried - of_other), min(of_one, carried) + 1)

    def log_choose(n: int, k: NDArray[np.int64]) -> Numbers:
        logs: Numbers = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
        return logs

    logs = (log_choose(of_one, ways) + log_choose(of_other, carried - ways))[:, None] + np.outer(ways, _GRID)
    found: Numbers = np.exp(logs[one - ways[0]] - logsumexp(logs, axis=0))
    return found
