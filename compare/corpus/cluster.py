"""Compare parts on a Dask cluster: an existing one, or processes of this machine."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, MissingExtraError, StorydiffError, as_message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from compare.corpus.job import Done, Job, Part

_STORIES = 50  # of a task: with one a task, Dask's own work takes as long as the comparing
_AHEAD = 2  # tasks queued for each worker
_TO_ANSWER = 10.0  # seconds
_one_at_a_time = threading.Lock()  # in a worker with several threads: warnings are caught for the whole process


def compared_on_dask(job: Job, parts: Iterable[Part], workers: int, scheduler: str | None) -> Iterator[list[Done]]:
    """Compare parts on a cluster, some stories a task, and yield their stories as they are done.

    Raises:
        InputError: the scheduler does not answer, or a worker does not see the run folder.
        MissingExtraError: Dask is not installed.
        StorydiffError: a worker died at the same task again and again.
    """
    job.check_can_be_sent("dask")
    dask = _dask()
    with _client(dask, workers, scheduler) as client:
        sent = client.scatter(job, broadcast=True, hash=False)
        tasks = _tasks(parts)
        ahead = _AHEAD * max(1, len(client.scheduler_info()["workers"]))
        running = dask.as_completed([_submitted(client, sent, some) for some in islice(tasks, ahead)])
        try:
            for future in running:
                done = future.result()
                if (some := next(tasks, None)) is not None:
                    running.add(_submitted(client, sent, some))
                yield done
        except dask.KilledWorker as error:
            raise StorydiffError(
                "workers of the cluster ended one after another at the same stories: memory may have run out; give "
                "them more, and go on with --resume (in Python resume=True)."
            ) from error


def _tasks(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield parts together that have as many stories as a task should have."""
    some: list[Part] = []
    for part in parts:
        some.append(part)
        if sum(len(one.made_of) for one in some) >= _STORIES:
            yield some
            some = []
    if some:
        yield some


def _submitted(client: Any, job: Any, parts: Sequence[Part]) -> Any:
    return client.submit(_do, job, parts, pure=False)


def _do(job: Job, parts: Sequence[Part]) -> list[Done]:
    if not job.folder.is_dir():
        raise InputError(
            f"{job.folder}: a worker of the cluster does not see this folder; name one on a disk that all share."
        )
    with _one_at_a_time:
        return [done for part in parts for done in job.do(part)]


def _dask() -> Any:  # it has no types
    try:
        import distributed
    except ImportError as error:
        raise MissingExtraError('the engine "dask"', "cluster") from error
    return distributed


@contextmanager
def _client(dask: Any, workers: int, scheduler: str | None) -> Iterator[Any]:
    if scheduler is None:
        with (
            dask.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
            dask.Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = dask.Client(scheduler, timeout=_TO_ANSWER)
    except (OSError, ValueError) as error:
        why = as_message(str(error)) or type(error).__name__
        raise InputError(
            f"the scheduler {scheduler} does not answer ({why}); is the address right, and does it run?"
        ) from error
    with client:
        yield client
