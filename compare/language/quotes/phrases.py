"""Noun phrases around a verb (a cue's subject), read without a parser.

A phrase is read from the verb to the left, up to a token that cannot belong to it: a comma, a conjunction, another
verb.
"""

from __future__ import annotations

import re

from compare.language.english import grammar
from compare.language.quotes.cues import ADJECTIVES, NOUNS_THAT, VERBS
from compare.language.quotes.moments import WEEKDAYS, is_time, time_before
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, Token, low_at
from compare.language.tokens import PASTS

Span = tuple[int, int]  # tokens of a sentence, end exclusive

_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")  # before an entry of a live page

ENDS = frozenset(".?!;…") | {"...", ".."}

BE = grammar.be
MODALS = grammar.modals
AUXILIARIES = BE | MODALS | grammar.have
FINITE = AUXILIARIES - grammar.not_finite
CONTRACTED = grammar.contracted
ADVERBS = grammar.adverbs
PRONOUNS = grammar.pronouns
DETERMINERS = grammar.determiners
POSSESSIVES = grammar.possessives
PREPOSITIONS = grammar.prepositions
BOUNDARIES = grammar.boundaries | {QUOTE}
OPENERS = WEEKDAYS | ADVERBS | grammar.connectives
_RELATIVES = frozenset(["who", "which", "where"])
_AGENTS = frozenset(["by", "from", "with"])
_FULL_NAME = 2  # words
_DESCRIBED = 12  # the most words between two commas that describe somebody
_BEFORE_THAT = ADJECTIVES | frozenset(NOUNS_THAT) | frozenset(VERBS)  # before a "that" which is not a relative

SUBORDINATE = grammar.subordinates


def is_adverb(low: str) -> bool:
    """Whether the word can come between a subject and its verb."""
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in grammar.no_adverbs)


def subject_before(sentence: Sentence, end: int) -> Span | None:
    """Return the noun phrase before token `end`, or None; skip a time expression: "Ann Lee on Tuesday told"."""
    full, end = end, time_before(sentence, end)
    last = end - 1
    if last < 0:
        return None
    low = sentence[last].low
    if low in {"who", "which", "that"}:
        return _antecedent(sentence, last)
    if low in {",", ")", "—", "–", "-"}:
        return _before_apposition(sentence, last)
    if not _can_end(sentence[last]):
        return None
    start = _leftmost(sentence, last)
    related = _relative(sentence, start, end)
    phrase = _trim(sentence, start if related is None else related, end)
    if phrase is None or is_time(sentence, *phrase):
        return None
    return without_participle(sentence, phrase) if end < full else phrase


def _relative(sentence: Sentence, start: int, end: int) -> int | None:
    """Return where "the man who saw the accident" begins, if the phrase is only the end of it."""
    for at in range(start - 1, max(start - 10, 0), -1):
        low = sentence[at].low
        if low in grammar.joining_relatives:
            if not _can_end(sentence[at - 1]) or (low == "that" and sentence[at - 1].low in _BEFORE_THAT):
                return None
            # In "the dam that engineers said was safe", the subject is "engineers".
            own = at == start - 1 and not _acts(sentence, start, end)
            return None if own else _leftmost(sentence, at - 1)
        if low in BOUNDARIES:
            break
    return None


def _acts(sentence: Sentence, start: int, end: int) -> bool:
    """Whether this is a relative clause without pronoun and subject: "runs the hospital", "the mayor wrote"."""
    first, last = sentence[start], sentence[end - 1]
    if end - start < 2:
        return False
    following = sentence[start + 1]
    verb = first.word[0].islower() and first.low.endswith(("s", "ed")) and first.low not in DETERMINERS | PRONOUNS
    if verb and (following.low in DETERMINERS or following.word[0].isupper()):
        return True
    cue = VERBS.get(last.low)
    return last.word[0].islower() and (last.low.endswith("ed") or (cue is not None and cue.form == "past"))


def _can_end(token: Token) -> bool:
    low = token.low
    if low in PRONOUNS:
        return True
    return (
        (token.word[0].isalnum() or low[0] == "'")
        and low not in PREPOSITIONS
        and low not in BOUNDARIES
        and low not in AUXILIARIES
        and low not in DETERMINERS
        and low not in {"and", "or", "not", "there"}
    )


