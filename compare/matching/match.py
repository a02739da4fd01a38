"""Pairs of clauses of a story that may say the same: across articles, and within one that repeats itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.language.languages import ENGLISH
from compare.matching.changes.kinds import find_changes_between
from compare.matching.changes.lexical import changes_abroad, may_differ
from compare.matching.model import same_evidence, same_probability
from compare.matching.passages import Passages, blocks, distinct
from compare.matching.reader import opinion
from compare.tables import MATCHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.language.texts import Story
    from compare.language.vectors import Encoder
    from compare.matching.passages import Integers
    from compare.matching.reader import Reader
    from compare.settings import Settings

# Two sentences of one article are a repetition only if they share much more than sentences of two articles must.
_REPEATED = 0.3
_CELLS_AT_A_TIME = 1 << 22  # clauses x clauses: about 50 MB
_PASSAGES_AT_A_TIME = 1 << 12


@dataclass(frozen=True)
class Pairs:
    """Pairs of clauses that may say the same: their rows in the clause table, left before right.

    `probability` is the probability that both say the same, `changes` are differences nevertheless, joined by "; ".
    Verbatim repetitions within an article have no pairs of their own: `passage_of` numbers the distinct clauses of each
    article, -1 for clauses that make no claim.
    """

    left: Integers
    right: Integers
    probability: NDArray[np.float64]
    changes: NDArray[np.object_]
    passage_of: Integers


def match_clauses(
    story: Story, settings: Settings, encoder: Encoder | None = None, reader: Reader | None = None
) -> Pairs:
    """Match every clause with those of other articles, and with repetitions in its own article.

    `neighbours` and `least_likeness` determine which pairs are compared, `claim_floor` and `match_from` which are kept;
    from `carried_at`, changes are searched, and pairs within an article count as repetitions. The shipped reader also
    finds paraphrases.
    """
    clauses = story.clauses
    claims = clauses[clauses["claims"]]
    said = claims.groupby(["article_id", "text"], sort=False).ngroup().to_numpy(np.int64)
    rows = np.flatnonzero(clauses["claims"])[np.unique(said, return_index=True)[1]]
    article_of = np.unique(clauses["article_id"].to_numpy(object)[rows], return_inverse=True)[1].astype(np.int64)
    # Copies of a sentence must not crowd each other out, so there is room for two per article and for all ties.
    most = max(settings.neighbours, 2 * len(np.unique(article_of)))
    matching = _Matching(settings, most, encoder, reader)
    language = story.languages[story.article_of_clause[rows]]
    found = [
        matching.within(one, story.clause_texts[rows[here]], article_of[here]).at(rows[here])
        for one in story.spoken
        if len(here := np.flatnonzero(language == one))
    ]
    passage_of = np.full(len(clauses), -1, dtype=np.int64)
    passage_of[clauses["claims"]] = said
    left, right, probability, changes = (np.concatenate(column) for column in zip(_NONE, *found, strict=True))
    order = np.lexsort((right, left))
    return Pairs(left[order], right[order], probability[order], changes[order], passage_of)


@dataclass(frozen=True)
class _Found:
    """Pairs as `Pairs` has them; the clauses are numbered among those that were compared."""

    left: Integers
    right: Integers
    probability: NDArray[np.float64]
    changes: NDArray[np.object_]

    def at(self, rows: Integers) -> tuple[Integers, Integers, NDArray[np.float64], NDArray[np.object_]]:
        """Return the columns with the clauses by their rows in the clause table."""
        return rows[self.left], rows[self.right], self.probability, self.changes


_NONE = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=object))


@dataclass(frozen=True)
class _Matching:
    """How clauses of one language are matched."""

    settings: Settings
    most: int
    encoder: Encoder | None
    reader: Reader | None

    def within(self, language: str, told: NDArray[np.object_], article_of: Integers) -> _Found:
        """Match clauses that are all in this language; `article_of` is the article of each."""
        import pandas as pd

        settings = self.settings
        article_of = np.unique(article_of, return_inverse=True)[1].astype(np.int64)
        # Copies of an article repeat the same texts: each text is read once, and each pair of texts compared once.
        text_of, distinct_texts = pd.factorize(told)
        texts, text_of = list(distinct_texts), text_of.astype(np.int64)
        passages = Passages.of(texts, self.encoder, language)
        left, right = match_candidates(passages, text_of, article_of, self.most, settings.least_likeness)
        # The shipped reader has learned only English.
        reads = opinion.is_small(self.reader) and language == ENGLISH
        if opinion.is_small(self.reader) and reads:
            left, right = _with_nearest(left, right, self.reader.encode(texts).mean, text_of, article_of)
        pair, met = pd.factorize(text_of[left] * len(texts) + text_of[right])
        one, other = np.divmod(met, max(1, len(texts)))
        probability = same_probability(passages, one, other)
        both = [(texts[a], texts[b]) for a, b in zip(one.tolist(), other.tolist(), strict=True)]
        if opinion.is_small(self.reader) and reads:
            probability = opinion.same_as_held(same_evidence(self.reader, probability, both))
        if language != ENGLISH:  # pairs that may differ in what no list tells do not count as the same
            is_open = np.array([may_differ(*told, language) for told in both], dtype=bool)
            probability[is_open] = np.minimum(probability[is_open], settings.middle_of_undecided)
        changes = self._changes(both, probability, language)
        # A similar clause about other days or other numbers is not a repetition.
        repeats = (probability >= settings.carried_at) & (changes == "")
        least = min(settings.claim_floor, settings.match_from)
        kept = np.where(article_of[left] == article_of[right], repeats[pair], probability[pair] >= least)
        left, right, pair = left[kept], right[kept], pair[kept]
        return _Found(left, right, probability[pair], changes[pair])

    def _changes(
        self, both: Sequence[tuple[str, str]], probability: NDArray[np.float64], language: str
    ) -> NDArray[np.object_]:
        """Return the changes of pairs that may say the same; clauses that hardly do differ in everything."""
        changes = np.full(len(both), "", dtype=object)
        asked = np.flatnonzero(probability >= self.settings.carried_at)
        changes[asked] = [
            "; ".join(
                find_changes_between(*both[at])
                if language == ENGLISH
                else [one.kind for one in changes_abroad(*both[at], language)]
            )
            for at in asked.tolist()
        ]
        return changes


def match_candidates(
    passages: Passages, text_of: Integers, article_of: Integers, most: int, least: float
) -> tuple[Integers, Integers]:
    """Find the pairs of sentences with the most similar words: of different articles, and repetitions within one.

    `text_of` is the row of each sentence in `passages`, `article_of` its article. A sentence is paired with its `most`
    nearest neighbours, ties included, if their weighted character n-grams have at least the cosine `least`.
    `benchmarks/candidates.py` measures the pairs that are missed. Returns sentence numbers, left < right, ordered and
    without duplicates.
    """
    count = len(article_of)
    found = [np.zeros(0, dtype=np.int64)]
    for articles in blocks(np.bincount(article_of), _PASSAGES_AT_A_TIME):
        here = np.flatnonzero((article_of >= articles.start) & (article_of < articles.stop))
        # A very long article is a block of its own, and must not be compared with itself.
        alone = articles.stop - articles.start == 1
        there = np.flatnonzero(article_of != articles.start) if alone else np.arange(count)
        told, place = distinct(text_of[there], len(passages.parts))
        others = passages.ngrams[told].T.tocsr()
        step = max(1, _CELLS_AT_A_TIME // max(1, len(there)))
        for rows in (here[first : first + step] for first in range(0, len(here), step)):
            here_told, at = distinct(text_of[rows], len(passages.parts))
            near = (passages.ngrams[here_told] @ others).toarray()[np.ix_(at, place)]
            own = article_of[rows, np.newaxis] == article_of[there]
            near[(own & (near < _REPEATED)) | (rows[:, np.newaxis] == there)] = 0
            if most < len(there):
                near[near < np.partition(near, len(there) - most, axis=1)[:, [len(there) - most]]] = 0
            row, other = np.nonzero(near > least)
            left, right = rows[row], there[other]
            found.append(np.minimum(left, right) * count + np.maximum(left, right))
    return _split_pairs(np.concatenate(found), count)


def _split_pairs(pairs: Integers, count: int) -> tuple[Integers, Integers]:
    """Return the two numbers of pairs encoded as left * count + right, in order and without duplicates."""
    pairs = np.sort(pairs)
    left, right = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], max(1, count))
    return left, right


def _with_nearest(
    left: Integers, right: Integers, mean: NDArray[np.float32], text_of: Integers, article_of: Integers
) -> tuple[Integers, Integers]:
    """Add for each clause the nearest one of each other article by the reader's vectors of the texts."""
    count = len(article_of)
    pairs = [left * count + right]
    for article in range(article_of.max() + 1):
        own, away = np.flatnonzero(article_of == article), np.flatnonzero(article_of != article)
        nearest = own[(mean @ mean[text_of[own]].T).argmax(axis=1)][text_of[away]]
        pairs.append(np.minimum(away, nearest) * count + np.maximum(away, nearest))
    return _split_pairs(np.concatenate(pairs), count)


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
