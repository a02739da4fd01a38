"""Readers: models that read a claim and a passage together, asked where the lexical model is unsure.

The lexical model looks at words and their likeness. Whether "sales fell short of 40 million" is "sales passed 40
million" only a model that reads both texts can say. One ships with the toolkit (`small`), a language model can be asked
(`language_model`), and users can bring their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

import numpy as np

from compare.errors import InputError
from compare.tables import CHANGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Chosen: TypeAlias = "Reader | Literal['small'] | None"
    Recorded: TypeAlias = Literal["recorded"]

_ROUNDING = 1e-5


class Reader(Protocol):
    """Anything that says of (claim, passage) pairs whether the passage carries the claim, and unchanged.

    With a cross-encoder of sentence-transformers that was trained on natural language inference:

        from sentence_transformers import CrossEncoder

        class Entailment:
            def __init__(self):
                self.model = CrossEncoder("cross-encoder/nli-MiniLM2-L6-H768")

            def read(self, pairs):
                labels = self.model.predict([(passage, claim) for claim, passage in pairs], apply_softmax=True)
                return labels[:, [1, 0, 2]]  # entailment, contradiction, neutral
    """

    def read(self, pairs: list[tuple[str, str]], /) -> ArrayLike:
        """Return three probabilities for each pair: carried, carried with its meaning changed, not carried.

        Shape (pairs, 3), each row adding up to 1. A reader that cannot tell a changed meaning may give shape
        (pairs,): the probability that the claim is carried; then rules alone find changes.

        A reader may also have a method `kind_of(claim, passage)`, asked after `read`: what was changed, one of
        `compare.tables.CHANGES`, or "" where it names nothing. It may have a text `recorded`, by which manifests and
        reports are to name it; else they name its class.
        """
        ...


def recorded_as(thing: object) -> str:
    """Name a reader, or encoder, of the user's own for manifests and reports."""
    recorded = getattr(thing, "recorded", None)
    return recorded if isinstance(recorded, str) else f"{type(thing).__module__}.{type(thing).__qualname__}"


def as_shown(shown: Sequence[int], sentences: Sequence[str]) -> str:
    """Return the chosen sentences as one text, with a mark where something between them is left out."""
    parts = [sentences[shown[0]]] if len(shown) else []
    for before, row in pairwise(shown):
        parts += ["[...]"] * (row > before + 1) + [sentences[row]]
    return " ".join(parts)


def reader_of(reader: Chosen) -> Reader | None:
    """Return the chosen reader: the shipped one, one of the user's own, or none. Raise InputError otherwise."""
    if reader is None:
        return None
    if isinstance(reader, str):
        if reader != "small":
            raise InputError(
                f'the reader is {reader!r}: give "small" (the shipped one), None (words only) or an object with a '
                "method read(pairs)."
            )
        from compare.matching.reader.small import small_reader

        return small_reader()
    if isinstance(reader, type) or not callable(getattr(reader, "read", None)):
        raise InputError(f"the reader is {reader!r}: give an object with a method read(pairs).")
    return reader


def kinds_named(reader: Reader, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the kind of change that a reader names for each pair, or ""; raise InputError for an unknown kind."""
    kind_of = getattr(reader, "kind_of", None)
    named = [kind_of(*pair) or "" for pair in pairs] if callable(kind_of) else [""] * len(pairs)
    unknown = next((kind for kind in named if kind and kind not in CHANGES), None)
    if unknown is not None:
        raise InputError(f"the reader named {unknown!r} as what was changed: give one of {', '.join(CHANGES)}.")
    return named


def read(reader: Reader, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """Ask a reader about (claim, passage) pairs, each distinct one once.

    Returns:
        Probabilities of carried, carried with its meaning changed (NaN where it does not tell), not carried; shape
        (pairs, 3).

    Raises:
        InputError: the reader returned the wrong number of values, or values outside [0, 1].
    """
    distinct = list(dict.fromkeys(pairs))
    if not distinct:
        return np.zeros((0, 3))
    given = reader.read(distinct)
    try:
        answers = np.asarray(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"the reader gave no numbers ({error}): give three probabilities a pair.") from error
    if answers.shape not in ((len(distinct),), (len(distinct), 3)):
        raise InputError(
            f"the reader gave an array of shape {answers.shape} for {len(distinct)} pairs: give three probabilities a "
            "pair (carried, changed, not carried), or one (carried)."
        )
    # A softmax in single precision may end a little above 1.
    if not ((answers >= -_ROUNDING) & (answers <= 1 + _ROUNDING)).all():
        raise InputError("the reader gave numbers outside [0, 1] or NaN: give probabilities, not scores.")
    answers = answers.clip(0, 1)
    if answers.ndim == 1:
        answers = np.column_stack([answers, np.full(len(answers), np.nan), 1 - answers])
    elif not np.allclose(answers.sum(axis=1), 1, atol=1e-3):
        raise InputError("the reader gave three numbers that do not add up to 1: give probabilities.")
    place = {pair: at for at, pair in enumerate(distinct)}
    return answers[[place[pair] for pair in pairs]]


def class_name(thing: Any) -> str | None:
    """Name an encoder or reader for a manifest: by its class, the shipped reader by its name and its fingerprint."""
    if thing == "small":
        from compare.matching.reader.opinion import fingerprint

        return f"small {fingerprint()}"
    return None if thing is None else recorded_as(thing)


@dataclass(frozen=True)
class AbsentReader:
    """A reader of which a run or data set records only the name: it cannot read."""

    recorded: str

    def read(self, _: list[tuple[str, str]], /) -> ArrayLike:
        """Refuse with an InputError."""
        raise InputError(
            f"this was made with the reader {self.recorded}, which is not here: give it as reader= where this is "
            "opened, or reader=None to go by words alone."
        )


def recorded_reader(recorded: str | None, given: Chosen | Recorded) -> Chosen:
    """Return the given reader of a run, else the recorded one, which refuses to read if only its name is known."""
    if given != "recorded":
        return given
    if recorded is None:
        return None
    return "small" if recorded.startswith("small ") else AbsentReader(recorded)
