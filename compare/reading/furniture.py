"""What stands around and inside an article on a page and is not of it: boxes, captions, comments, cookie banners."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from compare.reading.records import without_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Elements that never hold sentences of an article.
_NEVER = frozenset(
    "nav footer button select dialog menu template noscript iframe video audio object embed canvas svg figcaption "
    "script style map label input textarea option amp-ad amp-sidebar amp-consent amp-user-notification amp-carousel "
    "amp-video amp-social-share amp-iframe rt rp".split()
)
_BLOCKS = frozenset("div section article p span ul li".split())
_SELDOM = frozenset("aside form".split())  # unless they hold most of the page
# Words in the class or id of a box. "has-comments" and "no-sidebar" tell of what else a page has.
_BOXES = frozenset(
    """
    related recirc recirculation recommended recommendations newsletter newsletters promo promos promoted share sharing
    sharebar social sociable cookie cookies consent gdpr cmp comment comments respond disqus caption captions credit
    credits copyright pullquote pullquotes gallery slideshow carousel lightbox player advert advertisement
    advertisements ads ad arcad advertising sponsor sponsored sponsors subscribe subscription subscriptions breadcrumb
    breadcrumbs tags taglist keywords byline bylines bio authorbox toc popular trending mostread mostpopular outbrain
    taboola signup toolbar menu navigation navbar footer sidebar widget readmore modal popup masthead donate donation
    paywall regwall crosslinks followus timestamp relatedposts sharedaddy jp-relatedposts inlinepromo livestream onward
    """.split()
)
_PAIRS = frozenset(
    {
        *(("read", word) for word in ("more", "next", "also")),
        *(("pull", "quote"), ("also", "read"), ("see", "also"), ("more", "on"), ("more", "from"), ("most", "read")),
        *(("may", "like"), ("sign", "up"), ("latest", "posts"), ("latest", "news"), ("author", "box")),
        *(
            ("author", "info"),
            ("about", "author"),
            ("print", "only"),
            ("image", "description"),
            ("image", "text"),
            ("photo", "text"),
        ),
        *(("screen", "reader"), ("sr", "only"), ("visually", "hidden"), ("video", "title"), ("video", "description")),
        *(("video", "teaser"), ("video", "playlist"), ("article", "teaser"), ("teaser", "list"), ("next", "article")),
    }
)
# Boxes of these names may be longer than the article.
_LONG = frozenset("cookie cookies consent gdpr cmp disqus respond".split())
_COMMENTS = frozenset(
    "comments comment-list commentlist comments-area comment-section comments-section comments-wrapper".split()
)
# Names that tell of something else on the page, or are given to the text itself.
_ABOUT = (
    "elementor-widget",
    "elementor-element",
    "has-",
    "with-",
    "no-",
    "is-",
    "without-",
    "tag-",
    "category-",
    "format-",
    "hide-",
    "show-",
    "wp-image-",
)
_HIDDEN = re.compile(r"(?:display:\s?none|visibility:\s?hidden)")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST = 0.4  # share of a page's words above which a box is not a box but holds the article
_ROWS = _COLUMNS = 2  # fewest of a table of data
_MOST_ROWS = 500  # a longer table is a file of data
_LONGEST_CELL = 60  # words of a cell of data
_TEXT = 40  # words from which a cell holds the text of a page
_COLUMN = 0.34  # share of its words that other cells have at most
# Paragraphs that lead away: a label and a link, or a link alone.
_LEADS_AWAY = re.compile(
    r"(?:read (?:also|more|next|on)|see also|also read|related|more on this|more:|watch:|listen:|don't miss|sign up"
    r"|subscribe|follow us|share this|advertisement|lire aussi|à lire|lesen sie auch|mehr zum thema|lees ook|läs också"
    r"|lea también|leer más|te puede interesar|leggi anche|leia (?:também|mais)|czytaj (?:też|także)|читайте также)",
    re.IGNORECASE,
)
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))
_ENDS = (".", "!", "?", "…", "”", '"', "»", "。", "؟", "۔", "।", ")")
_LABELS = frozenset("advertisement anzeige publicité publicidad advertentie reklama werbung pubblicità реклама".split())


def without_furniture(tree: Any) -> None:
    """Take out of a page, in place, what is not of its article."""
    total = _counted(tree)
    most = _MOST * max(1, total[tree])
    home = _home(tree)
    for element in list(tree.iter()):
        if element in total and _is_furniture(element, little=total[element] <= most or element not in home):
            _drop(element)
            continue
        if element.tag == "figure":
            element.tag = "div"  # of a quotation, which is of the article
        if element.tag in _BLOCKS:  # without the names that trafilatura would take for those of a box
            for attribute in ("class", "id"):
                kept = [name for name in (element.get(attribute) or "").split() if not _names_box(name)]
                element.set(attribute, settable(" ".join(kept)))
    for paragraph in list(tree.iter("p", "li", "div", "h2", "h3", "h4")):
        if _leads_away(paragraph):
            _drop(paragraph)


def marks_of(element: Any) -> list[str]:
    """Return the words in an element's class and id, in small letters; not those that tell of other elements."""
    return [word for name in _names(element) for word in _split(name)]


def settable(text: str) -> str:
    """Return a text as an element may hold it: entities of a page can name characters that none may be given."""
    return without_controls(text).translate(_NO_CHARACTERS)


