"""Whether articles that are given as one story evidently tell several."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from compare.grouping.likelihood import judge_pairs
from compare.grouping.linkage import CUT, join
from compare.grouping.nearest import find_near
from compare.grouping.siblings import pages_of
from compare.grouping.vocabulary import Vocabulary
from compare.language.languages import ENGLISH, code_of, with_languages
from compare.language.others import LISTED

if TYPE_CHECKING:
    import pandas as pd

# Mean probabilities of one story within a group and between two, and the share of the articles that are in groups.
# Chosen on 62 stories of ECB+, 100 of REALSumm, 4 of SPARK and 90 invented ones, of which none is taken for several;
# of two stories put together, four articles each, 8 % (SPARK) to 92 % (invented) are told: precision goes first.
_WITHIN, _BETWEEN = 0.7, 0.2
_IN_GROUPS = 0.8
_MOST = 1000  # articles that are looked at, for the time and the memory grow with their square
_DAYS = 1.0  # has no effect, for all are taken as undated: a story may go on for weeks


def stories_apart(articles: pd.DataFrame) -> int:
    """Return how many stories articles evidently tell, 1 in doubt.

    They are several if nearly all articles are in groups of two and more, each closely alike and far from the others.
    Only articles of one language are compared, and only in English and languages with word lists.

    Args:
        articles: an ARTICLES table.
    """
    articles = _pages_whole(articles)
    languages = with_languages(articles)["language"].map(code_of)
    known = articles[languages.isin([ENGLISH, *LISTED])]
    return max([1, *(_apart(some) for _, some in known.groupby(languages[known.index], sort=False))])


def _pages_whole(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles with the posts of a live blog as one, which tells a story in pieces."""
    pages = pages_of(articles)
    if not pages:
        return articles
    page = [str(pages.get(row, row)) for row in range(len(articles))]
    told = articles.reset_index(drop=True).assign(page=page)
    whole = told.assign(text=told.groupby("page")["text"].transform("\n\n".join))
    return whole.drop_duplicates("page").drop(columns="page").reset_index(drop=True)


def _apart(articles: pd.DataFrame) -> int:
    count = len(articles)
    if count > _MOST:
        return 1
    vocabulary = Vocabulary()
    vocabulary.add(zip(articles["title"].fillna(""), articles["text"], strict=True))
    terms = vocabulary.terms(np.arange(count))
    likely = judge_pairs(terms, find_near(terms, np.full(count, np.nan), _DAYS))
    one_story = np.zeros((count, count))
    one_story[likely.left, likely.right] = one_story[likely.right, likely.left] = likely.probability
    groups = [rows for rows in join(likely, count, CUT) if len(rows) > 1]
    within = [one_story[np.ix_(rows, rows)].sum() / (len(rows) * (len(rows) - 1)) for rows in groups]
    between = [one_story[np.ix_(one, other)].mean() for one, other in combinations(groups, 2)]
    sure = min(within, default=0) >= _WITHIN and max(between, default=0) <= _BETWEEN
    return len(groups) if sure and sum(map(len, groups)) >= _IN_GROUPS * count else 1
