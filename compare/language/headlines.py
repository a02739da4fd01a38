"""Headlines as rows of the sentences table: evidence of what an outlet tells, and no claims of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.language.quotes import quoted_share
from compare.tables import HEADLINE, SENTENCES

if TYPE_CHECKING:
    import pandas as pd

# What parts an outlet's name from the headline before it: "Strike is over | The Gannet"; the first with spaces only.
_DASHES, _BARS = "-–—~:·•", "|»"


def with_headlines(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Put each article's headline before its sentences.

    Args:
        articles: an ARTICLES table.
        sentences: their SENTENCES table.

    Returns:
        The SENTENCES table with a row more for every title that says something: index -1, and offsets into the
        title, without the outlet's name at its end. The ids of the sentences stay.
    """
    import pandas as pd

    rows = []
    for article_id, outlet, title in zip(articles["article_id"], articles["outlet"], articles["title"], strict=True):
        start, end = headline_span(title, outlet) if isinstance(title, str) else (0, 0)
        if start < end:
            rows.append(
                {
                    "sentence_id": f"{article_id}:{HEADLINE}",
                    "article_id": article_id,
                    "index": HEADLINE,
                    "start": start,
                    "end": end,
                    "text": title[start:end],
                    "quoted": quoted_share(title, [(start, end)])[0] > 0.5,
                    "boilerplate": False,
                }
            )
    if not rows:
        return sentences
    both = pd.concat([SENTENCES.frame(rows), sentences], ignore_index=True)
    place = {name: at for at, name in enumerate(articles["article_id"])}
    # Each part is in the articles' order, and the headlines come first.
    order = both["article_id"].map(place).argsort(kind="stable")
    return both.iloc[order].reset_index(drop=True)


def headline_span(title: str, outlet: str) -> tuple[int, int]:
    """Where in a title the headline stands: without white space around it, and without the outlet's name at its end."""
    told = title.rstrip()
    name = re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE)
    for ending in (f"the {name}", name):
        before, after = told[: -len(ending)], told[-len(ending) :]
        if after.casefold() == ending.casefold() and (mark := _mark(before)) is not None:
            told = told[:mark].rstrip()
            break
    return len(told) - len(told.lstrip()), len(told)


def _mark(before: str) -> int | None:
    """Where the mark begins that parts a name from what stands before it; None where none does."""
    told = before.rstrip()
    begin = len(told.rstrip(_DASHES + _BARS))
    # "Anglo-Gannet" has a dash, and is one word.
    apart = before != told and told[:begin] != told[:begin].rstrip()
    return begin if not told or set(told[begin:]) & set(_BARS) or (begin < len(told) and apart) else None
