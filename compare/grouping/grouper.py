"""Group articles by the story that they tell, at once or as they come in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import FlawError, InputError, count, counted, listed, shortened, warn
from compare.grouping.likelihood import judge_pairs
from compare.grouping.linkage import CUT, join
from compare.grouping.nearest import find_near
from compare.grouping.siblings import with_siblings
from compare.grouping.vocabulary import Vocabulary
from compare.reading.articles import read_stories
from compare.reading.records import utc_moment
from compare.tables import ARTICLES, REGROUPED, STORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

DAYS = 5.0  # between two articles of one story
_CLOCK_WRONG = 180.0  # days from every other article
_FEW_WRONG = 0.05  # share of the articles; if more stand alone, the collection is a sparse one
_SLUG_WORDS = 5
_SLUG_LONGEST = 48


def group_stories(articles: Any, *, days: float = DAYS) -> pd.Series:
    """Return which articles tell the same story.

    Articles are joined by what their headlines and first 200 words share, weighted by how much that sets them apart
    from the articles nearest to them, so that two earthquakes of one week are two stories. Several articles of one
    outlet may be in a story. `Grouper` does the same for articles that come in one after another. A post of a live blog
    that no other outlet's article resembles stays with most posts of its page.

    Args:
        articles: whatever `read_articles` reads; story ids that they have are not used. An article of which the
            headline is all may have no text.
        days: how far apart in time two articles of one story may be, unless either is undated.

    Returns:
        Story ids in the order of the articles: the first words of the story's first headline, and ten hexadecimal
        digits. A DataFrame's index is kept.

    Raises:
        InputError: the articles cannot be used, or `days` is no positive number.
    """
    grouper = Grouper(days=days)
    return grouper.add(articles)


class Grouper:
    """Stories of articles that come in one after another; a story has the id of its first article, as long as it lives.

    After each `add`, the stories are those that all articles so far would make at once, in whatever order they came.

    Attributes:
        articles: the articles so far, with their story_id (`compare.tables.ARTICLES`).
        stories: the stories (`compare.tables.STORIES`), in order of their first article.
        regrouped: which articles that were there before have another story since the last `add`, and whether because
            stories were merged or split (`compare.tables.REGROUPED`).
    """

    def __init__(self, *, days: float = DAYS) -> None:
        """Begin without articles; `days` is how far apart in time two articles of one story may be."""
        if isinstance(days, bool) or not isinstance(days, (int, float)) or not 0 < days < float("inf"):
            raise InputError(f"days is {days!r}: give a positive number of days.")
        self._days = float(days)
        self._vocabulary = Vocabulary()
        self._founders: dict[str, str] = {}
        self.articles = ARTICLES.frame([])
        self.regrouped = REGROUPED.frame([])

    def add(self, articles: Any) -> pd.Series:
        """Take in more articles, and return their story ids in their order.

        Args:
            articles: as for `group_stories`.

        Raises:
            InputError: as for `group_stories`, or an article is there already.
        """
        import pandas as pd

        new = read_stories(_usable(articles), partly=True)[0].assign(story_id="")
        before = self.articles
        again = [shortened(one) for one in new["article_id"][new["article_id"].isin(before["article_id"])]]
        if again:
            raise InputError(f"{counted(len(again), 'article')} added before ({listed(again)}); add each once.")
        self._vocabulary.add(zip(new["title"].fillna(""), new["text"], strict=True))
        every = pd.concat([before, new], ignore_index=True)
        had = every["story_id"].to_numpy(object)
        ids = _named(every, _stories(self._vocabulary, every, self._days), self._founders)
        self.articles = every.assign(story_id=ids).astype({"story_id": new["story_id"].dtype})
        there = len(before)
        self.regrouped = _regrouped(every["article_id"].to_numpy(object)[:there], had[:there], ids[:there])
        index = articles.index if isinstance(articles, pd.DataFrame) else None
        return pd.Series(ids[there:], index=index, name="story_id", dtype="str")

    @property
    def stories(self) -> pd.DataFrame:
        """The stories (`compare.tables.STORIES`), in order of their first article."""
        return stories_of(self.articles)


def with_stories(articles: pd.DataFrame, named: NDArray[np.bool_], *, days: float = DAYS) -> pd.DataFrame:
    """Return articles with the ids of the stories that they are seen to tell, and say so where some had ids.

    These keep their ids, and the others join them; if all have ids, all are grouped anew.

    Args:
        articles: an ARTICLES table.
        named: which of them have a story id of their own.
        days: as for `group_stories`.
    """
    found = group_stories(articles, days=days).tolist()
    ids = found
    if named.any() and not named.all():
        given: dict[str, Counter[str]] = {}
        for story, one in zip(np.array(found, dtype=object)[named], articles["story_id"][named], strict=True):
            given.setdefault(story, Counter())[one] += 1
        joined = [given[story].most_common(1)[0][0] if story in given else story for story in found]
        ids = [one if has else new for one, has, new in zip(articles["story_id"], named, joined, strict=True)]
        others = {story for story, has in zip(found, named, strict=True) if not has and story not in given}
        into = [story in given for story, has in zip(found, named, strict=True) if not has]
        ways = [f"{sum(into):,} joined stories that have one"] if any(into) else []
        ways += [f"{len(into) - sum(into):,} made {count(len(others), 'more story')}"] if others else []
        warn(
            f"{counted(len(into), 'article')} without a story_id, and grouped by what they tell: {' and '.join(ways)}; "
            "ids that were given are kept."
        )
    return articles.assign(story_id=ids).astype({"story_id": articles["story_id"].dtype})


def stories_of(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the STORIES table of articles that have story ids."""
    ordered = articles.iloc[_order(articles)]
    groups = ordered.groupby("story_id", sort=False)
    found = groups.agg(
        headline=("title", "first"),
        articles=("article_id", "size"),
        outlets=("outlet", "nunique"),
        first=("published", "min"),
        last=("published", "max"),
    )
    return STORIES.frame(found.reset_index())


