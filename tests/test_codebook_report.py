"""From found claims to a codebook and back: what a person edits, and the report on these claims."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner
from report_stories import small_story

import compare
from compare.claims.codebook import read_claims, write_codebook
from compare.cli import main
from compare.report.story.findings import brief_of
from compare.report.story.page import render_page
from compare.report.story.view import view_of

QUAY = {
    "Gannet": "The ferry sank off Port Velland on Monday. All 40 passengers were rescued. "
    "The owner said the hull was checked in May.",
    "Orrery": "A ferry has sunk off Port Velland. Rescuers brought everybody ashore alive.",
    "Ledger": "Two fishing boats helped with the rescue. The ferry sank off Port Velland on Monday.",
}
RECORDS = [{"outlet": outlet, "text": text, "story_id": "quay"} for outlet, text in QUAY.items()]
RESCUED, ALIVE = "All 40 passengers were rescued.", "Rescuers brought everybody ashore alive."
HEAD = "claim_id,claim,part_of,keep,merge_into"


@pytest.fixture(scope="module")
def quay():
    return compare.compare_story(RECORDS, reader=None)


def compared(codebook, **options):
    return compare.compare_story(RECORDS, codebook=codebook, reader=None, **options)


def book(tmp_path, *lines, head=HEAD):
    path = tmp_path / "codebook.csv"
    path.write_bytes("\r\n".join([head, *lines, ""]).encode())
    return path


def read(path):
    return {claim.claim_id: (list(claim.wordings), claim.part_of) for claim in read_claims(path)}


def id_of(story, wording):
    return story.claims.set_index("claim")["claim_id"][wording]


@pytest.mark.medium
def test_a_codebook_that_nobody_edited_gives_the_same_story(quay, tmp_path):
    path = write_codebook(quay.codebook(), tmp_path / "codebook.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfclaim_id,claim,part_of,keep,merge_into,alternative_1,outlets\r\n")
    for given in (path, quay.codebook()):
        again = compared(given)
        for name, table in quay.tables.items():
            pd.testing.assert_frame_equal(again.tables[name], table)
        pd.testing.assert_frame_equal(again.codebook(), quay.codebook())


def test_the_story_is_told_by_the_claims_of_the_codebook_and_no_others(quay):
    table = quay.codebook().set_index("claim", drop=False)
    table.loc[ALIVE, "merge_into"] = table["claim_id"][RESCUED]
    table.loc["The owner said the hull was checked in May.", "keep"] = "no"
    table.loc["Two fishing boats helped with the rescue.", "claim"] = "Fishing boats helped."
    own = pd.DataFrame({"claim_id": [None], "claim": ["Sheep graze on the hills."]})
    story = compared(pd.concat([table, own], ignore_index=True))

    claims = story.claims.set_index("claim")
    assert set(claims.index) == {
        "The ferry sank off Port Velland on Monday.",
        RESCUED,
        "Fishing boats helped.",
        "Sheep graze on the hills.",
    }
    assert claims["claim_id"][RESCUED] == table["claim_id"][RESCUED]
    assert claims["claim_id"]["Fishing boats helped."] == id_of(quay, "Two fishing boats helped with the rescue.")
    states = story.matrix().loc[claims["claim_id"][RESCUED]]
    assert states.to_dict() == {"Gannet": "verbatim", "Orrery": "verbatim", "Ledger": "omitted"}
    # Each wording brings along the clauses that tell it.
    told = story.mentions[story.mentions["claim_id"] == claims["claim_id"][RESCUED]]
    texts = story.sentences.set_index("sentence_id")["text"]
    assert texts[told["sentence_id"]].tolist() == [RESCUED, ALIVE]
    assert set(told["role"]) == {"member"}
    reworded = story.mentions[story.mentions["claim_id"] == claims["claim_id"]["Fishing boats helped."]]
    assert reworded[["outlet", "role"]].to_numpy().tolist() == [["Ledger", "evidence"]]
    nowhere = claims.loc["Sheep graze on the hills."]
    assert (nowhere["outlets"], nowhere["salience"]) == (0, 0)
    assert RESCUED in story.omitted_by("Ledger")["claim"].tolist()
    assert story.codebook().set_index("claim").loc[RESCUED, "alternative_1"] == ALIVE
    assert set(story.coverage["claim_id"]) == set(story.claims["claim_id"])


def test_claims_come_as_a_list_too_and_a_claim_of_several_wordings_is_judged_by_the_best(quay):
    story = compared(["The ferry sank.", [RESCUED, ALIVE]])
    assert sorted(story.claims["claim_id"]) == ["1", "2"]
    tracked = quay.track({"2": [RESCUED, ALIVE]}).set_index("outlet")
    cells = story.coverage[story.coverage["claim_id"] == "2"].set_index("outlet")
    assert cells["state"].to_dict() == tracked["state"].to_dict()
    assert cells["probability"]["Ledger"] == tracked["probability"]["Ledger"]


def test_parts_are_read_and_written(quay):
    table = quay.codebook().set_index("claim", drop=False)
    whole = table["claim_id"]["The ferry sank off Port Velland on Monday."]
    table.loc[RESCUED, "part_of"] = whole
    story = compared(table)
    parts = story.claims.set_index("claim")["part_of"]
    assert parts[RESCUED] == whole
    assert parts.notna().sum() == 1
    assert story.codebook()["part_of"].tolist() == story.claims["part_of"].tolist()


def test_a_new_claim_is_named_after_its_words(tmp_path):
    lines = [",The ferry sank.", "c1,A boat sank.", ",The ferry burnt."]
    first, *_ = names = list(read(book(tmp_path, *lines)))
    assert names[1] == "c1"
    assert first.startswith("c")
    assert len(first) == 13
    assert list(read(book(tmp_path, ",The ferry burnt.", ",The ferry sank.")))[1] == first
    with pytest.warns(compare.InputWarning, match="stands under two claim_ids"):
        assert list(read(book(tmp_path, ",The ferry sank.", ",The ferry sank."))) == [first, f"{first}-2"]


def test_merges_are_followed_to_their_end_and_parts_follow_them(tmp_path):
    lines = ["a,The ferry sank.", "b,A boat sank.,,,c", "c,A ship was lost.,,,a", "d,It sank at noon.,b", "e,,,,a"]
    told = ["The ferry sank.", "A boat sank.", "A ship was lost."]
    assert read(book(tmp_path, *lines)) == {"a": (told, None), "d": (["It sank at noon."], "a")}
    # What was merged into its own part is whole.
    assert read(book(tmp_path, "a,It sank at noon.,b", "b,The ferry sank.,,,a")) == {
        "a": (["It sank at noon.", "The ferry sank."], None)
    }


def test_what_spreadsheets_make_of_it_is_read(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_bytes(
        "\ufeffClaim ID;Claim;Part of;KEEP;Merge into;alternative_1;outlets\r\n"
        "a;The ferry sank.;;WAHR;;;3\r\n"
        "b;'=1+1 boats sank.;;NO;;;1\r\n"
        "c;'-40 degrees were measured.;;1;;;1\r\n"
        ";;;;;;\r\n".replace("WAHR", "TRUE").encode()
    )
    assert read(path) == {"a": (["The ferry sank."], None), "c": (["-40 degrees were measured."], None)}
    table = pd.DataFrame({"claim_id": [1, None], "claim": ["The ferry sank.", "A boat sank."], "keep": [True, 1.0]})
    assert next(iter(read(table))) == "1"


def test_rows_without_a_claim_are_skipped_and_named(tmp_path):
    path = book(tmp_path, "a,The ferry sank.", ",,,,", "b,A boat was lost.", ",,,yes,", ",,,,")
    with pytest.warns(compare.InputWarning) as told:
        assert list(read(path)) == ["a", "b"]
    assert [str(one.message) for one in told] == [f"rows without a claim are skipped: {path}, line 3; {path}, line 5."]


def test_a_part_of_what_is_not_kept_stands_on_its_own(tmp_path):
    path = book(tmp_path, "a,The ferry sank.,,no", "b,It sank at noon.,a")
    with pytest.warns(compare.InputWarning) as told:
        assert read(path) == {"b": (["It sank at noon."], None)}
    assert [str(one.message) for one in told] == [
        f"what is a part of a claim that is not kept stands on its own ({path}, line 3)."
    ]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["a,The ferry sank.,,maybe"], 'line 2: keep is "maybe"; write yes or no (an empty cell means yes).'),
        (
            ["a,The ferry sank.", "a,A boat sank."],
            "line 3: claim_id 'a' is that of {path}, line 2 too; give each claim its own, or none to get one, and put "
            'other wordings of one claim into columns "alternative_1", "alternative_2", ... of its row.',
        ),
        (
            ["c0123456789ab; c0123456789ac,The ferry sank."],
            "line 2: claim_id 'c0123456789ab; c0123456789ac' names several claims; to merge claims, leave each its row "
            "and its claim_id, and write the claim_id of the one that is to stay into merge_into of the others.",
        ),
        (
            ["sank,The ferry sank.", "lost,A boat sank.,,,sunk"],
            "line 3: merge_into names 'sunk', which is no claim_id of the codebook; did you mean sank?",
        ),
        (
            ["a,The ferry sank.,,no", "b,A boat sank.,,,a"],
            "line 3: merge_into names 'a', which is not kept; keep it, or name another claim.",
        ),
        (
            ["a,The ferry sank.,,,b", "b,A boat sank.,,,a"],
            "line 2: merge_into leads in a circle (a → b → a); leave it empty in the row of the claim that is to stay.",
        ),
        (
            ["a,The ferry sank.,zz"],
            "line 2: part_of names 'zz', which is no claim_id of the codebook; "
            "leave the cell empty, or name one that is: a.",
        ),
        (["a,The ferry sank.,a"], "line 2: part_of names the claim itself; name another, or leave the cell empty."),
        (
            ["a,The ferry sank.", "b,It sank at noon.,a", "c,The sun shone.,b"],
            "line 4: part_of names 'b', which is itself a part, of 'a'; name a claim that is no part, or leave one of "
            "the two cells empty.",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, lines, sentence):
    path = book(tmp_path, *lines)
    with pytest.raises(compare.InputError) as error:
        read_claims(path)
    assert str(error.value) == f"{path}, {sentence.format(path=path)}"


def test_a_codebook_without_claims_is_refused(tmp_path, quay):
    path = book(tmp_path, "a,The ferry sank.,,no", "b,A boat sank.,,No")
    for given, sentence in [
        (path, f"every row of the codebook has no in keep (the first: {path}, line 2); keep at least one."),
        (book(tmp_path / "..", head=HEAD), "has a header but no rows; put at least one row into it, or leave it out."),
        ([], "the codebook has no claims; give at least one."),
        (quay.codebook().iloc[:0], "the codebook has no claims; give at least one."),
    ]:
        with pytest.raises(compare.InputError) as error:
            compared(given)
        assert str(error.value).endswith(sentence)
    with pytest.raises(compare.InputError, match="keep the ids that they have; give either a codebook or previous"):
        compared(["The ferry sank."], previous=quay)


def test_a_column_that_is_nearly_one_is_named(tmp_path):
    path = book(tmp_path, "a,The ferry sank.,b", head="claim_id,claim,merged_into")
    with pytest.warns(compare.InputWarning) as told:
        read_claims(path)
    assert [str(one.message) for one in told] == [
        f'{path}: the column "merged_into" is not used; did you mean merge_into?'
    ]
    with pytest.raises(compare.InputError) as error:
        read_claims(book(tmp_path, "a,The ferry sank.,,", head="claim_id,claim,keep,Keep"))
    assert str(error.value) == f'{path}: the column "keep" is there twice; keep one of them.'


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "quay.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    return path


@pytest.mark.medium
def test_the_command_line_goes_all_the_way(articles, tmp_path):
    path, page = tmp_path / "codebook.csv", tmp_path / "page.html"
    asked = ("claims", articles, "--reader", "none", "-o", path)
    assert run(*asked).stdout == f"5 claims: {path}\n"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines[:3], ",Everybody was saved."]), encoding="utf-8")
    done = run("report", articles, "--reader", "none", "--codebook", path, "-o", page)
    assert "3 outlets, 3 claims." in done.stdout
    html = page.read_text(encoding="utf-8")
    assert "Everybody was saved." in html
    assert "looked for every claim of a codebook in each article" in html
    assert run("track", articles, "--reader", "none", "--codebook", path).exit_code == 0
    for arguments, sentence in [
        (
            (*asked, "--json"),
            "-o writes all claims as a codebook; leave out --omitted-by, --conflicts, --all and --json.",
        ),
        (
            (*asked[:-1], tmp_path / "book.xlsx"),
            f"{tmp_path}/book.xlsx: cannot be written in this format; end the name in .csv.",
        ),
        ((*asked[:-1], articles), f"{articles}: is an input and would be overwritten; give -o another name."),
        (
            ("report", articles, "--codebook", path, "-o", path),
            f"{path}: is an input and would be overwritten; give -o another name.",
        ),
    ]:
        refused = run(*arguments)
        assert (refused.exit_code, refused.stderr) == (2, f"storydiff: {sentence}\n")


@pytest.mark.medium
def test_a_story_of_a_run_is_compared_again_by_a_codebook(articles, tmp_path):
    with articles.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"outlet": "Gannet", "text": "Sheep graze on the hills.", "story_id": "hills"}) + "\n")
    assert run("corpus", articles, "--reader", "none", "-o", tmp_path / "run").exit_code == 0
    path = book(tmp_path, "x,Everybody was saved.")
    refused = run("report", tmp_path / "run", "--codebook", path)
    assert refused.stderr == "storydiff: --codebook is for one story; add --story ID, such as --story quay.\n"
    done = run("report", tmp_path / "run", "--story", "quay", "--codebook", path, "-o", tmp_path / "page.html")
    assert "3 outlets, 1 claim." in done.stdout


@pytest.mark.medium
def test_a_data_set_of_ones_own_claims_is_read_back_and_reproduced(tmp_path):
    story = compared({"saved": [RESCUED, ALIVE], "sank": "The ferry sank.", "noon": "It sank at noon."})
    full = story.export(tmp_path / "full", text="full")
    back = compare.read_bundle(full)
    pd.testing.assert_frame_equal(back.codebook(), story.codebook())
    assert compare.reproduce(full).ok
    bare = story.export(tmp_path / "bare")
    assert not compare.reproduce(bare, RECORDS).ok
    assert compare.reproduce(bare, RECORDS, codebook=story.codebook()).ok
    words = (bare / "csv" / "wordings.csv").read_text(encoding="utf-8")
    assert "rescued" not in words
    assert "saved" not in words


GROUPS = {"Northern Courier": "north", "Daily Herald": "south", "Evening Post": "south"}


@pytest.mark.medium
def test_a_report_says_how_many_of_each_group_leave_a_claim_out(tmp_path):
    page = small_story().report(tmp_path / "page.html", groups=GROUPS).read_text(encoding="utf-8")
    assert "Left out by 0 of 1 outlet of <bdi>north</bdi>, 1 of 2 outlets of <bdi>south</bdi>." in page
    assert page.count('class="of-groups"') == 3, "only where somebody leaves it out"
    assert 'class="of-groups"' not in render_page(small_story())
    with pytest.raises(compare.InputError, match="none of the outlets is in a group; they are Northern Courier, Daily"):
        small_story().report(tmp_path / "page.html", groups={"Ghost": "x"})


def test_that_one_group_leaves_out_what_another_tells_is_a_finding():
    story = four_outlets(A=True, B=True, C=False, D=False)
    view = view_of(story, {"left": ["A", "B"], "right": ["C", "D"], "alone": ["E"]})
    first = brief_of(view, []).first[0]
    assert str(first.said).endswith(
        "is left out by 2 of 2 outlets of <strong><bdi>right</bdi></strong> and by none of 2 outlets of "
        "<strong><bdi>left</bdi></strong>."
    )
    assert [proof.outlet for proof in first.proofs] == ["C", "D", "A", "B"]
    apart = {"left": ["A", "C"], "right": ["B", "D"]}
    assert "outlets of" not in "".join(str(one.said) for one in brief_of(view_of(story, apart), []).first)


def four_outlets(**told):
    texts = {outlet: "The ferry sank." if carries else "It rained." for outlet, carries in told.items()}
    return compare.compare_story(
        [{"outlet": outlet, "text": text, "story_id": "quay"} for outlet, text in texts.items()],
        codebook={"x": "The ferry sank."},
        reader=None,
    )


def test_the_command_line_takes_groups_for_a_story(articles, tmp_path):
    outlets, page = tmp_path / "outlets.csv", tmp_path / "page.html"
    outlets.write_text("outlet,leaning,country\nGannet,left,X\nOrrery,left,X\nLedger,right,Y\n", encoding="utf-8")
    asked = ("report", articles, "--reader", "none", "-o", page, "--groups", outlets)
    assert "choose one with --group-by leaning" in run(*asked).stderr
    assert run(*asked, "--group-by", "leaning").exit_code == 0
    assert "1 of 1 outlet of <bdi>right</bdi>" in page.read_text(encoding="utf-8")


def test_claims_that_nobody_carries_stand_apart():
    story = compared(["The ferry sank.", "Sheep graze on the hills."])
    page = render_page(story)
    assert "Carried by no outlet <span>1 claim</span>" in page
    assert "0 by one alone, 1 by none." in page
    assert "claims that one outlet or none carries" in page


def test_a_codebook_of_another_story_is_noticed():
    strange = ["Saturn has rings.", "The opera was sold out.", "Wolves are back in the Orrin hills.", "Milk went sour."]
    with pytest.warns(compare.InputWarning, match="4 of the codebook's 4 claims are carried by no article"):
        compared(strange)


def test_the_short_form_takes_no_groups(tmp_path):
    (tmp_path / "groups.csv").write_text("outlet,leaning\nGannet,left\n", encoding="utf-8")
    done = run(
        "report", "datasets/harbour", "--brief", "--groups", str(tmp_path / "groups.csv"), "-o", str(tmp_path / "r")
    )
    assert done.exit_code == 2
    assert "--groups is for the whole report; leave out --brief." in done.output
