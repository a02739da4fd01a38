"""Who a passage gives as the source of what it says: "X said", "said X", "according to X"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from compare.language.quotes.attributed import attributions
from compare.language.quotes.cues import PARTICLES, PUT, VERBS
from compare.language.quotes.phrases import AUXILIARIES, POSSESSIVES, Span, is_adverb, phrase_after, subject_before
from compare.language.quotes.stream import QUOTE, low_at, sentences_of
from compare.matching.changes.lexicon import ROLES
from compare.matching.changes.naming import name_source

if TYPE_CHECKING:
    from compare.language.quotes.attributed import Attribution
    from compare.language.quotes.stream import Sentence
    from compare.matching.changes.naming import Source
    from compare.matching.changes.reading import Reading

# Verbs that give what is in somebody's mind or what they deny, not what the passage has from them.
_INWARD = frozenset(
    """know realize realise understand learn recognize recognise forget regret remember imagine hope wish decide agree
    doubt deny dispute""".split()
)
# Verbs that hardly have an object: "said the dam was safe" needs no "that", unlike "declared the sum".
_OF_CLAUSES = frozenset(
    """say tell add warn insist suggest testify complain allege assert assure joke boast remark contend caution hint
    reiterate respond tweet reply point""".split()
)
_TELLING = frozenset("tq")  # the frames of a cue that a clause or a quotation may follow
_OPENERS = frozenset(["that", "how", "why", "what", "in", "on", QUOTE, ",", ":"])
_ARTICLES = frozenset("the a an its his her their".split())
# Without one of these a passage names no source.
_CUES = PUT | {"according", "words", "account", "point", "points", "pointed"}
_CUES |= {low for low, cue in VERBS.items() if set(cue.frames) & _TELLING and cue.lemma not in _INWARD}


def find_sources(reading: Reading) -> list[Source]:
    """Give the sources that a passage names, in order; empty where it states everything itself."""
    if _CUES.isdisjoint(reading.low):
        return []
    found = []
    for sentence in sentences_of(reading.text):
        for one in attributions(sentence):
            source = _source(reading, sentence, one) if _tells(sentence, one) else None
            if source:
                found.append(source)
    return found


def _tells(sentence: Sentence, one: Attribution) -> bool:
    """Whether the passage rests on somebody here: who says, finds or believes it, and does not only want or know it."""
    if not one.clausal:
        return False
    start, end = one.cue
    cue = next((VERBS[token.low] for token in sentence[start:end] if token.low in VERBS), None)
    if cue is None:
        return low_at(sentence, end - 1) in ("to", "it", "of", "account")  # "according to", "put it"
    content = low_at(sentence, one.content[0])
    if low_at(sentence, start - 1) in POSSESSIVES or low_at(sentence, start - 1).endswith(("'s", "s'")):
        return False  # "Ellin's claims that" are nouns
    frames, _ = PARTICLES.get(f"{cue.lemma} {low_at(sentence, end - 1)}", (cue.frames, ""))
    if cue.lemma in _INWARD or not set(frames) & _TELLING or content in ("to", "whether", "if"):
        return False
    before = one.content[0] < start
    return before or cue.lemma in _OF_CLAUSES or low_at(sentence, end) in _OPENERS


def _source(reading: Reading, sentence: Sentence, one: Attribution) -> Source | None:
    if one.source is None:
        return None
    places = _places(reading, sentence, _with_apposition(reading, sentence, one.source, one.cue))
    cue = _places(reading, sentence, one.cue)
    if not places or not cue or (reading.quoted[places[0]] and reading.quoted[cue[0]]):
        return None  # what a quotation says of others
    return name_source(reading, places, tuple(cue))


def _with_apposition(reading: Reading, sentence: Sentence, source: Span, cue: Span) -> Span:
    """The source with what it is called beside its name: "Mara Ellin, the mayor", "the mayor, Mara Ellin"."""
    start, end = source
    if low_at(sentence, end) not in {",", "("}:
        return source
    if start >= cue[1]:
        beside = phrase_after(sentence, end + 1)
        # "According to Ellin, the mayor lied": where the source opens the sentence, a comma closes the apposition.
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
        and sentence[span[0]].low not in _ARTICLES
    )


def _calls(reading: Reading, sentence: Sentence, span: Span) -> bool:
    """Whether these words tell what somebody is: "the mayor of Tarn", "head of the club"."""
    stems = [reading.stems[at] for at in _places(reading, sentence, span)]
    opens = sentence[span[0]].low in _ARTICLES or sentence[span[0]].low.endswith("'s")
    return not ROLES.isdisjoint(stems[:5] if opens else stems[:1])


def _places(reading: Reading, sentence: Sentence, span: Span) -> list[int]:
    """The words of a reading that some tokens of a sentence are."""
    start, end = sentence[span[0]].start, sentence[span[1] - 1].end
    return list(range(bisect_left(reading.starts, start), bisect_left(reading.starts, end)))
