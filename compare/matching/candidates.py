"""Which pairs are worth a look: a cheap product of sparse rows instead of every pair.

`benchmarks/candidates.py` measures what these miss of what the model would accept.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from compare.matching.features import Floats, Integers, Passages

# Rows of the claims at a time: the dense block stays below 100 MB for 50,000 passages.
_ROWS = 256


def match_candidates(passages: Passages, article_of: Integers, most: int, least: float) -> tuple[Integers, Integers]:
    """Give the pairs of rows of different articles with the nearest word profiles.

    Args:
        passages: one row a sentence.
        article_of: the article number of each row.
        most: how many neighbours a row may have.
        least: the least cosine of weighted character n-grams.

    Returns:
        Left and right row numbers, left < right, ordered, without repeats.
    """
    from sparse_dot_topn import sp_matmul_topn

    if not len(article_of):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    near = sp_matmul_topn(passages.ngrams, passages.ngrams.T.tocsr(), top_n=most, threshold=least).tocoo()
    left, right = np.minimum(near.row, near.col).astype(np.int64), np.maximum(near.row, near.col).astype(np.int64)
    pairs = np.unique(np.column_stack([left, right])[article_of[left] != article_of[right]], axis=0)
    return pairs[:, 0], pairs[:, 1]


def passage_candidates(
    passages: Passages, claims: Integers, rows: Integers, starts: Integers, most: int
) -> tuple[Integers, Integers]:
    """Give, for every claim and article, the passages that look nearest.

    Args:
        passages: holds the claims and the passages as rows.
        claims: row numbers of the claims.
        rows: row numbers of the passages, those of an article together.
        starts: where in `rows` each article begins; no article is empty.
        most: how many passages of an article to give.

    Returns:
        Indices into `claims` and into `rows`, ordered by claim, then article.
    """
    bounds = np.append(starts, len(rows))
    picked = []
    for first in range(0, len(claims), _ROWS):
        block = claims[first : first + _ROWS]
        near = _nearness(passages, block, rows)
        at = np.arange(first, first + len(block))
        for begin, end in pairwise(bounds.tolist()):
            width = min(most, end - begin)
            best = np.argpartition(-near[:, begin:end], width - 1, axis=1)[:, :width] + begin
            picked.append(np.column_stack([np.repeat(at, width), np.sort(best, axis=1).ravel()]))
    pairs = np.concatenate(picked) if picked else np.zeros((0, 2), dtype=np.int64)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1]


def _nearness(passages: Passages, claims: Integers, rows: Integers) -> Floats:
    total = np.asarray(passages.stems[claims].sum(axis=1), dtype=np.float32)
    recall = (passages.stems[claims] @ passages.present[rows].T).toarray() / np.maximum(total.reshape(-1, 1), 1e-6)
    ngrams = (passages.ngrams[claims] @ passages.ngrams[rows].T).toarray()
    vectors = passages.vectors[claims] @ passages.vectors[rows].T
    near: Floats = recall + (ngrams + vectors) / 2
    return near
