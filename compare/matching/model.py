"""Probabilities from features: two logistic regressions whose weights are readable JSON.

`carries` says whether a passage carries a claim (directed). Short and long claims need different weights (every word
of a short claim must be there; part of a long one may be missing), so it has two sets, and a claim of intermediate
length interpolates between them. `same` says whether two sentences say the same (symmetric).
`benchmarks/train_matching.py` fits both and writes `model.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError, count
from compare.language.tokens import words
from compare.matching.changes.kinds import changes_between
from compare.matching.evidence import EVIDENCE_FEATURES
from compare.matching.features import FEATURES, both_ways
from compare.matching.passages import Passages
from compare.matching.reader import opinion, read, reader_of
from compare.matching.reader.late import held_by_pairs
from compare.tables import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.passages import Floats, Integers
    from compare.matching.reader import Chosen
    from compare.matching.reader.opinion import Encoding

# Claims of up to 3.5 content words are short, claims from 19 are long: the extremes of REALSumm's atomic claims and of
# whole sentences in news (1.5 and 3 on the logarithmic scale of the feature `length`).
_SHORT, _LONG = 1.5, 3.0
_LENGTH = FEATURES.index("length")
CARRIES_FEATURES = tuple(f"{length} {name}" for length in ("short", "long") for name in EVIDENCE_FEATURES)

_PAIRS_AT_A_TIME = 50_000
_ENCODED_AT_A_TIME = 20_000  # pairs
SAME_THOUGH_PROVEN = 0.4  # factor for pairs with a change proven by words, so that their probability is below one half
READ_PAIRS_FROM = 0.02  # below this no reader is asked, because hardly any such pair says the same


@dataclass(frozen=True)
class Logistic:
    """A logistic regression on named features."""

    intercept: float
    weights: NDArray[np.float64]

    @classmethod
    def read(cls, stored: dict[str, Any], names: Sequence[str]) -> Logistic:
        """Read intercept and weights from JSON, in the order of the names."""
        return cls(stored["intercept"], np.array([stored["weights"][name] for name in names]))

    def probability(self, features: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return 1 / (1 + exp(-(intercept + features . weights))), rounded, one value for each row of features."""
        logit = features.astype(np.float64) @ self.weights + self.intercept
        result: NDArray[np.float64] = 1 / (1 + np.exp(-logit))
        return result.round(DECIMALS)


@cache
def models() -> dict[str, Logistic]:
    """Read the shipped models, `carries` and `same`."""
    stored = json.loads(Path(__file__).with_name("model.json").read_text(encoding="utf-8"))
    names = {"carries": CARRIES_FEATURES, "same": FEATURES}
    return {name: Logistic.read(stored[name], features) for name, features in names.items()}


def by_length(features: Floats) -> NDArray[np.float64]:
    """Return the features twice, (cells, `CARRIES_FEATURES`), weighted by the share as a short and as a long claim."""
    long = long_share(features)[:, np.newaxis]
    return np.hstack([features * (1 - long), features * long]).astype(np.float64)


def long_share(features: Floats) -> NDArray[np.float64]:
    """Return how long each claim counts as, from 0 for few content words to 1 for long sentences; shape (cells,)."""
    share: NDArray[np.float64] = np.clip((features[:, _LENGTH].astype(np.float64) - _SHORT) / (_LONG - _SHORT), 0, 1)
    return share


def carried_probability(features: Floats) -> NDArray[np.float64]:
    """Return the probability that the passages carry their claims, from the features of `find_evidence`."""
    return models()["carries"].probability(by_length(features))


def same_features(passages: Passages, left: Integers, right: Integers) -> Floats:
    """Return the symmetric features of row pairs: shape (pairs, `FEATURES`), the mean of both directions."""
    forth, back = both_ways(passages, left, right)
    return (forth + back) * np.float32(0.5)


def same_probability(passages: Passages, left: Integers, right: Integers) -> NDArray[np.float64]:
    """Return the probability that rows left[k] and right[k] say the same."""
    blocks = range(0, len(left), _PAIRS_AT_A_TIME)
    features = (
        same_features(passages, left[at : at + _PAIRS_AT_A_TIME], right[at : at + _PAIRS_AT_A_TIME]) for at in blocks
    )
    return np.concatenate([np.zeros(0), *map(models()["same"].probability, features)])


