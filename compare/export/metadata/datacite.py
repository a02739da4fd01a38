"""DataCite 4: what an archive needs to register a DOI.

https://datacite-metadata-schema.readthedocs.io/en/4.5/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import count
from compare.export.metadata.facts import (
    PARQUET,
    SOFTWARE,
    UNKNOWN,
    as_json,
    languages,
    licence_url,
    title,
    web_address,
    without_empty,
    year,
)
from compare.report.wording import plain

if TYPE_CHECKING:
    from compare.export.about import About, Creator
    from compare.export.description import Description


def datacite(description: Description) -> str:
    """Describe the bundle as DataCite's JSON; who made or publishes it is "(:tba)" until the authors say so."""
    about = description.about
    values = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "doi": about.doi,
        "url": web_address(about.url),
        "creators": [_creator(one) for one in about.creators] or [{"name": UNKNOWN}],
        "titles": [{"title": title(about)}],
        "publisher": {"name": plain(about.publisher) or UNKNOWN},
        "publicationYear": year(about),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Content analysis of news"},
        "subjects": [{"subject": word} for word in dict.fromkeys(about.keywords)],
        "dates": _dates(description),
        "language": next(iter(languages(description)), ""),
        "sizes": _sizes(description),
        "formats": [PARQUET, "text/csv"],
        "version": plain(about.version),
        "rightsList": _rights(about),
        "descriptions": [
            {"description": about.description, "descriptionType": "Abstract"},
            {"description": _methods(description), "descriptionType": "Methods"},
        ],
    }
    return as_json(without_empty(values))


def _creator(creator: Creator) -> dict[str, Any]:
    if not creator.names:
        return {"name": plain(creator.name), "nameType": "Organizational"}
    family, given = map(plain, creator.names)
    orcid = {
        "nameIdentifier": f"https://orcid.org/{creator.orcid}",
        "nameIdentifierScheme": "ORCID",
        "schemeUri": "https://orcid.org/",
    }
    values = {
        "name": f"{family}, {given}" if given else family,
        "nameType": "Personal",
        "givenName": given,
        "familyName": family,
        "nameIdentifiers": [orcid] if creator.orcid else [],
        "affiliation": [{"name": plain(creator.affiliation)}] if creator.affiliation else [],
    }
    return without_empty(values)


def _dates(description: Description) -> list[dict[str, str]]:
    dates = [{"date": description.about.date, "dateType": "Issued"}]
    if description.first and description.last:
        span = f"{description.first}/{description.last}"
        what = "when the first and the last of the articles were published"
        dates.append({"date": span, "dateType": "Other", "dateInformation": what})
    return dates


def _sizes(description: Description) -> list[str]:
    return [
        count(description.stories, "story"),
        count(len(description.outlets), "outlet"),
        count(description.articles, "article"),
        count(sum(file.size for file in description.files), "byte"),
    ]


def _rights(about: About) -> list[dict[str, str]]:
    if not about.licence:
        return []
    return [
        {
            "rights": about.licence,
            "rightsUri": licence_url(about),
            "rightsIdentifier": about.licence,
            "rightsIdentifierScheme": "SPDX",
            "schemeUri": "https://spdx.org/licenses/",
        }
    ]


def _methods(description: Description) -> str:
    text = "" if description.text == "full" else " The articles' text is withheld; keyed fingerprints stand for it."
    return (
        f"Made by {SOFTWARE} {description.storydiff}, which finds the claims of a story in its articles and estimates, "
        f"with a probability, which of them each outlet carries, changes or leaves out.{text}"
    )
