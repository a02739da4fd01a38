"""The documentation tells the truth: its blocks run, its output is the tool's, its links lead somewhere."""

import ast
import contextlib
import importlib.util
import io
import re
import shlex
from dataclasses import asdict, dataclass, fields
from itertools import zip_longest
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from click.testing import CliRunner
from shared_runs import compared_once, session_folder

import compare
from compare.cli import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").rglob("*.md"))]
PAGES += [ROOT / name for name in ("reports/README.md", "CONTRIBUTING.md", "SECURITY.md")]
METHODS = ROOT / "docs" / "methods"
WINDOW = 96  # characters; what GitHub shows of a block without scrolling
SKIPPED = {"make", "pip", "python", "jupyter", "."}  # they set up an environment: CI and test_house try that

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")


@dataclass(frozen=True)
class Block:
    """A fenced block and, where a text block follows with nothing between, the output that it promises."""

    language: str
    content: str
    promised: str | None = None


def blocks(page):
    found = list(_BLOCK.finditer(page.read_text(encoding="utf-8")))
    for block, following in zip_longest(found, found[1:]):
        promised = None
        if following and following[1] == "text" and not following.string[block.end() : following.start()].strip():
            promised = following[2]
        yield Block(block[1], block[2], promised)


def commands(block):
    """The command lines of a shell block, long ones joined."""
    lines = block.content.replace("\\\n", " ").splitlines()
    return [words for words in (shlex.split(line, comments=True) for line in lines) if words]


@pytest.fixture
def checkout(tmp_path, tmp_path_factory, monkeypatch):
    """A folder with the sample stories, in which whatever the blocks write does no harm.

    Several pages compare the same stories, which is done once.
    """
    monkeypatch.setattr(compare, "compare_corpus", compared_once(session_folder(tmp_path_factory)))
    (tmp_path / "datasets").symlink_to(ROOT / "datasets")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_output_that_follows_a_block_belongs_to_it(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "```sh\na \\\n b # c\n```\n\n```text\nout\n```\nwords\n```python\nx\n```\nwords\n```text\nno\n```\n"
    )
    first, output, code, last = blocks(page)
    assert (first.promised, code.promised) == ("out\n", None)
    assert commands(first) == [["a", "b"]]
    assert {output.language, last.language} == {"text"}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
@pytest.mark.usefixtures("checkout")
def test_shell_blocks_run_and_print_what_they_promise(page):
    for block in blocks(page):
        if block.language != "sh":
            assert block.language in {"text", "python", "toml", "r"}, "a shell block is marked sh, output text"
            continue
        lines = [words for words in commands(block) if words[0] not in SKIPPED]
        printed = ""
        for words in lines:
            assert words[0] == "storydiff", f"not a command that is run or skipped: {words}"
            done = CliRunner().invoke(main, words[1:], env={"COLUMNS": str(WINDOW)})
            assert done.exit_code == 0, done.output
            printed += done.stdout
        if block.promised is not None:
            assert printed.strip() == block.promised.strip()


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
@pytest.mark.usefixtures("checkout")
def test_python_blocks_run_and_print_what_they_promise(page):
    names = {}
    for block in blocks(page):
        if block.language == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(ast.parse(block.content), page.name, "exec"), names)  # noqa: S102  # our own page
            if block.promised is not None:
                assert printed.getvalue().rstrip() == block.promised.rstrip()


def test_what_authors_say_of_a_data_set_is_read_as_the_page_shows_it(tmp_path):
    shown = [block.content for block in blocks(ROOT / "docs" / "sharing.md") if block.language == "toml"]
    assert len(shown) == 1
    path = tmp_path / "about.toml"
    path.write_text(shown[0], encoding="utf-8")
    about = asdict(compare.About.read(path))
    assert all(about.values()), "every field is shown"
    assert list(about["creators"]) == [
        {"name": "Brandt, Odile", "orcid": "0000-0002-1825-0097", "affiliation": "University of Ostrow"}
    ]


def test_readme_shows_a_result_before_it_explains():
    kinds = [block.language for block in blocks(README)]
    assert kinds[:3] == ["sh", "sh", "text"]
    text = README.read_text(encoding="utf-8")
    assert text.index("```text") < text.index("## How sure it is")
    assert len(text.split()) < 1200


def test_every_public_name_and_verb_is_documented():
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in compare.__all__ if not re.search(rf"\b{name}\b", text)] == []
    named = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [verb for verb in main.commands if f"\n## storydiff {verb}\n" not in named] == []
    for verb, command in main.commands.items():
        assert command.help, verb
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [option.name for option in options if not option.help] == [], verb


def test_every_setting_is_documented_with_its_default():
    methods = "\n".join(page.read_text(encoding="utf-8") for page in METHODS.glob("*.md"))
    for item in fields(compare.Settings):
        assert f"| `{item.name}` | {item.default:g} |" in methods
    default = compare.Settings()
    said = f"From {default.carried_at:g} on a claim counts as carried, below {default.undecided_from:g} as omitted"
    assert said in README.read_text(encoding="utf-8")


def test_every_feature_of_the_models_is_explained():
    from compare.matching.evidence import EVIDENCE_FEATURES

    methods = "\n".join(page.read_text(encoding="utf-8") for page in METHODS.glob("*.md"))
    assert re.findall(r"^\| `(\w+)` \| (?=[a-z])", methods, re.MULTILINE) == list(EVIDENCE_FEATURES)


def test_every_format_is_documented():
    from compare.reading.files import FORMATS

    start = (ROOT / "docs" / "start.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in start] == []


def test_generated_pages_are_up_to_date():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    assert generate.out_of_date() == [], "run: python docs/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page):
    targets = [link or image for link, image in _LINK.findall(page.read_text(encoding="utf-8"))]
    for target in targets:
        if re.match(r"https?:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        aim = (page.parent / path).resolve() if path else page
        assert aim.exists(), target
        assert not anchor or anchor in headings(aim), target


def headings(page):
    """Headings as GitHub names them in an address."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_pages_name_no_folder_of_somebodys_machine():
    written = [*PAGES, *(ROOT / "docs").glob("*.py"), *(ROOT / "reports").glob("*.ipynb")]
    named = re.compile(r"(?<![\w.])/(?:home|Users|root|tmp|opt|mnt|private)/|\b[A-Z]:\\")
    assert {page.name: named.findall(page.read_text(encoding="utf-8")) for page in written} == {
        page.name: [] for page in written
    }
