"""The same article twice at one outlet: invented towns and outlets."""

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.grouping.editions import _address

FIRST = (
    "The largest crane of the port of Aldwick fell into the basin on Tuesday morning, and two workers were hurt. The "
    "harbour master, Ines Quiroga, said the basin would stay closed until Friday. Ships wait in the bay for now."
)
UPDATE = FIRST.replace("two workers", "three workers") + " Divers began to look for the cabin in the afternoon."
REPORT = (
    "A crane toppled at Aldwick on Tuesday and hurt two dockers, the second accident in the port within a year. Ines "
    "Quiroga, who runs the harbour, closed the basin until Friday while the union asked for an inquiry into the winds."
)
COLUMN = (
    "Every year a crane falls in Aldwick, and every year Ines Quiroga closes the basin until Friday. We have come to "
    "know the words by heart. What nobody says is who decided that the winds of March are no reason to stop the work."
)


def articles(*told):
    names = ("outlet", "text", "published", "url")
    return pd.DataFrame([dict(zip(names, one, strict=False)) for one in told])


def linked(*told):
    """The texts' numbers of each article that has several versions, in their order."""
    given = articles(*told)
    table = compare.link_versions(given.assign(article_id=[str(number) for number in range(len(given))]))
    return [found.tolist() for _, found in table.groupby("article")["article_id"]]


def test_an_update_is_a_version_and_another_report_or_a_column_is_not():
    assert linked(
        ("Gannet", UPDATE, "2030-03-05T15:00Z"),
        ("Gannet", FIRST, "2030-03-05T08:00Z"),
        ("Gannet", REPORT, "2030-03-05T09:00Z"),
        ("Gannet", COLUMN, "2030-03-06T09:00Z"),
    ) == [["1", "0"]]


QUAKE = (
    "An earthquake of magnitude {} shook the coast near {} on {}, the seismological office said. It struck at a depth "
    "of {} kilometres. No damage was reported at first, and no warning of a wave was given. The office measures every "
    "shock on the coast and asks everybody who felt one to fill in the form on its pages."
)
MARKET = (
    "Shares in Aldwick closed {} on {} as investors waited for the central bank. The leading index ended the day at {} "
    "points. Banks and insurers led the list, while makers of ships stood at its end. Trade was thin, dealers said, "
    "and is expected to stay thin until the bank has decided."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (QUAKE.format("4.5", "Orlo", "Monday", 10), QUAKE.format("5.1", "Hesper", "Monday", 12)),
        (QUAKE.format("4.5", "Orlo", "Monday", 10), QUAKE.format("4.7", "Orlo", "Thursday", 10)),
        (MARKET.format("higher", "Tuesday", "4,012"), MARKET.format("lower", "Wednesday", "3,998")),
    ],
)
def test_two_events_told_in_one_template_are_two_articles(one, other):
    assert linked(("Gannet", one, "2030-03-04"), ("Gannet", other, "2030-03-05")) == []


@pytest.mark.parametrize(
    "update",
    [
        QUAKE.format("4.7", "Orlo", "Monday", 10),
        QUAKE.format("4.5", "Orlo", "Monday", 10).replace("the seismological", "the Northern Seismological"),
        QUAKE.format("4.5", "the town of Orlo", "Monday", 10) + " Mayor Ada Birk said that roofs had been damaged.",
        QUAKE.format("4.5", "Orllo", "Monday", 10),
    ],
)
def test_an_update_that_corrects_a_number_or_adds_names_is_a_version(update):
    first = QUAKE.format("4.5", "Orlo", "Monday", 10)
    assert linked(("Gannet", first, "2030-03-04T08:00Z"), ("Gannet", update, "2030-03-04T12:00Z")) == [["0", "1"]]


