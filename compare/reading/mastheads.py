"""What a page says of itself, in its head and its structured data: headline, outlet, time, language and address."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from compare.errors import FlawError, MissingExtraError
from compare.reading.records import utc_moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST = 2000  # objects of a page's structured data that are looked at
_JSON = json.JSONDecoder(strict=False)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}", re.IGNORECASE)
# What stands between a headline and the site's name in a page's title.
_BETWEEN = (" | ", " - ", " – ", " — ", " · ", " • ", " :: ", " » ", " / ", " ‹ ", " « ", ": ", " |", "| ")
_SITE_NAMES = ("og:site_name", "application-name", "twitter:app:name:iphone")
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title", "dcterms.title")
# When an article was published; never when it was last changed.
_TIMES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published",
    "pubdate",
    "citation_publication_date",
    "date",
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{8}(?!\d)")
_MAIL_DAY = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} ")
_ZONE = re.compile(r"T[\d:.]{2,20}(?:Z|[+-]\d\d:?(?:\d\d)?)", re.IGNORECASE)
_LONGEST_TIME = 60  # characters
_CUT_NAME = 4  # words from which a file's name may be a title that a browser cut off
_ARTICLES = ("Article", "BlogPosting", "LiveBlogPosting", "Report")
_CHANGED = frozenset("updated modified update lastmod edited".split())


class Masthead:
    """What a page says of itself.

    Attributes:
        meta: what its meta elements say, by name in small letters; the first of a name counts.
        article: its article in schema.org's terms; empty if the page has none.
        title: the headline as the page shows it, without the site's name.
        site: the site's name.
        url: the article's own address, else where it was found.
        published: when it was published, as ISO 8601; never when it was last changed.
        language: its tag.
    """

    def __init__(self, tree: Any, address: str | None = None) -> None:
        """Read a page's head and structured data.

        Args:
            tree: the page.
            address: where it was found, if that is known.
        """
        self._tree, self._address = tree, address
        self.meta: dict[str, str] = {}
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = " ".join((element.get("content") or "").split())
            if content:
                self.meta.setdefault(name.lower(), content)
        self._objects = list(_objects(tree))
        self.url = self._own_address()
        self.site = self._own_site()
        self.article: Mapping[str, Any] = self._own_article()
        if not self.site:
            self.site = _name_of(self.article.get("publisher")) or self._named("WebSite", "NewsMediaOrganization")
        self.title = self._own_title()
        self.published = self._own_time()
        self.language = self._own_language()

    @property
    def outlet(self) -> str | None:
        """The site's name, else the registered domain of where the page stands; None if it says neither."""
        return self.site or domain_of(self._address or self.url)

    def _own_time(self) -> str | None:
        """Return when the article was published; a time with a zone goes before one without on the same day."""
        found = [moment for value in self._times() if (moment := iso_moment(value))]
        if not found:
            return None
        near = [moment for moment in found if abs((utc_moment(moment) - utc_moment(found[0])).days) <= 1]
        return next((moment for moment in near if _has_zone(moment)), found[0])

    def _own_language(self) -> str | None:
        """Return the page's language, if all that it says of it agrees: templates keep the language of their maker."""
        root = next(self._tree.iter("html"), None)
        said = [] if root is None else [root.get("lang"), root.get("xml:lang")]
        said += [self.meta.get("og:locale"), self.article.get("inLanguage"), self.meta.get("content-language")]
        tags = [tag.strip().replace("_", "-") for tag in said if isinstance(tag, str) and tag.strip()]
        if not tags or not all(map(_LANGUAGE.fullmatch, tags)):
            return None
        return tags[0] if len({tag.lower().split("-")[0] for tag in tags}) == 1 else None

    def names(self, stem: str) -> bool:
        """Whether a file's name is what a browser gives to the page: its title, or the end of its address."""
        words = _words(stem)
        titles = [_words(self.title or ""), *(_words(element.text_content()) for element in self._tree.iter("title"))]
        slug = urlsplit(self.url or "").path.rstrip("/").rpartition("/")[2]
        titles.append(_words(slug.removesuffix(".html").removesuffix(".htm")))
        # A browser cuts long names and puts a number behind one that exists.
        cut = len(words) >= _CUT_NAME
        return any(
            len(title) > 1 and (words[: len(title)] == title or (cut and title[: len(words)] == words))
            for title in titles
        )

    def _own_address(self) -> str | None:
        linked = [element.get("href") for element in self._tree.iter("link") if element.get("rel") == "canonical"]
        base = self._address or self.meta.get("og:url") or ""
        for given in (*linked, self.meta.get("og:url"), self._address):
            with suppress(ValueError):
                url = str(urljoin(base, (given or "").strip()))
                parts = urlsplit(url)
                # Some sites give the address of their front page as that of every article.
                front = parts.path in {"", "/"} and not parts.query and urlsplit(base).path not in {"", "/"}
                if parts.scheme in {"http", "https"} and parts.hostname and not front:
                    return url
        return None

    def _own_site(self) -> str | None:
        return next((self.meta[name] for name in _SITE_NAMES if name in self.meta), None)

    def _own_article(self) -> Mapping[str, Any]:
        """Return the article that the page is about, not one of those that it links to."""
        articles = [one for one in self._objects if any(name.endswith(_ARTICLES) for name in _types(one))]
        shown = [_words(element.text_content()) for element in self._tree.iter("h1")]
        for one in articles:
            page = one.get("mainEntityOfPage")
            links = [one.get("url"), one.get("@id"), page.get("@id") if isinstance(page, dict) else page]
            if self.url and any(_same(self.url, link) for link in links if isinstance(link, str)):
                return one
            if (headline := one.get("headline")) and isinstance(headline, str) and _words(headline) in shown:
                return one
        whole = [one for one in articles if one.get("datePublished") or one.get("articleBody")]
        return next(iter(whole), {})

    def _named(self, *types: str) -> str | None:
        found = (_name_of(one) for one in self._objects if _types(one) & set(types))
        return next((name for name in found if name), None)

    def _own_title(self) -> str | None:
        heads = [_line(element.text_content()) for element in self._tree.iter("h1")]
        heads = [head for head in heads if head and head != self.site]
        headline = self.article.get("headline") or self.article.get("name")
        said = [_line(headline)] if isinstance(headline, str) else []
        said += [self.meta[name] for name in _TITLES if name in self.meta]
        if len(heads) == 1 and not said:
            return heads[0]
        said += [_line(element.text_content()) for element in self._tree.iter("title")][:1]
        for head in heads:  # as the page shows it, if it is not some other heading
            if any(set(_words(head)) & set(_words(one)) for one in said):
                return head
        title = next((self._without_site(one) for one in said if one), None)
        return title or (heads[0] if len(heads) == 1 else None)

    def _without_site(self, title: str) -> str:
        """Drop " | Outlet name" from a title, with the section's name that may stand before it."""
        names = {_key(name) for name in (self.site, domain_of(self._address or self.url)) if name}
        for between in _BETWEEN:
            for parts in (title.rpartition(between), title.partition(between)[::-1]):
                if parts[1] and _key(parts[2]) in names and parts[0].strip():
                    return self._without_site(parts[0].strip())
        heads = [_line(element.text_content()) for element in self._tree.iter("h1")]
        return next((head for head in heads if head and title.startswith(head)), title)

    def _times(self) -> Iterator[Any]:
        yield self.article.get("datePublished")
        yield from (self.meta[name] for name in _TIMES if name in self.meta)
        every = list(self._tree.iter("time"))
        named = [one for one in every if {"datepublished", "published", "pubdate", "publish"} & set(_marks(one))]
        inside = [one for one in every if next(one.iterancestors("article", "main"), None) is not None]
        for element in (*named, *(inside or every)[:3]):
            if not _CHANGED & set(_marks(element)):
                yield element.get("datetime") or element.get("content")
        yield self.article.get("dateCreated")


