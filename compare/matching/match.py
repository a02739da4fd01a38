"""The clauses of a story that may say the same: across articles, and within one that repeats itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.language.languages import ENGLISH
from compare.matching.changes.kinds import find_changes_between
from compare.matching.changes.lexical import digits_changed, may_differ
from compare.matching.model import same_evidence, same_probability
from compare.matching.passages import Passages, blocks
from compare.matching.reader import opinion
from compare.tables import MATCHES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.language.texts import Story
    from compare.language.vectors import Encoder
    from compare.matching.passages import Integers
    from compare.matching.reader import Reader
    from compare.settings import Settings

# Two sentences of one article are a repetition only if they share much more than those of two articles must.
_REPEATED = 0.3
_CELLS_AT_A_TIME = 1 << 22  # clauses x clauses: about 50 MB
_PASSAGES_AT_A_TIME = 1 << 12


@dataclass(frozen=True)
class Pairs:
    """Pairs of clauses that may say the same: their rows in the clause table, left before right.

    `probability` is that both say the same, `changes` what differs all the same, joined by "; ". What an article
    repeats in the same words has no pairs of its own. `passages` holds the clauses' words, `passage_of` each clause's
    row in it, or -1.
    """

    left: Integers
    right: Integers
    probability: NDArray[np.float64]
    changes: NDArray[np.object_]
    passages: Passages
    passage_of: Integers


def match_clauses(
    story: Story, settings: Settings, encoder: Encoder | None = None, reader: Reader | None = None
) -> Pairs:
    """Match every clause with those of other articles, and with those in which its own article repeats itself.

    `neighbours` and `least_likeness` decide what is compared, `claim_floor` and `match_from` what is kept; from
    `carried_at` on, changes are looked for and an article is said to repeat itself. The shipped reader also finds what
    other words tell.
    """
    from pandas import factorize

    clauses = story.clauses
    claims = clauses[clauses["claims"]]
    said = claims.groupby(["article_id", "text"], sort=False).ngroup().to_numpy(np.int64)
    rows = np.flatnonzero(clauses["claims"])[np.unique(said, return_index=True)[1]]
    texts = story.clause_texts[rows]
    passages = Passages.of(texts.tolist(), encoder)
    article_of = np.unique(clauses["article_id"].to_numpy(object)[rows], return_inverse=True)[1].astype(np.int64)
    left, right = match_candidates(passages, article_of, settings.neighbours, settings.least_likeness)
    if opinion.is_small(reader) and len(texts):
        left, right = _with_nearest(left, right, reader.encode(texts.tolist()).mean, article_of)
    language = story.languages[story.article_of_clause[rows]]
    together = language[left] == language[right]
    left, right = left[together], right[together]
    # Copies of an article bring the same two texts again and again: they are compared once.
    text = factorize(texts)[0].astype(np.int64)
    first, pair = np.unique(text[left] * len(text) + text[right], return_index=True, return_inverse=True)[1:]
    probability = same_probability(passages, left[first], right[first])
    both = list(zip(texts[left[first]], texts[right[first]], strict=True))
    abroad = np.flatnonzero(language[left[first]] != ENGLISH).tolist()
    by_words = probability[abroad]
    if opinion.is_small(reader):
        probability = opinion.same_as_held(same_evidence(reader, probability, both))
    # The shipped reader knows English alone; what may be denied elsewhere is not said to be the same.
    open_at = (settings.undecided_from + settings.carried_at) / 2
    for at, same in zip(abroad, by_words.tolist(), strict=True):
        probability[at] = min(same, open_at) if may_differ(*both[at], language[left[first[at]]]) else same
    changes = np.full(len(first), "", dtype=object)
    # Clauses that hardly say the same differ in everything; only of those that do is it asked what changed.
    asked = np.flatnonzero(probability >= settings.carried_at)
    foreign = set(abroad)
    changes[asked] = [
        "; ".join([one.kind for one in digits_changed(*both[at])] if at in foreign else find_changes_between(*both[at]))
        for at in asked.tolist()
    ]
    # An article that says the like of other days or other numbers does not repeat itself.
    repeats = (probability >= settings.carried_at) & (changes == "")
    least = min(settings.claim_floor, settings.match_from)
    kept = np.where(article_of[left] == article_of[right], repeats[pair], probability[pair] >= least)
    left, right, pair = left[kept], right[kept], pair[kept]
    passage_of = np.full(len(clauses), -1, dtype=np.int64)
    passage_of[clauses["claims"]] = said
    return Pairs(rows[left], rows[right], probability[pair], changes[pair], passages, passage_of)


def match_candidates(passages: Passages, article_of: Integers, most: int, least: float) -> tuple[Integers, Integers]:
    """Find the pairs of rows with the nearest word profiles: of different articles, and where one repeats itself.

    A row brings along its `most` nearest neighbours in other articles, if their weighted character n-grams have at
    least the cosine `least`. `benchmarks/candidates.py` measures what is missed. Returns row numbers, left < right,
    ordered and without repeats.
    """
    # Copies of a sentence must not crowd each other out: room for two in each article, and for all that are as near.
    most = max(most, 2 * len(np.unique(article_of)))
    count = len(article_of)
    found = [np.zeros(0, dtype=np.int64)]
    for articles in blocks(np.bincount(article_of), _PASSAGES_AT_A_TIME):
        here = np.flatnonzero((article_of >= articles.start) & (article_of < articles.stop))
        # A very long article stands alone here, and must not be compared with itself.
        alone = articles.stop - articles.start == 1
        there = np.flatnonzero(article_of != articles.start) if alone else np.arange(count)
        others = passages.ngrams[there].T.tocsr()
        step = max(1, _CELLS_AT_A_TIME // max(1, len(there)))
        for rows in (here[first : first + step] for first in range(0, len(here), step)):
            near = (passages.ngrams[rows] @ others).toarray()
            own = article_of[rows, np.newaxis] == article_of[there]
            near[(own & (near < _REPEATED)) | (rows[:, np.newaxis] == there)] = 0
            if most < len(there):
                near[near < np.partition(near, len(there) - most, axis=1)[:, [len(there) - most]]] = 0
            row, other = np.nonzero(near > least)
            left, right = rows[row], there[other]
            found.append(np.minimum(left, right) * count + np.maximum(left, right))
    pairs = np.unique(np.concatenate(found))
    return pairs // max(1, count), pairs % max(1, count)


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


def matches_table(story: Story, pairs: Pairs, match_from: float) -> pd.DataFrame:
    """Return the MATCHES table: two sentences of different articles match as well as their best clauses do."""
    import pandas as pd

    left, right = story.sentence_of[pairs.left], story.sentence_of[pairs.right]
    columns = {"left": left, "right": right, "probability": pairs.probability, "changes": pairs.changes}
    table, article = pd.DataFrame(columns), story.article_of_clause
    table = table[(article[pairs.left] != article[pairs.right]) & (pairs.probability >= match_from)]
    table = table.sort_values(["left", "right", "probability"], ascending=[True, True, False], kind="stable")
    table = table.drop_duplicates(["left", "right"])
    ids = story.sentence_ids
    return MATCHES.frame(table.assign(left_id=ids[table["left"].to_numpy()], right_id=ids[table["right"].to_numpy()]))
