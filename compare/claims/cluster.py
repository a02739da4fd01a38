"""Clauses that say the same, grouped so that no group chains.

Greedy agglomeration by average link with a floor: two groups merge only if every clause of one
matches every clause of the other at least at the floor. Connected components, the usual shortcut,
join what no one would call alike. Two clauses of an article stand in one group only where the
article repeats itself: no other pairs of an article come in here.
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
    count: int, left: Integers, right: Integers, probability: NDArray[np.float64], settings: Settings
) -> Integers:
    """Group clauses by the probabilities of their pairs.

    Args:
        count: the number of clauses.
        left: clause numbers; a pair that is not listed has probability 0.
        right: as many clause numbers.
        probability: that left[k] and right[k] say the same.
        settings: `claim_floor`, the least probability of any two clauses of a group, and
            `claim_link`, the least average probability between two groups that merge.

    Returns:
        A group number for each clause; groups are numbered by their first clause.
    """
    floor, link = settings.claim_floor, settings.claim_link
    groups = _Groups(count)
    for a, b, p in zip(left.tolist(), right.tolist(), probability.tolist(), strict=True):
        if p >= floor:
            groups.links[a][b] = groups.links[b][a] = (p, 1)
    # A heap entry is outdated when one of its groups has merged since: then its number is gone.
    heap = [(-p, a, b) for a in groups.links for b, (p, _) in groups.links[a].items() if a < b and p >= link]
    heapify(heap)
    while heap:
        _, a, b = heappop(heap)
        if a in groups.links and b in groups.links and groups.every_pair_matches(a, b):
            merged = groups.merge(a, b)
            for other, (total, pairs) in groups.links[merged].items():
                if total / pairs >= link:
                    heappush(heap, (-total / pairs, other, merged))
    return groups.labels()


class _Groups:
    """Groups and the links between them: (sum of probabilities, number of pairs at or above the floor)."""

    def __init__(self, count: int) -> None:
        self.members = {number: [number] for number in range(count)}
        self.links: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in self.members}
        self._next = count

    def every_pair_matches(self, a: int, b: int) -> bool:
        return self.links[a][b][1] == len(self.members[a]) * len(self.members[b])

    def merge(self, a: int, b: int) -> int:
        new, self._next = self._next, self._next + 1
        self.members[new] = self.members.pop(a) + self.members.pop(b)
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
