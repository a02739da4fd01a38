"""A "not" or a "may" more or less: what a cue word governs in one passage and stands plain in the other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from compare.matching.changes.lexicon import (
    ALSO_DENY,
    CONDITIONS,
    DENIALS,
    EVIDENTIAL,
    HEDGE_PHRASES,
    HEDGES,
    HELD_TRUE,
    NEGATIONS,
    RULED_OUT,
    SAID,
    SIDES,
    SOFTENERS,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.matching.changes.pair import Pair, Words
    from compare.matching.changes.reading import Reading

_REACH = 5  # words within which a cue meets what it governs
_WORD_FOR_WORD = 0.75  # likeness from which a governed word may differ too
# Likeness and recall below both of which what is denied or hedged is hardly the same.
_LIKE, _RECALL = 0.5, 0.6
_AROUND = 7  # words around a place in which another cue counts as the same one said otherwise
_ENDS = frozenset("because but while although which who when".split())
_BE = frozenset("is are was were be been being".split())
_ARTICLES = frozenset("a an the some any".split())
_EMPTY = frozenset("way means longer immediately".split())  # "in no way serious", "by no means"
_WITH_TO = frozenset({"fail", "declin"})  # stems
_NOT_DENIED = frozenset("only just more fewer less later least doubt matter if".split())
Cue = tuple[int, int]  # the cue's place and that of what it governs, -1 if nothing


def negation_changed(pair: Pair) -> Words | None:
    """Find something that only one of the two denies."""
    here, there = denials(pair.left), denials(pair.right)
    if here or there:
        found = _only_here(pair, here, there) or _flip(_only_here(pair.swapped(), there, here))
        if found:
            return found
    return _opposite(pair)


def _only_here(pair: Pair, here: Sequence[Cue], there: Sequence[Cue]) -> Words | None:
    left, right = pair.left, pair.right
    denied_there = {right.stems[word] for _, word in there if word >= 0}
    own_there = _unmatched(right, there, left, here)
    if not pair.is_close and (own_there or not _same_matter(pair)):
        return None
    for cue, word in here:
        if word < 0 or left.stems[word] in denied_there or _also_plain(left, word, here):
            continue
        reworded = left.stems[word] not in right.places
        for place in _partners(pair, cue, word):
            close = right.near(place, _AROUND)
            if reworded and any(at in close for at, _ in there):
                continue
            # "not allowed to confirm" beside "refused to": both deny, only elsewhere.
            if any(at in close for at in own_there) or any(
                right.stems[at] not in left.stems and (right.stems[at] in ALSO_DENY or _against(right.stems[at]))
                for at in close
            ):
                continue
            if _undone(left, cue, here) or _conditional(left, cue) or _conditional(right, place):
                continue
            return left.show(cue, word), right.show(place, place)
    return None


def _against(form: str) -> bool:
    """Whether a word may say by itself what "not" says elsewhere: "stayed closed", "unharmed"."""
    return form.startswith(("un", "dis", "non")) or any(side < 0 for _, side in SIDES.get(form, ()))


def _undone(reading: Reading, cue: int, cues: Sequence[Cue]) -> bool:
    """Whether another denial stands before this one: "wasn't saying that he is not"."""
    return any(cue - _AROUND <= at < cue and reading.commas[at] == reading.commas[cue] for at, _ in cues)


def _also_plain(reading: Reading, word: int, cues: Sequence[Cue]) -> bool:
    """Whether the same word stands without the cue as well: "some stay, some do not stay"."""
    governed = {at for _, at in cues}
    return any(at not in governed for at in reading.places.get(reading.stems[word], ()))


def _unmatched(side: Reading, cues: Sequence[Cue], other: Reading, others: Sequence[Cue]) -> list[int]:
    """The places of the cues that govern something else than those of the other passage."""
    known = {other.stems[word] for _, word in others if word >= 0}
    known |= {other.stems[cue] for cue, _ in others if other.low[cue] not in NEGATIONS}
    return [cue for cue, word in cues if (word < 0 or side.stems[word] not in known) and side.stems[cue] not in known]


def _partners(pair: Pair, cue: int, word: int) -> list[int]:
    """Where the right says in the same company what a cue governs in the left."""
    left, right = pair.left, pair.right
    form = pair.renamed.get(left.stems[word], left.stems[word])
    places = [
        place
        for place in right.places.get(form, ())
        if pair.same_place(word, place) and right.words[place][0].isupper() == left.words[word][0].isupper()
    ]
    if places or form in right.places or not pair.is_close:
        return places
    # The word itself was put otherwise: what stands before and behind must stand as close together there.
    if pair.likeness < _WORD_FOR_WORD:
        return []
    known = [at for at in left.near(word, 4) if at != word and left.stems[at] in right.places]
    if all(left.commas[at] != left.commas[cue] for at in known):
        return []  # an aside
    before = [right.places[left.stems[at]] for at in known if at < cue][-1:]
    behind = [right.places[left.stems[at]] for at in known if at > word][:1]
    if not before or not behind:
        return []
    return [one for one in before[0] if any(0 < other - one <= 5 for other in behind[0])][:1]


def _conditional(reading: Reading, at: int) -> bool:
    return any(
        reading.low[k] in CONDITIONS
        and reading.commas[k] == reading.commas[at]
        and reading.quoted[k] == reading.quoted[at]
        for k in range(max(0, at - 2 * _REACH), at)
    )


def _opposite(pair: Pair) -> Words | None:
    """Find "confirmed" against "denied": two words of opposite sides, in the same company."""
    negated = _prefixed(pair) or _flip(_prefixed(pair.swapped()))
    if negated:
        return negated
    here, there = _stances(pair.left), _stances(pair.right)
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
    for at, form in enumerate(left.stems):
        plain = form[3:] if form.startswith(("dis", "non")) else form[2:]
        if not form.startswith(("un", "in", "im", "il", "ir", "dis", "non")) or len(plain) < 4 or form in right.places:
            continue
        for place in right.places.get(plain, ()):
            close = right.near(place, _AROUND)
            if (
                plain not in left.places
                and pair.same_place(at, place)
                and not any(k in close for k, _ in denials(right))
            ):
                return left.show(at, at), right.show(place, place)
    return None


@lru_cache(maxsize=10_000)
def _stances(reading: Reading) -> tuple[tuple[str, int, int], ...]:
    """The words that take a side: group, side (turned round where the word is denied), place."""
    denied = [word for _, word in denials(reading)]
    return tuple(
        (group, -side if denied.count(at) % 2 else side, at)
        for at, form in enumerate(reading.stems)
        for group, side in (RULED_OUT if _rules_out(reading, at) else _sides_of(reading, at))
    )


def _sides_of(reading: Reading, at: int) -> tuple[tuple[str, int], ...]:
    """The sides a word takes; "up" and "down" take one before a number."""
    if reading.low[at] in ("up", "down"):
        counted = at + 1 < len(reading.words) and reading.numeric[at + 1]
        return (("rise", 1 if reading.low[at] == "up" else -1),) if counted else ()
    return SIDES.get(reading.stems[at], ())


@lru_cache(maxsize=10_000)
def denials(reading: Reading) -> tuple[Cue, ...]:
    """What is denied: "not", "refused to", "ruled out"; "not only" and "no more than" deny nothing."""
    found = []
    for at, word in enumerate(reading.low):
        if word in NEGATIONS:
            behind = reading.low[at + 1 : at + 3]
            if behind[:1] and behind[0] in _NOT_DENIED:
                continue
            if behind[:1] and behind[0] in _ARTICLES and _starts(reading, at):
                found.append((at, -1))  # "Not a single one came": it denies who, not what
                continue
        elif reading.stems[at] in _WITH_TO and reading.low[at + 1 : at + 2] != ["to"]:
            continue  # "the wells failed"
        elif not (reading.stems[at] in DENIALS or _rules_out(reading, at) or _yet_to(reading, at)):
            continue
        found.append((at, _governed(reading, at)))
    return tuple(found)


def _same_matter(pair: Pair) -> bool:
    """Whether two passages that differ in most words can be about the same; "That is not so" may be about anything."""
    leaning = any(side.low[0] in ("that", "this") for side in (pair.left, pair.right))
    return not leaning and (pair.likeness >= _LIKE or pair.recall >= _RECALL)


def _starts(reading: Reading, at: int) -> bool:
    return at == 0 or reading.breaks[at - 1] != reading.breaks[at]


def hedge_changed(pair: Pair) -> Words | None:
    """Find something that only one of the two says with reserve."""
    here, there = hedges(pair.left), hedges(pair.right)
    if not here and not there:
        return None
    return _reserved(pair, here) or _flip(_reserved(pair.swapped(), there))


def _reserved(pair: Pair, here: Sequence[Cue]) -> Words | None:
    left, right = pair.left, pair.right
    reserved_there = {right.stems[word] for _, word in hedges(right) if word >= 0}
    own_hedges = _unmatched(right, hedges(right), left, here)
    own_denials = _unmatched(right, denials(right), left, denials(left))
    more_sources = not left.sources and any(
        not (source.names | source.roles) & left.places.keys() for source in right.sources
    )
    if not pair.is_close and not _same_matter(pair):
        return None
    cues_there = {right.stems[cue] for cue, _ in hedges(right)}
    said_there = {at for source in right.sources for at in source.places}
    for cue, word in here:
        if left.stems[cue] in cues_there or (left.stems[cue] in EVIDENTIAL and more_sources):
            continue
        if word < 0:
            if not hedges(right) and not own_denials and _taken_out(pair, cue):
                return left.show(cue - 2, cue + 2), ""
            continue
        if _also_plain(left, word, here) or _conditional(left, cue):
            continue
        if left.stems[cue] in EVIDENTIAL and not pair.is_close and not SAID.isdisjoint(right.stems):
            continue
        if pair.renamed.get(left.stems[word], left.stems[word]) in reserved_there:
            continue
        reworded = left.stems[word] not in right.places
        for place in _partners(pair, cue, word):
            close = right.near(place, _AROUND)
            if reworded and any(at in close for at, _ in hedges(right)):
                continue
            soft = {
                right.low[at]
                for at in close
                if at not in said_there and (right.stems[at] in SOFTENERS or right.low[at] in SOFTENERS)
            }
            if soft - (set(left.low) | {"would", "should"} if pair.is_close else set()):
                continue
            if any(at in close for at in own_hedges) or any(abs(at - place) <= _REACH for at in own_denials):
                continue
            return left.show(cue, word), right.show(place, place)
    return None


def _taken_out(pair: Pair, cue: int) -> bool:
    """Whether what stands around a cue is there without it, word for word: "probably a forgery", "is a forgery"."""
    left, right = pair.left, pair.right
    if pair.likeness < _WORD_FOR_WORD or not SOFTENERS.isdisjoint((*right.low, *right.stems)):
        return False
    around = [at for at in left.near(cue, 6) if left.is_content[at] and left.low[at] not in HEDGES]
    sides = [at for at in around if at < cue][-1:], [at for at in around if at > cue][:1]
    return bool(sides[1]) and all(left.stems[at] in right.places for side in sides for at in side)


@lru_cache(maxsize=10_000)
def hedges(reading: Reading) -> tuple[Cue, ...]:
    """What is said with reserve: "may resume", "allegedly took"; "could not" is a denial, May a month or a name."""
    found = []
    for at, word in enumerate(reading.low):
        if reading.words[at] == "May" or (word == "could" and "not" in reading.low[at + 1 : at + 3]):
            continue
        if word in HEDGES or (word in HELD_TRUE and at and reading.low[at - 1] in _BE):
            found.append((at, _governed(reading, at)))
        found += [
            (at, _governed(reading, at + len(rest)))
            for rest in HEDGE_PHRASES.get(word, ())
            if reading.low[at + 1 : at + 1 + len(rest)] == rest
        ]
    return tuple(found)


def _yet_to(reading: Reading, at: int) -> bool:
    """Whether "have still to be found", "has yet to arrive" begins here."""
    return reading.low[at] in ("still", "yet") and reading.low[at + 1 : at + 2] == ["to"]


def _rules_out(reading: Reading, at: int) -> bool:
    return reading.low[at] in ("rule", "rules", "ruled", "ruling") and "out" in reading.low[at + 1 : at + 3]


def _governed(reading: Reading, cue: int) -> int:
    """The first content word behind a cue, adverbs left aside; -1 if a full break comes first."""
    for at in range(cue + 1, min(cue + 1 + _REACH, len(reading.words))):
        if reading.breaks[at] != reading.breaks[cue] or reading.commas[at] > reading.commas[cue] + 1:
            return -1
        if reading.low[at] in _ENDS and reading.low[at - 1] != "of":
            return -1
        if not reading.is_content[at] or reading.low[at] in HEDGES or reading.low[at].endswith("ly"):
            continue
        if reading.low[at - 1] in _ARTICLES and reading.low[cue] in HEDGES:
            return -1  # "may have a point": what is hedged is no word of its own
        if reading.low[at] in _EMPTY or (reading.low[at] == "going" and reading.low[at + 1 : at + 2] == ["to"]):
            continue
        return at
    return -1


def _flip(words: Words | None) -> Words | None:
    return words[::-1] if words else None
