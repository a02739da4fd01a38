"""All kinds of change between a claim and the passage that carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compare.language.remembering import remembered
from compare.matching.changes.attribution import attribution_changed
from compare.matching.changes.direction import way_changed
from compare.matching.changes.frame import amounts
from compare.matching.changes.hedges import hedge_changed
from compare.matching.changes.negation import negation_changed
from compare.matching.changes.numbers import digits_exchanged, number_changed, number_proven
from compare.matching.changes.proof import proven, said_by_another
from compare.matching.changes.reading import Pair, read
from compare.matching.changes.roles import roles_changed
from compare.matching.changes.silent import both_silent
from compare.matching.changes.stretches import gives, stretches
from compare.matching.changes.trimmed_quotes import quote_trimmed
from compare.matching.changes.unbacked import unbacked
from compare.matching.changes.withdrawn import WHERE, exchanged, told_now, withdrawn
from compare.tables import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.language.amounts import Quantity
    from compare.matching.changes.reading import Reading, Words

_FINDERS: dict[str, Callable[[Pair], Words | None]] = {
    "number": number_changed,
    "negation": negation_changed,
    "hedge": hedge_changed,
    "attribution": attribution_changed,
    "direction": way_changed,
    "roles": roles_changed,
    "trimmed quote": quote_trimmed,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change: its kind as in `compare.tables.CHANGES`, and the words that differ.

    If one side has no such words ("may" against a plain statement), its words are those the other's apply to, or
    empty. `proven` says that the words leave no doubt: see `proof`.
    """

    kind: str
    left: str
    right: str
    proven: bool = field(default=False, compare=False)


_REMEMBERED = 20000  # pairs of sentences
_LEAST_PROVEN = 0.5  # recall below which no change can be proven
_LEAST_TOLD = 0.6  # recall from which a note tells a claim
_REVERSED = ("negation", "direction", "number")  # what a note says to be otherwise, where it does not say "not"
# Kinds that stretches of two sentences prove; who said so, and how surely, stands elsewhere in the sentence.
_IN_STRETCHES = frozenset({"number", "negation", "time", "quantifier", "modality", "direction"})
_OF_AMOUNTS = frozenset({"number", "time"})
_REPORTED = frozenset({"would", "will", "shall"})
# What the neighbouring sentence may add: the rest of a quotation, its speaker.
_ADDED = ("attribution", "trimmed quote")


def changes(claim: str, passage: str, around: str = "", article: Sequence[str] = ()) -> list[Change]:
    """Return what changed between a claim and the passage that carries it, at most once per kind, in order.

    `around` is the passage with its neighbour, if any: a speaker or a part of a quotation found there is not missing,
    and if it tells the claim unchanged, nothing is proven. `article` holds the sentences of the passage's article:
    sources named together there may be the same.
    """
    left, right = read(claim), read(passage)
    pair = Pair.of(left, right)
    if left.low == right.low:  # only marks differ: an opening quotation mark, or "€" for "$"
        other_sign = number_changed(pair)
        return [Change("number", *other_sign)] if other_sign else []
    asked = pair.recall >= _LEAST_PROVEN or pair.is_comparable
    sure = _proven(pair, passage, around, article) if asked else None
    if sure is None and around and around != passage and (words := said_by_another(left, around, read, article)):
        sure = Change(*words, proven=True)
    told = _found(pair, passage, around)
    if sure is not None:
        told = [one for one in told if one.kind != sure.kind and not _same_words(one, sure)] + [sure]
    if any(one.kind == "negation" for one in told) and both_silent(left, right, read):
        told = [one for one in told if one.kind != "negation"]
    return sorted(told, key=lambda one: CHANGES.index(one.kind))


def changes_in_stretches(
    left: str, right: str, articles: tuple[Sequence[str], Sequence[str]] = ((), ())
) -> list[Change]:
    """Return what stretches of two long sentences prove to differ, at most once per kind; see `stretches`.

    Both sentences must tell one claim. `articles` holds the sentences of the article of each: one that gives both of
    two amounts gives them of two things.
    """
    found: dict[str, Change] = {}
    for here, there, amount in _cuts(read(left), read(right)):
        for one in changes(here, there, there, articles[1]):
            if bool(amount) != (one.kind in _OF_AMOUNTS) or (amount and not tells(one.left, amount)):
                continue  # what else differs there is another matter
            # "Said it would face tolls", "warned that it faced tolls": that is but the tense of a report.
            reported = one.kind == "modality" and not _REPORTED.isdisjoint(f"{one.left} {one.right}".casefold().split())
            if not one.proven or one.kind not in _IN_STRETCHES or reported:
                continue
            given = gives(read(one.left), map(read, articles[1])) or gives(read(one.right), map(read, articles[0]))
            if not (one.kind == "number" and given):
                found.setdefault(one.kind, one)
    return list(found.values())


@remembered(_REMEMBERED)  # copies of two sentences meet again and again
def _cuts(left: Reading, right: Reading) -> tuple[tuple[str, str, str], ...]:
    return tuple(stretches(left, right))


