"""The map and the tree of outlets, from all pairwise distances in the corpus and in resampled ones."""

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

    from compare.outlets.distances import Shared
    from compare.outlets.intervals import Flags, Integers, Numbers

_HIGH_STRESS = 0.2  # "poor" in Kruskal's (1964) words
_CERTAIN = 0.05  # q values up to this are beyond chance
_WEAK = 0.5  # a cluster found in a smaller share of resamples is weak
# Why nothing can be compared, and the remedy.
_NOTHING = {
    "corrected": "chance is told from claims that two outlets of three carry, and there are none; "
    "measure='jaccard' does without",
    "jaccard": "none share a story; a map needs stories that two have",
}
_ALWAYS_FIT = 3  # this many points fit the plane at any distances
_BY_CHANCE = "no two outlets are surely more alike than chance: who stands beside whom may be chance"
_GUESSED = "a distance to an outlet with which it shares no story is the way through others"
_PLACES = ("x", "y", "ellipse_x", "ellipse_y", "ellipse_long", "ellipse_short", "ellipse_angle")


class _Surface(NamedTuple):
    """Distances between the outlets that can be compared with each other, directly or through others."""

    kept: Flags  # which outlets these are
    seen: Numbers  # points x points
    drawn: Numbers  # draws x points x points, of resampled stories
    stories: Integers  # for each outlet, the stories that it shares with another
    guessed: Flags  # for each outlet, whether any of its distances is a path through others


def _surface(pairs: Shared, measure: str, seed: int) -> _Surface:
    """Measure the distance of every two outlets, in the corpus and in resampled ones.

    For two outlets that share no story, the distance is the shortest path through others. If a resample has none of the
    stories that two outlets share, their distance in the corpus is used.
    """
    from scipy.sparse.csgraph import connected_components, shortest_path

    if measure not in DISTANCE_MEASURES:
        raise InputError(f"there is no measure {measure!r}; there are {' and '.join(DISTANCE_MEASURES)}.")
    size, stories = len(pairs.outlets), len(pairs.either)
    whole = _distances(pairs, measure, np.ones((1, stories)))[0]
    linked = ~np.isnan(whole)
    if not linked[pairs.one, pairs.other].any():
        raise InputError(f"no two outlets can be compared by {measure!r}: {_NOTHING[measure]}.")
    _, part = connected_components(linked, directed=False)
    kept = part == np.bincount(part).argmax()
    # scipy reads 0 in a full matrix as no edge; here inf stands for none.
    ways = np.where(linked, np.maximum(whole, 1e-9), np.inf)
    ways = shortest_path(np.ma.masked_invalid(ways), directed=False)
    seen = np.where(linked, whole, ways)[np.ix_(kept, kept)]
    drawn = _distances(pairs, measure, story_weights(stories, DRAWS, seed))[:, kept][:, :, kept]
    every = np.arange(size)
    member = (pairs.one[:, None] == every) | (pairs.other[:, None] == every)
    shared = (pairs.stories[:, :, None] & member).any(axis=1).sum(axis=0)
    guessed = (~linked[:, kept]).any(axis=1) & kept
    return _Surface(kept, seen, np.where(np.isnan(drawn), seen, drawn), shared, guessed)


def _distances(pairs: Shared, measure: str, weights: Numbers) -> Numbers:
    """Return draws x outlets x outlets."""
    if measure == "jaccard":
        found = jaccard(weights @ pairs.both, weights @ pairs.either)
    else:
        found = corrected(weights @ pairs.shared, weights @ pairs.expected, weights @ pairs.carried)
    square = np.zeros((len(found), len(pairs.outlets), len(pairs.outlets)))
    square[:, pairs.one, pairs.other] = found
    square[:, pairs.other, pairs.one] = found
    return square


