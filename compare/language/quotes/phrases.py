"""Noun phrases around a verb (a cue's subject), time expressions and clauses, read without a parser.

A phrase is read from the verb to the left, up to a token that cannot belong to it: a comma, a conjunction, another
verb.
"""

from __future__ import annotations

import re

from compare.language.english import DATES, grammar, time
from compare.language.quotes.cues import ADJECTIVES, NOUNS_THAT, VERBS
from compare.language.quotes.epithets import is_epithet
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, Token, low_at
from compare.language.tokens import PASTS

Span = tuple[int, int]  # tokens of a sentence, end exclusive

_ASIDES = frozenset(grammar["asides"])
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")  # before an entry of a live page

ENDS = frozenset(".?!;…") | {"...", ".."}

WEEKDAYS = frozenset(time["weekdays"])
_MONTHS = frozenset(
    form if at == 0 else f"{form}." for month in time["months"] for at, form in enumerate(month.split())
)

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
_OPENERS = WEEKDAYS | ADVERBS | grammar.connectives
_RELATIVES = frozenset(["who", "which", "where"])
_BEFORE_THAT = ADJECTIVES | frozenset(NOUNS_THAT) | frozenset(VERBS)  # before a "that" which is not a relative
_POINTS = frozenset(["this", "last", "next", "that"])
_PHRASE_ENDS = frozenset([*",.?!;:()", QUOTE])

SUBORDINATE = grammar.subordinates
_AFTER_VERB = DETERMINERS | POSSESSIVES | grammar.after_verb
_NEVER_BEFORE = DETERMINERS | POSSESSIVES | {",", "and", "or"}
_VERB_REACH = 40  # tokens searched for the verb


def is_adverb(low: str) -> bool:
    """Whether the word can come between a subject and its verb."""
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in grammar.no_adverbs)


def subject_before(sentence: Sentence, end: int) -> Span | None:
    """Return the noun phrase before token `end`, or None; skip a time expression: "Ann Lee on Tuesday told"."""
    end = time_before(sentence, end)
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
    return None if phrase and is_time(sentence, *phrase) else phrase


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
        towards = low == "to" and named  # a preposition: "close to the board"
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
        sentence[start].low in _OPENERS or is_adverb(sentence[start].low) or _CLOCK.fullmatch(sentence[start].low)
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
    """Return the antecedent of "who": the phrase before it, with or without a comma."""
    end = pronoun - (pronoun > 0 and sentence[pronoun - 1].low == ",")
    if end <= 0 or not _can_end(sentence[end - 1]):
        return (pronoun, pronoun + 1) if sentence[pronoun].low != "that" else None
    return _trim(sentence, _leftmost(sentence, end - 1), end)


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
    return (start, end) if end > start else None


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
    while at < len(sentence) and (sentence[at].low in _OPENERS or sentence[at].low in {",", "'"}):
        at += 1
    end = at
    while end < min(len(sentence), at + 10):
        token = sentence[end]
        stops = token.low in BOUNDARIES or token.low in AUXILIARIES or token.low in PREPOSITIONS - {"of"}
        if stops or not token.word[0].isalnum():
            break
        small = not token.word[0].isupper()
        owned = end > at and sentence[end - 1].low.endswith(("'s", "s'"))  # "An engineer's report"
        verb = token.low in VERBS or token.low.endswith("ed") or is_adverb(token.low)
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
    return (at, end) if end > at else None


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


def aside_before(sentence: Sentence, end: int) -> int:
    """Return where an aside like "in the past" or a time expression before token `end` begins; else `end`."""
    for length in (2, 3):
        words = [token.low for token in sentence[max(0, end - length) : end]]
        if " ".join(words) in _ASIDES:
            return end - length
    return time_before(sentence, end)


def time_before(sentence: Sentence, end: int) -> int:
    """Return where a time expression that ends before token `end` begins; `end` if there is none."""
    start = _time_core(sentence, end)
    if start == end:
        return end
    while start > 0 and low_at(sentence, start - 1) in time.led_by:
        start -= 1
    return start


def is_time(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these tokens are only a time expression: "this week", "on Tuesday"."""
    at = end
    while at > start and (before := time_before(sentence, at)) < at:
        at = before
    return at <= start < end


def _time_core(sentence: Sentence, end: int) -> int:
    """Return where a time expression begins, without "on" or "late" before it."""
    at = end - 1
    low, before = low_at(sentence, at), low_at(sentence, at - 1)
    if low in time.alone:
        return at
    if low in WEEKDAYS:
        return at - (before in time.pointing)
    if low in time.parts and (before in WEEKDAYS or before in time.alone):
        return at - 1
    if low in time.units and before in time.pointing:
        return at - 1 - (low_at(sentence, at - 2) == "the")
    if low in time.distances and before in time.units:
        return _counted_time(sentence, at - 1, end)
    if low in time.units and low_at(sentence, end) in time.distances:
        return _counted_time(sentence, at, end)  # "two days" before "earlier told"
    return _date_before(sentence, at, end) if low in _MONTHS or low[:1].isdigit() else end


def _counted_time(sentence: Sentence, unit: int, end: int) -> int:
    """Return where "two days ago" or "a few days earlier" begins; `end` if nothing is counted."""
    start = unit
    while start > 0 and (low_at(sentence, start - 1) in time.counts or low_at(sentence, start - 1).isdigit()):
        start -= 1
    return start if start < unit else end


def _date_before(sentence: Sentence, at: int, end: int) -> int:
    """Return where "in May", "on 12 March", "on March 12" or "in 2014" begins; `end` if there is no date."""
    start = at
    while start >= 0 and (low_at(sentence, start) in _MONTHS or _is_day_or_year(low_at(sentence, start))):
        start -= 1
    dated = any(low_at(sentence, k) in _MONTHS for k in range(start + 1, end))
    led = low_at(sentence, start) in time.led_by | time.pointing
    # "April said": a month alone may be a name, and a number alone is not a year.
    if start + 1 >= end or not (led or (dated and end - start > 2)):
        return end
    return start + (low_at(sentence, start) not in time.pointing)


def _is_day_or_year(low: str) -> bool:
    digits = low.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return digits.isdigit() and len(digits) in {1, 2, 4}


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
