"""A folder of pages: links lead there and back, it is written whole or not at all, and no id names a wrong file."""

import errno
import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from stored_runs import coded, stored
from test_report_page import HOSTILE, Page

import compare
from compare.cli import main
from compare.corpus.store import read_manifest, story_folder, write_manifest
from compare.report.record import page as folder_of_pages
from compare.report.record.page import names_a_folder
from compare.report.story.page import render_page

pytestmark = pytest.mark.slow  # pages, bundles or draws by the hundred: not for the edit loop

IDS = (
    "CON",
    "con",
    "../../etc/passwd",
    "a/b\\c:d*e?.",
    "\u05e9\u05dc\u05d5\u05dd",
    "x" * 400,
    " ",
    "%2e%2e/#?",
    HOSTILE,
)
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def named(ids):
    """Give what names stories s0, s1, ... by these ids, and leaves outlets and headlines as they are."""
    names = {f"s{number}": story_id for number, story_id in enumerate(ids)}
    return lambda name: names.get(name, name)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return stored(tmp_path_factory.mktemp("folder") / "run", stories=8)


@pytest.fixture(scope="module")
def pages(run):
    return run.corpus.report(run.folder.parent / "pages").parent


def story_pages(ids):
    return {story: f"stories/{story_folder(story)}.html" for story in ids}


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def links(path):
    """The files that a page's relative links lead to, as they would be opened."""
    hrefs = [attributes["href"] for attributes in Page(path.read_text(encoding="utf-8")).all("a")]
    return [(path.parent / unquote(href.partition("#")[0])).resolve() for href in hrefs if not href.startswith("#")]


def refusal(run, path):
    with pytest.raises(compare.InputError) as error:
        run.corpus.report(path)
    return str(error.value)


def test_links_lead_to_every_story_and_back(pages):
    index, stories = pages / "index.html", sorted((pages / "stories").iterdir())
    assert len(stories) == 8
    assert set(links(index)) == {story.resolve() for story in stories}
    for story in stories:
        assert links(story) == [index.resolve()]


def test_every_story_that_the_record_names_is_a_link(pages):
    html = (pages / "index.html").read_text(encoding="utf-8")
    named_in = re.findall(r"<bdi>(s\d)</bdi>(</a>)?", html)
    assert len([1 for _, link in named_in if not link]) == 8, "in the list, where the headline is the link"
    assert len([1 for _, link in named_in if link]) > 8, "the stories of which each outlet leaves out most"
    assert "--story" not in html
    assert 'href="#stories"' in html


def test_the_list_says_what_each_story_comes_to(run, pages):
    html = (pages / "index.html").read_text(encoding="utf-8")
    row = next(row for row in re.findall("<tr>.*?</tr>", html.split('id="story-list"')[1]) if "<bdi>s3<" in row)
    counts = run.corpus.outlet_stories.query("version == 'printed' and story_id == 's3'")
    share = round(100 * counts["omitted"].sum() / counts["claims"].sum())
    cells = [re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)]
    assert cells[0] == "2026-03-04"
    assert cells[1] == str(len(counts))
    assert len(cells[2].split()) == len(counts)
    assert cells[3:] == ["12", f"{share}&nbsp;%"]
    assert "Fleet 3 sails" in row


def test_the_folder_holds_plotly_once_and_every_page_is_complete(pages):
    assert [name for name, page in files(pages).items() if b'id="plotly"' in page] == ["index.html"]
    assert not [name for name in files(pages) if not name.endswith(".html")]
    for name, page in files(pages).items():
        assert b" src=" not in page, name
        assert b"<link" not in page, name


def test_a_record_alone_stays_one_file_without_links_to_pages(run, tmp_path):
    assert run.corpus.report(tmp_path / "outlets.html") == tmp_path / "outlets.html"
    assert [path.name for path in tmp_path.iterdir()] == ["outlets.html"]
    assert links(tmp_path / "outlets.html") == []
    assert "story-list" not in (tmp_path / "outlets.html").read_text(encoding="utf-8")


def test_a_page_differs_from_the_storys_report_in_the_link_and_what_to_call(run, pages):
    html = (pages / story_pages(["s0"])["s0"]).read_text(encoding="utf-8")
    assert '<p class="kicker"><a href="../index.html">All stories: the outlets’ record</a></p>' in html
    assert "storydiff sample RUN/ -o sheets/" in html
    back = (
        re.sub(r'<p class="kicker"><a .*\n', "", html)
        .replace("RUN/ -o", "ARTICLES -o")
        .replace("without its figures, as every page of a folder", "without its figures")
        .replace(
            "report RUN/ --story ID</code> writes", "report ARTICLES</code> without <code>--no-plotly</code> writes"
        )
        .replace("RUN/ --", "ARTICLES --")
    )
    assert back == render_page(run.corpus.story("s0"), plotly=False)


def test_the_same_run_gives_the_same_bytes(run, pages, tmp_path):
    again = compare.open_run(run.folder).report(tmp_path / "again/").parent
    assert files(again) == files(pages)


