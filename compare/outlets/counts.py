"""What each outlet did in one story, as counts: with every outlet by itself, and with wire copies as one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.outlets.sources import SOURCE_KINDS, source_kinds
from compare.outlets.voices import ALTERED, LEAST_CARRIED, OMITTED, UNDECIDED, claim_states, voices_of
from compare.tables import COVERAGE, OUTLET_STORIES, QUOTE_STATES, QUOTES, VERSIONS, WIRE
from compare.tables.parts import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.outlets.voices import Voices

_GIVEN = ("kept", "trimmed", "paraphrased", "reattributed", "dropped")  # columns, in the order of QUOTE_STATES
_ABSENT = QUOTE_STATES.index("absent")


def count_story(story_id: str, coverage: pd.DataFrame, quotes: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """Count what each outlet carried, left out, quoted and copied in one story.

    Args:
        story_id: the story.
        coverage: its COVERAGE table, of the claims that count.
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
        speaks = voices_of(wire, version)
        counts: dict[str, Any] = {
            "story_id": [story_id] * len(outlets),
            "outlet": outlets,
            "version": [version] * len(outlets),
            "others": (~speaks.of).sum(axis=1),
            "copies": speaks.copies(),
            "articles": articles,
            "wire": copies,
        }
        counts |= _count_claims(coverage, speaks) | _count_quotations(quotes, speaks) | sources
        parts.append(OUTLET_STORIES.frame(counts))
    return pd.concat(parts, ignore_index=True)


def with_counts(story_id: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add a story's OUTLET_STORIES table to its tables."""
    told = counted(tables)
    counts = count_story(story_id, *(told[table.name] for table in (COVERAGE, QUOTES, WIRE)))
    return {**tables, OUTLET_STORIES.name: counts}


def _count_claims(coverage: pd.DataFrame, speaks: Voices) -> dict[str, Any]:
    claims = claim_states(coverage, speaks)
    carried = claims.own <= LEAST_CARRIED
    made = carried & (~speaks.of).any(axis=1)
    available = claims.available
    placed = available & ~np.isnan(claims.prominence)
    flags = {
        "claims": available,
        "carried": available & carried,
        "altered": available & (claims.own == ALTERED),
        "undecided": available & (claims.own == UNDECIDED),
        "omitted": available & (claims.own == OMITTED),
        "made": made,
        "only_here": made & speaks.others(claims.best == OMITTED, every=True),
        "placed": placed,
    }
    counts: dict[str, Any] = {name: flag.sum(axis=0) for name, flag in flags.items()}
    return counts | {"prominence_sum": np.where(placed, claims.prominence, 0).sum(axis=0).round(6)}


def _count_quotations(quotes: pd.DataFrame, speaks: Voices) -> dict[str, Any]:
    items, item = np.unique(quotes["quote_id"].to_numpy(object).astype(str), return_inverse=True)
    outlet = speaks.outlet_rows(quotes["outlet"])
    rank = quotes["state"].map(QUOTE_STATES.index).to_numpy(np.int64)
    told = rank < _ABSENT
    best = speaks.best(len(items), item, outlet, rank, quotes["sentence_id"], told, _ABSENT)
    in_marks = np.zeros(best.shape, dtype=bool)
    cell, voice = speaks.spread(outlet, quotes["sentence_id"], told)
    direct = (quotes["kind"] == "direct").to_numpy(bool, na_value=False)[cell]
    in_marks[item[cell][direct], voice[direct]] = True
    available, own = speaks.others(in_marks), speaks.own(best)
    counts: dict[str, Any] = {"quotations": available.sum(axis=0)}
    return counts | {name: (available & (own == state)).sum(axis=0) for state, name in enumerate(_GIVEN)}


def _source_counts(quotes: pd.DataFrame, outlets: Any) -> dict[str, Any]:
    sources = source_kinds(quotes)
    rows = sources["outlet"]
    counts = {"sources": rows, **{kind: rows[sources["kind"] == kind] for kind in SOURCE_KINDS.values()}}
    counts["official"] = rows[sources["official"]]
    return {name: found.value_counts().reindex(outlets, fill_value=0).to_numpy() for name, found in counts.items()}
