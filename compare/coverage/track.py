"""Given claims: your own, tracked through articles, and headlines, checked against their own text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.codebook import read_claims
from compare.claims.phrasing import asked
from compare.coverage.judge import Judge
from compare.coverage.opinions import Panel
from compare.language.clauses import states_something
from compare.language.completeness import with_completeness
from compare.language.fitness import warn_of_claims, warn_of_misfits
from compare.language.languages import language_of_claim, with_languages
from compare.language.repeated import mark_repeated
from compare.language.split import split_articles, with_headlines
from compare.language.texts import Story
from compare.matching.passages import blocks
from compare.matching.reader import reader_of
from compare.progress import progress
from compare.reading.articles import read_articles
from compare.settings import Settings
from compare.tables import HEADLINES, TRACKED

if TYPE_CHECKING:
    import pandas as pd

    from compare.claims.codebook import Claims
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen

# Bounds memory use, and lets cached sentences be reused for the next claim. An article's judgements
# depend on no other article, so the result is the same.
_SENTENCES_AT_A_TIME = 2000
# Headlines are short, play with words, and are nearly always supported by their text: of 445 invented ones
# (`datasets/claims-in-news`), .16 fall below `undecided_from`; below this .03, most of them labels and plays on words.
_OMITTED_BELOW = 0.1


def track_claims(  # noqa: PLR0913 - what compare_story takes, and the claims
    articles: Any,
    claims: Claims,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Chosen = "small",
    boilerplate: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Determine for each of your own claims and each article whether the article carries it, and where.

    Args:
        articles: whatever `read_articles` reads; the articles of one story, or of several.
        claims: a list of claims; a mapping of claim ids to claims; or a codebook: a DataFrame with the
            columns claim_id and claim, or the path of a CSV file with them. A claim may have any number
            of wordings: as a list of strings, or in columns whose names begin with "alternative".
            Each article is judged by the wording that it carries most probably; an altered one counts
            only where no other is carried.
        settings: the cut-offs.
        encoder: sentence vectors of your own; the probabilities are calibrated for the built-in ones.
        reader: reads what words alone leave open, and looks for changed meanings: "small" (the shipped one),
            None (words alone: fast, and blind to most changes), or one of your own; see `Reader`.
        boilerplate: the lines that the outlets repeat, as `compare_story` takes them.

    Returns:
        The `tracked` table: one row per claim and article, in their orders: claim_id, claim,
        article_id, outlet, state, probability (that the article carries the claim), sentence_id,
        evidence, changes, wording (the one that is judged), story_id. Of an omitted claim, the
        evidence is the passage that came nearest; what an article that was cut off does not tell is `not
        assessable`. `to_wide` gives one row per article.

    Raises:
        InputError: articles or claims cannot be used.
        SettingsError: the settings are no `Settings`.
    """
    articles = with_completeness(with_languages(read_articles(articles)))
    book = read_claims(claims)
    text = mark_repeated(articles, split_articles(articles), boilerplate)
    warn_of_misfits(articles, text)
    whole = Story(articles, with_headlines(articles, text))
    panel = Panel(Settings.given(settings), encoder, reader_of(reader))
    wordings = [wording for claim in book for wording in claim.wordings]
    looked_for = [asked(wording) for wording in wordings]
    languages = [language_of_claim(wording, whole.spoken) for wording in looked_for]
    warn_of_claims(wordings, languages, whole.spoken)
    shape = (len(book), len(articles))
    cells = {name: np.empty(shape, dtype=object) for name in ("state", "sentence_id", "evidence", "changes", "wording")}
    cells["probability"] = np.zeros(shape)
    sizes = np.bincount(whole.article_of, minlength=len(articles))
    ends = np.append(0, np.cumsum(sizes))
    with progress(total=len(sizes), unit="articles") as bar:
        for here in blocks(sizes, _SENTENCES_AT_A_TIME):
            story = Story(articles.iloc[here], whole.sentences.iloc[ends[here.start] : ends[here.stop]])
            judge = Judge(story, panel)
            judged = judge.backed(looked_for, judge.judge(looked_for, languages=languages))
            best = judged.best([len(claim.wordings) for claim in book])
            kept = judged.at(best).left_open([claim.wordings for claim in book], panel.settings)
            kept = kept.in_cut_articles(story.articles)
            cells["sentence_id"][:, here] = story.sentence_ids[kept.row]
            cells["wording"][:, here] = np.array(wordings, dtype=object)[best]
            for name in ("state", "probability", "evidence", "changes"):
                cells[name][:, here] = getattr(kept, name)
            bar.update(here.stop - here.start)
    of_claims = {
        "claim_id": np.array([claim.claim_id for claim in book], dtype=object),
        "claim": np.array([claim.wordings[0] for claim in book], dtype=object),
    }
    of_articles = {name: articles[name].to_numpy(object) for name in ("article_id", "outlet", "story_id")}
    return TRACKED.frame(
        {name: np.repeat(values, shape[1]) for name, values in of_claims.items()}
        | {name: np.tile(values, shape[0]) for name, values in of_articles.items()}
        | {name: values.ravel() for name, values in cells.items()}
    )


def headlines_table(judge: Judge) -> pd.DataFrame:
    """Return the HEADLINES table: every headline judged as a claim against the text of its own article."""
    story, settings = judge.story, judge.panel.settings
    articles, sentences = story.articles, story.sentences
    heads = np.flatnonzero(story.headline)
    texts = story.texts[heads].tolist()
    # A repetition of the headline above the text, as on many pages, does not support it.
    headline = dict(zip(sentences["article_id"].iloc[heads], sentences["text"].iloc[heads].str.casefold(), strict=True))
    again = (sentences["text"].str.casefold() == sentences["article_id"].map(headline)) & (sentences["index"] == 0)
    again &= ~sentences["text"].str.endswith((".", "!", "?", "…"))
    settings = settings.changed(undecided_from=min(settings.undecided_from, _OMITTED_BELOW))
    text = Story(articles, sentences[~story.headline & ~again.to_numpy(bool)])
    number, article = np.arange(len(heads)), story.article_of[heads]
    wanted = np.zeros((len(heads), len(articles)), dtype=bool)
    wanted[number, article] = states = np.array([states_something(text) for text in texts], dtype=bool)
    spoken = story.languages[article].tolist()
    judged = Judge(text, replace(judge.panel, settings=settings)).judge(texts, wanted, spoken)
    judged = judged.in_cut_articles(articles)
    found = {name: getattr(judged, name)[number, article] for name in ("state", "probability", "evidence", "changes")}
    found |= {"sentence_id": text.sentence_ids[judged.row[number, article]], "title": np.array(texts, dtype=object)}
    for name in ("state", "probability", "evidence", "sentence_id"):
        found[name] = np.where(states, found[name].astype(object), None)
    own_columns = {name: articles[name].iloc[article].array for name in ("article_id", "outlet", "published")}
    return HEADLINES.frame(own_columns | found)
