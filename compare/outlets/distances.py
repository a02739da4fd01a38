"""The distance between two outlets in what they carry: Jaccard's distance, and the same corrected for chance.

Chance is how often two outlets would both carry a claim if neither followed the other. Given how many outlets carry
a claim, each is among them in proportion to its odds of carrying anything. The prominence of a claim, and how much of a
story all outlets carry, need no model, because that number accounts for both (Rasch 1960; Andersen 1970).
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.outlets.intervals import bootstrap, bootstrap_of
from compare.outlets.permutation import family_columns, least_stories, sign_tests
from compare.outlets.voices import CUT_OFF, LEAST_CARRIED, UNDECIDED, Voices, check_version, claim_states
from compare.tables import DISTANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from compare.outlets.intervals import Flags, Integers, Numbers

_SAME = 1e-12
_SMALL = 1e-9
_ROUNDS, _SETTLED = 100, 1e-6


class Carriage(NamedTuple):
    """The decision of each outlet on each claim; outlets, stories and claims are sorted by name."""

    outlets: list[str]
    stories: list[str]
    claims: list[str]
    story: Integers  # the place of each claim's story
    carried: Numbers  # claims x outlets: 1 carried, 0 omitted, nan if undecided or the outlet lacks the story
    apart: Flags  # stories x outlets x outlets: whether both have the story, with different voices
    share: Numbers  # stories x outlets: 1 / the number of outlets with its voice there; 0 where it lacks the story


class Shared(NamedTuple):
    """Counts for every pair of outlets in every story: stories x pairs."""

    outlets: list[str]
    one: Integers  # the places of each pair's outlets
    other: Integers
    stories: Flags  # whether both have the story, with different voices, and claims that either carries
    either: Numbers  # claims that either carries
    both: Numbers  # claims that both carry
    # Of claims that two outlets or more carry, and that a third outlet decided on: how many each of the two carries,
    # added up; how many both carry; and how many both would carry by chance.
    carried: Numbers
    shared: Numbers
    expected: Numbers


def read_carriage(stories: Iterable[tuple[str, pd.DataFrame, pd.DataFrame]], version: str = "printed") -> Carriage:
    """Lay out what the outlets carry; `stories` yields story id, COVERAGE and WIRE of each.

    With version "collapsed", every copy of a wire text carries the claims that any copy carries, and the copies are no
    evidence that their outlets are alike.

    Raises:
        InputError: there is no such version, or only one outlet.
    """
    check_version(version)
    read = []
    for story, coverage, wire in sorted(stories, key=lambda one: one[0]):
        speaks = Voices(wire, version)
        states = claim_states(coverage, speaks)
        read.append((story, states, speaks))
    outlets = sorted({name for *_, speaks in read for name in speaks.outlets})
    if len(outlets) < 2:
        raise InputError(f"there is only one outlet, {outlets[0]!r}; a map needs two.")
    at = {name: column for column, name in enumerate(outlets)}
    apart = np.zeros((len(read), len(outlets), len(outlets)), dtype=bool)
    share = np.zeros((len(read), len(outlets)))
    rows, claims = [], []
    for number, (_, states, speaks) in enumerate(read):
        mine = np.array([at[name] for name in speaks.outlets])
        apart[number][np.ix_(mine, mine)] = ~speaks.together
        share[number, mine] = 1 / speaks.together.sum(axis=1)
        known = np.full((len(states.claims), len(outlets)), np.nan)
        # Of an article that was cut off only what it carries is known, by which outlets would look alike.
        unknown = (states.own == UNDECIDED) | (states.own == CUT_OFF).any(axis=0)
        known[:, mine] = np.where(unknown, np.nan, states.own <= LEAST_CARRIED)
        rows.append(known)
        claims += states.claims
    of = np.repeat(np.arange(len(read)), [len(part) for part in rows])
    return Carriage(outlets, [story for story, *_ in read], claims, of, np.vstack(rows), apart, share)


def _by_story(grid: Carriage) -> Iterator[tuple[int, Numbers, Numbers]]:
    """Yield each story's place, and two arrays of claims x outlets: 1 where carried, and 1 where decided."""
    ends = np.searchsorted(grid.story, np.arange(len(grid.stories) + 1))
    for story, (first, last) in enumerate(pairwise(ends.tolist())):
        mine = grid.carried[first:last]
        yield story, (mine == 1).astype(float), (~np.isnan(mine)).astype(float)


def log_odds(grid: Carriage) -> Numbers:
    """Return the log-odds of each outlet to be among those that carry a claim; their mean is 0.

    With these odds every outlet is expected to carry as many claims as it does, if the others are considered alike.
    """
    found = np.zeros(len(grid.outlets))
    for _ in range(_ROUNDS):
        seen, expected = np.zeros((2, len(found)))
        for story, carried, known in _by_story(grid):
            others = grid.apart[story] * grid.share[story]
            count = known @ others.T
            told = carried @ others.T + carried
            odds = np.exp(found - known @ (others * found).T / np.maximum(count, _SMALL)) * told
            seen += carried.sum(axis=0)
            expected += (known * odds / np.maximum(odds + count + 1 - told, _SMALL)).sum(axis=0)
        step = np.log((seen + 0.5) / (expected + 0.5))
        step -= step.mean()
        found += step
        if np.abs(step).max() < _SETTLED:
            break
    return found


