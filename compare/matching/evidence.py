"""For every claim and article: the passage that says most of the claim, and how much it says.

A passage is a sentence or two neighbours, because outlets split what others join.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from compare.language.vectors import sentence_vectors
from compare.matching.candidates import nearest_passages
from compare.matching.features import FEATURES, pair_features
from compare.matching.passages import Passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.passages import Floats, Integers

EVIDENCE_FEATURES = (
    *FEATURES,
    "article_recall",  # weighted share of the claim's words that stand anywhere in the article
    "article_soft_recall",  # the same, a word counting as much as its nearest word vector in the article
)

_CELLS_AT_A_TIME = 1 << 22  # sentences x words, 16 MB


@dataclass(frozen=True)
class Evidence:
    """The best passage for each claim in each article that was asked for, one entry a cell.

    `claim` and `article` say which cell, in that order; `first` and `last` are the sentence numbers
    of the passage (equal for one sentence); `features` has shape (cells, `EVIDENCE_FEATURES`).
    """

    claim: Integers
    article: Integers
    first: Integers
    last: Integers
    features: Floats


def find_evidence(
    claims: Sequence[str],
    sentences: Sequence[str],
    article_of: Integers,
    wanted: NDArray[np.bool_] | None = None,
    encoder: Encoder | None = None,
) -> Evidence:
    """Find the best passage of every article for every claim.

    Args:
        claims: wordings.
        sentences: all sentences, those of an article together and in order.
        article_of: the article number of each sentence, from 0, none left out.
        wanted: the cells to look at, shape (claims, articles); all of them if not given.
        encoder: sentence vectors of the user's own.
    """
    texts = {text: row for row, text in enumerate(dict.fromkeys([*claims, *sentences]))}
    claim_row, sentence_row = (np.array([texts[text] for text in side], dtype=np.int64) for side in (claims, sentences))
    first, last, passage_article = _passages(article_of)
    two = np.flatnonzero(last > first)
    joined = [f"{sentences[a]} {sentences[b]}" for a, b in zip(first[two], last[two], strict=True)]
    batch = Passages.of(list(texts), encoder)
    if joined:
        vectors = sentence_vectors(joined, encoder)
        batch = batch.with_pairs(sentence_row[first[two]], sentence_row[last[two]], vectors)
    row = sentence_row[first]
    row[two] = len(texts) + np.arange(len(two))
    if wanted is None:
        wanted = np.ones((len(claims), passage_article.max(initial=-1) + 1), dtype=bool)

    best = nearest_passages(batch, claim_row, row, passage_article, wanted)
    claim, article = np.nonzero(wanted)
    passage = best[claim, article]
    features = pair_features(batch, claim_row[claim], row[passage])
    recall = _article_recall(batch, claim_row, sentence_row, article_of)[claim, article]
    soft = _article_soft_recall(batch, claim_row, sentence_row, article_of)[claim, article]
    return Evidence(claim, article, first[passage], last[passage], np.column_stack([features, recall, soft]))


def _article_recall(batch: Passages, claims: Integers, sentences: Integers, article_of: Integers) -> Floats:
    """The weighted share of each claim's words that stand anywhere in each article, shape (claims, articles)."""
    index = np.arange(len(article_of))
    belongs = sparse.csr_matrix((np.ones(len(index), dtype=np.float32), (article_of, index)))
    told = (belongs @ batch.present[sentences]).astype(bool).astype(np.float32)
    weight = batch.stems[claims]
    total = np.asarray(weight.sum(axis=1), dtype=np.float32).reshape(-1, 1)
    shared = (weight @ told.T).toarray()
    recall: Floats = np.divide(shared, total, out=np.zeros_like(shared), where=total > 0)
    return recall


def _article_soft_recall(batch: Passages, claims: Integers, sentences: Integers, article_of: Integers) -> Floats:
    """How much of each claim's words each article has or comes near to, shape (claims, articles)."""
    share, forms = batch.word_shares(claims)
    nearest = np.zeros((article_of.max(initial=-1) + 1, len(forms)), dtype=np.float32)
    step = max(1, _CELLS_AT_A_TIME // max(1, len(forms)))
    for start in range(0, len(sentences), step):
        here = article_of[start : start + step]
        near = batch.nearest_words(sentences[start : start + step], forms)
        articles, begins = np.unique(here, return_index=True)
        nearest[articles] = np.maximum(nearest[articles], np.maximum.reduceat(near, begins, axis=0))
    recall: Floats = share @ nearest.T
    return recall


def _passages(article_of: Integers) -> tuple[Integers, Integers, Integers]:
    """Every sentence and every two neighbours of an article, ordered by article."""
    index = np.arange(len(article_of))
    neighbours = index[:-1][article_of[:-1] == article_of[1:]] if len(index) else index
    first = np.concatenate([index, neighbours])
    last = np.concatenate([index, neighbours + 1])
    order = np.lexsort((last, first, article_of[first]))
    return first[order], last[order], article_of[first][order]
