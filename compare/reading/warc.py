"""Read web archives (WARC, WACZ): the pages that a crawler kept, each with its address."""

from __future__ import annotations

import io
import zlib
from contextlib import redirect_stderr
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from compare.errors import InputError, MissingExtraError, count, counted, listed, shortened
from compare.reading.archives import LARGEST, members
from compare.reading.pages import page_records
from compare.reading.strangers import LARGEST as LARGEST_PAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.reading.problems import Problems
    from compare.reading.records import Records

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_PACKED = b"\x1f\x8b"
_FOUND = "200"
_TRIED = 30  # places where the last packed record may begin; its bytes may hold such marks by chance
_AT_ONCE = 2**20  # bytes that are unpacked at once


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
    again, size, others = 0, 0, 0
    try:
        for record in _parsed(ArchiveIterator(io.BytesIO(data)), ArchiveLoadFailed):
            if record.rec_type != "response" or not _is_page(record):
                others += record.rec_type == "response"
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            content = record.content_stream().read(LARGEST_PAGE + 1)
            if getattr(record.raw_stream, "limit", 0) > 0 and len(content) <= LARGEST_PAGE:
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
            yield from page_records(content, where, problems, content_type=_content_type(record), address=place)
    except (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, UnicodeError) as error:
        problems.note(f"{name}: is damaged after {count(len(seen), 'page')}; what followed is lost.")
        if not seen:
            raise InputError(f"{name}: is a damaged web archive; copy it again.") from error
    else:
        _tell_end(data, name, problems)
    for number, thing, what in (
        (again, "page", "kept twice by the crawler, unchanged, and read once"),
        (others, "answer", "not read, for being no page or not of status 200"),
    ):
        if number:
            problems.note(f"{name}: {counted(number, thing)} {what}.")


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


def _tell_end(data: bytes, name: str, problems: Problems) -> None:
    if not _is_whole(data):
        problems.note(f"{name}: breaks off in its last record, which is lost.")


def _is_whole(data: bytes) -> bool:
    """Whether a file ends where a record does."""
    if not data.startswith(_PACKED):
        return data.endswith(b"\r\n\r\n")
    start = len(data)
    for _ in range(_TRIED):
        start = data.rfind(_PACKED, 0, start)
        if start < 0:
            break
        member = zlib.decompressobj(31)
        rest = data[start:]
        try:
            while rest and not member.eof:
                member.decompress(rest, _AT_ONCE)
                rest = member.unconsumed_tail
        except zlib.error:
            continue
        if member.eof and not member.unused_data:
            return True
    return False


def _parsed(records: Iterable[Any], damage: type[Exception]) -> Iterator[Any]:
    """Yield records; what warcio trips over in half a header is damage as well, and what it prints is not shown."""
    found = iter(records)
    while True:
        try:
            with redirect_stderr(io.StringIO()):
                record = next(found, None)
        except (AttributeError, TypeError, KeyError, IndexError) as error:
            raise damage(str(error)) from error
        if record is None:
            return
        yield record


def _is_page(record: Any) -> bool:
    head = record.http_headers
    if head is None or head.get_statuscode() != _FOUND:
        return False
    return _content_type(record).partition(";")[0].strip().lower() in _PAGES


def _content_type(record: Any) -> str:
    return record.http_headers.get_header("Content-Type") or "text/html"
