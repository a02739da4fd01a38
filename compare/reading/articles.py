"""Anything that holds articles becomes the articles table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare import tables
from compare.errors import InputError
from compare.reading.problems import FlawError, Problems, counted, listed
from compare.reading.records import article_row, derived_id
from compare.reading.sources import located_records

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Place = str | os.PathLike[str]
    Source = Place | Sequence[Place | Mapping[str, Any] | pd.DataFrame] | pd.DataFrame


def read_articles(source: Source, *, skip_bad: bool = False) -> pd.DataFrame:
    r"""Read articles from files, folders, records or a table.

    Formats: ``.jsonl``/``.ndjson``, ``.json`` (a list of records, an object with an "articles" list, or one
    record), ``.csv``/``.tsv``, ``.parquet``, ``.txt`` (a first line that is followed by a blank line is the
    title), ``.html``/``.htm``, and folders of these (top level, by name; hidden, README, LICENSE and Markdown
    files are passed over). In ``.txt`` and ``.html`` the file's stem is the outlet.

    Fields: ``outlet`` and ``text`` are needed; ``article_id``, ``story_id``, ``title``, ``published`` (ISO 8601,
    UTC unless it names a zone), ``url`` and ``language`` are used where given; others are ignored.

    - story_id defaults to the name of the folder for a folder, a ``.txt`` or a ``.html`` file and several files
      given together, to the stem for any other file, and to "story" for records, tables and standard input.
    - article_id defaults to "a" and 12 hexadecimal digits of BLAKE2b over outlet, title and text.
    - Text stays as it is, but for line ends (``\n``), a byte order mark at its start (removed), other control
      characters (a space each) and half surrogate pairs (U+FFFD). Outlets get single spaces and composed
      Unicode (NFC).

    Args:
        source: a path; a list of paths or records (mappings of field names to values); or a DataFrame.
            "-" reads JSON Lines from standard input. Records and rows are counted from 1 in messages.
        skip_bad: leave out articles that cannot be used and name them in one `InputWarning`, instead of
            raising. A file that cannot be read at all is an error in any case.

    Returns:
        The articles table (`compare.tables.ARTICLES`), in the order of the input.

    Raises:
        InputError: there are no articles, or one cannot be used: a field is missing, empty or of the wrong
            type, two articles share an article_id, a file is not what its extension says.
        MissingExtraError: a page is to be read and trafilatura is not installed.
    """
    problems = Problems(skip=skip_bad)
    table: dict[str, list[Any]] = {name: [] for name in tables.ARTICLES.names}
    places: dict[str, str] = {}
    for story, where, fields in located_records(source, problems):
        try:
            row = article_row(fields, story)
            _only_once(row, where, places)
        except FlawError as flaw:
            problems.refuse(where, *flaw.args)
            continue
        for name, value in row.items():
            table[name].append(value)
    if not places:
        raise InputError(
            f"no article can be used, {counted(len(problems.skipped), 'article')} skipped: "
            f"{listed(problems.skipped, '; ')}; correct at least one."
        )
    frame = tables.ARTICLES.frame(table)
    problems.warn(stacklevel=2)
    return frame


def by_publication(articles: pd.DataFrame) -> NDArray[np.int64]:
    """Give the rows of an ARTICLES table, the earliest first (unknown last), of one time by id."""
    keys = articles[["published", "article_id"]].reset_index(drop=True)
    return keys.sort_values(["published", "article_id"], na_position="last").index.to_numpy()


def _only_once(row: Mapping[str, Any], where: str, places: dict[str, str]) -> None:
    article_id = row["article_id"]
    first = places.setdefault(article_id, where)
    if first is where:
        return
    if article_id != derived_id(row["outlet"], row["title"], row["text"]):
        raise FlawError(
            f'article_id "{article_id}" is that of {first} too', "give every article one of its own, or none"
        )
    raise FlawError(
        f"is the same article as {first} (same outlet, title and text)", "leave one out, or give both an article_id"
    )
