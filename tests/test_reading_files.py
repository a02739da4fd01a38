"""JSON Lines, JSON and plain text."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare import InputError, InputWarning, read_articles
from compare.reading.mending import reread, untagged
from compare.reading.records import cleaned

GOOD = {"outlet": "Northern Courier", "text": "The mayor left."}
LINES = "write one record a line, or name a file that is one JSON document .json."
LIST = 'write a list of records or an object with an "articles" list, and name it .jsonl if it has a record a line.'
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), min_size=1).filter(
    lambda text: cleaned(untagged(reread(text))) == text
)
WORDS = TEXT.filter(lambda text: text.strip())


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


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "A.JSONL"])
def test_json_lines_are_read(tmp_path, name):
    lines = [
        json.dumps(GOOD),
        "",
        json.dumps({"outlet": "B", "text": "one\u2028two\x85three"}, ensure_ascii=False),
        " ",
    ]
    articles = read_articles(written(tmp_path / name, "\ufeff" + "\r\n".join(lines)))
    assert articles["text"].tolist() == ["The mayor left.", "one\u2028two three"]
    assert articles["story_id"].tolist() == [name[0]] * 2


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"outlet": "X",', "is not valid JSON (Expecting property name enclosed in double quotes, column 16)"),
        ("outlet", "is not valid JSON (Expecting value, column 1)"),
        ("[1]", "is a list, not a record"),
        ("null", "is nothing, not a record"),
        ("9" * 5000, "is not valid JSON (a number is too long)"),
        ("[" * 200_000, "is not valid JSON (it is nested too deeply)"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, what):
    name = written(tmp_path / "a.jsonl", f"{json.dumps(GOOD)}\n\n{line}\n")
    assert refusal(name) == f"a.jsonl, line 3: {what}; {LINES}"
    with pytest.warns(InputWarning) as caught:
        assert len(read_articles(name, skip_bad=True)) == 1
    assert [str(warning.message) for warning in caught] == [f"1 article was skipped: a.jsonl, line 3 ({what})."]


def test_a_folder_with_tables_of_something_else_says_to_name_the_file(tmp_path):
    (tmp_path / "articles.jsonl").write_text('{"outlet": "Gannet", "text": "Rain is due."}\n', encoding="utf-8")
    (tmp_path / "outlets.csv").write_text("outlet,leaning\nGannet,hill\n", encoding="utf-8")
    (tmp_path / "a-note.csv").write_text("outlet,text\nOrrery,Snow is due.\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_articles(tmp_path)
    said = str(error.value)
    assert said.startswith(f'{tmp_path / "outlets.csv"}: has no column "text" (its columns: outlet, leaning); ')
    assert said.endswith(
        f"; if it holds no articles, do not give the folder but the file with the articles, "
        f"such as {tmp_path / 'articles.jsonl'}."
    )


def test_a_raw_tab_inside_a_json_string_is_no_error(tmp_path):
    assert read_articles(written(tmp_path / "a.jsonl", '{"outlet": "X", "text": "a\tb"}'))["text"].tolist() == ["a\tb"]


@pytest.mark.parametrize("content", [[GOOD], {"articles": [GOOD]}, GOOD])
def test_json_is_a_list_an_object_with_articles_or_one_record(tmp_path, content):
    articles = read_articles(written(tmp_path / "mayor.json", json.dumps(content, indent=1)))
    assert articles[["outlet", "text", "story_id"]].to_numpy().tolist() == [[*GOOD.values(), "mayor"]]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[]", f"a.json: holds no articles; {LIST}"),
        ('{"articles": []}', f"a.json: holds no articles; {LIST}"),
        ('{"data": [1]}', f"a.json: holds no articles; {LIST}"),
        ("5", f"a.json: holds no articles; {LIST}"),
        ("{}\n{}", f"a.json: is not valid JSON (Extra data, line 2, column 1); {LIST}"),
        ("[" * 200_000, f"a.json: is not valid JSON (it is nested too deeply); {LIST}"),
        ("[[]]", "a.json, record 1: is a list, not a record; give every article as an object with its fields."),
        (
            json.dumps([GOOD, {"outlet": "X"}]),
            'a.json, record 2: field "text" is missing; give every article its text, or leave the article out.',
        ),
    ],
)
def test_bad_json_is_refused(tmp_path, content, sentence):
    assert refusal(written(tmp_path / "a.json", content)) == sentence


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.tsv", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\n"])
def test_an_empty_file_is_refused(tmp_path, name, content):
    assert refusal(written(tmp_path / name, content)) == (
        f"{name}: is empty; put at least one article into it, or leave it out."
    )


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_an_empty_article_is_refused_or_skipped(tmp_path, name):
    written(tmp_path / name, "\n")
    written(tmp_path / "b.txt", "good")
    assert refusal(".") == f"{name}: is empty; put the article's text into it, or leave it out."
    with pytest.warns(InputWarning, match=rf"^1 article was skipped: {name} \(is empty\)\.$"):
        assert len(read_articles(".", skip_bad=True)) == 1


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        ("Mayor leaves\n\nShe left.\n\nNobody wept.\n", "Mayor leaves", "She left.\n\nNobody wept."),
        ("\n\n Mayor leaves \r\n \t\r\n\r\n  She left.", "Mayor leaves", "  She left."),
        ("She left.\nNobody wept.\n\nThe end.", None, "She left.\nNobody wept.\n\nThe end."),
        ("She left.\n\n", None, "She left."),
        ("She left.", None, "She left."),
    ],
)
def test_a_first_line_before_a_blank_line_is_the_title(tmp_path, content, title, text):
    [row] = read_articles(written(tmp_path / "Northern  Courier.txt", content)).fillna("").to_dict("records")
    assert (row["outlet"], row["title"], row["text"]) == ("Northern Courier", title or "", text)
    assert row["story_id"] == tmp_path.name


def test_a_title_as_long_as_a_lead_is_noted(tmp_path):
    name = written(tmp_path / "a.txt", "word " * 100 + "\n\nMore.")
    with pytest.warns(InputWarning) as caught:
        read_articles(name)
    [warning] = caught
    assert str(warning.message) == (
        'a.txt: its first line, "word word word word word word word word…", was taken as the title with its '
        "499 characters; if it belongs to the text, put a title and a blank line above it."
    )


@pytest.mark.medium
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({"outlet": WORDS, "title": TEXT, "text": WORDS}), min_size=1))
def test_records_come_back_from_json_lines(tmp_path, records):
    records = [{**record, "article_id": f"n{n}"} for n, record in enumerate(records)]
    lines = "".join(json.dumps(record, ensure_ascii=n % 2 == 0) + "\n" for n, record in enumerate(records))
    (tmp_path / "story.jsonl").write_bytes(lines.encode())
    read = read_articles(tmp_path / "story.jsonl")
    assert read.equals(read_articles(records))
    assert read["text"].tolist() == [record["text"] for record in records]
