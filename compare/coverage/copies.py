"""Text that articles share word for word: the sentences of one that also occur in another.

Two sentences are compared by their shared word trigrams: *containment* is the share of one sentence's trigrams that
the other has too (Broder 1997). Independent reports of one event share hardly any.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.coverage.agencies import is_credit_line, without_dateline
from compare.language.tokens import FUNCTION_WORDS, stem, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

# A sentence occurs in another if this share of its trigrams does: a changed word costs three of them,
# so a sentence of twenty words may have four changed. Of benign rewordings in `datasets/changed-meaning`, .999 do.
COPIED_FROM = 1 / 3
# The same if it is not yet known that one article is a copy of the other; .98 of those rewordings do.
_SURELY_COPIED_FROM = 2 / 5
# Dice of content words from which a new sentence counts as a rewording of a missing one. All of those
# rewordings have .64 or more; of two sentences of one article about one pair in a thousand does.
_REWORDED_FROM = 0.5
# The same for a sentence joined with another: the combined one is longer by this share of its length,
# and has this share of its content words.
_ROOM = 0.5
_JOINED_FROM = 0.6
_CHUNK = 4096  # trigrams counted at a time


@dataclass(frozen=True)
class Sentences:
    """A story's sentences as trigrams, one row each, without boilerplate, credit lines and fragments."""

    tokens: list[list[int]]
    length: NDArray[np.int64]
    quoted: NDArray[np.bool_]
    rows: list[NDArray[np.int64]]  # for each article, in order
    trigrams: csr_array
    content: csr_array

    def trigrams_of(self, row: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of trigrams in these sentences, at least 1."""
        count: NDArray[np.int64] = np.maximum(np.diff(self.trigrams.indptr)[row], 1)
        return count


def read_sentences(article_ids: Sequence[str], sentences: pd.DataFrame, agencies: Collection[str] = ()) -> Sentences:
    """Convert a SENTENCES table to trigrams."""
    place = {article_id: number for number, article_id in enumerate(article_ids)}
    of_article: list[list[tuple[str, bool]]] = [[] for _ in article_ids]
    for article_id, text, quoted, skip in zip(
        sentences["article_id"], sentences["text"], sentences["quoted"], sentences["boilerplate"], strict=True
    ):
        if not skip and article_id in place:
            of_article[place[article_id]].append((text, quoted))
    vocabulary: dict[str, int] = {}
    tokens: list[list[int]] = []
    quotes, rows = [], []
    for own in of_article:
        first = len(tokens)
        for index, (text, quoted) in enumerate(own):
            if (index < 2 or index >= len(own) - 3) and is_credit_line(text, agencies):
                continue
            told = without_dateline(text) if index < 2 else text
            found = [vocabulary.setdefault(stem(word), len(vocabulary)) for word in words(told)]
            if len(found) >= 3:
                tokens.append(found)
                quotes.append(quoted)
        rows.append(np.arange(first, len(tokens)))
    telling = np.array([word not in FUNCTION_WORDS for word in vocabulary], dtype=bool)
    return Sentences(
        tokens=tokens,
        length=np.array([len(found) for found in tokens], dtype=np.int64),
        quoted=np.array(quotes, dtype=bool),
        rows=rows,
        trigrams=_incidence(tokens, 3, len(vocabulary)),
        content=_incidence([[t for t in found if telling[t]] for found in tokens], 1, len(vocabulary)),
    )


def _incidence(tokens: list[list[int]], n: int, base: int) -> csr_array:
    """Return which sentence (row) has which run of n words (column), as 0 and 1."""
    from scipy.sparse import csr_array

    counts = np.array([max(len(found) - n + 1, 0) for found in tokens], dtype=np.int64)
    sentence = np.repeat(np.arange(len(tokens)), counts)
    flat = np.array([t for found in tokens for t in found], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum([len(found) for found in tokens])[:-1])) if tokens else np.zeros(0)
    at = np.arange(len(sentence)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = (at + np.repeat(starts, counts)).astype(np.int64)
    code = np.zeros(len(at), dtype=np.int64)
    for step in range(n):
        # Codes are made dense at each step, so that they stay small for any vocabulary.
        code = np.unique(code * base + flat[at + step], return_inverse=True)[1].astype(np.int64)
    pairs = np.unique(sentence * (len(code) + 1) + code)
    row, column = np.divmod(pairs, len(code) + 1)
    shape = (len(tokens), int(code.max(initial=-1)) + 1)
    return csr_array((np.ones(len(row), dtype=np.float32), (row, column)), shape=shape)


@dataclass(frozen=True)
class Common:
    """The text that articles share: `shares` is the share of the row's trigrams that the column has too.

    `confirmed` is the number of an article's trigrams that at least one other has.
    """

    shares: NDArray[np.float32]
    confirmed: NDArray[np.int64]


def common_trigrams(told: Sentences) -> Common:
    """Compare every two articles.

    Sentences that are mostly quotation do not count, because independent reports quote the same words. Time and
    memory grow only with the number of trigrams and the square of the number of articles.
    """
    from scipy.sparse import csc_array

    article = np.repeat(np.arange(len(told.rows)), [len(rows) for rows in told.rows])
    matrix = told.trigrams.tocoo()
    row, column = matrix.coords
    counted = ~told.quoted[row]
    width = matrix.shape[1]
    pairs = np.unique(article[row[counted]] * max(width, 1) + column[counted])
    row, column = np.divmod(pairs, max(width, 1))
    total = np.bincount(row, minlength=len(told.rows))
    shared_by_several = np.bincount(column, minlength=width) > 1
    here = shared_by_several[column]
    has = csc_array((np.ones(here.sum(), dtype=np.float32), (row[here], column[here])), (len(told.rows), width))
    has = has[:, np.flatnonzero(shared_by_several)]
    shared = np.zeros((len(told.rows), len(told.rows)), dtype=np.float32)
    for start in range(0, has.shape[1], _CHUNK):
        part = has[:, start : start + _CHUNK].toarray()
        shared += part @ part.T
    shares: NDArray[np.float32] = (shared / np.maximum(total, 1)[:, np.newaxis]).astype(np.float32)
    return Common(shares, np.bincount(row[here], minlength=len(told.rows)))


@dataclass(frozen=True)
class Alignment:
    """An article aligned with the fullest copy."""

    copied: NDArray[np.bool_]  # for each of the article's sentences: whether the fullest copy has it word for word
    reworded: NDArray[np.bool_]  # for each of the article's sentences: whether it has it in other words
    kept: NDArray[np.bool_]  # for each of the fullest copy's sentences: whether the article has it


def copied_from(told: Sentences, articles: list[int], source: int) -> Iterator[tuple[int, NDArray[np.bool_]]]:
    """Yield each of these articles, with whether each of its sentences occurs in `source` word for word."""
    if not articles:
        return
    rows = np.concatenate([told.rows[article] for article in articles])
    shared = told.trigrams[rows] @ told.trigrams[told.rows[source]].T
    most = shared.max(axis=1).toarray().ravel() if shared.shape[1] else np.zeros(len(rows))
    copied = most >= _SURELY_COPIED_FROM * told.trigrams_of(rows)
    ends = np.cumsum([len(told.rows[article]) for article in articles])
    yield from zip(articles, np.split(copied, ends[:-1]), strict=True)


def align(told: Sentences, article: int, source: int) -> Alignment:
    """Find an article's sentences in the fullest copy, and the fullest copy's in the article."""
    mine, theirs = told.rows[article], told.rows[source]
    if not len(mine) or not len(theirs):
        return Alignment(*(np.zeros(len(rows), dtype=bool) for rows in (mine, mine, theirs)))
    shared = (told.trigrams[mine] @ told.trigrams[theirs].T).toarray()
    of_mine = shared / told.trigrams_of(mine)[:, np.newaxis]
    of_theirs = shared / told.trigrams_of(theirs)
    copied = of_mine.max(axis=1) >= COPIED_FROM
    # A sentence confirms only its nearest one, because stock phrases occur in many sentences.
    nearest = of_mine.argmax(axis=1)
    vouched = np.maximum(of_mine, of_theirs)[np.arange(len(mine)), nearest] >= COPIED_FROM
    kept = np.zeros(len(theirs), dtype=bool)
    kept[nearest[vouched]] = True
    # The number of words that do not come from the nearest: n words in a row have n - 2 trigrams.
    room = told.length[mine] - np.where(vouched, shared[np.arange(len(mine)), nearest] + 2, 0)
    return Alignment(copied, *_reworded(told, (mine, theirs), copied, kept, room))


def _reworded(
    told: Sentences,
    rows: tuple[NDArray[np.int64], NDArray[np.int64]],
    copied: NDArray[np.bool_],
    kept: NDArray[np.bool_],
    room: NDArray[Any],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Find missing sentences by their content words, in any order: reworded, or joined with another."""
    mine, theirs = rows
    reworded, kept = np.zeros(len(mine), dtype=bool), kept.copy()
    gone = np.flatnonzero(~kept)
    if not len(gone):
        return reworded, kept
    shared = (told.content[mine] @ told.content[theirs[gone]].T).toarray()
    count = np.diff(told.content.indptr)
    of_mine, of_gone = count[mine][:, np.newaxis], count[theirs[gone]]
    alike = (2 * shared >= _REWORDED_FROM * (of_mine + of_gone)) & (shared > 0) & ~copied[:, np.newaxis]
    joined = (
        (shared >= _JOINED_FROM * of_gone) & (shared > 0) & (room[:, np.newaxis] >= _ROOM * told.length[theirs[gone]])
    )
    reworded[alike.any(axis=1)] = True
    kept[gone[(alike | joined).any(axis=0)]] = True
    return reworded, kept