def both_by_chance(told: Numbers, of: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """Return the probability that two outlets both carry a claim that `told` (2 or more) `of` all outlets carry.

    `one` and `other` are the two outlets' odds relative to the mean of the others, which are considered alike.
    """
    rest = of - told
    ways = one * other * told * (told - 1)
    probable: Numbers = ways / (ways + (one + other) * told * rest + rest * (rest - 1))
    return probable


def pair_counts(grid: Carriage) -> Shared:
    """Count what every two outlets share in every story, without claims undecided at either."""
    places = np.array(list(combinations(range(len(grid.outlets)), 2)))
    odds = log_odds(grid)
    counts = np.zeros((5, len(grid.stories), len(places)))
    for story, carried, known in _by_story(grid):
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
        # In each claim, scale the number of pairs expected to both carry it to the number that do.
        chance, weight = chance * tells, share[one] * share[other]
        as_many = ((both * tells) @ weight) / np.maximum(chance @ weight, _SMALL)
        chance = np.minimum(chance * as_many[:, None], 1.0)
        counts[2:, story, have] = [(part * tells).sum(axis=0) for part in (mine + theirs, both, chance)]
    either, both, carried_by, shared, expected = counts
    one, other = places.T
    return Shared(grid.outlets, one, other, either > 0, either, both, carried_by, shared, expected)


def jaccard(both: Numbers, either: Numbers) -> Numbers:
    """Return Jaccard's distance: of the claims that either carries, the share that one of them lacks."""
    with np.errstate(invalid="ignore", divide="ignore"):
        distance: Numbers = np.where(either > _SAME, 1 - both / either, np.nan)
    return distance


def corrected(shared: Numbers, expected: Numbers, carried: Numbers) -> Numbers:
    """Return Jaccard's distance over that expected by chance: 1 - (J - E) / (1 - E) (Hubert & Arabie 1985).

    It is 0 where both carry the same, 1 where they share as much as expected by chance, more where they share less, and
    nan where chance alone makes them the same.
    """
    chance = _by_chance(expected, carried)
    with np.errstate(invalid="ignore", divide="ignore"):
        distance: Numbers = np.where(chance > _SAME, jaccard(shared, carried - shared) / chance, np.nan)
    return distance


def _by_chance(expected: Numbers, carried: Numbers) -> Numbers:
    """Return Jaccard's distance by chance: 0 where, with few claims, chance exceeds all that they can share."""
    both = np.minimum(expected, carried / 2)
    return jaccard(both, carried - both)


def distances_table(pairs: Shared, *, version: str = "printed", seed: int = 0) -> pd.DataFrame:
    """Compare every two outlets by the claims of the stories that both have: DISTANCES, one family of tests."""
    plain = bootstrap(pairs.either - pairs.both, pairs.either, seed=seed)
    beyond = bootstrap_of(corrected, (pairs.shared, pairs.expected, pairs.carried), seed=seed, proportions=False)
    told = np.asarray((pairs.carried > 0).any(axis=0))
    p_values = np.where(told, sign_tests(pairs.shared - pairs.expected, seed, two_sided=False), np.nan)
    stories = pairs.stories.sum(axis=0)
    no_test = f"other than chance in fewer than {least_stories(two_sided=False)} stories: no test"
    warnings = []
    for said, why, *flags in zip(
        plain.warning, beyond.warning, stories > 0, told, np.isnan(beyond.rate), np.isnan(p_values), strict=True
    ):
        some, can, same, untested = flags
        if not some:
            warnings.append("no story that both have")
            continue
        if not can:
            reason = "no claim that two outlets of three carry: nothing says what chance is"
        elif same:
            reason = "chance alone would have them carry the same"
        else:
            reason = f"corrected: {why}" if why not in {"", said} else ""
        warnings.append("; ".join(filter(None, [said, reason, no_test if can and untested else ""])))
    return DISTANCES.frame(
        {
            "one": [pairs.outlets[place] for place in pairs.one],
            "other": [pairs.outlets[place] for place in pairs.other],
            "version": [version] * len(stories),
            "stories": stories,
            "either": pairs.either.sum(axis=0),
            "both": pairs.both.sum(axis=0),
            **plain.columns("jaccard", "jaccard_low", "jaccard_high"),
            "told": (pairs.carried - pairs.shared).sum(axis=0),
            "told_both": pairs.shared.sum(axis=0),
            "by_chance": _by_chance(pairs.expected.sum(axis=0), pairs.carried.sum(axis=0)).round(6),
            **beyond.columns("corrected", "low", "high"),
            **family_columns(p_values, f"pairs of outlets more alike than chance; {version}"),
            "warning": warnings,
        }
    )
