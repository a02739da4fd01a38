"""Attributions in a sentence: each cue with its source and its content, by position alone."""

from __future__ import annotations

from compare.language.english import grammar, speech
from compare.language.quotes.cues import ADJECTIVES, NOUNS_THAT, NOUNS_TO, OWNED, SPEECH, TRIGGERS, VERBS
from compare.language.quotes.names import acting, names_somebody, signature, with_description
from compare.language.quotes.phrases import (
    AUXILIARIES,
    BE,
    CONTRACTED,
    FINITE,
    Span,
    is_adverb,
    subject_before,
)
from compare.language.quotes.rightward import first_phrase, phrase_after
from compare.language.quotes.said import Attribution, content_after, end_of, end_of_led
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, low_at
from compare.language.quotes.verbless import BEARERS, owner_before, verbless
from compare.language.quotes.verbs import Verb, content_around, inverted, is_verb, own_subject, read_verb

_NOBODY = frozenset(["nobody", "none", "no"])  # as in "no one expects it to last", which quotes nobody
_REPORTED = frozenset(["accuse", "cite", "describe"])  # cues with an object that also count in the passive


def attributions(sentence: Sentence) -> list[Attribution]:
    """Find every cue of a sentence that has content, in order."""
    found: list[Attribution] = []
    first = [0] if sentence and sentence[0].low in BEARERS else []
    for at in first + [at for at, token in enumerate(sentence) if token.low in TRIGGERS]:
        one = _attribution(sentence, at, sentence[at].low, found)
        # "said in a statement that" is one cue.
        if one and one.content[0] < one.content[1] and all(one.content[0] != other.content[0] for other in found):
            found.append(one)
    return [one for one in found if not _within(sentence, one, found)]


def _within(sentence: Sentence, one: Attribution, found: list[Attribution]) -> bool:
    """Whether it is inside another attribution's content: "Lee said Vey wants to leave" quotes Lee alone."""
    if any(sentence[at].low in VERBS and VERBS[sentence[at].low].lemma in SPEECH for at in range(*one.cue)):
        return False
    return any(
        other.clausal and other.content[0] <= min(one.cue[0], one.content[0]) and one.content[1] <= other.content[1]
        for other in found
        if other is not one
    )


def _attribution(sentence: Sentence, at: int, low: str, found: list[Attribution]) -> Attribution | None:
    one = verbless(sentence, at)
    if one:
        return one
    if low in VERBS:
        one = _of_verb(sentence, read_verb(sentence, at), found)
    elif low == ":" and low_at(sentence, at + 1) == QUOTE:
        # "The minister was blunt: QUOTE", unless a cue before the colon has the quotation
        taken = any(other.content[0] <= at + 1 < other.content[1] for other in found)
        said = at + 1, end_of(sentence, at + 1)
        return None if taken else Attribution((at, at + 1), _leading_to(sentence, at), said)
    elif low in DASHES:  # "QUOTE - Ann Lee, a teacher"
        source = signature(sentence, at) if at == 1 and sentence[0].word == QUOTE else None
        return Attribution((at, at + 1), source, (0, 1)) if source else None
    if one is None and low in ADJECTIVES:
        return _of_adjective(sentence, at)
    if one is None and (low in NOUNS_THAT or low in NOUNS_TO):
        return _of_noun(sentence, at)
    return one


def _of_verb(sentence: Sentence, verb: Verb, found: list[Attribution]) -> Attribution | None:
    if not verb.frames:
        return None
    # "He's said it was over", not "He's said to be rich": "he's" is "he has".
    has = verb.auxiliaries & BE <= CONTRACTED and low_at(sentence, verb.after) not in {"to", "by", "of", "as"}
    if verb.cue.form == "past" and verb.auxiliaries & BE and not has:
        return _passive(sentence, verb)
    if not is_verb(sentence, verb):
        return None
    following = low_at(sentence, verb.after)
    if following == "to" and low_at(sentence, verb.after + 1)[:1].isdigit():
        return None  # "by 804 votes to 211"
    cue = (verb.begin, verb.after)
    closed = [one.content for one in found if one.cue[0] < one.content[0]]
    if verb.participle:
        infinitive = verb.cue.form == "base"
        if (
            infinitive
            and following not in {"that", QUOTE, "whether"}
            and not ("i" in verb.frames and following == "to")
        ):
            return None
        source = own_subject(sentence, verb) or _governing(sentence, verb.at, found)
    else:
        turned = inverted(sentence, verb, closed)
        if turned:
            return Attribution(cue, turned.source, turned.content, verb.flavour, beyond=turned.beyond)
        source = _subject(sentence, verb, found)
        if source is None:
            return None
        around = content_around(sentence, verb, source, closed)
        if around:
            return Attribution(cue, source, around, verb.flavour)
    content = content_after(sentence, verb.after, verb.frames, verb.cue.lemma)
    if content is None or _keeps_silent(sentence, verb, content.span):
        return None
    span = content.span
    if sentence[0].low in grammar.leading and not found and sentence[span[0]].word != QUOTE:
        led = all(token.low != "," for token in sentence[: verb.at]) or (source is not None and source[0] > verb.at)
        span = end_of_led(sentence, span) if led else span
    who = verb.left - 1
    pronoun = (who, who + 1) if not verb.participle and low_at(sentence, who) in {"who", "which", "that"} else None
    return Attribution(cue, source, span, verb.flavour, content.clausal, pronoun)


