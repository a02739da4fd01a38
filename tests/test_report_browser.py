"""The page in a real browser: it draws, opens evidence, fits a phone, and hostile text does nothing.

Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

from dataclasses import replace

import pytest
from report_stories import quoted_story, small_story, synthetic_story
from test_report_page import hostile_story

from compare.report.wording import OMISSION_NOTE


@pytest.fixture
def visit(open_page, tmp_path):
    """Open a story's report."""
    return lambda story, **options: open_page(story.report(tmp_path / "report.html"), **options)


def cells(page):
    """The numbers of the matrix, row by row."""
    return [row.locator("td").all_inner_texts() for row in page.locator("#grid tbody tr").all()]


def claims(page):
    """The numbers of the claims in the matrix, from above."""
    return [int(number) for number in page.locator("#grid tbody th a").all_inner_texts()]


def test_the_cells_say_where_in_the_article_a_claim_stands(visit):
    story = small_story()
    here = (story.coverage["claim_id"] == "1") & (story.coverage["outlet"] == "Daily Herald")
    page = visit(replace(story, coverage=story.coverage.assign(position=story.coverage["position"].mask(here, 0.4))))
    page.select_option("#cells", "positions")
    shown = cells(page)
    assert shown[0][1] == "40"
    assert shown[1][2] == "", "what is left out stands nowhere"
    assert "how far into the outlet’s article" in page.locator("#cell-note").inner_text()
    page.select_option("#cells", "chances")
    assert cells(page)[0] == ["98", "95", "93"]


def test_the_matrix_is_filtered_and_ordered(visit):
    page = visit(small_story())
    assert cells(page) == [["98", "95", "93"], ["99", "80", "7"], ["97", "3", "88"], ["41", "99", "72"]]
    assert page.locator("#grid tbody tr").nth(1).locator("td").evaluate_all(
        "(cells) => cells.map((cell) => getComputedStyle(cell, '::before').content)"
    ) == ['"=" / "verbatim, "', '"≠" / "altered, "', '"–" / "left out, "']
    page.select_option("#show", "all")
    assert claims(page) == [1, 2, 3, 4, 5]
    page.select_option("#show", "left-out")
    page.select_option("#order", "story")
    assert page.locator("#shown").text_content() == "2 of 2 shown"
    assert claims(page) == [2, 3]


def test_the_matrix_finds_what_one_outlet_leaves_out_and_words_in_claims(visit):
    page = visit(small_story())
    page.select_option("#whose", "Evening Post")
    page.select_option("#state", "– left out")
    assert claims(page) == [2]
    page.select_option("#state", "in any way")
    page.fill("#words", "TRUCE")
    assert claims(page) == [1]
    page.fill("#words", "no such words")
    assert page.locator("#shown").text_content() == "0 of 0 shown"


def test_the_matrix_is_sorted_by_an_outlets_column(visit):
    page = visit(small_story())
    page.get_by_role("button", name="Evening Post").click()
    assert claims(page) == [1, 3, 4, 2]
    assert page.locator("#grid th[aria-sort]").inner_text() == "Evening Post"
    page.select_option("#order", "salience")
    assert page.locator("#grid th[aria-sort]").count() == 0


