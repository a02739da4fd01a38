"""The steps from the articles of one story to a Comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.claims.codebook import read_claims
from compare.claims.group import group_claims, in_codebook
from compare.claims.lineage import members
from compare.claims.phrasing import asked
from compare.comparison import Comparison, earlier
from compare.coverage.details import find_parts
from compare.coverage.judge import Judge
from compare.coverage.ledger import quote_ledger, with_speakers
from compare.coverage.opinions import Panel
from compare.coverage.states import cover
from compare.coverage.track import headlines_table
from compare.coverage.wire import wire_table
from compare.errors import InputError
from compare.language.completeness import with_completeness
from compare.language.fitness import warn_of_claims, warn_of_misfits, warn_of_untold
from compare.language.languages import language_of_claim, with_languages
from compare.language.remembering import forget
from compare.language.repeated import mark_repeated
from compare.language.split import split_articles, with_headlines
from compare.language.texts import Story
from compare.matching.match import match_clauses, matches_table
from compare.matching.reader import class_name, reader_of
from compare.reading.articles import by_publication, read_articles
from compare.settings import Settings
from compare.tables import WORDINGS

if TYPE_CHECKING:
    import pandas as pd

    from compare.claims.codebook import Claims
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen


def compare_story(  # noqa: PLR0913 - each but the articles is optional and named
    articles: Any,
    *,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Chosen = "small",
    codebook: Claims | None = None,
    previous: Comparison | None = None,
    boilerplate: pd.DataFrame | None = None,
) -> Comparison:
    """Compare the articles of one story: which claims each outlet carries, changes or leaves out.

    Args:
        articles: whatever `read_articles` reads: a DataFrame, a folder, files, or records, all of
            one story. With a single outlet, every claim is found only there.
        settings: the cut-offs; the defaults are printed by `storydiff settings`.
        encoder: sentence vectors of your own; the probabilities are calibrated for the built-in ones.
        reader: reads what words alone leave open, and looks for changed meanings: "small" (the shipped one),
            None (words alone: fast, and blind to most changes), or one of your own; see `Reader`.
        codebook: the claims to look for, instead of those that the articles themselves make: an edited
            `Comparison.codebook`, as a DataFrame or the path of a CSV file, or whatever claims `track_claims` takes.
        previous: an earlier comparison of the same story: its claims keep their ids even if articles have been added;
            `Comparison.lineage` says which were merged or split.
        boilerplate: the lines that the outlets repeat, as `learn_boilerplate` returns them; if None, they are
            learned from these articles, and so only for outlets with several.

    Returns:
        A `Comparison`.

    Raises:
        InputError: the articles cannot be used, or belong to several stories, or `previous` to another one; or the
            codebook cannot be used.
        SettingsError: the settings are not `Settings`.
    """
    settings, chosen = Settings.given(settings), reader_of(reader)
    articles = with_completeness(with_languages(read_articles(articles)))
    stories = list(dict.fromkeys(articles["story_id"]))
    if len(stories) > 1:
        shown = ", ".join(stories[:5]) + (", ..." if len(stories) > 5 else "")
        raise InputError(
            f"these articles belong to {len(stories)} stories ({shown}); "
            "compare one story at a time, on the command line with --story ID."
        )
    if previous is not None and earlier(previous).story_id != stories[0]:
        raise InputError(f"previous is a comparison of story {previous.story_id!r}, not of {stories[0]!r}.")
    if previous is not None and codebook is not None:
        raise InputError("a codebook's claims keep the ids that they have; give either a codebook or previous.")
    book = None if codebook is None else read_claims(codebook)
    if book == []:
        raise InputError("the codebook has no claims; give at least one.")
    # Results do not depend on the order of the given articles, except for the order of their own table.
    ordered = articles.iloc[by_publication(articles)].reset_index(drop=True)
    text = mark_repeated(ordered, split_articles(ordered), boilerplate)
    warn_of_misfits(articles, text)
    story = Story(ordered, with_headlines(ordered, text))
    if book is not None:
        wordings = [asked(wording) for claim in book for wording in claim.wordings]
        warn_of_claims(wordings, [language_of_claim(wording, story.spoken) for wording in wordings], story.spoken)
    before = members(previous.articles, previous.mentions) if previous is not None else None
    pairs = match_clauses(story, settings, encoder, chosen)
    groups = group_claims(story, pairs, settings, before)
    if book is not None:
        groups = in_codebook(book, groups, story)
    panel = Panel(settings, encoder, chosen)
    judge = Judge(story, panel)
    wire = wire_table(ordered, text)
    claims, mentions, coverage, conflicts = cover(judge, groups, wire, reword=book is None)
    if book is not None:
        warn_of_untold(coverage)
    quotes = quote_ledger(story, mentions, coverage, wire, encoder)
    claims = with_speakers(claims, mentions, quotes)
    told_as = [{"claim_id": claim.claim_id, "wording": said} for claim in book or () for said in claim.wordings]
    if book is None:
        claims = find_parts(panel, claims, mentions, coverage)
    else:
        claims = claims.assign(part_of=claims["claim_id"].map({claim.claim_id: claim.part_of for claim in book}))
    forget()
    return Comparison(
        story_id=stories[0],
        articles=articles,
        sentences=story.sentences,
        matches=matches_table(story, pairs, settings.match_from),
        claims=claims,
        mentions=mentions,
        coverage=coverage,
        conflicts=conflicts,
        quotes=quotes,
        wire=wire,
        headlines=headlines_table(judge),
        settings=settings,
        encoder=encoder,
        reader=reader,
        reader_name=class_name(reader),
        boilerplate=boilerplate,
        wordings=None if book is None else WORDINGS.frame(told_as),
    )
