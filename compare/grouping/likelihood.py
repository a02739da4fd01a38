"""How probable it is that two articles tell the same story: a logistic model of how they are alike.

The weights in `likelihood.json` were fitted by `benchmarks/grouping.py` to ECB+ (Cybulska and Vossen 2014, CC BY 3.0),
whole, with most of each story's articles left out, and in handfuls of articles: real stories have two articles as well
as twenty, and a study may begin with ten.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    from compare.grouping.nearest import Floats, Integers, Near
    from compare.grouping.vocabulary import Terms

_PAIRS_AT_A_TIME = 50_000
_FULL_SIZE = 3.0  # orders of magnitude: among a thousand articles, a word's rarity is known
_SHARED_OF = (6, 10)  # nearest ones that two articles may share, themselves among them


class Likely(NamedTuple):
    """Pairs of articles, left before right, and the probability that they tell the same story."""

    left: Integers
    right: Integers
    probability: Floats


def judge_pairs(terms: Terms, near: Near) -> Likely:
    """Return the probability of every pair of near articles."""
    left, right = near_pairs(near)
    weights, constant = _weights()
    blocks = [slice(start, start + _PAIRS_AT_A_TIME) for start in range(0, len(left), _PAIRS_AT_A_TIME)]
    odds = [likenesses(terms, near, left[block], right[block]) @ weights + constant for block in blocks]
    return Likely(left, right, 1 / (1 + np.exp(-np.concatenate([np.zeros(0), *odds]))))


def near_pairs(near: Near) -> tuple[Integers, Integers]:
    """Return the pairs of articles of which one is among the other's nearest, left before right."""
    row, column = np.nonzero(near.article >= 0)
    other = near.article[row, column]
    count = len(near.article)
    keys = np.unique((np.minimum(row, other) * count + np.maximum(row, other))[row != other])
    left, right = np.divmod(keys, max(1, count))
    return left, right


def likenesses(terms: Terms, near: Near, left: Integers, right: Integers) -> Floats:
    """Return what the model reads of each pair, from 0 to 1, shape (pairs, 9).

    The square roots of: the cosines by words, by headline and lead, and by names; the lesser and the greater likeness
    of each among the nearest of the other; the shares of the nearest six and ten that both have; and the order of
    magnitude of all articles, because among few, what sets two apart is hard to tell. Also whether each is among the
    other's nearest.
    """
    cosines = [_rows_dot(matrix, left, right) for matrix in (terms.words, terms.lead, terms.names)]
    there, back = _told_by(near, left, right), _told_by(near, right, left)
    mutual = (there >= 0) & (back >= 0)
    lesser = np.where(mutual, np.minimum(there, back), np.maximum(there, back))
    shares = [_shared(near, most, left, right) for most in _SHARED_OF]
    size = min(1.0, math.log10(max(1, len(near.article))) / _FULL_SIZE)
    columns = [*cosines, lesser, np.maximum(there, back), mutual.astype(float), *shares, np.full(len(left), size)]
    read: Floats = np.sqrt(np.clip(np.column_stack(columns), 0, 1))
    return read


def _told_by(near: Near, row: Integers, other: Integers) -> Floats:
    """Return the likeness of `other` among the nearest of `row`, -1 where it is not one of them."""
    told: Floats = np.where(near.article[row] == other[:, np.newaxis], near.likeness[row], -1.0).max(axis=1)
    return told


def _shared(near: Near, most: int, left: Integers, right: Integers) -> Floats:
    """Return the share of both articles' `most` nearest that are the same (Jaccard)."""
    order = np.argsort(-near.likeness, axis=1, kind="stable")[:, :most]
    chosen = np.take_along_axis(near.article, order, axis=1)
    chosen[np.take_along_axis(near.likeness, order, axis=1) <= 0] = -1
    one, other = chosen[left], chosen[right]
    both = ((one[:, :, np.newaxis] == other[:, np.newaxis, :]) & (one[:, :, np.newaxis] >= 0)).sum(axis=(1, 2))
    either = (one >= 0).sum(axis=1) + (other >= 0).sum(axis=1) - both
    share: Floats = both / np.maximum(1, either)
    return share


def _rows_dot(matrix: sparse.csr_matrix, left: Integers, right: Integers) -> Floats:
    dots: Floats = np.asarray(matrix[left].multiply(matrix[right]).sum(axis=1)).ravel()
    return dots


@cache
def _weights() -> tuple[NDArray[np.float64], float]:
    told = json.loads(files(__package__).joinpath("likelihood.json").read_text(encoding="utf-8"))
    return np.array(told["weights"]), float(told["constant"])
