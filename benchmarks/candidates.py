"""What the candidates miss of what the model would accept, against scoring every pair.

    python benchmarks/candidates.py DATA [--stories 20]

DATA holds `basil/articles.jsonl` (three outlets a story). For pairs of sentences: of all pairs that the
model gives `claim_link` or more, the share among the candidates. For claims in articles: of all cells
that exhaustive search calls carried, the share that the shortlist calls carried too.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

import compare
from compare.language.split import split_articles
from compare.matching import evidence
from compare.matching.candidates import match_candidates
from compare.matching.features import Passages
from compare.matching.model import carried_probability, same_probability


def pair_recall(sentences: pd.DataFrame, settings: compare.Settings) -> tuple[int, int, int, int]:
    """Pairs accepted, of these among the candidates, candidates, all pairs."""
    passages = Passages.of(sentences["text"].tolist())
    article_of = pd.factorize(sentences["article_id"])[0]
    left, right = np.triu_indices(len(article_of), 1)
    across = article_of[left] != article_of[right]
    left, right = left[across], right[across]
    accepted = same_probability(passages, left, right) >= settings.claim_link
    candidates = set(
        zip(*match_candidates(passages, article_of, settings.neighbours, settings.least_likeness), strict=True)
    )
    kept = sum((a, b) in candidates for a, b in zip(left[accepted], right[accepted], strict=True))
    return int(accepted.sum()), kept, len(candidates), len(left)


def cell_recall(sentences: pd.DataFrame, settings: compare.Settings) -> tuple[int, int]:
    """Cells carried when every passage is compared in full, and of these carried by the shortlist."""
    texts, article_of = sentences["text"].tolist(), pd.factorize(sentences["article_id"])[0]
    carried = []
    shortlist = evidence.PASSAGES_COMPARED
    for most in (10_000, shortlist):
        evidence.PASSAGES_COMPARED = most
        found = evidence.find_evidence(texts[:30], texts, article_of)
        carried.append(carried_probability(found.features) >= settings.carried_at)
    return int(carried[0].sum()), int((carried[0] & carried[1]).sum())


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
    accepted, kept, candidates, every = np.sum(pairs, axis=0)
    carried, shortlisted = np.sum(cells, axis=0)
    print(f"pairs: {kept} of {accepted} accepted are candidates ({kept / accepted:.4f})")
    print(f"       {candidates / every:.3f} of all pairs are compared in full")
    print(f"cells: {shortlisted} of {carried} carried are found by the shortlist ({shortlisted / carried:.4f})")


if __name__ == "__main__":
    main()