def _usable(articles: Any) -> Any:
    """Return a DataFrame in which a headline stands for a text that is empty, and unreadable dates are left out."""
    import pandas as pd

    if not isinstance(articles, pd.DataFrame):
        return articles
    if {"title", "text"} <= set(articles.columns):
        blank = ~articles["text"].fillna("").astype(str).str.strip().astype(bool)
        if blank.any():
            articles = articles.assign(text=articles["text"].astype(object).mask(blank, articles["title"]))
    if "published" in articles.columns and articles["published"].dtype.kind != "M":
        odd = ~articles["published"].map(_is_date).astype(bool)
        if odd.any():
            first = shortened(articles["published"][odd].iloc[0])
            warn(
                f"{count(int(odd.sum()), 'article')} with a date that is not ISO 8601 ({first}, for one): "
                "grouped as if undated; write dates like 2026-02-14 or 2026-02-14T09:30:00Z."
            )
            articles = articles.assign(published=articles["published"].astype(object).mask(odd, None))
    return articles


def _is_date(value: Any) -> bool:
    import pandas as pd

    try:
        return value is None or value == "" or bool(pd.isna(value)) or bool(utc_moment(value))
    except FlawError:
        return False


def _order(articles: pd.DataFrame) -> NDArray[np.int64]:
    """Return the articles by time, those without one last, equal ones by id: the input's order does not count."""
    return np.lexsort((articles["article_id"].to_numpy(object).astype(str), articles["published"].to_numpy()))


def _stories(vocabulary: Vocabulary, articles: pd.DataFrame, days: float) -> list[list[int]]:
    """Return the stories as rows of articles."""
    order = _order(articles)
    seconds = _seconds(articles)[order]
    copies = _copies(articles[["title", "text"]].iloc[order].itertuples(index=False, name=None), seconds, days)
    kept = np.array([found[0] for found in copies], dtype=np.int64)
    terms = vocabulary.terms(order[kept])
    near = find_near(terms, seconds[kept], days)
    joined = join(judge_pairs(terms, near), len(kept), CUT)
    found = [sorted(int(order[at]) for one in several for at in copies[one]) for several in joined]
    return with_siblings(found, articles)


