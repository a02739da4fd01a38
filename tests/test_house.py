"""The structure holds: which folder may import which, what lies where, what a wheel holds."""

import ast
import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import compare
from compare.tables import CARRIED, CORPUS_TABLES, QUOTATIONS, STORY_TABLES, TRACKED, VALIDATION_TABLES, data_dictionary

ROOT = Path(__file__).parents[1]
FLOORS = [
    "reading",
    "language",
    "matching",
    "claims",
    "coverage",
    "outlets",
    "validation",
    "corpus",
    "report",
    "export",
]
# Many stories are made of single ones, and `Corpus` is to them what `Comparison` is to one: it offers their report.
# A data set is read back as either.
COMPOSED = {"corpus": {"story", "comparison", "report", "export"}, "export": {"comparison"}}
EVERYONE = {"", "tables", "settings", "errors", "progress", "saving", "scaling"}


def imported(path):
    """The rooms of the house that a module imports when it runs; imports for type checking do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "compare":
            yield [*node.module.split("."), ""][1]
        elif isinstance(node, ast.Import):
            yield from (
                [*alias.name.split("."), ""][1] for alias in node.names if alias.name.split(".")[0] == "compare"
            )


@pytest.mark.parametrize("room", FLOORS)
def test_a_folder_imports_only_what_stands_above_it(room):
    allowed = EVERYONE | set(FLOORS[: FLOORS.index(room) + 1]) | COMPOSED.get(room, set())
    found = {(path.name, name) for path in (ROOT / "compare" / room).rglob("*.py") for name in imported(path)}
    assert found
    assert {pair for pair in found if pair[1] not in allowed} == set()


def test_report_and_export_run_no_algorithm():
    found = {
        name
        for room in ("report", "export")
        for path in (ROOT / "compare" / room).rglob("*.py")
        for name in imported(path)
        if (path.name, name) != ("read.py", "corpus")  # it lays a data set's stories out as a run folder
    }
    assert not found & {"matching", "claims", "coverage", "outlets", "corpus", "reading"}


def test_a_comparison_knows_no_room_below_it_until_it_is_asked():
    """Not even their types: a report, a data set and figures are made of it, and not the other way round."""
    tree = ast.parse((ROOT / "compare" / "comparison.py").read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if not isinstance(node, ast.ClassDef | ast.FunctionDef)]
    named = {
        node.module.split(".")[1] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and "." in node.module
    }
    assert named
    assert not named & {"outlets", "validation", "corpus", "report", "export"}


def test_data_and_reports_hold_no_python():
    assert [path for folder in ("datasets", "reports") for path in (ROOT / folder).rglob("*.py")] == []
    assert not (ROOT / "tests" / "__init__.py").exists()


def test_every_public_name_can_be_had_and_is_documented():
    for name in compare.__all__:
        assert getattr(compare, name).__doc__, name
    with pytest.raises(AttributeError):
        compare.nothing_of_the_kind  # noqa: B018  # the access itself is what is tested


def test_the_dictionary_describes_every_column():
    tables = (*STORY_TABLES, *CORPUS_TABLES, TRACKED, QUOTATIONS, *VALIDATION_TABLES)
    dictionary = data_dictionary(tables)
    assert len(dictionary) == sum(len(table.columns) for table in tables)
    assert (dictionary["meaning"].str.len() > 5).all()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_compare_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name.split("/")[0]} == {"compare"}
    for needed in ("sample/ceasefire.jsonl", "matching/model.json", "language/potion64.npz", "py.typed"):
        assert f"compare/{needed}" in names
    assert any(name.startswith("compare/report/templates/") for name in names)
    assert {f"compare/validation/templates/form.{kind}" for kind in ("css", "mjs", "html.j2")} <= set(names)


NO_NETWORK = ["unshare", "--map-root-user", "--net"]


def without_network():
    """What goes before a command so that it has no network; nothing where the system has no such thing."""
    try:
        subprocess.run([*NO_NETWORK, "true"], check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return []
    return NO_NETWORK


def test_the_wheel_answers_the_founding_question_in_a_clean_environment_without_network(wheel, tmp_path):
    """With the pip that venv brings along, which may be an old one."""
    wheels, environment = tmp_path / "wheels", tmp_path / "env" / "bin"
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary=:all:", "--dest", wheels]
    subprocess.run([*fetch, f"{wheel}[web]"], check=True)
    venv.create(tmp_path / "env", with_pip=True)
    # A checkout on the path would pass for the installed package.
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(program, *arguments):
        command = [*without_network(), environment / program, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=True).stdout

    run("python", "-m", "pip", "install", "--no-compile", "--no-index", "--find-links", wheels, "storydiff[web]")
    assert "Northern Courier" in run("storydiff", "demo", "-o", "demo.html")
    assert (tmp_path / "demo.html").stat().st_size > 100_000
    run("python", "-c", "import trafilatura")
    view = "A European intelligence official said that Putin views Trump as someone he can influence."
    told = run("storydiff", "track", ROOT / "datasets" / "ceasefire", "--claim", view, "--json")
    states = {row["outlet"]: row["state"] for row in map(json.loads, told.splitlines())}
    assert {outlet for outlet, state in states.items() if state in CARRIED} == {
        "Brackwater Ledger",
        "Kestrel One News",  # from another mouth
        "Northern Courier",
        "The Orrery",
        "The Westmark Standard",
    }
    assert {"Daily Pennant", "Wexcombe Evening Post"} <= {out for out, state in states.items() if state == "omitted"}
