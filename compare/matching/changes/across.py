"""Claims of one sentence, told in two by the article: "A lorry overturned on Friday. Two people were hurt."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.english import opposites
from compare.matching.changes.frame import Frame
from compare.matching.changes.lexicon import stems
from compare.matching.changes.times import days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from compare.matching.changes.reading import Reading

    Read = Callable[[str], Reading]

_LONGEST_SECOND = 12  # words; a longer sentence tells more than the outcome
_TWO = 2  # sentences
_LEAST_SHARED = 2  # words of the claim found in the two together
_MOST_OWN = 1  # words of the second sentence not in the claim, apart from who was harmed
_HARMED = stems(opposites.harmed)
_IN = r"(?:in|inside|aboard|on board|on|at home|there|present)\b"
_ONES = rf"(?:someone|somebody|(?:{'|'.join(sorted(opposites.harmed))}|children|policemen)s?)"
_SOMEBODY = re.compile(
    rf"\b{_ONES} (?:was|were) (?:still |sleeping |asleep )?{_IN}|\bthere (?:was|were) (?:\w+ )?{_ONES} {_IN}",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    rf"\b(?:no one|no-one|nobody) (?:was|had been|else was) {_IN}|\bno one (?:aboard|on board|inside)\b"
    r"|\b(?:was|were|stood) (?:empty|unoccupied|deserted|uninhabited)\b",
    re.IGNORECASE,
)


def in_two(
    claim: Reading, sentence: str, sentences: Sequence[str], article: Sequence[str], read: Read
) -> Iterator[Reading]:
    """Yield a sentence joined to the next where only both together tell a claim's event and its outcome.

    `sentences` are those of the passage around it.
    """
    beside = list(sentences)
    if len(beside) != _TWO and sentence in article[:-1]:
        beside = [sentence, article[list(article).index(sentence) + 1]]
    if len(beside) == _TWO and len(beside[1].split()) <= _LONGEST_SECOND:
        first, second = map(read, beside)
        if _goes_with(claim, first, second):
            yield read(" ".join(beside))


def _goes_with(claim: Reading, first: Reading, second: Reading) -> bool:
    """Whether each sentence tells its part of a claim, and the second adds no other time, place or person."""
    frames = Frame.of(claim, first), Frame.of(claim, second)
    if not frames[0].shared or days(second):
        return False
    own = [at for at in frames[1].added if second.stems[at] not in _HARMED and second.stems[at] not in first.places]
    named = any(second.words[at][0].isupper() and at for at in own)
    return len(own) <= _MOST_OWN and not named and bool(frames[1].shared or _presence(second))


def _presence(reading: Reading) -> str:
    """Return "some" if a passage says that somebody was there, "none" if nobody was, otherwise ""."""
    none = _NOBODY.search(reading.text)
    return "none" if none else "some" if _SOMEBODY.search(reading.text) else ""


def found_empty(claim: Reading, joined: Reading) -> tuple[str, str, str] | None:
    """Find "Two children were in the house when the roof fell" against "The roof fell. The house was empty"."""
    here, there = _presence(claim), _presence(joined)
    if not here or not there or here == there:
        return None
    frame = Frame.of(claim, joined)
    lacking = [at for at in frame.missing if claim.stems[at] not in _HARMED]
    return None if lacking or len(frame.shared) < _LEAST_SHARED else ("negation", claim.text, joined.text)
