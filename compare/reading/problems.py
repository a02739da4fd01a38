"""What is wrong with the input: refused at once, or kept so that nothing is lost silently."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from compare.errors import InputError, InputWarning, printable

if TYPE_CHECKING:
    from compare.reading.fields import Fields

NAMED = 5  # so many are named one by one; a warning of a hundred lines is read by no one
LONGEST = 40  # so much of a value is shown: enough to find it, too little to bury the sentence


class FlawError(Exception):
    """One article cannot be used; its arguments are what is wrong with it and the way out."""


class NoArticlesError(InputError):
    """A table lacks the columns of articles: it may hold something else."""


class Problems:
    """Collects what is wrong while reading.

    Attributes:
        skip: bad articles are left out and named in one warning, instead of stopping the reading.
        skipped: where they stand and what is wrong with them.
        notes: sentences for warnings about what was worked around.
        own: files and folders that storydiff itself wrote, which were left aside.
        fields: which of the input's fields are ours.
    """

    def __init__(self, *, skip: bool, fields: Fields | None = None) -> None:
        from compare.reading.fields import Fields  # which needs this module

        self.skip = skip
        self.skipped: list[str] = []
        self.notes: list[str] = []
        self.own: list[str] = []
        self.fields = fields or Fields()

    def refuse(self, where: str, what: str, way_out: str) -> None:
        """Raise `InputError` for an article, or only remember it where bad ones are skipped."""
        if not self.skip:
            raise InputError(f"{where}: {what}; {way_out}.")
        self.skipped.append(f"{where} ({what})")

    def note(self, sentence: str) -> None:
        """Remember a sentence that the reader of the articles shall be told."""
        self.notes.append(sentence)

    def left_aside(self) -> list[str]:
        """Return a sentence about what storydiff itself wrote, if there was any."""
        if not self.own:
            return []
        return [f"{listed(self.own)}: written by storydiff, and left aside; articles are what others wrote."]

    def warn(self, *, stacklevel: int) -> None:
        """Warn (`InputWarning`) with every note, and of the skipped articles in one sentence."""
        sentences = self.notes + self.left_aside()
        if self.skipped:
            sentences.append(f"{counted(len(self.skipped), 'article')} skipped: {listed(self.skipped, '; ')}.")
        for sentence in sentences:
            warnings.warn(sentence, InputWarning, stacklevel=stacklevel + 1)


def counted(number: int, thing: str) -> str:
    """Return "1 article was" or "3 articles were"."""
    return f"1 {thing} was" if number == 1 else f"{number} {thing}s were"


def listed(names: list[str], separator: str = ", ") -> str:
    """Join the first few names, and say how many more there are."""
    more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED else []
    return separator.join(names[:NAMED] + more)


def shortened(value: object) -> str:
    """Show a value in quotation marks, on one line, and not longer than a reader wants it."""
    text = str(value)
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return f'"{printable(text)}"'


def kind(value: object) -> str:
    """Say in a person's words what kind of thing a value is."""
    import pandas as pd

    words: list[tuple[type | tuple[type, ...], str]] = [
        (bool, "true or false"),
        ((int, float), "a number"),
        (str, "text"),
        (bytes, "bytes"),
        (dict, "an object"),
        ((list, tuple), "a list"),
        (pd.DataFrame, "a DataFrame"),
        (type(None), "nothing"),
    ]
    return next((word for types, word in words if isinstance(value, types)), f"of the type {type(value).__name__}")
