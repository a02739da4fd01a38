"""Downloads from databases, tables and lines under the name of a text, tables in pages. All outlets are invented."""

import json
from pathlib import Path

import pandas as pd
import pytest

from compare import InputError, InputWarning, read_articles
from compare.reading.exports import is_factiva

ROW = '<tr><td class="index" valign="top"><b>{}</b>&nbsp;</td><td>{}</td></tr>'


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def factiva(*articles):
    """A page as Factiva saves it with indexing: an article is a table of codes and what they stand for."""
    body = "".join(
        f'<div id="article-{at}" class="article enArticle"><table>'
        f"{''.join(ROW.format(code, value) for code, value in fields.items())}</table></div><hr>"
        for at, fields in enumerate(articles)
    )
    return f"<!DOCTYPE html><html><head><title>Factiva</title></head><body>{body}</body></html>"


FERRY = {
    "SE": "News",
    "HD": '<span class="enHeadline">Ferry sinks &amp; all live</span>',
    "WC": "12 words",
    "PD": "14 February 2026",
    "SN": "Port Gannet",
    "LP": '<p class="articleParagraph enarticleParagraph">The ferry sank on <b>Monday</b>.</p>',
    "TD": "<p>All were saved.</p><p>The <b>US</b> owner was silent.</p>",
    "AN": "Document GANNET0020260214em2e0000a",
}
SECOND = {"HD": "Ferry gone", "PD": "soon", "SN": "The Orrery", "LP": "<p>A ferry has sunk.</p>"}


def refusal(source):
    with pytest.raises(InputError) as caught:
        read_articles(source)
    return str(caught.value)


def told(source):
    with pytest.warns(InputWarning) as caught:
        articles = read_articles(source)
    return articles, [str(warning.message) for warning in caught]


def test_a_factiva_page_is_as_many_articles_as_it_holds():
    pytest.importorskip("trafilatura")
    Path("download.html").write_text(factiva(FERRY, SECOND), encoding="utf-8")
    first, second = read_articles("download.html").to_dict("records")
    assert (first["outlet"], first["title"]) == ("Port Gannet", "Ferry sinks & all live")
    assert first["text"] == "The ferry sank on Monday.\n\nAll were saved.\n\nThe US owner was silent."
    assert first["published"] == pd.Timestamp("2026-02-14", tz="UTC")
    assert (second["outlet"], second["text"], pd.isna(second["published"])) == ("The Orrery", "A ferry has sunk.", True)
    Path("one.html").write_text(factiva(FERRY), encoding="utf-8")
    assert read_articles("one.html")["outlet"].tolist() == ["Port Gannet"]


def test_a_factiva_page_without_codes_is_refused_and_named():
    pytest.importorskip("trafilatura")
    Path("download.html").write_text(factiva(FERRY, {"x": "12 words"}), encoding="utf-8")
    assert refusal("download.html") == (
        "download.html: is a Factiva page of 2 articles, and article 2 lacks the field codes that say who published "
        'it; save it again in the format "Full Article/Report plus Indexing".'
    )
    assert not is_factiva('<div class="article enArticle"><p>One article, as on any page.</p></div>')


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("outlet\ttext\nGannet\tIt sank.\n", "a table and was read as one, not as a text; name it .csv."),
        ('Outlet,Text\nGannet,"It sank."\n', "a table and was read as one, not as a text; name it .csv."),
        ("outlet;title;text\nGannet;T;It sank.\n", "a table and was read as one, not as a text; name it .csv."),
        (
            '{"outlet": "Gannet", "text": "It sank."}\n',
            "JSON Lines and was read as one, not as a text; name it .jsonl.",
        ),
    ],
)
def test_a_table_or_lines_under_the_name_of_a_text_are_read_as_such(content, what):
    Path("all.txt").write_text(content)
    articles, notes = told("all.txt")
    assert articles[["outlet", "text"]].to_numpy().tolist() == [["Gannet", "It sank."]]
    assert notes == [f"all.txt: is {what}"]


def test_a_table_of_other_names_under_the_name_of_a_text_is_no_article():
    Path("all.txt").write_text("source\tcontent\nGannet\tIt sank.\n")
    assert refusal("all.txt").startswith(
        'all.txt: has no column "outlet" or "text" (its columns: source, content); did'
    )


@pytest.mark.parametrize(
    "content",
    [
        "The outlet, text and source, said she\n\nIt sank, they said.",
        "Source, content\n\nIt sank.",
        "{It} sank: so it did.",
        "The mayor, the minister, the source\nand the content of it, sank.",
    ],
)
def test_prose_stays_prose(content, recwarn):
    Path("Gannet.txt").write_text(content)
    assert read_articles("Gannet.txt")["outlet"].tolist() == ["Gannet"]
    assert not [warning for warning in recwarn if "was read as one" in str(warning.message)]


def test_a_feed_that_holds_html_is_read(tmp_path):
    feed = {"items": [{"source": {"title": "Gannet"}, "content": "<p>It sank.</p><p>All live.</p>"}]}
    (tmp_path / "feed.json").write_text(json.dumps(feed))
    with pytest.warns(InputWarning, match=r"^1 article was written in HTML \(feed\.json, record 1, \"Gannet\"\);"):
        articles = read_articles("feed.json", fields={"outlet": "source.title", "text": "content"})
    assert articles["text"].tolist() == ["It sank.\n\nAll live."]
