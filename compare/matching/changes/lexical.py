"""Two passages in another language than English: the same words, other numbers, a negation, or perhaps one.

Nothing but lists of words is known of these languages. So a change is said only where all other words of content are
the same; what may differ otherwise is left open (`may_differ`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import product

from compare.language.languages import negations_in
from compare.language.others import LISTED, NUMBER, lists_of, plain_number, stem_in, words_in
from compare.matching.changes.kinds import Change

_REMEMBERED = 5000  # texts: those of the last few stories
_BESIDE = 3  # words before a number in which one makes it inexact, and after a denial in which one limits it
_NEAR = 0.25  # numbers of which one is "about" so and so much may be the same if they differ by less
_LEAST = 2  # words of content that two passages must share beside what is changed
_SIGN = {sign: f" {sign} " for sign in "%‰$€£¥°"}


def same_words(one: str, other: str) -> bool:
    """Whether two passages have the same words and figures in the same order; marks and capitals do not count."""
    return _words(one) == _words(other) != ()


def digits_changed(claim: str, passage: str) -> list[Change]:
    """Return the change of numbers if two passages differ only in their digits, otherwise None."""
    left, right = _words(claim), _words(passage)
    if len(left) != len(right):
        return []
    differ = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if not differ or not all(_is_number(word) for pair in differ for word in pair):
        return []
    return [Change("number", " ".join(a for a, _ in differ), " ".join(b for _, b in differ), proven=True)]


def changes_abroad(claim: str, passage: str, language: str) -> list[Change]:
    """Return what words prove to differ between two passages in a language other than English, if anything.

    Other digits in the same words, in any language; in one with lists also another number, a denial or a contrary where
    all other words of content are the same, in whatever form and order.
    """
    if language not in LISTED:
        return digits_changed(claim, passage)
    one, other = _Content(claim, language), _Content(passage, language)
    sure = one.is_sure and other.is_sure and one.weak == other.weak and one.named == other.named
    if "?" in claim + passage or not sure:
        return []
    if one.words == other.words:
        if one.denies == other.denies:
            return _numbers_changed(one, other)
        told = len(one.order) >= _LEAST and one.numbers == other.numbers
        return [Change("negation", one.denial, other.denial, proven=True)] if told else []
    contrary = one.contrary_to(other)
    alone = contrary and (one.words - other.words).total() == (other.words - one.words).total() == 1
    if contrary and alone and one.numbers == other.numbers and one.denies == other.denies and len(one.order) > _LEAST:
        return [Change("direction", *contrary, proven=True)]
    return []


def may_differ(claim: str, passage: str, language: str) -> bool:
    """Return whether two passages that are not the same word for word may say different things.

    They may if one has more negations, if each has a number of its own, if the same words are in another order, if one
    has the contrary of a word of the other, and always in a language whose negations are not listed.
    """
    if same_words(claim, passage) or digits_changed(claim, passage):
        return False
    if language in LISTED:
        one, other = _Content(claim, language), _Content(passage, language)
        return not changes_abroad(claim, passage, language) and one.may_differ(other)
    left, right = _words(claim), _words(passage)
    ours, theirs = ({word for word in side if _is_number(word)} for side in (left, right))
    if ours - theirs and theirs - ours:
        return True
    if Counter(left) == Counter(right):  # the two parties may be exchanged
        return True
    denying = negations_in(language)
    if denying is None:
        return True
    return sum(word in denying for word in left) != sum(word in denying for word in right)


class _Content:
    """What a passage tells in a language with lists: its words of content, its numbers and whether it denies."""

    def __init__(self, text: str, language: str) -> None:
        self.language, lists = language, lists_of(language)
        self.all = words_in(text, language)
        folded = [word.written.casefold() for word in self.all]
        known = negations_in(language) or frozenset()
        paired = lists.denying_with_particle if not lists.particles.isdisjoint(folded) else frozenset()
        denying = [at for at, form in enumerate(folded) if form in lists.denying or form in paired]
        strong = lists.denying | lists.denying_with_particle | lists.particles
        self.places = [
            at
            for at, (word, form) in enumerate(zip(self.all, folded, strict=True))
            if not (word.is_function or word.is_number or form in known or form in strong)
        ]
        self.order = [self.all[at] for at in self.places]
        self.words = Counter(word.stem for word in self.order)
        self.numbers = Counter(word.written for word in self.all if word.is_number)
        self.denies = bool(denying)
        self.denial = " ".join(self.all[at].written for at in denying)
        self.weak = Counter(form for form in folded if form in known - strong)  # "sans", "ohne", "ni"
        only = bool(lists.particles) and not lists.particles.isdisjoint(folded) and not denying  # "ne ... que"
        limited = any(
            not lists.not_denied.isdisjoint(folded[at + 1 : at + 1 + _BESIDE])
            or not lists.denied_after.isdisjoint(folded[max(0, at - _BESIDE) : at])
            for at in denying
        )
        self.is_sure = not only and not limited
        bounds = [not side.isdisjoint(folded) for side in (lists.at_least, lists.at_most)]
        self.bounds = tuple(bounds) if self.numbers else (False, False)

    def may_differ(self, other: _Content) -> bool:
        """Whether the two may say different things although they share words."""
        if self.numbers - other.numbers and other.numbers - self.numbers:
            return True
        return (
            (self.denies, self.is_sure, self.weak) != (other.denies, other.is_sure, other.weak)
            or self.contrary_to(other) is not None
            or (self.words == other.words and self.named != other.named)
            or {self.bounds, other.bounds} == {(True, False), (False, True)}
        )

    def contrary_to(self, other: _Content) -> tuple[str, str] | None:
        """Return a word that only this one has and its contrary that only the other has."""
        ours, theirs = self.words - other.words, other.words - self.words
        found = (pair for pair in product(ours, theirs) if pair in _contraries(self.language))
        return next(found, None)

    def amounts(self) -> list[tuple[str, str, bool, bool]]:
        """Return each number: the stem of what it counts, its digits, whether it is inexact, and of a date.

        A number that is a bound ("mindestens 300") is left out.
        """
        lists, found = lists_of(self.language), []
        for at, word in enumerate(self.all):
            if word.is_number:
                after = next((one for one in self.all[at + 1 :] if not (one.is_function or one.is_number)), None)
                near = [one.written.casefold() for one in self.all[max(0, at - _BESIDE) : at]]
                if not (lists.at_least | lists.at_most).isdisjoint(near):
                    continue
                inexact = not lists.approximate.isdisjoint(near)
                dated = at + 1 < len(self.all) and self.all[at + 1].written.casefold() in lists.months
                found.append((after.stem if after else "", word.written, inexact, dated))
        return found

    @property
    def named(self) -> list[str]:
        """The words with capitals but days and months, in order: if they change places, so may the parties."""
        lists, found = lists_of(self.language), []
        dates = lists.months | lists.weekdays
        for at, word in zip(self.places, self.order, strict=True):
            if not word.written[0].isupper() or word.written.casefold() in dates:
                continue
            phrase = [one.written for one in self.all[max(0, at - _BESIDE) : at]]
            last = max((at for at, one in enumerate(phrase) if at and one[0].isupper()), default=-1)
            if lists.aside.isdisjoint(one.casefold() for one in phrase[last + 1 :]):
                found.append(word.stem)
        return found


def _numbers_changed(one: _Content, other: _Content) -> list[Change]:
    """Return the changed numbers of two passages with the same words, each beside what it counts."""
    left, right = one.amounts(), other.amounts()
    if [counted for counted, *_ in left] != [counted for counted, *_ in right]:
        left, right = sorted(left), sorted(right)
    counts = [[counted for counted, *_ in side] for side in (left, right)]
    if counts[0] != counts[1] or ((left, right) != (one.amounts(), other.amounts()) and len({*counts[0]}) < len(left)):
        return []
    if any(one[1].count(".") > 1 for one in (*left, *right)):
        return []  # "3.5.2024" is a date, "1.2.3" a version
    differ = [(a, b) for a, b in zip(left, right, strict=True) if float(a[1]) != float(b[1])]
    if any((a[2] or b[2]) and _is_near(float(a[1]), float(b[1])) for a, b in differ) or not differ:
        return []
    kind = "time" if all(a[3] and b[3] for a, b in differ) else "number"
    ours, theirs = (" ".join(pair[side][1] for pair in differ) for side in (0, 1))
    return [Change(kind, ours, theirs, proven=True)]


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= _NEAR * max(abs(one), abs(other))


@cache
def _contraries(language: str) -> frozenset[tuple[str, str]]:
    """The stems of what is the contrary of what, both ways."""
    found: set[tuple[str, str]] = set()
    for one, other in lists_of(language)["opposites"]:
        ours, theirs = ({stem_in(form, language) for form in side.split()} for side in (one, other))
        found |= {*product(ours, theirs), *product(theirs, ours)}
    return frozenset(found)


def _is_number(word: str) -> bool:
    return word.lstrip("-")[:1].isdecimal()


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> tuple[str, ...]:
    """The words, numbers, and signs such as € and %, folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found: list[str] = []
    at = 0
    for number in NUMBER.finditer(folded):
        found += [*_between(folded[at : number.start()]), plain_number(number)]
        at = number.end()
    return (*found, *_between(folded[at:]))


def _between(text: str) -> list[str]:
    # Vowel signs are marks (M): without them two words of Hindi or Thai may be one.
    return "".join(c if unicodedata.category(c)[0] in "LMN" else _SIGN.get(c, " ") for c in text).split()
