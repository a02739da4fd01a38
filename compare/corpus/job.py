"""What is compared at once: a part, which is some stories; its tables are written whole or not at all."""

from __future__ import annotations

import pickle
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from compare.corpus.store import TABLES, read_stories, write_part
from compare.errors import InputError, InputWarning, StorydiffError
from compare.outlets.counts import with_counts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from compare.asked import ComparedStory


class Part(NamedTuple):
    """Stories that are written together."""

    name: str
    articles: pd.DataFrame  # of the stories that are to be compared
    made_of: dict[str, str]  # the fingerprint of the articles of each of the part's stories, in their order
    kept: tuple[str, ...]  # stories that were compared before and stay


@dataclass(frozen=True)
class Job:
    """What all stories of a run share: the folder to write to, and the function that compares articles."""

    folder: Path
    compare: Callable[[pd.DataFrame], ComparedStory]

    def do(self, part: Part) -> list[Done]:
        """Compare the stories of a part and write it whole; a story that cannot be compared is told, not raised.

        Raises:
            InputError: the part cannot be written, such as on a full disk.
        """
        tables: dict[str, dict[str, pd.DataFrame]] = {}
        if part.kept:
            tables.update(read_stories(self.folder, part.name, part.kept, TABLES))
        done = []
        for story_id, articles in part.articles.groupby("story_id", sort=False):
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                problem = None
                try:
                    tables[str(story_id)] = with_counts(str(story_id), self.compare(articles).tables)
                except StorydiffError as error:
                    problem = str(error)
                except Exception as error:  # an error in one story must not lose the others
                    problem = f"{type(error).__name__}: {error}"
            notes = tuple(str(one.message) for one in caught if issubclass(one.category, InputWarning))
            done.append(Done(str(story_id), len(articles), problem, notes))
        if tables:
            in_order = {story: tables[story] for story in part.made_of if story in tables}
            write_part(self.folder, part.name, in_order, part.made_of)
        return done

    def check_can_be_sent(self, engine: str) -> None:
        """Refuse a job that other processes cannot take.

        Raises:
            InputError: the encoder or reader cannot be pickled.
        """
        try:
            pickle.dumps(self)
        except Exception as error:
            raise InputError(
                f'engine "{engine}" hands your encoder and reader to other processes, and they cannot be pickled '
                f'({error}); use engine="serial".'
            ) from error


class Done(NamedTuple):
    """A story that was compared, or why it could not be, and what is to be said of it."""

    story_id: str
    articles: int
    problem: str | None
    notes: tuple[str, ...]
