"""From features to probabilities: two logistic regressions whose weights are readable JSON.

`carries` says whether a passage carries a claim (directed), `same` whether two sentences say the
same (symmetric). `benchmarks/train_matching.py` fits both and writes `model.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from compare.errors import InputError
from compare.matching.evidence import EVIDENCE_FEATURES
from compare.matching.features import FEATURES, both_ways
from compare.matching.passages import Passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.passages import Floats, Integers

# Symmetric features: the mean of both directions, and the lesser of them.
SAME_FEATURES = tuple(f"{both} {name}" for both in ("mean", "least") for name in FEATURES)

_PAIRS_AT_A_TIME = 50_000


@dataclass(frozen=True)
class Logistic:
    """A logistic regression on named features."""

    intercept: float
    weights: NDArray[np.float64]

    @classmethod
    def read(cls, stored: dict[str, object], names: Sequence[str]) -> Logistic:
        """Take intercept and weights from their JSON form, in the order of the names."""
        weights = cast("dict[str, float]", stored["weights"])
        return cls(cast("float", stored["intercept"]), np.array([weights[name] for name in names]))

    def probability(self, features: Floats) -> NDArray[np.float64]:
        """Give 1 / (1 + exp(-(intercept + features . weights))), one value for each row of features."""
        logit = features.astype(np.float64) @ self.weights + self.intercept
        result: NDArray[np.float64] = 1 / (1 + np.exp(-logit))
        return result


@cache
def models() -> dict[str, Logistic]:
    """Read the shipped models, `carries` and `same`."""
    stored = json.loads(Path(__file__).with_name("model.json").read_text(encoding="utf-8"))
    names = {"carries": EVIDENCE_FEATURES, "same": SAME_FEATURES}
    return {name: Logistic.read(stored[name], features) for name, features in names.items()}


def same_features(passages: Passages, left: Integers, right: Integers) -> Floats:
    """Give the symmetric features of row pairs: shape (pairs, `SAME_FEATURES`)."""
    forth, back = both_ways(passages, left, right)
    return np.hstack([(forth + back) / 2, np.minimum(forth, back)])


def same_probability(passages: Passages, left: Integers, right: Integers) -> NDArray[np.float64]:
    """Give the probability that rows left[k] and right[k] say the same; 0 where either has no words."""
    probability = models()["same"].probability(same_features(passages, left, right))
    wordless = np.diff(passages.present.indptr) == 0
    return np.where(wordless[left] | wordless[right], 0.0, probability)


def score_pairs(left: Sequence[str], right: Sequence[str], *, encoder: Encoder | None = None) -> NDArray[np.float64]:
    """Say for pairs of sentences how probable it is that both say the same.

    The order of the two does not matter, nor do the other pairs. A text without words says
    nothing: its probability is 0.

    Args:
        left: sentences.
        right: as many sentences; left[k] is compared with right[k].
        encoder: sentence vectors of your own instead of the built-in ones; the probabilities are
            calibrated for the built-in ones.

    Returns:
        Probabilities in [0, 1], shape (number of pairs,).

    Raises:
        InputError: the lists differ in length, or hold something that is not a string.
    """
    left, right = list(left), list(right)
    if len(left) != len(right):
        raise InputError(f"score_pairs: {len(left)} sentences on the left and {len(right)} on the right; give pairs.")
    for name, side in (("left", left), ("right", right)):
        wrong = next((k for k, text in enumerate(side) if not isinstance(text, str)), None)
        if wrong is not None:
            raise InputError(f"score_pairs: {name}[{wrong}] is {side[wrong]!r}; give every sentence as a string.")
    scores = [np.zeros(0)]
    for first in range(0, len(left), _PAIRS_AT_A_TIME):
        a, b = left[first : first + _PAIRS_AT_A_TIME], right[first : first + _PAIRS_AT_A_TIME]
        row = {text: number for number, text in enumerate(dict.fromkeys([*a, *b]))}
        passages = Passages.of(list(row), encoder)
        rows = (np.array([row[text] for text in side], dtype=np.int64) for side in (a, b))
        scores.append(same_probability(passages, *rows))
    return np.concatenate(scores)
