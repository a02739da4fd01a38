"""A cue verb in its sentence: its auxiliaries, whether it is a verb at all, and the side of its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.language.english import grammar, speech
from compare.language.quotes.cues import PARTICLES, VERBS, Cue
from compare.language.quotes.finite import has_verb
from compare.language.quotes.moments import WEEKDAYS, aside_before, time_after
from compare.language.quotes.names import is_somebody, with_description
from compare.language.quotes.phrases import (
    AUXILIARIES,
    BE,
    BOUNDARIES,
    CONTRACTED,
    DETERMINERS,
    ENDS,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    Span,
    is_adverb,
    subject_before,
)
from compare.language.quotes.rightward import phrase_after
from compare.language.quotes.said import ADJUNCT, end_of
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, low_at

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEGATIONS = frozenset(["not", "never", "cannot"]) | {low for low in AUXILIARIES if low.endswith("n't")}
_OWN_SUBJECT = 8  # words before a participle that are searched for "with"
_BEFORE_PARTICIPLE = frozenset([",", QUOTE, *speech.before_participle]) | DASHES
_AFTER_VERB = frozenset(["that", "to", ":", QUOTE, *speech.after_cue])


class Verb(NamedTuple):
    """A cue verb and its auxiliaries, as token numbers of its sentence."""

    cue: Cue
    at: int
    left: int  # where its verb phrase begins: "has never said"
    begin: int  # where the cue begins: a negation belongs to it
    after: int  # the token after it and its particle
    frames: str
    flavour: str
    auxiliaries: frozenset[str]

    @property
    def spoken(self) -> bool:
        """Whether its content can be a quotation."""
        return bool(set(self.frames) & set("tq"))

    @property
    def participle(self) -> bool:
        """Whether it has no subject of its own: "adding", "to say"."""
        return (self.cue.form == "ing" and not self.auxiliaries & BE) or (
            "to" in self.auxiliaries and not self.auxiliaries - {"to", "not"}
        )


def read_verb(sentence: Sentence, at: int) -> Verb:
    """Read the verb at this token with its particle, auxiliaries and adverbs."""
    cue = VERBS[sentence[at].low]
    frames, flavour, after = cue.frames, cue.flavour, at + 1
    particle = f"{cue.lemma} {low_at(sentence, after)}"
    if particle in PARTICLES:
        frames, flavour = PARTICLES[particle]
        after += not particle.endswith(" to") or frames != "i"
    left = begin = at
    auxiliaries = set()
    while left > 0 and at - left < 8:
        low = sentence[left - 1].low
        if low in AUXILIARIES:
            auxiliaries.add(low)
            if low in _NEGATIONS or begin < at:
                begin = left - 1
        lead = aside_before(sentence, left)
        if lead < left and low_at(sentence, lead - 1) in AUXILIARIES:  # "has in the past said"
            left = lead
            continue
        named = low.endswith("ly") and sentence[left - 1].word[0].isupper()  # "Reilly said"
        if low in CONTRACTED or named or not (low in AUXILIARIES or is_adverb(low)):
            break
        left -= 1
    return Verb(cue, at, left, begin, after, frames, flavour, frozenset(auxiliaries))


def is_verb(sentence: Sentence, verb: Verb) -> bool:
    """Whether the word is a finite verb or a participle here, not a noun or an adjective."""
    form, before = verb.cue.form, low_at(sentence, verb.at - 1)
    if before in DETERMINERS - grammar.quantifiers or sentence[verb.at].word == "States":
        return False  # "the say", "the United States"
    if form == "ing":
        led_in = before in _BEFORE_PARTICIPLE or is_adverb(before)
        return led_in or bool(verb.auxiliaries & BE) or own_subject(sentence, verb) is not None
    if before.endswith(("'s", "s'")) and before not in CONTRACTED:
        return False
    if sentence[verb.at].low in speech.participles and not verb.auxiliaries:
        return False  # "a community known to be quiet"
    if form == "base":
        plural = _is_plural(low_at(sentence, verb.left - 1)) or (
            "n" not in verb.cue.frames and _several(sentence, verb)
        )
        return bool(verb.auxiliaries & MODALS) or plural
    if form == "s" and "n" in verb.cue.frames:
        return before not in PREPOSITIONS and _claims(sentence, verb)
    return before not in PREPOSITIONS - {"after", "before", "since", "in", "on"}


def own_subject(sentence: Sentence, verb: Verb) -> Span | None:
    """Return a participle's own subject: "with Ann Lee telling reporters that"."""
    if not verb.spoken:
        return None
    for at in range(verb.left - 1, max(verb.left - _OWN_SUBJECT, 0), -1):
        low = sentence[at].low
        if low == "with":
            return (at + 1, verb.left) if at + 1 < verb.left else None
        if low in BOUNDARIES or low in AUXILIARIES:
            break
    return None


