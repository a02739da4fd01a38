"""Read web pages: the text of the article, without what stands around it, and what the page says of itself."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, InputError, MissingExtraError
from compare.reading.decoding import decoded
from compare.reading.exports import factiva_records, is_factiva
from compare.reading.furniture import marks_of, settable, tables_as_text, without_furniture
from compare.reading.gates import Gates
from compare.reading.liveblogs import live_blog, mark_posts, says_live
from compare.reading.mastheads import Masthead
from compare.reading.mending import untagged
from compare.reading.mhtml import is_mhtml, saved_page
from compare.reading.strangers import refuse_other_files, refuse_other_pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.reading.problems import Problems
    from compare.reading.records import Records

HEAD = 4096  # bytes in which a page names its encoding; the HTML standard requires the first 1024

_OWN_PAGE = re.compile(rb'<meta name="generator" content="storydiff\b')
_CHARSET = rb"""charset\s*+=\s*+["']?\s*+([\w.:-]++)"""
_IN_HEADER = re.compile(_CHARSET, re.IGNORECASE)
_IN_PAGE = re.compile(rb"<meta[^>]{0,200}?" + _CHARSET, re.IGNORECASE)
_DECLARATION = re.compile(r"\s{0,100}<\?xml[^>]{0,200}>")
_STANDFIRSTS = frozenset(
    "standfirst dek deck subtitle subhead subheadline subheading subline lede lead intro introduction summary excerpt "
    "abstract leadtext chapo vorspann sommario catenaccio bajada entradilla ingress preamble strapline teaser".split()
)
_STANDFIRST = (4, 100)  # words of a standfirst, at least and at most
# Joiners spell words in some scripts, and trafilatura drops them; signs that no text has stand in for them meanwhile.
_JOINERS = {0x200C: "⸑", 0x200D: "⸐"}
_JOINED = {ord(sign): chr(joiner) for joiner, sign in _JOINERS.items()}
_ELEMENTS = 60_000  # most of a page; one with many readers' comments has some thousand
_LONGER = 2  # times as many words that the structured data must hold to be taken for the article


def is_own_page(data: bytes) -> bool:
    """Whether a page is a report, a figure or a form that storydiff wrote."""
    return bool(_OWN_PAGE.search(data[:HEAD]))


def page_records(
    data: bytes, name: str, problems: Problems, *, content_type: str = "", address: str | None = None
) -> Records:
    """Read a page, or an MHTML file: its paragraphs separated by blank lines, and what it says of itself.

    Args:
        data: the page.
        name: the page in messages; its stem is the outlet of a file that somebody named.
        problems: receives what was refused or worked around.
        content_type: what a server said of it, perhaps with its encoding.
        address: where the page was found; its outlet is then its site's name, else its registered domain.

    Returns:
        One record, or one for each post of a live blog, oldest first, behind one for what stands above them: title,
        text, published, url and language, outlet unless the file's name is to be it, and complete, which is "cut", if
        the page says that it shows only a part.

    Raises:
        MissingExtraError: trafilatura or tldextract is not installed.
    """
    try:
        import trafilatura  # noqa: F401  # before anything else is said of the page
    except ImportError as error:
        raise MissingExtraError("Reading .html", "web") from error
    place, charset = address, _charset(_IN_HEADER, content_type.encode("utf-8", "replace"))
    try:
        if is_mhtml(data):
            data, charset, saved_from = saved_page(data)
            place = address or saved_from
        if is_own_page(data):
            problems.own.append(name)
            return
        refuse_other_files(data)
        html = _letters(data, name, problems, charset)
        if is_factiva(html):
            yield from factiva_records(html, name)
            return
        masthead, records = _articles(html, name, problems, place)
    except FlawError as flaw:
        problems.refuse(name, *flaw.args)
        return
    named = address or masthead.names(PurePath(name).stem)
    outlet = {"outlet": masthead.outlet} if named and masthead.outlet else {}
    for number, record in enumerate(records, start=1):
        yield name if len(records) == 1 else f"{name}, part {number}", {**record, **outlet}


def _letters(data: bytes, name: str, problems: Problems, charset: str | None) -> str:
    """Return a page's text in the encoding that its server or the page itself declares."""
    try:
        return decoded(data, name, problems, declared=charset or _charset(_IN_PAGE, data[:HEAD]))
    except InputError as error:
        raise FlawError("is no page, and no text in any encoding that could be recognised", "save it again") from error


def _charset(declared: re.Pattern[bytes], data: bytes) -> str | None:
    found = declared.search(data)
    return found[1].decode("ascii", "replace") if found else None


def _articles(
    html: str, name: str, problems: Problems, address: str | None
) -> tuple[Masthead, list[Mapping[str, Any]]]:
    """Return what a page says of itself, and its article, or each post of a live blog, as a record.

    Raises:
        FlawError: the page has no article.
    """
    tree = _parsed(html)
    masthead = Masthead(tree, address)
    gates = Gates(tree, masthead.article)
    login = any(field.get("type") == "password" for field in tree.iter("input"))
    gates.take_out()
    tables_as_text(tree)
    sure = says_live(tree, masthead.article, masthead.url)
    mark_posts(tree, sure=sure)
    without_furniture(tree)
    live = live_blog(tree, masthead.article, sure=sure)
    paragraphs = live.lines if live else _paragraphs(tree, masthead)
    if live and len(live.posts) == 1:  # as any other article, if the page shows it
        shown = _paragraphs(tree, masthead)
        live, paragraphs = (None, shown) if shown else (live, paragraphs)
    body = masthead.article.get("articleBody")
    stated = untagged(body) if isinstance(body, str) else ""
    whole = not live and len(stated.split()) > _LONGER * sum(len(one.split()) for one in paragraphs)
    text = "\n\n".join(line.strip() for line in stated.split("\n") if line.strip()) if whole else ""
    text = text or "\n\n".join(paragraphs)
    refuse_other_pages(masthead.title, text, html, login=login, gated=gates.asked)
    record: dict[str, Any] = {
        "title": masthead.title,
        "published": masthead.published,
        "url": masthead.url,
        "language": masthead.language,
        "text": text,
    }
    if gates.counts_more(len(text.split())) if whole else gates.cut(text):
        record["complete"] = "cut"
    if live:
        problems.note(f"{name}: {live.told}.")
    return masthead, live.records(record) if live else [record]


def _parsed(html: str) -> Any:
    from lxml.etree import ErrorTypes, ParserError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
    content = _DECLARATION.sub("", html.replace("\0", ""), count=1).encode("utf-8", "replace")
    try:
        tree = document_fromstring(content, parser=parser)
    except (ParserError, ValueError, AssertionError) as error:
        raise FlawError("no article was found on this page", "save its text as .txt") from error
    if any(fault.type == ErrorTypes.ERR_RESOURCE_LIMIT for fault in parser.error_log):
        raise FlawError("is a page nested too deeply to be read", "save its text as .txt")
    elements = sum(1 for _ in tree.iter())
    if elements > _ELEMENTS:
        raise FlawError(
            f"is a page of {elements:,} elements, and no more than {_ELEMENTS:,} are read", "save its text as .txt"
        )
    return tree


def _paragraphs(tree: Any, masthead: Masthead) -> list[str]:
    """Return the paragraphs of the article on a page without its boxes, the standfirst first."""
    from trafilatura import bare_extraction

    page: Any = None
    heads = _heads(tree, masthead.title)
    first = _standfirst(heads)
    for element in tree.iter():
        for part in ("text", "tail"):
            if any(chr(joiner) in (getattr(element, part) or "") for joiner in _JOINERS):
                setattr(element, part, settable(getattr(element, part).translate(_JOINERS)))
    with suppress(Exception):  # trafilatura raises any error to which odd markup leads; such a page has no article
        page = bare_extraction(tree, include_comments=False, include_tables=False)
    lines = (page.text or "").translate(_JOINED).split("\n") if page else []
    found = [text for line in lines if (text := _line(line.removeprefix("- ")))]
    # The headline is often also the first line of the article, but not one of its sentences.
    while found and (found[0] in heads or found[0] == masthead.title):
        del found[0]
    if first and found and _letters_of(first) not in _letters_of(" ".join(found)):
        found.insert(0, first)
    return found


def _heads(tree: Any, title: str | None) -> dict[str, Any]:
    """Return the headings that are the headline, with what may stand before it, and the page's highest, by text."""
    found = {_line(element.text_content()): element for element in tree.iter("h1", "h2")}
    return {text: one for text, one in found.items() if one.tag == "h1" or (title and text.endswith(title))}


def _standfirst(heads: Mapping[str, Any]) -> str | None:
    """Return the lines under the headline that sum up the article; None if the page shows none."""
    for head in heads.values():
        for box in [head, *head.iterancestors("header", "div", "section", "article", "main")][:4]:
            for element in box.iter("p", "div", "h2", "h3", "span", "strong"):
                text = _line(element.text_content())
                named = _STANDFIRSTS.intersection(marks_of(element)) or element.get("itemprop") == "description"
                if named and _STANDFIRST[0] <= len(text.split()) <= _STANDFIRST[1]:
                    return text
    return None


def _line(text: str) -> str:
    return " ".join(text.split())


def _letters_of(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
