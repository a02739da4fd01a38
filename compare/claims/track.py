"""Your own claims, tracked through articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.codebook import read_claims
from compare.claims.judge import Judge
from compare.language.fitness import warn_of_misfits
from compare.language.repeated import mark_repeated
from compare.language.split import split_articles
from compare.reading.articles import read_articles
from compare.settings import Settings
from compare.tables import TRACKED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader


def track_claims(  # noqa: PLR0913 - what compare_story takes, and the claims
    articles: Any,
    claims: Sequence[str] | pd.DataFrame | str | Path,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Reader | None = None,
    boilerplate: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say for each of your own claims and each article whether the article carries it, and where.

    Args:
        articles: whatever `read_articles` reads; the articles of one story, or of several.
        claims: a list of claims, or a codebook: a DataFrame with the columns claim_id and claim, or
            the path of a CSV file with them.
        settings: the cut-offs.
        encoder: sentence vectors of your own; the probabilities are calibrated for the built-in ones.
        reader: a second opinion of your own on unsure decisions; see `Reader`.
        boilerplate: the lines that the outlets repeat, as `compare_story` takes them.

    Returns:
        The `tracked` table: one row per claim and article, in their orders: claim_id, claim,
        article_id, outlet, state, probability (that the article carries the claim), sentence_id,
        evidence, changes. Of an omitted claim, the evidence is the passage that came nearest.

    Raises:
        InputError: articles or claims cannot be used.
        SettingsError: the settings are no `Settings`.
    """
    articles = read_articles(articles)
    codebook = read_claims(claims)
    sentences = mark_repeated(articles, split_articles(articles), boilerplate)
    warn_of_misfits(articles, sentences)
    judged = Judge(articles, sentences, Settings.given(settings), encoder, reader).judge(list(codebook["claim"]))
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
