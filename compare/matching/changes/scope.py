"""Negation and hedge cues of a passage, what each governs, and where the other passage says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.matching.changes.lexicon import (
    ALSO_DENY,
    BE,
    CONDITIONS,
    DEGREES,
    DENIALS,
    DENYING,
    HAVE,
    HEDGE_PHRASES,
    HEDGES,
    stems,
)
from compare.matching.changes.reading import WORD_FOR_WORD, kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.matching.changes.reading import Pair, Reading, Words

_TO_AS = 3  # words from "not" to "as long"
REACH = 5  # words within which a cue meets what it governs
AROUND = 7  # words around a place in which another cue counts as the same one reworded
# Below both, what is denied or hedged is hardly the same.
_LIKE, _RECALL = 0.5, 0.6
_REACH_BACK = 4  # words between "there" and "no"
_WITH_TO = stems(english.with_to)
ENDING = stems(english.ending)
_AWAITING = stems(english.awaiting)
_SUBJECT = 4  # words
_NO = frozenset({"no", "nobody", "none", "nothing", "neither", "never"})
_NOBODY = (["nobody"], ["one"], ["none"])  # "no one may smoke" forbids
Cue = tuple[int, int]  # the places of the cue and of what it governs, -1 if nothing


def also_plain(reading: Reading, word: int, cues: Sequence[Cue]) -> bool:
    """Return whether the same word also occurs without the cue: "some stay, some do not stay"."""
    governed = {at for _, at in cues}
    return any(at not in governed for at in reading.places.get(reading.stems[word], ()))


def unmatched(side: Reading, cues: Sequence[Cue], other: Reading, others: Sequence[Cue]) -> list[int]:
    """Return the places of cues that govern something other than the other passage's cues."""
    known = {other.stems[word] for _, word in others if word >= 0}
    known |= {other.stems[cue] for cue, _ in others if other.low[cue] not in english.negations}
    return [cue for cue, word in cues if (word < 0 or side.stems[word] not in known) and side.stems[cue] not in known]


def partners(pair: Pair, cue: int, word: int) -> list[int]:
    """Return where the right has, in the same context, what a cue governs in the left."""
    left, right = pair.left, pair.right
    form = pair.renamed.get(left.stems[word], left.stems[word])
    places = [
        place
        for place in right.places.get(form, ())
        if pair.same_place(word, place) and right.words[place][0].isupper() == left.words[word][0].isupper()
    ]
    if places or form in right.places or not pair.is_close:
        return places
    # The word itself was reworded: the words before and after it must be as close together there.
    if pair.likeness < WORD_FOR_WORD:
        return []
    known = [at for at in left.near(word, 4) if at != word and left.stems[at] in right.places]
    if all(left.commas[at] != left.commas[cue] for at in known):
        return []  # an aside
    before = [right.places[left.stems[at]] for at in known if at < cue][-1:]
    behind = [right.places[left.stems[at]] for at in known if at > word][:1]
    if not before or not behind:
        return []
    joined = any(left.low[at] in ("and", "but") for at in range(word, min(word + REACH, len(left.low))))
    reworded = {at for at, form in enumerate(right.stems) if right.is_content[at] and form not in left.places}
    return [
        one
        for one in before[0]
        if any(
            # "has not given up and is searching": the other may have only the second verb
            0 < other - one <= 5 and not (joined and reworded.isdisjoint(range(one, other)))
            for other in behind[0]
        )
    ][:1]


def same_matter(pair: Pair) -> bool:
    """Return whether two passages are alike enough to share a topic; "That is not so" may be about anything."""
    leaning = any(side.low[0] in ("that", "this") for side in (pair.left, pair.right))
    return not leaning and (pair.likeness >= _LIKE or pair.recall >= _RECALL)


def conditional(reading: Reading, at: int) -> bool:
    """Return whether a place follows "if", where nothing is asserted."""
    return any(
        reading.low[k] in CONDITIONS
        and reading.commas[k] == reading.commas[at]
        and reading.quoted[k] == reading.quoted[at]
        for k in range(max(0, at - 2 * REACH), at)
    )


