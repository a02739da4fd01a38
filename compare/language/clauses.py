"""Sentences that join several facts, cut where one fact ends and the next begins.

English only, by position and without a parser: a cut needs a joint (a semicolon, "and", "but", "while", ", who") with a
finite verb on both sides. A reason or condition ("because", "if") stays with what it explains.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.language.english import grammar, speech
from compare.language.quotes.cues import VERBS
from compare.language.quotes.phrases import (
    BOUNDARIES,
    DETERMINERS,
    FINITE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    Span,
    is_adverb,
    subject_before,
)
from compare.language.quotes.rightward import first_phrase
from compare.language.quotes.stream import DASHES, QUOTE, Sentence, low_at, tokens_of
from compare.language.tokens import FUNCTION_WORDS, PASTS, words

if TYPE_CHECKING:
    from collections.abc import Container

_LEAST = 4  # words on both sides of a cut
_LEAST_OF_ALL = 3  # of "a dike broke"
_LONGEST = 400  # tokens; a longer sentence is a list, or has lost its full stops, and is not cut
_SUBJECT = 12  # tokens in the subject of a clause
_FEWEST, _FEWEST_OF_CONTENT = 3, 2  # words in a statement, and those that are neither function words nor numbers
_VERB_AMONG = 4  # content words, among which there may be an unrecognised verb

_RELATIVES = frozenset(["who", "which", "where"])
# "The union refused" does not say which union.
_POINTING = frozenset(["the", "this", "that", "these", "those"]) | POSSESSIVES
_RELATING = _RELATIVES | {"whom", "whose"}
_NO_ANTECEDENTS = PRONOUNS | grammar.objects
_SUBORDINATES = (grammar.conditions - {"while", "as"}) | {"that", "whether", "how", "why"}


class Clause(NamedTuple):
    """A part of a sentence that stands alone: its span, and the subject it shares with the clause before it."""

    start: int
    end: int
    subject: tuple[int, int] | None = None

    def read(self, text: str) -> str:
        """Return the clause's words, preceded by its shared subject: "The group … said it was over"."""
        own = text[self.start : self.end]
        return f"{text[slice(*self.subject)]} … {own}" if self.subject else own


def clauses(sentence: str) -> list[Clause]:
    """Cut a sentence into clauses that each state a fact, in order, with offsets into the sentence.

    A sentence with one fact stays whole. A relative clause begins with its antecedent, so spans may overlap.
    """
    tokens = tokens_of(sentence)
    if len(tokens) > _LONGEST:
        return [whole(sentence)]
    found: list[Clause] = []
    begin = first = 0  # where the current clause begins, and its first token after the shared subject
    subject: Span | None = None
    at = 1
    while at < len(tokens) - _LEAST_OF_ALL:
        cut = _joint(tokens, first, at)
        # The antecedent of "who went there and has told" is the subject of both its verbs.
        about = (begin, first - 1) if begin < first else None
        shared = about or subject or _subject(tokens, first) if cut and cut.shares else None
        if (
            cut
            and (cut.subject or shared or not cut.shares)
            and _tells(tokens, first, at, short=begin == first and subject is None)
            and _tells(tokens, cut.first, len(tokens), short=not cut.shares)
        ):
            joined = cut.begin < at and low_at(tokens, cut.begin - 1) in grammar.joints
            # "Two were handed over, and Ann Lee, who": the join comes before the next clause's antecedent.
            end = cut.begin - 2 if joined and low_at(tokens, cut.begin - 2) == "," else at
            found.append(_clause(tokens, begin, end, subject))
            subject = cut.subject or (shared if cut.shares else None)
            begin, first = cut.begin, cut.first
            at = first
        at += 1
    if not found:
        return [whole(sentence)]
    return [*found, _clause(tokens, begin, len(tokens), subject)._replace(end=len(sentence))]


def _clause(tokens: Sentence, begin: int, end: int, subject: Span | None) -> Clause:
    shared = (tokens[subject[0]].start, tokens[subject[1] - 1].end) if subject else None
    return Clause(tokens[begin].start, tokens[end - 1].end, shared)


def states_something(sentence: str) -> bool:
    """Return whether a sentence states something: not a question, and not without words."""
    return bool(words(sentence)) and not sentence.rstrip("\"'”’»)").endswith("?")


def is_statement(text: str) -> bool:
    """Return whether a clause states something: it has a verb, or enough words to contain one.

    Verbs are recognised by form, so none is found in "The doors stand two metres tall"; a shorter clause of that
    kind does not count as a statement.
    """
    told = [word.casefold() for word in words(text)]
    content = sum(word not in FUNCTION_WORDS and not word[0].isdigit() for word in told)
    if len(told) < _FEWEST or content < _FEWEST_OF_CONTENT:
        return False
    tokens = tokens_of(text)
    verbs = (at for at, token in enumerate(tokens) if token.word[0].islower() and is_finite(tokens, at, surely=False))
    if len(tokens) > _LONGEST or next(verbs, None) is not None:
        return True
    # Names alone sign a letter or say where a report was written.
    small = any(word[0].islower() and word not in FUNCTION_WORDS for word in words(text))
    return small and content >= _VERB_AMONG and told[0] not in PREPOSITIONS and not told[0][0].isdigit()


