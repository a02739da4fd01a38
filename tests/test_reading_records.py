"""What a record becomes: fields, ids, dates, and what is refused in them."""

import json
import warnings
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare import InputError, InputWarning, read_articles, tables

GOOD = {"outlet": "Northern Courier", "text": "The mayor left."}
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1).filter(lambda text: text.strip())


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def refusal(source):
    with pytest.raises(InputError) as caught:
        read_articles(source)
    return str(caught.value)


def test_a_record_becomes_a_row_of_the_articles_table():
    record = {
        "article_id": "n1",
        "story_id": "mayor",
        "outlet": "Northern Courier",
        "title": "Mayor leaves",
        "published": "2026-02-14T09:30:00+02:00",
        "url": "https://courier.example/1",
        "language": "en",
        "complete": "yes",
        "text": "The mayor left.",
        "author": "ignored",
    }
    articles = read_articles([record])
    assert list(articles.columns) == tables.ARTICLES.names
    assert {name: str(dtype) for name, dtype in articles.dtypes.items()} == {
        column.name: column.dtype for column in tables.ARTICLES.columns
    }
    row = articles.loc[0].to_dict()
    assert row.pop("published") == pd.Timestamp("2026-02-14T07:30:00Z")
    assert row == {name: record[name] for name in row}


def test_what_is_not_given_is_missing_never_the_word_nan():
    [row] = read_articles([{**GOOD, "title": None, "url": "", "language": float("nan")}]).to_dict("records")
    assert all(pd.isna(row[name]) for name in ("title", "published", "url", "language"))
    assert row["story_id"] == "story"


def test_derived_ids_are_the_same_on_every_machine():
    # printf 'Northern Courier\0\0The mayor left.' | b2sum | cut -c1-12
    assert read_articles([GOOD])["article_id"].tolist() == ["a1de04a6174f2"]


def test_derived_ids_tell_apart_what_only_looks_joined_alike():
    records = [
        {"outlet": "A", "title": "B", "text": "C"},
        {"outlet": "A", "title": "BC", "text": "C"},
        {"outlet": "AB", "title": "", "text": "C"},
        {"outlet": "A", "title": None, "text": "BC"},
    ]
    assert read_articles(records)["article_id"].is_unique


def test_adding_an_article_changes_no_id():
    ids = read_articles([GOOD, {"outlet": "B", "text": "y"}])["article_id"].tolist()
    assert read_articles([{"outlet": "C", "text": "z"}, GOOD])["article_id"].tolist()[1] == ids[0]


