"""How far apart two outlets are in what they carry: Jaccard's distance, and what of it is beyond chance.

Chance is what two outlets would share if neither knew of the other: each carries as many claims of a story as it
does, whichever they are, among claims that equally many other outlets carry.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.outlets.intervals import bootstrap, bootstrap_of
from compare.outlets.permutation import adjusted, sign_test
from compare.tables import DISTANCES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.map.carriage import Carriage

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

MEASURES = ("jaccard", "corrected")
_SAME = 1e-12


class Pairs(NamedTuple):
    """Counts of every two outlets in every story: stories x pairs.

    Attributes:
        one: of each pair, the place of the one.
        other: and of the other.
        stories: whether both have the story, with voices of their own, and claims that either carries.
        either: claims that either carries.
        both: claims that both carry.
        carried: of claims that a third outlet carries: how many each of the two carries, added up.
        shared: of these claims, those that both carry.
        expected: how many both would carry by chance.
    """

    one: Places
    other: Places
    stories: Flags
    either: Numbers
    both: Numbers
    carried: Numbers
    shared: Numbers
    expected: Numbers


def pair_counts(grid: Carriage) -> Pairs:
    """Count in every story what every two outlets share.

    A claim about which nothing is decided at one of the two is left out for these two.
    """
    places = np.array(list(combinations(range(len(grid.outlets)), 2)))
    one, other = places.T
    counts = np.zeros((5, len(grid.stories), len(places)))
    ends = np.searchsorted(grid.story, np.arange(len(grid.stories) + 1))
    for story, (first, last) in enumerate(zip(ends[:-1], ends[1:], strict=True)):
        apart = grid.apart[story]
        cells = grid.carried[first:last]
        carried, known = cells == 1, ~np.isnan(cells)
        compared = known[:, one] & known[:, other] & apart[one, other]
        mine, theirs = carried[:, one] & compared, carried[:, other] & compared
        thirds = (carried * grid.share[story]) @ (apart[:, one] & apart[:, other]).astype(float)
        told = np.rint(thirds).astype(np.int64)
        counts[0, story] = (mine | theirs).sum(axis=0)
        counts[1, story] = (mine & theirs).sum(axis=0)
        counts[2:, story] = _by_chance(mine, theirs, compared, told)
    either, both, carried_by, shared, expected = counts
    return Pairs(one, other, either > 0, either, both, carried_by, shared, expected)


def _by_chance(mine: Flags, theirs: Flags, compared: Flags, told: Places) -> tuple[Numbers, Numbers, Numbers]:
    """Of claims that others carry: carried by each and added up, carried by both, and the latter as expected.

    The claims of a story are parted by how many others carry them (1, 2-3, 4-7, ...): what everybody tells is
    shared without any likeness. Within a part the number that both carry is hypergeometric.
    """
    size = compared.shape[1]
    carried, shared, expected = np.zeros(size), np.zeros(size), np.zeros(size)
    for level in range(int(told.max(initial=0)).bit_length()):
        part = compared & (told >= 2**level) & (told < 2 ** (level + 1))
        of = part.sum(axis=0)
        a, b = (mine & part).sum(axis=0), (theirs & part).sum(axis=0)
        carried += a + b
        shared += (mine & theirs & part).sum(axis=0)
        expected += a * b / np.maximum(of, 1)
    return carried, shared, expected


def jaccard(both: Numbers, either: Numbers) -> Numbers:
    """Jaccard's distance: of the claims that either carries, the share that one of the two lacks; nan of none."""
    with np.errstate(invalid="ignore", divide="ignore"):
        distance: Numbers = np.where(either > _SAME, 1 - both / either, np.nan)
    return distance


def corrected(shared: Numbers, expected: Numbers, carried: Numbers) -> Numbers:
    """Jaccard's distance by that expected by chance: one minus (J - E) / (1 - E) (Hubert & Arabie 1985).

    0 where both carry the same, 1 where they share what chance would have them share, above 1 where less; nan
    where chance alone makes them the same.
    """
    by_chance = jaccard(expected, carried - expected)
    with np.errstate(invalid="ignore", divide="ignore"):
        distance: Numbers = np.where(by_chance > _SAME, jaccard(shared, carried - shared) / by_chance, np.nan)
    return distance


def distances_table(grid: Carriage, *, version: str = "printed", seed: int = 0) -> pd.DataFrame:
    """Compare every two outlets by the claims of the stories that both have.

    Args:
        grid: what the outlets carry.
        version: the grid's version, "printed" or "collapsed".
        seed: of the draws.

    Returns:
        The DISTANCES table: a row per pair; all of them are one family.
    """
    pairs = pair_counts(grid)
    plain = bootstrap(pairs.either - pairs.both, pairs.either, seed=seed)
    beyond = bootstrap_of(corrected, (pairs.shared, pairs.expected, pairs.carried), seed=seed, proportions=False)
    tested = (pairs.carried > 0).any(axis=0)
    p_values = np.where(tested, sign_test(pairs.shared - pairs.expected, seed), np.nan)
    stories = pairs.stories.sum(axis=0)
    chance = pairs.expected.sum(axis=0)
    return DISTANCES.frame(
        {
            "one": [grid.outlets[place] for place in pairs.one],
            "other": [grid.outlets[place] for place in pairs.other],
            "version": [version] * len(stories),
            "stories": stories,
            "either": pairs.either.sum(axis=0),
            "both": pairs.both.sum(axis=0),
            "jaccard": plain.rate.round(6),
            "jaccard_low": plain.low.round(6),
            "jaccard_high": plain.high.round(6),
            "told": (pairs.carried - pairs.shared).sum(axis=0),
            "told_both": pairs.shared.sum(axis=0),
            "by_chance": jaccard(chance, pairs.carried.sum(axis=0) - chance).round(6),
            "corrected": beyond.rate.round(6),
            "low": beyond.low.round(6),
            "high": beyond.high.round(6),
            "p_value": p_values,
            "q_value": adjusted(p_values),
            "family": [f"pairs of outlets more alike than chance; {version}"] * len(stories),
            "tests": [int(tested.sum())] * len(stories),
            "validated": [False] * len(stories),
            "warning": [
                _warning(*said)
                for said in zip(stories, plain.warning, tested, beyond.rate, beyond.warning, strict=True)
            ],
        }
    )


def _warning(stories: int, plain: str, tested: bool, beyond: float, why: str) -> str:
    if not stories:
        return "no story that both have"
    if not tested:
        return "; ".join(filter(None, [plain, "no claim of theirs is carried by a third outlet: nothing says what chance is"]))
    if np.isnan(beyond):
        return "; ".join(filter(None, [plain, "both carry all that others do: chance makes them the same"]))
    return plain if why == plain or not why else "; ".join(filter(None, [plain, f"corrected: {why}"]))
