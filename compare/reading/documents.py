"""Read office documents (DOCX, RTF), of which downloads of databases are read: their text, without pictures."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from compare.errors import FlawError, MissingExtraError
from compare.reading.archives import members
from compare.reading.downloads import download_records

if TYPE_CHECKING:
    from compare.reading.problems import Problems
    from compare.reading.records import Records

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n"}
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_HEX = re.compile(r"[0-9a-fA-F\s]{200,}+")  # the bytes of a picture, written as digits
_DOWNLOADED = re.compile(rb"End of Document|Load-Date:|Document |Full text")  # in each of the downloads that are known


def docx_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read the articles in a download that is a Word document.

    Raises:
        InputError: it is damaged or unpacks to too much.
    """
    parts = {str(path): content for path, content in members(data, name)}
    if "word/document.xml" not in parts:
        problems.refuse(name, "is no Word document", "save it again")
        return
    try:
        text = _docx_text(parts["word/document.xml"]())
        yield from _articles(text, name, problems)
    except FlawError as flaw:
        problems.refuse(name, *flaw.args)


def rtf_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read the articles in a download that is an RTF document.

    Raises:
        MissingExtraError: striprtf is not installed, and the document may be a download.
    """
    if not _DOWNLOADED.search(data):
        _leave(name, problems)
        return
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise MissingExtraError("Reading .rtf", "office") from error
    if not data.lstrip().startswith(b"{\\rtf"):
        problems.refuse(name, "is no RTF document", "save it again")
        return
    try:
        plain = _HEX.sub("", _without_binary(data).decode("latin-1"))
        try:
            text: str = rtf_to_text(plain, encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
        except (ValueError, LookupError, IndexError, RecursionError, OverflowError) as error:
            raise FlawError("is a damaged RTF document", "save it again") from error
        yield from _articles(text.replace("|", " "), name, problems)
    except FlawError as flaw:
        problems.refuse(name, *flaw.args)


def _articles(text: str, name: str, problems: Problems) -> Records:
    found = download_records(text, PurePath(name).as_posix(), problems)
    if found is None:
        _leave(name, problems)
    else:
        yield from found


def _leave(name: str, problems: Problems) -> None:
    """Say that a document was left aside: a folder of articles may hold somebody's notes."""
    what = "it is no download of Nexis Uni, Factiva or ProQuest"
    problems.note(f"{name}: was not read, for {what}; save an article as .txt, named after its outlet.")


def _docx_text(content: bytes) -> str:
    """Return a document's text, a line a paragraph.

    Raises:
        FlawError: it is no XML, or has a declaration of types, which could define endless entities.
    """
    if b"<!DOCTYPE" in content.replace(b"\0", b"").upper():
        raise FlawError("is a Word document with definitions that none needs", "save it again")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - without definitions there is nothing to unpack
    except ElementTree.ParseError as error:
        raise FlawError("is a damaged Word document", "save it again") from error
    return "\n".join(
        "".join((one.text or "") if one.tag == f"{_W}t" else _SPACES.get(one.tag, "") for one in paragraph.iter())
        for paragraph in root.iter(f"{_W}p")
    )


def _without_binary(data: bytes) -> bytes:
    r"""Return RTF without what stands behind ``\bin``: as many bytes as it says, in which any brace may be."""
    kept, at = [], 0
    while found := _BINARY.search(data, at):
        kept.append(data[at : found.start()])
        at = found.end() + int(found[1])
    return b"".join([*kept, data[at:]])
