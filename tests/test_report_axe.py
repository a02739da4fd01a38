"""Every page meets WCAG 2.2 AA as far as axe-core can tell (https://github.com/dequelabs/axe-core).

`npm install --prefix tests` gets axe-core; without it these tests are skipped, except in CI.
"""

import os
from functools import partial
from pathlib import Path

import pytest
from outlet_counts import drawn
from report_stories import quoted_story, small_story, synthetic_story
from stored_runs import stored
from test_report_outlets import counted

from compare.report.record.page import render_record

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
PHONE, WIDE = ({"width": width, "height": 800} for width in (360, 1280))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every rule is tried on every element; where one is passed is not described, which would take most of the time.
RUN = """async (rules) => {
    const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
    const where = (one) => [one.id, one.nodes.slice(0, 5).map((node) => node.html.slice(0, 150))];
    return { passes: found.passes.length, violations: found.violations.map(where) };
}"""


@pytest.fixture(scope="module")
def axe():
    if not AXE.exists() and os.environ.get("CI") == "true":
        pytest.fail("axe-core is not installed: npm install --prefix tests")
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests")
    return AXE.read_text(encoding="utf-8")


def violations(page, axe):
    """What axe-core finds wrong, with everything unfolded: the rule, and where."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe)
    found = page.evaluate(RUN, RULES)
    assert found["passes"] > 10, "axe-core ran"
    return [(rule, html) for rule, nodes in found["violations"] for html in nodes]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "story",
    [
        small_story,
        quoted_story,
        partial(synthetic_story, 12, 16),
        partial(small_story, outlets=1),
        partial(small_story, outlets=0),
    ],
    ids=["three outlets", "quotations", "twelve outlets", "one outlet", "nothing"],
)
def test_a_storys_page(open_page, axe, tmp_path, story, scheme):
    page = open_page(story().report(tmp_path / "report.html"), color_scheme=scheme, reduced_motion="reduce")
    if page.locator("#side").count():
        page.locator(".figure").first.scroll_into_view_if_needed()
        page.locator(".figure .main-svg").last.wait_for()
        page.locator("#side").scroll_into_view_if_needed()
        page.locator(".beside").wait_for()
    assert violations(page, axe) == []


def test_the_demo_page(open_page, axe, demo, tmp_path):
    path = demo.report(tmp_path / "demo.html")
    page = open_page(path, viewport=PHONE, reduced_motion="reduce")
    page.locator(".figure").first.scroll_into_view_if_needed()
    page.locator(".figure .main-svg").last.wait_for()
    page.locator("#side").scroll_into_view_if_needed()
    page.locator(".beside").wait_for()
    assert violations(page, axe) == []
    page.set_viewport_size(WIDE)
    assert violations(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_outlets_page(open_page, axe, tmp_path, scheme):
    path = tmp_path / "record.html"
    path.write_text(render_record(counted(drawn(1, 40, [0.3, 0.4, 0.5, 0.6]))), encoding="utf-8")
    page = open_page(path, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page, axe) == []


def test_the_outlets_page_with_its_figures(open_page, axe, tmp_path):
    run = stored(tmp_path / "run", copies=("Orrery", "Pennant"))
    groups = {"Gannet": "coast", "Orrery": "coast", "Pennant": "hills", "Ledger": "hills"}
    page = open_page(run.corpus.report(tmp_path / "record.html", groups=groups), viewport=PHONE)
    page.locator("[data-figure=alike-map] .scatterlayer .point").first.wait_for()
    assert violations(page, axe) == []
    page.set_viewport_size(WIDE)
    assert violations(page, axe) == []