def _claims(sentence: Sentence, verb: Verb) -> bool:
    """Whether a possible plural noun has a clear subject: "the union demands it", not "meets demands"."""
    following = low_at(sentence, verb.at + 1)
    subject = subject_before(sentence, verb.left)
    if subject is None:
        return False
    opened = sentence[subject[0]].low in DETERMINERS and sentence[verb.after : verb.after + 1]
    # "the poll shows Korn ahead"
    named = opened and opened[0].word[0].isupper() and following not in WEEKDAYS
    if following not in _AFTER_VERB and not named:
        # "The sum was not declared, the union claims."
        beside = low_at(sentence, subject[0] - 1)
        if (following and following not in ENDS and following != ",") or beside not in {",", QUOTE}:
            return False
    head = sentence[subject[0]]
    return head.word[0].isupper() or head.low in DETERMINERS | PRONOUNS


def _several(sentence: Sentence, verb: Verb) -> bool:
    """Whether the subject's noun is a plural followed by more words: "critics of the board say"."""
    subject = subject_before(sentence, verb.left) or (0, 0)
    first = next((at for at in range(*subject) if sentence[at].low in PREPOSITIONS), subject[0])
    return first > subject[0] and _is_plural(sentence[first - 1].low)


def _is_plural(low: str) -> bool:
    """Whether a word can be a plural subject: "critics say"."""
    plural = len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "'s"))
    return low in speech.plural_sources or (plural and low not in PREPOSITIONS)


_SOME = frozenset(["one", "two", "some", "several", "many", "most", "another"])


class Inverted(NamedTuple):
    """The source after an inverted cue, the content, and the token after the source's description."""

    source: Span
    content: Span
    beyond: int


def inverted(sentence: Sentence, verb: Verb, closed: Sequence[Span]) -> Inverted | None:
    """Return the source and content of an inverted clause: `"We go," said the mayor`."""
    at, after = verb.at, verb.after
    after = time_after(sentence, after)  # `"We go," said on Monday the head of the choir`
    before, following = low_at(sentence, at - 1), low_at(sentence, after)
    if not verb.spoken or before not in {QUOTE, ","} or verb.cue.lemma in speech.never_inverted:
        return None
    if not following or not sentence[after].word[0].isalnum() or following in PREPOSITIONS | {"that"}:
        return None
    phrase = phrase_after(sentence, after)
    content = content_before(sentence, at, closed)
    if phrase is None or content is None:
        return None
    source, beyond = with_description(sentence, phrase)
    if before == QUOTE:
        if _clause_follows(sentence, after) and following not in {"he", "she", "they"}:
            return None
        second = _second_quotation(sentence, phrase[1]) or _second_quotation(sentence, beyond)
        return Inverted(source, (content[0], end_of(sentence, second)) if second else content, beyond)
    # "said the mayor", "said engineer Ola Brekke"
    first = sentence[phrase[0]]
    article = first.low in grammar.articles or first.low in POSSESSIVES
    # "Gold, said one of them, melts": such a phrase speaks, and what stands before it does not.
    partial = first.low in _SOME and low_at(sentence, phrase[0] + 1) == "of"
    if not (first.word[0].isupper() or article or partial or is_somebody(sentence, phrase)):
        return None
    if not partial and _is_named_subject(sentence, *content):
        return None
    next_low = low_at(sentence, phrase[1])
    ended = not next_low or next_low in ENDS | WEEKDAYS | {",", "who", "in", "on", "at"}
    # ", who left, said the plan was dead" has its subject before the comma.
    if subject_before(sentence, at) and (not ended or next_low == "who" or _clause_follows(sentence, after)):
        return None
    if low_at(sentence, beyond) == ",":
        content = content[0], max(content[1], resumed_to(sentence, beyond + 1))
    return Inverted(source, content, beyond)


def _is_named_subject(sentence: Sentence, start: int, end: int) -> bool:
    """Whether these tokens are not a clause but a name, maybe with an apposition: "Ann Lee, the head of the club"."""
    commas = [at for at in range(start, end) if sentence[at].low == ","]
    edges = [start, *(comma + 1 for comma in commas)]
    parts = [sentence[low:high] for low, high in zip(edges, [*commas, end], strict=True) if low < high]
    named = [all(token.word[0].isupper() for token in part) for part in parts]
    office = len(parts) == 2 and parts[0][0].low in DETERMINERS
    return bool(named) and (named[0] or (office and named[1]))


def _clause_follows(sentence: Sentence, start: int) -> bool:
    """Whether a verb follows before the next comma, so that the words are a clause, not only a name."""
    for token in sentence[start : start + 14]:
        if token.low in {",", ".", "who", "which", QUOTE} or token.low in DASHES:
            return False
        if token.low in AUXILIARIES and token.low != "to":
            return True
    return False


