"""A bundle described once, for every format of metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from compare.export.about import About
    from compare.tables import Table

Text = Literal["full", "none"]


@dataclass(frozen=True)
class File:
    """A file of a bundle.

    Attributes:
        path: relative to the bundle, parts joined by "/".
        sha256: of its bytes, 64 hexadecimal digits.
        size: bytes.
        table: the table that it holds; empty for other files.
    """

    path: str
    sha256: str
    size: int
    table: str = ""


@dataclass(frozen=True)
class Description:
    """All that is known of a bundle, for those who find, cite, load or check it.

    Attributes:
        about: what the authors say; `title`, `description`, `keywords` and `date` of it are never empty here.
        storydiff: the version that made it.
        text: whether the articles' text is in it, or fingerprints instead.
        claim_words: of every claim's wording, the words that are given though the text is not; 0: none.
        key_published: whether the key of the fingerprints is in it.
        stories: their number.
        outlets: their names, in the articles' order.
        articles: their number.
        first: when the first article was published, YYYY-MM-DD; empty where no time is known.
        last: when the last one was.
        languages: BCP 47, in the order of how frequent they are.
        tables: as they are in the bundle: those of the toolkit, less what is withheld; with the table's rows.
        files: the data files: data/NAME.parquet and csv/NAME.csv, and what else describes the run.
        validation: the sentence on what coders said; empty: nobody has checked.
    """

    about: About
    storydiff: str
    text: Text
    claim_words: int
    key_published: bool
    stories: int
    outlets: tuple[str, ...]
    articles: int
    first: str
    last: str
    languages: tuple[str, ...]
    tables: tuple[tuple[Table, int], ...]
    files: tuple[File, ...]
    validation: str
