"""Texts as sparse rows over shared vocabularies, whose rows can be combined without counting again."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from compare.language.amounts import NAMED
from compare.language.languages import ENGLISH
from compare.language.others import LISTED, lists_of, stem_in, words_in
from compare.language.quantities import FRACTIONS, MAGNITUDES, quantities
from compare.language.tokens import FUNCTION_WORDS, NUMBER_WORDS, is_number, stem, words
from compare.language.vectors import sentence_vectors, static_vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

    from compare.language.amounts import Quantity

# Similarities below this are due to chance; of .2, .3, .4 this had the best AUC on REALSumm.
_LEAST_SIMILARITY = 0.3
# A word's weight is the root of its background weight over 100: 0.7 for "said", 1 for a name, little for others.
_BACKGROUND_SCALE = 100.0
_FUNCTION_WORD_WEIGHT = 0.08
_LEAST_CONTENT_WEIGHT = 0.15
# A "sentence" of thousands of words (a list, a broken page) is compared by its weightiest ones, to limit memory.
_MOST_WORDS = 400
# From this weight (about the rarest third of the words in news), a capitalised first word counts as a name.
_RARE = 0.95
_CELLS_AT_A_TIME = 1 << 22  # word similarities, 16 MB
_REMEMBERED_CELLS = 1 << 21  # rows x words whose similarity is computed once for a story, 8 MB


@dataclass(frozen=True)
class Passages:
    """Texts as sparse rows over shared vocabularies; a row never depends on the other texts.

    `stems` (texts x stems) holds each stem's weight, `names` those that are names, `present` a 1 for every stem.
    `numbers` (texts x numbers) marks each text's numbers, `given` those that it gives in some form. `content` (texts x
    forms) marks the content words as written, with their `word_vectors`, `weights` and `stem_of`. `ngrams` and
    `vectors` have rows of unit length. `strings` are the distinct stems of the first words, sorted. `parts` (texts x 2)
    are the rows that a row was combined from, or twice the row itself.
    """

    strings: list[str]
    present: sparse.csr_matrix
    stems: sparse.csr_matrix
    names: sparse.csr_matrix
    numbers: sparse.csr_matrix
    given: sparse.csr_matrix
    content: sparse.csr_matrix
    ngrams: sparse.csr_matrix
    vectors: Floats
    weights: Floats
    word_vectors: Floats
    stem_of: Integers
    grams_of_stem: sparse.csr_matrix
    parts: Integers

    @classmethod
    def of(cls, texts: Sequence[str], encoder: Encoder | None = None, language: str = ENGLISH) -> Passages:
        """Count the texts, all in this language; `encoder` replaces the built-in sentence vectors."""
        tongue = _Tongue(language)
        spoken = [tongue.words(text) for text in texts]
        tokens = list(chain.from_iterable(spoken))
        folded = [token.casefold() for token in tokens]
        forms = _Vocabulary(folded)
        stem_of_form = [tongue.stem(form) for form in forms]
        stems = _Vocabulary(stem_of_form)
        stem_of = np.array([stems[form] for form in stem_of_form], dtype=np.int64)
        is_function = np.array([form in tongue.function_words for form in stems], dtype=bool)[stem_of]
        weights = np.where(is_function, _FUNCTION_WORD_WEIGHT, tongue.weights(list(forms))).astype(np.float32)
        word_vectors = tongue.vectors(list(forms))
        # A number is similar to no other word: 17 is not nearly 71.
        word_vectors[[is_number(form) for form in stem_of_form]] = 0

        # The distinct stems of each text, in order, each with its first form there.
        lengths = np.array([len(text) for text in spoken], dtype=np.int64)
        form_at = np.fromiter(map(forms.__getitem__, folded), dtype=np.int64, count=len(tokens))
        text_at = np.repeat(np.arange(len(texts)), lengths)
        entries, first = np.unique(text_at * len(stems) + stem_of[form_at], return_index=True)
        text, column, form = text_at[first], entries - text_at[first] * len(stems), form_at[first]
        shape = len(texts), len(stems)
        present = _rows(text, column, np.ones(len(text), dtype=np.float32), shape)
        weighted = _rows(text, column, weights[form], shape)
        # Every sentence begins with a capital, so its first word is a name only if it is rare.
        begins = first == (np.cumsum(lengths) - lengths)[text]
        capital = np.fromiter((token[0].isupper() for token in tokens), dtype=bool, count=len(tokens))[first]
        named = capital & (~begins | (weights[form] >= _RARE)) & ~is_function[form]
        # If a text has only function words, they are its content.
        told = ~is_function[form]
        told |= np.bincount(text[told], minlength=len(texts))[text] == 0
        content = _rows(text[told], form[told], np.ones(told.sum(), dtype=np.float32), (len(texts), len(forms)))
        grams_of_stem = _grams(list(stems))
        all_stems = list(stems)
        at_text = np.searchsorted(text, np.arange(len(texts) + 1)).tolist()
        told_by = [[all_stems[at] for at in column[a:b]] for a, b in pairwise(at_text)]
        numbers, given = numbers_in([""] * len(texts) if tongue.listed else texts, told_by)
        return cls(
            strings=[_sorted(tongue.stem(word) for word in text[:_MOST_WORDS]) for text in spoken],
            present=present,
            stems=weighted,
            names=_rows(text[named], column[named], weights[form[named]], shape),
            numbers=numbers,
            given=given,
            content=_weightiest(content, weights),
            ngrams=_unit_rows(weighted @ grams_of_stem),
            vectors=sentence_vectors(texts, encoder),
            weights=weights,
            word_vectors=word_vectors,
            stem_of=stem_of,
            grams_of_stem=grams_of_stem,
            parts=np.repeat(np.arange(len(texts)), 2).reshape(-1, 2),
        )

    def with_pairs(self, first: Integers, second: Integers, vectors: Floats) -> Passages:
        """Add a combined row for the texts of first[k] and second[k], for every k, with these sentence vectors."""
        either = {
            name: getattr(self, name)[first].maximum(getattr(self, name)[second])
            for name in ("present", "stems", "names", "numbers", "given", "content")
        }
        either["content"] = _weightiest(either["content"], self.weights)
        either["ngrams"] = _unit_rows(either["stems"] @ self.grams_of_stem)
        added = [_sorted(f"{self.strings[a]} {self.strings[b]}".split()) for a, b in zip(first, second, strict=True)]
        return replace(
            self,
            strings=self.strings + added,
            vectors=np.vstack([self.vectors, vectors]),
            parts=np.vstack([self.parts, np.column_stack([first, second])]),
            **{name: sparse.vstack([getattr(self, name), rows], format="csr") for name, rows in either.items()},
        )

    def nearest_words(self, rows: Integers, forms: Integers) -> Floats:
        """Return each word's similarity to the nearest content word of each row, from 0 to 1, shape (rows, forms).

        A word with the same stem has similarity 1; similarities that may be due to chance are 0.
        """
        one, other = self.parts[rows].T
        told, place = distinct(np.concatenate([one, other]), len(self.parts))
        near = self._all_near[np.ix_(told, forms)] if self.is_small else self._near(told, forms)
        # For two sentences, take the nearer of them.
        both: Floats = np.maximum(near[place[: len(rows)]], near[place[len(rows) :]])
        return both

    def word_shares(self, rows: Integers) -> tuple[sparse.csr_matrix, Integers]:
        """Return each content word's share of each row's weight (rows add up to 1), (rows, words), and the words."""
        weight = self.content[rows].multiply(self.weights).tocsr()
        forms = np.unique(weight.indices)
        total = np.asarray(weight.sum(axis=1)).ravel()
        return sparse.csr_matrix(sparse.diags_array(1 / np.maximum(total, 1e-6)) @ weight[:, forms]), forms

    @cached_property
    def is_pair(self) -> NDArray[np.bool_]:
        """Whether each row was combined from two."""
        own: NDArray[np.bool_] = self.parts[:, 0] != np.arange(len(self.parts))
        return own

    @property
    def is_small(self) -> bool:
        """Whether all words are compared with all texts at once, as for the texts of a usual story."""
        plain = int((~self.is_pair).sum())
        return plain * int(self.content.shape[1]) <= _REMEMBERED_CELLS

    @cached_property
    def _all_near(self) -> Floats:
        return self._near(np.flatnonzero(~self.is_pair), np.arange(self.content.shape[1]))

    def _near(self, rows: Integers, forms: Integers) -> Floats:
        near = np.zeros((len(rows), len(forms)), dtype=np.float32)
        wanted = self.word_vectors[forms].T
        for block in blocks(np.diff(self.content.indptr)[rows], max(1, _CELLS_AT_A_TIME // max(1, len(forms)))):
            content = self.content[rows[block]]
            used, compact = distinct(content.indices, self.content.shape[1])
            likeness = self.word_vectors[used] @ wanted
            for at, (begin, end) in enumerate(pairwise(content.indptr.tolist()), block.start):
                if begin < end:
                    np.maximum.reduce(likeness[compact[begin:end]], axis=0, out=near[at])
        near[near < _LEAST_SIMILARITY] = 0
        same_stem = (self._stems_of_content[rows] @ self._stems_of_forms(forms).T).tocoo()
        near[same_stem.row, same_stem.col] = 1
        return near

    @cached_property
    def _stems_of_content(self) -> sparse.csr_matrix:
        return self.content @ self._stems_of_forms(np.arange(len(self.stem_of)))

    def _stems_of_forms(self, forms: Integers) -> sparse.csr_matrix:
        ones = np.ones(len(forms), dtype=np.float32)
        return _rows(np.arange(len(forms)), self.stem_of[forms], ones, (len(forms), self.present.shape[1]))


@dataclass(frozen=True)
class _Tongue:
    """How the words of a language are read: by its own lists if it has any, otherwise like English ones."""

    language: str

    @property
    def listed(self) -> bool:
        """Whether the language has lists of its own."""
        return self.language in LISTED

    @property
    def function_words(self) -> frozenset[str]:
        """The words without content."""
        return lists_of(self.language).function_words if self.listed else FUNCTION_WORDS

    def words(self, text: str) -> tuple[str, ...]:
        """Return the words of a text, in order."""
        return tuple(word.written for word in words_in(text, self.language)) if self.listed else words(text)

    def stem(self, form: str) -> str:
        """Return the form in which a word is counted."""
        if not self.listed or is_number(form) or form in self.function_words:
            return form if self.listed else stem(form)
        return stem_in(form, self.language)

    def weights(self, forms: list[str]) -> Floats:
        """Return how much each word tells; of a listed language, every word tells as much as a rare English one."""
        if self.listed:
            return np.ones(len(forms), dtype=np.float32)
        # The square root, because AUC on pairs of sentences was .01 lower with unchanged weights.
        weights: Floats = np.maximum(
            np.sqrt(static_vectors().weights(forms) / _BACKGROUND_SCALE), _LEAST_CONTENT_WEIGHT
        )
        return weights

    def vectors(self, forms: list[str]) -> Floats:
        """Return a vector for each word."""
        return static_vectors().encode(forms)


class _Vocabulary(dict[str, int]):
    """Numbered terms, in order of first appearance."""

    def __init__(self, terms: Iterable[str]) -> None:
        super().__init__((term, at) for at, term in enumerate(dict.fromkeys(terms)))


def _sorted(stems: Iterable[str]) -> str:
    return " ".join(sorted(set(stems)))


def distinct(numbers: Integers, size: int) -> tuple[Integers, Integers]:
    """Return the distinct numbers, each from 0 to size - 1, in order, and the place of each number among them."""
    occurs = np.zeros(size, dtype=bool)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def blocks(sizes: Integers, most: int) -> Iterator[slice]:
    """Yield runs of items with these sizes, each of at most `most` in total, or of a single item."""
    ends = np.cumsum(sizes)
    start = 0
    while start < len(sizes):
        before = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + most, side="right")))
        yield slice(start, stop)
        start = stop


def _rows(row: Integers, column: Integers, values: Floats, shape: tuple[int, int]) -> sparse.csr_matrix:
    """Return a sparse matrix of entries sorted by row, without duplicate columns in a row."""
    ends = np.append(0, np.cumsum(np.bincount(row, minlength=shape[0])))
    rows = sparse.csr_matrix((values, column.astype(np.int32), ends.astype(np.int32)), shape=shape)
    rows.sort_indices()
    return rows


def _weightiest(content: sparse.csr_matrix, weights: Floats) -> sparse.csr_matrix:
    """Return the rows, with those of very many words cut to their weightiest."""
    lengths = np.diff(content.indptr)
    if lengths.max(initial=0) <= _MOST_WORDS:
        return content
    kept = np.ones(content.nnz, dtype=bool)
    for long in np.flatnonzero(lengths > _MOST_WORDS):
        begin, end = content.indptr[long : long + 2]
        kept[begin + np.argsort(-weights[content.indices[begin:end]], kind="stable")[_MOST_WORDS:]] = False
    row = np.repeat(np.arange(len(lengths)), lengths)[kept]
    return _rows(row, content.indices[kept], content.data[kept], content.shape)


def _unit_rows(rows: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return sparse.csr_matrix(sparse.diags_array(scale) @ rows, dtype=np.float32)


def _grams(stems: list[str]) -> sparse.csr_matrix:
    """Return which n-grams (columns) each stem has."""
    grams = [_ngrams(form) for form in stems]
    index = _Vocabulary(chain.from_iterable(grams))
    column = np.fromiter(map(index.__getitem__, chain.from_iterable(grams)), dtype=np.int64)
    row = np.repeat(np.arange(len(stems)), [len(of_stem) for of_stem in grams])
    return _rows(row, column, np.ones(len(column), dtype=np.float32), (len(stems), len(index)))


@lru_cache(maxsize=20_000)
def _ngrams(word: str) -> tuple[str, ...]:
    """Return the distinct character n-grams within a word."""
    padded = f" {word[:40]} "
    return tuple(dict.fromkeys(padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1)))


_REMEMBERED_TEXTS = 5000  # texts; about the last few stories
# A text without any of these has no numbers.
_ANY = re.compile(rf"\d|[½¼¾⅓⅔]|\b(?:{'|'.join((*NUMBER_WORDS, *FRACTIONS, *MAGNITUDES))})s?\b", re.IGNORECASE)

_Sign = tuple[str, int]  # the stem of a number as written, and the amount it is part of, -1 for none


def numbers_in(texts: Sequence[str], stems: Sequence[Iterable[str]]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Find the numbers in texts, and the texts that give each: as written, or as an amount that may be the same.

    `stems` are the distinct stems of each text. Returns the numbers that each text has and those that it gives, both as
    ones of shape (texts, numbers).
    """
    known: dict[tuple[float | str, ...], int] = {}
    amounts: list[Quantity] = []
    columns: dict[_Sign, int] = {}
    having: list[set[int]] = []
    counted: list[set[int]] = []
    for text, told in zip(texts, stems, strict=True):
        of_stem = defaultdict(set)
        here: set[int] = set()
        for amount, parts in _amounts(text):
            key = (amount.value, amount.top, amount.unit, amount.written, amount.how, amount.every, "£" in amount.text)
            at = known.setdefault(key, len(amounts))
            if at == len(amounts):
                amounts.append(amount)
            here.add(at)
            for part in parts:
                of_stem[part].add(at)
        signs = [(form, at) for form in told if is_number(form) for at in of_stem.get(form, {-1})]
        having.append({columns.setdefault(sign, len(columns)) for sign in signs})
        counted.append(here)
    as_written = defaultdict(set)
    of_amount = defaultdict(set)
    for (form, at), column in columns.items():
        as_written[form].add(column)
        of_amount[at].add(column)
    same = _agreeing(amounts, [at for at in of_amount if at >= 0])
    giving = [
        set().union(
            *(as_written[form] for form in told if form in as_written), *(of_amount[k] for at in here for k in same[at])
        )
        for told, here in zip(stems, counted, strict=True)
    ]
    return _ones(having, len(columns)), _ones(giving, len(columns))


