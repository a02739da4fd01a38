"""Claims that one group of outlets carries and another leaves out.

Only the few outlets of one story bear on a claim. Its log odds ratio d is therefore modelled as a draw from a normal
distribution N(m, t), and m and t are estimated from all claims (empirical Bayes, including their uncertainty). Given
how many outlets carry a claim, only their split between the groups counts: Fisher's noncentral hypergeometric
distribution. How widely a claim is carried therefore drops out, as does the fact that some outlet had to carry it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.outlets.groups import group_labels, in_order
from compare.outlets.permutation import LEVEL, adjusted
from compare.outlets.voices import LEAST_CARRIED, OMITTED, Voices, claim_states
from compare.tables import GAPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from compare.outlets.groups import Groups
    from compare.outlets.intervals import Integers, Numbers

_AS_LIKELY = 1 + 1e-7  # probabilities within this ratio differ only by rounding
# Log odds ratios: from one in 20,000 to its reciprocal.
_GRID = np.linspace(-10, 10, 401)
# Weak priors for how much groups differ in general, and how far claims stray from that. They keep both moderate, so
# that a corpus of one outlet against one, which says nothing about t, still has an answer.
_MEANS = np.linspace(-4, 4, 33)
_SPREADS = np.array([0.1, 0.2, 0.35, 0.5, 0.7, 0.9, 1.1, 1.4, 1.7, 2.0, 2.5, 3.0])
_MEAN_SCALE, _SPREAD_SCALE = 2.0, 1.0


class Splits(NamedTuple):
    """How a claim's carriers are split: `one` of a group's `of_one` outlets, and `other` of the other's `of_other`."""

    one: Integers
    of_one: Integers
    other: Integers
    of_other: Integers


class Shrunken(NamedTuple):
    """Posterior means of log odds ratios with 95 % intervals, the general difference of the groups, and its spread."""

    log_odds: Numbers
    low: Numbers
    high: Numbers
    general: float
    spread: float


def claim_gaps(
    stories: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    groups: Groups,
    outlets: Sequence[str],
    *,
    version: str = "printed",
) -> pd.DataFrame:
    """List the claims that one group carries more than another: GAPS, both directions of each pair, by log_odds.

    `stories` yields each story's id and its tables coverage, claims and wire. With version "collapsed", outlets of a
    group that run one text count as one.

    Raises:
        InputError: the groups cannot be used, or there is no such version.
    """
    import pandas as pd

    name, labels = group_labels(groups, outlets)
    label = dict(zip(outlets, labels, strict=True))
    counted = pd.concat([_count_story(*story, label, version) for story in stories], ignore_index=True)
    parts = [
        _pair(counted, pair, f"{name}: {' and '.join(pair)}; {version}")
        for pair in combinations(in_order(groups, labels), 2)
    ]
    table = pd.concat(parts).assign(version=version, validated=False)
    if len(table) == 0:
        return GAPS.frame({name: [] for name in GAPS.names})
    order = ["log_odds", "low", "claim_id", "carried_by"]
    return GAPS.frame(table.sort_values(order, ascending=[False, False, True, True]))


def _count_story(
    story_id: str, tables: Mapping[str, pd.DataFrame], label: dict[str, str], version: str
) -> pd.DataFrame:
    """Count, for each claim and group, the outlets that have the story, carry the claim and leave it out."""
    import pandas as pd
    from scipy.sparse.csgraph import connected_components

    speaks = Voices(tables["wire"], version)
    states = claim_states(tables["coverage"], speaks)
    wording = tables["claims"].set_index("claim_id")["claim"].reindex(states.claims).tolist()
    parts = []
    for group in dict.fromkeys(filter(None, map(label.get, speaks.outlets))):
        members = [label.get(outlet) == group for outlet in speaks.outlets]
        mine, own = speaks.of[members].astype(int), states.own[:, members]
        # Outlets that share a voice count as one, with the best state among them.
        count, part = connected_components(mine @ mine.T, directed=False)
        best = np.column_stack([own[:, part == one].min(axis=1) for one in range(count)])
        counts = {"outlets": count, "carried": (best <= LEAST_CARRIED).sum(axis=1)}
        counts["omitted"] = (best == OMITTED).sum(axis=1)
        told = {"story_id": story_id, "claim_id": states.claims, "claim": wording, "group": group}
        parts.append(pd.DataFrame(told | counts))
    return pd.concat(parts) if parts else pd.DataFrame()


