"""Croissant 1.0: what loaders of data sets for machine learning and data set search read.

https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from compare.export.metadata.citation import bibtex
from compare.export.metadata.facts import (
    address,
    as_json,
    full_name,
    languages,
    licence_url,
    orcid_url,
    referred,
    tables_in,
    title,
    without_empty,
)
from compare.tables import FLAG, INTEGER, MAYBE_INTEGER, NUMBER, TEXT, TIME

if TYPE_CHECKING:
    from compare.export.about import Creator
    from compare.export.description import Description, File
    from compare.tables import Column, Table

# The specification asks for exactly this context.
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {
    name: f"cr:{name}"
    for name in (
        "citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset "
        "jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate separator source "
        "subField transform"
    ).split()
}
_TYPES = {
    TEXT: "sc:Text",
    INTEGER: "sc:Integer",
    MAYBE_INTEGER: "sc:Integer",
    NUMBER: "sc:Float",
    FLAG: "sc:Boolean",
    TIME: "sc:DateTime",
}
# Its readers know Parquet by this name alone.
_FORMATS = {".parquet": "application/x-parquet", ".csv": "text/csv", ".toml": "application/toml", ".txt": "text/plain"}


def croissant(description: Description) -> str:
    """Describe the bundle as a data set with a record set for each table, read from the Parquet files."""
    about = description.about
    dataset = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": title(about),
        "description": about.description,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": bibtex(about),
        "creator": [_creator(one) for one in about.creators],
        "publisher": {"@type": "sc:Organization", "name": about.publisher} if about.publisher else "",
        "datePublished": about.date,
        "inLanguage": languages(description),
        "keywords": list(about.keywords),
        "license": licence_url(about),
        "url": address(about),
        "version": about.version,
        "distribution": [_file(file) for file in description.files],
        "recordSet": [
            _record_set(table, file, referred(table, description))
            for table, _, file in tables_in(description, ".parquet")
        ],
    }
    return as_json(without_empty(dataset))


def _creator(creator: Creator) -> dict[str, Any]:
    kind = "sc:Person" if creator.names else "sc:Organization"
    return without_empty({"@type": kind, "name": full_name(creator), "url": orcid_url(creator)})


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": _FORMATS[PurePosixPath(file.path).suffix],
        "sha256": file.sha256,
    }


def _record_set(table: Table, file: File, refers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.row,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(table, column, file, refers) for column in table.columns],
    }


def _field(table: Table, column: Column, file: File, refers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    field = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": f"{column.meaning} ({column.unit})" if column.unit else column.meaning,
        "dataType": _TYPES[column.dtype],
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": column.name}},
    }
    if column.name in refers:
        field["references"] = {"field": {"@id": "/".join(refers[column.name])}}
    return field