def _leftmost(sentence: Sentence, at: int) -> int:
    """Return the first word of the phrase that ends at `at`."""
    floor = max(0, at - 25)
    if sentence[at].low in PRONOUNS and not (
        sentence[at].low == "it" and sentence[at - 1].low in grammar.joining_prepositions
    ):
        return at
    while at > floor:
        here, before = sentence[at], sentence[at - 1]
        low = before.low
        if low == "who" and at > 1 and _can_end(sentence[at - 2]):
            at -= 1
            continue
        named = here.low in DETERMINERS or here.word[0].isupper() or here.low in {"it", "him", "her"}
        # a preposition: "close to the board", "a letter sent to parents"
        towards = low == "to" and (named or (at > 2 and _is_participle(sentence[at - 2])))
        if low in BOUNDARIES or low in grammar.alone or (low in AUXILIARIES and not towards):
            break
        if here.low in DETERMINERS and low not in grammar.joining_prepositions and low not in {"all", "both"}:
            break
        if _ends_clause(before, here):
            break
        if low == "and" and not _joins(sentence, at - 1):
            break
        at -= 1
    return at


def _ends_clause(token: Token, following: Token) -> bool:
    """Whether a cue verb separates this word from the subject: "says his wife" begins a new phrase at "his"."""
    cue = VERBS.get(token.low)
    if cue is None or "n" in cue.frames or token.word[0].isupper() or cue.form in {"base", "ing"}:
        return False
    return not (cue.form == "past" and following.low in PREPOSITIONS)


def _joins(sentence: Sentence, at: int) -> bool:
    """Whether "and" joins two names or two plurals into one subject."""
    if at < 1:
        return False
    left, right = sentence[at - 1], sentence[at + 1]
    both_names = left.word[0].isupper() and right.word[0].isupper()
    return both_names or (left.low.endswith("s") and right.low not in DETERMINERS)


def _trim(sentence: Sentence, start: int, end: int) -> Span | None:
    """Cut the lead-in of a sentence ("But on Monday the mayor") from its subject."""
    while start < end - 1 and (
        sentence[start].low in OPENERS or is_adverb(sentence[start].low) or _CLOCK.fullmatch(sentence[start].low)
    ):
        if sentence[start].low in {"all", "both"}:
            break
        start += 1
    if sentence[start].low in PREPOSITIONS:
        start = _after_prepositions(sentence, start, end)
    while start < end - 1 and sentence[start].low in {"and", "'", "’", "‘", '"'}:
        start += 1
    return (start, end) if start < end else None


def _after_prepositions(sentence: Sentence, start: int, end: int) -> int:
    """Return the subject after "At a meeting in Leeds the mayor": the last phrase without a preposition."""
    best = end - 1
    at = end - 1
    while at > start:
        here, before = sentence[at], sentence[at - 1].low
        dated = before in WEEKDAYS
        begins = here.low in DETERMINERS or (
            here.word[0].isupper() and (dated or not sentence[at - 1].word[0].isupper())
        )
        if begins and before not in PREPOSITIONS and before not in DETERMINERS:
            return at
        if begins and at - 1 <= start:
            return best if best > at else at
        at -= 1
    return start + 1


def _antecedent(sentence: Sentence, pronoun: int) -> Span | None:
    """Return the antecedent of "who": the phrase before it, with or without a comma and an apposition."""
    end = pronoun - (pronoun > 0 and sentence[pronoun - 1].low == ",")
    end = _before_description(sentence, end) if end < pronoun else end
    if end <= 0 or not _can_end(sentence[end - 1]):
        return (pronoun, pronoun + 1) if sentence[pronoun].low != "that" else None
    start = _after_participle(sentence, _leftmost(sentence, end - 1), end)
    if sentence[pronoun].low == "which":
        start = _name_at_the_end(sentence, start, end)
    return _trim(sentence, start, end)


