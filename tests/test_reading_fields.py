"""Fields that are called otherwise: taken in capitals, named by a map, or offered. All outlets are invented."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

import compare
from compare import InputError, InputWarning, read_articles
from compare.cli import main
from compare.reading.fields import parsed_map

FOREIGN = [{"source": "Gannet", "content": "The ferry sank."}, {"source": "Orrery", "content": "A ferry has sunk."}]
MAP = {"outlet": "source", "text": "content"}


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def written(tmp_path, name, records=FOREIGN):
    path = tmp_path / name
    frame = pd.DataFrame(records)
    if name.endswith(".csv"):
        frame.to_csv(path, index=False)
    elif name.endswith(".tsv"):
        frame.to_csv(path, index=False, sep="\t")
    elif name.endswith(".parquet"):
        frame.to_parquet(path)
    elif name.endswith(".jsonl"):
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    else:
        path.write_text(json.dumps(records), encoding="utf-8")
    return name


def refusal(source, **options):
    with pytest.raises(InputError) as caught:
        read_articles(source, **options)
    return str(caught.value)


FILES = ["a.csv", "a.tsv", "a.parquet", "a.jsonl", "a.json"]


@pytest.mark.parametrize("name", FILES)
def test_our_names_are_taken_in_capitals_and_with_other_joints(tmp_path, name):
    row = {"Outlet": "Gannet", "TEXT": "x", "Story ID": "s", "articleId": "n1", "Title": "T", "Published": "2026-02-14"}
    [read] = read_articles(written(tmp_path, name, [row])).to_dict("records")
    assert [read[key] for key in ("outlet", "text", "story_id", "article_id", "title")] == [
        "Gannet",
        "x",
        "s",
        "n1",
        "T",
    ]
    assert read["published"] == pd.Timestamp("2026-02-14", tz="UTC")


def test_our_own_spelling_goes_before_another(tmp_path):
    row = {"Text": "no", "text": "yes", "outlet": "X"}
    assert read_articles([row])["text"].tolist() == ["yes"]
    assert read_articles(written(tmp_path, "a.csv", [row]))["text"].tolist() == ["yes"]
    (tmp_path / "b.csv").write_text("outlet,Text,TEXT\nX,y,z\n")
    assert refusal("b.csv") == 'b.csv: has the column "text" twice; keep one of them.'


@pytest.mark.parametrize("name", FILES)
def test_a_map_names_the_fields(tmp_path, name):
    assert read_articles(written(tmp_path, name), fields=MAP)["text"].tolist() == [
        "The ferry sank.",
        "A ferry has sunk.",
    ]


def test_a_map_goes_for_records_and_frames_and_into_objects():
    assert read_articles(FOREIGN, fields=MAP)["outlet"].tolist() == ["Gannet", "Orrery"]
    assert read_articles(pd.DataFrame(FOREIGN), fields=MAP)["outlet"].tolist() == ["Gannet", "Orrery"]
    record = {"source": {"id": None, "name": "Gannet"}, "content": "The ferry sank."}
    assert read_articles([record], fields={"outlet": "source.name", "text": "content"})["outlet"].tolist() == ["Gannet"]


@pytest.mark.parametrize("name", FILES)
def test_a_map_may_change_names_about(tmp_path, name):
    row = {"outlet": "X", "text": "The headline", "title": "The article"}
    [read] = read_articles(written(tmp_path, name, [row]), fields={"text": "title", "title": "text"}).to_dict("records")
    assert (read["text"], read["title"]) == ("The article", "The headline")


def test_a_field_that_the_map_gives_to_one_is_not_another_too():
    [read] = read_articles([{"outlet": "X", "title": "y"}], fields={"text": "title"}).to_dict("records")
    assert (read["text"], pd.isna(read["title"])) == ("y", True)


def test_files_that_have_our_own_names_need_no_map(tmp_path):
    names = [written(tmp_path, "a.csv"), written(tmp_path, "b.csv", [{"outlet": "Ledger", "text": "It floats."}])]
    assert read_articles(names, fields=MAP)["outlet"].tolist() == ["Gannet", "Orrery", "Ledger"]


@pytest.mark.parametrize(
    ("columns", "likely"),
    [
        (["outlet", "body"], "text=body"),
        (["outlet", "Full Text"], "'text=Full Text'"),
        (["outlet", "maintext", "content"], "text=maintext"),
        (["outlet", "txet"], "text=txet"),
        (["publisher", "text"], "outlet=publisher"),
        (["outlets", "text"], "outlet=outlets"),
        (["title", "content", "source"], "outlet=source,text=content"),
        (["title", "content"], "text=content"),
    ],
)
def test_likely_fields_are_offered(tmp_path, columns, likely):
    rows = [dict.fromkeys(columns, "x")]
    pairs = dict([likely.strip("'").partition("=")[::2]]) if "," not in likely else MAP
    python = "{" + ", ".join(f'"{name}": "{column}"' for name, column in pairs.items()) + "}"
    end = f"Then add --map {likely} (in Python fields={python})."
    table, record = refusal(written(tmp_path, "a.csv", rows)), refusal(written(tmp_path, "a.jsonl", rows))
    assert table.startswith('a.csv: has no column "')
    assert record.startswith('a.jsonl, line 1: field "')
    assert table.endswith(end)
    assert record.endswith(end)


def test_the_sentences_in_full(tmp_path):
    assert refusal(written(tmp_path, "a.csv", [{"outlet": "X", "body": "y"}])) == (
        'a.csv: has no column "text" (its columns: outlet, body); did you mean "body"? '
        'Then add --map text=body (in Python fields={"text": "body"}).'
    )
    assert refusal(FOREIGN) == (
        'record 1: field "outlet" or "text" is missing; did you mean "source" and "content"? '
        'Then add --map outlet=source,text=content (in Python fields={"outlet": "source", "text": "content"}).'
    )
    feed = [{"source": {"name": "Gannet"}, "text": "y"}]
    assert refusal(feed).startswith('record 1: field "outlet" is missing; did you mean "source.name"?')


def test_a_semicolon_table_of_foreign_names_is_not_one_column(tmp_path):
    (tmp_path / "a.csv").write_text("source;content\nX;y\n")
    assert 'did you mean "source" and "content"?' in refusal("a.csv")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"txt": "content"}, "the map of fields: there is no field txt: did you mean text?"),
        ({"text": 5}, "the map of fields: text is a number; give the name of your field."),
        ("text=content", 'fields is text: give a mapping of our names to yours, such as {"text": "content"}.'),
    ],
)
def test_a_map_that_makes_no_sense_is_refused(fields, sentence):
    assert refusal(FOREIGN, fields=fields) == sentence


def test_a_map_to_a_column_that_is_not_there_is_refused(tmp_path):
    assert refusal(written(tmp_path, "a.csv"), fields={"outlet": "source", "text": "contents"}) == (
        'a.csv: has no column "contents" to be the text (its columns: source, content); did you mean "content"?'
    )
    assert refusal("a.csv", fields=MAP | {"url": "link"}) == (
        'a.csv: has no column "link" to be the url (its columns: source, content); name one that it has.'
    )
    assert refusal([{"outlet": "X", "text": "y"}], fields={"title": "headline"}) == (
        'nothing that was read has a field "headline" to be the title; correct the map, or leave title out of it.'
    )
    assert refusal([*FOREIGN, {"source": "X"}], fields=MAP) == (
        'record 3: field "content", which is to be the text, is missing; '
        "name the text's own field, or leave the article out."
    )


def test_fields_that_look_like_ours_and_are_not_used_are_told():
    rows = [{"outlet": "X", "text": "y", "headline": "T", "date": "2026-02-14"}]
    with pytest.warns(InputWarning) as caught:
        read_articles(rows)
    assert [str(warning.message) for warning in caught] == [
        'no table or record has a field "title" or "published"; did you mean "headline" and "date"? '
        'Then add --map title=headline,published=date (in Python fields={"title": "headline", "published": "date"}).'
    ]
    [read] = read_articles(rows, fields={"title": "headline", "published": "date"}).to_dict("records")
    assert (read["title"], read["published"]) == ("T", pd.Timestamp("2026-02-14", tz="UTC"))


@pytest.mark.parametrize(
    "content",
    [
        {"status": "ok", "source": "search", "results": FOREIGN},
        {"articles": FOREIGN},
    ],
)
def test_json_with_one_list_of_objects_is_that_list(tmp_path, content):
    (tmp_path / "a.json").write_text(json.dumps(content))
    assert len(read_articles("a.json", fields=MAP)) == 2


def test_one_record_of_a_crawler_is_an_article_with_other_names(tmp_path):
    record = {"maintext": "The ferry sank.", "source_domain": "gannet.example", "authors": [], "images": [{"a": 1}]}
    (tmp_path / "a.json").write_text(json.dumps(record))
    assert 'did you mean "source_domain" and "maintext"?' in refusal("a.json")


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(*arguments):
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    return result.stderr


def test_maps_are_read_as_they_are_written():
    assert parsed_map(["outlet=source, text=a,b", "title = head line"]) == {
        "outlet": "source",
        "text": "a,b",
        "title": "head line",
    }


@pytest.mark.medium
def test_every_verb_that_reads_articles_takes_a_map(tmp_path):
    rows = [
        row | {"content": f"{row['content']} It was at the {event}.", "event": event}
        for event in ("quay", "mole")
        for row in FOREIGN
    ]
    written(tmp_path, "two.jsonl", rows)
    written(tmp_path, "one.csv")
    words = ["--map", "outlet=source,text=content"]
    assert "Orrery" in run("claims", "one.csv", *words, "--reader", "none", "--all").stdout
    assert "Gannet" in run("track", "one.csv", "--claim", "The ferry sank.", *words, "--reader", "none").stdout
    assert run("report", "one.csv", *words, "--reader", "none").exit_code == 0
    assert run("sample", "one.csv", *words, "--reader", "none", "-o", "sheets").exit_code == 0
    assert run("export", "one.csv", *words, "--reader", "none", "-o", "data").exit_code == 0
    assert run("reproduce", "data", "--articles", "one.csv", *words).exit_code == 0
    done = run("corpus", "two.jsonl", *words, "--map", "story_id=event", "--reader", "none", "-o", "run")
    assert done.exit_code == 0, done.output
    assert compare.open_run("run").stories == ["quay", "mole"]
    assert refused("report", "run", *words) == (
        "storydiff: --map is for articles, but the stories of run have already been compared.\n"
    )


def test_a_bad_map_on_the_command_line_is_one_sentence(tmp_path):
    written(tmp_path, "one.csv")
    asked = ("claims", "one.csv", "--map")
    assert refused(*asked, "text") == 'storydiff: --map is "text": write it like --map outlet=source,text=content\n'
    assert refused(*asked, "txt=content") == "storydiff: the map of fields: there is no field txt: did you mean text?\n"
    assert refused(*asked, "text=a,text=b") == "storydiff: --map names text twice; say once what it is called.\n"
    assert refused("claims", "one.csv") == (
        'storydiff: one.csv: has no column "outlet" or "text" (its columns: source, content); did you mean "source" '
        'and "content"? Then add --map outlet=source,text=content (in Python fields={"outlet": "source", '
        '"text": "content"}).\n'
    )


def test_a_misspelt_outlet_or_story_is_asked_about(tmp_path):
    written(tmp_path, "a.jsonl", [{"outlet": "Gannet", "text": name, "story_id": name} for name in ("quay", "mole")])
    assert (
        refused("claims", "a.jsonl", "--story", "Quaj") == "storydiff: there is no story 'Quaj'; did you mean quay?\n"
    )
    asked = ("claims", "a.jsonl", "--story", "quay", "--reader", "none", "--omitted-by", "ganet")
    assert refused(*asked) == "storydiff: the story has no outlet 'ganet'; did you mean Gannet?\n"
