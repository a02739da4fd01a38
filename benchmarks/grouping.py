"""Fit the model of stories to ECB+, measure it there without what it was fitted to, and time it on invented articles.

    python benchmarks/grouping.py fit ECBPLUS.jsonl        writes compare/grouping/likelihood.json
    python benchmarks/grouping.py measure ECBPLUS.jsonl    six folds of events; look-alike events are in one fold
    python benchmarks/grouping.py time 10000 100000        invented articles of 30 days

ECBPLUS.jsonl has an article a line: title, text, outlet, and story_id such as "3ecb" and "3ecbplus", two events alike.
Besides the whole set, twelve samples keep of each event a number of articles drawn from 1 to 20, and 240 handfuls have
1 to 4 articles of each of 2 to 6 events, every one with its double; half of them are to fit and half to measure.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from growth import invented
from sklearn.linear_model import LogisticRegression

import compare
from compare.grouping import grouper, likelihood, linkage, nearest
from compare.grouping.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(likelihood.__file__).with_name("likelihood.json")
FOLDS, SAMPLES, HANDFULS, SIZES = 6, 12, 240, (1, 2, 3, 4, 5, 6, 8, 10, 20)


class Prepared:
    """A set of articles with what the model reads of their pairs."""

    def __init__(self, articles: pd.DataFrame) -> None:
        read = Vocabulary()
        read.add(zip(articles["title"].fillna(""), articles["text"].fillna(""), strict=True))
        order = np.arange(len(articles))
        told = read.terms(order)
        near = nearest.find_near(told, np.full(len(articles), np.nan), grouper.DAYS)
        self.gold = articles["story_id"].to_numpy()
        self.topic = articles["story_id"].str.extract(r"^(\d+)")[0].to_numpy()
        self.left, self.right = likelihood.near_pairs(near)
        self.read = likelihood.likenesses(told, near, self.left, self.right)
        self.same = self.gold[self.left] == self.gold[self.right]

    def grouped(self, probability: np.ndarray, cut: float) -> np.ndarray:
        """Return the number of each article's story."""
        found = np.empty(len(self.gold), dtype=int)
        likely = likelihood.Likely(self.left, self.right, probability)
        for number, rows in enumerate(linkage.join(likely, len(self.gold), cut)):
            found[rows] = number
        return found


def sets(path: str) -> tuple[dict[str, list[Prepared]], dict[str, list[Prepared]]]:
    """Return the sets to fit and those to measure, by kind."""
    articles = pd.read_json(path, lines=True)
    stories = articles.groupby("story_id").indices
    topics = articles.groupby(articles["story_id"].str.extract(r"^(\d+)")[0])["story_id"].unique()
    small, handfuls = [], []
    for seed in range(SAMPLES):
        rng = np.random.default_rng(seed)
        small.append(drawn(articles, [(rows, int(rng.choice(SIZES))) for rows in stories.values()], rng))
    for seed in range(HANDFULS):
        rng = np.random.default_rng(1000 + seed)
        told = np.concatenate(rng.choice(topics.to_numpy(), int(rng.integers(1, 4)), replace=False))
        handfuls.append(drawn(articles, [(stories[one], int(rng.integers(1, 5))) for one in told], rng))
    whole = [Prepared(articles)]
    return (
        {"whole": whole, "small stories": small[::2], "handfuls": handfuls[::2]},
        {"whole": whole, "small stories": small[1::2], "handfuls": handfuls[1::2]},
    )


def drawn(articles: pd.DataFrame, wanted: list[tuple[np.ndarray, int]], rng: np.random.Generator) -> Prepared:
    """Return a set with at most so many articles of each story, given by their rows."""
    kept = [rng.choice(rows, min(len(rows), most), replace=False) for rows, most in wanted]
    return Prepared(articles.iloc[np.sort(np.concatenate(kept))].reset_index(drop=True))


def fitted(prepared: dict[str, list[Prepared]], left_out: set[str]) -> LogisticRegression:
    """Fit the model to the pairs of which neither article belongs to the topics left out."""
    read, same = [], []
    for one in chain.from_iterable(prepared.values()):
        kept = ~np.isin(one.topic[one.left], list(left_out)) & ~np.isin(one.topic[one.right], list(left_out))
        read.append(one.read[kept])
        same.append(one.same[kept])
    return LogisticRegression(C=10, max_iter=5000).fit(np.vstack(read), np.concatenate(same))


def fit(path: str) -> None:
    """Fit to all events, and write the weights."""
    model = fitted(sets(path)[0], set())
    told = {"weights": model.coef_[0].round(4).tolist(), "constant": round(float(model.intercept_[0]), 4)}
    FILE.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(told)


