"""Who is quoted: a person with a name or without, an institution, a document; and whether it is an official.

Told from the words that the story has for a source and nothing else, so a minister who is never called one is
no official here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.coverage.ledger.people import Person, read_person
from compare.language.tokens import stem, words
from compare.matching.changes.lexicon import TRADE, trades

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

# As `read_person` calls them, and as the tables do.
SOURCE_KINDS = {
    "name": "named",
    "office": "institution",
    "unnamed": "unnamed",
    "text": "document",
    "unknown": "unknown",
}
# Whoever is called after one of these trades, or so, holds a public office.
_PUBLIC = trades(map(stem, "army ambassador police prosecutor judge intelligence regulator minister".split()))
_OFFICIAL = frozenset(
    map(stem, "official officials authority authorities administration kremlin pentagon congress senate".split())
) | {form for form, lines in TRADE.items() if lines & _PUBLIC}


def source_kinds(quotes: pd.DataFrame) -> pd.DataFrame:
    """Tell the kind of every source that an outlet gives.

    Args:
        quotes: a QUOTES table of one story.

    Returns:
        A row per quotation that an outlet gives with a source: outlet, kind (a value of `SOURCE_KINDS`),
        official.
    """
    given = quotes[(quotes["state"] != "absent") & quotes["speaker"].notna()]
    speakers = given["speaker"].tolist()
    meant = given["resolved"].fillna(given["speaker"]).tolist()
    read = {one: read_person(one) for one in dict.fromkeys(meant)}  # a story quotes the same few people again and again
    people = [read[one] for one in meant]
    pairs = list(zip(speakers, meant, strict=True))
    offices = {pair: names_an_office(" ".join(pair)) for pair in dict.fromkeys(pairs)}
    called = [offices[pair] for pair in pairs]
    holders = _holders(people, called)
    official = [one or person.names[-1:] in holders for one, person in zip(called, people, strict=True)]
    kinds = [SOURCE_KINDS[person.kind] for person in people]
    # A report by the police is a document, not an official.
    speaks = [kind not in {"document", "unknown"} for kind in kinds]
    return given[["outlet"]].assign(kind=kinds, official=np.array(official, dtype=bool) & np.array(speaks, dtype=bool))


def office_holders(quotes: pd.DataFrame) -> frozenset[str]:
    """Return the surnames, folded, of the persons whom a story's QUOTES table calls after a public office."""
    given = quotes[quotes["speaker"].notna()]
    meant = given["resolved"].fillna(given["speaker"])
    called = [names_an_office(f"{a} {b}") for a, b in zip(given["speaker"], meant, strict=True)]
    people = [person if person.kind == "name" else Person("unknown") for person in map(read_person, meant)]
    return frozenset(name for names in _holders(people, called) for name in names)


def names_an_office(text: str) -> bool:
    """Say whether a text has a word for a public office, for who holds one, or for an authority."""
    return any(stem(word) in _OFFICIAL for word in words(text))


def _holders(people: Sequence[Person], called: Sequence[bool]) -> set[tuple[str, ...]]:
    """Who is called after an office once holds it in the whole story."""
    return {person.names[-1:] for person, official in zip(people, called, strict=True) if official and person.names}
