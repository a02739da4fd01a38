"""For every claim and article: the passage that says most of the claim, and how much it says.

A passage is a sentence or two neighbours, because outlets split what others join.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from compare.matching.candidates import passage_candidates
from compare.matching.features import FEATURES, Passages, pair_features, stem_recall

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.features import Floats, Integers

EVIDENCE_FEATURES = (
    *FEATURES,
    "article_recall",  # weighted share of the claim's words that stand anywhere in the article
)

# Passages of an article that are compared in full; the rest is passed over by their word profile.
PASSAGES_COMPARED = 3
# Two sentences must say this much more than one to be preferred as evidence.
_SHORTER_IS_BETTER = 0.1


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
    sentences = list(sentences)
    first, last, passage_article = _passages(article_of)
    starts = np.flatnonzero(np.diff(passage_article, prepend=-1))
    joined = [sentences[a] if a == b else f"{sentences[a]} {sentences[b]}" for a, b in zip(first, last, strict=True)]
    bounds = np.flatnonzero(np.diff(article_of, prepend=-1, append=-1)).tolist()
    whole = [" ".join(sentences[begin:end]) for begin, end in pairwise(bounds)]
    batch = Passages.of([*claims, *joined, *whole], encoder)
    if wanted is None:
        wanted = np.ones((len(claims), len(whole)), dtype=bool)

    rows = np.arange(len(joined)) + len(claims)
    claim, passage = passage_candidates(batch, wanted, rows, starts, PASSAGES_COMPARED)
    features = pair_features(batch, claim, rows[passage])
    cell = claim * len(whole) + passage_article[passage]
    best = _best(cell, _closeness(features, last[passage] > first[passage]))
    claim, passage = claim[best], passage[best]
    article = passage_article[passage]
    anywhere = stem_recall(batch, claim, article + len(claims) + len(joined))
    return Evidence(claim, article, first[passage], last[passage], np.column_stack([features[best], anywhere]))


def _passages(article_of: Integers) -> tuple[Integers, Integers, Integers]:
    """Every sentence and every two neighbours of an article, ordered by article."""
    index = np.arange(len(article_of))
    neighbours = index[:-1][article_of[:-1] == article_of[1:]] if len(index) else index
    first = np.concatenate([index, neighbours])
    last = np.concatenate([index, neighbours + 1])
    order = np.lexsort((last, first, article_of[first]))
    return first[order], last[order], article_of[first][order]


def _closeness(features: Floats, is_pair: NDArray[np.bool_]) -> Floats:
    soft, cosine, ngrams = (
        features[:, FEATURES.index(name)] for name in ("soft_recall", "sentence_cosine", "ngram_cosine")
    )
    close: Floats = soft + (cosine + ngrams) / 2 - _SHORTER_IS_BETTER * is_pair
    return close


def _best(group: Integers, score: Floats) -> Integers:
    """The place of the highest score in each group (groups come in order); the earliest of equals."""
    order = np.lexsort((-score, group))
    return order[np.unique(group[order], return_index=True)[1]]
