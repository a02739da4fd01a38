"""The same article twice at one outlet: print and online, AMP, another address, an update."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import numpy as np
from rapidfuzz import fuzz
from scipy.cluster.hierarchy import DisjointSet

from compare.errors import FlawError, InputError, count, counted, listed, shortened, warn
from compare.language.completeness import with_completeness
from compare.language.languages import with_languages
from compare.reading.articles import by_publication, read_articles
from compare.reading.web.addresses import canonical
from compare.tables import ARTICLE_VERSIONS

if TYPE_CHECKING:
    import pandas as pd

_HOST = re.compile(r"(?:www|m|mobile|amp|edition)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp(?=/|$)|\.amp(?=\.html?$|$)", re.IGNORECASE)
_AMP_QUERY = {"amp", "outputtype", "ampmode", "print", "printable"}
_WORD = re.compile(r"\w+")
_RUN = 5  # words that stand together
_SHARED = 0.6  # share of the shorter one's runs that the other has: an update adds, and changes some
_FEWEST = 20  # runs, of a text by which two can be called one
_BEFORE = 8  # articles with the same run before an article that it is compared with
_LEAD = 30  # words, of which a template tells of whom, where and when
_SAME_NAME = 85.0  # rapidfuzz ratio from which two names are spellings of one; Tuesday and Thursday have 80
_SHORTEST_NAME = 3  # letters
_OPENING = " 	\"'“”‘’()"
_YEAR_APART = 300.0  # days


def link_versions(articles: Any) -> pd.DataFrame:
    """Return which articles of an outlet are versions of one: print and online, AMP pages, updates.

    Two articles of one outlet in one story are versions if they have one address (without what tracks, AMP, `www.` and
    `m.`), or if the longer one has three fifths of the shorter one's runs of five words. Reports on two events from one
    template are no versions: each names somebody, some place or some day in its first thirty words that the other does
    not name at all.

    Args:
        articles: whatever `read_articles` reads.

    Returns:
        Each article that has other versions, in order of time (`compare.tables.ARTICLE_VERSIONS`).

    Raises:
        InputError: the articles cannot be used.
    """
    return versions_of(read_articles(articles))


def one_version(articles: Any, keep: Literal["newest", "first"] = "newest") -> pd.DataFrame:
    """Return the articles with one version of each alone; `link_versions` tells which the others are.

    Args:
        articles: as for `link_versions`.
        keep: which version stays: the newest or the first by time of publication, of those that are not cut off and are
            dated, if any is.

    Raises:
        InputError: the articles cannot be used, or `keep` is something else.
    """
    if keep not in ("newest", "first"):
        raise InputError(f"keep is {keep!r}: give newest or first.")
    articles = read_articles(articles)
    return _without(articles, _other_versions(articles, keep))


def kept_versions(articles: pd.DataFrame, keep: str) -> pd.DataFrame:
    """Return an ARTICLES table with one version of each, and name the others in a warning; `all` keeps all."""
    left = left_versions(articles, keep)
    tell_left(left, keep)
    return _without(articles, left)


def left_versions(articles: pd.DataFrame, keep: str) -> pd.DataFrame:
    """Return the ARTICLE_VERSIONS that are not the one of their article that stays; none if all do.

    Raises:
        InputError: `keep` is not newest, first or all.
    """
    if keep not in ("newest", "first", "all"):
        raise InputError(f"keep is {keep!r}: give newest, first or all.")
    return ARTICLE_VERSIONS.frame([]) if keep == "all" else _other_versions(articles, keep)


def tell_left(left: pd.DataFrame, keep: str) -> None:
    """Name the versions that were left out in a warning."""
    if len(left):
        named = listed([shortened(one) for one in _named(left)], "; ")
        warn(
            f"{counted(len(left), 'article')} left out, of which another version is the {keep} and is compared "
            f"({named})."
        )


def _without(articles: pd.DataFrame, left: pd.DataFrame) -> pd.DataFrame:
    stay: pd.DataFrame = articles[~articles["article_id"].isin(left["article_id"])]
    return stay.reset_index(drop=True)


def _other_versions(articles: pd.DataFrame, keep: str) -> pd.DataFrame:
    """Return the ARTICLE_VERSIONS that are not the one of their article that stays."""
    versions = versions_of(articles)
    warn_of_clocks(versions)
    judged = with_completeness(with_languages(articles[articles["article_id"].isin(versions["article_id"])]))
    cut = versions["article_id"].map(judged.set_index("article_id")["complete"]) == "cut"
    place = versions["version"] if keep == "first" else -versions["version"]
    ranked = versions.assign(cut=cut, undated=versions["published"].isna(), rank=place)
    kept = ranked.sort_values(["article", "cut", "undated", "rank"]).drop_duplicates("article")["article_id"]
    return versions[~versions["article_id"].isin(kept)]


def versions_of(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the ARTICLE_VERSIONS of an ARTICLES table."""
    import pandas as pd

    rows = []
    for number, found in enumerate(_linked(articles), start=1):
        told = articles.iloc[found]
        ordered = told.iloc[by_publication(told)]
        addresses = {_address(one) for one in told["url"]}
        why = "address" if len(addresses) == 1 and "" not in addresses else "text"
        rows += [
            {"article": number, "version": place, "article_id": one, "why": why}
            for place, one in enumerate(ordered["article_id"], start=1)
        ]
    columns = articles[["article_id", "story_id", "outlet", "title", "published", "url"]]
    table = pd.DataFrame(rows, columns=["article", "version", "article_id", "why"])
    return ARTICLE_VERSIONS.frame(table.merge(columns, on="article_id", how="left"))


