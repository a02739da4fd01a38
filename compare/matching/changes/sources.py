"""Who a passage gives as the source of what it says: "X said", "said X", "according to X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.matching.changes.lexicon import ROLES
from compare.matching.changes.naming import PREPOSITIONS, PRONOUNS, TEXTS, Source, name_source

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

# Verbs that give what somebody says, thinks or finds, in the forms that have a subject.
_CUES = frozenset(
    """said says say told tells tell telling added adds announced announces stated states warned warns claimed
    claims argued argues insisted insists noted notes wrote writes tweeted tweets replied replies admitted admits
    explained explains confirmed confirms reported reports suggested suggests predicted predicts estimated estimates
    declared declares revealed reveals concluded concludes testified testifies commented comments complained complains
    alleged alleges asserted asserts maintained maintains recalled recalls acknowledged acknowledges assured assures
    promised promises pledged pledges vowed vows joked jokes boasted boasts remarked remarks observed observes conceded
    concedes recounted recounts contended contends cautioned cautions disclosed discloses hinted hints posted
    emphasised emphasises emphasized emphasizes stressed stresses reiterated reiterates responded responds quipped
    believe believes think thinks suspect suspects fear fears expect expects estimate believed suspected feared ruled
    described describes""".split()
)
_BASE = frozenset("report warn claim argue announce insist suggest predict estimate maintain complain".split())
# Those of them that may as well have an object that nobody says: "declared the sum".
_OBJECTS = frozenset(
    """declared declares confirmed confirms revealed reveals reported reports admitted admits claimed claims explained
    explains predicted predicts estimated estimates wrote writes announced announces acknowledged acknowledges noted
    notes recalled recalls argued argues concluded concludes stated states believe believes think thinks suspect
    suspects fear fears expect expects estimate believed suspected feared promised promises pledged pledges vowed
    disclosed discloses observed observes maintained maintains posted posts ruled comments stressed stresses hints
    conceded concedes found finds find described describes""".split()
)
_FINDING = frozenset("found finds find".split())
_OPENERS = frozenset("that in on how why what whether".split())
_FRONTED = frozenset({("according", "to"), ("words", "of")})
_SHOWING = frozenset("found finds showed shows show reads".split())
_JOINING = frozenset("and but while as because although though that when".split())
_AUX = frozenset("has have had also later then again repeatedly even once already earlier first privately".split())
_STOPS = frozenset(
    """that which who whom whose when because as if while although but after before in on at during from for with by
    about and or to is was were are be been will would could not there it's this these those said says where""".split()
)
_WITHIN = frozenset("in for at with on from by to about not and".split())  # these stand within a noun phrase too
_MOST = 9  # words of a source's name and role on one side of the verb


def find_sources(reading: Reading) -> list[Source]:
    """Give the sources that a passage names, in order; empty where it states everything itself."""
    found = []
    for at, word in enumerate(reading.low):
        if (word, *reading.low[at + 1 : at + 2]) in _FRONTED:
            found.append(
                name_source(
                    reading,
                    _forward(reading, at + 2, closed=_begins(reading, at if word == "according" else at - 2)),
                    (at, at + 1),
                )
            )
        elif (word in _BASE and reading.low[at + 1 : at + 2] == ["that"]) or _put_it(reading, at):
            found += [source for source in [_speaker(reading, at)] if source]
        elif (word in _CUES and not reading.words[at][0].isupper() and _says_something(reading, at)) or (
            word in _SHOWING and not TEXTS.isdisjoint(reading.low[max(0, at - _MOST) : at + 3])
        ):
            source = _speaker(reading, at)
            if source:
                found.append(source)
    return found


def _begins(reading: Reading, at: int) -> bool:
    return at <= 0 or reading.breaks[at - 1] != reading.breaks[at]


def _put_it(reading: Reading, at: int) -> bool:
    """Whether "as the mayor put it" ends here."""
    puts = reading.low[at] in ("put", "puts", "tells", "saw", "sees") and reading.low[at + 1 : at + 2] == ["it"]
    return puts and "as" in reading.low[max(0, at - _MOST) : at]


def _says_something(reading: Reading, at: int) -> bool:
    """Whether a verb that may also have a plain object ("declared the sum") gives what somebody says."""
    if reading.low[at] in _FINDING and at + 1 < len(reading.words):
        return reading.low[at + 1] == "that" or _opens(reading, at + 1)
    if reading.low[at] not in _OBJECTS or at + 1 == len(reading.words) or reading.low[at + 1] in _OPENERS:
        return True
    return _opens(reading, at + 1)


