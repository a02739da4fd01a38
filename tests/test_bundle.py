"""What is written: which files, what they hold with and without text, and what is refused."""

import errno
import hashlib
import hmac
import json
import os
import warnings

import pandas as pd
import pytest
from bundle_stories import articles, both, ferry, parquet
from coded_runs import fill

import compare
from compare.export import bundle as bundles
from compare.export.withhold import Withheld
from compare.tables import BOILERPLATE, CORPUS_TABLES, STORY_TABLES, VALIDATION_TABLES

TABLES = [table.name for table in STORY_TABLES]
METADATA = {"croissant.json", "datapackage.json", "CITATION.cff", "README.md"}


@pytest.fixture(scope="module")
def story():
    return ferry()


@pytest.fixture(scope="module")
def corpus():
    return both()


def refused(source, folder, **options):
    with pytest.raises(compare.InputError) as error:
        source.export(folder, **options)
    return str(error.value)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_story_becomes_tables_a_dictionary_settings_metadata_and_a_manifest(story, tmp_path):
    assert story.export(tmp_path / "out", text="full") == tmp_path / "out"
    tables = {f"data/{name}.parquet" for name in TABLES} | {f"csv/{name}.csv" for name in TABLES}
    assert set(files(tmp_path / "out")) == tables | METADATA | {"dictionary.csv", "settings.toml", "storydiff.json"}
    assert {path.name for path in tmp_path.iterdir()} == {"out"}, "with the text there is no key"
    manifest = json.loads((tmp_path / "out" / "storydiff.json").read_text(encoding="utf-8"))
    for file in manifest["files"]:
        held = (tmp_path / "out" / file["path"]).read_bytes()
        assert (file["sha256"], file["size"]) == (hashlib.sha256(held).hexdigest(), len(held))
    assert {file["path"] for file in manifest["files"]} == set(files(tmp_path / "out")) - {"storydiff.json"}


@pytest.mark.medium
def test_a_corpus_has_its_stories_below_one_another_and_its_outlets_records(corpus, tmp_path):
    corpus.export(tmp_path / "out", text="full")
    for name in TABLES:
        assert parquet(tmp_path / "out", name).columns[0] == "story_id" or name in {"articles", "claims"}
        pd.testing.assert_frame_equal(
            parquet(tmp_path / "out", name), corpus.table(name)[parquet(tmp_path / "out", name).columns]
        )
    pd.testing.assert_frame_equal(parquet(tmp_path / "out", "rates"), corpus.rates)
    pd.testing.assert_frame_equal(parquet(tmp_path / "out", "differences"), corpus.differences())
    assert set(parquet(tmp_path / "out", "outlet_stories")["story_id"]) == {"ferry", "bridge"}


def test_csv_and_parquet_hold_the_same(story, tmp_path):
    story.export(tmp_path / "out", text="full")
    titles = pd.read_csv(tmp_path / "out" / "csv" / "articles.csv")["title"]
    assert titles[1] == "'=A ferry is lost", "guarded, so that no spreadsheet runs it"
    assert parquet(tmp_path / "out", "articles")["title"][1] == "=A ferry is lost"
    coverage = pd.read_csv(tmp_path / "out" / "csv" / "coverage.csv", keep_default_na=False)
    assert coverage["probability"].tolist() == story.coverage["probability"].tolist()
    assert b"\r\n" in (tmp_path / "out" / "csv" / "coverage.csv").read_bytes()


def test_the_same_input_gives_the_same_bytes(story, tmp_path):
    about = compare.About(date="2026-03-09")
    for name in ("one", "other"):
        story.export(tmp_path / name, key=_key(tmp_path), about=about)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def _key(folder, digit="ab"):
    path = folder / "my.key"
    path.write_text(digit * 32 + "\n", encoding="ascii")
    return path


def test_without_text_there_are_fingerprints_that_the_key_and_the_article_make_again(story, tmp_path):
    story.export(tmp_path / "out", key=_key(tmp_path))
    articles = parquet(tmp_path / "out", "articles")
    assert "text" not in articles
    assert "title" not in articles
    text = story.articles["text"][0]
    assert articles["text_hmac"][0] == hmac.digest(bytes.fromhex("ab" * 32), text.encode(), "sha256").hex()[:32]
    assert articles["characters"][0] == len(text)
    assert pd.isna(articles["title_hmac"][2]), "it had no title"
    for name, columns in {"claims": ["claim", "speaker"], "quotes": ["text", "wording", "speaker"]}.items():
        table = parquet(tmp_path / "out", name)
        assert not set(columns) & set(table.columns)
        assert {f"{column}_hmac" for column in columns} <= set(table.columns)


