"""Posts of one live blog: those that no other outlet's article resembles stay with the others of their page."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def with_siblings(stories: Sequence[list[int]], articles: pd.DataFrame) -> list[list[int]]:
    """Return the stories, in which a post alone with others of its page joins the story that most of them are in.

    Otherwise an outlet would leave out of that story what it tells in such a post.

    Args:
        stories: the stories as rows of articles.
        articles: the articles, with url and outlet; posts of one page share outlet and address up to "#".
    """
    pages = pages_of(articles)
    if not pages:
        return list(stories)
    ids = articles["article_id"].tolist()
    within = [{pages.get(row) for row in rows} for rows in stories]
    shared: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for number, rows in enumerate(stories):
        if len(within[number]) > 1 or None in within[number]:
            for row in rows:
                if row in pages:
                    shared[pages[row]][number] += 1
    found = [list(rows) for rows in stories]
    for number, rows in enumerate(stories):
        own = next(iter(within[number]))
        if len(within[number]) == 1 and own is not None and shared[own]:
            most = max(shared[own].values())
            ties = [story for story, posts in shared[own].items() if posts == most]
            home = min(ties, key=lambda story: min(ids[row] for row in stories[story]))
            found[home] = sorted(found[home] + rows)
            found[number] = []
    return [rows for rows in found if rows]


def pages_of(articles: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Return the page of each article that is part of a live blog: one of which several anchors are articles."""
    parts: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for row, (outlet, url) in enumerate(zip(articles["outlet"], articles["url"], strict=True)):
        if isinstance(url, str) and url:
            page, _, anchor = url.partition("#")
            parts[outlet, page][row] = anchor
    return {row: page for page, rows in parts.items() if len(set(filter(None, rows.values()))) > 1 for row in rows}
