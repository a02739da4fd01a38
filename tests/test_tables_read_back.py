"""Tables written to files and read back: nothing is lost, and no spreadsheet runs a cell."""

import csv
import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compare
from compare.export.withhold import Withheld
from compare.saving import read_csv, write_csv
from compare.tables import (
    ARTICLES,
    CLAIMS,
    CORRECTED_RATES,
    COVERAGE,
    OUTLET_STORIES,
    STORY_TABLES,
    TRACKED,
    of_stories,
)

# Beginnings, quotation marks and ends of lines as they come, and the marks that a guard is about.
CELLS = st.text(st.sampled_from("'=+-@\t\r\n\",; aä日\u2028\ufeff\x00\x1f0") | st.characters(codec="utf-8"), max_size=8)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.medium
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_text_in_cells_and_names_comes_back_from_csv(tmp_path_factory, data):
    width = data.draw(st.integers(1, 3))
    names = data.draw(st.lists(CELLS, min_size=width, max_size=width))
    if names[0].startswith("\ufeff"):
        names[0] = "x"  # the mark of a byte order, which editors put in front of a file, is none of it
    rows = data.draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=4))
    table = pd.DataFrame(rows, columns=names, dtype="str")
    path = tmp_path_factory.mktemp("csv") / "own.csv"
    write_csv(table, path)
    back = read_csv(path)
    assert list(back.columns) == names
    assert back.to_numpy().tolist() == rows


@pytest.mark.medium
@settings(max_examples=100, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_no_cell_begins_as_a_formula(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "own.csv"
    write_csv(pd.DataFrame({cells[0]: cells}), path)
    with path.open(encoding="utf-8", newline="") as file:
        written = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in written if cell.startswith(FORMULAS)] == []


def test_cells_that_begin_with_an_apostrophe_are_told_from_guarded_ones(tmp_path):
    path = tmp_path / "own.csv"
    cells = ["=1+1", "'=1+1", "''=1+1", "'tis", "''", "'", "plain"]
    write_csv(pd.DataFrame({"cell": cells}), path)
    assert path.read_text(encoding="utf-8").split() == [
        "cell",
        "'=1+1",
        "''=1+1",
        "'''=1+1",
        "'tis",
        "''",
        "'",
        "plain",
    ]
    assert read_csv(path)["cell"].tolist() == cells


def test_every_kind_of_text_column_is_guarded(tmp_path):
    table = pd.DataFrame({"a": pd.array(["=1"], dtype="object"), "b": pd.Categorical(["=2"]), "c": ["=3"], "d": [-4]})
    write_csv(table, tmp_path / "own.csv")
    assert (tmp_path / "own.csv").read_bytes() == b"a,b,c,d\r\n'=1,'=2,'=3,-4\r\n"


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("name", [table.name for table in STORY_TABLES])
def test_a_story_s_tables_come_back_with_their_types(demo, tmp_path, name, form):
    table = getattr(demo, name)
    path = compare.write_table(table, tmp_path / f"{name}.{form}")
    pd.testing.assert_frame_equal(compare.read_table(path), table)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_table_is_known_by_its_columns_whatever_the_file_is_called(demo, tmp_path, form):
    tracked = demo.track(["A ship sank."])
    assert list(tracked.columns) == TRACKED.names
    path = compare.write_table(tracked, tmp_path / f"mine.{form}")
    pd.testing.assert_frame_equal(compare.read_table(path), tracked)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_table_without_rows_keeps_its_columns_and_types(tmp_path, form):
    path = compare.write_table(COVERAGE.frame([]), tmp_path / f"coverage.{form}")
    pd.testing.assert_frame_equal(compare.read_table(path), COVERAGE.frame([]))


def test_fractions_of_a_second_and_missing_times_come_back(tmp_path):
    times = [pd.Timestamp("2026-01-02T03:04:05Z"), pd.Timestamp("2026-01-02T03:04:05.000600Z"), None]
    article = {"article_id": "a", "story_id": "s", "outlet": "o", "text": "t"}
    table = ARTICLES.frame(pd.DataFrame([article] * 3).assign(published=times))
    for form in ("csv", "jsonl", "parquet"):
        path = compare.write_table(table, tmp_path / f"articles.{form}")
        pd.testing.assert_frame_equal(compare.read_table(path), table)
    assert "2026-01-02T03:04:05.000000Z" in (tmp_path / "articles.csv").read_text(encoding="utf-8")


@pytest.mark.medium
@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(allow_nan=True, allow_infinity=False), min_size=10, max_size=30))
def test_numbers_keep_every_digit(tmp_path_factory, numbers):
    row = dict.fromkeys(CLAIMS.names, "x") | {"outlets": 1, "voices": 1}
    table = CLAIMS.frame([row | {"salience": number} for number in numbers])
    for form in ("csv", "jsonl"):
        path = compare.write_table(table, tmp_path_factory.mktemp("numbers") / f"claims.{form}")
        pd.testing.assert_frame_equal(compare.read_table(path), table, check_exact=True)


