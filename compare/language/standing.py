"""Whether a clause can be understood without its context.

English only, by form: a pronoun counts as resolved if a possible antecedent comes before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.language.clauses import is_finite, is_statement, states_something
from compare.language.english import DATES, people, standing
from compare.language.quotes.names import PEOPLE
from compare.language.quotes.phrases import AUXILIARIES, PREPOSITIONS, is_adverb
from compare.language.quotes.stream import low_at, tokens_of
from compare.language.tokens import FUNCTION_WORDS, is_number, leans, stem, words

if TYPE_CHECKING:
    from collections.abc import Sequence


_RELATIVE = ("who ", "which ", "where ", "that ", "whose ")
# What "they" never refers to: times and quantities.
_NOT_MEANT = standing.not_meant | DATES
_OF_PEOPLE = ("man", "woman", "male", "body", "ist", "ian")
_NO_PERSON = people.nothing_said  # "Police searched his car"
_SUBJECTS = frozenset(["he", "she", "it", "they"])
_ITS_OWN = 2  # words before a pronoun that opens a statement about them
_FRONTED = 5  # words that lead into a sentence
_NAMED_LATER = re.compile(r"(?!.* (?:said|says|added))[^,.;]{0,60}, (?:[a-z]+ )?[A-Z][a-z]")  # "In her speech, Ann Lee"
# References back: "exactly this", "made his on Truth Social", "doing both", "said so", "this floor".
_ALONE = re.compile(
    r"\b(?:this|that|these|those|there|his|theirs|hers|both)(?=[.,;:!?]|$)|\b(?:his|theirs|hers|both) (?:on|in|at)\b"
    r"|\b(?:one|another|others) (?:said|says|added)\b|\b(?:say|said|says|do|does|did|think) so\b|^(?:if|when) that\b"
    r"|\b(?:this|these) (?!week|month|year|morning|afternoon|evening|summer|winter|spring|autumn|time|season)[a-z]",
    re.IGNORECASE,
)
# "It is unclear whether", "It took six hours to": "it" refers to nothing before it.
_EMPTY_IT = re.compile(
    r"it(?: (?:is|was|will be|would be|has been|remains|seems|appears)|['’]s)(?: not| also| still| now)?(?: \w+)?"
    r" (?:clear|unclear|possible|impossible|likely|unlikely|certain|uncertain|important|illegal|unlawful|time|hard"
    r"|difficult|easy|necessary|known|unknown|believed|thought|understood|said|official|true|that)\b"
    r"|it (?:seems|seemed|appears) to (?:me|us)\b|it(?: is| was|['’]s)(?: been)? an? (?:\w+ ){1,3}(?:to|that)\b",
    re.IGNORECASE,
)
NAMED_BEFORE = standing.named_before
_TOLD_BEFORE = NAMED_BEFORE | standing.bodies | standing.brought_in | PEOPLE
_SOMEBODY = standing.bodies | PEOPLE | standing.of_some_people
# "the company," and "the company said", not "the company that" or "the offer of"
_DESCRIBED = re.compile(
    r"\b(?<![\w’'-])the (?P<noun>[a-z]+)\b(?!-?\w|[’']\w\w)"
    r"(?! (?:of|that|which|who|whose|called|named|by|behind|between|against)\b)"
    r"(?!,? (?-i:[A-Z])|, (?:an?|the|which|who)\b)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_OF_SOME = re.compile(
    r"one|each|another|others|few|several|third|fourth|fifth"
)  # "Others shrugged": others of a group named before
_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)\d.*|dozen")
_SAID = re.compile(
    r"\b(?:said|says|added|adds|according to) the (\w+)(?=[.,]|$)|\bthe (\w+) (?:said|says|added)(?=[.,]|$)"
)
_NAME = re.compile(r"(?<=[\w,;] )[A-Z]\w")
_LABELLED = re.compile(r"\[[^\[\]:]+:[ \]]")  # whose words these are
_ONLY_LABELLED = re.compile(r"\[[^\[\]:]+:\] ")
_ITS_SUBJECT = re.compile(r"\[[^\[\]]*[^\[\].,:!?…\"”’)]\] ")  # "[A local baker] rang the police"
# A quotation that opens by referring to something said before: "“That is easy to mend,” Lee said".
_QUOTED_FIRST = re.compile(
    r"[\"“](?:(?:and|but|so|because|if|when) )?(?=(?:he|she|it|they|that|this|those|these|his|her|its|their)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
UNCLEAR = 2  # the value of `lacks` for a clause that needs its context
_LONG = 35  # words; a longer clause says too much at once
_OPENING = 60  # characters within which a sentence names its subject
_REMEMBERED = 5000  # texts, from the last few stories
_ENOUGH = 4  # words of content: "Bail refused" and "No one was killed" do not say what they are about
# An object is not the antecedent of its clause's subject: "Mr Trump received it" has three words before it, none named.
_BEFORE_AN_OBJECT = 4


@lru_cache(maxsize=_REMEMBERED)
def lacks(text: str) -> int:
    """Return how much a clause depends on its context: 0 if it can be understood alone.

    3 for the end of a sentence or a pronoun without an antecedent, 2 for the first person, 1 for "the company"
    without its name, part of a sentence, or a clause that is too long.
    """
    if is_open(text) or points(text):
        return 3
    if first_person(text):
        return 2
    begins = text[:1].isupper() or text[:1].isdigit() or text[:1] in '"“£$€['
    return int(not begins or is_unnamed(text) or counts(text) or len(text.split()) > _LONG)


def is_open(text: str) -> bool:
    """Return whether it is the end or condition of a sentence, or begins with an unresolved pronoun."""
    low = text.casefold()
    if (
        (leans(text) and not _EMPTY_IT.match(text))
        or low.startswith((*_RELATIVE, "not if "))
        or "… " in text.partition("] ")[2]
    ):
        return True
    # An insertion takes two commas; a third separates the condition from what follows it.
    return low.partition(" ")[0] in standing.conditions and text.count(",") % 2 == 0


def first_person(text: str) -> bool:
    """Return whether it is in the first person of an unnamed writer: "We rang the ministry"."""
    if _LABELLED.match(text):
        return False
    spoken = _QUOTED.sub(" ", text).replace("’", "'")
    return not standing.first_person.isdisjoint(word.casefold() for word in words(spoken))


def stands_alone(text: str) -> bool:
    """Return whether a sentence can stand alone: it states enough, and names those it speaks of.

    Quoted words count as content; the pronouns in them are the speaker's own.
    """
    return tells_enough(text) and lacks(text) == 0


def can_be_missing(text: str) -> bool:
    """Return whether an article could omit what a text states: it is no question and no lead-in to what follows."""
    last = next((at for at in range(len(text) - 1, -1, -1) if text[at].isalnum()), -1)
    return states_something(text) and ":" not in text[last + 1 :]  # the claim would follow the colon, and is missing


def tells_enough(text: str) -> bool:
    """Return whether a sentence or quotation is a statement with several content words."""
    return is_statement(text) and content_words(text) >= _ENOUGH


def introduces(text: str) -> bool:
    """Return whether a sentence names its subject, so that the next may say "he" or "the firm"."""
    return lacks(text) < UNCLEAR or (not is_open(text) and pronoun_in(text) is None and names_something(text))


def names_something(text: str) -> bool:
    """Return whether it contains a name or a number; an initial capital does not show a name."""
    content = _content(words(text))
    first = words(text)[:1]
    return text[:1] == "[" or any(
        word[0].isdigit() or stem(word)[0].isdigit() or (word[0].isupper() and (word,) != first) for word in content
    )


def content_words(text: str) -> int:
    """Return the number of words that are not function words."""
    return len(_content(words(text)))


def points(text: str) -> bool:
    """Return whether a word refers to something before the sentence."""
    text = _ONLY_LABELLED.sub("", text)  # the speaker is not "he"
    quoted = _QUOTED_FIRST.match(text)
    if _counts(text, _OF_SOME) or (quoted and not _EMPTY_IT.match(text, quoted.end())):
        return True
    spoken = _unquoted(text)
    low = [word.casefold() for word in _WORD.findall(spoken)]
    if not standing.leaning.isdisjoint(low[:1]) or not standing.pointing.isdisjoint(low):
        return True
    return bool(_ALONE.search(spoken.rstrip())) or pronoun_in(text) is not None


def counts(text: str) -> bool:
    """Return whether it says how many did something, but not of whom: "Six are missing", "One of the four died"."""
    return _counts(text, _NUMBER)


def _counts(text: str, counted: re.Pattern[str]) -> bool:
    tokens = tokens_of(text[:_OPENING])
    if low_at(tokens, 0) == "there" and is_finite(tokens, 1):
        return bool(counted.fullmatch(stem(low_at(tokens, 2)))) and low_at(tokens, 3) in PREPOSITIONS | {".", ","}
    at = 0
    while low_at(tokens, at) in standing.before_how_many:
        at += 1
    if not counted.fullmatch(stem(low_at(tokens, at).partition("-")[0])):
        return False
    if (
        low_at(tokens, at + 1) == "of"
        and low_at(tokens, at + 2) == "the"
        and _NUMBER.fullmatch(stem(low_at(tokens, at + 3)))
    ):
        at += 3
    at += 2 if low_at(tokens, at + 1) in standing.adverbs else 1
    return low_at(tokens, at) == "," or is_finite(tokens, at)


@lru_cache(maxsize=_REMEMBERED)
def pronoun_in(text: str) -> re.Match[str] | None:
    """Find the first pronoun without a possible antecedent in the sentence, outside quotations."""
    spoken = _unquoted(text)
    found = list(_WORD.finditer(spoken))
    told = [word[0] for word in found]
    low = [word.casefold().replace("’", "'") for word in told]
    subject = _ITS_SUBJECT.match(text)
    for at, word in enumerate(low):
        if word in standing.pronouns and not (subject and at) and not _is_named(told, low, at):
            empty = _EMPTY_IT.match(spoken, found[at].start()) or (word == "it" and low[at - 1] in standing.making)
            if not empty and not (at and _NAMED_LATER.match(spoken, found[at].end())):
                return found[at]
    return None


def _is_named(told: Sequence[str], low: Sequence[str], at: int) -> bool:
    """Whether a possible antecedent comes before the pronoun at this word."""
    names = sum(word[0].isupper() for word in _content(told[1:at]))
    if low[0] in PREPOSITIONS and not names and low[at] in _SUBJECTS and at <= _FRONTED:
        return False  # "Under the plan they will move"
    if low[at] in _SUBJECTS and at == _ITS_OWN and low[0] == "the":
        return False  # "The contract it has lost"
    if at == 1 and low[0].endswith("ing") and low[at + 1 : at + 2] and low[at + 1] in AUXILIARIES:
        return False  # "Mending it will cost"
    ends = at + 1 == len(low) or low[at + 1] in PREPOSITIONS
    governed = low[at] in {"him", "them"} or (low[at] in {"it", "her"} and ends)
    meant = [word for word in _content(told[:at]) if word.casefold() not in _NOT_MEANT and not is_number(stem(word))]
    if not governed and low[at] in standing.of_persons:
        meant = [
            word
            for word in meant
            if (word[0].isupper() and word.casefold() not in _NO_PERSON)  # a name, and not "Police"
            or word in PEOPLE
            or word.endswith(_OF_PEOPLE)
        ]
    return len(meant) >= (_BEFORE_AN_OBJECT if governed else 1)


def is_unnamed(text: str) -> bool:
    """Return whether it mentions "the company" or "the officer" without saying which."""
    tokens = tokens_of(text)
    head = low_at(tokens, 1)
    if low_at(tokens, 0) == "the" and head in standing.rest:
        return True
    if low_at(tokens, 0) == "the" and head in NAMED_BEFORE:
        at = 3 if low_at(tokens, 2) in standing.adverbs else 2
        return low_at(tokens, at) == "," or is_finite(tokens, at, surely=False)
    spoken = _unquoted(text)
    said = _SAID.search(spoken)
    return said is not None and (said[1] or said[2]) in PEOPLE | NAMED_BEFORE and not _NAME.search(spoken)


def described(text: str) -> list[re.Match[str]]:
    """Find every "the company" that neither the text before nor the text after identifies."""
    spoken = _BRACKETED.sub(lambda put_in: " " * len(put_in[0]), _unquoted(text))
    first: dict[str, re.Match[str]] = {}
    for one in _DESCRIBED.finditer(spoken):
        noun = one["noun"].casefold()
        if noun not in _TOLD_BEFORE or noun in first or re.match(r"\s\[", text[one.end() : one.end() + 2]):
            continue
        if _ends_there(text[one.end() : one.end() + _OPENING]):  # not "the union leader"
            first[noun] = one
    found = list(first.values())
    # Once named, always named, so a binary search will do: a line may be endless.
    unnamed = 0 if text[:1] == "[" else bisect_left(found, True, key=lambda one: has_name(text[: one.start()]))
    told = ((one, re.search(rf"\b{noun}", text, re.IGNORECASE)) for noun, one in first.items())
    return [
        one
        for at, (one, earliest) in enumerate(told)
        if (at < unnamed or one["noun"].casefold() not in _SOMEBODY)
        and (earliest is None or earliest.start() >= one.start())
    ]


def begins_bare(text: str) -> bool:
    """Return whether it begins with "the storm" or "both victims", names nothing else and does not say which."""
    tokens = tokens_of(text)
    if low_at(tokens, 0) not in {"the", "both"} or low_at(tokens, 1) in standing.only_one:
        return False
    at = 3 if is_adverb(low_at(tokens, 2)) or low_at(tokens, 2) in standing.adverbs else 2
    noun = low_at(tokens, 1).isalpha() and tokens[1].word.islower() and not has_name(text)
    return noun and is_finite(tokens, at, surely=False)


def _ends_there(after: str) -> bool:
    """Whether the noun phrase ends here: a verb, a mark or a function word follows."""
    tokens = tokens_of(after[:_OPENING])
    low = low_at(tokens, 0)
    small = low in FUNCTION_WORDS | PREPOSITIONS | AUXILIARIES or is_adverb(low)
    return small or not low.isalpha() or is_finite(tokens, 0, surely=False)


def has_name(before: str) -> bool:
    """Return whether a name comes before; a time or the first word of a sentence is not a name."""
    told = [word for word in words(before) if word[0].isupper() and word.casefold() not in FUNCTION_WORDS | DATES]
    return bool(told[1:] or (told and told[0] != words(before)[0]))


def _unquoted(text: str) -> str:
    """Blank out quotations without moving the rest."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)


def _content(told: Sequence[str]) -> list[str]:
    return [word for word in told if word.casefold() not in FUNCTION_WORDS]
