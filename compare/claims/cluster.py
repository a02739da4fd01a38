"""Sentences that say the same, grouped so that no group chains.

Greedy agglomeration by average link with a floor: two groups merge only if every sentence of one
matches every sentence of the other at least at the floor, and at most one sentence of an article
belongs to a group. Connected components, the usual shortcut, join what no one would call alike.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from compare.settings import Settings

    Integers = NDArray[np.int64]


def cluster(
    article_of: Integers, left: Integers, right: Integers, probability: NDArray[np.float64], settings: Settings
) -> Integers:
    """Group sentences by the probabilities of their pairs.

    Args:
        article_of: article number of each sentence; its length is the number of sentences.
        left: sentence numbers; a pair that is not listed has probability 0.
        right: as many sentence numbers of other articles.
        probability: that left[k] and right[k] say the same.
        settings: `claim_floor`, the least probability of any two sentences of a group, and
            `claim_link`, the least average probability between two groups that merge.

    Returns:
        A group number for each sentence; groups are numbered by their first sentence.
    """
    floor, link = settings.claim_floor, settings.claim_link
    groups = _Groups(article_of)
    for a, b, p in zip(left.tolist(), right.tolist(), probability.tolist(), strict=True):
        if p >= floor:
            groups.links[a][b] = groups.links[b][a] = (p, 1)
    # A heap entry is outdated when one of its groups has merged since: then its number is gone.
    heap = [(-p, a, b) for a in groups.links for b, (p, _) in groups.links[a].items() if a < b and p >= link]
    heapify(heap)
    while heap:
        _, a, b = heappop(heap)
        if a in groups.links and b in groups.links and groups.may_merge(a, b):
            merged = groups.merge(a, b)
            for other, (total, pairs) in groups.links[merged].items():
                if total / pairs >= link:
                    heappush(heap, (-total / pairs, other, merged))
    return groups.labels()


class _Groups:
    """Groups and the links between them: (sum of probabilities, number of pairs at or above the floor)."""

    def __init__(self, article_of: Integers) -> None:
        self.members = {number: [number] for number in range(len(article_of))}
        self.articles = {number: {article} for number, article in enumerate(article_of.tolist())}
        self.links: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in self.members}
        self._next = len(article_of)

    def may_merge(self, a: int, b: int) -> bool:
        every_pair_matches = self.links[a][b][1] == len(self.members[a]) * len(self.members[b])
        return every_pair_matches and not self.articles[a] & self.articles[b]

    def merge(self, a: int, b: int) -> int:
        new, self._next = self._next, self._next + 1
        self.members[new] = self.members.pop(a) + self.members.pop(b)
        self.articles[new] = self.articles.pop(a) | self.articles.pop(b)
        joined: dict[int, tuple[float, int]] = {}
        for links in (self.links.pop(a), self.links.pop(b)):
            for other, (total, pairs) in links.items():
                if other in (a, b):
                    continue
                before, count = joined.get(other, (0.0, 0))
                joined[other] = (before + total, count + pairs)
        for other, link in joined.items():
            self.links[other].pop(a, None)
            self.links[other].pop(b, None)
            self.links[other][new] = link
        self.links[new] = joined
        return new

    def labels(self) -> Integers:
        result = np.zeros(sum(map(len, self.members.values())), dtype=np.int64)
        for number, members in enumerate(sorted(self.members.values(), key=min)):
            result[members] = number
        return result