def test_an_update_every_quarter_of_an_hour_is_one_article_however_far_the_last_is_from_the_first():
    told = [
        f"At stop {number} the train waited for {number + 3} minutes because snow lay on the line."
        for number in range(90)
    ]
    updates = [
        ("Gannet", " ".join(told[at : at + 12]), f"2030-03-05T{at // 4:02d}:{at % 4 * 15:02d}Z") for at in range(78)
    ]
    assert linked(*updates) == [[str(number) for number in range(78)]]


def test_copies_at_two_outlets_are_two_articles():
    assert linked(("Gannet", FIRST), ("Orrery", FIRST)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.gannet.example/a/crane", "http://gannet.example/a/crane/"),
        ("https://gannet.example/a/crane", "https://amp.gannet.example/a/crane"),
        ("https://gannet.example/a/crane", "https://gannet.example/a/crane/amp/"),
        ("https://gannet.example/a/crane", "https://gannet.example/amp/a/crane"),
        ("https://gannet.example/crane.html", "https://gannet.example/crane.amp.html"),
        ("https://gannet.example/crane?id=7&of=b", "https://gannet.example/crane?of=b&id=7"),
        ("https://gannet.example/crane?id=7", "https://m.gannet.example/crane?id=7&utm_source=x&outputType=amp#top"),
    ],
)
def test_one_address_in_several_forms_is_one_article(one, other):
    assert _address(one) == _address(other)
    assert linked(("Gannet", FIRST, None, one), ("Gannet", REPORT, None, other)) == [["0", "1"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://gannet.example/ample-crane", "https://gannet.example/le-crane"),
        ("https://gannet.example/crane?id=7", "https://gannet.example/crane?id=8"),
        ("https://gannet.example/", "https://gannet.example/?"),
        ("https://gannet.example/crane?page=1", "https://gannet.example/crane?page=2"),
        (None, None),
        ("no address", "no address"),
    ],
)
def test_two_addresses_are_two_articles(one, other):
    assert linked(("Gannet", FIRST, None, one), ("Gannet", REPORT, None, other)) == []


def test_the_newest_or_the_first_is_kept():
    given = articles(
        ("Gannet", FIRST, "2030-03-05T08:00Z"),
        ("Gannet", UPDATE, "2030-03-05T15:00Z"),
        ("Gannet", UPDATE + " The basin is open.", None),
        ("Orrery", REPORT, "2030-03-05T09:00Z"),
    )
    assert compare.one_version(given)["text"].tolist() == [UPDATE, REPORT]
    assert compare.one_version(given, "first")["text"].tolist() == [FIRST, REPORT]
    assert len(compare.one_version(articles(("Gannet", FIRST), ("Gannet", UPDATE)))) == 1
    with pytest.raises(compare.InputError, match="keep is 'all': give newest or first"):
        compare.one_version(given, "all")


def test_a_whole_version_is_kept_before_a_newer_one_that_is_cut_off():
    cut = FIRST[: FIRST.index("The harbour")] + "\n\nSubscribe to continue reading."
    given = articles(
        ("Gannet", FIRST, "2030-03-05T08:00Z", "https://gannet.example/crane"),
        ("Gannet", cut, "2030-03-05T15:00Z", "https://gannet.example/crane"),
    )
    assert compare.one_version(given)["text"].tolist() == [FIRST]


def test_versions_a_year_apart_are_kept_with_a_warning_that_a_date_may_be_wrong():
    given = articles(("Gannet", FIRST, "2030-03-05"), ("Gannet", UPDATE, "2031-03-05"))
    with pytest.warns(
        compare.InputWarning, match="1 article with versions more than 300 days apart .*; is a date wrong"
    ):
        assert compare.one_version(given)["text"].tolist() == [UPDATE]


def test_ten_thousand_updates_are_one_article():
    texts = [f"{FIRST} The harbour counts {number} ships." for number in range(10_000)]
    given = pd.DataFrame({"outlet": "Gannet", "text": texts, "article_id": [str(number) for number in range(10_000)]})
    assert compare.link_versions(given)["article"].tolist() == [1] * 10_000


