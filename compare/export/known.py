"""Which of the toolkit's tables a file or a DataFrame holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.export.withhold import Withheld
from compare.tables import (
    BOILERPLATE,
    CHECKS,
    CODEBOOK,
    CODED,
    CORPUS_TABLES,
    CORRECTIONS,
    LINEAGE,
    QUOTATIONS,
    STORY_TABLES,
    TRACKED,
    VALIDATION_TABLES,
    WORDINGS,
    of_stories,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compare.tables import Table

_TABLES = (
    *STORY_TABLES,
    *CORPUS_TABLES,
    TRACKED,
    CODEBOOK,
    WORDINGS,
    CODED,
    QUOTATIONS,
    BOILERPLATE,
    CORRECTIONS,
    LINEAGE,
    *VALIDATION_TABLES,
    CHECKS,
)


def known_table(names: Iterable[str], called: str = "") -> Table | None:
    """Find the table that has just these columns, or else the one that is called so and whose rows they identify.

    Args:
        names: of the columns, in their order; as they are in memory or in a bundle, with the text or without.
        called: what the file is called, without its ending.

    Returns:
        The table as it is there, or None.
    """
    given = list(names)
    same = (form for table in _TABLES for form in _forms(table) if form.names == given)
    # What a validation writes is called rates and differences, as tables of a corpus are; no names: no rows either.
    alike = (table for table in _TABLES if table.name in {called, f"corrected_{called}"})
    so_called = (table for table in alike if not given or {*table.key} <= set(given))
    return next(same, None) or next(so_called, None)


def _forms(table: Table) -> Iterator[Table]:
    for whole in (table, of_stories(table)):
        yield whole
        for words in (0, 1):  # of claims: none, or some
            yield Withheld(b"", words).table(whole)
