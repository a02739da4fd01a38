"""Problems in the input: raised at once, or collected so that nothing is lost silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, InputError, counted, listed, warn
from compare.reading.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class NoArticlesError(InputError):
    """A table lacks the columns of articles, and may hold something else."""


class Problems:
    """Collects problems while reading.

    Attributes:
        skip: whether to leave out bad articles and name them in one warning, instead of stopping.
        skipped: the places of these articles and what is wrong with them.
        notes: sentences for warnings about problems that were worked around.
        own: files and folders that storydiff itself wrote, which were not read.
        fields: which of the input's fields are ours.
    """

    def __init__(self, *, skip: bool, fields: Fields | None = None) -> None:
        self.skip = skip
        self.skipped: list[str] = []
        self.notes: list[str] = []
        self.own: list[str] = []
        self.fields = fields or Fields()

    def refuse(self, where: str, what: str, way_out: str) -> None:
        """Raise `InputError` for an article, or only record it if bad articles are skipped."""
        if not self.skip:
            raise InputError(f"{where}: {what}; {way_out}.")
        self.skipped.append(f"{where} ({what})")

    def renamed(self, where: str, record: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield a record with our field names, or refuse it."""
        try:
            yield where, self.fields.ours(record)
        except FlawError as flaw:
            self.refuse(where, *flaw.args)

    def note(self, sentence: str) -> None:
        """Record a sentence for a warning to the user."""
        self.notes.append(sentence)

    def left_aside(self) -> list[str]:
        """Return a sentence about files that storydiff itself wrote, if there were any."""
        if not self.own:
            return []
        return [f"{listed(self.own)}: written by storydiff, and left aside; articles are what others wrote."]

    def warn(self) -> None:
        """Issue an `InputWarning` for every note, and one for all skipped articles."""
        sentences = self.notes + self.left_aside()
        if self.skipped:
            sentences.append(f"{counted(len(self.skipped), 'article')} skipped: {listed(self.skipped, '; ')}.")
        for sentence in sentences:
            warn(sentence)
