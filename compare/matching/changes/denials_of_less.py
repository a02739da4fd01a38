"""A denial of less than a claim says: "No one has been charged" denies "Police have charged the man with the theft"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.matching.changes import hedges
from compare.matching.changes.frame import Frame
from compare.matching.changes.lexicon import ALSO_DENY, ARTICLES, DENYING
from compare.matching.changes.negation import SCALE as DENIED
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.scope import ENDING, apart

if TYPE_CHECKING:
    from compare.matching.changes.reading import Mark, Reading

_LEAST_SHARED = 2  # words: "No one was hurt" may be said of anything
_EXCEPTING = english.excepting
_RELATIVE = english.relative_pronouns
_BEFORE = 6  # words before a verb in which stands what makes it a relative clause's
_HOLDING_BACK = (DENIED, hedges.SCALE, "supposed")
_FEW = ("none", "few", "not-all", "only")


def denied_in_whole(claim: Reading, other: Reading) -> tuple[str, str, str] | None:
    """Find that a passage denies what a claim says, or the other way round, in fewer words than say it.

    All that is denied is in the other, which tells it as done: who denies that it was done at all denies that somebody
    did it somewhere.
    """
    found = _denied(denying=other, plain=claim)
    if found:
        return "negation", found[1], found[0]
    found = _denied(denying=claim, plain=other)
    return ("negation", *found) if found else None


def _denied(denying: Reading, plain: Reading) -> tuple[str, str] | None:
    """The words of the denial, and those that say it is so."""
    if any(side.text.rstrip().endswith("?") for side in (denying, plain)) or not _EXCEPTING.isdisjoint(denying.low):
        return None
    frame = Frame.of(denying, plain)
    if frame.missing or frame.amounts_here or len(frame.shared) < _LEAST_SHARED or len(frame.here) != 1:
        return None
    one = frame.here[0]
    if not (one.value(DENIED) == "not" or one.value(SHARE) == "none") or any(map(_holds_back, frame.there)):
        return None
    own = [plain.stems[at] for at in frame.added]
    if any(form in ALSO_DENY or form in ENDING or form.startswith(DENYING) for form in own):
        return None
    last = one.places[-1]
    verb = next((b for a, b in frame.shared if a > last and _is_verb(plain, b) and _is_told(denying, a, last)), -1)
    return (denying.show(one.places[0], max(last, one.word)), plain.show(verb, verb)) if verb >= 0 else None


def _holds_back(one: Mark) -> bool:
    return any(scale in one.scales for scale in _HOLDING_BACK) or one.value(SHARE) in _FEW


def _is_verb(reading: Reading, at: int) -> bool:
    """Whether a word is what the main clause says was done: not "the arrested man", not "who was arrested"."""
    before = reading.low[max(0, at - _BEFORE) : at]
    return hedges.is_done(reading, at) and ARTICLES.isdisjoint(before[-1:]) and _RELATIVE.isdisjoint(before)


def _is_told(denying: Reading, at: int, cue: int) -> bool:
    """Whether a denial is of this word: "no one was arrested", "no arrests"."""
    return not apart(denying, at, cue) and (at == cue + 1 or hedges.is_done(denying, at))
