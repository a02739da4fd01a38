"""Silence against an answer: somebody does not comment in one passage on what they say in the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from compare.language.english import changes as english
from compare.matching.changes.frame import speakers
from compare.matching.changes.lexicon import stems
from compare.matching.changes.reading import kept
from compare.matching.changes.scope import denials
from compare.matching.changes.times import days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compare.matching.changes.reading import Reading

_LONGEST = 400  # characters; longer sentences are not read
_MOST_WORDS = 10  # in the name of whoever is silent
_MOST_TO_VERB = 3  # words between a name and its verb of confirming
_MOST_LACKING = 0.25  # share of a topic's words that an answer may lack
_WHO = rf"(?:[^\s;:]++ ){{0,{_MOST_WORDS - 1}}}?[^\s;:,]++"
_WILL = r"(?:would|did|could|can|will|does|do)(?:n['’]t| not)"
_REFUSED = r"(?:ha[sd] |have )?(?:declin|refus)(?:ed|es|ing|e) to"
_ON = r"(?:on|about|upon|regarding)"
_WHETHER = r"(?:whether|if)"
_SILENT = (
    rf"(?:comment|speak|talk|elaborate|be drawn) {_ON}|(?:answer|respond to|reply to) questions {_ON}|discuss"
    rf"|(?:say|confirm|disclose|reveal|tell \w++(?: \w++){{0,4}}?) {_WHETHER}|confirm or deny(?: that| {_WHETHER})?"
)
_NO_WORD = r"(?:made|makes|make|had|has|have|gave|gives|offered|issued) no (?:comment|statement|reply|answer|response)"
_NEITHER = rf"(?:would |will |could )?neither confirm(?:ed|s)? nor den(?:y|ied|ies)(?: that| {_WHETHER})?"
_NO_ANSWER = rf"(?:(?:{_REFUSED}|{_WILL}) (?:comment|answer|say|respond|reply)|{_NO_WORD})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\A(?P<who>{_WHO}),? (?:{_REFUSED}|{_WILL}|would neither|ha[sd] not|have not) (?:{_SILENT}) (?P<matter>.+)",
        rf"\A(?P<who>{_WHO}),? (?:{_NO_WORD}) (?:{_ON}|to) (?P<matter>.+)",
        rf"\A(?P<who>{_WHO}),? {_NEITHER} (?P<matter>.+)",
        rf"\A(?:when )?asked (?:about|{_WHETHER}) (?P<matter>[^,]+), (?P<who>{_WHO}) {_NO_ANSWER}\b.*",
        rf"\Athere was no (?:comment|statement|word) from (?P<who>{_WHO}) {_ON} (?P<matter>.+)",
    )
)
_ANSWERING = stems(english.answering)


class Silence(NamedTuple):
    """Who says nothing, and about what, as stems."""

    who: frozenset[str]
    matter: frozenset[str]


def silence(reading: Reading, read: Callable[[str], Reading]) -> Silence | None:
    """Find who does not comment, and on what."""
    found = _form(reading)
    if found is None:
        return None
    who, matter = (frozenset(read(found[name]).places) for name in ("who", "matter"))
    return Silence(who, matter) if who and matter else None


@kept
def _form(reading: Reading) -> re.Match[str] | None:
    text = reading.text.strip().rstrip(".!")
    forms = _FORMS if len(text) <= _LONGEST else ()
    return next((found for form in forms if (found := form.fullmatch(text))), None)


def both_silent(left: Reading, right: Reading, read: Callable[[str], Reading]) -> bool:
    """Return whether both have the same person silent on the same topic: "declined to comment", "made no comment"."""
    here, there = silence(left, read), silence(right, read)
    if here is None or there is None:
        return False
    return not here.who.isdisjoint(there.who) and _holds(there.matter, here.matter)


def answered(
    claim: Reading, other: Reading, read: Callable[[str], Reading], article: Iterable[str]
) -> tuple[str, str, str] | None:
    """Find somebody who is silent on a topic in one passage and speaks about it in the other.

    Return None if the article has the same person both answer and stay silent.
    """
    here, there = silence(claim, read), silence(other, read)
    held, answer = (here, other) if here else (there, claim)
    if held is None or (here and there) or not _answers(answer, held) or _other_day(claim, other):
        return None
    for text in article:
        beside = read(text)
        if text != other.text and (both_silent(claim, beside, read) if here else _answers(beside, held)):
            return None
    return "negation", claim.text, other.text


def _answers(reading: Reading, held: Silence) -> bool:
    """Whether somebody who is silent elsewhere speaks about the topic here."""
    return _holds(frozenset(reading.places), held.matter) and not held.who.isdisjoint(_answering(reading))


@kept
def _answering(reading: Reading) -> frozenset[str]:
    """The stems of the words for whoever says or confirms something."""
    found = {form for source in speakers(reading) for form in (*source.names, *source.roles, *source.heads)}
    denied = {word for _, word in denials(reading)}
    for at, form in enumerate(reading.stems):
        if at not in denied and (form in _ANSWERING or reading.low[at] in english.speaking):
            # "the judge, Ola Finn, told reporters"
            before = (k for k in reading.near(at, _MOST_TO_VERB) if k < at and reading.is_content[k])
            found.update(reading.stems[k] for k in before)
    return frozenset(found)


def _holds(words: frozenset[str], matter: frozenset[str]) -> bool:
    return len(matter - words) <= _MOST_LACKING * len(matter)


def _other_day(one: Reading, other: Reading) -> bool:
    said = [{said for mark in days(side) for said in mark.says} for side in (one, other)]
    return all(said) and said[0].isdisjoint(said[1])
