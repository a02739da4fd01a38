"""A run: compare the articles of many stories one by one into a folder, and open the folder again."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import __version__
from compare.corpus.engine import Engine, check_options, compare_all
from compare.corpus.intake import Intake
from compare.corpus.job import Job
from compare.corpus.planning import Plan
from compare.corpus.resuming import check_same, stories_left
from compare.corpus.store import (
    MANIFEST,
    RunManifest,
    begin_run,
    check_free,
    fingerprint,
    parts_of,
    read_boilerplate,
    read_manifest,
    write_manifest,
    written_by_one,
)
from compare.errors import InputError, count, warn
from compare.grouping.grouper import with_stories
from compare.language.repeated import learn_boilerplate, lines_of
from compare.matching.reader import class_name, reader_of, recorded_reader
from compare.progress import stage
from compare.reading.articles import ArticleRows
from compare.settings import Settings
from compare.stories import Corpus
from compare.story import compare_story

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen, Recorded
    from compare.validation.validated import Validation


def open_run(
    folder: str | os.PathLike[str],
    *,
    encoder: Encoder | None = None,
    reader: Chosen | Recorded = "recorded",
    validation: Validation | None = None,
) -> Corpus:
    """Open a run folder written by `compare_corpus` or `storydiff corpus`.

    Args:
        folder: the run folder.
        encoder: the encoder that the run was made with, if it was one of your own and you want to `track`.
        reader: the reader for `track`. "recorded" is the one that the run was made with, if that is the shipped one or
            none; a reader of your own must be given. None uses words alone.
        validation: coders' answers on a sample of the run; see `Corpus.with_validation`.

    Returns:
        A `Corpus`.

    Raises:
        InputError: it is not a run folder, is damaged, no story in it is done, or the labels are of another run.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    corpus = Corpus(
        path.resolve(),
        manifest,
        Settings.read(path / "settings.toml"),
        encoder,
        recorded_reader(manifest.reader, reader),
    )
    done, planned = len(corpus.stories), len(manifest.stories)
    if not done:
        raise InputError(f"{path}: no story of this run is done; compare its articles again.")
    if done + len(manifest.failed) < planned:
        only = "is done, and figures are of it" if done == 1 else "are done, and figures are of these"
        warn(f"{path}: this run is not finished: {done} of {planned} stories {only} alone.")
    return corpus if validation is None else corpus.with_validation(validation)


