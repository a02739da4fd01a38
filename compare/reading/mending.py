"""Repair text damaged on its way: HTML from feeds, UTF-8 read as Windows-1252, quoted-printable mail."""

from __future__ import annotations

import contextlib
import html
import quopri
import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from compare.reading.paging import without_pages

if TYPE_CHECKING:
    from collections.abc import Mapping

_MENDED = ("outlet", "title", "text")
_ROUNDS = 8  # most levels of HTML inside HTML: text that is read again must not change

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,10})(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#x[0-9a-f]{2,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_PARAGRAPHS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol dl blockquote section article figure figcaption table header main pre hr body html "
    "nav footer aside form".split()
)
_LINES = frozenset("br li tr dt dd".split())
_INLINE = frozenset("a abbr b cite code em font i mark q s small span strong sub sup time u".split())
_NO_TEXT = frozenset("script style template head".split())
_FRAME = frozenset("nav footer aside form".split())  # elements around the article on a page
# White space in source text: blank lines separate paragraphs there too.
_SPACE = re.compile(r"(?<![ \t\r])[ \t\r]*+\n[ \t\r]*+(?!\s)|[ \t\r]++")

# How Windows-1252 and Latin-1 show the bytes after the first of a letter in UTF-8.
_CONTROLS = "".join(map(chr, range(0x80, 0xA0)))
_REST = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + _CONTROLS
_SURE = "".join(character for character in _REST if character not in "’“”–—…•»«\xa0")
# "â€™" for an apostrophe and the like, "Ã©" for é, "Å¡" for š, emoji, and the byte order mark: only sequences that no
# correct text has. An é before two quotation marks could also be a misread Chinese character.
_MISREAD = re.compile(
    f"â[€\x80][{_REST}]|â[‚\x82]¬|â[„\x84]¢|[ÂÃ][{_SURE}\xa0«»]|(?<![A-ZÀ-Þ])Ã[’“”–—…•]|[ÄÅ][{_SURE}]"
    f"|[ÄÅ][{_REST}](?=[a-zß-ÿ])|(?<=[a-zß-ÿ¬])[ÄÅ][{_REST}]|ð[Ÿ\x9f][{_REST}]{{2}}|ï»¿"
)
_MAIL_LINE = re.compile(r"=[ \t]*\r?\n")
_MAIL_LETTER = re.compile(r"=[C-F][0-9A-F]=[89AB][0-9A-F]")


def mended(fields: Mapping[str, Any]) -> tuple[dict[str, Any], bool, bool, bool]:
    """Return a record with its outlet, title and text repaired; tags in an outlet's name stay.

    Returns:
        The record, and whether letters were repaired, tags removed, and page lines of a PDF dropped.
    """
    right, letters, tags = dict(fields), False, False
    for name in _MENDED:
        given = fields.get(name)
        if isinstance(given, str):
            read = reread(given)
            read = read if read.strip() else given
            # Tags in a name stay, so that two outlets never become one.
            right[name] = read if name == "outlet" else untagged(read)
            letters |= read != given
            tags |= right[name] != read
    text = right.get("text")
    if pages := isinstance(text, str) and (kept := without_pages(text)) != text:
        right["text"] = kept
    return right, letters, tags, pages


def reread(text: str) -> str:
    """Repair letters of UTF-8 text that was read as Windows-1252 or Latin-1 ("donâ€™t").

    Quoted-printable mail ("don=E2=80=99t", with long lines that end in "=") is decoded.
    """
    if text.isascii() and "=" not in text:
        return text
    if _MAIL_LINE.search(text) and _MAIL_LETTER.search(text):
        with contextlib.suppress(UnicodeError):
            text = quopri.decodestring(text.encode("utf-8")).decode("utf-8")
    for _ in range(_ROUNDS):
        before, text = text, _MISREAD.sub(_letter, text)
        if text == before:
            break
    return text


def untagged(text: str) -> str:
    """Return the text of HTML, with blank lines between paragraphs; in other text only the entities are decoded."""
    for _ in range(_ROUNDS):
        if "<" not in text and "&" not in text:
            break
        before = text
        names = _tags(text)
        text = _text_of(text, names) if names else _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
        if text == before:
            break
    return text


def _letter(found: re.Match[str]) -> str:
    read = b"".join(bytes([ord(c)]) if ord(c) < 0x100 else c.encode("cp1252") for c in found[0])
    try:
        return read.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return found[0]


def _tags(text: str) -> set[str]:
    """Return the names of a text's tags if it is HTML: if it has closed elements, a <br> or several <p>."""
    counts = Counter((sign, name.lower()) for sign, name in _TAG.findall(text))
    names = {name for _, name in counts if name in _PARAGRAPHS | _LINES | _INLINE}
    whole = any(counts["", name] and counts["/", name] for name in names)
    return names if whole or counts["", "br"] or counts["", "p"] > 1 else set()


def _text_of(text: str, names: set[str]) -> str:
    # If paragraphs and lines have tags, line ends in the source are spaces.
    folded = not names.isdisjoint({"p", "br", "div"})
    for without in (_NO_TEXT | _FRAME, _NO_TEXT):
        reader = _Reader(without, folded=folded)
        reader.feed(text)
        reader.close()
        found = re.sub(r"(?<![ \t])[ \t]*+\n[ \t]*+", "\n", "".join(reader.parts))
        found = re.sub(r"\n{3,}", "\n\n", found).strip()
        if (found or not reader.left) and not reader.inside:
            return found  # nothing, if there are only empty paragraphs or pictures
    return text  # only a script, or an element that is never closed


class _Reader(HTMLParser):
    def __init__(self, without: frozenset[str], *, folded: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.inside: list[str] = []  # open elements whose text is left out
        self.left = False  # whether there were any
        self._without, self._folded = without, folded

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in self._without:
            self.inside.append(tag)
            self.left = True
        elif not self.inside:
            cell = " " if tag in {"td", "th"} else ""
            self.parts.append("\n\n" if tag in _PARAGRAPHS else "\n" if tag in _LINES else cell)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and tag == self.inside[-1]:
            self.inside.pop()
        elif not self.inside and tag in _PARAGRAPHS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.parts.append(_SPACE.sub(" ", data) if self._folded else data)
