"""Traits of each claim, as seen by each outlet.

A trait that is to explain an outlet's treatment of a claim must not include that treatment: a claim is more salient
merely because the outlet carries it, and less often one that most of its carriers attribute. Traits of a claim's
treatment therefore describe only the other outlets, or voices, as a share of those that carry it, which does not depend
on their number. The other traits are read from the claim's wording.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.phrasing import asked
from compare.coverage.ledger.people import read_person
from compare.coverage.states import prominence as prominence_of
from compare.errors import InputError, listed
from compare.language.amounts import MONEY
from compare.language.quantities import quantities
from compare.language.tokens import stem, words
from compare.outlets.counts import names_an_office, office_holders
from compare.outlets.voices import ALTERED, LEAST_CARRIED, OMITTED, Voices, claim_states
from compare.reading.articles import by_publication
from compare.tables import CARRIED, CLAIM_TRAITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.intervals import Flags, Numbers
    from compare.outlets.voices import ClaimStates

# Words for people who die or are hurt, except those as often used of bills, hopes and engines ("victim", "hit").
_CASUALTIES = frozenset(
    map(
        stem,
        """killed killing dead died dies death casualty fatality fatal slain murder murdered drowned perished massacre
        wounded injured injury bodies corpse survivors homicide suicide manslaughter beheaded maimed""".split(),
    )
)
# Quantities of time, rank or frequency, which are no amounts.
_NO_AMOUNT = frozenset({"date", "year", "clock", "weekday", "ordinal", "times", "day", "score"})
_LEAD = 1.0  # the prominence of a claim in the headline or the first sentence


def claim_traits(
    stories: Iterable[tuple[str, Mapping[str, pd.DataFrame]]],
    outlets: Sequence[str],
    *,
    lead: str | None = None,
    version: str = "printed",
) -> pd.DataFrame:
    """Return the traits of every claim as seen by each outlet of its story: CLAIM_TRAITS.

    `stories` yields each story's id and its tables coverage, claims, quotes, sentences, wire and articles. `lead` is
    the lead outlet; if None, it is in each story the one that published first, or the one with the most claims if no
    time is known.

    Raises:
        InputError: there is no such outlet or version.
    """
    import pandas as pd

    if lead is not None and lead not in outlets:
        raise InputError(f"lead: there is no outlet {lead!r}; the corpus has {listed(list(outlets))}.")
    return pd.concat([_of_story(*story, lead, version) for story in stories], ignore_index=True)


def _of_story(story_id: str, tables: Mapping[str, pd.DataFrame], lead: str | None, version: str) -> pd.DataFrame:
    speaks = Voices(tables["wire"], version)
    states = claim_states(tables["coverage"], speaks)
    leader, articles = lead, tables["articles"]
    dated = articles[articles["published"].notna()].reset_index(drop=True)
    if lead is None and len(dated):
        leader = str(dated["outlet"].iat[by_publication(dated)[0]])
    elif lead is None:
        carried = (states.own <= LEAST_CARRIED).sum(axis=0)
        most = [outlet for outlet, count in zip(speaks.outlets, carried, strict=True) if count == carried.max()]
        leader = min(most, default=None)
    size = len(speaks.outlets)
    of_claims = _told(tables["claims"].set_index("claim_id").loc[states.claims], tables["quotes"])
    columns: dict[str, Any] = {
        "story_id": [story_id] * (len(states.claims) * size),
        "claim_id": np.repeat(np.array(states.claims, dtype=object), size),
        "outlet": np.tile(np.array(speaks.outlets, dtype=object), len(states.claims)),
        "version": [version] * (len(states.claims) * size),
        "available": states.available.ravel(),
        "decision": np.select(
            [states.own <= LEAST_CARRIED, states.own == OMITTED], ["carried", "omitted"], "undecided"
        ).ravel(),
        "lead_outlet": [leader if leader in speaks.outlets else None] * (len(states.claims) * size),
    }
    columns |= {name: np.repeat(values, size) for name, values in of_claims.items()}
    columns |= {name: values.ravel() for name, values in _treated(tables, states, speaks, leader).items()}
    return CLAIM_TRAITS.frame(columns)


def _told(claims: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """Return the traits of each claim's wording and source."""
    holders = office_holders(quotes)
    wording, speaker = [asked(told) for told in claims["claim"]], claims["speaker"].fillna("").tolist()
    read = [words(text) for text in wording]
    stems = [{stem(word) for word in text} for text in read]
    units = [{one.unit for one in quantities(text)} for text in wording]
    with_source = [f"{text} {source}" for text, source in zip(wording, speaker, strict=True)]
    official = [
        names_an_office(text) or any(word[0].isupper() and stem(word) in holders for word in words(text))
        for text in with_source
    ]
    told: dict[str, Any] = {
        "official": official,
        "casualties": [bool(text & _CASUALTIES) for text in stems],
        "money": [bool(found & MONEY) for found in units],
        "number": [bool(found - _NO_AMOUNT) for found in units],
        "words": [len(text) for text in read],
    }
    return {name: np.asarray(values) for name, values in told.items()}