def map_table(pairs: Shared, *, measure: str = "corrected", version: str = "printed", seed: int = 0) -> pd.DataFrame:
    """Map the outlets, nearest where they carry the same: MAP, with ellipses from resampled stories.

    Raises:
        InputError: there is no such measure, or no two outlets can be compared by it.
    """
    found = _surface(pairs, measure, seed)
    points, stress = best_map(found.seen)
    around = ellipses(aligned(scale(found.drawn), points), LEVEL)
    inside = np.column_stack([points, around.middle, around.long, around.short, around.angle])
    places = np.full((len(pairs.outlets), inside.shape[1]), np.nan)
    places[found.kept] = inside.round(6) + 0.0
    size, shown = len(places), int(found.kept.sum())
    alike = distances_table(pairs, version=version, seed=seed)["q_value"].min() <= _CERTAIN
    poor = f"stress {stress:.2f}: the plane shows these distances poorly" if stress > _HIGH_STRESS else ""
    if shown <= _ALWAYS_FIT:
        poor = f"{shown} outlets fit the plane whatever they do: stress says nothing"
    warnings = []
    for stories, kept, guessed in zip(found.stories.tolist(), found.kept, found.guessed, strict=True):
        said = ["left out: nothing tells its distance to the outlets on the map"]
        if kept:
            few = f"{count(stories, 'story')}: the ellipse is too small" if stories < FEW_STORIES else ""
            said = [few, _GUESSED if guessed else ""]
        warnings.append("; ".join(filter(None, [*said, poor, "" if alike else _BY_CHANCE])))
    return MAP.frame(
        {
            "outlet": pairs.outlets,
            "version": [version] * size,
            "measure": [measure] * size,
            **dict(zip(_PLACES, places.T, strict=True)),
            "stress": [round(stress, 6)] * size,
            "stories": found.stories,
            "validated": [False] * size,
            "warning": warnings,
        }
    )


def average_linkage(distances: Numbers) -> list[tuple[int, int, float, int]]:
    """Return the merges of average linkage (UPGMA; Sokal & Michener 1958), nearest first.

    A merge is its two clusters (a point's place, or the number of points plus the place of an earlier merge), the mean
    distance between their points, and the points in both, as bits.
    """
    from scipy.cluster.hierarchy import linkage

    size = len(distances)
    members = [1 << place for place in range(size)]
    merges = []
    for one, other, height, _ in linkage(distances[np.triu_indices(size, 1)], "average").tolist():
        members.append(members[int(one)] | members[int(other)])
        merges.append((int(one), int(other), height, members[-1]))
    return merges


def supports(merges: list[tuple[int, int, float, int]], drawn: Numbers) -> list[float]:
    """Return the share of resampled corpora that contain each merge's cluster (Felsenstein 1985)."""
    counted = Counter(members for distances in drawn for *_, members in average_linkage(distances))
    return [counted[members] / len(drawn) for *_, members in merges]


def dendrogram_table(
    pairs: Shared, *, measure: str = "corrected", version: str = "printed", seed: int = 0
) -> pd.DataFrame:
    """Join the outlets, nearest first, with the support of each merge: DENDROGRAM; errors are those of `map_table`.

    Outlets that cannot be compared with the others are in no merge.
    """
    found = _surface(pairs, measure, seed)
    merges = average_linkage(found.seen)
    names = [name for name, kept in zip(pairs.outlets, found.kept, strict=True) if kept]
    out = [name for name in pairs.outlets if name not in names]
    left_out = f"left out, since nothing tells their distance to the others: {', '.join(out)}" if out else ""
    called = [[name] for name in names]
    rows = []
    for number, (merge, support) in enumerate(zip(merges, supports(merges, found.drawn), strict=True), 1):
        one, other = sorted((called[merge[0]], called[merge[1]]))
        called.append(sorted(one + other))
        weak = f"only {support:.0%} of resampled corpora join these" if support < _WEAK else ""
        last = "the last merge joins all outlets in every resample" if number == len(merges) else weak
        rows.append(
            {
                "merge": number,
                "version": version,
                "measure": measure,
                "one": "; ".join(one),
                "other": "; ".join(other),
                "outlets": "; ".join(called[-1]),
                "size": len(called[-1]),
                "height": round(merge[2], 6),
                "support": support,
                "validated": False,
                "warning": "; ".join(filter(None, [left_out, last])),
            }
        )
    return DENDROGRAM.frame(rows)
