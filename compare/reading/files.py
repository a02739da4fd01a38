"""Read files into records, by format; plain text and JSON are read here."""

from __future__ import annotations

import json
import os
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, counted, kind, listed, shortened
from compare.foreign import file_bytes
from compare.reading.archives import members
from compare.reading.decoding import decoded
from compare.reading.documents import docx_records, rtf_records
from compare.reading.downloads import download_records
from compare.reading.feeds import feed_records
from compare.reading.fields import NEEDED
from compare.reading.pages import HEAD, page_records
from compare.reading.tabular import csv_records, is_table, parquet_records, tsv_records, xlsx_records
from compare.reading.warc import wacz_records, warc_records
from compare.reading.web.addresses import only_addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from compare.reading.fields import Fields
    from compare.reading.problems import Problems
    from compare.reading.records import Records

    Reader = Callable[[bytes, str, Problems], Records]

# In a .txt file: a title line, a blank line, then the text.
_TITLE = re.compile(r"(?P<title>[^\n]+)\n[ \t]*\n(?P<text>.*\S.*)", re.DOTALL)
# "Readmore Weekly.txt" is an article; "readme_de.txt" and "LICENSE-MIT.txt" are not, and are named as not read.
_NO_ARTICLE = re.compile(r"(readme|licen[cs]e)(?![a-z])", re.IGNORECASE)
# Nobody misses what a system adds, nor the README or the LICENSE of the whole.
HIDDEN = re.compile(r"\.|(__MACOSX|(readme|licen[cs]e)(\.[a-z]{1,5})?)$", re.IGNORECASE)
_JSON_LINE = re.compile(r'\{\s*"[^"\n]{1,80}"\s*:')
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,100}<(?:!doctype\s+html|html)\b", re.IGNORECASE)
# What to do with files in other formats.
_SAVED = {
    **dict.fromkeys((".xls", ".xlsm", ".ods", ".numbers"), "save it as .xlsx or .csv"),
    **dict.fromkeys((".doc", ".odt", ".pages", ".md"), "save it as .txt"),
    ".pdf": "copy its text into a .txt file",
    **dict.fromkeys((".rar", ".7z", ".tar", ".tgz"), "unpack it and give the folder"),
}
_LONGEST_TITLE = 300  # characters; a longer first line may be a lead that happens to precede a blank line
_LINE_WAY_OUT = "write one record a line, or name a file that is one JSON document .json"
# strict=False: a raw tab or line end inside a string is a harmless slip.
_JSON = json.JSONDecoder(strict=False)


def file_records(path: Path, problems: Problems) -> Records:
    """Read the records of one file by its extension; the stem of a text or a page is the outlet.

    Raises:
        InputError: the file cannot be read, is empty or does not match its extension.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        what = f"files of the kind {suffix} are not read" if suffix else "has no extension that says what it is"
        raise InputError(f"{path}: {what}; {_SAVED.get(suffix, f'give {FORMAT_NAMES}')}.")
    if path.is_dir():
        raise InputError(f"{path}: is a folder, not a file; rename it without {suffix}, or give the files in it.")
    try:
        data = file_bytes(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions.") from error
    yield from _records_of(data, str(path), path, problems)


def _records_of(data: bytes, name: str, path: PurePath, problems: Problems) -> Records:
    """Read the records in a file's bytes; the path gives the format and, for a text or a page, the outlet."""
    suffix = path.suffix.lower()
    if data.strip(b"\xef\xbb\xbf \t\r\n"):
        outlet = {"outlet": path.stem} if suffix in ONE_ARTICLE else {}
        for where, fields in FORMATS[suffix](data, name, problems):
            yield where, {**outlet, **fields}
    elif suffix in ONE_ARTICLE:
        problems.refuse(name, "is empty", "put the article's text into it, or leave it out")
    else:
        raise InputError(f"{name}: is empty; put at least one article into it, or leave it out.")


def zip_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read the files of an archive; if they are in several folders, each folder is a story."""
    unpacked = {path: content for path, content in members(data, name) if not any(map(HIDDEN.match, path.parts))}
    readable = {path for path in unpacked if may_be_read(path) and path.suffix.lower() != ".zip"}
    folders = {path.parent for path in readable}
    files = [path for path in unpacked if path in readable and folders.isdisjoint(path.parent.parents)]
    if len(files) < len(unpacked):
        read = set(files)
        others = [str(path) for path in unpacked if path not in read]
        problems.note(f"{not_read(name, others)}, and stand in no folder beside others; nor is an archive in it read.")
    if not files:
        raise nothing_in(name, list(map(str, unpacked)))
    for path, story in zip(files, stories_of(files), strict=True):
        records = _records_of(unpacked[path](), f"{name}/{path}", path, problems)
        yield from records if story is None else told_in(story, records)


def may_be_read(path: PurePath) -> bool:
    """Whether a file in a folder or an archive may hold articles, by its name."""
    return path.suffix.lower() in FORMATS and not _NO_ARTICLE.match(path.name)


def not_read(place: str, names: list[str]) -> str:
    """Say which files of a folder or an archive were not read, and which are."""
    paths = map(PurePath, names)
    told = any(path.suffix.lower() in FORMATS and _NO_ARTICLE.match(path.name) for path in paths)
    but = ", not called README or LICENSE" if told else ""
    return f"{place}: {counted(len(names), 'file')} not read ({listed(names)}); articles are {FORMAT_NAMES} files{but}"


def nothing_in(place: str, names: Sequence[str], own: str = "") -> InputError:
    """Return the error for a folder or archive without articles: what it holds instead, and what to do about it."""
    others = [name for name in names if PurePath(name).suffix.lower() in _SAVED]
    if not others:
        return InputError(f"{place}: holds no articles{own}; put {FORMAT_NAMES} files into it.")
    way = "save tables as .csv or .xlsx and texts as .txt, and unpack archives"
    return InputError(f"{place}: holds no articles{own}, only files that are not read ({listed(others)}); {way}.")


def stories_of(files: Sequence[PurePath]) -> list[str | None]:
    """Name the stories of files in several folders by their folders, without the common part; None if in one folder."""
    parents = [file.parent for file in files]
    if len(set(parents)) == 1:
        return [None] * len(files)
    common = os.path.commonpath(parents)
    return [parent.relative_to(common).as_posix() for parent in parents]


def told_in(story: str, records: Records) -> Records:
    """Yield records with their folder as the story, unless they name one."""
    for where, fields in records:
        yield where, {"story_id": story, **fields}


def jsonl_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read JSON Lines, one record per line; blank lines are skipped."""
    # Not `splitlines`: a string may contain U+2028 and the like.
    for number, line in enumerate(decoded(data, name, problems).split("\n"), start=1):
        content = line.strip().removeprefix("\ufeff")
        if not content:
            continue
        where = f"{name}, line {number}"
        try:
            record = _JSON.decode(content)
        except (ValueError, RecursionError) as error:
            problems.refuse(where, f"is not valid JSON ({_fault(error)})", _LINE_WAY_OUT)
            continue
        if isinstance(record, dict):
            yield from problems.renamed(where, record)
        else:
            problems.refuse(where, f"is {kind(record)}, not a record", _LINE_WAY_OUT)


