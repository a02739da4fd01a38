"""The stories of a run and the questions one asks of all of them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from compare.comparison import Comparison
from compare.corpus.store import is_done, read_boilerplate, read_manifest, read_settings, read_story, read_story_table
from compare.errors import InputError, InputWarning
from compare.reading.problems import listed
from compare.tables import OUTLET_STORIES, STORY_TABLES

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import pandas as pd

    from compare.corpus.store import Manifest
    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader
    from compare.outlets.groups import Groups
    from compare.settings import Settings


@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Many stories that were compared one by one, read from their run folder as they are asked for.

    Attributes:
        folder: the run folder.
        manifest: what the run is made of: version, fingerprints of settings and articles, seed.
        settings: the cut-offs.
        encoder: an encoder of one's own, for `Comparison.track`.
        reader: a reader of one's own.
        validated: whether figures are corrected by coders' labels; these are not.
    """

    folder: Path
    manifest: Manifest
    settings: Settings
    encoder: Encoder | None = None
    reader: Reader | None = None
    validated: bool = False

    @cached_property
    def stories(self) -> list[str]:
        """The ids of the stories that are done, in the articles' order."""
        return [story for story, name in self.manifest.stories.items() if is_done(self.folder, name)]

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
            boilerplate=read_boilerplate(self.folder),
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

    @cached_property
    def outlet_stories(self) -> pd.DataFrame:
        """The OUTLET_STORIES table: what each outlet did in each story, as counts."""
        import pandas as pd

        from compare.outlets.counts import count_story

        parts = []
        for story in self.stories:
            name = self.manifest.stories[story]
            coverage = read_story_table(
                self.folder, name, "coverage", ["claim_id", "outlet", "state", "sentence_id", "position"]
            )
            wire = read_story_table(self.folder, name, "wire", ["article_id", "outlet", "group_id"])
            parts.append(count_story(story, coverage, read_story_table(self.folder, name, "quotes"), wire))
        return OUTLET_STORIES.frame(pd.concat(parts, ignore_index=True))

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The RATES table: every rate of every outlet, with a 95 % interval from a bootstrap over stories."""
        from compare.outlets.rates import rates_table

        return rates_table(self.outlet_stories, seed=self.manifest.seed)

    @cached_property
    def outlets(self) -> pd.DataFrame:
        """The OUTLETS table: each outlet's record, as printed and with wire copies collapsed."""
        from compare.outlets.rates import outlets_table

        return outlets_table(self.outlet_stories, self.rates)

    def differences(
        self, measures: Sequence[str] = ("carriage",), *, groups: Groups | None = None, version: str = "printed"
    ) -> pd.DataFrame:
        """Compare every two outlets, or groups of outlets, within the stories that both cover.

        Args:
            measures: names of rates, as in `rates`; all tests of one call are one family.
            groups: the group of each outlet, such as its leaning: a mapping, a Series by outlet, or a DataFrame
                with the column outlet and one other.
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The DIFFERENCES table, with intervals, p_value and q_value.

        Raises:
            InputError: there is no such measure or version, or the groups cannot be used.
        """
        from compare.outlets.differences import group_differences, outlet_differences

        counts, seed = self.outlet_stories, self.manifest.seed
        if groups is None:
            return outlet_differences(counts, measures, version=version, seed=seed)
        return group_differences(counts, groups, measures, version=version, seed=seed)

    def covered(self) -> pd.DataFrame:
        """Who covers which stories: a row per story (index story_id), a column per outlet, true or false."""
        import pandas as pd

        counts = self.outlet_stories
        grid = pd.crosstab(counts["story_id"], counts["outlet"]) > 0
        return grid.reindex(index=self.stories, columns=counts["outlet"].unique())

    def __repr__(self) -> str:
        waiting = len(self.manifest.stories) - len(self.stories) - len(self.failed)
        more = [f"{len(self.failed)} failed"] if self.failed else []
        more += [f"{waiting} not done"] if waiting else []
        return f"<Corpus of {', '.join([f'{len(self.stories)} stories', *more])}; not validated>"


def open_run(folder: str | os.PathLike[str], *, encoder: Encoder | None = None, reader: Reader | None = None) -> Corpus:
    """Read a run folder back, as `compare_corpus` or `storydiff corpus` wrote it.

    Args:
        folder: the run folder.
        encoder: the encoder that the run was made with, if it was one of your own and you want to `track`.
        reader: the same for a reader.

    Returns:
        A `Corpus`.

    Raises:
        InputError: it is no run folder, is damaged, or no story in it is done.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    corpus = Corpus(path.resolve(), manifest, read_settings(path), encoder, reader)
    done, planned = len(corpus.stories), len(manifest.stories)
    if not done:
        raise InputError(f"{path}: no story of this run is done; compare its articles again.")
    if done + len(manifest.failed) < planned:
        warnings.warn(
            f"{path}: this run is not finished: {done} of {planned} stories are done, and figures are of these alone.",
            InputWarning,
            stacklevel=2,
        )
    return corpus
