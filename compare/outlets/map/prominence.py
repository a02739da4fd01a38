"""What two outlets would share by chance: a model of how prominent claims are, and what follows for a pair.

logit P(outlet o carries claim c of story s) = inclination_o + ease_s + prominence_c, with prominence_c drawn from
N(0, spread^2) and ease_s from N(0, between^2): the model of Rasch (1960), with claims and stories integrated out and
given that somebody carries the claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.outlets.map.ideal_point import normalised, null_nodes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.outlets.map.ideal_point import Cells

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

# Weak normal priors (standard deviations): nothing is carried always or never.
_INCLINATION, _LOG_SPREAD = 5.0, 1.0


class Prominence(NamedTuple):
    """The model's parameters, in logits.

    Attributes:
        inclination: of each outlet, how much it carries.
        ease: of each story that was in the data, how much of it all carry: its mean, given the data.
        spread: standard deviation of the prominence of a story's claims.
    """

    inclination: Numbers
    ease: Numbers
    spread: float

    def at_nodes(self, story: int) -> tuple[Numbers, Numbers]:
        """Give, in one story, outlets x nodes: the logits of carrying a claim and the logarithm of omitting it."""
        scores = (self.inclination + self.ease[story])[:, None] + self.spread * null_nodes()[0]
        return scores, -np.logaddexp(0, scores)


def fit_prominence(cells: Cells, stories: int) -> Prominence:
    """Estimate the model by penalised marginal likelihood.

    Args:
        cells: what outlets carry.
        stories: how many there are, with or without cells.
    """
    from scipy.optimize import minimize

    rate = (cells.said.sum(axis=0) + 0.5) / (cells.asked.sum(axis=0) + 1)
    start = np.append(np.log(rate / (1 - rate)) - 0.5, [0.0, -0.7])
    found = minimize(_objective, start, args=(cells,), jac=True, method="L-BFGS-B", options={"ftol": 1e-8}).x
    ease = np.zeros(stories)
    ease[np.unique(cells.story)] = np.exp(found[-1]) * (_posterior(found, cells).story @ null_nodes()[0])
    return Prominence(found[:-2], ease, float(np.exp(found[-2])))


class _Posterior(NamedTuple):
    """Probabilities of nodes, given the parameters.

    Attributes:
        likelihood: of all stories, its logarithm.
        story: stories x nodes of ease.
        claims: claims x nodes of ease x nodes of prominence.
        unseen: patterns x the same, how many claims like these nobody carries.
        chance: outlets x nodes of both, the probability of carrying.
        nodes: two rows, ease and prominence of each node, in standard deviations.
    """

    likelihood: float
    story: Numbers
    claims: Numbers
    unseen: Numbers
    chance: Numbers
    nodes: Numbers


def _posterior(values: Numbers, cells: Cells) -> _Posterior:
    axis, log_weight = null_nodes()
    size = len(axis)
    nodes = np.array([side.ravel() for side in np.meshgrid(axis, axis, indexing="ij")])
    scores = values[:-2, None] + np.exp(values[-1]) * nodes[0] + np.exp(values[-2]) * nodes[1]
    log_no = -np.logaddexp(0, scores)
    patterns, of = cells.patterns
    none = patterns @ log_no + np.tile(log_weight, size)
    logs = cells.said @ scores + none[of]
    claims, seen = normalised(logs.reshape(-1, size))
    unseen, log_none = normalised(none.reshape(-1, size))
    known = np.maximum(-np.expm1(np.minimum(log_none, 0)), 1e-300).reshape(-1, size)
    stories, story = np.unique(cells.story, return_inverse=True)
    by_story = np.zeros((len(stories), size))
    np.add.at(by_story, story, seen.reshape(-1, size) - np.log(known)[of])
    weights, likelihood = normalised(by_story + log_weight)
    claims = claims.reshape(-1, size, size) * weights[story][:, :, None]
    # Claims that nobody carries, for each that somebody does: with their pattern, at their stories' ease.
    times = np.zeros((len(patterns), size))
    np.add.at(times, of, weights[story])
    times *= np.exp(log_none).reshape(-1, size) / known
    unseen = unseen.reshape(-1, size, size) * times[:, :, None]
    return _Posterior(float(likelihood.sum()), weights, claims, unseen, np.exp(scores + log_no), nodes)


def _objective(values: Numbers, cells: Cells) -> tuple[float, Numbers]:
    """Give the penalised log-likelihood and its gradient, both times -1 (Fisher's identity)."""
    found = _posterior(values, cells)
    claims, unseen = (side.reshape(len(side), -1) for side in (found.claims, found.unseen))
    excess = cells.said.T @ claims - (cells.asked.T @ claims + cells.patterns[0].T @ unseen) * found.chance
    by_ease, by_prominence = (excess.sum(axis=0) @ found.nodes.T) * np.exp(values[[-1, -2]])
    gradient = np.concatenate([excess.sum(axis=1), [by_prominence, by_ease]])
    scale = np.append(np.full(len(values) - 2, _INCLINATION), [_LOG_SPREAD, _LOG_SPREAD])
    value = found.likelihood - ((values / scale) ** 2).sum() / 2
    return -value, -(gradient - values / scale**2)


def likely(
    at_nodes: tuple[Numbers, Numbers], carried: Flags, known: Flags, thirds: Numbers, pair: tuple[Places, Places]
) -> tuple[Numbers, Numbers, Numbers]:
    """Tell how probably one, the other and both of a pair carry each claim, from what third outlets do with it.

    Args:
        at_nodes: what `Prominence.at_nodes` gives for the story.
        carried: claims x outlets.
        known: claims x outlets, whether that is decided.
        thirds: outlets x pairs, how much each outlet counts as a third.
        pair: of each pair, the places of the one and of the other.

    Returns:
        Three times claims x pairs.
    """
    scores, log_no = at_nodes
    shape = (len(carried), thirds.shape[1], scores.shape[1])
    logs = carried.astype(float) @ (thirds[:, :, None] * scores[:, None]).reshape(len(thirds), -1)
    logs += known.astype(float) @ (thirds[:, :, None] * log_no[:, None]).reshape(len(thirds), -1)
    weights, _ = normalised((logs.reshape(shape) + null_nodes()[1]).reshape(-1, shape[2]))
    weights = weights.reshape(shape)
    chance = np.exp(scores + log_no)
    one, other = chance[pair[0]], chance[pair[1]]
    by_one, by_other, by_both = (np.einsum("npk,pk->np", weights, side) for side in (one, other, one * other))
    return by_one, by_other, by_both
