"""Quotations cut short of the part that qualifies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.matching.changes.reading import WORD_FOR_WORD, kept

if TYPE_CHECKING:
    from compare.matching.changes.reading import Pair, Reading, Words

_LONGEST = 100  # words of a quotation that are compared
_SHORTEST = 5  # words of a quotation, unless the passages are this alike:
_LIKE = 0.5
_CLAUSES, _WORDS = english.limiting_clauses, english.limiting_words
_LIMITING = _CLAUSES | _WORDS | english.limiting
_OPENING = _WORDS | english.opening
_OPENING_PHRASES = frozenset(english["opening_phrases"])
_ALL = 0.9  # or the shorter one has this share of its words in the other
_LONGEST_OPENING = 8  # words cut from the start of a quotation
_BELIEVING = 3  # words of "we believe that"
_MOST_GONE = 4  # words, if they are missing from several places
_KEPT = 0.6  # share of the shorter wording's content words that the other must have
_GONE = 0.4  # share of the lost part's content words that the other may have elsewhere
_LEAST_LIKENESS = 0.4  # of the passages, if only one of them quotes


def quote_trimmed(pair: Pair) -> Words | None:
    """Find a quotation that leaves out a condition, denial or qualifier of the other passage."""
    if pair.left.runs_on or pair.right.runs_on:
        return None  # the rest is in the next sentence
    if not pair.right.has_quotes:
        return None
    return (_shortened(pair) if pair.left.has_quotes else None) or _cut(pair)


def _shortened(pair: Pair) -> Words | None:
    """Find a quotation in the right that is one in the left without words that limit it."""
    left, right = pair.left, pair.right
    any_part = pair.likeness >= WORD_FOR_WORD
    for full in _quotations(left):
        for short in _quotations(right):
            if not len(short) < len(full) <= _LONGEST:
                continue
            if len(short) < _SHORTEST and pair.likeness < _LIKE and pair.recall < _ALL:
                continue  # a few words taken out of a sentence
            gone = _gone(left, full, [right.stems[at] for at in short], any_part=any_part)
            if gone and not _speaks_on(left, right, gone):
                return left.show(gone[0], gone[-1]), right.show(short[0], short[-1])
    return None


def _gone(left: Reading, full: list[int], short: list[str], *, any_part: bool) -> list[int]:
    """The limiting words that a quotation lost; empty if it differs from the full one in anything else."""
    size = len(full) - len(short)
    same = 0
    while same < len(short) and left.stems[full[same]] == short[same]:
        same += 1
    if [left.stems[at] for at in full[same + size :]] == short[same:]:
        gone = full[same : same + size]
        if (
            left.stems[full[0]] == left.stems[gone[-1]] and same == 1
        ):  # "I may be wrong, but I will stay", "I will stay"
            same, gone = 0, full[:size]
        if not same:
            return gone if _limits_the_rest(left, gone) else []
        limits = any(left.low[at] in _LIMITING for at in gone[:2])
        whole = any_part and left.low[gone[0]] in english.gone_joining and sum(left.is_content[at] for at in gone) > 1
        # "victims who can prove a loss", but not ", who came late"
        which = left.low[gone[0]] in ("who", "whose") and left.commas[gone[0]] == left.commas[gone[0] - 1]
        return gone if limits or whole or which else []
    gone, kept = [], iter(short)
    wanted = next(kept, None)
    for at in full:
        if left.stems[at] == wanted:
            wanted = next(kept, None)
        else:
            gone.append(at)
    limiting = any(left.low[at] in _WORDS for at in gone)
    return gone if wanted is None and limiting and len(gone) <= _MOST_GONE else []


def _limits_the_rest(left: Reading, gone: list[int]) -> bool:
    """Whether words cut from the start limit the rest: "For now, ...", "We believe ..."."""
    low = [left.low[at] for at in gone]
    if low[0] in ("i", "we"):
        return 1 < len(low) <= _BELIEVING and low[1] in _WORDS
    return len(low) <= _LONGEST_OPENING and (low[0] in _OPENING or " ".join(low[:2]) in _OPENING_PHRASES)


def _speaks_on(left: Reading, right: Reading, gone: list[int]) -> bool:
    """Whether the right has the lost part elsewhere, in another quotation or in reported speech."""
    number = left.quoted[gone[0]]
    kept = {left.stems[at] for at in range(len(left.words)) if left.quoted[at] == number and at not in gone}
    outside = {low for low, quoted in zip(right.low, right.quoted, strict=True) if not quoted}
    lost = [left.stems[at] for at in gone if left.is_content[at] and left.stems[at] not in kept]
    if not any(left.is_content[at] for at in gone):
        return all(left.low[at] in outside for at in gone)
    return bool(lost) and sum(form in right.places for form in lost) > _GONE * len(lost)


def _cut(pair: Pair) -> Words | None:
    """Find a limiting clause of the left that a quotation in the right leaves out."""
    left, right = pair.left, pair.right
    for gone in _limits(left):
        first, last = gone[0], gone[-1]
        number = left.quoted[first]
        if left.has_quotes and not number:
            continue
        if left.low[first] in right.low or not _CLAUSES.isdisjoint(right.low):
            continue
        lost = [left.stems[at] for at in gone if left.is_content[at]]
        if sum(form in right.places for form in lost) > _GONE * len(lost):
            continue
        kept = {
            left.stems[at]
            for at in range(len(left.words))
            if left.is_content[at] and left.quoted[at] == number and at not in gone
        }
        for quotation in _quotations(right):
            if _is_part(kept, quotation, pair, both_quote=bool(number)):
                return left.show(first, last), right.show(quotation[0], quotation[-1])
    return None


def _is_part(kept: set[str], quotation: list[int], pair: Pair, *, both_quote: bool) -> bool:
    """Whether the quotation says what remains of the other's words, and little more."""
    right = pair.right
    said = {right.stems[at] for at in quotation if right.is_content[at]}
    both = len(said & kept)
    if both_quote:
        return both >= 1 and both >= _KEPT * len(said) and both >= _KEPT * len(kept)
    return both >= 2 and both >= _KEPT * len(said) and pair.likeness >= _LEAST_LIKENESS


@kept
def _quotations(reading: Reading) -> list[list[int]]:
    found: dict[int, list[int]] = {}
    for at, number in enumerate(reading.quoted):
        if number:
            found.setdefault(number, []).append(at)
    return list(found.values())


def _limits(reading: Reading) -> list[list[int]]:
    """The clauses that limit the rest of a passage."""
    found = []
    for at, word in enumerate(reading.low):
        if at and word in _CLAUSES and reading.low[at + 1 : at + 2] != ["by"] and _same_run(reading, at - 1, at):
            last = at
            while last + 1 < len(reading.words) and _same_run(reading, last + 1, at):
                last += 1
            found.append(list(range(at, last + 1)))
    return found


def _same_run(reading: Reading, one: int, other: int) -> bool:
    return reading.breaks[one] == reading.breaks[other] and reading.quoted[one] == reading.quoted[other]
