"""Folders in folders, archives, workbooks, and what storydiff itself wrote. All outlets are invented."""

import io
import struct
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare import InputError, InputWarning, MissingExtraError, read_articles
from compare.cli import main

FORMATS = (
    ".jsonl, .ndjson, .json, .csv, .tsv, .xlsx, .parquet, .txt, .html, .htm, .mht, .mhtml, .warc, .warc.gz, .wacz, "
    ".rss, .atom, .xml, .docx, .rtf or .zip"
)
OUT = "unpack it yourself and give the folder."


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def laid_out(files):
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")


def zipped(name, files, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(name, "w", compression) as archive:
        for member, content in files.items():
            archive.writestr(member, content)
    return name


def read(source, **options):
    articles = read_articles(source, **options)
    return articles[["story_id", "outlet", "text"]].to_numpy().tolist()


def refusal(source):
    with pytest.raises(InputError) as caught:
        read_articles(source)
    return str(caught.value)


def told(source, **options):
    with pytest.warns(InputWarning) as caught:
        rows = read(source, **options)
    return rows, [str(warning.message) for warning in caught]


TWO = {"quay/Gannet.txt": "It sank.", "quay/Orrery.txt": "It has sunk.", "2025/mole/Gannet.txt": "It floats."}
ROWS = [["2025/mole", "Gannet", "It floats."], ["quay", "Gannet", "It sank."], ["quay", "Orrery", "It has sunk."]]


def test_folders_in_a_folder_are_stories():
    laid_out({f"all/{name}": content for name, content in TWO.items()} | {"all/README.md": "x", "all/.git/a.txt": "x"})
    assert read("all") == ROWS
    assert compare.compare_corpus("all", reader=None).stories == ["2025/mole", "quay"]


def test_one_folder_in_a_folder_is_the_story():
    laid_out({"all/week/quay/Gannet.txt": "It sank."})
    assert read("all") == [["quay", "Gannet", "It sank."]]


def test_a_story_that_a_record_names_goes_before_its_folder():
    laid_out({"all/a/x.csv": "outlet,text,story_id\nGannet,y,mole\n", "all/b/Orrery.txt": "z"})
    assert read("all") == [["mole", "Gannet", "y"], ["b", "Orrery", "z"]]


def test_folders_beside_articles_are_not_read_and_named_if_they_hold_any():
    laid_out(
        {
            "quay/articles.csv": "outlet,text\nGannet,It sank.\n",
            "quay/gold/quotes.csv": "outlet,text\nGannet,no article\n",
            "quay/Orrery.html": "<html><body><p>It has sunk.</p></body></html>",
            "quay/Orrery_files/frame.html": "<p>Buy!</p>",
            "quay/old/Ledger.txt": "It floats.",
        }
    )
    pytest.importorskip("trafilatura")
    rows, notes = told("quay")
    assert [row[1] for row in rows] == ["Orrery", "Gannet"]
    assert notes == [
        "quay: 1 folder was not read (old), because there are articles beside; give the folder itself, too, "
        "if it is meant."
    ]


def test_everything_that_is_left_aside_is_named_but_the_readme():
    files = dict.fromkeys(("Gannet.txt", "notes.md", "README.md", "LICENSE", "License Times.txt", ".x.txt"), "It sank.")
    laid_out({f"quay/{name}": text for name, text in files.items()})
    but = "not called README or LICENSE"
    said = f"2 files were not read (License Times.txt, notes.md); articles are {FORMATS} files, {but}"
    assert told("quay") == ([["quay", "Gannet", "It sank."]], [f"quay: {said}."])
    rows, notes = told(zipped("quay.zip", files))
    assert (rows, notes[0].startswith(f"quay.zip: {said}, and")) == ([["quay", "Gannet", "It sank."]], True)
    laid_out({"texts/Gannet.md": "It sank."})
    assert "only files that are not read (Gannet.md); save tables as .csv or .xlsx and texts as" in refusal("texts")


def test_a_folder_that_leads_back_to_itself_ends():
    laid_out({"all/quay/Gannet.txt": "It sank."})
    Path("all/back").symlink_to("..", target_is_directory=True)
    with pytest.raises(InputError, match="is the same article as"):
        read("all")


def test_an_archive_is_read_like_a_folder():
    assert read(zipped("quay.zip", {"Gannet.txt": "It sank.", "b.csv": "outlet,text\nOrrery,It has sunk.\n"})) == [
        ["quay", "Gannet", "It sank."],
        ["quay", "Orrery", "It has sunk."],
    ]
    assert read(zipped("all.zip", TWO)) == ROWS
    hidden = {"quay/__MACOSX/._Gannet.txt": "x", "quay/README.md": "x", "quay/Gannet.txt": "It sank."}
    assert read(zipped("mac.zip", hidden)) == [["mac", "Gannet", "It sank."]]


def test_what_in_an_archive_is_not_read_is_named():
    inner = io.BytesIO()
    zipped(inner, {"x.txt": "x"})
    files = {"Gannet.txt": "It sank.", "old/Orrery.txt": "x", "scan.pdf": "x", "more.zip": inner.getvalue()}
    rows, notes = told(zipped("quay.zip", files))
    assert rows == [["quay", "Gannet", "It sank."]]
    assert notes == [
        f"quay.zip: 3 files were not read (more.zip, old/Orrery.txt, scan.pdf); articles are {FORMATS} files, "
        "and stand in no folder beside others; nor is an archive in it read."
    ]
    assert refusal(zipped("empty.zip", {"scan.jpg": "x"})) == (
        f"empty.zip: holds no articles; put {FORMATS} files into it."
    )
    assert refusal(zipped("other.zip", {"scan.pdf": "x", "old.xls": "x"})) == (
        "other.zip: holds no articles, only files that are not read (old.xls, scan.pdf); save tables as .csv or .xlsx "
        "and texts as .txt, and unpack archives."
    )


def test_a_flaw_in_an_archive_is_named_with_its_place():
    assert refusal(zipped("a.zip", {"deep/b.csv": "outlet,text\nX,\n"})) == (
        'a.zip/deep/b.csv, line 2: field "text" is empty; give every article its text, or leave the article out.'
    )


@pytest.mark.parametrize("member", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt", "."])
def test_an_archive_that_reaches_out_of_itself_is_refused(tmp_path, member):
    name = zipped("a.zip", {member: "x"})
    before = sorted(tmp_path.parent.rglob("*"))
    assert refusal(name).startswith("a.zip: holds ")
    assert refusal(name).endswith(", a place outside it; pack it again.")
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_archives_that_would_fill_the_memory_are_refused(monkeypatch):
    bomb = zipped("bomb.zip", {"a.txt": b"a" * (50 * 2**20)})
    assert refusal(bomb).startswith("bomb.zip: unpacks to ")
    assert refusal(bomb).endswith(f" times its size, which no text does; {OUT}")
    large = zipped("large.zip", {"a.txt": "a"})
    data = Path(large).read_bytes()
    # 2 GB, says its list of files
    at = data.rindex(b"PK\1\2") + 24
    Path(large).write_bytes(data[:at] + struct.pack("<L", 2**31) + data[at + 4 :])
    assert refusal(large) == f"large.zip: unpacks to 2,048 MB, and no more than 1,024 are read; {OUT}"
    deep = zipped("deep.zip", {"a/" * 40 + "x.txt": "x"})
    assert refusal(deep) == f"deep.zip: holds folders in folders, more than 16 deep; {OUT}"
    monkeypatch.setattr("compare.reading.archives._MOST", 2)
    many = zipped("many.zip", {f"{at}.txt": "x" for at in range(3)})
    assert refusal(many) == f"many.zip: holds 3 files, and no more than 2 are read; {OUT}"


def test_archives_that_are_damaged_or_locked_are_refused():
    name = zipped("a.zip", {"Gannet.txt": "It sank." * 99}, zipfile.ZIP_STORED)
    whole = Path(name).read_bytes()
    Path(name).write_bytes(whole[:-30])
    assert refusal(name) == "a.zip: is damaged or not a .zip file; write or copy it again."
    Path(name).write_bytes(whole.replace(b"It sank.It", b"It sunk.It", 1))
    assert refusal(name) == 'a.zip: "Gannet.txt" in it is damaged; write or copy it again.'
    at = whole.rindex(b"PK\1\2") + 8
    Path(name).write_bytes(whole[:at] + b"\1\0" + whole[at + 2 :])
    assert refusal(name) == f"a.zip: is locked with a password; {OUT}"
    at = whole.rindex(b"PK\1\2") + 10
    Path(name).write_bytes(whole[:at] + b"\x63\0" + whole[at + 2 :])
    assert refusal(name) == f"a.zip: is packed in a way that is not read; {OUT}"


def workbook(name, sheets):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(name)
    return name


def test_a_workbook_is_read():
    rows = [
        ["Outlet", "Text", "title", "published", None, "notes"],
        ["Gannet", "It sank.", 2026, datetime(2026, 2, 14, 9, 30), None, "x"],
        [],
        [7, "It has sunk.", None, "2026-02-15"],
    ]
    [first, second] = read_articles(workbook("quay.xlsx", {"Sheet": rows})).to_dict("records")
    assert (first["outlet"], first["title"], first["story_id"]) == ("Gannet", "2026", "quay")
    assert first["published"] == pd.Timestamp("2026-02-14T09:30Z")
    assert (second["outlet"], second["text"], pd.isna(second["title"])) == ("7", "It has sunk.", True)
    assert refusal(workbook("quay.xlsx", {"Sheet": [*rows, ["Ledger", None]]})) == (
        'quay.xlsx, row 5: field "text" is missing; give every article its text, or leave the article out.'
    )


def test_every_sheet_with_articles_is_read_and_others_are_named():
    sheets = {
        "May": [["outlet", "text"], ["Gannet", "It sank."]],
        "coders": [["name"], ["Ines"]],
        "empty": [],
        "June": [["outlet", "text"], ["Gannet", "It floats."]],
    }
    rows, notes = told(workbook("quay.xlsx", sheets))
    assert [row[2] for row in rows] == ["It sank.", "It floats."]
    assert notes == ['quay.xlsx, sheet "coders": was not read, because it has no columns outlet and text.']


def test_workbooks_that_cannot_be_read_are_refused():
    foreign = workbook("a.xlsx", {"Sheet": [["source", "content"], ["Gannet", "It sank."]]})
    assert 'did you mean "source" and "content"? Then add --map outlet=source,text=content' in refusal(foreign)
    assert read(foreign, fields={"outlet": "source", "text": "content"}) == [["a", "Gannet", "It sank."]]
    assert refusal(workbook("a.xlsx", {"Sheet": []})) == (
        "a.xlsx: is empty; put at least one article into it, or leave it out."
    )
    assert refusal(workbook("a.xlsx", {"Sheet": [["outlet", "text"]]})) == (
        "a.xlsx: has a header but no rows; put at least one row into it, or leave it out."
    )
    Path("a.xlsx").write_bytes(b"no workbook")
    assert refusal("a.xlsx") == "a.xlsx: is damaged or not a .xlsx file; write or copy it again."
    assert refusal(zipped("a.xlsx", {"x": "y"})) == "a.xlsx: is damaged or not an Excel workbook; save it again."
    assert refusal(zipped("a.xlsx", {"x": b"y" * (50 * 2**20)})).endswith(f" which no text does; {OUT}")


def test_without_openpyxl_the_extra_is_named(monkeypatch):
    Path("a.xlsx").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError) as caught:
        read_articles("a.xlsx")
    assert str(caught.value) == (
        'Reading .xlsx needs an optional part of storydiff; add it with: pip install "storydiff[excel]" '
        '(in a checkout: pip install ".[excel]").'
    )


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.medium
def test_a_report_in_the_folder_is_no_outlet():
    pytest.importorskip("trafilatura")
    laid_out({"quay/Gannet.txt": "The ferry sank.", "quay/Orrery.txt": "A ferry has sunk."})
    for _ in range(2):  # the second writes over the first's report
        done = run("report", "quay", "-o", "quay/report.html", "--reader", "none")
        assert done.exit_code == 0, done.output
    assert "2 outlets" in done.stdout
    assert "quay/report.html: written by storydiff, and left aside; articles are what others wrote." in done.stderr
    assert refusal("quay/report.html") == (
        "no article was found: quay/report.html: written by storydiff, and left aside; articles are what others wrote."
    )
    laid_out({"quay/page.html": "<html><body><p>A saved page.</p></body></html>"})
    refused = run("report", "quay", "-o", "quay/page.html", "--reader", "none")
    assert refused.stderr == (
        "storydiff: quay/page.html: is an input and would be overwritten; give -o another name.\n"
    )


@pytest.mark.medium
def test_runs_data_sets_and_sheets_in_a_folder_are_left_aside():
    told_twice = {name: f"The ferry {place} sank on Monday." for name, place in zip(TWO, "ABC", strict=True)}
    laid_out({f"all/{name}": content for name, content in told_twice.items()})
    assert run("corpus", "all", "--reader", "none", "-o", "all/run").exit_code == 0
    assert run("export", "all/run", "-o", "all/data", "--text", "full").exit_code == 0
    assert run("sample", "all/run", "-o", "all/sheets").exit_code == 0
    rows, notes = told("all")
    assert len(rows) == len(ROWS)
    assert notes == [
        "all/data, all/run, all/sheets: written by storydiff, and left aside; articles are what others wrote."
    ]
