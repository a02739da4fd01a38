"""How to cite a bundle: CITATION.cff (Citation File Format 1.2.0), BibTeX, and a line of text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from compare.export.metadata.facts import (
    UNKNOWN,
    address,
    full_name,
    licence_url,
    orcid_url,
    title,
    web_address,
    without_empty,
    year,
)
from compare.report.wording import plain

if TYPE_CHECKING:
    from compare.export.about import About, Creator
    from compare.export.description import Description

# Licences for data and code that the format's own list has; others are given by their address.
LISTED_LICENCES = frozenset(
    "CC0-1.0 CC-BY-4.0 CC-BY-SA-4.0 CC-BY-NC-4.0 CC-BY-NC-SA-4.0 CC-BY-ND-4.0 CC-BY-NC-ND-4.0 CC-BY-3.0 CC-BY-SA-3.0 "
    "ODbL-1.0 ODC-By-1.0 PDDL-1.0 MIT Apache-2.0".split()
)
_DOI = re.compile(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
# What JSON leaves as it is and YAML would break a line at, or refuse.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_IN_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {sign: f"\\{sign}" for sign in "#$%&_"}


def yaml_value(value: Any) -> str:
    """Write a value in one line of YAML: as JSON, of which YAML takes nearly all."""
    return _NOT_IN_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))


def citation_cff(description: Description) -> str:
    """Say how to cite the data set, for GitHub, Zenodo and reference managers."""
    about = description.about
    values = {
        "cff-version": "1.2.0",
        "message": "If you use this data set, please cite it as below.",
        "type": "dataset",
        "title": title(about),
        "authors": _once([_author(one) for one in about.creators]) or [{"name": UNKNOWN}],
        "abstract": about.description,
        "date-released": about.date,
        "version": about.version,
        "keywords": _once([word for word in about.keywords if word]),
        "license": about.licence if about.licence in LISTED_LICENCES else "",
        "license-url": licence_url(about) if about.licence not in LISTED_LICENCES else "",
        "url": web_address(about.url),
        **_identifier(about.doi),
    }
    return "".join(f"{name}: {yaml_value(value)}\n" for name, value in without_empty(values).items())


def bibtex(about: About) -> str:
    """Give a BibTeX entry."""
    values = {
        "author": " and ".join(_bibtex_name(one) for one in about.creators),
        "title": _latex(about.title),
        "year": year(about),
        "publisher": _latex(about.publisher),
        "version": _latex(about.version),
        "doi": _latex(about.doi),
        "url": _latex(address(about)),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in without_empty(values).items()]
    return f"@misc{{{_bibtex_key(about)},\n" + ",\n".join(lines) + "\n}"


def reference(about: About) -> str:
    """Give the line that DataCite recommends: creators (year): title. Version. Publisher. Type; the address follows."""
    who = "; ".join(plain(one.name) for one in about.creators) or UNKNOWN
    version = f"Version {plain(about.version)}" if about.version else ""
    parts = [f"{who} ({year(about)}): {title(about)}", version, plain(about.publisher), "Data set"]
    return ". ".join(part for part in parts if part) + "."


def _author(creator: Creator) -> dict[str, Any]:
    if not creator.names:
        return without_empty({"name": full_name(creator), "orcid": orcid_url(creator)})
    family, given = map(plain, creator.names)
    return without_empty(
        {
            "family-names": family,
            "given-names": given,
            "orcid": orcid_url(creator),
            "affiliation": plain(creator.affiliation),
        }
    )


def _identifier(doi: str) -> dict[str, Any]:
    if not doi or _DOI.fullmatch(doi):
        return {"doi": doi}
    return {"identifiers": [{"type": "other", "value": doi, "description": "DOI"}]}


def _once(values: list[Any]) -> list[Any]:
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _bibtex_name(creator: Creator) -> str:
    # Braces of its own keep a name with "and" in it in one piece.
    return ", ".join(f"{{{_latex(part)}}}" for part in creator.names or (creator.name,))


def _bibtex_key(about: About) -> str:
    first = about.creators[0] if about.creators else None
    words = re.findall("[a-z0-9]+", f"{(first.names or (first.name,))[0] if first else 'storydiff'}".lower())
    return "".join(words or ["storydiff"]) + year(about)


def _latex(text: str) -> str:
    return "".join(_IN_LATEX.get(sign, sign) for sign in plain(text))
