"""RO-Crate 1.1: every file of the bundle, what it is, and the run of the software that made it.

https://www.researchobject.org/ro-crate/specification/1.1/
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from compare.errors import count
from compare.export.metadata.facts import (
    SOFTWARE,
    address,
    as_json,
    full_name,
    languages,
    licence_url,
    media_type,
    orcid_url,
    title,
    without_empty,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.export.about import About
    from compare.export.description import Description

# Version 1.1 is older than schema.org's word for this.
_CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}]
_NAMES = {
    "dictionary.csv": "Data dictionary: every column of every table",
    "settings.toml": "Settings of the run",
    "storydiff.json": "Manifest: the version, and the hash of every file",
    "key.txt": "Key of the fingerprints",
    "croissant.json": "Description for loaders of data sets (Croissant)",
    "datapackage.json": "Description of the CSV files (Data Package)",
    "datacite.json": "Description for archives (DataCite)",
    "CITATION.cff": "How to cite it (Citation File Format)",
    "README.md": "Read this first",
    "DATASHEET.md": "Datasheet: questions and answers on how the data came about",
}
_ARTICLES, _RUN, _SOFTWARE, _PUBLISHER, _CONTACT = "#articles", "#run", f"#{SOFTWARE}", "#publisher", "#contact"
_NO_LICENCE = "#no-licence"


def rocrate(description: Description, texts: Mapping[str, str]) -> str:
    """Describe the folder as a research object.

    Args:
        description: of the bundle.
        texts: the other files of metadata by their paths.
    """
    about = description.about
    files = _files(description, texts)
    contextual = [*_people(about), *_licence(about), *_making(description)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": title(about),
        "description": about.description,
        "datePublished": about.date,
        "identifier": f"https://doi.org/{about.doi}" if about.doi else "",
        "url": address(about),
        "version": about.version,
        "keywords": list(about.keywords),
        "inLanguage": languages(description),
        "license": _at(licence_url(about) or _NO_LICENCE),
        "author": [_at(name) for name in dict.fromkeys(_creator_id(about, i) for i in range(len(about.creators)))],
        "publisher": _at(_PUBLISHER) if about.publisher else "",
        "contactPoint": _at(_CONTACT) if about.contact else "",
        "mentions": _at(_RUN),
        "hasPart": [_at(file["@id"]) for file in files],
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": _at("https://w3id.org/ro/crate/1.1"),
        "about": _at("./"),
    }
    graph = [descriptor, without_empty(root), *files, *contextual]
    return as_json({"@context": _CONTEXT, "@graph": graph})


def _at(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def _files(description: Description, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = {table.name: (table.row, number) for table, number in description.tables}
    known = {file.path: (file.size, file.sha256) for file in description.files}
    for path, text in texts.items():
        content = text.encode()
        known[path] = (len(content), hashlib.sha256(content).hexdigest())
    files = [_file(path, *known[path]) for path in known]
    for entity, file in zip(files, description.files, strict=False):
        if file.table in rows:
            row, number = rows[file.table]
            entity |= {"name": f"Table {file.table}", "description": f"{count(number, 'row')}; a row is {row}."}
    written_later = ["storydiff.json", *(["key.txt"] if description.key_published else [])]
    return [*files, *(_file(path) for path in written_later if path not in known)]


def _file(path: str, size: int | None = None, sha256: str = "") -> dict[str, Any]:
    values = {
        "@id": path,
        "@type": "File",
        "name": _NAMES.get(path, path),
        "encodingFormat": media_type(path),
        "contentSize": "" if size is None else str(size),
        "sha256": sha256,
    }
    return without_empty(values)


def _creator_id(about: About, place: int) -> str:
    return orcid_url(about.creators[place]) or f"#creator-{place + 1}"


def _people(about: About) -> list[dict[str, Any]]:
    people = {}
    for place, creator in enumerate(about.creators):
        family, given = creator.names or ("", "")
        values = {
            "@id": _creator_id(about, place),
            "@type": "Person" if creator.names else "Organization",
            "name": full_name(creator),
            "familyName": family,
            "givenName": given,
            "affiliation": creator.affiliation,
        }
        people[values["@id"]] = without_empty(values)
    others = []
    if about.publisher:
        others.append({"@id": _PUBLISHER, "@type": "Organization", "name": about.publisher})
    if about.contact:
        way = "email" if "@" in about.contact else "description"
        others.append({"@id": _CONTACT, "@type": "ContactPoint", "contactType": "questions", way: about.contact})
    return [*people.values(), *others]


def _licence(about: About) -> list[dict[str, Any]]:
    if not about.licence:
        what = "The authors have not given a licence yet: ask them before you share or reuse the data."
        return [{"@id": _NO_LICENCE, "@type": "CreativeWork", "name": "No licence yet", "description": what}]
    return [{"@id": licence_url(about), "@type": "CreativeWork", "name": about.licence, "identifier": about.licence}]


def _making(description: Description) -> list[dict[str, Any]]:
    made = [_at(file.path) for file in description.files if file.table]
    of_them = f"{count(description.articles, 'article')} of {count(len(description.outlets), 'outlet')}"
    return [
        {
            "@id": _RUN,
            "@type": "CreateAction",
            "name": f"{SOFTWARE} compared the articles",
            "instrument": _at(_SOFTWARE),
            "object": [_at(_ARTICLES), _at("settings.toml")],
            "result": made,
        },
        {
            "@id": _SOFTWARE,
            "@type": "SoftwareApplication",
            "name": SOFTWARE,
            "version": description.storydiff,
        },
        {"@id": _ARTICLES, "@type": "Collection", "name": "The articles", "description": of_them},
    ]
