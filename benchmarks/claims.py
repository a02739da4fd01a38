"""Do claims hold together, and do their names last? Measured on stories that several outlets report.

    python benchmarks/claims.py STORIES.jsonl [--stories 100]

Every story is compared whole, and once without each of its outlets: the ids found without it that are
still there when it joins are counted, by themselves and with `previous`. The lowest probability of any
two members of a claim is computed anew, pair by pair.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import compare
from compare.language.claiming import clause_table
from compare.tables import HEADLINE

if TYPE_CHECKING:
    import pandas as pd


def lowest_match(story: compare.Comparison) -> float:
    """Return the least probability, over all claims, that two sentences of members in other words say the same.

    Two sentences say the same as surely as the two of their clauses do that match best.
    """
    clauses = clause_table(story.sentences[story.sentences["index"] != HEADLINE].reset_index(drop=True))
    place = ["article_id", "start", "end"]
    members = story.mentions[story.mentions["role"] == "member"].merge(clauses, on=place, validate="many_to_one")
    told = members.groupby(["claim_id", "sentence_id"])["text"].agg(lambda texts: tuple(sorted(set(texts))))
    both = {pair for _, own in told.groupby(level=0) for pair in combinations(sorted(set(own)), 2)}
    pairs = sorted({(a, b) for left, right in both for a in left for b in right if a != b})
    p = compare.score_pairs([a for a, _ in pairs], [b for _, b in pairs], reader=story.reader)
    known = dict(zip(pairs, p.tolist(), strict=True))
    return min((max(known.get((a, b), 1.0) for a in left for b in right) for left, right in both), default=1.0)


def names_that_last(articles: pd.DataFrame) -> Counter[str]:
    """Count the ids found without an outlet, and those of them that last when it joins."""
    whole = set(compare.compare_story(articles).claims["claim_id"])
    counts: Counter[str] = Counter()
    outlets = list(dict.fromkeys(articles["outlet"]))
    for outlet in outlets:
        before = compare.compare_story(articles[articles["outlet"] != outlet])
        after = compare.compare_story(articles, previous=before)
        names = set(before.claims["claim_id"])
        counts["ids"] += len(names)
        counts["ids, previous given: last"] += len(names & set(after.claims["claim_id"]))
        if outlet == outlets[-1]:
            counts["ids, third outlet"] += len(names)
            counts["ids, third outlet: last"] += len(names & whole)
        counts.update(f"lineage {relation}" for relation in after.lineage(before)["relation"])
    return counts


def main() -> None:
    """Print the lowest match and how many names last."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles")
    parser.add_argument("--stories", type=int, default=100)
    options = parser.parse_args()
    articles = compare.read_articles(options.articles)
    counts: Counter[str] = Counter()
    lowest, claims, shared = 1.0, 0, 0
    for story_id in list(dict.fromkeys(articles["story_id"]))[: options.stories]:
        of_story = articles[articles["story_id"] == story_id]
        story = compare.compare_story(of_story)
        lowest = min(lowest, lowest_match(story))
        claims, shared = claims + len(story.claims), shared + int((story.claims["outlets"] > 1).sum())
        counts += names_that_last(of_story)
    print(f"{claims} claims, {shared} of them at two outlets or more; lowest match of two members {lowest:.4f}")
    for name, count in sorted(counts.items()):
        print(f"{name}: {count}")


if __name__ == "__main__":
    main()
