"""The README of a bundle, a data set card as Hugging Face reads it, and its datasheet.

https://huggingface.co/docs/hub/datasets-cards
Gebru et al. (2021). Datasheets for datasets. Communications of the ACM, 64(12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import count
from compare.export.metadata.citation import LISTED_LICENCES, bibtex, reference, yaml_value
from compare.export.metadata.facts import (
    SOFTWARE,
    address,
    languages,
    licence_url,
    rows_of,
    tables_in,
    title,
    without_empty,
)
from compare.export.metadata.markdown import Markdown, rendered
from compare.report.wording import OMISSION_NOTE, plain

if TYPE_CHECKING:
    from compare.export.about import About
    from compare.export.description import Description

_LICENCES = {"ODbL-1.0": "odbl", "ODC-By-1.0": "odc-by", "PDDL-1.0": "pddl"}
_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))
_NAMED = 20
OPEN = "Open question: the authors are to answer it."


def card(description: Description) -> str:
    """Write README.md."""
    return rendered("README.md.j2", header=Markdown(_header(description)), **_said(description))


def datasheet(description: Description) -> str:
    """Write DATASHEET.md: answers as far as they are known, and the rest as open questions."""
    return rendered("DATASHEET.md.j2", open=Markdown(f"**{OPEN}**"), **_said(description))


def _said(description: Description) -> dict[str, Any]:
    """Give what README and datasheet say of a bundle, by the names that their templates have for it."""
    about = description.about
    named = [plain(name) for name in description.outlets[:_NAMED]]
    more = len(description.outlets) - len(named)
    link = address(about)
    return {
        "about": about,
        "title": title(about),
        "outlets": "; ".join(named) + (f"; and {more:,} more" if more else ""),
        "bundle": description,
        "claims": rows_of(description, "claims"),
        "addresses": any(table.name == "articles" and "url" in table.names for table, _ in description.tables),
        "published": _published(description),
        "tables": description.tables,
        "default": _default(description),
        "languages": ", ".join(languages(description)),
        "link": Markdown(f"<{link}>") if link else "",
        "licence": Markdown(f"[{about.licence}]({licence_url(about)})") if about.licence else "",
        "reference": reference(about),
        "bibtex": Markdown(bibtex(about)),
        "creators": "; ".join(plain(one.name) for one in about.creators),
        "software": SOFTWARE,
        "omission": OMISSION_NOTE,
        "size": count(sum(file.size for file in description.files), "byte"),
    }


def _published(description: Description) -> str:
    if not description.first or not description.last:
        return ""
    if description.first == description.last:
        return f", published on {description.first}"
    return f", published from {description.first} to {description.last}"


def _header(description: Description) -> str:
    about = description.about
    values = {
        "pretty_name": title(about),
        **_licence(about),
        "language": list(dict.fromkeys(tag.partition("-")[0].lower() for tag in languages(description))),
        "tags": list(dict.fromkeys(map(plain, about.keywords))),
        "size_categories": [_size(rows_of(description, _default(description)) or 0)],
    }
    lines = [f"{name}: {yaml_value(value)}" for name, value in without_empty(values).items()]
    lines.append("configs:")
    for table, rows, file in tables_in(description, ".parquet"):
        if not rows:  # the loader refuses a table without rows, and with it the data set's page
            continue
        lines += [f"- config_name: {table.name}", f"  data_files: {yaml_value(file.path)}"]
        if table.name == _default(description):
            lines.append("  default: true")
    return "\n".join(["---", *lines, "---"])


def _default(description: Description) -> str:
    names = [table.name for table, _ in description.tables]
    return "coverage" if "coverage" in names or not names else names[0]


def _licence(about: About) -> dict[str, str]:
    if not about.licence:
        return {"license": "unknown"}
    if about.licence in LISTED_LICENCES:
        return {"license": _LICENCES.get(about.licence, about.licence.lower())}
    return {"license": "other", "license_name": about.licence, "license_link": licence_url(about)}


def _size(rows: int) -> str:
    return next((name for limit, name in _SIZES if rows < limit), "n>10M")
