"""Which language a text is in: English by its function words, any other by py3langid, which needs no network.

`benchmarks/languages.py` measures how often that is right.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from compare.language.others import LISTED, lists_of, words_in
from compare.language.tokens import FUNCTION_WORDS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

ENGLISH = "en"
# Of 3,802 English articles 11 have fewer function words of English than this share, all above .15. Sentences of other
# languages reach it, but with words that are theirs as well ("was" and "in" are German). The rest is looked at further.
_SURELY_ENGLISH = 0.2
_OURS_ALONE = FUNCTION_WORDS - frozenset(
    """a all also an any are as be by can do even for had have he her i if in is it me more most my no not now of on
    once or our over same so to too under us was we will""".split()
)
# Probability of English below which a text is in another language: of 2,889 English headlines and 3,802 first sentences
# none has less, of 180 headlines and short sentences in six others 157 have.
_NOT_ENGLISH = 0.003
# Share of function words of the likeliest language that settles it above that, if there is none of English: .1 to .2
# tell five more of those texts, and no English one, but .1 takes an English sentence around German words for German.
_SURELY_OTHER = 0.2
_READ = 5000  # characters of a text that are looked at
# Nigerian Pidgin, for which the model takes English sentences about Nigeria; Extremaduran, for which it takes Spanish.
_TOO_NEAR = frozenset(["pcm", "ext"])
_TAG = re.compile(r"([a-z]{2,8})(?:[-_][a-z0-9]{1,8})*")
_REMEMBERED = 1000  # claims
_TELLING = 4  # words of a claim from which it may be in a language that no article is in


def detect_language(text: str) -> str:
    """Return the language of a text as a BCP 47 code; "en" where nothing says that it is another one."""
    text = text[:_READ]
    found = words(text)
    is_latin = any(letter.isascii() and letter.isalpha() for word in found for letter in word)
    if not any(map(str.isalpha, text)) or (is_latin and _is_surely_english(found)):
        return ENGLISH
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    likeliest = str(ranked[0][0])
    if is_latin and dict(ranked)[ENGLISH] >= _NOT_ENGLISH and not _is_surely(likeliest, text):
        return ENGLISH
    return likeliest


def _is_surely(language: str, text: str) -> bool:
    """Whether a text is in a language with lists by its function words, and has none that are English alone."""
    if language not in LISTED:
        return False
    found, own = [word.written.casefold() for word in words_in(text, language)], lists_of(language).function_words
    often = sum(word in own - FUNCTION_WORDS for word in found) >= _SURELY_OTHER * len(found)
    return often and (FUNCTION_WORDS - own).isdisjoint(found)


def _is_surely_english(found: Sequence[str]) -> bool:
    """Whether words are English by how many are function words, of which one is of no other language."""
    folded = [word.casefold() for word in found]
    english = FUNCTION_WORDS.intersection(folded)
    often = sum(word in english for word in folded) >= _SURELY_ENGLISH * len(folded)
    return often and not _OURS_ALONE.isdisjoint(english)


def with_languages(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the ARTICLES table with the language of those that give none and are not in English."""
    given = articles["language"].tolist()
    found = [
        None if _code(language) else detect_language(text)
        for language, text in zip(given, articles["text"], strict=True)
    ]
    if set(found) <= {None, ENGLISH}:
        return articles
    told = [old if new in {None, ENGLISH} else new for old, new in zip(given, found, strict=True)]
    return articles.assign(language=told).astype({"language": articles["language"].dtype})


def code_of(language: Any) -> str:
    """Return the language without country and script: "pt" of "pt-BR"; "en" where none is given."""
    return _code(language) or ENGLISH


def _code(language: Any) -> str | None:
    """The same, None where no language is given: nothing, what looks like none, or BCP 47's "undetermined"."""
    tag = _TAG.fullmatch(language.strip().casefold()) if isinstance(language, str) else None
    if tag is None or tag[1] == "und":
        return None
    return ENGLISH if tag[1].startswith(ENGLISH) else tag[1]  # "eng", "English"


@lru_cache(maxsize=_REMEMBERED)
def language_of_claim(claim: str, spoken: Sequence[str]) -> str:
    """Return the language of a claim that was given, beside articles in these languages, the commonest first.

    A claim has few words: where they do not tell, it is in English or in the likeliest language of the articles.
    """
    found, told = detect_language(claim), words(claim)
    among = dict.fromkeys([*spoken, ENGLISH])
    foreign = found != ENGLISH and (found in among or len(told) >= _TELLING)
    if foreign or len(among) == 1 or _is_surely_english(told):
        return found
    chance = dict(_identifier().rank(claim))
    return max(among, key=lambda code: float(chance.get(code, 0)))


@cache
def negations_in(language: str) -> frozenset[str] | None:
    """Return the words that deny something in a language; None where no list of them is complete, or there is none."""
    listed = tomllib.loads((files("compare.language") / "negations.toml").read_text(encoding="utf-8")).get(language)
    return None if listed is None else frozenset(listed.split())


@cache
def _identifier() -> Any:
    # Half a second and 100 MB, which a story in English never needs.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if label not in _TOO_NEAR])
    return identifier
