"""What a comparison was not made for is said aloud: texts without a sentence, languages other than English."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from compare.errors import InputWarning
from compare.language.tokens import FUNCTION_WORDS, words

if TYPE_CHECKING:
    import pandas as pd

# English news has about 40 % function words of this list; German, French and Spanish stay below 12 %.
_LEAST_ENGLISH = 0.2
_WORDS_TO_TELL = 30  # in fewer words the share tells nothing


def warn_of_misfits(articles: pd.DataFrame, sentences: pd.DataFrame) -> None:
    """Warn (`InputWarning`) of articles without a usable sentence and of those that are not English."""
    told = set(sentences.loc[~sentences["boilerplate"], "article_id"])
    empty = articles.loc[~articles["article_id"].isin(told), "outlet"].tolist()
    foreign = [
        outlet
        for outlet, language, text in zip(articles["outlet"], articles["language"], articles["text"], strict=True)
        if not _is_english(language, text)
    ]
    if empty:
        warnings.warn(
            f"no sentence to compare was found in the article of {_named(empty)}: nothing can be said about what it "
            "omits; give its whole text, or leave it out.",
            InputWarning,
            stacklevel=3,
        )
    if foreign:
        more = len(foreign) > 1
        warnings.warn(
            f"the article{'s' * more} of {_named(foreign)} {'are' if more else 'is'} not in English: the probabilities "
            "were calibrated on English news and mean little here; in a script without capital letters no claims are "
            "found, only yours are looked for.",
            InputWarning,
            stacklevel=3,
        )


def _is_english(language: object, text: str) -> bool:
    if isinstance(language, str) and language.strip():
        return language.lower().startswith("en")
    found = words(text[:5000])
    if found and not any(letter.isascii() and letter.isalpha() for word in found for letter in word):
        return False
    if len(found) < _WORDS_TO_TELL:
        return True
    return sum(word.casefold() in FUNCTION_WORDS for word in found) >= _LEAST_ENGLISH * len(found)


def _named(outlets: list[str]) -> str:
    more = f" and {len(outlets) - 3} more" if len(outlets) > 3 else ""
    return ", ".join(outlets[:3]) + more
