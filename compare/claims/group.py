"""Matching clauses become claims: who says it, in whose words, under which id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.claims.cluster import cluster
from compare.claims.identity import central, claim_id, unique_ids
from compare.claims.lineage import inherited
from compare.reading.articles import by_publication

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.matching.match import Pairs
    from compare.settings import Settings


@dataclass(frozen=True)
class Group:
    """One claim as rows of the clause table.

    Attributes:
        rows: its clauses, the earliest first.
        central: the row that words it.
        same: probability that two of its clauses say the same, shape (rows, rows).
        differ: whether a change was found between them, in the same shape.
    """

    claim_id: str
    rows: list[int]
    central: int
    same: NDArray[np.float64]
    differ: NDArray[np.bool_]

    @property
    def probability(self) -> NDArray[np.float64]:
        """Probability that each of the rows says the same as the central one."""
        column: NDArray[np.float64] = self.same[:, self.rows.index(self.central)]
        return column


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
    order = _chronological(articles, clauses, pairs)
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
    again = _said_again(pairs)
    groups = []
    for name, ranks in zip(ids, members, strict=True):
        same = np.array([[1.0 if texts[a] == texts[b] else likeness[a, b] for b in ranks] for a in ranks])
        differ = np.array([[(a, b) in differing for b in ranks] for a in ranks])
        middle = central(texts[ranks], same, differ)
        rows = [(row, at) for at, rank in enumerate(ranks) for row in again[pairs.passage_of[order[rank]]]]
        of = np.ix_(*[[at for _, at in rows]] * 2)
        groups.append(Group(name, [row for row, _ in rows], int(order[ranks[middle]]), same[of], differ[of]))
    return groups


def _chronological(articles: pd.DataFrame, clauses: pd.DataFrame, pairs: Pairs) -> NDArray[np.int64]:
    """Rows of what is claimed, a wording of an article once: by publication (unknown last), article id and place."""
    place = {articles["article_id"].iat[row]: place for place, row in enumerate(by_publication(articles))}
    rows = np.flatnonzero(pairs.passage_of >= 0)
    rows = rows[np.argsort(clauses["article_id"].map(place).to_numpy()[rows], kind="stable")]
    first = np.unique(pairs.passage_of[rows], return_index=True)[1]
    return rows[np.sort(first)]


def _said_again(pairs: Pairs) -> dict[int, list[int]]:
    """For each passage the rows of the clauses in which its article says these words."""
    rows: dict[int, list[int]] = {}
    for row, passage in enumerate(pairs.passage_of.tolist()):
        rows.setdefault(passage, []).append(row)
    return rows
