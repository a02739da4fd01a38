"""The quote ledger and the agency copies in the report."""

import re

import pytest
from report_stories import small_story

import compare
from compare.report.ledger import copies, ledger, quote_findings
from compare.report.page import render_page
from compare.report.view import view_of
from compare.tables import QUOTES


@pytest.fixture(scope="module")
def demo():
    return compare.compare_story(compare.read_demo())


@pytest.fixture(scope="module")
def page(demo):
    return render_page(demo)


def section(page, name):
    return re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)[0]


def quotation(page, words):
    """The text of one quotation of the page, without its tags."""
    (found,) = (
        part for part in re.findall(r'<details class="quotation".*?</details>', page, re.DOTALL) if words in part
    )
    return " ".join(re.sub(r"<[^>]+>", "", found).split())


def test_the_officials_view_is_told_at_every_outlet(page):
    text = quotation(page, "He looks at Trump and sees someone he can influence")
    assert "A European intelligence official" in text
    assert "Kestrel One News given to somebody else, A Ukrainian army officer: " in text
    assert "% sure that it is somebody else" in text
    assert "The Orrery in full, A European intelligence official: He looks at Trump" in text
    for outlet in ("Daily Pennant", "Harbour Street Journal", "Wexcombe Evening Post"):
        assert re.search(rf"{outlet} absent does not tell what is said: \d+.% sure", text)


def test_what_is_gone_is_struck(page):
    assert "gone: but not one that leaves Kyiv to police it alone" in quotation(page, "A cease-fire is worth having")
    assert '<del dir="auto">but not one that leaves Kyiv' in page


def test_who_gives_words_to_somebody_else_is_a_finding(demo):
    first, *others = quote_findings(ledger(view_of(demo)))
    assert "Kestrel One News" in first
    assert "to <bdi>a Ukrainian army officer</bdi>, not to <bdi>a European intelligence official</bdi>" in first
    assert any("Northern Courier" in one and "trims" in one for one in others)


def test_the_note_stands_with_the_quotations(page):
    assert "An omission is an estimate, not proof of intent." in section(page, "quotes")


def test_outlets_that_run_an_agencys_text_are_marked(demo, page):
    assert page.count('<span class="badge">Longwave copy; its end missing</span>') == 3
    (told,) = copies(demo.wire)
    assert told == (
        "<bdi>Brackwater Ledger</bdi>, <bdi>Wexcombe Evening Post</bdi> run one text by <bdi>Longwave</bdi>. "
        "<bdi>Wexcombe Evening Post</bdi> has it without its end (7 sentences). "
        "What a cut from the end leaves out was not picked."
    )
    assert told in page


def test_a_story_without_quotations_has_no_such_section():
    page = render_page(small_story())
    assert 'id="quotes"' not in page
    assert "#quotes" not in page


def test_hostile_words_of_a_quotation_add_no_element():
    story = small_story()
    evil = "</q></li><script>alert(1)</script>"
    row = dict.fromkeys(QUOTES.names) | {"quote_id": "q", "outlet": evil, "state": "trimmed", "wording": evil}
    row |= {"speaker": evil, "resolved": evil, "text": evil, "gone": evil, "source": evil, "cue": evil}
    object.__setattr__(story, "quotes", QUOTES.frame([row]))
    page = render_page(story)
    assert evil not in page
    assert page.count("&lt;script&gt;alert(1)") >= 5