def score_pairs(
    left: Sequence[str], right: Sequence[str], *, encoder: Encoder | None = None, reader: Chosen = "small"
) -> NDArray[np.float64]:
    """Return for each pair of sentences the probability that both say the same.

    The order of the two does not matter, nor do the other pairs. A text without words is like no other: its probability
    is close to 0.

    Args:
        left: sentences.
        right: as many sentences; left[k] is compared with right[k].
        encoder: sentence vectors of your own instead of the built-in ones; the probabilities are
            calibrated for the built-in ones.
        reader: reads the pairs, in both directions: "small" (the shipped one), None (words alone, a hundred times
            as fast), or one of your own; see `Reader`.

    Returns:
        Probabilities in [0, 1], shape (number of pairs,).

    Raises:
        InputError: the lists differ in length, or hold something that is not a string.
    """
    for name, given in (("left", left), ("right", right)):
        if isinstance(given, str):
            raise InputError(f"score_pairs: {name} is one text; give a list of sentences, as [{given!r}].")
    left, right = list(left), list(right)
    if len(left) != len(right):
        raise InputError(
            f"score_pairs: {count(len(left), 'sentence')} on the left and {len(right)} on the right; give pairs."
        )
    for name, side in (("left", left), ("right", right)):
        wrong = next((k for k, text in enumerate(side) if not isinstance(text, str)), None)
        if wrong is not None:
            raise InputError(f"score_pairs: {name}[{wrong}] is {side[wrong]!r}; give every sentence as a string.")
    chosen = reader_of(reader)
    scores = [np.zeros(0)]
    for first in range(0, len(left), _PAIRS_AT_A_TIME):
        a, b = left[first : first + _PAIRS_AT_A_TIME], right[first : first + _PAIRS_AT_A_TIME]
        row = {text: number for number, text in enumerate(dict.fromkeys([*a, *b]))}
        passages = Passages.of(list(row), encoder)
        rows = (np.array([row[text] for text in side], dtype=np.int64) for side in (a, b))
        scores.append(same_probability(passages, *rows))
    probability = np.concatenate(scores)
    if chosen is None:
        return probability
    spoken = np.array([bool(words(a) and words(b)) for a, b in zip(left, right, strict=True)], dtype=bool)
    if opinion.is_small(chosen):
        pairs = [(left[at], right[at]) for at in np.flatnonzero(spoken)]
        probability[spoken] = opinion.same_as_held(same_evidence(chosen, probability[spoken], pairs))
    asked = np.flatnonzero((probability >= READ_PAIRS_FROM) & spoken)
    told = [changes_between(left[at], right[at]) for at in asked.tolist()]
    proven = asked[np.array([any(one.proven for one in found) for found in told], dtype=bool)]
    if opinion.is_small(chosen):
        # It doubts too often to be asked about every pair, so only about those in which a rule finds a possible change.
        asked = asked[np.array([bool(found) for found in told], dtype=bool)]
    forth, back = (
        read(chosen, [(one[at], other[at]) for at in asked]) for one, other in ((left, right), (right, left))
    )
    if opinion.is_small(chosen):
        probability[asked] = (probability[asked] * opinion.unchanged(forth, back)).round(DECIMALS)
    else:
        probability[asked] = opinion.same(probability[asked], forth, back)
    probability[proven] = (probability[proven] * SAME_THOUGH_PROVEN).round(DECIMALS)
    return probability


def same_evidence(
    reader: Encoding, lexical: NDArray[np.float64], pairs: Sequence[tuple[str, str]]
) -> NDArray[np.float64]:
    """Return the evidence for the shipped reader's `same`, shape (pairs, 3).

    The columns are the log-odds by words, and the lesser and the greater log-odds that one sentence holds the other.
    """
    forth, back = np.zeros(len(pairs)), np.zeros(len(pairs))
    for at in range(0, len(pairs), _ENCODED_AT_A_TIME):
        block = slice(at, at + _ENCODED_AT_A_TIME)
        texts = dict.fromkeys(text for pair in pairs[block] for text in pair)
        row = {text: number for number, text in enumerate(texts)}
        encoded = reader.encode(list(texts))
        left, right = (np.array([row[pair[side]] for pair in pairs[block]], dtype=np.int64) for side in (0, 1))
        forth[block] = opinion.held_log_odds(held_by_pairs(encoded, encoded, left, right))
        back[block] = opinion.held_log_odds(held_by_pairs(encoded, encoded, right, left))
    return np.column_stack([opinion.log_odds(lexical), np.minimum(forth, back), np.maximum(forth, back)])
