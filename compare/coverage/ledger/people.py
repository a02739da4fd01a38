"""Speakers as outlets name them, by a name, an office or a descriptor, and whether two are the same person."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING

from compare.claims.around import around
from compare.language.english import speech
from compare.language.quotes.names import (
    INSIDE,
    NOT_PERSONS,
    PARTICLES,
    PEOPLE,
    by_given_name,
    called_both,
    first_name_gender,
    split_titles,
    without_possessive,
)
from compare.language.quotes.phrases import DETERMINERS, POSSESSIVES
from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.language.vectors import sentence_vectors
from compare.matching.changes.lexicon import ANYBODY, HIDDEN, LEADING, NO_OFFICE, OFFICIAL, REPORTS, ROLES, TRADE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.coverage.ledger.sayings import Saying

# Stems of nouns for people who do or hold something, and of those that apply to any office-holder.
NOUNS = ROLES | frozenset(map(stem, PEOPLE))
GENERIC = OFFICIAL | ANYBODY | LEADING

_PRONOUNS = frozenset(
    "he she they it i we you who which that this these those one some many most others both all another neither".split()
)
_CONFIDING = frozenset(map(stem, "close familiar briefed knowledge anonymity".split()))
_SAME_NAME = 80.0  # least ratio of two spellings of a name: Zelinskaya, Zelinskaja
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_MOST_WORDS = 16  # the most words of a descriptor read
# Below this probability a speaker is somebody else; merely unlikely cases stay above it.
SURELY_ANOTHER = 0.12

_SPOKESPEOPLE = frozenset(map(stem, "spokesman spokeswoman spokesperson spokesmen spokespeople".split()))
# Nouns of people who may well be the spokesperson.
_SPEAKS_FOR = _SPOKESPEOPLE | frozenset(map(stem, "communications press media relations affairs publicist".split()))
_OFFICES = frozenset(TRADE) - NO_OFFICE
_MINISTERS = frozenset(form for form, lines in TRADE.items() if TRADE[stem("minister")] & lines)
_IN_CHARGE = LEADING | _MINISTERS
_NEAR = 350  # characters around a quotation that are searched for other possible speakers
# An apposition after a name: ", chief executive of the company,".
_BEHIND = re.compile(r",? (?:who is )?((?:the |a |an )?[a-z][^,.;:()“”\"\n]{2,70})[,.]")
# A person who quotes, recalls or reads out another's words is not their source.
_RELAYING = re.compile(
    rf"\b(?:{'|'.join(sorted(speech.relaying))}|on behalf of|in the words of|"
    rf"read(?:s|ing)?\b(?=[^.]{{0,30}}\b(?:{'|'.join(sorted(speech.read_out))})))\b",
    re.IGNORECASE,
)
_RELAYED = 80  # characters beside a quotation that are searched for it
_LABEL = 80  # the most characters between a speaker with a colon and the quotation
_BEFORE = 70  # characters searched for a title or an apposition before a name
_BREAK = re.compile(r"[.;:()“”\"\n]")


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker as an outlet names it, in the words `told`.

    Its kind is `name` (of a person), `office` (a name, but not clearly a person's), `unnamed`, `text` (a post)
    or `unknown`; `names` are the folded parts of a name, `surname` is unfolded; `head` is the stem of an unnamed
    speaker's noun ("official" in "a European official in Kyiv"), and `called` are the stems of the other words.
    """

    kind: str
    names: tuple[str, ...] = ()
    head: str = ""
    called: frozenset[str] = frozenset()
    told: str = ""
    surname: str = ""

    @property
    def all_called(self) -> frozenset[str]:
        """The stems including the head."""
        return self.called | {self.head}

    @property
    def is_junior(self) -> bool:
        """Whether the name has a suffix such as Jr."""
        return self.told.lower().rstrip(".").endswith((" jr", " ii", " iii"))

    @property
    def confides(self) -> bool:
        """Whether the speaker is anonymous by choice: a source, a person close to the board."""
        return self.kind == "unnamed" and (
            self.head in HIDDEN or (self.head in ANYBODY and bool(self.called & _CONFIDING))
        )


