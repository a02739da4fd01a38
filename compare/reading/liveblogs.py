"""Live blogs: the posts of one page as the paragraphs of one article."""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.errors import count
from compare.reading.furniture import marks_of
from compare.reading.mending import untagged

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIVE = frozenset("live liveblog liveticker livepost livefeed directo diretta ticker".split())
_POSTS = ("article", "section", "li", "div")
_FEWEST = 3  # posts with a time each; with fewer a page is no live blog
_MOST = 4000  # elements of a page's text that are looked at as posts


class LiveBlog(NamedTuple):
    """The paragraphs of a live blog's posts, without their headlines and times, in the order of the page.

    Attributes:
        paragraphs: what stands above the posts, and then the posts.
        times: when each post was written, as the page says it.
    """

    paragraphs: list[str]
    times: list[str]

    @property
    def told(self) -> str:
        """What is said of the posts: how many there are, and in which order."""
        times = [time for time in self.times if time]
        newest = len(times) > 1 and times[0] > times[-1]
        order = "newest first" if newest else "oldest first" if len(times) > 1 else "in the order of the page"
        return f"is a live blog of {count(len(self.times), 'post')}, {order}"


def live_blog(tree: Any, article: Mapping[str, Any], address: str | None) -> LiveBlog | None:
    """Return the posts of a page that is a live blog, else None.

    Args:
        tree: the page without its boxes.
        article: its article in schema.org's terms, with the posts as liveBlogUpdate.
        address: where it stands.
    """
    told = "LiveBlogPosting" in str(article.get("@type"))
    shown = _shown(tree, sure=told or bool(_LIVE.intersection((address or "").lower().replace("/", "-").split("-"))))
    stated = _stated(article) if told else None
    found = [blog for blog in (shown, stated) if blog]
    return max(found, key=lambda blog: sum(map(len, blog.paragraphs)), default=None)


def _stated(article: Mapping[str, Any]) -> LiveBlog | None:
    """Return the posts that the page's structured data holds."""
    updates = article.get("liveBlogUpdate")
    paragraphs: list[str] = []
    times: list[str] = []
    posts = updates if isinstance(updates, list) else [updates]
    for post in (one for one in posts if isinstance(one, dict)):
        body = post.get("articleBody")
        lines = [" ".join(line.split()) for line in untagged(body).split("\n")] if isinstance(body, str) else []
        if any(lines):
            paragraphs += filter(None, lines)
            times.append(str(post.get("datePublished") or ""))
    return LiveBlog(paragraphs, times) if times else None


def _shown(tree: Any, *, sure: bool) -> LiveBlog | None:
    """Return the longest row of posts that the page shows: like elements side by side, each with a time."""
    timed: dict[Any, str] = {}
    told: set[Any] = set()  # what holds a paragraph
    for paragraph in tree.iter("p"):
        told.update(takewhile(lambda box: box not in told, paragraph.iterancestors()))
    for time in list(tree.iter("time"))[:_MOST]:
        post = next((box for box in time.iterancestors(*_POSTS) if box in told), None)
        if post is not None:
            timed.setdefault(post, time.get("datetime") or "")
    rows = [list(row) for _, row in groupby(timed, key=lambda post: (post.getparent(), post.tag))]
    rows = [row for row in rows if len(row) >= _FEWEST and (sure or _is_live(row[0]))]
    if not rows:
        return None
    posts = max(rows, key=len)
    first = posts[0]
    around = next(first.iterancestors("article", "main"), None)
    above = [] if around is None else [one for one in first.xpath("preceding::p") if around in one.iterancestors()]
    paragraphs = _paragraphs(above) + [
        text for post in posts for text in _paragraphs(post.iter("p", "li", "blockquote"))
    ]
    return LiveBlog(paragraphs, [timed[post] for post in posts]) if paragraphs else None


def _is_live(post: Any) -> bool:
    return any(_LIVE.intersection(marks_of(box)) for box in (post, *post.iterancestors()))


def _paragraphs(elements: Any) -> list[str]:
    innermost = [one for one in elements if next(one.iterdescendants("p", "li", "time"), None) is None]
    return [text for one in innermost if (text := " ".join(one.text_content().split()))]
