"""Codebooks as people write them: wordings, headers, files that a spreadsheet saved, and what is refused."""

import io
import warnings

import pandas as pd
import pytest

import compare
from compare.claims.codebook import read_claims
from compare.coverage import track

RESCUE = "All 40 passengers on the ferry were rescued."
ARTICLES = [
    {"outlet": "Gannet", "text": "The ferry sank off Port Velland on Monday. All 40 passengers were rescued."},
    {"outlet": "Orrery", "text": "A ferry has sunk off Port Velland. Everybody aboard was brought ashore alive."},
    {"outlet": "Ledger", "text": "The harbour of Port Velland has been closed since Monday."},
]


def wordings(claims):
    return {claim.claim_id: list(claim.wordings) for claim in read_claims(claims)}


def written(tmp_path, content, name="book.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_every_form_holds_any_number_of_wordings(tmp_path):
    expected = {"sank": ["The ferry sank.", "A boat went down.", "A ship was lost."], "shut": ["The port closed."]}
    table = pd.DataFrame(
        {
            "claim_id": ["sank", "shut"],
            "claim": ["The ferry sank.", "The port closed."],
            "alternative": pd.array(["A boat went down.", pd.NA], dtype="string"),
            "alternative_2": ["A ship was lost.", float("nan")],
        }
    )
    lines = "claim_id,claim,alternative,alternative_2\nsank,The ferry sank.,A boat went down.,A ship was lost.\n"
    assert wordings(table) == expected
    assert wordings(written(tmp_path, lines + "shut,The port closed.,,\n")) == expected
    assert wordings({"sank": expected["sank"], "shut": "The port closed."}) == expected
    assert list(wordings([expected["sank"], "The port closed."]).values()) == list(expected.values())


def test_what_is_said_twice_counts_once_and_the_first_is_the_claim():
    said = ["The ferry sank.", "A boat sank.", "the ferry  sank."]
    assert wordings([said]) == {"1": ["The ferry sank.", "A boat sank."]}


def test_what_a_codebook_has_besides_does_no_harm(tmp_path):
    content = (
        "Category;CLAIM ID; Claim ;Alternative 2;alternative;Note\nharm;x;The ferry sank.;;A boat sank.;see p. 3\n"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert wordings(written(tmp_path, content)) == {"x": ["The ferry sank.", "A boat sank."]}


@pytest.mark.filterwarnings("ignore:.* read as utf-16:compare.errors.InputWarning")
@pytest.mark.parametrize(
    "content",
    [
        "\ufeffclaim_id;claim\r\nx;The ferry sank.\r\n",
        "claim_id\tclaim\nx\tThe ferry sank.\n".encode("utf-16"),
        "claim_id,claim,alternative,alternative\nx,The ferry sank.\n",
        "claim_id,claim,alternative\nx,The ferry sank.,the ferry  sank.\n,,\n,,\n",
    ],
    ids=["semicolons and a mark", "tabs and UTF-16", "cells missing at the end", "said twice, empty rows"],
)
def test_what_spreadsheets_and_hands_make_of_a_csv_is_read(tmp_path, content):
    assert wordings(written(tmp_path, content)) == {"x": ["The ferry sank."]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty; give it a header with claim_id and claim, and a row for each claim."),
        ("claim_id,claim\n", "has a header but no rows; put at least one row into it, or leave it out."),
        ("claim_id,claim\n,\n", "has a header but no claims; put at least one row into it."),
        (b"PK\x03\x04...", "is a spreadsheet workbook; save it as CSV (UTF-8) and give that file."),
        (
            "claim_id,claims,alternative\nx,The ferry sank.,A boat sank.\n",
            'has no column "claim" (its columns: claim_id, claims, alternative); '
            "every table needs claim_id and claim, so rename or add it.",
        ),
        ("claim_id,Claim ID,claim\nx,y,The ferry sank.\n", 'has the column "claim_id" twice; keep one of them.'),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, content, sentence):
    path = written(tmp_path, content)
    with pytest.raises(compare.InputError) as error:
        read_claims(path)
    assert str(error.value) == f"{path}: {sentence}"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("x,,A boat sank.", "has alternatives but no claim; move one of its alternatives there."),
        ("x,,", "is empty; give its wording or leave it out."),
        ("x,The ferry sank.,--", '"--" has no word to look for; give its wording or leave it out.'),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, line, sentence):
    path = written(tmp_path, f"claim_id,claim,alternative\n{line}\n")
    with pytest.raises(compare.InputError) as error:
        read_claims(path)
    assert str(error.value) == f"{path}, line 2: {sentence}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "claim_id,claim,alternative\na,The ferry sank.,\nb,A boat sank.,the ferry sank.\n",
            'the same wording stands under two claim_ids ("the ferry sank." under a and b); is that meant?',
        ),
        (
            f"claim_id,claim,alternative\na,{RESCUE},All 14 passengers on the ferry were rescued.\n",
            'an alternative seems to say something else than its claim (a: "All 14 passengers on the ferry were res…" '
            "(number)); an article that says either carries the claim, so make it a claim of its own if that is not "
            "meant.",
        ),
        (
            "claim_id,claim,alternativ 1\na,The ferry sank.,A boat sank.\n",
            '{path}: the column "alternativ 1" is not used; if it holds other wordings, '
            'give it a name that begins with "alternative".',
        ),
        (
            "claim_id,claim,alternative\na,The ferry sank, they said.\n",
            'an alternative looks like the rest of a claim with a comma ({path}, line 2: "they said."); '
            "if it is, put the claim into quotation marks.",
        ),
        (
            "claim_id,claim,alternative\na,The ferry sank.,A boat sank. | A ship sank.\n",
            'an alternative is read as one wording ({path}, line 2: "A boat sank. | A ship sank."); '
            "if it is several, give each a column of its own.",
        ),
    ],
)
def test_what_looks_like_a_mistake_is_said(tmp_path, content, sentence):
    path = written(tmp_path, content)
    with pytest.warns(compare.InputWarning) as told:
        read_claims(path)
    assert [str(warning.message) for warning in told] == [sentence.format(path=path)]


