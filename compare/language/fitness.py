"""Warnings about unsuitable input: texts without a sentence, languages other than English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import count, warn
from compare.language.completeness import CUT
from compare.language.languages import ENGLISH, code_of
from compare.language.others import LISTED
from compare.tables import CARRIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

# Above this share and number of claims found in no article, a codebook may belong to another story.
_MOST_UNTOLD, _LEAST_UNTOLD = 0.75, 4


def warn_of_misfits(articles: pd.DataFrame, sentences: pd.DataFrame) -> None:
    """Warn (`InputWarning`) of articles without a usable sentence and of those that are not English, each by name."""
    told = set(sentences.loc[~sentences["boilerplate"], "article_id"])
    empty = articles.loc[~articles["article_id"].isin(told), "outlet"].tolist()
    foreign = _foreign(articles)
    if empty:
        warn(
            f"no sentence to compare was found in the article of {', '.join(empty)}: nothing can be said about what it "
            "omits; give its whole text, or leave it out."
        )
    if foreign:
        more = len(foreign) > 1
        warn(
            f"the article{'s' * more} of {', '.join(foreign)} {'are' if more else 'is'} not in English: claims are "
            "compared by words alone there, each in its own language only; of changes only "
            f"{_what_is_told(articles)} in otherwise the same words are told apart, and the probabilities, calibrated "
            "on English news, mean little; in a script without capital letters no claims may be found, only yours are "
            "looked for."
        )


def warn_of_claims(claims: Sequence[str], languages: Sequence[str], spoken: Sequence[str]) -> None:
    """Warn (`InputWarning`) of given claims in languages that no article is in; `spoken` are the articles'."""
    lost = [f"{claim!r} ({code})" for claim, code in zip(claims, languages, strict=True) if code not in spoken]
    if lost:
        warn(
            f"no article is in the language of {', '.join(lost)}: whether articles carry what is told in another "
            "language stays undecided; word it as the articles do."
        )


def warn_of_untold(coverage: pd.DataFrame) -> None:
    """Warn (`InputWarning`) where no article carries most of the given claims: they may be another story's."""
    told = coverage["state"].isin(CARRIED).groupby(coverage["claim_id"]).any()
    lost = int((~told).sum())
    if lost >= max(_MOST_UNTOLD * len(told), _LEAST_UNTOLD):
        warn(f"{lost} of the codebook's {len(told)} claims are carried by no article; check that it is of this story.")


def languages_note(articles: pd.DataFrame) -> str:
    """Say which articles are not in English and what that means, in plain sentences; empty where all are."""
    foreign = _foreign(articles)
    if not foreign:
        return ""
    return (
        f"{count(len(foreign), 'article')} not in English: {', '.join(foreign)}. The comparison is lexical there: "
        f"“verbatim” means the same words, “altered” in otherwise the same words {_what_is_told(articles)}; what may "
        "deny or count something else stays undecided; other changes of meaning go unseen, and probabilities mean "
        f"little.{_within_languages(articles)}"
    )


def _what_is_told(articles: pd.DataFrame) -> str:
    """What changes are told apart in the languages of the articles beside English."""
    spoken = set(articles["language"].map(code_of)) - {ENGLISH}
    listed, others = sorted(spoken & set(LISTED)), sorted(spoken - set(LISTED))
    told = [f"another number, a denial or a contrary ({', '.join(listed)})"] if listed else []
    return " or ".join([*told, *([f"other digits ({', '.join(others)})"] if others else [])])


def _within_languages(articles: pd.DataFrame) -> str:
    """Say who is compared with whom, in sentences after a space; empty where all write in one language."""
    languages = articles["language"].map(code_of)
    groups = articles["outlet"].groupby(languages, sort=False).unique()
    if len(groups) < 2:
        return ""
    among = "; ".join(f"among {', '.join(outlets)} ({code})" for code, outlets in groups.items())
    return (
        f" Each claim is decided within its language: {among}. At outlets that write in another language it is "
        "undecided, and its quotations are not looked for there: neither counts as left out."
    )


def not_looked_for(quotes: pd.DataFrame, articles: pd.DataFrame) -> list[bool]:
    """Return which rows of a QUOTES table are absences where an outlet could not be assessed for the quotation.

    It writes in another language, or its article was cut off.
    """
    cut = set(articles.loc[articles["complete"] == CUT, "outlet"])
    languages = articles["language"].map(code_of)
    spoken: dict[Any, set[str]] = languages.groupby(articles["outlet"]).agg(set).to_dict()
    given_in: dict[str, set[str]] = {}
    rows = list(zip(quotes["quote_id"], quotes["outlet"], quotes["state"] == "absent", strict=True))
    for quote, outlet, is_absent in rows:
        given_in.setdefault(quote, set()).update(() if is_absent else spoken.get(outlet, ()))
    return [
        is_absent and (outlet in cut or not spoken.get(outlet, given_in[quote]) & given_in[quote])
        for quote, outlet, is_absent in rows
    ]


def _foreign(articles: pd.DataFrame) -> list[str]:
    """The articles that are not in English, each by its outlet and its language."""
    given = zip(articles["outlet"], articles["language"], strict=True)
    return [f"{outlet} ({language})" for outlet, language in given if code_of(language) != ENGLISH]