@lru_cache(maxsize=20_000)
def read_person(called: str) -> Person:
    """Read a speaker's description, "Mr Vey" or "the officer", as a `Person`."""
    parts = called.replace("’", "'").split()[:_MOST_WORDS]
    parts = [part for part in (part.strip("\"“”,;:()'") for part in parts) if part]
    if not parts or (len(parts) == 1 and parts[0].lower() in _PRONOUNS | POSSESSIVES):
        return Person("unknown", told=called)
    parts[-1] = without_possessive(parts[-1])
    if len(parts) > 1 and all(part.isupper() for part in parts):
        parts = [part.title() for part in parts]  # from a transcript
    name = split_titles(parts)[1]
    named = next((at for at, part in enumerate(name) if part.lower() in INSIDE), len(name))
    name = name[:named]  # "Mr. Lee on Monday"
    name = [part for part in name if part.lower().rstrip(".") not in _SUFFIXES and part not in PARTICLES] or name
    if name and _is_name(name):
        surely = (len(name) > 1 or len(parts) > 1) and NOT_PERSONS.isdisjoint(part.lower() for part in name)
        surely = surely and not any(part.isupper() and len(part) > 2 for part in name)
        return Person("name" if surely else "office", tuple(map(_folded, name)), told=called, surname=name[-1])
    return _descriptor(parts, called)


def _is_name(parts: Sequence[str]) -> bool:
    if parts[0].lower() in DETERMINERS or not all(part[0].isupper() or part in PARTICLES for part in parts):
        return False
    # The first word of a sentence has a capital anyway: "Organisers said".
    low = parts[-1].lower()
    return len(parts) > 1 or not (low in PEOPLE or low.endswith("s") or stem(low) in GENERIC)


def _descriptor(parts: Sequence[str], called: str) -> Person:
    opens = True  # the first word of a sentence has a capital anyway
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
    """Whether a modifier of a noun begins here: "an official of", "a person familiar", "a diplomat briefed"."""
    return low in INSIDE or (before in NOUNS and (low == "familiar" or low.endswith(("ed", "ing"))))


def _folded(name: str) -> str:
    form = stem(name.replace("-", " "))
    return form if len(form) > 1 or form.isdecimal() else name.lower()


def alike(one: str, other: str) -> bool:
    """Whether two folded names are spellings of one."""
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


