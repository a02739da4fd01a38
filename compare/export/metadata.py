"""Descriptions of a bundle for search engines, archives, dataset loaders and people.

croissant.json: Croissant 1.0, https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html
datapackage.json: Frictionless Data Package v2, https://datapackage.org/standard/data-package/
CITATION.cff: Citation File Format 1.2.0, https://citation-file-format.github.io/
README.md: a dataset card, https://huggingface.co/docs/hub/datasets-cards
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from compare.errors import count
from compare.export.description import UNKNOWN, full_name, known, meaning, once, orcid_url, web_address
from compare.report.wording import OMISSION_NOTE, plain
from compare.tables import FLAG, INTEGER, MAYBE_INTEGER, NUMBER, TEXT, TIME, Column, Table

if TYPE_CHECKING:
    import jinja2

    from compare.export.description import Description
    from compare.export.manifest import File

METADATA_FILES = ("croissant.json", "datapackage.json", "CITATION.cff", "README.md")
# Licences for data and code that CITATION.cff lists; it takes others by their address.
LISTED_LICENCES = frozenset(
    "CC0-1.0 CC-BY-4.0 CC-BY-SA-4.0 CC-BY-NC-4.0 CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-NC-ND-4.0 CC-BY-3.0 CC-BY-SA-3.0 "
    "ODbL-1.0 ODC-By-1.0 PDDL-1.0 MIT Apache-2.0".split()
)
_NAMED = 20  # most outlets named in a README


def metadata_files(description: Description) -> dict[str, str]:
    """Describe a bundle in every format of `METADATA_FILES` and return the texts by their paths.

    The texts do not include the manifest's hash, because the manifest is written after them.
    """
    return {
        "croissant.json": json.dumps(_croissant(description), ensure_ascii=False, indent=1) + "\n",
        "datapackage.json": json.dumps(_datapackage(description), ensure_ascii=False, indent=1) + "\n",
        "CITATION.cff": "".join(f"{name}: {yaml_value(value)}\n" for name, value in _citation(description).items()),
        "README.md": _card(description),
    }


# Croissant: a data set with a record set for each table, read from the Parquet files.

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
# The type of each dtype in Croissant and in a data package.
_TYPES = {
    TEXT: ("sc:Text", "string"),
    INTEGER: ("sc:Integer", "integer"),
    MAYBE_INTEGER: ("sc:Integer", "integer"),
    NUMBER: ("sc:Float", "number"),
    FLAG: ("sc:Boolean", "boolean"),
    TIME: ("sc:DateTime", "datetime"),
}
# Readers of Croissant know Parquet only by this name.
_FORMATS = {".parquet": "application/x-parquet", ".csv": "text/csv", ".toml": "application/toml", ".txt": "text/plain"}


def _croissant(description: Description) -> dict[str, Any]:
    about = description.about
    creators = [
        known({"@type": "sc:Person" if one.names else "sc:Organization", "name": full_name(one), "url": orcid_url(one)})
        for one in about.creators
    ]
    files = [
        {
            "@type": "cr:FileObject",
            "@id": file.path,
            "name": file.path,
            "contentUrl": file.path,
            "contentSize": f"{file.size} B",
            "encodingFormat": _FORMATS[PurePosixPath(file.path).suffix],
            "sha256": file.sha256,
        }
        for file in description.files
    ]
    return known(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "name": description.title,
            "description": about.description,
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "citeAs": f"{description.reference} {description.address}".strip(),
            "creator": creators,
            "publisher": {"@type": "sc:Organization", "name": about.publisher} if about.publisher else "",
            "datePublished": about.date,
            "inLanguage": description.tags,
            "keywords": list(about.keywords),
            "license": description.licence_url,
            "url": description.address,
            "version": about.version,
            "distribution": files,
            "recordSet": [_record_set(*table) for table in description.tables_in(".parquet")],
        }
    )


def _record_set(table: Table, file: File, refers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{table.name}/{column.name}",
            "name": column.name,
            "description": meaning(column),
            "dataType": _TYPES[column.dtype][0],
            "source": {"fileObject": {"@id": file.path}, "extract": {"column": column.name}},
        }
        for column in table.columns
    ]
    for field in fields:
        if field["name"] in refers:
            field["references"] = {"field": {"@id": "/".join(refers[str(field["name"])])}}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.row,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": fields,
    }


# Data Package: a schema for every CSV file, with keys and the allowed values of cells.

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


def _datapackage(description: Description) -> dict[str, Any]:
    about = description.about
    contributors: list[dict[str, Any]] = []
    for one in about.creators:
        family, given = one.names or ("", "")
        values = {"title": full_name(one), "familyName": family, "givenName": given}
        values |= {"path": web_address(orcid_url(one)), "organization": one.affiliation}
        contributors.append(known(values) | {"roles": ["creator"]})
    if about.publisher:
        contributors.append({"title": about.publisher, "roles": ["publisher"]})
    resources = [_resource(*table) for table in description.tables_in(".csv")]
    resources += [_resource(_DICTIONARY, file, {}) for file in description.files if file.path == "dictionary.csv"]
    return known(
        {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "-".join(re.findall("[a-z0-9]+", description.title.lower()))[:80].strip("-") or "data",
            "id": f"https://doi.org/{about.doi}" if about.doi else "",
            "title": description.title,
            "description": about.description,
            "homepage": description.address,
            "version": about.version,
            "keywords": list(about.keywords),
            "licenses": [{"name": about.licence, "path": description.licence_url}] if about.licence else [],
            "contributors": contributors,
            "resources": resources,
        }
    )


def _resource(table: Table, file: File, refers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    keys = [
        {"fields": [name], "reference": {"resource": other, "fields": [key]}} for name, (other, key) in refers.items()
    ]
    schema = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": keys,
    }
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
        "schema": known(schema),
    }


def _field(column: Column) -> dict[str, Any]:
    allowed: dict[str, Any] = {"required": not column.optional, **_BOUNDS.get(column.unit, {})}
    if column.several:
        one = f"({'|'.join(map(re.escape, column.values))})"
        allowed["pattern"] = f"({one}(; {one})*)?"
    elif column.values:
        allowed["enum"] = list(column.values)
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.dtype][1]}
    field |= {"description": meaning(column), "constraints": allowed}
    if column.dtype == TEXT and not column.optional:
        field["missingValues"] = []  # an empty text is a value, not a missing one
    return field


# CITATION.cff: for GitHub, Zenodo and reference managers.

_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
# Characters that JSON leaves unchanged but YAML refuses or treats as line breaks.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def yaml_value(value: Any) -> str:
    """Return a value as one line of YAML: as JSON, nearly all of which is valid YAML."""
    return _NOT_IN_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))


def _citation(description: Description) -> dict[str, Any]:
    about = description.about
    authors = []
    for one in about.creators:
        if one.names:
            family, given = map(plain, one.names)
            name = {"family-names": family, "given-names": given, "orcid": orcid_url(one)}
            authors.append(known(name | {"affiliation": plain(one.affiliation)}))
        else:
            authors.append(known({"name": full_name(one), "orcid": orcid_url(one)}))
    fits = not about.doi or _DOI.fullmatch(about.doi)  # the schema does not accept every DOI
    listed = about.licence in LISTED_LICENCES
    return known(
        {
            "cff-version": "1.2.0",
            "message": "If you use this data set, please cite it as below.",
            "type": "dataset",
            "title": description.title,
            "authors": once(authors) or [{"name": UNKNOWN}],
            "abstract": about.description,
            "date-released": about.date,
            "version": about.version,
            "keywords": once([word for word in about.keywords if word]),
            "license": about.licence if listed else "",
            "license-url": "" if listed else description.licence_url,
            "url": web_address(about.url),
            "doi": about.doi if fits else "",
            "identifiers": [] if fits else [{"type": "other", "value": about.doi, "description": "DOI"}],
        }
    )


# README.md: for people, and as a dataset card for the Hugging Face Hub. Names are shown literally.

_HUB_LICENCES = {"ODbL-1.0": "odbl", "ODC-By-1.0": "odc-by", "PDDL-1.0": "pddl"}
_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))
# Characters with a meaning in Markdown (CommonMark, GitHub's tables and links, formulas between $).
_SIGNS = re.compile(r"[\\`*_\[\]|~$#!{}=+@^]|:(?=//)|(?<=www)\.|^-", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class _Markdown(str):
    """Text that is already Markdown and goes into a page unchanged."""

    __slots__ = ()


def _escaped(value: Any) -> str:
    """Escape a value so that Markdown shows it literally, on one line."""
    if isinstance(value, _Markdown):
        return value
    text = _SIGNS.sub(r"\\\g<0>", plain(str(value)))
    return re.sub("[&<>]", lambda sign: _HTML[sign[0]], _NUMBERED.sub(r"\1\\", text))


@cache
def _template() -> jinja2.Template:
    import jinja2

    made = jinja2.Environment(  # noqa: S701 - it makes Markdown; `finalize` escapes everything else
        loader=jinja2.PackageLoader("compare.export"),
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    made.globals["count"] = count
    return made.get_template("README.md.j2")


def _card(description: Description) -> str:
    about, link = description.about, description.address
    named = [plain(name) for name in description.outlets[:_NAMED]]
    more = len(description.outlets) - len(named)
    first, last = description.first, description.last
    published = f" from {first} to {last}" if first != last else f" on {first}"
    return _template().render(
        header=_Markdown(_header(description)),
        about=about,
        title=description.title,
        bundle=description,
        outlets="; ".join(named) + (f"; and {more:,} more" if more else ""),
        claims=description.rows.get("claims"),
        addresses=any(table.name == "articles" and "url" in table.names for table, _ in description.tables),
        published=f", published{published}" if first and last else "",
        default=_default(description),
        languages=", ".join(description.tags),
        link=_Markdown(f"<{link}>") if link else "",
        licence=_Markdown(f"[{about.licence}]({description.licence_url})") if about.licence else "",
        omission=OMISSION_NOTE,
    )


def _header(description: Description) -> str:
    licence, default = description.about.licence, _default(description)
    if not licence:
        said = {"license": "unknown"}
    elif licence in LISTED_LICENCES:
        said = {"license": _HUB_LICENCES.get(licence, licence.lower())}
    else:
        said = {"license": "other", "license_name": licence, "license_link": description.licence_url}
    rows = description.rows.get(default, 0)
    values = {
        "pretty_name": description.title,
        **said,
        "language": once([tag.partition("-")[0].lower() for tag in description.tags]),
        "tags": once(list(map(plain, description.about.keywords))),
        "size_categories": [next((name for limit, name in _SIZES if rows < limit), "n>10M")],
    }
    lines = [f"{name}: {yaml_value(value)}" for name, value in known(values).items()]
    lines.append("configs:")
    for table, file, _ in description.tables_in(".parquet"):
        if description.rows[table.name]:  # for a table without rows, the loader refuses the whole data set
            lines += [f"- config_name: {table.name}", f"  data_files: {yaml_value(file.path)}"]
            lines += ["  default: true"] * (table.name == default)
    return "\n".join(["---", *lines, "---"])


def _default(description: Description) -> str:
    names = list(description.rows)
    return "coverage" if "coverage" in names or not names else names[0]
