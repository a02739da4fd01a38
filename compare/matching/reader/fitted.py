"""Weights of a user's own reader and of the lexical model, fitted to coders' answers.

It is a logistic regression on two numbers, so forty cells are enough. The weights are shrunk a little towards one half
each, the weights without a fit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from compare.matching.reader import recorded_as
from compare.matching.reader.opinion import log_odds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    from compare.matching.reader import Reader

    Floats = NDArray[np.float64]

_SUREST = 4.0  # bound of both log-odds, a probability of .98: beyond it, a reader's own confidence says little
_START = np.array([0.0, 0.5, 0.5])
_PULL = 2.0  # strength of the shrinkage towards _START, on the scale of the log-likelihood
_FOLDS = 5
_MOST_STEPS, _LEAST_STEP = 5000, 1e-7


@dataclass(frozen=True)
class Fitted:
    """The weights of a logistic regression on the log-odds by words alone and by the reader."""

    intercept: float
    words: float
    reader: float

    def carried(self, lexical: Floats, answers: Floats) -> Floats:
        """Return the probability that a passage carries a claim, changed or not; shapes as in `opinion.carried`."""
        return _probability(np.array([self.intercept, self.words, self.reader]), _columns(lexical, answers))


@dataclass(frozen=True, eq=False, repr=False)
class CalibratedReader:
    """A reader of your own, weighted by its agreement with coders; see `compare.calibrated`.

    Attributes:
        reader: the reader.
        opinion_weights: the fitted weights.
        fit: its accuracy: a row each for "calibrated" (cross-validated by claim), "half each" and "words alone",
            with brier (the mean squared distance between probability and coders) and auc.
        cells: the number of coded decisions in the fit.
        carried: how many of them coders call carried.
        claims: how many claims they are about.
    """

    reader: Reader
    opinion_weights: Fitted
    fit: pd.DataFrame
    cells: int
    carried: int
    claims: int

    def read(self, pairs: list[tuple[str, str]], /) -> ArrayLike:
        """Return the reader's unweighted answers; `opinion` weights them."""
        return self.reader.read(pairs)

    def kind_of(self, claim: str, passage: str) -> str:
        """Return the kind of change that the reader names, if any."""
        named = getattr(self.reader, "kind_of", None)
        return named(claim, passage) if callable(named) else ""

    @property
    def recorded(self) -> str:
        """Its name in manifests, with eight digits that identify the weights."""
        digits = hashlib.sha256(json.dumps(asdict(self.opinion_weights)).encode()).hexdigest()[:8]
        return f"{recorded_as(self.reader)}, calibrated {digits}"

    @property
    def sentence(self) -> str:
        """A sentence on the data and the accuracy of the fit."""
        brier, auc = (
            ", ".join(f"{value:.3f} {name}" for name, value in self.fit[measure].items()) for measure in self.fit
        )
        return (
            f"the reader is calibrated on {self.cells} coded decisions about {self.claims} claims ({self.carried} "
            f"carried); squared error, cross-validated by claim: {brier}; AUC: {auc}"
        )

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.sentence}>"


def calibrate(  # noqa: PLR0913, PLR0917 - what is known of each cell
    reader: Reader, lexical: Floats, answers: Floats, truth: Floats, weight: Floats, claims: Sequence[str]
) -> CalibratedReader:
    """Fit a reader's weight.

    `answers` are the reader's, shape (cells, 3); the rest have shape (cells,): `lexical` is the probability by words
    alone, `truth` the share of coders who call the cell carried, `weight` the number of decisions that it represents,
    and `claims` its claim (at least five different ones).
    """
    import pandas as pd
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import GroupKFold

    columns, weight = _columns(lexical, answers), weight / weight.mean()
    unseen = np.zeros(len(truth))
    for train, test in GroupKFold(_FOLDS).split(columns, groups=claims):
        unseen[test] = _probability(_fitted(columns[train], truth[train], weight[train]), columns[test])
    ways = {"calibrated": unseen, "half each": (lexical + 1 - answers[:, 2]) / 2, "words alone": lexical}
    fit = {
        name: (np.average((p - truth) ** 2, weights=weight), roc_auc_score(truth >= 0.5, p, sample_weight=weight))
        for name, p in ways.items()
    }
    return CalibratedReader(
        reader,
        Fitted(*_fitted(columns, truth, weight).round(4).tolist()),
        pd.DataFrame.from_dict(fit, orient="index", columns=["brier", "auc"]),
        len(truth),
        int((truth >= 0.5).sum()),
        len(set(claims)),
    )


def _columns(lexical: Floats, answers: Floats) -> Floats:
    odds = log_odds(np.stack([lexical, 1 - answers[:, 2]])).clip(-_SUREST, _SUREST)
    return np.column_stack([np.ones(len(lexical)), *odds])


def _probability(weights: Floats, columns: Floats) -> Floats:
    p: Floats = 1 / (1 + np.exp(-columns @ weights))
    return p


def _fitted(columns: Floats, truth: Floats, weight: Floats) -> Floats:
    """Return the likeliest weights, shrunk towards one half each; neither may be negative."""
    free = [0, 1, 2]
    while True:
        found = np.zeros(3)
        found[free] = _likeliest(columns[:, free], truth, weight, _START[free])
        lowest = int(found[1:].argmin()) + 1
        if found[lowest] >= 0:
            return found
        free.remove(lowest)


def _likeliest(columns: Floats, truth: Floats, weight: Floats, start: Floats) -> Floats:
    # An upper bound of the curvature, so that no step is too long (Böhning & Lindsay 1988).
    bend = (columns.T * weight) @ columns / 4 + _PULL * np.eye(len(start))
    found = start
    for _ in range(_MOST_STEPS):
        slope = columns.T @ (weight * (_probability(found, columns) - truth)) + _PULL * (found - start)
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < _LEAST_STEP:
            break
    return found