class Speakers:
    """The speakers of a story, and the descriptions of named ones in its articles.

    The probabilities of `same` are set by judgement: a table of cases with a value each, and for descriptors the cosine
    of their word vectors. They are not calibrated. They fall below `SURELY_ANOTHER` only if something distinguishes the
    two (two names, two trades, a name where another outlet's source would not give one).
    """

    def __init__(self, texts: Sequence[str], called: Iterable[str]) -> None:
        self._texts = list(texts)
        self._known: dict[tuple[str, str], float] = {}
        self._roles: dict[tuple[str, ...], frozenset[str]] = {}
        people = {read_person(one) for one in called}
        self._first_names: dict[str, set[str]] = defaultdict(set)
        for person in people:
            if person.kind == "name" and len(person.names) > 1:
                self._first_names[person.names[-1]].add(person.names[0])
        told = sorted(person.told for person in people if person.kind == "unnamed")
        self._rows = {one: row for row, one in enumerate(told)}
        self._vectors_of = sentence_vectors(told)

    def same(self, one: str, other: str) -> float:
        """Return the probability that both are one speaker: .5 if nothing indicates it, 1 for the same words."""
        if one.lower() == other.lower():
            kind = read_person(one).kind
            return 0.5 if kind == "unknown" else 0.95 if kind == "unnamed" else 1.0
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            self._known[key] = round(self._same(*map(read_person, key)), 2)
        return self._known[key]

    def _same(self, one: Person, other: Person) -> float:
        one, other = sorted((one, other), key=lambda person: person.kind)
        match one.kind, other.kind:
            case ("name", "name"):
                same = self._same_names(one, other)
            case ("office", "office"):
                same = 0.9 if one_office(one, other) else 0.25
            case ("name", "office"):
                held = self._roles_of(one) & set(other.names)
                same = 0.9 if set(other.names) & set(one.names) else 0.5 if held else 0.3
            case ("name", "unnamed"):
                same = self._holds(self._roles_of(one), other)
            case ("office", "unnamed"):
                same = 0.6 if (one.all_called | set(one.names)) & other.all_called else 0.3
            case ("unnamed", "unnamed"):
                same = self._alike(one, other)
            case _:
                same = 0.5  # "he", or "the post", which may refer to anybody
        return same

    def _same_names(self, one: Person, other: Person) -> float:
        here, there = one.names, other.names
        if not alike(here[-1], there[-1]):
            short, long = sorted((here, there), key=len)
            # A first name alone, an extra word ("NRA CEO Ann Lee"), or another order: "Li Wenhao", "Wenhao Li".
            same = 0.8 if _is_within(short, long) else 0.03
            if by_given_name(one.told) != by_given_name(other.told):
                same = max(same, 0.5)  # "Sir Ewan", "Mr Tolland"
        elif len(here) == 1 or len(there) == 1:
            same = 0.5 if self._has_namesakes(one) or self._has_namesakes(other) else 0.95
        elif self._are_two(one, other):
            same = 0.03
        elif one.is_junior != other.is_junior:
            same = 0.6  # father and son, or one with the suffix omitted
        elif alike(here[0], there[0]) or (here[0][:1] == there[0][:1] and min(len(here[0]), len(there[0])) <= 2):
            same = 0.97
        else:
            same = 0.5 if here[0][:1] == there[0][:1] else 0.2  # Will and William, Bill and William
        return same

    def _are_two(self, one: Person, other: Person) -> bool:
        """Whether first names before one surname are of two people: by gender, or because an article has both."""
        first, second = one.names[0], other.names[0]
        # "J." and "Rob" may be short for John and Robert; Paul and Paula are two people.
        short = first.startswith(second) or second.startswith(first)
        if first == second or (short and abs(len(first) - len(second)) > 1):
            return False
        genders = {first_name_gender(first), first_name_gender(second)} - {""}
        return len(genders) > 1 or any(one.told in text and other.told in text for text in self._texts)

    def _has_namesakes(self, person: Person) -> bool:
        first, *others = sorted(self._first_names[person.names[-1]]) or [""]
        return any(not alike(first, other) for other in others)

    def are_two_persons(self, one: str, other: str) -> bool:
        """Whether each is one person, and neither may be the other's organization, spokesperson or second name."""
        two = read_person(one), read_person(other)
        for here, there in (two, two[::-1]):
            told = here.told.lower().split()
            if here.kind != "name" and PEOPLE.isdisjoint(told):
                return False  # "the company", "police", "the report"
            if here.head in _SPOKESPEOPLE and (told[0] in POSSESSIVES or not here.called.isdisjoint(there.names)):
                return False
        if any(f"{person.told}, which" in text for person in two for text in self._texts):
            return False
        one_name, other_name = (person.surname for person in two)
        if not one_name or not other_name:
            return True
        # The words of X's spokesman Y are also X's.
        owned = [
            rf"\b{a}['’]s [^.;“”\"\n]{{0,40}}\b{b}\b|\b{b}(?:,[^.;“”\"\n]{{0,40}})? (?:of|for|at) (?:\w+ ){{0,3}}{a}\b"
            for a, b in permutations(map(re.escape, (one_name, other_name)))
        ]
        return not any(
            called_both(one_name, other_name, text) or any(re.search(way, text) for way in owned)
            for text in self._texts
            if one_name in text and other_name in text
        )

    def _holds(self, roles: frozenset[str], unnamed: Person) -> float:
        """Return the probability that a named person with these roles is the unnamed one."""
        if unnamed.head in roles:
            same = 0.85
        elif not roles:
            same = 0.4
        elif unnamed.confides:
            same = 0.3 if unnamed.called & roles else 0.1
        elif unnamed.head in _SPOKESPEOPLE:
            same = 0.1 if roles & _IN_CHARGE and not roles & _SPEAKS_FOR else 0.4
        elif _exclude_each_other(unnamed.all_called, roles) or (unnamed.head in NO_OFFICE and roles & _IN_CHARGE):
            same = 0.1
        else:
            same = 0.5 if unnamed.called & roles else 0.3
        return same

    def _alike(self, one: Person, other: Person) -> float:
        """Return the probability that two unnamed speakers are one: by trade, origin, noun and the other words."""
        if _exclude_each_other(one.all_called, other.all_called):
            return 0.3 if one.head == other.head and one.head not in GENERIC else 0.07
        rows = self._vectors_of[[self._rows[one.told], self._rows[other.told]]]
        cosine = max(0.0, float(rows[0] @ rows[1]))
        if one.head == other.head:
            fewer = min(len(one.called), len(other.called))
            shared = len(one.called & other.called) / fewer if fewer else 0.5
            return 0.55 + 0.15 * cosine + 0.25 * shared
        both_any = one.head in GENERIC and other.head in GENERIC
        return (0.3 if both_any else 0.15) + 0.5 * cosine

    def _roles_of(self, person: Person) -> frozenset[str]:
        """Return a person's descriptions in the story: stems of the appositions and titles beside the name."""
        if person.names not in self._roles:
            found: set[str] = set()
            for text in self._texts:
                at = text.find(person.surname)
                while at >= 0:
                    end = at + len(person.surname)
                    behind = _BEHIND.match(text, end)
                    beside = _before(text[max(0, at - _BEFORE) : at]) + (behind[1] if behind else "")
                    found.update(map(stem, words(beside)))
                    at = text.find(person.surname, end)
            roles = frozenset(found - FUNCTION_WORDS - set(person.names))
            # Without a noun for a role, words beside a name are no description: "On Monday, Ms Vey".
            self._roles[person.names] = roles if roles & NOUNS else frozenset()
        return self._roles[person.names]

    def stands_near(self, called: str, there: Saying) -> bool:
        """Whether an article mentions this speaker near a quotation, so that the quotation's own may be misread."""
        person = read_person(called)
        text = self._texts[there.article]
        near = {stem(word) for word in words(text[max(0, there.start - _NEAR) : there.end + _NEAR])}
        if person.names:
            # If two share a surname, the first name identifies the person.
            name = person.names[0 if self._has_namesakes(person) else -1]
            return any(alike(name, form) for form in near)
        return person.head in near and (not person.called or bool(person.called & near))

    def surely_speaks(self, there: Saying) -> bool:
        """Whether a quotation's speaker is named with it, or is the only possible referent of "he" before it."""
        text = around(self._texts[there.article])
        beside = text.text[max(0, there.start - _RELAYED) : there.start] + text.text[there.end : there.end + _RELAYED]
        if _RELAYING.search(beside):
            return False
        if read_person(there.speaker).kind == "unknown":
            return text.meant(there.speaker, there.start) == there.resolved
        labelled = f"{there.speaker}:" in text.text[max(0, there.start - _LABEL) : there.start]
        # The person who acts before a quotation need not be its speaker.
        return labelled or there.cue not in {"", ":"} or text.only_one(there.start) == there.resolved


def _is_within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether all parts of a name are in another, in any order; initials match whole parts."""
    rest = [part for part in short if part not in long]
    initials = [part.rstrip(".") for part in rest]
    open_parts = [part for part in long if part not in short]
    return len(rest) < len(short) and all(
        len(one) == 1 and any(part.startswith(one) for part in open_parts) for one in initials
    )


def _before(text: str) -> str:
    """Return the words right before a name: "the union's general secretary, Ilse", "Union chief Ilse"."""
    *others, last = _BREAK.split(text)[-1].split(",")
    if others and all(word[0].isupper() for word in last.split()):
        last = f"{others[-1]} {last}"
    return " ".join(last.split()[-6:]) + " "


@lru_cache(maxsize=20_000)
def _exclude_each_other(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two descriptions have different trades or offices: an army officer, an intelligence official."""
    here, there = (frozenset().union(*(TRADE[form] for form in forms & _OFFICES)) for forms in (one, other))
    return bool(here) and bool(there) and not here & there