def _treated(
    tables: Mapping[str, pd.DataFrame], states: ClaimStates, speaks: Voices, lead: str | None
) -> dict[str, NDArray[Any]]:
    """Return how the other outlets treat each claim: claims x outlets."""
    coverage = tables["coverage"]
    told = coverage["state"].isin(CARRIED).to_numpy(bool)
    cell, voice = speaks.spread(states.outlet, coverage["sentence_id"], told)
    cell, voice = cell[told[cell]], voice[told[cell]]

    def by_voice(values: NDArray[Any]) -> Numbers:
        """Return claims x voices, the greatest value among those who carry the claim."""
        found = np.zeros(states.best.shape)
        np.maximum.at(found, (states.item[cell], voice), values[cell].astype(float))
        return found

    others = (~speaks.of).T.astype(float)
    prominence = by_voice(np.nan_to_num(prominence_of(coverage["position"]).to_numpy(float)))
    carriers = np.maximum(by_voice(told) @ others, 1)
    quotes, sentences = tables["quotes"], tables["sentences"]

    def belongs(some: pd.DataFrame) -> Flags:
        """Return whether a quotation belongs to the claim at the outlet, or begins in its best evidence."""
        known = set(zip(some["claim_id"], some["outlet"], strict=True))
        by_claim = [pair in known for pair in zip(coverage["claim_id"], coverage["outlet"], strict=True)]
        begins = coverage["sentence_id"].isin(some["sentence_id"].dropna())
        return np.array(by_claim, dtype=bool) | begins.to_numpy(bool)

    given = quotes[(quotes["state"] != "absent") & quotes["speaker"].notna()]
    meant = given["resolved"].fillna(given["speaker"])
    flags = {
        "quote": coverage["sentence_id"].isin(sentences.loc[sentences["quoted"], "sentence_id"]).to_numpy(bool),
        "attributed": belongs(given),
        "named_source": belongs(given[np.array([read_person(one).kind == "name" for one in meant], dtype=bool)]),
    }
    treated = {name: (by_voice(flag) @ others / carriers).round(6) for name, flag in flags.items()}
    is_lead = np.zeros(len(speaks.outlets), dtype=bool)
    version = np.full(len(states.claims), OMITTED)
    if lead in speaks.outlets:
        row = speaks.outlets.index(lead)
        is_lead = (speaks.of & speaks.of[row]).any(axis=1)
        version = states.own[:, row]
    return treated | {
        "salience": (prominence @ others / np.maximum(others.sum(axis=0), 1)).round(6),
        "opening": speaks.others(prominence >= _LEAD),
        "is_lead": np.broadcast_to(is_lead, states.own.shape),
        "told_by_lead": (version <= LEAST_CARRIED)[:, None] & ~is_lead,
        "contradicts_lead": (version == ALTERED)[:, None] & ~is_lead,
    }
