"""How far apart two outlets are in what they carry: Jaccard's distance, and what of it is beyond chance.

Chance is what two outlets would share if neither took after the other: see `chance`.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.outlets.intervals import bootstrap, bootstrap_of
from compare.outlets.map.chance import as_many, both_by_chance, cells, log_odds
from compare.outlets.permutation import adjusted, least_stories, sign_tests
from compare.tables import DISTANCES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.map.carriage import Carriage

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]

_SAME = 1e-12


class Pairs(NamedTuple):
    """Counts of every two outlets in every story: stories x pairs.

    Attributes:
        outlets: their names.
        one: of each pair, the place of the one.
        other: and of the other.
        stories: whether both have the story, with voices of their own, and claims that either carries.
        either: claims that either carries.
        both: claims that both carry.
        carried: of claims that two outlets or more carry, and of which a third one decided whether it does: how many
            each of the two carries, added up.
        shared: of these claims, those that both carry.
        expected: how many both would carry by chance.
    """

    outlets: list[str]
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
    odds = log_odds(grid)
    counts = np.zeros((5, len(grid.stories), len(places)))
    for story, carried, known in cells(grid):
        apart, share = grid.apart[story], grid.share[story]
        have = np.flatnonzero(apart[*places.T])
        one, other = places[have].T
        compared = known[:, one] * known[:, other]
        mine, theirs = carried[:, one] * compared, carried[:, other] * compared
        both = mine * theirs
        counts[:2, story, have] = (mine + theirs - both).sum(axis=0), both.sum(axis=0)
        thirds = (apart[:, one] & apart[:, other]) * share[:, None]
        of = known @ thirds
        told = (carried @ thirds + mine + theirs).round(9)  # shares of a voice add up to 1
        tells = compared * (of > 0) * (told >= 2)
        mean = (known * odds) @ thirds / np.maximum(of, _SAME)
        chance = both_by_chance(np.maximum(told, 2), of + 2, np.exp(odds[one] - mean), np.exp(odds[other] - mean))
        chance = as_many(chance * tells, both * tells, share[one] * share[other])
        counts[2:, story, have] = [(part * tells).sum(axis=0) for part in (mine + theirs, both, chance)]
    either, both, carried_by, shared, expected = counts
    one, other = places.T
    return Pairs(grid.outlets, one, other, either > 0, either, both, carried_by, shared, expected)


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
    chance = by_chance(expected, carried)
    with np.errstate(invalid="ignore", divide="ignore"):
        distance: Numbers = np.where(chance > _SAME, jaccard(shared, carried - shared) / chance, np.nan)
    return distance


def by_chance(expected: Numbers, carried: Numbers) -> Numbers:
    """Jaccard's distance by chance; of few claims chance may have both carry more than there is, then it is 0."""
    both = np.minimum(expected, carried / 2)
    return jaccard(both, carried - both)


def distances_table(pairs: Pairs, *, version: str = "printed", seed: int = 0) -> pd.DataFrame:
    """Compare every two outlets by the claims of the stories that both have.

    Args:
        pairs: what every two share.
        version: what these are counts of, "printed" or "collapsed".
        seed: of the draws.

    Returns:
        The DISTANCES table: a row per pair; all of them are one family.
    """
    plain = bootstrap(pairs.either - pairs.both, pairs.either, seed=seed)
    beyond = bootstrap_of(corrected, (pairs.shared, pairs.expected, pairs.carried), seed=seed, proportions=False)
    told = np.asarray((pairs.carried > 0).any(axis=0))
    p_values = np.where(told, sign_tests(pairs.shared - pairs.expected, seed, two_sided=False), np.nan)
    stories = pairs.stories.sum(axis=0)
    return DISTANCES.frame(
        {
            "one": [pairs.outlets[place] for place in pairs.one],
            "other": [pairs.outlets[place] for place in pairs.other],
            "version": [version] * len(stories),
            "stories": stories,
            "either": pairs.either.sum(axis=0),
            "both": pairs.both.sum(axis=0),
            "jaccard": plain.rate.round(6),
            "jaccard_low": plain.low.round(6),
            "jaccard_high": plain.high.round(6),
            "told": (pairs.carried - pairs.shared).sum(axis=0),
            "told_both": pairs.shared.sum(axis=0),
            "by_chance": by_chance(pairs.expected.sum(axis=0), pairs.carried.sum(axis=0)).round(6),
            "corrected": beyond.rate.round(6),
            "low": beyond.low.round(6),
            "high": beyond.high.round(6),
            "p_value": p_values,
            "q_value": adjusted(p_values),
            "family": [f"pairs of outlets more alike than chance; {version}"] * len(stories),
            "tests": [int((~np.isnan(p_values)).sum())] * len(stories),
            "validated": [False] * len(stories),
            "warning": [
                "; ".join(filter(None, [_warning(*said), _untested(p_value, said[0] > 0 and said[2])]))
                for p_value, *said in zip(
                    p_values.tolist(),
                    stories.tolist(),
                    plain.warning,
                    told.tolist(),
                    beyond.rate.tolist(),
                    beyond.warning,
                    strict=True,
                )
            ],
        }
    )


def _warning(stories: int, plain: str, told: bool, beyond: float, why: str) -> str:
    if not stories:
        return "no story that both have"
    if not told:
        return "; ".join(filter(None, [plain, "no claim that two outlets of three carry: nothing says what chance is"]))
    if np.isnan(beyond):
        return "; ".join(filter(None, [plain, "chance alone would have them carry the same"]))
    return plain if why == plain or not why else "; ".join(filter(None, [plain, f"corrected: {why}"]))


def _untested(p_value: float, comparable: bool) -> str:
    if comparable and np.isnan(p_value):
        return f"other than chance in fewer than {least_stories(two_sided=False)} stories: no test"
    return ""
