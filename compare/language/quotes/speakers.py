"""Whom an article means by "he", "the official" or a surname: names and descriptors within one text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from compare.language.quotes.names import FEMALE, MALE, NOT_PERSONS, TITLES, first_name_gender
from compare.language.quotes.phrases import DETERMINERS, POSSESSIVES
from compare.language.quotes.stream import QUOTE

if TYPE_CHECKING:
    from compare.language.quotes.stream import Sentence

_HE = frozenset("he him his himself he's he'd he'll".split())
_SHE = frozenset("she her hers herself she's she'd she'll".split())
_PARTICLES = frozenset("de van von der den bin al el la le du da di ibn dos del ten ter af".split())
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())
_INSIDE = frozenset("of for at from with in on to near inside among within close who that".split())
_NOBODY = frozenset("they it i we who he she you which that people police document article story ad video".split())
_NAMESAKES = 12  # more people of one surname than this are not told apart
_REACH = 6  # sentences back in which "he" is looked for
_WORD = re.compile(r"[^\s,()]+")


class Mention(NamedTuple):
    """Somebody is named here: offset, the name, the sentence's number, the gender if it is known."""

    start: int
    name: str
    sentence: int
    gender: str


class Cast:
    """The people of an article."""

    def __init__(self, text: str, sentences: list[Sentence]) -> None:
        self._text = text
        self._mentions: list[Mention] = []
        self._full: dict[str, dict[str, None]] = defaultdict(dict)  # a surname or first name, small -> full names
        self._roles: dict[str, dict[str, None]] = defaultdict(dict)  # "minister" -> full names
        self._genders: dict[str, str] = {}
        self._persons: set[str] = set()  # names that something shows to be a person's
        runs = [run for number, sentence in enumerate(sentences) for run in _runs(sentence, number)]
        for run in runs:
            self._learn(run)
        self._place(runs)
        self._starts = [mention.start for mention in self._mentions]

    def speakers(self, sources: list[tuple[tuple[int, int] | None, int]]) -> list[str]:
        """Name the speaker of every source, in the text's order of the quotations.

        Args:
            sources: where the source stands in the text (or none), and its sentence's number.
        """
        spoken: list[tuple[int, int, str]] = []  # sentence, start, speaker
        named = []
        for source, sentence in sources:
            name = self._speaker(source, sentence, spoken) if source else ""
            if source and name:
                spoken.append((sentence, source[0], name))
            named.append(name)
        return named

    def _learn(self, run: _Run) -> None:
        """Keep a full name with its surname, its roles and its gender."""
        if len(run.name) > 1 and not run.organisation:
            name = " ".join(run.name)
            parts = [part for part in run.name if part.lower() not in _SUFFIXES]
            for key in {parts[-1].lower(), parts[0].lower()}:
                self._full[key][name] = None
            gender = run.gender or first_name_gender(parts[0])
            if gender:
                self._genders.setdefault(name, gender)
            for role in run.roles:
                self._roles[role][name] = None

    def _place(self, runs: list[_Run]) -> None:
        for run in runs:
            if run.organisation or not run.name:
                continue
            name = self._whole(" ".join(run.name), run.gender)
            if run.titled or run.roles or name in self._genders or name != " ".join(run.name):
                self._persons.add(name)
            known = len(name.split()) > 1 or run.gender or run.titled
            if known and (len(run.name) > 1 or run.titled or name != run.name[0]):
                if run.gender:
                    self._genders.setdefault(name, run.gender)
                    self._genders[name] = run.gender
                self._mentions.append(Mention(run.start, name, run.sentence, ""))
                for role in run.roles:
                    self._roles[role][name] = None

    def _whole(self, name: str, gender: str = "") -> str:
        """The full name that a surname or first name stands for, if only one can be meant."""
        fulls = list(self._full.get(name.split()[-1].lower(), ()))
        if len(fulls) > _NAMESAKES:
            return name
        if " " in name:
            fulls = [full for full in fulls if _same(name, full)]
        elif gender:
            fulls = [full for full in fulls if self._genders.get(full, gender) == gender]
        longest = [full for full in fulls if not any(full != other and _same(full, other) for other in fulls)]
        return longest[0] if len(longest) == 1 else name

    def _speaker(self, source: tuple[int, int], sentence: int, spoken: list[tuple[int, int, str]]) -> str:
        said = self._text[slice(*source)]
        words = _WORD.findall(said)
        if not words:
            return said.strip()
        low = [word.lower().replace("’", "'") for word in words]
        if low[0] in _HE or low[0] in _SHE:
            gender = "m" if low[0] in _HE else "f"
            return self._person(source[0], sentence, gender, spoken) or said
        if len(low) == 1 and low[0] in {"they", "it", "who", "which", "we", "i", "that", "one"}:
            return self._other(low[0], sentence, spoken) or said
        name = self._name_in(words)
        if name:
            return name
        if low[0] == "the" and words[-1][0].islower():
            return self._role(source[0], low, spoken) or said
        return " ".join(said.split())

    def _name_in(self, words: list[str]) -> str:
        """The name at the end of a phrase: "Transport Minister Halina Orsett", "Mr Vey"."""
        bare = [word.strip("'’‘\"“”") for word in words]
        if bare[-1].lower().endswith(("'s", "’s")):
            bare[-1] = bare[-1][:-2]
            if len(bare) > 4:
                return ""
        at = len(bare)
        while (
            at > 0
            and bare[at - 1]
            and (bare[at - 1][0].isupper() or (bare[at - 1].lower() in _PARTICLES and at < len(bare)))
        ):
            at -= 1
        run = bare[at:]
        if not run or (at > 0 and bare[at - 1].lower() in _INSIDE | {"and"}):
            return ""
        if any(word.lower() in _INSIDE for word in bare[:at]) or "and" in bare:
            return ""
        before, name = _split_titles(run)
        if not name or (name[-1].lower() in NOT_PERSONS) or run[0].lower() in {"the"}:
            return ""
        gender = _title_gender(before)
        whole = self._whole(" ".join(name), gender)
        return whole if before == [] or " " in whole or at > 0 else " ".join([*before[-1:], whole])

    def _person(self, start: int, sentence: int, gender: str, spoken: list[tuple[int, int, str]]) -> str:
        """Whom "he" or "she" means: the subject of this sentence, or of the last one that names a person."""
        at = bisect_right(self._starts, start - 1)
        for number in range(sentence, sentence - _REACH, -1):
            here: list[tuple[int, str]] = [
                (where, name) for line, where, name in spoken[-8:] if line == number and where < start
            ]
            for mention in reversed(self._mentions[max(0, at - 40) : at]):
                if mention.sentence == number:
                    here.append((mention.start, mention.name))
                elif mention.sentence < number:
                    break
            for _, name in sorted(here):
                if self._fits(name, gender):
                    return name
        return ""

    def _fits(self, name: str, gender: str) -> bool:
        known = self._genders.get(name) or _descriptor_gender(name)
        if known:
            return known == gender
        if name in self._persons:
            return True
        head = _head(name)
        return bool(head) and head not in NOT_PERSONS | _NOBODY and not head.endswith("s")

    def _other(self, low: str, sentence: int, spoken: list[tuple[int, int, str]]) -> str:
        """Whom "they" or "it" means: the last speaker who is several people, or an organisation."""
        if low not in {"they", "it"}:
            return ""
        for line, _, name in reversed(spoken[-6:]):
            if line < sentence - 3:
                break
            person = name in self._genders or _descriptor_gender(name)
            plural = name.split()[-1].lower().endswith("s") and not person
            if (low == "they" and plural) or (
                low == "it" and not plural and not person and name.split()[-1].lower() in NOT_PERSONS
            ):
                return name
        return ""

    def _role(self, start: int, low: list[str], spoken: list[tuple[int, int, str]]) -> str:
        """Whom "the minister" means: who has that title, or the fuller descriptor given before."""
        end = next((at for at, word in enumerate(low) if word in _INSIDE), len(low))
        head = low[end - 1]
        if head in NOT_PERSONS:
            return ""
        named = list(self._roles.get(head, ()))
        if len(named) == 1 and end == len(low):
            return named[0]
        for _, where, name in reversed(spoken):
            if where < start and _head(name) == head and len(name.split()) > end - 1 and name.lower() != " ".join(low):
                return name
        if end < len(low):
            return ""
        return self._introduced(start, head)

    def _introduced(self, start: int, head: str) -> str:
        """The descriptor with which the text brought somebody in: "a European intelligence official"."""
        if not head.isalpha():
            return ""
        before = self._text[max(0, start - 3000) : start]
        found = re.findall(
            rf"\b((?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w’'-]+ ){{0,5}}?{head}\b(?: (?:of|for|at|in|from|close to) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,4}})?)",
            before,
        )
        return found[-1] if found and len(found[-1].split()) > 2 else ""


