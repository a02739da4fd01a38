"""Compare parts in processes of this machine, which end with this one, however it ends."""

from __future__ import annotations

import _thread
import os
import signal
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from compare.errors import StorydiffError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.connection import Connection

    from compare.corpus.job import Done, Job, Part

_TO_END = 2.0  # seconds that a worker has to remove its temporary files
_AHEAD = 2  # parts queued for each worker: enough to keep it busy, few enough to hold in memory


def compared_in_processes(job: Job, parts: Iterable[Part], workers: int) -> Iterator[list[Done]]:
    """Compare parts in separate processes, a few at a time, and yield their stories as they are done."""
    import multiprocessing

    job.check_can_be_sent("processes")
    # A fork would copy locks that threads of this process (BLAS, Arrow, a notebook) may hold.
    start = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(start)
    _keep_tracker()
    # The workers see its end when this process is through or gone, whatever became of it.
    theirs, ours = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, context, initializer=_take, initargs=(job, theirs))
    waiting: set[Any] = set()
    try:
        for part in parts:
            with _undisturbed():
                waiting.add(pool.submit(_compare_here, part))
            if len(waiting) >= _AHEAD * workers:
                ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in ready)
        yield from (one.result() for one in waiting)
    except BrokenProcessPool as error:
        raise StorydiffError(
            "a worker process ended before its story was done: memory may have run out (use fewer workers), or a "
            'script calls compare_corpus outside `if __name__ == "__main__":`; engine="serial" needs neither. What is '
            "done stays, and the same call with resume (--resume) goes on."
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


def _compare_here(part: Part) -> list[Done]:
    _at_work.set()
    try:
        return _here[0].do(part)
    except SystemExit:
        os._exit(1)  # the pool would catch it and begin the next story
    finally:
        _at_work.clear()
