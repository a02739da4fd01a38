"""Saved web pages."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from compare import InputError, InputWarning, MissingExtraError, read_articles

PAGE = """<!doctype html><html lang="en"><head>{meta}<title>Mayor quits | Courier</title>
<meta property="article:published_time" content="2026-03-04T09:30:00+02:00">
<link rel="canonical" href="https://courier.example/mayor-quits"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Mayor quits</h1>
<p>The mayor of Northfield resigned on Monday after a vote of the council, which had debated for six hours.</p>
<p>“I am <b>leaving</b>”, she <a href="/x">said</a> at the café, and the session was closed early by the chair.</p>
</article><footer>All rights reserved. Subscribe to our newsletter.</footer></body></html>"""
TEXT = (
    "The mayor of Northfield resigned on Monday after a vote of the council, which had debated for six hours.\n\n"
    "“I am leaving”, she said at the café, and the session was closed early by the chair."
)


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["Northern Courier.html", "Northern Courier.htm"])
def test_a_page_gives_its_paragraphs_title_date_and_address(tmp_path, name):
    pytest.importorskip("trafilatura")
    (tmp_path / name).write_text(PAGE.format(meta=""), encoding="utf-8")
    [row] = read_articles(name).to_dict("records")
    assert row["text"] == TEXT
    assert row["title"] == "Mayor quits"
    assert row["published"] == pd.Timestamp("2026-03-04T07:30:00Z")
    assert row["url"] == "https://courier.example/mayor-quits"
    assert (row["outlet"], row["story_id"]) == ("Northern Courier", tmp_path.name)


def test_a_page_that_names_nothing_has_nothing_but_its_text(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<html><body><p>The mayor left the town.</p></body></html>")
    [row] = read_articles("a.html").to_dict("records")
    assert row["text"] == "The mayor left the town."
    assert all(pd.isna(row[name]) for name in ("title", "published", "url"))


@pytest.mark.parametrize("charset", ["iso-8859-1", "Windows-1252"])
def test_the_encoding_that_a_page_declares_is_taken_without_a_warning(tmp_path, charset, recwarn):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_bytes(PAGE.format(meta=f'<meta charset="{charset}">').encode("cp1252"))
    assert read_articles("a.html")["text"].tolist() == [TEXT]
    assert not [warning for warning in recwarn if issubclass(warning.category, InputWarning)]


@pytest.mark.parametrize("charset", ["utf-16", "no-such-code", "utf-8"])
def test_a_declaration_that_cannot_be_true_is_not_believed(tmp_path, charset):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_bytes(PAGE.format(meta=f'<meta charset="{charset}">').encode("cp1252"))
    with pytest.warns(InputWarning, match=r"^a\.html: read as cp1252, not UTF-8;"):
        assert read_articles("a.html")["text"].tolist() == [TEXT]


def test_a_page_without_an_article_is_refused_or_skipped(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<html><head><title>Nothing</title></head><body></body></html>")
    with pytest.raises(InputError) as caught:
        read_articles("a.html")
    assert str(caught.value) == "a.html: no article was found on this page; save its text as .txt."
    (tmp_path / "b.txt").write_text("x")
    with pytest.warns(InputWarning, match=r"^1 article was skipped: a\.html \(no article was found on this page\)\.$"):
        assert len(read_articles(".", skip_bad=True)) == 1


def test_without_trafilatura_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "a.html").write_text(PAGE.format(meta=""), encoding="utf-8")
    with pytest.raises(MissingExtraError) as caught:
        read_articles("a.html")
    assert str(caught.value) == (
        'Reading .html needs an optional part of storydiff; add it with: pip install "storydiff[web]" '
        '(in a checkout: pip install ".[web]").'
    )


def test_a_page_that_is_called_a_text_is_read_as_a_page(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "Courier.txt").write_text(PAGE.format(meta=""), encoding="utf-8")
    with pytest.warns(InputWarning, match=r"^Courier\.txt: is a web page and was read as one, not as a text"):
        [row] = read_articles("Courier.txt").to_dict("records")
    assert row["text"] == TEXT


BERTHS = "<table><tr><th>Quay</th><th>Berths</th></tr><tr><td>North quay</td><td>fourteen berths</td></tr></table>"
# From a page with less text than this, whatever it has is taken.
WHAT = ("sale", "fire")
LONG = [f"The {what} of the old harbour went on for hours, and the council was told of it." for what in WHAT]
LONG_PAGE = PAGE.replace("</article>", "".join(f"<p>{paragraph}</p>\n" for paragraph in LONG) + "</article>")


@pytest.mark.parametrize(
    "page",
    [
        LONG_PAGE.replace("<footer>", f'<div class="sidebar">{BERTHS}</div><footer>'),
        LONG_PAGE.replace("<article>", "<table><tr><td><article>").replace(
            "</article>", "</article></td></tr></table>"
        ),
    ],
)
def test_a_table_around_the_article_is_not_one_of_data(page, recwarn):
    pytest.importorskip("trafilatura")
    Path("a.html").write_text(page.replace("{meta}", ""), encoding="utf-8")
    assert read_articles("a.html")["text"].tolist() == ["\n\n".join([TEXT, *LONG])]
    assert [str(warning.message) for warning in recwarn] == []
