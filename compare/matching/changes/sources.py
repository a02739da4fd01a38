"""The sources that a passage names ("X said", "said X", "according to X"), and how it describes them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from compare.language.english import changes as english
from compare.language.english import grammar
from compare.language.quotes.attributed import attributions
from compare.language.quotes.cues import PARTICLES, PUT, VERBS
from compare.language.quotes.phrases import AUXILIARIES, POSSESSIVES, Span, is_adverb, subject_before
from compare.language.quotes.rightward import phrase_after
from compare.language.quotes.stream import QUOTE, low_at, sentences_of
from compare.language.tokens import IRREGULAR
from compare.matching.changes.lexicon import HIDDEN, NOT_A_NAME, ROLES

if TYPE_CHECKING:
    from compare.language.quotes.said import Attribution
    from compare.language.quotes.stream import Sentence

_TELLING = frozenset("tq")  # frames of the cues that a clause or a quotation may follow
_OPENERS = english.openers | {QUOTE, ",", ":"}
# Without one of these a passage names no source.
_CUES = PUT | english.naming
_CUES |= {low for low, cue in VERBS.items() if set(cue.frames) & _TELLING and cue.lemma not in english.inward}
_ANONYMOUS = tuple(english["anonymous"])
_IN_PUBLIC = tuple(english["in_public"])


class AsRead(Protocol):
    """The parts of a `Reading` that its sources are read from."""

    text: str
    words: list[str]
    low: list[str]
    stems: list[str]
    is_content: list[bool]
    starts: list[int]
    breaks: list[int]
    commas: list[int]
    quoted: list[int]


@dataclass(frozen=True, slots=True)
class Source:
    """A source as a passage names it."""

    places: tuple[int, ...]  # where its words and those of its verb stand in the reading
    names: frozenset[str]  # words of its name, case-folded ("corrigane")
    roles: frozenset[str]  # stems of its descriptions ("official", "union")
    heads: frozenset[str]  # the roles that are head nouns
    told: str  # its words as printed
    pronoun: bool  # only "he" or "they", or nobody who can be identified
    anonymous: bool  # the passage says that the source did not want to be named
    public: bool  # it spoke in public


def find_sources(reading: AsRead) -> list[Source]:
    """Return the sources that a passage names, in order; empty if it states everything in its own voice."""
    if _CUES.isdisjoint(reading.low):
        return []
    found = []
    for sentence in sentences_of(reading.text):
        for one in attributions(sentence):
            if one.source is None or not _tells(sentence, one):
                continue
            places = _places(reading, sentence, _with_apposition(reading, sentence, one.source, one.cue))
            cue = _places(reading, sentence, one.cue)
            # What a quotation attributes to others does not count.
            if places and cue and not (reading.quoted[places[0]] and reading.quoted[cue[0]]):
                found.append(name_source(reading, places, tuple(cue)))
    return found


def _tells(sentence: Sentence, one: Attribution) -> bool:
    """Whether somebody says, finds or believes the content, rather than merely wants or knows it."""
    if not one.clausal:
        return False
    start, end = one.cue
    cue = next((VERBS[token.low] for token in sentence[start:end] if token.low in VERBS), None)
    if cue is None:
        return low_at(sentence, end - 1) in ("to", "it", "of", "account")  # "according to", "put it"
    content = low_at(sentence, one.content[0])
    if low_at(sentence, start - 1) in POSSESSIVES or low_at(sentence, start - 1).endswith(("'s", "s'")):
        return False  # "Ellin's claims that": a noun
    frames, _ = PARTICLES.get(f"{cue.lemma} {low_at(sentence, end - 1)}", (cue.frames, ""))
    if cue.lemma in english.inward or not set(frames) & _TELLING or content in ("to", "whether", "if"):
        return False
    before = one.content[0] < start
    return before or cue.lemma in english.of_clauses or low_at(sentence, end) in _OPENERS


def _with_apposition(reading: AsRead, sentence: Sentence, source: Span, cue: Span) -> Span:
    """The source with its apposition: "Mara Ellin, the mayor", "the mayor, Mara Ellin"."""
    start, end = source
    if cue[1] < start - 1 and low_at(sentence, start - 1) == "," and _is_name(sentence, source):
        # "said the mayor, Mara Ellin"
        return (cue[1], end) if _calls(reading, sentence, (cue[1], start - 1)) else source
    if low_at(sentence, end) not in {",", "("}:
        return source
    if start >= cue[1]:
        beside = phrase_after(sentence, end + 1)
        # "According to Ellin, the mayor lied": if the source opens the sentence, a comma must close the apposition.
        open_end = cue[0] == 0 and beside is not None and low_at(sentence, beside[1]) != ","
        named = beside is not None and _is_name(sentence, beside) and not _is_name(sentence, source)
        if beside and not open_end and (named or _calls(reading, sentence, beside)):
            end = beside[1]
        return start, end
    verb = cue[0]
    while verb > end and (sentence[verb - 1].low in AUXILIARIES or is_adverb(sentence[verb - 1].low)):
        verb -= 1
    if end < verb and low_at(sentence, verb - 1) in {",", ")"}:
        before = subject_before(sentence, start - 1) if low_at(sentence, start - 1) == "," else None
        called = before is not None and _is_name(sentence, source) and _calls(reading, sentence, before)
        return (before[0] if before and called else start), verb
    return source


def _is_name(sentence: Sentence, span: Span) -> bool:
    return (
        all(token.word[0].isupper() or token.low == "&" for token in sentence[slice(*span)])
        and sentence[span[0]].low not in grammar.beginning
    )


def _calls(reading: AsRead, sentence: Sentence, span: Span) -> bool:
    """Whether these words say what somebody is: "the mayor of Tarn", "head of the club"."""
    stems = [reading.stems[at] for at in _places(reading, sentence, span)]
    opens = sentence[span[0]].low in grammar.beginning or sentence[span[0]].low.endswith("'s")
    return not ROLES.isdisjoint(stems[:5] if opens else stems[:1])


def _places(reading: AsRead, sentence: Sentence, span: Span) -> list[int]:
    """The places in the reading of a span of tokens."""
    start, end = sentence[span[0]].start, sentence[span[1] - 1].end
    return list(range(bisect_left(reading.starts, start), bisect_left(reading.starts, end)))


def name_source(reading: AsRead, places: list[int], cue: tuple[int, ...]) -> Source:
    """Return the source at these places, with its verb at the cue."""
    names, roles, heads = _names_and_roles(reading, places)
    around = " ".join(reading.low[max(0, (places or cue)[0]) : max((*places, *cue)) + 16])
    pronoun = not english.pronouns.isdisjoint(reading.low[at] for at in places)
    return Source(
        places=(*places, *cue),
        names=names,
        roles=roles,
        heads=heads,
        told=" ".join(reading.words[at] for at in places) or reading.words[cue[0]],
        pronoun=not names and (pronoun or not roles),
        anonymous=(bool(heads) and heads <= HIDDEN) or any(phrase in around for phrase in _ANONYMOUS),
        public=any(phrase in around for phrase in _IN_PUBLIC),
    )


def _names_and_roles(reading: AsRead, places: list[int]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The stems of the source's name, those of its descriptions, and the head nouns among these."""
    names: set[str] = set()
    roles: set[str] = set()
    heads: set[str] = set()
    publisher = not english.texts.isdisjoint(reading.low[at] for at in places)
    for segment in _split(reading, places):
        run: list[str] = []
        called: list[str] = []
        headed = False  # after a preposition or "who", names are somebody else's
        for number, at in enumerate(segment):
            word, form = reading.low[at], reading.stems[at]
            # "documents seen", "people familiar", "an inquiry led"
            participle = word in ("familiar", "close") or word.endswith(("ed", "ing")) or word in IRREGULAR
            participle = participle and reading.words[at].islower()  # "Fred"
            if word in english.calling_prepositions or word in ("who", "which", "that") or (called and participle):
                headed = True
                heads.update(called[-1:])
                names.update(run)
                run, called = [], []
            elif not reading.is_content[at]:
                continue
            elif _is_named(reading, segment, number):
                if not headed or publisher:
                    run.append(form)
                    if len(word) > 1 and reading.words[at].isupper():
                        heads.add(form)  # an acronym names an organisation
            elif word not in english.titles or form in ROLES:
                roles.update((*run, form))
                run = []
                if not headed:
                    called.append(form)
        names.update(run)
        heads.update(called[-1:])
    return frozenset(names), frozenset(roles), frozenset(heads)


def _split(reading: AsRead, places: list[int]) -> list[list[int]]:
    """The places, split at commas and at an "and" between two names."""
    segments: list[list[int]] = []
    for number, at in enumerate(places):
        joins = reading.low[at] == "and" and places[number + 1 :] and reading.words[places[number + 1]][0].isupper()
        if joins or not segments or reading.commas[at] != reading.commas[segments[-1][-1]]:
            segments.append([])
        segments[-1].append(at)
    return segments


def _is_named(reading: AsRead, places: list[int], number: int) -> bool:
    at = places[number]
    if not reading.words[at][0].isupper() or reading.low[at] in english.titles or reading.stems[at] in NOT_A_NAME:
        return False
    if at and reading.breaks[at - 1] == reading.breaks[at] and reading.quoted[at - 1] == reading.quoted[at]:
        return True
    # A sentence opens with a capital anyway: "Putin said", "Mara Ellin said", but "Scientists in Tarn reported".
    if reading.stems[at] in ROLES:
        return False
    if number + 1 < len(places):
        return reading.words[places[number + 1]][0].isupper()
    return not reading.low[at].endswith(("s", "men"))
