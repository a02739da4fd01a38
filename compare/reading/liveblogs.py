"""Live blogs: the posts of one page, each with its headline, time and address, oldest first."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from compare.errors import count
from compare.reading.furniture import marks_of
from compare.reading.mastheads import iso_moment
from compare.reading.mending import untagged
from compare.reading.records import utc_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIVE = frozenset("live liveblog liveticker livepost livefeed directo diretta ticker".split())
_POSTS = ("article", "section", "li", "div")
_SUMMARIES = frozenset("summary summaries key keyevents moments pinned highlights".split())  # boxes that repeat posts
_STRANGERS = frozenset("twitter tweet instagram tiktok bluesky mastodon facebook".split())  # others' words, embedded
_FEWEST = 3  # posts with a time each; with fewer a page that does not call itself one is no live blog
_MOST = 20_000  # times and posts of a page that are looked at
_MORE = re.compile(r"(?:read|show|see) more|continue reading|read (?:the )?full post|weiterlesen|lire la suite", re.I)
_CUT, _TIME = "data-storydiff-cut", "data-storydiff-time"  # what is known of a post before its boxes are taken out


class Post(NamedTuple):
    """A post of a live blog.

    Attributes:
        title: its own headline, or None.
        published: when it was written, as ISO 8601, or None.
        url: its own address, or "" if the page gives none.
        paragraphs: its text.
        cut: whether the page shows only its beginning.
    """

    title: str | None
    published: str | None
    url: str
    paragraphs: tuple[str, ...]
    cut: bool = False


class LiveBlog(NamedTuple):
    """The posts of a live blog.

    Attributes:
        above: the paragraphs above the posts.
        posts: the posts with a text, oldest first.
        empty: how many posts hold only a picture, an embedded post or an advert.
    """

    above: list[str]
    posts: list[Post]
    empty: int

    @property
    def told(self) -> str:
        """What is said of the posts: how many there are, and how many have no text."""
        left = f"; {count(self.empty, 'post')} without a text of its own left out" if self.empty else ""
        return f"is a live blog, read as {count(len(self.posts), 'post')}, oldest first{left}"

    @property
    def lines(self) -> list[str]:
        """The paragraphs of the whole page."""
        return self.above + [text for post in self.posts for text in post.paragraphs]

    def records(self, page: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Return a record for what stands above the posts, if anything does, and one for each post.

        Args:
            page: the page's own record; a post without a headline has that of the page.
        """
        address = urldefrag(page["url"] or "").url
        found: list[Mapping[str, Any]] = [{**page, "text": "\n\n".join(self.above)}] if self.above else []
        for post in self.posts:
            text = "\n\n".join(post.paragraphs)
            mark = post.url or f"#live-{hashlib.blake2b(text.encode()).hexdigest()[:8]}"
            cut = {"complete": "cut"} if post.cut else {}
            own = {"title": post.title or page["title"], "published": post.published, "text": text, **cut}
            found.append({**page, **own, "url": _joined(address, mark) if address else None})
        return found


def mark_posts(tree: Any, *, sure: bool) -> None:
    """Note on a page, in place, when posts were written and which are cut off, for the boxes that say so are taken out.

    Args:
        tree: the page, which is left as it is if nothing on it is called live.
        sure: whether the page calls itself a live blog.
    """
    if not sure and not any(_LIVE.intersection(marks_of(one)) for one in tree.iter("main", *_POSTS)):
        return
    for time in list(tree.iter("time"))[:_MOST]:
        for box in [
            time,
            *takewhile(
                lambda one: len(" ".join(one.itertext()).split()) <= 8, time.iterancestors("a", "p", "div", "span")
            ),
        ][:3]:
            box.attrib.pop("class", None)
    for element in list(tree.iter("a", "button", "span"))[:_MOST]:
        if _MORE.fullmatch(" ".join(element.text_content().split()).rstrip(".… ›»→")):
            post = next(element.iterancestors(*_POSTS), None)
            if post is not None:
                post.set(_CUT, "")
    for post in tree.xpath("//amp-live-list//*[@data-sort-time]")[:_MOST]:
        with suppress(ValueError, OverflowError, OSError):
            seconds = int(post.get("data-sort-time")[:13])
            seconds = seconds // 1000 if seconds > 10**11 else seconds
            post.set(_TIME, datetime.fromtimestamp(seconds, UTC).isoformat())


