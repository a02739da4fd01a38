"""The names in a sentence, and the words beside them: titles, roles, "its director, Ruth Adler, who left in May".

Gender, shown by titles and first names, is used only to resolve "he" and "she". First names of both genders are left
out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from compare.language.english import DATES, first_names, grammar, people
from compare.language.quotes.cues import VERBS
from compare.language.quotes.epithets import is_epithet, without_epithets
from compare.language.quotes.moments import is_time
from compare.language.quotes.phrases import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    ENDS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    Span,
)
from compare.language.quotes.rightward import first_phrase
from compare.language.quotes.stream import DASHES, NOT_NAMES, QUOTE, Sentence, low_at

TITLES = people.titles
# A run of capitals that contains one of these is not a person.
NOT_PERSONS = people.not_persons | DATES
# Nouns for one person, by which a text introduces somebody without a name ("a retired teacher").
PEOPLE = people.nouns

PARTICLES = people.particles
INSIDE = grammar.role_prepositions
_ALSO_CALLED = "|".join(sorted(people.also_called))
_APPOSITION = 8  # words after a name that are searched for a role
_NO_ROLE = INSIDE | {"and", "which", "but"}
_NO_NOUN = PREPOSITIONS | DETERMINERS | POSSESSIVES | AUXILIARIES | {"and", "but", "or", "that", "when", "as"}

_STOPS = ENDS | DASHES | {",", ")", "(", QUOTE, ":"}
_SIGNATURE = 20  # the most tokens of a name and its description
_VERBAL = AUXILIARIES - {"to"}
_BEGIN_CLAUSES = BOUNDARIES | (PRONOUNS - DETERMINERS) | {"and", "but", "or", "not"}
_LONGEST = 30  # the most tokens of one description
_DOING = ("ers", "ors", "ists", "ians")  # endings of plural nouns for people
_FULL = 2  # words of a full name


def first_name_gender(name: str) -> str:
    """Return "m", "f" or "" for a first name."""
    low = name.lower()
    return "m" if low in first_names.men else "f" if low in first_names.women else ""


class Name(NamedTuple):
    """A name in the text, separated from its titles."""

    start: int
    words: list[str]
    sentence: int
    titles: list[str]
    roles: list[str]  # the text's nouns for the person: title words and the noun of an apposition
    organisation: bool
    owner: bool  # "Lee's plan" is about the plan
    who: bool  # "Ann Lee, who" is a person

    @property
    def gender(self) -> str:
        """The gender shown by the titles or roles, "Mr Lee" or "his wife, Kim Lee": "m", "f" or ""."""
        return gender_of(self.titles) or gender_of(self.roles)


def names_in(sentence: Sentence, number: int) -> list[Name]:
    """Find the names in a sentence, `number` being its place in the text."""
    found = []
    end = 0
    for at in [at for at, token in enumerate(sentence) if token.word[0].isupper()]:
        if at >= end:
            end = _run_end(sentence, at)
            name = _name(sentence, at, end, number)
            if name:
                found.append(name)
    return found


def _run_end(sentence: Sentence, at: int) -> int:
    """Return where the capitalised words that begin here end; a possessive ends them."""
    end = at
    while end < len(sentence):
        particle = end > at and sentence[end].low in PARTICLES and _capital(sentence, end + 1)
        if not (_capital(sentence, end) or particle):
            break
        end += 1
        if sentence[end - 1].low.endswith(("'s", "s'")):
            break
    return end


def _capital(sentence: Sentence, at: int) -> bool:
    return at < len(sentence) and sentence[at].word != QUOTE and sentence[at].word[0].isupper()


def _name(sentence: Sentence, begin: int, end: int, number: int) -> Name | None:
    if sentence[begin].low in NOT_NAMES and (begin == 0 or end == begin + 1):
        begin += 1
    if begin >= end:
        return None
    words = [token.word for token in sentence[begin:end]]
    bare = without_possessive(words[-1])
    owner = bare != words[-1]
    words[-1] = bare
    if not all(word.isupper() for word in words):  # A paragraph may open in capitals: "ANN Lee" is Ann Lee.
        words = [word.title() if len(word) > 2 and word.isupper() else word for word in words]
    titles, words = split_titles(words)
    if not titles and begin == 0 and len(words) > _FULL and words[0].lower() in PEOPLE:
        titles, words = words[:1], words[1:]  # "Farmer Ann Lee"
    organisation = sentence[begin - 1].low == "the" if begin else False
    organisation = organisation or any(word.lower() in NOT_PERSONS for word in words)
    roles = [title.lower() for title in titles] + _roles(sentence, begin, end)
    who = [token.low for token in sentence[end : end + 2]] == [",", "who"]
    return Name(sentence[begin].start, words, number, titles, roles, organisation, owner, who) if words else None


def _roles(sentence: Sentence, begin: int, end: int) -> list[str]:
    """Return the roles in "Ann Lee, head of the club,", "the club's secretary, Ann Lee," and "striker Ann Lee"."""
    roles = []
    following = low_at(sentence, end)
    closed = following == ","
    if closed and end + 1 < len(sentence) and sentence[end + 1].word[0].islower():
        phrase: list[str] = []
        for token in sentence[end + 1 : end + 1 + _APPOSITION]:
            if token.low in AUXILIARIES or (token.low in VERBS and VERBS[token.low].form != "base"):
                # "to Ann Lee, the official said" makes nobody an official.
                phrase = []
                break
            if not token.word[0].isalnum() or token.low in _NO_ROLE:
                break
            phrase.append(token.low)
        roles += phrase[-1:]
    before = begin - 1
    if (closed or following in ENDS or not following) and before > 0 and sentence[before].low == ",":
        before -= 1
    if before >= 0 and end - begin > 1 and sentence[before].word[0].islower():
        roles.append(sentence[before].low)
    return [role for role in roles if role.isalpha() and role not in _NO_NOUN and role not in VERBS]


def without_possessive(word: str) -> str:
    """Remove a possessive ending: Lee's is Lee."""
    return word[:-2] if word.lower().endswith(("'s", "’s")) else word.rstrip("'’")


