"""A folder in which every kind of file lies side by side."""

import json
from pathlib import Path

import pytest
from test_reading_downloads import docx, factiva, nexis, proquest, rtf, text
from test_reading_providers import please
from test_reading_web_archives import rss, some, warc

from compare import read_articles

EACH = 70


def test_five_hundred_articles_of_all_kinds_in_a_folder_are_all_read(tmp_path, monkeypatch):
    for library in ("warcio", "feedparser", "striprtf", "trafilatura"):
        pytest.importorskip(library)
    monkeypatch.chdir(tmp_path)
    first = iter(range(1000, 1_000_000, EACH))

    def lines(article):
        start = next(first)
        return [line for number in range(start, start + EACH) for line in article(number)]

    docx("nexis.docx", lines(nexis))
    rtf("factiva.rtf", lines(factiva))
    rtf("nexis.rtf", lines(nexis))
    text("proquest.txt", lines(proquest))
    Path("please.json").write_text(json.dumps([please(number) for number in range(EACH)]))
    Path("feed.xml").write_text(rss(EACH))
    Path("crawl.warc.gz").write_bytes(warc(*some(10)))
    for number in range(EACH):
        Path(f"Outlet {number}.txt").write_text(f"Crane of {number}\n\nIt fell into basin {number}.\n")
    articles = read_articles(".")
    assert len(articles) == 7 * EACH + 10 == 500
