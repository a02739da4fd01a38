"""What `storydiff track` and `claims` show: evidence for a few claims, a grid for many, counts for many articles."""

import pandas as pd
import pytest

import compare
from compare.cli.terminal import claims_as_text, tracked_as_text
from compare.tables import STATES

TRACKED = [state for state in STATES if state != "contested"]  # the states of claims of one's own


@pytest.fixture(autouse=True)
def window(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")


def tracked(claims, articles, **values):
    """Every claim at every article, states in turn; the articles are of one story unless it is given."""
    rows = [
        {
            "claim_id": f"c{claim}",
            "claim": f"Ship {claim} sank in the harbour of Port Velland.",
            "article_id": f"a{article}",
            "outlet": f"Outlet {article}",
            "state": TRACKED[(claim + article) % 6],
            "probability": 0.9 - 0.1 * ((claim + article) % 6),
            "evidence": f"It sank, outlet {article} said of ship {claim}, before anybody aboard knew why.",
            "changes": "number" if (claim + article) % 6 == 3 else "",
            "wording": f"Ship {claim} sank in the harbour of Port Velland.",
            "story_id": "quay",
        }
        for claim in range(1, claims + 1)
        for article in range(1, articles + 1)
    ]
    return pd.DataFrame(rows).assign(**values)


def test_a_few_claims_are_shown_with_their_evidence():
    assert tracked_as_text(tracked(1, 2)) == (
        "Ship 1 sank in the harbour of Port Velland.\n"
        "outlet    state    probability  changes  evidence\n"
        "Outlet 1  partial         0.70           It sank, outlet 1 s…\n"
        "Outlet 2  altered         0.60  number   It sank, outlet 2 s…"
    )


def test_other_wordings_are_numbered_where_they_were_found():
    table = tracked(1, 2, changes="")
    table.loc[1, "wording"] = "A boat was lost."
    assert tracked_as_text(table) == (
        "1  Ship 1 sank in the harbour of Port Velland.\n"
        "2  A boat was lost.\n"
        "outlet    state    probability  wording  evidence\n"
        "Outlet 1  partial         0.70        1  It sank, outlet 1 s…\n"
        "Outlet 2  altered         0.60        2  It sank, outlet 2 s…"
    )


def test_many_claims_are_a_grid_and_what_is_altered_is_shown():
    shown = tracked_as_text(tracked(6, 3))
    assert shown.startswith(
        "6 claims, 3 articles. An omission is an estimate. Beside\n"
        "each symbol: the probability, in per cent, that the article\n"
        "carries the claim.\n\n"
        "= verbatim  ~ paraphrased  ½ partial  ! altered  ? undecided\n"
        "· omitted\n\n"
        "A Outlet 1  B Outlet 2  C Outlet 3\n\n"
        "          A   B   C\n"
        "c1      ½70 !60 ?50  Ship 1 sank in the harbour of Port Vel…\n"
        "c2      !60 ?50 ·40  Ship 2 sank in the harbour of Port Vel…\n"
    )
    assert "\ncarried   4   4   4\n" in shown
    assert (
        "c1 altered by Outlet 2: number (it carries the claim in some\n"
        "form with probability 0.60)\n"
        "  claim     Ship 1 sank in the harbour of Port Velland.\n"
        "  evidence  It sank, outlet 2 said of ship 1, before anybody\n"
        "            aboard knew why.\n"
    ) in shown
    assert shown.endswith("The evidence of every cell: -o FILE.")


def test_a_grid_that_is_too_wide_is_continued_below():
    shown = tracked_as_text(tracked(6, 12))
    assert max(map(len, shown.splitlines())) <= 60
    assert [line[:6] for line in shown.splitlines() if line.startswith("c6  ")] == ["c6    ", "c6    "]
    assert "\n          A   B   C   D   E   F   G   H\n" in shown
    assert "\n          I   J   K   L\n" in shown


def test_stories_have_a_heading_each():
    shown = tracked_as_text(tracked(6, 2, story_id=["quay", "fire"] * 6))
    assert shown.index("Story quay\n\nA Outlet 1") < shown.index("Story fire\n\nA Outlet 2")


def test_two_articles_of_an_outlet_are_told_apart():
    assert "A Gannet a1  B Gannet a2" in tracked_as_text(tracked(6, 2, outlet="Gannet"))


def test_more_articles_than_a_grid_can_show_are_counted():
    shown = tracked_as_text(tracked(6, 42))
    assert "6 claims, 42 articles. An omission is an estimate." in shown
    lines = shown.splitlines()
    assert [line.split()[:5] for line in lines if line.startswith(("claim_id", "c1"))] == [
        ["claim_id", "carried", "undecided", "omitted", "probability"],
        ["c1", "28", "7", "7", "0.65"],
    ]


def test_a_story_is_a_grid_of_claims_and_outlets_and_one_of_quotations(demo, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    text = claims_as_text(demo, every=False)
    assert "An omission is an estimate." in text
    assert "A Brackwater Ledger (Longwave agency copy)\n" in text
    assert "F Wexcombe Evening Post (Longwave agency copy, end missing)\n" in text
    alone = int((demo.claims["outlets"] < 2).sum())
    assert f"\n\n{alone} more claims of one outlet alone: --all.\n\n" in text
    assert " attributed to somebody else by Kestrel One News: A Ukrainian army officer instead of A European" in text
    assert " trimmed by Northern Courier\n  gone      but not one that leaves Kyiv to police it alone" in text
    assert max(map(len, text.splitlines())) <= 110


def test_all_claims_are_shown_on_request(demo):
    text = claims_as_text(demo, every=True)
    assert [name for name in demo.claims["claim_id"] if f"{name} " not in text] == []


def test_a_story_without_quotations_or_shared_claims_is_shown():
    story = compare.compare_story([{"outlet": "Gannet", "text": "The ferry sank off Tarn. All live."}], reader=None)
    text = claims_as_text(story, every=False)
    assert "The ferry sank off Tarn." in text
    assert "quotation" not in text
