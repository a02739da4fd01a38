"""Downloads from article databases: one page with many articles, each with its fields."""

from __future__ import annotations

import re
from email.utils import parsedate
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, count
from compare.reading.mending import untagged

if TYPE_CHECKING:
    from compare.reading.records import Records

# Factiva: every article is an element like this; with indexing it has a table whose rows begin with a code.
_ARTICLE = re.compile(r"""<div\b[^<>]{0,200}class=["']article\s+[a-z]{2}Article\b[^<>]{0,200}>""", re.IGNORECASE)
_CODE = re.compile(r"<td\b[^<>]{0,200}>\s{0,20}<b>\s{0,20}([A-Z]{2,3})(?:&nbsp;|\s){0,20}</b>")
_NEEDED = {"SN", "LP"}  # the source's name and the lead paragraph


def is_factiva(html: str) -> bool:
    """Whether a page is a download from Factiva: several articles, or one with its field codes."""
    found = len(_ARTICLE.findall(html))
    return found > 1 or (found == 1 and set(_CODE.findall(html)) >= _NEEDED)


def factiva_records(html: str, name: str) -> Records:
    """Yield the articles of a Factiva page: source, headline, day, lead and body.

    Raises:
        InputError: it was saved without the field codes, and so does not name its sources.
    """
    starts = [found.start() for found in _ARTICLE.finditer(html)]
    pieces = [html[start:end] for start, end in zip(starts, [*starts[1:], len(html)], strict=True)]
    for number, piece in enumerate(pieces, start=1):
        codes = list(_CODE.finditer(piece))
        ends = [*(code.start() for code in codes), len(piece)][1:]
        # Each piece begins with the end of the code's own cell, before the value.
        fields = {
            code[1]: untagged(f"<div>{piece[code.end() : end]}</div>") for code, end in zip(codes, ends, strict=True)
        }
        if not fields.keys() >= _NEEDED:
            raise InputError(
                f"{name}: is a Factiva page of {count(len(pieces), 'article')}, and article {number} lacks the field "
                'codes that say who published it; save it again in the format "Full Article/Report plus Indexing".'
            )
        record: dict[str, Any] = {
            "outlet": fields["SN"],
            "title": fields.get("HD"),
            "text": "\n\n".join(part for part in (fields["LP"], fields.get("TD")) if part),
        }
        day = parsedate(f"{fields.get('PD', '')} 00:00:00")
        if day:
            record["published"] = f"{day[0]:04}-{day[1]:02}-{day[2]:02}"
        yield f"{name}, article {number}", record
