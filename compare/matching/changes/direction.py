"""Direction: rose or fell, for or against, won or lost; and opposites in the same context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.english import opposites
from compare.language.tokens import stem
from compare.matching.changes.lexicon import ARTICLES, BE, DEGREES, SIDES, stems
from compare.matching.changes.light import lights
from compare.matching.changes.quantifiers import shares
from compare.matching.changes.reading import Mark, kept
from compare.matching.changes.roles import phrase_beside
from compare.matching.changes.scope import AROUND, degree_behind, denials, flip, is_degree, telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.reading import Pair, Reading, Words

_DENY, _BELIEVE = stem("deny"), stem("believe")
MIRRORED = opposites.mirrored | opposites.mirrored_too
_TAKING_SIDES = stems(english.taking_sides)
_WITH_ARMS = stems(opposites.with_arms)
_UNDONE_BY_PASSIVE = stems(opposites.turned_by_passive)
_TO_THAN = 6  # words after "more" in which its "than" is looked for
_TO_EXPECTED = 4  # words after "than" in which an expectation is looked for
_TO_AGO = 5  # words from "than" to "a year ago"
_BEFORE_DEGREE = 3  # words between "rose" and "less than"
_NAMING = stems(opposites.naming)  # that identify something, as in "public schools"
_BECAME = {stem(verb): frozenset(words.split()) for verb, words in opposites["became"].items()}
_LINKS = frozenset(["to", "from", "of", "at", "in"])
_COUNTED = "all"  # of `SIDES`; quantities are left to `quantifiers`
_SMALL = ("for", "against", "alongside")
_VOTE, _VOTING = "vote", stems(["vote"])
_COMPARED, _WAY, _SIDE = "more", "rise", "side"
_NO_WAYS = frozenset(opposites["sides"]) - opposites.ways | {_SIDE}
_PREFIXES = tuple(english["prefixes"])
_LONG_PREFIXES = ("dis", "non")
_LEAST_PLAIN = 4  # letters after a prefix
Sides = tuple[tuple[str, int], ...]  # scale, and 1 or -1


@kept
def ways(reading: Reading) -> tuple[Mark, ...]:
    """Return the words of a passage that take a side."""
    found = []
    inside = {at for one in lights(reading) for at in one.places[:-1]}
    names_source = telling(reading)  # "the fire service said" takes no side
    for at, form in enumerate(reading.stems):
        if at in inside or (at in names_source and (at + 1 in names_source or form == _BELIEVE)):
            continue
        sides, places = _sides(reading, at, form)
        says = {(scale, "+" if sign > 0 else "-") for scale, sign in sides if scale != _COUNTED}
        if says:
            kind = "negation" if {scale for scale, _ in says} <= opposites.yes_or_no else "direction"
            found.append(Mark(kind, frozenset(says), places, reading.content_behind(places[-1])))
    return tuple(found)


@kept
def degrees(reading: Reading) -> tuple[Mark, ...]:
    """Return comparisons such as "not as long", which means shorter."""
    found = []
    for at in range(len(reading.low)):
        if is_degree(reading, at):
            to = degree_behind(reading, at) + 1
            sign = "-" if DEGREES[reading.stems[to]] > 0 else "+"
            found.append(Mark("direction", frozenset({(_COMPARED, sign), (_WAY, sign)}), (at, to - 1, to)))
    return tuple(found)


def _sides(reading: Reading, at: int, form: str) -> tuple[Sides, tuple[int, ...]]:
    """The sides that a word takes, and the words that express them."""
    low = reading.low
    sides, places = SIDES.get(form, ()), reading.joined.get(at, (at,))
    before = [word for word in low[max(0, at - 2) : at] if not word.endswith("ly")]
    light = next((one for one in lights(reading) if one.places[-1] == at), None)
    if light:
        return SIDES.get(light.sense, ()), tuple(light.places)
    if at in reading.swallowed or low[at] in opposites.not_bare or _is_name(reading, at):
        sides = ()
    elif " ".join(low[at : at + 4]) == "on the side of":
        sides, places = ((_SIDE, 1),), tuple(range(at, at + 4))
    elif low[at] in (*_SMALL, "up", "down"):
        sides = _of_small_word(reading, at, is_so=not BE.isdisjoint(before))
    elif low[at] in opposites.comparatives:
        sides = _compared(reading, at, sides)
    elif form in _WITH_ARMS and low[at + 1 : at + 2] and low[at + 1] in _SMALL:
        sides = ()  # "fought for", "fought alongside"
    elif form in _VOTING and low[at + 1 : at + 2] == ["to"]:
        sides = ((_VOTE, 1),)
    elif BE.isdisjoint(before) and (form in _NAMING or _is_noun(low, at)):
        sides = ()  # "supporters of the plan", "public schools"
    elif _became(reading, at, form) or _is_subject(reading, at):
        sides = ()
    elif form in _UNDONE_BY_PASSIVE and not BE.isdisjoint(before):
        sides = tuple((scale, -sign) for scale, sign in sides)
    elif low[at] in opposites.losing and reading.numeric[at + 1 : at + 2] == [True]:
        sides = (*sides, (_WAY, -1))
    return sides, places


def _is_name(reading: Reading, at: int) -> bool:
    """Whether a word is part of a name: "North Street", but not in a headline of capitals."""
    if not reading.words[at][0].isupper() or at == 0 or reading.breaks[at - 1] != reading.breaks[at]:
        return False
    return any(word[0].islower() for word, counts in zip(reading.words, reading.is_content, strict=True) if counts)


def _is_subject(reading: Reading, at: int) -> bool:
    """Whether something is only spoken of: "Repairing the streets will cost 5 million"."""
    opens = at == 0 or not reading.are_together(at - 1, at)
    if not (opens and reading.low[at].endswith("ing")):
        return False
    return any(reading.low[k] in english.future for k in reading.near(at, AROUND) if k > at)


def _became(reading: Reading, at: int, form: str) -> bool:
    """Whether a beginning or an end is told by what it was: "ended in clashes", but not "ended in March"."""
    if reading.low[at + 1 : at + 2] == [] or reading.low[at + 1] not in _BECAME.get(form, ()):
        return False
    behind = reading.content_behind(at + 1)
    if behind < 0 or reading.numeric[behind] or reading.words[behind][0].isupper():
        return False
    return reading.low[behind] not in opposites.when


def _is_noun(low: Sequence[str], at: int) -> bool:
    """Whether a plural form is a noun: "(the) exports from Tarn", but not "exports steel"."""
    plural = low[at].endswith("s") and not low[at].endswith("ss")
    return plural and not _LINKS.isdisjoint(low[at + 1 : at + 2]) and (at == 0 or low[at - 1] in ARTICLES)


def _of_small_word(reading: Reading, at: int, *, is_so: bool) -> Sides:
    """The side of "for" in "voted for", of "alongside" in "fought alongside", of "up" in "is up on last year"."""
    word, behind = reading.low[at], reading.low[at + 1 : at + 2]
    if word in ("up", "down"):
        counted = reading.numeric[at + 1 : at + 2] == [True]
        went = counted or (is_so and behind not in (["the"], ["a"], ["to"], ["for"]))
        return ((_WAY, 1 if word == "up" else -1),) * went
    led = {reading.stems[k] for k in range(max(0, at - 2), at)}
    if word != "for" and not led.isdisjoint(_WITH_ARMS):
        return ((_SIDE, -1 if word == "against" else 1),)
    spoke = not led.isdisjoint(_TAKING_SIDES) or (is_so and word == "against")
    sign = 1 if word == "for" else -1
    return (("assent", sign), (_VOTE, sign)) if spoke and word != "alongside" else ()


def _compared(reading: Reading, at: int, sides: Sides) -> Sides:
    """The sides of "more" or "lower": also a change, if compared with an earlier state."""
    low = reading.low
    than = next((k for k in range(at + 1, min(at + 1 + _TO_THAN, len(low))) if low[k] == "than"), -1)
    counted = than == at + 1 and than + 1 < len(low) and reading.numeric[than + 1]
    if low[max(0, at - 1) : at] == ["no"] or (counted and opposites.earlier.isdisjoint(low[than : than + _TO_AGO])):
        return ()  # "no longer"; "more than 300" is an amount
    if any(
        (_WAY, sign) in SIDES.get(reading.stems[k], ())
        for k in range(max(0, at - _BEFORE_DEGREE), at)
        for sign in (1, -1)
    ):
        return ()  # "rose less than in May"
    if than > 0 and not opposites.expected.isdisjoint(low[than : than + 1 + _TO_EXPECTED]):
        return sides
    return (*sides, *((_WAY, sign) for scale, sign in sides if scale == _COMPARED))


def compares(reading: Reading, at: int) -> bool:
    """Whether "than" follows."""
    return "than" in reading.low[at + 1 : at + 1 + _TO_THAN]


def way_changed(pair: Pair) -> Words | None:
    """Find "rose" against "fell"."""
    return _opposite(pair, opposites.ways)


def opposite_said(pair: Pair) -> Words | None:
    """Find "confirmed" against "denied": opposites in the same context."""
    if len(opposites_of(pair)) > 1:
        return None
    return _prefixed(pair) or flip(_prefixed(pair.swapped)) or _opposite(pair, _NO_WAYS)


def _opposite(pair: Pair, groups: frozenset[str]) -> Words | None:
    opposed = opposites_of(pair)
    if len(opposed) != 1 or not pair.is_close:
        return None  # "unemployment fell", "employment rose"
    ((at, rivals),) = opposed.items()
    for group, place in rivals:
        # "Tarn lost to Odder", "Odder won at Tarn"
        exchanged = group in opposites.mirrored and phrase_beside(pair.left, at, -1).isdisjoint(
            phrase_beside(pair.right, place, -1)
        )
        # "fewer in 2010", "more than in 2010"
        other_standard = compares(pair.left, at) != compares(pair.right, place) or _converse(pair, at, place)
        if group in groups and not exchanged and not other_standard and pair.same_place(at, place):
            return pair.left.show(at, at), pair.right.show(place, place)
    return None


def _converse(pair: Pair, at: int, place: int) -> bool:
    """Whether two comparisons are one seen from both sides: "asked for less than Tarn", "Tarn was dearer than they"."""
    beyond, beyond_there = _standard(pair.left, at), _standard(pair.right, place)
    return bool(
        beyond & phrase_beside(pair.right, place, -1) - beyond_there
        or beyond_there & phrase_beside(pair.left, at, -1) - beyond
    )


def _standard(reading: Reading, at: int) -> frozenset[str]:
    """Return the content words behind the "than" of a comparison."""
    than = next((k for k in range(at + 1, min(at + 1 + _TO_THAN, len(reading.low))) if reading.low[k] == "than"), -1)
    return phrase_beside(reading, than, 1) if than >= 0 else frozenset()


@kept
def opposites_of(pair: Pair) -> dict[int, list[tuple[str, int]]]:
    """Return the scale and place of the left's words for which the right has only opposites."""
    both = pair.left.forms & pair.right.forms
    here, there = (
        [stance for stance in stances(side) if side.stems[stance[2]] not in both] for side in (pair.left, pair.right)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for group, side, at in here:
        rivals = [(group, place) for other, sign, place in there if other == group and sign != side]
        agreeing = any(other == group and sign == side for other, sign, _ in there)
        if rivals and not agreeing and not any(g == group and s != side for g, s, _ in here):
            found.setdefault(at, []).extend(rivals)
    return found


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
    """Return words with a negative prefix: place, stem, and the stem without the prefix."""
    return tuple(
        (at, form, plain)
        for at, form in enumerate(reading.stems)
        if form.startswith(_PREFIXES)
        and len(plain := form[3 if form.startswith(_LONG_PREFIXES) else 2 :]) >= _LEAST_PLAIN
    )


@kept
def stances(reading: Reading) -> tuple[tuple[str, int, int], ...]:
    """Return the words that take a side: group, side (reversed if the word is denied), place."""
    denied = [word for _, word in denials(reading)]
    denied += [one.places[-1] for one in shares(reading) if reading.low[one.places[0]] == "not"]  # "not many"
    for cue, word in denials(reading):
        if reading.low[cue] in ("no", "none", "nobody"):
            # "hurt nobody"; "no soldiers died", but of "no deaths in the attack" the deaths alone
            denied.append(cue - 1)
            denied.append(reading.content_behind(word) if word >= 0 and reading.stems[word] not in SIDES else -1)
    # "denied that the council had refused": the whole clause is denied.
    denied += [
        at
        for cue, word in denials(reading)
        if reading.stems[cue] == _DENY
        for at in reading.near(cue, AROUND)
        if at > cue
        and at != word
        and reading.commas[at] == reading.commas[cue]
        # who "denies all accusations" rejects every one
        and not any(scale == _COUNTED for scale, _ in SIDES.get(reading.stems[at], ()))
    ]
    return tuple(
        (group, -side if denied.count(at) % 2 else side, at)
        for at, form in enumerate(reading.stems)
        for group, side in _sides(reading, at, form)[0]
    )
