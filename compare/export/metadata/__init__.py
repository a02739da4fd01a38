"""What others read of a bundle: search engines, archives, loaders of data sets, and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.export.description import Description

DATASHEET = "DATASHEET.md"  # which asks the authors to fill it in
METADATA_FILES = ("croissant.json", "datapackage.json", "CITATION.cff", "README.md", DATASHEET)


def metadata_files(description: Description) -> dict[str, str]:
    """Describe a bundle in every format that machines and people look for.

    The same description gives the same texts. The manifest is not described by hash, because it
    is written after them.

    Args:
        description: of the bundle, with its data files.

    Returns:
        The text of each of `METADATA_FILES` by its path, in UTF-8 and ending in a newline.
    """
    from compare.export.metadata.card import card, datasheet
    from compare.export.metadata.citation import citation_cff
    from compare.export.metadata.croissant import croissant
    from compare.export.metadata.datapackage import datapackage

    return {
        "croissant.json": croissant(description),
        "datapackage.json": datapackage(description),
        "CITATION.cff": citation_cff(description),
        "README.md": card(description),
        DATASHEET: datasheet(description),
    }
