"""The list of stories of a folder of pages in a real browser: it searches, filters, sorts, and fits a phone."""

import pytest
from stored_runs import stored
from test_report_axe import axe as axe  # noqa: PLC0414 - a fixture
from test_report_axe import violations

from compare.report.record import page as record
from compare.report.record.page import template_text

AT_ONCE = 10  # rows that the list shows at first here, instead of 100: they need fewer stories


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """The record of 14 stories: more than the list shows at once."""
    folder = tmp_path_factory.mktemp("folder")
    headlines = {"Fleet 7 sails": "Fleet 7 sails from Málaga", "Fleet 9 sails": ""}
    run = stored(folder / "run", claims=6, rename=lambda name: headlines.get(name, name))
    whole = template_text("record/stories.mjs")
    assert "AT_ONCE = 100;" in whole
    fewer = {"record/stories.mjs": whole.replace("AT_ONCE = 100;", f"AT_ONCE = {AT_ONCE};")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "template_text", lambda name: fewer.get(name) or template_text(name))
        return run.corpus.report(folder / "pages")


def listed(page):
    return page.locator("#story-list tbody th a").all_text_contents()


def test_the_list_is_searched_filtered_and_sorted(open_page, index):
    page = open_page(index)
    assert page.locator("#story-shown").text_content() == "10 of 14 shown"
    page.locator("#more-stories").press("Enter")
    assert page.locator("#story-shown").text_content() == "14 of 14 shown"
    assert page.locator("#story-list tr:nth-child(11) a").evaluate("link => link === document.activeElement")
    page.locator("#story-words").fill("malaga fleet")
    assert listed(page) == ["Fleet 7 sails from Málaga"]
    page.locator("#story-words").fill("s9")
    assert "s9" in listed(page), "a story without a headline is called by its id"
    page.locator("#story-words").fill("")
    page.locator("#story-order").select_option("n-left")
    left_out = page.locator("#story-list .n-left").all_text_contents()
    shares = [int(text.rstrip("\u00a0%")) for text in left_out if text]
    assert shares == sorted(shares, reverse=True)
    page.locator("#story-outlet").select_option(label="Ledger")
    number = page.locator("#story-outlet").input_value()
    assert all(number in which.split() for which in page.locator("#story-list .which").all_text_contents())
    page.locator("#story-words").fill("nothing has this")
    assert page.locator("#story-shown").text_content() == "0 of 0 shown"


def test_who_comes_back_finds_what_was_searched_for(open_page, index):
    page = open_page(index)
    page.fill("#story-words", "s12")
    found = listed(page)
    assert len(found) < 14
    page.locator("#story-list tbody a").first.click()
    page.go_back()
    page.locator("#story-list").wait_for()
    if page.input_value("#story-words"):  # the browser put it back
        assert listed(page) == found


def test_paper_has_every_story_that_is_chosen(open_page, index):
    page = open_page(index)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(listed(page)) == 14
    assert page.locator("#more-stories").is_hidden()


def test_without_a_script_the_list_is_whole(open_page, index):
    page = open_page(index, java_script_enabled=False)
    assert len(listed(page)) == 14
    assert not page.locator("#story-controls").is_visible()


def test_a_reader_goes_to_a_story_and_back(open_page, index):
    page = open_page(index)
    page.locator("#story-list tbody a").first.click()
    assert page.locator("h1").text_content() == "Story s0"
    page.get_by_role("link", name="All stories").click()
    page.locator("#story-list").wait_for()
    assert page.url == index.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_is_accessible_and_fits(open_page, axe, index, scheme):
    page = open_page(index, viewport={"width": 360, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert violations(page, axe) == [], f"at {width}"


def test_a_storys_page_of_a_folder_is_accessible(open_page, axe, index):
    story = min((index.parent / "stories").iterdir())
    page = open_page(story, viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page, axe) == []
