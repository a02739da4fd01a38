"""Figures: the rows they draw, what they say where there is nothing, the papers, and the files they are saved to."""

import importlib.util
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from conftest import CHROMIUM
from report_stories import quoted_story, small_story, synthetic_story
from stored_runs import stored

from compare.errors import InputError, MissingExtraError
from compare.report.figures import figure as saved
from compare.report.figures.estimates import difference_rows, rate_rows
from compare.report.look import PAPERS
from compare.tables import CLAIMS, COVERAGE, MENTIONS

STORY_FIGURES = ("matrix", "omissions", "difference", "timeline")
HOSTILE = "</script><svg onload=alert(1)>&\"'{{ 7*7 }}]]>\u202e\ufffe\x00 <b>x"


def story_at(*times):
    story = small_story()
    return replace(story, articles=story.articles.assign(published=pd.to_datetime(list(times), utc=True)))


def drawn(figures, name):
    """A figure of a story; that of a difference is of its first and its last outlet."""
    outlets = figures._view.outlets
    return figures.difference(outlets[0], outlets[-1]) if name == "difference" else getattr(figures, name)()


def said(figure):
    """What the annotations of a figure say, on one line."""
    return " ".join(note.text for note in figure.layout.annotations).replace("<br>", " ")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return stored(tmp_path_factory.mktemp("runs") / "run")


def test_rates_come_from_the_highest_on_with_their_intervals():
    table = pd.DataFrame(
        [
            ("A", "printed", "carriage", 0.2, 0.1, 0.3),
            ("B", "printed", "carriage", 0.7, float("nan"), float("nan")),
            ("C", "printed", "carriage", float("nan"), float("nan"), float("nan")),
            ("A", "collapsed", "carriage", 0.9, 0.8, 1.0),
            ("A", "printed", "omission", 0.5, 0.4, 0.6),
        ],
        columns=["outlet", "version", "measure", "rate", "low", "high"],
    ).assign(stories=3, validated=False, warning="")
    rows = rate_rows(table, "carriage")
    assert [(row["outlet"], row["rate"]) for row in rows] == [("B", 0.7), ("A", 0.2)]
    assert rows[1]["low"] == 0.1


def test_of_two_outlets_the_one_with_the_higher_rate_is_named_first():
    table = pd.DataFrame(
        [("carriage", "A", "B", -0.2, -0.5, 0.1, 0.2), ("carriage", "A", "C", 0.1, 0.05, 0.15, 0.01)],
        columns=["measure", "one", "other", "difference", "low", "high", "q_value"],
    ).assign(stories=3, warning="")
    sure, larger = difference_rows(table)
    assert (sure["one"], sure["other"], sure["sure"]) == ("A", "C", True)
    assert (larger["one"], larger["other"], larger["difference"]) == ("B", "A", 0.2)
    assert (larger["low"], larger["high"]) == (-0.1, 0.5)


@pytest.mark.parametrize("look", PAPERS)
@pytest.mark.parametrize("name", STORY_FIGURES)
def test_every_figure_can_be_had_on_every_paper(name, look):
    figure = drawn(quoted_story().figures.on(look), name)
    assert isinstance(figure, go.Figure)
    assert figure.layout.template.layout.paper_bgcolor == PAPERS[look].ground
    assert figure.layout.height > 0


def test_print_lets_nothing_shine_through(run):
    figures = run.corpus.figures.on("print")
    for figure in (figures.map(measure="jaccard"), figures.rates(), small_story().figures.on("print").matrix()):
        assert "rgba" not in figure.to_json()


def test_a_look_that_is_not_there_is_named():
    with pytest.raises(InputError) as error:
        small_story().figures.on("sepia")
    assert str(error.value) == "there is no look 'sepia'; choose light, dark, print."


def test_the_figures_of_many_stories_draw_their_tables(run):
    figures = run.corpus.figures
    assert list(figures.rates("carriage").layout.yaxis.ticktext) == ["Gannet", "Orrery", "Pennant", "Ledger"]
    assert figures.differences(limit=None).layout.yaxis.ticktext[0] == "Gannet<br>less Ledger"
    assert len(figures.differences(limit=2).data[0].x) == 2
    assert len(figures.differences(("carriage", "omission"), limit=2).data[0].x) == 4
    with pytest.raises(InputError) as error:
        figures.rates("size")
    assert str(error.value).startswith("there is no measure 'size'; there are carriage, omission,")


def test_one_outlet_alone_gives_figures_that_say_so(tmp_path):
    figures = stored(tmp_path / "run", {"Gannet": 0.8}, stories=2).corpus.figures
    for figure in (figures.differences(), figures.map(), figures.dendrogram()):
        assert said(figure) == "There is only one outlet, and nothing to compare it with."
    assert said(figures.rates("carriage")).startswith("No outlet has a rate of carriage")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("matrix", "No claim was found in this story."),
        ("omissions", "No claim of this story is carried by two outlets or more."),
        ("difference", "Northern Courier and Evening Post do not differ: no claim is told by one of them alone."),
        ("timeline", "There is no timeline: no article of this story has a time of publication."),
    ],
)
def test_where_there_is_nothing_a_figure_says_so(name, sentence):
    story = story_at(None, None, None)
    empty = replace(story, claims=CLAIMS.frame([]), coverage=COVERAGE.frame([]), mentions=MENTIONS.frame([]))
    figure = drawn(empty.figures, name)
    assert said(figure) == sentence
    assert not figure.data


def test_one_article_is_no_timeline():
    assert said(story_at("2025-03-12", None, None).figures.timeline()).startswith("There is no timeline: only one")