def test_each_article_is_judged_by_the_wording_that_it_carries():
    other = "Everybody aboard was brought ashore alive."
    alone = compare.track_claims(ARTICLES, [RESCUE], reader=None).set_index("outlet")
    table = compare.track_claims(ARTICLES, {"saved": [RESCUE, other]}, reader=None).set_index("outlet")
    assert set(table["claim"]) == {RESCUE}
    assert table["wording"].to_dict() == {"Gannet": RESCUE, "Orrery": other, "Ledger": table["wording"]["Ledger"]}
    assert table["state"].tolist() == [alone["state"]["Gannet"], "verbatim", "omitted"]
    assert table["evidence"]["Orrery"] == other
    assert (table["probability"] >= alone["probability"]).all()


def test_who_says_one_wording_faithfully_has_altered_none():
    article = [{"outlet": "A", "text": "All 14 passengers on the ferry were rescued."}]
    with pytest.warns(compare.InputWarning, match="seems to say something else"):
        table = compare.track_claims(
            article, {"saved": [RESCUE, "All 14 passengers on the ferry were rescued."]}, reader=None
        )
    assert table[["state", "changes"]].to_numpy().tolist() == [["verbatim", ""]]
    assert compare.track_claims(article, [RESCUE], reader=None)["state"].tolist() == ["altered"]


def test_of_wordings_that_are_equally_probable_the_first_is_named():
    claims = {"x": ["Sheep graze on the hills.", "Sheep graze on the hills!"]}
    table = compare.track_claims([{"outlet": "A", "text": "Rain fell on Oslo."}], claims, reader=None)
    assert table["wording"].tolist() == ["Sheep graze on the hills."]


def test_many_articles_are_judged_as_few_are(monkeypatch):
    claims = {"sank": ["The ferry sank.", "A ferry has sunk."], "shut": "The harbour has been closed."}
    empty = [{"outlet": "Post", "text": "Subscribe now"}]
    with pytest.warns(compare.InputWarning, match="no sentence to compare"):
        at_once = compare.track_claims(ARTICLES + empty, claims, reader=None)
    monkeypatch.setattr(track, "_SENTENCES_AT_A_TIME", 1)
    with pytest.warns(compare.InputWarning, match="no sentence to compare"):
        pd.testing.assert_frame_equal(compare.track_claims(ARTICLES + empty, claims, reader=None), at_once)


def test_a_coding_sheet_has_a_row_per_article_and_a_column_per_claim():
    tracked = pd.DataFrame(
        {
            "claim_id": ["z", "z", "a", "a"],
            "article_id": ["2", "1", "2", "1"],
            "story_id": "quay",
            "outlet": ["Gannet", "Orrery", "Gannet", "Orrery"],
            "state": ["altered", "omitted", "undecided", "verbatim"],
            "probability": [0.8, 0.1, 0.4, 0.9],
        }
    )
    wide = compare.to_wide(tracked)
    assert list(wide.columns) == ["article_id", "story_id", "outlet", "z", "a"]
    assert wide.astype(object).where(wide.notna(), None).to_numpy().tolist() == [
        ["2", "quay", "Gannet", 1, None],
        ["1", "quay", "Orrery", 0, 1],
    ]
    assert compare.to_wide(tracked, "state")["z"].tolist() == ["altered", "omitted"]
    assert compare.to_wide(tracked, "probability")["a"].tolist() == [0.4, 0.9]
    assert compare.to_wide(tracked.iloc[:3], "state")["a"].isna().tolist() == [False, True]
    for table, values, sentence in [
        (tracked, "coverage", "to_wide: values is 'coverage'; give one of carried, state, probability."),
        (
            tracked.drop(columns="state"),
            "carried",
            "to_wide: the table has no column state; give what track_claims gives.",
        ),
        (
            pd.concat([tracked, tracked]),
            "carried",
            "to_wide: a claim is judged twice for article 2; keep one row of each.",
        ),
        (
            tracked.assign(claim_id="outlet"),
            "carried",
            "claim_id 'outlet' is the name of a column that identifies the article; rename the claim.",
        ),
    ]:
        with pytest.raises(compare.InputError) as error:
            compare.to_wide(table, values)
        assert str(error.value) == sentence


