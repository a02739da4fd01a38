"""No outlet is the standard: who is altered and what is contested, the independent voices decide."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.report.story.disagreements import conflicts_of
from compare.report.story.findings import brief_of
from compare.report.story.page import render_page
from compare.report.story.view import view_of

# Six ways to tell one thing, and a line that each outlet has alone.
TOLD = (
    "The ferry Marlin sank off Calder Point on Sunday, and {} people died.",
    "{} people died when the ferry Marlin sank off Calder Point on Sunday.",
    "When the ferry Marlin sank off Calder Point on Sunday, {} people died.",
    "On Sunday {} people died as the ferry Marlin sank off Calder Point.",
    "Off Calder Point {} people died on Sunday when the ferry Marlin sank.",
    "{} people died on Sunday when the ferry Marlin sank off Calder Point.",
)
ALONE = (
    "Harbour pilots opened an inquiry into the lights.",
    "Divers will search the wreck once the wind drops.",
    "Families waited in the town hall all night long.",
    "Tickets had been sold out for weeks beforehand.",
    "The owners gave no comment when they were rung.",
    "A storm warning hung over the coast that morning.",
)
OUTLETS = ("Gannet", "Orrery", "Ledger", "Pennant", "Courier", "Herald")


def told(*numbers, **options):
    """Compare as many outlets as there are numbers of dead; each words it in its own way, the first prints first."""
    articles = [
        {"outlet": outlet, "text": f"{way.format(number)} {line}", "published": f"2025-03-09T{10 + hour}:00Z"}
        for hour, (outlet, way, line, number) in enumerate(zip(OUTLETS, TOLD, ALONE, numbers, strict=False))
    ]
    return compare.compare_story(articles, reader=None, **options)


def on_the_dead(story):
    """The states of the claim that tells of the dead, by outlet; it is the only one that several tell."""
    claims = story.claims.loc[story.claims["claim"].str.contains("died"), "claim_id"]
    assert len(claims) == 1
    return story.coverage[story.coverage["claim_id"] == claims.iloc[0]].set_index("outlet")


def sides(story):
    names = ["side", "changes", "says", "voices", "outlets", "clear"]
    return story.conflicts[names].to_numpy().tolist()


def test_against_a_clear_majority_a_claim_is_altered():
    story = told(26, 26, 62, 26)
    cells = on_the_dead(story)
    assert cells.index[cells["state"] == "altered"].tolist() == ["Ledger"]
    assert cells["changes"].to_dict() == {"Gannet": "", "Orrery": "", "Ledger": "number", "Pennant": ""}
    assert sides(story) == [
        [0, "number", "26", 3, "Gannet; Orrery; Pennant", True],
        [1, "number", "62", 1, "Ledger", True],
    ]


def test_a_side_says_of_whom_words_prove_that_he_differs():
    story = told(26, 26, 62, 26)
    assert story.conflicts["proven"].fillna("").tolist() == ["", "Ledger"]
    reported = "Harbour police said 26 people died on Sunday when the ferry Marlin sank off Calder Point."
    names = ("Harbour police", "Harbour police", "Harbour police", "A local diver")
    story = compare.compare_story(
        [
            {"outlet": outlet, "text": f"{reported.replace(names[0], name)} {line}"}
            for outlet, name, line in zip(OUTLETS, names, ALONE, strict=False)
        ],
        reader=None,
    )
    assert story.conflicts["says"].tolist() == ["Harbour police", "A local diver"]
    assert story.conflicts["proven"].isna().all(), "a diver may speak for the police"
    brief = brief_of(view_of(story), [])
    assert not any("tells it differently" in finding.said for finding in brief.first + brief.more)


@pytest.mark.parametrize("numbers", [(26, 62), (26, 62, 26), (26, 26, 62, 62)], ids=["1:1", "2:1", "2:2"])
def test_where_no_majority_is_clear_nobody_is_accused(numbers):
    story = told(*numbers)
    cells = on_the_dead(story)
    assert set(cells["state"]) == {"contested"}
    assert set(cells["changes"]) == {"number"}
    assert not story.conflicts["clear"].any()
    assert sorted(story.conflicts["says"]) == ["26", "62"]
    assert story.conflicts["voices"].sum() == len(numbers)


def test_who_printed_first_is_no_standard():
    story = told(62, 26, 26, 26, 26, 26)
    cells = on_the_dead(story)
    assert cells.index[cells["state"] == "altered"].tolist() == ["Gannet"]
    assert "26" in story.claims.set_index("claim_id")["claim"][cells["claim_id"].iloc[0]]


def test_a_wrong_quotation_that_came_first_is_the_one_that_is_altered():
    full = '"We will stay open, if the council pays the rent," {} told reporters in Calder.'
    names = ("director Ines Vail", "Ines Vail, the director,", "Ines Vail", "Director Vail", "the director Ines Vail")
    articles = [
        {"outlet": "Early Bird", "text": '"We will stay open," director Ines Vail told reporters in Calder.'},
        *({"outlet": outlet, "text": full.format(name)} for outlet, name in zip(OUTLETS, names, strict=False)),
    ]
    for hour, article in enumerate(articles):
        article["text"] += f" {(*ALONE, '')[hour]}"
        article["published"] = f"2025-03-09T{10 + hour}:00Z"
    story = compare.compare_story(articles, reader=None)
    altered = story.coverage[story.coverage["state"] == "altered"]
    assert altered[["outlet", "changes"]].to_numpy().tolist() == [["Early Bird", "trimmed quote"]]
    assert sides(story)[1][2:5] == ["We will stay open", 1, "Early Bird"]


def test_the_wording_of_a_minority_gives_way_and_the_claim_keeps_its_name():
    # Three leave the source away, which is a change of what the first says, and none of what they say.
    said = "Harbour police said that the ferry Marlin had run aground off Calder Point on Sunday."
    plain = (
        "The ferry Marlin ran aground off Calder Point on Sunday.",
        "On Sunday the ferry Marlin ran aground off Calder Point.",
    )
    texts = [said, *plain, "Off Calder Point the ferry Marlin ran aground on Sunday."]
    story = compare.compare_story(
        [
            {"outlet": outlet, "text": f"{text} {line}"}
            for outlet, text, line in zip(OUTLETS, texts, ALONE, strict=False)
        ],
        reader=None,
    )
    assert "altered" not in set(story.coverage["state"])
    assert story.conflicts.empty


def test_copies_of_one_text_are_one_voice():
    wire = (
        "The ferry Marlin sank off Calder Point on Sunday, and 26 people died. Rescue boats had left the harbour "
        "within ten minutes of the first call. The operator said that a hatch had been left open. Two of the crew were "
        "questioned by the coastguard on Monday."
    )
    other = (
        "62 people died when the ferry Marlin sank off Calder Point on Sunday. Families waited in the hall all night."
    )
    articles = [{"outlet": outlet, "text": wire} for outlet in OUTLETS[:3]] + [{"outlet": "Herald", "text": other}]
    story = compare.compare_story(articles, reader=None)
    cells = on_the_dead(story)
    assert set(cells["state"]) == {"contested"}
    assert sorted(sides(story)[side][3] for side in (0, 1)) == [1, 1]


def test_the_majority_is_a_setting():
    two_are_enough = compare.Settings(majority_voices=2, majority_share=0.6)
    cells = on_the_dead(told(26, 62, 26, settings=two_are_enough))
    assert cells.index[cells["state"] == "altered"].tolist() == ["Orrery"]
    never = compare.Settings(majority_share=1.0)
    assert set(on_the_dead(told(26, 26, 62, 26, settings=never))["state"]) == {"contested"}


def test_claims_of_ones_own_are_the_standard():
    tracked = told(26, 62).track(["26 people died when the ferry Marlin sank off Calder Point on Sunday."])
    assert tracked.set_index("outlet")["state"]["Orrery"] == "altered"


@pytest.mark.medium
@pytest.mark.parametrize("numbers", [(26, 26, 62, 62), (62, 26, 26, 26, 26, 26)], ids=["2:2", "worded anew"])
def test_a_codebook_that_nobody_edited_is_voted_on_alike(numbers):
    story = told(*numbers)
    again = told(*numbers, codebook=story.codebook())
    for name, table in story.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table)


def test_a_codebook_s_wording_is_not_voted_away():
    first = TOLD[0].format(62)
    cells = on_the_dead(told(62, 26, 26, 26, codebook=[first]))
    assert set(cells["state"]) == {"contested"}, "the wording is a clause's, and a minority's, and stays"
    own = "In all 62 people died when the ferry Marlin sank off Calder Point on Sunday."
    cells = on_the_dead(told(62, 26, 26, 26, codebook=[own]))
    assert cells["state"].tolist()[1:] == ["altered"] * 3
    assert cells["state"].iloc[0] in {"verbatim", "paraphrased"}


OWN = "In all 26 people died when the ferry Marlin sank off Calder Point on Sunday."


@pytest.mark.parametrize("numbers", [(26, 26, 62, 26), (62, 26, 26, 26)], ids=["third", "first"])
def test_who_alters_a_claim_in_its_author_s_words_is_on_the_other_side_and_among_the_findings(numbers):
    story = told(*numbers, codebook=[OWN])
    outlet = OUTLETS[numbers.index(62)]
    cells = on_the_dead(story)
    assert cells.index[cells["state"] == "altered"].tolist() == [outlet]
    first, other = sides(story)
    assert (first[0], first[3], first[5]) == (0, 3, True)
    assert other == [1, "number", "62", 1, outlet, True]
    assert story.conflicts["proven"].fillna("").tolist() == ["", outlet]
    brief = brief_of(view_of(story), [])
    assert [one.decisions[0].outlet for one in brief.first if "tells it differently (number)" in one.said] == [outlet]


def test_a_negation_of_a_claim_in_its_author_s_words_is_among_the_findings():
    said = "The harbour board said the Orrin bridge will {}reopen to lorries on Friday."
    texts = (
        said.format(""),
        "The Orrin bridge will reopen to lorries on Friday, the harbour board said.",
        said.format("not "),
    )
    articles = [
        {"outlet": outlet, "text": f"{text} {line}", "published": f"2025-03-09T{10 + hour}:00Z"}
        for hour, (outlet, text, line) in enumerate(zip(OUTLETS, texts, ALONE, strict=False))
    ]
    book = {"bridge": "The Orrin bridge is going to reopen to lorries on Friday, said the harbour board."}
    story = compare.compare_story(articles, codebook=book, reader=None)
    assert [row[1:] for row in sides(story)] == [
        ["negation", "reopen", 2, "Gannet; Orrery", True],
        ["negation", "not reopen", 1, "Ledger", True],
    ]
    (finding,) = [one for one in brief_of(view_of(story), []).first if "tells it differently" in one.said]
    assert (finding.decisions[0].outlet, finding.decisions[0].claim.claim_id) == ("Ledger", "bridge")
    assert "by whoever tells it otherwise, whatever the majority" in render_page(story)


def test_an_author_s_claim_needs_no_majority_and_finds_none_guilty_on_the_first_screen_without_witnesses():
    story = told(26, 62, codebook=[OWN])
    assert on_the_dead(story)["state"]["Orrery"] == "altered"
    assert [row[3:] for row in sides(story)] == [[1, "Gannet", True], [1, "Orrery", True]]
    assert not any(finding.decisions for finding in brief_of(view_of(story), []).first)


def test_a_contested_claim_is_carried_and_not_counted_as_altered(tmp_path):
    articles = told(26, 26, 62, 62).articles
    again = articles.assign(story_id="again", article_id="again-" + articles["article_id"])
    both = pd.concat([articles, again])
    run = compare.compare_corpus(both, store=tmp_path / "run", reader=None)
    outlets = run.outlets[run.outlets["version"] == "printed"]
    assert outlets["carried"].tolist() == [2] * 4
    assert outlets["altered"].tolist() == [0] * 4
    assert set(run.story(run.stories[0]).conflicts["says"]) == {"26", "62"}


def test_a_dispute_is_a_sentence():
    said = [conflicts_of(told(*numbers).conflicts)[0].said for numbers in ((26, 26, 62, 26), (26, 26, 62, 62))]
    assert said[0] == "three say 26, one says 62"
    assert said[1] in {"two say 26, two say 62", "two say 62, two say 26"}


def test_a_dispute_of_two_against_two_is_a_finding_and_accuses_nobody():
    view = view_of(told(26, 26, 62, 62))
    brief = brief_of(view, [])
    found = [finding for finding in brief.first if "Outlets disagree" in finding.said]
    assert len(found) == 1
    assert {proof.look.state for proof in found[0].proofs} == {"contested"}
    assert not any("tells it differently" in finding.said for finding in brief.first + brief.more)
    assert not any("Outlets disagree" in f.said for f in brief_of(view_of(told(26, 62)), []).first)


@pytest.mark.medium
def test_the_page_shows_both_sides():
    page = render_page(told(26, 26, 62, 62))
    assert '<section id="conflicts"' in page
    assert "Gannet; Orrery" in page
    assert "<td class=t4>" in page
    assert '<section id="conflicts"' not in render_page(told(26, 26, 26))


@pytest.mark.medium
def test_the_command_prints_the_disputes(tmp_path):
    story = told(26, 26, 62, 26)
    path = tmp_path / "articles.jsonl"
    story.articles.assign(published=story.articles["published"].astype(str)).to_json(path, orient="records", lines=True)
    ask = ["claims", str(path), "--reader", "none", "--conflicts"]
    done = CliRunner().invoke(main, ask, env={"COLUMNS": "120"})
    assert done.exit_code == 0
    assert "  Outlets disagree: three say 26, one says 62." in done.stdout
    assert "  ! Ledger" in done.stdout
    rows = [json.loads(line) for line in CliRunner().invoke(main, [*ask, "--json"]).stdout.splitlines()]
    assert [row["outlets"] for row in rows] == ["Gannet; Orrery; Pennant", "Ledger"]
    refused = CliRunner().invoke(main, [*ask, "--all"])
    assert refused.exit_code == 2
    assert "give it alone" in refused.stderr


def test_a_number_of_another_matter_accuses_nobody():
    texts = [
        "Ten people were killed and about 50 were hurt when the ferry sank off Odder.",
        "Ten people were killed and some 50 were hurt in the sinking of the ferry off Odder.",
        "When the ferry sank off Odder, ten people were killed and about 50 hurt.",
        "A storm in the same waters killed 612 people and hurt more than 1,400 in 1987, and nobody was ever blamed.",
    ]
    articles = [{"outlet": outlet, "text": text} for outlet, text in zip("ABCD", texts, strict=True)]
    story = compare.compare_story(articles)
    assert "altered" not in set(story.coverage["state"])
    assert story.conflicts.empty
