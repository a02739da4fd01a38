"""The cast of an article: full names and what the text says about each, as a basis for resolving "he"."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from compare.language.english import people
from compare.language.quotes.names import (
    INSIDE,
    NOT_PERSONS,
    PARTICLES,
    PEOPLE,
    Name,
    first_name_gender,
    gender_of,
    names_in,
)
from compare.language.quotes.phrases import DETERMINERS

if TYPE_CHECKING:
    from compare.language.quotes.stream import Sentence

_NO_PERSON = NOT_PERSONS | people.nothing_said | people.others
_DOERS = ("er", "or", "ist", "ian", "man", "woman")  # endings of nouns for people by what they do
_NAMESAKES = 12  # more people than this with one surname are not distinguished
_NEARBY = 4  # words after a name in which "its" shows that it is not a person's
_LONGEST_NAME = 4  # words of a person's name
_PLACED = frozenset("in at near outside around".split())


class Cast:
    """What an article says about the names in it: full names, offices and gender, and which are not persons."""

    def __init__(self, text: str, sentences: list[Sentence]) -> None:
        self.genders: dict[str, str] = {}
        self.roles: dict[str, dict[str, None]] = defaultdict(dict)  # "minister" -> names
        self.persons: set[str] = set()  # names with evidence of a person
        self.no_persons: set[str] = set()  # names of places and firms
        self._text = text
        self._full: dict[str, dict[str, None]] = defaultdict(dict)  # surname or first name, lower case -> full names
        self._are_whole: dict[str, bool] = {}  # full names
        self._bodies: dict[str, bool] = {}  # name -> whether it is an organization's
        names = [
            name
            for number, sentence in enumerate(sentences)
            for name in names_in(sentence, number)
            if not name.organisation
        ]
        for name in names:
            self._learn(name)
        self._note_places(names, sentences)
        # Start, sentence number, whether only an owner, and name of each mention.
        self.mentions = [(name.start, name.sentence, name.owner, self._place(name)) for name in names]
        self.no_persons -= self.persons

    def is_body(self, name: str) -> bool:
        """Whether a name's words, or the text's grammar, indicate a club, a firm or another organization."""
        if name not in self._bodies:
            called = re.escape(name)
            spoken_of = re.search(rf"\b[Tt]he {called}\b|\b{called} (?:are|were|have)\b", self._text)
            self._bodies[name] = not NOT_PERSONS.isdisjoint(name.lower().split()) or spoken_of is not None
        return self._bodies[name]

    def is_known(self, name: str) -> bool:
        """Whether the article or the name itself shows the person's gender."""
        return name in self.genders or bool(gender_of(name.split()))

    def is_person(self, name: str) -> bool:
        """Whether there is evidence that a name is a person's; a firm's name may be mistaken for one."""
        return name in self.persons or any(name in names for names in self.roles.values()) or self.is_known(name)

    def is_called(self, name: str) -> bool:
        """Whether a name, or its last part alone, is that of a person by title, first name or office."""
        whole = self.whole(name)
        return self.is_known(whole) or any(whole in self.roles[role] for role in PEOPLE & self.roles.keys())

    def is_whole(self, name: str) -> bool:
        """Whether this is certainly not a surname after the first word of a sentence: "Plus Lee"."""
        if name not in self._are_whole:
            known = first_name_gender(name.split(maxsplit=1)[0])
            self._are_whole[name] = bool(known or re.search(rf"[a-z,;] {re.escape(name)}\b", self._text))
        return self._are_whole[name]

    def called(self, noun: str, name: str) -> str:
        """Return the only name that the article gives the noun, as in "Ann Lee, a doctor"; otherwise `name`."""
        named = list(self.roles.get(noun, ()))
        return named[0] if len(named) == 1 else name

    def _learn(self, name: Name) -> None:
        """Index a full name by its first and last part, with its gender."""
        if len(name.words) < 2:
            return
        full = " ".join(name.words)
        parts = [part.lower() for part in name.words if part.lower() not in people.suffixes] or [full.lower()]
        self._full[parts[-1]][full] = None
        self._full[parts[0]][full] = None
        gender = name.gender or first_name_gender(parts[0])
        if gender:
            self.genders.setdefault(full, gender)

    def _note_places(self, names: list[Name], sentences: list[Sentence]) -> None:
        """Mark names that are not persons': "in Lower Marl", "the water company Ostra Marl", "Ostra Marl, which"."""
        places = {token.start: at for sentence in sentences for at, token in enumerate(sentence)}
        for name in names:
            called = self.whole(" ".join(name.words), name.gender)
            if called.count(" ") >= len(name.words):
                continue  # "interest in Lee", if Lee is Ann Lee
            sentence, at = sentences[name.sentence], places[name.start]
            after = [token.low for token in sentence[at + len(name.words) : at + len(name.words) + _NEARBY]]
            own = after.index("its") if "its" in after else _NEARBY  # "Corder Lead has closed its shaft"
            thing = after[:2] == [",", "which"] or (own < _NEARBY and DETERMINERS.isdisjoint(after[:own]))
            thing = thing or name.words[0].lower() in people.place_beginnings
            thing = thing or name.words[-1].lower() in people.firm_endings
            placed = len(name.words) > 1 and sentence[at - 1].low in _PLACED and at > 0 and not name.titles
            if placed or thing or not NOT_PERSONS.isdisjoint(name.roles):
                self.no_persons.add(called)

    def _place(self, name: Name) -> str:
        """Return the full name of a mention, and record what the mention says about the person."""
        short = " ".join(name.words)
        full = self.whole(short, name.gender)
        if name.gender:
            self.genders[full] = name.gender
        known = name.who or name.titles or full in self.genders
        trade = " " in full and any(role in PEOPLE or role.endswith(_DOERS) for role in name.roles)
        if full in self.no_persons and not (known or trade):
            return full
        if known or trade or full != short or short.lower() in self._full:
            self.persons.add(full)
        for role in name.roles:
            self.roles[role][full] = None
        return full

    def whole(self, name: str, gender: str = "") -> str:
        """Return the full name for a surname or first name, if only one is possible."""
        fulls = list(self._full.get(name.rsplit(maxsplit=1)[-1].lower(), ()))
        if len(fulls) > _NAMESAKES:
            return name
        if " " in name:
            fulls = [full for full in fulls if _same(name, full)]
        elif gender:
            fulls = [full for full in fulls if self.genders.get(full, gender) == gender]
        longest = [full for full in fulls if not any(full != other and _same(full, other) for other in fulls)]
        return longest[0] if len(longest) == 1 else name

    def may_be_meant(self, name: str, gender: str) -> bool:
        """Whether a name of two words or more may be a person's of this gender, without evidence against it."""
        other = bool(gender) and self.genders.get(name, gender) != gender
        if name in self.no_persons or not name[:1].isupper() or other:
            return False
        words = name.split()
        return 1 < len(words) <= _LONGEST_NAME and all(word.istitle() or word in PARTICLES for word in words)

    def fits(self, name: str, gender: str) -> bool:
        """Whether a name or descriptor is certainly a person's, and of this gender if one is given."""
        known = self.genders.get(name) or gender_of(name.split())
        if known:
            return gender in {"", known}
        head = head_of(name)
        return name in self.persons or head in PEOPLE or (head.endswith(_DOERS) and head not in _NO_PERSON)

    def may_fit(self, name: str, gender: str) -> bool:
        """Whether a single name may be a person's of this gender, without evidence against it."""
        word = name.lower()
        single = name.istitle() and " " not in word and not word.endswith("s")
        return single and word not in _NO_PERSON and self.genders.get(name, gender) == gender


def head_of(name: str) -> str:
    """Return the noun of a descriptor: "official" in "a European official in Kyiv"; "" for a name."""
    low = name.lower().split()
    if not low or (name[0].isupper() and low[0] not in DETERMINERS):
        return ""
    end = next((at for at, word in enumerate(low) if word in INSIDE), len(low))
    return low[end - 1] if end else ""


def _same(short: str, full: str) -> bool:
    """Whether a name may be a shorter form of a full one: "Ann Lee" of "Ann B. Lee"."""
    parts, whole = short.lower().split(), full.lower().split()
    return parts[-1] == whole[-1] and parts[0] == whole[0] and len(parts) <= len(whole)
