"""Pages that a browser saved with their pictures as one file (MHTML)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from typing import TYPE_CHECKING, NamedTuple

from compare.errors import FlawError

if TYPE_CHECKING:
    from email.message import Message

_HEADER = re.compile(rb"[\w-]{2,40}:[^\n]{0,2000}\n")
_START = 16_384  # bytes; the head of such a file is shorter
_WAY_OUT = "save the page again"


class SavedPage(NamedTuple):
    """The page in an MHTML file: its bytes, their encoding and its address, where the file names them."""

    data: bytes
    charset: str | None
    address: str | None


def is_mhtml(data: bytes) -> bool:
    """Whether bytes are an MHTML file, whatever it is called."""
    start = data[:_START].lstrip().lower()
    return bool(_HEADER.match(start)) and (b"multipart/related" in start or b"\ncontent-type: text/html" in start)


def saved_page(data: bytes) -> SavedPage:
    """Return the page in an MHTML file; pictures, frames and styles are left in it.

    Raises:
        FlawError: it holds no page, or breaks off within it.
    """
    try:
        message = message_from_bytes(data.lstrip(), policy=policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
        pages = [part for part in parts if part.get_content_type() in {"text/html", "application/xhtml+xml"}]
        if not pages:
            raise FlawError("is an MHTML file without a page in it", _WAY_OUT)
        page = pages[0]
        content = page.get_payload(decode=True)
        broken = any(isinstance(flaw, CloseBoundaryNotFoundDefect) for one in message.walk() for flaw in one.defects)
        charset = page.get_content_charset()
        address = _address(page) or _address(message)
    except (MessageError, ValueError, LookupError, RecursionError, AssertionError, TypeError) as error:
        raise FlawError("is a damaged MHTML file", _WAY_OUT) from error
    if broken and page is parts[-1]:
        raise FlawError("is an MHTML file that breaks off in the middle of the page", _WAY_OUT)
    return SavedPage(content if isinstance(content, bytes) else b"", charset, address)


def _address(part: Message) -> str | None:
    for name in ("Snapshot-Content-Location", "Content-Location"):
        given = "".join(str(part.get(name) or "").split())
        if given.lower().startswith(("http://", "https://")):
            return given
    return None
