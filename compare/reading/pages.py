"""Read saved web pages: the text of the article, without what stands around it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, MissingExtraError
from compare.reading.decoding import decoded
from compare.reading.exports import factiva_records, is_factiva
from compare.reading.records import utc_moment

if TYPE_CHECKING:
    from compare.reading.problems import Problems
    from compare.reading.records import Records

HEAD = 4096  # bytes in which a page names its encoding; the HTML standard requires the first 1024

_OWN_PAGE = re.compile(rb'<meta name="generator" content="storydiff\b')
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?\s*+([\w.:-]++)""", re.IGNORECASE)
# No extensive search: a date from anywhere on the page is worse than none.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}


def is_own_page(data: bytes) -> bool:
    """Whether a page is a report, a figure or a form that storydiff wrote."""
    return bool(_OWN_PAGE.search(data[:HEAD]))


def page_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read a page: its paragraphs separated by blank lines, and its title, date and address.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    if is_own_page(data):
        problems.own.append(name)
        return
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtraError("Reading .html", "web") from error
    charset = _CHARSET.search(data[:HEAD])
    html = decoded(data, name, problems, declared=charset[1].decode() if charset else None)
    if is_factiva(html):
        yield from factiva_records(html, name)
        return
    page: Any = None
    with suppress(Exception):  # trafilatura raises any error to which odd markup leads; such a page has no article
        page = bare_extraction(
            html, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
        )
    title = page.title if page else None
    paragraphs = [line.strip() for line in (page.text or "").split("\n")] if page else []
    # The headline is often also the first line of the article, but not one of its sentences.
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if not text:
        problems.refuse(name, "no article was found on this page", "save its text as .txt")
        return
    if "<table" in html and _lacks_a_table(text, html):
        problems.note(
            f"{name}: a table of the article was left out, because claims stand in sentences; if it tells what "
            "matters, save the text with it as .txt."
        )
    published = None
    with suppress(FlawError):  # a mistake in the page that its reader cannot correct
        published = utc_moment(page.date) if page.date else None
    yield name, {"title": title, "published": published, "url": page.url, "text": text}


def _lacks_a_table(text: str, html: str) -> bool:
    """Whether the page has a table beside a paragraph of this text, and the text lacks any of its cells."""
    from trafilatura import load_html

    told = " ".join(text.split())
    page: Any = load_html(html)
    for table in page.iter("table"):
        cells = [_words(cell) for cell in table.iter("td", "th")]
        if any(cell not in told for cell in cells) and _is_beside_text(table, told):
            return True
    return False


def _is_beside_text(table: Any, told: str) -> bool:
    """Whether the table, or a box around it, comes directly before or after a paragraph of the article."""
    for box in (table, *table.iterancestors()):
        near = (next(box.itersiblings(preceding=before), None) for before in (True, False))
        if any(one is not None and one.tag == "p" and _words(one) and _words(one) in told for one in near):
            return True
    return False


def _words(element: Any) -> str:
    return " ".join(element.text_content().split())
