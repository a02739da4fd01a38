"""What one asks about who leaves out what."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from compare.corpus.stored import WIRE_OF, StoredStories

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.groups import Groups


class AboutOmissions(StoredStories):
    """Which claims go missing where, and what omission goes with."""

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

        stories = self.each_counted({"wire": WIRE_OF, "claims": ["claim_id", "claim"]})
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

        self.need_text()
        stories = self.each_counted(
            {
                "wire": WIRE_OF,
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

        claims = self._traits(version) if lead is None else self.traits(lead=lead, version=version)
        return omission_table(claims, groups, traits=traits)

    def _traits(self, version: str) -> pd.DataFrame:
        """The usual traits, kept: a model of all outlets and one by group read the same."""
        if version not in self._kept:
            self._kept[version] = self.traits(version=version)
        return self._kept[version]

    @cached_property
    def _kept(self) -> dict[str, pd.DataFrame]:
        return {}

    @cached_property
    def _outlets(self) -> list[str]:
        return list(self.table("wire", ["outlet"])["outlet"].unique())
