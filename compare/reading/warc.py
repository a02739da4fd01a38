"""Read web archives (WARC, WACZ): the pages that a crawler kept, each with its address."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from contextlib import redirect_stderr
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from compare.errors import InputError, MissingExtraError, count, counted, listed, shortened
from compare.reading.archives import LARGEST, members
from compare.reading.pages import page_records
from compare.reading.strangers import LARGEST as LARGEST_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from compare.reading.problems import Problems
    from compare.reading.records import Records

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_PACKED = b"\x1f\x8b"
_FOUND = "200"
_AT_ONCE = 2**14  # packed bytes that are unpacked at once
_UNPACKED = frozenset({"", "identity", "gzip", "deflate"})  # warcio reads others only beside some libraries
_NO_PAGES = frozenset({"warcinfo", "request", "metadata"})  # types of record: what crawlers say of their work


def warc_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read the pages of a WARC file that a server answered with status 200; each address and content is read once.

    What stands before the place where a file breaks off is read, and the rest is told.

    Raises:
        MissingExtraError: warcio is not installed.
        InputError: the pages unpack to too much.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MissingExtraError("Reading web archives", "web") from error
    if not _is_archive(data):
        problems.note(f"{name}: was not read, for it is no web archive; unpack it and give the files in it.")
        return
    seen: set[tuple[str, bytes]] = set()
    again, size, start = 0, 0, 0
    left: Counter[str] = Counter()  # records that were not read, by their type
    records = ArchiveIterator(io.BytesIO(data))
    try:
        for record in _parsed(records, ArchiveLoadFailed):
            start = records.offset
            if not _is_page(record):
                left[str(record.rec_type)] += 1
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            content, whole, packing = _content(record)
            if not whole:
                problems.note(f"{name}: breaks off within {shortened(address)}; that page and what followed are lost.")
                break
            size += len(content)
            if size > LARGEST:
                raise InputError(
                    f"{name}: its pages unpack to more than {LARGEST // 2**20:,} MB; split it into several files."
                )
            if (address, content) in seen:
                again += 1
                continue
            seen.add((address, content))
            place = address if urlsplit(address).scheme in {"http", "https"} else None
            where = f"{name}, {shortened(address)}"
            if packing:
                problems.refuse(where, f"is packed as {shortened(packing)}, which is not read", "save it in a browser")
                continue
            cut = {"complete": "cut"} if record.rec_headers.get_header("WARC-Truncated") else {}
            for at, found in page_records(content, where, problems, content_type=_content_type(record), address=place):
                yield at, {**found, **cut}
    except (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, OverflowError) as error:
        problems.note(f"{name}: is damaged after {count(len(seen), 'page')}; what followed is lost.")
        if not seen:
            raise InputError(f"{name}: is a damaged web archive; copy it again.") from error
    else:
        _tell_end(data, start, name, problems)
    _tell_left(len(seen), again, left, name, problems)


def wacz_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read the WARC files in a WACZ archive.

    Raises:
        InputError: it is damaged, too large or holds no WARC file.
    """
    found = [
        (path, content)
        for path, content in members(data, name)
        if path.name.lower().endswith((".warc", ".warc.gz")) and "archive" in path.parts
    ]
    if not found:
        inside = listed([str(path) for path, _ in members(data, name)])
        raise InputError(f"{name}: holds no WARC file in archive/ ({inside}); save the archive again.")
    for path, content in found:
        yield from warc_records(content(), f"{name}/{path}", problems)


def _is_archive(data: bytes) -> bool:
    if not data.startswith(_PACKED):
        return data.startswith(b"WARC/")
    try:
        return zlib.decompressobj(31).decompress(data[:65_536], 10).startswith(b"WARC/")
    except zlib.error:
        return False


def _tell_left(pages: int, again: int, left: Mapping[str, int], name: str, problems: Problems) -> None:
    if not pages and left.keys() <= _NO_PAGES:
        problems.note(f"{name}: holds no page.")
    others = {kind: number for kind, number in sorted(left.items()) if kind not in {"response", *_NO_PAGES}}
    kinds = listed([f"{shortened(kind)}: {number:,}" for kind, number in others.items()])
    for number, thing, what in (
        (again, "page", "kept twice by the crawler, unchanged, and read once"),
        (left.get("response", 0), "answer", "not read, for being no page or not of status 200"),
        (sum(others.values()), "record", f"not read, for being of other types than pages ({kinds})"),
    ):
        if number:
            problems.note(f"{name}: {counted(number, thing)} {what}.")


def _tell_end(data: bytes, start: int, name: str, problems: Problems) -> None:
    if not _is_whole(data, start):
        problems.note(f"{name}: breaks off in its last record, which is lost.")


def _is_whole(data: bytes, start: int) -> bool:
    """Whether a file whose last record begins at `start` ends where that record does, or in padding."""
    if not data.startswith(_PACKED):
        return data.endswith(b"\r\n\r\n")
    member, place = zlib.decompressobj(31), start
    try:
        while place < len(data) and not member.eof:
            member.decompress(data[place : place + _AT_ONCE])
            place += _AT_ONCE
    except zlib.error:
        return False
    return member.eof and not (member.unused_data + data[place:]).strip(b"\0")


def _parsed(records: Iterable[Any], damage: type[Exception]) -> Iterator[Any]:
    """Yield records; what warcio trips over in half a header is damage as well, and what it prints is not shown."""
    found = iter(records)
    while True:
        try:
            with redirect_stderr(io.StringIO()):
                record = next(found, None)
        except (AttributeError, TypeError, KeyError, IndexError, OverflowError) as error:
            raise damage(str(error)) from error
        if record is None:
            return
        yield record


def _is_page(record: Any) -> bool:
    if record.rec_type == "response":
        if record.http_headers is None or record.http_headers.get_statuscode() != _FOUND:
            return False
    elif record.rec_type != "resource":
        return False
    return _content_type(record).partition(";")[0].strip().lower() in _PAGES


def _content_type(record: Any) -> str:
    """Return what a server said that an answer is; of a resource, which has no server, the archive says it."""
    if record.rec_type == "resource":
        return record.rec_headers.get_header("Content-Type") or ""
    return record.http_headers.get_header("Content-Type") or "text/html"


def _content(record: Any) -> tuple[bytes, bool, str]:
    """Return a page, whether the archive holds all of its record, and in what way it is packed that is not read."""
    head = record.http_headers
    packing = (head.get_header("Content-Encoding") or "").strip().lower() if head else ""
    stream = record.content_stream() if packing in _UNPACKED else record.raw_stream
    content = stream.read(LARGEST_PAGE + 1)
    # Crawlers also keep pages unpacked below the header that says how they were sent.
    packing = "" if packing in _UNPACKED or content.lstrip()[:1] == b"<" else packing
    if len(content) > LARGEST_PAGE:
        return content, True, packing
    while record.raw_stream.read(_AT_ONCE):  # what a server sent behind the end that it had announced
        pass
    return content, getattr(record.raw_stream, "limit", 0) <= 0, packing
