"""Whether a sentence of the first screen is understood by whoever has not read the article.

A claim's wording is the best that its articles have, which may still speak of "the striker", whom the sentence before
it names. In the matrix that is better than nothing; in a finding it is not. English only, by form.
"""

from __future__ import annotations

import re

from compare.language.boilerplate import CALENDAR
from compare.language.clauses import is_finite
from compare.language.quotes.names import PEOPLE
from compare.language.quotes.phrases import PREPOSITIONS
from compare.language.quotes.stream import low_at, tokens_of
from compare.language.standing import content_words, is_unnamed, stands_alone

_NO_NAMES = {name.casefold() for name in CALENDAR} | {"the", "a", "an"}
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_LABEL = re.compile(r"\[[^\[\]:]+:\] ?")  # whose words these are
_SUBJECT = re.compile(r"\[([^\[\]]*[^\[\].,:!?…\"”’)])\] ?")  # "[The striker] will wear": what "he" means
_NAME = re.compile(r"\b(?!(?:Mr|Mrs|Ms|Dr)\b)[A-Z]\w+")
_PRONOUN = r"(?:he|she|it|they|him|her|them)"
# "the houses behind it": what follows a preposition is hardly the subject of the sentence.
_OBJECT = re.compile(rf"\b(?:{'|'.join(sorted(PREPOSITIONS))}) (?:it|him|them)\b", re.IGNORECASE)
_BEFORE_AN_OBJECT = 4  # words of content before it, one of which may be what it means
# "One of those four has died, it says"; "The truce that they are to mend": neither the first nor the truce is meant.
_INSERTED = re.compile(rf", {_PRONOUN} (?:said|says|added|adds)\b")
_OF_WHAT_LEADS = re.compile(rf"(?:the|a|an) (?:[\w-]+ ){{1,3}}(?:that|which|whom) {_PRONOUN}\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:these|those) (?:two|three|four|five|six|seven|eight|nine|ten|dozen|\d+)\b", re.IGNORECASE)
_PERSON = re.compile(r"\w+-year-olds?|\w*(?:man|woman|men|women)")
_ONLY_ONE = frozenset(("police", "government", "parliament", "army", "navy"))  # a reader knows which
_LONGEST = 3  # words of a bare description: "The young striker", "The visiting goalkeeper"


def is_understood(text: str) -> bool:
    """Whether it stands alone, and each pronoun and each person that it begins with has a name in it."""
    told = _LABEL.sub("", text)
    subject = _SUBJECT.match(told)
    if subject:
        if not _names(subject[1], begins=False):
            return False
        return stands_alone(text)
    return stands_alone(text) and not _points_back(told) and not _is_bare(told)


def _names(text: str, *, begins: bool) -> bool:
    """Whether a name stands in it; a capital at its beginning shows none, where a sentence begins there."""
    return any(
        (found.start() > 0 or not begins) and found[0].casefold() not in _NO_NAMES for found in _NAME.finditer(text)
    )


def _points_back(text: str) -> bool:
    """Whether a pronoun in it means what stands before it; those in a quotation are the speaker's own."""
    spoken = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    if _COUNTED.search(spoken) or _OF_WHAT_LEADS.match(spoken):
        return True
    after = _OBJECT.search(spoken)
    if after and content_words(spoken[: after.start()]) < _BEFORE_AN_OBJECT:
        return True
    inserted = _INSERTED.search(spoken)
    return inserted is not None and not _names(spoken[: inserted.start()], begins=True)


def _is_bare(text: str) -> bool:
    """Whether it begins with "the striker" or "the 24-year-old", or speaks of "the club" and names nothing at all."""
    if is_unnamed(text):
        return True
    tokens = tokens_of(text)
    if low_at(tokens, 0) != "the" or low_at(tokens, 1) in _ONLY_ONE:
        return False
    for at in range(1, _LONGEST + 1):
        head, after = low_at(tokens, at), low_at(tokens, at + 1)
        if after == "," or is_finite(tokens, at + 1, surely=False):
            is_person = head in PEOPLE or _PERSON.fullmatch(head) is not None
            named = _names(text[: tokens[at].end], begins=True)
            return not named and (is_person or (at == 1 and after != "," and not _names(text, begins=True)))
    return False
