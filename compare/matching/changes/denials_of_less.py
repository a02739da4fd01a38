"""Shorter denials: "No one has been charged" denies "Police have charged the man with the theft"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.english import opposites
from compare.matching.changes import hedges
from compare.matching.changes.certainty import SCALE as CERTAIN
from compare.matching.changes.frame import Frame, amounts, marks
from compare.matching.changes.lexicon import ALSO_DENY, ARTICLES, DENYING, stems
from compare.matching.changes.negation import SCALE as DENIED
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.quantifiers import shares
from compare.matching.changes.reading import kept
from compare.matching.changes.scope import ENDING, apart, denials, flip

if TYPE_CHECKING:
    from compare.matching.changes.reading import Mark, Reading

_LEAST_SHARED = 2  # words: "No one was hurt" fits any event
_EXCEPTING = english.excepting
_RELATIVE = english.relative_pronouns
_BEFORE = 6  # words before a verb in which a relative pronoun is looked for
_HARMS = [stems(words.split()) for words in opposites["harms"]]
_HARMED = stems(opposites.harmed)
_REPORTED = stems(english.affirming)
_TO_HARM, _TO_NONE = 4, 3  # words from "no" or a number on to the harm, and back to it
_HOLDING_BACK = (DENIED, CERTAIN, "supposed")
_FEW = ("none", "few", "not-all", "only")


def denied_in_whole(claim: Reading, other: Reading) -> tuple[str, str, str] | None:
    """Find a passage that denies a claim in fewer words than the claim has, or the reverse.

    The other tells all that is denied as done: to deny that it was done at all is to deny that somebody did it
    somewhere.
    """
    found = _denied(denying=other, plain=claim)
    if found:
        return "negation", found[1], found[0]
    found = _denied(denying=claim, plain=other) or _none_harmed(claim, other) or flip(_none_harmed(other, claim))
    return ("negation", *found) if found else None


def _none_harmed(spared: Reading, other: Reading) -> tuple[str, str] | None:
    """Find "There were no injuries" against "injuring eleven workers": no victims here, a number of them there."""
    none, counted = _harms_denied(spared), _harms_told(other)
    harm = next((harm for harm in none if harm in counted), None)
    if harm is None:
        return None
    frame = Frame.of(spared, other)
    if len({b for _, b in frame.shared if other.stems[b] not in harm}) < _LEAST_SHARED:
        return None
    # "Nobody was hurt when a tram left the rails": here "when" tells what happened.
    if not (_EXCEPTING - {"when"}).isdisjoint(spared.low) or any(map(_holds_back, frame.there)):
        return None
    if any(spared.stems[at] not in harm | _HARMED | _REPORTED for at in frame.missing):
        return None
    if all(any(one.kind == "time" for one in side) for side in (frame.here, frame.there)):
        return None  # on another day
    at, place = none[harm], counted[harm]
    return spared.show(min(at), max(at)), other.show(min(place), max(place))


@kept
def _harms_denied(reading: Reading) -> dict[frozenset[str], tuple[int, int]]:
    return _harms(reading, denied=True)


@kept
def _harms_told(reading: Reading) -> dict[frozenset[str], tuple[int, int]]:
    return _harms(reading, denied=False)


def _harms(reading: Reading, *, denied: bool) -> dict[frozenset[str], tuple[int, int]]:
    """The harms that a passage denies or counts: the places of number and word."""
    if denied:
        marks = [one.places[0] for one in shares(reading) if one.value(SHARE) == "none"]
    else:
        counts = [one for one in amounts(reading) if one.value >= 1 and not one.unit]
        marks = [bisect_left(reading.starts, one.start) for one in counts]
    found: dict[frozenset[str], tuple[int, int]] = {}
    cues = [cue for cue, _ in denials(reading)]
    for at in marks:
        for place in reading.near(at, _TO_HARM):
            near = reading.are_together(at, place) and abs(at - place) <= (_TO_HARM if place > at else _TO_NONE)
            own = denied or not any(reading.are_together(cue, place) for cue in cues)
            for harm in _HARMS:
                if near and own and reading.stems[place] in harm:
                    found.setdefault(harm, (at, place))
    return found


def _denied(denying: Reading, plain: Reading) -> tuple[str, str] | None:
    """The words of the denial, and those that assert the opposite."""
    if not _may_deny(denying):
        return None
    if any(side.text.rstrip().endswith("?") for side in (denying, plain)) or not _EXCEPTING.isdisjoint(denying.low):
        return None
    frame = Frame.of(denying, plain)
    if frame.missing or frame.amounts_here or len(frame.shared) < _LEAST_SHARED or len(frame.here) != 1:
        return None
    one = frame.here[0]
    if not _denies(one) or any(map(_holds_back, frame.there)):
        return None
    own = [plain.stems[at] for at in frame.added]
    if any(form in ALSO_DENY or form in ENDING or form.startswith(DENYING) for form in own):
        return None
    last = one.places[-1]
    verb = next((b for a, b in frame.shared if a > last and _is_verb(plain, b) and _is_told(denying, a, last)), -1)
    return (denying.show(one.places[0], max(last, one.word)), plain.show(verb, verb)) if verb >= 0 else None


def _denies(one: Mark) -> bool:
    return one.value(DENIED) == "not" or one.value(SHARE) == "none"


@kept
def _may_deny(reading: Reading) -> bool:
    return any(map(_denies, marks(reading)))


def _holds_back(one: Mark) -> bool:
    return any(scale in one.scales for scale in _HOLDING_BACK) or one.value(SHARE) in _FEW


def _is_verb(reading: Reading, at: int) -> bool:
    """Whether a word is the verb of the main clause: not "the arrested man", not "who was arrested"."""
    before = reading.low[max(0, at - _BEFORE) : at]
    return hedges.is_done(reading, at) and ARTICLES.isdisjoint(before[-1:]) and _RELATIVE.isdisjoint(before)


def _is_told(denying: Reading, at: int, cue: int) -> bool:
    """Whether a denial applies to this word: "no one was arrested", "no arrests"."""
    return not apart(denying, at, cue) and (at == cue + 1 or hedges.is_done(denying, at))
