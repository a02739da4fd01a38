"""What stands beside a source that follows its cue: "said its director, Ruth Adler, who left in May"."""

from __future__ import annotations

from compare.language import english
from compare.language.quotes.names import NOT_NAMES, NOT_PERSONS, PEOPLE, TITLES
from compare.language.quotes.phrases import (
    AUXILIARIES,
    BOUNDARIES,
    DASHES,
    DETERMINERS,
    ENDS,
    PREPOSITIONS,
    PRONOUNS,
    Span,
    first_phrase,
)
from compare.language.quotes.stream import QUOTE, Sentence, low_at
from compare.language.quotes.times import is_time

_PERSONAL = frozenset("he she i".split())
_RELATIVES = english.grammar.relatives_of_persons
_OF = frozenset("of from aged".split())
_PLACED = frozenset("in at near from outside".split())
_STOPS = ENDS | DASHES | {",", ")", "(", QUOTE, ":"}
_IN_NAMES = english.people.inside_names
_SIGNATURE = 20  # tokens of a name and who that is
_VERBAL = AUXILIARIES - {"to"}
_BEGIN_CLAUSES = BOUNDARIES | (PRONOUNS - DETERMINERS) | {"and", "but", "or", "not"}
_LONGEST = 30  # tokens of one description


def with_description(sentence: Sentence, source: Span) -> tuple[Span, int]:
    """Give a source by its name, and the token after what describes it.

    Of "its director, Ruth Adler, who left," that is "Ruth Adler" and the last comma.
    """
    named = source if _is_name(sentence, source[1] - 1) else None
    at = source[1]
    while low_at(sentence, at) in {",", "("}:
        start = at + 1
        limit = min(len(sentence), start + _LONGEST)
        stop = next((k for k in range(start, limit) if sentence[k].low in _STOPS), limit)
        if not _describes(sentence, start, stop):
            break
        if named is None and names_somebody(sentence, (start, stop)):
            named = (start, stop)
        at = stop + (low_at(sentence, stop) == ")")
    return named or source, at


def acting(sentence: Sentence) -> Span | None:
    """Guess who acts in a sentence without a cue, by name where it gives one: "The janitor, Paul Grieve, sighed"."""
    phrase = first_phrase(sentence)
    return with_description(sentence, phrase)[0] if phrase else None


def is_person(sentence: Sentence, span: Span) -> bool:
    """Whether a phrase means one person: "she", "the janitor", "Councillor Alma Reyes"."""
    words = {token.low for token in sentence[slice(*span)]}
    if words & _PERSONAL and span[1] - span[0] == 1:
        return True
    if words & NOT_PERSONS:
        return False
    last = sentence[span[1] - 1]
    named = _is_name(sentence, span[1] - 1) and last.low not in NOT_NAMES and sentence[span[0]].low != "the"
    return named or last.low in PEOPLE or bool(words & TITLES)


def names_somebody(sentence: Sentence, span: Span) -> bool:
    """Whether these tokens are a name with or without a role before it: "Ruth Adler", "the cellist Bruno Saar"."""
    first = last = span[1] - 1
    if not _is_name(sentence, last) or last < span[0]:
        return False
    while first > span[0] and _is_name(sentence, first - 1):
        first -= 1
    role = sentence[span[0] : first]
    return not role or (last > first and all(token.word[0].isalpha() for token in role) and not _led(sentence, first))


def signature(sentence: Sentence, dash: int) -> Span | None:
    """Give the name after the dash with which a quotation is signed: "― Ola Brekke, bus driver"."""
    start = stop = dash + 1
    while stop < len(sentence) and (_is_name(sentence, stop) or (stop > start and sentence[stop].low in _IN_NAMES)):
        stop += 1
    rest = sentence[stop:]
    signed = not rest or rest[0].low in {",", "("} or (len(rest) == 1 and rest[0].low in ENDS)
    short = len(sentence) - dash <= _SIGNATURE and not any(token.low in AUXILIARIES for token in rest)
    return (start, stop) if stop > start and signed and short else None


def is_somebody(sentence: Sentence, span: Span) -> bool:
    """Whether a phrase ends in a name or a noun for people: "engineer Ola Brekke", "officials"."""
    low = sentence[span[1] - 1].low
    people = low in PEOPLE or (low.endswith("s") and low[:-1] in PEOPLE) or low in {"police", "witnesses"}
    return people or _is_name(sentence, span[1] - 1)


def _is_name(sentence: Sentence, at: int) -> bool:
    word = sentence[at].word
    return word != QUOTE and word[0].isupper()


def _led(sentence: Sentence, at: int) -> bool:
    return low_at(sentence, at - 1) in _PLACED | {"of"}


def _describes(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether what stands between two commas says who the source is, and does not go on with what is said."""
    if start >= stop:
        return False
    first = sentence[start]
    if first.low in _RELATIVES:
        return True
    if first.low[0].isdigit() or is_time(sentence, start, stop):
        return True
    if first.low in _BEGIN_CLAUSES or any(token.low in _VERBAL for token in sentence[start:stop]):
        return False
    if first.low in PREPOSITIONS:
        return first.low in _OF
    if first.low in DETERMINERS or first.word[0].isupper() or first.low.endswith(("'s", "s'")):
        return True
    return any(token.low in PEOPLE or token.low in TITLES for token in sentence[start : min(stop, start + 6)])
