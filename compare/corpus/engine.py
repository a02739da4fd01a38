"""Compare many stories one at a time; each is written when it is done, and a failed story does not stop the others."""

from __future__ import annotations

import _thread
import os
import pickle
import signal
import threading
import time
import warnings
from collections import defaultdict
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.corpus.store import RunManifest, write_manifest, write_story
from compare.errors import InputError, InputWarning, StorydiffError, listed, warn
from compare.outlets.counts import with_counts
from compare.progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

    import pandas as pd

    from compare.asked import ComparedStory

ENGINES = ("serial", "processes")
_TO_END = 2.0  # seconds that a worker has to remove its temporary files
_AHEAD = 2  # stories queued for each worker: enough to keep it busy, few enough to hold in memory


@dataclass(frozen=True)
class Job:
    """What all stories of a run share: the folder to write to, and the function that compares articles."""

    folder: Path
    compare: Callable[[pd.DataFrame], ComparedStory]

    def do(self, articles: pd.DataFrame) -> _Done:
        """Compare one story and write it; problems are returned, not raised."""
        story_id = str(articles["story_id"].iat[0])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                write_story(self.folder, story_id, with_counts(story_id, self.compare(articles).tables))
                problem = None
            except StorydiffError as error:
                problem = str(error)
            except Exception as error:  # an error in one story must not lose the others
                problem = f"{type(error).__name__}: {error}"
        notes = tuple(str(one.message) for one in caught if issubclass(one.category, InputWarning))
        return _Done(story_id, problem, notes)


class _Done(NamedTuple):
    story_id: str
    problem: str | None
    notes: tuple[str, ...]


def check_options(engine: str, workers: int | None, seed: int) -> None:
    """Refuse invalid options of a run.

    Raises:
        InputError: there is no such engine, or workers or seed are not valid numbers.
    """
    if engine not in ENGINES:
        raise InputError(f"there is no engine {engine!r}; there are {' and '.join(ENGINES)}.")
    for name, value, least in (("workers", 1 if workers is None else workers, 1), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise InputError(f"{name} is {value!r}: give a whole number from {least} on.")


def compare_all(job: Job, manifest: RunManifest, articles: pd.DataFrame, workers: int | None) -> RunManifest:
    """Compare the stories of articles in `workers` processes (0: in this one, None: one per core); finish the run.

    The manifest may have more stories, which were compared before.

    Raises:
        InputError: no story could be compared, or something it needs cannot be sent to another process.
        StorydiffError: a process died.
    """
    stories = (story for _, story in articles.groupby("story_id", sort=False))
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    done = map(job.do, stories) if workers == 0 else _in_processes(job, stories, workers or usable)
    problems: dict[str, str] = {}
    notes: dict[str, list[str]] = defaultdict(list)
    total = len(manifest.stories)
    sizes = articles["story_id"].value_counts()
    with progress(total=len(articles), unit="articles", name="deciding") as bar:
        for number, (story, problem, said) in enumerate(done, start=total - len(sizes) + 1):
            if problem is not None:
                problems[story] = problem
            for note in said:
                notes[note].append(story)
            bar.set_postfix_str(f"{number:,} of {total:,} stories", refresh=False)
            bar.update(int(sizes[story]))
    failed = {story: problems[story] for story in manifest.stories if story in problems}
    manifest = replace(manifest, failed=failed, finished=True)
    write_manifest(job.folder, manifest)
    if len(failed) == total:
        first, problem = next(iter(failed.items()))
        raise InputError(f"none of the {total} stories can be compared; the first, {first!r}: {problem}")
    for note in sorted(notes):
        warn(f"story {listed(sorted(notes[note]))}: {note}")
    if failed:
        reasons = listed([f"{story!r} ({problem})" for story, problem in failed.items()], "; ")
        are = "is" if len(failed) == 1 else "are"
        warn(f"{len(failed)} of {total} stories could not be compared and {are} in no figure: {reasons}")
    return manifest


def _in_processes(job: Job, stories: Iterable[pd.DataFrame], workers: int) -> Iterator[_Done]:
    """Compare stories in separate processes, a few at a time, and yield them as they are done."""
    import multiprocessing

    try:
        pickle.dumps(job)
    except Exception as error:
        raise InputError(
            f'engine "processes" hands your encoder and reader to other processes, and they cannot be pickled '
            f'({error}); use engine="serial".'
        ) from error
    # A fork would copy locks that threads of this process (BLAS, Arrow, a notebook) may hold.
    start = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(start)
    _keep_tracker()
    # The workers see its end when this process is through or gone, whatever became of it.
    theirs, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, context, initializer=_take, initargs=(job, theirs))
    waiting: set[Any] = set()
    try:
        for story in stories:
            with _undisturbed():
                waiting.add(pool.submit(_compare_here, story))
            if len(waiting) >= _AHEAD * workers:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in ready)
        yield from (one.result() for one in waiting)
    except BrokenProcessPool as error:
        raise StorydiffError(
            "a worker process ended before its story was done: memory may have run out (use fewer workers), or a "
            'script calls compare_corpus outside `if __name__ == "__main__":`; engine="serial" needs neither.'
        ) from error
    except BaseException:  # stopped: nobody waits for the stories in progress
        ours.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        ours.close()


def _keep_tracker() -> None:
    """Let Python's own tracker of semaphores outlive a terminal: it ends with this process, and else would complain."""
    if not hasattr(signal, "pthread_sigmask"):
        return
    from multiprocessing.resource_tracker import ensure_running

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off signals that stop the program: a process that is just being started would be nobody's to end."""
    waiting: list[int] = []
    names = ("SIGINT", "SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    handlers = {one: signal.getsignal(one) for name in names if (one := getattr(signal, name, None)) is not None}
    before = {one: handler for one, handler in handlers.items() if callable(handler)}
    for one in before:
        signal.signal(one, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
        for one in waiting:
            signal.raise_signal(one)


_here: list[Job] = []  # in a worker process: its job
_at_work = threading.Event()  # in a worker process: whether it is comparing a story


def _take(job: Job, parent: Connection) -> None:
    """Begin in a worker process, which a stop of the parent reaches through it alone, not through the terminal."""
    for name in ("SIGINT", "SIGHUP"):  # a terminal tells all of its processes
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _here[:] = [job]


def _end(*_: object) -> None:
    """Leave the story in progress, so that its temporary files go; between stories there are none."""
    if not _at_work.is_set():
        os._exit(1)
    raise SystemExit


def _end_with(parent: Connection) -> None:
    from multiprocessing.connection import wait as wait_for

    wait_for([parent])
    _thread.interrupt_main(signal.SIGTERM)  # on Windows, os.kill would end the process at once
    time.sleep(_TO_END)
    os._exit(1)


def _compare_here(story: pd.DataFrame) -> _Done:
    _at_work.set()
    try:
        return _here[0].do(story)
    except SystemExit:
        os._exit(1)  # the pool would catch it and begin the next story
    finally:
        _at_work.clear()
