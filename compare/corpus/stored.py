"""The stories of a run folder, read as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from compare.comparison import Comparison
from compare.corpus.store import is_done, read_boilerplate, read_stories_table, read_story, story_folder
from compare.errors import InputError
from compare.reading.problems import listed
from compare.tables import STORY_TABLES
from compare.tables.parts import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from compare.corpus.store import Manifest
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen
    from compare.settings import Settings

# What of a story's tables tells who carries what.
STATES_OF = ("claim_id", "outlet", "state", "sentence_id", "position")
_AT_ONCE = 50  # stories that are read together
WIRE_OF = ("article_id", "outlet", "group_id")


@dataclass(frozen=True, eq=False, repr=False)
class StoredStories:
    """Many stories that were compared one by one, read from their run folder as they are asked for.

    Attributes:
        folder: the run folder.
        manifest: what the run is made of: version, fingerprints of settings and articles, seed.
        settings: the cut-offs.
        encoder: an encoder of one's own, for `Comparison.track`.
        reader: who reads for `Comparison.track`.
    """

    folder: Path
    manifest: Manifest
    settings: Settings
    encoder: Encoder | None = None
    reader: Chosen = None

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
            reader_name=self.manifest.reader,
            boilerplate=self.boilerplate,
        )

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Read one table of all stories, one below the other.

        Args:
            name: a table of a story: articles, sentences, matches, claims, mentions, coverage, conflicts, quotes,
                wire, headlines.
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
        return pd.concat(
            [read_stories_table(self.folder, some, name, wanted) for some in self._parts()], ignore_index=True
        )

    def need_text(self) -> None:
        """Refuse what cannot be done without the articles' words.

        Raises:
            InputError: the corpus was read from a data set without text.
        """
        if not self.manifest.data:
            raise InputError(
                "the corpus was read from a data set without text, and this needs the text: compare the articles "
                "themselves."
            )

    def in_parts(self) -> Iterator[dict[str, pd.DataFrame]]:
        """Read all tables of some stories at a time.

        Yields:
            The tables by their names, of so few stories that little is in memory, with story_id before their own
            columns.
        """
        for some in self._parts():
            yield {table.name: read_stories_table(self.folder, some, table.name) for table in STORY_TABLES}

    def _parts(self) -> Iterator[dict[str, str]]:
        """The folders of some stories at a time, by their ids."""
        for at in range(0, len(self.stories), _AT_ONCE):
            yield {story: self.manifest.stories[story] for story in self.stories[at : at + _AT_ONCE]}

    def each(self, columns: Mapping[str, Sequence[str] | None]) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
        """Read some tables of one story after the other.

        Args:
            columns: of each table wanted the columns; None for all.

        Yields:
            The story's id, and its tables by their names.
        """
        known = {table.name: table.names for table in STORY_TABLES}
        for some in self._parts():
            parts = {
                table: _by_story(read_stories_table(self.folder, some, table, wanted), some, known[table])
                for table, wanted in columns.items()
            }
            for story in some:
                yield story, {table: part[story] for table, part in parts.items()}

    def each_counted(
        self, columns: Mapping[str, Sequence[str] | None]
    ) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
        """Read as `each` does, for what counts claims: without the parts, and always with `coverage` and `claims`.

        Args:
            columns: as in `each`.
        """
        claims = [*(columns.get("claims") or ["claim_id"]), "part_of"]
        wanted = {"coverage": STATES_OF, **columns, "claims": claims}
        yield from ((story, counted(tables)) for story, tables in self.each(wanted))

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
    def conflicts(self) -> pd.DataFrame:
        """Where outlets disagree on a claim, over all stories."""
        return self.table("conflicts")

    @property
    def quotes(self) -> pd.DataFrame:
        """The quote ledgers of all stories."""
        return self.table("quotes")

    @property
    def wire(self) -> pd.DataFrame:
        """Which articles are copies, over all stories."""
        return self.table("wire")

    @property
    def headlines(self) -> pd.DataFrame:
        """How articles treat what their own headlines say, over all stories."""
        return self.table("headlines")


def _by_story(frame: pd.DataFrame, stories: Iterable[str], names: list[str]) -> dict[str, pd.DataFrame]:
    """Part a table of several stories, each with a fresh index, and without story_id unless the table has it."""
    rows: Mapping[Any, Any] = frame.groupby("story_id", sort=False).indices
    kept = frame if "story_id" in names else frame.drop(columns="story_id")
    return {story: kept.take(rows.get(story, [])).reset_index(drop=True) for story in stories}