@kept
def denials(reading: Reading) -> tuple[Cue, ...]:
    """Return the denials: "not", "refused to", "ruled out"; "not only" and "no more than" deny nothing."""
    found = []
    limiting = of_limits(reading)
    for at, word in enumerate(reading.low):
        if at in reading.swallowed or at in limiting or is_degree(reading, at):
            continue
        if word in english.negations:
            behind = reading.low[at + 1 : at + 3]
            few = word in english.nearly_no and behind[:1] == ["any"]
            if few or (behind[:1] and behind[0] in english.not_denied) or is_record(reading, at):
                continue
            starts = at == 0 or reading.breaks[at - 1] != reading.breaks[at]
            if behind[:1] and behind[0] in english.indefinite and starts:
                found.append((at, -1))  # "Not a single one came": it denies the subject, not the verb
                continue
        elif reading.stems[at] in _WITH_TO and reading.low[at + 1 : at + 2] != ["to"]:
            continue  # "the wells failed"
        else:
            yet = word in ("still", "yet") and reading.low[at + 1 : at + 2] == ["to"]  # "has yet to arrive"
            if not (yet or reading.stems[at] in DENIALS):
                continue
        found.append((at, _governed(reading, at)))
    return tuple(found)


@kept
def of_limits(reading: Reading) -> frozenset[int]:
    """Return the places of words that are part of a bound: "cannot pay more than 5" denies nothing."""
    bounds = ((one.denied, one.start) for one in reading.quantities if one.denied >= 0)
    return frozenset(at for begin, end in bounds for at, start in enumerate(reading.starts) if begin <= start < end)


def is_degree(reading: Reading, at: int) -> bool:
    """Return whether "not as long" begins here: a lower degree, which denies nothing."""
    as_ = degree_behind(reading, at)
    return as_ > 0 and DEGREES.get(reading.stems[as_ + 1], 0) != 0


def degree_behind(reading: Reading, at: int) -> int:
    """Return the place of "as" in "not waiting as long", -1 if there is none."""
    if reading.low[at] != "not":
        return -1
    near = range(at + 1, min(at + 1 + _TO_AS, len(reading.low) - 1))
    return next((k for k in near if reading.low[k] in ("as", "so") and reading.are_together(at, k)), -1)


def is_record(reading: Reading, at: int) -> bool:
    """Return whether a denial states a record: "no storm as bad since 1987", "never so many before"."""
    behind = [k for k in reading.near(at, 2 * AROUND) if k > at]
    degree = next((k for k in behind if reading.low[k] in ("as", "so", "such")), -1)
    return degree > 0 and any(k > degree and reading.low[k] in ("since", "ever", "before") for k in behind)


def _was_unable(reading: Reading, at: int) -> bool:
    """Whether "could" tells what nobody was able to do: "could not leave", "no lorry could leave"."""
    before = [reading.low[k] for k in range(max(0, at - _SUBJECT), at) if reading.are_together(k, at)]
    return "not" in reading.low[at + 1 : at + 3] or not _NO.isdisjoint(before)


@kept
def hedges(reading: Reading) -> tuple[Cue, ...]:
    """Return the hedges: "may resume", "allegedly took"; "could not" is a denial, May a month or a name."""
    found = []
    for at, word in enumerate(reading.low):
        if word == "may" and (reading.low[max(0, at - 1) : at] in _NOBODY or _is_leave(reading, at)):
            continue
        if reading.words[at] == "May" or (word == "could" and _was_unable(reading, at)):
            continue
        if word in HEDGES or (word in english.held_true and at and reading.low[at - 1] in BE | {"it's"}):
            found.append((at, _governed(reading, at)))
        found += [(at, _governed(reading, end - 1)) for end, _ in HEDGE_PHRASES.at(reading.low, at)]
    return tuple(found)


