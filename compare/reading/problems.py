"""Problems in the input: raised at once, or collected so that nothing is lost silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, InputError, counted, listed, warn
from compare.reading.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class NoArticlesError(InputError):
    """A table lacks the columns of articles, and may hold something else."""


class RefusedError(InputError):
    """An article that cannot be used.

    Attributes:
        where: its place in the input.
        what: what is wrong with it.
        way_out: what can be done about it.
    """

    def __init__(self, where: str, what: str, way_out: str) -> None:
        super().__init__(f"{where}: {what}; {way_out}.")
        self.where, self.what, self.way_out = where, what, way_out


class Problems:
    """Collects problems while reading.

    Attributes:
        skip: whether to leave out bad articles and name them in one warning, instead of stopping.
        skipped: these articles.
        notes: sentences for warnings about problems that were worked around.
        own: files and folders that storydiff itself wrote, which were not read.
        fields: which of the input's fields are ours.
    """

    def __init__(self, *, skip: bool, fields: Fields | None = None) -> None:
        self.skip = skip
        self.skipped: list[RefusedError] = []
        self.notes: list[str] = []
        self.own: list[str] = []
        self.fields = fields or Fields()

    def refuse(self, where: str, what: str, way_out: str) -> None:
        """Raise `RefusedError` for an article, or only record it if bad articles are skipped."""
        refused = RefusedError(where, what, way_out)
        if not self.skip:
            raise refused
        self.skipped.append(refused)

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

    def told_skipped(self) -> str:
        """Return how many articles were skipped, where the first are and what is wrong with them."""
        told = listed([f"{one.where} ({one.what})" for one in self.skipped], "; ")
        return f"{counted(len(self.skipped), 'article')} skipped: {told}"

    def warn(self) -> None:
        """Issue an `InputWarning` for every note, and one for all skipped articles."""
        sentences = self.notes + self.left_aside()
        if self.skipped:
            sentences.append(f"{self.told_skipped()}.")
        for sentence in sentences:
            warn(sentence)
