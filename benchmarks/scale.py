"""Compare corpora of growing size with every engine: articles a second, what workers gain, and the parent's memory.

    OMP_NUM_THREADS=1 python benchmarks/scale.py [--stories 20] [--times 10] [--readers none small] [--group]

The stories are invented (`corpora.py`), of ten outlets with 30 sentences each. Each row is a run of `compare_corpus`
in a process of its own, on a file and into a store: the seconds include reading, the start of the workers and
writing; the seconds of the processor and the megabytes at the peak are the parent's, without its workers. Ratios are
of rows of this run; other work on the machine shows in the load and in how much longer `serial` takes than its
processor. Without a reader, `processes` compares `--times` as many stories, too. `--group` has the stories found
first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import corpora

import compare
from compare.corpus.engine import ENGINES

OUTLETS = 10  # of a story


def measure(path: str, engine: str, reader: str, group: bool) -> dict[str, float]:
    """Compare the corpus in a file here, and return what it took."""
    start = time.perf_counter()
    articles: object = path
    found = {"grouping": 0.0}
    if group:
        read = compare.read_articles(path)
        articles = read.assign(story_id=compare.group_stories(read.drop(columns="story_id")).to_numpy())
        found["grouping"] = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        compared = compare.compare_corpus(
            articles, store=f"{folder}/run", engine=engine, reader=None if reader == "none" else reader
        )
        found["seconds"] = time.perf_counter() - start
        found["failed"] = len(compared.failed)
    own = resource.getrusage(resource.RUSAGE_SELF)
    found["processor"], found["megabytes"] = own.ru_utime + own.ru_stime, own.ru_maxrss / 1024
    return found


def run(path: Path, stories: int, engine: str, reader: str, group: bool) -> dict[str, float]:
    """Measure in a process of its own, print the row, and return it."""
    command = [sys.executable, __file__, "--one", str(path), engine, reader, *(["--group"] if group else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    articles, seconds = stories * OUTLETS, found["seconds"]
    row = f"{reader:8s}{engine:12s}{articles:10,d}{seconds:10.1f}{found['processor']:11.1f}{articles / seconds:12.1f}"
    grouping = f"   {found['grouping']:.1f} s of it grouping" if group else ""
    failed = f"   {found['failed']} stories failed" if found["failed"] else ""
    print(row + f"{found['megabytes']:8.0f}{grouping}{failed}", flush=True)
    return found


def main() -> None:
    """Print a row for every run, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--stories", type=int, default=20)
    parser.add_argument("--times", type=int, default=10, help="how many times as many stories; 1: leave that out")
    parser.add_argument("--readers", nargs="+", choices=("none", "small"), default=["none", "small"])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--group", action="store_true", help="find the stories first")
    parser.add_argument("--one", nargs=3, metavar=("FILE", "ENGINE", "READER"), help="measure this here, print JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(*options.one, options.group)))
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{cores} cores, load {os.getloadavg()[0]:.1f}; 30 sentences an article; processor and MB of the parent")
    print(
        f"{'reader':8s}{'engine':12s}{'articles':>10s}{'seconds':>10s}{'processor':>11s}{'articles/s':>12s}{'MB':>8s}"
    )
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.jsonl"), Path(folder, "many.jsonl")
        corpora.write_lines(corpora.stories(options.stories, OUTLETS), few)
        for reader in options.readers:
            rows = {engine: run(few, options.stories, engine, reader, options.group) for engine in options.engines}
            for engine, other in (("processes", "serial"), ("dask", "processes")):
                if engine in rows and other in rows:
                    faster = rows[other]["seconds"] / rows[engine]["seconds"]
                    ratios.append(f"reader {reader}: {engine} is {faster:.2f} times as fast as {other}")
            if reader == "none" and options.times > 1:
                engine = "processes" if "processes" in rows else options.engines[-1]
                corpora.write_lines(corpora.stories(options.stories * options.times, OUTLETS), many)
                more = run(many, options.stories * options.times, engine, reader, options.group)
                longer, worked, larger = (
                    more[one] / rows[engine][one] for one in ("seconds", "processor", "megabytes")
                )
                told = f"{engine}: {options.times} times the stories take {longer:.2f} times as long; of the parent"
                ratios.append(f"{told}, {worked:.2f} times the processor and {larger:.2f} times the memory")
    print("\n".join(ratios))


if __name__ == "__main__":
    main()
