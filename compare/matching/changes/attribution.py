"""Another speaker for the same content, a quoted statement told as fact, and two speakers who cannot be one.

A source named only in the passage is sourcing, not a change. Nothing is proven of pairs that may be the same: a name
and a description, a name and a pronoun, a firm and its chief.
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.quotes.names import NOT_PERSONS, PEOPLE, by_given_name, without_possessive
from compare.matching.changes.lexicon import (
    ANYBODY,
    ARTICLES,
    COMPANIES,
    EVIDENTIAL,
    LEADING,
    NO_OFFICE,
    NOT_A_NAME,
    OFFICES,
    OFFICIAL,
    PRESS,
    REPORTS,
    ROLES,
    stems,
    trades,
)
from compare.matching.changes.reading import COUNTRIES, TITLES, alike, form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.matching.changes.reading import Pair, Words
    from compare.matching.changes.sources import Source

_SAME_CONTENT = 0.55  # share of the reported words in common before the speakers are compared
_LIKE = 0.5  # likeness of the passages, unless one source is anonymous
_TOLD_PLAINLY = 0.8  # share of a claim's words that a passage without a source must have to state it as fact
_LEAST_WORDS = 4
_WORD_FOR_WORD = 0.7  # likeness above which two sources without a common word differ
_CRITICS = stems(english.critics)

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PLACES = stems(english.places)
_PRIVATE = stems(english.private)
_BOTH = frozenset(frozenset({one, other}) for one, others in english["both_trades"].items() for other in others.split())


def attribution_changed(pair: Pair) -> Words | None:
    """Find two speakers who cannot be the same, or a missing source."""
    here, there = pair.left.sources, pair.right.sources
    if not here:
        return None
    said = len(pair.shared) / max(1, min(len(pair.left.core), len(pair.right.core)))
    if not there:
        return _told_as_fact(pair, here)
    if said < _SAME_CONTENT or len(pair.shared) < _LEAST_WORDS - 1:
        return None
    if pair.likeness < _LIKE and not any(source.anonymous for source in (*here, *there)):
        return None
    here, there = called_something(here) or here, called_something(there) or there
    for one in here:
        rivals = [_differ(one, other, pair) for other in there]
        if not all(rivals):
            return None
    return here[0].told, there[0].told


def called_something(sources: Iterable[Source]) -> list[Source]:
    """Return the sources that have a name or a role."""
    return [source for source in sources if source.names or source.roles]


def _told_as_fact(pair: Pair, here: list[Source]) -> Words | None:
    left, right = pair.left, pair.right
    if len(left.core) < _LEAST_WORDS or here[0].pronoun or len(pair.shared) < _TOLD_PLAINLY * len(left.core):
        return None
    if pair.likeness < _LIKE:
        return None
    if any(2 * sum(map(bool, side.quoted)) >= len(side.words) for side in (left, right)):
        return None
    if right.low[0] in ("it", "he", "she", "they"):
        return None  # the next sentence by the same speaker
    if not EVIDENTIAL.isdisjoint(right.stems):
        return None  # "she is accused of" implies that somebody says so
    mentioned = any(
        form in right.places or form in pair.renamed for source in here for form in (*source.names, *source.roles)
    )
    return None if mentioned else (here[0].told, "")


def _differ(one: Source, other: Source, pair: Pair) -> bool:
    """Whether two sources certainly differ."""
    if one.anonymous != other.anonymous:
        shown = other if one.anonymous else one
        if _is_person(shown) or shown.public:
            return True
    if one.pronoun or other.pronoun:
        return False
    ways = (one, other), (other, one)
    # "the letter said", "Ellin said": one may have written the other.
    written = any(a.heads and a.heads <= REPORTS and _is_person(b) for a, b in ways)
    if written or any(_quotes_it(a, b, pair) or _may_speak_for(a, b) for a, b in ways):
        return False
    if one.names and other.names:
        # "Sir Ewan" may be Mr Tolland.
        titled = by_given_name(one.told) != by_given_name(other.told)
        if titled or one.names & other.names or any(alike(a, b) for a, b in product(one.names, other.names)):
            return False
        if _is_person(one) == _is_person(other):
            return _is_person(one) or pair.is_close
    return _called_unlike(one, other, pair)


def _quotes_it(report: Source, other: Source, pair: Pair) -> bool:
    """Whether one passage names a report and who quotes it, and the other only the report."""
    if not report.heads or not report.heads <= REPORTS or report.heads & other.heads:
        return False
    return bool(report.heads & pair.left.places.keys() & pair.right.places.keys())


def _may_speak_for(person: Source, house: Source) -> bool:
    """Whether a named person may speak for the other: Chairman Olav Rist for the club, Ola Brekke for Nordgrid."""
    if not _is_person(person) or _is_bare(person) or house.pronoun:
        return False
    if house.names:
        own = {_form(without_possessive(word)) for word in _WORD.findall(person.told)}  # "Edda Frist of Harlow Dunn"
        return _is_bare(house) or not _is_person(house) or not house.names.isdisjoint(own)
    if not person.roles:
        return True
    told = house.told.casefold().split()
    return bool(house.heads) and house.heads.isdisjoint(NO_OFFICE | _CRITICS) and PEOPLE.isdisjoint(told)


def _is_bare(source: Source) -> bool:
    """Whether it is a single name, which may be a firm's."""
    return bool(source.names) and len(source.told.split()) == 1


