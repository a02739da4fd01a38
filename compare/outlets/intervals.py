"""Bootstrap intervals (BCa) of rates over stories, for all rates at once.

A rate is a ratio of sums over stories. A draw of stories is therefore a row of weights (how often each was drawn), and
all draws of all rates are two matrix products.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

DRAWS = 2000
LEVEL = 0.95
# With fewer stories an interval covers less than its level: in simulations (benchmarks/outlets.py) 95 % intervals
# from 6 stories cover .92, from 10 on .94 to .96.
FEW_STORIES = 10
# Many stories of uneven size may hold little information: in simulations with this effective number of stories,
# intervals cover .97 and more, but are half as wide again as those from stories of equal size.
_FEW_EQUAL = 5
_SAME = 1e-12  # rates closer than this differ only by rounding


class Intervals(NamedTuple):
    """Rates with their intervals, one entry for each given column; nan where there is none."""

    rate: Numbers
    low: Numbers
    high: Numbers
    stories: Integers  # how many have a whole other than 0
    warning: list[str]  # why a figure is missing or uncertain; otherwise empty

    def columns(self, *names: str) -> dict[str, Numbers]:
        """Return rate, low and high as columns of these names, rounded for tables."""
        return {name: values.round(6) for name, values in zip(names, self[:3], strict=True)}


def bootstrap(
    part: Numbers, whole: Numbers, *, seed: int = 0, draws: int = DRAWS, proportions: bool | Flags = True
) -> Intervals:
    """Return ratios of sums over stories with the intervals of `bootstrap_of`; part and whole are stories x rates."""
    return bootstrap_of(_ratio, (part, whole), seed=seed, draws=draws, proportions=proportions)


def bootstrap_of(
    figure: Callable[..., Numbers],
    sides: Sequence[Numbers],
    *,
    seed: int = 0,
    draws: int = DRAWS,
    proportions: bool | Flags = True,
) -> Intervals:
    """Return figures made of sums over stories with bias-corrected and accelerated intervals (BCa; Efron 1987).

    Stories are drawn, not claims, because the claims of one story are omitted or carried together (Cameron, Gelbach &
    Miller 2008 on such clusters). BCa intervals of few stories are too narrow; these are widened by the ratio of t to
    the normal distribution (Hesterberg 2015). Where a proportion is 0 or 1 in every story, no draw differs; the
    interval is then that of Clopper & Pearson (1934) with stories as the trials, which is wide enough if large
    stories are no likelier to differ than small ones.

    Args:
        figure: makes the figures from the sums, in the sides' order; nan where there is none.
        sides: stories x figures, one array for each sum; the last is a story's weight (0: none).
        seed: the seed of the draws.
        draws: how many.
        proportions: whether the figures, all or each, are shares of a whole; otherwise they are means or differences.
    """
    from scipy.special import ndtr, ndtri

    whole = sides[-1]
    stories = (whole > 0).sum(axis=0)
    rate = figure(*(side.sum(axis=0) for side in sides))
    weights = story_weights(len(whole), draws, seed)
    drawn = figure(*(weights @ side for side in sides))
    drawn.sort(axis=0)  # nan (the draw has none of the outlet's stories) goes last
    count = (~np.isnan(drawn)).sum(axis=0)
    below = (drawn < rate - _SAME).sum(axis=0) + (np.abs(drawn - rate) <= _SAME).sum(axis=0) / 2
    share = np.clip(below / np.maximum(count, 1), 0.5 / draws, 1 - 0.5 / draws)
    bias = ndtri(share)
    acceleration = _acceleration(figure(*(side.sum(axis=0) - side for side in sides)), whole)
    equal = np.nan_to_num(_ratio(whole.sum(axis=0) ** 2, (whole**2).sum(axis=0)))  # effective number (Kish 1965)
    reach = _reach(equal)
    ends = []
    for side in (-1, 1):
        z = bias + side * reach
        # If the standard error grows as fast as the end moves away, the end lies beyond all draws.
        slope = 1 - acceleration * z
        reached = np.where(slope > _SAME, z / np.maximum(slope, _SAME), np.copysign(np.inf, z))
        ends.append(_quantile(drawn, count, ndtr(bias + reached)))
    low, high = np.minimum(ends[0], rate), np.maximum(ends[1], rate)
    constant = (stories > 1) & (np.abs(drawn - rate) <= 1e-9).all(axis=0, where=~np.isnan(drawn))
    none, every = (constant & proportions & at for at in (rate <= _SAME, rate >= 1 - _SAME))
    reach = 1 - ((1 - LEVEL) / 2) ** (1 / np.maximum(stories, 1))
    unknown = (stories < 2) | constant
    low = np.select([none, every, unknown], [0, 1 - reach, np.nan], low)
    high = np.select([none, every, unknown], [reach, 1, np.nan], high)
    return Intervals(rate, low, high, stories, _warnings(rate, low, stories, equal, constant))


def story_weights(stories: int, draws: int, seed: int) -> Numbers:
    """Return how often each story is drawn in each draw."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(stories, np.full(stories, 1 / stories), size=draws).astype(np.float64)


def _reach(equal: Numbers) -> Numbers:
    """Return the distance of an end in standard errors: t for this effective number of stories.

    The bootstrap's spread is too small by (n - 1) / n, and its own error is not included (Hesterberg 2015).
    """
    from scipy.special import stdtrit

    equal = np.maximum(equal, 2)
    reach: Numbers = stdtrit(equal - 1, (1 + LEVEL) / 2) * np.sqrt(equal / (equal - 1))
    return reach


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Numbers = np.where(whole > _SAME, part / whole, np.nan)
    return ratio


def _acceleration(left: Numbers, whole: Numbers) -> Numbers:
    """Return how fast the standard error changes with the rate, from leaving out each story (Efron 1987, eq. 6.6)."""
    counts = (whole > 0) & ~np.isnan(left)
    mean = np.where(counts, left, 0).sum(axis=0) / np.maximum(counts.sum(axis=0), 1)
    off = np.where(counts, mean - left, 0)
    spread = (off**2).sum(axis=0)
    return _ratio((off**3).sum(axis=0), np.where(spread > 1e-18, 6 * spread**1.5, 1))


def _quantile(ordered: Numbers, count: Integers, level: Numbers) -> Numbers:
    """Return quantiles of each column's first `count` values, interpolated linearly."""
    place = np.nan_to_num(level, nan=0.5) * (count - 1).clip(min=0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, (count - 1).clip(min=0))
    column = np.arange(ordered.shape[1])
    low, high = ordered[below, column], ordered[above, column]
    found: Numbers = low + (place - below) * (high - low)
    return found


def _warnings(rate: Numbers, low: Numbers, stories: Integers, equal: Numbers, constant: Flags) -> list[str]:
    said = []
    columns = (rate.tolist(), low.tolist(), stories.tolist(), equal.tolist(), constant.tolist())
    for value, lower, count, alike, same in zip(*columns, strict=True):
        if count == 0 or np.isnan(value):
            said.append("nothing to count")
        elif count == 1:
            said.append("one story: no interval")
        elif same and np.isnan(lower):
            said.append("the same in every story: no interval")
        elif same:
            said.append(f"the same in all {count} stories: interval after Clopper & Pearson over stories")
        elif count < FEW_STORIES:
            said.append(f"{count} stories: the interval is too narrow")
        elif alike < _FEW_EQUAL:
            uneven = f"{count} stories of so uneven size that they tell no more than {alike:.1f} of one size"
            said.append(f"{uneven}: the interval rests on few of them")
        else:
            said.append("")
    return said
