"""A source as it is named: a person's or an office's own name, and what it is called besides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.matching.changes.lexicon import ANONYMOUS, HIDDEN, IN_PUBLIC, NOT_A_NAME, ROLES
from compare.matching.changes.reading import IRREGULAR, TITLES

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

_TEXTS = frozenset(
    """study survey poll report statement letter examination documents document analysis records emails indictment
    figures data inquiry audit""".split()
)
_PRONOUNS = frozenset("he she they i we it you".split())
_PREPOSITIONS = frozenset("of in for near at from with on by to".split())


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it is named.

    Attributes:
        places: its words and those of its verb, as places in the reading.
        names: folded name words ("corrigane").
        roles: stems of what it is called besides ("official", "union").
        heads: those of its roles that are nouns for itself.
        told: its words as they stand.
        pronoun: whether it is only "he", "they" or nobody that can be made out.
        anonymous: whether the passage says that the source would not be named.
        public: whether it spoke before others.
    """

    places: tuple[int, ...]
    names: frozenset[str]
    roles: frozenset[str]
    heads: frozenset[str]
    told: str
    pronoun: bool
    anonymous: bool
    public: bool


def name_source(reading: Reading, places: list[int], cue: tuple[int, ...]) -> Source:
    """Read the source that stands at these places, with its verb at the cue."""
    names, roles, heads = _names_and_roles(reading, places)
    around = " ".join(reading.low[max(0, (places or cue)[0]) : max((*places, *cue)) + 16])
    pronoun = not _PRONOUNS.isdisjoint(reading.low[at] for at in places)
    return Source(
        places=(*places, *cue),
        names=names,
        roles=roles,
        heads=heads,
        told=" ".join(reading.words[at] for at in places) or reading.words[cue[0]],
        pronoun=not names and (pronoun or not roles),
        anonymous=(bool(heads) and heads <= HIDDEN) or any(phrase in around for phrase in ANONYMOUS),
        public=any(phrase in around for phrase in IN_PUBLIC),
    )


def _names_and_roles(reading: Reading, places: list[int]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The stems of a person's or office's own name, those of what it is called besides, and the heads among these.

    In "Mara Ellin, head of Tarn Foods" the firm is no name of hers, nor is "Tarnish" in "the Tarnish minister".
    """
    names: set[str] = set()
    roles: set[str] = set()
    heads: set[str] = set()
    publisher = not _TEXTS.isdisjoint(reading.low[at] for at in places)
    for segment in _split(reading, places):
        run: list[str] = []
        called: list[str] = []
        headed = False  # behind a preposition or "who", where names are others'
        for number, at in enumerate(segment):
            word, form = reading.low[at], reading.stems[at]
            if word in _PREPOSITIONS or word in ("who", "which", "that") or (called and _is_participle(reading, at)):
                headed = True
                heads.update(called[-1:])
                names.update(run)
                run, called = [], []
            elif not reading.is_content[at]:
                continue
            elif _is_name(reading, segment, number):
                if not headed or publisher:
                    run.append(form)
                    if len(word) > 1 and reading.words[at].isupper():
                        heads.add(form)  # an acronym is an office's
            elif word not in TITLES or form in ROLES:
                roles.update((*run, form))
                run = []
                if not headed:
                    called.append(form)
        names.update(run)
        heads.update(called[-1:])
    return frozenset(names), frozenset(roles), frozenset(heads)


def _is_participle(reading: Reading, at: int) -> bool:
    """Whether a word behind a noun begins what tells of it: "documents seen", "people familiar", "an inquiry led"."""
    return reading.low[at] in ("familiar", "close") or (
        reading.low[at].endswith(("ed", "ing")) or reading.low[at] in IRREGULAR
    )


def _split(reading: Reading, places: list[int]) -> list[list[int]]:
    """The places between commas, and those of two names that "and" joins."""
    segments: list[list[int]] = []
    for number, at in enumerate(places):
        joins = reading.low[at] == "and" and places[number + 1 :] and reading.words[places[number + 1]][0].isupper()
        if joins or not segments or reading.commas[at] != reading.commas[segments[-1][-1]]:
            segments.append([])
        segments[-1].append(at)
    return segments


def _is_name(reading: Reading, places: list[int], number: int) -> bool:
    at = places[number]
    if not reading.words[at][0].isupper() or reading.low[at] in TITLES or reading.stems[at] in NOT_A_NAME:
        return False
    if at and reading.breaks[at - 1] == reading.breaks[at] and reading.quoted[at - 1] == reading.quoted[at]:
        return True
    # What opens a sentence has a capital anyway: "Putin said", "Mara Ellin said", but "Scientists in Tarn reported".
    if reading.stems[at] in ROLES:
        return False
    if number + 1 < len(places):
        return reading.words[places[number + 1]][0].isupper()
    return not reading.low[at].endswith(("s", "men"))
