"""A "not" more or less, or a word of the opposite side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.tokens import stem
from compare.matching.changes.cues import (
    AROUND,
    also_plain,
    conditional,
    denials,
    ends_by_itself,
    flip,
    partners,
    rules_out,
    same_matter,
    telling,
    tells_apart,
    unmatched,
)
from compare.matching.changes.lexicon import ALSO_DENY, DENIALS, DENYING, RULED_OUT, SIDES
from compare.matching.changes.reading import kept
from compare.matching.changes.roles import phrase_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.cues import Cue
    from compare.matching.changes.pair import Pair, Words
    from compare.matching.changes.reading import Reading

_DENY = stem("deny")
_LATER = frozenset({"until", "till"})
_SOME = frozenset("all most many some several both half few".split())
_VERBS = frozenset("is are was were be been has have had".split())
_LEAST_SAID = 2  # content words that "none of" and "three of" must say in common
_NOUN_ENDINGS = ("ion", "ment", "anc", "enc", "ance", "ence", "al", "ure", "ur", "age")  # of stems
_LEAST_STEM = 5  # letters
_LEAST_REST = 0.8  # share of the shorter's other words that must be the same
# Behind these a noun says that there is such a thing; "demanded an inspection" does not.
_AFFIRMING = frozenset(
    map(stem, "reported report found find showed saw noted confirmed detected discovered revealed suffered".split())
)
_MIRRORED = frozenset({"win", "lead", "trade"})  # sides that two take at once: what one wins the other loses


def negation_changed(pair: Pair) -> Words | None:
    """Find something that only one of the two denies."""
    here, there = denials(pair.left), denials(pair.right)
    for find in (_only_here, _none_of, _as_noun) if here or there else ():
        found = (find(pair, here, there) if here else None) or (
            flip(find(pair.swapped, there, here)) if there else None
        )
        if found:
            return found
    return _opposite(pair)


def _only_here(pair: Pair, here: Sequence[Cue], there: Sequence[Cue]) -> Words | None:
    left, right = pair.left, pair.right
    denied_there = {right.stems[word] for _, word in there if word >= 0}
    here_alone = [
        (cue, word)
        for cue, word in here
        if word >= 0 and left.stems[word] not in denied_there and not also_plain(left, word, here)
    ]
    if not here_alone:
        return None
    own_there = unmatched(right, there, left, here)
    if not pair.is_close and (own_there or not same_matter(pair)):
        return None
    own_here = unmatched(left, here, right, there)
    for cue, word in here_alone:
        twice = left.stems[cue] in DENIALS and any(0 < at - cue <= AROUND for at in own_here)
        # "rejected the plan", "the plan was rejected"
        both = left.stems[cue] in DENIALS and left.stems[cue] in right.places and left.stems[cue] not in denied_there
        if twice or both or _made_plain(pair, cue, word):
            continue
        reworded = left.stems[word] not in right.places
        for place in partners(pair, cue, word):
            close = [at for at in right.near(place, AROUND) if at not in telling(right)]  # "the fire service said"
            if reworded and any(at in close for at, _ in there):
                continue
            # "not allowed to confirm" beside "refused to": both deny, only elsewhere.
            if any(at in close for at in own_there) or any(
                right.stems[at] not in left.stems and (right.stems[at] in ALSO_DENY or takes_against(right.stems[at]))
                for at in close
            ):
                continue
            if ends_by_itself(right, [at for at in close if at != place], left, cue) or tells_apart(right, left, cue):
                continue
            if _undone(left, cue, here) or conditional(left, cue) or conditional(right, place):
                continue
            return left.show(cue, word), right.show(place, place)
    return None


def _none_of(pair: Pair, _: Sequence[Cue], there: Sequence[Cue]) -> Words | None:
    """Find "none of them is in danger" against "three of the injured are in danger"."""
    left, right = pair.left, pair.right
    if "none" not in left.low and "neither" not in left.low:
        return None
    for at, word in enumerate(left.low):
        if word not in ("none", "neither") or left.low[at + 1 : at + 2] != ["of"]:
            continue
        said = _predicate(left, at)
        for place in range(len(right.low) - 1):
            some = right.numeric[place] or right.low[place] in _SOME
            if not some or right.low[place + 1] != "of" or any(cue in right.near(place, AROUND) for cue, _ in there):
                continue
            said_there = _predicate(right, place)
            if len(said & said_there) >= _LEAST_SAID and 2 * len(said & said_there) >= len(said | said_there):
                return left.show(at, at + 2), right.show(place, place + 2)
    return None


def _predicate(reading: Reading, at: int) -> set[str]:
    """The content stems behind the first form of "be" or "have" after a place."""
    clause = [k for k in reading.near(at, 2 * AROUND) if k > at]
    verb = next((k for k in clause if reading.low[k] in _VERBS), clause[-1] if clause else at)
    return {reading.stems[k] for k in clause if k > verb and reading.is_content[k]}


def _as_noun(pair: Pair, here: Sequence[Cue], _: Sequence[Cue]) -> Words | None:
    """Find "was not corroded" against "found corrosion": the noun is said to be there, of the same things."""
    left, right = pair.left, pair.right
    for cue, word in here:
        form = left.stems[word]
        if word < 0 or form in right.places or conditional(left, cue):
            continue
        for noun, places in right.places.items():
            if noun in left.places or not _is_noun_of(noun, form) or not _AFFIRMING & set(_before(right, places[0])):
                continue
            rest = pair.left.core - {form}, pair.right.core - {noun}
            if 0 < min(map(len, rest)) <= len(rest[0] & rest[1]) / _LEAST_REST:
                return left.show(cue, word), right.show(places[0], places[0])
    return None


def _before(reading: Reading, at: int) -> list[str]:
    return reading.stems[max(0, at - 3) : at]


def _is_noun_of(noun: str, verb: str) -> bool:
    """Whether a stem is a verb's noun: "corrosion", "corrode"."""
    return noun.endswith(_NOUN_ENDINGS) and noun.startswith(verb[: max(_LEAST_STEM, len(verb) - 1)])


