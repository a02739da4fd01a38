"""The limits of a cue's content in its sentence."""

from __future__ import annotations

from typing import NamedTuple

from compare.language.english import grammar, speech, time
from compare.language.quotes.cues import VERBS
from compare.language.quotes.finite import has_verb
from compare.language.quotes.moments import WEEKDAYS, time_after
from compare.language.quotes.phrases import (
    AUXILIARIES,
    DETERMINERS,
    ENDS,
    FINITE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATE,
    Span,
    is_adverb,
)
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, low_at

ADJUNCT = PREPOSITIONS | WEEKDAYS | time.adjuncts
_CLAUSAL = frozenset(["that", "to", "whether", "if", QUOTE])
_TURN_MARKS = frozenset(",;")
_NEAR = 25  # tokens in which a quotation shows that the speaker continues
_BEGINNERS = DETERMINERS | POSSESSIVES | PRONOUNS | {"there"}
_NO_ADDRESSEE = _BEGINNERS | PREPOSITIONS | AUXILIARIES | {"and", "or", "about"}
_LONGEST = 120  # tokens of a content without a closing mark


class Content(NamedTuple):
    """The tokens of a content, and whether it is a clause, an infinitive or a quotation, not a mere object."""

    span: Span
    clausal: bool


class Attribution(NamedTuple):
    """A cue of a sentence: token spans of the cue, the source and the content."""

    cue: Span
    source: Span | None
    content: Span
    flavour: str = "neutral"
    clausal: bool = True  # the content is a clause, an infinitive or a quotation, not a mere object
    pronoun: Span | None = None  # "who", where the source is what it stands for
    beyond: int = 0  # the token after the source's description, if that follows the cue


def content_after(sentence: Sentence, after: int, frames: str, lemma: str) -> Content | None:
    """Return the content after a cue that ends before token `after`, as allowed by its frames and its verb."""
    start = _start(sentence, after, frames)
    if start is None or start >= len(sentence):  # "presumed that", and the sentence breaks off
        return None
    clause = low_at(sentence, start) in _CLAUSAL or low_at(sentence, start - 1) in {"that", ":", ","}
    clause = clause or lemma in speech.of_clauses or ("t" in frames and has_verb(sentence, start))
    # "expects the talks to fail"
    clause = (
        clause or "q" in frames or ("i" in frames and any(token.low == "to" for token in sentence[start : start + 8]))
    )
    if not clause and not ("o" in frames or lemma in speech.of_objects or "a" in frames):
        return None
    return Content((start, end_of(sentence, start, is_object=not clause)), clause)


def _start(sentence: Sentence, after: int, frames: str) -> int | None:
    following = low_at(sentence, after)
    if not following or following in ENDS or following in grammar.particles:
        return None
    if following == QUOTE or ("i" in frames and following == "to"):
        return after
    if following in {",", ":"}:
        if low_at(sentence, after + 1) == QUOTE or (following == ":" and set(frames) & set("tq")):
            return after + 1
        return _after_adjunct(sentence, after, frames)
    if "t" in frames and following in grammar.questions:
        return after + (following == "that")
    if "a" in frames:
        addressed = _after_addressee(sentence, after, frames)
        if addressed is not None or "o" not in frames:
            return addressed
    start = _after_adjunct(sentence, after, frames)
    if start is None and "t" in frames:
        begins = time_after(sentence, after)  # "said on Monday the site was sold"
        if begins > after and low_at(sentence, begins)[:1].isalnum() and has_verb(sentence, begins):
            return begins
    asked = low_at(sentence, after - 2) in AUXILIARIES  # "did not say when"
    if start is None and "t" in frames and following in SUBORDINATE - {"if"} and not asked:
        # "said when he left, he would be back", but nothing in "said before he died"
        comma = next((at for at in range(after, min(after + 18, len(sentence))) if sentence[at].low == ","), None)
        return comma + 1 if comma and has_verb(sentence, comma + 1) else None
    if start is None and "t" in frames and _can_begin(sentence, after):
        return after
    if start is None and "o" in frames and following not in PREPOSITIONS and sentence[after].word[0].isalnum():
        return after
    return start


def _can_begin(sentence: Sentence, start: int) -> bool:
    """Whether a clause without "that" can begin here."""
    low = low_at(sentence, start)
    if not sentence[start].word[0].isalnum() or low in {"and", "or", "but", "as", "by"}:
        return False
    return low not in PREPOSITIONS or low_at(sentence, start - 1) in speech.said


def _after_adjunct(sentence: Sentence, after: int, frames: str) -> int | None:
    """Return where the content begins after an adjunct: "said on Monday that", "said in a statement: QUOTE"."""
    following = low_at(sentence, after)
    if following not in ADJUNCT and following != "," and not is_adverb(following):
        return None
    if following in WEEKDAYS and low_at(sentence, after + 1) in time.parts:
        after += 1
    if following in WEEKDAYS and low_at(sentence, after + 1) not in {",", "that", "in", "at", "on", "to", QUOTE}:
        return after + 1 if "t" in frames else None
    for at in range(after + 1, min(after + 18, len(sentence))):
        low = sentence[at].low
        if low == "that" and "t" in frames and sentence[at - 1].low not in PREPOSITIONS:
            return at + 1
        if low == "to" and "i" in frames:
            return at - (sentence[at - 1].low == "not")
        if low == QUOTE and low_at(sentence, at + 1) == "that":
            continue  # `said on "The Long View" that it was over`
        if low == QUOTE and set(frames) & set("tq"):
            # `said in a "quiet" voice that it was over`
            return at if sentence[at - 1].low in {",", ":"} or at + 2 >= len(sentence) else after
    return None


