"""One story from articles to a Comparison: the order of the steps, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.claims.group import group_claims
from compare.claims.judge import Judge
from compare.claims.lineage import members
from compare.comparison import Comparison, class_name, earlier
from compare.coverage.ledger import quote_ledger, with_speakers
from compare.coverage.states import cover
from compare.coverage.wire import wire_table
from compare.errors import InputError
from compare.language.clauses import clause_table
from compare.language.fitness import warn_of_misfits
from compare.language.repeated import mark_repeated
from compare.language.split import split_articles
from compare.matching.match import match_clauses, matches_table
from compare.matching.reader import reader_of
from compare.reading.articles import read_articles
from compare.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen


def compare_story(  # noqa: PLR0913 - each but the articles is optional and named
    articles: Any,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Chosen = "small",
    previous: Comparison | None = None,
    boilerplate: pd.DataFrame | None = None,
) -> Comparison:
    """Compare the articles of one story: which claims each outlet carries, changes or leaves out.

    Args:
        articles: whatever `read_articles` reads: a DataFrame, a folder, files, or records, all of
            one story. With a single outlet, every claim is only there.
        settings: the cut-offs; the defaults are printed by `storydiff settings`.
        encoder: sentence vectors of your own; the probabilities are calibrated for the built-in ones.
        reader: who reads what words alone leave open, and looks for changed meanings: "small" (the shipped one),
            None (words alone: fast, and blind to most changes), or one of your own; see `Reader`.
        previous: an earlier comparison of the same story: its claims keep their ids whatever articles
            have come in since; `Comparison.lineage` says which were merged or split.
        boilerplate: the lines that the outlets repeat, as `learn_boilerplate` gives them; if None, they are
            learned from these articles, and so only where an outlet has several.

    Returns:
        A `Comparison`.

    Raises:
        InputError: the articles cannot be used, or belong to several stories, or `previous` to another one.
        SettingsError: the settings are no `Settings`.
    """
    settings, chosen = Settings.given(settings), reader_of(reader)
    articles = read_articles(articles)
    stories = list(dict.fromkeys(articles["story_id"]))
    if len(stories) > 1:
        shown = ", ".join(stories[:5]) + (", ..." if len(stories) > 5 else "")
        raise InputError(
            f"these articles belong to {len(stories)} stories ({shown}); "
            "compare one story at a time, on the command line with --story ID."
        )
    if previous is not None and earlier(previous).story_id != stories[0]:
        raise InputError(f"previous is a comparison of story {previous.story_id!r}, not of {stories[0]!r}.")
    sentences = mark_repeated(articles, split_articles(articles), boilerplate)
    warn_of_misfits(articles, sentences)
    before = members(previous.articles, previous.mentions) if previous is not None else None
    clauses = clause_table(sentences)
    pairs = match_clauses(clauses, settings, encoder)
    groups = group_claims(articles, clauses, pairs, settings, before)
    judge = Judge(articles, sentences, settings, encoder, chosen)
    claims, mentions, coverage = cover(judge, groups, clauses, pairs)
    wire = wire_table(articles, sentences)
    quotes = quote_ledger(judge, mentions, coverage, wire)
    return Comparison(
        story_id=stories[0],
        articles=articles,
        sentences=sentences,
        matches=matches_table(sentences, clauses, pairs),
        claims=with_speakers(claims, mentions, quotes),
        mentions=mentions,
        coverage=coverage,
        quotes=quotes,
        wire=wire,
        settings=settings,
        encoder=encoder,
        reader=reader,
        reader_name=class_name(reader),
        boilerplate=boilerplate,
    )
