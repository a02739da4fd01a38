"""Many stories, one at a time: what is done is written at once, and a story that fails does not stop the others."""

from __future__ import annotations

import os
import pickle
import shutil
import tempfile
import warnings
import weakref
from collections import defaultdict
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import compare
from compare.comparison import class_name
from compare.corpus.corpus import Corpus
from compare.corpus.store import (
    Manifest,
    begin_run,
    check_free,
    fingerprint,
    story_folder,
    write_manifest,
    write_story,
)
from compare.errors import InputError, InputWarning, StorydiffError
from compare.language.repeated import checked, learn_boilerplate
from compare.matching.reader import reader_of
from compare.outlets.counts import with_counts
from compare.progress import progress
from compare.reading.articles import read_stories
from compare.reading.problems import listed
from compare.settings import Settings
from compare.story import compare_story
from compare.tables import BOILERPLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen

ENGINES = ("serial", "processes")
_AHEAD = 2  # stories that wait for each worker: enough to keep it busy, few enough to hold in memory


@dataclass(frozen=True)
class _Run:
    """What every story of a run has in common."""

    folder: Path
    settings: Settings
    encoder: Encoder | None
    reader: Chosen
    boilerplate: pd.DataFrame

    def compare(self, articles: pd.DataFrame) -> _Done:
        """Compare one story and write it; what goes wrong is told, not raised."""
        story_id = str(articles["story_id"].iat[0])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                story = compare_story(
                    articles,
                    settings=self.settings,
                    encoder=self.encoder,
                    reader=self.reader,
                    boilerplate=self.boilerplate,
                )
                write_story(self.folder, story_id, with_counts(story_id, story.tables))
                problem = None
            except StorydiffError as error:
                problem = str(error)
            except Exception as error:  # a flaw that one story brings out must not lose the others
                problem = f"{type(error).__name__}: {error}"
        notes = tuple(str(one.message) for one in caught if issubclass(one.category, InputWarning))
        return _Done(story_id, problem, notes)


@dataclass(frozen=True)
class _Done:
    story_id: str
    problem: str | None
    notes: tuple[str, ...]


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
) -> Corpus:
    """Compare the articles of many stories, one story at a time.

    Each story's tables are written as soon as it is done, so a run that stops keeps what it has, and memory
    holds no more than the articles and the stories at work. A story that cannot be compared is left out and
    named in an `InputWarning` and in `Corpus.failed`. Both engines write the same bytes.

    Args:
        articles: whatever `read_articles` reads, with a story_id for every article.
        fields: what their fields are called, as for `read_articles`.
        skip_bad: leave out articles that cannot be used, as `read_articles` does.
        store: the run folder to make; `open_run` reads it back. If None, a temporary one, which goes when the
            corpus does.
        engine: "serial", or "processes": several stories at once, each in a process of its own. In a script,
            "processes" must be called below ``if __name__ == "__main__":``.
        workers: how many processes; by default as many as there are cores.
        settings: the cut-offs; the defaults are printed by `storydiff settings`.
        encoder: sentence vectors of your own; see `compare_story`.
        reader: "small", None, or one of your own; see `compare_story`.
        boilerplate: the lines that the outlets repeat; if None, learned once from all articles.
        seed: what the draws of intervals and tests start from.

    Returns:
        A `Corpus`.

    Raises:
        InputError: the articles cannot be used or are all of one story, the folder holds something else, the
            engine is unknown, workers or seed are no such number, or no story could be compared.
        SettingsError: the settings are no `Settings`.
    """
    _check(engine, workers, seed)
    reader_of(reader)  # what is no reader is told before there is anything to wait for
    settings = Settings.given(settings)
    if store is not None:
        check_free(Path(store))  # before there is anything to wait for
    articles, named = read_stories(articles, fields=fields, skip_bad=skip_bad, stacklevel=3)
    stories = articles["story_id"].unique().tolist()
    if len(stories) == 1:
        one = f"all {len(articles)} articles are of one story ({stories[0]!r})"
        what = one if named else "no article has a story_id"
        raise InputError(
            f"{what}: give every article the story_id of its story; one story alone is for compare_story, on the "
            "command line for: storydiff report ARTICLES"
        )
    given = learn_boilerplate(articles) if boilerplate is None else checked(boilerplate)
    # An own table may have no more than outlet and line.
    lines = BOILERPLATE.frame(given.assign(**{name: 0 for name in ("articles", "stories") if name not in given}))
    manifest = Manifest(
        storydiff=compare.__version__,
        settings=fingerprint(settings),
        data=fingerprint(articles),
        boilerplate=fingerprint(lines),
        encoder=class_name(encoder),
        reader=class_name(reader),
        seed=seed,
        stories={story: story_folder(story) for story in stories},
    )
    folder = Path(store) if store is not None else Path(tempfile.mkdtemp(prefix="storydiff-"))
    try:
        begin_run(folder, manifest, settings, lines)
        run = _Run(folder.resolve(), settings, encoder, reader, lines)
        manifest = _compare_all(run, manifest, articles, workers if engine == "processes" else 0)
    except BaseException:
        if store is None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    _warn_if_alone(articles[~articles["story_id"].isin(manifest.failed)])
    corpus = Corpus(folder.resolve(), manifest, settings, encoder, reader)
    if store is None:
        weakref.finalize(corpus, shutil.rmtree, folder, ignore_errors=True)
    return corpus