def _name_at_the_end(sentence: Sentence, start: int, end: int) -> int:
    """Return where "the Harbour Trust" begins in "The pier belongs to the Harbour Trust, which"."""
    first = end
    while first > start and sentence[first - 1].word[0].isupper():
        first -= 1
    if end - first < _FULL_NAME:
        return start
    first -= low_at(sentence, first - 1) == "the"
    return first if low_at(sentence, first - 1) in grammar.joining_prepositions else start


def _before_description(sentence: Sentence, end: int) -> int:
    """Return where the name ends in "Ann Lee, 41," and "Ann Lee, a former judge,"; `end` if nothing describes it."""
    comma = next((at for at in range(end - 1, max(end - _DESCRIBED, 0), -1) if sentence[at].low == ","), 0)
    name, first = sentence[comma - 1], sentence[comma + 1]
    described = sentence[comma + 1 : end]
    if not comma or not name.word[0].isupper() or any(token.low in {"and", *FINITE} for token in described):
        return end
    apposed = first.low in DETERMINERS or first.low in POSSESSIVES or first.low.endswith(("'s", "s'"))
    aged = all(token.word.isdigit() for token in described)
    return comma if aged or apposed or first.low == "of" else end


def _after_participle(sentence: Sentence, start: int, end: int) -> int:
    """Return where "a nurse" begins in "met by a nurse", and "Ann Lee" in "The court heard from Ann Lee"."""
    for at in range(end - 2, start, -1):
        if sentence[at].low in _AGENTS and _is_participle(sentence[at - 1]):
            named = end - at > 2 and all(token.word[0].isupper() for token in sentence[at + 1 : end])
            return at + 1 if named or at - 1 == start else start
    return start


def _is_participle(token: Token) -> bool:
    return token.word.islower() and is_past(token.low)


def is_past(low: str) -> bool:
    """Whether a word looks like a verb in the past or a participle."""
    return low in PASTS or (low.endswith("ed") and len(low) > 3)


def without_participle(sentence: Sentence, phrase: Span) -> Span:
    """Cut a participle that ends a phrase, once its time or place is cut off: "a survey published" on Friday."""
    start, end = phrase
    cut = end - start > 1 and _is_participle(sentence[end - 1]) and sentence[end - 2].low not in DETERMINERS
    return (start, end - 1) if cut else phrase


def _before_apposition(sentence: Sentence, closing: int) -> Span | None:
    """Return the name before an apposition: "Ann Lee, 40, the head of the club, said"."""
    fallback: Span | None = None
    for low, high in _segments(sentence, closing):
        party = sentence[low].word[1:2] == "-" or (high == low + 1 and low_at(sentence, low - 1) == "(")
        if not _can_end(sentence[high - 1]) or party or is_time(sentence, low, high):
            continue  # "Ann Lee, D-Ohio, said", "Ann Lee (R) said"
        phrase = _trim(sentence, _leftmost(sentence, high - 1), high)
        if phrase is None:
            continue
        head, opened = sentence[low].low, sentence[phrase[0]]
        if fallback is None and any(token.low in FINITE for token in sentence[low : phrase[0]]):
            return None  # "She had praised a guard, called him brave" begins no new subject
        if low > 0 and sentence[low - 1].word != QUOTE and (head in PREPOSITIONS or head.endswith(("ing", "ed"))):
            continue  # "Ann Lee, 22, of Leeds, said", "Ann Lee, speaking after the mayor, said"
        if fallback and head in PREPOSITIONS and (low == 0 or sentence[low - 1].word == QUOTE):
            break
        if opened.word[0].isupper() and opened.low not in DETERMINERS and head not in _RELATIVES:
            return phrase
        if head not in _RELATIVES | {"whose", "and"} and not head[0].isdigit():
            fallback = phrase
    return fallback


def _segments(sentence: Sentence, closing: int) -> list[Span]:
    """Return the segments between commas, brackets and dashes before a token, from right to left."""
    found = []
    end = closing
    at = closing - 1
    stop = max(0, closing - 60)
    while at >= stop and sentence[at].word != QUOTE:
        if sentence[at].low in {",", "("} or sentence[at].low in DASHES:
            found.append((at + 1, end))
            end = at
        at -= 1
    return [(low, high) for low, high in [*found, (at + 1, end)] if high > low]
