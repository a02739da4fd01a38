"""Readers: models that read a claim and a passage together, for pairs that words alone leave open.

The lexical model compares words and their similarity. Only a model that reads both texts can distinguish "sales fell
short of 40 million" from "sales passed 40 million". One ships with the toolkit (`small`), a language model can be asked
(`language_model`), and users can bring their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

import numpy as np

from compare.errors import InputError, count
from compare.tables import CHANGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Chosen: TypeAlias = "Reader | Literal['small'] | None"
    Recorded: TypeAlias = Literal["recorded"]

_ROUNDING = 1e-5


class Reader(Protocol):
    """The interface of readers: do the passages of (claim, passage) pairs carry the claims, and unchanged?

    With a cross-encoder of sentence-transformers trained on natural language inference:

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

        Shape (pairs, 3), each row adding up to 1. A reader that cannot recognize a changed meaning may return shape
        (pairs,): the probability that the claim is carried; then only rules find changes.

        A reader may also have a method `kind_of(claim, passage)`, called after `read`, for the change: one of
        `compare.tables.CHANGES`, or "". It may have a string `recorded`, its name in manifests and reports; the default
        is its class.
        """
        ...


def recorded_as(thing: object) -> str:
    """Return the name of a user's own reader, or encoder, for manifests and reports."""
    recorded = getattr(thing, "recorded", None)
    return recorded if isinstance(recorded, str) else f"{type(thing).__module__}.{type(thing).__qualname__}"


def as_shown(shown: Sequence[int], sentences: Sequence[str]) -> str:
    """Return the chosen sentences as one text, with a mark where sentences between them are left out."""
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
        Probabilities of carried, carried with its meaning changed (NaN if the reader does not say), not carried; shape
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
            f"the reader gave an array of shape {answers.shape} for {count(len(distinct), 'pair')}: give three "
            "probabilities a pair (carried, changed, not carried), or one (carried)."
        )
    # A softmax in single precision may slightly exceed 1.
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
    """Return an encoder's or reader's name for a manifest: its class, or the shipped reader's name and fingerprint."""
    if thing == "small":
        from compare.matching.reader.opinion import fingerprint

        return f"small {fingerprint()}"
    return None if thing is None else recorded_as(thing)


@dataclass(frozen=True)
class AbsentReader:
    """A placeholder for a reader known only by its recorded name; it cannot read."""

    recorded: str

    def read(self, _: list[tuple[str, str]], /) -> ArrayLike:
        """Refuse with an InputError."""
        raise InputError(
            f"this was made with the reader {self.recorded}, which is not here: give it as reader= where this is "
            "opened, or reader=None to go by words alone."
        )


def recorded_reader(recorded: str | None, given: Chosen | Recorded) -> Chosen:
    """Return the given reader of a run, or else the recorded one, a placeholder if only its name is known."""
    if given != "recorded":
        return given
    if recorded is None:
        return None
    return "small" if recorded.startswith("small ") else AbsentReader(recorded)