def _agreeing(amounts: Sequence[Quantity], asked: Sequence[int]) -> dict[int, list[int]]:
    """Return for each amount the requested amounts that may be the same."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at in asked:
        groups[amounts[at].unit].append(at)
    low, high = np.array([one.reach() for one in amounts], dtype=float).reshape(-1, 2).T
    every = np.array([one.every for one in amounts])
    same: dict[int, list[int]] = defaultdict(list)
    for at, amount in enumerate(amounts):
        others = np.array(groups[amount.unit], dtype=np.int64)
        near = (low[others] <= high[at]) & (low[at] <= high[others])
        at_one_pace = (every[others] == amount.every) | (every[others] * amount.every == 0)
        same[at] = others[near & at_one_pace].tolist()
    return same


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _amounts(text: str) -> tuple[tuple[Quantity, frozenset[str]], ...]:
    """Return the amounts in a text, each with the stems of its words, without dates, ranks and the like."""
    if not _ANY.search(text):
        return ()
    return tuple(
        (one, frozenset(stem(word) for word in words(one.text)))
        for one in quantities(text)
        if not (one.unit in NAMED or one.unit == "times" or one.relative)
    )


def _ones(rows: Sequence[set[int]], width: int) -> sparse.csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    column = np.array([at for row in rows for at in sorted(row)], dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(column), dtype=np.float32), column, ends), shape=(len(rows), width))
