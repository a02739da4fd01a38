"""Which claims one group of outlets carries and another leaves out."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.outlets.groups import group_labels
from compare.outlets.permutation import LEVEL, adjusted
from compare.outlets.shrinkage import Splits, shrink
from compare.outlets.voices import LEAST_CARRIED, OMITTED, claim_states, voices_of
from compare.tables import GAPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.groups import Groups
    from compare.outlets.voices import Voices

    Numbers = NDArray[np.float64]

_AS_LIKELY = 1 + 1e-7  # of two probabilities: a difference of rounding

_COUNTED = ("outlets", "carried", "omitted")
_SIDES = (("one", "other"), ("other", "one"))


def claim_gaps(
    stories: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    groups: Groups,
    outlets: Sequence[str],
    *,
    version: str = "printed",
) -> pd.DataFrame:
    """List the claims that one group carries more than another.

    Args:
        stories: of each its id, and its tables coverage, claims and wire.
        groups: the group of each outlet: a mapping, a Series by outlet, or a table of outlet and group.
        outlets: those of the corpus.
        version: "printed", or "collapsed": outlets of a group that run one text are one.

    Returns:
        The GAPS table: both directions of each pair of groups, by log_odds.

    Raises:
        InputError: the groups cannot be used, or there is no such version.
    """
    import pandas as pd

    name, labels = group_labels(groups, outlets)
    label = dict(zip(outlets, labels, strict=True))
    counted = pd.concat([_count_story(*story, label, version) for story in stories], ignore_index=True)
    parts = [
        _pair(counted, pair, f"{name}: {' and '.join(pair)}; {version}")
        for pair in combinations(dict.fromkeys(filter(None, labels)), 2)
    ]
    table = pd.concat(parts).assign(version=version, validated=False)
    if len(table) == 0:
        return GAPS.frame({name: [] for name in GAPS.names})
    order = ["log_odds", "low", "claim_id", "carried_by"]
    return GAPS.frame(table.sort_values(order, ascending=[False, False, True, True]))


def _count_story(
    story_id: str, tables: Mapping[str, pd.DataFrame], label: dict[str, str], version: str
) -> pd.DataFrame:
    """Of each claim and group, how many outlets have the story, carry the claim and leave it out."""
    import pandas as pd

    speaks = voices_of(tables["wire"], version)
    states = claim_states(tables["coverage"], speaks)
    wording = dict(zip(tables["claims"]["claim_id"], tables["claims"]["claim"], strict=True))
    parts = []
    for group in dict.fromkeys(filter(None, map(label.get, speaks.outlets))):
        best = _best_of_each(states.own, speaks, [label.get(outlet) == group for outlet in speaks.outlets])
        columns: dict[str, Any] = {
            "story_id": story_id,
            "claim_id": states.claims,
            "claim": [wording[claim] for claim in states.claims],
            "group": group,
            "outlets": best.shape[1],
            "carried": (best <= LEAST_CARRIED).sum(axis=1),
            "omitted": (best == OMITTED).sum(axis=1),
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts) if parts else pd.DataFrame()


def _best_of_each(own: NDArray[np.int64], speaks: Voices, members: list[bool]) -> NDArray[np.int64]:
    """Claims x outlets of a group, those that share a voice as one: the best state of any of them."""
    from scipy.sparse.csgraph import connected_components

    mine = speaks.of[members].astype(int)
    count, part = connected_components(mine @ mine.T, directed=False)
    columns = own[:, members]
    return np.column_stack([columns[:, part == one].min(axis=1) for one in range(count)])


def _pair(counted: pd.DataFrame, pair: tuple[str, str], family: str) -> pd.DataFrame:
    """The claims that either of two groups carries more than the other."""
    import pandas as pd

    sides = [counted[counted["group"] == group].drop(columns="group") for group in pair]
    both = sides[0].merge(sides[1], on=["story_id", "claim_id", "claim"], suffixes=("_one", "_other"))
    of_one, of_other = (both[f"carried_{side}"] + both[f"omitted_{side}"] for side in ("one", "other"))
    carried = both["carried_one"] + both["carried_other"]
    both = both[(of_one > 0) & (of_other > 0) & (carried > 0) & (carried < of_one + of_other)]
    splits = Splits(
        both["carried_one"].to_numpy(),
        (both["carried_one"] + both["omitted_one"]).to_numpy(),
        both["carried_other"].to_numpy(),
        (both["carried_other"] + both["omitted_other"]).to_numpy(),
    )
    if both.empty:
        return both
    found = shrink(splits)
    p_values, least = _exact(splits)
    able = least <= LEVEL  # the others can find nothing, and do not count in the family (Tarone 1990)
    both = both.assign(
        family=family,
        tests=int(able.sum()),
        carried_by=pair[0],
        left_out_by=pair[1],
        difference=(splits.one / splits.of_one - splits.other / splits.of_other).round(6),
        log_odds=found.log_odds.round(6),
        low=found.low.round(6),
        high=found.high.round(6),
        p_value=p_values,
        q_value=adjusted(np.where(able, p_values, np.nan)),
        warning=_warnings(splits.of_one, splits.of_other, least),
    )
    return pd.concat([both[both["difference"] > 0], _from_the_other_side(both[both["difference"] < 0])])


def _from_the_other_side(rows: pd.DataFrame) -> pd.DataFrame:
    names = {f"{what}_{side}": f"{what}_{back}" for what in _COUNTED for side, back in _SIDES}
    names |= {"carried_by": "left_out_by", "left_out_by": "carried_by", "low": "high", "high": "low"}
    turned = rows.rename(columns=names)
    return turned.assign(**{name: -turned[name] for name in ("difference", "log_odds", "low", "high")})


def _exact(splits: Splits) -> tuple[Numbers, Numbers]:
    """Fisher's exact test of each claim, two-sided, and the least that so many carriers could give."""
    from scipy.stats import hypergeom

    patterns, pattern = np.unique(np.column_stack(splits), axis=0, return_inverse=True)
    found = []
    for one, of_one, other, of_other in patterns.tolist():
        carried = one + other
        first = max(0, carried - of_other)
        chances = hypergeom.pmf(np.arange(first, min(carried, of_one) + 1), of_one + of_other, of_one, carried)
        found.append(
            [chances[chances <= chance * _AS_LIKELY].sum() for chance in (chances[one - first], chances.min())]
        )
    p_values, least = np.array(found).clip(max=1).round(6)[pattern.ravel()].T
    return p_values, least


def _warnings(of_one: NDArray[np.int64], of_other: NDArray[np.int64], least: Numbers) -> list[str]:
    said = []
    for one, other, value in zip(of_one.tolist(), of_other.tolist(), least.tolist(), strict=True):
        if one == other == 1:
            said.append("one outlet against one: all such claims have the same figures")
        elif value > LEVEL:
            said.append(f"too few outlets: one claim proves nothing by itself (p_value is at least {value:.2g})")
        else:
            said.append("")
    return said
