"""Many stories and the questions one asks of all of them."""

from __future__ import annotations

import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from compare.corpus.store import read_manifest, read_settings
from compare.corpus.stored import StoredStories
from compare.errors import InputError, InputWarning
from compare.tables import OUTLET_STORIES

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import pandas as pd

    from compare.language.vectors import Encoder
    from compare.matching.reader import Reader
    from compare.outlets.groups import Groups
    from compare.outlets.map.likeness import Likeness
    from compare.outlets.wording.told import Told
    from compare.report.figures.corpus import CorpusFigures

# What of a story's tables tells who carries what.
_STATES = ("claim_id", "outlet", "state", "sentence_id", "position")
_WIRE = ("article_id", "outlet", "group_id")


class Corpus(StoredStories):
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
            for story, tables in self.each({"coverage": _STATES, "wire": _WIRE, "quotes": None})
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

    def distances(self, *, version: str = "printed") -> pd.DataFrame:
        """Tell how far apart every two outlets are in what they carry, and what of it is beyond chance.

        Args:
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The DISTANCES table, with intervals, p_value and q_value.

        Raises:
            InputError: there is no such version, or only one outlet.
        """
        from compare.outlets.map.distances import distances_table

        return distances_table(self._likeness.pairs(version), version=version, seed=self.manifest.seed)

    def map(self, *, measure: str = "corrected", version: str = "printed") -> pd.DataFrame:
        """Draw the outlets as points, near one another where they carry the same claims.

        Args:
            measure: "corrected" for distances beyond chance, which need three outlets in a story, or "jaccard".
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The MAP table, with the ellipses of resampled stories.

        Raises:
            InputError: there is no such measure or version, or no two outlets can be compared.
        """
        from compare.outlets.map.chart import map_table

        return map_table(self._likeness.pairs(version), measure=measure, version=version, seed=self.manifest.seed)

    def dendrogram(self, *, measure: str = "corrected", version: str = "printed") -> pd.DataFrame:
        """Join the outlets, nearest first, and tell how sure each merge is.

        Args:
            measure: as for `map`.
            version: as for `map`.

        Returns:
            The DENDROGRAM table.

        Raises:
            InputError: as for `map`.
        """
        from compare.outlets.map.chart import dendrogram_table

        pairs = self._likeness.pairs(version)
        return dendrogram_table(pairs, measure=measure, version=version, seed=self.manifest.seed)

    def positions(self, *, anchor: tuple[str, str] | None = None, version: str = "printed") -> pd.DataFrame:
        """Place the outlets on the one dimension that explains best which claims each carries.

        Args:
            anchor: an outlet to stand left and one to stand right of it; if None, the outlet furthest from the
                middle stands right.
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The POSITIONS table. Where the data know of no dimension, `warning` says so and there are no intervals.

        Raises:
            InputError: there is no such version, only one outlet, or no such outlet.
        """
        from compare.outlets.map.positions import positions_table, turned

        grid, found = self._likeness.dimension(version)
        return positions_table(grid, turned(found, grid.outlets, anchor), version=version)

    def claim_sides(self, *, anchor: tuple[str, str] | None = None, version: str = "printed") -> pd.DataFrame:
        """Tell which end of the outlets' dimension tends to carry each claim.

        Args:
            anchor: as for `positions`.
            version: as for `positions`.

        Returns:
            The CLAIM_SIDES table.

        Raises:
            InputError: as for `positions`, or there is no claim to place.
        """
        from compare.outlets.map.positions import claim_sides_table, turned

        grid, found = self._likeness.dimension(version)
        return claim_sides_table(grid, turned(found, grid.outlets, anchor), version=version)

    @cached_property
    def _likeness(self) -> Likeness:
        from compare.outlets.map.likeness import Likeness

        return Likeness(self.each({"coverage": _STATES, "wire": _WIRE}), self.manifest.seed)

    def gaps(self, groups: Groups, *, version: str = "printed") -> pd.DataFrame:
        """List the claims that one group of outlets carries more than another, the strongest evidence first.

        Args:
            groups: the group of each outlet, as in `differences`.
            version: "printed", or "collapsed" with outlets of a group that run one text as one.

        Returns:
            The GAPS table. With few outlets in a group a claim by itself proves little; `warning` says so.

        Raises:
            InputError: there is no such version, or the groups cannot be used.
        """
        from compare.outlets.gaps import claim_gaps

        stories = self.each({"coverage": _STATES, "wire": _WIRE, "claims": ["claim_id", "claim"]})
        return claim_gaps(stories, groups, self._outlets, version=version)

    def traits(self, *, lead: str | None = None, version: str = "printed") -> pd.DataFrame:
        """Tell what kind of claim each claim is, as it stands before each outlet of its story.

        Args:
            lead: the outlet with which claims may agree or not; if None, of each story the one that published
                first, or where no time is known the one with most of the claims.
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The CLAIM_TRAITS table: the data of `omission_model`.

        Raises:
            InputError: there is no such outlet or version.
        """
        from compare.outlets.traits import claim_traits

        stories = self.each(
            {
                "coverage": _STATES,
                "wire": _WIRE,
                "claims": ["claim_id", "claim", "speaker"],
                "quotes": ["claim_id", "outlet", "sentence_id", "speaker", "resolved", "state"],
                "sentences": ["sentence_id", "quoted"],
                "articles": ["article_id", "outlet", "published"],
            }
        )
        return claim_traits(stories, self._outlets, lead=lead, version=version)

    def omission_model(
        self,
        groups: Groups | None = None,
        *,
        traits: Sequence[str] | None = None,
        lead: str | None = None,
        version: str = "printed",
    ) -> pd.DataFrame:
        """Regress what outlets leave out on the traits of claims; needs the extra `stats`.

        Args:
            groups: the group of each outlet, as in `differences`; each trait then has a coefficient in each group,
                and a row says how far they differ.
            traits: columns of `traits()`; None for all.
            lead: as in `traits`.
            version: "printed", or "collapsed" with wire copies as one voice.

        Returns:
            The OMISSION_MODEL table: log odds, odds ratios, and percentage points, with intervals.

        Raises:
            InputError: there is no such trait, outlet or version, the groups cannot be used, or there are not two
                stories and two outlets.
            MissingExtraError: statsmodels is not installed.
        """
        from compare.outlets.omission import omission_table

        return omission_table(self.traits(lead=lead, version=version), groups, traits=traits)

    @cached_property
    def _outlets(self) -> list[str]:
        return list(self.table("wire", ["outlet"])["outlet"].unique())

    def wording(  # noqa: PLR0913 - whom, what, and how
        self,
        one: str,
        other: str | None = None,
        *,
        groups: Groups | None = None,
        version: str = "printed",
        quotations: bool = False,
        prior: float | None = None,
    ) -> pd.DataFrame:
        """Compare the words in which two outlets, or groups, tell the claims that both carry.

        Args:
            one: an outlet; with groups, a group.
            other: another; if left out, all others together.
            groups: the group of each outlet, as in `differences`.
            version: "printed", or "collapsed" with wire copies as one voice.
            quotations: also count what stands inside quotation marks.
            prior: words that the prior weighs as much as (alpha_0 of Monroe, Colaresi & Quinn 2008); usually 1,000.

        Returns:
            The TERMS table: words and two-word terms, those that `one` prefers first.

        Raises:
            InputError: a name is unknown, the two share no claim, or the groups cannot be used.
        """
        from compare.outlets.wording.sides import all_sides, two_sides
        from compare.outlets.wording.terms import PRIOR_WORDS, terms_table

        sides = two_sides(all_sides(self._told.outlets, groups, version), one, other)
        weight = PRIOR_WORDS if prior is None else prior
        return terms_table(self._told, sides, quotations=quotations, prior=weight, seed=self.manifest.seed)

    def attributions(
        self, *, groups: Groups | None = None, version: str = "printed", by_speaker: bool = False
    ) -> pd.DataFrame:
        """Compare how every two outlets, or groups, attribute the quotations that both give.

        Args:
            groups: the group of each outlet, as in `differences`.
            version: "printed", or "collapsed" with wire copies as one voice.
            by_speaker: also by who is quoted.

        Returns:
            The ATTRIBUTIONS table: neutral, doubting and factive cues, hedges, and single verbs.

        Raises:
            InputError: there is one outlet alone, or the groups cannot be used.
        """
        from compare.outlets.wording.attributions import COLUMNS, attributions_table
        from compare.outlets.wording.sides import all_sides

        tables = {name: self.table(name, columns) for name, columns in COLUMNS.items()}
        sides = all_sides(tables["articles"]["outlet"].unique().tolist(), groups, version)
        return attributions_table(tables, sides, by_speaker=by_speaker, seed=self.manifest.seed)

    def passives(
        self,
        *,
        groups: Groups | None = None,
        version: str = "printed",
        verbs: Sequence[str] | None = None,
        quotations: bool = False,
    ) -> pd.DataFrame:
        """Compare who is said to act where two outlets, or groups, tell the same act with the same verb.

        Args:
            groups: the group of each outlet, as in `differences`.
            version: "printed", or "collapsed" with wire copies as one voice.
            verbs: only these, in any form: ["killed", "shot"].
            quotations: also what stands inside quotation marks.

        Returns:
            The PASSIVES table: a row for every two.

        Raises:
            InputError: there is one outlet alone, verbs is no list, or the groups cannot be used.
        """
        from compare.outlets.wording.passives import passives_table
        from compare.outlets.wording.sides import all_sides

        sides = all_sides(self._told.outlets, groups, version)
        return passives_table(self._told, sides, verbs=verbs, quotations=quotations, seed=self.manifest.seed)

    def naming(
        self,
        *,
        groups: Groups | None = None,
        version: str = "printed",
        every: bool = False,
        quotations: bool = False,
    ) -> pd.DataFrame:
        """Compare what every two outlets, or groups, call the same party in the same claims.

        Args:
            groups: the group of each outlet, as in `differences`.
            version: "printed", or "collapsed" with wire copies as one voice.
            every: any words in the same place, not only nouns for persons and groups.
            quotations: also what stands inside quotation marks.

        Returns:
            The NAMINGS table, the most frequent first.

        Raises:
            InputError: there is one outlet alone, or the groups cannot be used.
        """
        from compare.outlets.wording.naming import naming_table
        from compare.outlets.wording.sides import all_sides

        sides = all_sides(self._told.outlets, groups, version)
        return naming_table(self._told, sides, every=every, quotations=quotations, seed=self.manifest.seed)

    @cached_property
    def _told(self) -> Told:
        """The clauses of all shared claims; read once, because every question of wording is asked of them."""
        from compare.outlets.wording.told import COLUMNS, Told

        return Told(**{name: self.table(name, columns) for name, columns in COLUMNS.items()})

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
