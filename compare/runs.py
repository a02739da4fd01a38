"""A run: compare the articles of many stories one by one into a folder, and open the folder again."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import __version__
from compare.corpus.engine import Job, check_options, compare_all
from compare.corpus.resuming import check_same, stories_left
from compare.corpus.store import (
    MANIFEST,
    RunManifest,
    begin_run,
    check_free,
    drop_stories,
    fingerprint,
    read_boilerplate,
    read_manifest,
    story_folder,
    write_manifest,
    written_by_one,
)
from compare.errors import InputError, count, warn
from compare.grouping.editions import kept_versions
from compare.grouping.grouper import with_stories
from compare.language.completeness import with_completeness
from compare.language.repeated import learn_boilerplate, lines_of
from compare.matching.reader import class_name, reader_of, recorded_reader
from compare.progress import stage
from compare.reading.articles import read_stories
from compare.settings import Settings
from compare.stories import Corpus
from compare.story import compare_story

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

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
    memory holds only the articles and the stories in progress. A story that cannot be compared is left out and named
    in an `InputWarning` and in `Corpus.failed`. Both engines write the same bytes.

    Args:
        articles: whatever `read_articles` reads; those without a story_id are grouped, see `group_stories`.
        fields: the names of the articles' fields, as for `read_articles`.
        skip_bad: leave out articles that cannot be used, as `read_articles` does.
        store: the run folder to make; `open_run` reads it back. If None, a temporary one, deleted together with the
            corpus.
        engine: "serial", or "processes": several stories at once, each in its own process. In a script, "processes"
            must be called below ``if __name__ == "__main__":``.
        workers: how many processes; by default as many as there are cores.
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
    check_options(engine, workers, seed)
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
    articles, named = read_stories(articles, fields=fields, skip_bad=skip_bad, partly=True)
    # Here, because how long an outlet's articles usually are is seen over all stories.
    articles = with_completeness(articles)
    given = articles if named.all() else _grouped(articles, named)
    articles = kept_versions(given, keep)
    stories = articles["story_id"].unique().tolist()
    if len(stories) == 1:
        raise InputError(
            f"there is one story ({stories[0]!r}), of {count(len(articles), 'article')}: compare it by itself "
            "(storydiff report ARTICLES), or give every article the story_id of its story if there are several."
        )
    if before is not None:
        lines = read_boilerplate(before)
    elif boilerplate is not None:
        lines = lines_of(boilerplate)
    else:
        with stage("looking for lines that outlets repeat"):
            lines = learn_boilerplate(articles)
    manifest = RunManifest(
        data=fingerprint(articles),
        boilerplate=fingerprint(lines),
        stories={story: story_folder(story) for story in stories},
        **made_with,
    )
    folder = Path(store) if store is not None else Path(tempfile.mkdtemp(prefix="storydiff-"))
    try:
        how = partial(compare_story, settings=settings, encoder=encoder, reader=reader, boilerplate=lines)
        with written_by_one(folder, goes_on=before is not None):
            left = articles
            if before is None:
                begin_run(folder, manifest, settings, lines)
            else:
                stories = stories_left(folder, articles, set(given["article_id"]) - set(articles["article_id"]))
                drop_stories(folder, stories)  # what is out of date must not pass for done if this stops or fails
                write_manifest(folder, manifest)
                left = articles[articles["story_id"].isin(stories)]
            job = Job(folder.resolve(), how)
            manifest = compare_all(job, manifest, left, workers if engine == "processes" else 0)
    except BaseException:
        if store is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    _warn_if_alone(articles[~articles["story_id"].isin(manifest.failed)])
    corpus = Corpus(folder.resolve(), manifest, settings, encoder, reader)
    if store is None:
        weakref.finalize(corpus, shutil.rmtree, folder, ignore_errors=True)
    return corpus


def _grouped(articles: pd.DataFrame, named: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the articles with the ids of the stories that they are seen to tell, unless folders are their stories."""
    if not named.any() and len(articles["story_id"].unique()) > 1:
        return articles
    with stage("grouping articles to stories"):
        articles = with_stories(articles, named)
    if named.any():  # which was said
        return articles
    told = count(articles["story_id"].nunique(), "story")
    warn(f"no article has a story_id: {count(len(articles), 'article')} were grouped to {told} by what they tell.")
    return articles


def _warn_if_alone(done: pd.DataFrame) -> None:
    if done.groupby("story_id")["outlet"].nunique().max() < 2:
        outlets = done["outlet"].unique()
        what = "no story has two outlets" if len(outlets) > 1 else f"all articles are of one outlet ({outlets[0]!r})"
        check = "are the story ids right?" if len(outlets) > 1 else "give articles of others, too."
        warn(f"{what}: nothing can be compared; {check}")