def whole(sentence: str) -> Clause:
    """Return a sentence as its only clause."""
    return Clause(0, len(sentence))


class _Cut(NamedTuple):
    begin: int  # the first token of the next clause, with any antecedent
    first: int  # its first token of its own
    shares: bool = False  # its subject stands in the clause before
    subject: Span | None = None  # if not the subject of the clause before


def _joint(tokens: Sentence, first: int, at: int) -> _Cut | None:
    """The cut at this token, if two clauses join here."""
    low, following = tokens[at].low, low_at(tokens, at + 1)
    if low == ";" or low in DASHES:
        told = following not in _RELATIVES and _new_subject(tokens, at + 1) and not _put_in(tokens, at, DASHES)
        return _Cut(at + 1, at + 1) if low == ";" or told else None
    if low == ",":
        if following in _RELATIVES and low_at(tokens, at + 2) != "of":
            return _related(tokens, first, at)
        if following in speech.adding and low_at(tokens, at + 2) == "that":
            # The speaker of the first part adds the second.
            said = next((k for k in range(at - 1, first, -1) if "t" in _frames(tokens, k)), first)
            if low_at(tokens, said - 1) == ")":  # "Ann Lee (R) said"
                said = next((k for k in range(said - 1, first, -1) if tokens[k].low == "("), said)
            return _Cut(at + 1, at + 1, shares=True, subject=subject_before(tokens, said) if said > first else None)
        return _after_joint(tokens, first, at, at + 2) if following in grammar.joints else None
    if low in grammar.joints and tokens[at - 1].low not in grammar.no_joint_after:
        return _after_joint(tokens, first, at, at + 1)
    return None


def _related(tokens: Sentence, first: int, at: int) -> _Cut | None:
    """The cut before ", who", with the pronoun's antecedent."""
    if _has_second_object(tokens, first, at):
        return None
    if not _put_in(tokens, at, {","}):
        return _Cut(_antecedent(tokens, first, at + 1), at + 1)
    # ", and the man at the gate, who leads it, warned" is a clause of its own.
    joint = next((k for k in range(at - 1, first + 1, -1) if tokens[k].low in grammar.joints), 0)
    own = low_at(tokens, joint - 1) == "," and not any(is_finite(tokens, k) for k in range(joint, at))
    return _Cut(joint + 1, at + 1) if own else None


def _put_in(tokens: Sentence, at: int, marks: Container[str]) -> bool:
    """Whether this mark opens an insertion closed before the outer verb: "said the firm, which X, was"."""
    closing = next((k for k in range(at + 2, len(tokens)) if tokens[k].low in marks), len(tokens))
    return is_finite(tokens, closing + 1 + is_adverb(low_at(tokens, closing + 1)))


def _has_second_object(tokens: Sentence, first: int, at: int) -> bool:
    """Whether the outer clause goes on after the relative one: "called the offer, which ends in May, an insult"."""
    verb = any(tokens[k].low in grammar.with_two_objects for k in range(first, at))
    closing = next((k for k in range(at + 2, len(tokens)) if tokens[k].low == ","), len(tokens))
    goes_on = low_at(tokens, closing + 1) in DETERMINERS | {QUOTE, "as", "for", "too"} - PRONOUNS
    return verb and goes_on and not any(is_finite(tokens, k) for k in range(closing + 1, len(tokens)))


def _after_joint(tokens: Sentence, first: int, at: int, start: int) -> _Cut | None:
    """The clause after a conjunction, with its own subject or that of the clause before."""
    if _unfinished(tokens, first, at) or (tokens[at].low != "," and _within(tokens, first, at)):
        return None
    pronoun, contracted, _ = low_at(tokens, start).partition("'")  # "he'll"
    if (contracted and pronoun in grammar.subject_pronouns) or _new_subject(tokens, start):
        # "said a container of ribbon and vases was": the report before the conjunction has no verb yet.
        reports = any(_opens_report(tokens, k) for k in range(first, at - 2))
        listed = tokens[at].low != "," and (reports or _opened(tokens, first, at))
        if low_at(tokens, start - 1) == "as" and is_finite(tokens, len(tokens) - 2):
            return None  # ", as the board has established."
        return None if listed else _Cut(start, start)
    acts = is_finite(tokens, start) and not _is_participle(tokens, start) and not _points_back(tokens, start)
    if low_at(tokens, start - 1) in {"and", "but"} and acts and not _relates(tokens, first, at):
        return _Cut(start, start, shares=True)
    return None