def _pair(counted: pd.DataFrame, pair: tuple[str, str], family: str) -> pd.DataFrame:
    """Return the claims that either of two groups carries more than the other."""
    import pandas as pd

    sides = [counted[counted["group"] == group].drop(columns="group") for group in pair]
    both = sides[0].merge(sides[1], on=["story_id", "claim_id", "claim"], suffixes=("_one", "_other"))
    both = both.assign(**{f"of_{side}": both[f"carried_{side}"] + both[f"omitted_{side}"] for side in ("one", "other")})
    carried = both["carried_one"] + both["carried_other"]
    both = both[
        (both["of_one"] > 0) & (both["of_other"] > 0) & (carried > 0) & (carried < both["of_one"] + both["of_other"])
    ]
    if both.empty:
        return both
    splits = Splits(*(both[name].to_numpy() for name in ("carried_one", "of_one", "carried_other", "of_other")))
    found = shrink(splits)
    p_values, least = _exact(splits)
    tested = least <= LEVEL  # the others can never reach it and do not count in the family (Tarone 1990)
    alone = (splits.of_one == 1) & (splits.of_other == 1)
    few = [f"too few outlets: one claim proves nothing by itself (p_value is at least {one:.2g})" for one in least]
    none = "one outlet against one: all such claims have the same figures"
    both = both.assign(
        family=family,
        tests=int(tested.sum()),
        carried_by=pair[0],
        left_out_by=pair[1],
        difference=(splits.one / splits.of_one - splits.other / splits.of_other).round(6),
        log_odds=found.log_odds.round(6),
        low=found.low.round(6),
        high=found.high.round(6),
        p_value=p_values,
        q_value=adjusted(np.where(tested, p_values, np.nan)),
        warning=np.select([alone, ~tested], [none, np.array(few, dtype=object)], "").astype(object),
    )
    other = both[both["difference"] < 0]
    counts = ("outlets", "carried", "omitted")
    names = {f"{what}_{a}": f"{what}_{b}" for what in counts for a, b in (("one", "other"), ("other", "one"))}
    names |= {"carried_by": "left_out_by", "left_out_by": "carried_by", "low": "high", "high": "low"}
    turned = other.rename(columns=names)
    turned = turned.assign(**{name: -turned[name] for name in ("difference", "log_odds", "low", "high")})
    return pd.concat([both[both["difference"] > 0], turned])


def _exact(splits: Splits) -> tuple[Numbers, Numbers]:
    """Return the two-sided p-value of Fisher's exact test for each claim, and the least possible with its carriers."""
    from scipy.stats import hypergeom

    patterns, pattern = np.unique(np.column_stack(splits), axis=0, return_inverse=True)
    found = []
    for one, of_one, other, of_other in patterns.tolist():
        carried = one + other
        first = max(0, carried - of_other)
        chances = hypergeom.pmf(np.arange(first, min(carried, of_one) + 1), of_one + of_other, of_one, carried)
        ends = (chances[one - first], chances.min())
        found.append([chances[chances <= chance * _AS_LIKELY].sum() for chance in ends])
    p_values, least = np.array(found).clip(max=1).round(6)[pattern.ravel()].T
    return p_values, least


def shrink(splits: Splits) -> Shrunken:
    """Estimate the log odds ratio of every claim available to both groups, with m and t estimated from all claims."""
    patterns, pattern = np.unique(np.column_stack(splits), axis=0, return_inverse=True)
    pattern = pattern.ravel()
    likelihood = np.array([_likelihood(*row) for row in patterns.tolist()])
    mean, spread = (grid.ravel() for grid in np.meshgrid(_MEANS, _SPREADS))
    prior = np.exp(-0.5 * ((_GRID - mean[:, None]) / spread[:, None]) ** 2)
    prior /= prior.sum(axis=1, keepdims=True)
    marginal = likelihood @ prior.T
    # The spreads are not evenly spaced, so each is weighted by the interval around it.
    held = -0.5 * (mean / _MEAN_SCALE) ** 2 - 0.5 * (spread / _SPREAD_SCALE) ** 2
    held += np.repeat(np.log(np.gradient(_SPREADS)), len(_MEANS))
    log_weight = np.bincount(pattern, minlength=len(patterns)) @ np.log(marginal) + held
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    posterior = likelihood * ((weight / marginal) @ prior)
    posterior /= posterior.sum(axis=1, keepdims=True)
    below = posterior.cumsum(axis=1) - posterior / 2
    low, high = np.array([np.interp((0.025, 0.975), row, _GRID) for row in below])[pattern].T
    return Shrunken((posterior @ _GRID)[pattern], low, high, float(weight @ mean), float(weight @ spread))


def _likelihood(one: int, of_one: int, other: int, of_other: int) -> Numbers:
    """Return the split's probability for each log odds ratio of the grid, given the total number of carriers."""
    from scipy.special import gammaln, logsumexp

    carried = one + other
    ways = np.arange(max(0, carried - of_other), min(of_one, carried) + 1)
    rest = carried - ways
    logs = -gammaln(ways + 1) - gammaln(of_one - ways + 1) - gammaln(rest + 1) - gammaln(of_other - rest + 1)
    logs = logs[:, None] + np.outer(ways, _GRID)
    found: Numbers = np.exp(logs[one - ways[0]] - logsumexp(logs, axis=0))
    return found
