"""Which claims each outlet carries, as one grid of claims x outlets over all stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.outlets.voices import LEAST_CARRIED, UNDECIDED, check_version, claim_states, voices_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.int64]


class Carriage(NamedTuple):
    """What each outlet does with each claim; outlets, stories and claims in the order of their names.

    Attributes:
        outlets: the columns' names.
        stories: the stories' ids.
        claims: the rows' ids.
        story: of each claim, the place of its story.
        carried: claims x outlets: 1 carried, 0 omitted, nan undecided or a story that the outlet does not have.
        apart: stories x outlets x outlets, whether both have the story and do not speak with one voice there.
        share: stories x outlets, 1 by as many outlets as speak with its voice there; 0 where it lacks the story.
    """

    outlets: list[str]
    stories: list[str]
    claims: list[str]
    story: Places
    carried: Numbers
    apart: Flags
    share: Numbers


def read_carriage(stories: Iterable[tuple[str, pd.DataFrame, pd.DataFrame]], version: str = "printed") -> Carriage:
    """Lay out what the outlets of many stories carry.

    Args:
        stories: of each story its id, its COVERAGE and its WIRE table.
        version: "printed", or "collapsed": the copies of one wire text carry what any of them carries, and say
            nothing of how alike the outlets are that run them.

    Returns:
        The grid. Claims that nobody surely carries are in it too.

    Raises:
        InputError: there is no such version, or only one outlet.
    """
    check_version(version)
    read = []
    for story, coverage, wire in sorted(stories, key=lambda one: one[0]):
        speaks = voices_of(wire, version)
        states = claim_states(coverage, speaks)
        read.append((story, speaks.outlets, states.claims, states.own, speaks.of))
    outlets = sorted({name for _, names, *_ in read for name in names})
    if len(outlets) < 2:
        raise InputError(f"there is one outlet alone, {outlets[0]!r}; a map needs two.")
    at = {name: column for column, name in enumerate(outlets)}
    apart = np.zeros((len(read), len(outlets), len(outlets)), dtype=bool)
    share = np.zeros((len(read), len(outlets)))
    rows, claims = [], []
    for number, (_, names, items, own, voices) in enumerate(read):
        mine = np.array([at[name] for name in names])
        together = (voices.astype(int) @ voices.T) > 0
        apart[number][np.ix_(mine, mine)] = ~together
        share[number, mine] = 1 / together.sum(axis=1)
        cells = np.full((len(items), len(outlets)), np.nan)
        cells[:, mine] = np.where(own == UNDECIDED, np.nan, own <= LEAST_CARRIED)
        rows.append(cells)
        claims += list(items)
    of = np.repeat(np.arange(len(read)), [len(cells) for cells in rows])
    return Carriage(outlets, [story for story, *_ in read], claims, of, np.vstack(rows), apart, share)
