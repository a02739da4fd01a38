"""What two outlets would share by chance: a model of how prominent claims are, and what follows for a pair.

logit P(outlet o carries claim c of story s) = inclination_o + ease_s + prominence_c, with ease_s drawn from
N(0, between^2) and prominence_c from a distribution on a grid whose weights are estimated too (Mislevy 1984): most
claims are told by one outlet or by all, which is like no normal distribution. It is the model of Rasch (1960), with
claims and stories integrated out (Bock & Aitkin 1981) and given that somebody carries the claim (Sanathanan 1972).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.outlets.map.carriage import Carriage

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

PROMINENCE = np.linspace(-5.25, 5.25, 15)  # in logits
# Weak normal priors (standard deviations), and what the stories' spread may be: beyond, it would say that nearly all
# claims of some stories are never told.
_INCLINATION, _WEIGHT, _LOG_BETWEEN = 2.0, 2.0, 1.0
_AS_NORMAL = -(PROMINENCE**2) / (2 * 1.5**2)
_BETWEEN = (-4.0, 0.5)
_EASE = np.linspace(-3, 3, 11)  # in standard deviations
_STEPS = 200


class Cells:
    """What outlets do with claims, as the likelihood needs it.

    Attributes:
        said: claims x outlets, the cell's weight where the outlet carries the claim, else 0.
        asked: claims x outlets, the cell's weight where it is decided whether the outlet carries the claim, else 0.
        story: of each claim, the place of its story.
    """

    def __init__(self, said: Numbers, asked: Numbers, story: Places) -> None:
        self.said, self.asked, self.story = said, asked, story

    @classmethod
    def of(cls, grid: Carriage) -> Cells:
        """Take the claims that somebody carries and that are decided at two voices or more."""
        share = grid.share[grid.story]
        known = ~np.isnan(grid.carried)
        asked = np.where(known, share, 0)
        said = np.where(known & (grid.carried == 1), share, 0)
        tells = (said.sum(axis=1) > 0) & (asked.sum(axis=1) > 1 + 1e-9)
        return cls(said[tells], asked[tells], grid.story[tells])

    @cached_property
    def patterns(self) -> tuple[Numbers, Places]:
        """The different rows of `asked`, and of each claim which of them it has."""
        rows, of = np.unique(self.asked, axis=0, return_inverse=True)
        return rows, of.reshape(-1)


class Prominence(NamedTuple):
    """The model's parameters, in logits.

    Attributes:
        inclination: of each outlet, how much it carries.
        ease: of each story, how much of it all carry: its mean, given the data.
        weights: of the prominences of the grid, logarithms of shares.
    """

    inclination: Numbers
    ease: Numbers
    weights: Numbers

    def at_nodes(self, story: int) -> tuple[Numbers, Numbers]:
        """Give, in one story, outlets x nodes: the logits of carrying a claim and the logarithm of omitting it."""
        scores = (self.inclination + self.ease[story])[:, None] + PROMINENCE
        return scores, -np.logaddexp(0, scores)


def fit_prominence(cells: Cells, stories: int) -> Prominence:
    """Estimate the model by penalised marginal likelihood.

    Args:
        cells: what outlets carry.
        stories: how many there are, with or without cells.
    """
    from scipy.optimize import minimize

    rate = (cells.said.sum(axis=0) + 0.5) / (cells.asked.sum(axis=0) + 1)
    start = np.concatenate([np.log(rate / (1 - rate)) - 0.5, _AS_NORMAL, [-0.7]])
    bounds = [(None, None)] * (len(start) - 1) + [_BETWEEN]
    options = {"ftol": 1e-7, "maxiter": _STEPS}
    found = minimize(_objective, start, args=(cells,), jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    ease = np.zeros(stories)
    ease[np.unique(cells.story)] = np.exp(found[-1]) * (_posterior(found, cells).story @ _EASE)
    return Prominence(found[: len(rate)], ease, log_shares(found[len(rate) : -1]))


def log_shares(weights: Numbers) -> Numbers:
    """Make logarithms of weights those of shares that add up to 1."""
    top = weights.max()
    found: Numbers = weights - top - np.log(np.exp(weights - top).sum())
    return found


def normalised(logs: Numbers) -> tuple[Numbers, Numbers]:
    """Rows that add up to 1, and the logarithms of what they added up to."""
    top = logs.max(axis=1, keepdims=True)
    found = np.exp(logs - top)
    total = found.sum(axis=1, keepdims=True)
    found /= total
    return found, (top + np.log(total))[:, 0]


class _Posterior(NamedTuple):
    """Probabilities of nodes, given the parameters.

    Attributes:
        likelihood: of all stories, its logarithm.
        story: stories x nodes of ease.
        claims: claims x nodes of ease x nodes of prominence.
        unseen: patterns x the same, how many claims like these nobody carries.
        chance: outlets x nodes of both, the probability of carrying.
        ease: of each node, in standard deviations.
    """

    likelihood: float
    story: Numbers
    claims: Numbers
    unseen: Numbers
    chance: Numbers
    ease: Numbers


def _posterior(values: Numbers, cells: Cells) -> _Posterior:
    size, levels = len(PROMINENCE), len(_EASE)
    outlets = len(values) - size - 1
    log_weight = log_shares(values[outlets:-1])
    ease, prominence = (axis.ravel() for axis in np.meshgrid(_EASE, PROMINENCE, indexing="ij"))
    scores = values[:outlets, None] + np.exp(values[-1]) * ease + prominence
    log_no = -np.logaddexp(0, scores)
    patterns, of = cells.patterns
    none = patterns @ log_no + np.tile(log_weight, levels)
    logs = cells.said @ scores + none[of]
    claims, seen = normalised(logs.reshape(-1, size))
    unseen, log_none = normalised(none.reshape(-1, size))
    known = np.maximum(-np.expm1(np.minimum(log_none, 0)), 1e-300).reshape(-1, levels)
    stories, story = np.unique(cells.story, return_inverse=True)
    by_story = np.zeros((len(stories), levels))
    np.add.at(by_story, story, seen.reshape(-1, levels) - np.log(known)[of])
    weights, likelihood = normalised(by_story + log_shares(-(_EASE**2) / 2))
    claims = claims.reshape(-1, levels, size) * weights[story][:, :, None]
    # Claims that nobody carries, for each that somebody does: with their pattern, at their stories' ease.
    times = np.zeros((len(patterns), levels))
    np.add.at(times, of, weights[story])
    times *= np.exp(log_none).reshape(-1, levels) / known
    unseen = unseen.reshape(-1, levels, size) * times[:, :, None]
    return _Posterior(float(likelihood.sum()), weights, claims, unseen, np.exp(scores + log_no), ease)


def _objective(values: Numbers, cells: Cells) -> tuple[float, Numbers]:
    """Give the penalised log-likelihood and its gradient, both times -1 (Fisher's identity)."""
    found = _posterior(values, cells)
    claims, unseen = (side.reshape(len(side), -1) for side in (found.claims, found.unseen))
    excess = cells.said.T @ claims - (cells.asked.T @ claims + cells.patterns[0].T @ unseen) * found.chance
    by_ease = float(excess.sum(axis=0) @ found.ease) * np.exp(values[-1])
    mass = found.claims.sum(axis=(0, 1)) + found.unseen.sum(axis=(0, 1))
    outlets = len(excess)
    by_weight = mass - mass.sum() * np.exp(log_shares(values[outlets:-1]))
    gradient = np.concatenate([excess.sum(axis=1), by_weight, [by_ease]])
    scale = np.concatenate([np.full(outlets, _INCLINATION), np.full(len(mass), _WEIGHT), [_LOG_BETWEEN]])
    off = (values - np.concatenate([np.zeros(outlets), _AS_NORMAL, [0.0]])) / scale
    return float((off**2).sum() / 2) - found.likelihood, off / scale - gradient


def likely(  # noqa: PLR0913, PLR0917 - a story's cells are all of these
    model: Prominence, story: int, carried: Flags, known: Flags, thirds: Numbers, pair: tuple[Places, Places]
) -> tuple[Numbers, Numbers, Numbers]:
    """Tell how probably one, the other and both of a pair carry each claim, from what third outlets do with it.

    Args:
        model: the model.
        story: which story.
        carried: claims x outlets.
        known: claims x outlets, whether that is decided.
        thirds: outlets x pairs, how much each outlet counts as a third.
        pair: of each pair, the places of the one and of the other.

    Returns:
        Three times claims x pairs.
    """
    scores, log_no = model.at_nodes(story)
    shape = (len(carried), thirds.shape[1], scores.shape[1])
    logs = carried.astype(float) @ (thirds[:, :, None] * scores[:, None]).reshape(len(thirds), -1)
    logs += known.astype(float) @ (thirds[:, :, None] * log_no[:, None]).reshape(len(thirds), -1)
    weights, _ = normalised((logs.reshape(shape) + model.weights).reshape(-1, shape[2]))
    weights = weights.reshape(shape)
    chance = np.exp(scores + log_no)
    one, other = chance[pair[0]], chance[pair[1]]
    by_one, by_other, by_both = (np.einsum("npk,pk->np", weights, side) for side in (one, other, one * other))
    return by_one, by_other, by_both
