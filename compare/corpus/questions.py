"""Questions about many stories besides the outlets' rates: omissions, wording, likeness."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from compare.errors import says_what_is_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from compare.corpus.store import RunManifest
    from compare.outlets.distances import Shared
    from compare.outlets.groups import Groups
    from compare.outlets.wording.sides import ComparedSides
    from compare.outlets.wording.told import Told

_WIRE = ["article_id", "outlet", "group_id"]


class StoriesTables(Protocol):
    """The tables of many stories on which the questions are asked, as `Corpus` has them."""

    @property
    def manifest(self) -> RunManifest: ...  # noqa: D102
    def need_text(self) -> None: ...  # noqa: D102
    def table(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame: ...  # noqa: D102
    def each_counted(  # noqa: D102
        self, columns: dict[str, list[str] | None]
    ) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]: ...


@says_what_is_missing
class Omissions:
    """Which claims are missing where, and which traits of claims go with omission: `corpus.omissions`.

    `groups` is the group of each outlet, as in `Corpus.differences`; `version` is "printed", or "collapsed" with wire
    copies as one voice.
    """

    def __init__(self, corpus: StoriesTables) -> None:
        self._corpus = corpus
        self._usual: dict[str, pd.DataFrame] = {}

    def gaps(self, groups: Groups, *, version: str = "printed") -> pd.DataFrame:
        """List the claims that one group of outlets carries more than another, the strongest evidence first.

        Returns:
            The GAPS table. With few outlets in a group, a single claim proves little; `warning` says so.

        Raises:
            InputError: there is no such version, or the groups cannot be used.
        """
        from compare.outlets.gaps import claim_gaps

        stories = self._corpus.each_counted({"wire": _WIRE, "claims": ["claim_id", "claim"]})
        return claim_gaps(stories, groups, self._outlets, version=version)

    def traits(self, *, lead: str | None = None, version: str = "printed") -> pd.DataFrame:
        """Return the traits of every claim, as each outlet of its story could see them.

        Args:
            lead: the outlet with which claims may agree or not; if None, in each story the one that published first, or
                the one with most of the claims if no time is known.
            version: see the class.

        Returns:
            The CLAIM_TRAITS table: the data of `model`.

        Raises:
            InputError: there is no such outlet or version.
        """
        from compare.outlets.traits import claim_traits

        self._corpus.need_text()
        stories = self._corpus.each_counted(
            {
                "wire": _WIRE,
                "claims": ["claim_id", "claim", "speaker"],
                "quotes": ["claim_id", "outlet", "sentence_id", "speaker", "resolved", "state"],
                "sentences": ["sentence_id", "quoted"],
                "articles": ["article_id", "outlet", "published"],
            }
        )
        return claim_traits(stories, self._outlets, lead=lead, version=version)

    def model(
        self,
        groups: Groups | None = None,
        *,
        traits: Sequence[str] | None = None,
        lead: str | None = None,
        version: str = "printed",
    ) -> pd.DataFrame:
        """Regress omission on the traits of claims; needs the extra `stats`.

        Args:
            groups: each trait then has a coefficient for each group, and rows for how far the groups differ.
            traits: columns of `traits()`; None for all.
            lead: as in `traits`.
            version: see the class.

        Returns:
            The OMISSION_MODEL table: log odds, odds ratios, and percentage points, with intervals.

        Raises:
            InputError: there is no such trait, outlet or version, the groups cannot be used, or there are not two
                stories and two outlets.
            MissingExtraError: statsmodels is not installed.
        """
        from compare.outlets.omission import omission_table

        if lead is not None:
            return omission_table(self.traits(lead=lead, version=version), groups, traits=traits)
        if version not in self._usual:  # kept because a model of all outlets and one by group read the same traits
            self._usual[version] = self.traits(version=version)
        return omission_table(self._usual[version], groups, traits=traits)

    @cached_property
    def _outlets(self) -> list[str]:
        return list(self._corpus.table("wire", ["outlet"])["outlet"].unique())


@says_what_is_missing
class Wording:
    """How outlets word the claims that two of them carry: `corpus.wording`.

    `groups` is the group of each outlet, as in `Corpus.differences`; `version` is "printed", or "collapsed" with wire
    copies as one voice. Text inside quotation marks is not the outlet's own wording and is left out; parts of claims do
    not count separately. All methods raise an `InputError` if there is only one outlet or the groups cannot be used.
    """

    def __init__(self, corpus: StoriesTables) -> None:
        self._corpus = corpus

    def terms(
        self, one: str, other: str | None = None, *, groups: Groups | None = None, version: str = "printed"
    ) -> pd.DataFrame:
        """Compare the words in which two outlets, or groups, tell the claims that both carry.

        Args:
            one: an outlet; with groups, a group.
            other: another outlet or group; None for all others together.
            groups: see the class.
            version: see the class.

        Returns:
            The TERMS table: words and two-word terms, those that `one` prefers first.

        Raises:
            InputError: a name is unknown, or the two share no claim.
        """
        from compare.outlets.wording.sides import two_sides
        from compare.outlets.wording.terms import terms_table

        sides = two_sides(self._sides(groups, version), one, other)
        return terms_table(self._told, sides, seed=self._seed)

    def attributions(
        self, *, groups: Groups | None = None, version: str = "printed", by_speaker: bool = False
    ) -> pd.DataFrame:
        """Compare how each pair of outlets, or groups, attributes the quotations that both give.

        Args:
            groups: see the class.
            version: see the class.
            by_speaker: also compare by the quoted speaker.

        Returns:
            The ATTRIBUTIONS table: neutral, doubting and factive cues, hedges, and single verbs.
        """
        from compare.outlets.wording.attributions import COLUMNS, attributions_table
        from compare.outlets.wording.sides import all_sides

        self._corpus.need_text()
        tables = {name: self._corpus.table(name, columns) for name, columns in COLUMNS.items()}
        sides = all_sides(tables["articles"]["outlet"].unique().tolist(), groups, version)
        return attributions_table(tables, sides, by_speaker=by_speaker, seed=self._seed)

    def passives(
        self, *, groups: Groups | None = None, version: str = "printed", verbs: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Compare who is said to act when two outlets, or groups, tell the same act with the same verb.

        Args:
            groups: see the class.
            version: see the class.
            verbs: only these, in any form: ["killed", "shot"].

        Returns:
            The PASSIVES table: a row for each pair.

        Raises:
            InputError: verbs is not a list.
        """
        from compare.outlets.wording.passives import passives_table

        return passives_table(self._told, self._sides(groups, version), verbs=verbs, seed=self._seed)

    def naming(self, *, groups: Groups | None = None, version: str = "printed") -> pd.DataFrame:
        """Compare what each pair of outlets, or groups, calls the same party in the same claims.

        Returns:
            The NAMINGS table, the most frequent first.
        """
        from compare.outlets.wording.naming import naming_table

        return naming_table(self._told, self._sides(groups, version), seed=self._seed)

    def _sides(self, groups: Groups | None, version: str) -> ComparedSides:
        from compare.outlets.wording.sides import all_sides

        return all_sides(self._told.outlets, groups, version)

    @property
    def _seed(self) -> int:
        return self._corpus.manifest.seed

    @cached_property
    def _told(self) -> Told:
        """The clauses of all shared claims, read once because all questions on wording need them."""
        from compare.outlets.wording.told import COLUMNS, Told

        self._corpus.need_text()
        return Told(**{name: self._corpus.table(name, columns) for name, columns in COLUMNS.items()})


