"""What two passages have in common, as numbers: one row per pair, computed without a loop over pairs.

`Passages` holds texts as rows over one shared vocabulary; `pair_features` compares rows of it.
"Recall" is directed: the share of the left passage's weight that the right passage holds, so that
a long sentence can carry a short claim while the short one does not carry the long one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from compare.language.tokens import FUNCTION_WORDS, is_number, stem, words
from compare.language.vectors import sentence_vectors, static_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

FEATURES = (
    "word_recall",  # weighted share of the left words that stand in the right passage
    "soft_recall",  # the same, a word counting as much as its nearest word vector on the right
    "heaviest_gap",  # weight of the left word that the right passage lacks most
    "sentence_cosine",  # of the sentence vectors
    "ngram_cosine",  # of the weighted character 3- to 5-grams
    "token_set",  # rapidfuzz token_set_ratio of the stems
    "name_recall",  # share of the left names on the right; 1 where the left has none
    "no_names",  # the left has no names
    "number_recall",  # share of the left numbers on the right; 1 where the left has none
    "number_conflict",  # the left has numbers, the right has others and none of them
    "length",  # log of the number of content words on the left
)

# Word vectors nearer than this are near by chance; of .2, .3, .4 this had the best AUC on REALSumm.
_LEAST_SIMILARITY = 0.3
# A word's weight is the root of its background weight over 100: "said" counts 0.7, a name 1, a function word little.
_BACKGROUND_SCALE = 100.0
_FUNCTION_WORD_WEIGHT = 0.08
_LEAST_CONTENT_WEIGHT = 0.15
# A "sentence" of thousands of words (a list, a broken page) is compared by its weightiest ones: memory stays bounded.
_MOST_WORDS = 400
# From this weight on (about the rarest third of the words in news) a capitalised first word is taken for a name.
_RARE = 0.95
_PAIRS_AT_A_TIME = 1 << 18  # word pairs: some thousand distinct words, whose likenesses take 100 MB at most


@dataclass(frozen=True)
class Passages:
    """Texts as sparse rows over shared vocabularies; a row never depends on the other texts.

    `stems` (texts x stems) holds each stem's weight, `names` and `numbers` those of them that are
    names (weighted) or numbers (1 each), `present` a 1 for every stem. `content` (texts x forms)
    marks the content words as they are written, which `word_vectors`, `weights` and `stem_of`
    describe. `ngrams` and `vectors` have rows of unit length. `strings` are the stems in order.
    """

    strings: list[str]
    present: sparse.csr_matrix
    stems: sparse.csr_matrix
    names: sparse.csr_matrix
    numbers: sparse.csr_matrix
    content: sparse.csr_matrix
    ngrams: sparse.csr_matrix
    vectors: Floats
    weights: Floats
    word_vectors: Floats
    stem_of: Integers

    @classmethod
    def of(cls, texts: Sequence[str], encoder: Encoder | None = None) -> Passages:
        """Count the texts; `encoder` gives the sentence vectors instead of the built-in ones."""
        spoken = [words(text) for text in texts]
        forms = _Vocabulary(word.casefold() for word in chain.from_iterable(spoken))
        stems = _Vocabulary(stem(form) for form in forms)
        stem_of = np.array([stems[stem(form)] for form in forms], dtype=np.int64)
        is_function = np.array([form in FUNCTION_WORDS for form in stems], dtype=bool)[stem_of]
        weights = _weights(list(forms), is_function)
        rows = [_Row(text, forms, stem_of, is_function, weights) for text in spoken]
        present = _matrix([row.stems for row in rows], len(stems))
        ngrams = [_ngrams(form) for form in stems]
        gram_index = _Vocabulary(chain.from_iterable(ngrams))
        weighted = _matrix([row.stems for row in rows], len(stems), [weights[row.forms] for row in rows])
        of_stem = _matrix([[gram_index[gram] for gram in grams] for grams in ngrams], len(gram_index))
        numeric = np.array([is_number(form) for form in stems], dtype=np.float32)
        return cls(
            strings=[" ".join(stem(word) for word in text[:_MOST_WORDS]) for text in spoken],
            present=present,
            stems=weighted,
            names=_matrix(
                [row.stems[row.named] for row in rows], len(stems), [weights[row.forms[row.named]] for row in rows]
            ),
            numbers=present.multiply(numeric).tocsr(),
            content=_matrix([row.content for row in rows], len(forms)),
            ngrams=_unit_rows(weighted @ of_stem),
            vectors=sentence_vectors(texts, encoder),
            weights=weights,
            word_vectors=_word_vectors(list(forms)),
            stem_of=stem_of,
        )


class _Vocabulary(dict[str, int]):
    """Terms and their numbers, in order of first appearance."""

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__((term, at) for at, term in enumerate(dict.fromkeys(terms)))


class _Row:
    """One text: its distinct stems, each with the form it first has there, and which are names."""

    def __init__(
        self, spoken: list[str], forms: _Vocabulary, stem_of: Integers, is_function: NDArray[np.bool_], weights: Floats
    ) -> None:
        ids = np.array([forms[word.casefold()] for word in spoken], dtype=np.int64)
        self.stems, first = np.unique(stem_of[ids], return_index=True)
        self.forms = ids[first]
        capital = np.array([word[0].isupper() for word in spoken], dtype=bool)[first]
        # Every sentence begins with a capital: its first word is a name only if it is a rare one.
        inside = (first > 0) | (weights[self.forms] >= _RARE)
        self.named = capital & inside & ~is_function[self.forms]
        content = self.forms[~is_function[self.forms]] if len(ids) else self.forms
        content = content if len(content) else self.forms
        if len(content) > _MOST_WORDS:
            content = content[np.argsort(-weights[content], kind="stable")[:_MOST_WORDS]]
        self.content = np.sort(content)


def pair_features(passages: Passages, left: Integers, right: Integers) -> Floats:
    """Compare row left[k] with row right[k] for every k.

    Returns:
        Shape (number of pairs, number of `FEATURES`), every value finite.
    """
    from rapidfuzz import fuzz, process

    strings = passages.strings
    soft, gap = _soft_recall(passages, left, right)
    token_set = process.cpdist(
        [strings[i] for i in left], [strings[j] for j in right], scorer=fuzz.token_set_ratio, dtype=np.float32
    )
    number_recall = _recall(passages.numbers, passages, left, right, none=1.0)
    has_numbers = np.diff(passages.numbers.indptr) > 0
    columns = [
        stem_recall(passages, left, right),
        soft,
        gap,
        (passages.vectors[left] * passages.vectors[right]).sum(axis=1),
        _row_dots(passages.ngrams[left], passages.ngrams[right]),
        token_set / 100,
        _recall(passages.names, passages, left, right, none=1.0),
        np.diff(passages.names.indptr)[left] == 0,
        number_recall,
        has_numbers[left] & has_numbers[right] & (number_recall == 0),
        np.log1p(np.diff(passages.content.indptr))[left],
    ]
    return np.column_stack(columns).astype(np.float32)


def stem_recall(passages: Passages, left: Integers, right: Integers) -> Floats:
    """Give the weighted share of each left row's stems that stand in the right row."""
    return _recall(passages.stems, passages, left, right)


