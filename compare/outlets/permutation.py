"""Permutation tests within stories, and p-values of a family adjusted together.

If it made no difference which outlet is which, their labels could be exchanged in every story. The p-value is the
share of exchanges that give a difference as great, the one seen counted among them (Phipson & Smyth 2010).
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

DRAWS = 9999  # so that the least p-value, .0001, stays below .05 in a family of 500 tests
_BLOCK = 500  # draws at a time: what is held in memory
_AS_GREAT = 1 - 1e-9  # two differences that only rounding tells apart are as great


class PairTest:
    """Tests of two outlets each: in every story their labels stay or are exchanged, by a throw of a coin."""

    def __init__(self, stories: int, seed: int) -> None:
        self._stories, self._seed = stories, seed
        self._parts: list[Numbers] = []
        self._wholes: list[float] = []

    def add(self, part: Numbers, whole: Numbers) -> None:
        """Add a pair by its stories' differences, times their weights, and the weights."""
        self._parts.append(part)
        self._wholes.append(float(whole.sum()))

    def __len__(self) -> int:
        return len(self._parts)

    def p_values(self, draws: int = DRAWS) -> list[float]:
        """Give the two-sided p-value of each pair; nan where the two share no story."""
        if not self._parts:
            return []
        parts = np.column_stack(self._parts)
        seen = np.abs(parts.sum(axis=0)) * _AS_GREAT
        rng = np.random.default_rng(self._seed)
        greater = np.zeros(parts.shape[1])
        for size in _blocks(draws):
            signs = rng.integers(0, 2, size=(size, self._stories)) * 2.0 - 1
            greater += (np.abs(signs @ parts) >= seen).sum(axis=0)
        p = (1 + greater) / (1 + draws)
        return [float(value) if whole > 0 else np.nan for value, whole in zip(p, self._wholes, strict=True)]


def sign_test(parts: Numbers, seed: int, draws: int = DRAWS) -> Numbers:
    """Test that sums over stories are not above 0, by exchanging the stories' signs (Hemerik, Goeman & Finos 2020).

    What a story adds may depend on itself as it likes; only the stories must be independent of one another, and
    many enough or each as likely above as below.

    Args:
        parts: stories x sums, what each story adds.
        seed: of the draws.
        draws: how many.

    Returns:
        The one-sided p-value of each sum.
    """
    seen = parts.sum(axis=0)
    least = seen - 1e-9 * np.abs(parts).sum(axis=0)
    rng = np.random.default_rng(seed)
    greater = np.zeros(parts.shape[1])
    for size in _blocks(draws):
        signs = rng.integers(0, 2, size=(size, len(parts))) * 2.0 - 1
        greater += (signs @ parts >= least).sum(axis=0)
    found: Numbers = (1 + greater) / (1 + draws)
    return found


def group_test(
    part: Numbers, whole: Numbers, members: Flags, seed: int, draws: int = DRAWS
) -> tuple[float, float, float]:
    """Test the difference of two groups of outlets.

    Args:
        part: stories x outlets, what is counted.
        whole: stories x outlets, of how many; 0 where an outlet does not have the story.
        members: two rows, which outlets are in each group.
        seed: of the draws.
        draws: how many permutations.

    Returns:
        The two-sided p-value with labels permuted among the outlets of each story; that with labels permuted
        among whole outlets; and the least that the latter could be. nan where both share no story.
    """
    present = (whole > 0) & members.any(axis=0)
    both = np.logical_and(*[(present & one).any(axis=1) for one in members])
    if not both.any():
        return np.nan, np.nan, _least(members)
    in_first = np.broadcast_to(members[0], whole.shape)
    seen = abs(_difference(part, whole, present, (in_first & both[:, None])[None])[0]) * _AS_GREAT
    rng = np.random.default_rng(seed)
    greater = 0.0
    counted = present & both[:, None]
    size_of_first = (counted & in_first).sum(axis=1)
    for size in _blocks(draws):
        drawn = _within_stories(rng, size, counted, size_of_first)
        greater += (np.abs(_difference(part, whole, counted, drawn)) >= seen).sum()
    ours = members.any(axis=0)
    labels = _among_outlets(rng, members[:, ours], draws)
    differences = [
        _difference(part[:, ours], whole[:, ours], present[:, ours], labels[first : first + _BLOCK, None, :])
        for first in range(0, len(labels), _BLOCK)
    ]
    as_great = float((np.abs(np.concatenate(differences)) >= seen).mean())
    return (1 + greater) / (1 + draws), as_great, _least(members)


def _difference(part: Numbers, whole: Numbers, present: Flags, first: Flags) -> Numbers:
    """The Mantel-Haenszel difference for each labelling: draws x stories x outlets, true for the first group."""
    part, whole = np.where(present, part, 0), np.where(present, whole, 0)
    labels = first.astype(np.float64)
    part_one, whole_one = (np.einsum("dso,so->ds", labels, side) for side in (part, whole))
    part_other, whole_other = part.sum(axis=1) - part_one, whole.sum(axis=1) - whole_one
    total = np.maximum(whole_one + whole_other, 1e-12)
    weights = (whole_one * whole_other / total).sum(axis=1)
    differences = ((part_one * whole_other - part_other * whole_one) / total).sum(axis=1)
    found: Numbers = np.where(weights > 1e-12, differences / np.maximum(weights, 1e-12), 0)
    return found


def _within_stories(rng: np.random.Generator, size: int, present: Flags, first: NDArray[np.int64]) -> Flags:
    """Choose at random, in every story, as many of its outlets as the first group has there."""
    keys = np.where(present, rng.random((size, *present.shape)), 2)
    at = np.broadcast_to(np.maximum(first - 1, 0)[:, None], (size, len(first), 1))
    last = np.take_along_axis(np.sort(keys, axis=2), at, axis=2)
    chosen: Flags = (keys <= last) & (first > 0)[:, None]
    return chosen


def _among_outlets(rng: np.random.Generator, members: Flags, draws: int) -> Flags:
    """Every way to choose the first group's outlets, or so many draws of them after the one seen."""
    outlets, size = members.shape[1], int(members[0].sum())
    if comb(outlets, size) <= draws:
        from itertools import combinations

        chosen = np.array(list(combinations(range(outlets), size)))
        labels = np.zeros((len(chosen), outlets), dtype=bool)
        np.put_along_axis(labels, chosen, True, axis=1)
        return labels
    order = rng.random((draws, outlets)).argsort(axis=1).argsort(axis=1)
    return np.vstack([members[:1], order < size])


def _least(members: Flags) -> float:
    """The least p-value that whole outlets can give: the labelling seen, and if the groups are as large its mirror."""
    one, other = members.sum(axis=1).tolist()
    return (2 if one == other else 1) / comb(one + other, one)


def _blocks(draws: int) -> Iterator[int]:
    for first in range(0, draws, _BLOCK):
        yield min(_BLOCK, draws - first)


def adjusted(p_values: Numbers) -> Numbers:
    """Adjust a family's p-values so that of those up to q no more than q are false (Benjamini & Hochberg 1995).

    Args:
        p_values: of one family; nan for tests that could not be made, which do not count.

    Returns:
        The q-values, in the same order.
    """
    found = np.full(len(p_values), np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(p_values[tested], kind="stable")]
    steps = p_values[order] * len(order) / np.arange(1, len(order) + 1)
    found[order] = np.minimum.accumulate(steps[::-1])[::-1].clip(max=1)
    return found
