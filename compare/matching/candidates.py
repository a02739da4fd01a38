"""Which pairs are worth a look: a cheap product of sparse rows instead of every pair.

`benchmarks/candidates.py` measures what these miss of what the model would accept.
"""

from __future__ import annotations

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
# Where a claim has numbers, a passage with the same ones is likelier to be about it than its other words tell: with
# this, the AUC of claims with numbers rose from .915 to .920 on SPARK; on REALSumm it stayed as it was.
NUMBERS_COUNT = 0.4
# Two sentences of one article are a repetition only if they share much more than those of two articles must.
_REPEATED = 0.3
_CELLS_AT_A_TIME = 1 << 22  # claims, or their words, x passages: about 50 MB
_PASSAGES_AT_A_TIME = 1 << 12


def match_candidates(passages: Passages, article_of: Integers, most: int, least: float) -> tuple[Integers, Integers]:
    """Return the pairs of rows with the nearest word profiles: of different articles, and where one repeats itself.

    Args:
        passages: one row a sentence.
        article_of: the article number of each row.
        most: how many neighbours in other articles a row brings along.
        least: the least cosine of weighted character n-grams.

    Returns:
        Left and right row numbers, left < right, ordered, without repeats.
    """
    # Copies of a sentence must not crowd each other out: room for two in each article, and for all that are as near.
    most = max(most, 2 * len(np.unique(article_of)))
    count = len(article_of)
    found = [np.zeros(0, dtype=np.int64)]
    for articles in blocks(np.bincount(article_of), _PASSAGES_AT_A_TIME):
        here = np.flatnonzero((article_of >= articles.start) & (article_of < articles.stop))
        # A very long article stands alone here, and must not be compared with itself.
        alone = articles.stop - articles.start == 1
        there = np.flatnonzero(article_of != articles.start) if alone else np.arange(count)
        others = passages.ngrams[there].T.tocsr()
        step = max(1, _CELLS_AT_A_TIME // max(1, len(there)))
        for rows in (here[first : first + step] for first in range(0, len(here), step)):
            near = (passages.ngrams[rows] @ others).toarray()
            own = article_of[rows, np.newaxis] == article_of[there]
            near[(own & (near < _REPEATED)) | (rows[:, np.newaxis] == there)] = 0
            if most < len(there):
                near[near < np.partition(near, len(there) - most, axis=1)[:, [len(there) - most]]] = 0
            row, other = np.nonzero(near > least)
            left, right = rows[row], there[other]
            found.append(np.minimum(left, right) * count + np.maximum(left, right))
    pairs = np.unique(np.concatenate(found))
    return pairs // max(1, count), pairs % max(1, count)


def nearest_passages(
    passages: Passages, claims: Integers, rows: Integers, article_of: Integers, wanted: NDArray[np.bool_]
) -> Integers:
    """Find the passage of every article that comes nearest to a claim; every one is looked at.

    Args:
        passages: all texts.
        claims: the rows of the claims.
        rows: the rows of the articles' passages, those of an article together.
        article_of: the article number of each of these rows, from 0, none left out.
        wanted: which claims to look for in which article, shape (claims, articles).

    Returns:
        Indices into `rows`, shape (claims, articles), the earliest of those that are equally near; 0
        where nothing is wanted.
    """
    best = np.zeros(wanted.shape, dtype=np.int64)
    nearest = np.full(wanted.shape, -np.inf, dtype=np.float32)
    # A claim is not looked for in its own article: where that one is very long, this saves most of the work.
    for articles in blocks(np.bincount(article_of), _PASSAGES_AT_A_TIME):
        begin, end = np.searchsorted(article_of, [articles.start, articles.stop])
        asked = np.flatnonzero(wanted[:, articles].any(axis=1))
        for here, close in _closeness(passages, claims[asked], rows, range(begin, end)):
            for article in range(article_of[here.start], article_of[here.stop - 1] + 1):
                first, last = np.searchsorted(article_of[here.start : here.stop], [article, article + 1])
                at = close[:, first:last].argmax(axis=1)
                value = close[np.arange(len(asked)), first + at]
                better = value > nearest[asked, article]
                best[asked[better], article] = here.start + first + at[better]
                nearest[asked[better], article] = value[better]
    return best


def _closeness(passages: Passages, claims: Integers, rows: Integers, places: range) -> Iterator[tuple[range, Floats]]:
    """How near passages come to claims, some at a time: which places of `rows`, and an array (claims, places)."""
    share, forms = passages.word_shares(claims)
    vectors, ngrams = passages.vectors[claims], passages.ngrams[claims]
    numbers = passages.numbers[claims]
    numbers = sparse.diags_array(1 / np.maximum(np.diff(numbers.indptr), 1)) @ numbers
    step = max(1, _CELLS_AT_A_TIME // max(len(forms), len(claims), 1))
    for start in range(0, len(places), step):
        here = places[start : start + step]
        row = rows[here.start : here.stop]
        soft = share @ passages.nearest_words(row, forms).T
        cosine = vectors @ passages.vectors[row].T
        of_ngrams = (ngrams @ passages.ngrams[row].T).toarray()
        of_numbers = (numbers @ passages.given[row].T).toarray()
        close = soft + (cosine + of_ngrams) / 2 + NUMBERS_COUNT * of_numbers - SHORTER_IS_BETTER * passages.is_pair[row]
        # Rounded, so that the last bits of a sum do not decide between passages in the same words.
        yield here, close.round(5)
