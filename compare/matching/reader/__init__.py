"""A second opinion on the decisions that the built-in model is not sure of.

The built-in model looks at words and their likeness, which levels off (`benchmarks/RESULTS.md`). A
model that reads both texts together (a cross-encoder for natural language inference, a language
model behind an API) judges better and costs a thousand times more, so it is asked only where it can
change something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from compare.errors import InputError
from compare.tables import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

# Outside these the built-in model is right 19 times in 20 (cross-validated on its training data).
_UNSURE_FROM, _UNSURE_BELOW = 0.1, 0.9
_ROUNDING = 1e-5


class Reader(Protocol):
    """Anything that says of (claim, passage) pairs how probable it is that the passage says the claim.

    With a cross-encoder of sentence-transformers that was trained on natural language inference:

        from sentence_transformers import CrossEncoder

        class Entailment:
            def __init__(self):
                self.model = CrossEncoder("cross-encoder/nli-MiniLM2-L6-H768")

            def read(self, pairs):
                labels = self.model.predict([(passage, claim) for claim, passage in pairs], apply_softmax=True)
                return labels[:, 1]  # contradiction, entailment, neutral
    """

    def read(self, pairs: list[tuple[str, str]], /) -> ArrayLike:
        """Give one probability in [0, 1] for each pair."""
        ...


def second_opinion(
    probability: NDArray[np.float64], pairs: Sequence[tuple[str, str]], reader: Reader, carried_at: float = 0.0
) -> NDArray[np.float64]:
    """Let a reader judge the unsure pairs anew; the result is the mean of both probabilities.

    Args:
        probability: of the built-in model, shape (pairs,).
        pairs: a claim and a passage each; only those of unsure pairs are looked at.
        reader: of the user's own.
        carried_at: whatever lies below is unsure too.

    Returns:
        Probabilities in [0, 1], shape (pairs,).

    Raises:
        InputError: the reader is none, or gave another number of values, or values outside [0, 1].
    """
    read = getattr(reader, "read", None)
    if isinstance(reader, type) or not callable(read):
        raise InputError(f"the reader is {reader!r}: give an object with a method read(pairs).")
    unsure = np.flatnonzero((probability >= _UNSURE_FROM) & (probability < max(_UNSURE_BELOW, carried_at))).tolist()
    if not unsure:
        return probability
    distinct = list(dict.fromkeys(pairs[at] for at in unsure))
    given = read(distinct)
    try:
        opinions = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"the reader gave no numbers ({error}): give one probability a pair.") from error
    if opinions.shape != (len(distinct),):
        raise InputError(
            f"the reader gave an array of shape {opinions.shape} for {len(distinct)} pairs: give one number a pair."
        )
    # A softmax in single precision may end a little above 1.
    if not ((opinions >= -_ROUNDING) & (opinions <= 1 + _ROUNDING)).all():
        raise InputError("the reader gave numbers outside [0, 1] or NaN: give probabilities, not scores.")
    opinion = dict(zip(distinct, opinions.clip(0, 1).tolist(), strict=True))
    result = probability.copy()
    result[unsure] = [(probability[at] + opinion[pairs[at]]) / 2 for at in unsure]
    return result.round(DECIMALS)