def tells(words: str, passage: str) -> bool:
    """Return whether a passage has some words, or an amount or a day that can be theirs."""
    amount, told = read(words).quantities, read(passage).quantities
    return words.casefold() in passage.casefold() or any(one.agrees_with(other) for one in amount for other in told)


def _proven(pair: Pair, passage: str, around: str, article: Sequence[str]) -> Change | None:
    """The proven change; None if the passage around tells the claim unchanged."""
    proof = proven(pair.left, passage, read, around or passage, article)
    if proof is None and pair.is_comparable and pair.recall >= _LEAST_PROVEN:
        amounts = number_proven(pair)
        if amounts and (not around or around == passage or number_proven(Pair.of(pair.left, read(around)))):
            proof = ("number", *amounts)
    return None if proof is None else Change(*proof, proven=True)


def _found(pair: Pair, passage: str, around: str) -> list[Change]:
    """The change that each kind's finder sees, if any."""
    if not pair.is_comparable:
        slip = digits_exchanged(pair)
        return [Change("number", *slip)] if slip else []
    found = ((kind, find(pair)) for kind, find in _FINDERS.items())
    told = [Change(kind, *words) for kind, words in found if words is not None]
    if around and around != passage and any(change.kind in _ADDED for change in told):
        wider = Pair.of(pair.left, read(around))
        told = [change for change in told if change.kind not in _ADDED or _FINDERS[change.kind](wider) is not None]
    return told


def _same_words(one: Change, other: Change) -> bool:
    return all(
        not b or not set(a.split()).isdisjoint(b.split()) for a, b in ((one.left, other.left), (one.right, other.right))
    )


def lacks(claim: str, passage: str) -> str:
    """Return the kind of a claim's number, denial, limit or hedge that the passage lacks; see `unbacked`."""
    return unbacked(read(claim), read(passage))


def takes_back(claim: str, note: str, sentence: str = "", article: Sequence[str] = ()) -> str:
    """Return the kind of change by which an outlet's note retracts a claim, or ""; see `withdrawn`.

    `sentence` is the one that tells the claim, `article` holds all of the article's.
    """
    taken = withdrawn(read(claim), note, read, sentence, article)
    if not taken and exchanged(read(claim), note, read):
        return "number"
    return taken or next(filter(None, (_told_otherwise(claim, one) for one, _ in told_now(note))), "")


def _told_otherwise(claim: str, passage: str) -> str:
    """Return the kind of change where a passage with most of a claim's words provably tells it differently, or ""."""
    left, right = read(claim), read(passage)
    pair = Pair(left, right)
    if pair.likeness < _LEAST_TOLD or not right.names.keys() <= left.names.keys():
        return ""
    return next((one.kind for one in changes(claim, passage) if one.proven and one.kind in _REVERSED), "")


def puts_right(claim: str, note: str, sentence: str, kinds: Sequence[str]) -> bool:
    """Whether an outlet's note on its article tells a claim unchanged that a sentence of the article changes.

    `kinds` are those of the change; of a number it suffices that the note puts the claim's in the sentence's place.
    """
    told = told_now(note)
    if any(_tells(claim, one) for _, one in told):
        return True
    here, there = amounts(read(claim)), amounts(read(sentence))
    new = [one for one in here if not any(one.agrees_with(other) for other in there)]
    old = [one for one in there if not any(one.agrees_with(other) for other in here)]
    # "To 30 million crowns from 3 million": the unit is not said again.
    before = {one.written for one in amounts(read(WHERE.sub("", note)))}
    if list(kinds) != ["number"] or not new or not old or not before.issuperset(one.written for one in old):
        return False
    given = [amounts(read(one)) for one, _ in told]
    return any(_all_in(new, now) and not any(_all_in([one], now) for one in old) for now in given)


def _tells(claim: str, passage: str) -> bool:
    """Whether a passage has most of a claim's words and tells it unchanged."""
    pair = Pair(read(claim), read(passage))
    return pair.recall >= _LEAST_TOLD and not changes(claim, passage) and not lacks(claim, passage)


def _all_in(some: Sequence[Quantity], others: Sequence[Quantity]) -> bool:
    return all(any(one.agrees_with(other) for other in others) for one in some)


def likeness(one: str, other: str) -> float:
    """Return the share of their content words that two passages have in common (Dice)."""
    return Pair(read(one), read(other)).likeness


def find_changes(claim: str, passage: str, around: str = "") -> list[str]:
    """Return the kinds of change between a claim and the passage that carries it, in the order of `CHANGES`."""
    return [change.kind for change in changes(claim, passage, around)]


def changes_between(one: str, other: str) -> list[Change]:
    """Return what changed between two passages, neither of which is the claim: what is found in either direction."""
    return [*changes(one, other), *changes(other, one)]


def find_changes_between(one: str, other: str) -> list[str]:
    """Return the kinds of change between two passages, neither of which is the claim; see `changes_between`."""
    found = {change.kind for change in changes_between(one, other)}
    return [kind for kind in CHANGES if kind in found]
