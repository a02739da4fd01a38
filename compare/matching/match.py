"""The sentences of a story that may say the same, across articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.matching.candidates import match_candidates
from compare.matching.changes import find_changes_between
from compare.matching.model import same_probability
from compare.matching.passages import Passages
from compare.tables import MATCHES

if TYPE_CHECKING:
    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.settings import Settings


def match_sentences(sentences: pd.DataFrame, settings: Settings, encoder: Encoder | None = None) -> pd.DataFrame:
    """Match every sentence with the sentences of other articles; boilerplate matches nothing.

    Args:
        sentences: the SENTENCES table of one story.
        settings: `neighbours`, `least_likeness` and `match_from` decide what is kept; changes are
            looked for from `carried_at` on.
        encoder: sentence vectors of the user's own.

    Returns:
        The MATCHES table: pairs with a probability of at least `match_from`.
    """
    # What an article says again, word for word, is matched once.
    usable = sentences[~sentences["boilerplate"]].drop_duplicates(["article_id", "text"])
    passages = Passages.of(usable["text"].tolist(), encoder)
    article_of = np.unique(usable["article_id"].to_numpy(object), return_inverse=True)[1].astype(np.int64)
    left, right = match_candidates(passages, article_of, settings.neighbours, settings.least_likeness)
    # Copies of an article bring the same two texts again and again: they are compared once.
    texts, ids = usable["text"].to_numpy(object), usable["sentence_id"].to_numpy(object)
    text = usable["text"].factorize()[0].astype(np.int64)
    first, pair = np.unique(text[left] * len(text) + text[right], return_index=True, return_inverse=True)[1:]
    probability = same_probability(passages, left[first], right[first])
    changes = np.full(len(first), "", dtype=object)
    # Sentences that hardly say the same differ in everything; only of those that do is it asked what changed.
    asked = np.flatnonzero(probability >= settings.carried_at)
    changes[asked] = ["; ".join(find_changes_between(texts[left[at]], texts[right[at]])) for at in first[asked]]
    kept = probability[pair] >= settings.match_from
    left, right, pair = left[kept], right[kept], pair[kept]
    columns = {"left_id": ids[left], "right_id": ids[right]}
    return MATCHES.frame({**columns, "probability": probability[pair], "changes": changes[pair]})
