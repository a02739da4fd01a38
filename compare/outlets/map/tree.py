"""Average linkage, and how many resampled corpora have the same clusters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


class Merge(NamedTuple):
    """Two clusters that are joined: places of outlets, or their number plus the place of an earlier merge.

    Attributes:
        one: a cluster.
        other: another.
        height: the mean distance between their outlets.
        members: which outlets are in both, as bits.
    """

    one: int
    other: int
    height: float
    members: int


def average_linkage(distances: Numbers) -> list[Merge]:
    """Join the two clusters with the least mean distance, again and again (UPGMA; Sokal & Michener 1958).

    Args:
        distances: points x points.

    Returns:
        The merges, nearest first.
    """
    from scipy.cluster.hierarchy import linkage

    size = len(distances)
    members = [1 << place for place in range(size)]
    merges = []
    for one, other, height, _ in linkage(distances[np.triu_indices(size, 1)], "average").tolist():
        members.append(members[int(one)] | members[int(other)])
        merges.append(Merge(int(one), int(other), height, members[-1]))
    return merges


def supports(merges: list[Merge], drawn: Numbers) -> list[float]:
    """Give the share of resampled corpora in which each merge's outlets are a cluster (Felsenstein 1985).

    Args:
        merges: of the corpus.
        drawn: draws x points x points, the distances in resampled corpora.
    """
    counted = Counter(merge.members for distances in drawn for merge in average_linkage(distances))
    return [counted[merge.members] / len(drawn) for merge in merges]
