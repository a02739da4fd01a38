"""A claim's numbers, denials, limits and hedges without a counterpart in a passage about the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.matching.changes.frame import amounts
from compare.matching.changes.hedges import SOFTENERS
from compare.matching.changes.lexicon import ALSO_DENY, stems
from compare.matching.changes.negation import takes_against
from compare.matching.changes.numbers import is_total
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.quantifiers import shares
from compare.matching.changes.scope import ENDING, denials, hedges

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

_AMISS = ALSO_DENY | stems(english.absence)
_KNOWN = stems(english.known)
_LIMITING = english.only_said_so
_DOUBTING = SOFTENERS | stems(english.doubting)
_MULTIPLES = frozenset({"times", "occasion"})
_LEAST_COUNTED = 3  # of bare numbers: "one", "two" and "both" are told in many ways


def unbacked(claim: Reading, passage: Reading) -> str:
    """Return the kind of a claim's number, denial, limit or hedge that has no counterpart in a passage.

    Returns:
        The kind, as in `compare.tables.CHANGES`; empty if there is none. It proves no change: the passage may say it
        in unlisted words, or leave it open.
    """
    kinds = (("number", _uncounted), ("negation", _undenied), ("quantifier", _unlimited), ("hedge", _unreserved))
    return next((kind for kind, is_lacking in kinds if is_lacking(claim, passage)), "")


def _uncounted(claim: Reading, passage: Reading) -> bool:
    """Whether a claim counts something, and no number of the passage can be any of its numbers."""
    counted = [
        one
        for one in amounts(claim)
        if one.unit not in _MULTIPLES and not one.relative and (one.unit or one.value >= _LEAST_COUNTED)
    ]
    there = passage.quantities
    return (
        bool(counted)
        and not any(
            one.agrees_with(other) or (one.value == other.value and not one.unit) for one in counted for other in there
        )
        and not any(is_total(one, passage) for one in counted)
    )


def _undenied(claim: Reading, passage: Reading) -> bool:
    denied = [word for cue, word in denials(claim) if claim.low[cue] in english.negations]
    if not denied or denials(passage) or not _AMISS.isdisjoint(passage.stems):
        return False
    # What is not known, may be lost and closed all the same.
    if all(claim.stems[word] in _KNOWN for word in denied if word >= 0):
        return _DOUBTING.isdisjoint((*passage.low, *passage.stems))
    return not any(form in ENDING or takes_against(form) for form in passage.stems)


def _unlimited(claim: Reading, passage: Reading) -> bool:
    limited = any(one.value(SHARE) == "only" for one in shares(claim))
    return limited and _LIMITING.isdisjoint(passage.low)


def _unreserved(claim: Reading, passage: Reading) -> bool:
    held = [cue for cue, word in hedges(claim) if claim.low[cue] not in english.weak]
    return bool(held) and not hedges(passage) and _DOUBTING.isdisjoint((*passage.low, *passage.stems))
