"""Write data sets of many stories, read them back and compute them anew: seconds, and memory at the peak.

    OMP_NUM_THREADS=1 python benchmarks/data_sets.py [--stories 1000]

The run is the demo's eight articles under as many names, laid out without comparing them again. Each figure is that of
a process of its own; the last column is the time beside that of reading the tables once, measured in the same run.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import compare
from compare.corpus.store import RunManifest, begin_run, story_folder, write_story
from compare.outlets.counts import with_counts
from compare.tables import BOILERPLATE

STEPS = {
    "read the tables once": "for _ in compare.open_run(run).in_parts(): pass",
    "export --text none": "compare.open_run(run).export(run + '-none')",
    "export --text full": "compare.open_run(run).export(run + '-full', text='full')",
    "read_bundle": "compare.read_bundle(run + '-full')",
    "reproduce without the articles": "assert compare.reproduce(run + '-none').ok",
}


def lay_out(folder: Path, stories: int) -> None:
    """Write the run."""
    demo = compare.compare_story(compare.read_demo())
    names = [f"story-{number}" for number in range(stories)]
    folders = {name: story_folder(name) for name in names}
    manifest = RunManifest(compare.__version__, "-", "-", "-", None, None, 0, folders, finished=True)
    begin_run(folder, manifest, demo.settings, BOILERPLATE.frame([]))
    for name in names:
        tables = {}
        for table, frame in demo.tables.items():
            ids = [column for column in frame.columns if column.endswith("_id") and column != "story_id"]
            renamed = {column: (f"{name}/" + frame[column]) for column in ids}
            if "story_id" in frame:
                renamed["story_id"] = name
            tables[table] = frame.assign(**renamed).astype(frame.dtypes)
        write_story(folder, name, with_counts(name, tables))


def main() -> None:
    """Print a line for each step."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--step", nargs=2, metavar=("STEP", "RUN"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        began = time.perf_counter()
        exec(STEPS[options.step[0]], {"compare": compare, "run": options.step[1]})
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{time.perf_counter() - began:.1f} {peak:.0f}")
        return
    with tempfile.TemporaryDirectory() as room:
        run = Path(room) / "run"
        lay_out(run, options.stories)
        first = 0.0
        for step in STEPS:
            command = [sys.executable, __file__, "--step", step, str(run)]
            seconds, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            first = first or float(seconds)
            print(f"{step:32} {seconds:>6} s  {peak:>5} MB  {float(seconds) / first:5.1f}")
        for kind in ("none", "full"):
            size = sum(path.stat().st_size for path in Path(f"{run}-{kind}").rglob("*") if path.is_file())
            print(f"--text {kind}: {size / 1e6:.0f} MB on disk")


if __name__ == "__main__":
    main()