@pytest.mark.parametrize(
    ("given_text", "read"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ufeffmarked", "marked"),
        ("nul\x00bell\x07del\x7fnel\x85\ttab", "nul bell del nel \ttab"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("  spaces stay  ", "  spaces stay  "),
        ("cafe\u0301 is composed", "caf\u00e9 is composed"),
        (
            "pas\u00adsengers, \u2060com\ufeffpany, wa\u200cter, lis\u200dtened, \u200eleft",
            "passengers, company, water, listened, left",
        ),
        ("4\u00a0May, 1\u202f500\u2009km", "4 May, 1 500 km"),
        ("“it’s” - 'it's'", "“it’s” - 'it's'"),
        ("نامه\u200cها, 👩\u200d👧", "نامه\u200cها, 👩\u200d👧"),
    ],
)
def test_text_is_changed_only_where_nobody_sees_it(given_text, read):
    assert read_articles([{"outlet": "X", "text": given_text}]).loc[0, "text"] == read


@pytest.mark.parametrize("text", ["Мэр ушёл в отставку.", "استقال رئيس البلدية.", "市长辞职了。", "👩‍👩‍👧 left."])
def test_every_script_is_read(tmp_path, text):
    (tmp_path / "a.jsonl").write_text(json.dumps({"outlet": "X", "text": text}, ensure_ascii=False), encoding="utf-8")
    assert read_articles("a.jsonl").loc[0, "text"] == text


@pytest.mark.parametrize(
    ("outlet", "read"),
    [
        ("  Northern \n Courier ", "Northern Courier"),
        ("Su\u0308d", "S\u00fcd"),
        ("NA", "NA"),
        ("None", "None"),
        ("null", "null"),
        (7, "7"),
        (7.0, "7"),
    ],
)
def test_outlets_are_names(outlet, read):
    assert read_articles([{"outlet": outlet, "text": "x"}]).loc[0, "outlet"] == read


@pytest.mark.parametrize(
    ("published", "utc"),
    [
        ("2026-02-14", "2026-02-14T00:00"),
        ("2026-02-14T09:30", "2026-02-14T09:30"),
        ("2026-02-14 09:30:00.25Z", "2026-02-14T09:30:00.25"),
        ("2026-02-14t09:30:00z", "2026-02-14T09:30"),
        ("2026-02-14T09:30:00-05:00", "2026-02-14T14:30"),
        ("2026-02-14 09:30:00 +0100", "2026-02-14T08:30"),
        ("20260214T0930Z", "2026-02-14T09:30"),
        ("2026-02-14T24:00:00Z", "2026-02-15T00:00"),
        ("2026-W07-6", "2026-02-14T00:00"),
        ("2026-045", "2026-02-14T00:00"),
        ("2026-02", "2026-02-01T00:00"),
        ("2026", "2026-01-01T00:00"),
        (" 2026-02-14 ", "2026-02-14T00:00"),
        (date(2026, 2, 14), "2026-02-14T00:00"),
        (pd.Timestamp("2026-02-14T09:30:00.123456789+01:00"), "2026-02-14T08:30:00.123456"),
    ],
)
def test_published_takes_every_form_of_iso_8601_and_is_utc(published, utc):
    articles = read_articles([{**GOOD, "published": published}])
    assert articles.loc[0, "published"] == pd.Timestamp(utc, tz="UTC")


@pytest.mark.parametrize("published", ["", "  ", None, float("nan"), pd.NaT, pd.NA])
def test_published_may_be_missing(published):
    assert pd.isna(read_articles([{**GOOD, "published": published}]).loc[0, "published"])


@pytest.mark.parametrize(
    "published",
    [
        "yesterday",
        "14.02.2026",
        "2026-13-01",
        "2026-02-30",
        "2025-366",
        "2026-000",
        "1712011512345",
        "2026-02-14T25:00",
    ],
)
def test_published_that_is_no_date_is_refused(published):
    assert refusal([{**GOOD, "published": published}]) == (
        f'record 1: field "published" is "{published}", which is not an ISO 8601 date; '
        "write it like 2026-02-14 or 2026-02-14T09:30:00Z, or leave it out."
    )


def test_published_is_shortened_in_the_message():
    assert '"' + "x" * 39 + '…", which' in refusal([{**GOOD, "published": "x" * 5000}])


def test_published_of_another_type_or_out_of_range_is_refused():
    way_out = "write it like 2026-02-14 or 2026-02-14T09:30:00Z, or leave it out."
    assert refusal([{**GOOD, "published": 1712011512}]) == (
        f'record 1: field "published" is a number, not a date; {way_out}'
    )
    assert refusal([{**GOOD, "published": "0001-01-01T00:00+02:00"}]) == (
        f'record 1: field "published" is "0001-01-01T00:00+02:00", which is out of range; {way_out}'
    )


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"text": "x"}, 'field "outlet" is missing; give every article the name of who published it.'),
        ({"outlet": None, "text": "x"}, 'field "outlet" is missing; give every article the name of who published it.'),
        ({"outlet": " \n", "text": "x"}, 'field "outlet" is empty; give every article the name of who published it.'),
        ({"outlet": "X"}, 'field "text" is missing; give every article its text, or leave the article out.'),
        ({"outlet": "X", "text": ""}, 'field "text" is empty; give every article its text, or leave the article out.'),
        (
            {"outlet": "X", "text": " \r\n\x00 "},
            'field "text" is empty; give every article its text, or leave the article out.',
        ),
        ({"outlet": "X", "text": ["a"]}, 'field "text" is a list, not text; write it as one string.'),
        ({"outlet": "X", "text": 5}, 'field "text" is a number, not text; write it as one string.'),
        ({"outlet": True, "text": "x"}, 'field "outlet" is true or false, not text; write it as one string.'),
        ({"outlet": {}, "text": "x"}, 'field "outlet" is an object, not text; write it as one string.'),
        ({**GOOD, "title": b"x"}, 'field "title" is bytes, not text; write it as one string.'),
    ],
)
def test_a_bad_field_is_named_with_its_record(record, sentence):
    assert refusal([{"outlet": "First", "text": "good"}, record]) == f"record 2: {sentence}"


@pytest.mark.medium
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, unique=True))
def test_a_table_read_again_is_the_same_table(pairs):
    records = [{"article_id": str(n), "outlet": outlet, "text": text} for n, (outlet, text) in enumerate(pairs)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)  # what looks like HTML or another encoding is mended, once
        articles = read_articles(records)
    pd.testing.assert_frame_equal(read_articles(articles), articles)
