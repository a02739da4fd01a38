"""Saved web pages become records: the article without what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compare.errors import MissingExtraError
from compare.reading.dates import utc_moment
from compare.reading.decoding import decoded
from compare.reading.problems import FlawError

if TYPE_CHECKING:
    from datetime import datetime

    from compare.reading.problems import Problems
    from compare.reading.records import Records

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?\s*+([\w.:-]++)""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page names its encoding; the HTML standard asks for the first 1024
# No extensive search: a date that is only somewhere on the page is worse than none.
_DATES = {"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%dT%H:%M:%S%z"}


def page_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read a page: its paragraphs separated by blank lines, and the title, date and address it names.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtraError("Reading .html", "web") from error
    charset = _CHARSET.search(data[:_HEAD])
    html = decoded(data, name, problems, declared=charset[1].decode() if charset else None)
    page: Any = bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    title = page.title if page else None
    paragraphs = [line.strip() for line in (page.text or "").split("\n")] if page else []
    # The headline is often the first line of the article too, and is no sentence of it.
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    if text:
        yield name, {"title": title, "published": _date(page.date), "url": page.url, "text": text}
    else:
        problems.refuse(name, "no article was found on this page", "save its text as .txt")


def _date(found: str | None) -> datetime | None:
    try:
        return utc_moment(found) if found else None
    except FlawError:  # the page's own slip, which its reader cannot mend
        return None
