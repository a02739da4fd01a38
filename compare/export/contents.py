"""What is in a bundle: the tables of one story or of many, and what was computed from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from compare.tables import (
    ACCURACY,
    AGREEMENT,
    BOILERPLATE,
    CALIBRATION,
    CORRECTED_DIFFERENCES,
    CORRECTED_RATES,
    DIFFERENCES,
    LABELS,
    OUTLET_STORIES,
    OUTLETS,
    RATES,
    SAMPLED,
    STORY_TABLES,
    WORDINGS,
    Table,
    of_stories,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from compare.asked import ComparedStory
    from compare.corpus.results import ComparedStories
    from compare.export.withhold import Withheld
    from compare.settings import Settings
    from compare.validation.validated import Validation

    Tables = dict[str, pd.DataFrame]

_SINGLE = (BOILERPLATE, WORDINGS, OUTLET_STORIES, OUTLETS, RATES, DIFFERENCES)
_OF_CODERS = (SAMPLED, LABELS, AGREEMENT, ACCURACY, CALIBRATION, CORRECTED_RATES, CORRECTED_DIFFERENCES)
SINGLE_TABLES = {table.name: table for table in (*_SINGLE, *_OF_CODERS)}


@dataclass(frozen=True)
class Contents:
    """Everything that goes into a bundle, as it is before anything is withheld."""

    kind: Literal["story", "corpus"]
    stories: tuple[str, ...]  # their ids, in the articles' order
    run: dict[str, Any]  # what `reproduce` needs beside settings and articles
    settings: Settings
    story_tables: tuple[Table, ...]  # those that hold rows of every story
    each: Callable[[], Iterator[Tables]]  # these tables part by part, in the order of the stories
    single: Tables  # the other tables by their names
    validation: Validation | None
    counted: Callable[[Validation], Tables]  # the statistics anew, by other labels


def corpus_contents(corpus: ComparedStories, validation: Validation | None) -> Contents:
    """Gather what a bundle of many stories holds."""
    if validation is not None:
        corpus = corpus.with_validation(validation)

    def counted(labels: Validation) -> Tables:
        return statistics(replace(corpus, validation=labels, unvalidated=corpus.unvalidated or corpus))

    return Contents(
        kind="corpus",
        stories=tuple(corpus.stories),
        run=asdict(corpus.manifest),
        settings=corpus.settings,
        story_tables=tuple(map(of_stories, STORY_TABLES)),
        each=corpus.in_parts,
        single={
            BOILERPLATE.name: _lines(corpus.boilerplate),
            OUTLET_STORIES.name: corpus.outlet_stories,
            **statistics(corpus),
            **validation_tables(corpus.validation),
        },
        validation=corpus.validation,
        counted=counted,
    )


def story_contents(story: ComparedStory, validation: Validation | None) -> Contents:
    """Gather what a bundle of one story holds."""
    if validation is not None:
        from compare.validation.record import check_drawn_from

        check_drawn_from(validation, story, or_from_more=True)
    tables = story.tables
    given = {} if story.boilerplate is None else {BOILERPLATE.name: _lines(story.boilerplate)}
    if story.wordings is not None:
        given[WORDINGS.name] = story.wordings
    return Contents(
        kind="story",
        stories=(story.story_id,),
        run={"story_id": story.story_id, "encoder": story.encoder_name, "reader": story.reader_name},
        settings=story.settings,
        story_tables=STORY_TABLES,
        each=lambda: iter([tables]),
        single=given | validation_tables(validation),
        validation=validation,
        counted=lambda _: {},
    )


def without_words(contents: Contents, withheld: Withheld) -> Contents:
    """Compute what comes of coders' labels as those will who have the data set without text."""
    if contents.validation is None:
        return contents
    plain, keyed = withheld.validation(contents.validation)
    found = {**validation_tables(keyed), SAMPLED.name: plain.decisions, LABELS.name: plain.labels}
    found |= contents.counted(keyed)
    tables = {name: SINGLE_TABLES[name].frame(frame) for name, frame in found.items()}
    return replace(contents, single={**contents.single, **tables}, validation=keyed)


def statistics(corpus: ComparedStories) -> Tables:
    """Compute what comes of the counts of OUTLET_STORIES, and of labels where there are any."""
    found = {OUTLETS.name: corpus.outlets, RATES.name: corpus.rates}
    if len(corpus.outlet_stories["outlet"].unique()) > 1:
        found[DIFFERENCES.name] = corpus.differences()
    return found


def validation_tables(validation: Validation | None) -> Tables:
    """Return what coders said, and what is computed from that; nothing without a validation."""
    if validation is None:
        return {}
    from compare.validation.validated import corrected_differences, corrected_rates

    found = {
        SAMPLED.name: validation.decisions,
        LABELS.name: validation.labels,
        AGREEMENT.name: validation.agreement(),
        ACCURACY.name: validation.accuracy(),
        CALIBRATION.name: validation.calibration(),
        CORRECTED_RATES.name: corrected_rates(validation),
    }
    if len(validation.decisions["outlet"].unique()) > 1:
        found[CORRECTED_DIFFERENCES.name] = corrected_differences(validation)
    return {name: SINGLE_TABLES[name].frame(frame) for name, frame in found.items()}


def _lines(boilerplate: pd.DataFrame) -> pd.DataFrame:
    """A table of one's own may have no more than outlet and line."""
    absent = {name: 0 for name in ("articles", "stories") if name not in boilerplate}
    return BOILERPLATE.frame(boilerplate.assign(**absent))
