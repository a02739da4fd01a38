"""A datasheet after Gebru et al. (2021), Datasheets for Datasets, Communications of the ACM 64(12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.export.metadata.card import said
from compare.export.metadata.markdown import Markdown, rendered

if TYPE_CHECKING:
    from compare.export.description import Description

OPEN = "Open question: the authors are to answer it."


def datasheet(description: Description) -> str:
    """Write DATASHEET.md: answers as far as they are known, and the rest as open questions."""
    return rendered("DATASHEET.md.j2", open=Markdown(f"**{OPEN}**"), **said(description))
