"""Words as the matcher counts them: folded, lightly stemmed, numbers made comparable."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.language.english import grammar, numbers, verbs
from compare.language.remembering import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

# A number with its separators, or a word with inner apostrophes; hyphens separate.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPT_WITHOUT_SPACES = re.compile("([\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")

_ONES, _TENS = numbers["ones"], numbers["tens"]
NUMBER_WORDS = {word: str(value) for value, word in enumerate(_ONES)} | {
    word: str(value) for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}

# Closed-class English words, which carry no content.
FUNCTION_WORDS = grammar.function_words

_COMPOUND_NUMBER = re.compile(rf"\b({'|'.join(_TENS)})-({'|'.join(_ONES[1:10])})\b", re.IGNORECASE)

_MULTIPLES = numbers["multiples"]
_MULTIPLE = re.compile(rf"\b(a|{'|'.join(NUMBER_WORDS)}) ({'|'.join(_MULTIPLES)})\b", re.IGNORECASE)


def _multiplied(match: re.Match[str]) -> str:
    times = match[1].lower()
    return str((1 if times == "a" else int(NUMBER_WORDS[times])) * _MULTIPLES[match[2].lower()])


# sentences, from the last few stories: about 10 MB
_REMEMBERED = 20000

_LONGEST_WORD = 200  # letters read: longer "words" are addresses and broken pages

# "U.S." is one word, and "US" is not the pronoun.
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_COUNTRY = re.compile(r"\bUS\b(?!\$)")
_PER_CENT = re.compile(r"\bper cent\b", re.IGNORECASE)
# Signs read as words; a number stands beside them.
_SIGNS = {sign: f" {word} " for sign, word in {"%": "percent", "$": "dollars", "€": "euros", "£": "pounds"}.items()}
_SIGN = re.compile("[%$€£]")


@remembered(_REMEMBERED)  # every step of a comparison needs a sentence's words
def words(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, in order.

    Chinese, Japanese and Thai are cut into characters. "thirty-seven", "two hundred" and "a dozen" are one number each;
    "U.S." and "US" become "USA", "%" and "per cent" become "percent"; "$", "€" and "£" are words too.
    """
    # Most sentences have none of these, and a character test is far faster than a pattern.
    if text.count(".") > 1:
        text = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text)
    if "US" in text:
        text = _COUNTRY.sub("USA", text)
    if "-" in text:
        text = _COMPOUND_NUMBER.sub(
            lambda m: str(int(NUMBER_WORDS[m[1].lower()]) + int(NUMBER_WORDS[m[2].lower()])), text
        )
    if "dozen" in text or "hundred" in text or "thousand" in text:
        text = _MULTIPLE.sub(_multiplied, text)
    if "cent" in text.casefold():
        text = _PER_CENT.sub("percent", text)
    text = _SIGN.sub(lambda match: _SIGNS[match[0]], text)
    if not text.isascii():
        text = _SCRIPT_WITHOUT_SPACES.sub(r" \1 ", text)
    return tuple(_TOKEN.findall(text))


# What "ing" and "ed" leave of a short word: "tak" has lost an e, which "hitt" has not; "ask" and "pay" are whole.
_LOST_E = re.compile(r"[^\W\d_aeiou]?[aeiou][^\W\d_aeiouwxy]")
_WHOLE = re.compile(r"(?=.*[aeiou])[^\W\d_]{2}[^\W\d_e]")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the form in which a word is counted: folded, numbers in digits, inflection removed by light rules."""
    word = word[:_LONGEST_WORD]
    folded = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    folded = folded.replace("’", "'")
    if folded[:1].isdecimal() != word[:1].isdecimal():
        return word  # a sign like ½, which becomes digits only when folded
    if folded[:1].isdecimal():
        return re.sub(r",(?=\d{3}(?!\d))|^0+(?=\d)", "", folded)
    if folded.endswith("'s"):
        folded = folded[:-2]
    if folded in NUMBER_WORDS:
        return NUMBER_WORDS[folded]
    if folded == "bn":
        return "billion"
    if folded in FUNCTION_WORDS:
        return folded
    return _cut(folded)


def leans(sentence: str) -> bool:
    """Return whether a sentence needs the one before it to be understood ("They have stalled.")."""
    return (words(sentence) or ("",))[0].casefold() in grammar.leaning


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words, without function words."""
    return frozenset(stem(word) for word in words(text)) - FUNCTION_WORDS


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of these words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def is_number(token: str) -> bool:
    """Return whether a stemmed token is a number."""
    return token[:1].isdecimal()


def _cut(word: str) -> str:
    for ending, put in (("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ying", "y")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + put
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and _LOST_E.fullmatch(rest):
            return rest + "e"
        if rest != word and _WHOLE.fullmatch(rest):
            return rest
    for ending in ("ing", "ed", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


# Irregular verb forms, each with its verb's stem, which no rule recovers. No form belongs to two verbs.
_FORMS = verbs["irregular"]
PASTS = frozenset(forms.split()[0] for forms in _FORMS.values())
IRREGULAR = {
    form: stem(verb)
    for table in ("irregular", "other_forms")
    for verb, forms in verbs[table].items()
    for form in forms.split()
}
IRREGULAR |= {verb: stem(verb) for verb in (*_FORMS, *verbs["other_forms"])}
