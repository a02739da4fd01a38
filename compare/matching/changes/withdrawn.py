"""Claims that an outlet retracts: its note denies something, or gives another number or day."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.language.tokens import stem
from compare.matching.changes.direction import opposites_of
from compare.matching.changes.frame import Frame, amounts, marks, told
from compare.matching.changes.lexicon import NO_OFFICE, ROLES
from compare.matching.changes.negation import SCALE as DENIED
from compare.matching.changes.quantifiers import SCALE as SHARE
from compare.matching.changes.reading import TITLES
from compare.matching.changes.times import ORDER
from compare.reading.correction_forms import ABOUT, LABEL, PART, TAKEN, TAKES, UNTRUE
from compare.reading.retractions import retracts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compare.language.amounts import Quantity
    from compare.matching.changes.reading import Reading

_LONGEST = 2000  # characters of a note that are read
_REMEMBERED = 100  # notes
_ENDS = re.compile(r"[.;:!?—–](?:\s+|\Z)|[()]")
_AS = re.compile(
    r",? (?:as|contrary to what|which) (?:we|was|had|is|has|it|this|the|an?|originally|first|previously)\b.*"
)
_CONTRARY = re.compile(r"contrary to what [^,]{2,60}, ", re.IGNORECASE)
_PIECE = r"(?:versions?|articles?|story|stories|reports?|headlines?|captions?|posts?|pieces?|we)"
_SAID = re.compile(
    rf"\b{_PIECE}\b[^.]{{0,80}}?\b(?:said|stated|reported|claimed|suggested|implied|wrote)\b(?: that)? (?P<told>.+)",
    re.IGNORECASE,
)
_WRONGLY = re.compile(
    r"\b(?:wrongly|incorrectly|mistakenly|erroneously|falsely|inaccurately|in error)\b", re.IGNORECASE
)
_NOW = re.compile(
    r"(?<!\bnot )(?<!n't )(?<!n’t )"
    r"\b(?:(?:clear|say|show|reflect|clarify|state|note|have said|have read) that"
    r"|correct(?:s|ed) (?:\w+ )?to (?:say|show|read|reflect)(?: that)?) (?P<now>.+)",
    re.IGNORECASE,
)
_WRONG = re.compile(
    rf"(?:this|(?:this|our|the|an?) (?:\w+ )?{_PIECE}(?: of th(?:is|e) {_PIECE})?) (?:was|is|were) "
    r"(?:wrong|incorrect|false|untrue|inaccurate|in error|mistaken)(?:,? (?:and|so) (?:we|has|is|was)\b.*)?",
    re.IGNORECASE,
)
# What was removed, in full or by its topic.
_THAT = r"(?:that|say(?:ing|s)(?: that)?|which sa(?:id|ys)(?: that)?)"
_OF = r"(?:about|to|of|on|over|concerning|regarding)"
_ONE = r"(?:this|our|the|an?|its) (?:\w+ ){0,2}?"
_CONTENT = rf"(?:{_THAT} (?P<told>.{{2,200}}?)|{_OF} (?P<about>.{{2,200}}?))"
_REST = r"(?:,.*| and (?:we )?(?:apologi|regret|are sorry).*)?"
_REMOVED = tuple(
    re.compile(rf"{begins}{PART} {_CONTENT}{ends}", re.IGNORECASE)
    for begins, ends in (
        (rf"we(?: have|['’]ve)?(?: hereby| now| since)? (?:{TAKES}|{TAKEN}) {_ONE}", _REST),
        (_ONE, rf",? (?:is|are|was|were|ha(?:s|ve) been)(?: now| since| hereby)? (?:{TAKEN}|unfounded|{UNTRUE})\b.*"),
    )
)
_MISLED = re.compile(
    rf"we (?:were|are) (?:wrong|mistaken|in error) (?:to|in) \w+(?: that)? (?P<told>.{{2,200}}?){_REST}", re.IGNORECASE
)
_PRONOUN = re.compile(r"(?:he|she|it|they)\b", re.IGNORECASE)
_MISTAKEN = re.compile(
    r"\b(?:(?:wrong|incorrect|erroneous|inaccurate)|misstated the|misreported the|miscounted the) "
    r"(?:numbers?|tolls?|figures?|amounts?|sums?|counts?) (?:of|for) (?P<of>[\w’' -]{2,60})",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?P<now>.+), (?:and )?not (?P<was>(?:[^,]|,(?=\d))+)", re.IGNORECASE)
_BUT = re.compile(r" but (?:to|on|in|for|by|with|at|of|only|rather|instead|a|an|the|that|his|her|its|was|were)\b.*")
# "Corrects amount in paragraph 3 to 30 million": the paragraph's number is none of the story's.
WHERE = re.compile(
    r",? (?:in|to|of) (?:the )?(?:\w+ )?(?:para(?:graph)?s?\b|lead\b|lede\b)(?:(?:,| and)?+ ?+\d++(?:[-–]\d++)?+)*+",
    re.IGNORECASE,
)
_FROM = re.compile(r",? (?:from|instead of|rather than) (?P<was>(?:[^,]|,(?=\d)){1,60})$", re.IGNORECASE)
# "The correct figure is 90", "Corrects number of jobs to 90": what is said of a number and not of the story.
_FIGURE = re.compile(
    r"(?:corrects?|fixes)?\b ?(?:the )?(?:correct |right |actual )?"
    r"(?:numbers?|amounts?|figures?|tolls?|sums?|totals?|counts?)\b(?: (?:of|for|is|was))?",
    re.IGNORECASE,
)
_MOST_WAS = 5  # words that are put in the place of others
_SAME = {stem(word): stem(words.split()[0]) for words in english["same_harm"] for word in words.split()}
_OFFICES = ROLES - NO_OFFICE
_LEAST = 2  # words that a note must share with the claim that it retracts


def withdrawn(claim: Reading, note: str, read: Callable[[str], Reading], sentence: str, article: Sequence[str]) -> str:
    """Return the kind of change by which an outlet's note retracts a claim, or "" if it does not.

    It does so where all that a sentence of the note denies, corrects or calls wrongly told is part of the claim; or
    where it stands for the sentence that tells the claim, of all in the `article` the one most like it, and does not
    tell the claim.
    """
    is_correction, body, parts = _split(note)
    if retracts(note):  # the article as a whole is judged elsewhere; here counts what the note says instead
        parts = tuple(part for part in parts if not any(form.fullmatch(part) for form in _REMOVED))
    others = [one for one in article if one not in note and sentence not in one]
    wrong, named = False, 0
    given = amounts(read(body))
    for part in parts:
        said = read(part)
        least = _LEAST - named if _PRONOUN.match(part) else _LEAST
        kind = _taken_back(claim, part, given, read, least) or (_said_instead(claim, said) if wrong else "")
        if not kind and _is_most_like(said, sentence, others, read):
            about = _removed(part)
            tells = about and _is_about(read(about), _forms(claim) | _forms(read(sentence)))
            stands_for = is_correction and not (ABOUT.search(part) or _NOT.fullmatch(part))
            if tells or (stands_for and _in_its_place(claim, said)):
                kind = "negation"
        if kind:
            return kind
        wrong = wrong or _WRONG.fullmatch(part) is not None
        named = len(claim.names.keys() & said.places.keys())
    return ""


@lru_cache(maxsize=_REMEMBERED)  # every claim of an article is compared with its notes
def _split(note: str) -> tuple[bool, str, tuple[str, ...]]:
    """Whether a note calls itself a correction, its words without that label, and its sentences."""
    label = LABEL.match(note)
    body = WHERE.sub("", note[label.end() if label else 0 : _LONGEST])
    parts = (_AS.sub("", _CONTRARY.sub("", part.strip(" ,"))) for part in _ENDS.split(body))
    return bool(label and label["correction"]), body, tuple(filter(None, parts))


@lru_cache(maxsize=_REMEMBERED)
def told_now(note: str) -> tuple[tuple[str, str], ...]:
    """What a note says is so, without what it says was told before, and the same with what "it" or "she" stands for."""
    _, _, parts = _split(note)
    found = []
    for at, part in enumerate(parts):
        now = _NOW.search(part)
        if not now and any(form.search(part) for form in (_SAID, *_REMOVED, _MISLED)):
            continue
        text = now["now"] if now else part
        instead = _NOT.fullmatch(text)
        text = _FROM.sub("", instead["now"] if instead else text)
        found.append((text, f"{parts[at - 1]}. {text}" if at and _PRONOUN.match(text) else text))
    return tuple(found)


def exchanged(claim: Reading, note: str, read: Callable[[str], Reading]) -> bool:
    """Whether a note puts another number in the place of a claim's, and says nothing that the claim does not.

    "We said 800; it is 8,000", "The figure is 90, not 900", "Corrects amount to 3 million from 30 million".
    """
    _, _, parts = _split(note)
    pairs = [(was["told"], now) for one, now in pairwise(parts) if (was := _SAID.search(one)) and not _SAID.search(now)]
    for part in parts:
        if instead := _NOT.fullmatch(part):
            pairs.append((instead["was"], instead["now"]))
        elif instead := _FROM.search(part):
            pairs.append((instead["was"], part[: instead.start()]))
    for before, now in pairs:
        old, new = read(before), read(_FIGURE.sub("", now))
        own = [one for one in amounts(claim) if any(one.agrees_with(other) for other in amounts(old))]
        given = [one for one in amounts(new) if not any(one.agrees_with(other) for other in own)]
        if own and len(given) == len(amounts(new)) > 0 and not any(_added(Frame.of(claim, one)) for one in (old, new)):
            return True
    return False


def _removed(part: str) -> str:
    """The topic of what a note removes from the article, or ""."""
    return next((match["about"] or "" for form in _REMOVED if (match := form.fullmatch(part))), "")


def _is_about(subject: Reading, told: set[str]) -> bool:
    """Whether a passage has all or most words of a subject: "sold beer" has those of "the sale of beer"."""
    forms = _forms(subject)
    common = len(forms & told)
    return common > 0 and (common == len(forms) or (common >= _LEAST and 3 * common >= 2 * len(forms)))


def _is_most_like(part: Reading, sentence: str, others: Sequence[str], read: Callable[[str], Reading]) -> bool:
    """Whether a sentence shares more words with a part of a note than any other sentence of its article."""
    own, *rest = (len(_forms(part) & _forms(read(one))) for one in (sentence, *others))
    return own > max(rest, default=0)


def _in_its_place(claim: Reading, part: Reading) -> bool:
    """Whether a part of a note is about the claim's topic, and has other words in place of some of the claim's."""
    frame = Frame.of(claim, part)
    own = Frame.of(part, claim).amounts_here or any(one.kind == "time" for one in frame.there)
    if own or any(one.value(DENIED) or one.value(SHARE) == "none" for one in (*frame.here, *frame.there)):
        return False
    if not part.names.keys() <= claim.names.keys() | frame.pair.renamed.keys():
        return False
    shared = [at for form in part.places.keys() & claim.places.keys() for at in part.places[form]]
    # A name of several words counts once.
    units = [at for at in shared if not (at - 1 in shared and part.words[at][0].isupper())]
    opposed = any(a.scales.keys() & b.scales.keys() and not a.agrees_with(b) for a in frame.here for b in frame.there)
    return len(units) + opposed >= _LEAST and _is_replaced(frame)


def _is_replaced(frame: Frame) -> bool:
    """Whether both passages have words of their own in the same place, after a word that they share."""
    here = {*frame.missing, *(one.places[0] for one in frame.here)}
    there = {*frame.added, *(one.places[0] for one in frame.there)}
    ends = len(frame.pair.left.words), len(frame.pair.right.words)
    return any(
        any(a < at < c for at in here) and any(b < at < d for at in there)
        for (a, b), (c, d) in pairwise([*frame.shared, ends])
    )


def _taken_back(
    claim: Reading, part: str, given: Sequence[Quantity], read: Callable[[str], Reading], least: int
) -> str:
    """The kind of change by which a sentence of a note retracts a claim, or ""; they must share `least` words."""
    told_of = next((match["told"] for form in (*_REMOVED, _MISLED) if (match := form.fullmatch(part))), None)
    if told_of:
        return "negation" if _holds(claim, read(told_of)) else ""
    now, was = _NOW.search(part), _SAID.search(part)
    if was and not _WRONGLY.search(part):
        return ""  # this version need not say what an earlier one said
    if was:
        said = _NOT.fullmatch(was["told"])
        return "negation" if _holds(claim, read(said["now"] if said else was["told"])) else ""
    mistaken = _MISTAKEN.search(part)
    if mistaken and amounts(claim):
        of = _forms(read(mistaken["of"]))
        # A corrected article may give the new number.
        told_so = any(one.agrees_with(other) for one in amounts(claim) for other in given)
        return "number" if of and of <= _forms(claim) and given and not told_so else ""
    part = now["now"] if now else part
    instead = _NOT.fullmatch(part)
    if instead and len(instead["was"].split()) <= _MOST_WAS:
        return _replaced(claim, read(instead["now"]), read(instead["was"]))
    return _denied(claim, read(_BUT.sub("", part)), least)


def _forms(reading: Reading) -> set[str]:
    """The content stems of a passage, with one stem for each kind of harm: "hurt" and "injured", "died" and "dead"."""
    return {_SAME.get(form, form) for form in reading.places}


def _added(frame: Frame) -> list[int]:
    """The words of a note that the claim lacks, except titles and offices."""
    right = frame.pair.right
    return [at for at in frame.added if right.low[at] not in TITLES and right.stems[at] not in _OFFICES]


def _holds(claim: Reading, part: Reading) -> bool:
    """Whether a claim says everything that a part of a note says."""
    frame = Frame.of(claim, part)
    more = Frame.of(part, claim).amounts_here or _added(frame) or frame.there
    return not more and len(frame.shared) + len(amounts(part)) >= _LEAST


def _denied(claim: Reading, part: Reading, least: int) -> str:
    """The kind of change if one of the two denies what the other says, or gives another number or day; otherwise ""."""
    frame = Frame.of(claim, part)
    if _added(frame) or not frame.shared:
        return ""
    denials = [one for one in frame.there if one.value(DENIED) or one.value(SHARE) == "none"]
    own = [one for one in frame.here if one.value(DENIED) or one.value(SHARE) == "none"]
    others = [
        one
        for one in frame.there
        if one not in denials and ORDER not in one.scales and part.stems[one.places[0]] not in claim.forms
    ]
    if any(one.value(SHARE) == "none" for one in denials):
        least = 1
    if len(frame.shared) < least or (own and frame.missing):
        return ""  # "no one was hurt in the fire", "the fire was at the hotel"
    if len(denials) + len(own) == 1 and not others:
        return "" if Frame.of(part, claim).amounts_here else "negation"
    if denials or own:
        return ""
    if frame.amounts_here and Frame.of(part, claim).amounts_here and not others:
        return "number"
    days = [
        (a, b)
        for a in frame.here
        for b in frame.there
        if a.kind == b.kind == "time" and a.scales.keys() & b.scales.keys()
    ]
    return "time" if len(days) == 1 and others == [days[0][1]] else ""


def _replaced(claim: Reading, now: Reading, was: Reading) -> str:
    """The kind of change if a note says one thing "and not" another, and the claim says the other; otherwise ""."""
    old = Frame.of(claim, was)
    words, numbers = len(told(was)), len(amounts(was)) + len(marks(was))
    if _added(old) or old.there or Frame.of(was, claim).amounts_here or not words + numbers:
        return ""
    new = Frame.of(claim, now)
    if len(_added(new)) > words or 2 * len(new.shared) <= len(told(claim)) - words:
        return ""
    if not was.places.keys() - now.places.keys() <= claim.places.keys():
        return ""  # "Ann Lee is the mayor, not the deputy mayor"
    return "time" if marks(was) and not words else "number" if amounts(was) else "negation"


def _said_instead(claim: Reading, part: Reading) -> str:
    """The kind of change if a note calls an article wrong and then says the opposite of the claim; otherwise ""."""
    frame = Frame.of(claim, part)
    said = len(frame.shared) >= max(_LEAST, len(told(part)) / 2)
    return "negation" if said and opposites_of(frame.pair) else ""
