"""CSV that Excel opens as it is meant: a mark at its beginning, and no cell that is run as a formula."""

import json

import pytest
from click.testing import CliRunner

import compare
from compare.cli import main

ARTICLES = [
    {"outlet": "=Zoë’s Écho", "story_id": "one", "text": "The ferry Étoile sank off Sévran on Monday, officials said."},
    {"outlet": "Quay Post", "story_id": "one", "text": "The mayor of Sévran opened a café on the quay on Monday."},
]
MARK = b"\xef\xbb\xbf"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    return path


def run(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("excel", [True, False])
def test_a_tracked_table_shows_its_accents_in_excel(source, tmp_path, excel):
    path = tmp_path / "coverage.csv"
    words = ("track", source, "--reader", "none", "--claim", "The ferry Étoile sank.", "-o", path)
    assert run(*words, *(["--excel"] if excel else [])).exit_code == 0
    written = path.read_bytes()
    assert written.startswith(MARK) == excel
    assert ",'=Zoë’s Écho," in written.decode("utf-8-sig")
    read = compare.read_table(path)
    assert read.columns[0] == "claim_id"
    assert read["outlet"].tolist() == ["=Zoë’s Écho", "Quay Post"]


def test_coders_sheets_show_their_accents_in_excel_and_are_read_back(source, tmp_path):
    done = run("sample", source, "--reader", "none", "--units", 4, "--coders", 1, "-o", tmp_path / "sheets", "--excel")
    assert done.exit_code == 0, done.stderr
    [sheet] = (tmp_path / "sheets").glob("*.csv")
    assert sheet.read_bytes().startswith(MARK)
    text = sheet.read_text(encoding="utf-8-sig")
    filled = [line if at == 0 else line.removesuffix(",,") + ",yes," for at, line in enumerate(text.splitlines())]
    sheet.write_bytes(MARK + "\r\n".join(filled).encode())
    assert run("agree", sheet, "-o", tmp_path / "tables", "--excel").exit_code == 0
    tables = list((tmp_path / "tables").glob("*.csv"))
    assert tables
    assert all(table.read_bytes().startswith(MARK) for table in tables)


def test_what_is_no_csv_file_has_no_mark(source, tmp_path):
    claim = ("--claim", "The ferry sank.")
    for words in (("track", source, *claim), ("track", source, *claim, "-o", tmp_path / "x.jsonl")):
        done = run(*words, "--excel")
        assert (done.exit_code, done.stderr) == (
            2,
            "storydiff: --excel is for a table in a .csv file; add -o FILE.csv.\n",
        )
    done = run("agree", source, "--excel")
    assert (done.exit_code, done.stderr) == (2, "storydiff: --excel is for tables in files; add -o FOLDER.\n")