def _keeps_silent(sentence: Sentence, verb: Verb, content: Span) -> bool:
    """Whether nothing is said: "declined to comment", "would not comment on the plan", "asked for comment"."""
    if verb.cue.lemma == "comment":
        return verb.begin < verb.at or low_at(sentence, verb.left - 1) in {"to", "for", "no"}
    silent = low_at(sentence, content[0]) == "to" and low_at(sentence, content[0] + 1) in speech.silent
    return silent and verb.cue.lemma in {"decline", "refuse"}


def _subject(sentence: Sentence, verb: Verb, found: list[Attribution]) -> Span | None:
    left = verb.left
    before = low_at(sentence, left - 1)
    if before in CONTRACTED:
        return left - 1, left
    if before == "and" and found:
        return found[-1].source
    source = subject_before(sentence, left)
    if source and {sentence[source[0]].low, low_at(sentence, source[0] - 1)} & _NOBODY:
        return None
    if source is None and before in {"and", "but", "or", ","}:
        return _governing(sentence, verb.at, found)
    return source


def _governing(sentence: Sentence, at: int, found: list[Attribution]) -> Span | None:
    """Return the subject of a participle: the source of the cue before it, or else the sentence's subject."""
    for one in reversed(found):
        if one.source and one.source[0] < at:
            return one.source
    subject = first_phrase(sentence)
    # "After calling it a lie, the mayor left"
    leads = at <= 3 and (sentence[0].low in grammar.leading or at == 0)
    return subject if subject and (subject[1] <= at or (leads and subject[0] > at)) else None


def _passive(sentence: Sentence, verb: Verb) -> Attribution | None:
    """Read a passive with or without an agent: "is expected to resign", "was accused by the mayor of theft"."""
    if not set(verb.frames) & set("tai") and verb.cue.lemma not in _REPORTED:
        return None
    after, source = verb.after, None
    if low_at(sentence, after) == "by":
        source = phrase_after(sentence, after + 1)
        if source is None:
            return None
        after = source[1]
    following = low_at(sentence, after)
    named = verb.cue.lemma == "know" and following == "as"  # "is known as the Ladder"
    if named or following not in {"to", "that", "of", "as", "about", "whether", "if"}:
        return None
    start = after + (following in {"that", "of", "as", "about"})
    return Attribution((verb.begin, verb.after), source, (start, end_of(sentence, start)), verb.flavour)


def _leading_to(sentence: Sentence, colon: int) -> Span | None:
    """Return the source before a colon: "And from Ann Lee: QUOTE", "It was wrong - Ann Lee: QUOTE", or the subject."""
    begin = colon
    while begin > 0 and low_at(sentence, begin - 1) not in {"from", "by"} | DASHES:
        begin -= 1
    if begin > 0:
        phrase = phrase_after(sentence, begin)
        if phrase and low_at(sentence, begin - 1) in DASHES:
            phrase = phrase if names_somebody(sentence, phrase) else None
        if phrase:
            source, beyond = with_description(sentence, phrase)
            if beyond == colon:
                return source
    subject = acting(sentence[:colon])
    # "Ann Lee's message to the bank was simple: QUOTE"
    owned = subject and next((at for at in range(subject[1] - 1, subject[0], -1) if sentence[at].low in OWNED), None)
    return (owned and owner_before(sentence, owned)) or subject


def _of_adjective(sentence: Sentence, at: int) -> Attribution | None:
    """Read the content after "confident that" or "worried about"."""
    following, before = low_at(sentence, at + 1), low_at(sentence, at - 1)
    if following not in {"that", "whether", "if", "about"} or not (before in BE or is_adverb(before)):
        return None
    left = at
    while left > 1 and (sentence[left - 1].low in AUXILIARIES or is_adverb(sentence[left - 1].low)):
        left -= 1
    start = at + 1 + (following in {"that", "about"})
    source = subject_before(sentence, left)
    if source and sentence[source[0]].low == "it":
        source = None
    return Attribution((at, at + 1), source, (start, end_of(sentence, start)))


def _of_noun(sentence: Sentence, at: int) -> Attribution | None:
    """Read the content after "his claim that", "her answer was that" or "Ann Lee's plan to"."""
    low, following = sentence[at].low, low_at(sentence, at + 1)
    linked = following in {"is", "was"} and low_at(sentence, at + 2) == "that"
    clause = low in NOUNS_THAT and (linked or following == "that")
    source = owner_before(sentence, at)
    if not clause and not (low in NOUNS_TO and following == "to" and source):
        return None
    start = at + 1 + clause + (clause and linked)
    end = end_of(sentence, start)
    if not clause:
        # "Lee's plan to rebuild the pier was rejected"
        end = next((k for k in range(start + 1, end) if sentence[k].low in FINITE), end)
    return Attribution((at, at + 1), source, (start, end), NOUNS_THAT.get(low, "neutral"))
