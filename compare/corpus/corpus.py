"""Many stories and the questions one asks of all of them."""

from __future__ import annotations

import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from compare.corpus.likeness import AboutLikeness
from compare.corpus.omissions import AboutOmissions
from compare.corpus.store import read_manifest, read_settings
from compare.corpus.stored import STATES_OF, WIRE_OF
from compare.corpus.wording import AboutWording
from compare.errors import InputError, InputWarning
from compare.tables import OUTLET_STORIES

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader
    from compare.outlets.groups import Groups
    from compare.report.figures.corpus import CorpusFigures


class Corpus(AboutOmissions, AboutWording, AboutLikeness):
    """Many stories that were compared one by one, and the record that each outlet has in them."""

    @property
    def validated(self) -> bool:
        """Whether figures are corrected by coders' labels; these are not."""
        return False

    @cached_property
    def figures(self) -> CorpusFigures:
        """The corpus as plotly figures."""
        from compare.report.figures.corpus import CorpusFigures

        return CorpusFigures(self)

    @cached_property
    def outlet_stories(self) -> pd.DataFrame:
        """The OUTLET_STORIES table: what each outlet did in each story, as counts."""
        import pandas as pd

        from compare.outlets.counts import count_story

        parts = [
            count_story(story, tables["coverage"], tables["quotes"], tables["wire"])
            for story, tables in self.each({"coverage": STATES_OF, "wire": WIRE_OF, "quotes": None})
        ]
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
