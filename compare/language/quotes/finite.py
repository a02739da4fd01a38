"""Whether words are a clause, with a finite verb of its own, read without a parser."""

from __future__ import annotations

from compare.language.english import grammar
from compare.language.quotes.cues import VERBS
from compare.language.quotes.phrases import (
    AUXILIARIES,
    DETERMINERS,
    ENDS,
    FINITE,
    POSSESSIVES,
    PREPOSITIONS,
    SUBORDINATE,
    is_adverb,
)
from compare.language.quotes.stream import QUOTE, Sentence, low_at
from compare.language.tokens import PASTS

_AFTER_VERB = DETERMINERS | POSSESSIVES | grammar.after_verb
_NEVER_BEFORE = DETERMINERS | POSSESSIVES | {",", "and", "or"}
_VERB_REACH = 40  # tokens searched for the verb


def has_verb(sentence: Sentence, start: int) -> bool:
    """Whether the words from here are a clause, with a verb that does not belong to a relative clause."""
    if low_at(sentence, start) in grammar.sure_subjects:
        return True
    wanted = 1
    for at in range(start, min(start + _VERB_REACH, len(sentence))):
        low = sentence[at].low
        if low == QUOTE:
            return True
        if low in ENDS or low == ":" or (low in SUBORDINATE and at > start):
            break
        if low in grammar.relatives:
            wanted += at > start
        elif at > start and _is_clause_verb(sentence, at):
            wanted -= 1
            if not wanted:
                return True
    return False


def _is_clause_verb(sentence: Sentence, at: int) -> bool:
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
    if low in grammar.plural_verbs or (cue and cue.form == "base" and "n" not in cue.frames):
        return before in grammar.plural_subjects or (before.endswith("s") and not before.endswith(("ss", "'s")))
    third = low.endswith("s") and not low.endswith(("ss", "'s", "s'"))
    return third and (following in _AFTER_VERB or is_adverb(following) or sentence[at - 1].word[0].isupper())
