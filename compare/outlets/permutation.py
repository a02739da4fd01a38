"""Permutation tests, and p-values of a family adjusted together.

If the two sides were interchangeable, they could be exchanged in every story. The p-value is the share of exchanges
that give a difference at least as great, counting the one observed (Phipson & Smyth 2010).
"""

from __future__ import annotations

from itertools import combinations
from math import ceil, comb, log2
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from compare.outlets.intervals import Flags, Numbers

LEVEL = 0.05  # a test that can never reach this is not part of a family (Tarone 1990)
DRAWS = 9999
# In a large family, tests with a first p-value below _LOOK_AGAIN are repeated with this many draws for each of its
# tests: the smallest p-value times the number of tests is then .005.
_LOOK_AGAIN, _DRAWS_A_TEST, _MOST_DRAWS = 0.005, 200, 199_999
_BLOCK = 500  # draws at a time, to limit memory
_AS_GREAT = 1 - 1e-9  # a difference within rounding of another counts as equally great
_SAME = 1e-9  # less than this is a rounding difference


def least_stories(*, two_sided: bool = True) -> int:
    """Return the least number of stories that must differ for a p-value to reach `LEVEL`."""
    return ceil(log2((2 if two_sided else 1) / LEVEL))


def sign_tests(parts: Numbers, seed: int, *, two_sided: bool = True) -> Numbers:
    """Test the sums of `parts` (stories x tests, one family) by exchanging the stories' signs at random: p-values.

    Exchanging two sides in a story turns the sign of their difference there. This assumes nothing about the stories
    themselves: one side may be several outlets that follow each other, or may vary more than the other. The stories
    must only be independent, and many, or each as likely above as below (Hemerik, Goeman & Finos 2020). A p-value is
    nan where too few stories differ to ever reach `LEVEL`; this depends only on the size of the differences, which no
    exchange changes (Tarone 1990).
    """
    found = np.full(parts.shape[1], np.nan)
    differing = (np.abs(parts) > _SAME).sum(axis=0)
    able = np.flatnonzero(differing >= least_stories(two_sided=two_sided))
    found[able] = _sign_tests(parts[:, able], seed, DRAWS, two_sided)
    draws = min(_DRAWS_A_TEST * len(able), _MOST_DRAWS)
    if draws > DRAWS:
        again = np.flatnonzero(np.nan_to_num(found, nan=1) < _LOOK_AGAIN)
        found[again] = _sign_tests(parts[:, again], seed + 1, draws, two_sided)
    return found


def _sign_tests(parts: Numbers, seed: int, draws: int, two_sided: bool) -> Numbers:
    if not parts.shape[1]:
        return np.zeros(0)
    seen = parts.sum(axis=0)
    least = (np.abs(seen) if two_sided else seen) - _SAME * np.abs(parts).sum(axis=0)
    rng = np.random.default_rng(seed)
    greater = np.zeros(parts.shape[1])
    for first in range(0, draws, _BLOCK):
        signs = rng.integers(0, 2, size=(min(_BLOCK, draws - first), len(parts))) * 2.0 - 1
        sums = signs @ parts
        greater += ((np.abs(sums) if two_sided else sums) >= least).sum(axis=0)
    found: Numbers = (1 + greater) / (1 + draws)
    return found


def outlets_test(part: Numbers, whole: Numbers, members: Flags, seed: int) -> tuple[float, float]:
    """Test the difference of two groups by permuting the groups among whole outlets.

    Part and whole are stories x outlets, with whole 0 where an outlet lacks the story; `members` has a row per group,
    whose outlets must be independent. Returns the two-sided p-value (nan where the groups share no story) and its least
    value.
    """
    ours = members.any(axis=0)
    part, whole, members = part[:, ours], whole[:, ours], members[:, ours]
    one, other = members.sum(axis=1).tolist()
    least = (2 if one == other else 1) / comb(one + other, one)
    present = whole > 0
    if not np.logical_and(*[(present & mine).any(axis=1) for mine in members]).any():
        return np.nan, least
    seen = abs(_difference(part, whole, members[:1])[0]) * _AS_GREAT
    outlets = one + other
    if comb(outlets, one) <= DRAWS:  # every possible choice of the first group's outlets
        chosen = np.array(list(combinations(range(outlets), one)))
        labels = np.zeros((len(chosen), outlets), dtype=bool)
        np.put_along_axis(labels, chosen, True, axis=1)
    else:  # the observed grouping, then random ones
        order = np.random.default_rng(seed).random((DRAWS, outlets)).argsort(axis=1).argsort(axis=1)
        labels = np.vstack([members[:1], order < one])
    differences = [_difference(part, whole, labels[first : first + _BLOCK]) for first in range(0, len(labels), _BLOCK)]
    return float((np.abs(np.concatenate(differences)) >= seen).mean()), least


def _difference(part: Numbers, whole: Numbers, first: Flags) -> Numbers:
    """Return the Mantel-Haenszel difference for each labelling (draws x outlets, true for the first group)."""
    labels = first.astype(np.float64)
    part_one, whole_one = (labels @ side.T for side in (part, whole))
    part_other, whole_other = part.sum(axis=1) - part_one, whole.sum(axis=1) - whole_one
    total = np.maximum(whole_one + whole_other, 1e-12)
    weights = (whole_one * whole_other / total).sum(axis=1)
    differences = ((part_one * whole_other - part_other * whole_one) / total).sum(axis=1)
    found: Numbers = np.where(weights > 1e-12, differences / np.maximum(weights, 1e-12), 0)
    return found


def adjusted(p_values: Numbers) -> Numbers:
    """Adjust a family's p-values so that at most q of those up to q are false (Benjamini & Hochberg 1995).

    Tests that could not be made are nan and do not count.
    """
    found = np.full(len(p_values), np.nan)
    tested = np.flatnonzero(~np.isnan(p_values))
    order = tested[np.argsort(p_values[tested])]
    # Not scipy.stats.false_discovery_control, which would load all of scipy.stats.
    raised = p_values[order] * (len(order) / np.arange(1, len(order) + 1))
    found[order] = np.minimum.accumulate(raised[::-1])[::-1].clip(0, 1)
    return found


def family_columns(p_values: Numbers, family: str) -> dict[str, Any]:
    """Return the test columns of a table whose tests are one family."""
    size = len(p_values)
    return {
        "p_value": p_values,
        "q_value": adjusted(p_values),
        "family": [family] * size,
        "tests": [int((~np.isnan(p_values)).sum())] * size,
        "validated": [False] * size,
    }
