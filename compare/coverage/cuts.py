"""Whether a copy was cut from its end, or somewhere else: a test against what an editor does for space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A cut is called selective below this p-value.
SELECTIVE_BELOW = 0.05
# Chance that a sentence is lost or kept out of turn, for reasons of space or style or because a reworded one
# is not recognised: of sentences in which every tenth word was replaced, .002 are not (`benchmarks/wire.py`).
SLIP = 0.002
_MOST_WORDS = 2000  # words out of turn from which on they are no longer counted; p is then far below any cut-off


@dataclass(frozen=True)
class Cut:
    """What is gone from a copy: `kind` none, tail, middle or both; how many sentences; p under a cut from the end."""

    kind: str
    sentences: int
    p_value: float


def cut_of(kept: NDArray[np.bool_], words: NDArray[np.int64]) -> Cut:
    """Test whether the sentences missing in a copy can be a cut from the end.

    Agency reports put the least important last so that they can be cut from the end. The null
    hypothesis: the editor dropped everything from some sentence on (position: any such place will do),
    and beyond that each sentence, with the same small chance SLIP, is lost though it stands before that
    place, or kept though it stands after it. The statistic is how many words (length) stand in sentences
    out of turn, for the place that leaves the fewest. Under the null hypothesis it is at most the number
    of words in the slips, a sum of independent draws whose distribution is computed exactly.

    Args:
        kept: for each sentence of the fullest copy whether this copy has it.
        words: the sentences' lengths.

    Returns:
        The kind of cut ("middle" and "both" only if p is below SELECTIVE_BELOW), the number of missing
        sentences, and the p-value.
    """
    missing = int((~kept).sum())
    if not missing:
        return Cut("none", 0, 1.0)
    lost_before = np.concatenate(([0], np.cumsum(np.where(kept, 0, words))))
    kept_after = np.concatenate((np.cumsum(np.where(kept, words, 0)[::-1])[::-1], [0]))
    out_of_turn = lost_before + kept_after
    # Of equally good places the last one: less is then said to be cut.
    place = len(kept) - int(out_of_turn[::-1].argmin())
    p_value = _at_least(int(out_of_turn[place]), words)
    if p_value >= SELECTIVE_BELOW:
        return Cut("tail" if place < len(kept) else "none", missing, p_value)
    return Cut("middle" if kept[-1] else "both", missing, p_value)


def _at_least(observed: int, words: NDArray[np.int64]) -> float:
    """The chance that slips make up at least so many words."""
    if observed == 0:
        return 1.0
    observed = min(observed, _MOST_WORDS)
    chance = np.zeros(observed)  # of exactly 0, 1, ... words
    chance[0] = 1.0
    for length in words.tolist():
        slipped = SLIP * chance[: max(observed - length, 0)]
        chance *= 1 - SLIP
        chance[length:] += slipped
    return float(max(1 - chance.sum(), 0.0))