def _called_unlike(one: Source, other: Source, pair: Pair) -> bool:
    """Whether their descriptions tell them apart."""
    heads = _heads(one), _heads(other)
    if pair.likeness >= _WORD_FOR_WORD and (_holds_no_office(one, other) or _holds_no_office(other, one)):
        return True
    if heads[0] & heads[1]:  # "a union spokesman", "a company spokesman"
        called = [(source.roles | source.names) - heads[0] - heads[1] for source in (one, other)]
        unnamed = pair.likeness >= _WORD_FOR_WORD and not (one.names or other.names)
        return unnamed and all(called) and not called[0] & called[1]
    # "the board of the bank", "the bank"; "fire officers", "the fire service"
    if heads[0] & other.roles or heads[1] & one.roles or trades(one.roles & other.roles):
        return False
    trade, trade_there = (trades(source.heads) or trades(source.roles) for source in (one, other))
    if trade and trade_there and not one.names and not other.names:
        return not trade & trade_there
    if pair.is_close and one.anonymous != other.anonymous:
        return not heads[one.anonymous] <= ANYBODY | OFFICIAL
    # The report is word for word the same; the sources have nothing in common.
    press = [bool((source.names | source.roles) & PRESS) for source in (one, other)]
    may_be = press[0] == press[1] and (_may_be(one, other) or _may_be(other, one))
    return pair.likeness >= _WORD_FOR_WORD and not may_be


def _holds_no_office(source: Source, other: Source) -> bool:
    """Whether one is a private person and the other an office: "critics of the board", "the board"."""
    others = _heads(other)
    if source.heads <= _CRITICS and not source.roles & others:
        return False  # critics may be anybody except those they criticise
    return (
        bool(source.heads & NO_OFFICE)
        and not source.names
        and not trades(source.heads) & trades(other.roles)
        and bool(others)
        and others.isdisjoint(ANYBODY)
        and other.heads.isdisjoint(REPORTS)
    )


def _may_be(source: Source, other: Source) -> bool:
    """Whether a source is so vague that it may be the other: "Ellin" the mayor, "an official" the police."""
    called = _heads(source)
    if called <= ANYBODY:
        named_office = bool(source.names) and not _is_person(source)
        return not named_office or bool(_heads(other) & OFFICES)
    if not (source.roles | other.roles).isdisjoint(NO_OFFICE):
        return False
    if called <= LEADING:
        return bool(_heads(other) & (COMPANIES | LEADING | OFFICES)) or _heads(other) <= OFFICIAL
    return called <= OFFICIAL | ANYBODY


def _heads(source: Source) -> frozenset[str]:
    """The head nouns of a source; for a report, those of its publisher."""
    if source.heads and source.heads <= REPORTS:
        return (source.roles | source.names) - REPORTS
    return source.heads


def _is_person(source: Source) -> bool:
    return (
        bool(source.names)
        and source.names.isdisjoint(OFFICES)
        and source.heads.isdisjoint(REPORTS | COMPANIES | source.names)
        and len(source.names) <= 3
        and all(
            word.casefold() not in NOT_PERSONS for word in _WORD.findall(source.told) if _form(word) in source.names
        )
    )


def surely_two(one: Source, other: Source, texts: tuple[str, str], around: Sequence[str] = ()) -> bool:
    """Whether the sources of two texts certainly differ; two named together in a sentence `around` may be one."""
    if one.pronoun or other.pronoun or one.anonymous or other.anonymous:
        return False
    told = one.told.casefold().split(), other.told.casefold().split()
    if not english.once.isdisjoint((*told[0], *told[1])):
        return False
    persons = _person(one, around), _person(other, around)
    if persons[0] and persons[1]:
        here, there = persons[0][-1], persons[1][-1]
        one_name = any(alike(a.casefold(), b.casefold()) for a, b in product(*persons))
        one_name = one_name or by_given_name(one.told) != by_given_name(other.told)
        may_be_one = one_name or here in texts[1] or there in texts[0]
        return not (may_be_one or any(here in text and there in text for text in around))
    if persons[0] or persons[1]:
        return False
    names = _names(one), _names(other)
    if names[0] and names[1]:
        return _two_houses(one, other, texts, around)
    return not names[0] and not names[1] and _two_callings(one, other)


