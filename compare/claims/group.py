"""Group matching clauses into claims: each with its clauses, a wording and an id."""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.around import around
from compare.claims.lineage import claim_id, inherited, unique_ids
from compare.claims.phrasing import central, worded
from compare.reading.articles import by_publication

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.codebook import CodebookClaim
    from compare.language.texts import Story
    from compare.matching.match import Pairs
    from compare.settings import Settings

    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """A wording of a claim with the clauses that match it, as rows of the clause table, the earliest first.

    A claim found in the articles has one wording, that of its `central` clause (-1: no clause words it); a codebook's
    claim may have several. `same` is the probability that two of its clauses say the same, and `differ` whether a
    change was found between them, both of shape (rows, rows).
    """

    claim_id: str
    wording: str
    rows: list[int]
    central: int
    same: NDArray[np.float64]
    differ: NDArray[np.bool_]

    @property
    def probability(self) -> NDArray[np.float64]:
        """The probability that each of the rows says the same as the central one."""
        column: NDArray[np.float64] = self.same[:, self.rows.index(self.central)] if self.rows else np.zeros(0)
        return column


def group_claims(story: Story, pairs: Pairs, settings: Settings, before: pd.DataFrame | None = None) -> list[Group]:
    """Group the clauses of a story into claims; a clause that matches no other is a claim too.

    Args:
        story: the story with the clauses.
        pairs: pairs of clauses that may say the same.
        settings: `claim_floor` and `claim_link`.
        before: the `members` of an earlier comparison, whose claims keep their names.

    Returns:
        The groups, in the order of their earliest clauses: by publication (unknown last), article id and place.
    """
    from pandas import factorize

    clauses, articles = story.clauses, story.articles
    published = np.argsort(by_publication(articles))
    claiming = np.flatnonzero(pairs.passage_of >= 0)
    claiming = claiming[np.argsort(published[story.article_of_clause[claiming]], kind="stable")]
    # Group repetitions within an article once.
    order = claiming[np.sort(np.unique(pairs.passage_of[claiming], return_index=True)[1])]
    again: dict[int, list[int]] = {}
    for row, passage in enumerate(pairs.passage_of.tolist()):
        again.setdefault(passage, []).append(row)
    rank = np.full(len(clauses), -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    left, right = rank[pairs.left], rank[pairs.right]
    texts = story.clause_texts[order]
    text = factorize(texts)[0].astype(np.int64)
    labels = cluster(len(order), left, right, pairs.probability, settings, text)
    story_id = str(articles["story_id"].iat[0])
    ends = np.cumsum(np.bincount(labels))
    members = [ranks.tolist() for ranks in np.split(np.argsort(labels, kind="stable"), ends[:-1]) if len(ranks)]
    ids = unique_ids([claim_id(story_id, texts[ranks[0]]) for ranks in members])
    if before is not None:
        ids = inherited(ids, [order[ranks].tolist() for ranks in members], clauses, articles, before)
    told = wordings_of(order.tolist(), clauses, articles)
    # The pairs within each group, sorted by group; `at` is the place of a clause in its group.
    at = np.zeros(len(order), dtype=np.int64)
    for ranks in members:
        at[ranks] = np.arange(len(ranks))
    within = np.flatnonzero(labels[left] == labels[right])
    within = within[np.argsort(labels[left[within]], kind="stable")]
    begins = np.searchsorted(labels[left[within]], np.arange(len(members) + 1))
    groups = []
    for label, (name, ranks) in enumerate(zip(ids, members, strict=True)):
        own_pairs = within[begins[label] : begins[label + 1]]
        same, differ = np.zeros((len(ranks), len(ranks))), np.zeros((len(ranks), len(ranks)), dtype=bool)
        for one, other in ((left, right), (right, left)):
            cells = at[one[own_pairs]], at[other[own_pairs]]
            same[cells], differ[cells] = pairs.probability[own_pairs], pairs.changes[own_pairs] != ""
        same[text[ranks][:, np.newaxis] == text[ranks]] = 1.0
        middle = central(texts[ranks].tolist(), [told[rank] for rank in ranks], same, differ)
        rows = [(row, place) for place, rank in enumerate(ranks) for row in again[pairs.passage_of[order[rank]]]]
        of = np.ix_(*[[place for _, place in rows]] * 2)
        own = int(order[ranks[middle]])
        groups.append(Group(name, told[ranks[middle]], [row for row, _ in rows], own, same[of], differ[of]))
    return groups


def wordings_of(rows: Sequence[int], table: pd.DataFrame, articles: pd.DataFrame) -> list[str]:
    """Word a claim after each of some rows of the clause table, or of the sentences table."""
    columns = (articles[name].tolist() for name in ("article_id", "text", "outlet"))
    of_article = {name: article for name, *article in zip(*columns, strict=True)}
    names = ("text", "article_id", "start", "end")
    told = zip(*(table[name].iloc[list(rows)].tolist() for name in names), strict=True)
    return [worded(text, around(*of_article[article_id]), start, end) for text, article_id, start, end in told]


def in_codebook(book: Sequence[CodebookClaim], found: Sequence[Group], story: Story) -> list[Group]:
    """Return a group for every wording of a codebook, the wordings of a claim together, in the codebook's order.

    It is the group in `found` with a clause of that wording, or else a group without clauses. A wording that is a whole
    sentence has the clauses of the whole sentence.
    """
    worded_so: dict[Any, Group] = {}
    told_in: dict[int, list[Group]] = {}
    for group in found:
        for row in group.rows:
            told_in.setdefault(int(story.sentence_of[row]), []).append(replace(group, central=row))
    several = [sentence for sentence in sorted(told_in, reverse=True) if len(told_in[sentence]) > 1]
    for sentence, wording in zip(several, wordings_of(several, story.sentences, story.articles), strict=True):
        worded_so[_spaced(wording)] = as_one(told_in[sentence])
    for group in reversed(found):
        words = wordings_of(group.rows, story.clauses, story.articles)
        for row, wording in zip(reversed(group.rows), reversed(words), strict=True):
            # If several claims were found with the same wording, each keeps its own clauses.
            for key in (_spaced(wording), (group.claim_id, _spaced(wording))):
                worded_so[key] = replace(group, central=row)
    nothing = Group("", "", [], -1, np.zeros((0, 0)), np.zeros((0, 0), dtype=bool))
    groups = []
    for claim in book:
        for wording in claim.wordings:
            said = _spaced(wording)
            group = worded_so.get((claim.claim_id, said)) or worded_so.get(said) or nothing
            groups.append(replace(group, claim_id=claim.claim_id, wording=wording))
    return groups


def _spaced(wording: str) -> str:
    return " ".join(wording.split())


def as_one(wordings: Sequence[Group]) -> Group:
    """Return a claim by its first wording, with the clauses of all; clauses of two wordings are not known to differ."""
    if len(wordings) == 1:
        return wordings[0]
    rows = list(dict.fromkeys(row for group in wordings for row in group.rows))
    same, differ = np.eye(len(rows)), np.zeros((len(rows), len(rows)), dtype=bool)
    for group in wordings:
        block = np.ix_(*[[rows.index(row) for row in group.rows]] * 2)
        same[block], differ[block] = group.same, group.differ
    return replace(wordings[0], rows=rows, same=same, differ=differ)


def cluster(  # noqa: PLR0913, PLR0917 - three columns of one table, and what they are read by
    count: int,
    left: Integers,
    right: Integers,
    probability: NDArray[np.float64],
    settings: Settings,
    text: Integers | None = None,
) -> Integers:
    """Group clauses by the probabilities of their pairs, without chaining.

    Greedy agglomeration by average link with a floor: two groups merge only if every clause of one matches every clause
    of the other at least at the floor. Connected components, the usual shortcut, would join clauses that differ. Two
    clauses of an article are in one group only if the article repeats itself, because no other such pairs are given.

    Args:
        count: the number of clauses.
        left: clause numbers; unlisted pairs have probability 0.
        right: as many clause numbers.
        probability: that left[k] and right[k] say the same.
        settings: `claim_floor`, the least probability of any two clauses of a group, and
            `claim_link`, the least average probability between two groups that merge.
        text: a number for each clause, equal for equal words: copies that all match start as one group.

    Returns:
        A group number for each clause; groups are numbered by their first clause.
    """
    floor, link = settings.claim_floor, settings.claim_link
    kept = probability >= floor
    left, right, probability = left[kept], right[kept], probability[kept]
    first = np.arange(count)
    if text is not None:
        copies = (text[left] == text[right]) & (probability >= link)
        size, met = np.bincount(text, minlength=count), np.bincount(text[left[copies]], minlength=count)
        own = np.unique(text, return_index=True)[1]
        first = np.where((2 * met == size * (size - 1))[text], own[text], first)
    low, high = np.minimum(first[left], first[right]), np.maximum(first[left], first[right])
    apart = low != high
    keys, at = np.unique(low[apart] * count + high[apart], return_inverse=True)
    totals, numbers = np.bincount(at, probability[apart], len(keys)), np.bincount(at, minlength=len(keys))
    groups = _Groups(first)
    for key, total, number in zip(keys.tolist(), totals.tolist(), numbers.tolist(), strict=True):
        a, b = divmod(key, count)
        if number == groups.pairs(a, b):
            groups.links[a][b] = groups.links[b][a] = total
    heap = [
        (-total / groups.pairs(a, b), a, b)
        for a in groups.links
        for b, total in groups.links[a].items()
        if a < b and total / groups.pairs(a, b) >= link
    ]
    # A heap entry is outdated if one of its groups has been merged: its number no longer exists.
    heapify(heap)
    while heap:
        _, a, b = heappop(heap)
        if a in groups.links and b in groups.links:
            merged = groups.merge(a, b)
            for other, total in groups.links[merged].items():
                average = total / groups.pairs(other, merged)
                if average >= link:
                    heappush(heap, (-average, other, merged))
    return groups.labels()


class _Groups:
    """Groups, and links between those of which every clause of one matches every clause of the other.

    A link is the sum of the probabilities of these pairs. Where a single pair does not match, no larger groups can
    merge either, so the link is dropped.
    """

    def __init__(self, first: Integers) -> None:
        self.members: dict[int, list[int]] = {}
        for number, own in enumerate(first.tolist()):
            self.members.setdefault(own, []).append(number)
        self.links: dict[int, dict[int, float]] = {number: {} for number in self.members}
        self._next = len(first)

    def pairs(self, a: int, b: int) -> int:
        """Return how many pairs of clauses two groups have."""
        return len(self.members[a]) * len(self.members[b])

    def merge(self, a: int, b: int) -> int:
        """Merge two groups, and return the new one's number."""
        new, self._next = self._next, self._next + 1
        self.members[new] = self.members.pop(a) + self.members.pop(b)
        here, there = self.links.pop(a), self.links.pop(b)
        del here[b], there[a]
        for own, others in ((a, here), (b, there)):
            for other in others:
                del self.links[other][own]
        self.links[new] = {other: total + there[other] for other, total in here.items() if other in there}
        for other, total in self.links[new].items():
            self.links[other][new] = total
        return new

    def labels(self) -> Integers:
        result = np.zeros(sum(map(len, self.members.values())), dtype=np.int64)
        for number, members in enumerate(sorted(self.members.values(), key=min)):
            result[members] = number
        return result