@cache
def _domains() -> Any:
    try:
        from tldextract import TLDExtract
    except ImportError as error:
        raise MissingExtraError("Reading .html", "web") from error
    # With the list that comes with the library: nothing is fetched, and nothing is written to disk.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def domain_of(url: str | None) -> str | None:
    """Return the registered domain of an address ("courier.co.uk"), else its host without "www."."""
    host = None
    with suppress(ValueError):
        host = urlsplit(url or "").hostname
    if not host:
        return None
    return _domains()(host).top_domain_under_public_suffix or host.removeprefix("www.")


def iso_moment(value: Any) -> str | None:
    """Return a day or a time that a page states as ISO 8601, also from the form of mail; None if it is neither."""
    if not isinstance(value, str) or len(value) > _LONGEST_TIME:
        return None
    text = re.sub(r"(?<=\d) (?=[+-]\d)|(?<=\d) ?UTC$", "", value.strip())
    with suppress(FlawError):
        utc_moment(text)
        return text if _DAY.match(text) else None
    with suppress(ValueError, IndexError, TypeError, OverflowError):
        return parsedate_to_datetime(value).isoformat() if _MAIL_DAY.match(value.strip()) else None
    return None


def _has_zone(moment: str) -> bool:
    return bool(_ZONE.fullmatch(moment[10:].replace(" ", "T")))


def _objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD, outer ones before those in them."""
    queue: list[Any] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").rstrip(" ;\n")
            with suppress(ValueError, RecursionError):
                queue.append(_JSON.decode(text.strip()))
    for seen, one in enumerate(queue):
        if seen > _MOST:
            return
        if isinstance(one, dict):
            yield one
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        queue.extend(value for value in inner if isinstance(value, (dict, list)))


def _types(one: Mapping[str, Any]) -> set[str]:
    named = one.get("@type")
    every = named if isinstance(named, list) else [named]
    return {name.rpartition("/")[2] for name in every if isinstance(name, str)}


def _name_of(one: Any) -> str | None:
    one = one[0] if isinstance(one, list) and one else one
    name = one.get("name") if isinstance(one, dict) else one
    return _line(name) if isinstance(name, str) and not name.startswith("http") else None


def _marks(element: Any) -> list[str]:
    return re.split(r"[^a-z]+", f"{element.get('class')} {element.get('itemprop')} {element.get('pubdate')}".lower())


def _same(url: str, other: str) -> bool:
    with suppress(ValueError):
        parts, others = urlsplit(url), urlsplit(urljoin(url, other))
        return (parts.netloc, parts.path.rstrip("/")) == (others.netloc, others.path.rstrip("/"))
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _key(name: str) -> str:
    return "".join(_words(name))


def _line(text: str) -> str:
    return " ".join(text.split())