def test_the_arrows_walk_through_the_matrix_and_enter_opens_a_cell(visit):
    page = visit(small_story())
    assert page.locator("#grid td[tabindex]").count() == 1, "one stop for the tab key"
    page.locator("#grid td[tabindex]").focus()
    for key in ("ArrowDown", "End", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    assert page.locator("#peek .card h4").inner_text() == "Daily Herald"
    page.keyboard.press("Enter")
    page.wait_for_url("**#c2")
    assert page.locator("#c2 .card.chosen h4").inner_text() == "Daily Herald"


def test_a_cell_shows_its_sentence_where_it_stands(visit):
    page = visit(small_story())
    page.locator("#grid td").nth(5).click()
    box = page.locator("#peek")
    assert "Seventeen people were killed" in box.locator(".wording").inner_text()
    assert "left out \u2013 7\u00a0% chance that it is carried" in box.inner_text()
    assert OMISSION_NOTE in box.inner_text()
    cell = page.locator("#grid td").nth(5).bounding_box()
    shown = box.bounding_box()
    assert shown["y"] >= cell["y"] + cell["height"] or shown["y"] + shown["height"] <= cell["y"], (
        "the cell stays in sight"
    )
    page.locator("#grid td").nth(4).click()
    assert box.locator(".card h4").inner_text() == "Daily Herald", "one at a time"
    box.get_by_text("in the article").click()
    page.locator("#s4:focus, #s5:focus, #s6:focus").wait_for()
    assert box.is_hidden()


def test_a_cell_leads_to_the_claims_evidence(visit):
    page = visit(small_story())
    page.locator("#grid td").nth(4).click()
    page.get_by_role("link", name="What every outlet says about it").click()
    page.wait_for_url("**#c2")
    assert page.locator("#peek").is_hidden()
    cards = page.locator("#c2[open] .card")
    assert cards.count() == 3
    herald = cards.nth(1).inner_text()
    assert "altered \u2013 80\u00a0% sure it is carried in some form" in herald
    assert "changed: number; in the second fifth" in herald
    assert cards.nth(1).locator("ins").all_text_contents() == ["Seventy-one"]
    assert cards.nth(1).locator("del").all_text_contents() == ["Seventeen"]
    post = cards.nth(2).inner_text()
    assert "left out \u2013 7\u00a0% chance that it is carried" in post
    assert "Nearest sentence:" in post


def test_the_keyboard_reaches_evidence_and_article(visit):
    page = visit(small_story())
    page.locator("#c1 summary").focus()
    page.keyboard.press("Enter")
    page.locator("#c1 .card").first.wait_for()
    page.locator("#c1 .card").first.get_by_text("in the article").press("Enter")
    page.locator("#s0:focus").wait_for()
    page.keyboard.press("Enter")
    page.locator("#c1 summary:focus").wait_for()


def test_the_clause_that_tells_a_claim_is_marked_in_its_sentence(visit):
    story = small_story(rename=lambda text: text.replace("Seventeen people", "\U0001f30a Rain fell. But, seventeen"))
    mentions = story.mentions.copy()
    mentions.loc[(mentions["claim_id"] == "2") & (mentions["outlet"] == "Northern Courier"), "start"] += 13
    page = visit(replace(story, mentions=mentions))
    page.locator("#c2 summary").click()
    courier = page.locator("#c2 .card", has_text="Northern Courier")
    assert courier.locator("mark").all_text_contents() == ["But, seventeen were killed on Monday."]
    assert courier.locator("blockquote").text_content().startswith("\U0001f30a Rain fell. ")
    assert page.locator("#c2 .card", has_text="Daily Herald").locator("mark").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_a_quotation_leads_to_its_sentence(visit, script):
    page = visit(quoted_story(), java_script_enabled=script)
    page.locator("#q1 .versions").get_by_role("link", name="Northern Courier").press("Enter")
    page.wait_for_url("**#s2")
    page.locator("#s2").wait_for(state="visible")


def test_a_finding_about_a_quotation_opens_it(visit):
    page = visit(quoted_story())
    page.goto(page.url + "#q3")
    page.locator("#q3").wait_for(state="visible")


def test_the_ledger_fits_a_phone_and_prints_what_is_unfolded(visit):
    page = visit(quoted_story(), viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator("#q1 del").wait_for(state="visible")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})
    assert page.locator(".quote-grid tbody tr").count() == 1, (
        "those of at least two outlets that somebody quotes in marks"
    )
    assert page.locator(".quote-grid").is_visible()
    heights = [page.locator(f"#q{number}").evaluate("(one) => one.getBoundingClientRect().height") for number in (1, 2)]
    assert heights[0] > 0 == heights[1]


def test_a_link_to_a_claim_opens_it(visit):
    page = visit(small_story())
    page.goto(page.url + "#c5")
    page.locator("#c5[open] .card").first.wait_for()
    assert page.locator("#c5 .card").first.is_visible()


def test_a_link_below_the_side_by_side_view_leads_there_although_that_is_drawn_later(visit):
    page = visit(synthetic_story(8, 40), viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.locator("nav a[href='#outlets']").click()
    page.locator(".beside").wait_for()
    assert abs(page.locator("#outlets").bounding_box()["y"]) < 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(visit, scheme):
    page = visit(synthetic_story(outlets=20, claims=30), viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.locator(".card").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_long_matrix_is_drawn_in_parts(visit):
    page = visit(synthetic_story(outlets=3, claims=600))
    page.select_option("#show", "all")
    assert page.locator("#shown").text_content() == "100 of 600 shown"
    page.locator("#more").click()
    assert claims(page) == list(range(1, 201))
    page.select_option("#show", "shared")
    assert len(claims(page)) == 100


def test_hostile_text_does_nothing(visit):
    page = visit(hostile_story())
    page.locator("#side").scroll_into_view_if_needed()
    page.locator(".beside").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.locator(".card").first.wait_for()
    assert page.locator("img, svg[onload], iframe").count() == 0
    assert page.locator("script:not(#plotly, head script)").count() == 2, "data and module"
    assert page.locator("a:not([href^='#'])").count() == 0
    assert "</script><script>alert(1)</script>" in page.locator("#s0").text_content()


def test_without_javascript_everything_but_the_side_by_side_is_there(visit):
    page = visit(small_story(), java_script_enabled=False)
    assert page.locator("#grid td").count() == 15
    assert page.locator("#controls").is_hidden()
    assert page.get_by_text("without it, read them in the articles").is_visible()
    page.locator(".article summary").first.click()
    assert page.locator("#s0").is_visible()
