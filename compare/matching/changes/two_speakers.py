"""Two speakers who cannot be one: two persons' names, two houses of a kind, two callings that exclude each other.

A name and what somebody is called may always be one, and so may a name and a pronoun, a firm and its chief: of these
nothing is certain.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from compare.language.tokens import stem
from compare.matching.changes.lexicon import (
    ANYBODY,
    COMPANIES,
    LEADING,
    NO_OFFICE,
    NOT_A_NAME,
    OFFICES,
    OFFICIAL,
    PRESS,
    REPORTS,
    ROLES,
    TRADE,
    trades,
)
from compare.matching.changes.pair import alike
from compare.matching.changes.reading import COUNTRIES, TITLES, form_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.naming import Source

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ARTICLES = frozenset("the a an".split())
_OF_A_HOUSE = frozenset("for of at from with".split())
_WHOSE = frozenset("its his her their and".split())
_ONCE = frozenset("former ex retired one-time then acting another other second".split())
_PLACES = frozenset(map(stem, "street square avenue city town".split()))
# Names by which a government or its forces are called.
_METONYMS = frozenset(
    "pentagon kremlin whitehall westminster downing elysee white washington us usa un eu nato".split()
)
# Trades of which one person may have both.
_MAY_BE_BOTH = {
    "soldier": "intelligence police rebel government medic rescuer",
    "police": "intelligence prosecutor rescuer",
    "government": "diplomat intelligence regulator company union opponent lawyer",
    "court": "government prosecutor lawyer",
    "medic": "rescuer professor company government",
    "union": "company teacher",
    "company": "manager analyst trader owner worker medic professor lawyer",
    "lawyer": "prosecutor",
    "regulator": "professor prosecutor police",
    "rescuer": "government",
}
_BOTH = frozenset(
    frozenset({one, other})
    for first, others in _MAY_BE_BOTH.items()
    for second in others.split()
    for one, other in product(TRADE.get(stem(first), ()), TRADE.get(stem(second), ()))
)
# Who holds no office and speaks for none: these are not the army, a ministry, a court or a firm.
_PRIVATE = frozenset(
    map(
        stem,
        """resident residents witness villager neighbour neighbor passer-by bystander onlooker tenant homeowner
        householder townspeople farmer relative mother father sister brother wife husband widow family parent son
        daughter uncle aunt cousin grandmother grandfather student pupil customer passenger guest tourist patient
        shopper commuter survivor victim hostage activist campaigner protester demonstrator prisoner inmate hiker
        climber fan supporter""".split(),
    )
)


def surely_two(one: Source, other: Source, texts: tuple[str, str], around: Sequence[str] = ()) -> bool:
    """Whether two sources are certainly not the same.

    Args:
        one: the claim's.
        other: the passage's.
        texts: the claim, and the passage with what stands beside it.
        around: the sentences of the passage's article: who is named together there may be one.
    """
    if one.pronoun or other.pronoun or one.anonymous or other.anonymous:
        return False
    told = one.told.casefold().split(), other.told.casefold().split()
    if not _ONCE.isdisjoint((*told[0], *told[1])):
        return False
    persons = _person(one, around), _person(other, around)
    if persons[0] and persons[1]:
        return _two_names(persons[0], persons[1], texts, around)
    if persons[0] or persons[1]:
        return False
    names = _names(one), _names(other)
    if names[0] and names[1]:
        return _two_houses(one, other, texts, around)
    return not names[0] and not names[1] and _two_callings(one, other)


def _form(word: str) -> str:
    return form_of(word.casefold())


def _names(source: Source) -> list[str]:
    """The capitalised words of a source, but for titles, days and what only opens a sentence."""
    found = _WORD.findall(source.told)
    return [
        word
        for at, word in enumerate(found)
        if word[0].isupper()
        and word.casefold() not in TITLES | _ARTICLES
        and _form(word) not in NOT_A_NAME
        and (at > 0 or _form(word) in source.names | COUNTRIES)
    ]


def _person(source: Source, around: Sequence[str]) -> list[str]:
    """A person's name, as its words; empty where it is no person's for certain."""
    if not source.names or not source.names.isdisjoint(OFFICES | PRESS | COMPANIES | _PLACES):
        return []
    words = _WORD.findall(source.told)
    if any(not _may_name(word, source) for word in words):
        return []
    named = [word for word in words if _form(word) in source.names - ROLES and word[0].isupper()]
    if (
        not 1 <= len(named) <= 3
        or words[0].casefold() == "the"
        or any(word.isupper() and len(word) > 1 for word in named)
    ):
        return []
    if any(_form(word) in COUNTRIES or word.casefold() in _METONYMS for word in named):
        return []
    if len(named) > 1 or any(word.casefold() in TITLES for word in words) or source.heads & ROLES:
        return named
    full = re.compile(rf"(?<![.!?”\"] )\b[A-Z][^\W\d_]+ {re.escape(named[0])}\b")
    return named if any(full.search(text) for text in around) else []


def _may_name(word: str, source: Source) -> bool:
    """Whether a word may stand in what somebody is called; else what was taken for a source is more than that."""
    low = word.casefold()
    return word[0].isupper() or low in _ARTICLES | _OF_A_HOUSE | TITLES | _WHOSE or _form(word) in source.roles | ROLES


def _two_names(one: list[str], other: list[str], texts: tuple[str, str], around: Sequence[str]) -> bool:
    if any(alike(a.casefold(), b.casefold()) for a, b in product(one, other)):
        return False
    if _named(one[-1], texts[1]) or _named(other[-1], texts[0]):
        return False
    return not any(_named(one[-1], text) and _named(other[-1], text) for text in around)


def _named(name: str, text: str) -> bool:
    return name in text


def _two_houses(one: Source, other: Source, texts: tuple[str, str], around: Sequence[str]) -> bool:
    """Whether two are called the same but for the house that they belong to, or are two houses of one kind."""
    here, there = _own_names(one), _own_names(other)
    if not here or not there or any(alike(a.casefold(), b.casefold()) for a, b in product(here, there)):
        return False
    if any(name in texts[1] for name in here) or any(name in texts[0] for name in there):
        return False
    if any(any(a in text for a in here) and any(b in text for b in there) for text in around):
        return False
    lands = [all(_form(name) in COUNTRIES for name in names) for names in (here, there)]
    some = [any(_form(name) in COUNTRIES or name.casefold() in _METONYMS for name in names) for names in (here, there)]
    rest = _skeleton(one), _skeleton(other)
    if rest[0] != rest[1] or not rest[0]:
        return False
    if any(some):
        return all(lands) and all(_form(a) != _form(b) for a, b in product(here, there))
    return True


def _own_names(source: Source) -> list[str]:
    return [name for name in _names(source) if _form(name) not in OFFICES | PRESS]


def _skeleton(source: Source) -> list[str]:
    """What a source is called without its names and articles: "spokesman for bank"."""
    own = set(_own_names(source))
    words = [word for word in _WORD.findall(source.told) if word not in own and word.casefold() not in _ARTICLES]
    skeleton = [_form(word) for word in words]
    if len(skeleton) > 1 and skeleton[1] not in _OF_A_HOUSE and "in" in skeleton:
        return []
    return skeleton


def _two_callings(one: Source, other: Source) -> bool:
    """Whether no one person or office is called both."""
    if (one.heads | other.heads) & (ANYBODY | LEADING | REPORTS) or not one.heads or not other.heads:
        return False
    here, there = _trade(one), _trade(other)
    if not here or not there or here & there:
        return False
    private = [bool(source.heads & NO_OFFICE) for source in (one, other)]
    if any(private):
        return not all(private) and (one.heads if private[0] else other.heads) <= _PRIVATE
    return all(frozenset({a, b}) not in _BOTH for a, b in product(here, there))


def _trade(source: Source) -> frozenset[int]:
    """What a source's calling is: "an army officer" is no policeman."""
    heads, others = trades(source.heads), trades(source.roles - source.heads)
    if source.heads <= OFFICIAL:
        return others  # "a police spokeswoman"
    return heads & others or heads
