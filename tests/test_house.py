"""The structure holds: which folder may import which, what lies where, what a wheel holds."""

import ast
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections import Counter, defaultdict
from functools import cache
from graphlib import TopologicalSorter
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
import yaml

import compare
from compare.tables import CARRIED, CORPUS_TABLES, QUOTATIONS, STORY_TABLES, TRACKED, VALIDATION_TABLES, data_dictionary

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "compare"
# The house from the ground up: what stands in a line imports from its own folder and from those before it.
HOUSE = """
errors foreign settings tables saving progress scaling asked
reading language grouping matching claims coverage outlets validation corpus report export
comparison story stories runs bundles sample
compare cli
""".split()


def modules():
    """Every module's file by its name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }


@cache
def nodes(path):
    """All nodes of a module, and those that are not within `if TYPE_CHECKING`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    every = list(ast.walk(tree))
    tree.body = [node for node in tree.body if getattr(getattr(node, "test", None), "id", "") != "TYPE_CHECKING"]
    return every, list(ast.walk(tree))


def imported(path, *, types=True):
    """The names of what a module imports, modules and what is in them; with `types` also for type checking alone."""
    for node in nodes(path)[0 if types else 1]:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "compare":
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "compare")
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: import by the whole name"


def room(name):
    """Where a module, or something in it, stands: a folder or file of the house, or the package with all its names."""
    return [*name.split("."), ""][1] or "compare"


def test_every_arrow_points_one_way():
    """Imports for type checking, and those inside of functions, are arrows as well."""
    rooms = {room(name) for name in modules()}
    assert rooms == set(HOUSE)
    found = {
        (name, other)
        for name, path in modules().items()
        for other in imported(path)
        if other != "compare.__version__" and HOUSE.index(room(other)) > HOUSE.index(room(name))
    }
    assert found == set()


def test_no_imports_run_in_a_circle():
    known = modules()
    graph = {
        name: {other for found in imported(path) for other in (found, found.rpartition(".")[0]) if other in known}
        - {name}
        for name, path in known.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_no_two_files_have_one_name():
    """But a story's part of a report and the record's may: `story/findings` and `record/findings`."""
    folders = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        if path.stem != "__init__":
            folders[path.stem].add(path.relative_to(PACKAGE).parent.as_posix())
    several = {name: found for name, found in folders.items() if len(found) > 1}
    assert {name: found for name, found in several.items() if found != {"report/story", "report/record"}} == {}


def test_no_two_classes_have_one_name():
    found = Counter(
        node.name for path in PACKAGE.rglob("*.py") for node in nodes(path)[0] if isinstance(node, ast.ClassDef)
    )
    assert [name for name, times in found.items() if times > 1] == []


def test_report_and_export_run_no_algorithm():
    found = {
        room(name)
        for floor in ("report", "export")
        for path in (PACKAGE / floor).rglob("*.py")
        for name in imported(path, types=False)
    }
    assert "tables" in found
    assert not found & {"matching", "claims", "coverage", "outlets", "corpus", "reading"}


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


MOMENT = {"SOURCE_DATE_EPOCH": "1780000000"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True, env={**os.environ, **MOMENT})
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_compare_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name.split("/")[0]} == {"compare"}
    for needed in ("sample/ceasefire.jsonl", "matching/model.json", "language/potion64.npz", "py.typed"):
        assert f"compare/{needed}" in names
    assert any(name.startswith("compare/report/templates/") for name in names)
    assert {f"compare/validation/templates/form.{kind}" for kind in ("css", "mjs", "html.j2")} <= set(names)


def test_two_builds_have_the_same_bytes(wheel, tmp_path):
    """At another time, in another folder; `make dist` builds the sdist twice as well."""
    copied = shutil.copytree(ROOT, tmp_path / "elsewhere", ignore=shutil.ignore_patterns(".*", "build", "node_modules"))
    for path in (copied / "compare").rglob("*"):
        os.utime(path, (0, 10**9))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, copied]
    subprocess.run(command, check=True, env={**os.environ, **MOMENT})
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_an_sdist_keeps_no_time_and_no_name_of_who_made_it():
    spec = importlib.util.spec_from_file_location("dist", ROOT / ".ci" / "dist.py")
    dist = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dist)

    def packed(moment, user):
        file = io.BytesIO()
        with tarfile.open(fileobj=file, mode="w:gz") as archive:
            for name in ("b.py", "a.py") if moment else ("a.py", "b.py"):
                member = tarfile.TarInfo(name)
                member.mtime, member.uname, member.size = moment, user, 4
                archive.addfile(member, io.BytesIO(name.encode()))
        return file.getvalue()

    one, other = packed(0, "mara"), packed(10**9 + 0.5, "idris")
    assert one != other
    assert dist.settled(one, 7) == dist.settled(other, 7)
    with tarfile.open(fileobj=io.BytesIO(dist.settled(one, 7))) as archive:
        assert [(member.name, member.mtime) for member in archive] == [("a.py", 7), ("b.py", 7)]
        assert archive.extractfile("a.py").read() == b"a.py"


def test_what_developers_install_is_locked_by_hash_and_from_nowhere_in_particular():
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    form = re.compile(r"([a-z0-9-]+)==[\w.+!]+( ; [^/]+?)?(\s+--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in lines if not form.fullmatch(line.strip())] == []
    locked = {line.partition("==")[0] for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    groups += [project["dependency-groups"][name] for name in ("test", "bundle", "gallery", "lint")]
    needed = {re.match(r"[\w-]+", one)[0] for group in groups for one in group if isinstance(one, str)}
    assert needed <= locked


def test_how_to_cite_fits_its_schema_and_this_version():
    schema = resources.files("check_jsonschema") / "builtin_schemas/vendor/citation-file-format.json"
    cited = yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - only texts
    jsonschema.Draft7Validator(json.loads(schema.read_text("utf-8"))).validate(cited)
    assert cited["version"] == compare.__version__
    assert " AND ".join(cited["license"]) == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"]


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
