"""What each headline says, held against the text below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from compare.language.clauses import states_something
from compare.tables import HEADLINES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.judge import Judge

# A headline is short, plays with words, and nearly always stands above a text that bears it out: of 445 invented ones
# (`datasets/claims-in-news`), .16 fall below `undecided_from`; below this .03, most of them labels and plays on words.
_OMITTED_BELOW = 0.1


def headlines_table(judge: Judge) -> pd.DataFrame:
    """Judge every headline as a claim at the text of its own article.

    Args:
        judge: of a story's articles.

    Returns:
        A HEADLINES table: a row per headline, in the articles' order.
    """
    articles, sentences = judge.articles, judge.sentences
    heads = np.flatnonzero(judge.headline)
    texts = sentences["text"].iloc[heads].tolist()
    settings = judge.settings.changed(undecided_from=min(judge.settings.undecided_from, _OMITTED_BELOW))
    in_text = ~judge.headline & ~_printed_again(sentences, heads)
    own = replace(judge, sentences=sentences[in_text], settings=settings)
    number, article = np.arange(len(heads)), judge.article_of[heads]
    wanted = np.zeros((len(heads), len(articles)), dtype=bool)
    wanted[number, article] = states = np.array([states_something(text) for text in texts], dtype=bool)
    judged = own.judge(texts, wanted)
    # One more place at the end, which row -1 (no sentence at all) takes its missing value from.
    ids = np.array([*own.sentences["sentence_id"], None], dtype=object)
    found = {name: getattr(judged, name)[number, article] for name in ("state", "probability", "evidence", "changes")}
    found |= {"sentence_id": ids[judged.row[number, article]], "title": np.array(texts, dtype=object)}
    for name in ("state", "probability", "evidence", "sentence_id"):
        found[name] = np.where(states, found[name].astype(object), None)
    own_columns = {name: articles[name].iloc[article].array for name in ("article_id", "outlet", "published")}
    return HEADLINES.frame(own_columns | found)


def _printed_again(sentences: pd.DataFrame, heads: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which sentences are the headline once more, as pages give it above their text: it does not bear itself out."""
    headline = dict(zip(sentences["article_id"].iloc[heads], sentences["text"].iloc[heads].str.casefold(), strict=True))
    same = sentences["text"].str.casefold() == sentences["article_id"].map(headline)
    ends = sentences["text"].str.endswith((".", "!", "?", "…"))
    return (same & (sentences["index"] == 0) & ~ends).to_numpy(bool)
