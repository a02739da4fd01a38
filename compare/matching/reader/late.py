"""Late interaction: how much of a claim each sentence holds, every text encoded once (ColBERT, Khattab & Zaharia 2020).

Each token of a claim is matched with the nearest token of a sentence; these similarities are averaged with the weights
of the tokens. `benchmarks/train_late.py` fine-tunes the encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Halves = NDArray[np.float16]
    Integers = NDArray[np.int64]

SHARPNESS = 8.0  # of the soft minimum, in which missing tokens weigh more than common ones
TOKENS_OF_AN_ARTICLE, TOKENS_OF_A_CLAIM = 40, 15  # lengths are logarithms relative to these
_CELLS_AT_A_TIME = 1 << 23  # tokens of claims x tokens of sentences, 32 MB


@dataclass(frozen=True)
class Encoded:
    """Texts as vectors of their tokens.

    `tokens` have unit length, shape (tokens, dimensions); `begins` is where each text's tokens begin, with an extra
    entry for the end; `weight` is each token's weight; `mean` is a unit vector for each text, shape (texts,
    dimensions).
    """

    tokens: Floats
    weight: Floats
    begins: Integers
    mean: Floats

    @classmethod
    def of(cls, texts: Sequence[tuple[Halves, Halves, Halves]]) -> Encoded:
        """Concatenate texts, each given as vectors, weights and mean."""
        tokens, weight, mean = zip(*texts, strict=True)
        begins = np.concatenate([[0], np.cumsum([len(part) for part in weight])]).astype(np.int64)
        return cls(
            np.concatenate(tokens).astype(np.float32),
            np.concatenate(weight).astype(np.float32),
            begins,
            np.stack(mean).astype(np.float32),
        )


@dataclass(frozen=True)
class Held:
    """How much of each claim is held.

    `sentence`, shape (claims, sentences), is for each sentence alone, from -1 to 1; `near`, shape (claims, articles),
    is for the best sentence of each article, because words in one sentence indicate more than scattered ones; `signs`,
    shape (claims, articles, 5), are the features of the whole article for a logistic regression.
    """

    sentence: Floats
    near: Floats
    signs: Floats


def held(claims: Encoded, sentences: Encoded, article_of: Integers) -> Held:
    """Return how much of each claim each sentence and each article holds.

    `article_of` is the article number of each sentence, from 0 without gaps; an article's sentences are consecutive.
    """
    n, m = len(claims.begins) - 1, len(sentences.begins) - 1
    first = np.searchsorted(article_of, np.arange(article_of.max(initial=-1) + 1))
    total = np.add.reduceat(claims.weight, claims.begins[:-1])
    by_sentence = np.zeros((n, m), dtype=np.float32)
    signs = np.zeros((n, len(first), 5), dtype=np.float32)
    step = max(1, _CELLS_AT_A_TIME // max(1, len(sentences.weight)))
    at = 0
    while at < n:
        # As many claims as fit, and at least one.
        end = max(at + 1, int(np.searchsorted(claims.begins, claims.begins[at] + step, side="right")) - 1)
        rows = slice(int(claims.begins[at]), int(claims.begins[end]))
        begins, weight = claims.begins[at:end] - claims.begins[at], claims.weight[rows, np.newaxis]
        best = np.maximum.reduceat(claims.tokens[rows] @ sentences.tokens.T, sentences.begins[:-1], axis=1)
        by_sentence[at:end] = np.add.reduceat(best * weight, begins) / total[at:end, np.newaxis]
        of_article = np.maximum.reduceat(best, first, axis=1)
        signs[at:end, :, 0] = np.add.reduceat(of_article * weight, begins) / total[at:end, np.newaxis]
        soft = np.add.reduceat(np.exp(-SHARPNESS * of_article) * weight, begins) / total[at:end, np.newaxis]
        signs[at:end, :, 1] = -np.log(soft) / SHARPNESS
        at = end
    signs[:, :, 2] = np.maximum.reduceat(claims.mean @ sentences.mean.T, first, axis=1)
    tokens = np.add.reduceat(np.diff(sentences.begins), first)
    signs[:, :, 3] = np.log(tokens / TOKENS_OF_AN_ARTICLE)
    signs[:, :, 4] = np.log(np.diff(claims.begins) / TOKENS_OF_A_CLAIM)[:, np.newaxis]
    return Held(by_sentence, np.maximum.reduceat(by_sentence, first, axis=1), signs)


def held_by_pairs(claims: Encoded, texts: Encoded, claim: Integers, text: Integers) -> Floats:
    """Return the signs of claim[k] at text[k], shape (pairs, 5), as `held` returns them."""
    signs = np.zeros((len(claim), 5), dtype=np.float32)
    order = np.argsort(claim, kind="stable")
    names, first = np.unique(claim[order], return_index=True)
    for name, rows in zip(names.tolist(), np.split(order, first[1:]), strict=True):
        own = slice(int(claims.begins[name]), int(claims.begins[name + 1]))
        spans = [np.arange(texts.begins[at], texts.begins[at + 1]) for at in text[rows]]
        begins = np.cumsum([0, *map(len, spans[:-1])])
        weight = claims.weight[own]
        best = np.maximum.reduceat(claims.tokens[own] @ texts.tokens[np.concatenate(spans)].T, begins, axis=1)
        signs[rows, 0] = weight @ best / weight.sum()
        signs[rows, 1] = -np.log(weight @ np.exp(-SHARPNESS * best) / weight.sum()) / SHARPNESS
    signs[:, 2] = np.einsum("ij,ij->i", claims.mean[claim], texts.mean[text])
    signs[:, 3] = np.log(np.diff(texts.begins)[text] / TOKENS_OF_AN_ARTICLE)
    signs[:, 4] = np.log(np.diff(claims.begins)[claim] / TOKENS_OF_A_CLAIM)
    return signs
