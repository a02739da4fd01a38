"""What providers call the articles' fields: known by a set of columns, so that nobody has to map them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Provider(NamedTuple):
    """A provider of tables or records: the columns that only it has, and what they are called here."""

    name: str
    columns: frozenset[str]
    fields: dict[str, str]


_PROVIDERS = (
    Provider(
        "newspaper",
        frozenset({"source_url", "meta_lang", "canonical_link", "publish_date"}),
        {"outlet": "source_url", "published": "publish_date", "language": "meta_lang"},
    ),
    Provider(
        "newspaper4k",
        frozenset({"meta_site_name", "meta_lang", "canonical_link", "publish_date"}),
        {"outlet": "meta_site_name", "published": "publish_date", "language": "meta_lang"},
    ),
    Provider(
        "news-please",
        frozenset({"maintext", "source_domain", "date_publish"}),
        {"outlet": "source_domain", "text": "maintext", "published": "date_publish"},
    ),
    Provider(
        "CC-News",
        frozenset({"plain_text", "sitename", "requested_url", "published_date"}),
        {"outlet": "sitename", "text": "plain_text", "published": "published_date", "url": "requested_url"},
    ),
    Provider(
        "Media Cloud",
        frozenset({"media_name", "media_url", "publish_date", "indexed_date"}),
        {"outlet": "media_name", "published": "publish_date"},
    ),
    Provider("GDELT", frozenset({"URL", "MobileURL", "Date", "Title"}), {"published": "Date", "url": "URL"}),
)


# GDELT's files have no header: events (58 or 61 columns), mentions and knowledge graph, and where the address stands.
_GDELT = {58: 57, 61: 60, 16: 5, 27: 4}


def gdelt_place(text: str) -> int | None:
    """Return the column, counted from 0, in which a GDELT file without a header has addresses; None for other files."""
    cells = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r").split("\t")
    place = _GDELT.get(len(cells))
    known = place is not None and cells[0][:14].isdigit() and cells[place].startswith(("http://", "https://"))
    return place if known else None


def provider_of(columns: Sequence[str]) -> Provider | None:
    """Return the provider whose columns these are; None if they are nobody's that is known."""
    given = frozenset(columns)
    return next((one for one in _PROVIDERS if one.columns <= given), None)