class _Run(NamedTuple):
    """Capitalised words in a row."""

    start: int
    name: list[str]
    sentence: int
    gender: str
    titled: bool
    organisation: bool
    roles: list[str]


def _runs(sentence: Sentence, number: int) -> list[_Run]:
    found = []
    at = 0
    while at < len(sentence):
        if not _capital(sentence, at):
            at += 1
            continue
        end = at
        while end < len(sentence) and (
            _capital(sentence, end)
            or (sentence[end].low in _PARTICLES and end + 1 < len(sentence) and sentence[end + 1].word[0].isupper())
        ):
            possessive = sentence[end].low.endswith(("'s", "s'"))
            end += 1
            if possessive:
                break
        words = [token.word for token in sentence[at:end]]
        begin = at
        if words[0].lower() in _NOT_NAMES and (at == 0 or len(words) == 1):
            words, begin = words[1:], at + 1
        if words:
            if words[-1].lower().endswith(("'s", "’s")):
                words[-1] = words[-1][:-2]
            titles, name = _split_titles(words)
            organisation = (
                any(word.lower() in NOT_PERSONS for word in name) or sentence[begin - 1].low == "the"
                if begin
                else any(word.lower() in NOT_PERSONS for word in name)
            )
            roles = [word.lower() for word in titles] + _roles_around(sentence, begin, end)
            found.append(
                _Run(sentence[begin].start, name, number, _title_gender(titles), bool(titles), organisation, roles)
            )
        at = end
    return found


