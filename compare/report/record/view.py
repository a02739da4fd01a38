"""A corpus's tables as its page reads them: outlets in one order, numbered the same in every part."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from compare.report.record.estimates import Estimate
from compare.report.wording import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.corpus.corpus import Corpus
    from compare.outlets.groups import Groups

# What outlets are compared by, all in one family of tests: of what others tell, how much is carried, changed, dropped.
COMPARED = ("carriage", "alteration", "quotations dropped")


@dataclass(frozen=True)
class Outlet:
    """An outlet: its place in the page's order, and its rows of the OUTLETS table."""

    number: int
    name: str
    printed: Mapping[Any, Any]
    collapsed: Mapping[Any, Any]


@dataclass(frozen=True)
class Story:
    """A story: when it was first told, in what words, and by which outlets (their numbers)."""

    story_id: str
    headline: str
    day: str
    articles: int
    outlets: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Record:
    """What every part of the page reads, computed when it is first asked for.

    Attributes:
        corpus: the corpus, with its validation if it has one.
        groups: the group of each outlet, or None.
        pages: where each story's page is, as a link; empty where the record stands alone.
    """

    corpus: Corpus
    groups: Groups | None = None
    pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def decided(self) -> Corpus:
        """The same corpus with all figures as the toolkit decides."""
        return self.corpus.unvalidated or self.corpus

    @cached_property
    def outlets(self) -> list[Outlet]:
        """The outlets, those that carry most first, as the toolkit decides; last those without an interval."""
        order = self.decided.outlets.query("version == 'printed'")
        order = order.assign(unsure=order["low"].isna()).sort_values(
            ["unsure", "rate"], ascending=[True, False], kind="stable", na_position="last"
        )
        rows = {(row["outlet"], row["version"]): row for row in self.corpus.outlets.to_dict("records")}
        return [
            Outlet(number, name, rows[name, "printed"], rows[name, "collapsed"])
            for number, name in enumerate(order["outlet"], 1)
        ]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Every outlet's number."""
        return {outlet.name: outlet.number for outlet in self.outlets}

    @cached_property
    def estimates(self) -> dict[tuple[str, str, str], Estimate]:
        """The rates by outlet, measure and version; corrected where they are validated."""
        return _estimates(self.corpus.rates)

    @cached_property
    def as_decided(self) -> dict[tuple[str, str, str], Estimate]:
        """The rates as the toolkit decides, by outlet, measure and version."""
        return _estimates(self.decided.rates)

    @cached_property
    def copies(self) -> bool:
        """Whether any article is a copy of another outlet's text."""
        return any(outlet.printed["wire"] for outlet in self.outlets)

    @property
    def version(self) -> str:
        """What choices are told from: outlets that run one text choose the same because they copy."""
        return "collapsed" if self.copies else "printed"

    @cached_property
    def differences(self) -> pd.DataFrame | None:
        """Every two outlets, by the measures of COMPARED, as printed; None for an outlet alone."""
        return self._compared("printed")

    @cached_property
    def collapsed_differences(self) -> pd.DataFrame | None:
        """The same with wire copies as one voice; None where there are none."""
        return self._compared("collapsed") if self.copies else None

    def _compared(self, version: str) -> pd.DataFrame | None:
        return self.decided.differences(COMPARED, version=version) if len(self.outlets) > 1 else None

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles without their texts."""
        return self.corpus.table("articles", ["story_id", "outlet", "title", "published"])

    @cached_property
    def stories(self) -> list[Story]:
        """The stories, the earliest first; those without a date last, in the articles' order."""
        ordered = self.articles.sort_values("published", kind="stable", na_position="last")
        found = []
        for story_id, rows in ordered.groupby("story_id", sort=False):
            titles = [plain(title) for title in rows["title"].dropna() if plain(title)]
            first = rows["published"].min()
            numbers = sorted({self.numbers[outlet] for outlet in rows["outlet"]})
            day = "" if rows["published"].isna().all() else f"{first:%Y-%m-%d}"
            found.append(Story(str(story_id), titles[0] if titles else "", day, len(rows), tuple(numbers)))
        return found


def _estimates(rates: pd.DataFrame) -> dict[tuple[str, str, str], Estimate]:
    return {
        (row["outlet"], row["measure"], row["version"]): Estimate(
            row["rate"], row["low"], row["high"], row["warning"], row["validated"]
        )
        for row in rates.to_dict("records")
    }
