"""Outlets on one dimension, with intervals, and whether the data know of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError, count
from compare.outlets.intervals import FEW_STORIES, LEVEL
from compare.outlets.map.ideal_point import Cells, Estimate, fit, objective, posterior, scores
from compare.reading.problems import listed
from compare.tables import CLAIM_SIDES, POSITIONS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.map.carriage import Carriage

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_FOLDS = 5
_LEAST_OUTLETS = 4  # with three, the three likenesses do not tell three positions and the claims' spread
_STEP = 1e-5


class Gain(NamedTuple):
    """How much better the dimension predicts stories that it has not seen than no dimension does.

    Attributes:
        mean: log-likelihood gained per cell.
        low: lower end of its 95 % interval, from the stories' differences.
        high: upper end.
        explained: the share of the log-likelihood that it takes away (McFadden).
    """

    mean: float
    low: float
    high: float
    explained: float


class Dimension(NamedTuple):
    """Outlets on one dimension; an entry for each outlet, nan where nothing is known of it.

    Attributes:
        position: mean 0, standard deviation 1.
        low: lower end of the 95 % interval.
        high: upper end.
        inclination: how much it carries of anything, in logits.
        slope: the standard deviation of the claims' discrimination, in logits per position.
        gain: how much the dimension predicts.
        estimate: the parameters as they were estimated, of the outlets that are known.
        known: which outlets these are.
    """

    position: Numbers
    low: Numbers
    high: Numbers
    inclination: Numbers
    slope: float
    gain: Gain
    estimate: Estimate | None
    known: Flags


def find_dimension(grid: Carriage, *, seed: int = 0) -> Dimension:
    """Place the outlets on the dimension that explains best which claims each carries.

    The outlet furthest from the middle stands right.

    Args:
        grid: what the outlets carry.
        seed: of the parts into which stories are drawn for the test on unseen ones.
    """
    cells = Cells.of(grid)
    known = np.asarray((cells.asked > 0).any(axis=0))
    cells = cells.at(known)
    nothing = np.full(len(grid.outlets), np.nan)
    if known.sum() < _LEAST_OUTLETS - 1 or not (cells.asked > cells.said).any():
        gain = Gain(np.nan, np.nan, np.nan, np.nan)
        return Dimension(nothing, nothing, nothing, nothing, np.nan, gain, None, known)
    flat = fit(cells, sides=False)
    found = fit(cells, near=flat)
    scale = max(float(found.position.std()), 1e-9)
    standard = (found.position - found.position.mean()) / scale
    gain = predicted(cells, flat, seed)
    position, low, high, inclination = (nothing.copy() for _ in range(4))
    position[known], inclination[known] = standard, found.inclination - found.inclination.mean()
    if known.sum() >= _LEAST_OUTLETS and gain.low > 0:
        reach = _reach(cells, found, standard, scale)
        low[known], high[known] = standard - reach, standard + reach
    dimension = Dimension(position, low, high, inclination, scale, gain, found, known)
    furthest = np.abs(np.nan_to_num(position)).round(6).argmax()
    return dimension if position[furthest] >= 0 else _mirrored(dimension)


def _mirrored(found: Dimension) -> Dimension:
    estimate = found.estimate
    if estimate is not None:
        estimate = estimate._replace(position=-estimate.position)
    return found._replace(position=-found.position, low=-found.high, high=-found.low, estimate=estimate)


def turned(found: Dimension, outlets: list[str], anchor: tuple[str, str] | None) -> Dimension:
    """Give the dimension with the one outlet of the anchor left of the other.

    Raises:
        InputError: they are not two outlets of the corpus.
    """
    if anchor is None:
        return found
    if isinstance(anchor, str) or len(anchor) != 2:
        raise InputError(f"anchor is {anchor!r}: give two outlets, the one to stand left and the one to stand right.")
    for name in anchor:
        if name not in outlets:
            raise InputError(f"anchor: there is no outlet {name!r}; there are {listed(outlets)}.")
    left, right = (found.position[outlets.index(name)] for name in anchor)
    return _mirrored(found) if left > right else found


def _reach(cells: Cells, found: Estimate, standard: Numbers, scale: float) -> Numbers:
    """How far the intervals reach: sandwich variance by story (Liang & Zeger 1986), and the delta method."""
    from scipy.special import stdtrit

    values = found.vector()
    steps = np.eye(len(values)) * _STEP
    at = objective(values, cells)[1]
    bend = np.array([objective(values + step, cells)[1] - at for step in steps])
    bend = (bend + bend.T) / (2 * _STEP)
    stories, of = np.unique(cells.story, return_inverse=True)
    by_story = np.zeros((len(stories), len(values)))
    np.add.at(by_story, of, scores(cells, found))
    inverse = np.linalg.pinv(bend)
    size = len(standard)
    slopes = ((np.eye(size) - 1 / size) - np.outer(standard, standard) / size) / scale
    spread = slopes @ (inverse @ by_story.T)[size : 2 * size]
    few = max(len(stories) - 1, 1)
    reach: Numbers = stdtrit(few, (1 + LEVEL) / 2) * np.sqrt((spread**2).sum(axis=1) * len(stories) / few)
    return reach


def predicted(cells: Cells, near: Estimate, seed: int = 0) -> Gain:
    """Tell how well the dimension, learned from four fifths of the stories, predicts the others.

    A story's likelihood is the product of those of its cells, each given the cells before it: so what is predicted
    is whether an outlet carries a claim, from what is known of the outlets and what other outlets do with it.

    Args:
        cells: what outlets carry.
        near: the null model's estimate, from which the search for others starts.
        seed: of the parts into which stories are drawn.
    """
    from scipy.special import stdtrit

    stories, of = np.unique(cells.story, return_inverse=True)
    if len(stories) < _FOLDS:
        return Gain(np.nan, np.nan, np.nan, np.nan)
    fold = np.random.default_rng(seed).permutation(np.arange(len(stories)) % _FOLDS)[of]
    gained, null = np.zeros(len(cells.said)), 0.0
    for number in range(_FOLDS):
        held = fold == number
        rest, unseen = cells.where(~held), cells.where(held)
        flat = fit(rest, sides=False, near=near)
        without = posterior(unseen, flat, sides=False).likelihood
        gained[held] = posterior(unseen, fit(rest, near=flat)).likelihood - without
        null += without.sum()
    asked = (cells.asked > 0).sum()
    total = np.bincount(of, weights=gained)
    reach = stdtrit(len(stories) - 1, (1 + LEVEL) / 2) * total.std(ddof=1) * np.sqrt(len(stories))
    ends = (total.sum() + side * reach for side in (0, -1, 1))
    mean, low, high = (float(end / asked) for end in ends)
    return Gain(mean, low, high, float(total.sum() / -null))


def positions_table(grid: Carriage, found: Dimension, *, version: str = "printed") -> pd.DataFrame:
    """Give the outlets' positions on one dimension.

    Args:
        grid: what the outlets carry.
        found: the dimension.
        version: the grid's version, "printed" or "collapsed".

    Returns:
        The POSITIONS table, in the order of the outlets' names.
    """
    cells = Cells.of(grid)
    asked = cells.asked > 0
    stories = [len(np.unique(cells.story[mine])) for mine in asked.T]
    size, gain = len(grid.outlets), found.gain
    said = warning(found)
    return POSITIONS.frame(
        {
            "outlet": grid.outlets,
            "version": [version] * size,
            "position": found.position.round(6),
            "low": found.low.round(6),
            "high": found.high.round(6),
            "inclination": found.inclination.round(6),
            "stories": stories,
            "claims": asked.sum(axis=0),
            "discrimination": [round(found.slope, 6)] * size,
            "gain": [round(gain.mean, 6)] * size,
            "gain_low": [round(gain.low, 6)] * size,
            "gain_high": [round(gain.high, 6)] * size,
            "explained": [round(gain.explained, 6)] * size,
            "dimension": [bool(gain.low > 0)] * size,
            "validated": [False] * size,
            "warning": [
                "; ".join(filter(None, [said, _about(count, known)]))
                for count, known in zip(stories, found.known.tolist(), strict=True)
            ],
        }
    )


def warning(found: Dimension) -> str:
    """Say what to beware of in all positions; empty if nothing."""
    if found.known.sum() < 3:
        return "fewer than three outlets to compare: no position"
    if found.estimate is None:
        return "every outlet carries every claim: no position"
    if np.isnan(found.gain.mean):
        return f"fewer than {_FOLDS} stories: nothing tells whether there is a dimension; no interval"
    if not found.gain.low > 0:
        return "no dimension to speak of: it predicts unseen stories no better than none does; no interval"
    if found.known.sum() < _LEAST_OUTLETS:
        return "three outlets do not determine their positions; no interval"
    return ""


def _about(stories: int, known: bool) -> str:
    if not known:
        return "no claim that is decided here and at another outlet: no position"
    return f"{count(stories, 'story')}: the interval is too narrow" if stories < FEW_STORIES else ""


def claim_sides_table(grid: Carriage, found: Dimension, *, version: str = "printed") -> pd.DataFrame:
    """Give what the model knows of each claim: how widely told, and by which side.

    Args:
        grid: what the outlets carry.
        found: the dimension.
        version: the grid's version, "printed" or "collapsed".

    Returns:
        The CLAIM_SIDES table: posterior means, in the order of the stories' and claims' ids.

    Raises:
        InputError: there is nothing to place.
    """
    from scipy.special import ndtri

    if found.estimate is None:
        raise InputError(f"claims have no sides here: {warning(found)}.")
    every = Cells.of(grid)
    what = posterior(every.at(found.known), found.estimate)
    prominence, side = (what.weights @ node for node in what.nodes)
    off = np.sqrt(np.maximum(what.weights @ what.nodes[1] ** 2 - side**2, 0))
    reach = float(ndtri((1 + LEVEL) / 2)) * off * found.slope
    asked = every.asked > 0
    size, said = len(every.story), warning(found)
    return CLAIM_SIDES.frame(
        {
            "story_id": [grid.stories[story] for story in every.story],
            "claim_id": [grid.claims[row] for row in every.row],
            "version": [version] * size,
            "difficulty": (-prominence - found.estimate.inclination.mean()).round(6),
            "discrimination": (found.slope * side).round(6),
            "low": (found.slope * side - reach).round(6),
            "high": (found.slope * side + reach).round(6),
            "outlets": asked.sum(axis=1),
            "carried": (every.said > 0).sum(axis=1),
            "validated": [False] * size,
            "warning": [said] * size,
        }
    )
