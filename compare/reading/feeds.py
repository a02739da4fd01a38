"""Read feeds (RSS, Atom), in which an entry may be an article or only its excerpt; sitemaps are told apart."""

from __future__ import annotations

import io
import re
from collections import Counter
from time import strftime
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, MissingExtraError, count
from compare.reading.mending import untagged

if TYPE_CHECKING:
    from compare.reading.problems import Problems
    from compare.reading.records import Records

_LARGEST = 20 * 2**20  # bytes; a feed of a thousand whole articles takes half
_DEEPEST = 1_000  # elements in elements; a whole page in a feed has some dozens
_START = 65_536  # bytes in which a file names its root
_FEED = re.compile(rb"<(?:[a-z]{1,9}:)?(?:rss|feed|RDF)[\s>]")
_SITEMAP = re.compile(rb"<(?:[a-z0-9]{1,9}:)?(?:urlset|sitemapindex)[\s>]")
_ADDRESS = re.compile(rb"<(?:[a-z0-9]{1,9}:)?loc>")
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w:.-]{0,99}+)[^<>]*+>")
_CHILDLESS = frozenset({b"br", b"hr", b"img"})  # which broken feeds leave open
_TITLE = re.compile(rb"<[a-z0-9]{1,9}:title>")


def is_sitemap(data: bytes) -> bool:
    """Whether a file lists addresses of pages, or other such lists, as sitemaps do."""
    return _SITEMAP.search(data[:_START]) is not None


def feed_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read a feed: an entry with its content is an article, one with only a summary a cut article.

    Returns:
        Records with the feed's title as the outlet, or that of the entry's own source where it names one.

    Raises:
        MissingExtraError: feedparser is not installed.
        InputError: the file defines entities, with which small files unpack to endless ones, or is too large or deep.
    """
    if len(data) > _LARGEST:
        raise InputError(f"{name}: is a feed of more than {_LARGEST // 2**20} MB; split it.")
    plain = data.replace(b"\0", b"")
    if b"<!ENTITY" in plain.upper():
        raise InputError(f"{name}: defines entities of its own, which no feed needs; save it without them.")
    start = plain[:_START]
    if is_sitemap(start):
        places, titles = len(_ADDRESS.findall(plain)), len(_TITLE.findall(plain))
        said = f", {titles:,} with titles" if titles else ""
        found = f"addresses: {places:,}{said}"
        problems.note(
            f"{name}: is a sitemap ({found}) and holds no texts; fetch its pages with: storydiff fetch {name} -o FILE"
        )
        return
    if not _FEED.search(start):
        problems.note(f"{name}: was not read, for it is neither a feed nor a sitemap; save its texts as .txt.")
        return
    if _is_too_deep(plain):
        raise InputError(f"{name}: is nested more than {_DEEPEST:,} deep, which no feed needs; save it again.")
    try:
        import feedparser
    except ImportError as error:
        raise MissingExtraError("Reading feeds", "web") from error
    try:
        feed: Any = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    except (ValueError, LookupError, AttributeError) as error:  # UnicodeError is a ValueError
        raise InputError(f"{name}: is a damaged feed; save it again.") from error
    if feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        problems.note(f"{name}: is broken XML, and was read as far as it goes ({count(len(feed.entries), 'entry')}).")
    bare = 0
    for number, entry in enumerate(feed.entries, start=1):
        record = _record(entry, feed.feed)
        if not record["text"].strip():
            bare += 1
            continue
        yield f"{name}, entry {number}", record
    if bare:
        entries = count(len(feed.entries), "entry")
        problems.note(f"{name}: {bare:,} of {entries} hold no text and were not read; fetch them.")


def _is_too_deep(data: bytes) -> bool:
    """Whether elements stand in elements without end, over which a parser takes long."""
    first, *others = data.split(b"<![CDATA[")
    opened: list[bytes] = []
    held: Counter[bytes] = Counter()
    for part in [first, *(other.partition(b"]]>")[2] or other for other in others)]:
        for tag in _TAG.finditer(part):
            name = tag[2].lower()
            if not tag[1]:
                if name not in _CHILDLESS and not tag[0].endswith(b"/>"):
                    opened.append(name)
                    held[name] += 1
            elif held[name]:  # closes all within it, as it does for a parser
                while (last := opened.pop()) != name:
                    held[last] -= 1
                held[name] -= 1
            if len(opened) > _DEEPEST:
                return True
    return False


def _record(entry: Any, feed: Any) -> dict[str, Any]:
    whole = max((one.get("value") or "" for one in entry.get("content", [])), key=len, default="")
    record = {
        "outlet": (entry.get("source") or {}).get("title") or feed.get("title") or "",
        "title": untagged(entry.get("title") or ""),
        "url": entry.get("link"),
        "language": feed.get("language"),
        "text": untagged(whole or entry.get("summary") or ""),
    }
    if moment := entry.get("published_parsed"):
        record["published"] = strftime("%Y-%m-%dT%H:%M:%S", moment) + "Z"
    return record if whole else {**record, "complete": "cut"}
