"""Whether words are a clause with a verb of its own, told without a parser: "the dam was safe", not "the old dam"."""

from __future__ import annotations

from compare.language.quotes.cues import VERBS
from compare.language.quotes.phrases import (
    AUXILIARIES,
    DETERMINERS,
    ENDS,
    POSSESSIVES,
    PREPOSITIONS,
    is_adverb,
)
from compare.language.quotes.stream import QUOTE, Sentence, low_at


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOT_FINITE = _set("to not never be been being having")
FINITE = AUXILIARIES - _NOT_FINITE
_SUBJECTS = _set("he she they we i there it's he's she's they're we're i'm that's there's")
_RELATIVES = _set("who which that where whose whom")
SUBORDINATE = _set("when while because if as after before since although though until unless whereas")
_PAST = _set(
    "went came took made got gave saw fell rose lost won led left kept held brought met ran sat stood began broke"
    " chose grew put set cut hit slept drove flew sank sold sent spent paid built bought caught drew ate fought hid"
    " hurt lay meant rode rang sang shook shot spread stole struck swam taught threw wore became froze"
)
_PLURAL = _set(
    "go need like make take get come work live vote deserve die fall rise lose win help remain keep give see mean"
    " start look seem become run leave pay play exist matter fail care use face cost"
)
_MANY = _set("they we you i people police who all many most some both women men children voters")
_AFTER_VERB = DETERMINERS | POSSESSIVES | _set("to too it him them us so very more less")
_NEVER_BEFORE = DETERMINERS | POSSESSIVES | {",", "and", "or"}
_REACH = 40  # tokens in which the verb must come


def has_verb(sentence: Sentence, start: int) -> bool:
    """Whether the words that begin here are a clause: a verb follows that belongs to no relative clause in them."""
    if low_at(sentence, start) in _SUBJECTS:
        return True
    wanted = 1
    for at in range(start, min(start + _REACH, len(sentence))):
        low = sentence[at].low
        if low == QUOTE:
            return True
        if low in ENDS or low == ":" or (low in SUBORDINATE and at > start):
            break
        if low in _RELATIVES:
            wanted += at > start
        elif at > start and _is_finite(sentence, at):
            wanted -= 1
            if not wanted:
                return True
    return False


def _is_finite(sentence: Sentence, at: int) -> bool:
    low, before, following = sentence[at].low, sentence[at - 1].low, low_at(sentence, at + 1)
    if before in _NEVER_BEFORE:
        return False  # "found the letter, read it"
    if low in FINITE:
        return True
    if sentence[at].word[0].isupper() or before in PREPOSITIONS or before in AUXILIARIES:
        return False
    cue = VERBS.get(low)
    if low in _PAST or (low.endswith("ed") and len(low) > 3) or (cue and cue.form == "past"):
        return not is_adverb(before) or before == "also"
    if low in _PLURAL or (cue and cue.form == "base" and "n" not in cue.frames):
        return before in _MANY or (before.endswith("s") and not before.endswith(("ss", "'s")))
    third = low.endswith("s") and not low.endswith(("ss", "'s", "s'"))
    return third and (following in _AFTER_VERB or is_adverb(following) or sentence[at - 1].word[0].isupper())
