"""What each outlet did in one story, as counts: every outlet by itself, and wire copies as one voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.coverage.ledger.people import read_person
from compare.language.fitness import not_looked_for
from compare.language.tokens import stem, words
from compare.matching.changes.lexicon import TRADE, trades
from compare.outlets.voices import ALTERED, LEAST_CARRIED, OMITTED, UNDECIDED, Voices, claim_states
from compare.tables import ARTICLES, COVERAGE, OUTLET_STORIES, QUOTE_STATES, QUOTES, VERSIONS, WIRE, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from compare.coverage.ledger.people import Person

_GIVEN = ("kept", "trimmed", "paraphrased", "reattributed", "dropped")  # columns, in the order of QUOTE_STATES
_ABSENT = QUOTE_STATES.index("absent")
# The kinds of `read_person`, and their names in the tables.
SOURCE_KINDS = {
    "name": "named",
    "office": "institution",
    "unnamed": "unnamed",
    "text": "document",
    "unknown": "unknown",
}
# Holders of a public office are called by these trades.
_PUBLIC = trades(map(stem, "army ambassador police prosecutor judge intelligence regulator minister".split()))
_OFFICIAL = frozenset(
    map(stem, "official officials authority authorities administration kremlin pentagon congress senate".split())
) | {form for form, lines in TRADE.items() if lines & _PUBLIC}


def count_story(story_id: str, coverage: pd.DataFrame, quotes: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """Count what each outlet carried, left out, quoted and copied in one story: the OUTLET_STORIES table.

    `coverage` holds whole claims only, no parts; `quotes` excludes quotations that were not looked for at an outlet.
    """
    import pandas as pd

    outlets = wire["outlet"].unique()
    sources = source_kinds(quotes)
    named = {kind: sources[sources["kind"] == kind] for kind in SOURCE_KINDS.values()}
    named |= {"sources": sources, "official": sources[sources["official"]]}
    named |= {"articles": wire, "wire": wire[wire["group_id"].notna()]}
    rows = {
        name: some["outlet"].value_counts().reindex(outlets, fill_value=0).to_numpy() for name, some in named.items()
    }
    parts = []
    for version in VERSIONS:
        speaks = Voices(wire, version)
        counts = _count_claims(coverage, speaks) | _count_quotations(quotes, speaks) | rows
        counts |= {"others": (~speaks.of).sum(axis=1), "copies": speaks.together.sum(axis=1), "outlet": outlets}
        parts.append(OUTLET_STORIES.frame(pd.DataFrame(counts).assign(story_id=story_id, version=version)))
    return pd.concat(parts, ignore_index=True)


def with_counts(story_id: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add a story's OUTLET_STORIES table to its tables."""
    told = counted(tables)
    quotes = told[QUOTES.name]
    quotes = quotes[~np.array(not_looked_for(quotes, tables[ARTICLES.name]), dtype=bool)]
    counts = count_story(story_id, told[COVERAGE.name], quotes, told[WIRE.name])
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
    asked = np.zeros(best.shape, dtype=bool)  # false where the outlet writes in another language
    asked[item[cell], voice] = True
    available, own = speaks.others(in_marks) & (speaks.own(~asked) == 0), speaks.own(best)
    counts: dict[str, Any] = {"quotations": available.sum(axis=0)}
    return counts | {name: (available & (own == state)).sum(axis=0) for state, name in enumerate(_GIVEN)}


def source_kinds(quotes: pd.DataFrame) -> pd.DataFrame:
    """Return outlet, kind (a value of `SOURCE_KINDS`) and official of every quotation given with a source.

    Only the story's own words for a source count: a minister who is never called one is not official here.
    """
    given, people, called = _given(quotes[quotes["state"] != "absent"])
    holders = _holders(people, called)
    kinds = [SOURCE_KINDS[person.kind] for person in people]
    # A report by the police is a document, not an official.
    official = [
        kind not in {"document", "unknown"} and (one or person.names[-1:] in holders)
        for kind, one, person in zip(kinds, called, people, strict=True)
    ]
    return given[["outlet"]].assign(kind=kinds, official=np.array(official, dtype=bool))


def office_holders(quotes: pd.DataFrame) -> frozenset[str]:
    """Return the folded surnames of the persons to whom a story's QUOTES table gives a public office."""
    _, people, called = _given(quotes)
    named = [one and person.kind == "name" for one, person in zip(called, people, strict=True)]
    return frozenset(name for names in _holders(people, named) for name in names)


def names_an_office(text: str) -> bool:
    """Return whether a text has a word for a public office, for its holder, or for an authority."""
    return any(stem(word) in _OFFICIAL for word in words(text))


def _given(quotes: pd.DataFrame) -> tuple[pd.DataFrame, list[Person], list[bool]]:
    """Return the quotations with a source, the person each source is, and whether its words name an office."""
    given = quotes[quotes["speaker"].notna()]
    meant = given["resolved"].fillna(given["speaker"]).tolist()
    pairs = list(zip(given["speaker"].tolist(), meant, strict=True))
    # Read each once: a story quotes the same few people many times.
    read = {one: read_person(one) for one in dict.fromkeys(meant)}
    offices = {pair: names_an_office(" ".join(pair)) for pair in dict.fromkeys(pairs)}
    return given, [read[one] for one in meant], [offices[pair] for pair in pairs]


def _holders(people: Sequence[Person], called: Sequence[bool]) -> set[tuple[str, ...]]:
    """Return the surnames of persons given an office, which they then hold throughout the story."""
    return {person.names[-1:] for person, official in zip(people, called, strict=True) if official and person.names}