def _is_leave(reading: Reading, may: int) -> bool:
    """Whether a "may" gives permission: "only members may vote", "anyone may"."""
    leave = {"only", "nobody", *english.open_to_all}
    near = (at for at in reading.near(may, 5) if reading.are_together(at, may))
    return any(
        (reading.low[at] in leave and (at < may or reading.low[at - 1] == "by"))
        or reading.low[at : at + 2] == ["no", "one"]
        for at in near
    )


def apart(reading: Reading, one: int, other: int) -> bool:
    """Return whether two places are in different clauses."""
    first, last = sorted((one, other))
    return not (reading.are_together(first, last) and english.clause_joints.isdisjoint(reading.low[first + 1 : last]))


def ends_by_itself(plain: Reading, places: Iterable[int], denying: Reading, cue: int) -> bool:
    """Return whether words of the plain passage at `places` themselves deny what the other denies at `cue`.

    "Was cancelled" does; the other may have it too, in another clause: "there was no concert: it was cancelled".
    """
    return any(
        (form in ENDING or form in ALSO_DENY or (plain.is_content[place] and form.startswith(DENYING)))
        and all(apart(denying, at, cue) for at, other in enumerate(denying.stems) if other == form)
        for place, form in ((place, plain.stems[place]) for place in places)
    )


def tells_apart(plain: Reading, denying: Reading, cue: int) -> bool:
    """Whether a denial tells in another clause what the plain one tells: "there is no deal: talks fell through".

    Or the plain one tells that a thing is waited for which the other has not.
    """
    if _is_awaited(plain, denying, cue):
        return True
    there = denying.low[cue + 1 : cue + 2] == ["longer"] or "there" in denying.low[max(0, cue - _REACH_BACK) : cue]
    if denying.low[cue] != "no" or not there:
        return False
    return any(
        apart(denying, at, cue) and denying.words[at].islower()
        for form, places in denying.places.items()
        if form in plain.places
        for at in places
    )


def _is_awaited(plain: Reading, denying: Reading, cue: int) -> bool:
    """Whether what one has not is waited or looked for in the other: "has no results", "is waiting for its results".

    Who "seeks no second term" lacks nothing, and who waits no longer may have what he waited for.
    """
    before = [low for low in denying.low[max(0, cue - _REACH_BACK) : cue] if low not in english.before_lacking]
    thing = _governed(denying, cue)
    if denying.low[cue] != "no" or thing < 0 or not before or before[-1] not in BE | HAVE | {"got", "there"}:
        return False
    ended = {word for _, word in denials(plain)}
    places = plain.places.get(denying.stems[thing], ())
    return any(
        form in _AWAITING and at not in ended and any(at < place <= at + AROUND for place in places)
        for at, form in enumerate(plain.stems)
    )


def telling(reading: Reading) -> set[int]:
    """Return the places of the words that name the sources of a passage, with their verbs."""
    return {at for source in reading.sources for at in source.places}


def _governed(reading: Reading, cue: int) -> int:
    """The first content word after a cue, ignoring adverbs; -1 if a full break comes first."""
    for at in range(cue + 1, min(cue + 1 + REACH, len(reading.words))):
        if reading.breaks[at] != reading.breaks[cue] or reading.commas[at] > reading.commas[cue] + 1:
            return -1
        if reading.low[at] in english.cue_ends and reading.low[at - 1] != "of":
            return -1
        if not reading.is_content[at] or reading.low[at] in HEDGES or reading.low[at].endswith("ly"):
            continue
        if reading.low[at] in english.facing and reading.low[cue] in HEDGES:
            continue
        if (
            reading.low[at - 1] in english.indefinite
            and reading.low[cue] in HEDGES
            and reading.low[at - 2] not in english.facing
        ):
            return -1  # "may have a point": nothing in particular is hedged
        if reading.low[at] in english.empty or (reading.low[at] == "going" and reading.low[at + 1 : at + 2] == ["to"]):
            continue
        return at
    return -1


def flip(words: Words | None) -> Words | None:
    """Return the words of a swapped pair in the original order."""
    return words[::-1] if words else None