def test_ten_thousand_copies_are_one_article():
    given = pd.DataFrame({"outlet": "Gannet", "text": FIRST, "article_id": [str(number) for number in range(10_000)]})
    assert len(compare.link_versions(given)) == 10_000
    assert compare.link_versions(given)["article"].max() == 1


def test_a_command_compares_the_versions_that_are_wanted(tmp_path):
    source = tmp_path / "articles.jsonl"
    told = articles(("Gannet", FIRST, "2030-03-05T08:00Z"), ("Gannet", UPDATE, "2030-03-05T15:00Z"), ("Orrery", REPORT))
    told.to_json(source, orient="records", lines=True)
    claim = "Divers looked for the cabin in the afternoon."
    shown = [
        CliRunner().invoke(main, ["track", str(source), "--claim", claim, "--json", "--reader", "none", *more])
        for more in ([], ["--keep", "newest"], ["--keep", "first"])
    ]
    assert [one.stdout.count('"Gannet"') for one in shown] == [2, 1, 1]
    assert "1 article was left out, of which another version is the newest and is compared" in shown[1].stderr


NOTED = UPDATE + "\n\nCorrection: An earlier version of this article gave a wrong number of injured workers."


def test_what_a_version_adds_drops_and_changes_is_a_row():
    given = pd.DataFrame(
        {
            "outlet": "Gannet",
            "published": ["2030-03-05T08:00Z", "2030-03-05T15:00Z"],
            "title": ["Crane falls", "Crane falls, three hurt"],
            "text": [FIRST, NOTED.replace(" Ships wait in the bay for now.", "")],
        }
    )
    edits = compare.compare_versions(given)
    assert edits[["part", "how"]].to_numpy().tolist() == [
        ["headline", "changed"],
        ["note", "added"],
        ["lead", "changed"],
        ["text", "dropped"],
        ["text", "added"],
    ]
    changed = edits.iloc[2]
    assert "two workers were hurt" in changed["before"]
    assert "three workers were hurt" in changed["after"]
    assert changed["changes"] == "number"
    assert edits["after"].iat[1].startswith("Correction: An earlier version")
    assert edits["before"].iat[3] == "Ships wait in the bay for now."
    assert edits["after"].iat[4] == "Divers began to look for the cabin in the afternoon."


def test_a_sentence_that_only_moved_is_no_edit():
    first, second, third = (f"{one}." for one in FIRST.removesuffix(".").split(". "))
    given = articles(
        ("Gannet", f"{first} {second} {third}", "2030-03-05"), ("Gannet", f"{second} {first} {third}", "2030-03-06")
    )
    assert compare.compare_versions(given).empty


def told(before, after):
    given = articles(("Gannet", before, "2030-03-05"), ("Gannet", after, "2030-03-06"))
    return compare.compare_versions(given)[["part", "how", "before", "after"]].to_numpy().tolist()


def test_a_sentence_that_moved_and_changed_is_one_edit():
    first, second, third = (f"{one}." for one in FIRST.removesuffix(".").split(". "))
    assert told(f"{first} {second} {third}", f"{first} {third.replace('bay', 'outer bay')} {second}") == [
        ["text", "changed", third, third.replace("bay", "outer bay")]
    ]


def test_a_sentence_that_was_there_twice_and_is_there_once_was_dropped():
    again = "The basin stays closed until Friday."
    assert told(f"{again} {FIRST} {again}", f"{again} {FIRST}") == [["text", "dropped", again, ""]]


NOTE = "\n\nCorrection: An earlier version of this article gave a wrong number of injured workers."
OTHER_NOTE = "\n\nCorrection: An earlier version of this article gave a wrong number of injured dockers."


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [("", NOTE, "added"), (NOTE, NOTE, "kept"), (NOTE, OTHER_NOTE, "changed"), (NOTE, "", "dropped")],
)
def test_what_became_of_a_note_is_a_row(before, after, how):
    rows = told(FIRST + before, UPDATE + after)
    assert [(part, what) for part, what, *_ in rows if part == "note"] == [("note", how)]