def compare_corpus(  # noqa: PLR0913 - each but the articles is optional and named
    articles: Any,
    *,
    fields: Mapping[str, str] | None = None,
    skip_bad: bool = False,
    store: str | os.PathLike[str] | None = None,
    engine: str = "serial",
    workers: int | None = None,
    scheduler: str | None = None,
    settings: Settings | None = None,
    encoder: Encoder | None = None,
    reader: Chosen = "small",
    boilerplate: pd.DataFrame | None = None,
    seed: int = 0,
    resume: bool = False,
    keep: str = "all",
) -> Corpus:
    """Compare the articles of many stories, one story at a time.

    Each story's tables are written as soon as it is done, so an interrupted run keeps its results and can go on, and
    memory holds only the articles and what is in progress; of more than a thousand stories, up to a hundred are written
    together. A story that cannot be compared is left out and named in an `InputWarning` and in `Corpus.failed`. All
    engines write the same bytes.

    Args:
        articles: whatever `read_articles` reads; those without a story_id are grouped, see `group_stories`.
        fields: the names of the articles' fields, as for `read_articles`.
        skip_bad: leave out articles that cannot be used, as `read_articles` does.
        store: the run folder to make; `open_run` reads it back. If None, a temporary one, deleted together with the
            corpus.
        engine: "serial"; "processes": several stories at once, each in its own process; or "dask": the same on a Dask
            cluster (extra `cluster`). In a script, the last two must be called below ``if __name__ == "__main__":``.
        workers: how many processes; by default as many as there are cores.
        scheduler: with "dask", the address of a cluster that sees the folder `store` and has this version of storydiff;
            if None, one of this machine's processes.
        settings: the cut-offs; the defaults are printed by `storydiff settings`.
        encoder: sentence vectors of your own; see `compare_story`.
        reader: "small", None, or one of your own; see `compare_story`.
        boilerplate: the lines that the outlets repeat; if None, learned once from all articles.
        seed: the seed of the draws for intervals and tests.
        resume: go on with the run in `store`, if there is one: stories that are done are not compared again, unless
            there are new articles of them; others, and those that could not be compared, are. Its lines of
            boilerplate stay as they are.
        keep: "newest" or "first": of several versions of an article at its outlet, only that one; see `one_version`.

    Returns:
        A `Corpus`.

    Raises:
        InputError: the articles cannot be used or are all of one story, the folder is not empty, the engine is unknown,
            workers, seed or keep are not valid, or no story could be compared; or the run to go on with was made
            with something else, or of articles that are not given.
        SettingsError: the settings are not `Settings`.
    """
    by = Engine(engine, workers, scheduler)
    check_options(by, seed)
    reader_of(reader)  # reject an invalid reader before the long work
    settings = Settings.given(settings)
    if resume and store is None:
        raise InputError("a run that goes on is in a folder; name it: store=.")
    made_with: dict[str, Any] = {
        "storydiff": __version__,
        "settings": fingerprint(settings),
        "encoder": class_name(encoder),
        "reader": class_name(reader),
        "seed": seed,
    }
    before = Path(store) if store is not None and resume and (Path(store) / MANIFEST).exists() else None
    if before is not None:
        check_same(
            before,
            made_with if boilerplate is None else {**made_with, "boilerplate": fingerprint(lines_of(boilerplate))},
        )
    elif store is not None:
        check_free(Path(store))  # before the long work
    folder = Path(store) if store is not None else Path(tempfile.mkdtemp(prefix="storydiff-"))
    try:
        with Intake(ArticleRows(articles, fields=fields, skip_bad=skip_bad)) as intake:
            _group(intake)
            _check_several(intake.stories)
            plan = Plan(intake, keep)
            lines = _lines(intake, boilerplate, before)
            manifest = RunManifest(
                data=fingerprint(plan.made_of),
                boilerplate=fingerprint(lines),
                stories=parts_of(list(plan.made_of), read_manifest(before).stories if before is not None else None),
                articles=plan.made_of,
                **made_with,
            )
            with written_by_one(folder, goes_on=before is not None):
                left = list(plan.made_of)
                if before is None:
                    begin_run(folder, manifest, settings, lines)
                else:
                    left = stories_left(folder, plan)
                    # Only now: what is out of date passes for done no more.
                    write_manifest(folder, manifest)
                how = partial(compare_story, settings=settings, encoder=encoder, reader=reader, boilerplate=lines)
                waiting = plan.waiting(manifest.stories, left)
                manifest = compare_all(Job(folder.resolve(), how), manifest, plan, waiting, by)
            _warn_if_alone(intake, manifest)
    except BaseException:
        if store is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    corpus = Corpus(folder.resolve(), manifest, settings, encoder, reader)
    if store is None:
        weakref.finalize(corpus, shutil.rmtree, folder, ignore_errors=True)
    return corpus


def _check_several(stories: Mapping[str, int]) -> None:
    if len(stories) == 1:
        ((story, number),) = stories.items()
        raise InputError(
            f"there is one story ({story!r}), of {count(number, 'article')}: compare it by itself (storydiff report "
            "ARTICLES), or give every article the story_id of its story if there are several."
        )


def _lines(intake: Intake, boilerplate: pd.DataFrame | None, before: Path | None) -> pd.DataFrame:
    """Return the lines of boilerplate: those of the run that goes on, those given, or learned."""
    if before is not None:
        return read_boilerplate(before)
    if boilerplate is not None:
        return lines_of(boilerplate)
    with stage("looking for lines that outlets repeat"):
        return learn_boilerplate(intake.sample())


def _group(intake: Intake) -> None:
    """Give articles the ids of the stories that they are seen to tell, unless all have one, or folders are stories."""
    named = intake.named()
    if named.all() or (not named.any() and len(intake.stories) > 1):
        return
    with stage("grouping articles to stories"):
        intake.regroup(with_stories(intake.in_order(), named)["story_id"].tolist())
    if not named.any():
        told = count(len(intake.stories), "story")
        warn(f"no article has a story_id: {count(len(named), 'article')} were grouped to {told} by what they tell.")


def _warn_if_alone(intake: Intake, manifest: RunManifest) -> None:
    outlets = intake.outlets()
    if intake.most_outlets(manifest.failed) < 2:
        what = "no story has two outlets" if len(outlets) > 1 else f"all articles are of one outlet ({outlets[0]!r})"
        check = "are the story ids right?" if len(outlets) > 1 else "give articles of others, too."
        warn(f"{what}: nothing can be compared; {check}")
