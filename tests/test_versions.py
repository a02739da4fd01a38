"""The same article twice at one outlet: invented towns and outlets."""

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.reading.editions import _address

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
        ["text", "changed"],
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
