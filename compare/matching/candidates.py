"""Which pairs are worth a look: a cheap product of sparse rows instead of every pair.

`benchmarks/candidates.py` measures what these miss of what the model would accept.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.matching.passages import Floats, Integers, Passages

_CELLS_AT_A_TIME = 1 << 22  # claims x passages of an article, about 50 MB


def match_candidates(passages: Passages, article_of: Integers, most: int, least: float) -> tuple[Integers, Integers]:
    """Give the pairs of rows of different articles with the nearest word profiles.

    Args:
        passages: one row a sentence.
        article_of: the article number of each row.
        most: how many neighbours in other articles a row brings along.
        least: the least cosine of weighted character n-grams.

    Returns:
        Left and right row numbers, left < right, ordered, without repeats.
    """
    from sparse_dot_topn import sp_matmul_topn

    found = [np.zeros((0, 2), dtype=np.int64)]
    articles = np.unique(article_of)
    # Copies of a sentence must not crowd each other out: room for two in each article.
    most = max(most, 2 * len(articles))
    for article in articles:
        here, others = np.flatnonzero(article_of == article), np.flatnonzero(article_of != article)
        if len(others):
            right = passages.ngrams[others].T.tocsr()
            near = sp_matmul_topn(passages.ngrams[here], right, top_n=most, threshold=least).tocoo()
            found.append(np.column_stack([here[near.row], others[near.col]]))
    pairs = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    return pairs[:, 0], pairs[:, 1]


def passage_candidates(
    passages: Passages, wanted: NDArray[np.bool_], rows: Integers, starts: Integers, most: int
) -> tuple[Integers, Integers]:
    """Give, for every claim and article that are wanted, the passages that look nearest.

    Args:
        passages: its first rows are the claims.
        wanted: which claims to look for in which article, shape (claims, articles).
        rows: row numbers of the articles' passages, those of an article together.
        starts: where in `rows` each article begins; no article is empty.
        most: how many passages of an article to give.

    Returns:
        Claim numbers and indices into `rows`, ordered by claim, then article.
    """
    picked = [np.zeros((0, 2), dtype=np.int64)]
    for article, (begin, end) in enumerate(pairwise([*starts.tolist(), len(rows)])):
        width = min(most, end - begin)
        claims = np.flatnonzero(wanted[:, article])
        step = max(1, _CELLS_AT_A_TIME // (end - begin))
        for first in range(0, len(claims), step):
            block = claims[first : first + step]
            near = _nearness(passages, block, rows[begin:end])
            best = np.argpartition(-near, width - 1, axis=1)[:, :width] + begin
            picked.append(np.column_stack([np.repeat(block, width), best.ravel()]))
    pairs = np.concatenate(picked)
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return pairs[:, 0], pairs[:, 1]


def _nearness(passages: Passages, claims: Integers, rows: Integers) -> Floats:
    total = np.asarray(passages.stems[claims].sum(axis=1), dtype=np.float32)
    recall = (passages.stems[claims] @ passages.present[rows].T).toarray() / np.maximum(total.reshape(-1, 1), 1e-6)
    ngrams = (passages.ngrams[claims] @ passages.ngrams[rows].T).toarray()
    vectors = passages.vectors[claims] @ passages.vectors[rows].T
    near: Floats = recall + (ngrams + vectors) / 2
    return near