def _recall(
    weighted: sparse.csr_matrix, passages: Passages, left: Integers, right: Integers, none: float = 0.0
) -> Floats:
    """Give the share of each left row's weight whose stems stand in the right row; `none` where it has no weight."""
    total = np.asarray(weighted.sum(axis=1), dtype=np.float32).ravel()[left]
    shared = _row_dots(weighted[left], passages.present[right])
    return np.divide(shared, total, out=np.full(len(left), none, dtype=np.float32), where=total > 0)


def _row_dots(left: sparse.csr_matrix, right: sparse.csr_matrix) -> Floats:
    return np.asarray(left.multiply(right).sum(axis=1), dtype=np.float32).ravel()


def _soft_recall(passages: Passages, left: Integers, right: Integers) -> tuple[Floats, Floats]:
    """Compare every content word of a left row with its most similar word in the right row."""
    recall = np.zeros(len(left), dtype=np.float32)
    gap = np.zeros(len(left), dtype=np.float32)
    lengths = np.diff(passages.content.indptr).astype(np.int64)
    sizes = lengths[left] * lengths[right]
    chunk = np.cumsum(sizes) // _PAIRS_AT_A_TIME
    for number in np.unique(chunk):
        at = np.flatnonzero((chunk == number) & (sizes > 0))
        if len(at):
            recall[at], gap[at] = _soft_recall_chunk(passages.content, passages, left[at], right[at])
    return recall, gap


