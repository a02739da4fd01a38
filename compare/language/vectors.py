"""Vectors of sentences and words, and the weight of each word: small, static, without a network.

The vectors are potion-base-8M (Minish Lab, MIT licence, notice in `potion64.LICENSE`), cut to 64 dimensions and 8 bits
by `benchmarks/make_vectors.py`. Each belongs to a word piece of BERT (uncased); a text is the mean of its pieces. The
original length of a piece's vector shows how rare it is (smooth inverse frequency, Arora et al. 2017).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

from compare.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_FILE = Path(__file__).with_name("potion64.npz")

# BERT treats longer words as unknown; without a limit, the search for pieces is quadratic.
_LONGEST_WORD = 100
# A million characters without white space are a broken page: their beginning stands for the whole.
_LONGEST_STRING = 20_000
# Words repeat: 200,000 distinct ones take about 50 MB, and a large corpus uses no more at a time.
_REMEMBERED_WORDS = 200_000

_UNKNOWN = "[UNK]"
# Accents, control and format characters, private use, lone surrogates: not part of a word.
_DROPPED_CATEGORIES = frozenset({"Mn", "Cc", "Cf", "Co", "Cs"})
# ASCII symbols, which Unicode does not all call punctuation, and Chinese characters.
_STANDS_ALONE = re.compile(
    "[!-/:-@\\[-`{-~\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ceaf\U0002f800-\U0002fa1f]"
)


class Encoder(Protocol):
    """Anything that turns texts into vectors, one row per text, so that similar texts get similar rows.

    The models of sentence-transformers and model2vec are encoders as they stand; for anything
    else one method is enough:

        class Remote:
            def encode(self, texts):
                return np.array([client.embed(text) for text in texts], dtype=np.float32)

    Rows need not have unit length: `sentence_vectors` sees to that.
    """

    def encode(self, texts: list[str], /) -> Floats:
        """Return an array of shape (number of texts, dimensions)."""
        ...


def sentence_vectors(texts: Sequence[str], encoder: Encoder | None = None) -> Floats:
    """Return one vector per text, of unit length, so that dot products are cosines; zeros for an empty text.

    Each distinct text is encoded once. Without an encoder, the vectors are those of `static_vectors()`.

    Returns:
        Shape (number of texts, the encoder's dimensions); (0, 0) for no texts.

    Raises:
        InputError: the encoder did not return one row per text, or returned numbers that are not finite.
    """
    position = {text: index for index, text in enumerate(dict.fromkeys(texts))}
    if not position:
        return np.zeros((0, 0), dtype=np.float32)
    if encoder is None:
        encoder = static_vectors()
    encode = getattr(encoder, "encode", None)
    # A string has an `encode` of its own.
    if isinstance(encoder, (type, str)) or not callable(encode):
        raise InputError(f"the encoder is {encoder!r}: give an object with a method encode(texts).")
    given = encode(list(position))
    try:
        rows = np.asarray(given, dtype=np.float32)
    except (TypeError, ValueError) as error:
        raise InputError(f"the encoder gave no array of numbers ({error}): it must give one row a text.") from error
    if rows.ndim != 2 or len(rows) != len(position):
        raise InputError(
            f"the encoder gave an array of shape {rows.shape} for {len(position)} texts: it must give one row a text."
        )
    if not np.isfinite(rows).all():
        raise InputError("the encoder gave numbers that are not finite (NaN or infinity): check its input and model.")
    return _unit_length(rows)[[position[text] for text in texts]]


@cache
def static_vectors() -> StaticVectors:
    """Return the vectors that come with storydiff; they are loaded on first use."""
    return StaticVectors(_FILE)


class StaticVectors:
    """Word pieces with a vector and a weight each; an `Encoder` that folds texts as BERT (uncased) does.

    A text without words is zero; so is a word that the pieces cannot form (an emoji, over 100 characters), but it
    has a weight.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as file:
            pieces = file["pieces"].tobytes().decode("utf-8").split("\n")
            self._vectors = file["vectors"] * file["scales"].astype(np.float32)[:, np.newaxis]
            self._norms = file["norms"].astype(np.float32)
        self._pieces = _PieceIds(pieces)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return the unit mean of each text's pieces, shape (texts, 64); a row does not depend on other texts."""
        return _unit_length(self._counts(texts) @ self._vectors)

    def weights(self, words: Sequence[str]) -> Floats:
        """Return how much each word tells: about 2 for "the", 47 for "said", 99 for "Ukraine", at most 130.

        The weight is the summed length of the word's pieces in the full 256 dimensions, capped at the longest piece's.
        The rank correlation with wordfreq's frequencies of 14,732 news words is .85.
        """
        weights: Floats = np.minimum(self._counts(words) @ self._norms, self._norms.max())
        return weights

    def _counts(self, texts: Sequence[str]) -> sparse.csr_matrix:
        # How often each piece (column) occurs in each text (row).
        ids = [list(chain.from_iterable(map(self._pieces.__getitem__, text.split()))) for text in texts]
        ends = np.cumsum([0, *map(len, ids)])
        columns = np.fromiter(chain.from_iterable(ids), dtype=np.int32, count=ends[-1])
        ones = np.ones(len(columns), dtype=np.float32)
        return sparse.csr_matrix((ones, columns, ends), shape=(len(ids), len(self._norms)))


class _PieceIds(dict[str, tuple[int, ...]]):
    """A cache of cut strings: a string without white space -> the ids of its pieces."""

    def __init__(self, pieces: list[str]) -> None:
        super().__init__()
        self._ids = {piece: index for index, piece in enumerate(pieces)}
        self._longest = max(map(len, pieces))

    def __missing__(self, string: str) -> tuple[int, ...]:
        if len(self) >= _REMEMBERED_WORDS:
            self.clear()
        ids = tuple(chain.from_iterable(map(self._cut, _bert_words(string[:_LONGEST_STRING]))))
        if len(string) <= _LONGEST_STRING:
            self[string] = ids
        return ids

    def _cut(self, word: str) -> list[int]:
        # WordPiece: always take the longest piece that fits; with one gap the whole word is unknown.
        unknown = [self._ids[_UNKNOWN]]
        if len(word) > _LONGEST_WORD:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            before = "##" if start else ""
            for end in range(min(len(word), start + self._longest), start, -1):
                piece = self._ids.get(before + word[start:end])
                if piece is not None:
                    break
            else:
                return unknown
            found.append(piece)
            start = end
        return found


def _bert_words(string: str) -> list[str]:
    """Fold case and accents; split off each punctuation mark and Chinese character as a word."""
    kept = []
    for character in unicodedata.normalize("NFD", string):
        category = unicodedata.category(character)
        if category in _DROPPED_CATEGORIES or character == "\ufffd":
            continue
        alone = category.startswith("P") or _STANDS_ALONE.match(character)
        kept.append(f" {character} " if alone else character)
    return "".join(kept).lower().split()


def _unit_length(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit
