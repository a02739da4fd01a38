"""A description of a bundle, shared by all metadata formats, with the texts that several of them use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from compare.report.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.export.about import About, Creator
    from compare.export.manifest import File, Text
    from compare.tables import Column, Table

# DataCite's term for a value to be announced later (Metadata Schema 4, appendix on unknown information).
UNKNOWN = "(:tba)"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Description:
    """All facts about a bundle; the only source of every metadata format."""

    about: About  # its title, description, keywords and date are never empty here
    storydiff: str  # the version that wrote the bundle
    text: Text
    key_published: bool
    stories: int
    outlets: tuple[str, ...]  # in the order of the articles
    articles: int
    first: str  # date of the first publication, YYYY-MM-DD; empty if no time is known
    last: str
    languages: tuple[str, ...]  # BCP 47, the most frequent first
    tables: tuple[tuple[Table, int], ...]  # without withheld columns; with the number of rows
    files: tuple[File, ...]  # the tables and the other files that describe the run
    validation: str  # the sentence on the coders' checks; empty if nobody has checked

    @property
    def title(self) -> str:
        """The title on one line."""
        return plain(self.about.title)

    @property
    def address(self) -> str:
        """The address of the data set, or else that of its DOI; empty if neither is known."""
        doi = self.about.doi
        return web_address(self.about.url) or (web_address(f"https://doi.org/{doi}") if doi else "")

    @property
    def licence_url(self) -> str:
        """The address of the licence's text at SPDX; empty without a licence."""
        return f"https://spdx.org/licenses/{self.about.licence}.html" if self.about.licence else ""

    @property
    def tags(self) -> list[str]:
        """The languages that have the form of a tag; articles may give anything."""
        return [tag for tag in self.languages if _LANGUAGE.fullmatch(tag)]

    @property
    def reference(self) -> str:
        """The citation DataCite recommends, without the address: creators (year): title. Version. Publisher. Type."""
        about = self.about
        who = "; ".join(plain(one.name) for one in about.creators) or UNKNOWN
        version = f"Version {plain(about.version)}" if about.version else ""
        parts = [f"{who} ({about.date[:4]}): {self.title}", version, plain(about.publisher), "Data set"]
        return ". ".join(part for part in parts if part) + "."

    @property
    def rows(self) -> dict[str, int]:
        """The number of rows of each table."""
        return {table.name: rows for table, rows in self.tables}

    def tables_in(self, extension: str) -> Iterator[tuple[Table, File, dict[str, tuple[str, str]]]]:
        """Yield each table with the file of this extension that holds it, and the references of its columns.

        A column refers to another table's key of one column. A part of a claim refers to a claim, but readers of
        Croissant take a table that refers to itself for a circular reference, so that one is left out.
        """
        files = {file.table: file for file in self.files if file.table and file.path.endswith(extension)}
        keys = {table.name: table.key for table, _ in self.tables if len(table.key) == 1}
        for table, _ in self.tables:
            refers = {
                column.name: (column.refers, keys[column.refers][0])
                for column in table.columns
                if column.refers in keys and column.refers != table.name
            }
            if table.name in files:
                yield table, files[table.name], refers


def known(values: dict[str, Any]) -> dict[str, Any]:
    """Drop the unknown values."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def once(values: list[Any]) -> list[Any]:
    """Return the values without duplicates, in their order."""
    return [value for place, value in enumerate(values) if value not in values[:place]]


def web_address(url: str) -> str:
    """Return a URL without characters that are invalid in URLs."""
    return quote(plain(url), safe=":/?#[]@!$&'()*+,;=%~")


def full_name(creator: Creator) -> str:
    """Return a person's name with the given names first, and an institution's name unchanged."""
    return plain(" ".join(reversed(creator.names)) if creator.names else creator.name)


def orcid_url(creator: Creator) -> str:
    """Return the ORCID address of a person; empty if there is none."""
    return f"https://orcid.org/{creator.orcid}" if creator.orcid else ""


def meaning(column: Column) -> str:
    """Return the meaning of a column, with its unit."""
    return f"{column.meaning} ({column.unit})" if column.unit else column.meaning
