"""Item response on one dimension: the likelihood, its gradient, and the estimate.

logit P(outlet o carries claim c) = inclination_o + prominence_c + side_c position_o, with side_c drawn from N(0, 1) and
prominence_c from a distribution on a grid whose weights are estimated too (Mislevy 1984): most claims are told by
one outlet or by all, which is like no normal distribution. Outlets are few and claims many, each at few outlets; so
outlets have parameters and claims are integrated out (marginal maximum likelihood; Bock & Aitkin 1981). A claim is
known only because somebody carries it; the likelihood is conditional on that (Sanathanan 1972).
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

# Sides in standard deviations, prominence in logits. A grid twice as fine moves positions by about .01
# (benchmarks/map.py).
_SIDES = np.linspace(-3.5, 3.5, 11)
PROMINENCE = np.linspace(-5.25, 5.25, 15)
# Weak normal priors: of an outlet that carries all, or nothing, at a finite place; of the logarithms of the grid's
# weights, around a normal distribution.
_INCLINATION, _POSITION, _WEIGHT = 2.0, 2.0, 2.0
_AS_NORMAL = -(PROMINENCE**2) / (2 * 1.5**2)
_STEPS = 200
_SMALL = 1e-300


class Cells:
    """What outlets do with claims, as the likelihood needs it.

    Attributes:
        said: claims x outlets, the cell's weight where the outlet carries the claim, else 0.
        asked: claims x outlets, the cell's weight where it is decided whether the outlet carries the claim, else 0.
        story: of each claim, the place of its story.
        row: of each claim, its row in the grid.
    """

    def __init__(self, said: Numbers, asked: Numbers, story: Places, row: Places) -> None:
        self.said, self.asked, self.story, self.row = said, asked, story, row

    @classmethod
    def of(cls, grid: Carriage) -> Cells:
        """Take the claims that somebody carries and that are decided at two voices or more."""
        share = grid.share[grid.story]
        known = ~np.isnan(grid.carried)
        asked = np.where(known, share, 0)
        said = np.where(known & (grid.carried == 1), share, 0)
        tells = (said.sum(axis=1) > 0) & (asked.sum(axis=1) > 1 + 1e-9)
        return cls(said[tells], asked[tells], grid.story[tells], np.flatnonzero(tells))

    def where(self, claims: Flags) -> Cells:
        """Give the same with these claims alone."""
        return Cells(self.said[claims], self.asked[claims], self.story[claims], self.row[claims])

    def at(self, outlets: Flags) -> Cells:
        """Give the same with these outlets alone."""
        return Cells(self.said[:, outlets], self.asked[:, outlets], self.story, self.row)

    @cached_property
    def patterns(self) -> tuple[Numbers, Places]:
        """The different rows of `asked`, and of each claim which of them it has."""
        rows, of = np.unique(self.asked, axis=0, return_inverse=True)
        return rows, of.reshape(-1)


class Estimate(NamedTuple):
    """The parameters.

    Attributes:
        inclination: how much each outlet carries of anything, in logits.
        position: of each outlet on the dimension; scale and sign are arbitrary.
        weights: of the prominences of the grid, logarithms up to a constant.
    """

    inclination: Numbers
    position: Numbers
    weights: Numbers

    def vector(self) -> Numbers:
        """All of them in a row."""
        return np.concatenate(self)

    @classmethod
    def read(cls, values: Numbers) -> Estimate:
        """Read them from a row."""
        size = (len(values) - len(PROMINENCE)) // 2
        return cls(values[:size], values[size : 2 * size], values[2 * size :])


def log_shares(weights: Numbers) -> Numbers:
    """Make logarithms of weights those of shares that add up to 1."""
    top = weights.max()
    found: Numbers = weights - top - np.log(np.exp(weights - top).sum())
    return found


class Posterior(NamedTuple):
    """What is known of each claim, given the outlets' parameters.

    Attributes:
        likelihood: of each claim, its logarithm, given that somebody carries the claim.
        weights: claims x nodes, the probability of each node.
        unseen: patterns, how many claims like these nobody carries for each that somebody does.
        unseen_weights: patterns x nodes, the same as weights for claims that nobody carries.
        chance: outlets x nodes, the probability of carrying.
        nodes: two rows, prominence and side of each node.
    """

    likelihood: Numbers
    weights: Numbers
    unseen: Numbers
    unseen_weights: Numbers
    chance: Numbers
    nodes: Numbers


def posterior(cells: Cells, given: Estimate, *, sides: bool = True) -> Posterior:
    """Give the likelihood of each claim, and where it stands.

    Args:
        cells: what outlets carry.
        given: the outlets' parameters.
        sides: whether claims have sides; if not, positions mean nothing (the null model).
    """
    side = _SIDES if sides else np.zeros(1)
    nodes = np.array([axis.ravel() for axis in np.meshgrid(PROMINENCE, side, indexing="ij")])
    log_weight = np.add.outer(log_shares(given.weights), log_shares(-(side**2) / 2)).ravel()
    scores = given.inclination[:, None] + nodes[0] + given.position[:, None] * nodes[1]
    log_no = -np.logaddexp(0, scores)
    patterns, of = cells.patterns
    none = patterns @ log_no + log_weight
    logs = cells.said @ scores
    logs += none[of]
    weights, likelihood = normalised(logs)
    unseen_weights, log_none = normalised(none)
    seen = np.maximum(-np.expm1(np.minimum(log_none, 0)), _SMALL)
    return Posterior(
        likelihood - np.log(seen)[of], weights, np.exp(log_none) / seen, unseen_weights, np.exp(scores + log_no), nodes
    )


def normalised(logs: Numbers) -> tuple[Numbers, Numbers]:
    """Rows that add up to 1, and the logarithms of what they added up to."""
    top = logs.max(axis=1, keepdims=True)
    found = np.exp(logs - top)
    total = found.sum(axis=1, keepdims=True)
    found /= total
    return found, (top + np.log(total))[:, 0]


def objective(values: Numbers, cells: Cells, sides: bool = True) -> tuple[float, Numbers]:
    """Give the penalised log-likelihood and its gradient, both times -1 (Fisher's identity)."""
    given = Estimate.read(values)
    found = posterior(cells, given, sides=sides)
    patterns, of = cells.patterns
    times = np.bincount(of, minlength=len(patterns)) * found.unseen
    excess = cells.said.T @ found.weights
    excess -= (cells.asked.T @ found.weights + (times[:, None] * patterns).T @ found.unseen_weights) * found.chance
    mass = (found.weights.sum(axis=0) + times @ found.unseen_weights).reshape(len(PROMINENCE), -1).sum(axis=1)
    by_weight = mass - mass.sum() * np.exp(log_shares(given.weights))
    gradient = np.concatenate([excess.sum(axis=1), excess @ found.nodes[1], by_weight])
    size = len(given.position)
    scale = np.concatenate([np.full(size, _INCLINATION), np.full(size, _POSITION), np.full(len(mass), _WEIGHT)])
    off = np.concatenate([given.inclination, given.position, given.weights - _AS_NORMAL]) / scale
    return float((off**2).sum() / 2 - found.likelihood.sum()), off / scale - gradient


def scores(cells: Cells, given: Estimate) -> Numbers:
    """Give each claim's gradient of the log-likelihood: claims x parameters."""
    found = posterior(cells, given)
    patterns, of = cells.patterns
    parts = []
    for factor in (np.ones(found.nodes.shape[1]), found.nodes[1]):
        seen = cells.said * (found.weights @ factor)[:, None] - cells.asked * (
            found.weights @ (found.chance * factor).T
        )
        hidden = patterns * (found.unseen_weights @ (found.chance * factor).T) * found.unseen[:, None]
        parts.append(seen - hidden[of])
    share = np.exp(log_shares(given.weights))
    seen, hidden = (
        side.reshape(len(side), len(share), -1).sum(axis=2) - share for side in (found.weights, found.unseen_weights)
    )
    return np.hstack([*parts, seen + (hidden * found.unseen[:, None])[of]])


def fit(cells: Cells, *, sides: bool = True, near: Estimate | None = None) -> Estimate:
    """Give the estimate that maximises the penalised likelihood.

    The likelihood has the same value for a position and its mirror image, and is flat between them; so the search
    starts from how outlets go together once each one's rate and each claim's prominence are taken out.

    Args:
        cells: what outlets carry.
        sides: whether claims have sides; if not, positions are 0 (the null model).
        near: an estimate whose inclinations and prominences are near.
    """
    from scipy.optimize import minimize

    rate = (cells.said.sum(axis=0) + 0.5) / (cells.asked.sum(axis=0) + 1)
    position = _start(cells) if sides else np.zeros(len(rate))
    begin = near or Estimate(np.log(rate / (1 - rate)) - 0.5, position, _AS_NORMAL)
    start = begin._replace(position=position).vector()
    found = minimize(
        objective, start, args=(cells, sides), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "ftol": 1e-7}
    )
    return Estimate.read(found.x)


def _start(cells: Cells) -> Numbers:
    """The first principal component of the outlets' residuals, of standard deviation 1."""
    asked = cells.asked > 0
    rate = cells.said.sum(axis=0) / np.maximum(cells.asked.sum(axis=0), _SMALL)
    left = np.where(asked, (cells.said > 0) - rate, 0)
    left = np.where(asked, left - left.sum(axis=1, keepdims=True) / asked.sum(axis=1, keepdims=True), 0)
    together = np.maximum((asked.T.astype(float) @ asked), 1)
    covariance = left.T @ left / together
    size = len(rate)
    centre = np.eye(size) - 1 / size
    # What remains on the diagonal is chance, and tells nothing of two outlets.
    np.fill_diagonal(covariance, 0)
    vector = np.linalg.eigh(centre @ covariance @ centre)[1][:, -1]
    return vector / max(float(vector.std()), 1e-9)