def _warn_if_alone(articles: pd.DataFrame) -> None:
    """Say if there is nothing to compare anywhere."""
    if articles.groupby("story_id")["outlet"].nunique().max() > 1:
        return
    outlets = articles["outlet"].unique()
    what = "no story has two outlets" if len(outlets) > 1 else f"all articles are of one outlet ({outlets[0]!r})"
    check = "are the story ids right?" if len(outlets) > 1 else "give the articles of others, too."
    warnings.warn(f"{what}: nothing can be compared; {check}", InputWarning, stacklevel=3)


def _check(engine: str, workers: int | None, seed: int) -> None:
    if engine not in ENGINES:
        raise InputError(f"there is no engine {engine!r}; there are {' and '.join(ENGINES)}.")
    for name, value, least in (("workers", workers, 1), ("seed", seed, 0)):
        if name == "workers" and value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise InputError(f"{name} is {value!r}: give a whole number from {least} on.")


def _compare_all(run: _Run, manifest: Manifest, articles: pd.DataFrame, workers: int | None) -> Manifest:
    """Compare every story, in as many processes as asked (0: in this one, None: one a core), and close the run."""
    stories = (story for _, story in articles.groupby("story_id", sort=False))
    done = map(run.compare, stories) if workers == 0 else _in_processes(run, stories, workers or _cores())
    failed: dict[str, str] = {}
    notes: dict[str, list[str]] = defaultdict(list)
    total = len(manifest.stories)
    for one in progress(done, total=total, unit="stories"):
        if one.problem is not None:
            failed[one.story_id] = one.problem
        for note in one.notes:
            notes[note].append(one.story_id)
    order = [story for story in manifest.stories if story in failed]
    manifest = replace(manifest, failed={story: failed[story] for story in order}, finished=True)
    write_manifest(run.folder, manifest)
    if len(failed) == total:
        raise InputError(f"none of the {total} stories can be compared; the first, {order[0]!r}: {failed[order[0]]}")
    for note in sorted(notes):
        warnings.warn(f"story {listed(sorted(notes[note]))}: {note}", InputWarning, stacklevel=3)
    if failed:
        reasons = listed([f"{story!r} ({failed[story]})" for story in order], "; ")
        warnings.warn(
            f"{len(failed)} of {total} stories could not be compared and are in no figure: {reasons}",
            InputWarning,
            stacklevel=3,
        )
    return manifest


def _in_processes(run: _Run, stories: Iterable[pd.DataFrame], workers: int) -> Iterator[_Done]:
    """Compare stories in processes of their own, few at a time, as they come to be done."""
    import multiprocessing

    try:
        pickle.dumps((run.encoder, run.reader))
    except Exception as error:
        raise InputError(
            f'engine "processes" hands your encoder and reader to other processes, and they cannot be pickled '
            f'({error}); take engine="serial".'
        ) from error
    # A fork would copy locks that threads of this process (BLAS, Arrow, a notebook) may hold.
    start = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context(start), initializer=_take, initargs=(run,))
    waiting: set[Any] = set()
    try:
        for story in stories:
            waiting.add(pool.submit(_compare_here, story))
            if len(waiting) >= _AHEAD * workers:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in ready)
        yield from (one.result() for one in waiting)
    except BrokenProcessPool as error:
        raise StorydiffError(
            "a worker process ended before its story was done: memory may have run out (take fewer workers), or a "
            'script calls compare_corpus outside `if __name__ == "__main__":`; engine="serial" needs neither.'
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


_here: list[_Run] = []  # in a worker process: the run that it works for


def _take(run: _Run) -> None:
    _here[:] = [run]


def _compare_here(story: pd.DataFrame) -> _Done:
    return _here[0].compare(story)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
