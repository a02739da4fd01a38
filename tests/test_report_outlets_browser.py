"""The outlets' page in a real browser: it fits a phone, switches without a script, and hostile text does nothing."""

import pytest
from outlet_counts import drawn
from stored_runs import RATES, add_figure, record_of, stored
from test_report_outlets import counted
from test_report_page import HOSTILE

from compare.corpus.results import results_of
from compare.report.look import PAPERS
from compare.report.record.page import render_record


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return stored(tmp_path_factory.mktemp("outlets") / "run", copies=("Orrery", "Pennant"))


@pytest.fixture
def visit(open_page, tmp_path):
    """Open a page given as HTML."""

    def opened(html, **options):
        path = tmp_path / "record.html"
        path.write_bytes(html.encode())
        return open_page(path, **options)

    return opened


def test_sixty_outlets_fit_any_window(visit):
    corpus = counted(drawn(1, 40, [0.2 + 0.01 * number for number in range(60)], covers=0.4))
    page = visit(render_record(corpus), viewport={"width": 360, "height": 740})
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") == width, scheme


def test_the_switch_works_without_a_script_and_by_keyboard(visit, run):
    page = visit(record_of(run.corpus), java_script_enabled=False)
    printed, collapsed = page.locator(".version.printed"), page.locator(".version.collapsed")
    assert (printed.is_visible(), collapsed.is_visible()) == (True, False)
    page.locator("#show-printed").focus()
    page.keyboard.press("ArrowRight")
    assert (printed.is_visible(), collapsed.is_visible()) == (False, True)
    page.emulate_media(media="print")
    assert (printed.is_visible(), collapsed.is_visible()) == (True, True)


def test_links_lead_to_the_evidence(visit, run):
    page = visit(record_of(run.corpus), viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.locator(".findings a").first.click()
    assert abs(page.locator("#differences").bounding_box()["y"]) < 100
    page.locator(".version.printed a", has_text="Ledger").first.click()
    assert page.locator(":target h3").text_content() == "Ledger"


def test_hostile_names_do_nothing(visit, tmp_path):
    def rename(name):
        return f"{name} \u05e2\u05d9\u05ea\u05d5\u05df {HOSTILE}"

    page = visit(record_of(stored(tmp_path / "run", stories=5, rename=rename).corpus))
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.locator("[data-figure=alike-map] .scatterlayer .point").first.wait_for()
    assert page.locator("img, iframe, svg[onload]").count() == 0
    assert page.locator(".figure a, .figure script").count() == 0
    assert page.locator("a:not([href^='#'])").count() == 0
    names = page.locator("#outlets h3").all_text_contents()
    assert len(names) == len(RATES)
    assert all("</script><script>alert(1)</script>" in name and "{{7*7}}" in name for name in names)


def test_a_figure_is_drawn(visit, run, monkeypatch):
    add_figure(monkeypatch)
    page = visit(record_of(run.corpus), color_scheme="dark")
    page.locator("[data-figure=map]").scroll_into_view_if_needed()
    page.locator("[data-figure=map] .scatterlayer .point").first.wait_for()
    assert page.locator("[data-figure=map] .scatterlayer .point").count() == 2


def test_figures_have_the_colours_of_the_dark_page(visit, run):
    page = visit(render_record(results_of(run.corpus)), color_scheme="dark")
    page.locator("[data-figure=alike-map] .scatterlayer .point").first.wait_for()
    fill = "one => getComputedStyle(one).fill"
    assert page.locator("[data-figure=alike-map] .textpoint text").first.evaluate(fill) == rgb(PAPERS["dark"].ink)
    assert page.locator("[data-figure=alike-map] .points path").first.evaluate(fill) == rgb(PAPERS["dark"].mark)
    assert page.locator("body").evaluate("one => getComputedStyle(one).color") == rgb(PAPERS["dark"].ink)


def rgb(colour):
    return f"rgb{tuple(bytes.fromhex(colour[1:]))}"
