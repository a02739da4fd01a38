"""Many stories and the questions one asks of all of them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.comparison import recorded_reader
from compare.corpus.likeness import AboutLikeness
from compare.corpus.omissions import AboutOmissions
from compare.corpus.store import is_counted, read_manifest, read_settings, read_stories_table
from compare.corpus.stored import WIRE_OF
from compare.corpus.wording import AboutWording
from compare.errors import InputError, InputWarning
from compare.tables import OUTLET_STORIES
from compare.validation.codes import NOT_VALIDATED

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen, Recorded
    from compare.outlets.groups import Groups
    from compare.report.figures.corpus import CorpusFigures
    from compare.validation.validated import Validation


@dataclass(frozen=True, eq=False, repr=False)
class Corpus(AboutOmissions, AboutWording, AboutLikeness):
    """Many stories that were compared one by one, and the record that each outlet has in them.

    Attributes:
        validation: what coders said of a sample of its decisions; see `with_validation`.
        unvalidated: the corpus that it was put to, whose figures are as the toolkit decides.
    """

    validation: Validation | None = None
    unvalidated: Corpus | None = None

    @property
    def validated(self) -> bool:
        """Whether carriage and omission are corrected by coders' labels."""
        return self.validation is not None

    def with_validation(self, validation: Validation) -> Corpus:
        """Give the corpus with its rates of carriage and omission corrected for the toolkit's measured error.

        The `rates` and `outlets` of it have corrected figures where `validated` is true; see
        `compare.validation.record`. This corpus stays as it is.

        Args:
            validation: what `read_sheets` gives for a sample drawn from this corpus.

        Raises:
            InputError: it is no validation, or the sample was drawn from another run or from a part of this one.
        """
        from compare.validation.record import check_drawn_from

        check_drawn_from(validation, self)
        return replace(self, validation=validation, unvalidated=self.unvalidated or self)

    def corrected_differences(self, *, groups: Groups | None = None) -> pd.DataFrame:
        """How much the corrected carriage of every two outlets, or groups, differs in the stories that both have.

        Returns:
            The CORRECTED_DIFFERENCES table, of the claims that were available to them.

        Raises:
            InputError: the corpus has no validation, there is one outlet alone, or the groups cannot be used.
        """
        from compare.validation.record import available_differences

        if self.validation is None:
            raise InputError("this corpus is not validated; see with_validation.")
        if groups is None:
            return available_differences(self.validation)
        return available_differences(self.validation, self.group_of(groups))

    def group_of(self, groups: Groups) -> dict[str, str]:
        """Give the group of every outlet that has one.

        Args:
            groups: as in `differences`.

        Raises:
            InputError: the groups cannot be used.
        """
        from compare.outlets.groups import group_labels

        outlets = self.outlet_stories["outlet"].unique().tolist()
        _, labels = group_labels(groups, outlets)
        return {outlet: label for outlet, label in zip(outlets, labels, strict=True) if label}

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

        if self.unvalidated is not None:
            return self.unvalidated.outlet_stories
        named = {story: self.manifest.stories[story] for story in self.stories}
        if all(is_counted(self.folder, name) for name in named.values()):
            return OUTLET_STORIES.frame(read_stories_table(self.folder, named, OUTLET_STORIES.name))
        parts = [
            count_story(story, tables["coverage"], tables["quotes"], tables["wire"])
            for story, tables in self.each_counted({"wire": WIRE_OF, "quotes": None})
        ]
        return OUTLET_STORIES.frame(pd.concat(parts, ignore_index=True))

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The RATES table: every rate of every outlet, with a 95 % interval from a bootstrap over stories."""
        from compare.outlets.rates import rates_table
        from compare.validation.record import correct_rates

        if self.validation is not None and self.unvalidated is not None:
            return correct_rates(self.unvalidated.rates, self.validation)
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
        trust = NOT_VALIDATED if self.validation is None else self.validation.sentence
        return f"<Corpus of {', '.join([f'{len(self.stories)} stories', *more])}; {trust}>"

    def _repr_html_(self) -> str:
        from compare.report.record.notebook import corpus_html

        return corpus_html(self)

    def report(self, path: str | Path, *, validation: Validation | None = None, groups: Groups | None = None) -> Path:
        """Write the outlets' record as one HTML file that opens offline, or with a page of every story as a folder.

        Args:
            path: the file; or the folder, which is one that is there, or a name that ends in a slash or has no
                ending such as .html. Of a folder it is `index.html` that has the record; the stories' pages are in
                `stories/`. A folder that holds anything else is left as it is.
            validation: what coders said of a sample of this run's decisions; see `with_validation`.
            groups: the group of each outlet, to compare them too; see `differences`.

        Returns:
            The record's path.

        Raises:
            InputError: the place cannot be written to or holds something else, the labels are of another run, or the
                groups cannot be used.
        """
        from compare.report.record.folder import names_a_folder, write_folder
        from compare.report.record.page import write_record

        self.need_text()
        write = write_folder if names_a_folder(path) else write_record
        return write(self if validation is None else self.with_validation(validation), path, groups=groups)

    def export(self, folder: str | os.PathLike[str], **options: Any) -> Path:
        """Write a data set as `Comparison.export` does: the tables of all stories, and each outlet's record.

        Args:
            folder: made if it is not there.
            options: as in `Comparison.export`; with a validation the rates are corrected.
        """
        from compare.export.bundle import write_bundle

        return write_bundle(self, folder, **options)


def open_run(
    folder: str | os.PathLike[str],
    *,
    encoder: Encoder | None = None,
    reader: Chosen | Recorded = "recorded",
    validation: Validation | None = None,
) -> Corpus:
    """Read a run folder back, as `compare_corpus` or `storydiff corpus` wrote it.

    Args:
        folder: the run folder.
        encoder: the encoder that the run was made with, if it was one of your own and you want to `track`.
        reader: who reads for `track`. "recorded" is the one that the run was made with, if that is the shipped one or
            none; one of your own must be given. None goes by words alone.
        validation: what coders said of a sample of the run; see `Corpus.with_validation`.

    Returns:
        A `Corpus`.

    Raises:
        InputError: it is no run folder, is damaged, no story in it is done, or the labels are of another run.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    corpus = Corpus(path.resolve(), manifest, read_settings(path), encoder, recorded_reader(manifest.reader, reader))
    done, planned = len(corpus.stories), len(manifest.stories)
    if not done:
        raise InputError(f"{path}: no story of this run is done; compare its articles again.")
    if done + len(manifest.failed) < planned:
        warnings.warn(
            f"{path}: this run is not finished: {done} of {planned} stories are done, and figures are of these alone.",
            InputWarning,
            stacklevel=2,
        )
    return corpus if validation is None else corpus.with_validation(validation)