def _points_back(tokens: Sentence, start: int) -> bool:
    """Whether a clause only refers back to an action already told: "and is doing both on purpose"."""
    at = start
    while at < len(tokens) and low_at(tokens, at) not in grammar.doing and is_finite(tokens, at):
        at += 1
    same = low_at(tokens, at + 1) == "the" and low_at(tokens, at + 2) == "same"
    return low_at(tokens, at) in grammar.doing and (
        same or low_at(tokens, at + 1) in {"both", "so", "it", "this", "that"}
    )


def _is_participle(tokens: Sentence, at: int) -> bool:
    """Whether an apparent verb belongs to the subject after it: "and chanted slogans filled the hall"."""
    noun = low_at(tokens, at + 1)
    bare = noun.isalpha() and tokens[at + 1].word.islower() and noun not in FUNCTION_WORDS | PREPOSITIONS
    return bare and is_finite(tokens, at + 2) and low_at(tokens, at + 3) in grammar.beginning


def _opened(tokens: Sentence, first: int, at: int) -> bool:
    """Whether a clause opens before the conjunction and has no verb yet: "left after the head and the board fell"."""
    verb = max(k for k in range(first, at) if is_finite(tokens, k))
    return low_at(tokens, at - 1) != "," and any(tokens[k].low in _SUBORDINATES for k in range(verb + 1, at))


def _relates(tokens: Sentence, first: int, at: int) -> bool:
    """Whether the clause before may be a defining relative clause: "a man who fell and", "two of whom it sent and"."""
    return any(
        tokens[k].low in _RELATING
        and (tokens[k - 1].low != "," or not any(is_finite(tokens, j) for j in range(first, k)))
        for k in range(first + 1, at)
    )


def _new_subject(tokens: Sentence, start: int) -> bool:
    """Whether a subject begins here and its finite verb follows before any other mark or clause."""
    if start >= len(tokens) or is_finite(tokens, start) or tokens[start].low in grammar.conditions | {","}:
        return False
    head = tokens[start]
    if head.low == "that" and low_at(tokens, start + 1) in DETERMINERS | PRONOUNS:
        return False
    begins = head.low in PRONOUNS | DETERMINERS | {"there"} or not head.word[0].islower()
    # A bare noun may continue a list unless it follows a comma or is plural.
    bare = low_at(tokens, start - 2) == "," or head.low.endswith("s")
    if not begins and (
        not bare or head.low in PREPOSITIONS or head.low.endswith("ing") or is_adverb(head.low) or head.low == "not"
    ):
        return False
    for at in range(start + 1, min(len(tokens), start + _SUBJECT)):
        low = tokens[at].low
        # "someone he can influence": a verb with its own subject does not belong to this one.
        if low in grammar.subject_pronouns or low == "that" or not (tokens[at].word[0].isalnum() or low[0] in "'-"):
            return False
        if is_finite(tokens, at):
            return True
    return False


def is_finite(tokens: Sentence, at: int, *, surely: bool = True) -> bool:
    """Return whether this is a finite verb; with `surely`, a form like "cut" counts only beside a clear subject."""
    low, before = low_at(tokens, at), low_at(tokens, at - 1)
    if low in FINITE:
        return True
    if not low or (before in DETERMINERS | PREPOSITIONS | POSSESSIVES and before not in PRONOUNS):
        return False
    if low in VERBS:
        form = VERBS[low].form
        noun_too = "n" in VERBS[low].frames and not (low.endswith("ed") and low_at(tokens, at + 1) != "by")
        noun_too |= form == "s" and low_at(tokens, at - 2) == "to"  # "to resume talks"
        return form in {"past", "s"} and not (surely and noun_too)
    if low in PASTS:
        subject = before in PRONOUNS or before == "and" or tokens[at - 1].word[0].isupper()
        several = before.endswith("s") or before in grammar.plurals
        # "Two people lost their lives", not "the people lost at sea"
        acts = subject or (several and low_at(tokens, at + 1) in DETERMINERS | POSSESSIVES)
        clear = acts or low not in grammar.nouns_too or not surely
        return clear and tokens[at].word[0].islower()
    if not surely and low.endswith("s") and low_at(tokens, at + 1) in grammar.beginning:
        return True  # "The note names the bakers"
    regular = low.endswith("ed") and len(low) > 4 and low not in grammar.no_verbs
    return regular and tokens[at].word[0].islower() and low_at(tokens, at + 1) != "by"


def _frames(tokens: Sentence, at: int) -> str:
    """The constructions that may follow the cue at this token; empty if it is not a cue."""
    low = tokens[at].low
    return VERBS[low].frames if low in VERBS else ""


