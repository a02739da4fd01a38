"""The articles of a corpus: read once, kept on disk by story, and asked for some stories at a time."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from datetime import datetime
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.language.completeness import usual_length, with_completeness
from compare.tables import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import TracebackType

    import pandas as pd
    from numpy.typing import NDArray

    from compare.reading.articles import ArticleRows

_SAMPLE = 500  # articles of an outlet by which its own lines are known
_AT_ONCE = 500  # articles asked for together
_BEFORE = (
    "PRAGMA journal_mode = OFF",  # it goes with the program, whole or not
    "PRAGMA synchronous = OFF",
    "CREATE TABLE articles (story TEXT, named INTEGER, outlet TEXT, length INTEGER, fields TEXT)",
    "BEGIN",
)


class Intake:
    """Articles in a temporary file; in memory are the ids of their stories.

    Attributes:
        stories: how many articles each story has, by its id, in the order of the first articles.
    """

    def __init__(self, rows: ArticleRows) -> None:
        """Take in all rows.

        Raises:
            InputError: they cannot be read.
        """
        self._room = tempfile.TemporaryDirectory(prefix="storydiff-")
        try:
            self._rows = sqlite3.connect(Path(self._room.name) / "articles.sqlite", isolation_level=None)
            for statement in _BEFORE:
                self._rows.execute(statement)
            self._rows.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", map(_noted, rows))
            self._rows.execute("COMMIT")
            self._rows.execute("CREATE INDEX by_story ON articles (story)")
        except BaseException:
            self.close()
            raise
        rows.warn()
        self._count()

    def __enter__(self) -> Intake:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Delete the articles."""
        if hasattr(self, "_rows"):
            self._rows.close()
        self._room.cleanup()

    def _count(self) -> None:
        counted = "SELECT story, count(*) FROM articles GROUP BY story ORDER BY min(rowid)"
        self.stories: dict[str, int] = dict(self._rows.execute(counted))
        lengths = self._rows.execute("SELECT outlet, length FROM articles ORDER BY outlet, length")
        self._usual = {
            outlet: usual_length([length for _, length in own]) for outlet, own in groupby(lengths, lambda row: row[0])
        }

    def articles(self, stories: Iterable[str]) -> pd.DataFrame:
        """Return the ARTICLES of stories, story by story in the given order, and in each in the order of the input."""
        told = "SELECT fields FROM articles WHERE story = ? ORDER BY rowid"
        rows = [json.loads(fields) for story in stories for (fields,) in self._rows.execute(told, (story,))]
        return with_completeness(_table(rows), self._usual)

    def in_parts(self) -> Iterator[pd.DataFrame]:
        """Yield all ARTICLES, whole stories together, a few hundred at a time."""
        some: list[str] = []
        size = 0
        for story, number in self.stories.items():
            some.append(story)
            size += number
            if size >= _AT_ONCE:
                yield self.articles(some)
                some, size = [], 0
        if some:
            yield self.articles(some)

    def regroup(self, ids: Sequence[str]) -> None:
        """Give every article another story; `ids` are in the order of the input."""
        order = [row for (row,) in self._rows.execute("SELECT rowid FROM articles ORDER BY rowid")]
        self._rows.execute("BEGIN")
        place = ARTICLES.names.index("story_id")
        changed = f"UPDATE articles SET story = ?, fields = json_set(fields, '$[{place}]', ?) WHERE rowid = ?"  # noqa: S608
        self._rows.executemany(changed, ((one, one, row) for one, row in zip(ids, order, strict=True)))
        self._rows.execute("COMMIT")
        self._count()

    def named(self) -> NDArray[np.bool_]:
        """Return which articles name their story themselves, in the order of the input."""
        told = self._rows.execute("SELECT named FROM articles ORDER BY rowid")
        return np.fromiter((named for (named,) in told), dtype=bool)

    def in_order(self) -> pd.DataFrame:
        """Return all ARTICLES in the order of the input."""
        rows = [json.loads(fields) for (fields,) in self._rows.execute("SELECT fields FROM articles ORDER BY rowid")]
        return _table(rows)

    def sample(self) -> pd.DataFrame:
        """Return the ARTICLES of enough stories to know what each outlet repeats: all, of up to some hundreds.

        Stories are drawn by a hash of their ids, so that the sample does not depend on the order of the input.
        """
        outlets: dict[str, dict[str, int]] = {}
        for story, outlet, number in self._rows.execute(
            "SELECT story, outlet, count(*) FROM articles GROUP BY story, outlet"
        ):
            outlets.setdefault(story, {})[outlet] = number
        has: dict[str, int] = {}
        drawn = set()
        for story in sorted(outlets, key=lambda one: blake2b(one.encode(), digest_size=8).digest()):
            if any(has.get(outlet, 0) < _SAMPLE for outlet in outlets[story]):
                drawn.add(story)
                for outlet, number in outlets[story].items():
                    has[outlet] = has.get(outlet, 0) + number
        return self.articles(story for story in self.stories if story in drawn)

    def most_outlets(self, without: Collection[str]) -> int:
        """Return how many outlets the story with the most of them has, not counting some stories."""
        counted = self._rows.execute("SELECT story, count(DISTINCT outlet) FROM articles GROUP BY story")
        return max((number for story, number in counted if story not in without), default=0)

    def outlets(self) -> list[str]:
        """Return the names of all outlets."""
        return [outlet for (outlet,) in self._rows.execute("SELECT DISTINCT outlet FROM articles ORDER BY rowid")]


def _table(rows: list[list[Any]]) -> pd.DataFrame:
    return ARTICLES.frame(dict(zip(ARTICLES.names, map(list, zip(*rows, strict=True)), strict=True)))


def _noted(read: tuple[dict[str, Any], bool]) -> tuple[str, bool, str, int, str]:
    row, named = read
    fields = json.dumps([row[name] for name in ARTICLES.names], ensure_ascii=False, default=datetime.isoformat)
    return row["story_id"], named, row["outlet"], len(row["text"]), fields