def says_live(tree: Any, article: Mapping[str, Any], address: str | None) -> bool:
    """Whether a page calls itself a live blog: in its structured data, in its address or by its elements.

    Args:
        tree: the page.
        article: its article in schema.org's terms.
        address: where it stands.
    """
    words = re.split(r"[/-]", (address or "").lower())
    named = "LiveBlogPosting" in str(article.get("@type")) or bool(_LIVE.intersection(words))
    return named or next(tree.iter("amp-live-list"), None) is not None


def live_blog(tree: Any, article: Mapping[str, Any], *, sure: bool) -> LiveBlog | None:
    """Return the posts of a page that is a live blog, else None.

    Args:
        tree: the page without its boxes, after `mark_posts`.
        article: its article in schema.org's terms, with the posts as liveBlogUpdate.
        sure: whether the page calls itself a live blog.
    """
    named = "LiveBlogPosting" in str(article.get("@type"))
    stated = _stated(article) if named else []
    boxes, times = _boxes(tree, fewest=2 if named else _FEWEST, sure=sure)
    shown = _shown(boxes, times)
    found = _with_stated(shown, stated)
    told = list({(post.title, post.paragraphs): post for post in found if post.paragraphs}.values())
    if not told:
        return None
    return LiveBlog(_above(boxes, told), _ordered(told), sum(not post.paragraphs for post in found))


def _stated(article: Mapping[str, Any]) -> list[Post]:
    """Return the posts that the page's structured data holds."""
    updates = article.get("liveBlogUpdate")
    found = []
    for post in (one for one in (updates if isinstance(updates, list) else [updates]) if isinstance(one, dict)):
        body, title = post.get("articleBody"), post.get("headline")
        lines = [" ".join(line.split()) for line in untagged(body).split("\n")] if isinstance(body, str) else []
        urls = [one for one in (post.get("url"), post.get("@id")) if isinstance(one, str) and "#" in one]
        head = " ".join(title.split()) if isinstance(title, str) else ""
        moment = iso_moment(post.get("datePublished"))
        found.append(Post(head or None, moment, urls[0] if urls else "", tuple(filter(None, lines))))
    return found[:_MOST]


def _boxes(tree: Any, *, fewest: int, sure: bool) -> tuple[list[Any], dict[Any, str]]:
    """Return the row of posts that says most, like elements in like places, and the times of those that have one."""
    told: set[Any] = set()  # what holds a paragraph
    for paragraph in tree.iter("p", "figure", "img"):
        told.update(takewhile(lambda box: box not in told, paragraph.iterancestors()))
    best: tuple[int, list[Any], dict[Any, str]] = (0, [], {})
    for tags in (("article",), _POSTS):
        timed = _timed(tree, tags, told)
        rows = defaultdict(list)
        for post in timed:
            rows[_place(post)].append(post)
        for row in rows.values():
            if len(row) >= fewest and (sure or _is_live(row[0])):
                words = sum(len(" ".join(_paragraphs(post)).split()) for post in row)
                best = max(best, (words, row, timed), key=lambda one: one[0])
    _, row, timed = best
    if not row:
        return [], {}
    places = {_place(post) for post in row}
    every = [
        one for one in tree.iter(row[0].tag) if one in timed or one in told or next(one.iter("time"), None) is not None
    ]
    return [one for one in every if _place(one) in places and not _is_summary(one)], timed


def _timed(tree: Any, tags: tuple[str, ...], told: set[Any]) -> dict[Any, str]:
    timed: dict[Any, str] = {}
    for time in list(tree.iter("time"))[:_MOST]:
        post = next((box for box in time.iterancestors(*tags) if box in told), None)
        if post is not None:
            timed.setdefault(post, time.get("datetime") or "")
    for post in tree.xpath(f"//*[@{_TIME}]"):
        timed[post] = post.get(_TIME)
    return timed


def _place(post: Any) -> tuple[Any, ...]:
    around = post.getparent()
    depth = sum(1 for _ in post.iterancestors())
    return (post.tag, depth) if around is None else (post.tag, depth, around.tag, around.get("class"))


