"""The same article twice at one outlet: print and online, AMP, another address, an update."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from compare.errors import FlawError, InputError
from compare.reading.articles import by_publication, read_articles
from compare.reading.web.addresses import canonical
from compare.tables import ARTICLE_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

_HOST = re.compile(r"(?:www|m|mobile|amp|edition)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_QUERY = {"amp", "outputtype", "ampmode", "print", "printable"}
_WORD = re.compile(r"\w+")
_RUN = 5  # words that stand together
_SHARED = 0.6  # share of the shorter one's runs that the other has: an update adds, and changes some
_FEWEST = 20  # runs, of a text by which two can be called one
_COMMON = 50  # articles of an outlet; a run that more of them have is its boilerplate


def link_versions(articles: Any) -> pd.DataFrame:
    """Return which articles of an outlet are versions of one: print and online, AMP pages, updates.

    Two articles of one outlet in one story are versions if they have one address (without what tracks, AMP, `www.` and
    `m.`), or if the longer one has three fifths of the shorter one's runs of five words. Two reports on one event share
    far less, and so stay two.

    Args:
        articles: whatever `read_articles` reads.

    Returns:
        Each article that has other versions, in order of time (`compare.tables.ARTICLE_VERSIONS`).

    Raises:
        InputError: the articles cannot be used.
    """
    import pandas as pd

    articles = read_articles(articles)
    rows = []
    for number, found in enumerate(_linked(articles), start=1):
        told = articles.iloc[found]
        ordered = told.iloc[by_publication(told)]
        why = "address" if len({_address(one) for one in told["url"]}) == 1 and told["url"].notna().all() else "text"
        rows += [
            {"article": number, "version": place, "article_id": one, "why": why}
            for place, one in enumerate(ordered["article_id"], start=1)
        ]
    columns = articles[["article_id", "story_id", "outlet", "title", "published", "url"]]
    table = pd.DataFrame(rows, columns=["article", "version", "article_id", "why"])
    return ARTICLE_VERSIONS.frame(table.merge(columns, on="article_id", how="left"))


def one_version(articles: Any, keep: Literal["newest", "first"] = "newest") -> pd.DataFrame:
    """Return the articles with one version of each alone; `link_versions` tells which the others are.

    Args:
        articles: as for `link_versions`.
        keep: which version stays: the newest or the first by time of publication.

    Raises:
        InputError: the articles cannot be used, or `keep` is something else.
    """
    import pandas as pd

    if keep not in ("newest", "first"):
        raise InputError(f"keep is {keep!r}: give newest or first.")
    articles = read_articles(articles)
    versions = link_versions(articles)
    dated = versions[versions["published"].notna()]  # what is not dated is neither, unless no version is
    kept = dated.groupby("article")["article_id"].agg("last" if keep == "newest" else "first")
    undated = versions[~versions["article"].isin(dated["article"])].groupby("article")["article_id"].first()
    kept = pd.concat([kept, undated])
    others = set(versions["article_id"]) - set(kept)
    left: pd.DataFrame = articles[~articles["article_id"].isin(others)]
    return left.reset_index(drop=True)


def _linked(articles: pd.DataFrame) -> list[list[int]]:
    """Return the rows of each article that has several versions."""
    first = list(range(len(articles)))

    def root(row: int) -> int:
        while first[row] != row:
            first[row] = first[first[row]]
            row = first[row]
        return row

    for one, other in _pairs(articles):
        left, right = sorted((root(one), root(other)))
        first[right] = left
    found = defaultdict(list)
    for row in range(len(articles)):
        found[root(row)].append(row)
    return [rows for rows in found.values() if len(rows) > 1]


def _pairs(articles: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield rows of two versions; of many copies each with the first alone."""
    texts, urls = articles["text"].tolist(), articles["url"].tolist()
    for found in articles.groupby(["story_id", "outlet"], sort=False).indices.values():
        rows = [int(row) for row in found]
        if len(rows) < 2:
            continue
        seen: dict[Any, int] = {}
        places = _places([urls[row] for row in rows])
        for row, place in zip(rows, places, strict=True):
            for key in (place, " ".join(_WORD.findall(texts[row].casefold()))):
                if key:
                    yield seen.setdefault(key, row), row
        yield from _near_copies(list(dict.fromkeys(seen.values())), texts)


def _places(urls: list[Any]) -> list[str]:
    """Return the addresses as those of articles; where several anchors on one page are given, each is a post."""
    pages = [_address(url) for url in urls]
    anchors = [url.partition("#")[2] if isinstance(url, str) else "" for url in urls]
    having: dict[str, set[str]] = defaultdict(set)
    for page, anchor in zip(pages, anchors, strict=True):
        having[page].update(filter(None, [anchor]))
    return [
        f"{page}#{anchor}" if page and len(having[page]) > 1 else page
        for page, anchor in zip(pages, anchors, strict=True)
    ]


def _near_copies(rows: list[int], texts: list[str]) -> Iterator[tuple[int, int]]:
    runs = {row: _runs(texts[row]) for row in rows}
    having = defaultdict(list)
    for row, found in runs.items():
        for run in found:
            having[run].append(row)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for those in having.values():
        if len(those) <= _COMMON:
            for pair in combinations(those, 2):
                shared[pair] += 1
    for (one, other), both in shared.items():
        fewer = min(len(runs[one]), len(runs[other]))
        if fewer >= _FEWEST and both >= _SHARED * fewer:
            yield one, other


def _runs(text: str) -> set[int]:
    words = _WORD.findall(text.casefold())
    return {hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)}


def _address(url: Any) -> str:
    """Return an address as that of the article, whichever of its pages it is; "" if there is none."""
    try:
        parts = urlsplit(canonical(url)) if isinstance(url, str) and url else None
    except FlawError:
        return ""
    if parts is None or (parts.path.strip("/") == "" and not parts.query):  # a site's front page is no article's
        return ""
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    query = urlencode([pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _AMP_QUERY])
    return urlunsplit(("", _HOST.sub("", parts.netloc), path, query, ""))
