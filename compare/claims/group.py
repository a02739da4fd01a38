"""Matching clauses become claims: who says it, in whose words, under which id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.claims.cluster import cluster
from compare.claims.identity import central, claim_id, unique_ids
from compare.claims.lineage import inherited

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.matching.match import Pairs
    from compare.settings import Settings


@dataclass(frozen=True)
class Group:
    """One claim as rows of the clause table: its clauses, earliest first, and the central one."""

    claim_id: str
    rows: list[int]
    central: int
    probability: NDArray[np.float64]  # of each row and the central one saying the same


def group_claims(
    articles: pd.DataFrame,
    clauses: pd.DataFrame,
    pairs: Pairs,
    settings: Settings,
    before: pd.DataFrame | None = None,
) -> list[Group]:
    """Group the clauses of a story into claims; a clause that matches no other is a claim too.

    Args:
        articles: the ARTICLES table.
        clauses: the story's clauses, as `clause_table` gives them.
        pairs: those that may say the same.
        settings: `claim_floor` and `claim_link`.
        before: the `members` of an earlier comparison, whose claims keep their names.

    Returns:
        The groups, in the order of their earliest clauses.
    """
    order = _chronological(articles, clauses)
    rank = np.full(len(clauses), -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    left, right = rank[pairs.left], rank[pairs.right]
    labels = cluster(len(order), left, right, pairs.probability, settings)
    likeness: dict[tuple[int, int], float] = {}
    differing = set()
    for a, b, p, changes in zip(
        left.tolist(), right.tolist(), pairs.probability.tolist(), pairs.changes.tolist(), strict=True
    ):
        likeness[a, b] = likeness[b, a] = p
        if changes:
            differing |= {(a, b), (b, a)}
    texts = clauses["text"].to_numpy(object)[order]
    story = str(articles["story_id"].iat[0])
    members = [np.flatnonzero(labels == label).tolist() for label in range(labels.max() + 1)] if len(labels) else []
    ids = unique_ids([claim_id(story, texts[ranks[0]]) for ranks in members])
    if before is not None:
        ids = inherited(ids, [order[ranks].tolist() for ranks in members], clauses, articles, before)
    again = _said_again(clauses, order)
    groups = []
    for name, ranks in zip(ids, members, strict=True):
        same = np.array([[1.0 if texts[a] == texts[b] else likeness[a, b] for b in ranks] for a in ranks])
        differ = np.array([[(a, b) in differing for b in ranks] for a in ranks])
        middle = central(texts[ranks], same, differ)
        rows = [(row, p) for at, p in zip(ranks, same[middle].tolist(), strict=True) for row in again[order[at]]]
        groups.append(Group(name, [row for row, _ in rows], int(order[ranks[middle]]), np.array([p for _, p in rows])))
    return groups


def _chronological(articles: pd.DataFrame, clauses: pd.DataFrame) -> NDArray[np.int64]:
    """Rows of what is claimed, a wording of an article once: by publication (unknown last), article id and place."""
    when = articles.set_index("article_id")["published"].rank(method="min", na_option="bottom")
    keys = clauses.assign(when=clauses["article_id"].map(when), row=np.arange(len(clauses)))
    in_order = keys[keys["claims"]].sort_values(["when", "article_id", "row"], kind="stable")
    return in_order.drop_duplicates(["article_id", "text"])["row"].to_numpy(np.int64)


def _said_again(clauses: pd.DataFrame, order: NDArray[np.int64]) -> dict[int, list[int]]:
    """For each row of the order, the rows in which its article says the same words, itself first."""
    said = clauses.groupby(["article_id", "text"], sort=False).ngroup().to_numpy()
    rows: dict[int, list[int]] = {}
    for row, number in enumerate(said.tolist()):
        rows.setdefault(number, []).append(row)
    return {row: rows[said[row]] for row in order.tolist()}
