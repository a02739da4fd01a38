"""What each outlet did in one story, as counts: with every outlet by itself, and with wire copies as one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.coverage.voices import collapse_wire
from compare.outlets.sources import SOURCE_KINDS, source_kinds
from compare.tables import CARRIED, OUTLET_STORIES, QUOTE_STATES, STATES, VERSIONS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Ranks = NDArray[np.int64]
    Flags = NDArray[np.bool_]

# States stand in their tables from most to least; of a voice's copies, the first of these counts.
_LEAST_CARRIED = STATES.index(CARRIED[-1])
_ALTERED, _UNDECIDED, _OMITTED = (STATES.index(state) for state in ("altered", "undecided", "omitted"))
_GIVEN = ("kept", "trimmed", "paraphrased", "reattributed", "dropped")  # columns, in the order of QUOTE_STATES
_ABSENT = QUOTE_STATES.index("absent")


def count_story(story_id: str, coverage: pd.DataFrame, quotes: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """Count what each outlet carried, left out, quoted and copied in one story.

    Args:
        story_id: the story.
        coverage: its COVERAGE table.
        quotes: its QUOTES table.
        wire: its WIRE table.

    Returns:
        The OUTLET_STORIES table: a row per outlet and version.
    """
    import pandas as pd

    outlets = wire["outlet"].unique()
    sources = _source_counts(quotes, outlets)
    articles = wire["outlet"].value_counts().reindex(outlets).to_numpy()
    copies = wire.loc[wire["group_id"].notna(), "outlet"].value_counts().reindex(outlets, fill_value=0).to_numpy()
    parts = []
    for version in VERSIONS:
        voice = wire["outlet"] if version == "printed" else collapse_wire(wire)
        speaks = _Voices(outlets, wire["outlet"], wire["article_id"], voice)
        counted: dict[str, Any] = {
            "story_id": [story_id] * len(outlets),
            "outlet": outlets,
            "version": [version] * len(outlets),
            "others": (~speaks.of).sum(axis=1),
            "copies": speaks.copies(),
            "articles": articles,
            "wire": copies,
        }
        counted |= _count_claims(coverage, speaks) | _count_quotations(quotes, speaks) | sources
        parts.append(OUTLET_STORIES.frame(counted))
    return pd.concat(parts, ignore_index=True)


def own_states(coverage: pd.DataFrame, wire: pd.DataFrame, version: str) -> tuple[Any, Ranks, Flags]:
    """Tell what each outlet does with each claim of a story, as printed or with wire copies as one voice.

    Args:
        coverage: a COVERAGE table of one story.
        wire: its WIRE table.
        version: "printed" or "collapsed".

    Returns:
        The claims' ids; claims x outlets, the states as places in `STATES`; and outlets x voices, whether the
        outlet speaks with the voice. Outlets stand in the wire table's order.
    """
    voice = wire["outlet"] if version == "printed" else collapse_wire(wire)
    speaks = _Voices(wire["outlet"].unique(), wire["outlet"], wire["article_id"], voice)
    items, _, _, best = _claim_states(coverage, speaks)
    return items, speaks.own(best), speaks.of


class _Voices:
    """The voices of a story and which outlets speak with them.

    Attributes:
        of: outlets x voices, whether the outlet speaks with the voice.
    """

    def __init__(self, outlets: Any, outlet: pd.Series, article: pd.Series, voice: pd.Series) -> None:
        self._outlets = {name: row for row, name in enumerate(outlets)}
        self._voices = {name: column for column, name in enumerate(dict.fromkeys(voice))}
        self._article = dict(zip(article, (self._voices[name] for name in voice), strict=True))
        self.of = np.zeros((len(self._outlets), len(self._voices)), dtype=bool)
        self.of[[self._outlets[name] for name in outlet], [self._voices[name] for name in voice]] = True

    def copies(self) -> Ranks:
        """For each outlet, how many speak with one of its voices."""
        shared: Ranks = ((self.of.astype(int) @ self.of.T) > 0).sum(axis=1)
        return shared

    def outlet_rows(self, outlet: pd.Series) -> Ranks:
        """The rows of outlets in `of`."""
        return outlet.map(self._outlets).to_numpy(np.int64)

    def spread(self, outlet: Ranks, sentence_id: pd.Series, told: Flags) -> tuple[Ranks, Ranks]:
        """Give every cell to the voice of the article with its evidence, others to all voices of the outlet.

        Returns:
            Rows of the cells and the voices' columns.
        """
        article = sentence_id.str.rsplit(":", n=1).str[0]
        known = article.map(self._article).to_numpy(float, na_value=np.nan)
        by_article = told & ~np.isnan(known)
        cell, voice = np.nonzero(self.of[outlet] & ~by_article[:, None])
        return (
            np.append(cell, np.flatnonzero(by_article)),
            np.append(voice, known[by_article].astype(np.int64)),
        )

    def own(self, best: Ranks) -> Ranks:
        """Of items x voices, the best of each outlet's voices: items x outlets."""
        columns = [best[:, mine].min(axis=1) for mine in self.of]
        return np.array(columns, dtype=np.int64).reshape(len(columns), len(best)).T

    def others(self, flags: Flags, *, every: bool = False) -> Flags:
        """Of items x voices, whether another voice than the outlet's has the flag (or all others do)."""
        if every:
            return ~self.others(~flags)
        found: Flags = (flags.astype(int) @ (~self.of).astype(int).T) > 0
        return found


