"""Take the pictures of the demo report that README.md and reports/README.md show.

python docs/pictures.py

Needs the playwright package and Chromium. Pictures are taken anew by hand, when the report or its numbers change.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import compare

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOT = Path(__file__).parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WIDTH = 1280  # pixels
FINDINGS, ROWS = 6, 12  # what README.md shows of them
CLAIM = "European intelligence official said"  # the claim whose evidence is shown
# The first findings and, right below them, the head of the matrix.
_CUT = """(findings) => {
  const hide = (each) => each.style.setProperty("display", "none");
  document.querySelectorAll("header nav, header .lead, #brief h3, #brief .cards, #controls").forEach(hide);
  document.querySelectorAll(`.findings li:nth-child(n + ${findings + 1})`).forEach(hide);
}"""


def main() -> None:
    """Write docs/images/report.png and the pictures of reports/gallery."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = compare.compare_story(compare.read_demo()).report(Path(folder) / "report.html")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.locator("#side").scroll_into_view_if_needed()
        page.locator(".beside").wait_for()
        gallery = ROOT / "reports" / "gallery"
        page.locator("#side").screenshot(path=gallery / "side.png")
        page.locator("#timeline").screenshot(path=gallery / "timeline.png")
        page.locator("#matrix").screenshot(path=gallery / "matrix.png")
        _open_claim(page).screenshot(path=gallery / "evidence.png")
        page.evaluate(_CUT, FINDINGS)
        page.screenshot(path=ROOT / "docs" / "images" / "report.png", full_page=True, clip=_head(page))
        browser.close()


def _open_claim(page: Page) -> Locator:
    claim = page.locator("#claims details.claim", has_text=CLAIM).first
    claim.locator("summary").click()
    return claim


def _head(page: Page) -> dict[str, float]:
    """The page from its top to the last row of the matrix that is shown."""
    last = page.locator("#grid tbody tr").nth(ROWS - 1)
    place = last.evaluate("(row) => row.getBoundingClientRect().bottom + window.scrollY")
    return {"x": 40, "y": 40, "width": 1120, "height": place - 35}  # without the widest part of the margins


if __name__ == "__main__":
    main()