def _soft_recall_chunk(
    rows: sparse.csr_matrix, passages: Passages, left: Integers, right: Integers
) -> tuple[Floats, Floats]:
    lengths = np.diff(rows.indptr).astype(np.int64)
    n_left, n_right = lengths[left], lengths[right]
    # One line for every (pair, left word, right word), right words fastest.
    pair = np.repeat(np.arange(len(left)), n_left * n_right)
    starts = np.cumsum(n_left * n_right) - n_left * n_right
    place = np.arange(len(pair)) - starts[pair]
    left_word = rows.indices[rows.indptr[left][pair] + place // n_right[pair]]
    right_word = rows.indices[rows.indptr[right][pair] + place % n_right[pair]]
    used, compact = np.unique(np.concatenate([left_word, right_word]), return_inverse=True)
    vectors = passages.word_vectors[used]
    similarity = vectors @ vectors.T
    similarity[similarity < _LEAST_SIMILARITY] = 0
    same_stem = passages.stem_of[used]
    similarity[same_stem[:, np.newaxis] == same_stem] = 1
    near = similarity[compact[: len(pair)], compact[len(pair) :]]
    # The best right word for every (pair, left word), then sums over the left words of a pair.
    by_word = np.repeat(n_right, n_left)
    best = np.maximum.reduceat(near, np.cumsum(by_word) - by_word)
    by_pair = np.cumsum(n_left) - n_left
    weight = passages.weights[left_word[np.cumsum(by_word) - by_word]]
    recall = np.add.reduceat(best * weight, by_pair) / np.add.reduceat(weight, by_pair)
    return recall.astype(np.float32), np.maximum.reduceat((1 - best) * weight, by_pair)


def _weights(forms: list[str], is_function: NDArray[np.bool_]) -> Floats:
    # The square root: with the weights as they are, AUC on pairs of sentences was .01 lower.
    background = np.sqrt(static_vectors().weights(forms) / _BACKGROUND_SCALE)
    return np.where(is_function, _FUNCTION_WORD_WEIGHT, np.maximum(background, _LEAST_CONTENT_WEIGHT)).astype(
        np.float32
    )


def _word_vectors(forms: list[str]) -> Floats:
    vectors = static_vectors().words(forms).copy()
    # A number is like no other word: 17 is not nearly 71.
    vectors[[is_number(stem(form)) for form in forms]] = 0
    return vectors


def _matrix(
    columns: Sequence[Sequence[int] | Integers], width: int, values: Sequence[Floats] | None = None
) -> sparse.csr_matrix:
    """Put a row of column numbers for each text into a sparse matrix; column numbers are distinct within a row."""
    ends = np.cumsum([0, *map(len, columns)])
    indices = np.fromiter(chain.from_iterable(columns), dtype=np.int32, count=ends[-1])
    if values is None:
        data = np.ones(len(indices), dtype=np.float32)
    else:
        data = np.concatenate([np.zeros(0, dtype=np.float32), *values])
    return sparse.csr_matrix((data, indices, ends), shape=(len(columns), width))


def _unit_rows(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return sparse.csr_matrix(sparse.diags_array(scale) @ rows, dtype=np.float32)


def _ngrams(word: str) -> list[str]:
    """Character n-grams within a word, each once."""
    padded = f" {word[:40]} "
    return list(dict.fromkeys(padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1)))
