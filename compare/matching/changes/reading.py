"""A passage as read by the finders of changes, the marks in it, and two passages side by side.

Marks are the small words that change a passage's meaning but not its subject: "All of the hostages have been
freed" and "Some of the hostages have been freed" differ in one mark.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from compare.language.english import changes as english
from compare.language.english import opposites
from compare.language.quantities import quantities
from compare.language.remembering import remembered
from compare.language.tokens import FUNCTION_WORDS, IRREGULAR, is_number, stem
from compare.matching.changes.sources import Source, find_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from compare.language.amounts import Quantity

Found = TypeVar("Found")
Holder = TypeVar("Holder", "Reading", "Pair")

_LONGEST_OBJECT = 3  # words after its article
_LONGEST = 20_000  # characters that are read; no sentence is longer
_MOST_WORDS = 400  # a longer passage is a table or a broken page
_TOKEN = re.compile(
    r"(?P<dotted>(?:[A-Z]\.){2,})|(?P<word>\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<open>[“„«])|(?P<close>[”»])|(?P<straight>\")|(?P<stop>[.;:!?()…]|—|–|--)|(?P<comma>,)"
)
_HYPHENATED = re.compile(r"\bcease-fire", re.IGNORECASE)
_CONTRACTED = re.compile(r"(\w+)['’](?:re|ve|ll|d|m)$", re.IGNORECASE)
TITLES = english.titles
SAYING = english.saying  # stems
_LIGHT = FUNCTION_WORDS | english.light

_LANDS = {form: land for land, forms in english["lands"].items() for form in (land, *forms.split())}
COUNTRIES = frozenset(map(stem, _LANDS.values()))
_SPELLINGS = _LANDS | english["spellings"]
_NOT_STEMMED: dict[str, str] = english["not_stemmed"]


class Reading:
    """A passage as tokens; all lists run over its words.

    Attributes:
        low: lower case, straight apostrophes; "isn't" is two words.
        stems: as compared; a verb of several words has the stem of a one-word synonym, at its first word.
        joined: the places of each verb of several words, by its first; the other places are in `swallowed`.
        breaks: the number of full breaks (full stop, semicolon, dash, bracket) before each word; `commas` likewise.
        quoted: the number of the quotation that each word is in, 0 outside.
        runs_on: whether the last quotation stays open.
        kept: cached findings, by the function that made them.
    """

    def __init__(self, text: str) -> None:
        self.kept: dict[Callable[..., Any], Any] = {}
        self.text = _HYPHENATED.sub("ceasefire", text[:_LONGEST])
        self.words: list[str] = []
        self.low: list[str] = []
        self.starts: list[int] = []
        self.breaks: list[int] = []
        self.commas: list[int] = []
        self.quoted: list[int] = []
        self._tokenize()
        self.stems = [form_of(low) for low in self.low]
        self.joined: dict[int, tuple[int, ...]] = {}
        self.swallowed: set[int] = set()
        self.numeric = [is_number(form) for form in self.stems]
        for quantity in self.quantities:
            first, end = (bisect_left(self.starts, place) for place in (quantity.start, quantity.end))
            self.numeric[first:end] = [True] * (end - first)
        self.is_content = [
            not numeric and form not in _LIGHT and not is_number(form) and len(form) > 1
            for form, numeric in zip(self.stems, self.numeric, strict=True)
        ]
        self._join_verbs()

    def _join_verbs(self) -> None:
        for at, first in enumerate(self.stems):
            for rest, sense in _SEVERAL_WORDS.get(first, ()):
                begins = next((k for k in self._behind_object(at) if self.low[k : k + len(rest)] == rest), -1)
                last = begins + len(rest) - 1
                if begins < 0 or self.breaks[last] != self.breaks[at] or self.commas[last] != self.commas[at]:
                    continue
                if sense in _WAYS and self.low[last + 1 : last + 2] in (["the"], ["a"], ["an"]):
                    continue  # "went down the stairs"
                self.stems[at], self.is_content[at] = sense, True
                self.is_content[begins : last + 1] = [False] * len(rest)
                self.joined[at] = (at, *range(begins, last + 1))
                self.swallowed.update(self.joined[at][1:])
                break

    def _behind_object(self, at: int) -> list[int]:
        """Where a verb's particle may stand: next to it, or after a short object: "turned the offer down"."""
        if self.low[at + 1 : at + 2] == ["it"] or self.low[at + 1 : at + 2] == ["them"]:
            return [at + 1, at + 2]
        opens = bool(english.articles.intersection(self.low[at + 1 : at + 2]))
        return [at + 1, *(range(at + 3, at + 3 + _LONGEST_OBJECT) if opens else ())]

    def _tokenize(self) -> None:
        breaks = commas = quotation = opened = 0
        for match in _TOKEN.finditer(self.text):
            kind = match.lastgroup
            if kind in ("word", "dotted"):
                if len(self.words) >= _MOST_WORDS:
                    self.text = self.text[: match.start()]  # what is found in it is looked up among the words
                    break
                for word in filter(None, _parts(match[0])):
                    self.words.append(word)
                    self.low.append(word.casefold().replace("’", "'"))
                    self.starts.append(match.start())
                    self.breaks.append(breaks)
                    self.commas.append(commas)
                    self.quoted.append(opened)
            elif kind == "comma":
                commas += 1
            elif kind == "stop":
                if not (match[0] == "." and self.low and self.low[-1] in english.shortened):
                    breaks += 1
            else:
                closes = kind == "close" or (kind == "straight" and (opened or match.end() == len(self.text.rstrip())))
                if not closes:
                    quotation += 1
                    opened = quotation
                elif opened:
                    opened = 0
                elif not quotation:  # opened before this passage
                    quotation = 1
                    self.quoted = [1] * len(self.quoted)
        self.has_quotes = quotation > 0
        self.runs_on = opened > 0

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities in the text, in order."""
        return quantities(self.text)

    @cached_property
    def forms(self) -> frozenset[str]:
        """All stems."""
        return frozenset(self.stems)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The places of each content stem."""
        found: dict[str, list[int]] = {}
        for at, form in enumerate(self.stems):
            if self.is_content[at]:
                found.setdefault(form, []).append(at)
        return found

    @cached_property
    def sources(self) -> list[Source]:
        """The sources named in the passage, in order."""
        return find_sources(self)

    @cached_property
    def core(self) -> frozenset[str]:
        """The content stems that are not part of a source."""
        framing = {at for source in self.sources for at in source.places}
        return frozenset(
            form
            for at, form in enumerate(self.stems)
            if self.is_content[at] and at not in framing and form not in SAYING
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """The capitalised content words that do not just open a sentence, by stem."""
        return {
            self.stems[at]: self.low[at]
            for at, word in enumerate(self.words)
            if word[0].isupper() and self.is_content[at] and self.low[at] not in TITLES
        }

    def near(self, at: int, reach: int) -> range:
        """Return the places within reach of this one, without a full break between."""
        first, last = max(0, at - reach), min(len(self.words), at + reach + 1)
        here = self.breaks[at]
        while self.breaks[first] != here:
            first += 1
        while self.breaks[last - 1] != here:
            last -= 1
        return range(first, last)

    def are_together(self, one: int, other: int) -> bool:
        """Return whether no full break or comma separates two places."""
        return self.breaks[one] == self.breaks[other] and self.commas[one] == self.commas[other]

    def content_behind(self, at: int, reach: int = 4) -> int:
        """Return the place of the next content word or number before a full break, or -1."""
        behind = (k for k in range(at + 1, min(at + 1 + reach, len(self.words))) if self.breaks[k] == self.breaks[at])
        return next((k for k in behind if self.is_content[k] or self.numeric[k]), -1)

    def show(self, first: int, last: int) -> str:
        """Return the words from one place to another (inclusive)."""
        return " ".join(self.words[max(0, first) : last + 1])


@dataclass(frozen=True)
class Mark:
    """A mark and where it stands."""

    kind: str  # what a change of it is, one of `compare.tables.CHANGES`
    says: frozenset[tuple[str, str]]  # pairs of a scale and a value on it
    places: tuple[int, ...]  # its words, as places in the reading
    word: int = -1  # the place of the content word that it modifies, or -1

    @cached_property
    def scales(self) -> dict[str, str]:
        """The values of the mark by scale."""
        return dict(self.says)

    def value(self, scale: str) -> str:
        """Return the value on a scale, empty if there is none."""
        return self.scales.get(scale, "")

    def agrees_with(self, other: Mark) -> bool:
        """Return whether both have the same value on a common scale."""
        common = self.scales.keys() & other.scales.keys()
        return bool(common) and all(self.scales[scale] == other.scales[scale] for scale in common)


def mark(kind: str, scale: str, value: str, places: Iterable[int], word: int = -1) -> Mark:
    """Return a mark with a single meaning."""
    return Mark(kind, frozenset({(scale, value)}), tuple(places), word)


def kept(find: Callable[[Holder], Found]) -> Callable[[Holder], Found]:
    """Cache what is found in a passage or a pair on the object itself, so that it is freed with it."""

    @wraps(find)
    def found(holder: Holder) -> Found:
        if find not in holder.kept:
            holder.kept[find] = find(holder)
        result: Found = holder.kept[find]
        return result

    return found


def _parts(word: str) -> list[str]:
    if word.endswith("."):
        return [word.replace(".", "")]
    if word == "US":
        return ["USA"]
    if word[-3:].casefold() in ("n't", "n’t"):
        return [{"wo": "will", "ca": "can", "sha": "shall"}.get(word[:-3].casefold(), word[:-3]), "not"]
    if word.casefold() == "cannot":
        return ["can", "not"]
    match = _CONTRACTED.match(word)
    if match:
        return [match[1]]
    return [word]


def form_of(low: str) -> str:
    """Return the stem by which a folded word is compared: one for all its spellings and forms."""
    if low in _NOT_STEMMED:
        return _NOT_STEMMED[low]
    folded = _SPELLINGS.get(low, low)
    return IRREGULAR.get(folded) or stem(folded)


_WAYS = frozenset(map(form_of, opposites["ways_of_several_words"]))
# Verbs of several words, by the stem of the first: the other words, and the stem of a one-word synonym.
_SEVERAL_WORDS: dict[str, list[tuple[list[str], str]]] = {}
for _table in ("several_words", "ways_of_several_words"):
    for _sense, _verbs in opposites[_table].items():
        for _first, *_rest in map(str.split, _verbs):
            _SEVERAL_WORDS.setdefault(form_of(_first), []).append((_rest, form_of(_sense)))
for _ways in _SEVERAL_WORDS.values():
    _ways.sort(key=lambda way: -len(way[0]))

Words = tuple[str, str]  # the words that differ, left and right

# Below this, most changes found are false: the sentences say different things, whatever the model takes them for.
# Chosen by reading the changes that were found, not fitted.
_LEAST_SHARED = 0.4  # likeness
_LEAST_OF_SHORTER = 0.8  # recall
# From this likeness on, the two are the same word for word except in one place; another name or number there counts.
WORD_FOR_WORD = 0.75
NEARLY_ALL = 0.6  # above this the two are the same sentence apart from the change
_COMPANY_REACH = 7  # words on either side that form a word's context
_COMPANY = 0.5  # share of the smaller context that both must have
_LONG_NAME = 5  # letters; in longer names the first may differ: Gorensky, Horensky
_MAYBE_SAME_NAME = 65.0  # rapidfuzz ratio from which two names may be one person's
_MOST_NAMES = 100  # pairs of names that are compared
_READINGS = 30000  # passages, from the last stories or one large one: about 150 MB
_REMEMBERED = 10000  # pairs
_SAME_NAME = 78.0  # rapidfuzz ratio: Zelensky and Zelenskyy 94, Serhii and Sergei 67


@remembered(_READINGS)  # a sentence is compared with many others but read once
def read(text: str) -> Reading:
    """Return the reading of a passage."""
    return Reading(text)


class Pair:
    """A claim and a passage.

    Attributes:
        renamed: names spelt in two ways, the left's to the right's.
        shared: the left's content stems that the right also has.
        likeness: share of the content words that both have (Dice).
        recall: share of the shorter passage's content words that the longer one has.
    """

    def __init__(self, left: Reading, right: Reading) -> None:
        self.left, self.right = left, right
        self.kept: dict[Callable[..., Any], Any] = {}
        self.renamed = _renamed(left, right)
        self.shared = left.core & right.core
        if self.renamed:
            self.shared |= left.core & self.renamed.keys()
        both, fewer = len(left.core) + len(right.core), min(len(left.core), len(right.core))
        self.likeness = 2 * len(self.shared) / both if both else 0.0
        self.recall = len(self.shared) / fewer if fewer else 0.0

    @classmethod
    @remembered(_REMEMBERED)  # a proof looks at the same two again and again, in both orders
    def of(cls, left: Reading, right: Reading) -> Pair:
        """Return the pair of two passages, cached."""
        return cls(left, right)

    @property
    def is_comparable(self) -> bool:
        """Return whether the two share enough for a difference to mean anything."""
        if self.likeness >= _LEAST_SHARED or self._with_sources >= _LEAST_SHARED:
            return True
        return self.recall >= _LEAST_OF_SHORTER

    @cached_property
    def _with_sources(self) -> float:
        """Likeness with the words that name the source, for pairs of which only one has a verb of saying."""
        both = len(self.left.places) + len(self.right.places)
        return 2 * len(self.left.places.keys() & self.right.places.keys()) / both if both else 0.0

    @property
    def is_close(self) -> bool:
        """Return whether they are the same almost word for word."""
        return self.likeness >= NEARLY_ALL

    def same_place(self, at: int, place: int, reach: int = _COMPANY_REACH) -> bool:
        """Return whether the words around a place in the left and one in the right are the same."""
        here = {self.left.stems[k] for k in self.left.near(at, reach) if k != at and self.left.is_content[k]}
        there = {self.right.stems[k] for k in self.right.near(place, reach) if k != place and self.right.is_content[k]}
        both = sum(form in there or self.renamed.get(form) in there for form in here)
        fewer = min(len(here), len(there))
        if self.is_close:
            return both >= 1 or not fewer
        return (both >= 2 and both >= _COMPANY * fewer) or (fewer <= 1 and self.recall >= 0.75 and both >= 1)

    @cached_property
    def swapped(self) -> Pair:
        """Return the same pair with left and right exchanged."""
        return Pair.of(self.right, self.left)


def _renamed(left: Reading, right: Reading) -> dict[str, str]:
    here = {form: left.names[form] for form in left.names.keys() - right.places.keys() if len(left.names[form]) > 3}
    there = {form: right.names[form] for form in right.names.keys() - left.places.keys() if len(right.names[form]) > 3}
    if not here or not there or len(here) * len(there) > _MOST_NAMES:
        return {}
    from rapidfuzz.fuzz import ratio

    return {
        form: other
        for form, word in sorted(here.items())
        for other, spelling in sorted(there.items())
        if ratio(word, spelling) >= _SAME_NAME and (word[0] == spelling[0] or len(word) > _LONG_NAME)
    }


def alike(one: str, other: str) -> bool:
    """Return whether two words can be spellings of one name: Horensky, Gorensky."""
    from rapidfuzz.fuzz import ratio

    return ratio(one, other) >= _MAYBE_SAME_NAME
