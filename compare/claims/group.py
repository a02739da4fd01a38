"""Matching clauses become claims: who says it, in whose words, under which id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.around import around
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
    """One wording of a claim with the clauses that match it, as rows of the clause table.

    A claim that was found has one wording, that of its central clause; one of a codebook may have several.

    Attributes:
        rows: the clauses, the earliest first.
        central: the row that words it, -1 if none does.
        same: probability that two of its clauses say the same, shape (rows, rows).
        differ: whether a change was found between them, in the same shape.
    """

    claim_id: str
    wording: str
    rows: list[int]
    central: int
    same: NDArray[np.float64]
    differ: NDArray[np.bool_]

    @property
    def probability(self) -> NDArray[np.float64]:
        """Probability that each of the rows says the same as the central one."""
        column: NDArray[np.float64] = self.same[:, self.rows.index(self.central)] if self.rows else np.zeros(0)
        return column


_WITHOUT_CLAUSES = Group("", "", [], -1, np.zeros((0, 0)), np.zeros((0, 0), dtype=bool))


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
    told = wordings_of(order.tolist(), clauses, articles)
    groups = []
    for name, ranks in zip(ids, members, strict=True):
        same = np.array([[1.0 if texts[a] == texts[b] else likeness[a, b] for b in ranks] for a in ranks])
        differ = np.array([[(a, b) in differing for b in ranks] for a in ranks])
        middle = central(texts[ranks].tolist(), [told[rank] for rank in ranks], same, differ)
        rows = [(row, at) for at, rank in enumerate(ranks) for row in again[pairs.passage_of[order[rank]]]]
        of = np.ix_(*[[at for _, at in rows]] * 2)
        own = int(order[ranks[middle]])
        groups.append(Group(name, told[ranks[middle]], [row for row, _ in rows], own, same[of], differ[of]))
    return groups


def wordings_of(rows: Sequence[int], table: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Word a claim as each of some rows of the clause table, or of the sentences table, tells it."""
    of_article = articles.set_index("article_id")[["text", "outlet"]].apply(tuple, axis=1).to_dict()
    names = ("text", "article_id", "start", "end")
    told = zip(*(table[name].iloc[list(rows)].tolist() for name in names), strict=True)
    return [worded(text, around(*of_article[article_id]), start, end) for text, article_id, start, end in told]


def in_codebook(
    book: Sequence[Claim],
    found: Sequence[Group],
    clauses: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
) -> list[Group]:
    """Give a group for every wording of a codebook: the one with a clause so worded, else one without clauses.

    A wording that is a whole sentence has the clauses of all of it.

    Args:
        book: the claims.
        found: the groups of the story's clauses.
        clauses: these clauses.
        sentences: the SENTENCES table.
        articles: the ARTICLES table.

    Returns:
        The wordings of a claim one after the other, in the codebook's order.
    """
    worded_so: dict[Any, Group] = {}
    sentence_of = clauses["sentence"].to_numpy()
    told_in: dict[int, list[Group]] = {}
    for group in found:
        for row in group.rows:
            told_in.setdefault(int(sentence_of[row]), []).append(replace(group, central=row))
    several = [sentence for sentence in sorted(told_in, reverse=True) if len(told_in[sentence]) > 1]
    for sentence, wording in zip(several, wordings_of(several, sentences, articles), strict=True):
        worded_so[_spaced(wording)] = as_one(told_in[sentence])
    for group in reversed(found):
        words = wordings_of(group.rows, clauses, articles)
        for row, wording in zip(reversed(group.rows), reversed(words), strict=True):
            # Of claims that were found in the same words, each keeps its own clauses.
            for key in (_spaced(wording), (group.claim_id, _spaced(wording))):
                worded_so[key] = replace(group, central=row)
    groups = []
    for claim in book:
        for wording in claim.wordings:
            said = _spaced(wording)
            group = worded_so.get((claim.claim_id, said)) or worded_so.get(said) or _WITHOUT_CLAUSES
            groups.append(replace(group, claim_id=claim.claim_id, wording=wording))
    return groups


def as_one(wordings: Sequence[Group]) -> Group:
    """Give a claim by its first wording, with the clauses of all; those of two wordings are not known to differ."""
    if len(wordings) == 1:
        return wordings[0]
    rows = list(dict.fromkeys(row for group in wordings for row in group.rows))
    same, differ = np.eye(len(rows)), np.zeros((len(rows), len(rows)), dtype=bool)
    for group in wordings:
        block = np.ix_(*[[rows.index(row) for row in group.rows]] * 2)
        same[block], differ[block] = group.same, group.differ
    return replace(wordings[0], rows=rows, same=same, differ=differ)


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