def test_nothing_is_missing_where_a_column_may_be_and_else_empty_text(tmp_path):
    row = {"claim_id": "c", "outlet": "o", "state": "omitted", "probability": 0.1, "changes": "", "evidence": None}
    compare.write_table(COVERAGE.frame([row]), tmp_path / "coverage.csv")
    back = compare.read_table(tmp_path / "coverage.csv")
    assert back["changes"].tolist() == [""]
    assert back[["evidence", "sentence_id", "position"]].isna().all(axis=None)


def test_a_table_of_many_stories_and_one_without_text_have_their_types(tmp_path):
    whole = of_stories(COVERAGE)
    row = {"story_id": "s", "claim_id": "c", "outlet": "o", "state": "omitted", "probability": 0.5, "changes": ""}
    compare.write_table(whole.frame([row]), tmp_path / "coverage.csv")
    pd.testing.assert_frame_equal(compare.read_table(tmp_path / "coverage.csv"), whole.frame([row]))
    withheld = Withheld(b"key").table(whole).frame([row | {"evidence_hmac": "1e5"}])
    assert "evidence" not in withheld
    compare.write_table(withheld, tmp_path / "withheld.csv")
    pd.testing.assert_frame_equal(compare.read_table(tmp_path / "withheld.csv"), withheld)


def test_tables_that_are_called_alike_are_told_apart_by_their_columns(tmp_path):
    row = dict.fromkeys(CORRECTED_RATES.names, "") | {"group": "o", "decisions": 3, "coded": 2, "as_decided": 0.5}
    table = CORRECTED_RATES.frame([row | dict.fromkeys(("estimate", "low", "high"))])
    compare.write_table(table, tmp_path / "rates.csv")
    pd.testing.assert_frame_equal(compare.read_table(tmp_path / "rates.csv"), table)
    counts = OUTLET_STORIES.frame([dict.fromkeys(OUTLET_STORIES.names, 0)])
    compare.write_table(counts[["story_id", "outlet", "version", "claims"]], tmp_path / "outlet_stories.csv")
    assert compare.read_table(tmp_path / "outlet_stories.csv")["claims"].dtype == "int64"


def test_a_table_of_one_s_own_is_text(tmp_path):
    compare.write_table(pd.DataFrame({"id": ["007"], "n": [1], "none": [np.nan]}), tmp_path / "own.csv")
    back = compare.read_table(tmp_path / "own.csv")
    assert back.dtypes.tolist() == ["str"] * 3
    assert back.loc[0, ["id", "n"]].tolist() == ["007", "1"]
    assert back["none"].isna().all()


def test_json_lines_have_times_in_iso_8601_and_null_for_what_is_missing(tmp_path):
    table = ARTICLES.frame(
        [{"article_id": "a", "story_id": "s", "outlet": "o\u2028", "text": "t", "published": pd.Timestamp(0, tz="UTC")}]
    )
    line = compare.write_table(table, tmp_path / "articles.jsonl").read_text(encoding="utf-8")
    assert json.loads(line)["published"] == "1970-01-01T00:00:00Z"
    assert json.loads(line)["title"] is None
    assert compare.read_table(tmp_path / "articles.jsonl")["outlet"].tolist() == ["o\u2028"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("own.xlsx", b"", "{path}: cannot be read as a table; give a .csv, .jsonl or .parquet file."),
        ("own.csv", None, "{path}: does not exist; check the path."),
        ("own.jsonl", None, "{path}: does not exist; check the path."),
        ("own.parquet", None, "{path}: does not exist; check the path."),
        ("own.jsonl", b"{", "{path}: cannot be read as JSON Lines; give a table that storydiff wrote."),
        ("own.parquet", b"PAR1", "{path}: cannot be read as Parquet; give a table that storydiff wrote."),
        (
            "wire.csv",
            b"article_id,cut_sentences\r\na,1\r\nb,two\r\n",
            "{path}: column cut_sentences, row 2 holds 'two' and should hold a whole number; "
            "give a table that storydiff wrote.",
        ),
        (
            "wire.csv",
            b"article_id,cut_sentences\r\na,\r\n",
            "{path}: column cut_sentences, row 1 holds '' and should hold a whole number; "
            "give a table that storydiff wrote.",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(tmp_path, name, content, sentence):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(compare.InputError) as error:
        compare.read_table(path)
    assert str(error.value) == sentence.format(path=path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'a,b\r\n"1', b"a\r\n1,2\r\n"])
def test_csv_that_cannot_be_read_is_refused(tmp_path, content):
    (tmp_path / "own.csv").write_bytes(content)
    with pytest.raises(compare.InputError, match=r"own\.csv: cannot be read as CSV"):
        compare.read_table(tmp_path / "own.csv")


def test_two_columns_of_one_name_are_refused_where_they_cannot_be_written(tmp_path):
    table = pd.DataFrame([[1, 2]], columns=["a", "a"])
    for form in ("jsonl", "parquet", "sav", "dta"):
        with pytest.raises(compare.InputError, match="has two columns 'a'; give each another name"):
            compare.write_table(table, tmp_path / f"own.{form}")
    compare.write_table(table, tmp_path / "own.csv")
    assert compare.read_table(tmp_path / "own.csv").columns.tolist() == ["a", "a"]
