"""How articles treat claims: for every claim and article a probability, a state and the passage that proves it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.opinions import Panel, sentences_of
from compare.language.clauses import states_something
from compare.language.standing import can_be_missing
from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.matching.changes import changes
from compare.matching.evidence import EVIDENCE_FEATURES
from compare.matching.reader import opinion
from compare.tables import DECIMALS, HEADLINE, UNALTERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader
    from compare.settings import Settings

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_MOST_WORDS = 2000  # the longest common subsequence takes quadratic time; no sentence is longer
_REMEMBERED = 5000  # texts: those of the last few stories
_WHOLE_FROM = 0.8  # probability from which a reader's claim is taken for whole, however few words are shared
_SOFT = EVIDENCE_FEATURES.index("soft_recall")


@dataclass(frozen=True)
class Judgements:
    """How every article treats every claim; all arrays have the shape (claims, articles).

    `changed` is the probability that a carried claim is changed, NaN where no reader was asked (the shipped one is
    where a rule names a change, see `Judge.doubt`), and `kind` what the reader names as changed, empty where it names
    nothing.
    `share` is how much of the claim's weight the passage holds (soft recall); `row` is the row in the
    sentences table of the sentence that says most of it, `beside` that of its neighbour where the
    passage has two, -1 where there is none; `state`, `evidence` and `changes` hold strings. A cell
    that was not asked for is omitted, with probability 0; where an article's text has no sentence to look
    at, every cell is undecided, with probability 0.5, but for what its headline carries.
    """

    probability: Floats
    changed: Floats
    kind: NDArray[np.object_]
    share: Floats
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
            changed=np.full(shape, np.nan),
            kind=np.full(shape, "", dtype=object),
            share=np.zeros(shape),
            row=np.full(shape, -1, dtype=np.int64),
            beside=np.full(shape, -1, dtype=np.int64),
            state=np.full(shape, "omitted", dtype=object),
            evidence=np.full(shape, None, dtype=object),
            changes=np.full(shape, "", dtype=object),
        )

    def put(self, cells: Any, others: Judgements, at: Any) -> None:
        """Replace some cells by others' judgements: both are what an array may be indexed with."""
        for field in fields(self):
            getattr(self, field.name)[cells] = getattr(others, field.name)[at]

    def best(self, wordings: Sequence[int]) -> Integers:
        """The wording to go by, where these are of wordings: the most probable one, the first of equals.

        An article that says one of them faithfully is not accused of having altered another.

        Args:
            wordings: how many of the rows, one after the other, are wordings of each claim.

        Returns:
            Rows of the wordings, shape (claims, articles).
        """
        score = self.probability + np.isin(self.state, UNALTERED)
        begins = np.cumsum(wordings) - wordings
        rows = [at + score[at : at + count].argmax(axis=0) for at, count in zip(begins, wordings, strict=True)]
        return np.array(rows, dtype=np.int64).reshape(len(wordings), score.shape[1])

    def at(self, best: Integers) -> Judgements:
        """Go by one wording of each claim at each article, as `best` names them."""
        columns = np.arange(best.shape[1])
        return Judgements(**{field.name: getattr(self, field.name)[best, columns] for field in fields(self)})

    def leave_open(self, claims: Sequence[Sequence[str]], settings: Settings) -> None:
        """Omit nothing that cannot be missing: where a claim that states nothing is not found, it is undecided.

        Args:
            claims: the wordings of each claim, shape (claims, wordings); one that states something is enough.
            settings: the cut-offs; such a cell's probability is the middle of those of undecided ones.
        """
        least = round((settings.undecided_from + settings.carried_at) / 2, DECIMALS)
        states = (any(can_be_missing(part) for told in own for part in sentences_of(told)) for own in claims)
        silent = ~np.fromiter(states, dtype=bool, count=len(claims))[:, np.newaxis]
        at = silent & np.isin(self.state, ("omitted", "undecided")) & (self.probability < least)
        self.probability[at], self.state[at] = least, "undecided"