def _tells(tokens: Sentence, start: int, end: int, *, short: bool = False) -> bool:
    """Whether these words and a verb suffice for a fact; with `short`, also "a dike broke", but not "he went home"."""
    words = sum(3 if token.word == QUOTE else token.word[0].isalnum() for token in tokens[start:end])
    if words >= _LEAST:
        return any(is_finite(tokens, at) for at in range(start, end))
    names = low_at(tokens, start) in DETERMINERS - _POINTING and tokens[start + 1].word[0].isalpha()
    return short and words == _LEAST - 1 and names and is_finite(tokens, start + 2)


def _unfinished(tokens: Sentence, first: int, at: int) -> bool:
    """Whether a list or a condition, not a full clause, comes before the conjunction."""
    if tokens[at].low == "and" and tokens[at - 1].word[0].isupper() and tokens[at + 1].word[0].isupper():
        return True
    comma = next((k for k in range(at - 1, first, -1) if tokens[k].low == ","), first)
    return (comma == first and tokens[first].low in grammar.conditions) or not any(
        is_finite(tokens, k) for k in range(comma, at)
    )


def _within(tokens: Sentence, first: int, at: int) -> bool:
    """Whether the words before a conjunction end within a report or condition: "denied that the firm had paid and"."""
    comma = next((k for k in range(at - 1, first, -1) if tokens[k].low == ","), first)
    verb = max(k for k in range(comma, at) if is_finite(tokens, k))
    if any(tokens[k].low in grammar.no_prepositions for k in range(comma, at)):
        return True
    return any(tokens[k].low in _SUBORDINATES or _opens_report(tokens, k) for k in range(comma, verb))


def _opens_report(tokens: Sentence, at: int) -> bool:
    """Whether a cue stands here, followed by what is said."""
    cue = set("ta") & set(_frames(tokens, at)) and is_finite(tokens, at)
    return bool(cue) and low_at(tokens, at + 1) not in {QUOTE, ","} | PREPOSITIONS


def _antecedent(tokens: Sentence, first: int, pronoun: int) -> int:
    """Where "the strike, which began" starts; the pronoun's own place if it has no antecedent."""
    found = subject_before(tokens, pronoun + 1) if tokens[pronoun].low != "where" else None
    if (
        found is None
        or found[0] <= first
        or tokens[found[1] - 1].low in _NO_ANTECEDENTS
        or tokens[pronoun - 2].low in VERBS
    ):
        return pronoun
    start, end = found
    if end - start == 1 and tokens[start].word[0].isdigit() and tokens[start - 1].low == ",":  # "Ann Lee, 28, who"
        start = next((k + 1 for k in range(start - 2, first, -1) if not tokens[k].word[0].isupper()), first)
    # A verb stands where a noun phrase begins anew: "The note names the bakers, who".
    governing = PREPOSITIONS | grammar.joints
    anew = (k for k in range(start + 1, end) if tokens[k].low in grammar.beginning)
    start = max((k for k in anew if tokens[k - 1].low not in governing), default=start)
    if low_at(tokens, start - 1) in grammar.before_base:  # "is likely to go to a grocer, who"
        start = next(
            (k for k in range(start, end) if tokens[k].low in DETERMINERS or tokens[k].word[0].isupper()), start
        )
    start = max([k + 1 for k in range(start, end - 1) if tokens[k].low == "by"], default=start)
    if tokens[pronoun].low == "which":
        start = max([k + 1 for k in range(start, end - 1) if tokens[k].low in PREPOSITIONS - {"of"}], default=start)
    while start < end - 1 and (
        is_finite(tokens, start) or tokens[start].low.endswith(("ing", "ed")) or tokens[start].low in PREPOSITIONS
    ):
        start += 1
    return start


def _subject(tokens: Sentence, first: int) -> Span | None:
    """The subject of the clause that begins at this token: the words before its verb."""
    # "LEEDS, England (Agency) - The mayor": a dateline is not a subject.
    first = next((k + 1 for k in range(first, min(first + 10, len(tokens))) if tokens[k].low in DASHES), first)
    found = first_phrase(tokens[first:])
    if found is None:
        return None
    start = first + found[0]
    end = start
    while (
        end < len(tokens) and not is_finite(tokens, end) and (tokens[end].word[0].isalnum() or tokens[end].low == "'s")
    ):
        if tokens[end].low in BOUNDARIES or tokens[end].low in _RELATIVES:
            break
        end += 1
    if not is_finite(tokens, end):  # "Lee claims it and refuses", where "claims" may be a noun
        end = next((k for k in range(start + 1, end) if is_finite(tokens, k, surely=False)), end)
    while end > start and is_adverb(tokens[end - 1].low):  # "It badly shook"
        end -= 1
    return (start, end) if start < end <= start + _SUBJECT else None
