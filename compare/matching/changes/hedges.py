"""Hedges in only one of two passages; and marks of what is planned, ordered or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.tokens import IRREGULAR, PASTS, stem
from compare.matching.changes.certainty import DOUBT, SCALE, SURE, certainty
from compare.matching.changes.lexicon import BE, CONDITIONS, EVIDENTIAL, HAVE, HEDGE_PHRASES, HEDGES, Phrases, stems
from compare.matching.changes.reading import WORD_FOR_WORD, Mark, kept, mark
from compare.matching.changes.scope import (
    AROUND,
    REACH,
    also_plain,
    conditional,
    denials,
    flip,
    hedges,
    of_limits,
    partners,
    same_matter,
    telling,
    unmatched,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.reading import Pair, Reading, Words
    from compare.matching.changes.scope import Cue

_SAID = stems(english.said_so)
SOFTENERS = HEDGES | english.softening | stems(english.softeners)

PLANNED, ORDERED, HEDGED, SAID_TO, WEAK = "planned", "ordered", "hedged", "said to", "weak"
_SURE = Phrases((phrase, SURE) for phrase in english["sure"])
WILLING = "willing"
_REACH_BACK = 4  # words from "not" or "yet" to "proven"
_CHARGES = stems(english.charges)
_JUDGED = stems(english.judged)
_PLANS = stems(english.plans)
_THREATS = stems(english.threats)
_ORDERS = stems(english.orders)
_FORETELLING = stems(english.foretelling)
_SO = frozenset({"is", "are"})  # what was to be sold may have been
_CONSENTING = stems(english.consenting)
_BEFORE_ING = stems(english.before_ing)


def hedge_changed(pair: Pair) -> Words | None:
    """Find something that only one of the two hedges."""
    here, there = hedges(pair.left), hedges(pair.right)
    if pair.left.sources and pair.right.sources:
        # Whoever "believes that" is its source, as is who "says" so.
        here = tuple(cue for cue in here if cue[0] not in telling(pair.left))
        there = tuple(cue for cue in there if cue[0] not in telling(pair.right))
    doubted = [any(one.value(SCALE) == DOUBT for one in certainty(side)) for side in (pair.left, pair.right)]
    found = None if doubted[1] else _reserved(pair, here)
    return found if found or doubted[0] else flip(_reserved(pair.swapped, there))


def _reserved(pair: Pair, here: Sequence[Cue]) -> Words | None:
    left, right = pair.left, pair.right
    cues_there = {right.stems[cue] for cue, _ in hedges(right)}
    cues_there.update(form for form in right.stems if form in _THREATS)  # "threatened to strike", "threatened a strike"
    cues_there.update(form for form in right.stems if form in EVIDENTIAL)  # "accused him", "he was accused of"
    here_alone = [(cue, word) for cue, word in here if left.stems[cue] not in cues_there]
    if not here_alone or not (pair.is_close or same_matter(pair)):
        return None
    reserved_there = {right.stems[word] for _, word in hedges(right) if word >= 0}
    own_hedges = unmatched(right, hedges(right), left, here)
    own_denials = unmatched(right, denials(right), left, denials(left))
    more_sources = not left.sources and any(
        not (source.names | source.roles) & left.places.keys() for source in right.sources
    )
    for cue, word in here_alone:
        limits = left.low[cue] == "may" and of_limits(right)  # "may pay up to 5", "must not pay more than 5"
        if limits or (left.stems[cue] in EVIDENTIAL and more_sources):
            continue
        if word < 0:
            if not hedges(right) and not own_denials and _taken_out(pair, cue):
                return left.show(cue - 2, cue + 2), ""
            continue
        if also_plain(left, word, here) or conditional(left, cue):
            continue
        if left.stems[cue] in EVIDENTIAL and not pair.is_close and not _SAID.isdisjoint(right.stems):
            continue
        if pair.renamed.get(left.stems[word], left.stems[word]) in reserved_there:
            continue
        reworded = left.stems[word] not in right.places
        for place in partners(pair, cue, word):
            close = _around(right, place)
            if reworded and any(at in close for at, _ in hedges(right)):
                continue
            if _softened(pair, cue, place) or (left.stems[cue] in EVIDENTIAL and _is_charged(right, close)):
                continue
            if any(at in close for at in own_hedges) or any(abs(at - place) <= REACH for at in own_denials):
                continue
            return left.show(cue, word), right.show(place, place)
    return None


def _around(reading: Reading, place: int) -> set[int]:
    """The places from which one word may hedge another: near it, or before "that", as in "it is likely that"."""
    before = (at for at in range(place) if reading.breaks[at] == reading.breaks[place])
    return {*reading.near(place, AROUND), *(at for at in before if "that" in reading.low[at + 1 : at + 4])}


def _softened(pair: Pair, cue: int, place: int) -> bool:
    """Whether the hedges around a place in the right differ from those in the left."""
    left, right = pair.left, pair.right
    close = _around(right, place)
    if left.low[cue] == "expected" and any(right.low[at] in english.scheduled for at in close if at < place):
        return True
    said_there = telling(right)
    soft = {
        right.low[at]
        for at in close
        if at not in said_there and (right.stems[at] in SOFTENERS or right.low[at] in SOFTENERS)
    }
    return bool(soft - (set(left.low) | {"would", "should"} if pair.is_close else set()))


def _is_charged(reading: Reading, close: set[int]) -> bool:
    """Whether a thing is only charged there: who is on trial for theft, or charged with it, is alleged to have stolen.

    Nobody is merely accused who was found guilty or has confessed.
    """
    return _JUDGED.isdisjoint(reading.stems) and any(reading.stems[at] in _CHARGES for at in close)


def _taken_out(pair: Pair, cue: int) -> bool:
    """Whether the other has the words around a cue without it, word for word: "probably a forgery", "is a forgery"."""
    left, right = pair.left, pair.right
    if pair.likeness < WORD_FOR_WORD or not SOFTENERS.isdisjoint((*right.low, *right.stems)):
        return False
    around = [at for at in left.near(cue, 6) if left.is_content[at] and left.low[at] not in HEDGES]
    sides = [at for at in around if at < cue][-1:], [at for at in around if at > cue][:1]
    return bool(sides[1]) and all(left.stems[at] in right.places for side in sides for at in side)


@kept
def modes(reading: Reading) -> tuple[Mark, ...]:
    """Return the words of a passage that call something planned, ordered or possible rather than done."""
    found = []
    for at in range(len(reading.low)):
        value, end = _mode(reading, at)
        verb = reading.content_behind(end) if value else -1
        if verb >= 0:
            when = _when(reading, end) if reading.low[at] in english.future else []
            says = {(SCALE, value)}
            if value == ORDERED:
                says.add(("obligation", "+"))
            elif reading.stems[at] in _CONSENTING:
                says.add((WILLING, "+"))
            found.append(Mark("modality", frozenset(says), (*range(at, end + 1), *when), verb))
    taken = {at for one in found for at in one.places}
    for at in range(len(reading.low)):
        end = next((end for end, _ in _SURE.at(reading.low, at)), at)
        if end > at and at not in taken and not _left_open(reading, at):
            places = range(at, end)
            found.append(mark("hedge", SCALE, SURE, places, reading.content_behind(places[-1])))
            taken.update(places)
    for at, word in hedges(reading):
        if at in taken or reading.low[at + 1 : at + 2] == ["by"]:
            continue  # "was believed by the judge"
        places = range(at, next((end for end, _ in HEDGE_PHRASES.at(reading.low, at)), at + 1))
        value = SAID_TO if reading.stems[at] in EVIDENTIAL else WEAK if reading.low[at] in english.weak else HEDGED
        kind = "modality" if reading.low[at] in english.threats else "hedge"
        found.append(mark(kind, SCALE, PLANNED if kind == "modality" else value, places, word))
    return tuple(found)


def _left_open(reading: Reading, at: int) -> bool:
    """Whether an earlier word leaves the matter open: "not proven that", "if it is established that"."""
    before = (reading.low[k] for k in range(max(0, at - _REACH_BACK), at) if reading.are_together(k, at))
    return any(word in english.negations | CONDITIONS | {"yet", "until"} for word in before)


def _mode(reading: Reading, at: int) -> tuple[str, int]:
    """What a word says of the next verb, or "", and the last word of the phrase."""
    word, form, behind = reading.low[at], reading.stems[at], [*reading.low[at + 1 : at + 3], "", ""]
    # "agreed to", "agreed reluctantly to"
    to = at + 1 if behind[0] == "to" else at + 2 if behind[1] == "to" and behind[0].endswith("ly") else -1
    is_so = any(reading.low[k] in BE for k in range(max(0, at - 2), at))
    if word in english.must and (word != "ought" or to > 0):
        return ORDERED, max(to, at) if word == "ought" else at
    if word in english.future and behind[0] not in english.no_future and _is_ahead(reading, at):
        return PLANNED, at
    if to == at + 1 and word in _SO and behind[1] not in english.no_plan:
        return PLANNED, to  # "is to be sold"
    if to > 0 and (word in ("has", "have") or (form in _ORDERS and is_so)):
        return ORDERED, to
    if to > 0 and (is_so if word in english.needs_be else form in _PLANS):
        return PLANNED, to
    return (PLANNED, at) if form in _BEFORE_ING and behind[0].endswith("ing") else ("", at)


def _is_ahead(reading: Reading, at: int) -> bool:
    """Whether "will" or "would" tells of something surely not yet done: it may be used of a vote held today."""
    here = [k for k in range(len(reading.low)) if reading.breaks[k] == reading.breaks[at]]
    foretold = any(reading.stems[k] in _FORETELLING for k in here if k < at)
    return foretold or any(reading.low[k] in english.ahead | english.times_ahead for k in here)


def _when(reading: Reading, at: int) -> list[int]:
    """The words after "will" that place it in the future: "next month", and an "if" that ends the text read."""
    last = len(reading.low) - 1
    found = [
        k for k in range(at + 1, last + 1) if reading.low[k] in english.times_ahead and reading.are_together(at, k)
    ]
    spans = [k + 1 for k in found if reading.low[k] in ("next", "coming") and k < last]
    return sorted({*found, *spans, *([last] * (reading.low[last] == "if" and last > at))})


def is_plain(reading: Reading, place: int) -> bool:
    """Return whether no earlier word hedges this one."""
    before = [reading.low[k] for k in range(max(0, place - 4), place) if reading.breaks[k] == reading.breaks[place]]
    while before and before[-1] in english.auxiliaries:
        before.pop()
    return before[-1:] != ["to"] and english.not_yet.isdisjoint(set(before) - {"to", "for"})


def is_told(reading: Reading, place: int) -> bool:
    """Return whether a sentence tells of an action, and not in passing: "a fund, controlled by the bank"."""
    helped = any(word in BE | HAVE for word in reading.low[max(0, place - 3) : place])
    aside = reading.low[place + 1 : place + 2] == ["by"] or (place and not reading.are_together(place - 1, place))
    return is_done(reading, place) and (helped or not aside)


def is_done(reading: Reading, place: int) -> bool:
    """Return whether a verb is told as past: a past form, or a participle after "has" or "was"."""
    low, before = reading.low[place], reading.low[max(0, place - 3) : place]
    while before and before[-1].endswith("ly"):
        before.pop()
    if before[-1:] in (["be"], ["being"], ["to"]):
        return False
    past = low.endswith("ed") or low in PASTS or IRREGULAR.get(low, stem(low)) != stem(low)
    helped = any(word in BE | HAVE for word in before)
    return (past or (helped and low in IRREGULAR)) and is_plain(reading, place)


def told_as_done(reading: Reading, form: str) -> bool:
    """Return whether an action, given by its stem, is told as done: also in "promised to leave, and did"."""
    if any(is_done(reading, at) for at, other in enumerate(reading.stems) if other == form):
        return True
    for at, low in enumerate(reading.low):
        ends = at + 1 == len(reading.low) or not reading.are_together(at, at + 1)
        so = ends or reading.low[at + 1] in ("so", "just")
        if low in ("did", "done") and so and english.negations.isdisjoint(reading.low[max(0, at - 3) : at]):
            return True
    return False
