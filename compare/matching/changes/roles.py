"""Who did what to whom: the same words with the two parties exchanged; passives are read as actives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.tokens import IRREGULAR, stem
from compare.matching.changes.lexicon import ARTICLES, HEDGES, trades
from compare.matching.changes.light import lights
from compare.matching.changes.reading import SAYING, WORD_FOR_WORD, alike, kept

if TYPE_CHECKING:
    from collections.abc import Set

    from compare.matching.changes.reading import Pair, Reading, Words

_WIDE = 12  # words around the verb that must be the same
_LEAST_LIKENESS = 0.4  # of the passages, for "from A to B"
_MOST_MOVED = 30  # words that may have changed places; with more it is no sentence
_SIDE = 7  # words before and after a verb that are searched for its agent and patient
_BE = english.passive
_HAVE = english.before_verbs
_TAKE, _SUE = stem("take"), stem("sue")


@kept
def _acts(reading: Reading) -> dict[str, tuple[frozenset[str], frozenset[str], int]]:
    """For each possible verb: the words for its agent, those for its patient, and its place."""
    found: dict[str, tuple[frozenset[str], frozenset[str], int]] = {}
    for one in lights(reading):  # "had the backing of"
        first, last = one.places[0], one.places[-1]
        before, behind = phrase_beside(reading, first, -1), phrase_beside(reading, last + 1, 1)
        if before and behind:
            found[one.sense] = (behind, before, last) if one.turned else (before, behind, last)
    nouns = {one.places[-1] for one in lights(reading)}
    for at, form in enumerate(reading.stems):
        if (
            at in nouns
            or form in found
            or form in english.mutual
            or not reading.is_content[at]
            or not _is_verb(reading, at)
        ):
            continue
        if form in SAYING and not _has_object(reading, at):
            continue
        before, behind = phrase_beside(reading, at, -1), phrase_beside(reading, at, 1)
        if _is_passive(reading, at):
            by = next((k for k in reading.near(at, _SIDE) if k > at and reading.low[k] == "by"), None)
            if by is None:
                continue
            before, behind = phrase_beside(reading, by, 1), before
        to_court = any(reading.low[k - 1 : k + 1] == ["to", "court"] for k in reading.near(at, _SIDE) if k > at)
        if form == _TAKE and to_court:  # "took the council to court"
            found.setdefault(_SUE, (before - {"court"}, behind - {"court"}, at))
        elif before and behind:
            found[form] = before, behind, at
    for at in range(1, len(reading.words) - 2):
        if reading.low[at - 1].endswith(("'s", "s'")) and reading.low[at + 1] in ("of", "over"):
            # "Ellin's defeat of Dellmann"
            before = phrase_beside(reading, at, -1)
            if before and reading.stems[at] not in found:
                found[reading.stems[at]] = before, phrase_beside(reading, at + 1, 1), at
    return found


def _is_verb(reading: Reading, at: int) -> bool:
    word = reading.low[at]
    if reading.words[at][0].isupper() or (at and reading.low[at - 1] in ARTICLES):
        return False  # "paid a fine to the regulator"
    if word.endswith(("ed", "ing")) or word in english.verbs_too or word in IRREGULAR:
        return True
    before = reading.low[at - 1] if at else ""
    if word.endswith("s") and reading.low[at + 1 : at + 2] in (["from"], ["of"], ["to"], ["between"]):
        return False  # "coffee exports from Brazil"
    plural = at > 0 and before.endswith("s") and reading.is_content[at - 1]  # "students outnumber residents"
    return plural or before in _HAVE or (word.endswith("s") and not word.endswith("ss"))


def _has_object(reading: Reading, at: int) -> bool:
    """Whether a verb of saying has a person as its object: "reported the nurse to the board"."""
    beside = at and reading.are_together(at - 1, at) and at + 1 < len(reading.words)
    if not beside or reading.quoted[at - 1] != reading.quoted[at] or "that" in reading.low[at + 1 : at + _SIDE]:
        return False
    named = reading.low[at + 1] in ARTICLES or reading.words[at + 1][0].isupper()
    return named and reading.low[at] in english.reporting and "to" in reading.low[at + 2 : at + _SIDE + 2]


def _is_passive(reading: Reading, at: int) -> bool:
    if reading.low[at].endswith("ing") or reading.low[at] == "ahead":
        return False
    return any(reading.low[k] in _BE for k in range(max(0, at - 2), at) if reading.breaks[k] == reading.breaks[at])


@kept
def _passives(reading: Reading) -> frozenset[str]:
    """The verbs of a passage that are in the passive, with "by" or without."""
    return frozenset(
        form
        for at, form in enumerate(reading.stems)
        if reading.is_content[at] and _is_passive(reading, at) and _is_verb(reading, at)
    )


def _is_finite(reading: Reading, at: int) -> bool:
    """Whether a verb is finite, with its agent before it: not "to lie" or "accusing"."""
    return not reading.low[at].endswith("ing") and reading.low[max(0, at - 1)] != "to"


def phrase_beside(reading: Reading, at: int, step: int) -> frozenset[str]:
    """Return the content words on one side of a verb, up to a word that begins another phrase."""
    found = set()
    last = len(reading.words) - 1
    beside = at + step
    # A comma right beside the verb closes an apposition: "the supplier, Tarn Foods, sued".
    commas = 1 if step > 0 else 2 if beside >= 0 and reading.commas[beside] != reading.commas[at] else 0
    for k in range(at + step, at + step * (_SIDE + 1), step):
        if not 0 <= k <= last or reading.breaks[k] != reading.breaks[at]:
            break
        if abs(reading.commas[k] - reading.commas[at]) > commas:
            break
        if (reading.low[k] in english.phrase_ends and not _goes_on(reading, k, at)) or (
            step > 0 and reading.low[k] == "by"
        ):
            break
        if reading.is_content[k] and reading.low[k] not in HEDGES:
            found.add(reading.stems[k])
    return frozenset(found)


def _goes_on(reading: Reading, at: int, verb: int) -> bool:
    """Whether a phrase goes on past a possible end: "handed over", "Brackett and Sons", "the council in Tarn"."""
    if at == verb + 1 and reading.low[at] == "over":
        return True
    if at < verb and reading.low[at] in ("who", "which", "that"):  # "the driver who was overtaken"
        return all(reading.low[k] in _BE | _HAVE for k in range(at + 1, verb))
    if at + 1 >= len(reading.words) or not reading.words[at + 1][0].isupper():
        return False
    return (at < verb and reading.low[at] in ("in", "near")) or (
        reading.low[at] == "and" and at > 0 and reading.words[at - 1][0].isupper()
    )


def roles_changed(pair: Pair) -> Words | None:
    """Find a verb whose agent and patient are exchanged in the other passage, or a reversed direction."""
    if not _there_and_back(pair.left) and not _there_and_back(pair.right):
        found = _turned_round(pair) or _places_taken(pair)
        if found:
            return found
    here, there = _acts(pair.left), _acts(pair.right)
    for form, (doer, done, at) in here.items():
        if form not in there:
            continue
        doer_there, done_there, place = there[form]
        if doer == doer_there:
            continue
        exchanged = _exchanged(doer, done, doer_there, done_there)
        finite = pair.is_close or (_is_finite(pair.left, at) and _is_finite(pair.right, place))
        another = exchanged or _another(pair, doer, doer_there, done & done_there, finite=finite)
        if another and pair.same_place(at, place, _WIDE):
            return pair.left.show(at - 3, at + 3), pair.right.show(place - 3, place + 3)
    return None


def _exchanged(doer: Set[str], done: Set[str], doer_there: Set[str], done_there: Set[str]) -> bool:
    """Whether an agent is only a patient there, and a patient only an agent."""
    return bool((doer & done_there) - doer_there - done) and bool((done & doer_there) - done_there - doer)


@kept
def _contexts(reading: Reading) -> dict[str, tuple[str, str, str, str]]:
    """For each name or noun that occurs once: the content words before and after it, its preposition and kind."""
    units: list[tuple[str, int]] = []
    for at, form in enumerate(reading.stems):
        if not reading.is_content[at] or form in SAYING or reading.low[at] in HEDGES:
            continue
        two_names = at and reading.words[at][0].isupper() and reading.words[at - 1][0].isupper()
        if units and two_names and reading.is_content[at - 1] and reading.are_together(at - 1, at):
            units[-1] = (f"{units[-1][0]} {form}", units[-1][1])
        else:
            units.append((form, at))
    forms = [form for form, _ in units]
    speakers = {at for _, at in units if reading.stems[at + 1 : at + 2] and reading.stems[at + 1] in SAYING}
    speakers |= {at for source in reading.sources for at in source.places}  # whose place beside a quotation is free
    found = {}
    for number, (form, at) in enumerate(units):
        named = reading.words[at][0].isupper() or reading.low[at - 1] in ARTICLES
        if (
            at not in speakers
            and forms.count(form) == 1
            and (named or (reading.low[at].endswith("s") and not _listed(reading, at)))
        ):
            before = forms[number - 1] if number else ""
            behind = forms[number + 1] if number + 1 < len(forms) else ""
            led = next(
                (reading.low[k] for k in range(at - 1, max(-1, at - 3), -1) if reading.low[k] in english.prepositions),
                "",
            )
            found[form] = before, behind, led, _kind(reading, at)
    return found


def _kind(reading: Reading, at: int) -> str:
    """Return "name" or "noun"; empty if the word opens the sentence and may be either."""
    if at == 0 or reading.breaks[at - 1] != reading.breaks[at]:
        return ""
    return "name" if reading.words[at][0].isupper() else "noun"


def _listed(reading: Reading, at: int) -> bool:
    """Whether a word is part of a list, in which order means nothing: "nurses and teachers"."""
    beside = (at - 1, at + 1)
    return any(0 <= k < len(reading.words) and reading.low[k] in ("and", "or") for k in beside)


def _places_taken(pair: Pair) -> Words | None:
    """Find two words that change places between sentences that are otherwise identical."""
    led = [sorted(word for word in side.low if word in english.prepositions) for side in (pair.left, pair.right)]
    if pair.likeness < WORD_FOR_WORD or led[0] != led[1] or _passives(pair.left) != _passives(pair.right):
        return None  # "the fire destroyed the church", "the church was destroyed in the fire"
    here, there = _contexts(pair.left), _contexts(pair.right)
    both = here.keys() & there.keys()
    moved = [
        form
        for form in here
        if form in both and here[form] != there[form] and not _same_context(here[form], there[form], form)
    ]
    for number, one in enumerate(moved[:_MOST_MOVED]):
        for other in moved[number + 1 : _MOST_MOVED]:
            if _same_context(here[one], there[other], one, other) and _same_context(
                here[other], there[one], one, other
            ):
                return one, other
    return None


def _same_context(one: tuple[str, str, str, str], other: tuple[str, str, str, str], *but: str) -> bool:
    """Whether two contexts have the same preposition and a common neighbour on the same side."""
    if (
        one[2] != other[2]
        or (one[3] != other[3] and "" not in (one[3], other[3]))
        or not english.mutual.isdisjoint(one)
    ):
        return False
    return any(a == b and a and a not in but for a, b in zip(one[:2], other[:2], strict=True))


def _another(pair: Pair, doer: Set[str], doer_there: Set[str], done: Set[str], *, finite: bool) -> bool:
    """Whether another agent does the same thing to the same patient."""
    if not done:
        return False
    trade, trade_there = trades(doer), trades(doer_there)
    if finite and trade and trade_there and not trade & trade_there and not doer & doer_there:
        return True
    if pair.likeness < WORD_FOR_WORD:
        return False
    # "Police led them away", "Officers led them away": what begins a sentence may be no name.
    names = {form for form in doer if form in pair.left.names and not trades([form])}
    names_there = {form for form in doer_there if form in pair.right.names and not trades([form])}
    if any(alike(one, other) for one in names for other in names_there):
        return False
    known = names & pair.right.places.keys() or names_there & pair.left.places.keys() or names & pair.renamed.keys()
    return bool(names and names_there) and not known


def _turned_round(pair: Pair) -> Words | None:
    """Find "from A to B" against "from B to A", "A is older than B" against "B is older than A"."""
    for word, start, end, at in _ways(pair.left):
        for other, start_there, end_there, place in _ways(pair.right):
            if word != other or pair.likeness < (_LEAST_LIKENESS if word == "from" else WORD_FOR_WORD):
                continue
            if _exchanged(start, end, start_there, end_there):
                return pair.left.show(at - 2, at + 4), pair.right.show(place - 2, place + 4)
    return None


@kept
def _there_and_back(reading: Reading) -> bool:
    """Whether a passage tells both directions."""
    ways = [(start, end) for word, start, end, _ in _ways(reading) if word == "from"]
    near = (at for *_, way in _ways(reading) for at in reading.near(way, _SIDE))
    back = any(reading.low[at : at + 2] == ["and", "back"] for at in near)
    return back or any(_exchanged(*one, *other) for number, one in enumerate(ways) for other in ways[number + 1 :])


def _is_infinitive(reading: Reading, at: int) -> bool:
    """Whether a verb follows "to": "be" or "have", "is to", or a lower-case word before an article."""
    if reading.low[at] in _BE | _HAVE or reading.low[at - 2 : at - 1] in (["is"], ["are"], ["was"], ["were"]):
        return True
    behind = reading.low[at + 1 : at + 2]
    return not reading.words[at][0].isupper() and bool(behind) and behind[0] in ARTICLES


@kept
def _ways(reading: Reading) -> tuple[tuple[str, frozenset[str], frozenset[str], int], ...]:
    """The content words on both sides of a preposition of direction ("from", "to") or comparison ("than")."""
    found = []
    for at, word in enumerate(reading.low):
        if word in ("from", "to") and at + 1 < len(reading.words):
            other = "to" if word == "from" else "from"
            behind = next((k for k in reading.near(at, _SIDE) if k > at and reading.low[k] == other), None)
            if behind is not None:
                first = frozenset(reading.stems[k] for k in range(at + 1, behind) if reading.is_content[k])
                second = frozenset(
                    reading.stems[k] for k in reading.near(behind, 3) if k > behind and reading.is_content[k]
                )
                start, end = (first, second) if word == "from" else (second, first)
                found.append(("from", start, end, at))
        if word == "to" and at + 1 < len(reading.words) and _is_infinitive(reading, at + 1):
            continue
        if word == "over" and reading.low[at + 1 : at + 2] == ["by"]:
            continue  # "was run over by"
        if word in ("to", "than", "over", "against", "for", "into"):
            after = frozenset(reading.stems[k] for k in reading.near(at, 4) if k > at and reading.is_content[k])
            found.append((word, phrase_beside(reading, at, -1), after, at))
    return tuple(found)
