"""The clauses of a story that may say the same: across articles, and within one that repeats itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.matching.candidates import match_candidates
from compare.matching.changes import find_changes_between
from compare.matching.model import same_evidence, same_probability
from compare.matching.passages import Passages
from compare.matching.reader import opinion
from compare.tables import MATCHES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.passages import Integers
    from compare.matching.reader import Reader
    from compare.settings import Settings


@dataclass(frozen=True)
class Pairs:
    """Pairs of clauses that may say the same: their rows in the clause table, left before right.

    `probability` is that both say the same, `changes` what differs all the same, joined by "; ";
    what an article says again in the same words has no pairs of its own. `passages` holds the words
    of the clauses, and `passage_of` the row of each clause in it, -1 for one that claims nothing.
    """

    left: Integers
    right: Integers
    probability: NDArray[np.float64]
    changes: NDArray[np.object_]
    passages: Passages
    passage_of: Integers


def match_clauses(
    clauses: pd.DataFrame, settings: Settings, encoder: Encoder | None = None, reader: Reader | None = None
) -> Pairs:
    """Match every clause with those of other articles, and with those in which its own article repeats itself.

    Args:
        clauses: the clauses of one story, as `clause_table` gives them.
        settings: `neighbours` and `least_likeness` decide what is compared, `claim_floor` and `match_from` what is
            kept; changes are looked for, and an article said to repeat itself, from `carried_at` on.
        encoder: sentence vectors of the user's own.
        reader: the shipped one finds what is told in other words, too.

    Returns:
        Pairs that may be in a claim or in the matches table, ordered.
    """
    from pandas import factorize

    claims = clauses[clauses["claims"]]
    said = claims.groupby(["article_id", "text"], sort=False).ngroup().to_numpy(np.int64)
    rows = np.flatnonzero(clauses["claims"])[np.unique(said, return_index=True)[1]]
    texts = clauses["text"].to_numpy(object)[rows]
    passages = Passages.of(texts.tolist(), encoder)
    article_of = np.unique(clauses["article_id"].to_numpy(object)[rows], return_inverse=True)[1].astype(np.int64)
    left, right = match_candidates(passages, article_of, settings.neighbours, settings.least_likeness)
    if opinion.is_small(reader) and len(texts):
        left, right = _with_nearest(left, right, reader.encode(texts.tolist()).mean, article_of)
    # Copies of an article bring the same two texts again and again: they are compared once.
    text = factorize(texts)[0].astype(np.int64)
    first, pair = np.unique(text[left] * len(text) + text[right], return_index=True, return_inverse=True)[1:]
    probability = same_probability(passages, left[first], right[first])
    if opinion.is_small(reader):
        both = list(zip(texts[left[first]], texts[right[first]], strict=True))
        probability = opinion.same_as_held(same_evidence(reader, probability, both))
    changes = np.full(len(first), "", dtype=object)
    # Clauses that hardly say the same differ in everything; only of those that do is it asked what changed.
    asked = np.flatnonzero(probability >= settings.carried_at)
    changes[asked] = ["; ".join(find_changes_between(texts[left[at]], texts[right[at]])) for at in first[asked]]
    # An article that says the like of other days or other numbers does not repeat itself.
    repeats = (probability >= settings.carried_at) & (changes == "")
    least = min(settings.claim_floor, settings.match_from)
    kept = np.where(article_of[left] == article_of[right], repeats[pair], probability[pair] >= least)
    left, right, pair = left[kept], right[kept], pair[kept]
    passage_of = np.full(len(clauses), -1, dtype=np.int64)
    passage_of[clauses["claims"]] = said
    return Pairs(rows[left], rows[right], probability[pair], changes[pair], passages, passage_of)


def _with_nearest(
    left: Integers, right: Integers, mean: NDArray[np.float32], article_of: Integers
) -> tuple[Integers, Integers]:
    """The pairs, and of each clause the nearest of each other article by the reader's vectors."""
    rows, others = [left], [right]
    for article in np.unique(article_of):
        own, away = np.flatnonzero(article_of == article), np.flatnonzero(article_of != article)
        nearest = own[(mean[away] @ mean[own].T).argmax(axis=1)]
        rows.append(np.minimum(away, nearest))
        others.append(np.maximum(away, nearest))
    pairs = np.unique(np.column_stack([np.concatenate(rows), np.concatenate(others)]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def matches_table(sentences: pd.DataFrame, clauses: pd.DataFrame, pairs: Pairs, match_from: float) -> pd.DataFrame:
    """Return the MATCHES table: two sentences of different articles match as well as their best clauses do.

    Args:
        sentences: of a story.
        clauses: of these sentences.
        pairs: of these clauses.
        match_from: the least probability of a match.
    """
    import pandas as pd

    at = clauses["sentence"].to_numpy()
    table = pd.DataFrame(
        {
            "left": at[pairs.left],
            "right": at[pairs.right],
            "probability": pairs.probability,
            "changes": pairs.changes,
        }
    )
    article = clauses["article_id"].to_numpy(object)
    table = table[(article[pairs.left] != article[pairs.right]) & (pairs.probability >= match_from)]
    table = table.sort_values(["left", "right", "probability"], ascending=[True, True, False], kind="stable")
    table = table.drop_duplicates(["left", "right"])
    ids = sentences["sentence_id"].to_numpy(object)
    return MATCHES.frame(table.assign(left_id=ids[table["left"].to_numpy()], right_id=ids[table["right"].to_numpy()]))
