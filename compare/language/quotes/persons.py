"""Resolve "he", "the official" or a surname in an article to names and descriptors in its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from compare.language.english import people
from compare.language.quotes.cast import Cast, head_of
from compare.language.quotes.names import (
    INSIDE,
    NOT_PERSONS,
    PARTICLES,
    PEOPLE,
    TITLES,
    acting,
    gender_of,
    split_titles,
    without_possessive,
)
from compare.language.quotes.phrases import BE, POSSESSIVES
from compare.language.quotes.rightward import first_phrase
from compare.language.quotes.stream import QUOTE

if TYPE_CHECKING:
    from compare.language.quotes.stream import Sentence

PRONOUNS = {
    "m": frozenset("he him his himself he's he'd he'll".split()),
    "f": frozenset("she her hers herself she's she'd she'll".split()),
}  # by gender
_ARTICLES = frozenset("a an one another".split())
_DEFINITE = POSSESSIVES | {"the"}
_DESCRIBED = 4  # the most words from "the" to "minister"
_SURELY_DOERS = ("ist", "ian", "woman")  # endings that few other nouns have
_AS = BE | people.not_brought_in  # "as a fighter" introduces nobody
_REACH = 6  # sentences searched backwards for "he"
_CLOSE = 2  # sentences back in which nobody else may be meant, for certainty
_NEAR = 40  # names searched backwards
_BEFORE = 3000  # characters searched backwards for the introduction of "the official"
_WORD = re.compile(r"[^\s,()]+")


class _Spoken(NamedTuple):
    """An earlier quotation and its speaker."""

    sentence: int
    start: int
    speaker: str


class Persons:
    """Resolves mentions without a full name in an article, from the text before each."""

    def __init__(self, text: str, sentences: list[Sentence]) -> None:
        self.cast = Cast(text, sentences)
        self._text = text
        self._sentences = sentences
        self._spoken: list[_Spoken] = []
        self._mentions = sorted(
            self.cast.mentions
            + [one for number, sentence in enumerate(sentences) for one in self._brought_in_by(sentence, number)]
        )
        self._starts = [mention[0] for mention in self._mentions]
        self._others = sorted(
            one for number, sentence in enumerate(sentences) for one in self._left_unnamed(sentence, number)
        )
        self._first = {name: start for start, _, _, name in reversed(self._mentions)}

    def speakers(self, sources: list[tuple[tuple[int, int] | None, int]]) -> list[str]:
        """Return the speaker of every source, in the order of the quotations.

        Args:
            sources: the source's place in the text (or None), and its sentence's number.
        """
        named = []
        for source, sentence in sources:
            name = self._speaker(source, sentence) if source else ""
            if source and name:
                said = self._text[slice(*source)]
                house = said[:4].lower() == "the " and said[4:5].isupper()  # "the Seafarers' Alliance"
                house = house or name in self.cast.no_persons
                if " " in name and not house and all(word[0].isupper() or word in PARTICLES for word in name.split()):
                    self.cast.persons.add(name)
                self._spoken.append(_Spoken(sentence, source[0], name))
            named.append(name)
        return named

    def only_one(self, start: int, sentence: int, gender: str, besides: str = "") -> str:
        """Return the person meant by "he" or "she", if the last sentences mention only one of this gender; else "".

        Args:
            start: the place of the pronoun in the text.
            sentence: its sentence's number.
            gender: "m" or "f"; "" for any.
            besides: a person who is not meant, such as the speaker.
        """
        at = bisect_left(self._starts, start)
        near = [name for _, number, _, name in self._mentions[max(0, at - _NEAR) : at] if number >= sentence - _CLOSE]
        names = self.around(start, sentence, gender) - {besides}
        if {name for name in near if self.cast.may_be_meant(name, gender)} - names - {besides}:
            return ""
        sure = len(names) == 1 and not names & PEOPLE and not any(map(self.cast.is_body, names))
        return names.pop() if sure and any(self.cast.fits(name, gender) for name in names) else ""

    def around(self, start: int, sentence: int, gender: str, reach: int = _CLOSE) -> set[str]:
        """Return everybody of a gender mentioned in the last sentences before a place, by a name or without one."""
        at = bisect_left(self._starts, start)
        near = [mention for mention in self._mentions[max(0, at - _NEAR) : at] if mention[1] >= sentence - reach]
        names = {self.cast.called(head_of(name), name) for _, _, _, name in near if self.cast.fits(name, gender)}
        until = bisect_left(self._others, (start,))
        for _, number, noun in self._others[max(0, until - _NEAR) : until]:
            fits = not gender or gender_of([noun]) in {"", gender}
            if fits and sentence - reach <= number <= sentence:
                names.add(self.cast.called(noun, noun))
        return names

    def in_role(self, noun: str, start: int) -> str:
        """Return "the mayor" at this place, if the text has only one and gives the full name before."""
        names = list(self.cast.roles.get(noun, ()))
        name = names[0] if len(names) == 1 else ""
        return name if " " in name and self._first.get(name, start) < start and self.cast.is_whole(name) else ""

    def _brought_in_by(self, sentence: Sentence, number: int) -> list[tuple[int, int, bool, str]]:
        """Return the people introduced by a sentence without a name: "a retired teacher"."""
        found = []
        for at in [at for at, token in enumerate(sentence) if token.low in PEOPLE]:
            first = next((k for k in range(at - 1, max(at - 6, -1), -1) if sentence[k].low in _ARTICLES), None)
            if first is None or (first and sentence[first - 1].low in _AS):
                continue
            described = sentence[first:at]  # but not "a shop with his wife"
            if all(token.word[0].isalnum() and token.low not in POSSESSIVES for token in described):
                start = sentence[first].start
                found.append((start, number, False, self._text[start : sentence[at].end]))
        return found

    def _left_unnamed(self, sentence: Sentence, number: int) -> list[tuple[int, int, str]]:
        """Return mentions of "the minister" or "his wife" without a name in a sentence: the place, the noun."""
        found = []
        for at, token in enumerate(sentence[1:], 1):
            if token.low not in PEOPLE and not token.low.endswith(_SURELY_DOERS):
                continue
            # "A minister" is already a mention.
            leading = _DEFINITE if token.low in PEOPLE else _DEFINITE | _ARTICLES
            before = range(at - 1, max(at - _DESCRIBED, -1), -1)
            led = next((k for k in before if sentence[k].low in leading or sentence[k].low.endswith("'s")), None)
            if led is None or not all(one.word.isalpha() for one in sentence[led + 1 : at]):
                continue
            # "Ann Lee, the mayor", "his wife, Ann"
            beside = sentence[max(0, led - 2) : led], sentence[at + 1 : at + 3][::-1]
            apposed = any(
                len(two) > 1 and two[1].low == "," and two[0].word[0].isupper() and two[0].word != QUOTE
                for two in beside
            )
            if not apposed and not any(one.word[0].isupper() for one in sentence[led + 1 : at + 2]):
                found.append((sentence[led].start, number, token.low))
        return found

    def _speaker(self, source: tuple[int, int], sentence: int) -> str:
        said = " ".join(self._text[slice(*source)].split())
        words = _WORD.findall(said)
        if not words:
            return said
        low = [word.lower().replace("’", "'") for word in words]
        if low[0] in PRONOUNS["m"] | PRONOUNS["f"] and (len(low) == 1 or low[0] not in {"his", "her"}):
            return self._person(source[0], sentence, "m" if low[0] in PRONOUNS["m"] else "f") or said
        if len(low) == 1 and low[0] in {"they", "it"}:
            house = self._house_before(source[0], sentence) if low[0] == "it" else ""
            return house or self._several(low[0], sentence) or said
        name = self._name_in(words)
        if name:
            return name
        if low[0] == "its" and (low[-1] in PEOPLE or low[-1] in TITLES):
            return self._of_house(source[0], sentence, low) or said
        if low[0] == "the" and words[-1][0].islower():
            return self._role(source[0], low) or said
        return said

    def _name_in(self, words: list[str]) -> str:
        """Return the person at the end of a phrase: "Transport Minister Halina Orsett", "Mr Vey"."""
        words = [word.strip("'‘\"“”") for word in words]
        words[-1] = without_possessive(words[-1])
        at = len(words)
        while (
            at > 0
            and words[at - 1]
            and (words[at - 1][0].isupper() or (words[at - 1] in PARTICLES | {"&"} and at < len(words)))
        ):
            at -= 1
        before, run = [word.lower() for word in words[:at]], words[at:]
        titles, name = split_titles(run)
        if not name or run[0].lower() == "the" or set(before) & (INSIDE | {"and"}):
            return ""
        if any(word.lower() in NOT_PERSONS for word in name):
            return ""
        whole = self.cast.whole(" ".join(name), gender_of(titles))
        # "Mr Lee" is kept if no first name is known, or more than one.
        return " ".join([titles[-1], whole]) if titles and not before and " " not in whole else whole

    def _person(self, start: int, sentence: int, gender: str) -> str:
        """Return the person meant by "he" or "she": in this sentence, or the subject of the last one with a person.

        Return "" if two are possible, or if somebody mentioned in between is possible.
        """
        at = bisect_left(self._starts, start)
        near = [mention for mention in self._mentions[max(0, at - _NEAR) : at] if mention[1] > sentence - _REACH]
        near += [
            (one.start, one.sentence, False, one.speaker)
            for one in self._spoken[-_NEAR:]
            if one.sentence > sentence - _REACH and one.start < start
        ]
        # "Benjamin said he believes": the speaker of this sentence, or of the one before, is a person.
        speaking = {
            one.speaker for one in self._spoken[-_NEAR:] if one.sentence >= sentence - 1 and one.start < start
        } - self.cast.no_persons
        doubtful = False
        for number in range(sentence, max(sentence - _REACH, -1), -1):
            # In the order of the sentence, with mere owners last.
            here = [one[3] for one in sorted(near, key=lambda one: (one[2], one[0])) if one[1] == number]
            if number < sentence:
                subject, several = self._subject(number, gender)
                if subject or several:
                    proven = self.cast.fits(subject, gender)
                    spoke = self._others_spoke(subject, number, gender)
                    return "" if several or (not proven and (doubtful or spoke)) else subject
            sure = [
                name
                for name in here
                if self.cast.fits(name, gender) or (name in speaking and self.cast.may_fit(name, gender))
            ]
            if sure:
                unnamed = head_of(sure[0]) in PEOPLE
                rivals = {name for name in here if self.cast.may_be_meant(name, gender)} - set(sure)
                # "A man of 40" is the speaker only if nobody with a name may be.
                return "" if unnamed and (doubtful or rivals) else sure[0]
            may_be = list(dict.fromkeys(name for name in here if self.cast.may_be_meant(name, gender)))
            doubtful = doubtful or bool(may_be)
        return ""

    def _subject(self, number: int, gender: str) -> tuple[str, bool]:
        """Return the subject of a sentence if "he" or "she" may mean it, and whether there are several."""
        sentence = self._sentences[number]
        span = acting(sentence)
        if span is None:
            return "", False
        unnamed = self._unnamed(sentence, span, gender)
        if unnamed:
            return unnamed, False
        begin, end = (
            bisect_left(self._starts, place) for place in (sentence[span[0]].start, sentence[span[1] - 1].end)
        )
        names = list(dict.fromkeys(one[3] for one in self._mentions[begin:end] if not one[2]))
        fitting = [name for name in names if self.cast.may_be_meant(name, gender) or self.cast.fits(name, gender)]
        words = [token.low for token in sentence[span[0] : span[1] + 1]]
        # "Joris Veen and Wout Lohn were there": "she" may be either, unless the text shows which.
        told = [name for name in fitting if self.cast.genders.get(name) == gender]
        if fitting and "and" in words and len(told) != 1:
            return "", True
        return (told or fitting or [""])[0], False

    def _others_spoke(self, subject: str, number: int, gender: str) -> bool:
        """Whether another person who may be "he" has just been quoted, in this sentence or the one before."""
        others = {one.speaker for one in self._spoken[-_NEAR:] if one.sentence >= number - 1} - {subject}
        return any(
            self.cast.fits(name, gender) or self.cast.may_fit(name, gender) for name in others - self.cast.no_persons
        )

    def _unnamed(self, sentence: Sentence, span: tuple[int, int], gender: str) -> str:
        """Return an unnamed subject: "The judge sent Rudi Lohn to prison", but not "His lawyer Wim Kerr spoke"."""
        first = sentence[span[0]]
        at = next((at for at in range(*span) if sentence[at].low in PEOPLE), len(sentence))
        named = any(token.word[0].isupper() for token in sentence[span[0] + 1 : at + 2])
        # "The head of the club, Ann Lee, spoke"
        apposed = sentence[span[1] : span[1] + 2]
        named = named or (len(apposed) > 1 and apposed[0].low == "," and apposed[1].word[0].isupper())
        if first.low not in _DEFINITE or named or at == len(sentence):
            return ""
        if gender_of([sentence[at].low]) not in {"", gender}:
            return ""
        said = self._text[first.start : sentence[at].end]
        return (self._role(first.start, said.lower().split()) if first.low == "the" else "") or said

    def _of_house(self, start: int, sentence: int, low: list[str]) -> str:
        """Resolve "its chair": to the holder of that role in the text, or to "the Anglers' Society's chair"."""
        held = list(self.cast.roles.get(low[-1], ()))
        if len(held) == 1:
            return held[0]
        for number in range(sentence, max(sentence - _CLOSE - 1, -1), -1):
            tokens = self._sentences[number]
            span = first_phrase(tokens)
            if span is None or tokens[span[0]].start >= start or tokens[span[1] - 1].end > start:
                continue
            last = tokens[span[1] - 1]
            house = self._text[tokens[span[0]].start : last.end]
            bare = " ".join(without_possessive(word) for word in house.split())
            if last.word[0].isupper() and last.word != QUOTE and not self.cast.is_person(bare):
                house = re.sub(r"^The\b", "the", house)
                return f"{house}{'’' if house.endswith('s') else '’s'} {' '.join(low[1:])}"
        return ""

    def _house_before(self, start: int, sentence: int) -> str:
        """Resolve "it" if the sentence before begins with a name that is not a person's: "Irisight was no party."."""
        at = bisect_left(self._starts, start)
        before = [mention for mention in self._mentions[max(0, at - _NEAR) : at] if mention[1] == sentence - 1]
        name = before[0][3] if before and not before[0][2] else ""
        person = name in self.cast.persons or name in self.cast.genders
        return name if name[:1].isupper() and " " not in name and not person else ""

    def _several(self, low: str, sentence: int) -> str:
        """Resolve "they" or "it": to the last speaker that is several people, or an organisation."""
        for one in reversed(self._spoken[-_REACH:]):
            if one.sentence < sentence - _REACH // 2:
                break
            last = one.speaker.split()[-1].lower()
            person = one.speaker in self.cast.persons | self.cast.genders.keys() or gender_of(one.speaker.split())
            organisation = last in NOT_PERSONS and not last.endswith("s")
            if not person and ((low == "they" and last.endswith("s")) or (low == "it" and organisation)):
                return one.speaker
        return ""

    def _role(self, start: int, low: list[str]) -> str:
        """Resolve "the minister": to the person with that title, or to a fuller descriptor before."""
        end = next((at for at, word in enumerate(low) if word in INSIDE), len(low))
        head = low[end - 1]
        if head in NOT_PERSONS:
            return ""
        named = self.cast.called(head, "") if end == len(low) else ""
        if named:
            return named
        for one in reversed(self._spoken[-_NEAR:]):
            fuller = len(one.speaker.split()) >= len(low) and one.speaker.lower() != " ".join(low)
            if one.start < start and fuller and head_of(one.speaker) == head:
                return one.speaker
        return self._descriptor(start, head) if end == len(low) and head.isalpha() else ""

    def _descriptor(self, start: int, head: str) -> str:
        """Return the descriptor by which the text introduced somebody: "a European intelligence official"."""
        before = self._text[max(0, start - _BEFORE) : start]
        if f" {head}" not in before:
            return ""
        found = re.findall(
            rf"\b((?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w’'-]+ ){{0,5}}?{head}\b"
            r"(?: (?:of|for|at|in|from) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,4})?)",
            before,
        )
        return found[-1] if found and len(found[-1].split()) > 2 else ""
