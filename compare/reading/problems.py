"""What is wrong with the input: refused at once, or kept so that nothing is lost silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, InputError, counted, listed, warn
from compare.reading.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


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

    def renamed(self, where: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield a record under our names, or refuse it."""
        try:
            yield where, self.fields.ours(record)
        except FlawError as flaw:
            self.refuse(where, *flaw.args)

    def note(self, sentence: str) -> None:
        """Remember a sentence that the reader of the articles shall be told."""
        self.notes.append(sentence)

    def left_aside(self) -> list[str]:
        """Return a sentence about what storydiff itself wrote, if there was any."""
        if not self.own:
            return []
        return [f"{listed(self.own)}: written by storydiff, and left aside; articles are what others wrote."]

    def warn(self) -> None:
        """Warn (`InputWarning`) with every note, and of the skipped articles in one sentence."""
        sentences = self.notes + self.left_aside()
        if self.skipped:
            sentences.append(f"{counted(len(self.skipped), 'article')} skipped: {listed(self.skipped, '; ')}.")
        for sentence in sentences:
            warn(sentence)