def test_every_column_of_text_is_withheld_or_known_to_hold_no_words_of_an_article():
    harmless = {
        "outlet", "story_id", "url", "language", "speaker kind", "changes", "kind", "role", "state", "wire", "agency",
        "cut", "version", "warning", "measure", "one", "other", "family", "coder", "unit", "code", "stratum", "codes",
        "coders", "note", "band", "group", "includes", "status", "outlets", "part_of", "complete",
        "proven", "differs",  # names outlets, kinds of change
    }  # fmt: skip
    bundled = {*STORY_TABLES, *bundles.SINGLE_TABLES.values()}
    open_columns = {
        column.name
        for table in bundled
        for column in Withheld(b"").table(table).columns
        if column.dtype == "str" and not column.name.endswith(("_id", "_hmac"))
    }
    assert open_columns <= harmless


def test_ids_that_come_of_words_get_others_and_still_lead_from_table_to_table(story, tmp_path):
    story.export(tmp_path / "out")
    tables = {name: parquet(tmp_path / "out", name) for name in TABLES}
    for name, column in (("claims", "claim_id"), ("quotes", "quote_id"), ("articles", "article_id")):
        assert not set(tables[name][column]) & set(getattr(story, name)[column])
        assert tables[name][column].nunique() == getattr(story, name)[column].nunique()
    assert set(tables["coverage"]["claim_id"]) == set(tables["claims"]["claim_id"])
    assert set(tables["sentences"]["article_id"]) == set(tables["articles"]["article_id"])
    assert set(tables["matches"]["left_id"]) <= set(tables["sentences"]["sentence_id"])


def test_ids_of_ones_own_stay(tmp_path):
    rows = [{"outlet": name, "text": f"The port of {name} is closed.", "article_id": f"press/{name}"} for name in "AB"]
    compare.compare_story(rows, reader=None).export(tmp_path / "out")
    assert parquet(tmp_path / "out", "articles")["article_id"].tolist() == ["press/A", "press/B"]
    assert parquet(tmp_path / "out", "sentences")["sentence_id"].tolist() == ["press/A:0", "press/B:0"]


def test_the_key_is_kept_beside_the_folder_and_used_again(story, tmp_path):
    story.export(tmp_path / "out")
    key = tmp_path / "out.key"
    assert key.stat().st_mode & 0o777 == 0o600
    first = files(tmp_path / "out")["data/claims.parquet"]
    story.export(tmp_path / "out", force=True)
    assert files(tmp_path / "out")["data/claims.parquet"] == first
    assert key.read_text(encoding="ascii").strip().encode() not in b"".join(files(tmp_path / "out").values())


def test_the_key_is_published_if_one_wants(story, tmp_path):
    story.export(tmp_path / "out", publish_key=True)
    assert (tmp_path / "out" / "key.txt").read_bytes() == (tmp_path / "out.key").read_bytes()


def test_another_key_gives_other_fingerprints(story, tmp_path):
    for name, digit in (("one", "ab"), ("other", "cd")):
        story.export(tmp_path / name, key=_key(tmp_path, digit))
    one, other = (parquet(tmp_path / name, "claims") for name in ("one", "other"))
    assert not set(one["claim_hmac"]) & set(other["claim_hmac"])
    assert not set(one["claim_id"]) & set(other["claim_id"])


@pytest.mark.slow
def test_coders_labels_go_along(corpus, tmp_path):
    drawn = compare.sample_decisions(corpus, 12, coders=2, seed=4)
    sheets = drawn.write(tmp_path / "sheets")
    paths = [fill(sheets, f"coder-{number}", lambda unit: "yes" if unit < "u8" else "no") for number in (1, 2)]
    validation = compare.read_sheets(paths)
    corpus.export(tmp_path / "out", validation=validation)
    labels = parquet(tmp_path / "out", "labels")
    assert labels["code"].tolist() == validation.labels["code"].tolist()
    assert "note" not in labels
    assert "file" not in labels
    assert set(labels["unit"]) <= set(parquet(tmp_path / "out", "key")["unit"].dropna())
    assert not set(labels["unit"]) & set(validation.labels["unit"]), "units are named after claims, too"
    known = {table.name for table in (*VALIDATION_TABLES, *CORPUS_TABLES, BOILERPLATE)}
    written = {path.stem for path in (tmp_path / "out" / "data").iterdir()}
    assert (
        {"key", "labels", "agreement", "accuracy", "calibration", "corrected_rates"} <= written <= known | set(TABLES)
    )
    back = compare.read_validation(tmp_path / "out")
    assert back.sentence == validation.sentence
    pd.testing.assert_frame_equal(back.accuracy(), validation.accuracy())
    again = compare.read_bundle(tmp_path / "out")
    assert again.validation.sentence == validation.sentence
    pd.testing.assert_frame_equal(again.rates, corpus.with_validation(validation).rates)


