"""The sides that an analysis of wording compares: two outlets, two groups, or one side against all others."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError, listed
from compare.outlets.groups import group_labels, in_order
from compare.outlets.permutation import least_stories
from compare.outlets.voices import check_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.groups import Groups
    from compare.outlets.intervals import Integers, Numbers

OTHERS = "all others"
LEAST_STORIES = least_stories()  # with fewer, no p-value can reach .05


class ComparedSides(NamedTuple):
    """The sides to compare, as printed or with wire copies collapsed."""

    kind: str  # "outlets", or the groups' name
    names: list[str]  # the outlets or groups
    of: Integers  # for each outlet of the corpus, its place in names; -1 if it takes no part
    version: str = "printed"

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Return every pair of sides."""
        return list(combinations(range(len(self.names)), 2))

    def column(self, both: pd.DataFrame) -> Integers:
        """Return for each row of `paired` the place of its pair of sides."""
        number = {pair: at for at, pair in enumerate(self.pairs)}
        found = [number[pair] for pair in zip(both["side_one"], both["side_other"], strict=True)]
        return np.array(found, dtype=np.int64)


def all_sides(outlets: Sequence[str], groups: Groups | None, version: str) -> ComparedSides:
    """Make every outlet, or every group of outlets, a side.

    Raises:
        InputError: the version is unknown, the groups cannot be used, or there is only one outlet.
    """
    check_version(version)
    if len(outlets) == 1:
        raise InputError(f"there is only one outlet, {outlets[0]!r}; a comparison needs two.")
    if groups is None:
        return ComparedSides("outlets", list(outlets), np.arange(len(outlets)), version)
    kind, labels = group_labels(groups, outlets)
    names = in_order(groups, labels)
    return ComparedSides(kind, names, np.array([names.index(label) if label else -1 for label in labels]), version)


def two_sides(sides: ComparedSides, one: str, other: str | None) -> ComparedSides:
    """Keep two of the sides: `one` and `other`, or `one` and all others together.

    Raises:
        InputError: a name is unknown, or both are the same.
    """
    for name in filter(None, (one, other)):
        if name not in sides.names:
            what = "outlet" if sides.kind == "outlets" else "group"
            raise InputError(f"there is no {what} {name!r}; there are {listed(sides.names)}.")
    if one == other:
        raise InputError(f"{one!r} is compared with itself; give another one.")
    rest = [name for name in sides.names if name != one]
    if other is None and len(rest) == 1:
        other = rest[0]
    first = sides.of == sides.names.index(one)
    second = (sides.of >= 0) & ~first if other is None else sides.of == sides.names.index(other)
    return ComparedSides(sides.kind, [one, other or OTHERS], np.where(first, 0, np.where(second, 1, -1)), sides.version)


def paired(
    rows: pd.DataFrame, sides: ComparedSides, what: Sequence[str], seed: int, *, once: Sequence[str] = ()
) -> pd.DataFrame:
    """Pair what every two sides have in a claim: a row for each pair of outlets (or voices).

    With copies collapsed, two copies of one text make no pair, and copies on one side count once.

    Args:
        rows: with story, claim, outlet and voice of a `Told`, the columns `what`, and others, which the result has
            twice.
        sides: the sides to compare.
        what: columns that must be equal on both sides, besides the claim.
        seed: the seed of `drawn`, which marks the pair of outlets that speaks for its sides in the tests. The mean of
            several outlets varies less than one outlet and is not exchangeable with it, so each side sends one outlet,
            drawn without regard to its wording.
        once: columns of the result whose values count once, in the first claim that has them.
    """
    rows = rows.assign(side=sides.of[rows["outlet"].to_numpy()])
    rows = rows[rows["side"] >= 0]
    key = ["story", "claim", *what]
    if sides.version == "collapsed":
        rows = rows.drop_duplicates([*key, "side", "voice"])
    both = rows.merge(rows, on=key, suffixes=("_one", "_other"))
    both = both[both["side_one"] < both["side_other"]]
    if sides.version == "collapsed":
        both = both[both["voice_one"] != both["voice_other"]]
    if once:
        both = both.drop_duplicates(list(once))  # before the draw: the outlets that are drawn must not be dropped
    # Draw one pair of outlets for every two sides of a claim, and keep all its rows.
    key = [*what, "claim", "side_one", "side_other"]
    outlets = both[[*key, "outlet_one", "outlet_other"]]
    pairs = outlets.drop_duplicates()
    order = np.random.default_rng(seed).permutation(len(pairs))
    chosen = pairs.iloc[order].drop_duplicates(key).assign(drawn=True)
    return both.assign(drawn=outlets.merge(chosen, how="left")["drawn"].notna().to_numpy()).reset_index(drop=True)


def weights(both: pd.DataFrame, what: Sequence[str]) -> pd.Series:
    """Return a weight for each pair of outlets: a claim (and `what`) counts once for two sides of any size."""
    return 1 / both.groupby(["claim", *what, "side_one", "side_other"])["outlet_one"].transform("size")


def per_story(stories: int, story: Integers, column: Integers, values: Numbers, width: int) -> Numbers:
    """Sum values as stories x columns."""
    found: Numbers = np.bincount(story * width + column, weights=values, minlength=stories * width).astype(float)
    return found.reshape(stories, width)


def without_test(said: Sequence[str], p_values: Numbers, stories: Integers, nothing: str) -> list[str]:
    """Add to each warning why there is no p-value, or replace it with `nothing` where there are no stories."""
    found = []
    for warning, p_value, number in zip(said, p_values.tolist(), stories.tolist(), strict=True):
        no_test = f"fewer than {LEAST_STORIES} stories differ: no test" if np.isnan(p_value) else ""
        found.append("; ".join(filter(None, [warning, no_test])) if number else nothing)
    return found
