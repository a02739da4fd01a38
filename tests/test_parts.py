"""Parts of claims: which are found, and that whatever counts claims counts the claim alone."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from report_stories import small_story
from stored_runs import stored

import compare
from compare.cli.terminal import claims_as_text
from compare.corpus.results import results_of
from compare.corpus.store import story_folder, write_part
from compare.coverage.details import find_parts
from compare.coverage.opinions import Panel
from compare.coverage.wire import outlet_rates
from compare.matching.reader.small import small_reader
from compare.outlets.counts import with_counts
from compare.report.record.each import stories
from compare.report.record.view import Record
from compare.tables import CLAIMS, COVERAGE, MENTIONS, counted, top_claims, with_parts
from compare.validation.decisions import decisions_of

OUTLETS = ("Gannet", "Orrery", "Ledger", "Pennant")
POOL = "The council of Wick Sands closed the swimming pool on Friday after an inspector found rust in two pumps."
CLOSED = "The swimming pool is closed."


@cache
def panel():
    """Words and the small reader, which is not loaded where tests are only collected."""
    return Panel(compare.Settings(), None, small_reader())


def parts_of(*told, spans=(), by=None):
    """Which of some claims are parts of which: each a wording, how many outlets carry it, and what else is known.

    `spans` are the places of clauses of the claims, as claim, sentence, start and end.
    """
    claims, coverage = [], []
    for number, (wording, carriers, *more) in enumerate(told):
        known = more[0] if more else {}
        claims.append(
            {
                "claim_id": f"c{number}", "story_id": "s", "claim": wording, "kind": "statement", "outlets": carriers,
                "voices": carriers, "salience": 0.5, "speaker": known.get("speaker"),
            }
        )  # fmt: skip
        for at, outlet in enumerate(OUTLETS):
            state = known.get("state", "paraphrased") if at < carriers else "omitted"
            coverage.append(
                {"claim_id": f"c{number}", "outlet": outlet, "state": state, "probability": 0.9, "changes": ""}
            )
    mentions = [
        {
            "claim_id": claim, "sentence_id": sentence, "article_id": sentence[0], "outlet": "Gannet", "start": start,
            "end": end, "role": "member", "probability": 0.9,
        }
        for claim, sentence, start, end in spans
    ]  # fmt: skip
    table = find_parts(by or panel(), CLAIMS.frame(claims), MENTIONS.frame(mentions), COVERAGE.frame(coverage))
    assert table["claim_id"].tolist() == [claim["claim_id"] for claim in claims], "ids and order are as they were"
    return table.dropna(subset="part_of").set_index("claim_id")["part_of"].to_dict()


def test_what_a_fuller_claim_tells_is_a_part_of_it():
    assert parts_of((POOL, 4), (CLOSED, 4)) == {"c1": "c0"}
    assert parts_of((CLOSED, 3), ("A bakery opened in the market square.", 3), (POOL, 3)) == {"c0": "c2"}


def test_a_claim_that_more_tell_has_those_that_say_more_as_parts():
    longer = "The swimming pool is closed for the whole summer."
    assert parts_of((CLOSED, 4), (longer, 2)) == {"c1": "c0"}
    assert parts_of((CLOSED, 2), (longer, 4)) == {"c0": "c1"}


def test_what_is_told_in_passing_does_not_fold_what_tells_it():
    assert parts_of(
        ("The plan is secret.", 4), ("The plan, which is secret, would cost 300 dockers their jobs, she said.", 2)
    ) == {}  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ((POOL, 4), (CLOSED, 4, {"state": "altered"})),
        ((POOL, 4), (CLOSED, 4, {"state": "contested"})),
        ((POOL, 4, {"speaker": "Ines Calder"}), (CLOSED, 4, {"speaker": "the inspector"})),
        ((POOL, 1), (CLOSED, 1)),
        (("The swimming pool is not closed.", 4), (CLOSED, 4)),
        (("Twelve swimmers were hurt at the pool.", 4), ("Twenty swimmers were hurt at the pool.", 3)),
        ((POOL, 4), ("A bakery opened in the market square.", 3)),
    ],
    ids=["altered", "contested", "another speaker", "one voice", "denied", "another number", "another fact"],
)
def test_doubts_keep_two_claims_apart(whole, part):
    assert parts_of(whole, part) == {}


def test_nobody_tells_a_part_without_its_claim():
    carried = [("c0", "Gannet"), ("c0", "Orrery"), ("c1", "Ledger"), ("c1", "Pennant")]
    rows = [
        {"claim_id": claim, "outlet": outlet, "probability": 0.9, "changes": "",
         "state": "paraphrased" if (claim, outlet) in carried else "omitted"}
        for claim in ("c0", "c1")
        for outlet in OUTLETS
    ]  # fmt: skip
    claims = CLAIMS.frame(
        [
            {"claim_id": name, "story_id": "s", "claim": wording, "kind": "statement", "outlets": 2, "voices": 2,
             "salience": 0.5}
            for name, wording in (("c0", POOL), ("c1", CLOSED))
        ]
    )  # fmt: skip
    assert find_parts(panel(), claims, MENTIONS.frame([]), COVERAGE.frame(rows))["part_of"].isna().all()


LEAD = "Sixty berths will be let to a firm, said two councillors"
WHO = "Two councillors, who asked not to be named."


def test_a_relative_clause_is_a_part_of_the_clause_that_names_whom_it_is_about():
    spans = [("c0", "a:1", 0, 56), ("c1", "a:1", 42, 84), ("c0", "b:3", 0, 56), ("c1", "b:3", 42, 84)]
    assert parts_of((LEAD, 3), (WHO, 2), spans=spans) == {"c1": "c0"}
    elsewhere = [*spans, ("c1", "b:7", 200, 240)]
    assert parts_of((LEAD, 3), (WHO, 2), spans=elsewhere) == {}, "it is told otherwise, too"
    assert parts_of(("Sixty berths will be let to a firm", 3), (WHO, 2), spans=spans) == {}, "it does not name them"
    goes_on = "Two councillors, who asked not to be named, could not agree."
    assert parts_of((LEAD, 3), (goes_on, 2), spans=spans) == {}
    assert parts_of((LEAD, 3), ("Two councillors, who said that the quay was sinking.", 2), spans=spans) == {}


def test_a_part_has_no_parts():
    found = parts_of((POOL, 4), (CLOSED, 3), ("The swimming pool is closed for the whole summer.", 2))
    assert set(found.values()) <= {"c0", "c1"}
    assert not set(found) & set(found.values())


def test_words_alone_find_no_parts():
    assert parts_of((POOL, 4), (CLOSED, 4), by=replace(panel(), reader=None)) == {}


@pytest.fixture
def story():
    """The story of five claims; the port's being closed is a part of the truce, and the rain one of the dead."""
    found = small_story()
    part_of = found.claims["claim_id"].map({"3": "1", "5": "2"})
    return replace(found, claims=CLAIMS.frame(found.claims.assign(part_of=part_of, story_id=found.story_id)))


