"""What the candidates miss of what the model would accept, against scoring every pair.

    python benchmarks/candidates.py DATA [--stories 20]

DATA holds `basil/articles.jsonl` (three outlets a story). For pairs of sentences: of all pairs that the
model gives `claim_link` or more, the share among the candidates. For claims in articles: of all cells
that count as carried when every passage is counted anew and compared in full, the share found carried.
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

import compare
from compare.language.split import split_articles
from compare.matching import evidence
from compare.matching.evidence import find_evidence
from compare.matching.features import FEATURES, pair_features
from compare.matching.match import match_candidates
from compare.matching.model import carried_probability, same_probability
from compare.matching.passages import Passages


def pair_recall(sentences: pd.DataFrame, settings: compare.Settings) -> tuple[int, int, int, int]:
    """Pairs accepted, of these among the candidates, candidates, all pairs."""
    passages = Passages.of(sentences["text"].tolist())
    article_of = pd.factorize(sentences["article_id"])[0]
    left, right = np.triu_indices(len(article_of), 1)
    across = article_of[left] != article_of[right]
    left, right = left[across], right[across]
    accepted = same_probability(passages, left, right) >= settings.claim_link
    most = max(settings.neighbours, 2 * sentences["article_id"].nunique())
    candidates = match_candidates(passages, np.arange(len(article_of)), article_of, most, settings.least_likeness)
    near = set(zip(*candidates, strict=True))
    kept = sum((a, b) in near for a, b in zip(left[accepted], right[accepted], strict=True))
    return int(accepted.sum()), kept, len(near), len(left)


def cell_recall(sentences: pd.DataFrame, settings: compare.Settings) -> tuple[int, int]:
    """Cells carried when every passage is counted anew and compared in full, and of these carried as found."""
    texts, article_of = sentences["text"].tolist(), pd.factorize(sentences["article_id"])[0]
    claims = texts[:30]
    found = find_evidence(claims, texts, article_of)
    carried = carried_probability(found.features) >= settings.carried_at
    soft, cosine, ngrams, number_recall, no_numbers = (
        FEATURES.index(name)
        for name in ("soft_recall", "sentence_cosine", "ngram_cosine", "number_recall", "no_numbers")
    )
    full = found.features.copy()
    for article in range(article_of.max() + 1):
        own = [text for text, of in zip(texts, article_of, strict=True) if of == article]
        passages = own + [f"{a} {b}" for a, b in pairwise(own)]
        counted = Passages.of([*claims, *passages])
        claim, passage = (grid.ravel() for grid in np.indices((len(claims), len(passages))))
        features = pair_features(counted, claim, passage + len(claims))
        close = features[:, soft] + (features[:, cosine] + features[:, ngrams]) / 2
        close += evidence.NUMBERS_COUNT * features[:, number_recall] * (1 - features[:, no_numbers])
        close -= evidence.SHORTER_IS_BETTER * (passage >= len(own))
        best = close.reshape(len(claims), -1).argmax(axis=1) + np.arange(len(claims)) * len(passages)
        full[found.article == article, : len(FEATURES)] = features[best]
    every = carried_probability(full) >= settings.carried_at
    return int(every.sum()), int((every & carried).sum())


def main() -> None:
    """Print both recalls over the first stories."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--stories", type=int, default=20)
    arguments = parser.parse_args()
    lines = (arguments.data / "basil" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles = compare.read_articles(pd.DataFrame([json.loads(line) for line in lines]))
    settings = compare.Settings()
    pairs, cells = [], []
    for story in articles["story_id"].unique()[: arguments.stories]:
        sentences = split_articles(articles[articles["story_id"] == story])
        pairs.append(pair_recall(sentences, settings))
        cells.append(cell_recall(sentences, settings))
    accepted, kept, compared, every = np.sum(pairs, axis=0)
    carried, found = np.sum(cells, axis=0)
    print(f"pairs: {kept} of {accepted} accepted are candidates ({kept / accepted:.4f})")
    print(f"       {compared / every:.3f} of all pairs are compared in full")
    print(f"cells: {found} of {carried} carried are found ({found / carried:.4f})")


if __name__ == "__main__":
    main()