def _claim_states(coverage: pd.DataFrame, speaks: _Voices) -> tuple[Any, tuple[Ranks, Ranks], Ranks, Ranks]:
    """The claims; of every cell its claim, outlet and state; and the best state of each claim at each voice."""
    items, item = np.unique(coverage["claim_id"].to_numpy(object).astype(str), return_inverse=True)
    outlet = speaks.outlet_rows(coverage["outlet"])
    rank = coverage["state"].map(STATES.index).to_numpy(np.int64)
    best = _best(len(items), item, outlet, rank, coverage["sentence_id"], rank <= _LEAST_CARRIED, speaks, _OMITTED)
    return items, (item, outlet), rank, best


def _count_claims(coverage: pd.DataFrame, speaks: _Voices) -> dict[str, Any]:
    _, (item, outlet), rank, best = _claim_states(coverage, speaks)
    own = speaks.own(best)
    available = speaks.others(best <= _LEAST_CARRIED)
    carried = own <= _LEAST_CARRIED
    compared = (~speaks.of).any(axis=1)
    made = carried & compared
    prominence = np.full(own.shape, np.nan)
    prominence[item, outlet] = np.where(rank <= _LEAST_CARRIED, 1 - coverage["position"].to_numpy(float) / 2, np.nan)
    placed = available & ~np.isnan(prominence)
    flags = {
        "claims": available,
        "carried": available & carried,
        "altered": available & (own == _ALTERED),
        "undecided": available & (own == _UNDECIDED),
        "omitted": available & (own == _OMITTED),
        "made": made,
        "only_here": made & speaks.others(best == _OMITTED, every=True),
        "placed": placed,
    }
    counts: dict[str, Any] = {name: flag.sum(axis=0) for name, flag in flags.items()}
    return counts | {"prominence_sum": np.where(placed, prominence, 0).sum(axis=0).round(6)}


def _count_quotations(quotes: pd.DataFrame, speaks: _Voices) -> dict[str, Any]:
    items, item = np.unique(quotes["quote_id"].to_numpy(object).astype(str), return_inverse=True)
    outlet = speaks.outlet_rows(quotes["outlet"])
    rank = quotes["state"].map(QUOTE_STATES.index).to_numpy(np.int64)
    told = rank < _ABSENT
    best = _best(len(items), item, outlet, rank, quotes["sentence_id"], told, speaks, _ABSENT)
    in_marks = np.zeros(best.shape, dtype=bool)
    cell, voice = speaks.spread(outlet, quotes["sentence_id"], told)
    direct = (quotes["kind"] == "direct").to_numpy(bool, na_value=False)[cell]
    in_marks[item[cell][direct], voice[direct]] = True
    available, own = speaks.others(in_marks), speaks.own(best)
    counts: dict[str, Any] = {"quotations": available.sum(axis=0)}
    return counts | {name: (available & (own == state)).sum(axis=0) for state, name in enumerate(_GIVEN)}


def _best(  # noqa: PLR0913, PLR0917 - a cell is all of these
    size: int,
    item: Ranks,
    outlet: Ranks,
    rank: Ranks,
    sentence_id: pd.Series,
    told: Flags,
    speaks: _Voices,
    worst: int,
) -> Ranks:
    """The best state of each item at each voice."""
    best = np.full((size, speaks.of.shape[1]), worst, dtype=np.int64)
    cell, voice = speaks.spread(outlet, sentence_id, told)
    np.minimum.at(best, (item[cell], voice), rank[cell])
    return best


def _source_counts(quotes: pd.DataFrame, outlets: Any) -> dict[str, Any]:
    sources = source_kinds(quotes)
    rows = sources["outlet"]
    counts = {"sources": rows, **{kind: rows[sources["kind"] == kind] for kind in SOURCE_KINDS.values()}}
    counts["official"] = rows[sources["official"]]
    return {name: found.value_counts().reindex(outlets, fill_value=0).to_numpy() for name, found in counts.items()}