def test_a_story_of_one_minute_has_a_timeline():
    figure = story_at(*["2025-03-12 14:05"] * 3).figures.timeline()
    assert "All at 12 March 2025, 14:05 (UTC)." in said(figure)
    assert list(figure.data[0].text) == ["3", "3", "3"]


def test_many_outlets_get_a_width_of_their_own():
    assert synthetic_story(20, 40).figures.matrix().layout.width >= 900
    assert small_story().figures.matrix().layout.width is None
    assert len(synthetic_story(4, 80).figures.matrix(limit=5).data[0].y) == 5


def test_a_page_holds_plotly_and_is_the_same_twice(tmp_path):
    pages = [small_story().figures.on("dark").matrix().save(tmp_path / f"{n}.html").read_bytes() for n in "ab"]
    assert pages[0] == pages[1]
    assert b"<script src" not in pages[0]
    assert b'charset="utf-8" src' not in pages[0]
    assert b"background: #15181b" in pages[0]


def test_hostile_words_stay_words_in_every_file(tmp_path):
    figures = quoted_story(lambda text: text + HOSTILE).figures
    for name in STORY_FIGURES:
        page = drawn(figures, name).save(tmp_path / "x.html").read_text(encoding="utf-8")
        assert "</script><svg" not in page


def test_a_format_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError) as error:
        small_story().figures.matrix().save(tmp_path / "x.jpeg")
    assert str(error.value) == f"{tmp_path}/x.jpeg: a figure is saved as .html, .svg, .png or .pdf."
    assert list(tmp_path.iterdir()) == []


def test_without_kaleido_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError) as error:
        small_story().figures.matrix().save(tmp_path / "x.png")
    assert 'pip install "storydiff[images]"' in str(error.value)
    assert ".html" in str(error.value)


HANGING = """
import pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path({said!r}).write_text(str(child.pid))
time.sleep(600)
"""


@pytest.mark.slow
@pytest.mark.usefixtures("kaleido")
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_browser_that_hangs_is_ended_with_all_that_it_began(tmp_path, monkeypatch):
    program, pid = tmp_path / "hanging.py", tmp_path / "pid"
    program.write_text(HANGING.format(said=str(pid)))
    monkeypatch.setattr(saved, "PROGRAM", program)
    monkeypatch.setattr(saved, "TIMEOUT", 3.0)
    (tmp_path / "x.png").write_text("as it was")
    with pytest.raises(InputError) as error:
        small_story().figures.omissions().save(tmp_path / "x.png")
    assert str(error.value) == (
        "Chrome did not draw the figure as .png within 3 seconds and was stopped; "
        "save it as .html, which needs no browser."
    )
    assert (tmp_path / "x.png").read_text() == "as it was"
    assert not alive(int(pid.read_text()))


def alive(pid):
    """Whether a process runs, a moment after it was ended."""
    for _ in range(50):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return False
        time.sleep(0.1)
    return True


@pytest.fixture
def kaleido():
    missing = "" if importlib.util.find_spec("kaleido") else "kaleido is not installed"
    if missing and os.environ.get("CI") == "true":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)


@pytest.fixture
def chrome(kaleido):  # noqa: ARG001 - both are needed
    if CHROMIUM is None and os.environ.get("CI") == "true":
        pytest.fail("no Chromium on the path")
    if CHROMIUM is None:
        pytest.skip("no Chromium on the path")


@pytest.mark.usefixtures("kaleido")
def test_without_chrome_the_way_out_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no browser"))
    with pytest.raises(InputError) as error:
        small_story().figures.omissions().save(tmp_path / "x.pdf")
    assert str(error.value).startswith(
        "a figure as .pdf is drawn by Chrome or Chromium, and neither was found: install one"
    )
    assert "save it as .html" in str(error.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("chrome")
@pytest.mark.parametrize(("kind", "begins"), [(".png", b"\x89PNG"), (".svg", b"<svg"), (".pdf", b"%PDF")])
def test_an_image_is_written(tmp_path, kind, begins):
    path = small_story().figures.omissions().save(tmp_path / f"x{kind}", width=400)
    assert path.read_bytes().startswith(begins)
    if kind == ".png":  # twice as sharp
        assert int.from_bytes(path.read_bytes()[16:20], "big") == 800


@pytest.mark.usefixtures("browser")
@pytest.mark.parametrize("width", [360, 1280])
def test_no_label_is_cut_off_or_covers_another(tmp_path, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 720})
    for look in PAPERS:
        for name in STORY_FIGURES:
            figure = drawn(quoted_story().figures.on(look), name)
            page.goto(figure.save(tmp_path / "x.html").as_uri())
            page.wait_for_selector(".main-svg")
            boxes = page.evaluate(
                "() => [...document.querySelectorAll('.xtick text, .ytick text, .annotation-text')]"
                ".map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
            )
            bottom, right = figure.layout.height, max(width, figure.least_width)
            cut = [box for box in boxes if box[0] < -1 or box[1] < -1 or box[2] > right + 1 or box[3] > bottom + 1]
            assert cut == [], (look, name)
            covered = [
                (one, other)
                for place, one in enumerate(boxes)
                for other in boxes[place + 1 :]
                if min(one[2], other[2]) - max(one[0], other[0]) > 2
                and min(one[3], other[3]) - max(one[1], other[1]) > 3
            ]
            assert covered == [], (look, name)
    page.close()


def test_figures_take_no_plotly_before_one_is_drawn():
    code = "import sys, compare.report.figures.story_figures; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.medium
def test_a_story_shows_itself_small_and_without_colours():
    shown = synthetic_story(60, 400)._repr_html_()
    assert "and 394 more claims and 48 more outlets" in shown
    assert "color" not in shown
    assert len(shown) < 30_000
