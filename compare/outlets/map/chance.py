"""How often two outlets would both carry a claim if only chance said which outlets carry it.

Given how many carry a claim, each of the others may be among them by its odds to carry anything. So how prominent a
claim is, and how much all carry of a story, needs no model: both are in that number (Rasch 1960; Andersen 1970).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.outlets.map.carriage import Carriage

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

_ROUNDS, _SETTLED = 100, 1e-6
_SMALL = 1e-9


def cells(grid: Carriage) -> Iterator[tuple[int, Numbers, Numbers]]:
    """Give, story by story, its place and claims x outlets: 1 where it is carried, and 1 where that is decided."""
    ends = np.searchsorted(grid.story, np.arange(len(grid.stories) + 1))
    for story, (first, last) in enumerate(pairwise(ends.tolist())):
        mine = grid.carried[first:last]
        yield story, (mine == 1).astype(float), (~np.isnan(mine)).astype(float)


def log_odds(grid: Carriage) -> Numbers:
    """Give each outlet's odds to be among those that carry a claim, as logarithms with the mean 0.

    They are those with which every outlet is expected to carry as many claims as it does, the others taken for alike.
    """
    found = np.zeros(len(grid.outlets))
    for _ in range(_ROUNDS):
        seen, expected = np.zeros((2, len(found)))
        for story, carried, known in cells(grid):
            others = grid.apart[story] * grid.share[story]
            count = known @ others.T
            told = carried @ others.T + carried
            odds = np.exp(found - known @ (others * found).T / np.maximum(count, _SMALL)) * told
            seen += carried.sum(axis=0)
            expected += (known * odds / np.maximum(odds + count + 1 - told, _SMALL)).sum(axis=0)
        step = np.log((seen + 0.5) / (expected + 0.5))
        step -= step.mean()
        found += step
        if np.abs(step).max() < _SETTLED:
            break
    return found


def both_by_chance(told: Numbers, of: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """Give how probable it is that two outlets both carry a claim, given how many of all do, the third ones alike.

    Args:
        told: claims x pairs, how many outlets carry the claim, 2 or more.
        of: of how many.
        one: the odds of the pair's one outlet against the mean of the third ones.
        other: those of the other.
    """
    rest = of - told
    ways = one * other * told * (told - 1)
    probable: Numbers = ways / (ways + (one + other) * told * rest + rest * (rest - 1))
    return probable


def as_many(probable: Numbers, both: Numbers, weight: Numbers) -> Numbers:
    """Scale, claim by claim, what all pairs are expected to carry both to what they do: claims x pairs.

    Args:
        probable: that both of a pair carry the claim.
        both: whether they do.
        weight: of each pair.
    """
    expected = np.maximum(probable @ weight, _SMALL)
    scaled: Numbers = np.minimum(probable * (both @ weight / expected)[:, None], 1.0)
    return scaled
