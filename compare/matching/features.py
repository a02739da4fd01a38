"""Features of pairs of passages: one row per pair, computed without a loop over pairs.

"Recall" is directed: it is the share of the left passage's weight that the right passage has, so that a long sentence
can carry a short claim but not the reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.matching.passages import Passages, blocks, distinct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scipy import sparse

    from compare.matching.passages import Floats, Integers

FEATURES = (
    "word_recall",  # weighted share of the left words that occur in the right passage
    "soft_recall",  # the same, with each word counted by its nearest word vector on the right
    "heaviest_gap",  # greatest weight of a left word that the right passage lacks
    "sentence_cosine",  # of the sentence vectors
    "ngram_cosine",  # of the weighted character 3- to 5-grams
    "token_set",  # rapidfuzz token_set_ratio of the stems
    "name_recall",  # share of the left names on the right; 1 if the left has none
    "no_names",  # the left has no names
    "number_recall",  # share of the left numbers that the right gives in some form; 1 if the left has none
    "no_numbers",  # the left has no numbers
    "number_conflict",  # both have numbers, and share none
    "length",  # log of the number of content words on the left
)

_PAIRS_AT_A_TIME = 1 << 15  # their vectors need 16 MB with the built-in encoder
_ENTRIES_AT_A_TIME = 1 << 20  # words of left rows, about 50 MB
# Values for many pairs are looked up in a table of all rows concerned, if it has no more than this many cells per pair
# and in total (64 MB); pairs picked from many texts are computed one by one.
_CELLS_OF_A_PAIR = 512
_MOST_CELLS = 1 << 24
_WORDS_OF_A_BLOCK = 1 << 10


def pair_features(passages: Passages, left: Integers, right: Integers) -> Floats:
    """Compare row left[k] with row right[k] for every k; return finite values, shape (pairs, `FEATURES`)."""
    return _table({**_symmetric(passages, left, right), **_directed(passages, left, right)})


def both_ways(passages: Passages, left: Integers, right: Integers) -> tuple[Floats, Floats]:
    """Return `pair_features` from left to right and from right to left; symmetric ones are computed once."""
    symmetric = _symmetric(passages, left, right)
    directed = _directed(passages, np.concatenate([left, right]), np.concatenate([right, left]))
    forth = {name: values[: len(left)] for name, values in directed.items()}
    back = {name: values[len(left) :] for name, values in directed.items()}
    return _table({**symmetric, **forth}), _table({**symmetric, **back})


def _table(columns: Mapping[str, Floats]) -> Floats:
    return np.column_stack([columns[name] for name in FEATURES]).astype(np.float32)


def _symmetric(passages: Passages, left: Integers, right: Integers) -> dict[str, Floats]:
    """Return the features that do not depend on which passage is left."""
    from rapidfuzz import fuzz, process

    strings, vectors = passages.strings, passages.vectors
    cosine, token_set = np.zeros((2, len(left)), dtype=np.float32)
    for start in range(0, len(left), _PAIRS_AT_A_TIME):
        here = slice(start, start + _PAIRS_AT_A_TIME)
        cosine[here] = np.einsum("ij,ij->i", vectors[left[here]], vectors[right[here]])
        sides = [[strings[row] for row in side[here]] for side in (left, right)]
        token_set[here] = process.cpdist(*sides, scorer=fuzz.token_set_ratio, dtype=np.float32) / 100
    return {"sentence_cosine": cosine, "ngram_cosine": _row_dots(passages.ngrams, left, right), "token_set": token_set}


def _directed(passages: Passages, left: Integers, right: Integers) -> dict[str, Floats]:
    """Return the features that measure how much of the left row the right one has."""
    soft, gap = _soft_recall(passages, left, right)
    number_recall = _recall(passages.numbers, passages.given, left, right, none=1.0)
    has_numbers = np.diff(passages.numbers.indptr) > 0
    return {
        "word_recall": _recall(passages.stems, passages.present, left, right),
        "soft_recall": soft,
        "heaviest_gap": gap,
        "name_recall": _recall(passages.names, passages.present, left, right, none=1.0),
        "no_names": (np.diff(passages.names.indptr) == 0)[left],
        "number_recall": number_recall,
        "no_numbers": ~has_numbers[left],
        "number_conflict": has_numbers[right] & (number_recall == 0),
        "length": np.log1p(np.diff(passages.content.indptr))[left],
    }


def _recall(
    weighted: sparse.csr_matrix, told: sparse.csr_matrix, left: Integers, right: Integers, none: float = 0.0
) -> Floats:
    """Return the share of each left row's weight that the right row has; `none` if the left has no weight."""
    total = np.asarray(weighted.sum(axis=1), dtype=np.float32).ravel()[left]
    shared = np.zeros(len(left), dtype=np.float32)
    for block in blocks(np.diff(weighted.indptr)[left], _ENTRIES_AT_A_TIME):
        pair, entry = _entries(weighted, left[block])
        if len(pair):
            there = np.asarray(told[right[block][pair], weighted.indices[entry]]).ravel()
            shared[block] = np.bincount(pair, weighted.data[entry] * there, minlength=block.stop - block.start)
    return np.divide(shared, total, out=np.full(len(left), none, dtype=np.float32), where=total > 0)


