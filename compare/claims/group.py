"""Matching sentences become claims: who says it, in whose words, under which id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.claims.cluster import cluster
from compare.claims.identity import central, claim_id, unique_ids
from compare.language.tokens import words

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.settings import Settings


@dataclass(frozen=True)
class Group:
    """One claim as rows of the sentences table: its sentences, earliest first, and the central one."""

    claim_id: str
    rows: list[int]
    central: int
    probability: NDArray[np.float64]  # of each row and the central one saying the same


def group_claims(
    articles: pd.DataFrame, sentences: pd.DataFrame, matches: pd.DataFrame, settings: Settings
) -> list[Group]:
    """Group the sentences of a story into claims; a sentence that matches no other is a claim too.

    Args:
        articles: the ARTICLES table.
        sentences: the SENTENCES table.
        matches: the MATCHES table.
        settings: `claim_floor` and `claim_link`.

    Returns:
        The groups, in the order of their earliest sentences. Sentences that claim nothing (boilerplate,
        questions, no words) belong to none.
    """
    order = _chronological(articles, sentences)
    rank = {name: number for number, name in enumerate(sentences["sentence_id"].to_numpy(object)[order])}
    matches = matches[matches["left_id"].isin(rank) & matches["right_id"].isin(rank)]
    left = matches["left_id"].map(rank).to_numpy(np.int64)
    right = matches["right_id"].map(rank).to_numpy(np.int64)
    probability = matches["probability"].to_numpy()
    article_of = np.unique(sentences["article_id"].to_numpy(object)[order], return_inverse=True)[1].astype(np.int64)
    labels = cluster(article_of, left, right, probability, settings)
    likeness, differing = {}, set()
    changed = (matches["changes"] != "").tolist()
    for a, b, p, differs in zip(left.tolist(), right.tolist(), probability.tolist(), changed, strict=True):
        likeness[a, b] = likeness[b, a] = p
        if differs:
            differing |= {(a, b), (b, a)}
    texts = sentences["text"].to_numpy(object)[order]
    story = str(articles["story_id"].iat[0])
    members = [np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1)] if len(labels) else []
    ids = unique_ids([claim_id(story, texts[ranks[0]]) for ranks in members])
    groups = []
    for name, ranks in zip(ids, members, strict=True):
        same = np.array([[1.0 if texts[a] == texts[b] else likeness[a, b] for b in ranks] for a in ranks])
        differ = np.array([[(a, b) in differing for b in ranks] for a in ranks])
        middle = central(texts[ranks], same, differ)
        groups.append(Group(name, order[ranks].tolist(), int(order[ranks[middle]]), same[middle]))
    return groups


def _chronological(articles: pd.DataFrame, sentences: pd.DataFrame) -> NDArray[np.int64]:
    """Rows of the sentences that claim something, by publication (unknown last), article id and place."""
    when = articles.set_index("article_id")["published"].rank(method="min", na_option="bottom")
    keys = sentences.assign(when=sentences["article_id"].map(when), row=np.arange(len(sentences)))
    claims = ~keys["boilerplate"] & np.array([_claims_something(text) for text in keys["text"]], dtype=bool)
    in_order = keys[claims].sort_values(["when", "article_id", "index"], kind="stable")
    # What an article says twice in the same words it claims once.
    return in_order.drop_duplicates(["article_id", "text"])["row"].to_numpy(np.int64)


def _claims_something(text: str) -> bool:
    return bool(words(text)) and not text.rstrip("\"'”’»)").endswith("?")
