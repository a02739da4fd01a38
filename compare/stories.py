"""The tables of many stories, and methods that query them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from compare.comparison import Comparison
from compare.corpus.questions import Likeness, Omissions, Wording
from compare.corpus.store import done_stories, read_boilerplate, read_stories_table, read_story
from compare.errors import InputError, count, says_what_is_missing, shortened, way_out
from compare.tables import OUTLET_STORIES, STORY_TABLES, VERSIONS, broken_reference, counted
from compare.validation.codes import NOT_VALIDATED

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from compare.corpus.store import RunManifest
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen
    from compare.outlets.groups import Groups
    from compare.report.figures.corpus_figures import CorpusFigures
    from compare.settings import Settings
    from compare.validation.validated import Validation

_KNOWN = {table.name: table.names for table in STORY_TABLES}
# The columns of COVERAGE that say who carries which claim.
_STATES = ("claim_id", "outlet", "state", "sentence_id", "position")
_AT_ONCE = 50  # stories read together

Columns = dict[str, list[str] | None]


def _table(name: str) -> property:
    return property(lambda corpus: corpus.table(name), doc=f"The {name} of all stories; see `table`.")


@says_what_is_missing
@dataclass(frozen=True, eq=False, repr=False)
class Corpus:
    """Many stories, compared one by one and read from their run folder on demand.

    Attributes:
        folder: the run folder.
        manifest: the contents of the run: version, fingerprints of settings and articles, seed.
        settings: the cut-offs.
        encoder: an encoder of your own, for `Comparison.track`.
        reader: the reader for `Comparison.track`.
        validation: coders' answers on a sample of its decisions; see `with_validation`.
        unvalidated: the same corpus without the validation, with uncorrected figures.
    """

    folder: Path
    manifest: RunManifest
    settings: Settings
    encoder: Encoder | None = None
    reader: Chosen = None
    validation: Validation | None = None
    unvalidated: Corpus | None = None

    articles = _table("articles")
    sentences = _table("sentences")
    matches = _table("matches")
    claims = _table("claims")
    mentions = _table("mentions")
    coverage = _table("coverage")
    conflicts = _table("conflicts")
    quotes = _table("quotes")
    wire = _table("wire")
    headlines = _table("headlines")

    @cached_property
    def stories(self) -> list[str]:
        """The ids of the stories that are done, in the articles' order."""
        return done_stories(self.folder, self.manifest)

    @property
    def failed(self) -> dict[str, str]:
        """The reason why a story could not be compared, by story id."""
        return dict(self.manifest.failed)

    @property
    def boilerplate(self) -> pd.DataFrame:
        """The lines left out as the outlets' own; see `learn_boilerplate`."""
        return read_boilerplate(self.folder)

    def story(self, story_id: str) -> Comparison:
        """Read one story.

        Raises:
            InputError: there is no such story, or it could not be compared.
        """
        if story_id in self.failed:
            raise InputError(f"story {story_id!r} could not be compared: {self.failed[story_id]}")
        if story_id not in self.stories:
            raise InputError(f"the run has no story {story_id!r}; {way_out(story_id, self.stories, 'it has')}")
        return Comparison(
            story_id=story_id,
            **read_story(self.folder, self.manifest.stories[story_id], story_id),
            settings=self.settings,
            encoder=self.encoder,
            reader=self.reader,
            reader_name=self.manifest.reader,
            boilerplate=self.boilerplate,
        )

    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Read one table of all stories, concatenated, with story_id first.

        Args:
            name: a table of a story: articles, sentences, matches, claims, mentions, coverage, conflicts, quotes, wire,
                headlines.
            columns: only these columns; fewer columns need less memory.

        Raises:
            InputError: there is no such table or column.
        """
        import pandas as pd

        if name not in _KNOWN:
            raise InputError(f"there is no table {name!r}; there are {', '.join(_KNOWN)}.")
        wanted = [column for column in columns or _KNOWN[name] if column != "story_id"]
        for column in wanted:
            if column not in _KNOWN[name]:
                raise InputError(f"table {name} has no column {column!r}; it has {', '.join(_KNOWN[name])}.")
        parts = [read_stories_table(self.folder, some, name, wanted) for some in self._parts()]
        return pd.concat(parts, ignore_index=True)

    def need_text(self) -> None:
        """Raise an error unless the articles' text is available.

        Raises:
            InputError: the corpus was read from a data set without text.
        """
        if not self.manifest.data:
            raise InputError(
                "the corpus was read from a data set without text, and this needs the text: compare the articles "
                "themselves."
            )

    def in_parts(self) -> Iterator[dict[str, pd.DataFrame]]:
        """Yield all tables by name, with story_id first, for a few stories at a time, so that they fit in memory."""
        for some in self._parts():
            yield self._sound({table: read_stories_table(self.folder, some, table) for table in _KNOWN})

    def _sound(self, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Return tables of some stories, unless a row of one points at a row that another does not have."""
        if flaw := broken_reference(tables):
            raise InputError(f"{self.folder}: {flaw}; the run is damaged: compare its articles again.")
        return tables

    def _parts(self) -> Iterator[dict[str, str]]:
        """Yield the folders of a few stories at a time, by story id."""
        for at in range(0, len(self.stories), _AT_ONCE):
            yield {story: self.manifest.stories[story] for story in self.stories[at : at + _AT_ONCE]}

    def each_counted(self, columns: Columns) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
        """Yield each story's id and the wanted tables (columns, or None for all) without parts of claims, for counting.

        `coverage` and `claims` are always included.
        """
        claims = [*(columns.get("claims") or ["claim_id"]), "part_of"]
        wanted = {"coverage": list(_STATES), **columns, "claims": claims}
        for some in self._parts():
            whole = self._sound({name: read_stories_table(self.folder, some, name, of) for name, of in wanted.items()})
            parts = {table: _by_story(whole[table], some, _KNOWN[table]) for table in wanted}
            for story in some:
                yield story, counted({table: part[story] for table, part in parts.items()})

    def with_validation(self, validation: Validation) -> Corpus:
        """Return the corpus with its rates of carriage and omission corrected for the toolkit's measured error.

        Its `rates` and `outlets` are corrected where `validated` is true; see `compare.validation.record`. This corpus
        does not change.

        Args:
            validation: the result of `read_sheets` for a sample drawn from this corpus.

        Raises:
            InputError: it is not a validation, or the sample was drawn from another run or from a part of this one.
        """
        from compare.validation.record import check_drawn_from

        check_drawn_from(validation, self)
        return replace(self, validation=validation, unvalidated=self.unvalidated or self)

    def corrected_differences(self, *, groups: Groups | None = None) -> pd.DataFrame:
        """Return the corrected difference in carriage of every two outlets, or groups, within the stories of both.

        Returns:
            The CORRECTED_DIFFERENCES table, over the claims that were available to them.

        Raises:
            InputError: the corpus has no validation, there is only one outlet, or the groups cannot be used.
        """
        from compare.validation.record import available_differences

        if self.validation is None:
            raise InputError("this corpus is not validated; see with_validation.")
        return available_differences(self.validation, *([] if groups is None else [self.group_of(groups)]))

    def group_of(self, groups: Groups) -> dict[str, str]:
        """Return the group of every outlet that has one; `groups` as in `differences`."""
        from compare.outlets.groups import grouped

        members = grouped(groups, self.outlet_stories["outlet"].unique().tolist(), least=2)
        return {outlet: group for group, outlets in members.items() for outlet in outlets}

    @cached_property
    def omissions(self) -> Omissions:
        """Queries about omissions: claims that outlets or groups leave out, and predictors of omission."""
        return Omissions(self)

    @cached_property
    def wording(self) -> Wording:
        """Queries about how outlets word the claims that two of them carry."""
        return Wording(self)

    @cached_property
    def map(self) -> Likeness:
        """Queries about how alike outlets are in what they carry."""
        return Likeness(self)

    @cached_property
    def figures(self) -> CorpusFigures:
        """The corpus as plotly figures."""
        from compare.report.figures.corpus_figures import CorpusFigures

        return CorpusFigures(self)

    @cached_property
    def outlet_stories(self) -> pd.DataFrame:
        """The OUTLET_STORIES table: what each outlet did in each story, as counts.

        Raises:
            InputError: it is missing or damaged in a story, or is not of the outlets of that story's articles.
        """
        if self.unvalidated is not None:
            return self.unvalidated.outlet_stories
        named = {story: self.manifest.stories[story] for story in self.stories}
        counts = OUTLET_STORIES.frame(read_stories_table(self.folder, named, OUTLET_STORIES.name))
        told = self.table("articles", ["outlet"]).drop_duplicates()
        there = {(*pair, version) for pair in told.itertuples(index=False) for version in VERSIONS}
        found = set(counts[["story_id", "outlet", "version"]].itertuples(index=False, name=None))
        if odd := sorted(there ^ found):
            place = self.folder / "stories" / self.manifest.stories[odd[0][0]] / f"{OUTLET_STORIES.name}.parquet"
            raise InputError(
                f"{place}: is not of the outlets of its articles ({shortened(odd[0][1])}); the run is damaged: "
                "compare its articles again."
            )
        return counts

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
            groups: the group of each outlet, such as its leaning: a mapping, a Series by outlet, or a DataFrame with
                the column outlet and one other.
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
        """Return which outlets cover which stories: a row per story (index story_id), a column per outlet, booleans."""
        import pandas as pd

        counts = self.outlet_stories
        grid = pd.crosstab(counts["story_id"], counts["outlet"]) > 0
        return grid.reindex(index=self.stories, columns=counts["outlet"].unique())

    def __repr__(self) -> str:
        waiting = len(self.manifest.stories) - len(self.stories) - len(self.failed)
        more = [f"{len(self.failed)} failed"] if self.failed else []
        more += [f"{waiting} not done"] if waiting else []
        trust = NOT_VALIDATED if self.validation is None else self.validation.sentence
        return f"<Corpus of {', '.join([count(len(self.stories), 'story'), *more])}; {trust}>"

    def _repr_html_(self) -> str:
        from compare.report.record.page import record_in_short

        return record_in_short(repr(self)[1:-1], self.outlets)

    def report(self, path: str | Path, *, validation: Validation | None = None, groups: Groups | None = None) -> Path:
        """Write the outlets' record as one HTML file that opens offline, or as a folder with a page for every story.

        Args:
            path: the file; or the folder: an existing one, or a name that ends in a slash or has no ending such as
                .html. In a folder, `index.html` has the record and `stories/` has the stories' pages. A folder that
                holds anything else is not changed.
            validation: coders' answers on a sample of this run's decisions; see `with_validation`.
            groups: the group of each outlet, to compare them too; see `differences`.

        Returns:
            The record's path.

        Raises:
            InputError: the place cannot be written to or holds something else, the labels are of another run, or the
                groups cannot be used.
        """
        from compare.corpus.results import results_of
        from compare.report.record.page import names_a_folder, write_folder, write_record

        self.need_text()
        corpus = self if validation is None else self.with_validation(validation)
        if not names_a_folder(path):
            return write_record(results_of(corpus, groups), path)
        return write_folder(results_of(corpus, groups), map(corpus.story, corpus.stories), path)

    def export(self, folder: str | os.PathLike[str], *, validation: Validation | None = None, **options: Any) -> Path:
        """Write a data set as `Comparison.export` does: the tables of all stories, and each outlet's record.

        Args:
            folder: created if it does not exist.
            validation: coders' answers on a sample of this run's decisions; the rates are corrected with them.
            options: as in `Comparison.export`.
        """
        from compare.export.bundle import corpus_contents, write_bundle

        self.need_text()
        return write_bundle(partial(corpus_contents, self, validation), folder, **options)


def _by_story(frame: pd.DataFrame, stories: Iterable[str], names: list[str]) -> dict[str, pd.DataFrame]:
    """Split a table of several stories, each with a fresh index; drop story_id unless it is the table's own."""
    rows: Mapping[Any, Any] = frame.groupby("story_id", sort=False).indices
    kept = frame if "story_id" in names else frame.drop(columns="story_id")
    return {story: kept.take(rows.get(story, [])).reset_index(drop=True) for story in stories}