def measure(path: str, cuts: tuple[float, ...] = (0.35, 0.4, 0.45, 0.5, 0.55)) -> None:
    """Print B-cubed precision, recall and F1 of each cut, by models that have not seen the events."""
    to_fit, to_measure = sets(path)
    topics = np.unique(to_fit["whole"][0].topic)
    for seed in range(3):
        folds = np.array_split(np.random.default_rng(seed).permutation(topics), FOLDS)
        models = [fitted(to_fit, set(fold)) for fold in folds]
        for name, some in to_measure.items():
            for cut in cuts:
                scores = np.mean([bcubed(one.gold, one.grouped(unseen(one, folds, models), cut)) for one in some], 0)
                print(
                    f"seed {seed}  {name:14s} cut {cut:.2f}  P {scores[0]:.3f}  R {scores[1]:.3f}  F1 {scores[2]:.3f}"
                )


def unseen(one: Prepared, folds: list[np.ndarray], models: list[LogisticRegression]) -> np.ndarray:
    """Return each pair's probability by a model that has not seen its left article's topic."""
    found = np.zeros(len(one.left))
    for fold, model in zip(folds, models, strict=True):
        here = np.isin(one.topic[one.left], fold)
        if here.any():
            found[here] = model.predict_proba(one.read[here])[:, 1]
    return found


def bcubed(gold: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """Return B-cubed precision, recall and F1 (Bagga and Baldwin 1998)."""
    pairs = pd.DataFrame({"gold": gold, "found": found})
    both = pairs.groupby(["gold", "found"]).size()
    precision = (both**2 / pairs.groupby("found").size().reindex(both.index.get_level_values(1)).to_numpy()).sum()
    recall = (both**2 / pairs.groupby("gold").size().reindex(both.index.get_level_values(0)).to_numpy()).sum()
    precision, recall = precision / len(pairs), recall / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def generated(number: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield so many invented articles of 30 days: stories of 1 to 40 articles by outlets that reword, cut and copy.

    Each story has words of its own (people, places, numbers) among those of its subject, which other stories share.
    """
    rng = random.Random(seed)
    words = invented(20_000)
    common, names = words[:3000], words[3000:]
    subjects = [rng.sample(common, 60) for _ in range(200)]
    made = story = 0
    while made < number:
        story += 1
        subject, day = rng.choice(subjects), rng.uniform(0, 30)
        own = [one.title() for one in rng.sample(names, 8)] + [str(rng.randint(2, 9999)) for _ in range(4)]
        facts = [sentence(rng, subject, own, common) for _ in range(25)]
        for article in range(min(number - made, int(min(40, 1 + rng.paretovariate(0.9))))):
            told = [facts[0], *rng.sample(facts[1:], rng.randint(6, 18))]
            if rng.random() < 0.8:  # reworded, where it is no copy of an agency's
                told = [" ".join(w if rng.random() < 0.75 else rng.choice(common) for w in one.split()) for one in told]
            when = pd.Timestamp("2030-06-01", tz="UTC") + pd.Timedelta(days=day + rng.expovariate(2))
            yield {
                "article_id": f"{story}-{article}",
                "story_id": f"s{story}",
                "outlet": f"Outlet {rng.randint(1, 400)}",
                "title": " ".join(rng.sample(told[0].split(), min(9, len(told[0].split())))),
                "published": when.isoformat(),
                "text": " ".join(told),
            }
            made += 1


def sentence(rng: random.Random, subject: list[str], own: list[str], common: list[str]) -> str:
    """Return a sentence of words of the subject, of the story, and of any."""
    told = [rng.choice(rng.choices((subject, own, common), (5, 3, 6))[0]) for _ in range(rng.randint(8, 24))]
    return " ".join(told).capitalize() + "."


def clock(sizes: list[int]) -> None:
    """Print seconds, memory and B-cubed F1 of each size, and the ratio of the seconds to those of the size before."""
    before = None
    with TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.parquet"
            pd.DataFrame(generated(size)).to_parquet(path)
            # A process of its own, so that the memory is that of grouping and of the articles alone.
            done = subprocess.run([sys.executable, __file__, "one", path], capture_output=True, check=True, text=True)
            told = json.loads(done.stdout)
            ratio = f"  {told['seconds'] / before:.1f} times the time" if before else ""
            print(f"{size:8d} articles", "{seconds:7.1f} s  {megabytes:6.0f} MB  {scores}".format(**told) + ratio)
            before = told["seconds"]


def one(path: str) -> None:
    """Group the articles of a file, and print what it took as JSON."""
    articles = pd.read_parquet(path)
    start = time.perf_counter()
    found = compare.group_stories(articles.drop(columns="story_id"))
    took = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    scores = "P {:.3f}  R {:.3f}  F1 {:.3f}".format(*bcubed(articles["story_id"].to_numpy(), found.to_numpy()))
    print(json.dumps({"seconds": took, "megabytes": memory, "scores": scores}))


def main() -> None:
    """Do what the command says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("fit", "measure", "time", "one"))
    parser.add_argument("given", nargs="+", metavar="FILE|SIZE")
    options = parser.parse_args()
    if options.what == "time":
        clock([int(re.sub(r"\D", "", one)) for one in options.given])
    else:
        {"fit": fit, "measure": measure, "one": one}[options.what](options.given[0])


if __name__ == "__main__":
    main()
