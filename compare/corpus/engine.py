"""Compare many stories by one of three engines; a failed story does not stop the others."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from compare.corpus.processes import compared_in_processes
from compare.corpus.store import RunManifest, write_manifest
from compare.errors import InputError, listed, warn
from compare.progress import progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compare.corpus.job import Done, Job
    from compare.corpus.planning import Plan, Waiting

ENGINES = ("serial", "processes", "dask")


class Engine(NamedTuple):
    """Who compares: this process, several (by default as many as there are cores), or those of a Dask cluster."""

    name: str = "serial"
    workers: int | None = None
    scheduler: str | None = None  # the address of a cluster; None for one of this machine


def check_options(engine: Engine, seed: int) -> None:
    """Refuse invalid options of a run.

    Raises:
        InputError: there is no such engine, workers or seed are not valid numbers, or there is no Dask to schedule.
    """
    if engine.name not in ENGINES:
        raise InputError(f"there is no engine {engine.name!r}; there are {', '.join(ENGINES)}.")
    for name, value, least in (("workers", 1 if engine.workers is None else engine.workers, 1), ("seed", seed, 0)):
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise InputError(f"{name} is {value!r}: give a whole number from {least} on.")
    if engine.scheduler is not None and engine.name != "dask":
        raise InputError('scheduler is the address of a Dask cluster; add engine="dask" (--engine dask).')


def compare_all(job: Job, manifest: RunManifest, plan: Plan, waiting: Sequence[Waiting], engine: Engine) -> RunManifest:
    """Compare the stories of the parts that wait for it, and finish the run.

    The manifest may have more stories, which were compared before. With several workers the largest parts go first, so
    that none is left alone with one at the end.

    Raises:
        InputError: no story could be compared, something it needs cannot be sent to another process, or a part cannot
            be written.
        StorydiffError: a process died.
    """
    done = _compared(job, plan, waiting, engine)
    problems: dict[str, str] = {}
    notes: dict[str, list[str]] = defaultdict(list)
    total = len(manifest.stories)
    number = total - sum(len(part.left) for part in waiting)
    with progress(total=sum(part.articles for part in waiting), unit="articles", name="deciding") as bar:
        for some in done:
            for story, articles, problem, said in some:
                number += 1
                if problem is not None:
                    problems[story] = problem
                for note in said:
                    notes[note].append(story)
                bar.set_postfix_str(f"{number:,} of {total:,} stories", refresh=False)
                bar.update(articles)
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


def _compared(job: Job, plan: Plan, waiting: Sequence[Waiting], engine: Engine) -> Iterator[list[Done]]:
    if engine.name == "serial":
        return map(job.do, map(plan.part, waiting))
    workers = engine.workers or _usable()
    largest = map(plan.part, sorted(waiting, key=lambda part: -part.articles))
    if engine.name == "dask":
        from compare.corpus.cluster import compared_on_dask

        return compared_on_dask(job, largest, workers, engine.scheduler)
    return compared_in_processes(job, largest, workers)


def _usable() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
