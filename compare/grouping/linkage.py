"""Pairs of articles joined to stories by average linkage."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from scipy import sparse
from scipy.sparse import csgraph

from compare.grouping.nearest import NEAREST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compare.grouping.likelihood import Likely

CUT = 0.45  # mean probability; chosen on ECB+ without most of its articles, by cross-validation
_NEGLIGIBLE = 0.01  # probability that moves no mean by as much as counts


def join(likely: Likely, count: int, cut: float) -> list[list[int]]:
    """Return stories as lists of articles: average linkage, so that one bridging article joins no two stories.

    The two stories with the highest mean probability between their articles are joined, as long as that is `cut` or
    more (Sokal and Michener 1958). Pairs that were not compared count as improbable; but an article is compared with
    its nearest ones alone, so that of two large stories no more pairs are asked for than could have been compared. Some
    pair between two stories that are joined has a probability of `cut` or more, too.
    """
    links: dict[int, dict[int, float]] = {number: {} for number in range(count)}
    kept = _within_reach(likely, count, cut) & (likely.probability > _NEGLIGIBLE)
    for one, other, value in zip(
        likely.left[kept].tolist(), likely.right[kept].tolist(), likely.probability[kept].tolist(), strict=True
    ):
        links[one][other] = links[other][one] = value
    members: dict[int, list[int]] = {number: [number] for number in range(count)}

    def mean(one: int, other: int, total: float) -> float:
        few, many = sorted((len(members[one]), len(members[other])))
        return total / (few * min(many, NEAREST))

    heap = [(-mean(a, b, total), a, b) for a, found in links.items() for b, total in found.items() if a < b]
    heapify(heap)
    new = count
    while heap:
        negative, one, other = heappop(heap)
        if -negative < cut:
            break
        if one not in members or other not in members:
            continue
        together = links.pop(one)
        for third, total in links.pop(other).items():
            together[third] = together.get(third, 0.0) + total
        members[new] = members.pop(one) + members.pop(other)
        links[new] = {third: total for third, total in together.items() if third in members}
        for third, total in links[new].items():
            links[third][new] = total
            heappush(heap, (-mean(third, new, total), third, new))
        new += 1
    return [sorted(found) for found in members.values()]


def _within_reach(likely: Likely, count: int, cut: float) -> NDArray[np.bool_]:
    """Return which pairs are of articles that a chain of pairs of `cut` or more connects; no others can be joined."""
    strong = likely.probability >= cut
    graph = sparse.coo_array((strong[strong], (likely.left[strong], likely.right[strong])), (count, count))
    _, part = csgraph.connected_components(graph, directed=False)
    within: NDArray[np.bool_] = part[likely.left] == part[likely.right]
    return within
