"""Run the whole toolkit on real stories: speed, memory, and that nothing breaks.

    python benchmarks/real_stories.py DATA

DATA holds `basil/articles.jsonl` (100 stories, three outlets each). Every story is compared and its
report written; a story without claims or a report that lacks one of its sentences is an error.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

import pandas as pd
from tqdm import tqdm

import compare


def main() -> None:
    """Compare every story and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    lines = (parser.parse_args().data / "basil" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = compare.read_articles(pd.DataFrame([json.loads(line) for line in lines]))
    compare.compare_story(compare.read_demo())  # what is loaded once is not counted
    seconds, sentences, sizes = {}, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for story_id, story in tqdm(articles.groupby("story_id", sort=False)):
            start = time.perf_counter()
            comparison = compare.compare_story(story)
            middle = time.perf_counter()
            path = comparison.report(Path(folder) / "report.html")
            seconds[story_id] = (middle - start, time.perf_counter() - middle)
            sentences += len(comparison.sentences)
            sizes.append(path.stat().st_size)
            if comparison.claims.empty or len(comparison.coverage) != len(comparison.claims) * len(comparison.outlets):
                raise SystemExit(f"{story_id}: no claims, or cells without a state")
            if path.read_text(encoding="utf-8").count(' id="s') < len(comparison.sentences):
                raise SystemExit(f"{story_id}: the report lacks sentences")
    comparing, reporting = (sum(pair[k] for pair in seconds.values()) for k in (0, 1))
    slowest = max(seconds, key=lambda name: seconds[name][0])
    print(f"stories                {len(seconds)}")
    print(f"stories/s              {len(seconds) / comparing:.1f} (report: {len(seconds) / reporting:.1f})")
    print(f"sentences/s            {sentences / comparing:.0f}")
    print(f"slowest story          {slowest}: {seconds[slowest][0]:.2f} s")
    print(f"largest report         {max(sizes) / 1e6:.2f} MB")
    print(f"peak memory            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
