"""The treatment of every claim by every article, as the judge settled it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.coverage.opinions import sentences_of
from compare.language.completeness import CUT
from compare.language.standing import can_be_missing
from compare.tables import NOT_ASSESSABLE, UNALTERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.settings import Settings

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Strings = NDArray[np.object_]


@dataclass(frozen=True)
class Judgements:
    """The treatment of every claim by every article; all arrays have the shape (claims, articles) and are read-only.

    `changed` is the probability that a carried claim is changed, NaN if no reader was asked (the shipped one is
    asked where a rule names a change, see `Judge.doubt`), and `kind` is the change named by the reader, empty if it
    names none.
    `share` is the share of the claim's weight in the passage (soft recall); `row` is the row in the sentences table
    of the sentence with most of it, `beside` that of its neighbour if the passage has two, -1 if there is none;
    `state`, `evidence` and `changes` hold strings. A cell that was not asked for is omitted, with probability 0. If
    an article's text has no usable sentence, every cell is undecided, with probability 0.5, except for claims carried
    by its headline; the same holds for a claim in a language other than the article's. What is not told in an article
    that was cut off is not assessable, with probability 0.5 (`in_cut_articles`).
    """

    probability: Floats
    changed: Floats
    kind: Strings
    share: Floats
    row: Integers
    beside: Integers
    state: Strings
    evidence: Strings
    changes: Strings

    def settled(self) -> Judgements:
        """Return the same object, made read-only."""
        for field in fields(self):
            getattr(self, field.name).flags.writeable = False
        return self

    def copied(self) -> Judgements:
        """Return a copy whose arrays can be written."""
        return Judgements(*(getattr(self, field.name).copy() for field in fields(self)))

    def best(self, wordings: Sequence[int]) -> Integers:
        """Return the row of the best wording, shape (claims, articles): the most probable one, the first of equals.

        An article that says one of the wordings faithfully is not accused of having altered another. `wordings` is the
        number of consecutive rows that are wordings of each claim.
        """
        score = self.probability + np.isin(self.state, UNALTERED)
        begins = np.cumsum(wordings) - wordings
        rows = [at + score[at : at + count].argmax(axis=0) for at, count in zip(begins, wordings, strict=True)]
        return np.array(rows, dtype=np.int64).reshape(len(wordings), score.shape[1])

    def at(self, best: Integers) -> Judgements:
        """Return the judgements on one wording of each claim at each article, as chosen by `best`."""
        columns = np.arange(best.shape[1])
        return Judgements(**{field.name: getattr(self, field.name)[best, columns] for field in fields(self)}).settled()

    def with_claims(self, claims: Sequence[int], others: Judgements, at: Sequence[int]) -> Judgements:
        """Return a copy in which some claims have the judgements of others, at the rows `at`."""
        new = self.copied()
        new._put(claims, others, at)
        return new.settled()

    def _put(self, cells: Any, others: Judgements, at: Any) -> None:
        for field in fields(self):
            getattr(self, field.name)[cells] = getattr(others, field.name)[at]

    def in_cut_articles(self, articles: pd.DataFrame) -> Judgements:
        """Return a copy in which articles that were cut off leave nothing out: it may have stood after the cut.

        What is undecided stays so: there is a passage to look at.
        """
        at = (articles["complete"] == CUT).to_numpy(bool) & (self.state == "omitted")
        if not at.any():
            return self
        new = self.copied()
        new.state[at], new.probability[at], new.evidence[at], new.changes[at] = NOT_ASSESSABLE, 0.5, None, ""
        new.row[at] = new.beside[at] = -1
        return new.settled()

    def left_open(self, claims: Sequence[Sequence[str]], settings: Settings) -> Judgements:
        """Return a copy without omissions that are impossible: a claim that states nothing is undecided.

        One wording that states something is enough. Such a cell gets the middle of the undecided range as probability.
        """
        least = settings.middle_of_undecided
        states = (any(can_be_missing(part) for told in own for part in sentences_of(told)) for own in claims)
        silent = ~np.fromiter(states, dtype=bool, count=len(claims))[:, np.newaxis]
        at = silent & np.isin(self.state, ("omitted", "undecided")) & (self.probability < least)
        probability, state = np.where(at, least, self.probability), np.where(at, "undecided", self.state)
        return replace(self, probability=probability, state=state).settled()
