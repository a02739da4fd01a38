"""Whether words are a clause with a verb of its own, told without a parser: "the dam was safe", not "the old dam"."""

from __future__ import annotations

from compare.language import english
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
from compare.language.tokens import PASTS

_NOT_FINITE = english.grammar.not_finite
FINITE = AUXILIARIES - _NOT_FINITE
_SUBJECTS = english.grammar.sure_subjects
_RELATIVES = english.grammar.relatives
SUBORDINATE = english.grammar.subordinates
_PLURAL = english.grammar.plural_verbs
_MANY = english.grammar.plural_subjects
_AFTER_VERB = DETERMINERS | POSSESSIVES | english.grammar.after_verb
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
    if low in PASTS or (low.endswith("ed") and len(low) > 3) or (cue and cue.form == "past"):
        return not is_adverb(before) or before == "also"
    if low in _PLURAL or (cue and cue.form == "base" and "n" not in cue.frames):
        return before in _MANY or (before.endswith("s") and not before.endswith(("ss", "'s")))
    third = low.endswith("s") and not low.endswith(("ss", "'s", "s'"))
    return third and (following in _AFTER_VERB or is_adverb(following) or sentence[at - 1].word[0].isupper())