def _after_addressee(sentence: Sentence, after: int, frames: str) -> int | None:
    """Return where the content begins after an addressee: told *reporters* that; "urged *both sides* to" keeps it."""
    limit = min(after + 16, len(sentence))
    clause = "t" in frames
    for at in range(after, limit):
        low = sentence[at].low
        if low == ":" and clause:
            return at + 1
        if low in ENDS or (low in {",", "and"} and not clause):
            break
        if at == after:
            continue
        if low in grammar.questions and clause:
            return at + (low == "that")
        if low == QUOTE and clause and low_at(sentence, at + 1) != "that":
            named = _after_name(sentence, after, limit)
            bare = named and any(token.low in AUXILIARIES for token in sentence[named:at])
            return named if bare else at
        if low == "to" and "i" in frames and low_at(sentence, at + 1) not in _BEGINNERS:
            return after
        if low in {"of", "about"} and clause and "i" not in frames:
            return at + 1
    # Without a mark: "told the BBC the talks had failed", "told me it was over".
    named = _after_name(sentence, after, limit) if clause else None
    return named if named and low_at(sentence, named) not in ENDS | {","} else None


def _after_name(sentence: Sentence, after: int, limit: int) -> int | None:
    """Return the token after "reporters", "him", a name or "the panel", if the next clause can be distinguished."""
    first = low_at(sentence, after)
    if first in speech.addressed:
        return after + 1
    article = first in {"the", "a", "an", "his", "her", "their"}
    at = after + article
    while at < limit and sentence[at].word[0].isupper():
        at += 1
    if at > after + article:
        return at
    while at < min(limit, after + 5) and sentence[at].word[0].islower() and sentence[at].low not in _NO_ADDRESSEE:
        at += 1
    begins = at < limit and (sentence[at].low in _BEGINNERS or sentence[at].word[0].isupper())
    return at if at > after + article and begins and has_verb(sentence, at) else None


def end_of(sentence: Sentence, start: int, *, is_object: bool = False) -> int:
    """Return where a content ends: with its sentence, or before the next cue; an object sooner."""
    stop = min(len(sentence), start + _LONGEST)
    at = start + 1
    while at < stop:
        low = sentence[at].low
        if (low in {",", "and", "but"} or low in DASHES) and _cue_begins(sentence, at + 1):
            break
        if low in _TURN_MARKS and _turns(sentence, at):
            break
        if sentence[at - 1].word == QUOTE and _breaks_after_quotation(sentence, at, alone=at == start + 1):
            break
        if low == ":" and low_at(sentence, at + 1) != QUOTE:
            break
        if is_object and _ends_object(sentence, at):
            break
        at += 1
    at = min(at, stop)
    while at > start and (sentence[at - 1].low in ENDS or sentence[at - 1].low in {",", ":", "and", "on"} | DASHES):
        at -= 1
    return at


def end_of_led(sentence: Sentence, content: Span) -> Span:
    """Cut a content where the main clause begins: "While Lee said it was over, the strike went on"."""
    start, end = content
    for at in range(start + 2, end):
        if sentence[at].low == "," and not _goes_on(sentence, at):
            return start, at
    return content


def _goes_on(sentence: Sentence, comma: int) -> bool:
    """Whether a list or a description continues after a comma."""
    following = low_at(sentence, comma + 1)
    if following in {"and", "or", "which", "who", "whose", "where", "not", QUOTE}:
        return True
    for token in sentence[comma + 1 : comma + 6]:
        if token.low in FINITE:
            return False
        if token.low in {"and", "or"}:
            return True
    return False


def _turns(sentence: Sentence, at: int) -> bool:
    """Whether the narrator continues here: "said it was safe, although nobody had looked"."""
    low, following = sentence[at].low, low_at(sentence, at + 1)
    if low == ";":
        return following != "that"
    turned = low == "," and following in grammar.turns and low_at(sentence, at + 2) not in {"that", "not", "also"}
    return turned and all(token.word != QUOTE for token in sentence[at : at + _NEAR])


def _breaks_after_quotation(sentence: Sentence, at: int, *, alone: bool) -> bool:
    """Whether the content ends with a quotation: `"We go," adding that`, `"We go," when asked`."""
    low = sentence[at].low
    if alone and low == ",":
        return low_at(sentence, at + 1) not in {QUOTE, "and"}
    return _cue_begins(sentence, at) or (
        alone and (low in grammar.object_ends or low in {"as", "in"} or low.endswith("ing"))
    )


def _ends_object(sentence: Sentence, at: int) -> bool:
    low, following = sentence[at].low, low_at(sentence, at + 1)
    if low == ",":
        # "jobs, homes and schools" continues.
        listed = any(token.low == "and" for token in sentence[at + 1 : at + 5])
        return not listed or following in {"and", "but"}
    return low in grammar.object_ends or low in DASHES or (low in WEEKDAYS and following not in {"a", "an", "the"})


def _cue_begins(sentence: Sentence, at: int) -> bool:
    """Whether a new attribution begins here, after a comma, a conjunction or a quotation."""
    joined = at > 0 and sentence[at - 1].low in {"and", "but"}
    low = low_at(sentence, at)
    limit = at + 5
    while at < limit and (low in {"and", "but", "has", "had", "have"} or is_adverb(low)):
        joined = joined or low in {"and", "but"}
        at += 1
        low = low_at(sentence, at)
    cue = VERBS.get(low)
    if cue and cue.form == "ing" and set(cue.frames) & set("tao"):
        return True
    if cue and joined and (cue.form == "past" or (cue.form == "s" and "n" not in cue.frames)) and cue.frames != "q":
        return True
    if low_at(sentence, at - 1) in {"and", "but", "while"} or low in {"while", "although", "though"}:
        return any(token.low in speech.said for token in sentence[at : at + 7])
    return low == "according"
