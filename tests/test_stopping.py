"""A run that is stopped, told to end or killed leaves no process, no half file, and no doubt about what is done."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import compare

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has neither these signals nor groups of processes"),
]
AT_MOST = 5  # seconds after which nothing may be left
STORIES = 60


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """Stories enough to be stopped among them."""
    path = tmp_path_factory.mktemp("stopped") / "articles.jsonl"
    fact = "In year {} the council of Marrow Bay spent {} thousand crowns on quay {}."
    told = [
        {
            "story_id": f"s{story}",
            "outlet": outlet,
            "text": " ".join(fact.format(1900 + story, 7 * quay, quay) for quay in range(begins, 30)),
        }
        for story in range(STORIES)
        for begins, outlet in enumerate(("Bay Post", "Marrow Times", "Quay Gazette"))
    ]
    path.write_text("\n".join(map(json.dumps, told)), encoding="utf-8")
    return path


def started(*arguments, **options):
    """Start the program in a session of its own, so that all its processes can be counted."""
    command = [sys.executable, "-c", "from compare.cli import main; main()", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen(command, start_new_session=True, **pipes, **options)


def wait_until(true, seconds):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "too late"
        time.sleep(0.02)


def is_empty(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def stories_in(run):
    return [one for one in (run / "stories").glob("*") if not one.name.startswith(".")]


def unfinished(folder):
    return [one for one in folder.rglob(".*") if one.name.startswith(".")]


@pytest.mark.parametrize("engine", ["serial", "processes"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_whatever_stops_a_run_it_stops_whole(articles, tmp_path, engine, name):
    run = tmp_path / "run"
    (tmp_path / "tmp").mkdir()
    own = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    program = started("corpus", articles, "-o", run, "--engine", engine, "--reader", "none", env=own)
    wait_until(lambda: stories_in(run), 60)
    # A terminal tells all of its processes.
    tell = os.killpg if name in {"SIGINT", "SIGHUP"} else os.kill
    tell(program.pid, getattr(signal, name))
    _, said = program.communicate(timeout=AT_MOST)
    wait_until(lambda: is_empty(program.pid), AT_MOST)
    done = stories_in(run)
    assert 0 < len(done) < STORIES
    if name != "SIGKILL":
        assert list((tmp_path / "tmp").iterdir()) == []
    if name == "SIGKILL":
        assert program.returncode == -signal.SIGKILL
    else:
        assert program.returncode == 128 + getattr(signal, name)
        told = int(re.search(rf"storydiff: stopped; (\d+) of {STORIES} stor", said)[1])
        assert told <= len(done) <= told + 2, "what two workers were just writing may have been finished"
        assert unfinished(tmp_path) == []
        assert said.count("\n") == 1
    with pytest.warns(compare.InputWarning, match="is not finished"):
        assert len(compare.open_run(run).stories) == len(done)
    again = started("corpus", articles, "-o", run, "--engine", engine, "--reader", "none", "--resume")
    _, said = again.communicate(timeout=240)
    assert (again.returncode, len(stories_in(run))) == (0, STORIES), said
    assert unfinished(tmp_path) == []


@pytest.mark.parametrize("name", ["SIGTERM", "SIGKILL"])
def test_a_run_stopped_before_its_first_story_is_simply_started_again(articles, tmp_path, name):
    run = tmp_path / "run"
    program = started("corpus", articles, "-o", run, "--engine", "processes", "--reader", "none")
    wait_until((run / "run.json").exists, 60)
    os.kill(program.pid, getattr(signal, name))
    _, said = program.communicate(timeout=AT_MOST)
    wait_until(lambda: is_empty(program.pid), AT_MOST)
    assert stories_in(run) == []
    if name == "SIGTERM":
        assert said.count("\n") == 1, "workers that are just starting say nothing"
    few = tmp_path / "few.jsonl"
    few.write_text("".join(Path(articles).read_text("utf-8").splitlines(keepends=True)[:6]), encoding="utf-8")
    again = subprocess.run(
        [sys.executable, "-c", "from compare.cli import main; main()", "corpus", few, "-o", run, "--reader", "none"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (again.returncode, len(stories_in(run))) == (0, 2), again.stderr


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux tells when a program has begun its work")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_report_that_is_stopped_leaves_nothing(tmp_path, name):
    page = tmp_path / "report.html"
    page.write_text("<p>older</p>", encoding="utf-8")
    story = Path(compare.__file__).parent.parent / "datasets" / "ceasefire"
    program = started("report", story, "-o", page)
    wait_until(lambda: Path(f"/proc/{program.pid}/maps").read_text().count("libscipy") > 0, 60)
    os.kill(program.pid, getattr(signal, name))
    _, said = program.communicate(timeout=AT_MOST)
    assert (program.returncode, said) == (128 + getattr(signal, name), "storydiff: stopped; nothing was written.\n")
    assert (page.read_text("utf-8"), unfinished(tmp_path)) == ("<p>older</p>", [])