def _row_dots(rows: sparse.csr_matrix, left: Integers, right: Integers) -> Floats:
    (lefts, i), (rights, j) = (distinct(side, rows.shape[0]) for side in (left, right))
    if len(lefts) * len(rights) <= min(_MOST_CELLS, _CELLS_OF_A_PAIR * len(left)):
        table: Floats = (rows[lefts] @ rows[rights].T).toarray()
        return table[i, j]
    dots = np.zeros(len(left), dtype=np.float32)
    for block in blocks(np.diff(rows.indptr)[left], _ENTRIES_AT_A_TIME):
        dots[block] = np.asarray(rows[left[block]].multiply(rows[right[block]]).sum(axis=1)).ravel()
    return dots


def _entries(rows: sparse.csr_matrix, left: Integers) -> tuple[Integers, Integers]:
    """Return every entry in the row of every pair: the pair, and the entry's place in the matrix."""
    lengths = np.diff(rows.indptr)[left].astype(np.int64)
    ends = np.cumsum(lengths)
    pair = np.repeat(np.arange(len(left)), lengths)
    return pair, np.arange(len(pair)) + np.repeat(rows.indptr[left] - (ends - lengths), lengths)


def _soft_recall(passages: Passages, left: Integers, right: Integers) -> tuple[Floats, Floats]:
    """Compare every content word of a left row with its most similar word in the right row."""
    recall = np.zeros(len(left), dtype=np.float32)
    gap = np.zeros(len(left), dtype=np.float32)
    content = passages.content
    cells = content.shape[0] * content.shape[1]
    at_once = passages.is_small or cells <= min(_MOST_CELLS, _CELLS_OF_A_PAIR * len(left))
    # Pairs with the same right row are consecutive, so that its words are compared once.
    order = np.argsort(right, kind="stable")
    for block in blocks(np.diff(content.indptr)[left][order], _ENTRIES_AT_A_TIME if at_once else _WORDS_OF_A_BLOCK):
        at = order[block]
        pair, entry = _entries(content, left[at])
        if len(pair):
            word = content.indices[entry]
            (rows, row), (forms, form) = distinct(right[at], content.shape[0]), distinct(word, content.shape[1])
            near = passages.nearest_words(rows, forms)[row[pair], form]
            weight = passages.weights[word]
            begins = np.flatnonzero(np.diff(pair, prepend=-1))
            told = at[pair[begins]]
            recall[told] = np.add.reduceat(near * weight, begins) / np.add.reduceat(weight, begins)
            gap[told] = np.maximum.reduceat((1 - near) * weight, begins)
    return recall, gap
