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
