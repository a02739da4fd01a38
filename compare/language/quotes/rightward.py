"""Noun phrases read from left to right: the source after a cue, and the subject that begins a sentence."""

from __future__ import annotations

from compare.language.english import DATES, grammar, time
from compare.language.quotes.cues import VERBS
from compare.language.quotes.epithets import is_epithet
from compare.language.quotes.moments import WEEKDAYS, is_time
from compare.language.quotes.phrases import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    Span,
    is_adverb,
    is_past,
    without_participle,
)
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, low_at
from compare.language.tokens import PASTS

_POINTS = frozenset(["this", "last", "next", "that"])
_PHRASE_ENDS = frozenset([*",.?!;:()", QUOTE])


def phrase_after(sentence: Sentence, start: int) -> Span | None:
    """Return the noun phrase that begins at token `start`: the source in "said the mayor on Monday"."""
    end = start
    named = False
    if low_at(sentence, start) in _POINTS and is_time(sentence, start, start + 2):
        return None  # "said this week"
    while end < min(len(sentence), start + 18):
        token = sentence[end]
        if token.low in _PHRASE_ENDS or token.low in DASHES or token.low in WEEKDAYS:
            break
        if end > start and _phrase_breaks(sentence, end, named=named):
            break
        named = named or token.word[0].isupper()
        end += 1
        if token.low in grammar.alone:
            break
    if end <= start:
        return None
    follows = low_at(sentence, end) in PREPOSITIONS | WEEKDAYS  # "a document leaked on Thursday"
    return without_participle(sentence, (start, end)) if follows else (start, end)


def _phrase_breaks(sentence: Sentence, at: int, *, named: bool) -> bool:
    """Whether this word ends the noun phrase before it."""
    low = sentence[at].low
    following = sentence[at + 1] if at + 1 < len(sentence) else None
    if low == "and":
        return not (following and (following.word[0].isupper() if named else _leads_to_name(sentence, at + 1)))
    if low in grammar.phrase_breaks or (low in AUXILIARIES and low != "to"):
        return True
    if low in PREPOSITIONS and low not in grammar.always_joining:
        # "a diplomat in Kyiv", but not "said Ann Lee in Kyiv" or "said a diplomat in a statement"
        place = low in {"in", "on"} and not named
        return not place or (following is not None and following.low in {"a", "an"} | WEEKDAYS)
    return low in VERBS and VERBS[low].form == "ing"


def _leads_to_name(sentence: Sentence, start: int) -> bool:
    """Whether a name follows a role: "bus driver and union member Nils Aker"."""
    for token in sentence[start : start + 4]:
        if token.word[0].isupper():
            return token.word != QUOTE
        if not token.word[0].isalpha() or token.low in AUXILIARIES | PREPOSITIONS | BOUNDARIES or token.low in VERBS:
            return False
    return False


def first_phrase(sentence: Sentence) -> Span | None:
    """Guess the subject of a sentence whose verb is not a cue: its first name or noun phrase."""
    at = _after_lead(sentence)
    while at < len(sentence) and (sentence[at].low in OPENERS or sentence[at].low in {",", "'"}):
        at += 1
    end = at
    while end < min(len(sentence), at + 10):
        token = sentence[end]
        stops = token.low in BOUNDARIES or token.low in AUXILIARIES or token.low in PREPOSITIONS - {"of"}
        if stops or not token.word[0].isalnum():
            break
        small = not token.word[0].isupper()
        owned = end > at and sentence[end - 1].low.endswith(("'s", "s'"))  # "An engineer's report"
        past = token.low in PASTS and token.low not in grammar.nouns_too
        verb = past or token.low in VERBS or token.low.endswith("ed") or is_adverb(token.low)
        if end > at and small and verb and not owned:
            break
        before = sentence[end - 1] if end > at else token
        named = before.word[0].isupper() and before.low not in DETERMINERS and not owned
        # "Red-faced boss Lionel Trask mumbled"
        opening = end == at + 1 and is_epithet(before.word)
        if small and named and not opening and token.low not in {"of", "and"}:
            break
        end += 1
        if token.low in PRONOUNS:
            break
    while end > at + 1 and (sentence[end - 1].low in {"of", "and"} or sentence[end - 1].low in DATES):
        end -= 1
    # "Scrawled on the wall: QUOTE"
    written = end == at + 1 and is_past(sentence[at].low) and low_at(sentence, end) in PREPOSITIONS
    return (at, end) if end > at and not written else None


def _after_lead(sentence: Sentence) -> int:
    """Return where a sentence begins after its lead-in: "A week later, in Leeds, the mayor"."""
    at = 1 if sentence and sentence[0].word == QUOTE else 0
    while at < len(sentence):
        first = sentence[at].low
        comma = next((k for k in range(at, min(at + 25, len(sentence))) if sentence[k].low == ","), None)
        if comma is None or comma == at:
            return at + (comma == at)
        doing = first.endswith("ing") or (first.endswith("ed") and low_at(sentence, at + 1) in PREPOSITIONS)
        later = first in time.units | time.counts and bool(
            {low_at(sentence, at + 1), low_at(sentence, at + 2)} & {"after", "before"}
        )
        if not (first in PREPOSITIONS or doing or later or is_time(sentence, at, comma)):
            return at
        at = comma + 1
    return 0
