"""Matching clauses become claims: who says it, in whose words, under which id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from compare.claims.cluster import cluster
from compare.claims.identity import claim_id, unique_ids
from compare.claims.lineage import inherited
from compare.claims.wording import central, worded
from compare.reading.articles import by_publication

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.codebook import Claim
    from compare.matching.match import Pairs
    from compare.settings import Settings


@dataclass(frozen=True)
class Group:
    """One wording of a claim with the clauses that match it: rows of the clause table, earliest first.

    A claim that was found has one wording, that of its central clause; one of a codebook may have several.
    """

    claim_id: str
    wording: str
    rows: list[int]
    central: int  # the row that words it, -1 if none does
    probability: NDArray[np.float64]  # of each row and the central one saying the same


_WITHOUT_CLAUSES = Group("", "", [], -1, np.zeros(0))


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
    article = articles.set_index("article_id")["text"].to_dict()
    groups = []
    for name, ranks in zip(ids, members, strict=True):
        same = np.array([[1.0 if texts[a] == texts[b] else likeness[a, b] for b in ranks] for a in ranks])
        differ = np.array([[(a, b) in differing for b in ranks] for a in ranks])
        middle = central(texts[ranks], same, differ)
        rows = [
            (row, p)
            for at, p in zip(ranks, same[middle].tolist(), strict=True)
            for row in again[pairs.passage_of[order[at]]]
        ]
        told, alike = [row for row, _ in rows], np.array([p for _, p in rows])
        own = int(order[ranks[middle]])
        clause = clauses.iloc[own]
        wording = worded(clause["text"], article[clause["article_id"]], clause["start"])
        groups.append(Group(name, wording, told, own, alike))
    return groups


def in_codebook(book: Sequence[Claim], found: Sequence[Group]) -> list[Group]:
    """Give a group for every wording of a codebook: the one that was found so worded, else one without clauses.

    Args:
        book: the claims.
        found: the groups of the story's clauses.

    Returns:
        The wordings of a claim one after the other, in the codebook's order.
    """
    by_words = {_spaced(group.wording): group for group in reversed(found)}
    # Of claims that were found in the same words, each keeps its own clauses.
    named = {(group.claim_id, _spaced(group.wording)): group for group in found}
    groups = []
    for claim in book:
        for wording in claim.wordings:
            said = _spaced(wording)
            group = named.get((claim.claim_id, said)) or by_words.get(said) or _WITHOUT_CLAUSES
            groups.append(replace(group, claim_id=claim.claim_id, wording=wording))
    return groups


def _spaced(wording: str) -> str:
    return " ".join(wording.split())


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
