"""A speaker as an outlet calls it: a name, an office, a descriptor, or a text that somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.language.quotes.names import INSIDE, NOT_PERSONS, PARTICLES, PEOPLE, split_titles, without_possessive
from compare.language.quotes.phrases import DETERMINERS, POSSESSIVES
from compare.language.tokens import FUNCTION_WORDS, stem
from compare.matching.changes.lexicon import ANYBODY, HIDDEN, LEADING, OFFICIAL, REPORTS, ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

# Stems of nouns for whoever does or holds something, and of those that may be anybody who holds an office.
NOUNS = ROLES | frozenset(map(stem, PEOPLE))
GENERIC = OFFICIAL | ANYBODY | LEADING

_PRONOUNS = frozenset(
    "he she they it i we you who which that this these those one some many most others both all another neither".split()
)
_CONFIDING = frozenset(map(stem, "close familiar briefed knowledge anonymity".split()))
_SAME_NAME = 80.0  # least ratio of two spellings of a name: Zelinskaya, Zelinskaja
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_MOST_WORDS = 16  # of a descriptor


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker as an outlet calls it.

    Attributes:
        kind: `name` (of a person), `office` (a name, but not clearly a person's), `unnamed`, `text` (a post, a
            report) or `unknown`.
        names: the folded parts of a name, in order.
        head: stem of an unnamed speaker's noun: "official" in "a European official in Kyiv".
        called: stems of all else that it is called.
        told: the words themselves.
        surname: as it is written.
    """

    kind: str
    names: tuple[str, ...] = ()
    head: str = ""
    called: frozenset[str] = frozenset()
    told: str = ""
    surname: str = ""

    @property
    def all_called(self) -> frozenset[str]:
        """The head too."""
        return self.called | {self.head}

    @property
    def is_junior(self) -> bool:
        """Whether the name has the suffix of a son."""
        return self.told.lower().rstrip(".").endswith((" jr", " ii", " iii"))

    @property
    def confides(self) -> bool:
        """Whether it is one who would not be named: a source, a person close to the board."""
        return self.kind == "unnamed" and (
            self.head in HIDDEN or (self.head in ANYBODY and bool(self.called & _CONFIDING))
        )


@lru_cache(maxsize=20_000)
def read_person(called: str) -> Person:
    """Read what a speaker is called, "Mr Vey" or "the officer", as a `Person`."""
    parts = called.replace("’", "'").split()[:_MOST_WORDS]
    parts = [part for part in (part.strip("\"“”,;:()'") for part in parts) if part]
    if not parts or (len(parts) == 1 and parts[0].lower() in _PRONOUNS | POSSESSIVES):
        return Person("unknown", told=called)
    parts[-1] = without_possessive(parts[-1])
    if len(parts) > 1 and all(part.isupper() for part in parts):
        parts = [part.title() for part in parts]  # of a transcript
    name = split_titles(parts)[1]
    named = next((at for at, part in enumerate(name) if part.lower() in INSIDE), len(name))
    name = name[:named]  # "Mr. Lee on Monday"
    name = [part for part in name if part.lower().rstrip(".") not in _SUFFIXES] or name
    if name and _is_name(name):
        surely = (len(name) > 1 or len(parts) > 1) and NOT_PERSONS.isdisjoint(part.lower() for part in name)
        surely = surely and not any(part.isupper() and len(part) > 2 for part in name)
        return Person("name" if surely else "office", tuple(map(_folded, name)), told=called, surname=name[-1])
    return _descriptor(parts, called)


def _is_name(parts: Sequence[str]) -> bool:
    if parts[0].lower() in DETERMINERS or not all(part[0].isupper() or part in PARTICLES for part in parts):
        return False
    # What opens a sentence has a capital anyway: "Organisers said".
    low = parts[-1].lower()
    return len(parts) > 1 or not (low in PEOPLE or low.endswith("s") or stem(low) in GENERIC)


def _descriptor(parts: Sequence[str], called: str) -> Person:
    opens = True  # what opens a sentence has a capital anyway
    while parts and parts[0].lower() in DETERMINERS | POSSESSIVES:
        parts, opens = parts[1:], False
    if not parts or parts[0].lower() in INSIDE:
        return Person("unknown", told=called)
    forms = [stem(part) for part in parts]
    end = next((at for at in range(1, len(parts)) if _ends_noun(parts[at].lower(), forms[at - 1])), len(parts))
    head = forms[end - 1]
    rest = frozenset(
        form for at, form in enumerate(forms) if at != end - 1 and form not in FUNCTION_WORDS and parts[at][0].isalnum()
    )
    if head in REPORTS:
        kind = "text"
    elif parts[end - 1][0].isupper() and not (opens and end == 1):
        kind = "office"
    else:
        kind = "unnamed"
    names = tuple(_folded(part) for part in parts if part[0].isupper()) if kind == "office" else ()
    return Person(kind, names, head, rest, called)


def _ends_noun(low: str, before: str) -> bool:
    """Whether what tells more of somebody begins here: "an official of", "a person familiar", "a diplomat briefed"."""
    return low in INSIDE or (before in NOUNS and (low == "familiar" or low.endswith(("ed", "ing"))))


def _folded(name: str) -> str:
    form = stem(name.replace("-", " "))
    return form if len(form) > 1 or form.isdecimal() else name.lower()


def alike(one: str, other: str) -> bool:
    """Whether two folded names are one in two spellings."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(one, other) >= _SAME_NAME


def one_office(one: Person, other: Person) -> bool:
    """Whether two offices share a word of their names, or one is the other's initials: G7, Group of Seven."""
    here, there = one.names, other.names
    if set(here) & set(there):
        return True
    return ("".join(part[0] for part in here),) == there or here == ("".join(part[0] for part in there),)
