"""Which pairs are worth a look: a cheap product of sparse rows instead of every pair.

`benchmarks/candidates.py` measures what these miss of what the model would accept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from compare.matching.passages import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.matching.passages import Floats, Integers, Passages

# Two sentences must say this much more than one to be preferred as evidence.
SHORTER_IS_BETTER = 0.1
_CELLS_AT_A_TIME = 1 << 22  # claims, or their words, x passages: about 50 MB
_PASSAGES_AT_A_TIME = 1 << 12


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


@dataclass(frozen=True)
class Places:
    """Where passages stand, one entry each, those of an article together and in order.

    `first` and `last` are sentence numbers (equal, or neighbours), `article` is the number of the
    article, from 0, and `row` the passage's row in a `Passages`.
    """

    first: Integers
    last: Integers
    article: Integers
    row: Integers

    def cut(self, here: slice) -> Places:
        """Give some of them."""
        return Places(self.first[here], self.last[here], self.article[here], self.row[here])


def nearest_passages(
    passages: Passages, claims: Integers, sentences: Integers, places: Places, wanted: NDArray[np.bool_]
) -> Integers:
    """Find the passage of every article that comes nearest to a claim; every one is looked at.

    Args:
        passages: all texts.
        claims: their rows.
        sentences: the row of each sentence.
        places: the passages to choose from.
        wanted: which claims to look for in which article, shape (claims, articles).

    Returns:
        Numbers of places, shape (claims, articles), the earliest of those that are equally near; 0 where
        nothing is wanted.
    """
    best = np.zeros(wanted.shape, dtype=np.int64)
    nearest = np.full(wanted.shape, -np.inf, dtype=np.float32)
    # A claim is not looked for in its own article: where that one is very long, this saves most of the work.
    for articles in blocks(np.bincount(places.article), _PASSAGES_AT_A_TIME):
        begin, end = np.searchsorted(places.article, [articles.start, articles.stop])
        asked = np.flatnonzero(wanted[:, articles].any(axis=1))
        for start, close in _closeness(passages, claims[asked], sentences, places.cut(slice(begin, end))):
            of_article = places.article[begin + start : begin + start + close.shape[1]]
            for article in np.unique(of_article):
                first, last = np.searchsorted(of_article, [article, article + 1])
                at = close[:, first:last].argmax(axis=1)
                value = close[np.arange(len(asked)), first + at]
                better = value > nearest[asked, article]
                best[asked[better], article] = begin + start + first + at[better]
                nearest[asked[better], article] = value[better]
    return best


def _closeness(
    passages: Passages, claims: Integers, sentences: Integers, places: Places
) -> Iterator[tuple[int, Floats]]:
    """How near places come to each claim, some at a time: where they start, and an array (claims, some places)."""
    weight = passages.content[claims].multiply(passages.weights).tocsr()
    forms = np.unique(weight.indices)
    total = np.asarray(weight.sum(axis=1)).ravel()
    share = sparse.diags_array(1 / np.maximum(total, 1e-6)) @ weight[:, forms]
    vectors, ngrams = passages.vectors[claims], passages.ngrams[claims]
    step = max(1, _CELLS_AT_A_TIME // max(len(forms), len(claims), 1))
    for start in range(0, len(places.row), step):
        some = places.cut(slice(start, start + step))
        # A passage is as near to a word as the nearer of its sentences.
        begin = some.first[0]
        near = passages.nearest_words(sentences[begin : some.last.max() + 1], forms)
        soft = share @ np.maximum(near[some.first - begin], near[some.last - begin]).T
        cosine = vectors @ passages.vectors[some.row].T
        of_ngrams = (ngrams @ passages.ngrams[some.row].T).toarray()
        close = soft + (cosine + of_ngrams) / 2 - SHORTER_IS_BETTER * (some.last > some.first)
        # Rounded, so that the last bits of a sum do not decide between passages in the same words.
        yield start, close.round(5)
