"""Everything on the pages can be reached and used with the keyboard alone, and one sees where one is.

Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

import pytest
from report_stories import quoted_story, small_story, synthetic_story
from stored_runs import stored

CELL = "[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]"
# What has the focus: a selector that tells it apart, and whether a reader can see that it has it.
FOCUSED = """() => {
  const here = document.activeElement;
  const paper = getComputedStyle(document.body).backgroundColor;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(here);
  const box = [...here.getClientRects()].find((one) => one.width && one.height) ?? here.getBoundingClientRect();
  const on = document.elementFromPoint(
    Math.min(innerWidth - 2, Math.max(1, (box.left + box.right) / 2)),
    Math.min(innerHeight - 2, Math.max(1, box.top + Math.min(box.height / 2, 12))),
  );
  return {
    node: here.tagName.toLowerCase(),
    id: here.id,
    kind: here.className,
    href: here.getAttribute("href"),
    label: here.getAttribute("aria-label") ?? "",
    section: here.closest("main > section")?.id ?? "",
    outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && outlineColor !== paper,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && Boolean(here.contains(on) || on?.contains(here)),
  };
}"""
MOST = 700  # presses of the tab key


@pytest.fixture
def visit(open_page):
    """Open a page at the size of a laptop, without smooth scrolling."""
    return lambda path, **options: open_page(
        path, viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **options
    )


def stops(page):
    """Press the tab key from the page's start to its end; what had the focus, in order."""
    found = []
    while len(found) < MOST:
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        if here["node"] == "body":
            return found
        found.append(here)
    pytest.fail("the tab key goes round in a circle or there is no end to it")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_tab_key_reaches_everything_on_a_storys_page(visit, demo, tmp_path, scheme):
    path = demo.report(tmp_path / "demo.html")
    page = visit(path, color_scheme=scheme)
    page.locator("table.beside").wait_for()
    for details in ("#c1", "#articles .article"):
        page.locator(details).first.evaluate("(details) => { details.open = true; }")
    page.locator("#c1 .card a").first.wait_for()
    found = stops(page)
    assert [one for one in found if not one["outlined"] or not one["seen"]] == []
    assert found[0]["kind"] == "skip"
    assert page.locator("nav a").count() == len([one for one in found if not one["section"]]) - 1
    ids = [one["id"] for one in found]
    controls = ["show", "whose", "state", "words", "order"]
    assert [one for one in ids if one in controls] == controls
    assert sum(one["kind"] == "outlet-choice" for one in found) == 4
    assert {"lines", "beside"} <= set(ids)
    in_matrix = [one["node"] for one in found if one["section"] == "matrix" and not one["id"]]
    assert in_matrix == ["div", *["button"] * page.locator("#grid thead button").count(), "td"], (
        "one stop for the cells"
    )
    panes = {one["label"] for one in found if one["node"] == "div"}
    assert panes >= {"The matrix", "Quotations and outlets", "The timeline as a table"}
    assert any(one["section"] == "claims" and (one["href"] or "").startswith("#s") for one in found), "evidence"
    assert any(one["section"] == "articles" and one["id"].startswith("s") for one in found), "an article's sentences"
    usable = "main > section:has(a[href], button, input, select, summary, [tabindex='0'])"
    wanted = set(page.locator(usable).evaluate_all("all => all.map(one => one.id)"))
    assert wanted - {one["section"] for one in found} == set()
    assert wanted >= {"brief", "difference", "matrix", "side", "quotes", "outlets", "claims", "articles"}


def test_the_tab_key_reaches_everything_on_the_record(visit, tmp_path):
    run = stored(tmp_path / "run", copies=("Orrery", "Pennant"))
    groups = {"Gannet": "coast", "Orrery": "coast", "Pennant": "hills", "Ledger": "hills"}
    page = visit(run.corpus.report(tmp_path / "record.html", groups=groups))
    page.locator("[data-figure=alike-map] .scatterlayer .point").first.wait_for()
    page.evaluate("scrollTo(0, 0)")
    found = stops(page)
    assert [one for one in found if not one["outlined"] or not one["seen"]] == []
    assert found[0]["kind"] == "skip"
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], summary, select, button, [tabindex=\"0\"]')]"
        ".filter(one => one.checkVisibility()).length"
    )
    radios = page.locator("input[type=radio]").evaluate_all("all => new Set(all.map(one => one.name)).size")
    assert len(found) == wanted + radios, "a group of radio buttons is one stop"


def test_the_skip_link_leads_past_the_contents(visit, tmp_path):
    page = visit(small_story().report(tmp_path / "report.html"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["section"] == "brief"


def test_the_arrows_reach_the_claims_beside_their_cells(visit, tmp_path):
    page = visit(small_story().report(tmp_path / "report.html"))
    page.locator("#grid td[tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#c2"
    page.keyboard.press("Enter")
    page.wait_for_url("**#c2")
    page.locator("#c2[open] .card").first.wait_for()


def test_space_opens_a_cell_and_escape_leads_back_to_it(visit, tmp_path):
    page = visit(small_story().report(tmp_path / "report.html"))
    page.locator("#grid td[tabindex='0']").focus()
    for key in ("ArrowDown", "End", "ArrowLeft", "Space"):
        page.keyboard.press(key)
    page.locator("#peek .card").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#peek").is_hidden()
    assert page.evaluate(CELL) == [2, 2]
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.locator("#c2[open] .card.chosen").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#c2[open]").count() == 0
    assert page.evaluate(CELL) == [2, 2]


def test_escape_leads_back_to_a_cell_that_was_clicked(visit, tmp_path):
    page = visit(small_story().report(tmp_path / "report.html"))
    page.locator("#grid tbody tr").nth(2).locator("td").nth(1).click()
    page.locator("#peek .card").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate(CELL) == [3, 2]


def test_escape_folds_a_claim_that_was_opened_by_itself(visit, tmp_path):
    page = visit(small_story().report(tmp_path / "report.html"))
    page.locator("#c3 summary").press("Enter")
    page.locator("#c3 .card a").first.focus()
    page.keyboard.press("Escape")
    assert page.locator("#c3[open]").count() == 0
    assert page.evaluate("document.activeElement.parentElement.id") == "c3"


def test_selects_and_switches_work_with_the_arrows(visit, tmp_path):
    page = visit(quoted_story().report(tmp_path / "report.html"))
    page.locator("table.beside").wait_for()
    before = page.locator(".beside thead").inner_text()
    page.locator(".outlet-choice").nth(2).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator("table.beside.of3").wait_for()
    assert page.locator(".beside thead").inner_text() != before
    page.locator("#show").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    assert page.locator("#shown").text_content() == "5 of 5 shown"


def test_the_outlets_names_hide_no_cell_that_the_arrows_reach(visit, tmp_path):
    page = visit(synthetic_story(8, 120).report(tmp_path / "report.html"))
    page.locator("#grid td[tabindex='0']").focus()
    for key in ["ArrowDown"] * 25 + ["ArrowUp"] * 20:
        page.keyboard.press(key)
        here = page.evaluate(FOCUSED)
        assert here["seen"], key
