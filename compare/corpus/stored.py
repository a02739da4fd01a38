"""The stories of a run folder, read as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from compare.comparison import Comparison
from compare.corpus.store import is_done, read_boilerplate, read_story, read_story_table, story_folder
from compare.errors import InputError
from compare.reading.problems import listed
from compare.tables import STORY_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from compare.corpus.store import Manifest
    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader
    from compare.settings import Settings

# What of a story's tables tells who carries what.
STATES_OF = ("claim_id", "outlet", "state", "sentence_id", "position")
WIRE_OF = ("article_id", "outlet", "group_id")


@dataclass(frozen=True, eq=False, repr=False)
class StoredStories:
    """Many stories that were compared one by one, read from their run folder as they are asked for.

    Attributes:
        folder: the run folder.
        manifest: what the run is made of: version, fingerprints of settings and articles, seed.
        settings: the cut-offs.
        encoder: an encoder of one's own, for `Comparison.track`.
        reader: a reader of one's own.
    """

    folder: Path
    manifest: Manifest
    settings: Settings
    encoder: Encoder | None = None
    reader: Reader | None = None

    @cached_property
    def stories(self) -> list[str]:
        """The ids of the stories that are done, in the articles' order."""
        return [story for story, name in self.manifest.stories.items() if is_done(self.folder, name)]

    @property
    def file_names(self) -> dict[str, str]:
        """What each story that is done is called in files, without an ending; see `story_folder`."""
        return {story: story_folder(story) for story in self.stories}

    @property
    def failed(self) -> dict[str, str]:
        """Why a story could not be compared, by its id."""
        return dict(self.manifest.failed)

    def story(self, story_id: str) -> Comparison:
        """Read one story.

        Raises:
            InputError: there is no such story, or it could not be compared.
        """
        if story_id in self.failed:
            raise InputError(f"story {story_id!r} could not be compared: {self.failed[story_id]}")
        if story_id not in self.stories:
            raise InputError(f"the run has no story {story_id!r}; it has {listed(self.stories)}.")
        return Comparison(
            story_id=story_id,
            **read_story(self.folder, self.manifest.stories[story_id]),
            settings=self.settings,
            encoder=self.encoder,
            reader=self.reader,
            boilerplate=self.boilerplate,
        )

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Read one table of all stories, one below the other.

        Args:
            name: a table of a story: articles, sentences, matches, claims, mentions, coverage, quotes, wire.
            columns: only these; the fewer, the less memory.

        Returns:
            The table, with story_id before its own columns.

        Raises:
            InputError: there is no such table or column.
        """
        import pandas as pd

        known = {table.name: table.names for table in STORY_TABLES}
        if name not in known:
            raise InputError(f"there is no table {name!r}; there are {', '.join(known)}.")
        wanted = [column for column in columns or known[name] if column != "story_id"]
        for column in wanted:
            if column not in known[name]:
                raise InputError(f"table {name} has no column {column!r}; it has {', '.join(known[name])}.")
        parts = []
        for story in self.stories:
            part = read_story_table(self.folder, self.manifest.stories[story], name, wanted)
            ids = pd.DataFrame({"story_id": pd.Series(story, index=part.index, dtype="str")})
            parts.append(pd.concat([ids, part], axis=1))
        return pd.concat(parts, ignore_index=True)

    def each(self, columns: Mapping[str, Sequence[str] | None]) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
        """Read some tables of one story after the other.

        Args:
            columns: of each table wanted the columns; None for all.

        Yields:
            The story's id, and its tables by their names.
        """
        for story in self.stories:
            name = self.manifest.stories[story]
            yield (
                story,
                {
                    table: read_story_table(self.folder, name, table, list(wanted) if wanted else None)
                    for table, wanted in columns.items()
                },
            )

    @property
    def boilerplate(self) -> pd.DataFrame:
        """The lines that were left out as the outlets' own; see `learn_boilerplate`."""
        return read_boilerplate(self.folder)

    @property
    def articles(self) -> pd.DataFrame:
        """The articles of all stories."""
        return self.table("articles")

    @property
    def sentences(self) -> pd.DataFrame:
        """The sentences of all stories."""
        return self.table("sentences")

    @property
    def matches(self) -> pd.DataFrame:
        """The matches of all stories; large: read some columns with `table`."""
        return self.table("matches")

    @property
    def claims(self) -> pd.DataFrame:
        """The claims of all stories."""
        return self.table("claims")

    @property
    def mentions(self) -> pd.DataFrame:
        """The mentions of all stories."""
        return self.table("mentions")

    @property
    def coverage(self) -> pd.DataFrame:
        """How every outlet of a story treats every claim of it, over all stories."""
        return self.table("coverage")

    @property
    def quotes(self) -> pd.DataFrame:
        """The quote ledgers of all stories."""
        return self.table("quotes")

    @property
    def wire(self) -> pd.DataFrame:
        """Which articles are copies, over all stories."""
        return self.table("wire")
