"""CSV, Parquet and DataFrames."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare import InputError, InputWarning, read_articles
from compare.reading.mending import reread, untagged
from compare.reading.records import cleaned

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\t",;'), min_size=1).filter(
    lambda text: cleaned(untagged(reread(text))) == text
)
WORDS = TEXT.filter(lambda text: text.strip())
NAMED = "name it in the first row, or say which column it is: --map "
QUOTES = "close every quoted field, and write a quotation mark inside it as two."


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def written(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path.name


def refusal(source):
    with pytest.raises(InputError) as caught:
        read_articles(source)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'outlet,text\nX,"one, two; three"\n'),
        ("a.csv", '\ufeffoutlet;text\r\nX;"one, two; three"\r\n'),
        ("a.csv", "outlet\ttext\nX\tone, two; three\n"),
        ("a.tsv", "outlet\ttext\nX\tone, two; three"),
        ("a.csv", '\n"outlet", text \rX,"one, two; three"\r'),
        ("a.csv", 'a;b,"outlet",text\n,X,"one, two; three"\n'),
    ],
)
def test_the_header_shows_the_delimiter(tmp_path, name, content):
    articles = read_articles(written(tmp_path / name, content))
    assert articles[["outlet", "text", "story_id"]].to_numpy().tolist() == [["X", "one, two; three", "a"]]


def test_csv_values_are_text_and_nothing_is_taken_for_missing(tmp_path):
    content = "outlet,title,text,published\nNA,None,null,\nNone,,nan,2026-02-14\n007,1,2,\n"
    articles = read_articles(written(tmp_path / "a.csv", content))
    assert articles["outlet"].tolist() == ["NA", "None", "007"]
    assert articles["text"].tolist() == ["null", "nan", "2"]
    assert articles["title"].isna().tolist() == [False, True, False]
    assert articles["published"].isna().tolist() == [True, False, True]


def test_csv_lines_are_counted_as_an_editor_counts_them(tmp_path):
    content = 'outlet,text\nX,"one\ntwo\r\nthree"\n\n\nY,\n'
    assert refusal(written(tmp_path / "a.csv", content)) == (
        'a.csv, line 7: field "text" is empty; give every article its text, or leave the article out.'
    )


@pytest.mark.parametrize(("row", "count"), [("X", 1), ("X,y,z", 3)])
def test_a_ragged_row_is_refused_or_skipped(tmp_path, row, count):
    name = written(tmp_path / "a.csv", f'outlet,text\nX,"o\nne"\n{row}\nY,two\n')
    assert refusal(name) == (
        f"a.csv, line 4: has {count} fields where the header has 2; "
        "put fields that hold the delimiter or a line end into quotation marks."
    )
    with pytest.warns(InputWarning, match=r"^1 article was skipped: a\.csv, line 4"):
        assert read_articles(name, skip_bad=True)["text"].tolist() == ["o\nne", "two"]


def test_quotation_marks_that_do_not_pair_up_are_refused(tmp_path):
    name = written(tmp_path / "a.csv", 'outlet,text\nX,fine\nY,"never closed\nZ,lost\n')
    assert refusal(name) == f"a.csv, line 3: the quotation marks do not pair up (unexpected end of data); {QUOTES}"
    name = written(tmp_path / "b.csv", 'outlet,text\nY,"He said "no"."\n')
    assert refusal(name) == f"b.csv, line 2: the quotation marks do not pair up (',' expected after '\"'); {QUOTES}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("outlet,notes\nX,y\n", f'a.csv: has no column "text" (its columns: outlet, notes); {NAMED}text=COLUMN.'),
        (
            "a,b,c,d,e,f,text\n",
            f'a.csv: has no column "outlet" (its columns: a, b, c, d, e, and 2 more); {NAMED}outlet=COLUMN.',
        ),
        ("outlet,text,text\nX,y,z\n", 'a.csv: has the column "text" twice; keep one of them.'),
        ("outlet,text\n", "a.csv: has a header but no rows; put at least one row into it, or leave it out."),
    ],
)
def test_a_bad_header_is_refused(tmp_path, content, sentence):
    assert refusal(written(tmp_path / "a.csv", content)) == sentence


@pytest.mark.medium
def test_large_csv_fields_are_read_and_the_process_keeps_its_limit(tmp_path):
    usual = csv.field_size_limit()
    articles = read_articles(written(tmp_path / "a.csv", 'outlet,text\nX,"' + "ab\n" * 200_000 + '"\n'))
    assert len(articles.loc[0, "text"]) == 600_000
    assert csv.field_size_limit() == usual
    assert refusal(written(tmp_path / "b.csv", "x" * 400_000)).startswith('b.csv: has no column "outlet"')
    assert csv.field_size_limit() == usual


def test_parquet_is_read(tmp_path):
    frame = pd.DataFrame(
        {
            "outlet": pd.Categorical(["NA", "B"]),
            "text": ["x", "y"],
            "title": [None, "T"],
            "published": pd.to_datetime(["2026-02-14T09:30Z", None]),
            "other": [[1], [2]],
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    articles = read_articles("a.parquet")
    assert articles["outlet"].tolist() == ["NA", "B"]
    assert articles["title"].fillna("missing").tolist() == ["missing", "T"]
    assert articles.loc[0, "published"] == pd.Timestamp("2026-02-14T09:30Z")
    assert articles.loc[1, "story_id"] == "a"


def test_bad_parquet_is_refused(tmp_path):
    pd.DataFrame({"outlet": ["X", None], "text": ["x", "y"]}).to_parquet(tmp_path / "a.parquet")
    assert refusal("a.parquet") == (
        'a.parquet, row 2: field "outlet" is missing; give every article the name of who published it.'
    )
    whole = (tmp_path / "a.parquet").read_bytes()
    for content in (whole[:-10], whole[: len(whole) // 2], b"PAR1 not at all", whole[:30] + b"\xff" * 40 + whole[70:]):
        name = written(tmp_path / "b.parquet", content)
        assert refusal(name) == "b.parquet: is damaged or not a Parquet file; write or copy it again."
    pd.DataFrame({"outlet": ["X"]}).to_parquet(tmp_path / "c.parquet")
    assert refusal("c.parquet") == f'c.parquet: has no column "text" (its columns: outlet); {NAMED}text=COLUMN.'
    pd.DataFrame({"outlet": [], "text": []}, dtype="str").to_parquet(tmp_path / "d.parquet")
    assert refusal("d.parquet") == "d.parquet: has no rows; put at least one article into it, or leave it out."


def test_rows_of_a_frame_are_counted_from_1_whatever_its_index():
    frame = pd.DataFrame({"outlet": [1.0, np.nan], "text": ["x", "y"]}, index=[8, 8])
    assert refusal(frame) == 'row 2: field "outlet" is missing; give every article the name of who published it.'
    assert refusal([frame]).startswith('item 1, row 2: field "outlet" is missing;')
    assert read_articles(frame.iloc[:1])["outlet"].tolist() == ["1"]


def test_a_frame_without_a_needed_column_or_with_it_twice_is_refused():
    assert refusal(pd.DataFrame({"outlet": ["X"], 5: ["x"]})) == (
        f'the DataFrame: has no column "text" (its columns: outlet, 5); {NAMED}text=COLUMN.'
    )
    assert (
        refusal(pd.DataFrame()) == f'the DataFrame: has no column "outlet" (its columns: none); {NAMED}outlet=COLUMN.'
    )
    twice = pd.DataFrame([["X", "x", "y"]], columns=["outlet", "text", "text"])
    assert refusal([twice]) == 'item 1: has the column "text" twice; keep one of them.'


def test_a_frame_is_not_changed_and_its_missing_values_stay_missing():
    frame = pd.DataFrame(
        {"outlet": ["X", "Y"], "text": ["x", "y"], "title": [pd.NA, "T"], "published": [pd.NaT, "2026"]}
    )
    before = frame.copy()
    articles = read_articles(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert articles["title"].isna().tolist() == articles["published"].isna().tolist() == [True, False]


@pytest.mark.medium
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(WORDS, TEXT, WORDS), min_size=1), st.sampled_from(",;\t"))
def test_records_come_back_from_csv(tmp_path, rows, delimiter):
    records = [{"article_id": f"n{n}", "outlet": o, "title": t, "text": x} for n, (o, t, x) in enumerate(rows)]
    content = io.StringIO(newline="")
    writer = csv.DictWriter(content, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    (tmp_path / "story.csv").write_bytes(content.getvalue().encode())
    read = read_articles(tmp_path / "story.csv")
    assert read.equals(read_articles(records))
    assert read["text"].tolist() == [record["text"] for record in records]
