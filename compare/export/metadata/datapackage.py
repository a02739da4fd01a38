"""Frictionless Data Package v2: a schema for every CSV file, with keys and what cells may hold.

https://datapackage.org/standard/data-package/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compare.export.metadata.facts import (
    address,
    as_json,
    full_name,
    licence_url,
    orcid_url,
    referred,
    tables_in,
    title,
    web_address,
    without_empty,
)
from compare.tables import FLAG, INTEGER, MAYBE_INTEGER, NUMBER, TEXT, TIME, Column, Table

if TYPE_CHECKING:
    from compare.export.about import Creator
    from compare.export.description import Description, File

_TYPES = {
    TEXT: "string",
    INTEGER: "integer",
    MAYBE_INTEGER: "integer",
    NUMBER: "number",
    FLAG: "boolean",
    TIME: "datetime",
}
_BOUNDS = {"0..1": {"minimum": 0, "maximum": 1}, "-1..1": {"minimum": -1, "maximum": 1}}
_DICTIONARY = Table(
    "dictionary",
    "a column of a table: what it means",
    (
        Column("table", TEXT, "the table"),
        Column("column", TEXT, "the column"),
        Column("type", TEXT, "its type in pandas"),
        Column("unit", TEXT, "its unit; else empty"),
        Column("may_be_missing", FLAG, "whether cells may be missing"),
        Column("withheld", FLAG, "whether it may hold words of an article and is left out where no text is shared"),
        Column("values", TEXT, "where they are few, the values that cells have, joined by '; '"),
        Column("meaning", TEXT, "what it means"),
    ),
    key=("table", "column"),
)
_GUARD = "In text, a cell that would begin with = + - @, a tab or a carriage return has an apostrophe in front."


def datapackage(description: Description) -> str:
    """Describe the CSV files as a data package."""
    about = description.about
    dictionary = [(_DICTIONARY, file) for file in description.files if file.path == "dictionary.csv"]
    publisher = [{"title": about.publisher, "roles": ["publisher"]}] if about.publisher else []
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _name(title(about)),
        "id": f"https://doi.org/{about.doi}" if about.doi else "",
        "title": title(about),
        "description": about.description,
        "homepage": address(about),
        "version": about.version,
        "keywords": list(about.keywords),
        "licenses": [{"name": about.licence, "path": licence_url(about)}] if about.licence else [],
        "contributors": [*map(_creator, about.creators), *publisher],
        "resources": [
            *(
                _resource(table, file, referred(table, description))
                for table, _, file in tables_in(description, ".csv")
            ),
            *(_resource(table, file, {}) for table, file in dictionary),
        ],
    }
    return as_json(without_empty(package))


def _name(text: str) -> str:
    words = re.findall("[a-z0-9]+", text.lower())
    return "-".join(words)[:80].strip("-") or "data"


def _creator(creator: Creator) -> dict[str, Any]:
    family, given = creator.names or ("", "")
    return without_empty(
        {
            "title": full_name(creator),
            "familyName": family,
            "givenName": given,
            "path": web_address(orcid_url(creator)),
            "organization": creator.affiliation,
            "roles": ["creator"],
        }
    )


def _resource(table: Table, file: File, refers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": file.path,
        "description": f"A row is {table.row}. {_GUARD}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": _schema(table, refers),
    }


def _schema(table: Table, refers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    schema = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [
            {"fields": [name], "reference": {"resource": other, "fields": [key]}}
            for name, (other, key) in refers.items()
        ],
    }
    return without_empty(schema)


def _field(column: Column) -> dict[str, Any]:
    field = {
        "name": column.name,
        "type": _TYPES[column.dtype],
        "description": f"{column.meaning} ({column.unit})" if column.unit else column.meaning,
        "constraints": _constraints(column),
    }
    if column.dtype == TEXT and not column.optional:
        field["missingValues"] = []  # an empty text is a value: nothing is missing there
    return field


def _constraints(column: Column) -> dict[str, Any]:
    allowed: dict[str, Any] = {"required": not column.optional, **_BOUNDS.get(column.unit, {})}
    if column.several:
        one = f"({'|'.join(map(re.escape, column.values))})"
        allowed["pattern"] = f"({one}(; {one})*)?"
    elif column.values:
        allowed["enum"] = list(column.values)
    return allowed