def content_around(sentence: Sentence, verb: Verb, source: Span, closed: Sequence[Span]) -> Span | None:
    """Return the content before "Ms Vey said", or on both sides of it, if it is there."""
    begin, after = _beside_quotation(sentence, source[0]), verb.after
    before, following = low_at(sentence, begin - 1), low_at(sentence, after)
    beside = before in {",", QUOTE} or before in DASHES
    if not verb.spoken or not beside or (following == "to" and "i" in verb.frames):
        return None
    content = content_before(sentence, begin, closed)
    if content is None:
        return None
    if (following == QUOTE and "a" not in verb.frames) or (
        following in {",", ":"} and low_at(sentence, after + 1) == QUOTE
    ):
        # `"We will," he said, "go"`, but not `In Leeds, he said, "we go"`
        opened = any(token.word == QUOTE for token in sentence[content[0] : content[1]])
        return (content[0], end_of(sentence, after + (following != QUOTE))) if opened else None
    if before == QUOTE:
        return _after_quotation(sentence, content, begin, after)
    ended = not following or following in ENDS or following in {",", ":"} or following in DASHES
    if not ended and (following not in ADJUNCT or _that_follows(sentence, after)):
        return None
    length = content[1] - content[0]
    if (length < 3 and following != ",") or (not ended and length < 9 and sentence[content[0]].low in PREPOSITIONS):
        return None
    if following == "," and before == ",":
        return content[0], max(content[1], resumed_to(sentence, after + 1))
    return content


def _after_quotation(sentence: Sentence, content: Span, begin: int, after: int) -> Span | None:
    """Return the content before a subject that follows a quotation, with a second quotation if it continues."""
    second = _second_quotation(sentence, after)
    if second:
        return content[0], end_of(sentence, second)
    following = low_at(sentence, after)
    ended = not following or following in ENDS or following in {",", ":"} or following in DASHES
    leads = sentence[content[0]].low in PREPOSITIONS | WEEKDAYS
    if leads and not ended and has_verb(sentence, after):
        return None  # `In a talk on "The Long View," Ms Vey said it was over`
    spoken = sentence[begin - 1].capital and following != "that"
    told = not _clause_follows(sentence, after) and not _that_follows(sentence, after)
    return content if ended or spoken or told else None


def resumed_to(sentence: Sentence, start: int) -> int:
    """Return where the content that continues after "he said," ends; 0 if only an addition follows."""
    following = low_at(sentence, start)
    added = following.endswith("ing") or following in {"who", "which", "and", "but", "as", "when", "while", "after"}
    return 0 if added else end_of(sentence, start)


def _beside_quotation(sentence: Sentence, begin: int) -> int:
    """Return where the subject with its description begins: `QUOTE the club's head, Ann Lee, told`."""
    if low_at(sentence, begin - 1) != ",":
        return begin
    for at in range(begin - 1, max(begin - 14, -1), -1):
        token = sentence[at]
        if token.word == QUOTE:
            return at + 1
        if token.low in AUXILIARIES or token.low in VERBS or token.low in {".", ":", "and", "but"}:
            break
    return begin


def _second_quotation(sentence: Sentence, start: int) -> int | None:
    """Return where `"We will," she told reporters on Monday, "go"` continues."""
    aside = False  # ", pointing at the chair," intervenes
    for at in range(start, min(start + 20, len(sentence))):
        low, before = sentence[at].low, sentence[at - 1].low
        if low == QUOTE:
            joined = at == start + 2 and before in {"and", "but"} and sentence[start].low == ","
            resumed = before in {",", ":"} and not (aside and sentence[at].capital)
            return at if joined or resumed else None
        if low in {"that", "."}:
            return None
        if low in AUXILIARIES or low in VERBS:
            if before != "," and not aside:
                return None
            aside = True
    return None


def _that_follows(sentence: Sentence, start: int) -> bool:
    for token in sentence[start : start + 16]:
        if token.low == ".":
            return False
        if token.low in {"that", QUOTE, "whether"}:
            return True
    return False


def content_before(sentence: Sentence, end: int, closed: Sequence[Span]) -> Span | None:
    """Return the words before a cue's clause, back to the start of the sentence or an earlier content (`closed`)."""
    stop = end
    while stop > 0 and (sentence[stop - 1].low == "," or sentence[stop - 1].low in DASHES):
        stop -= 1
    start = max((high for _, high in closed if high < stop), default=0)
    while start < stop:
        first_letter = sentence[start].word[0]
        if sentence[start].low != "and" and (first_letter.isalnum() or first_letter in QUOTE + "$£€#@(['‘’"):
            break
        start += 1
    if start >= stop:
        return None
    first = stop - 1
    if sentence[first].word == QUOTE:
        while first - 2 >= start and sentence[first - 1].low == "and" and sentence[first - 2].word == QUOTE:
            first -= 2
        # Only the quotation, unless it is the end of a clause.
        if sentence[first].capital and (first == start or sentence[first - 1].low in {",", ":", "."}):
            return first, stop
    return start, stop
