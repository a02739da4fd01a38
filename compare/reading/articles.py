"""Anything that holds articles becomes the articles table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare import tables
from compare.errors import InputError
from compare.reading.problems import FlawError, Problems, counted, listed, shortened
from compare.reading.records import article_row, derived_id, names_story, was_wrapped
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
      given together, to the stem for any other file, and to "story" for records, tables and standard input:
      where no article has one. Where some have, all need one.
    - article_id defaults to "a" and 12 hexadecimal digits of BLAKE2b over outlet, title and text.
    - Text stays as it is, but for line ends (``\n``), a byte order mark at its start (removed), other control
      characters (a space each) and half surrogate pairs (U+FFFD). Lines that end in mid-sentence (copied PDF,
      mail) are joined, with the words that a hyphen parts there; a warning names the articles. Outlets get single
      spaces and composed Unicode (NFC).

    Args:
        source: a path; a list of paths or records (mappings of field names to values); or a DataFrame.
            "-" reads JSON Lines from standard input. Records and rows are counted from 1 in messages.
        skip_bad: leave out articles that cannot be used and name them in one `InputWarning`, instead of
            raising. A file that cannot be read at all is an error in any case.

    Returns:
        The articles table (`compare.tables.ARTICLES`), in the order of the input.

    Raises:
        InputError: there are no articles, or one cannot be used: a field is missing, empty or of the wrong
            type, two articles share an article_id, a file is not what its extension says; or some articles have
            a story_id and others none.
        MissingExtraError: a page is to be read and trafilatura is not installed.
    """
    articles, _ = read_stories(source, skip_bad=skip_bad, stacklevel=3)
    return articles


def read_stories(source: Source, *, skip_bad: bool = False, stacklevel: int = 2) -> tuple[pd.DataFrame, bool]:
    """Read articles as `read_articles`, and say whether they name their stories themselves.

    Args:
        source: as for `read_articles`.
        skip_bad: likewise.
        stacklevel: whom a warning is addressed to: the caller of so many functions.
    """
    problems = Problems(skip=skip_bad)
    rows: list[dict[str, Any]] = []
    places: dict[str, str] = {}
    nameless: list[int] = []  # rows that name no story
    wrapped: list[str] = []  # articles whose lines were joined
    for story, where, fields in located_records(source, problems):
        try:
            row = article_row(fields, story)
            _only_once(row, where, places)
        except FlawError as flaw:
            problems.refuse(where, *flaw.args)
            continue
        if not names_story(fields):
            nameless.append(len(rows))
        if was_wrapped(fields, row):
            wrapped.append(f"{where}, {shortened(row['outlet'])}")
        rows.append(row)
    if not rows:
        raise InputError(
            f"no article can be used, {counted(len(problems.skipped), 'article')} skipped: "
            f"{listed(problems.skipped, '; ')}; correct at least one."
        )
    named = len(nameless) < len(rows)
    if named and nameless:
        _refuse_nameless(rows, nameless, list(places.values()), problems)
        left_out = set(nameless)
        rows = [row for number, row in enumerate(rows) if number not in left_out]
    if wrapped:
        problems.note(
            f"{counted(len(wrapped), 'article')} cut into lines in mid-sentence ({listed(wrapped, '; ')}); the lines "
            "were joined, with words that a hyphen parted, and offsets count in the joined text."
        )
    frame = tables.ARTICLES.frame({name: [row[name] for row in rows] for name in tables.ARTICLES.names})
    problems.warn(stacklevel=stacklevel)
    return frame, named


def by_publication(articles: pd.DataFrame) -> NDArray[np.int64]:
    """Give the rows of an ARTICLES table, the earliest first (unknown last), of one time by id."""
    keys = articles[["published", "article_id"]].reset_index(drop=True)
    return keys.sort_values(["published", "article_id"], na_position="last").index.to_numpy()


def _refuse_nameless(rows: list[dict[str, Any]], nameless: list[int], places: list[str], problems: Problems) -> None:
    """Refuse, or skip, articles without a story among others that have one: they would become one invented story."""
    if not problems.skip:
        first, have = nameless[0], "has" if len(nameless) == 1 else "have"
        raise InputError(
            f"{len(nameless)} of {len(rows)} articles {have} no story_id (first: {places[first]}, outlet "
            f"{shortened(rows[first]['outlet'])}); give each one, or leave them out with skip_bad "
            "(on the command line --skip-bad)."
        )
    problems.skipped.extend(f"{places[number]} (has no story_id)" for number in nameless)


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
