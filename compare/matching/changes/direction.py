"""Which way: rose or fell, for or against, won or lost; and two words of opposite sides in the same company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.tokens import stem
from compare.matching.changes.lexicon import RULED_OUT, SIDES, stems
from compare.matching.changes.reading import Mark, kept
from compare.matching.changes.roles import phrase_beside
from compare.matching.changes.scope import AROUND, denials, flip, rules_out, telling

if TYPE_CHECKING:
    from compare.matching.changes.reading import Pair, Reading, Words

_DENY = stem("deny")
MIRRORED = english.mirrored | english.mirrored_too
_TAKING_SIDES = stems(english.taking_sides)
_TO_THAN = 6  # words behind "more" in which its "than" is looked for
_COUNTED = "all"  # of `SIDES`: how many is for quantifiers
_PREFIXES = tuple(english["prefixes"])
_LONG_PREFIXES = ("dis", "non")
_LEAST_PLAIN = 4  # letters behind a prefix


@kept
def ways(reading: Reading) -> tuple[Mark, ...]:
    """The words of a passage that take a side."""
    found = []
    names_source = telling(reading)  # "the fire service said" takes no side
    for at, form in enumerate(reading.stems):
        if at in names_source and at + 1 in names_source:
            continue
        sides, places = _sides(reading, at, form)
        says = {(scale, "+" if sign > 0 else "-") for scale, sign in sides if scale != _COUNTED}
        if says:
            kind = "negation" if {scale for scale, _ in says} <= english.yes_or_no else "direction"
            found.append(Mark(kind, frozenset(says), places, reading.content_behind(places[-1])))
    return tuple(found)


def _sides(reading: Reading, at: int, form: str) -> tuple[tuple[tuple[str, int], ...], tuple[int, ...]]:
    """The sides that a word takes, and the words it takes them with."""
    low = reading.low
    behind = low[at + 1 : at + 3]
    counted = at + 1 < len(low) and reading.numeric[at + 1]
    places: tuple[int, ...] = (at,)
    sides = SIDES.get(form, ())
    if low[at] in ("for", "against"):
        led = any(reading.stems[k] in _TAKING_SIDES for k in range(max(0, at - 2), at))
        sides = (("assent", 1 if low[at] == "for" else -1),) if led else ()
    elif low[at] == "in" and behind in (["favour", "of"], ["favor", "of"]):
        places, sides = (at, at + 1, at + 2), (("assent", 1),)
    elif low[at] in ("opposed", "opposition") and behind[:1] == ["to"]:
        places, sides = (at, at + 1), (("assent", -1),)
    elif low[at] in ("up", "down"):
        sides = (("rise", 1 if low[at] == "up" else -1),) if counted else ()
    elif form == "give" and behind[:1] == ["way"]:
        places, sides = (at, at + 1), SIDES["collaps"]
    elif rules_out(reading, at):
        sides = RULED_OUT
    elif behind[:1] == ["than"] and at + 2 < len(low) and reading.numeric[at + 2]:
        sides = ()  # "more than 300" is an amount
    return sides, places


def compares(reading: Reading, one: Mark) -> bool:
    """Whether "than" follows."""
    at = one.places[-1]
    return "than" in reading.low[at + 1 : at + 1 + _TO_THAN]


def opposite_said(pair: Pair) -> Words | None:
    """Find "confirmed" against "denied": two words of opposite sides, in the same company."""
    negated = _prefixed(pair) or flip(_prefixed(pair.swapped))
    if negated:
        return negated
    if not _stances(pair.left) or not _stances(pair.right):
        return None
    both = pair.left.forms & pair.right.forms
    here = [stance for stance in _stances(pair.left) if pair.left.stems[stance[2]] not in both]
    there = [stance for stance in _stances(pair.right) if pair.right.stems[stance[2]] not in both]
    for group, side, at in here:
        rivals = [place for other, sign, place in there if other == group and sign != side]
        agreeing = any(other == group and sign == side for other, sign, _ in there)
        if not rivals or agreeing or any(g == group and s != side for g, s, _ in here):
            continue
        for place in rivals:
            winners = phrase_beside(pair.left, at, -1), phrase_beside(pair.right, place, -1)
            if group in english.mirrored and winners[0].isdisjoint(winners[1]):
                continue  # "Tarn lost to Odder", "Odder won at Tarn"
            if pair.left.stems[at] != pair.right.stems[place] and pair.is_close and pair.same_place(at, place):
                return pair.left.show(at, at), pair.right.show(place, place)
    return None


def _prefixed(pair: Pair) -> Words | None:
    """Find "unaffected" against "affected"."""
    left, right = pair.left, pair.right
    for at, form, plain in affixed(left):
        if form in right.places or plain in left.places or any(word == at for _, word in denials(left)):
            continue
        for place in right.places.get(plain, ()):
            close = right.near(place, AROUND)
            if pair.same_place(at, place) and not any(k in close for k, _ in denials(right)):
                return left.show(at, at), right.show(place, place)
    return None


@kept
def affixed(reading: Reading) -> tuple[tuple[int, str, str], ...]:
    """Words with a denying prefix: place, stem, and the stem without the prefix."""
    return tuple(
        (at, form, plain)
        for at, form in enumerate(reading.stems)
        if form.startswith(_PREFIXES)
        and len(plain := form[3 if form.startswith(_LONG_PREFIXES) else 2 :]) >= _LEAST_PLAIN
    )


@kept
def _stances(reading: Reading) -> tuple[tuple[str, int, int], ...]:
    """The words that take a side: group, side (turned round where the word is denied), place."""
    denied = [word for _, word in denials(reading)]
    # "denied that the council had refused": what stands in the clause is denied too.
    denied += [
        at
        for cue, word in denials(reading)
        if reading.stems[cue] == _DENY
        for at in reading.near(cue, AROUND)
        if at > cue and at != word and reading.commas[at] == reading.commas[cue]
    ]
    return tuple(
        (group, -side if denied.count(at) % 2 else side, at)
        for at, form in enumerate(reading.stems)
        for group, side in _sides(reading, at, form)[0]
    )
