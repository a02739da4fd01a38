"""The map of outlets and the tree, from the distances of all pairs and of all resampled corpora."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError, count
from compare.outlets.distances import corrected, distances_table, jaccard
from compare.outlets.intervals import DRAWS, FEW_STORIES, LEVEL, story_weights
from compare.scaling import aligned, best_map, ellipses, scale
from compare.tables import DENDROGRAM, DISTANCE_MEASURES, MAP

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.distances import Pairs

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_HIGH_STRESS = 0.2  # "poor" in Kruskal's (1964) words
_CERTAIN = 0.05  # q values up to this are beyond chance
_WEAK = 0.5  # a cluster that fewer resamples have is hardly one
# Why nothing can be compared, and what to do.
_NOTHING = {
    "corrected": "chance is told from claims that two outlets of three carry, and there are none; "
    "measure='jaccard' does without",
    "jaccard": "none share a story; a map needs stories that two have",
}
_ALWAYS_FIT = 3  # so many points fit the plane whatever their distances


class Surface(NamedTuple):
    """Distances between the outlets that can be compared with one another, directly or through others.

    Attributes:
        kept: which outlets these are.
        seen: points x points.
        drawn: draws x points x points, of resampled stories.
        stories: of each outlet, the stories that it has in common with another.
        guessed: of each outlet, whether its distance to one of them is a path through others.
    """

    kept: Flags
    seen: Numbers
    drawn: Numbers
    stories: NDArray[np.int64]
    guessed: Flags


def surface(pairs: Pairs, measure: str, *, seed: int = 0, draws: int = DRAWS) -> Surface:
    """Measure the distance of every two outlets, in the corpus and in resampled ones.

    Two outlets that share no story are as far apart as the shortest way through others. Where a resample has
    none of the stories that two share, their distance in it is the corpus's.

    Args:
        pairs: what every two outlets share.
        measure: "corrected" or "jaccard".
        seed: of the draws.
        draws: how many.

    Raises:
        InputError: there is no such measure, or no two outlets can be compared by it.
    """
    from scipy.sparse.csgraph import connected_components, shortest_path

    if measure not in DISTANCE_MEASURES:
        raise InputError(f"there is no measure {measure!r}; there are {' and '.join(DISTANCE_MEASURES)}.")
    size, stories = len(pairs.outlets), len(pairs.either)
    found = _distances(pairs, measure, np.ones((1, stories)))[0]
    if np.isnan(found).all():
        raise InputError(f"no two outlets can be compared by {measure!r}: {_NOTHING[measure]}.")
    whole = _square(found, pairs, size)
    linked = ~np.isnan(whole)
    _, part = connected_components(linked, directed=False)
    kept = part == np.bincount(part).argmax()
    # scipy takes 0 for no way at all where it is given a full matrix, and inf for none here.
    ways = np.where(linked, np.maximum(whole, 1e-9), np.inf)
    ways = shortest_path(np.ma.masked_invalid(ways), directed=False)
    seen = np.where(linked, whole, ways)[np.ix_(kept, kept)]
    drawn = _square(_distances(pairs, measure, story_weights(stories, draws, seed)), pairs, size)
    drawn = drawn[:, kept][:, :, kept]
    every = np.arange(size)
    member = (pairs.one[:, None] == every) | (pairs.other[:, None] == every)
    return Surface(
        kept,
        seen,
        np.where(np.isnan(drawn), seen, drawn),
        (pairs.stories[:, :, None] & member).any(axis=1).sum(axis=0),
        (~linked[:, kept]).any(axis=1) & kept,
    )


def _distances(pairs: Pairs, measure: str, weights: Numbers) -> Numbers:
    """Draws x pairs."""
    if measure == "jaccard":
        return jaccard(weights @ pairs.both, weights @ pairs.either)
    return corrected(weights @ pairs.shared, weights @ pairs.expected, weights @ pairs.carried)


def _square(distances: Numbers, pairs: Pairs, size: int) -> Numbers:
    square = np.zeros((*distances.shape[:-1], size, size))
    square[..., pairs.one, pairs.other] = distances
    square[..., pairs.other, pairs.one] = distances
    return square


def map_table(pairs: Pairs, *, measure: str = "corrected", version: str = "printed", seed: int = 0) -> pd.DataFrame:
    """Draw the outlets as points, near where they carry the same, with ellipses from resampled stories.

    Args:
        pairs: what every two outlets share.
        measure: "corrected" or "jaccard".
        version: what these are counts of, "printed" or "collapsed".
        seed: of the draws.

    Returns:
        The MAP table, in the order of the outlets' names.

    Raises:
        InputError: there is no such measure, or no two outlets can be compared by it.
    """
    found = surface(pairs, measure, seed=seed)
    points, stress = best_map(found.seen)
    drawn = scale(found.drawn)
    around = ellipses(aligned(drawn, points), LEVEL)
    inside = np.column_stack([points, around.middle, around.long, around.short, around.angle])
    places = np.full((len(pairs.outlets), inside.shape[1]), np.nan)
    places[found.kept] = inside.round(6) + 0.0
    size = len(places)
    alike = distances_table(pairs, version=version, seed=seed)["q_value"].min() <= _CERTAIN
    said = "; ".join(filter(None, [_about_map(stress, int(found.kept.sum())), "" if alike else _BY_CHANCE]))
    return MAP.frame(
        {
            "outlet": pairs.outlets,
            "version": [version] * size,
            "measure": [measure] * size,
            **dict(zip(_PLACES, places.T, strict=True)),
            "stress": [round(stress, 6)] * size,
            "stories": found.stories,
            "validated": [False] * size,
            "warning": [
                "; ".join(filter(None, [_about_outlet(*one), said]))
                for one in zip(found.stories.tolist(), found.kept.tolist(), found.guessed.tolist(), strict=True)
            ],
        }
    )


_BY_CHANCE = "no two outlets are surely more alike than chance: who stands beside whom may be chance"
_PLACES = ("x", "y", "ellipse_x", "ellipse_y", "ellipse_long", "ellipse_short", "ellipse_angle")


def _about_map(stress: float, outlets: int) -> str:
    if outlets <= _ALWAYS_FIT:
        return f"{outlets} outlets fit the plane whatever they do: stress says nothing"
    return f"stress {stress:.2f}: the plane shows these distances poorly" if stress > _HIGH_STRESS else ""


def _about_outlet(stories: int, kept: bool, guessed: bool) -> str:
    if not kept:
        return "left out: nothing tells its distance to the outlets on the map"
    few = f"{count(stories, 'story')}: the ellipse is too small" if stories < FEW_STORIES else ""
    way = "a distance to an outlet with which it shares no story is the way through others" if guessed else ""
    return "; ".join(filter(None, [few, way]))


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
    """Return the share of resampled corpora in which each merge's outlets are a cluster (Felsenstein 1985).

    Args:
        merges: of the corpus.
        drawn: draws x points x points, the distances in resampled corpora.
    """
    counted = Counter(merge.members for distances in drawn for merge in average_linkage(distances))
    return [counted[merge.members] / len(drawn) for merge in merges]


def dendrogram_table(
    pairs: Pairs, *, measure: str = "corrected", version: str = "printed", seed: int = 0
) -> pd.DataFrame:
    """Join the outlets nearest first, by the mean distance between clusters, and tell how sure each merge is.

    Args:
        pairs: what every two outlets share.
        measure: "corrected" or "jaccard".
        version: what these are counts of, "printed" or "collapsed".
        seed: of the draws.

    Returns:
        The DENDROGRAM table: a row per merge. Outlets that cannot be compared with the others are in none.

    Raises:
        InputError: there is no such measure, or no two outlets can be compared by it.
    """
    found = surface(pairs, measure, seed=seed)
    names = [name for name, kept in zip(pairs.outlets, found.kept.tolist(), strict=True) if kept]
    merges = average_linkage(found.seen)
    support = supports(merges, found.drawn)
    out = [name for name in pairs.outlets if name not in names]
    said = f"left out, since nothing tells their distance to the others: {', '.join(out)}" if out else ""
    called = [[name] for name in names]
    rows = []
    for number, merge in enumerate(merges):
        one, other = sorted((called[merge.one], called[merge.other]))
        called.append(sorted(one + other))
        rows.append(
            {
                "merge": number + 1,
                "version": version,
                "measure": measure,
                "one": "; ".join(one),
                "other": "; ".join(other),
                "outlets": "; ".join(called[-1]),
                "size": len(called[-1]),
                "height": round(merge.height, 6),
                "support": support[number],
                "validated": False,
                "warning": "; ".join(filter(None, [said, _about_merge(number, len(merges), support[number])])),
            }
        )
    return DENDROGRAM.frame(rows)


def _about_merge(number: int, merges: int, support: float) -> str:
    if number == merges - 1:
        return "the last merge joins all outlets in every resample"
    return f"only {support:.0%} of resampled corpora join these" if support < _WEAK else ""
