"""A bundle described once, for every format of metadata, and what several of them say in the same words."""

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

# DataCite's word for what is to be announced later (Metadata Schema 4, appendix on unknown information).
UNKNOWN = "(:tba)"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Description:
    """All that is known of a bundle; the one source of every format."""

    about: About  # title, description, keywords and date of it are never empty here
    storydiff: str  # the version that made it
    text: Text
    key_published: bool
    stories: int
    outlets: tuple[str, ...]  # in the articles' order
    articles: int
    first: str  # when the first article was published, YYYY-MM-DD; empty where no time is known
    last: str
    languages: tuple[str, ...]  # BCP 47, in the order of how frequent they are
    tables: tuple[tuple[Table, int], ...]  # less what is withheld; with the table's rows
    files: tuple[File, ...]  # the tables' and what else describes the run
    validation: str  # the sentence on what coders said; empty: nobody has checked

    @property
    def title(self) -> str:
        """The title on one line."""
        return plain(self.about.title)

    @property
    def address(self) -> str:
        """Where the data set is, or else what its DOI resolves to; empty if neither is known."""
        doi = self.about.doi
        return web_address(self.about.url) or (web_address(f"https://doi.org/{doi}") if doi else "")

    @property
    def licence_url(self) -> str:
        """Where SPDX has the licence's text; empty without a licence."""
        return f"https://spdx.org/licenses/{self.about.licence}.html" if self.about.licence else ""

    @property
    def tags(self) -> list[str]:
        """The languages whose tags look like tags; articles may say anything there."""
        return [tag for tag in self.languages if _LANGUAGE.fullmatch(tag)]

    @property
    def reference(self) -> str:
        """The line that DataCite recommends: creators (year): title. Version. Publisher. Type; the address follows."""
        about = self.about
        who = "; ".join(plain(one.name) for one in about.creators) or UNKNOWN
        version = f"Version {plain(about.version)}" if about.version else ""
        parts = [f"{who} ({about.date[:4]}): {self.title}", version, plain(about.publisher), "Data set"]
        return ". ".join(part for part in parts if part) + "."

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {table.name: rows for table, rows in self.tables}

    def tables_in(self, extension: str) -> Iterator[tuple[Table, File, dict[str, tuple[str, str]]]]:
        """Return each table, the file of that extension that holds it, and where its columns point.

        A column points at the one column of another table's key. A part of a claim points at a claim, but readers of
        Croissant take a table that points at itself for a circle.
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
    """Leave out what is not known."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}


def once(values: list[Any]) -> list[Any]:
    """Return each value once, in their order."""
    return [value for place, value in enumerate(values) if value not in values[:place]]


def web_address(url: str) -> str:
    """Return a URL without the characters that no URL may hold."""
    return quote(plain(url), safe=":/?#[]@!$&'()*+,;=%~")


def full_name(creator: Creator) -> str:
    """Return a person's name as one says it, and an institution's as it is."""
    return plain(" ".join(reversed(creator.names)) if creator.names else creator.name)


def orcid_url(creator: Creator) -> str:
    """Return the address that stands for a person; empty if there is none."""
    return f"https://orcid.org/{creator.orcid}" if creator.orcid else ""


def meaning(column: Column) -> str:
    """Return what a column means, with its unit."""
    return f"{column.meaning} ({column.unit})" if column.unit else column.meaning
