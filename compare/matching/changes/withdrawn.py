"""Which claims an outlet takes back: its note says that something was not so, or gives another number or day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.tokens import stem
from compare.matching.changes.direction import opposites_of
from compare.matching.changes.frame import Frame, amounts, marks, told
from compare.matching.changes.lexicon import NO_OFFICE, ROLES
from compare.matching.changes.negation import SCALE as DENIED
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.reading import TITLES
from compare.matching.changes.times import ORDER
from compare.reading.correction_forms import LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.language.amounts import Quantity
    from compare.matching.changes.reading import Reading

_LONGEST = 2000  # characters of a note that are looked at
_ENDS = re.compile(r"[.;:!?—–](?:\s+|\Z)|[()]")
_AS = re.compile(
    r",? (?:as|contrary to what|which) (?:we|was|had|is|has|it|this|the|an?|originally|first|previously)\b.*"
)
_PIECE = r"(?:versions?|articles?|story|stories|reports?|headlines?|captions?|posts?|pieces?|we)"
_SAID = re.compile(
    rf"\b{_PIECE}\b[^.]{{0,80}}?\b(?:said|stated|reported|claimed|suggested|implied|wrote)\b(?: that)? (?P<told>.+)",
    re.IGNORECASE,
)
_WRONGLY = re.compile(
    r"\b(?:wrongly|incorrectly|mistakenly|erroneously|falsely|inaccurately|in error)\b", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:clear|say|show|reflect|clarify|state|note|have said|have read) that (?P<now>.+)", re.IGNORECASE
)
_WRONG = re.compile(
    rf"(?:this|(?:this|our|the|an?) (?:\w+ )?{_PIECE}(?: of th(?:is|e) {_PIECE})?) (?:was|is|were) "
    r"(?:wrong|incorrect|false|untrue|inaccurate|in error|mistaken)",
    re.IGNORECASE,
)
_MISTAKEN = re.compile(
    r"\b(?:(?:wrong|incorrect|erroneous|inaccurate)|misstated the|misreported the|miscounted the) "
    r"(?:numbers?|tolls?|figures?|amounts?|sums?|counts?) (?:of|for) (?P<of>[\w’' -]{2,60})",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?P<now>.+), (?:and )?not (?P<was>[^,]+)", re.IGNORECASE)
_BUT = re.compile(r" but (?:to|on|in|for|by|with|at|of|only|rather|instead|a|an|the|that|his|her|its|was|were)\b.*")
_MOST_WAS = 5  # words that are put in the place of others
_SAME = {stem(word): stem(words.split()[0]) for words in english["same_harm"] for word in words.split()}
_OFFICES = ROLES - NO_OFFICE
_LEAST = 2  # words that a note must have in common with the claim that it takes back


def withdrawn(claim: Reading, note: str, read: Callable[[str], Reading]) -> str:
    """Return the kind of change by which an outlet's note takes a claim back, "" where it leaves the claim alone.

    It does so where all that a sentence of the note denies, corrects or calls wrongly told is part of the claim.
    """
    label = LABEL.match(note)
    wrong = False
    parts = (_AS.sub("", part.strip(" ,")) for part in _ENDS.split(note[label.end() if label else 0 : _LONGEST]))
    given = amounts(read(note[label.end() if label else 0 : _LONGEST]))
    for part in filter(None, parts):
        kind = _taken_back(claim, part, given, read) or (_said_instead(claim, read(part)) if wrong else "")
        if kind:
            return kind
        wrong = wrong or _WRONG.fullmatch(part) is not None
    return ""


def _taken_back(claim: Reading, part: str, given: Sequence[Quantity], read: Callable[[str], Reading]) -> str:
    """The kind of change by which a sentence of a note takes a claim back, or ""."""
    now, was = _NOW.search(part), _SAID.search(part)
    if was and not _WRONGLY.search(part):
        return ""  # what an earlier version said, this one need not say
    if was:
        said = _NOT.fullmatch(was["told"])
        return "negation" if _holds(claim, read(said["now"] if said else was["told"])) else ""
    mistaken = _MISTAKEN.search(part)
    if mistaken and amounts(claim):
        of = _forms(read(mistaken["of"]))
        # An article that was put right may tell the number that it now has.
        told_so = any(one.agrees_with(other) for one in amounts(claim) for other in given)
        return "number" if of and of <= _forms(claim) and given and not told_so else ""
    part = now["now"] if now else part
    instead = _NOT.fullmatch(part)
    if instead and len(instead["was"].split()) <= _MOST_WAS:
        return _replaced(claim, read(instead["now"]), read(instead["was"]))
    return _denied(claim, read(_BUT.sub("", part)))


def _forms(reading: Reading) -> set[str]:
    """The content stems of a passage; the hurt are the injured, and who died is dead."""
    return {_SAME.get(form, form) for form in reading.places}


def _added(frame: Frame) -> list[int]:
    """The words of a note that the claim has not, but for what somebody is called."""
    right = frame.pair.right
    return [at for at in frame.added if right.low[at] not in TITLES and right.stems[at] not in _OFFICES]


def _holds(claim: Reading, part: Reading) -> bool:
    """Whether a claim says all that a part of a note says."""
    frame = Frame.of(claim, part)
    more = Frame.of(part, claim).amounts_here or _added(frame) or frame.there
    return not more and len(frame.shared) + len(amounts(part)) >= _LEAST


def _denied(claim: Reading, part: Reading) -> str:
    """The kind of change where a note denies what a claim says or the other way round, or has another number or day."""
    frame = Frame.of(claim, part)
    if _added(frame) or not frame.shared:
        return ""
    denials = [one for one in frame.there if one.value(DENIED) or one.value(SHARE) == "none"]
    own = [one for one in frame.here if one.value(DENIED) or one.value(SHARE) == "none"]
    others = [one for one in frame.there if one not in denials and ORDER not in one.scales]
    least = 1 if any(one.value(SHARE) == "none" for one in denials) else _LEAST
    if len(frame.shared) < least or (own and frame.missing):
        return ""  # "no one was hurt in the fire", "the fire was at the hotel"
    if len(denials) + len(own) == 1 and not others:
        return "" if Frame.of(part, claim).amounts_here else "negation"
    if denials or own:
        return ""
    if frame.amounts_here and Frame.of(part, claim).amounts_here and not others:
        return "number"
    days = [
        (a, b)
        for a in frame.here
        for b in frame.there
        if a.kind == b.kind == "time" and a.scales.keys() & b.scales.keys()
    ]
    return "time" if len(days) == 1 and others == [days[0][1]] else ""


def _replaced(claim: Reading, now: Reading, was: Reading) -> str:
    """The kind of change where a note says one thing "and not" another that the claim says."""
    old = Frame.of(claim, was)
    words, numbers = len(told(was)), len(amounts(was)) + len(marks(was))
    if _added(old) or old.there or Frame.of(was, claim).amounts_here or not words + numbers:
        return ""
    new = Frame.of(claim, now)
    if len(_added(new)) > words or 2 * len(new.shared) <= len(told(claim)) - words:
        return ""
    if not was.places.keys() - now.places.keys() <= claim.places.keys():
        return ""  # "Ann Lee is the mayor, not the deputy mayor"
    return "time" if marks(was) and not words else "number" if amounts(was) else "negation"


def _said_instead(claim: Reading, part: Reading) -> str:
    """The kind of change where a note calls an article wrong, and then tells otherwise what the claim tells."""
    frame = Frame.of(claim, part)
    said = len(frame.shared) >= max(_LEAST, len(told(part)) / 2)
    return "negation" if said and opposites_of(frame.pair) else ""
