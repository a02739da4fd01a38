"""The tables of one story, and methods that query them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Literal

from compare.errors import InputError, count, says_what_is_missing, way_out
from compare.tables import CARRIED, STATES, STORY_TABLES, counted, top_claims, with_parts

if TYPE_CHECKING:
    import os
    from pathlib import Path

    import pandas as pd

    from compare.claims.codebook import Claims
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen
    from compare.settings import Settings


@says_what_is_missing
@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """One story at several outlets: which outlet carries, changes or leaves out which claim.

    The tables are plain DataFrames, described column by column in `compare.tables`. `wordings` exists if the
    claims came from a codebook.

    `reader` is the reader for `track`; `reader_name` is the reader of this comparison as manifests name it: the
    shipped reader by its name and fingerprint, a language model by its name and host, another by its class, or None.
    """

    story_id: str
    articles: pd.DataFrame
    sentences: pd.DataFrame
    matches: pd.DataFrame
    claims: pd.DataFrame
    mentions: pd.DataFrame
    coverage: pd.DataFrame
    conflicts: pd.DataFrame
    quotes: pd.DataFrame
    wire: pd.DataFrame
    headlines: pd.DataFrame
    settings: Settings
    encoder: Encoder | None = None
    reader: Chosen = None
    reader_name: str | None = None
    boilerplate: pd.DataFrame | None = None
    wordings: pd.DataFrame | None = None

    @property
    def outlets(self) -> list[str]:
        """The outlets, in the articles' order."""
        return list(dict.fromkeys(self.articles["outlet"]))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name, each with exactly the columns that `compare.tables` describes."""
        return {table.name: table.frame(getattr(self, table.name)) for table in STORY_TABLES}

    @property
    def encoder_name(self) -> str | None:
        """The class name of a user's own encoder, as in manifests."""
        from compare.matching.reader import class_name

        return class_name(self.encoder)

    def matrix(self, *, parts: bool = False) -> pd.DataFrame:
        """States as a grid: a row per claim (index claim_id, most salient first), a column per outlet.

        Args:
            parts: whether the parts of each claim follow it; leave them out when counting rows.
        """
        grid = self.coverage.pivot(index="claim_id", columns="outlet", values="state")
        claims = with_parts(self.claims) if parts else top_claims(self.claims)
        return grid.reindex(index=claims["claim_id"], columns=self.outlets)

    def summary(self) -> pd.DataFrame:
        """Count each outlet's decisions on claims, without parts.

        Returns:
            A row per outlet, in the articles' order: outlet, claims (of the whole story), carried,
            one column per state, only_here (claims that every other outlet leaves out).
        """
        import pandas as pd

        coverage = self._counted["coverage"]
        counts = pd.crosstab(coverage["outlet"], coverage["state"])
        counts = counts.reindex(index=self.outlets, columns=list(STATES), fill_value=0)
        counts.insert(0, "claims", len(self._counted["claims"]))
        counts.insert(1, "carried", counts[list(CARRIED)].sum(axis=1))
        counts["only_here"] = [len(self.only_in(outlet)) for outlet in self.outlets]
        counts.columns.name = None
        return counts.rename_axis("outlet").reset_index()

    def lineage(self, previous: Comparison) -> pd.DataFrame:
        """Trace each claim of an earlier comparison of this story: kept, renamed, merged, split or gone.

        Returns:
            Columns old_id, new_id, relation, clauses (members of the old claim that are members of the new one).

        Raises:
            InputError: `previous` is not a comparison.
        """
        from compare.claims.lineage import lineage, members

        return lineage(*(members(story.articles, story.mentions) for story in (earlier(previous), self)))

    @property
    def corrections(self) -> pd.DataFrame:
        """The outlets' notes about their own articles, which are not part of the story.

        Corrections, clarifications, later additions and editors' notes, in order of the articles' publication: columns
        article_id, outlet, kind (correction, withdrawal, clarification, update or note), text, start and end in the
        article's text.

        Raises:
            InputError: it was read from a data set without text.
        """
        from compare.reading.articles import by_publication
        from compare.reading.corrections import corrections_table

        self.need_text()
        return corrections_table(self.articles.iloc[by_publication(self.articles)], self.sentences)

    def boilerplate_lines(self) -> dict[str, int]:
        """Count the lines of each outlet that were left out of the story, for outlets that have any.

        They are the rows of ``sentences.query("boilerplate")`` except those of `corrections`.

        Raises:
            InputError: it was read from a data set without text.
        """
        outlets = self.articles.set_index("article_id")["outlet"]
        lines = self.sentences[self.sentences["boilerplate"].astype(bool)]
        for note in self.corrections.to_dict("records"):
            within = (lines["start"] >= note["start"]) & (lines["end"] <= note["end"])
            lines = lines[~(within & (lines["article_id"] == note["article_id"]))]
        counts = lines["article_id"].map(outlets).value_counts()
        return {outlet: int(counts[outlet]) for outlet in self.outlets if outlet in counts.index}

    def claim_rates(self) -> pd.DataFrame:
        """Return how widely each claim is carried, as printed and with wire copies as one voice.

        Returns:
            A row per claim that is not a part, the most salient first: claim_id, outlets, carried, rate, voices,
            carried_voices, rate_collapsed; see `compare.coverage.wire.claim_rates`.
        """
        from compare.coverage.wire import claim_rates

        return claim_rates(self._counted["coverage"], self.wire)

    def outlet_rates(self) -> pd.DataFrame:
        """Return how many claims each outlet carries, by itself and together with outlets that run the same wire text.

        Parts are not counted.

        Returns:
            A row per outlet and voice: outlet, voice, claims, carried, rate, carried_voice,
            rate_collapsed; see `compare.coverage.wire.outlet_rates`.
        """
        from compare.coverage.wire import outlet_rates

        return outlet_rates(self._counted["coverage"], self.wire)

    def omitted_by(self, outlet: str) -> pd.DataFrame:
        """Return the claims that an outlet leaves out although another carries them; for parts see `coverage`.

        Returns:
            Columns claim_id, claim, voices (independent ones that carry it), carriers (outlets that do),
            probability_omitted, nearest (the outlet's sentence that came nearest); the most widely carried first.

        Raises:
            InputError: the story has no such outlet.
        """
        table = self._decided[self._decided["outlet"] == self.outlet_named(outlet)]
        table = table[(table["state"] == "omitted") & (table["carriers"] > 0)]
        table = table.assign(probability_omitted=1 - table["probability"])
        order = ["voices", "carriers", "probability_omitted"]
        table = table.sort_values(order, ascending=False, kind="stable")
        names = ["claim_id", "claim", *order, "nearest"]
        return table.rename(columns={"evidence": "nearest"})[names].reset_index(drop=True)

    def only_in(self, outlet: str) -> pd.DataFrame:
        """Return the claims that this outlet carries and every other one leaves out; for parts see `coverage`.

        Returns:
            Columns claim_id, claim, evidence, position, probability_omitted (at the outlet that comes nearest to
            carrying it: each of the others leaves it out at least as probably; missing if there is no other); in the
            order of the article.

        Raises:
            InputError: the story has no such outlet.
        """
        table = self._decided[self._decided["outlet"] == self.outlet_named(outlet)]
        table = table[table["state"].isin(CARRIED) & (table["elsewhere"] == 0)]
        table = table.rename(columns={"others_omit": "probability_omitted"})
        names = ["claim_id", "claim", "evidence", "position", "probability_omitted"]
        return table.sort_values("position", kind="stable")[names].reset_index(drop=True)

    def codebook(self) -> pd.DataFrame:
        """Return the claims as a codebook: merge, drop, reword or add some, and give it to `compare_story`.

        Returns:
            The CODEBOOK table, a row per claim, the most salient first: claim_id, claim, part_of, keep, merge_into,
            alternative_1 (and more where a claim has more wordings), outlets.
        """
        from compare.claims.codebook import codebook_table

        self.need_text()
        return codebook_table(self.claims, self.wordings)

    def track(self, claims: Claims) -> pd.DataFrame:
        """Track your own claims through this story's articles, as `compare.track_claims` does."""
        from compare.coverage.track import track_claims

        self.need_text()
        return track_claims(
            self.articles,
            claims,
            settings=self.settings,
            encoder=self.encoder,
            reader=self.reader,
            boilerplate=self.boilerplate,
        )

    @property
    def figures(self) -> Any:
        """The story as plotly figures, a `compare.report.figures.story_figures.Figures`: `figures.matrix()`, ..."""
        from compare.report.figures.story_figures import Figures

        self.need_text()
        return Figures(self)

    def report(
        self, path: str | Path, *, validation: Any = None, groups: Any = None, plotly: bool = True, brief: bool = False
    ) -> Path:
        """Write an HTML report, which opens offline, and return its path.

        Args:
            path: the file.
            validation: coders' answers on a sample drawn from this story, or from several including it, as returned by
                `read_sheets`; without it the report says that nobody has checked its decisions.
            groups: a group for each outlet, such as its leaning: a mapping, a Series by outlet, or a DataFrame with
                the column outlet and one other. The report says which groups leave a claim out.
            plotly: whether to include interactive figures; without them the page is 2 MB smaller, for mail, and their
                claims are in a table only.
            brief: whether to write the short form instead, of one or two pages: findings, matrix and method, no groups.

        Raises:
            InputError: the file cannot be written, it is not a validation, the labels are of another run, or the groups
                cannot be used.
        """
        from compare.outlets.groups import grouped
        from compare.report.story.page import write_page

        self.need_text()
        if brief and groups is not None:
            raise InputError("groups are for the whole report; leave out brief=True.")
        return write_page(
            self, path, validation, {} if groups is None else grouped(groups, self.outlets), plotly=plotly, brief=brief
        )

    def export(  # noqa: PLR0913 - each but the folder is optional and named
        self,
        folder: str | os.PathLike[str],
        *,
        text: Literal["none", "full"] = "none",
        key: str | os.PathLike[str] | None = None,
        publish_key: bool = False,
        about: Any = None,
        validation: Any = None,
        force: bool = False,
    ) -> Path:
        """Write a data set: every table as Parquet and CSV, and all that others need to find, cite, load and check it.

        Args:
            folder: created if it does not exist; it must be empty, but see `force`.
            text: "none" leaves out every word of the articles, of claims and quotations, and gives fingerprints
                instead; "full" is for yourself, or for texts that you may share. See docs/sharing.md.
            key: the file with the key of the fingerprints; if None, FOLDER.key beside the folder, which is created if
                it does not exist. Keep it: only its holder can verify that an article is the one that was compared.
            publish_key: put the key into the data set, so that anybody with the articles can verify them.
            about: title, creators, licence and so on: an `About`, or a TOML file of its fields.
            validation: coders' answers on a sample of its decisions, as returned by `read_sheets`.
            force: replace an existing data set.

        Returns:
            The folder.

        Raises:
            InputError: the folder holds something else or cannot be written, the key or `about` cannot be read, the
                labels are of another run, or it was itself read from a data set without text.
        """
        from compare.export.bundle import story_contents, write_bundle

        self.need_text()
        options = {"text": text, "key": key, "publish_key": publish_key, "about": about, "force": force}
        return write_bundle(partial(story_contents, self, validation), folder, **options)

    def need_text(self) -> None:
        """Raise an error unless the articles' text is available.

        Raises:
            InputError: it was read from a data set without text.
        """
        if self.articles["text"].isna().any():
            raise InputError(
                f"story {self.story_id} was read from a data set without text, and this needs the text: "
                "compare the articles themselves."
            )

    def outlet_named(self, name: str) -> str:
        """Return the outlet's exact name; case is ignored where only one outlet can be meant.

        Raises:
            InputError: it has none of this name; it says which there are.
        """
        if name in self.outlets:
            return name
        alike = [outlet for outlet in self.outlets if outlet.casefold() == name.casefold()]
        if len(alike) != 1:
            raise InputError(f"the story has no outlet {name!r}; {way_out(name, self.outlets, 'it has')}")
        return alike[0]

    @cached_property
    def _counted(self) -> dict[str, pd.DataFrame]:
        """The claims and their coverage without parts."""
        return counted({"claims": self.claims, "coverage": self.coverage})

    @cached_property
    def _decided(self) -> pd.DataFrame:
        """Every decision on a claim with what the others do; cached, because a page asks about each outlet.

        Added columns: carriers (outlets that carry the claim), elsewhere (others that do not omit it), others_omit (the
        least probability that another omits it).
        """
        table = self._counted["coverage"].merge(self.claims[["claim_id", "claim", "voices"]], on="claim_id")
        claim, told, omits = table["claim_id"], table["state"] != "omitted", 1 - table["probability"]
        first = ~claim[omits.sort_values().index].duplicated()  # the row with the least probability of each claim
        rest = omits.mask(first).groupby(claim).transform("min")
        return table.assign(
            carriers=table["state"].isin(CARRIED).groupby(claim).transform("sum"),
            elsewhere=told.groupby(claim).transform("sum") - told,
            others_omit=omits.groupby(claim).transform("min").mask(first, rest),
        )

    def __repr__(self) -> str:
        return (
            f"<Comparison of story {self.story_id!r}: {count(len(self.articles), 'article')}, "
            f"{count(len(self.outlets), 'outlet')}, {count(len(self._counted['claims']), 'claim')}>"
        )

    def _repr_html_(self) -> str:
        from html import escape

        from compare.report.story.page import story_html

        if self.articles["text"].isna().any():
            return f"<p>{escape(repr(self))}, without their text</p>"
        return story_html(self)


def earlier(previous: object) -> Comparison:
    """Return the argument if it is an earlier comparison with text.

    Raises:
        InputError: it is something else.
    """
    if not isinstance(previous, Comparison):
        raise InputError(f"previous is a {type(previous).__name__}; give what compare_story returned earlier.")
    previous.need_text()
    return previous
