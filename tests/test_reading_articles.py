"""What read_articles accepts, and the sentence for everything it refuses."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from compare import InputError, InputWarning, read_articles, tables

GOOD = {"outlet": "Northern Courier", "text": "The mayor left."}
FORMATS = (
    ".jsonl, .ndjson, .json, .csv, .tsv, .xlsx, .parquet, .txt, .html, .htm, .mht, .mhtml, .warc, .warc.gz, .wacz, "
    ".rss, .atom, .xml, .docx, .rtf or .zip"
)
WAYS = "give a path, a list of paths, a list of records or a DataFrame"


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def refusal(source):
    with pytest.raises(InputError) as caught:
        read_articles(source)
    return str(caught.value)


def test_articles_keep_the_order_of_the_input_and_one_is_enough():
    texts = ["c", "a", "b"]
    assert read_articles([{"outlet": "X", "text": text} for text in texts])["text"].tolist() == texts
    assert len(read_articles([GOOD])) == 1


def test_two_articles_with_one_id_are_refused():
    records = [{**GOOD, "article_id": "n1"}, {"outlet": "Other", "text": "y", "article_id": "n1"}]
    assert refusal(records) == (
        'record 2: article_id "n1" is that of record 1 too; give every article one of its own, or none.'
    )


def test_the_same_article_twice_is_refused(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(GOOD))
    assert refusal(["a.jsonl", GOOD]) == (
        "record 2: is the same article as a.jsonl, line 1 (same outlet, title and text); "
        "leave one out, or give both an article_id."
    )


def test_skip_bad_leaves_articles_out_and_names_them():
    records = [GOOD, *({"outlet": "X", "text": ""} for _ in range(6)), 5, GOOD]
    with pytest.warns(InputWarning) as caught:
        articles = read_articles(records, skip_bad=True)
    assert len(articles) == 1
    [warning] = caught
    assert str(warning.message) == (
        '8 articles were skipped: record 2 (field "text" is empty); record 3 (field "text" is empty); '
        'record 4 (field "text" is empty); record 5 (field "text" is empty); record 6 (field "text" is empty); '
        "and 3 more."
    )
    assert warning.filename == __file__


def test_skip_bad_needs_one_good_article():
    with pytest.raises(InputError) as caught:
        read_articles([{"outlet": "X"}], skip_bad=True)
    assert str(caught.value) == (
        'no article can be used, 1 article was skipped: record 1 (field "text" is missing); correct at least one.'
    )


def test_a_skipped_article_does_not_hold_its_id():
    records = [{"article_id": "n1", "outlet": "X", "text": ""}, {"article_id": "n1", "outlet": "X", "text": "x"}]
    with pytest.warns(InputWarning, match="^1 article was skipped: record 1"):
        assert read_articles(records, skip_bad=True)["text"].tolist() == ["x"]


def test_paths_records_and_tables_mix(tmp_path):
    (tmp_path / "a.txt").write_text("from a file")
    articles = read_articles(
        [Path("a.txt"), {"outlet": "B", "text": "b"}, pd.DataFrame([{"outlet": "C", "text": "c"}])]
    )
    assert articles["text"].tolist() == ["from a file", "b", "c"]
    assert articles["story_id"].tolist() == [tmp_path.name, "story", "story"]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ([], f"the list of articles is empty; {WAYS}."),
        (None, f"articles cannot be read from something that is nothing; {WAYS}."),
        (GOOD, f"articles cannot be read from something that is an object; {WAYS}."),
        ({1}, f"articles cannot be read from something that is of the type set; {WAYS}."),
        ([GOOD, None], f"item 2: is nothing, not a path or a record; {WAYS}."),
        ("", f"an empty path was given; {WAYS}."),
        ("absent.jsonl", "absent.jsonl: does not exist; check the path."),
        ("nul\0.txt", "nul\N{REPLACEMENT CHARACTER}.txt: does not exist; check the path."),
        ("An article. " * 500, '"An article. An article. An article. An …": does not exist; check the path.'),
        (
            "https://courier.example/1",
            "https://courier.example/1: is an address; fetch it first (storydiff fetch, compare.fetch).",
        ),
        (pd.DataFrame({"outlet": [], "text": []}), "the DataFrame: has no rows; give at least one article."),
    ],
)
def test_what_holds_no_articles_is_refused(source, sentence):
    assert refusal(source) == sentence


def test_a_folder_is_read_by_name_and_gives_the_story(tmp_path):
    folder = tmp_path / "ceasefire"
    folder.mkdir()
    (folder / "b.txt").write_text("Title\n\nfrom b")
    (folder / "A.jsonl").write_text(json.dumps({"outlet": "A", "text": "from a"}))
    (folder / "Readmore Weekly.TXT").write_text("from c")
    for ignored in (".hidden.txt", "README.txt", "readme_de.md", "LICENSE", "LICENSE-MIT.txt", "datasheet.md"):
        (folder / ignored).write_text("not an article")
    (folder / "deeper").mkdir()
    with pytest.warns(InputWarning, match=r"3 files were not read \(LICENSE-MIT.txt, datasheet.md, readme_de.md"):
        articles = read_articles(folder)
    assert articles["text"].tolist() == ["from a", "from c", "from b"]
    assert articles["outlet"].tolist() == ["A", "Readmore Weekly", "b"]
    assert set(articles["story_id"]) == {"ceasefire"}


def test_files_in_a_folder_that_are_not_read_are_named(tmp_path):
    for name in ("a.txt", "notes.odt", "scan.pdf"):
        (tmp_path / name).write_text("x")
    with pytest.warns(InputWarning) as caught:
        read_articles(".")
    assert [str(warning.message) for warning in caught] == [
        f".: 2 files were not read (notes.odt, scan.pdf); articles are {FORMATS} files."
    ]


def test_a_folder_without_articles_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    assert refusal("empty") == (f"empty: holds no articles; put {FORMATS} files into it.")
    (tmp_path / "empty" / "Quay Post.odt").write_text("x")
    assert refusal("empty") == (
        "empty: holds no articles, only files that are not read (Quay Post.odt); save tables as .csv or .xlsx and "
        "texts as .txt, and unpack archives."
    )


def test_a_folder_named_like_a_file_is_refused(tmp_path):
    (tmp_path / "x.jsonl").mkdir()
    sentence = "x.jsonl: is a folder, not a file; rename it without .jsonl, or give the files in it."
    assert refusal("x.jsonl") == sentence
    assert refusal(".") == sentence


def test_files_of_an_unknown_kind_are_refused(tmp_path):
    (tmp_path / "notes.odt").write_text("x")
    (tmp_path / "notes").write_text("x")
    assert refusal("notes.odt") == "notes.odt: files of the kind .odt are not read; save it as .txt."
    assert refusal("notes") == f"notes: has no extension that says what it is; give {FORMATS}."


def test_what_may_not_be_opened_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "folder").mkdir()

    def denied(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", denied)
    monkeypatch.setattr(Path, "iterdir", denied)
    for path in ("a.txt", "folder"):
        assert refusal(path) == f"{path}: cannot be read (Permission denied); check the path and its permissions."
    monkeypatch.setattr(Path, "stat", denied)
    assert refusal("a.txt") == "a.txt: cannot be read (Permission denied); check the path and its permissions."


def test_standard_input_is_json_lines(monkeypatch):
    data = ("\ufeff" + json.dumps({"outlet": "É", "text": "x"}, ensure_ascii=False) + "\n\n{}\n").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert refusal("-") == (
        'standard input, line 3: field "outlet" is missing; give every article the name of who published it.'
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(GOOD)))
    assert read_articles("-")["story_id"].tolist() == ["story"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    assert refusal("-") == "standard input: is empty; pipe JSON Lines into it, one article a line."
    monkeypatch.setattr("sys.stdin", None)
    assert refusal("-") == "there is no standard input; name a file, or pipe JSON Lines into it."


def test_a_frame_of_another_library_is_told_from_one_of_pandas():
    import pyarrow as pa

    said = (
        "articles cannot be read from something that is of the type pyarrow.Table; give what its to_pandas() returns."
    )
    assert refusal(pa.table({"outlet": ["A"], "text": ["It rained."]})) == said


@pytest.mark.slow
def test_five_million_characters_and_many_records_are_read(tmp_path):
    """In time that grows with them: one that grows with their square is not waited for."""
    (tmp_path / "long.txt").write_text("字\n" * 2_500_000, encoding="utf-8")
    assert len(read_articles("long.txt").loc[0, "text"]) == 4_999_999
    lines = (
        json.dumps({"outlet": f"O{i % 9}", "text": f"Text {i}", "published": "2026-02-14"}) for i in range(100_000)
    )
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    assert len(read_articles("many.jsonl")) == 100_000


def test_reading_imports_nothing_heavy_before_it_is_used():
    program = "import sys, compare.reading.articles; print({'pandas', 'pyarrow', 'trafilatura'} & set(sys.modules))"
    root = str(Path(tables.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout == "set()\n"
