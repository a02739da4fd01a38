"""What one asks about how outlets word what they share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from compare.corpus.stored import StoredStories

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.outlets.groups import Groups
    from compare.outlets.wording.told import Told


class AboutWording(StoredStories):
    """How outlets word the claims that two of them carry."""

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
        self.need_text()
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

        self.need_text()
        return Told(**{name: self.table(name, columns) for name, columns in COLUMNS.items()})
