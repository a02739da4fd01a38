"""How articles treat claims: for every claim and article a probability, a state and the passage that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.matching.changes import find_changes
from compare.matching.evidence import EVIDENCE_FEATURES, find_evidence
from compare.matching.model import carried_probability
from compare.matching.reader import second_opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader
    from compare.settings import Settings

    Integers = NDArray[np.int64]

_MOST_WORDS = 2000  # the longest common subsequence takes quadratic time; no sentence is longer
_REMEMBERED = 5000  # texts: those of the last few stories
_SOFT = EVIDENCE_FEATURES.index("soft_recall")


@dataclass(frozen=True)
class Judgements:
    """How every article treats every claim; all arrays have the shape (claims, articles).

    `share` is how much of the claim's weight the passage holds (soft recall); `row` is the row in the
    sentences table of the sentence that says most of it, `beside` that of its neighbour where the
    passage has two, -1 where there is none; `state`, `evidence` and `changes` hold strings. A cell
    that was not asked for is omitted, with probability 0; where an article has no sentence to look
    at, every cell is undecided, with probability 0.5.
    """

    probability: NDArray[np.float64]
    share: NDArray[np.float64]
    row: Integers
    beside: Integers
    state: NDArray[np.object_]
    evidence: NDArray[np.object_]
    changes: NDArray[np.object_]

    @classmethod
    def nothing(cls, shape: tuple[int, int]) -> Judgements:
        """Everything omitted."""
        return cls(
            probability=np.zeros(shape),
            share=np.zeros(shape),
            row=np.full(shape, -1, dtype=np.int64),
            beside=np.full(shape, -1, dtype=np.int64),
            state=np.full(shape, "omitted", dtype=object),
            evidence=np.full(shape, None, dtype=object),
            changes=np.full(shape, "", dtype=object),
        )


@dataclass(frozen=True)
class Judge:
    """Looks for claims in the articles of a story; boilerplate carries nothing."""

    articles: pd.DataFrame
    sentences: pd.DataFrame
    settings: Settings
    encoder: Encoder | None = None
    reader: Reader | None = None

    @cached_property
    def article_of(self) -> Integers:
        """The number of each sentence's article."""
        number = {name: at for at, name in enumerate(self.articles["article_id"])}
        return self.sentences["article_id"].map(number).to_numpy(np.int64)

    def judge(self, claims: Sequence[str], wanted: NDArray[np.bool_] | None = None) -> Judgements:
        """Judge every claim at every article, or only the `wanted` cells, shape (claims, articles)."""
        shape = (len(claims), len(self.articles))
        judged = Judgements.nothing(shape)
        usable = np.flatnonzero(~self.sentences["boilerplate"].to_numpy())
        # An article of nothing but boilerplate has no sentence to look at.
        present, compact = np.unique(self.article_of[usable], return_inverse=True)
        asked = np.ones(shape, dtype=bool) if wanted is None else wanted.copy()
        asked[[not words(claim) for claim in claims]] = False
        blank = np.setdiff1d(np.arange(shape[1]), present)
        judged.probability[:, blank] = 0.5
        judged.state[:, blank] = "undecided"
        if not asked[:, present].any():
            return judged
        texts = self.sentences["text"].to_numpy(object)[usable].tolist()
        found = find_evidence(claims, texts, compact, asked[:, present], self.encoder)
        passages = [" ".join(texts[a : b + 1]) for a, b in zip(found.first, found.last, strict=True)]
        pairs = zip((claims[at] for at in found.claim), passages, strict=True)
        probability = self.reread(carried_probability(found.features), pairs)
        cells = zip(found.claim, present[found.article], found.first, found.last, strict=True)
        for at, (number, article, first, last) in enumerate(cells):
            cell, claim, passage = (number, article), claims[number], texts[first : last + 1]
            # Of two sentences, the one that says more; most passages are one, which needs no asking.
            best = int(last > first and _share_in_order(claim, passage[1]) > _share_in_order(claim, passage[0]))
            share = float(found.features[at, _SOFT])
            judged.probability[cell] = probability[at]
            judged.share[cell] = share
            judged.row[cell] = usable[first + best]
            if last > first:
                judged.beside[cell] = usable[last - best]
            # What a neighbour denies or counts is another matter: changes are looked for in the better sentence.
            evidence = judged.evidence[cell] = passages[at]
            judged.state[cell], judged.changes[cell] = self.decide(
                claim, (evidence, passage[best]), float(probability[at]), share
            )
        return judged

    def reread(self, probability: NDArray[np.float64], pairs: Iterable[tuple[str, str]]) -> NDArray[np.float64]:
        """Ask the reader, where there is one, about (claim, passage) pairs."""
        if self.reader is None:
            return probability
        return second_opinion(probability, list(pairs), self.reader, self.settings.carried_at)

    def decide(self, claim: str, evidence: tuple[str, str], probability: float, share: float) -> tuple[str, str]:
        """Name a claim's state in an article, and the kinds of change joined by "; ".

        Args:
            claim: its wording.
            evidence: the passage that says most of it, and the sentence in it that does.
            probability: that the article carries the claim.
            share: of the claim's weight that the passage holds.
        """
        settings = self.settings
        if probability < settings.undecided_from:
            return "omitted", ""
        if probability < settings.carried_at:
            return "undecided", ""
        passage, sentence = evidence
        changes = find_changes(claim, sentence, passage)
        if changes:
            return "altered", "; ".join(changes)
        if _share_in_order(claim, passage) >= settings.verbatim_from:
            return "verbatim", ""
        return ("partial" if share < settings.partial_below else "paraphrased"), ""


def _share_in_order(claim: str, passage: str) -> float:
    """The share of the claim's content words that the passage has in the same order (longest common subsequence)."""
    from rapidfuzz.distance import LCSseq

    wanted, there = _content_in_order(claim), _in_order(passage)
    return LCSseq.similarity(wanted, there) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=_REMEMBERED)
def _in_order(text: str) -> tuple[str, ...]:
    return tuple([stem(word) for word in words(text)[:_MOST_WORDS]])


@lru_cache(maxsize=_REMEMBERED)
def _content_in_order(text: str) -> tuple[str, ...]:
    stems = _in_order(text)
    return tuple([form for form in stems if form not in FUNCTION_WORDS]) or stems