def warn_of_clocks(versions: pd.DataFrame) -> None:
    """Warn of versions so far apart in time that a clock was wrong or the texts are from an archive."""
    times = versions.groupby("article")["published"]
    apart = (times.max() - times.min()).dt.total_seconds() / 86_400
    wrong = versions[versions["article"].isin(apart.index[apart > _YEAR_APART])].drop_duplicates("article")
    if len(wrong):
        named = shortened(_named(wrong).iloc[0])
        warn(
            f"{count(len(wrong), 'article')} with versions more than {_YEAR_APART:.0f} days apart (first: {named}); is "
            "a date wrong?"
        )


def _named(versions: pd.DataFrame) -> pd.Series:
    """Return what versions are called in a warning: the outlet and the headline, or the id."""
    return versions["outlet"] + ", " + versions["title"].where(versions["title"].notna(), versions["article_id"])


def _linked(articles: pd.DataFrame) -> list[list[int]]:
    """Return the rows of each article that has several versions, each row once, in order of the first."""
    joined = DisjointSet(range(len(articles)))
    texts, urls = articles["text"].tolist(), articles["url"].tolist()
    order = np.argsort(by_publication(articles))
    for found in articles.groupby(["story_id", "outlet"], sort=False).indices.values():
        if len(found) > 1:
            rows = sorted(map(int, found), key=order.__getitem__)
            different = _join_the_same(joined, rows, texts, urls)
            _join_near_copies(joined, different, texts)
    return sorted(sorted(rows) for rows in joined.subsets() if len(rows) > 1)


def _join_the_same(joined: DisjointSet, rows: list[int], texts: list[str], urls: list[Any]) -> list[int]:
    """Join rows of one address or of the same words; return those of other words than every row before."""
    seen: dict[Any, int] = {}
    different = []
    for row, place in zip(rows, _places([urls[row] for row in rows]), strict=True):
        words = tuple(_WORD.findall(texts[row].casefold()))
        if words not in seen:
            different.append(row)
        for key in filter(None, (place, words)):
            joined.merge(seen.setdefault(key, row), row)
    return different


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


def _join_near_copies(joined: DisjointSet, rows: list[int], texts: list[str]) -> None:
    """Join rows, given in order of time, of which one's text is most of the other's."""
    runs = [_runs(texts[row]) for row in rows]
    # Neighbours first: in a chain of updates, the others need no look any more.
    for one, other in sorted(_with_a_run_in_common(runs), key=lambda pair: (pair[1] - pair[0], pair)):
        if joined.connected(rows[one], rows[other]):
            continue
        fewer = min(len(runs[one]), len(runs[other]))
        if fewer >= _FEWEST and len(runs[one] & runs[other]) >= _SHARED * fewer:
            left, right = texts[rows[one]], texts[rows[other]]
            if not (_names_missing(left, right) and _names_missing(right, left)):
                joined.merge(rows[one], rows[other])


def _with_a_run_in_common(runs: list[set[int]]) -> set[tuple[int, int]]:
    """Return the places of texts that share a run, each run's with a few before: thousands of updates are a chain."""
    every = np.array([run for found in runs for run in found], dtype=np.int64)
    owner = np.repeat(np.arange(len(runs)), [len(found) for found in runs])
    order = np.lexsort((owner, every))
    every, owner = every[order], owner[order]
    pairs: set[tuple[int, int]] = set()
    for step in range(1, _BEFORE + 1):
        same = every[step:] == every[:-step]
        pairs.update(zip(owner[:-step][same].tolist(), owner[step:][same].tolist(), strict=True))
    return pairs


def _runs(text: str) -> set[int]:
    words = _WORD.findall(text.casefold())
    return {hash(tuple(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1)}


def _names_missing(text: str, other: str) -> bool:
    """Whether a text's lead names somebody, a place or a day that another text does not name, in no spelling."""
    words = {word.casefold() for word in _WORD.findall(other)}
    spellings = _names(other)
    return any(
        name.casefold() not in words and not any(fuzz.ratio(name, one) >= _SAME_NAME for one in spellings)
        for name in _names(text)
    )


def _names(text: str) -> set[str]:
    """Return the words of a text's lead that are written as names and do not begin a sentence."""
    found = set()
    for word in islice(_WORD.finditer(text), _LEAD):
        before = text[max(0, word.start() - 9) : word.start()].rstrip(_OPENING)
        if word[0][0].isupper() and len(word[0]) >= _SHORTEST_NAME and before and before[-1] not in ".!?:\n":
            found.add(word[0])
    return found


def _address(url: Any) -> str:
    """Return an address as that of the article, whichever of its pages it is; "" if there is none."""
    try:
        parts = urlsplit(canonical(url)) if isinstance(url, str) and url else None
    except FlawError:
        return ""
    if parts is None or (parts.path.strip("/") == "" and not parts.query):  # a site's front page is no article's
        return ""
    path = _AMP_PATH.sub("", parts.path).rstrip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _AMP_QUERY))
    return urlunsplit(("", _HOST.sub("", parts.netloc), path, query, ""))
