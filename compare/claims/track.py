"""How articles treat given claims: probability, state and the sentence that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.codebook import read_claims
from compare.language.split import split_articles
from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.matching.changes import find_changes
from compare.matching.evidence import EVIDENCE_FEATURES, find_evidence
from compare.matching.model import models
from compare.reading.articles import read_articles
from compare.settings import Settings
from compare.tables import TRACKED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from compare.language.vectors import Encoder

    Integers = NDArray[np.int64]

_SOFT = EVIDENCE_FEATURES.index("soft_recall")


@dataclass(frozen=True)
class Judgements:
    """How every article treats every claim; all arrays have the shape (claims, articles).

    `row` is the row of the evidence in the sentences table, -1 where the article has no sentence;
    `state`, `evidence` and `changes` hold strings.
    """

    probability: NDArray[np.float64]
    row: Integers
    state: NDArray[np.object_]
    evidence: NDArray[np.object_]
    changes: NDArray[np.object_]


def track_claims(
    articles: Any,
    claims: Sequence[str] | pd.DataFrame | str | Path,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
) -> pd.DataFrame:
    """Say for each of your own claims and each article whether the article carries it, and where.

    Args:
        articles: whatever `read_articles` reads; the articles of one story, or of several.
        claims: a list of claims, or a codebook: a DataFrame with the columns claim_id and claim, or
            the path of a CSV file with them.
        settings: the cut-offs.
        encoder: sentence vectors of your own; the probabilities are calibrated for the built-in ones.

    Returns:
        The `tracked` table: one row per claim and article, in their orders: claim_id, claim,
        article_id, outlet, state, probability (that the article carries the claim), sentence_id,
        evidence, changes. Of an omitted claim, the evidence is the passage that came nearest.

    Raises:
        InputError: articles or claims cannot be used.
    """
    articles = read_articles(articles)
    codebook = read_claims(claims)
    sentences = split_articles(articles)
    judged = judge(list(codebook["claim"]), articles, sentences, settings or Settings(), encoder)
    n_claims, n_articles = judged.row.shape
    ids = sentences["sentence_id"].to_numpy(object)
    return TRACKED.frame(
        {
            "claim_id": np.repeat(codebook["claim_id"].to_numpy(object), n_articles),
            "claim": np.repeat(codebook["claim"].to_numpy(object), n_articles),
            "article_id": np.tile(articles["article_id"].to_numpy(object), n_claims),
            "outlet": np.tile(articles["outlet"].to_numpy(object), n_claims),
            "state": judged.state.ravel(),
            "probability": judged.probability.ravel(),
            "sentence_id": [ids[row] if row >= 0 else None for row in judged.row.ravel()],
            "evidence": judged.evidence.ravel(),
            "changes": judged.changes.ravel(),
        }
    )


def judge(
    claims: Sequence[str],
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    settings: Settings,
    encoder: Encoder | None = None,
) -> Judgements:
    """Judge every claim at every article; boilerplate carries nothing."""
    usable = np.flatnonzero(~sentences["boilerplate"].to_numpy())
    order = {article: number for number, article in enumerate(articles["article_id"])}
    article_of = sentences["article_id"].map(order).to_numpy(np.int64)[usable]
    shape = (len(claims), len(articles))
    judged = Judgements(
        probability=np.zeros(shape),
        row=np.full(shape, -1, dtype=np.int64),
        state=np.full(shape, "omitted", dtype=object),
        evidence=np.full(shape, None, dtype=object),
        changes=np.full(shape, "", dtype=object),
    )
    # An article of nothing but boilerplate has no sentence to look at; it keeps "omitted" with 0.
    present, compact = np.unique(article_of, return_inverse=True)
    if not (len(claims) and len(present)):
        return judged
    texts = sentences["text"].to_numpy(object)[usable]
    found = find_evidence(claims, texts.tolist(), compact, encoder)
    probability = models()["carries"].probability(found.features).round(6)
    wordless = np.array([not words(claim) for claim in claims])
    probability[wordless] = 0
    for at, column in enumerate(present):
        judged.probability[:, column] = probability[:, at]
        for number, claim in enumerate(claims):
            first, last = found.first[number, at], found.last[number, at]
            passage = _passage(texts, first, last)
            soft = float(found.features[number, at, _SOFT])
            state, changes = decide(claim, passage, probability[number, at], soft, settings)
            judged.state[number, column] = state
            judged.changes[number, column] = "; ".join(changes)
            judged.evidence[number, column] = passage
            judged.row[number, column] = usable[first]
    return judged


def decide(
    claim: str, passage: str, probability: float, soft_recall: float, settings: Settings
) -> tuple[str, list[str]]:
    """Name the state of a claim at an article, given its best passage there, and what was changed."""
    if probability < settings.undecided_from:
        return "omitted", []
    if probability < settings.carried_at:
        return "undecided", []
    changes = find_changes(claim, passage)
    if changes:
        return "altered", changes
    if _share_in_order(claim, passage) >= settings.verbatim_from:
        return "verbatim", []
    return ("partial" if soft_recall < settings.partial_below else "paraphrased"), []


def _share_in_order(claim: str, passage: str) -> float:
    """The share of the claim's content words that the passage has in the same order (longest common subsequence)."""
    from rapidfuzz.distance import LCSseq

    wanted, there = ([stem(word) for word in words(text)] for text in (claim, passage))
    wanted = [form for form in wanted if form not in FUNCTION_WORDS] or wanted
    return LCSseq.similarity(wanted, there) / len(wanted) if wanted else 0.0


def _passage(texts: NDArray[np.object_], first: int, last: int) -> str:
    return str(texts[first]) if first == last else f"{texts[first]} {texts[last]}"
