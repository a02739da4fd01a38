"""The voices of a story and what each says about its claims: every outlet, or wire copies as one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.coverage.states import prominence as prominence_of
from compare.coverage.wire import collapse_wire
from compare.errors import InputError
from compare.tables import CARRIED, NOT_ASSESSABLE, STATES, VERSIONS, unread

if TYPE_CHECKING:
    import pandas as pd

    from compare.outlets.intervals import Flags, Integers, Numbers

# STATES are ordered from most to least carried; a voice has the first state among its copies.
LEAST_CARRIED = STATES.index(CARRIED[-1])
ALTERED, UNDECIDED, OMITTED, CUT_OFF = map(STATES.index, ("altered", "undecided", "omitted", NOT_ASSESSABLE))


class Voices:
    """The voices of a story's WIRE table: every outlet, or (version "collapsed") the copies of one text as one.

    Attributes:
        outlets: their names, in the order of the rows of `of`.
        of: outlets x voices, whether the outlet speaks with the voice.

    Raises:
        InputError: there is no such version.
    """

    def __init__(self, wire: pd.DataFrame, version: str) -> None:
        check_version(version)
        row, outlets = wire["outlet"].factorize()
        column, voices = (wire["outlet"] if version == "printed" else collapse_wire(wire)).factorize()
        self.outlets = [str(name) for name in outlets]
        self._article = dict(zip(wire["article_id"], column.tolist(), strict=True))
        self.of = np.zeros((len(outlets), len(voices)), dtype=bool)
        self.of[row, column] = True

    @property
    def together(self) -> Flags:
        """Return outlets x outlets: whether two speak with one voice."""
        shared: Flags = (self.of.astype(int) @ self.of.T) > 0
        return shared

    def outlet_rows(self, outlet: pd.Series) -> Integers:
        """Return the rows of outlets in `of`."""
        place = {name: row for row, name in enumerate(self.outlets)}
        return np.array([place[name] for name in outlet], dtype=np.int64)

    def spread(self, outlet: Integers, sentence_id: pd.Series, told: Flags) -> tuple[Integers, Integers]:
        """Assign each cell to the voice of the article with its evidence, and other cells to all voices of the outlet.

        Returns the rows of the cells and the columns of the voices.
        """
        # Plain Python: for the few hundred rows of a story, pandas' text methods are slower.
        articles = (str(name).rpartition(":")[0] for name in sentence_id)
        known = np.array([self._article.get(article, -1) for article in articles], dtype=np.int64)
        by_article = told & (known >= 0)
        cell, voice = np.nonzero(self.of[outlet] & ~by_article[:, None])
        return np.append(cell, np.flatnonzero(by_article)), np.append(voice, known[by_article])

    def own(self, best: Integers) -> Integers:
        """Reduce items x voices to items x outlets: the best of each outlet's voices."""
        columns = [best[:, mine].min(axis=1) for mine in self.of]
        return np.array(columns, dtype=np.int64).reshape(len(columns), len(best)).T

    def others(self, flags: Flags, *, every: bool = False) -> Flags:
        """Return for items x voices whether any voice but the outlet's has the flag (with `every`, all of them)."""
        if every:
            return ~self.others(~flags)
        found: Flags = (flags.astype(int) @ ~self.of.T) > 0
        return found

    def best(  # noqa: PLR0913, PLR0917 - a cell is all of these
        self,
        size: int,
        item: Integers,
        outlet: Integers,
        rank: Integers,
        sentence_id: pd.Series,
        told: Flags,
        worst: int,
    ) -> Integers:
        """Return the best state of each item at each voice."""
        best = np.full((size, self.of.shape[1]), worst, dtype=np.int64)
        cell, voice = self.spread(outlet, sentence_id, told)
        np.minimum.at(best, (item[cell], voice), rank[cell])
        return best


def check_version(version: str) -> None:
    """Refuse an unknown version with an `InputError` that lists the known ones."""
    if version not in VERSIONS:
        raise InputError(f"there is no version {version!r}; there are {' and '.join(VERSIONS)}.")


class ClaimStates(NamedTuple):
    """How the outlets of a story, and its voices, treat its claims; states are places in `STATES`."""

    claims: list[str]  # their ids, sorted
    item: Integers  # for each row of the coverage table, its claim's row here
    outlet: Integers  # for each row of the coverage table, its outlet's column here
    best: Integers  # claims x voices, the best state among the outlets with the voice
    own: Integers  # claims x outlets, the best state of the outlet's voices
    available: Flags  # claims x outlets, whether another voice carries the claim, and the outlet's was looked at for it
    prominence: Numbers  # claims x outlets, of what the outlet itself carries: 1 lead, 0.5 end; else nan


def claim_states(coverage: pd.DataFrame, speaks: Voices) -> ClaimStates:
    """Lay out a story's COVERAGE table as claims x outlets."""
    claims, item = np.unique(coverage["claim_id"].to_numpy(object).astype(str), return_inverse=True)
    outlet = speaks.outlet_rows(coverage["outlet"])
    rank = coverage["state"].map(STATES.index).to_numpy(np.int64)
    told = rank <= LEAST_CARRIED
    best = speaks.best(len(claims), item, outlet, rank, coverage["sentence_id"], told, CUT_OFF)
    own = speaks.own(best)
    prominence = np.full(own.shape, np.nan)
    prominence[item, outlet] = np.where(told, prominence_of(coverage["position"]).to_numpy(float), np.nan)
    unlooked = np.ones(best.shape, dtype=bool)
    cell, voice = speaks.spread(outlet, coverage["sentence_id"], told)
    read = ~unread(coverage).to_numpy(bool)[cell]
    unlooked[item[cell][read], voice[read]] = False
    available = speaks.others(best <= LEAST_CARRIED) & (speaks.own(unlooked) == 0)
    return ClaimStates(claims.tolist(), item, outlet, best, own, available, prominence)