def is_hidden(element: Any) -> bool:
    """Whether a page hides an element from its readers."""
    style = (element.get("style") or "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or bool(_HIDDEN.search(style))


def words_in(element: Any) -> int:
    """Return how many words an element holds."""
    return len(" ".join(element.itertext()).split())


def _home(tree: Any) -> set[Any]:
    """Return what is in or around the article that holds the headline; all of a page that marks none."""
    heads = list(tree.iter("h1"))
    home = next((one for head in heads for one in head.iterancestors("article", "main")), None)
    if home is None or len(heads) > 1 or next(home.iter("p"), None) is None:
        return set(tree.iter())
    return {*home.iter(), *home.iterancestors()}


def _is_furniture(element: Any, *, little: bool) -> bool:
    """Whether an element is not of the article; little is said in it, or it stands apart from the article."""
    tag = element.tag
    if not isinstance(tag, str) or tag in {"html", "body", "main", "head", "title", "h1"}:
        return False
    if tag in _NEVER:
        return True
    few = little and next(element.iter("h1", "main"), None) is None
    if tag in _SELDOM or is_hidden(element):
        return few
    if tag == "figure":
        return few and (next(element.iter("blockquote"), None) is None or _is_box(element))
    if not _is_box(element):
        return False
    return few or _is_long_box(element)


def _is_long_box(element: Any) -> bool:
    if next(element.iter("h1", "main"), None) is not None:
        return False
    return bool(_LONG.intersection(marks_of(element)) or _COMMENTS.intersection(_names(element)))


def _is_box(element: Any) -> bool:
    if any(_names_box(name) for name in _names(element)):
        return True
    return (element.get("role") or "") in {"navigation", "complementary", "banner", "contentinfo", "search", "dialog"}


def _names_box(name: str) -> bool:
    words = _split(name)
    return name in _BOXES or not _BOXES.isdisjoint(words) or not _PAIRS.isdisjoint(pairwise(words))


def _names(element: Any) -> Iterator[str]:
    given = (element.get("class"), element.get("id"), *map(element.get, ("data-component", "data-testid", "data-area")))
    for name in " ".join(filter(None, given)).split():
        if not name.startswith(_ABOUT):
            yield name


def _split(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _leads_away(paragraph: Any) -> bool:
    if paragraph.tag == "div" and len(paragraph) > 1:
        return False
    text = " ".join(paragraph.text_content().split())
    if not text:
        return False
    if text.lower().strip(" –-—:") in _LABELS:
        return True
    linked = sum(len(" ".join(link.text_content().split())) for link in paragraph.iter("a"))
    if linked < len(text) / 2:
        return False
    return bool(_LEADS_AWAY.match(text)) or (linked >= len(text) - 2 and not text.endswith(_ENDS))


def _counted(tree: Any) -> dict[Any, int]:
    """Return the number of words in every element."""
    total: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):  # what is inside comes before what is around
        if element.tag in {"script", "style"} or not isinstance(element.tag, str):
            total[element] = 0
            continue
        own = len((element.text or "").split())
        total[element] = own + sum(total[child] + len((child.tail or "").split()) for child in element)
    return total


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # keeps what follows it


def tables_as_text(tree: Any) -> None:
    """Turn the tables of data on a page, in place, into a paragraph a row: "North quay: berths 14, depth 9 m."."""
    for table in list(tree.iter("table")):
        _without_columns(table)
        rows = [[_cell(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        if _holds_data(table, rows):
            _replace(table, list(_told(table, [row for row in rows if any(row)])))


def _without_columns(table: Any) -> None:
    """Take the columns of links out of a table in which an old page lays out its parts, beside that of the text."""
    cells = [cell for row in table for cell in row.iter("td") if next(cell.iterancestors("table"), None) is table]
    sizes = [words_in(cell) for cell in cells]
    most = max(sizes, default=0)
    if most < _TEXT:
        return
    for cell, size in zip(cells, sizes, strict=True):
        if size < _COLUMN * most and next(cell.iter("h1", "p"), None) is None:
            _drop(cell)


def _holds_data(table: Any, rows: list[list[str]]) -> bool:
    """Whether a table is not one in which old pages lay out their parts."""
    cells = [cell for row in rows for cell in row]
    if next(table.iterdescendants("table", "h1", "article"), None) is not None or not _ROWS <= len(rows) <= _MOST_ROWS:
        return False
    if (table.get("role") or "") in {"presentation", "none"} or max(map(len, rows)) < _COLUMNS:
        return False
    return max(len(cell.split()) for cell in cells) <= _LONGEST_CELL


def _told(table: Any, rows: list[list[str]]) -> Iterator[str]:
    first = next(iter(table.iter("tr")))
    heads = rows[0] if all(cell.tag == "th" for cell in first.iter("td", "th")) else []
    for row in rows[bool(heads) :]:
        named = [*heads, *[""] * (len(row) - len(heads))]
        cells = [f"{head} {cell}".strip() for head, cell in zip(named, row, strict=False) if cell]
        label, rest = row[0] or (cells[0] if cells else ""), cells[1:] if row[0] else cells
        line = f"{label}: {', '.join(rest)}" if rest else label
        yield line if line.endswith(_ENDS) else f"{line}."


def _replace(table: Any, lines: Iterable[str]) -> None:
    place = table
    around = next(table.iterancestors("figure"), None)
    if around is not None:  # a table is of the article, also in the frame of a picture
        place = around
    for line in lines:
        paragraph = table.makeelement("p")
        paragraph.text = settable(line)
        place.addprevious(paragraph)
    _drop(place)


def _cell(cell: Any) -> str:
    return " ".join(cell.text_content().split())