def _copies(told: Iterable[tuple[str, str]], seconds: NDArray[np.float64], days: float) -> list[list[int]]:
    """Return articles that are the same word for word together: 10,000 copies are compared once."""
    found: list[list[int]] = []
    last: dict[bytes, int] = {}
    for at, both in enumerate(told):
        words = " ".join(f"{both[0]} {both[1]}".split())
        key = blake2b(words.encode("utf-8", "replace"), digest_size=16).digest()
        known = last.get(key)
        if known is not None and not seconds[at] - seconds[found[known][0]] > days * 24 * 60 * 60:
            found[known].append(at)
            continue
        last[key] = len(found)
        found.append([at])
    return found


def _seconds(articles: pd.DataFrame) -> NDArray[np.float64]:
    """Return when articles appeared, NaN if that is unknown or cannot be true."""
    moments = articles["published"].dt.tz_localize(None).to_numpy("datetime64[s]")
    seconds = np.where(np.isnat(moments), np.nan, moments.astype(np.int64).astype(float))
    dated = np.flatnonzero(~np.isnan(seconds))
    times = np.sort(seconds[dated])
    gaps = np.diff(times) > _CLOCK_WRONG * 24 * 60 * 60
    alone = np.concatenate([[True], gaps]) & np.concatenate([gaps, [True]]) if len(times) > 1 else np.zeros(1, bool)
    if not 0 < alone.sum() <= _FEW_WRONG * len(times):
        return seconds
    wrong = dated[np.isin(seconds[dated], times[alone])]
    warn(
        f"{count(len(wrong), 'article')} ({listed([shortened(one) for one in articles['article_id'].iloc[wrong]])}) "
        f"{'is' if len(wrong) == 1 else 'are'} dated half a year or more from all others: "
        "grouped as if undated; is the date right?"
    )
    seconds[wrong] = np.nan
    return seconds


def _named(articles: pd.DataFrame, found: list[list[int]], founders: dict[str, str]) -> NDArray[np.object_]:
    """Return each article's story id: that of the story's first article after which one was named, or a new one.

    `founders` holds the ids by those articles, and is told of new ones.
    """
    article_ids = articles["article_id"].to_numpy(object)
    rank = np.argsort(_order(articles))
    ids = np.empty(len(articles), dtype=object)
    for rows in found:
        ordered = sorted(rows, key=rank.__getitem__)
        name = next((founders[one] for one in article_ids[ordered] if one in founders), None)
        if name is None:
            first = articles.iloc[ordered[0]]
            name = founders[first["article_id"]] = _name(first)
        ids[rows] = name
    return ids


def _name(article: pd.Series) -> str:
    """Return the first words of an article's headline, and digits of its id and outlet."""
    title = article["title"] if isinstance(article["title"], str) else article["text"]
    plain = unicodedata.normalize("NFKD", title[:400]).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]++", plain.casefold())[:_SLUG_WORDS]
    slug = "-".join(words)[:_SLUG_LONGEST].rstrip("-") or "story"
    told = f"{article['article_id']}\0{article['outlet']}".encode("utf-8", "replace")
    return f"{slug}-{blake2b(told, digest_size=5).hexdigest()}"


def _regrouped(article_ids: NDArray[np.object_], had: NDArray[np.object_], has: NDArray[np.object_]) -> pd.DataFrame:
    """Return the REGROUPED table: the articles that have another story, and why."""
    lives = set(has)
    rows = [
        {
            "article_id": article,
            "was": before,
            "story_id": now,
            "how": "split" if before in lives else "merged",
        }
        for article, before, now in zip(article_ids, had, has, strict=True)
        if before != now
    ]
    return REGROUPED.frame(rows)
