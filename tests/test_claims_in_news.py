"""The data set claims-in-news is what its datasheet says."""

import csv
import json
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from compare.tables import CHANGES

FOLDER = Path(__file__).parents[1] / "datasets" / "claims-in-news"
STATES = ("full", "partial", "altered", "absent")
JOINT = " [...] "


@cache
def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def articles():
    lines = (FOLDER / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {article["article_id"]: article for article in map(json.loads, lines)}


def sheet():
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_story_has_three_articles_fifteen_claims_and_a_cell_for_each_of_both():
    outlets = defaultdict(set)
    for article in articles().values():
        outlets[article["story_id"]].add(article["outlet"])
    assert {len(of_story) for of_story in outlets.values()} == {3}
    assert Counter(claim["story_id"] for claim in rows("claims.csv")) == dict.fromkeys(outlets, 15)
    story_of = {claim["claim_id"]: claim["story_id"] for claim in rows("claims.csv")}
    cells = Counter((cell["claim_id"], cell["article_id"]) for cell in rows("coverage.csv"))
    assert set(cells.values()) == {1}
    assert set(cells) == {
        (claim, name)
        for claim, story in story_of.items()
        for name, one in articles().items()
        if one["story_id"] == story
    }


@pytest.mark.parametrize("name", ["coverage.csv", "passages.csv"])
def test_what_is_altered_has_a_kind_and_nothing_else_has(name):
    for row in rows(name):
        assert row["state"] in STATES
        assert (row["changes"] in CHANGES) == (row["state"] == "altered"), row
        assert row["changes"] == "" or row["state"] == "altered"


def test_evidence_and_near_misses_stand_in_their_articles():
    for cell in rows("coverage.csv"):
        article = articles()[cell["article_id"]]
        for sentence in (cell["evidence"] + cell["near_miss"]).split(JOINT):
            assert sentence in article["text"] or sentence in article["title"], cell
        assert bool(cell["evidence"]) == (cell["state"] != "absent")
        assert not cell["near_miss"] or cell["state"] == "absent"


def test_splits_part_stories_and_passages():
    stories = {story["story_id"]: story["split"] for story in rows("stories.csv")}
    assert set(stories) == {article["story_id"] for article in articles().values()}
    assert Counter(stories.values())["test"] == 30
    splits, texts = defaultdict(set), defaultdict(set)
    for pair in rows("passages.csv"):
        splits[pair["group_id"]].add(pair["split"])
        texts[pair["passage"]].add(pair["group_id"])
    assert {len(of_group) for of_group in splits.values()} == {1}
    assert {len(groups) for groups in texts.values()} == {1}, "a passage in two groups may be in both splits"


def test_the_datasheet_counts_right():
    flat = " ".join(sheet().split())
    stories, claims, cells = rows("stories.csv"), rows("claims.csv"), rows("coverage.csv")
    assert f"{len(stories)} stories" in flat
    assert f"{len(articles())} articles" in flat
    assert f"{len(claims):,} claims, {len(cells):,} cells" in flat
    pairs = rows("passages.csv")
    events, passages = ({pair[name] for pair in pairs} for name in ("group_id", "passage"))
    assert f"{len(passages):,} passages, two on each of {len(events):,} events, with {len(pairs):,} claims" in flat
    for names, column in ((STATES, "state"), (CHANGES, "changes")):
        of_cells, of_pairs = (Counter(row[column] for row in table) for table in (cells, pairs))
        for name in names:
            line = next(row for row in sheet().splitlines() if re.match(rf"\| `?{name}`? \|", row))
            assert line.endswith(f"| {of_cells[name]:,} | {of_pairs[name]:,} |"), line


def test_the_agreement_of_both_codings_is_as_published():
    first = {(cell["claim_id"], cell["article_id"]): cell["state"] for cell in rows("coverage.csv")}
    both = [(first[cell["claim_id"], cell["article_id"]], cell["state"]) for cell in rows("second.csv")]
    same = sum(one == other for one, other in both) / len(both)
    chance = (
        sum(sum(one == state for one, _ in both) * sum(other == state for _, other in both) for state in STATES)
        / len(both) ** 2
    )
    flat = " ".join(sheet().split())
    assert f"{len(both):,} cells" in flat
    assert f"agree on {same:.3f}".replace("0.", ".") in flat
    assert f"kappa of {(same - chance) / (1 - chance):.3f}".replace("0.", ".") in flat
