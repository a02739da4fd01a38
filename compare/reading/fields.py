"""Find the articles' fields in the input, by a map or by name in any case; similar names are only suggested."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, InputError, bare, kind, listed, near_name, shortened, way_out
from compare.reading.providers import provider_of
from compare.reading.web.addresses import lists_addresses
from compare.tables import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


NEEDED = ("outlet", "text")

# The usual names in feeds, crawlers and archives, without separators; the likelier first.
_LIKELY = {
    "outlet": (
        "sourcename publisher source newspaper publication media medianame medium outletname site sitename "
        "sourcedomain publishername publicationname newssource website hostname domain paper channel brand"
    ),
    "text": (
        "maintext fulltext articletext articlebody bodytext content body plaintext contenttext textcontent contenthtml "
        "article story html"
    ),
    "title": "headline heading articletitle head titletext",
    "published": (
        "publishedat datepublish datepublished publisheddate publishdate publicationdate pubdate firstpublished date "
        "datetime publishtime webpublicationdate timestamp created createdat"
    ),
    "url": "link articleurl weburl permalink canonicalurl href",
    "language": "lang languagecode locale",
    "story_id": "story eventid event clusterid cluster",
    "article_id": "id guid docid documentid uuid",
}
# If no article has one of these fields, a similar field is suggested; nobody misses an id or a language.
_OFFERED = ("story_id", "title", "published", "url")
_KNOWN = {bare(name): name for name in ARTICLES.names}


class Fields:
    """The articles' fields among the fields of the input.

    Attributes:
        given: the input's names of our fields, if the user gave any; a dot leads into an object ("source.name").
    """

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        given = {} if given is None else given
        if not isinstance(given, Mapping):
            raise InputError(
                f'fields is {kind(given)}: give a mapping of our names to yours, such as {{"text": "content"}}.'
            )
        for name, column in given.items():
            if name not in ARTICLES.names:
                raise InputError(f"the map of fields: there is no field {name}: {way_out(str(name), ARTICLES.names)}")
            if not isinstance(column, str) or not column:
                raise InputError(f"the map of fields: {name} is {kind(column)}; give the name of your field.")
        self.given = dict(given)
        self._met: set[str] = set()  # fields of the map that occur in some record or table
        self._found: set[str] = set()  # fields of ours that occur in some record or table
        self._likely: dict[str, str] = {}  # likely columns for fields of ours that are missing
        self._columns: dict[tuple[str, ...], dict[str, str]] = {}  # our fields, by the fields of a record

    def check(self, table: str, columns: Sequence[str]) -> None:
        """Refuse a table that lacks a column of the map and has none under our own name."""
        found = self._of(columns)
        for name, column in self.given.items():
            if name not in found:
                near = near_name(column, columns) or likely(name, columns)
                hint = f"did you mean {shortened(near)}?" if near else "name one that it has."
                raise InputError(
                    f"{table}: has no column {shortened(column)} to be the {name} (its columns: "
                    f"{listed(list(columns)) or 'none'}); {hint}"
                )

    def renamed(self, columns: Sequence[str]) -> list[str]:
        """Return our names for a table's columns in their order, "" for columns that are not ours."""
        found = self._of(columns)
        self._remember(columns, found)
        names = {column: name for name, column in found.items()}
        exact = set(columns) & set(ARTICLES.names)
        return [
            names.get(column)
            # A second "Text" is ambiguous, unless there is a "text" or the map names the column.
            or (ours if (ours := _KNOWN.get(bare(column), "")) not in {*exact, *self.given} else "")
            for column in columns
        ]

    def ours(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return a record's fields under our names.

        Raises:
            FlawError: a needed field is missing, and another may be meant or was named in the map.
        """
        columns = tuple(map(str, record))
        found = self._columns.get(columns)
        if found is None:
            found = self._columns[columns] = self._of(columns)
            self._remember(columns, found)
        row = {name: record[column] for name, column in found.items() if column in record}
        for name, column in self.given.items():
            value = None if column in record else _inside(record, column)
            if value is not None:
                self._met.add(name)
                row[name] = value
        missing = [name for name in NEEDED if name not in row]
        if missing:
            self._refuse(missing, record)
        return row

    def _of(self, columns: Sequence[str]) -> dict[str, str]:
        """Map each of our fields that exists to its column."""
        found = {}
        keyed = {bare(column): column for column in reversed(columns)}
        for name in ARTICLES.names:
            column = self.given.get(name)
            if column in columns:
                found[name] = str(column)
            elif name in columns and name not in self.given.values():
                found[name] = name
            elif (alike := keyed.get(bare(name))) and alike not in self.given.values():
                found[name] = alike
        provider = provider_of(columns)
        usual = provider.fields.items() if provider else ()
        return {**{name: column for name, column in usual if column not in found.values()}, **found}

    def _remember(self, columns: Sequence[str], found: Mapping[str, str]) -> None:
        self._found |= found.keys()
        self._met |= {name for name, column in self.given.items() if column in columns}
        left = [column for column in columns if column not in found.values()]
        for name in _OFFERED:
            if name not in found and (column := likely(name, left)):
                self._likely.setdefault(name, column)

    def _refuse(self, missing: list[str], record: Mapping[str, Any]) -> None:
        for name in missing:
            if name in self.given:
                column = self.given[name]
                raise FlawError(
                    f"field {shortened(column)}, which is to be the {name}, is missing",
                    f"name the {name}'s own field, or leave the article out",
                )
        columns = [str(column) for column, value in record.items() if not isinstance(value, dict)]
        columns += [  # feeds name outlets inside objects, such as {"source": {"name": ...}}
            f"{field}.{inner}"
            for field, value in record.items()
            if isinstance(value, Mapping)
            for inner in ("name", "title")
            if isinstance(value.get(inner), str)
        ]
        offer = offered(missing, columns)
        if offer:
            raise FlawError(f"field {_named(missing)} is missing", offer)
        if lists_addresses(columns, missing):
            raise FlawError(
                "holds an address and no text", "fetch the pages first: storydiff fetch FILE -o articles.jsonl"
            )

    def has(self, record: Mapping[str, Any], name: str) -> bool:
        """Whether a record has one of our fields, or one likely to be it."""
        columns = [str(column) for column, value in record.items() if not isinstance(value, (list, dict))]
        return name in self._of(columns) or likely(name, columns) is not None

    def unused(self) -> str | None:
        """Return a sentence on fields that may be meant as ours, if no article has those fields; else None.

        Raises:
            InputError: a field of the map is nowhere in the input.
        """
        for name, column in self.given.items():
            if name not in self._met:
                raise InputError(
                    f"nothing that was read has a field {shortened(column)} to be the {name}; correct the map, or "
                    f"leave {name} out of it."
                )
        left = {name: column for name, column in self._likely.items() if name not in self._found}
        if not left:
            return None
        return f"no table or record has a field {_named(list(left))}; {_offer(left)}."


def offered(missing: Iterable[str], columns: Sequence[str]) -> str | None:
    """Ask whether other columns are meant by the missing ones, and how to map them; None if none is likely."""
    found = {name: column for name in missing if (column := likely(name, columns))}
    return _offer(found) if found else None


def likely(name: str, columns: Sequence[str]) -> str | None:
    """Return the column that may hold one of our fields, by its usual names or, for needed fields, a misspelling."""
    keys = {bare(column): column for column in columns if column not in ARTICLES.names}
    usual = [keys[key] for key in _LIKELY[name].split() if key in keys]
    # A "publisher" is not a misspelt "published".
    return next(iter(usual), near_name(name, keys.values()) if name in NEEDED else None)


def parsed_map(words: Iterable[str]) -> dict[str, str]:
    """Read maps like "outlet=source,text=content".

    Raises:
        InputError: one has another form, or names a field twice.
    """
    given: dict[str, str] = {}
    for pair in (pair for word in words for pair in re.split(r",(?=\s*\w+\s*=)", word)):
        name, sign, column = (part.strip() for part in pair.partition("="))
        if not (name and sign and column):
            raise InputError(f"--map is {shortened(pair)}: write it like --map outlet=source,text=content")
        if given.setdefault(name, column) != column:
            raise InputError(f"--map names {name} twice; say once what it is called.")
    return given


def _offer(found: Mapping[str, str]) -> str:
    words = shlex.quote(",".join(f"{name}={column}" for name, column in found.items()))
    pairs = ", ".join(f'"{name}": "{column}"' for name, column in found.items())
    meant = " and ".join(shortened(column) for column in found.values())
    return f"did you mean {meant}? Then add --map {words} (in Python fields={{{pairs}}})"


def _named(names: Sequence[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)


def _inside(record: Mapping[str, Any], path: str) -> Any:
    """Return the value at a path of names, or None."""
    value: Any = record
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
