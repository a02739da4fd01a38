"""How far long work is, on a terminal and in a log."""

import io
import json

import pytest
from click.testing import CliRunner

import compare
from compare.cli import main
from compare.progress import hidden, progress, stage

ARTICLES = [
    {"outlet": outlet, "story_id": story, "text": f"The {thing} sank off the island of Tarn on Monday, officials said."}
    for story, thing in (("one", "ferry"), ("two", "barge"))
    for outlet in ("Tarn Echo", "Quay Post")
]


def on_screen(monkeypatch, *, is_terminal):
    """Standard error, which is a terminal or not; in the test itself, because pytest puts its own there before."""
    made = io.StringIO()
    made.isatty = lambda: is_terminal
    monkeypatch.setattr("sys.stderr", made)
    monkeypatch.setattr("compare.progress._LONG", 0)
    monkeypatch.setattr("compare.progress._Lines.seen", float("-inf"))
    monkeypatch.setenv("TQDM_NCOLS", "90")
    return made


def test_a_terminal_shows_every_stage_of_a_corpus(monkeypatch):
    screen = on_screen(monkeypatch, is_terminal=True)
    compare.compare_corpus(ARTICLES, reader=None)
    shown = screen.getvalue()
    assert (
        shown.index("reading: ") < shown.index("looking for lines that outlets repeat ...") < shown.index("deciding: ")
    )
    assert "/4" in shown  # how many of the articles; a fast run skips the last numbers
    assert "of 2 stories" in shown
    assert "articles/s" in shown
    assert shown.endswith("\r")  # and leaves nothing behind


def test_a_log_gets_a_line_a_minute(monkeypatch):
    screen = on_screen(monkeypatch, is_terminal=False)
    clock = [0.0]
    monkeypatch.setattr("compare.progress.time.monotonic", lambda: clock[0])
    with progress(total=300, unit="articles", name="deciding") as bar:
        for done in range(1, 8):
            clock[0] = 25.0 * done
            bar.set_postfix_str(f"{done} of 30 stories")
            bar.update(10)
    for number in progress(range(2), total=2, unit="pages", name="writing pages"):
        clock[0] = 260.0 + 70 * number
    with stage("statistics"):
        clock[0] = 500.0
    with stage("statistics"):
        pass
    assert screen.getvalue().splitlines() == [
        "storydiff: deciding, 30 of 300 articles, 0.4/s, about 11 min left, 3 of 30 stories",
        "storydiff: deciding, 60 of 300 articles, 0.4/s, about 10 min left, 6 of 30 stories",
        "storydiff: writing pages, 1 of 2 pages, 0.0/s, about 1 min left",
        "storydiff: writing pages, 2 of 2 pages, 0.0/s",
        "storydiff: statistics",
    ]
    clock[0] = 5000.0  # other work, an hour later
    for _ in progress(range(2), total=2, unit="articles", name="reading"):
        clock[0] += 1
    assert len(screen.getvalue().splitlines()) == 5


def test_a_command_counts_its_own_minute(monkeypatch, tmp_path):
    monkeypatch.setattr("compare.progress._Lines.said", float("-inf"))  # of work that ended just now
    monkeypatch.setattr("compare.progress._Lines.seen", float("inf"))
    (tmp_path / "a.jsonl").write_text(json.dumps(ARTICLES[0]), encoding="utf-8")
    done = CliRunner().invoke(
        main, ["track", str(tmp_path / "a.jsonl"), "--claim", "The ferry sank.", "--reader", "none"]
    )
    assert (done.exit_code, done.stderr) == (0, "")


def test_what_is_hidden_shows_nothing_and_is_counted_on(monkeypatch):
    screen = on_screen(monkeypatch, is_terminal=True)
    with hidden():
        assert list(progress([1, 2], unit="pages")) == [1, 2]
        with stage("statistics"):
            pass
    assert not screen.getvalue()


@pytest.mark.parametrize(("quiet", "shows"), [([], True), (["--quiet"], False)])
def test_the_verb_shows_it_on_standard_error_unless_it_is_to_be_quiet(tmp_path, monkeypatch, quiet, shows):
    monkeypatch.setattr("compare.progress._LINE", 0.0)
    (tmp_path / "all.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    words = ["corpus", str(tmp_path / "all.jsonl"), "--reader", "none", "-o", str(tmp_path / "run"), *quiet]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0
    assert ("storydiff: deciding, 4 of 4 articles" in done.stderr) == shows
    assert ("storydiff: statistics" in done.stderr) == shows
    assert "deciding" not in done.stdout