def _shown(boxes: list[Any], times: Mapping[Any, str]) -> list[Post]:
    """Return the posts that the page shows, without what one quotes of another."""
    own = [_paragraphs(box) for box in boxes]
    said = {text for texts in own for text in texts}
    found = []
    for box, texts in zip(boxes, own, strict=True):
        quoted = [text for text in _paragraphs(box, quoted=True) if text not in texts and text not in said]
        lines = [text for text in _paragraphs(box, quoted=None) if text in texts or text in quoted]
        heads = (" ".join(one.text_content().split()) for one in box.iter("h2", "h3", "h4"))
        links = (link.get("href") or "" for link in box.iter("a") if next(link.iter("time"), None) is not None)
        anchor = next((link for link in links if "#" in link), "") or (f"#{box.get('id')}" if box.get("id") else "")
        moment = iso_moment(times.get(box, ""))
        cut = box.get(_CUT) is not None or bool(box.xpath(f".//*[@{_CUT}]"))
        found.append(Post(next(filter(None, heads), None), moment, anchor, tuple(lines), cut))
    return found


def _with_stated(shown: list[Post], stated: list[Post]) -> list[Post]:
    """Return the posts as shown, with what only the structured data says of them, and those that it alone holds."""
    if not shown:
        return stated
    places: dict[Any, int] = {}
    for number, post in enumerate(shown):
        for key in filter(None, (_moment(post), post.paragraphs, urldefrag(post.url).fragment)):
            places.setdefault(key, number)
    found, heads = list(shown), {post.title for post in shown if post.title}
    for post in stated:
        keys = (urldefrag(post.url).fragment, post.paragraphs, _moment(post))
        at = next((places[key] for key in keys if key and key in places), None)
        if at is not None:
            one = shown[at]
            zoned = post.published if post.published and _moment(one) != _moment(post) else None
            published = one.published if one.published and _has_zone(one.published) else zoned or one.published
            found[at] = one._replace(title=one.title or post.title, published=published, url=one.url or post.url)
        elif post.title not in heads:
            found.append(post)
    return found


def _above(boxes: list[Any], posts: list[Post]) -> list[str]:
    """Return the paragraphs above the posts that no post says again."""
    around = next(boxes[0].iterancestors("article", "main"), None) if boxes else None
    if around is None:
        return []
    before = [one for one in boxes[0].xpath("preceding::p") if around in one.iterancestors()]
    said = {text for post in posts for text in post.paragraphs}
    kept = [one for one in before if not any(map(_is_summary, one.iterancestors("div", "section", "aside", "article")))]
    return [text for one in kept if (text := " ".join(one.text_content().split())) and text not in said]


def _ordered(posts: list[Post]) -> list[Post]:
    """Return the posts, oldest first; one without a time stays behind the one that it follows in time."""
    moments = [moment for post in posts if (moment := _moment(post))]
    rising = len(moments) < 2 or moments[0] <= moments[-1]
    last, keys = datetime.min.replace(tzinfo=UTC), []
    ordered = posts if rising else posts[::-1]
    for post in ordered:
        last = _moment(post) or last
        keys.append(last)
    return [ordered[at] for at in sorted(range(len(ordered)), key=keys.__getitem__)]


def _moment(post: Post) -> datetime | None:
    return utc_moment(post.published) if post.published else None


def _has_zone(moment: str) -> bool:
    return bool(re.search(r"(?:Z|[+-]\d\d:?\d\d)$", moment[10:], re.IGNORECASE))


def _joined(address: str, mark: str) -> str:
    with suppress(ValueError):
        return str(urljoin(address, mark))
    return address


def _is_live(post: Any) -> bool:
    return any(_LIVE.intersection(marks_of(box)) for box in (post, *post.iterancestors()))


def _is_summary(box: Any) -> bool:
    return bool(_SUMMARIES.intersection(marks_of(box)))


def _paragraphs(post: Any, *, quoted: bool | None = False) -> list[str]:
    """Return a post's paragraphs: its own, those in quotations, or (None) all; never those of embedded posts."""
    found = []
    for one in post.iter("p", "li", "blockquote"):
        if next(one.iterdescendants("p", "li", "time"), None) is not None:
            continue
        around = list(takewhile(lambda box: box is not post, (one, *one.iterancestors())))
        inside = any(box.tag in {"blockquote", "article"} for box in around)
        if any(_STRANGERS.intersection(marks_of(box)) for box in around) or quoted not in {None, inside}:
            continue
        if text := " ".join(one.text_content().split()):
            found.append(text)
    return found
