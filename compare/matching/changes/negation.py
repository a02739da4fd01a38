"""Denials in only one of two passages; and a passage's denials as marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.english import opposites
from compare.language.tokens import stem
from compare.matching.changes.direction import affixed, opposite_said, stances
from compare.matching.changes.lexicon import ALSO_DENY, BE, CONDITIONS, DENIALS, DENYING, HAVE, SIDES, UNTIL, stems
from compare.matching.changes.quantifiers import counts_the_rest, shares
from compare.matching.changes.reading import Mark, kept, mark
from compare.matching.changes.scope import (
    AROUND,
    also_plain,
    conditional,
    denials,
    ends_by_itself,
    flip,
    partners,
    same_matter,
    telling,
    tells_apart,
    unmatched,
)
from compare.matching.changes.times import is_contrast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.reading import Pair, Reading, Words
    from compare.matching.changes.scope import Cue

_DENY = stem("deny")
_LEAST_SAID = 2  # content words that "none of" and "three of" must share
_LEAST_STEM = 5  # letters
_LEAST_REST = 0.8  # share of the shorter's other words that must be the same
_VERBS = (BE | HAVE) - {"being"}
_NOUN_ENDINGS = tuple(english["noun_endings"])
_AFFIRMING = stems(english.affirming)

SCALE = "denied"
_OF_NONE = ("none", "nobody", "neither")
_LONGEST_FINDER = 6  # words
_PROOF = stems(english.proof)
_REFUSING = stems(english.refusing)
_WITH_NO = frozenset(english["with_no"])
_ELSE = frozenset(english["else"])
_EVADED = stems(english.evaded)
_REPORTS = stems(english.denied_reports)


def negation_changed(pair: Pair) -> Words | None:
    """Find something that only one of the two denies."""
    if counts_the_rest(pair.left, pair.right):
        return None
    here, there = denials(pair.left), denials(pair.right)
    for find in (_only_here, _none_of, _as_noun) if here or there else ():
        found = find(pair, here, there) or flip(find(pair.swapped, there, here))
        if found:
            return found
    return opposite_said(pair)


def _only_here(pair: Pair, here: Sequence[Cue], there: Sequence[Cue]) -> Words | None:
    if not here:
        return None
    left, right = pair.left, pair.right
    denied_there = {right.stems[word] for _, word in there if word >= 0}
    # "None of the crew drowned" is a denial as well.
    of_none = [cue for cue, _ in there if right.low[cue] in _OF_NONE]
    denied_there |= {right.stems[at] for cue in of_none for at in right.near(cue, 2 * AROUND) if at > cue}
    cues_there = {right.stems[cue] for cue, _ in there}
    here_alone = [
        (cue, word)
        for cue, word in here
        if word >= 0
        and left.stems[word] not in denied_there
        and not also_plain(left, word, here)
        # "I never met him, never," she said
        and not (left.commas[cue] != left.commas[word] and left.stems[cue] in cues_there)
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
        if left.low[cue] == "none" and "none" in right.low:
            continue  # "all were rescued and none drowned"
        if twice or both or _made_plain(pair, cue, word) or _said_by_opposite(pair, word):
            continue
        reworded = left.stems[word] not in right.places
        for place in partners(pair, cue, word):
            close = [at for at in right.near(place, AROUND) if at not in telling(right)]  # "the fire service said"
            if reworded and any(at in close for at, _ in there):
                continue
            # "not allowed to confirm" beside "refused to": both deny, in different places.
            if any(at in close for at in own_there) or any(
                right.stems[at] not in left.stems and (right.stems[at] in ALSO_DENY or takes_against(right.stems[at]))
                for at in close
            ):
                continue
            if ends_by_itself(right, [at for at in close if at != place], left, cue) or tells_apart(right, left, cue):
                continue
            # "wasn't saying that he is not"
            undone = any(cue - AROUND <= at < cue and left.commas[at] == left.commas[cue] for at, _ in here)
            if undone or conditional(left, cue) or conditional(right, place):
                continue
            return left.show(cue, word), right.show(place, place)
    return None


def _none_of(pair: Pair, here: Sequence[Cue], there: Sequence[Cue]) -> Words | None:
    """Find "none of them is in danger" against "three of the injured are in danger"."""
    left, right = pair.left, pair.right
    if not here:
        return None
    for at, word in enumerate(left.low):
        if word not in ("none", "neither") or left.low[at + 1 : at + 2] != ["of"]:
            continue
        said = _predicate(left, at)
        for place in range(len(right.low) - 1):
            some = right.numeric[place] or right.low[place] in english.some_of
            if not some or right.low[place + 1] != "of" or any(cue in right.near(place, AROUND) for cue, _ in there):
                continue
            said_there = _predicate(right, place)
            if len(said & said_there) >= _LEAST_SAID and 2 * len(said & said_there) >= len(said | said_there):
                return left.show(at, at + 2), right.show(place, place + 2)
    return None


def _predicate(reading: Reading, at: int) -> set[str]:
    """The content stems that follow the first form of "be" or "have" after a place."""
    clause = [k for k in reading.near(at, 2 * AROUND) if k > at]
    verb = next((k for k in clause if reading.low[k] in _VERBS), clause[-1] if clause else at)
    return {reading.stems[k] for k in clause if k > verb and reading.is_content[k]}


def _as_noun(pair: Pair, here: Sequence[Cue], _: Sequence[Cue]) -> Words | None:
    """Find "was not corroded" against "found corrosion": the noun is asserted of the same things."""
    left, right = pair.left, pair.right
    for cue, word in here:
        form = left.stems[word]
        if word < 0 or form in right.places or conditional(left, cue):
            continue
        for noun, places in right.places.items():
            if (
                noun in left.places
                or not (noun.endswith(_NOUN_ENDINGS) and noun.startswith(form[: max(_LEAST_STEM, len(form) - 1)]))
                or not _AFFIRMING & set(right.stems[max(0, places[0] - 3) : places[0]])
            ):
                continue
            rest = pair.left.core - {form}, pair.right.core - {noun}
            if 0 < min(map(len, rest)) <= len(rest[0] & rest[1]) / _LEAST_REST:
                return left.show(cue, word), right.show(places[0], places[0])
    return None


def _made_plain(pair: Pair, cue: int, word: int) -> bool:
    """Whether the other says the same without a denial: "not uncommon", "never before"."""
    if any(at == word and plain in pair.right.places for at, _, plain in affixed(pair.left)):
        return True
    if pair.left.stems[cue] == _DENY:
        return False
    behind = {pair.left.low[at] for at in pair.left.near(cue, AROUND) if at > cue}
    if not behind.isdisjoint(UNTIL) and UNTIL.isdisjoint(pair.right.low):
        return True  # "will not be heard until June", "will be heard in June"
    # "will not be finished before 2030", "will be finished by 2030"
    return "before" in behind and "before" not in pair.right.low


def _said_by_opposite(pair: Pair, word: int) -> bool:
    """Whether the other says the opposite of what this one denies: "was not left out", "was included"."""
    there = {(scale, side) for scale, side, _ in stances(pair.right)}
    return any(
        at == word and scale in opposites.complementary and (scale, side) in there
        for scale, side, at in stances(pair.left)
    )


def takes_against(form: str) -> bool:
    """Return whether a word may itself say what "not" says elsewhere: "stayed closed", "unharmed"."""
    return form.startswith(DENYING) or any(side < 0 for _, side in SIDES.get(form, ()))


@kept
def denied(reading: Reading) -> tuple[Mark, ...]:
    """Return the denials of a passage; "none" and "nobody" are shares."""
    found = []
    counting = {at for one in shares(reading) for at in one.places}  # "not a single"
    for at, word in denials(reading):
        places = _denial(reading, at)
        counted = reading.low[at] == "not" and at in counting
        if not places or counted or is_contrast(reading, at + 1):
            continue
        governs = reading.content_behind(places[-1], 6) if word <= places[-1] else word
        if governs < 0 or _in_part(reading, at, governs):
            found.append(mark("", SCALE, "in part", places))
        else:
            says = {(SCALE, "not")}
            if reading.stems[at] in _REFUSING or reading.low[max(0, at - 1) : at] in (["would"], ["will"]):
                says.add(("willing", "-"))  # "refused to lend", "would not lend"
            found.append(Mark("negation", frozenset(says), tuple(places), governs))
    untrue = _untrue(reading)
    if untrue:
        behind = [one for one in found if one.places[0] > untrue[-1]]
        found = [one for one in found if one.places[0] not in untrue and one not in behind[:1]]
        if not behind:  # "It is not true that he did not come": he came
            found.append(mark("negation", SCALE, "not", untrue, reading.content_behind(untrue[-1], 6)))
    for at, low in enumerate(reading.low):
        if low in english.unlike or reading.stems[at] in _EVADED:
            found.append(mark("", SCALE, "else", (at,)))
        elif at not in reading.swallowed and " ".join(reading.low[at : at + 2]) in _ELSE:
            found.append(mark("", SCALE, "else", (at, at + 1)))
    return tuple(found)


def _untrue(reading: Reading) -> tuple[int, ...]:
    """The words that deny the clause after them: "not true that", "untrue that"."""
    for phrase in english["untrue_that"]:
        words = phrase.split()
        for at in range(len(reading.low) - len(words)):
            if reading.low[at : at + len(words)] == words:
                return tuple(range(at, at + len(words)))
    return ()


def _denial(reading: Reading, at: int) -> list[int]:
    """The words of the denial that begins here, if any."""
    low, form, behind = reading.low[at], reading.stems[at], [*reading.low[at + 1 : at + 3], "", ""]
    if low in ("none", "nobody", "nothing", "neither", "no"):
        return _with_no(reading, at)
    if form == _DENY:  # "denied the charges" takes a side
        return [at] if behind[0] in english.open_clauses or behind[0].endswith("ing") else []
    if form in _REFUSING:  # but not "was refused to the pilot"
        return [at] if behind[0] == "to" and behind[1] not in ("the", "a", "an") else []
    if form in DENIALS:  # "rejected reports that"
        end = next((k for k in (at + 1, at + 2) if reading.stems[k : k + 1] and reading.stems[k] in _REPORTS), at)
        return [*range(at, end + 2)] if reading.low[end + 1 : end + 2] == ["that"] and end > at else []
    return [] if low == "without" else [at]


def _with_no(reading: Reading, at: int) -> list[int]:
    """The words of "no longer", "in no way", "found no evidence that"."""
    behind = reading.low[at + 1 : at + 2]
    if reading.low[at] != "no" or not behind:
        return []
    if behind == ["longer"]:
        return [at, at + 1]
    if at and f"{reading.low[at - 1]} {behind[0]}" in _WITH_NO:
        return [at - 1, at, at + 1]
    if reading.stems[at + 1] in _PROOF and reading.low[at + 2 : at + 3] in (["that"], ["of"], ["for"]):
        first = at
        if at and reading.low[at - 1] in english.finding:  # the denial is not of those who find no evidence
            opens = max((k for k in range(at - 1) if not reading.are_together(k, at - 1)), default=-1) + 1
            first = opens if at - 1 - opens <= _LONGEST_FINDER and not reading.sources else at - 1
        return [*range(first, at + 3)]
    return []


def _in_part(reading: Reading, at: int, word: int) -> bool:
    """Whether a denial is partial or only a contrast: "Harte, not her husband"."""
    if reading.commas[at] != reading.commas[word] or "exception" in reading.low:
        return True
    beside = at and (reading.commas[at - 1] != reading.commas[at] or reading.low[at - 1] in ("and", "but"))
    if reading.low[at] == "not" and beside:
        return True
    behind = [
        reading.low[k] for k in range(at + 1, min(at + 16, len(reading.low))) if reading.breaks[k] == reading.breaks[at]
    ]
    if not english.in_part.isdisjoint(behind[:2]) or not english.later.isdisjoint(behind):
        return True
    return (
        "nearly" in behind
        or "anything" in behind
        or any(one == other == "as" for one, other in zip(behind, behind[2:], strict=False))
    )


@kept
def conditions(reading: Reading) -> tuple[Mark, ...]:
    """Return where a passage only supposes something."""
    return tuple(mark("", "supposed", word, (at,)) for at, word in enumerate(reading.low) if word in CONDITIONS)
