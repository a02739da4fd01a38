"""Whether a clause is understood by a stranger, without what stands around it.

English only, by form: a pronoun counts as named where something that it may mean stands before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.clauses import is_statement, states_something
from compare.language.quotes.phrases import PREPOSITIONS
from compare.language.tokens import FUNCTION_WORDS, leans, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_RELATIVE = ("who ", "which ", "where ", "that ")
_FIRST_PERSON = frozenset("i we you my our your us me i'm i've we've we're you're i’m i’ve we’ve we’re you’re".split())
_PRONOUNS = frozenset("he she it they him her them his hers its their theirs himself herself itself themselves".split())
_OBJECTS = frozenset("him them".split())  # "it" and "her" are one where no verb or noun follows
_POINTING = frozenset("also too either instead similar likewise meanwhile".split())  # at the sentence before
# "But luck ran out", "Where the front has been shifting": what it joins on to stands before.
_JOINING = frozenset("and but or so then both where which who whose".split())
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_ANNOUNCING = re.compile(r":[\W_]*$")  # what follows a colon is the claim, and it is not there
_LONG = 35  # words of a wording that takes too much in
_ENOUGH = 4  # words of content: "Bail refused" and "No one was killed" say too little of what they are about
# An object is not what the subject of its clause means: "Mr Trump received it" has three words before it, none named.
_BEFORE_AN_OBJECT = 4


def lacks(text: str) -> int:
    """How much of what it means a clause leaves to its surroundings: 0 for what a stranger understands.

    3 for the end of a sentence or a pronoun without its name, 2 for what is said in the first person, 1 for a part of a
    sentence or one that is too long.
    """
    if is_open(text):
        return 3
    if not _FIRST_PERSON.isdisjoint(word.casefold() for word in words(_QUOTED.sub(" ", text))):
        return 2
    return int(not text[:1].isupper() and not text[:1].isdigit() and text[:1] not in '"“£$€') or (
        1 if len(text.split()) > _LONG else 0
    )


def is_open(text: str) -> bool:
    """Whether it is the end of a sentence, or begins with a pronoun without its name."""
    return leans(text) or text.casefold().startswith(_RELATIVE) or "…" in text


def stands_alone(text: str) -> bool:
    """Whether a sentence can be told by itself: it states enough, and whoever it speaks of is named in it.

    What is quoted in it counts as content; its pronouns are the speaker's own.
    """
    return tells_enough(text) and lacks(text) == 0 and not _points(words(_QUOTED.sub(" ", text)))


def can_be_missing(text: str) -> bool:
    """Whether a text states what somebody may leave out: neither a question nor the announcement of what follows it."""
    return states_something(text) and not _ANNOUNCING.search(text)


def tells_enough(text: str) -> bool:
    """Whether a sentence or a quotation is a statement of several words of content."""
    return is_statement(text) and len(_content(words(text))) >= _ENOUGH


def _points(told: Sequence[str]) -> bool:
    """Whether a word means something that stands before the sentence."""
    low = [word.casefold() for word in told]
    return not _JOINING.isdisjoint(low[:1]) or any(
        word in _POINTING or (word in _PRONOUNS and len(_content(told[:at])) < _needed(low, at))
        for at, word in enumerate(low)
    )


def _needed(low: Sequence[str], at: int) -> int:
    """How many words of content must stand before a pronoun, so that one of them may be what it means."""
    ends = at + 1 == len(low) or low[at + 1] in PREPOSITIONS
    return _BEFORE_AN_OBJECT if low[at] in _OBJECTS or (low[at] in {"it", "her"} and ends) else 1


def _content(told: Sequence[str]) -> list[str]:
    return [word for word in told if word.casefold() not in FUNCTION_WORDS]
