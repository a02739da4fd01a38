"""Two passages in a language without rules: the same words, other digits, or perhaps a negation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from compare.language.languages import negations_in
from compare.matching.changes.kinds import Change

_REMEMBERED = 5000  # texts: those of the last few stories
# 1.234 and 1 234 are one number; a minus sign belongs to it, the dash of a range or compound does not.
_NUMBER = re.compile(r"(?:(?<![\w.,-])[-−])?(?:(?<!\d)\d{1,3}((?:[ .,’']\d{3})+)(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)")
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


def may_differ(claim: str, passage: str, language: str) -> bool:
    """Return whether two passages that are not the same word for word may say different things.

    They may if one has more negations, if each has a number of its own, if the same words are in another order, and
    always in a language whose negations are not listed.
    """
    if same_words(claim, passage) or digits_changed(claim, passage):
        return False
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


def _is_number(word: str) -> bool:
    return word.lstrip("-")[:1].isdecimal()


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> tuple[str, ...]:
    """The words, numbers, and signs such as € and %, folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found: list[str] = []
    at = 0
    for number in _NUMBER.finditer(folded):
        found += [*_between(folded[at : number.start()]), _plain(number)]
        at = number.end()
    return (*found, *_between(folded[at:]))


def _between(text: str) -> list[str]:
    # Vowel signs are marks (M): without them two words of Hindi or Thai may be one.
    return "".join(c if unicodedata.category(c)[0] in "LMN" else _SIGN.get(c, " ") for c in text).split()


def _plain(number: re.Match[str]) -> str:
    """A number without thousands separators or trailing zeros, with a decimal point."""
    text = number[0].replace("−", "-")
    if number[1]:
        text = text.replace(number[1].replace("−", "-"), re.sub(r"\D", "", number[1]), 1)
    text = text.replace(",", ".")
    return text.rstrip("0").rstrip(".") if text.count(".") == 1 else text