def _form(word: str) -> str:
    return form_of(word.casefold())


def _names(source: Source) -> list[str]:
    """The capitalised words of a source, except titles, days and words that only open a sentence."""
    found = _WORD.findall(source.told)
    return [
        word
        for at, word in enumerate(found)
        if word[0].isupper()
        and word.casefold() not in TITLES | ARTICLES
        and _form(word) not in NOT_A_NAME
        and (at > 0 or _form(word) in source.names | COUNTRIES)
    ]


def _person(source: Source, around: Sequence[str]) -> list[str]:
    """The words of a person's name; empty unless it is certainly a person's."""
    if not source.names or not source.names.isdisjoint(OFFICES | PRESS | COMPANIES | _PLACES):
        return []
    words = _WORD.findall(source.told)
    called = source.roles if source.heads & ROLES else frozenset()  # "Union leader Max Fern"
    if any(
        not _may_name(word, source) or (word.casefold() in NOT_PERSONS and _form(word) not in called) for word in words
    ):
        return []
    named = [word for word in words if _form(word) in source.names - ROLES and word[0].isupper()]
    if (
        not 1 <= len(named) <= 3
        or (words[0].casefold() == "the" and not words[1].islower())
        or any(word.isupper() and len(word) > 1 for word in named)
    ):
        return []
    if any(_form(word) in COUNTRIES or word.casefold() in english.metonyms for word in named):
        return []
    if len(named) > 1 or any(word.casefold() in TITLES for word in words) or source.heads & ROLES:
        return named
    full = re.compile(rf"(?<![.!?”\"] )\b[A-Z][^\W\d_]+ {re.escape(named[0])}\b")
    return named if any(full.search(text) for text in around) else []


def _may_name(word: str, source: Source) -> bool:
    """Whether a word may be part of a source's description; if not, too much was read as the source."""
    low = word.casefold()
    return (
        word[0].isupper()
        or low in ARTICLES | english.of_a_house | TITLES | english.whose
        or _form(word) in source.roles | ROLES
    )


def _two_houses(one: Source, other: Source, texts: tuple[str, str], around: Sequence[str]) -> bool:
    """Whether two have the same role in different organisations, or are two organisations of one kind."""
    here, there = _own_names(one), _own_names(other)
    if not here or not there or any(alike(a.casefold(), b.casefold()) for a, b in product(here, there)):
        return False
    if any(name in texts[1] for name in here) or any(name in texts[0] for name in there):
        return False
    if any(any(a in text for a in here) and any(b in text for b in there) for text in around):
        return False
    lands = [all(_form(name) in COUNTRIES for name in names) for names in (here, there)]
    some = [
        any(_form(name) in COUNTRIES or name.casefold() in english.metonyms for name in names)
        for names in (here, there)
    ]
    rest = _skeleton(one), _skeleton(other)
    if rest[0] != rest[1] or not rest[0]:
        return False
    if any(some):
        return all(lands) and all(_form(a) != _form(b) for a, b in product(here, there))
    return True


def _own_names(source: Source) -> list[str]:
    return [name for name in _names(source) if _form(name) not in OFFICES | PRESS]


def _skeleton(source: Source) -> list[str]:
    """A source's description without names and articles: "spokesman for bank"."""
    own = set(_own_names(source))
    words = [word for word in _WORD.findall(source.told) if word not in own and word.casefold() not in ARTICLES]
    skeleton = [_form(word) for word in words]
    if len(skeleton) > 1 and skeleton[1] not in english.of_a_house and "in" in skeleton:
        return []
    return skeleton


def _two_callings(one: Source, other: Source) -> bool:
    """Whether no single person or office fits both descriptions."""
    if (one.heads | other.heads) & (ANYBODY | LEADING | REPORTS) or not one.heads or not other.heads:
        return False
    here, there = _trade(one), _trade(other)
    if not here or not there or here & there:
        return False
    private = [bool(source.heads & NO_OFFICE) for source in (one, other)]
    if any(private):
        return not all(private) and (one.heads if private[0] else other.heads) <= _PRIVATE
    return all(frozenset({a, b}) not in _BOTH for a, b in product(here, there))


def _trade(source: Source) -> frozenset[str]:
    """The trade of a source: "an army officer" is not a police officer."""
    heads, others = trades(source.heads), trades(source.roles - source.heads)
    if source.heads <= OFFICIAL:
        return others  # "a police spokeswoman"
    return heads & others or heads