def split_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Split "Furious Prime Minister Ann Lee" into titles and name, without descriptions."""
    last = max((at for at, word in enumerate(words) if word.lower().rstrip(".") in TITLES), default=-1)
    name = without_epithets(words[last + 1 :])
    return [word for word in words[: len(words) - len(name)] if not is_epithet(word)], name


def gender_of(words: list[str]) -> str:
    """Return the gender of words like "Mr", "spokeswoman" or "widow": "m", "f" or ""."""
    low = {word.lower().rstrip(".") for word in words}
    return "m" if low & people.male else "f" if low & people.female else ""


def by_given_name(called: str) -> bool:
    """Whether a title precedes a name that may not be a surname: "Sir Ewan", "Sister Clare", "Pope Leo"."""
    titles, name = split_titles(called.split())
    return len(name) == 1 and bool({word.lower() for word in titles} & people.before_given_names)


def called_both(one: str, other: str, text: str) -> bool:
    """Whether a text gives two surnames to one person: "Frey-Morrow", "Ida Munk, who performs as Lady Ruin"."""
    if one not in text or other not in text:
        return False
    a, b = re.escape(one), re.escape(other)
    between = rf"(?:[- ]|(?:,| \()?[^.;:,()“”\"\n]{{0,30}}\b(?:{_ALSO_CALLED})\b[^.;:“”\"\n]{{0,30}})"
    return re.search(rf"\b{a}{between}{b}\b|\b{b}{between}{a}\b", text) is not None


def with_description(sentence: Sentence, source: Span) -> tuple[Span, int]:
    """Return the name of a source, and the token after its description: "its director, Ruth Adler, who left,"."""
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
    """Guess who acts in a sentence without a cue, by name if possible: "The janitor, Paul Grieve, sighed"."""
    phrase = first_phrase(sentence)
    return with_description(sentence, phrase)[0] if phrase else None


def may_speak(sentence: Sentence, span: Span) -> bool:
    """Whether a phrase may refer to people, a body or a text, unlike "the control room" or "the ward"."""
    words = [token.low for token in sentence[slice(*span)]]
    head = words[next((at for at, low in enumerate(words) if low in INSIDE and at), len(words)) - 1]
    plural = head.endswith(_DOING)  # "growers"
    return is_somebody(sentence, span) or plural or head in PRONOUNS or not NOT_PERSONS.isdisjoint(words)


def is_person(sentence: Sentence, span: Span) -> bool:
    """Whether a phrase refers to one person: "she", "the janitor", "Councillor Alma Reyes"."""
    words = {token.low for token in sentence[slice(*span)]}
    if words & {"he", "she", "i"} and span[1] - span[0] == 1:
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
    while first > span[0] and (_is_name(sentence, first - 1) or sentence[first - 1].low in PARTICLES):
        first -= 1
    role = sentence[span[0] : first]
    led = low_at(sentence, first - 1) in {"in", "at", "near", "from", "outside", "of"}
    return not role or (last > first and all(token.word[0].isalpha() for token in role) and not led)


def signature(sentence: Sentence, dash: int) -> Span | None:
    """Return the name in a signature of a quotation, after the dash: "― Ola Brekke, bus driver"."""
    start = stop = dash + 1
    while stop < len(sentence) and (
        _is_name(sentence, stop) or (stop > start and sentence[stop].low in people.inside_names)
    ):
        stop += 1
    rest = sentence[stop:]
    signed = not rest or rest[0].low in {",", "("} or (len(rest) == 1 and rest[0].low in ENDS)
    short = len(sentence) - dash <= _SIGNATURE and not any(token.low in _VERBAL for token in rest)
    return (start, stop) if stop > start and signed and short else None


def is_somebody(sentence: Sentence, span: Span) -> bool:
    """Whether a phrase ends in a name or a noun for people: "engineer Ola Brekke", "officials"."""
    low = sentence[span[1] - 1].low
    nouns = {low, low.removesuffix("s")} & PEOPLE
    return bool(nouns) or low in {"police", "witnesses"} or _is_name(sentence, span[1] - 1)


def _is_name(sentence: Sentence, at: int) -> bool:
    word = sentence[at].word
    return word != QUOTE and word[0].isupper()


def _describes(sentence: Sentence, start: int, stop: int) -> bool:
    """Whether the tokens between two commas describe the source, rather than continue the content."""
    if start >= stop:
        return False
    first = sentence[start]
    if first.word[0].isupper() and names_somebody(sentence, (start, stop)):
        return True  # "its chair, Will Per"
    if first.low in grammar.relatives_of_persons:
        return True
    if first.low[0].isdigit() or is_time(sentence, start, stop):
        return True
    if first.low in _BEGIN_CLAUSES or any(token.low in _VERBAL for token in sentence[start:stop]):
        return False
    if first.low in PREPOSITIONS:
        return first.low in {"of", "from", "aged"}
    if first.low in DETERMINERS or first.word[0].isupper() or first.low.endswith(("'s", "s'")):
        return True
    return any(token.low in PEOPLE or token.low in TITLES for token in sentence[start : min(stop, start + 6)])