def test_parts_follow_their_claims(story):
    assert top_claims(story.claims)["claim_id"].tolist() == ["1", "2", "4"]
    assert with_parts(story.claims)["claim_id"].tolist() == ["1", "3", "2", "5", "4"]
    assert story.matrix().index.tolist() == ["1", "2", "4"]
    assert story.matrix(parts=True).index.tolist() == ["1", "3", "2", "5", "4"]


def test_tables_lose_nothing_and_counts_know_the_claims_alone(story):
    assert len(story.tables["claims"]) == 5
    assert len(story.tables["coverage"]) == 15
    assert story.codebook()["part_of"].fillna("").tolist() == ["", "", "1", "", "2"]
    assert "3 outlets, 3 claims" in repr(story)
    summary = story.summary().set_index("outlet")
    assert set(summary["claims"]) == {3}
    assert summary["carried"].to_dict() == {"Northern Courier": 2, "Daily Herald": 3, "Evening Post": 2}
    assert summary["only_here"].sum() == 0, "the rain is told by one alone, and is a part"
    assert story.omitted_by("Daily Herald").empty, "it leaves out what is a part"
    assert story.only_in("Evening Post").empty
    assert sorted(decisions_of(story)["claim_id"].unique()) == ["1", "2", "4"]
    assert len(decisions_of(story, parts=True)) == 15
    assert len(compare.to_long(story)) == 15


def test_rates_of_outlets_count_a_fact_once(story):
    wire = pd.DataFrame({"outlet": story.outlets, "article_id": story.articles["article_id"], "group_id": None})
    told = replace(story, wire=wire)
    assert set(told.outlet_rates()["claims"]) == {3}
    assert told.claim_rates()["claim_id"].tolist() == ["1", "2", "4"]
    assert set(outlet_rates(story.coverage, wire)["claims"]) == {5}, "so the parts would count"
    tables = with_counts("s", {**story.tables, "wire": wire})
    printed = tables["outlet_stories"].query("version == 'printed'").set_index("outlet")
    assert printed["made"].to_dict() == {"Northern Courier": 2, "Daily Herald": 3, "Evening Post": 2}
    assert len(tables["coverage"]) == 15
    assert len(counted(tables)["coverage"]) == 9


def test_on_the_command_line_parts_stand_below_their_claim(story):
    text = claims_as_text(story, every=True)
    lines = [line for line in text.splitlines() if line[:1] in "12345"]
    assert [line[0] for line in lines if " of " in line] == ["1", "3", "2", "5", "4"]
    assert [("└" in line) for line in lines if " of " in line] == [False, True, False, True, False]
    assert "3 claims, 3 outlets" in text
    [total] = [line for line in text.splitlines() if line.startswith("carried ")]
    assert total.split()[1:] == ["2", "3", "2"]


def test_a_codebook_s_parts_do_not_count_either():
    records = [
        {"outlet": "Gannet", "text": "The swimming pool of Wick Sands is closed. Rust was found in two pumps."},
        {"outlet": "Orrery", "text": "Wick Sands has closed its swimming pool. The mayor spoke of a sad day."},
    ]
    book = pd.DataFrame(
        {"claim_id": ["pool", "rust"], "claim": [CLOSED, "Rust was found in two pumps."], "part_of": [None, "pool"]}
    )
    story = compare.compare_story(records, codebook=book, reader=None)
    assert story.claims.set_index("claim_id")["part_of"].dropna().to_dict() == {"rust": "pool"}
    assert story.matrix().index.tolist() == ["pool"]
    assert set(story.summary()["claims"]) == {1}
    assert set(story.coverage["claim_id"]) == {"pool", "rust"}


@pytest.mark.medium
def test_the_list_of_stories_in_a_record_counts_the_claims_alone(tmp_path):
    run = stored(tmp_path / "run", stories=2, claims=3)
    told = run.corpus.story("s1")
    part_of = told.claims["claim_id"].map({"c1-2": "c1-0"})
    tables = {**told.tables, "claims": CLAIMS.frame(told.claims.assign(part_of=part_of))}
    write_part(run.folder, story_folder("s1"), {"s1": with_counts("s1", tables)}, {})
    pages = {"s0": "s0.html", "s1": "s1.html"}
    listed = stories(Record(results_of(compare.open_run(run.folder)), pages))
    assert {row["story"].story_id: row["claims"] for row in listed["rows"]} == {"s0": 3, "s1": 2}
