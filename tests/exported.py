"""Invented articles in every format that can be read; one without text is spoilt, in the way of its format."""

import json
import zipfile
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from test_reading_downloads import docx, rtf, text
from test_reading_exports import factiva as factiva_page
from test_reading_web_archives import answer, record

FIRST = date(2026, 3, 1)
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
BOUNDARY = "----Saved"


class Article(NamedTuple):
    """An article as it was published; `site` is the outlet where a format names outlets by their sites."""

    outlet: str
    site: str
    title: str
    paragraphs: tuple[str, ...]
    day: date

    @property
    def text(self):
        return "\n\n".join(self.paragraphs)

    @property
    def url(self):
        return f"https://www.{self.site}/crane"


def invented(count):
    return [
        Article(
            f"Harbour Courier {number}",
            f"courier{number}.example",
            f"Crane {number} falls into basin",
            (
                f"The crane of quay {number} fell into the basin on Tuesday. {number + 2} dockers were hurt.",
                f"Harbour master Ines Quiroga closed quay {number} until Friday.",
            ),
            FIRST + timedelta(days=number % 200),
        )
        for number in range(count)
    ]


def spoilt(articles, every):
    """Take the text of each article whose number, counted from 0, is a multiple of `every`."""
    return [article._replace(paragraphs=()) if n % every == 0 else article for n, article in enumerate(articles)]


def in_columns(outlet, title, text, published, url=None, named="outlet", **extra):
    """Return a function that gives articles as rows with these columns; `named` is how the outlet is given."""

    def rows(articles):
        return [
            {
                outlet: getattr(one, named),
                title: one.title,
                text: one.text,
                published: one.day.isoformat(),
                **({url: one.url} if url else {}),
                **extra,
            }
            for one in articles
        ]

    return rows


OURS = in_columns("outlet", "title", "text", "published")
PLEASE = in_columns("source_domain", "title", "maintext", "date_publish", "url", "site")
CC_NEWS = in_columns("sitename", "title", "plain_text", "published_date", "requested_url", "site")
NEWSPAPER = in_columns(
    "meta_site_name", "title", "text", "publish_date", "url", canonical_link="", meta_lang="en", authors=[]
)
MEDIA_CLOUD = in_columns(
    "media_name", "title", "text", "publish_date", "url", indexed_date="2026-10-01", media_url="c.example"
)


def csv(path, rows):
    pd.DataFrame(rows).to_csv(path, index=False)


def tsv(path, rows):
    pd.DataFrame(rows).to_csv(path, index=False, sep="\t")


def xlsx(path, rows):
    pd.DataFrame(rows).to_excel(path, index=False)


def parquet(path, rows):
    pd.DataFrame(rows).to_parquet(path)


def as_json(path, rows):
    Path(path).write_text(json.dumps(rows))


def jsonl(path, rows):
    """A line without text breaks off, as in a log that was not written to its end."""
    lines = [json.dumps(row) for row in rows]
    whole = [line if row["text"] else line[:-9] for line, row in zip(lines, rows, strict=True)]
    Path(path).write_text("\n".join(whole))


def txt_file(article):
    return f"{article.title}\n\n{article.text}\n" if article.paragraphs else ""


def page(article):
    return (
        f'<html lang="en"><head><title>{article.title}</title><meta property="og:site_name" content="{article.outlet}">'
        f'<meta property="article:published_time" content="{article.day}"><link rel="canonical" href="{article.url}">'
        f"</head><body><article><h1>{article.title}</h1>{paragraphs(article)}</article></body></html>"
    )


def paragraphs(article):
    return "".join(f"<p>{escape(one)}</p>" for one in article.paragraphs)


def mhtml(article):
    """A page without text breaks off."""
    end = f"\r\n--{BOUNDARY}--\r\n" if article.paragraphs else ""
    return (
        f"From: <Saved>\r\nSnapshot-Content-Location: {article.url}\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="{BOUNDARY}"\r\n\r\n--{BOUNDARY}\r\n'
        f"Content-Type: text/html; charset=utf-8\r\nContent-Location: {article.url}\r\n\r\n{page(article)}{end}"
    )


def folder(suffix, written):
    """Return a function that writes a folder with a file an article, named after its outlet."""

    def write(path, articles):
        Path(path).mkdir()
        for article in articles:
            Path(path, article.outlet + suffix).write_text(written(article))

    return write


def zipped(path, articles):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for article in articles:
            archive.writestr(f"crane/{article.outlet}.txt", txt_file(article))


def warc(articles, packed):
    return b"".join(record("response", one.url, answer(page(one).encode()), packed=packed) for one in articles)


def warc_plain(path, articles):
    Path(path).write_bytes(warc(articles, packed=False))


