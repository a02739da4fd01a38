"""What several formats say of a bundle, in the same words."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from compare.report.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.export.about import About, Creator
    from compare.export.description import Description, File
    from compare.tables import Table

# DataCite's word for what is to be announced later (Metadata Schema 4, appendix on unknown information).
UNKNOWN = "(:tba)"
SOFTWARE = "storydiff"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def as_json(values: dict[str, Any]) -> str:
    """Write it as people can read it and compare it line by line."""
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def title(about: About) -> str:
    """Give the title on one line."""
    return plain(about.title)


def year(about: About) -> str:
    """Give the year of publication."""
    return about.date[:4]


def full_name(creator: Creator) -> str:
    """Give a person's name as one says it, and an institution's as it is."""
    return plain(" ".join(reversed(creator.names)) if creator.names else creator.name)


def orcid_url(creator: Creator) -> str:
    """Give the address that stands for a person; empty if there is none."""
    return f"https://orcid.org/{creator.orcid}" if creator.orcid else ""


def licence_url(about: About) -> str:
    """Give where SPDX has the licence's text; empty without a licence."""
    return f"https://spdx.org/licenses/{about.licence}.html" if about.licence else ""


def address(about: About) -> str:
    """Give where the data set is, or else what its DOI resolves to; empty if neither is known."""
    return web_address(about.url) or (web_address(f"https://doi.org/{about.doi}") if about.doi else "")


def web_address(url: str) -> str:
    """Give a URL without the characters that no URL may hold."""
    return quote(plain(url), safe=":/?#[]@!$&'()*+,;=%~")


def languages(description: Description) -> list[str]:
    """Give the languages whose tags look like tags; articles may say anything there."""
    return [tag for tag in description.languages if _LANGUAGE.fullmatch(tag)]


def tables_in(description: Description, extension: str) -> Iterator[tuple[Table, int, File]]:
    """Give the tables, their rows and the file of that extension that holds each."""
    files = {file.table: file for file in description.files if file.table and file.path.endswith(extension)}
    for table, rows in description.tables:
        if table.name in files:
            yield table, rows, files[table.name]


def rows_of(description: Description, name: str) -> int | None:
    """Give how many rows a table has; None if it is not in the bundle."""
    return next((rows for table, rows in description.tables if table.name == name), None)


def referred(table: Table, description: Description) -> dict[str, tuple[str, str]]:
    """Give, for each column that points at another table of this bundle, that table and its key.

    A part of a claim points at a claim: readers of Croissant take a table that points at itself for a circle.
    """
    keys = {other.name: other.key for other, _ in description.tables if other.name != table.name}
    return {
        column.name: (column.refers, keys[column.refers][0])
        for column in table.columns
        if column.refers in keys and keys[column.refers] and len(keys[column.refers]) == 1
    }


def without_empty(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