def _made_plain(pair: Pair, cue: int, word: int) -> bool:
    """Whether the other says without a denial what this one denies: "not uncommon", "never before"."""
    if any(at == word and plain in pair.right.places for at, _, plain in _with_prefix(pair.left)):
        return True
    if pair.left.stems[cue] == _DENY:
        return False
    behind = {pair.left.low[at] for at in pair.left.near(cue, AROUND) if at > cue}
    if not behind.isdisjoint(_LATER) and _LATER.isdisjoint(pair.right.low):
        return True  # "will not be heard until June", "will be heard in June"
    # "will not be finished before 2030", "will be finished by 2030"
    return "before" in behind and "before" not in pair.right.low


def takes_against(form: str) -> bool:
    """Whether a word may say by itself what "not" says elsewhere: "stayed closed", "unharmed"."""
    return form.startswith(DENYING) or any(side < 0 for _, side in SIDES.get(form, ()))


def _undone(reading: Reading, cue: int, cues: Sequence[Cue]) -> bool:
    """Whether another denial stands before this one: "wasn't saying that he is not"."""
    return any(cue - AROUND <= at < cue and reading.commas[at] == reading.commas[cue] for at, _ in cues)


def _opposite(pair: Pair) -> Words | None:
    """Find "confirmed" against "denied": two words of opposite sides, in the same company."""
    negated = _prefixed(pair) or (flip(_prefixed(pair.swapped)) if _with_prefix(pair.right) else None)
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
            if group in _MIRRORED and phrase_beside(pair.left, at, -1).isdisjoint(phrase_beside(pair.right, place, -1)):
                continue  # "Tarn lost to Odder", "Odder won at Tarn"
            if pair.left.stems[at] != pair.right.stems[place] and pair.is_close and pair.same_place(at, place):
                return pair.left.show(at, at), pair.right.show(place, place)
    return None


def _prefixed(pair: Pair) -> Words | None:
    """Find "unaffected" against "affected"."""
    left, right = pair.left, pair.right
    if not _with_prefix(left):
        return None
    denied = {word for _, word in denials(left)}
    for at, form, plain in _with_prefix(left):
        if form in right.places or at in denied:
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
        for group, side in (RULED_OUT if rules_out(reading, at) else _sides_of(reading, at))
    )


def _sides_of(reading: Reading, at: int) -> tuple[tuple[str, int], ...]:
    """The sides a word takes; "up" and "down" take one before a number."""
    if reading.low[at] in ("up", "down"):
        counted = at + 1 < len(reading.words) and reading.numeric[at + 1]
        return (("rise", 1 if reading.low[at] == "up" else -1),) if counted else ()
    return SIDES.get(reading.stems[at], ())