def warc_packed(path, articles):
    Path(path).write_bytes(warc(articles, packed=True))


def wacz(path, articles):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(articles, packed=True))
        archive.writestr("datapackage.json", "{}")


def rss(path, articles):
    items = "".join(
        f"<item><title>{one.title}</title><link>{one.url}</link><source>{one.outlet}</source>"
        f"<pubDate>{one.day:%a, %d %b %Y} 00:00:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[{paragraphs(one)}]]></content:encoded></item>"
        for one in articles
    )
    Path(path).write_text(f'<rss version="2.0" {CONTENT}><channel><title>All</title>{items}</channel></rss>')


def atom(path, articles):
    entries = "".join(
        f"<entry><title>{one.title}</title><link href='{one.url}'/><id>{one.url}</id>"
        f"<source><title>{one.outlet}</title></source><published>{one.day}T00:00:00Z</published>"
        f"<content type='html'>{escape(paragraphs(one))}</content></entry>"
        for one in articles
    )
    Path(path).write_text(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>All</title>{entries}</feed>')


def factiva_html(path, articles):
    Path(path).write_text(
        factiva_page(
            *(
                {
                    "HD": one.title,
                    "PD": f"{one.day:%-d %B %Y}",
                    "SN": one.outlet,
                    "LP": "".join(f"<p>{part}</p>" for part in one.paragraphs[:1]),
                    "TD": "".join(f"<p>{part}</p>" for part in one.paragraphs[1:]),
                }
                for one in articles
            )
        )
    )


def factiva(article):
    lead, rest = article.paragraphs[:1], article.paragraphs[1:]
    head = ["SE News", f"HD {article.title}", "WC 28 words", f"PD {article.day:%-d %B %Y}", f"SN {article.outlet}"]
    return [*head, "LP", *lead, "TD", *rest, "AN", f"Document GANNET0020260303em330{int(article.site[7:-8]):04}a"]


def nexis(article):
    head = [article.title, article.outlet, f"{article.day:%B %-d, %Y %A}", "Copyright 2026", "Length: 28 words"]
    return [*head, "Body", *article.paragraphs, "Load-Date: October 1, 2026", "End of Document"]


def proquest(article):
    first, *rest = article.paragraphs or [""]
    named = [f"Title: {article.title}", f"Publication title: {article.outlet}; Oldmere"]
    dated = [f"Publication date: {article.day:%b %-d, %Y}", f"Document URL: {article.url}"]
    return ["_" * 60, article.title, f"Full text: {first}", *rest, *named, *dated]


def lines(article_lines):
    return lambda articles: [line for article in articles for line in article_lines(article)]


class Format(NamedTuple):
    """A format: its file, how articles are put into it, what writes that, and what of them it does not carry."""

    path: str
    write: object
    given: object = list
    outlet: str = "outlet"  # or "site"
    lacks: frozenset = frozenset()


FORMATS = {
    "csv": Format("a.csv", csv, OURS),
    "tsv": Format("a.tsv", tsv, OURS),
    "jsonl": Format("a.jsonl", jsonl, OURS),
    "json": Format("a.json", as_json, OURS),
    "parquet": Format("a.parquet", parquet, OURS),
    "xlsx": Format("a.xlsx", xlsx, OURS),
    "folder of txt": Format("a", folder(".txt", txt_file), lacks=frozenset({"published"})),
    "folder of html": Format("a", folder(".html", page)),
    "folder of mhtml": Format("a", folder(".mhtml", mhtml)),
    "zip of txt": Format("a.zip", zipped, lacks=frozenset({"published"})),
    "warc": Format("a.warc", warc_plain),
    "warc.gz": Format("a.warc.gz", warc_packed),
    "wacz": Format("a.wacz", wacz),
    "rss": Format("a.rss", rss),
    "atom": Format("a.atom", atom),
    "Media Cloud csv": Format("a.csv", csv, MEDIA_CLOUD),
    "Factiva html": Format("a.html", factiva_html),
    "Factiva rtf": Format("a.rtf", rtf, lines(factiva)),
    "Factiva txt": Format("a.txt", text, lines(factiva)),
    "Nexis docx": Format("a.docx", docx, lines(nexis)),
    "Nexis rtf": Format("a.rtf", rtf, lines(nexis)),
    "Nexis txt": Format("a.txt", text, lines(nexis)),
    "ProQuest txt": Format("a.txt", text, lines(proquest)),
    "news-please json": Format("a.json", as_json, PLEASE, outlet="site"),
    "newspaper json": Format("a.json", as_json, NEWSPAPER),
    "CC-News parquet": Format("a.parquet", parquet, CC_NEWS, outlet="site"),
}
