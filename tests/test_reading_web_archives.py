"""Web archives, feeds and sitemaps. All outlets and articles are invented and written here."""

import gzip
import io
import zipfile
from hashlib import shake_256
from pathlib import Path

import pandas as pd
import pytest

from compare import InputError, InputWarning, read_articles
from compare.reading import feeds

MANY = 500


@pytest.fixture(autouse=True)
def _in_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def told(source):
    with pytest.warns(InputWarning) as caught:
        articles = read_articles(source)
    return articles, [str(warning.message) for warning in caught]


def page(number):
    return (
        f'<html><head><meta property="og:site_name" content="Gannet"></head><body><article><h1>Crane {number}</h1>'
        f"<p>The crane of quay {number} fell into the basin, and the port was closed.</p></article></body></html>"
    )


def warc(*pages, head="200 OK", packed=True):
    """A WARC file; each page is an address and its HTML."""
    found = [(address, answer(html.encode(), head)) for address, html in pages]
    return b"".join(record("response", address, http, packed=packed) for address, http in found)


def answer(body, head="200 OK", kind="text/html; charset=utf-8", *headers):
    return "\r\n".join([f"HTTP/1.1 {head}", f"Content-Type: {kind}", *headers, "", ""]).encode() + body


def record(type_, address, block, *headers, kind="application/http; msgtype=response", packed=True):
    told = (
        f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-03-03T05:40:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789012>\r\n"
        + "".join(f"{header}\r\n" for header in headers)
        + f"Content-Type: {kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    whole = told.encode() + block + b"\r\n\r\n"
    return gzip.compress(whole) if packed else whole


def some(count):
    return [(f"https://www.gannet.example/crane/{number}", page(number)) for number in range(count)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_its_pages_with_their_addresses(packed):
    pytest.importorskip("warcio")
    Path("crawl.warc.gz").write_bytes(warc(*some(3), packed=packed))
    articles = read_articles("crawl.warc.gz")
    assert articles["outlet"].tolist() == ["Gannet"] * 3
    assert articles["url"].tolist() == [address for address, _ in some(3)]
    assert articles["text"][1] == "The crane of quay 1 fell into the basin, and the port was closed."


def test_a_wacz_is_read_and_a_page_kept_twice_is_read_once():
    pytest.importorskip("warcio")
    with zipfile.ZipFile("crawl.wacz", "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(*some(2), *some(1)))
        archive.writestr("datapackage.json", "{}")
    articles, notes = told("crawl.wacz")
    assert len(articles) == 2
    assert "kept twice" in notes[0]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("lost", [60, 200])
def test_a_web_archive_that_breaks_off_is_read_up_to_there(packed, lost):
    pytest.importorskip("warcio")
    Path("crawl.warc").write_bytes(warc(*some(3), packed=packed)[:-lost])
    articles, notes = told("crawl.warc")
    assert len(articles) == 2
    assert any("breaks off" in note or "is damaged" in note for note in notes)


def test_answers_that_are_no_pages_are_counted():
    pytest.importorskip("warcio")
    gone = warc(("https://gannet.example/gone", page(0)), head="404 Not Found")
    Path("crawl.warc.gz").write_bytes(warc(*some(1)) + gone)
    articles, notes = told("crawl.warc.gz")
    assert (len(articles), len(notes)) == (1, 1)
    assert notes[0].startswith("crawl.warc.gz: 1 answer was not read")


def test_pages_kept_without_a_server_are_read_and_other_records_are_counted_by_type():
    pytest.importorskip("warcio")
    Path("crawl.warc.gz").write_bytes(
        record("warcinfo", "", b"software: a crawler", kind="application/warc-fields")
        + record("resource", "https://gannet.example/1", page(1).encode(), kind="text/html")
        + record("conversion", "https://gannet.example/2", b"The crane fell.", kind="text/plain")
        + record("revisit", "https://gannet.example/1", answer(b""))
    )
    articles, notes = told("crawl.warc.gz")
    assert articles["title"].tolist() == ["Crane 1"]
    assert len(notes) == 1
    assert notes[0].endswith(
        '2 records were not read, for being of other types than pages ("conversion": 1, "revisit": 1).'
    )


def test_a_record_of_an_impossible_length_is_damage():
    pytest.importorskip("warcio")
    first, last = warc(*some(1), packed=False), warc(*some(1), packed=False)
    head, _, rest = last.partition(b"Content-Length: ")
    Path("crawl.warc").write_bytes(first + head + b"Content-Length: 99999999999999999999" + rest)
    articles, notes = told("crawl.warc")
    assert len(articles) == 1
    assert notes == ["crawl.warc: is damaged after 1 page; what followed is lost."]


def test_a_web_archive_of_no_page_says_so():
    pytest.importorskip("warcio")
    Path("crawl.warc").write_bytes(record("metadata", "https://gannet.example/1", b"a: b", packed=False))
    with pytest.raises(InputError, match=r"^no article was found: crawl\.warc: holds no page\.$"):
        read_articles("crawl.warc")


def test_bytes_behind_a_page_lose_nothing_that_follows():
    pytest.importorskip("warcio")
    html = page(0).encode()
    chunked = b"%x\r\n" % len(html) + html + b"\r\n0\r\n\r\n\r\nX"
    first = answer(chunked, "200 OK", "text/html", "Transfer-Encoding: chunked")
    Path("crawl.warc.gz").write_bytes(record("response", "https://gannet.example/0", first) + warc(*some(2)[1:]))
    assert read_articles("crawl.warc.gz")["title"].tolist() == ["Crane 0", "Crane 1"]


@pytest.mark.parametrize("lost", [0, 100, 500_000])
def test_a_large_last_record_of_any_bytes_is_whole_unless_it_breaks_off(lost):
    pytest.importorskip("warcio")
    film = answer(shake_256(b"film").digest(3_000_000), "200 OK", "video/mp4")
    data = warc(*some(1)) + record("response", "https://gannet.example/film", film)
    Path("crawl.warc.gz").write_bytes(data[: len(data) - lost])
    _, notes = told("crawl.warc.gz")
    assert any("breaks off" in note for note in notes) == bool(lost)


def test_a_page_that_the_crawler_cut_is_cut():
    pytest.importorskip("warcio")
    cut = record("response", "https://gannet.example/0", answer(page(0).encode()[:-60]), "WARC-Truncated: length")
    Path("crawl.warc.gz").write_bytes(cut + warc(*some(2)[1:]))
    assert [state == "cut" for state in read_articles("crawl.warc.gz")["complete"]] == [True, False]


def test_a_packing_that_is_not_read_is_named_and_a_header_that_is_out_of_date_is_not_heeded():
    pytest.importorskip("warcio")
    packed = answer(b"\x8b\x0f\x80" + shake_256(b"page").digest(300), "200 OK", "text/html", "Content-Encoding: br")
    plain = answer(page(1).encode(), "200 OK", "text/html", "Content-Encoding: br")
    Path("a.warc.gz").write_bytes(record("response", "https://gannet.example/0", packed))
    with pytest.raises(InputError, match='is packed as "br", which is not read; save it in a browser'):
        read_articles("a.warc.gz")
    Path("a.warc.gz").write_bytes(record("response", "https://gannet.example/1", plain))
    assert read_articles("a.warc.gz")["title"].tolist() == ["Crane 1"]


def test_a_zip_in_which_a_file_has_no_name_is_damaged():
    with zipfile.ZipFile("a.zip", "w") as archive:
        archive.writestr("x", "The crane fell.")
    data = bytearray(Path("a.zip").read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 28 : at + 30] = b"\0\0"
    del data[at + 46]
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = (end - at).to_bytes(4, "little")
    Path("a.wacz").write_bytes(data)
    with pytest.raises(InputError, match=r"a\.wacz: is damaged"):
        read_articles("a.wacz")


def test_a_feed_nested_without_end_is_refused_and_one_with_many_open_lines_is_not(monkeypatch):
    pytest.importorskip("feedparser")
    Path("feed.rss").write_text("<rss><channel>" + "<a>" * 50_000)
    with pytest.raises(InputError, match="is nested more than 1,000 deep"):
        read_articles("feed.rss")
    lines = "<br>line" * 2_000 + "<p>paragraph" * 500
    Path("feed.rss").write_text(rss(3).replace("Only a start.", lines).replace("<p>It", "<b>" * 600 + "<p>It"))
    assert len(told("feed.rss")[0]) == 3
    monkeypatch.setattr(feeds, "_LARGEST", 1_000)
    with pytest.raises(InputError, match="is a feed of more than"):
        read_articles("feed.rss")


def test_what_is_packed_and_no_web_archive_is_named():
    pytest.importorskip("warcio")
    Path("a.gz").write_bytes(gzip.compress(b"nothing of that kind"))
    with pytest.raises(InputError, match=r"a\.gz: was not read, for it is no web archive"):
        read_articles("a.gz")


def rss(count, entry=""):
    items = "".join(
        f"<item><title>Crane {n}</title><link>https://gannet.example/{n}</link>"
        f"<pubDate>Tue, 03 Mar 2026 06:40:00 +0100</pubDate><description>Only a start.</description>"
        f"<content:encoded><![CDATA[<p>Crane {n} fell.</p><p>It is gone.</p>]]></content:encoded></item>"
        for n in range(count)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Gannet</title><language>en</language>{items}{entry}</channel></rss>"
    )


def test_a_feed_gives_its_entries_and_an_excerpt_is_cut():
    pytest.importorskip("feedparser")
    excerpt = "<item><title>Only so much</title><description>The crane fell into the basin.</description></item>"
    Path("feed.xml").write_text(rss(1, excerpt + "<item><title>No text</title></item>"))
    articles, notes = told("feed.xml")
    assert articles["outlet"].tolist() == ["The Gannet"] * 2
    assert articles["text"].tolist() == ["Crane 0 fell.\n\nIt is gone.", "The crane fell into the basin."]
    assert articles["complete"][1] == "cut"
    assert articles["complete"][0] != "cut"
    assert articles["published"][0] == pd.Timestamp("2026-03-03T05:40:00Z")
    assert any(note.startswith("feed.xml: 1 of 3 entries hold no text") for note in notes)


def test_a_feed_of_five_hundred_articles_is_whole_and_broken_xml_is_told():
    pytest.importorskip("feedparser")
    Path("feed.rss").write_text(rss(MANY))
    assert len(read_articles("feed.rss")) == MANY
    Path("feed.rss").write_text(rss(3)[:-30].replace("<channel>", "<channel><br>"))
    articles, notes = told("feed.rss")
    assert len(articles) == 3
    assert any("is broken XML" in note for note in notes)


def test_a_feed_with_entities_of_its_own_is_refused():
    Path("feed.xml").write_text('<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + rss(1)[21:])
    with pytest.raises(InputError, match="defines entities of its own"):
        read_articles("feed.xml")


def test_a_sitemap_is_told_with_what_to_do():
    Path("news.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="x"><url><loc>https://a.example/1</loc>'
        "<news:news><news:title>Crane</news:title></news:news></url><url><loc>https://a.example/2</loc></url></urlset>"
    )
    with pytest.raises(InputError, match=r"is a sitemap \(addresses: 2, 1 with titles\) and holds no texts; fetch"):
        read_articles("news.xml")


def test_a_web_archive_of_other_bytes_is_refused_in_a_sentence():
    pytest.importorskip("warcio")
    Path("a.wacz").write_bytes(io.BytesIO(b"PK no archive").read())
    with pytest.raises(InputError, match="is damaged or not a"):
        read_articles("a.wacz")


@pytest.mark.parametrize(
    "data",
    [
        b"WARC/1.0\r\nWARC-Type: response\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n",
    ],
)
def test_an_archive_that_ends_in_its_first_header_is_damaged(data):
    Path("a.warc").write_bytes(data)
    with pytest.raises(InputError, match=r"^(a\.warc: is a damaged web archive|no article was found: a\.warc)"):
        read_articles("a.warc")


def test_a_record_that_does_not_tell_its_length_is_read(capfd):
    whole = warc(*some(1), packed=False)
    head, _, rest = whole.partition(b"Content-Length: ")
    Path("a.warc").write_bytes(head.rstrip() + b"\r\n" + rest.partition(b"\r\n")[2])
    assert len(read_articles("a.warc")) == 1
    assert capfd.readouterr().err == ""


def test_a_feed_whose_encoding_has_no_name_is_damaged():
    Path("a.rss").write_bytes(b'<?xml version="1.0" encoding="UT\xcf-8"?><rss version="2.0"><channel></channel></rss>')
    with pytest.raises(InputError, match=r"a\.rss"):
        read_articles("a.rss")
