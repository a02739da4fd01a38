"""The word lists of languages other than English, one file a language, and how their words and numbers are read.

Stems are those of Snowball (snowballstemmer, BSD, pure Python), written numbers are read by text2num (MIT).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

LISTED = {"de": "german", "fr": "french", "es": "spanish", "it": "italian"}  # their stemmers
_REMEMBERED = 5000  # texts: those of the last few stories
_REMEMBERED_WORDS = 100_000
_LONGEST_WORD = 200
_LONGEST_NUMBER = 12  # words of a written number
# 1.234 and 1 234 are one number; a minus sign belongs to it, the dash of a range or compound does not.
NUMBER = re.compile(
    r"(?:(?<![\w.,-])[-−])?(?:(?<!\d)\d{1,3}((?:[ .,’'\u00a0\u202f]\d{3})+)(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
)
_TOKEN = re.compile(r"-?\d+(?:\.\d+)*|[^\W\d_]+|[,;:.!?]")  # marks part numbers in words
_THOUSANDS = frozenset(["1000", "1000000", "1000000000"])  # "mil", "Million", read as numbers
_PER_CENT = re.compile(r"%|\b(?:prozent|pour cent|por ciento|per cento)\b", re.IGNORECASE)
_ONE_CURRENCY = {"euros": "euro", "dollars": "dollar"}
_SIGNS = {"$": " dollar ", "€": " euro ", "£": " pound "}


class Word(NamedTuple):
    """A word of a text: as written, with numbers in digits; the stem by which it is compared; and what it is."""

    written: str
    stem: str
    is_function: bool
    is_number: bool


@dataclass(frozen=True)
class OtherLists:
    """The fields of a language's file: attributes give sets of words, items give fields as written."""

    fields: dict[str, Any]

    def __getattr__(self, field: str) -> frozenset[str]:
        if field.startswith("__") or field not in self.fields:
            raise AttributeError(f"no language has {field}.")
        words = self.__dict__[field] = frozenset(self.fields[field].split())
        return words

    def __getitem__(self, field: str) -> Any:
        return self.fields[field]


@cache
def lists_of(language: str) -> OtherLists:
    """Return the word lists of a language of `LISTED`."""
    return OtherLists(tomllib.loads((files(__name__) / f"{language}.toml").read_text(encoding="utf-8")))


@lru_cache(maxsize=_REMEMBERED)
def words_in(text: str, language: str) -> tuple[Word, ...]:
    """Return the words of a text in a language of `LISTED`, in order, with numbers in digits.

    "1.500", "1 500", "quinze cents" and "1,5 mille" are all 1500; per cent and "%" are one word, as are "€" and "euro".
    """
    plain = NUMBER.sub(_plain_in_text, unicodedata.normalize("NFC", text))
    plain = _PER_CENT.sub(" percent ", plain)
    for sign, word in _SIGNS.items():
        plain = plain.replace(sign, word)
    found = _with_magnitudes(_with_digits(_TOKEN.findall(plain), language), lists_of(language)["magnitudes"])
    return tuple(_word(token, language) for token in found if token[-1].isalnum())


def plain_number(number: re.Match[str]) -> str:
    """Return a number without thousands separators or trailing zeros, with a decimal point."""
    text = number[0].replace("−", "-")
    if number[1]:
        text = text.replace(number[1].replace("−", "-"), re.sub(r"\D", "", number[1]), 1)
    text = text.replace(",", ".")
    return text.rstrip("0").rstrip(".") if text.count(".") == 1 else text


def _plain_in_text(number: re.Match[str]) -> str:
    return f" {plain_number(number)} "


@lru_cache(maxsize=_REMEMBERED_WORDS)
def stem_in(word: str, language: str) -> str:
    """Return the stem of a word in a language of `LISTED`, without accents."""
    stemmed = _stemmer(language).stemWord(word[:_LONGEST_WORD].casefold())
    return "".join(c for c in unicodedata.normalize("NFKD", stemmed) if not unicodedata.combining(c))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(LISTED[language])


def _word(token: str, language: str) -> Word:
    folded = token.casefold()
    if token.lstrip("-")[:1].isdecimal():
        return Word(token, token, is_function=False, is_number=True)
    if folded in _ONE_CURRENCY:
        return Word(_ONE_CURRENCY[folded], _ONE_CURRENCY[folded], is_function=False, is_number=False)
    is_function = folded in lists_of(language).function_words
    return Word(token, folded if is_function else stem_in(folded, language), is_function, is_number=False)


def _with_digits(tokens: list[str], language: str) -> list[str]:
    """Return the tokens with runs of number words ("vingt et un", "dos mil") as one number each."""
    lists, found, at = lists_of(language), [], 0
    while at < len(tokens):
        stop = at
        while stop < min(len(tokens), at + _LONGEST_NUMBER) and (
            _is_number_word(tokens[stop], language) or (stop > at and tokens[stop].casefold() in lists.joining)
        ):
            stop += 1
        if stop == at + 1 and tokens[at].casefold() in lists.articles:
            stop = at
        while stop > at and not (value := _value(" ".join(tokens[at:stop]).casefold(), language)):
            stop -= 1
        found.append(value if stop > at else tokens[at])
        at = max(stop, at + 1)
    return found


def _is_number_word(token: str, language: str) -> bool:
    return token.isalpha() and _value(token.casefold(), language) != ""


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _value(written: str, language: str) -> str:
    """Return the value of a written number in digits, "" if the words are none."""
    from text_to_num import text2num

    try:
        return str(text2num(written, language))
    except ValueError:
        return ""


def _with_magnitudes(tokens: list[str], magnitudes: dict[str, int]) -> list[str]:
    """Return the tokens with "2.5 millions" as one number."""
    found: list[str] = []
    for token in tokens:
        # "1,5 Mio." has lost its point by now, "2.500 mil millones" has two of them.
        times = magnitudes.get(token.casefold()) or (int(token) if token in _THOUSANDS else None)
        if times and found and re.fullmatch(r"\d{1,15}(?:\.\d{1,6})?", found[-1]):
            found[-1] = f"{float(found[-1]) * times:.6f}".rstrip("0").rstrip(".")
        else:
            found.append(token)
    return found
