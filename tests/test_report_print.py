"""On paper: nothing is cut at the width of A4, what was folded is there, and states are told apart without colour.

Needs Chromium and the playwright package; without them the tests are skipped, except in CI.
"""

import re
from functools import partial

import pytest
from report_stories import quoted_story, small_story, synthetic_story
from stored_runs import stored
from test_findings import FERRY, SURE, story

import compare
from compare.report.look import looks_for
from compare.report.wording import OMISSION_NOTE

A4 = 703  # CSS pixels between the margins of `@page`
# What reaches beyond the paper's edge, and the part of the page that it is in.
CUT = """[...document.querySelectorAll("main *, header *")]
  .filter((one) => !one.closest(".js-plotly-plot") && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().width && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.closest("section[id]")?.id} ${one.tagName} ${one.className}`)"""


@pytest.fixture
def printed(open_page):
    """Open a page as it is put on paper."""

    def opened(path):
        page = open_page(path, viewport={"width": A4, "height": 1000})
        if page.locator("#beside").count():
            page.locator("#beside table").wait_for()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        return page

    return opened


@pytest.mark.parametrize(
    "story",
    [quoted_story, partial(synthetic_story, 20, 60), partial(synthetic_story, 60, 40)],
    ids=["three outlets", "twenty outlets", "sixty outlets"],
)
def test_a_storys_page_fits_the_paper(printed, tmp_path, story):
    page = printed(story().report(tmp_path / "report.html"))
    assert page.evaluate(CUT) == []


def test_the_record_fits_the_paper(printed, tmp_path):
    run = stored(tmp_path / "run", copies=("Orrery", "Pennant"))
    groups = {"Gannet": "coast", "Orrery": "coast", "Pennant": "hills", "Ledger": "hills"}
    page = printed(run.corpus.report(tmp_path / "record.html", groups=groups))
    page.locator("[data-figure=alike-map] .scatterlayer .point").first.wait_for()
    assert page.evaluate(CUT) == []


def test_findings_and_the_evidence_of_what_the_matrix_shows_are_printed(printed, tmp_path):
    page = printed(story({FERRY: f"{SURE} ..05"}).report(tmp_path / "sure.html"))
    proofs = page.locator("#brief .proofs blockquote").all()
    assert proofs
    assert all(one.is_visible() for one in proofs)
    page = printed(quoted_story().report(tmp_path / "report.html"))
    assert page.locator("#q1 .versions").is_visible(), "told otherwise somewhere, so it is unfolded"
    shown = page.locator(".claim .evidence")
    assert shown.count() == 4, "every shared claim"
    assert all(one.is_visible() for one in shown.all())
    assert page.locator(".card blockquote").first.is_visible()
    assert page.locator("nav, .controls, .skip, .card blockquote > a, #side, #c5").filter(visible=True).count() == 0


def test_articles_are_printed_where_they_are_unfolded(printed, tmp_path):
    page = printed(quoted_story().report(tmp_path / "report.html"))
    assert page.locator("#articles").is_hidden()
    page.evaluate("document.querySelectorAll('.article')[1].open = true")
    shown = page.locator("#articles article").filter(visible=True)
    assert shown.count() == 1
    assert "Seventy-one people" in shown.inner_text()


def test_a_claim_that_the_matrix_does_not_show_is_not_printed(open_page, tmp_path):
    page = open_page(small_story().report(tmp_path / "report.html"))
    page.select_option("#show", "left-out")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    claims = page.locator(".claim").filter(visible=True).evaluate_all("all => all.map(one => one.id)")
    assert claims == ["c2", "c3"]


def test_four_articles_of_four_hundred_words_are_no_book(open_page, tmp_path):
    articles = compare.read_demo().iloc[:4]
    page = open_page(compare.compare_story(articles, reader=None).report(tmp_path / "report.html", plotly=False))
    page.locator("#beside table").wait_for()
    assert len(re.findall(rb"/MediaBox ", page.pdf(format="A4"))) <= 14


def test_on_paper_a_state_is_a_symbol_as_well(printed, tmp_path):
    page = printed(small_story().report(tmp_path / "report.html"))
    cells = "(cells) => cells.map((cell) => [cell.className, getComputedStyle(cell, '::before').content])"
    symbols = dict(page.locator("#grid td").evaluate_all(cells))
    assert len(symbols) == len(set(symbols.values())) == 5
    chips = page.locator("#matrix .key .chip").all_text_contents()
    assert len(set(chips)) == len(looks_for(()))


def test_the_outlets_names_stand_on_every_page_of_the_matrix(printed, tmp_path):
    page = printed(synthetic_story(6, 300).report(tmp_path / "report.html"))
    heads = page.locator("#grid thead th").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one)).map((one) => [one.position, one.transform, one.writingMode])"
    )
    assert {tuple(head) for head in heads} == {("static", "none", "horizontal-tb")}, "else browsers paint them once"


def test_a_printed_story_is_a_small_file_of_pages(open_page, tmp_path):
    page = open_page(quoted_story().report(tmp_path / "report.html"))
    page.locator("#beside table").wait_for()
    paper = page.pdf(format="A4")
    sizes = re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", paper)
    assert len(sizes) > 3
    assert all(
        float(width) == pytest.approx(595, abs=1) and float(height) == pytest.approx(842, abs=1)
        for width, height in sizes
    )
    assert len(paper) < 1_000_000, "no gradient that weighs megabytes"


def test_on_paper_is_the_evidence_of_the_first_claims_and_the_page_says_so(printed, tmp_path):
    page = printed(synthetic_story(8, 120).report(tmp_path / "many.html"))
    assert page.locator(".claim .evidence").filter(visible=True).count() == 25
    assert page.locator("#on-paper").is_visible()
    page = printed(quoted_story().report(tmp_path / "few.html"))
    assert page.locator("#on-paper").is_hidden()


@pytest.mark.parametrize("articles", [8, 4])
def test_the_short_form_is_a_page_or_two(open_page, tmp_path, articles):
    story = compare.compare_story(compare.read_demo().iloc[:articles], reader=None)
    path = story.report(tmp_path / "brief.html", brief=True)
    assert path.stat().st_size < 100_000
    page = open_page(path)
    assert page.locator("script").count() == 0
    assert page.locator("a[href^='#']").count() == 0, "nothing leads to what is not there"
    rows = page.locator("#matrix tbody tr")
    assert 0 < rows.count() <= 20
    assert rows.first.locator("td").count() == articles
    assert OMISSION_NOTE in page.locator("#brief").inner_text()
    assert "fingerprint" in page.locator("#method").inner_text()
    assert len(re.findall(rb"/MediaBox ", page.pdf(format="A4"))) <= 2


@pytest.mark.parametrize("story", [quoted_story(), synthetic_story(40, 60)], ids=["three outlets", "forty outlets"])
def test_the_short_form_fits_the_paper(open_page, tmp_path, story):
    page = open_page(story.report(tmp_path / "brief.html", brief=True), viewport={"width": A4, "height": 1000})
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []
