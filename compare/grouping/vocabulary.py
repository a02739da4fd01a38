"""The words by which articles are told apart: an article's headline and first 200 words, as rows of a sparse matrix.

Words are cut to five letters, which stands for a stem in every language that writes words apart; of the others, every
two letters that stand together are a word. A number is a word.
With the stems of English instead, or without function words, the figures in `benchmarks/RESULTS.md` stay within .01.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)?|\d++(?:[.,]\d++)*+")
# Thai, Lao, Burmese, Khmer, kana and Han; Korean writes words apart.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_GRAMMAR = re.compile(r"[\u3040-\u309f]+")  # hiragana: endings and particles
_STEM = 5  # letters
_BODY = 200  # words after the headline: a report's news stands at its beginning
_LEAD = 60
_HEADLINE = 2.0  # times that a word of the headline counts
_LONGEST = 4000  # characters in which the first words are looked for
_NAME_FROM = 3  # letters


class Vocabulary:
    """Articles' words so far, to which more articles can be added."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._seen: dict[str, tuple[int, bool]] = {}
        # Of each article one after another: its words, how often they occur, how often in headline and lead, and how
        # often written as names. Objects for each article would take ten times the memory.
        self._sizes: list[int] = []
        self._words = array("i")
        self._counts = tuple(array("f") for _ in range(3))

    def add(self, articles: Iterable[tuple[str, str]]) -> None:
        """Take in the headline and text of more articles."""
        for headline, text in articles:
            told = _words(headline)
            start = len(told)
            told += _words(text[:_LONGEST])[:_BODY]
            words: dict[int, float] = {}
            lead: dict[int, float] = {}
            names: dict[int, float] = {}
            for place, word in enumerate(told):
                number, is_name = self._seen.get(word) or self._see(word)
                if number < 0:
                    continue
                words[number] = words.get(number, 0.0) + (_HEADLINE if place < start else 1.0)
                if place < start + _LEAD:
                    lead[number] = 1.0
                if is_name:
                    names[number] = names.get(number, 0.0) + 1.0
            self._sizes.append(len(words))
            self._words.extend(words)
            for column, found in zip(self._counts, (words, lead, names), strict=True):
                column.extend([found.get(number, 0.0) for number in words])

    def _see(self, word: str) -> tuple[int, bool]:
        """Return a word's number, -1 for a single letter, and whether it may be a name, as figures, too, may."""
        name = word.replace(",", "") if word[0].isdecimal() else word.casefold()[:_STEM]
        is_word = len(word) > 1 or word.isdecimal()
        number = self._number.setdefault(name, len(self._number)) if is_word else -1
        has_case = word[0].lower() != word[0].upper()
        is_name = not has_case or (word[0].isupper() and len(word) >= _NAME_FROM)
        found = self._seen[word] = number, is_name
        return found

    def terms(self, order: NDArray[np.int64]) -> Terms:
        """Return the matrices of these articles, in this order."""
        words, lead, names = (self._matrix(counts)[order] for counts in self._counts)
        lead.data[:] = 1
        return Terms(
            words=_weighted(words),
            lead=_weighted(lead),
            names=_weighted(names),
            present=sparse.csr_matrix((np.ones_like(words.data), words.indices, words.indptr), words.shape),
        )

    def _matrix(self, counts: array[float]) -> sparse.csr_matrix:
        indptr = np.concatenate([[0], np.cumsum(self._sizes, dtype=np.int64)])
        shape = len(self._sizes), max(1, len(self._number))
        matrix = sparse.csr_matrix((np.array(counts, dtype=np.float32), np.array(self._words), indptr), shape)
        matrix.eliminate_zeros()
        matrix.data = 1 + np.log(matrix.data)
        matrix.sort_indices()
        return matrix


class Terms(NamedTuple):
    """Articles by words: rows of unit length by weighted words, of headline and lead, of names; and which words."""

    words: sparse.csr_matrix
    lead: sparse.csr_matrix
    names: sparse.csr_matrix
    present: sparse.csr_matrix


def _weighted(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return rows of unit length by how rare their words are among the articles (smoothed inverse frequency)."""
    articles, words = matrix.shape
    having = np.bincount(matrix.indices, minlength=words)
    rarity = (np.log((1 + articles) / (1 + having)) + 1).astype(np.float32)
    data = matrix.data * rarity[matrix.indices]
    row = np.repeat(np.arange(articles), np.diff(matrix.indptr))
    length = np.sqrt(np.bincount(row, weights=data * data, minlength=articles))
    data = (data / np.maximum(length, 1e-9)[row]).astype(np.float32)
    return sparse.csr_matrix((data, matrix.indices, matrix.indptr), matrix.shape)


def _words(text: str) -> list[str]:
    """Return a text's words; where a script does not write words apart, every two letters that stand together."""
    words = _WORD.findall(text)
    if text.isascii() or not _UNSPACED.search(text):
        return words
    found = []
    for word in words:
        pairs = [word[at : at + 2] for at in range(len(word) - 1)] if _UNSPACED.search(word) else []
        found += [pair for pair in pairs if not _GRAMMAR.fullmatch(pair)] or [word]
    return found
