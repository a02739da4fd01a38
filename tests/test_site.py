"""The documentation's site is built with no broken link, and is read and searched without a network."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SITE = ROOT / "build" / "site"


@pytest.mark.slow
@pytest.mark.skipif(not importlib.util.find_spec("material"), reason="the mkdocs-material package is not installed")
def test_the_site_fetches_nothing_and_is_searched_from_the_disk(open_page):
    words = ["make", "site", f"BIN={Path(sys.executable).parent}", "--old-file=.venv/installed-for-site"]
    # Not this run's make's flags, which may say to build nothing.
    told = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(words, cwd=ROOT, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = sorted({*SITE.rglob("*.html")} - {SITE / "404.html"})  # which a server shows, from anywhere
    assert {"index.html", "start.html", "RESULTS.html"} <= {page.name for page in pages}
    page = open_page(SITE / "index.html", viewport={"width": 360, "height": 800})
    for path in pages:
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page = open_page(SITE / "docs" / "start.html", viewport={"width": 1300, "height": 900})
    page.keyboard.press("f")
    page.keyboard.type("reattributed")
    page.locator(".md-search-result__link", has_text="Tables").first.wait_for()
