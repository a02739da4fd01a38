"""Your own claims, tracked through articles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.codebook import read_claims
from compare.claims.judge import Judge
from compare.claims.wording import asked
from compare.language.fitness import warn_of_misfits
from compare.language.repeated import mark_repeated
from compare.language.split import split_articles, with_headlines
from compare.matching.passages import blocks
from compare.matching.reader import reader_of
from compare.progress import progress
from compare.reading.articles import read_articles
from compare.settings import Settings
from compare.tables import TRACKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.codebook import Claim
    from compare.claims.rows import Claims
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen

# Memory stays bounded, and what is remembered of sentences is still there for the next claim. An article's
# judgements depend on no other article, so the result is the same.
_SENTENCES_AT_A_TIME = 2000


def track_claims(  # noqa: PLR0913 - what compare_story takes, and the claims
    articles: Any,
    claims: Claims,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Chosen = "small",
    boilerplate: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say for each of your own claims and each article whether the article carries it, and where.

    Args:
        articles: whatever `read_articles` reads; the articles of one story, or of several.
        claims: a list of claims; a mapping of claim ids to claims; or a codebook: a DataFrame with the
            columns claim_id and claim, or the path of a CSV file with them. A claim may have any number
            of wordings: as a list of strings, or in columns whose names begin with "alternative".
            Each article is judged by the wording that it carries most probably; an altered one counts
            only where no other is carried.
        settings: the cut-offs.
        encoder: sentence vectors of your own; the probabilities are calibrated for the built-in ones.
        reader: who reads what words alone leave open, and looks for changed meanings: "small" (the shipped one),
            None (words alone: fast, and blind to most changes), or one of your own; see `Reader`.
        boilerplate: the lines that the outlets repeat, as `compare_story` takes them.

    Returns:
        The `tracked` table: one row per claim and article, in their orders: claim_id, claim,
        article_id, outlet, state, probability (that the article carries the claim), sentence_id,
        evidence, changes, wording (the one that is judged), story_id. Of an omitted claim, the
        evidence is the passage that came nearest. `to_wide` gives one row per article.

    Raises:
        InputError: articles or claims cannot be used.
        SettingsError: the settings are no `Settings`.
    """
    articles = read_articles(articles)
    book = read_claims(claims)
    text = mark_repeated(articles, split_articles(articles), boilerplate)
    warn_of_misfits(articles, text)
    judge = Judge(articles, with_headlines(articles, text), Settings.given(settings), encoder, reader_of(reader))
    shape = (len(book), len(articles))
    cells = {name: np.empty(shape, dtype=object) for name in ("state", "sentence_id", "evidence", "changes", "wording")}
    cells["probability"] = np.zeros(shape)
    for here, part in _parts(judge):
        _fill(cells, here, part, book)
    return TRACKED.frame(
        {
            "claim_id": np.repeat(np.array([claim.claim_id for claim in book], dtype=object), shape[1]),
            "claim": np.repeat(np.array([claim.wordings[0] for claim in book], dtype=object), shape[1]),
            **{
                name: np.tile(articles[name].to_numpy(object), shape[0])
                for name in ("article_id", "outlet", "story_id")
            },
            **{name: values.ravel() for name, values in cells.items()},
        }
    )


def _parts(judge: Judge) -> Iterator[tuple[slice, Judge]]:
    """Some articles at a time, with a progress bar where it takes long."""
    sizes = np.bincount(judge.article_of, minlength=len(judge.articles))
    ends = np.append(0, np.cumsum(sizes))
    with progress(total=len(sizes), unit="articles") as bar:
        for here in blocks(sizes, _SENTENCES_AT_A_TIME):
            sentences = judge.sentences.iloc[ends[here.start] : ends[here.stop]]
            yield here, replace(judge, articles=judge.articles.iloc[here], sentences=sentences)
            bar.update(here.stop - here.start)


def _fill(cells: dict[str, NDArray[Any]], here: slice, judge: Judge, book: Sequence[Claim]) -> None:
    """Judge all wordings at some of the articles, and keep the best one of each claim."""
    wordings = [wording for claim in book for wording in claim.wordings]
    judged = judge.judge([asked(wording) for wording in wordings])
    best = judged.best([len(claim.wordings) for claim in book])
    kept = judged.at(best)
    kept.leave_open([claim.wordings for claim in book], judge.settings)
    # One more place at the end, which row -1 (no sentence at all) takes its missing value from.
    ids = np.array([*judge.sentences["sentence_id"], None], dtype=object)
    cells["sentence_id"][:, here] = ids[kept.row]
    cells["wording"][:, here] = np.array(wordings, dtype=object)[best]
    for name in ("state", "probability", "evidence", "changes"):
        cells[name][:, here] = getattr(kept, name)
