"""The names in a sentence: capitalised words in a row, with the titles and roles beside them."""

from __future__ import annotations

from typing import NamedTuple

from compare.language import english
from compare.language.quotes.cues import VERBS
from compare.language.quotes.names import FEMALE, MALE, NOT_NAMES, NOT_PERSONS, TITLES
from compare.language.quotes.phrases import AUXILIARIES, DETERMINERS, POSSESSIVES, PREPOSITIONS
from compare.language.quotes.stream import QUOTE, Sentence

PARTICLES = english.people.particles
INSIDE = english.grammar.role_prepositions
_APPOSITION = 8  # words in which a role is looked for after a name
_NO_ROLE = INSIDE | {"and", "which", "but"}
_NO_NOUN = PREPOSITIONS | DETERMINERS | POSSESSIVES | AUXILIARIES | {"and", "but", "or", "that", "when", "as"}


class Name(NamedTuple):
    """A name in the text, cut from its titles."""

    start: int
    words: list[str]
    sentence: int
    titles: list[str]
    roles: list[str]  # what the text calls the person: title words and the noun of an apposition
    organisation: bool
    owner: bool  # "Lee's plan" is about the plan
    who: bool  # "Ann Lee, who" is a person

    @property
    def gender(self) -> str:
        """What the titles tell: "m", "f" or nothing."""
        return gender_of(self.titles)


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
    """Where the capitalised words that begin here end; a possessive ends them."""
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
    titles, words = split_titles([_plain(word, words) for word in words])
    organisation = sentence[begin - 1].low == "the" if begin else False
    organisation = organisation or any(word.lower() in NOT_PERSONS for word in words)
    roles = [title.lower() for title in titles] + _roles(sentence, begin, end)
    who = [token.low for token in sentence[end : end + 2]] == [",", "who"]
    return Name(sentence[begin].start, words, number, titles, roles, organisation, owner, who) if words else None


def _roles(sentence: Sentence, begin: int, end: int) -> list[str]:
    """The roles beside a name: "Ann Lee, head of the club,", "the club's secretary, Ann Lee," and "striker Ann Lee"."""
    roles = []
    closed = end < len(sentence) and sentence[end].low == ","
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
    if closed and before > 0 and sentence[before].low == ",":
        before -= 1
    if before >= 0 and end - begin > 1 and sentence[before].word[0].islower():
        roles.append(sentence[before].low)
    return [role for role in roles if role.isalpha() and role not in _NO_NOUN and role not in VERBS]


def _plain(word: str, words: list[str]) -> str:
    """A paragraph may open in capitals: "ANN Lee" is Ann Lee."""
    return word.title() if len(word) > 2 and word.isupper() and not all(other.isupper() for other in words) else word


def without_possessive(word: str) -> str:
    """Cut the 's: Lee's is Lee."""
    return word[:-2] if word.lower().endswith(("'s", "’s")) else word.rstrip("'’")


def split_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Cut "Prime Minister Ann Lee" into its titles and the name."""
    last = max((at for at, word in enumerate(words) if word.lower().rstrip(".") in TITLES), default=-1)
    return words[: last + 1], words[last + 1 :]


def gender_of(words: list[str]) -> str:
    """What words like "Mr", "spokeswoman" or "widow" tell: "m", "f" or nothing."""
    low = {word.lower().rstrip(".") for word in words}
    return "m" if low & MALE else "f" if low & FEMALE else ""
