"""Parts in the page: folded under their claims, reached with the keyboard, found by their words, and on paper.

Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

from dataclasses import replace

import pytest
from report_stories import small_story

from compare.report.story.findings import brief_of
from compare.report.story.payload import payload
from compare.report.story.view import view_of
from compare.tables import CLAIMS


def folded_story():
    """The story of five claims, of which the third and the fifth are parts of the first."""
    story = small_story()
    part_of = story.claims["claim_id"].map({"3": "1", "5": "1"})
    return replace(story, claims=CLAIMS.frame(story.claims.assign(part_of=part_of)))


@pytest.fixture
def page(open_page, tmp_path):
    return open_page(folded_story().report(tmp_path / "report.html"), reduced_motion="reduce")


def shown(page):
    """The numbers of the rows of the matrix that can be seen."""
    return [int(row.split()[0]) for row in page.locator("#grid tbody tr").filter(visible=True).all_inner_texts()]


def test_a_claim_s_parts_follow_it_and_are_not_counted():
    view = view_of(folded_story())
    assert [(claim.claim_id, claim.number) for claim in view.every] == [
        ("1", 1), ("3", 2), ("5", 3), ("2", 4), ("4", 5)
    ]  # fmt: skip
    assert [claim.claim_id for claim in view.claims] == [claim.claim_id for claim in view.shared] == ["1", "2", "4"]
    assert "3 of 3 claims" in " ".join(brief_of(view, []).sum).replace("<strong>", "").replace("</strong>", "")
    data = payload(view, brief_of(view, []))
    assert data["shared"] == [0, 3, 4]
    assert data["whole"] == [-1, 0, 0, -1, -1]
    assert not any(outlet for outlet in view.alone.values()), "the rain is told by one alone, as a part"


def test_the_page_says_how_many_claims_there_are_and_how_many_details(page):
    facts = page.locator(".facts span").all_inner_texts()
    assert {"3 claims", "2 details"} <= set(facts)
    assert page.locator("#claims .group > summary h3 span").all_inner_texts() == ["3 claims"]


def test_parts_are_unfolded_with_the_keyboard(page):
    assert shown(page) == [1, 4, 5]
    button = page.get_by_role("button", name="2 details")
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert shown(page) == [1, 2, 3, 4, 5]
    page.keyboard.press("Space")
    assert shown(page) == [1, 4, 5]


def test_the_arrows_pass_over_what_is_folded(page):
    page.locator("#grid tbody td").first.focus()
    page.keyboard.press("ArrowDown")
    row = "document.activeElement.parentElement.innerText.split(/\\s/)[0]"
    assert page.evaluate(row) == "4"
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="2 details").click()
    page.locator("#grid tbody td").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(row) == "2"


def test_words_of_a_part_find_and_unfold_its_claim(page):
    page.locator("#words").fill("rain")
    assert shown(page) == [1, 2, 3]
    assert page.locator("#shown").inner_text() == "1 of 1 shown"
    page.locator("#words").fill("truce")
    assert 1 in shown(page)


def test_two_outlets_are_compared_on_claims_alone(page):
    told = [page.locator("#pair-table tbody th").all_inner_texts()]
    for one, other in (("0", "2"), ("1", "2")):
        page.locator("#pair-one").select_option(one)
        page.locator("#pair-other").select_option(other)
        told.append(page.locator("#pair-table tbody th").all_inner_texts())
    assert any(told), "they differ"
    assert not any("port" in text or "Rain" in text for texts in told for text in texts)


def test_a_link_to_a_part_unfolds_it_in_the_list_of_claims(page):
    folds = page.locator("#claims details.parts")
    assert folds.locator("> summary").all_inner_texts() == ["2 details of claim 1"]
    assert not page.locator("#c2").is_visible()
    page.evaluate("location.hash = '#c2'")
    page.locator("#c2 .evidence").wait_for()
    assert page.locator("#c2").is_visible()


@pytest.mark.parametrize("width", [360, 703])
def test_parts_are_on_paper_whatever_is_folded(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert shown(page) == [1, 2, 3, 4, 5]
    assert page.locator("#claims details.parts .wording").first.is_visible()
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    part, whole = (page.locator(f"#grid tbody tr{kind} th").first.evaluate(size) for kind in (".part", ":not(.part)"))
    assert part < whole


def test_a_folded_page_is_no_wider_than_a_telephone(open_page, tmp_path):
    path = folded_story().report(tmp_path / "report.html")
    page = open_page(path, viewport={"width": 360, "height": 800})
    assert shown(page) == [1, 4, 5]
    page.get_by_role("button", name="2 details").click()
    assert shown(page) == [1, 2, 3, 4, 5]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
