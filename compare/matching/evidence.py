"""The evidence for every claim in every article: the passage with most of the claim, and how much it has.

A passage is a sentence or two neighbours, because outlets split sentences that others join.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from compare.language.languages import ENGLISH
from compare.language.vectors import sentence_vectors
from compare.matching.features import FEATURES, pair_features
from compare.matching.passages import Passages, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.passages import Floats, Integers

EVIDENCE_FEATURES = (
    *FEATURES,
    "article_recall",  # weighted share of the claim's words that occur anywhere in the article
    "article_soft_recall",  # the same, with each word counted by its nearest word vector in the article
)

# Two sentences need this much more than one to be preferred as evidence.
SHORTER_IS_BETTER = 0.1
# A passage with the claim's numbers is likelier to be about it than its other words suggest: with this weight, the AUC
# of claims with numbers rose from .915 to .920 on SPARK; on REALSumm it did not change.
NUMBERS_COUNT = 0.4
_CELLS_AT_A_TIME = 1 << 22  # sentences x words, 16 MB; claims, or their words, x passages: about 50 MB
_PASSAGES_AT_A_TIME = 1 << 12
# The sentences shown to a user's own reader, by their probability of being the evidence, until this share of the
# probability is reached, up to a number of sentences and words. On the training stories of claims-in-news the evidence
# is among them for .93 of the claims that an article carries, for .85 of those that it changes.
_SHOWN_SHARE = 0.96
_MOST_SHOWN = 5
_MOST_WORDS_SHOWN = 120
_CLAIMS_AT_A_TIME = 512
# Weights of a conditional logit, fitted on the same stories (`benchmarks/calibrate_reader.py`), for a sentence's soft
# recall of the claim, the cosines of vectors and n-grams, word recall, the claim's soft recall of the sentence, the
# claim's numbers in it, and the soft recall of the sentences before and after.
_RANK = (4.1, 3.1, 0.9, 2.1, 2.5, 1.5, 2.6, -0.1)
_LEANS = re.compile(
    r"""["'“‘(\[]*(?:he|she|it|they|his|her|its|their|this|that|these|those|such|both|neither|one|but|and|so|then)\b""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Evidence:
    """The best passage for each claim in each requested article, one entry per cell.

    `claim` and `article` identify the cell; `first` and `last` are the sentence numbers of the passage; `features` has
    the shape (cells, `EVIDENCE_FEATURES`). `batch` holds the texts, with `claim_row` and `sentence_row` as their rows,
    and `begins` is where each article's sentences begin.
    """

    claim: Integers
    article: Integers
    first: Integers
    last: Integers
    features: Floats
    batch: Passages
    claim_row: Integers
    sentence_row: Integers
    begins: Integers

    def shown(self, cells: Integers, sentences: Sequence[str]) -> list[list[int]]:
        """Choose the sentences of each entry's article to show to a reader, in order: the passage and more."""
        shown: list[list[int]] = [[]] * len(cells)
        for article in np.unique(self.article[cells]):
            at = np.flatnonzero(self.article[cells] == article)
            begin, end = int(self.begins[article]), int(self.begins[article + 1])
            lengths = [len(sentences[row].split()) for row in range(begin, end)]
            for block in range(0, len(at), _CLAIMS_AT_A_TIME):
                here = at[block : block + _CLAIMS_AT_A_TIME]
                rank = self.rank(self.claim[cells[here]], range(begin, end))
                for row, place in enumerate(here.tolist()):
                    first, last = int(self.first[cells[place]]) - begin, int(self.last[cells[place]]) - begin
                    chosen = list(range(first, last + 1))
                    room = _MOST_WORDS_SHOWN - sum(lengths[first : last + 1])
                    if first > 0 and lengths[first - 1] <= room and _LEANS.match(sentences[begin + first]):
                        chosen.insert(0, first - 1)
                    _add_likeliest(chosen, rank[row], lengths)
                    shown[place] = [begin + other for other in sorted(chosen)]
        return shown

    def rank(self, claims: Integers, rows: range) -> Floats:
        """Return the probability that each sentence of an article is the evidence, shape (claims, sentences)."""
        logit = np.tensordot(np.array(_RANK, dtype=np.float32), self.signs(claims, rows), axes=1)
        odds = np.exp(logit - logit.max(axis=1, keepdims=True))
        probability: Floats = odds / odds.sum(axis=1, keepdims=True)
        return probability

    def signs(self, claims: Integers, rows: range) -> Floats:
        """Return the features weighted by `rank`, shape (features, claims, sentences)."""
        batch, claim, sentence = self.batch, self.claim_row[claims], self.sentence_row[rows.start : rows.stop]
        share, forms = batch.word_shares(claim)
        soft = share @ batch.nearest_words(sentence, forms).T
        own_share, own_forms = batch.word_shares(sentence)
        back = (own_share @ batch.nearest_words(claim, own_forms).T).T
        told = batch.present[sentence].T
        words, numbers = batch.stems[claim], batch.numbers[claim]
        total = np.maximum(np.asarray(words.sum(axis=1)).reshape(-1, 1), 1e-6)
        return np.stack(
            [
                soft,
                batch.vectors[claim] @ batch.vectors[sentence].T,
                (batch.ngrams[claim] @ batch.ngrams[sentence].T).toarray(),
                (words @ told).toarray() / total,
                back,
                (numbers @ batch.given[sentence].T).toarray() / np.maximum(np.diff(numbers.indptr), 1).reshape(-1, 1),
                np.pad(soft[:, :-1], ((0, 0), (1, 0))),
                np.pad(soft[:, 1:], ((0, 0), (0, 1))),
            ]
        ).astype(np.float32)


def _add_likeliest(chosen: list[int], probability: Floats, lengths: Sequence[int]) -> None:
    """Add the likeliest sentences until most of the probability is reached, while there is room."""
    held = float(probability[chosen].sum())
    room = _MOST_WORDS_SHOWN - sum(lengths[row] for row in chosen)
    for row in np.argsort(-probability.round(5), kind="stable").tolist():
        if held >= _SHOWN_SHARE or len(chosen) >= _MOST_SHOWN:
            return
        if row not in chosen and lengths[row] <= room:
            chosen.append(row)
            held += float(probability[row])
            room -= lengths[row]


def find_evidence(  # noqa: PLR0913, PLR0917 - what is looked for, where, and how it is read
    claims: Sequence[str],
    sentences: Sequence[str],
    article_of: Integers,
    wanted: NDArray[np.bool_] | None = None,
    encoder: Encoder | None = None,
    language: str = ENGLISH,
) -> Evidence:
    """Find the best passage of every article for every claim, all read as texts of this language.

    `article_of` is the article number of each sentence, from 0 without gaps; an article's sentences are consecutive and
    in order. `wanted` marks the cells to search, shape (claims, articles); by default all of them.
    """
    texts = {text: row for row, text in enumerate(dict.fromkeys([*claims, *sentences]))}
    claim_row, sentence_row = (np.array([texts[text] for text in side], dtype=np.int64) for side in (claims, sentences))
    # Every sentence and every two neighbours of an article, in the order of the articles.
    index = np.arange(len(article_of))
    neighbours = index[:-1][article_of[:-1] == article_of[1:]]
    first, last = np.concatenate([index, neighbours]), np.concatenate([index, neighbours + 1])
    order = np.lexsort((last, first, article_of[first]))
    first, last, passage_article = first[order], last[order], article_of[first][order]
    two = np.flatnonzero(last > first)
    joined = [f"{sentences[a]} {sentences[b]}" for a, b in zip(first[two], last[two], strict=True)]
    batch = Passages.of(list(texts), encoder, language)
    if joined:
        vectors = sentence_vectors(joined, encoder)
        batch = batch.with_pairs(sentence_row[first[two]], sentence_row[last[two]], vectors)
    row = sentence_row[first]
    row[two] = len(texts) + np.arange(len(two))
    if wanted is None:
        wanted = np.ones((len(claims), passage_article.max(initial=-1) + 1), dtype=bool)

    best = _nearest_passages(batch, claim_row, row, passage_article, wanted)
    claim, article = np.nonzero(wanted)
    passage = best[claim, article]
    features = pair_features(batch, claim_row[claim], row[passage])
    recall = _article_recall(batch, claim_row, sentence_row, article_of)[claim, article]
    soft = _article_soft_recall(batch, claim_row, sentence_row, article_of)[claim, article]
    begins = np.searchsorted(article_of, np.arange(article_of.max(initial=-1) + 2))
    features = np.column_stack([features, recall, soft])
    return Evidence(claim, article, first[passage], last[passage], features, batch, claim_row, sentence_row, begins)


def _nearest_passages(
    passages: Passages, claims: Integers, rows: Integers, article_of: Integers, wanted: NDArray[np.bool_]
) -> Integers:
    """Return indices into `rows` of each article's passage nearest to each claim; the first of equals, 0 if unasked."""
    best = np.zeros(wanted.shape, dtype=np.int64)
    nearest = np.full(wanted.shape, -np.inf, dtype=np.float32)
    # A claim is not searched in its own article; if that is very long, this saves most of the work.
    for articles in blocks(np.bincount(article_of), _PASSAGES_AT_A_TIME):
        begin, end = np.searchsorted(article_of, [articles.start, articles.stop])
        asked = np.flatnonzero(wanted[:, articles].any(axis=1))
        for here, close in _closeness(passages, claims[asked], rows, range(begin, end)):
            for article in range(article_of[here.start], article_of[here.stop - 1] + 1):
                first, last = np.searchsorted(article_of[here.start : here.stop], [article, article + 1])
                at = close[:, first:last].argmax(axis=1)
                value = close[np.arange(len(asked)), first + at]
                better = value > nearest[asked, article]
                best[asked[better], article] = here.start + first + at[better]
                nearest[asked[better], article] = value[better]
    return best


def _closeness(passages: Passages, claims: Integers, rows: Integers, places: range) -> Iterator[tuple[range, Floats]]:
    """Yield the nearness of some passages to claims at a time: their places in `rows`, an array (claims, places)."""
    share, forms = passages.word_shares(claims)
    vectors, ngrams = passages.vectors[claims], passages.ngrams[claims]
    numbers = passages.numbers[claims]
    numbers = sparse.diags_array(1 / np.maximum(np.diff(numbers.indptr), 1)) @ numbers
    step = max(1, _CELLS_AT_A_TIME // max(len(forms), len(claims), 1))
    for start in range(0, len(places), step):
        here = places[start : start + step]
        row = rows[here.start : here.stop]
        soft = share @ passages.nearest_words(row, forms).T
        cosine = vectors @ passages.vectors[row].T
        of_ngrams = (ngrams @ passages.ngrams[row].T).toarray()
        of_numbers = (numbers @ passages.given[row].T).toarray()
        close = soft + (cosine + of_ngrams) / 2 + NUMBERS_COUNT * of_numbers - SHORTER_IS_BETTER * passages.is_pair[row]
        # Rounded, so that passages with the same words do not differ in the last bits of a sum.
        yield here, close.round(5)


def _article_recall(batch: Passages, claims: Integers, sentences: Integers, article_of: Integers) -> Floats:
    """Return the weighted share of each claim's words that occur in each article, shape (claims, articles)."""
    index = np.arange(len(article_of))
    belongs = sparse.csr_matrix((np.ones(len(index), dtype=np.float32), (article_of, index)))
    told = (belongs @ batch.present[sentences]).astype(bool).astype(np.float32)
    weight = batch.stems[claims]
    total = np.asarray(weight.sum(axis=1), dtype=np.float32).reshape(-1, 1)
    shared = (weight @ told.T).toarray()
    recall: Floats = np.divide(shared, total, out=np.zeros_like(shared), where=total > 0)
    return recall


def _article_soft_recall(batch: Passages, claims: Integers, sentences: Integers, article_of: Integers) -> Floats:
    """Return each article's soft recall of each claim, shape (claims, articles)."""
    share, forms = batch.word_shares(claims)
    nearest = np.zeros((article_of.max(initial=-1) + 1, len(forms)), dtype=np.float32)
    step = max(1, _CELLS_AT_A_TIME // max(1, len(forms)))
    for start in range(0, len(sentences), step):
        here = article_of[start : start + step]
        near = batch.nearest_words(sentences[start : start + step], forms)
        articles, begins = np.unique(here, return_index=True)
        nearest[articles] = np.maximum(nearest[articles], np.maximum.reduceat(near, begins, axis=0))
    recall: Floats = share @ nearest.T
    return recall
