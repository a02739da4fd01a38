"""Each article's nearest ones within a span of time, and how alike they are by what sets them apart from the others.

Two earthquakes share "earthquake", "magnitude" and "residents"; among the articles near to either, these words say
nothing, and the place and the number say all. So likeness is taken once more with words weighted by how rare they are
among an article's own nearest ones.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from compare.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from compare.grouping.vocabulary import Terms

    Integers = NDArray[np.int64]
    Floats = NDArray[np.float64]

NEAREST = 20  # articles besides itself
_LEAST = 0.08  # cosine; of two articles below it, fewer than one in 3,000 of ECB+ tell the same event
_MOST_HAVING = 1000  # articles; by a word of more, nearest ones are not searched, so that the time grows as they do
_ROWS_AT_A_TIME = 1000
_DAY = 24 * 60 * 60.0


class Near(NamedTuple):
    """Articles and their nearest ones, themselves included.

    `article`, shape (articles, NEAREST + 1), is -1 where there are fewer; `likeness` is by what is rare among them, and
    -1 there.
    """

    article: Integers
    likeness: Floats


def find_near(terms: Terms, seconds: Floats, days: float) -> Near:
    """Find each article's nearest ones; `seconds` is when each appeared, NaN if unknown, and near is within `days`."""
    article = _nearest(_search_rows(terms), seconds, days * _DAY)
    likeness = np.full(article.shape, -1.0)
    for start in progress(range(0, len(article), _ROWS_AT_A_TIME), unit="thousand articles", name="comparing articles"):
        rows = slice(start, start + _ROWS_AT_A_TIME)
        likeness[rows] = _likeness(terms.present, article[rows], start)
    return Near(article, likeness)


def _search_rows(terms: Terms) -> sparse.csr_matrix:
    """Return rows of which the dot product is the mean of two cosines, by words and by lead."""
    both = sparse.hstack([terms.words, terms.lead], format="csr") * np.float32(np.sqrt(0.5))
    common = np.bincount(both.indices, minlength=both.shape[1]) > _MOST_HAVING
    if common.any():
        both = both @ sparse.diags_array((~common).astype(np.float32))
        both.eliminate_zeros()
    return both.tocsr()


def _nearest(rows: sparse.csr_matrix, seconds: Floats, span: float) -> Integers:
    from sparse_dot_topn import sp_matmul_topn

    found = np.full((rows.shape[0], NEAREST + 1), -1, dtype=np.int64)
    found[:, 0] = np.arange(len(found))
    for here, there in _blocks(seconds, span):
        # One more for the article itself, and as many again for those that are a little too early or late.
        most = min(len(there), 2 * NEAREST + 1)
        near = sp_matmul_topn(rows[here], rows[there].T.tocsr(), most, threshold=_LEAST, sort=True, n_threads=_cores())
        row = np.repeat(here, np.diff(near.indptr))
        other = there[near.indices]
        apart = np.abs(seconds[row] - seconds[other])
        kept = (row != other) & ~(apart > span)  # not known is not apart
        row, other = row[kept], other[kept]
        _, first, size = np.unique(row, return_index=True, return_counts=True)
        place = np.arange(len(row)) - np.repeat(first, size)
        kept = place < NEAREST
        found[row[kept], place[kept] + 1] = other[kept]
    return found


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _blocks(seconds: Floats, span: float) -> Iterator[tuple[Integers, Integers]]:
    """Yield articles of one day, and all those within the span of one of them; those without a time are near to all."""
    timeless = np.flatnonzero(np.isnan(seconds))
    day = np.floor(seconds / _DAY)
    if len(timeless):
        yield timeless, np.arange(len(seconds))
    for one in np.unique(day[~np.isnan(day)]):
        here = np.flatnonzero(day == one)
        near = (seconds >= one * _DAY - span) & (seconds <= (one + 1) * _DAY + span)
        yield here, np.flatnonzero(near | np.isnan(seconds))


def _likeness(present: sparse.csr_matrix, article: Integers, start: int) -> Floats:
    """Return the likeness of articles to their nearest ones, shape of `article`; the first is number `start`."""
    owner, column = np.nonzero(article >= 0)
    member = article[owner, column]
    rows = present[member]
    size = np.diff(rows.indptr)
    entry = np.repeat(np.arange(len(member)), size)
    key, place, having = np.unique(
        owner[entry] * present.shape[1] + rows.indices.astype(np.int64), return_inverse=True, return_counts=True
    )
    members = np.bincount(owner, minlength=len(article))
    weight = np.log((members[owner[entry]] + 1) / having[place]) ** 2
    is_own = member == owner + start
    own = np.zeros(len(key), dtype=bool)
    own[place[is_own[entry]]] = True
    shared = np.bincount(entry, weights=weight * own[place], minlength=len(member))
    length = np.sqrt(np.bincount(entry, weights=weight, minlength=len(member)))
    own_length = np.zeros(len(article))
    own_length[owner[is_own]] = length[is_own]
    found = np.full(article.shape, -1.0)
    found[owner, column] = shared / np.maximum(length * own_length[owner], 1e-9)
    return found