def test_a_folder_that_holds_something_is_left_alone(story, tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work", encoding="utf-8")
    said = f"{tmp_path}: holds other files (thesis.doc); give a new or an empty folder."
    assert refused(story, tmp_path) == refused(story, tmp_path, force=True) == said
    assert files(tmp_path) == {"thesis.doc": b"years of work"}


@pytest.mark.medium
def test_a_bundle_is_replaced_by_force_alone(story, corpus, tmp_path):
    out = tmp_path / "out"
    corpus.export(out)
    out.chmod(0o750)
    assert refused(story, out) == f"{out}: holds a data set already; give another folder, or --force to replace it."
    story.export(out, force=True)
    assert out.stat().st_mode & 0o777 == 0o750
    assert not (out / "data" / "rates.parquet").exists(), "of the older bundle nothing is left"
    assert compare.reproduce(out, articles("ferry")).ok


def test_a_bundle_beside_files_of_ones_own_is_not_replaced(story, tmp_path):
    out = tmp_path / "out"
    story.export(out)
    (out / "notes").mkdir()
    (out / "notes" / "mine.txt").write_text("do not lose this", encoding="utf-8")
    assert refused(story, out, force=True) == (
        f"{out}: holds notes/mine.txt, which is not part of the data set; move it, or give another folder."
    )
    assert (out / "notes" / "mine.txt").read_text(encoding="utf-8") == "do not lose this"


@pytest.mark.parametrize("before", [False, True])
def test_a_full_disk_leaves_no_half_bundle_and_no_key(story, tmp_path, monkeypatch, before):
    out = tmp_path / "out"
    if before:
        story.export(out)
    there = files(tmp_path)

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(bundles, "metadata_files", full)
    assert (
        refused(story, out, force=True) == f"{out}: cannot be written (No space left on device); nothing was changed."
    )
    assert files(tmp_path) == there


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"text": "some"}, "text is 'some'; give full or none."),
        ({"text": "full", "publish_key": True}, "publish_key is for data sets without text; one with the text"),
        (
            {"key": "nowhere.key"},
            "nowhere.key: cannot be read (No such file or directory); name the file with the key.",
        ),
        ({"validation": "sheets/"}, "validation is text: give what compare.read_sheets(...) returns for the coders'"),
        ({"about": "nowhere.toml"}, "nowhere.toml: cannot be read (No such file or directory); check the path."),
    ],
)
def test_options_that_make_no_sense(story, tmp_path, options, said):
    assert refused(story, tmp_path / "out", **options).startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_key(story, tmp_path):
    key = tmp_path / "out.key"
    key.write_text("secret", encoding="ascii")
    assert refused(story, tmp_path / "out") == (
        f"{key}: is not a key; a key is 64 hexadecimal digits, as an export writes them."
    )
    assert key.read_text(encoding="ascii") == "secret"


def test_what_was_read_without_text_is_not_written_again(story, tmp_path):
    story.export(tmp_path / "out")
    back = compare.read_bundle(tmp_path / "out")
    assert refused(back, tmp_path / "again") == (
        "story ferry was read from a data set without text, and this needs the text: compare the articles themselves."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"date": "tomorrow"}, "date is 'tomorrow'; write it as YYYY-MM-DD."),
        ({"date": "2026-W10-1"}, "date is '2026-W10-1'; write it as YYYY-MM-DD."),
        ({"title": 5}, "title is 5; put it in quotation marks."),
        ({"creators": ("Brandt",)}, 'a creator is not a Creator; write compare.Creator("Family, Given").'),
        ({"licence": "free for all"}, "licence is 'free for all'; give an SPDX identifier, such as CC-BY-4.0."),
    ],
)
def test_what_authors_cannot_say(values, said):
    with pytest.raises(compare.InputError) as error:
        compare.About(**values)
    assert str(error.value) == f"about: {said}"


@pytest.mark.slow
def test_strata_that_are_named_after_words_are_not_shown(corpus, tmp_path):
    drawn = compare.sample_decisions(corpus, 30, coders=2, seed=4, by="claim")
    sheets = drawn.write(tmp_path / "sheets")
    paths = [fill(sheets, f"coder-{number}", lambda unit: "yes" if unit < "u8" else "no") for number in (1, 2)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)  # so fine strata are taken together
        validation = compare.read_sheets(paths)
    bundle = corpus.export(tmp_path / "out", validation=validation)
    whole = b"".join(files(bundle).values()).decode("utf-8", errors="ignore")
    assert not [claim for claim in corpus.claims["claim"] if claim in whole]
    assert set(compare.reproduce(bundle, articles("ferry", "bridge")).checks["result"]) == {"same"}