def test_an_older_folder_of_pages_is_replaced(run, tmp_path):
    older = stored(tmp_path / "older", stories=3, rename=named(["gone", "s1", "s2"])).corpus.report(tmp_path / "pages")
    assert len(list((older.parent / "stories").iterdir())) == 3
    run.corpus.report(tmp_path / "pages")
    kept = {path.name for path in (older.parent / "stories").iterdir()}
    assert kept == {Path(page).name for page in story_pages(run.corpus.stories).values()}
    assert {path.name for path in tmp_path.iterdir()} == {"older", "pages"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.txt", "mine"),
        ("index.html", "<title>My site</title>"),
        ("stories/mine.html", "<title>My story</title>"),
        ("stories/s0-12345678.html", "<title>My story</title>"),
        ("stories/copy of s0.html", '<meta name="generator" content="storydiff 0.1.0">'),
        ("stories/drafts/one.txt", "mine"),
    ],
)
def test_a_folder_that_holds_other_files_is_refused(run, tmp_path, name, text):
    pages = run.corpus.report(tmp_path / "pages").parent
    (pages / name).parent.mkdir(exist_ok=True)
    (pages / name).write_text(text, encoding="utf-8")
    before = files(pages)
    shown = "stories/drafts" if "drafts" in name else name
    assert refusal(run, pages) == f"{pages}: holds other files ({shown}); give a new or an empty folder."
    assert files(pages) == before


def test_a_page_without_stories_is_somebodys_file(run, tmp_path):
    run.corpus.report(tmp_path / "index.html")
    assert refusal(run, tmp_path) == f"{tmp_path}: holds other files (index.html); give a new or an empty folder."
    assert refusal(run, f"{run.folder}/").startswith(f"{run.folder}: holds other files (stories/s0-")


def test_a_full_disk_leaves_no_half_folder(run, tmp_path, monkeypatch):
    written = []

    def full(*given, **options):
        written.append(given)
        if len(written) == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return render_page(*given, **options)

    monkeypatch.setattr(folder_of_pages, "render_page", full)
    path = tmp_path / "pages"
    sentence = f"{path}: cannot be written (No space left on device); nothing was changed."
    assert refusal(run, path) == sentence
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    before = files(run.corpus.report(path).parent)
    written.clear()
    monkeypatch.setattr(folder_of_pages, "render_page", full)
    assert refusal(run, path) == sentence
    assert files(path) == before
    assert list(tmp_path.iterdir()) == [path]


def test_ids_make_names_that_every_file_system_takes():
    names = list(story_pages(list(IDS)).values())
    assert len({name.casefold() for name in names}) == len(IDS), "not even capitals tell files apart on all of them"
    for name in names:
        assert re.fullmatch(r"stories/[a-z0-9-]{1,60}\.html", name), "nothing in it would have to be quoted in a link"
        assert not RESERVED.fullmatch(Path(name).stem)
    assert story_pages(list(IDS)) == story_pages(list(IDS))


def test_hostile_ids_stay_inside_the_folder_and_stay_text(tmp_path):
    corpus = stored(tmp_path / "run", stories=len(IDS), rename=named(IDS)).corpus
    pages = corpus.report(tmp_path / "out" / "pages").parent
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["pages"]
    assert len(files(pages)) == len(IDS) + 1
    assert set(links(pages / "index.html")) == {path.resolve() for path in (pages / "stories").iterdir()}
    for path in pages.rglob("*.html"):
        page = Page(path.read_text(encoding="utf-8"))
        assert not page.all("img")
        assert not [attributes for _, attributes in page.elements if any(name.startswith("on") for name in attributes)]
    opened = [Page((pages / page).read_text(encoding="utf-8")) for page in story_pages(list(IDS)).values()]
    assert sum("passwd" in "".join(page.texts) for page in opened) == 1


def test_the_folders_of_a_manifest_name_no_file(tmp_path):
    """A run may come from somebody else: no place that it names is read or written to."""
    folder = tmp_path / "run"
    stored(folder, stories=3)
    manifest = read_manifest(folder)
    there = manifest.stories["s0"]
    manifest.stories["s0"] = f"../stories/{there}"
    write_manifest(folder, manifest)
    with pytest.raises(compare.InputError, match="is not the manifest of a run"):
        compare.open_run(folder)


def test_what_means_a_folder(tmp_path):
    (tmp_path / "there.html").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    means = {
        name: names_a_folder(f"{tmp_path}/{name}") for name in ("new", "v1.2/", "there.html", "file", "a.html", "v1.2")
    }
    assert means == {"new": True, "v1.2/": True, "there.html": True, "file": False, "a.html": False, "v1.2": False}
    assert not names_a_folder("/dev/stdout")


def test_failed_stories_are_named(tmp_path):
    folder = tmp_path / "run"
    stored(folder, stories=4)
    manifest = read_manifest(folder)
    manifest.stories["lost & found"] = story_folder("lost & found")
    manifest.failed["lost & found"] = "its articles hold no sentence"
    write_manifest(folder, manifest)
    html = compare.open_run(folder).report(tmp_path / "pages").read_text(encoding="utf-8")
    assert "Without a page, because they could not be compared: <bdi>lost &amp; found</bdi>." in html
    assert len(list((tmp_path / "pages" / "stories").iterdir())) == 4


def test_labels_stand_on_every_page(run, tmp_path):
    validation = compare.read_sheets(coded(run, tmp_path / "sheets", n=60))
    pages = run.corpus.report(tmp_path / "pages", validation=validation).parent
    assert len(files(pages)) == 9
    for name, page in files(pages).items():
        assert "checked 60 of" in page.decode(), name
        assert "Not validated:" not in page.decode(), name


def test_the_command_writes_a_folder_and_names_the_record(run, tmp_path):
    done = CliRunner().invoke(main, ["report", str(run.folder), "-o", f"{tmp_path}/pages/"])
    assert done.exit_code == 0
    assert f"The report: {tmp_path.resolve()}/pages/index.html, with a page of each of 8 stories\n" in done.output
    assert len(files(tmp_path / "pages")) == 9
    one = CliRunner().invoke(main, ["report", str(run.folder), "--story", "s0", "-o", f"{tmp_path}/new/"])
    assert one.exit_code == 2
    assert one.output == f"storydiff: {tmp_path}/new/: is a folder; give the name of a file to write.\n"