def _capital(sentence: Sentence, at: int) -> bool:
    word = sentence[at].word
    return word != QUOTE and word[0].isupper()


_NOT_NAMES = frozenset(
    """the a an and but in on at for with from to of by as if when while after before since although though because it he
    she they we i you this that these those his her their its our my your there here what who why how where which so
    yet still also then now not no yes one two three some many most all both each every any another other last next
    earlier later meanwhile however asked according despite under over during among between about like even just only
    instead once until unless nor or is are was were do does did has have had will would can could may might monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december""".split()
)


def _roles_around(sentence: Sentence, begin: int, end: int) -> list[str]:
    """The roles an apposition gives: "Ann Lee, head of the club," and "the club's secretary, Ann Lee"."""
    roles = []
    at = end
    if at + 1 < len(sentence) and sentence[at].low == ",":
        phrase = []
        for token in sentence[at + 1 : at + 9]:
            if (
                not token.word[0].isalnum()
                or token.low in _INSIDE
                or token.low in {"and", "who", "said", "says", "told"}
            ):
                break
            phrase.append(token.low)
        if (
            phrase
            and (phrase[0] in DETERMINERS or sentence[at + 1].word[0].islower())
            and phrase[-1].isalpha()
            and sentence[at + 1].low not in {"who", "which", "and", "but"}
        ):
            roles.append(phrase[-1])
    before = sentence[begin - 1] if begin else None
    if (
        before
        and before.word[0].islower()
        and before.low.isalpha()
        and before.low not in _INSIDE | DETERMINERS | POSSESSIVES
    ):
        roles.append(before.low)
    elif (
        before
        and before.low == ","
        and begin > 1
        and end < len(sentence)
        and sentence[end].low == ","
        and sentence[begin - 2].low.isalpha()
        and sentence[begin - 2].word[0].islower()
    ):
        roles.append(sentence[begin - 2].low)
    return roles


def _split_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """Cut "Prime Minister Ann Lee" into titles and name."""
    last = max((at for at, word in enumerate(words) if word.lower().rstrip(".") in TITLES), default=-1)
    return words[: last + 1], words[last + 1 :]


def _title_gender(titles: list[str]) -> str:
    low = {title.lower().rstrip(".") for title in titles}
    return "m" if low & MALE else "f" if low & FEMALE else ""


def _descriptor_gender(name: str) -> str:
    low = set(name.lower().replace("’", "'").split())
    return "m" if low & MALE else "f" if low & FEMALE else ""


def _head(name: str) -> str:
    """The noun that a descriptor is about: "official" in "a European official in Kyiv"."""
    low = name.lower().split()
    if name[0].isupper() and low[0] not in DETERMINERS:
        return ""
    end = next((at for at, word in enumerate(low) if word in _INSIDE), len(low))
    return low[end - 1] if end else ""


def _same(short: str, full: str) -> bool:
    """Whether a name can be a shorter form of a full one: "Ann Lee" of "Ann B. Lee"."""
    parts, whole = short.lower().split(), full.lower().split()
    return parts[-1] == whole[-1] and parts[0] == whole[0] and len(parts) <= len(whole)
