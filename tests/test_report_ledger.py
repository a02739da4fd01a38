"""The quote ledger and the agency copies in the report of the bundled story."""

import re

import pytest
from report_stories import comparison_of

from compare.report.story.findings import brief_of
from compare.report.story.page import render_page
from compare.report.story.quotations import quotations_of
from compare.report.story.view import view_of


@pytest.fixture(scope="module")
def page(demo):
    return render_page(demo)


def quotation(page, words):
    """The text of one quotation of the page, without its tags."""
    (found,) = (
        part for part in re.findall(r'<details class="quotation".*?</details>', page, re.DOTALL) if words in part
    )
    return " ".join(re.sub(r"<[^>]+>", "", found).split())


def test_the_officials_view_is_told_at_every_outlet(page):
    text = quotation(page, "He looks at Trump and sees someone he can influence")
    given, absent = text.split("an estimate, not proof of intent")
    assert "A European intelligence official" in given
    assert re.search(r"Kestrel One News .*from A European intelligence official to A Ukrainian army officer", given)
    assert "The Orrery" in given
    for outlet in ("Daily Pennant", "Harbour Street Journal", "Wexcombe Evening Post"):
        assert re.search(rf"{outlet}(&nbsp;†)? chance that its claim is carried: \d+.%", absent), outlet


def test_what_is_gone_is_struck(page):
    assert "<del>but not one that leaves Kyiv to police it alone</del>" in page


def test_who_gives_words_to_somebody_else_is_a_finding(demo):
    view = view_of(demo)
    brief = brief_of(view, quotations_of(view))
    told = [(finding, str(finding.said.striptags())) for finding in brief.first + brief.more]
    given = next(finding for finding, said in told if said.startswith("Kestrel One News gives "))
    assert given in brief.first
    assert "to a Ukrainian army officer instead of a European intelligence official" in given.said.striptags()
    assert given.proofs[0].outlet == "Kestrel One News"
    assert "officer" in given.proofs[0].text


def test_outlets_that_run_an_agencys_text_are_marked(page):
    assert page.count('<span class="badge">Longwave agency copy, end missing</span>') >= 3
    assert "run the same agency text (<bdi>Longwave</bdi>)" in page


@pytest.mark.parametrize(
    ("speaker", "source", "same", "suggested"),
    [
        ("Dean Hallam", "Moira Tennick", 0.1, True),
        ("Dean Hallam of the dockers' union", "The dockers' union", 0.5, False),
        ("he", "Moira Tennick", 0.5, False),
        ("Dean Hallam", None, 0.5, False),
        ("the Ledger", "Moira Tennick", 0.1, False),
        ("Our reporter", "Moira Tennick", 0.1, False),
    ],
)
def test_another_speaker_is_suggested_only_where_two_are_named(speaker, source, same, suggested):
    told = {"outlet": "Gannet", "state": "full", "speaker": "Moira Tennick", "same_speaker": 1.0}
    other = {"outlet": "Harbour Ledger", "state": "full", "speaker": speaker, "same_speaker": same}
    words = {"text": "We gave the river away.", "kind": "direct", "gone": "", "probability": 0.9}
    of = {"quote_id": "q", "source": source, "wording": "We gave the river away."}
    articles = [{"article_id": o, "story_id": "s", "outlet": o, "text": "x"} for o in ("Gannet", "Harbour Ledger")]
    story = comparison_of("s", articles=articles, quotes=[one | words | of for one in (told, other)])
    (one,) = quotations_of(view_of(story))
    assert [version.another is not None for version in one.versions] == [False, suggested]
