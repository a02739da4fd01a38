"""What tests/fuzz.py has found, once mended; that it still attacks and finds; and what SECURITY.md says of tests."""

import ast
import io
import re
import zipfile
from pathlib import Path

import fuzz
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import compare
from compare.reading import tabular
from compare.reading.decoding import decoded
from compare.reading.problems import Problems

ROOT = Path(__file__).parents[1]
# Each is ten times the one before: x9 is seventeen thousand million characters.
GROWING = "<!ENTITY x0 'The pier opened. '>" + "".join(
    f"<!ENTITY x{at} '{f'&x{at - 1};' * 10}'>" for at in range(1, 10)
)
ENTITIES = {"growing": GROWING, "a file": f"<!ENTITY x9 SYSTEM '{(ROOT / 'LICENSE').as_uri()}'>"}


def test_a_declared_encoding_that_no_codec_can_be_named_is_not_believed():
    problems = Problems(skip=False)
    assert decoded("Der Müller kam.".encode("cp1252"), "a.html", problems, declared="\0") == "Der Müller kam."


def test_a_headline_without_words_is_in_a_report(tmp_path):
    articles = [
        {"outlet": "Gannet", "title": ":", "text": "The pier opened."},
        {"outlet": "Orrery", "text": "It shut."},
    ]
    story = compare.compare_story(articles, reader=None)
    assert story.headlines["probability"].isna().all()
    assert "Gannet" in story.report(tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_page_at_which_the_extraction_fails_is_refused(tmp_path):
    pytest.importorskip("trafilatura")
    page = b"<svg onload=window.__ran=1>" + fuzz.sound()[".html"][0]
    (tmp_path / "a.html").write_bytes(page)
    with pytest.raises(compare.InputError, match=r"a\.html: no article was found on this page; save its text as"):
        compare.read_articles(tmp_path / "a.html")


@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int32(), pa.string())])
def test_a_text_that_is_packed_once_for_all_rows_is_not_unpacked_without_end(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(tabular, "LARGEST", 2**20)
    text = pa.array(["The pier opened. " * 1000]).dictionary_encode().take(pa.array([0] * 1000)).cast(kind)
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"outlet": ["Gannet"] * 1000, "text": text}), path)
    assert path.stat().st_size < 2**16
    with pytest.raises(compare.InputError, match=r"a\.parquet: unpacks to more than 1 MB or 10,000,000 rows; split it"):
        compare.read_articles(path)


def test_rows_that_take_no_room_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(tabular, "_MOST_ROWS", 2)
    path = tmp_path / "a.parquet"
    pd.DataFrame(fuzz.STORY).to_parquet(path)
    assert len(compare.read_articles(path)) == 2
    pd.DataFrame(fuzz.STORY * 2).to_parquet(path)
    with pytest.raises(compare.InputError, match="unpacks to more than 1,024 MB or 2 rows"):
        compare.read_articles(path)


@pytest.mark.slow
def test_what_a_stranger_sends_is_attacked_a_little(monkeypatch):
    """Without the attacks that compare or report, which take long."""
    monkeypatch.setattr(fuzz, "ROUND", 3)
    long = ("stories", "a_data_set", "a_run")
    quick = [attack for attack in fuzz.ATTACKS if not attack.__name__.startswith(long)]
    fuzz.made()
    assert [attack.__name__ for attack in quick if not fuzz.attacked(attack, 0.001, 0)] == []


@pytest.mark.parametrize("wrong", [ValueError("x"), AssertionError(), UserWarning("of another's")])
def test_what_is_neither_read_nor_refused_is_found(monkeypatch, capsys, wrong):
    def broken(text):
        with fuzz.refused():
            if "\ud800" in text:
                raise wrong
            raise compare.InputError("no.")

    monkeypatch.setitem(fuzz.ATTACKS, broken, (fuzz.texts,))
    assert not fuzz.attacked(broken, 30, 0)
    assert "broken FAILS with --seed" in capsys.readouterr().out


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_entities_of_a_workbook_are_not_expanded(tmp_path, entity):
    forged = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(fuzz.sound()[".xlsx"][0])) as book,
        zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in book.namelist():
            text = book.read(name).decode()
            head, mark, rest = text.rpartition("?>")
            if "Pier opens" in text:
                text = f"{head}{mark}<!DOCTYPE x [{entity}]>{rest.replace('Pier opens', '&x9;')}"
            new.writestr(name, text)
    (tmp_path / "a.xlsx").write_bytes(forged.getvalue())
    with pytest.raises(compare.InputError, match=r"a\.xlsx: is damaged or not an Excel workbook"):
        compare.read_articles(tmp_path / "a.xlsx")


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_entities_of_a_page_are_not_expanded(tmp_path, entity):
    pytest.importorskip("trafilatura")
    page = (
        f"<!DOCTYPE html [{entity}]><html><body><article><p>The pier opened, and nobody came. &x9;</p></article></body>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    [text] = compare.read_articles(tmp_path / "a.html")["text"]
    assert text.endswith("The pier opened, and nobody came. &x9;")
    assert "Permission is hereby granted" not in text


def test_nothing_that_is_read_can_run():
    """No YAML, no pickle but to see whether something can be sent to a process, no code out of data."""
    found = set()
    for path in (ROOT / "compare").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
            found |= {name for name in names if name in {"yaml", "marshal", "shelve", "dill", "joblib", "cloudpickle"}}
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                found |= {called} & {
                    "eval",
                    "exec",
                    "compile",
                    "__import__",
                    "pickle.load",
                    "pickle.loads",
                    "pickle.Unpickler",
                }
                if called in {"np.load", "numpy.load"}:
                    assert {one.arg: ast.unparse(one.value) for one in node.keywords}.get(
                        "allow_pickle", "False"
                    ) == "False"
                assert called != "pd.read_pickle"
    assert found == set()


def test_every_test_that_security_names_is_there():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8")))
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    assert len(named) > 20
    assert {name for name in named if f"def {name}(" not in tests} == set()