@dataclass(frozen=True)
class Judge:
    """Looks for claims in the articles of a story; boilerplate carries nothing, nor does a headline that asks."""

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

    @cached_property
    def headline(self) -> NDArray[np.bool_]:
        """Which of the sentences are headlines."""
        return (self.sentences["index"] == HEADLINE).to_numpy()

    def judge(self, claims: Sequence[str], wanted: NDArray[np.bool_] | None = None) -> Judgements:
        """Judge every claim at every article, or only the `wanted` cells, shape (claims, articles).

        A headline is read by itself, and speaks only where it carries more surely what the text does not carry, and
        says most of it.
        """
        shape = (len(claims), len(self.articles))
        asked = self._asked(claims, wanted)
        judged = self._judged(claims, asked, self._text)
        asked &= judged.probability < self.settings.carried_at
        # An article of nothing but boilerplate has no sentence to look at.
        blank = np.setdiff1d(np.arange(shape[1]), self.article_of[self._text])
        judged.probability[:, blank] = 0.5
        judged.state[:, blank] = "undecided"
        texts = self.sentences["text"].to_numpy(object)
        headlines = [row for row in np.flatnonzero(self.headline).tolist() if states_something(texts[row])]
        headed = self._judged(claims, asked, np.array(headlines, dtype=np.int64))
        # Of a long claim many a headline names the subject alone: in `datasets/planted-bias`, 44 of 46 cells that
        # headlines won by their probability were wrong, and none of those with so much of the claim.
        surer = headed.probability > judged.probability
        # Readers have learned from sentences: a change in a headline that nothing can name accuses nobody.
        accused = headed.changes == "meaning"
        surer &= ~accused & (headed.share >= self.settings.partial_below)
        judged.put(surer, headed, surer)
        return judged

    def _judged(self, claims: Sequence[str], asked: NDArray[np.bool_], usable: Integers) -> Judgements:
        """Judge the cells that are asked for, by these sentences (rows) alone."""
        judged = Judgements.nothing(asked.shape)
        texts, present, compact = self._told_by(usable)
        asked = asked[:, present]
        if not asked.any():
            return judged
        found, opinions = self._panel.opinions(claims, texts, compact, asked)
        for at, (number, article) in enumerate(zip(found.claim, present[found.article], strict=True)):
            cell, claim = (number, article), claims[number]
            first, last = opinions.evidence[at]
            passage = texts[first : last + 1]
            # Of two sentences, the one that says more; most passages are one, which needs no asking.
            best = int(last > first and _share_in_order(claim, passage[1]) > _share_in_order(claim, passage[0]))
            judged.probability[cell], judged.changed[cell] = opinions.carried[at], opinions.changed[at]
            judged.kind[cell], judged.share[cell] = opinions.kind[at], found.features[at, _SOFT]
            judged.row[cell] = usable[first + best]
            if last > first:
                judged.beside[cell] = usable[last - best]
            # What a neighbour denies or counts is another matter: changes are looked for in the better sentence.
            evidence = judged.evidence[cell] = " ".join(passage)
            self.decide(judged, cell, claim, (evidence, passage[best]))
        return judged

    def unsure(
        self, claims: Sequence[str], wanted: NDArray[np.bool_]
    ) -> tuple[Integers, Floats, list[tuple[str, str]]]:
        """Say of which wanted cells a reader is asked, one without vectors of its own, and what it is asked.

        Args:
            claims: wordings; those of several sentences are left out.
            wanted: shape (claims, articles).

        Returns:
            The numbers of claim and article, shape (cells, 2); the probability by words alone; (claim, passage).
        """
        texts, present, compact = self._told_by(self._text)
        asked = self._asked(claims, wanted)[:, present]
        if not asked.any():
            return np.zeros((0, 2), dtype=np.int64), np.zeros(0), []
        claim, article, lexical, pairs = self._panel.unsure(claims, texts, compact, asked)
        return np.column_stack([claim, present[article]]), lexical, pairs

    @cached_property
    def _panel(self) -> Panel:
        return Panel(self.settings, self.encoder, self.reader)

    @cached_property
    def _text(self) -> Integers:
        """Rows of the sentences that tell the story: no headlines, no boilerplate."""
        return np.flatnonzero(~self.headline & ~self.sentences["boilerplate"].to_numpy())

    def article(self, number: int) -> Sequence[str]:
        """The sentences of an article."""
        return self._articles[number]

    @cached_property
    def _articles(self) -> list[list[str]]:
        found: list[list[str]] = [[] for _ in range(len(self.articles))]
        for number, text in zip(self.article_of.tolist(), self.sentences["text"], strict=True):
            found[number].append(text)
        return found

    def _told_by(self, usable: Integers) -> tuple[list[str], Integers, Integers]:
        """What sentences (rows) say, the articles that have any of them, and which of these articles each is of."""
        present, compact = np.unique(self.article_of[usable], return_inverse=True)
        return self.sentences["text"].to_numpy(object)[usable].tolist(), present, compact

    def _asked(self, claims: Sequence[str], wanted: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        asked = np.ones((len(claims), len(self.articles)), dtype=bool) if wanted is None else wanted.copy()
        asked[[not words(claim) for claim in claims]] = False
        return asked

    def decide(self, judged: Judgements, cell: tuple[int, int], claim: str, evidence: tuple[str, str]) -> None:
        """Name a claim's state in an article, and the kinds of change joined by "; ".

        Args:
            judged: takes the state and changes, and has the probabilities.
            cell: the numbers of the claim and the article.
            claim: its wording.
            evidence: the passage that says most of it, and the sentence in it that does.
        """
        settings = self.settings
        probability = judged.probability[cell]
        passage, sentence = evidence
        kinds: list[str] = []
        if probability < settings.undecided_from:
            state = "omitted"
        elif probability < settings.carried_at:
            state = "undecided"
        else:
            told = changes(claim, sentence, passage, self.article(cell[1]))
            kinds, proven = ([one.kind for one in told if one.proven >= sure] for sure in (False, True))
            # Without a reader the rules decide; with one they say what was changed, and may tip the scales. What the
            # words prove no reader overrules.
            changed = judged.changed[cell] if kinds == proven else self.doubt(judged, cell, claim, passage)
            surely = settings.altered_named_at if kinds else settings.altered_at
            if kinds if np.isnan(changed) else changed >= surely:
                state, kinds = "altered", kinds or [judged.kind[cell] or "meaning"]
            elif proven:
                state, kinds = "altered", proven
            else:
                state, kinds = self._unchanged(judged, cell, claim, passage), []
        judged.state[cell], judged.changes[cell] = state, "; ".join(kinds)

    def doubt(self, judged: Judgements, cell: tuple[int, int], claim: str, passage: str) -> float:
        """The probability that a carried claim is changed; the shipped reader is asked for it only now."""
        if np.isnan(judged.changed[cell]):
            judged.changed[cell] = self._panel.doubt(claim, passage)
        return float(judged.changed[cell])

    def _unchanged(self, judged: Judgements, cell: tuple[int, int], claim: str, passage: str) -> str:
        """Name the state of a claim that is carried with its meaning."""
        if _share_in_order(claim, passage) >= self.settings.verbatim_from:
            return "verbatim"
        # Whoever says all of it in other words shares few with it; then it is the reader's doubt that tells a part.
        tells = opinion.is_small(self.reader) or not np.isnan(judged.changed[cell])
        whole = tells and judged.probability[cell] >= _WHOLE_FROM
        return "partial" if judged.share[cell] < self.settings.partial_below and not whole else "paraphrased"


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
