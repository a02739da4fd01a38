"""The sample stories against their gold labels; the confusion tables are printed with `pytest -rP`."""

from pathlib import Path

import pandas as pd
import pytest

import compare
from compare.tables import CARRIED, CHANGES, STATES

ROOT = Path(__file__).parents[1]
STORIES = ("ceasefire", "harbour")

# F1 of carried against omitted, reached .96 and .92 by the first model; lowered only on purpose.
FLOORS = {"ceasefire": 0.93, "harbour": 0.90}


def gold(story, name):
    return pd.read_csv(ROOT / "datasets" / story / "gold" / f"{name}.csv", keep_default_na=False)


@pytest.fixture(scope="module", params=STORIES)
def judged(request):
    story = request.param
    articles = compare.read_articles(ROOT / "datasets" / story)
    tracked = compare.track_claims(articles, gold(story, "claims"))
    both = gold(story, "coverage").merge(
        tracked, on=["claim_id", "outlet"], suffixes=("_gold", ""), validate="one_to_one"
    )
    return story, both


def f1(truth, found):
    return 2 * (truth & found).sum() / (truth.sum() + found.sum())


def test_carried_and_omitted_claims_are_told_apart(judged):
    story, both = judged
    print(f"\n{story}: gold states (rows) and found states (columns)")
    print(pd.crosstab(both["state_gold"], both["state"]).to_string())
    reached = f1(both["state_gold"] != "omitted", both["state"].isin(CARRIED))
    print(f"F1 of carried: {reached:.3f}")
    assert reached >= FLOORS[story]


def test_planted_changes_are_found_and_no_others(judged):
    """Of the sixteen, fourteen: one is at an outlet that is not seen to carry the claim, one needs the whole story."""
    _, both = judged
    planted = both["changes_gold"] != ""
    assert planted.sum() == 8
    assert (both["changes"] == both["changes_gold"])[planted].sum() >= 6
    assert (both.loc[~planted, "changes"] == "").all()


def test_the_officials_view():
    """The question that founded the project, on its own story; no outlet on the wrong side."""
    articles = compare.read_articles(ROOT / "datasets" / "ceasefire")
    claim = gold("ceasefire", "claims").set_index("claim_id").loc[["ceasefire-12"]].reset_index()
    states = compare.track_claims(articles, claim).set_index("outlet")["state"]
    truth = gold("ceasefire", "coverage").set_index(["claim_id", "outlet"]).loc["ceasefire-12", "state"]
    carriers = truth.index[truth != "omitted"]
    assert states[carriers].isin(CARRIED).all()
    assert not states[truth.index[truth == "omitted"]].isin(CARRIED).any()


@pytest.mark.parametrize("story", STORIES)
def test_gold_labels_are_complete_and_stand_in_the_articles(story):
    articles = compare.read_articles(ROOT / "datasets" / story)
    text = articles.set_index("outlet")["text"]
    coverage, claims, quotes = (gold(story, name) for name in ("coverage", "claims", "quotes"))
    grid = {(claim, outlet) for claim in claims["claim_id"] for outlet in text.index}
    assert set(zip(coverage["claim_id"], coverage["outlet"], strict=True)) == grid
    assert len(coverage) == len(grid)
    assert set(coverage["state"]) <= set(STATES) - {"undecided"}
    assert {kind for kinds in coverage["changes"] for kind in kinds.split("; ") if kind} <= set(CHANGES)
    assert ((coverage["changes"] != "") == (coverage["state"] == "altered")).all()
    assert ((coverage["evidence"] == "") == (coverage["state"] == "omitted")).all()
    assert all(row.evidence in text[row.outlet] for row in coverage.itertuples())
    assert all(row.text in text[row.outlet] for row in quotes.itertuples())
    assert set(quotes["claim_id"]) <= {*claims["claim_id"], ""}


def test_the_demo_is_the_ceasefire_story():
    bundled = Path(compare.__file__).parent / "sample" / "ceasefire.jsonl"
    assert bundled.read_bytes() == (ROOT / "datasets" / "ceasefire" / "articles.jsonl").read_bytes()
