import gc
import importlib.util
import os
import shutil
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

import compare

DATASETS = Path(__file__).parents[1] / "datasets"
# The kind of a test, by a fixture that it uses, itself or through another.
KINDS = {"browser": "browser", "chrome": "browser", "wheel": "package", "kernel": "notebook", "planted": "slow"}
# What takes long is begun first, so that the workers of a run end together.
ORDER = ("notebook", "package", "slow")


def pytest_collection_modifyitems(items):
    """Mark each test by its kind, and as fast if it is of none; the files of what takes long come first."""
    ranks = {}
    for item in items:
        for kind in {KINDS[name] for name in item.fixturenames if name in KINDS}:
            item.add_marker(kind)
        kinds = {mark.name for mark in item.iter_markers()}
        if kinds.isdisjoint([*KINDS.values(), "medium"]):
            item.add_marker("fast")
        rank = min((place for place, kind in enumerate(ORDER) if kind in kinds), default=len(ORDER))
        ranks[item.path] = min(rank, ranks.get(item.path, rank))
    items.sort(key=lambda item: ranks[item.path])


def pytest_collection_finish():
    """What is imported by now stays; that the collector need not look through it again and again saves a twentieth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


# How long an example takes says more about the machine than about the code. Where a run decides whether a
# change lands, the examples are the same every time; elsewhere new ones are looked for.
settings.register_profile("storydiff", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("storydiff")


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
FLAGS += " --disable-component-update --disable-sync"
# What a page's policy refuses is a complaint of its own, also where the console would keep silent.
REFUSED = "addEventListener('securitypolicyviolation', (event) => console.error('refused', event.violatedDirective))"


@pytest.fixture(scope="session")
def compared():
    """Give the story of a folder of `datasets`, compared by words alone: once for all tests, which only read it."""
    stories, before = {}, {}

    @cache
    def story(name):
        stories[name] = compare.compare_story(DATASETS / name, reader=None)
        before[name] = {table: frame.copy() for table, frame in stories[name].tables.items()}
        return stories[name]

    yield story
    for name, frames in before.items():
        for table, frame in stories[name].tables.items():
            pd.testing.assert_frame_equal(frame, frames[table], obj=f"{table} of {name}, which a test has changed")


@pytest.fixture(scope="session")
def demo(compared):
    """The demo's story, by words alone, which tests only read; `compare.read_demo()` gives its articles."""
    return compared("ceasefire")


@pytest.fixture(scope="session")
def browser():
    """Chromium, begun once; whoever makes a context of it closes it."""
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
    complaints, contexts = [], []

    def opened(path, **options):
        context = browser.new_context(**options)
        contexts.append(context)
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
    for context in contexts:
        context.close()
    assert complaints == []