def _speaker(reading: Reading, at: int) -> Source | None:
    """Who says it, seen from the verb."""
    if at and reading.low[at - 1] in ("to", "be", "is", "was", "are", "were", "been", "being", "the", "a", "an", "not"):
        return None  # "is said to", "the reports"
    first = at
    while first and reading.low[first - 1] in _AUX and reading.breaks[first - 1] == reading.breaks[at]:
        first -= 1
    if first and reading.low[first - 1] in ("and", "but"):
        return None  # "called it thin and said": who that is stands before the first verb
    before = _backward(reading, first)
    places = before or (_forward(reading, at + 1) if _opens(reading, at) else [])
    if not places:
        return None if reading.quoted[at] else name_source(reading, [], (at,))
    if reading.quoted[places[0]] and reading.quoted[at]:
        return None  # what a quotation says of others
    return name_source(reading, places, (at,))


def _opens(reading: Reading, at: int) -> bool:
    """Whether a comma, a mark or a break stands right before a word."""
    if not at:
        return True
    marks = (reading.commas, reading.breaks, reading.quoted)
    return any(mark[at] != mark[at - 1] for mark in marks)


def _backward(reading: Reading, end: int) -> list[int]:
    """The noun phrase that ends before a place; "Mara Ellin, head of X, said" reaches over commas."""
    if not end or end >= len(reading.words) or reading.breaks[end - 1] != reading.breaks[end]:
        return []
    if reading.commas[end - 1] == reading.commas[end]:
        return _segment(reading, end, stops=True)
    nearest = _segment(reading, end, stops=False)
    if not nearest or len(nearest) > 2 * _MOST or reading.quoted[nearest[-1]] != reading.quoted[end]:
        return []
    if _opens(reading, nearest[0]) and (not nearest[0] or reading.commas[nearest[0]] == reading.commas[nearest[0] - 1]):
        return []  # "The dam is safe, said the mayor": no comma opens an apposition
    places = nearest
    for _ in range(2):
        before = _segment(reading, places[0], stops=False)
        while before and reading.low[before[0]] in _JOINING:
            before = before[1:]
        pure = _is_pure_name(reading, before) or reading.low[places[0]] in ("who", "which", "whose")
        if not before or len(before) > _MOST or not (pure or _in_apposition(reading, before[0])):
            break
        places = before + places
        if pure:
            break
    return places


def _segment(reading: Reading, end: int, *, stops: bool) -> list[int]:
    """The words before a place, back to a comma, break or quotation mark, or (`stops`) to what no noun phrase has."""
    places: list[int] = []
    for at in range(end - 1, max(-1, end - 2 - 2 * _MOST), -1):
        last = end - 1
        marks = (reading.commas, reading.breaks, reading.quoted)
        if any(mark[at] != mark[last] for mark in marks):
            break
        if stops and reading.low[at] in ("who", "that") and at and reading.is_content[at - 1] and at < last - 1:
            stops = False  # "an accountant who asked not to be named said"
        elif (
            stops
            and reading.low[at] in _STOPS - _WITHIN
            and {"who", "that"}.isdisjoint(reading.low[max(0, at - 5) : at])
        ):
            break
        places.append(at)
    return places[::-1]


def _is_pure_name(reading: Reading, places: list[int]) -> bool:
    return 0 < len(places) <= 6 and all(
        reading.words[at][0].isupper() or not reading.is_content[at] or reading.low[at] in PREPOSITIONS for at in places
    )


def _forward(reading: Reading, start: int, *, closed: bool = False) -> list[int]:
    """The noun phrase that begins at a place, with an apposition behind a comma: "said Mara Ellin, the mayor".

    Where the phrase opens the sentence (`closed`), the rest of the sentence follows, and a comma must close the
    apposition: "According to Ellin, the mayor lied".
    """
    places: list[int] = []
    for at in range(start, min(start + _MOST, len(reading.words))):
        crossed = reading.commas[at] - reading.commas[start]
        if reading.breaks[at] != reading.breaks[start] or reading.quoted[at] != reading.quoted[start] or crossed > 1:
            break
        if reading.low[at] in _STOPS and reading.low[at] not in ("at", "in", "for"):
            break
        if places and reading.low[at] in PRONOUNS:
            break
        if crossed and closed and not any(_comma_before(reading, k) for k in range(at + 1, at + _MOST - 2)):
            break
        if crossed and reading.commas[at - 1] == reading.commas[start] and not _in_apposition(reading, at):
            named = any(reading.words[k][0].isupper() for k in places)
            if named or not reading.words[at][0].isupper():
                break
        places.append(at)
    return places


def _comma_before(reading: Reading, at: int) -> bool:
    return at < len(reading.words) and reading.commas[at] != reading.commas[at - 1]


def _in_apposition(reading: Reading, at: int) -> bool:
    if reading.low[at] in ("the", "a", "an", "its", "his", "her", "their", "who"):
        return not ROLES.isdisjoint(reading.stems[at + 1 : at + 5]) or "of" in reading.low[at + 1 : at + 4]
    return reading.stems[at] in ROLES or (
        reading.low[at].endswith("'s") and not ROLES.isdisjoint(reading.stems[at + 1 : at + 4])
    )
