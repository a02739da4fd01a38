"""A "not" more or less, or a word of the opposite side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.matching.changes.cues import (
    AROUND,
    also_plain,
    conditional,
    denials,
    flip,
    partners,
    rules_out,
    same_matter,
    unmatched,
)
from compare.matching.changes.lexicon import ALSO_DENY, RULED_OUT, SIDES
from compare.matching.changes.reading import kept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.cues import Cue
    from compare.matching.changes.pair import Pair, Words
    from compare.matching.changes.reading import Reading


def negation_changed(pair: Pair) -> Words | None:
    """Find something that only one of the two denies."""
    here, there = denials(pair.left), denials(pair.right)
    if here or there:
        found = _only_here(pair, here, there) or flip(_only_here(pair.swapped(), there, here))
        if found:
            return found
    return _opposite(pair)


def _only_here(pair: Pair, here: Sequence[Cue], there: Sequence[Cue]) -> Words | None:
    left, right = pair.left, pair.right
    denied_there = {right.stems[word] for _, word in there if word >= 0}
    own_there = unmatched(right, there, left, here)
    if not pair.is_close and (own_there or not same_matter(pair)):
        return None
    for cue, word in here:
        if word < 0 or left.stems[word] in denied_there or also_plain(left, word, here):
            continue
        reworded = left.stems[word] not in right.places
        for place in partners(pair, cue, word):
            close = right.near(place, AROUND)
            if reworded and any(at in close for at, _ in there):
                continue
            # "not allowed to confirm" beside "refused to": both deny, only elsewhere.
            if any(at in close for at in own_there) or any(
                right.stems[at] not in left.stems and (right.stems[at] in ALSO_DENY or _against(right.stems[at]))
                for at in close
            ):
                continue
            if _undone(left, cue, here) or conditional(left, cue) or conditional(right, place):
                continue
            return left.show(cue, word), right.show(place, place)
    return None


def _against(form: str) -> bool:
    """Whether a word may say by itself what "not" says elsewhere: "stayed closed", "unharmed"."""
    return form.startswith(("un", "dis", "non")) or any(side < 0 for _, side in SIDES.get(form, ()))


def _undone(reading: Reading, cue: int, cues: Sequence[Cue]) -> bool:
    """Whether another denial stands before this one: "wasn't saying that he is not"."""
    return any(cue - AROUND <= at < cue and reading.commas[at] == reading.commas[cue] for at, _ in cues)


def _opposite(pair: Pair) -> Words | None:
    """Find "confirmed" against "denied": two words of opposite sides, in the same company."""
    negated = _prefixed(pair) or flip(_prefixed(pair.swapped()))
    if negated:
        return negated
    both = set(pair.left.stems) & set(pair.right.stems)
    here = [stance for stance in _stances(pair.left) if pair.left.stems[stance[2]] not in both]
    there = [stance for stance in _stances(pair.right) if pair.right.stems[stance[2]] not in both]
    for group, side, at in here:
        rivals = [place for other, sign, place in there if other == group and sign != side]
        agreeing = any(other == group and sign == side for other, sign, _ in there)
        if not rivals or agreeing or any(g == group and s != side for g, s, _ in here):
            continue
        for place in rivals:
            if pair.left.stems[at] != pair.right.stems[place] and pair.is_close and pair.same_place(at, place):
                return pair.left.show(at, at), pair.right.show(place, place)
    return None


def _prefixed(pair: Pair) -> Words | None:
    """Find "unaffected" against "affected"."""
    left, right = pair.left, pair.right
    for at, form, plain in _with_prefix(left):
        if form in right.places:
            continue
        for place in right.places.get(plain, ()):
            close = right.near(place, AROUND)
            if (
                plain not in left.places
                and pair.same_place(at, place)
                and not any(k in close for k, _ in denials(right))
            ):
                return left.show(at, at), right.show(place, place)
    return None


@kept
def _with_prefix(reading: Reading) -> tuple[tuple[int, str, str], ...]:
    """The words that may be another one denied: place, stem, and the stem without its prefix."""
    return tuple(
        (at, form, plain)
        for at, form in enumerate(reading.stems)
        if form.startswith(("un", "in", "im", "il", "ir", "dis", "non"))
        and len(plain := form[3:] if form.startswith(("dis", "non")) else form[2:]) >= 4
    )


@kept
def _stances(reading: Reading) -> tuple[tuple[str, int, int], ...]:
    """The words that take a side: group, side (turned round where the word is denied), place."""
    denied = [word for _, word in denials(reading)]
    return tuple(
        (group, -side if denied.count(at) % 2 else side, at)
        for at, form in enumerate(reading.stems)
        for group, side in (RULED_OUT if rules_out(reading, at) else _sides_of(reading, at))
    )


def _sides_of(reading: Reading, at: int) -> tuple[tuple[str, int], ...]:
    """The sides a word takes; "up" and "down" take one before a number."""
    if reading.low[at] in ("up", "down"):
        counted = at + 1 < len(reading.words) and reading.numeric[at + 1]
        return (("rise", 1 if reading.low[at] == "up" else -1),) if counted else ()
    return SIDES.get(reading.stems[at], ())
