"""Addresses that are listed in a file."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import PurePath

from compare.errors import InputError, shortened
from compare.foreign import file_bytes
from compare.reading.decoding import decoded
from compare.reading.feeds import is_sitemap
from compare.reading.problems import Problems
from compare.reading.providers import gdelt_place
from compare.reading.tabular import Header, csv_records
from compare.reading.web.addresses import COLUMNS, is_address

_COLUMN = COLUMNS[0]
_HEAD = 100_000  # bytes in which the first line is looked for
_LOC = re.compile(r"<loc>\s*+([^<\s]++)\s*+</loc>")


def addresses_in(source: str) -> list[str]:
    """Return the addresses in a file: one a line, or the column or field url, link or asked of a .csv or .jsonl file.

    Files of GDELT (events, mentions, knowledge graph) have no header and are known by their columns; the addresses of a
    sitemap are those of its pages.

    Raises:
        InputError: it cannot be read, has none, or something in it is none.
    """
    try:
        data = file_bytes(source)
    except OSError as error:
        raise InputError(
            f"{source or 'an empty name'}: is no web address (https://...), and no file that can be read "
            f"({error.strerror})."
        ) from error
    problems = Problems(skip=False)
    kind = PurePath(source).suffix.lower()
    place = gdelt_place(data[:_HEAD].decode("utf-8", "replace"))
    if is_sitemap(data):
        found = _in_sitemap(source, decoded(data, source, problems))
    elif place is not None:
        cells = [row.split("\t") for row in decoded(data, source, problems).split("\n")]
        found = [(f"{source}, line {at}", row[place]) for at, row in enumerate(cells, start=1) if len(row) > place]
    elif kind == ".csv":
        rows = csv_records(data, source, problems, Header((_COLUMN,), _named))
        found = [(where, str(row[_COLUMN]).strip()) for where, row in rows]
    else:
        text = decoded(data, source, problems)
        # Not `splitlines`: a string of JSON may contain U+2028 and the like.
        split = text.split("\n") if kind == ".jsonl" else text.splitlines()
        lines = [(f"{source}, line {number}", line.strip()) for number, line in enumerate(split, start=1)]
        found = _in_records(source, lines) if kind == ".jsonl" else [one for one in lines if not one[1].startswith("#")]
    problems.warn()
    found = [(where, one.strip()) for where, one in found if one.strip()]
    if not found:
        raise InputError(f"{source}: holds no address; write one a line.")
    for where, one in found:
        if not is_address(one):
            raise InputError(f"{where}: {shortened(one)} is no web address; write it with https://")
    return [one for _, one in found]


def _in_sitemap(source: str, text: str) -> list[tuple[str, str]]:
    """Return the addresses of a sitemap's pages, with their places; those of pictures have another name there."""
    if "<sitemapindex" in text:
        raise InputError(f"{source}: is an index of sitemaps; save the one you want, and give that.")
    return [(f"{source}, page {number}", unescape(one)) for number, one in enumerate(_LOC.findall(text), start=1)]


def _named(columns: list[str]) -> list[str]:
    """Return the names of columns, with that of the addresses called url."""
    plain = [name.casefold() for name in columns]
    at = next((plain.index(name) for name in COLUMNS if name in plain), None)
    return [_COLUMN if number == at else name for number, name in enumerate(columns)]


def _in_records(source: str, lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the addresses in JSON Lines, with their places."""
    try:
        records = [(where, json.loads(line)) for where, line in lines if line]
    except (ValueError, RecursionError) as error:
        raise InputError(f"{source}: is no .jsonl file; write one address a line into a .txt file.") from error
    found = []
    for where, record in records:
        fields = record if isinstance(record, dict) else {}
        named = dict(zip(_named(list(fields)), fields.values(), strict=True))
        if _COLUMN not in named:
            raise InputError(f"{where}: has no field url; name the address so.")
        found.append((where, str(named[_COLUMN] or "").strip()))
    return found
