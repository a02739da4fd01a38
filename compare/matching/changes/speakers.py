"""Another speaker for the same content, or what somebody said told as a fact.

That the passage names a source where the claim names none is sourcing, not a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.tokens import stem
from compare.matching.changes.lexicon import (
    ANYBODY,
    COMPANIES,
    EVIDENTIAL,
    LEADING,
    NO_OFFICE,
    OFFICES,
    OFFICIAL,
    PRESS,
    REPORTS,
    trades,
)
from compare.matching.changes.pair import alike

if TYPE_CHECKING:
    from compare.matching.changes.naming import Source
    from compare.matching.changes.pair import Pair, Words

_SAME_CONTENT = 0.55  # share of the words said that both must have before the speakers are compared
_LIKE = 0.5  # likeness of the passages, unless one source is hidden
_TOLD_PLAINLY = 0.8  # of a claim's words that a passage without any source must have to state it as a fact
_LEAST_WORDS = 4
_CRITICS = frozenset(map(stem, ["critic", "opponent", "supporter"]))
_WORD_FOR_WORD = 0.7  # likeness from which two sources that share no word are two


def attribution_changed(pair: Pair) -> Words | None:
    """Find two speakers that cannot be the same, or a source that is gone."""
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
    here, there = _told_apart(here), _told_apart(there)
    for one in here:
        rivals = [_differ(one, other, pair) for other in there]
        if not all(rivals):
            return None
    return here[0].told, there[0].told


def _told_apart(sources: list[Source]) -> list[Source]:
    """The sources that are called something; "who said" tells nothing beside them."""
    return [source for source in sources if source.names or source.roles] or sources


def _told_as_fact(pair: Pair, here: list[Source]) -> Words | None:
    left, right = pair.left, pair.right
    if len(left.core) < _LEAST_WORDS or here[0].pronoun or len(pair.shared) < _TOLD_PLAINLY * len(left.core):
        return None
    if pair.likeness < _LIKE:
        return None
    if any(2 * sum(map(bool, side.quoted)) >= len(side.words) for side in (left, right)):
        return None
    if right.low[0] in ("it", "he", "she", "they"):
        return None  # the next sentence of somebody who speaks
    if not EVIDENTIAL.isdisjoint(right.stems):
        return None  # "she is accused of": as somebody says
    mentioned = any(
        form in right.places or form in pair.renamed for source in here for form in (*source.names, *source.roles)
    )
    return None if mentioned else (here[0].told, "")


def _differ(one: Source, other: Source, pair: Pair) -> bool:
    """Whether two sources are certainly not the same."""
    if one.anonymous != other.anonymous:
        shown = other if one.anonymous else one
        if _is_person(shown) or shown.public:
            return True
    if _quotes_it(one, other, pair) or _quotes_it(other, one, pair):
        return False
    if one.pronoun or other.pronoun or _wrote_it(one, other) or _wrote_it(other, one):
        return False
    if one.names and other.names:
        if _same_names(one, other):
            return False
        if _is_person(one) == _is_person(other):
            return _is_person(one) or pair.is_close
    return _called_unlike(one, other, pair)


def _quotes_it(report: Source, other: Source, pair: Pair) -> bool:
    """Whether one passage names the report, and who quotes it, where the other has the report alone."""
    if not report.heads or not report.heads <= REPORTS or report.heads & other.heads:
        return False
    return bool(report.heads & pair.left.places.keys() & pair.right.places.keys())


def _wrote_it(report: Source, author: Source) -> bool:
    """Whether one may be what the other wrote: "the letter said", "Ellin said"."""
    return bool(report.heads) and report.heads <= REPORTS and _is_person(author)


def _called_unlike(one: Source, other: Source, pair: Pair) -> bool:
    """Whether what they are called tells them apart."""
    heads = _heads(one), _heads(other)
    if pair.likeness >= _WORD_FOR_WORD and (_holds_no_office(one, other) or _holds_no_office(other, one)):
        return True
    if heads[0] & heads[1]:
        return _of_two_houses(one, other, heads[0] | heads[1], pair)
    # "the board of the bank", "the bank"; "fire officers", "the fire service"
    if heads[0] & other.roles or heads[1] & one.roles or trades(one.roles & other.roles):
        return False
    trade, trade_there = (trades(source.heads) or trades(source.roles) for source in (one, other))
    if trade and trade_there and not one.names and not other.names:
        return not trade & trade_there
    if pair.is_close and one.anonymous != other.anonymous:
        return not heads[one.anonymous] <= ANYBODY | OFFICIAL
    # Word for word the same, and nothing in common but what is said.
    press = [bool((source.names | source.roles) & PRESS) for source in (one, other)]
    may_be = press[0] == press[1] and (_may_be(one, other) or _may_be(other, one))
    return pair.likeness >= _WORD_FOR_WORD and not may_be


def _of_two_houses(one: Source, other: Source, heads: frozenset[str], pair: Pair) -> bool:
    """Whether two that are called the same belong to different houses: "a union spokesman", "a company spokesman"."""
    if pair.likeness < _WORD_FOR_WORD or one.names or other.names:
        return False
    called = [(source.roles | source.names) - heads for source in (one, other)]
    return all(called) and not called[0] & called[1]


def _holds_no_office(source: Source, other: Source) -> bool:
    """Whether one is a private person and the other an office: "critics of the board", "the board"."""
    others = _heads(other)
    if source.heads <= _CRITICS and not source.roles & others:
        return False  # critics may be anybody but whom they criticise
    return (
        bool(source.heads & NO_OFFICE)
        and not source.names
        and not trades(source.heads) & trades(other.roles)
        and bool(others)
        and others.isdisjoint(ANYBODY)
        and other.heads.isdisjoint(REPORTS)
    )


def _may_be(source: Source, other: Source) -> bool:
    """Whether a source is called so vaguely that it may be the other: "Ellin" the mayor, "an official" the police."""
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
    """What it is called; of a report, whose it is."""
    if source.heads and source.heads <= REPORTS:
        return (source.roles | source.names) - REPORTS
    return source.heads


def _same_names(one: Source, other: Source) -> bool:
    return bool(one.names & other.names) or any(alike(a, b) for a in one.names for b in other.names)


def _is_person(source: Source) -> bool:
    return (
        bool(source.names)
        and source.names.isdisjoint(OFFICES)
        and source.heads.isdisjoint(REPORTS | COMPANIES | source.names)
        and len(source.names) <= 3
    )
