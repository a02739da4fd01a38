"""A "may" more or less: what one passage says with reserve and the other plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.matching.changes.cues import (
    AROUND,
    REACH,
    also_plain,
    conditional,
    denials,
    flip,
    hedges,
    partners,
    same_matter,
    telling,
    unmatched,
)
from compare.matching.changes.lexicon import EVIDENTIAL, HEDGES, PLANNED, SAID, SOFTENERS
from compare.matching.changes.pair import WORD_FOR_WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.cues import Cue
    from compare.matching.changes.pair import Pair, Words
    from compare.matching.changes.reading import Reading


def hedge_changed(pair: Pair) -> Words | None:
    """Find something that only one of the two says with reserve."""
    here, there = hedges(pair.left), hedges(pair.right)
    if pair.left.sources and pair.right.sources:
        # Whoever "believes that" is its source, as is who "says" so.
        here, there = (_but_of_sources(side, cues) for side, cues in ((pair.left, here), (pair.right, there)))
    if not here and not there:
        return None
    return _reserved(pair, here) or (flip(_reserved(pair.swapped, there)) if there else None)


def _but_of_sources(reading: Reading, cues: Sequence[Cue]) -> tuple[Cue, ...]:
    return tuple(cue for cue in cues if cue[0] not in telling(reading))


def _reserved(pair: Pair, here: Sequence[Cue]) -> Words | None:
    left, right = pair.left, pair.right
    cues_there = {right.stems[cue] for cue, _ in hedges(right)}
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
        if left.stems[cue] in EVIDENTIAL and more_sources:
            continue
        if word < 0:
            if not hedges(right) and not own_denials and _taken_out(pair, cue):
                return left.show(cue - 2, cue + 2), ""
            continue
        if also_plain(left, word, here) or conditional(left, cue):
            continue
        if left.stems[cue] in EVIDENTIAL and not pair.is_close and not SAID.isdisjoint(right.stems):
            continue
        if pair.renamed.get(left.stems[word], left.stems[word]) in reserved_there:
            continue
        reworded = left.stems[word] not in right.places
        for place in partners(pair, cue, word):
            close = right.near(place, AROUND)
            if reworded and any(at in close for at, _ in hedges(right)):
                continue
            if _softened(pair, cue, place):
                continue
            if any(at in close for at in own_hedges) or any(abs(at - place) <= REACH for at in own_denials):
                continue
            return left.show(cue, word), right.show(place, place)
    return None


def _softened(pair: Pair, cue: int, place: int) -> bool:
    """Whether around a place in the right something else holds back than in the left."""
    left, right = pair.left, pair.right
    close = right.near(place, AROUND)
    if left.low[cue] == "expected" and any(right.low[at] in PLANNED for at in close if at < place):
        return True
    said_there = telling(right)
    soft = {
        right.low[at]
        for at in close
        if at not in said_there and (right.stems[at] in SOFTENERS or right.low[at] in SOFTENERS)
    }
    return bool(soft - (set(left.low) | {"would", "should"} if pair.is_close else set()))


def _taken_out(pair: Pair, cue: int) -> bool:
    """Whether what stands around a cue is there without it, word for word: "probably a forgery", "is a forgery"."""
    left, right = pair.left, pair.right
    if pair.likeness < WORD_FOR_WORD or not SOFTENERS.isdisjoint((*right.low, *right.stems)):
        return False
    around = [at for at in left.near(cue, 6) if left.is_content[at] and left.low[at] not in HEDGES]
    sides = [at for at in around if at < cue][-1:], [at for at in around if at > cue][:1]
    return bool(sides[1]) and all(left.stems[at] in right.places for side in sides for at in side)