def test_articles_without_versions_are_told_the_way():
    with pytest.raises(compare.InputError, match="no article has another version at its outlet: none share"):
        compare.compare_versions(articles(("Gannet", FIRST), ("Orrery", FIRST)))


def test_the_page_of_versions_shows_each_edit_and_runs_nothing(tmp_path):
    source, output = tmp_path / "articles.jsonl", tmp_path / "versions.html"
    hostile = NOTED.replace("Ships", "<script>alert(1)</script> Ships")
    articles(("Gannet", FIRST, "2030-03-05T08:00Z"), ("Gannet", hostile, "2030-03-05T15:00Z")).to_json(
        source, orient="records", lines=True
    )
    done = CliRunner().invoke(main, ["report", str(source), "--versions", "-o", str(output)])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("1 article in 2 versions: ")
    page = output.read_text(encoding="utf-8")
    assert "<del>two</del> <ins>three</ins> workers were hurt" in page
    assert "A note in the text speaks of a change." in page
    assert "<script" not in page
    refused = CliRunner().invoke(main, ["report", str(source), "--versions", "--brief", "-o", str(output)])
    assert refused.exit_code == 2
    assert "--versions takes articles and -o FILE alone" in refused.stderr


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", "", "No note in the text speaks of it."),
        (NOTE, NOTE, "The only note in the text was there before."),
        (NOTE, OTHER_NOTE, "A note in the text was changed."),
        (NOTE, "", "A note in the text was taken out."),
    ],
)
def test_the_page_says_what_the_text_says_of_its_edits(tmp_path, before, after, said):
    source, output = tmp_path / "articles.jsonl", tmp_path / "versions.html"
    articles(("Gannet", FIRST + before, "2030-03-05"), ("Gannet", UPDATE + after, "2030-03-06")).to_json(
        source, orient="records", lines=True
    )
    assert CliRunner().invoke(main, ["report", str(source), "--versions", "-o", str(output)]).exit_code == 0
    assert f"1 sentence added, 1 sentence changed. {said}" in output.read_text(encoding="utf-8").replace(
        "1 sentence changed, 1 sentence added", "1 sentence added, 1 sentence changed"
    )


def test_the_edits_are_a_table_if_a_file_for_tables_is_named(tmp_path):
    source, output = tmp_path / "articles.jsonl", tmp_path / "edits.csv"
    given = articles(("Gannet", FIRST, "2030-03-05"), ("Gannet", UPDATE, "2030-03-06"))
    given.to_json(source, orient="records", lines=True)
    done = CliRunner().invoke(main, ["report", str(source), "--versions", "-o", str(output)])
    assert done.stdout.rstrip().endswith(f"The table: {output}")
    assert compare.read_table(output)["how"].tolist() == ["changed", "added"]


def test_a_run_compares_one_version_and_goes_on_when_a_newer_one_comes(tmp_path):
    source, run = tmp_path / "articles.jsonl", tmp_path / "run"
    other = COLUMN.replace("crane", "mast")
    rows = [("Gannet", FIRST, "2030-03-05T08:00Z"), ("Orrery", REPORT, "2030-03-05"), ("Orrery", other, "2030-03-05")]
    given = articles(*rows).assign(story_id=["crane", "crane", "mast"])
    newer = articles(("Gannet", UPDATE, "2030-03-05T15:00Z")).assign(story_id="crane")
    shown = []
    for known in (given, pd.concat([given, newer])):
        known.to_json(source, orient="records", lines=True)
        command = ["corpus", str(source), "-o", str(run), "--reader", "none", "--keep", "newest", "--resume"]
        done = CliRunner().invoke(main, command)
        assert done.exit_code == 0, done.stderr
        shown.append(compare.open_run(run).story("crane").articles["text"].tolist())
    assert [set(texts) for texts in shown] == [{FIRST, REPORT}, {UPDATE, REPORT}]
    assert "1 article was left out, of which another version is the newest" in done.stderr
