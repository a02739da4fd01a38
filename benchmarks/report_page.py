"""Weigh and time the page of a story: the demo's, and that of 20 outlets and 2,000 claims; in Chromium, if it is there.

    OMP_NUM_THREADS=1 python benchmarks/report_page.py [--rounds 3]

Only the report is timed, not the comparison. "Ready" is the time from navigation until the matrix can be used and is
painted; "longest task" the longest that the browser was busy with one thing (it tells from 50 ms on) while the page
was scrolled to its end and the matrix and the articles side by side were filtered and sorted. The best of all rounds
counts.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

import compare

ROOT = Path(__file__).parents[1]
sys.path += [str(ROOT / "tests"), str(ROOT / "benchmarks")]  # a story of any size, and one of ten outlets, are there

from report_stories import synthetic_story  # noqa: E402
from story_speed import long_story  # noqa: E402

WATCH = """
window.tasks = [];
const watcher = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((task) => task.duration)));
watcher.observe({ type: "longtask" });
const painted = (done) => requestAnimationFrame(() => setTimeout(done));
addEventListener("DOMContentLoaded", () => painted(() => { window.ready = performance.now(); }));
"""
SCROLL = """async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 2) {
    scrollTo({ top: y, behavior: "instant" });
    await new Promise(requestAnimationFrame);
  }
}"""
CHOICES = [
    ("show", "all"),
    ("order", "omitted"),
    ("order", "story"),
    ("whose", "1"),
    ("state", "5"),
    ("lines", "different"),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def use(page) -> None:
    """Do what a reader does: scroll, show everything, sort, filter, search, and compare a third outlet."""
    page.evaluate(SCROLL)
    for control, value in CHOICES:
        page.select_option(f"#{control}", value)
        page.wait_for_timeout(300)
    page.select_option("#state", "-1")
    page.locator("#words").press_sequentially("the", delay=150)
    page.fill("#words", "")
    if page.locator("#more").is_visible():
        page.click("#more")
    page.locator("#grid thead button").first.click()
    page.locator(".outlet-choice").nth(2).select_option("2")
    page.locator("details.claim").first.click()
    page.wait_for_timeout(600)


def in_a_browser(chromium, path: Path) -> tuple[float, float]:
    """Return the seconds until the page is ready and the milliseconds of the longest task while it is used."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.wait_for_function("window.ready && !document.getElementById('controls').hidden")
    ready = page.evaluate("window.ready") / 1000
    page.wait_for_timeout(1500)  # what is drawn once the page rests is drawn
    page.evaluate("tasks.length = 0")
    use(page)
    longest = page.evaluate("Math.max(0, ...tasks)")
    context.close()
    return ready, longest


def browsed(paths: list[Path], rounds: int) -> list[tuple[float, float]]:
    """Return for each page the least of both times; without a browser, nothing."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    if not program:
        return []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
        times = [[in_a_browser(chromium, path) for _ in range(rounds)] for path in paths]
        chromium.close()
    return [tuple(map(min, zip(*of_page, strict=True))) for of_page in times]


def written(story: compare.Comparison, path: Path, rounds: int) -> float:
    """Write the page; give the least seconds that it took."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        story.report(path)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    stories = {
        "demo": compare.compare_story(compare.read_demo()),
        "ten outlets, 40 sentences each": compare.compare_story(long_story()),
        "20 outlets, 2,000 claims": synthetic_story(20, 2000),
    }
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.html" for number in range(len(stories))]
        seconds = [written(story, path, rounds) for story, path in zip(stories.values(), paths, strict=True)]
        times = browsed(paths, rounds) or [(float("nan"), float("nan"))] * len(paths)
        print(f"{'':32s}{'size':>9s}{'report()':>10s}{'ready':>9s}{'longest task':>14s}")
        for name, path, report, (ready, longest) in zip(stories, paths, seconds, times, strict=True):
            task = f"{longest:.0f} ms" if longest else "< 50 ms"
            print(f"{name:32s}{path.stat().st_size / 1e6:6.2f} MB{report:8.2f} s{ready:7.2f} s{task:>14s}")


if __name__ == "__main__":
    main()