@says_what_is_missing
class Likeness:
    """Which outlets are alike in what they carry: `corpus.map`.

    `version` is "printed", or "collapsed" with wire copies as one voice; `measure` is "corrected" for distances beyond
    chance, which need three outlets in a story, or "jaccard".
    """

    def __init__(self, corpus: StoriesTables) -> None:
        self._corpus = corpus
        self._pairs: dict[str, Shared] = {}

    def distances(self, *, version: str = "printed") -> pd.DataFrame:
        """Return how far apart each pair of outlets is in what they carry, and how much of that is beyond chance.

        Returns:
            The DISTANCES table, with intervals, p_value and q_value.

        Raises:
            InputError: there is no such version, or only one outlet.
        """
        from compare.outlets.distances import distances_table

        return distances_table(self._counted(version), version=version, seed=self._corpus.manifest.seed)

    def places(self, *, measure: str = "corrected", version: str = "printed") -> pd.DataFrame:
        """Place the outlets on a map: close to each other if they carry the same claims.

        Returns:
            The MAP table, with the ellipses of resampled stories.

        Raises:
            InputError: there is no such measure or version, or no two outlets can be compared.
        """
        from compare.outlets.mapping import map_table

        return map_table(self._counted(version), measure=measure, version=version, seed=self._corpus.manifest.seed)

    def dendrogram(self, *, measure: str = "corrected", version: str = "printed") -> pd.DataFrame:
        """Cluster the outlets, nearest first: the DENDROGRAM table, with the support of each merge.

        Raises:
            InputError: as for `places`.
        """
        from compare.outlets.mapping import dendrogram_table

        pairs, seed = self._counted(version), self._corpus.manifest.seed
        return dendrogram_table(pairs, measure=measure, version=version, seed=seed)

    def _counted(self, version: str) -> Shared:
        """Return what each pair of outlets shares, counted once for each version."""
        from compare.outlets.distances import pair_counts, read_carriage

        if version not in self._pairs:
            tables = self._corpus.each_counted({"wire": _WIRE})
            grid = read_carriage([(story, held["coverage"], held["wire"]) for story, held in tables], version)
            self._pairs[version] = pair_counts(grid)
        return self._pairs[version]