def test_no_claims_make_a_sheet_without_rows():
    assert list(compare.to_wide(compare.track_claims(ARTICLES, [], reader=None)).columns) == [
        "article_id",
        "story_id",
        "outlet",
    ]


@pytest.mark.parametrize(("is_terminal", "shows"), [(True, "0/3"), (False, "")])
def test_progress_is_shown_on_a_terminal_only(monkeypatch, is_terminal, shows):
    screen = io.StringIO()
    screen.isatty = lambda: is_terminal
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("compare.progress._LONG", 0)
    monkeypatch.setenv("TQDM_NCOLS", "60")
    compare.track_claims(ARTICLES, [RESCUE], reader=None)
    assert shows in screen.getvalue()
    assert bool(screen.getvalue()) == is_terminal


def test_a_set_of_claims_has_no_order_to_go_by():
    with pytest.raises(compare.InputError, match="claims cannot be read from a set"):
        compare.track_claims(
            [{"outlet": "Gannet", "text": "The ferry sank."}], {"The ferry sank.", "It rained."}, reader=None
        )


@pytest.mark.parametrize("reader", ["small", None])
def test_nobody_is_said_to_leave_out_what_states_nothing(reader):
    nothing = ["An honest mistake?", "The minister had this to say:", '"And the mayor, why did he resign?"']
    missing = ["The minister praised the crew.", "The mayor has resigned. But why?"]
    told = "Has a ferry sunk off Port Velland?"
    tracked = compare.track_claims(ARTICLES, [*nothing, *missing, told], reader=reader).set_index(["claim", "outlet"])
    for claim in nothing:
        assert set(tracked.loc[claim, "state"]) == {"undecided"}
        assert set(tracked.loc[claim, "probability"]) == {0.425}
    for claim in missing:
        assert set(tracked.loc[claim, "state"]) == {"omitted"}
    assert tracked.loc[(told, "Orrery"), "probability"] >= 0.5
    reworded = compare.track_claims(ARTICLES, [["Did the minister praise the crew?", missing[0]]], reader=reader)
    assert set(reworded["state"]) == {"omitted"}


def test_a_report_on_a_codebook_leaves_open_what_states_nothing():
    story = compare.compare_story(
        ARTICLES, codebook=["An honest mistake?", "The minister praised the crew."], reader=None
    )
    states = story.coverage.groupby("claim_id", sort=False)["state"].agg(set)
    assert states.to_dict() == {"1": {"undecided"}, "2": {"omitted"}}


def test_a_row_with_an_id_and_no_claim_is_skipped_with_a_warning(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("claim_id,claim\nq1,Two people died.\nq2,\n", encoding="utf-8")
    with pytest.warns(compare.InputWarning, match="rows without a claim are skipped: .*line 3"):
        found = compare.track_claims([{"outlet": "A", "text": "Two people died in the storm."}], path)
    assert found["claim_id"].tolist() == ["q1"]


def test_brackets_that_somebody_wrote_into_a_claim_are_looked_for():
    text = "The Brode union rejected the pay deal on Friday by 300 votes."
    book = [f"The union {which} rejected the pay deal." for which in ("[Brode]", "[Selwick]", "Selwick")]
    found = compare.track_claims([{"outlet": "Gannet", "text": text}], book, reader=None)
    brode, selwick, plain = found["probability"]
    assert brode > selwick + 0.15
    assert abs(selwick - plain) < 0.02


def test_brackets_that_the_program_wrote_into_a_claim_are_told_from_those(tmp_path):
    """Whatever a file does to the claims, what is looked for of them stays."""
    text = "Ostwick’s shares fell on Monday. The company blamed the price of zinc and of coal."
    articles = [{"outlet": outlet, "text": text} for outlet in ("Gannet", "Orrery")]
    story = compare.compare_story(articles, reader=None)
    story.claims.to_csv(tmp_path / "book.csv", index=False)
    found = compare.track_claims(articles, tmp_path / "book.csv", reader=None)
    put_in = found[found["claim"].str.contains("[Ostwick]", regex=False)]
    assert put_in["state"].tolist() == ["verbatim", "verbatim"]
    assert "\N{NO-BREAK SPACE}[" in put_in["claim"].iat[0]
