import importlib.util
import os
import shutil

import pytest
from hypothesis import settings

# How long an example takes says more about the machine than about the code. Where a run decides whether a
# change lands, the examples are the same every time; elsewhere new ones are looked for.
settings.register_profile("storydiff", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("storydiff")


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"
# What a page's policy refuses is a complaint of its own, also where the console would keep silent.
REFUSED = "addEventListener('securitypolicyviolation', (event) => console.error('refused', event.violatedDirective))"


@pytest.fixture(scope="module")
def browser():
    missing = "" if CHROMIUM else "no Chromium on the path"
    missing = missing if importlib.util.find_spec("playwright") else "the playwright package is not installed"
    if missing and os.environ.get("CI") == "true":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """Open an HTML file; whatever the page complains about, asks or fetches fails the test."""
    complaints = []

    def opened(path, **options):
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        context.add_init_script(REFUSED)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url[:80]))
        page.goto(path.as_uri())
        return page

    yield opened
    assert complaints == []