def json_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read a JSON document: a list of records, an object with such a list, or one record.

    The list is called "articles", or is the object's only list of objects.
    """
    way_out = (
        'write a list of records or an object with an "articles" list, and name it .jsonl if it has a record a line'
    )
    try:
        content = _JSON.decode(decoded(data, name, problems).strip())
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: is not valid JSON ({_fault(error)}); {way_out}.") from error
    if isinstance(content, dict):
        content = _records_in(content, problems)
    if not isinstance(content, list) or not content:
        raise InputError(f"{name}: holds no articles; {way_out}.")
    for number, record in enumerate(content, start=1):
        where = f"{name}, record {number}"
        if isinstance(record, dict):
            yield from problems.renamed(where, record)
        else:
            problems.refuse(
                where, f"is {kind(record)}, not a record", "give every article as an object with its fields"
            )


def _records_in(content: dict[str, Any], problems: Problems) -> Any:
    if "articles" in content:
        return content["articles"]
    lists = [value for value in content.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if len(lists) == 1 and not problems.fields.has(content, "text"):
        return lists[0]
    return [content] if any(problems.fields.has(content, name) for name in NEEDED) else None


def text_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read a plain text; a first line followed by a blank line is the title.

    A first line that ends with a full stop is not a title but the first paragraph. Blank lines before
    and after the text are not part of it. A web page, a table or JSON Lines with this extension are read as such.
    """
    other = _named_text(data, problems.fields)
    if other:
        what, suffix, records = other
        problems.note(f"{name}: is {what} and was read as one, not as a text; name it {suffix}.")
        yield from records(data, name, problems)
        return
    content = decoded(data, name, problems).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    download = download_records(content, name, problems)
    if download is not None:
        yield from download
        return
    if only_addresses(content):
        way_out = f"fetch their pages first: storydiff fetch {name} -o articles.jsonl"
        problems.refuse(name, "holds addresses and no text", way_out)
        return
    parts = _TITLE.match(content)
    if parts is None or parts["title"].rstrip("\"'”’») ").endswith("."):
        yield name, {"text": content}
        return
    title = parts["title"].strip()
    if len(title) > _LONGEST_TITLE:
        problems.note(
            f"{name}: its first line, {shortened(title)}, was taken as the title with its {len(title)} characters; "
            "if it belongs to the text, put a title and a blank line above it."
        )
    yield name, {"title": title, "text": parts["text"].strip("\n")}


def _named_text(data: bytes, fields: Fields) -> tuple[str, str, Reader] | None:
    """If a file is only named like a text, return what it is, its proper extension and its reader."""
    if _PAGE.match(data):
        return "a web page", ".html", page_records
    start = data[:HEAD].decode("utf-8", errors="ignore").lstrip("\ufeff \t\r\n")
    if _JSON_LINE.match(start):
        return "JSON Lines", ".jsonl", jsonl_records
    return ("a table", ".csv", csv_records) if is_table(start, fields) else None


def _fault(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if "\n" in error.doc else ""
        return f"{error.msg}, {line}column {error.colno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


FORMATS: dict[str, Reader] = {
    ".jsonl": jsonl_records,
    ".ndjson": jsonl_records,
    ".json": json_records,
    ".csv": csv_records,
    ".tsv": tsv_records,
    ".xlsx": xlsx_records,
    ".parquet": parquet_records,
    ".txt": text_records,
    ".html": page_records,
    ".htm": page_records,
    ".mht": page_records,
    ".mhtml": page_records,
    **dict.fromkeys((".warc", ".gz"), warc_records),
    ".wacz": wacz_records,
    **dict.fromkeys((".rss", ".atom", ".xml"), feed_records),
    ".docx": docx_records,
    ".rtf": rtf_records,
    ".zip": zip_records,
}
FORMAT_NAMES = (", ".join(list(FORMATS)[:-1]) + " or " + list(FORMATS)[-1]).replace(".gz", ".warc.gz")
ONE_ARTICLE = frozenset({".txt", ".html", ".htm", ".mht", ".mhtml"})
