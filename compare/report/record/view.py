"""The results in the form the page reads: outlets in one order, numbered alike in every part; estimates as text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil, floor, isnan
from typing import TYPE_CHECKING, Any

from compare.language.languages import code_of
from compare.report.wording import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from markupsafe import Markup

    from compare.corpus.results import Results

LEVEL = 0.05  # a difference with q below this is beyond chance
WIDTH = 120  # of a drawing, in its own units
NOTHING = "\u2013"
_STEP = 0.1  # scales begin and end at multiples of it


@dataclass(frozen=True)
class Said:
    """An example sentence: who says it, its text with the words in question highlighted, and its story."""

    who: str
    text: Markup
    story: str


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval; nan if there is none."""

    value: float
    low: float = float("nan")
    high: float = float("nan")
    warning: str = ""
    validated: bool = False

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return not isnan(self.value)

    @property
    def bounded(self) -> bool:
        """Whether it has an interval."""
        return not (isnan(self.low) or isnan(self.high))

    @property
    def turned(self) -> Estimate:
        """The same difference in the other direction."""
        return replace(self, value=-self.value, low=-self.high, high=-self.low)

    @property
    def share(self) -> str:
        """The value as a share in percent."""
        return f"{100 * self.value:.0f}\u00a0%" if self.known else NOTHING

    @property
    def share_range(self) -> str:
        """The interval of a share, in percent."""
        return f"{100 * self.low:.0f}\u2013{100 * self.high:.0f}" if self.bounded else ""

    @property
    def number(self) -> str:
        """The value as a mean between 0 and 1."""
        return f"{self.value:.2f}" if self.known else NOTHING

    @property
    def number_range(self) -> str:
        """The interval of a mean."""
        return f"{self.low:.2f}\u2013{self.high:.2f}" if self.bounded else ""

    @property
    def points(self) -> str:
        """The value as a difference in percentage points, with its sign."""
        return signed(self.value) if self.known else NOTHING

    @property
    def bracketed(self) -> str:
        """The interval of a difference as written at the start of a bracket; empty if there is none."""
        return f"95 % interval {self.points_range.replace('+', '')}; " if self.bounded else ""

    @property
    def points_range(self) -> str:
        """The interval of a difference, in percentage points."""
        return f"{signed(self.low)} to {signed(self.high)}" if self.bounded else ""


def signed(share: float) -> str:
    """Return a difference of shares in percentage points with a plus or minus sign; 0 has none."""
    rounded = round(100 * share)
    return f"+{rounded}" if rounded > 0 else f"\u2212{-rounded}" if rounded else "0"


def small(p: float) -> str:
    """Return a p-value as text: `.034`, `< .001`."""
    if isnan(p):
        return NOTHING
    return "<\u00a0.001" if p < 0.001 else f"{p:.3f}".removeprefix("0")


def tested(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a row's test: p and q as text, and whether the difference is beyond chance."""
    return {"p": small(row["p_value"]), "q": small(row["q_value"]), "certain": bool(row["q_value"] < LEVEL)}


@dataclass(frozen=True)
class Scale:
    """The common scale of a column of drawings: the values at its two ends."""

    start: float
    end: float

    def at(self, value: float) -> int:
        """Return where a value is drawn."""
        return round(WIDTH * (min(max(value, self.start), self.end) - self.start) / (self.end - self.start))

    @property
    def ends(self) -> str:
        """The ends in words."""
        return f"from {100 * self.start:.0f} to {100 * self.end:.0f}".replace("-", "\u2212")


def scale_of(estimates: Iterable[Estimate], *, zero: bool = False) -> Scale:
    """Fit a scale to all estimates in a column, and to 0 if `zero` is set."""
    ends = [end for one in estimates for end in (one.value, one.low, one.high, *([0.0] if zero else []))]
    values = [end for end in ends if not isnan(end)]
    start = _STEP * floor(round(min(values, default=0) / _STEP, 6))
    end = _STEP * ceil(round(max(values, default=1) / _STEP, 6))
    return Scale(round(start, 6), round(max(end, start + _STEP), 6))


@dataclass(frozen=True)
class Outlet:
    """An outlet: its place in the page's order, and its rows of the OUTLETS table."""

    number: int
    name: str
    printed: Mapping[Any, Any]
    collapsed: Mapping[Any, Any]


@dataclass(frozen=True)
class ToldStory:
    """A story: its id, first headline and date, and the outlets (as numbers) that cover it."""

    story_id: str
    headline: str
    day: str
    articles: int
    outlets: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Record:
    """The data for every part of the page; `pages` links to the stories' pages, unless the record stands alone."""

    results: Results
    pages: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def outlets(self) -> list[Outlet]:
        """The outlets as the toolkit decides, those that carry most first; outlets without an interval come last."""
        order = self.results.decided_outlets.query("version == 'printed'")
        order = order.assign(unsure=order["low"].isna()).sort_values(
            ["unsure", "rate"], ascending=[True, False], kind="stable", na_position="last"
        )
        rows = {(row["outlet"], row["version"]): row for row in self.results.outlets.to_dict("records")}
        return [
            Outlet(number, name, rows[name, "printed"], rows[name, "collapsed"])
            for number, name in enumerate(order["outlet"], 1)
        ]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Every outlet's number."""
        return {outlet.name: outlet.number for outlet in self.outlets}

    @cached_property
    def languages(self) -> Mapping[Any, set[str]]:
        """The languages in which each outlet writes."""
        articles = self.results.articles
        return articles["language"].map(code_of).groupby(articles["outlet"]).agg(set).to_dict()

    def in_one_language(self, one: str, other: str) -> bool:
        """Whether two outlets share a language; across languages nothing is compared."""
        return bool(self.languages[one] & self.languages[other])

    @cached_property
    def estimates(self) -> dict[tuple[str, str, str], Estimate]:
        """The rates by outlet, measure and version; corrected if they are validated."""
        return _estimates(self.results.rates)

    @cached_property
    def as_decided(self) -> dict[tuple[str, str, str], Estimate]:
        """The rates as the toolkit decides, by outlet, measure and version."""
        return _estimates(self.results.decided_rates)

    @cached_property
    def stories(self) -> list[ToldStory]:
        """The stories, the earliest first; stories without a date last, in the order of the articles."""
        ordered = self.results.articles.sort_values("published", kind="stable", na_position="last")
        found = []
        for story_id, rows in ordered.groupby("story_id", sort=False):
            titles = [plain(title) for title in rows["title"].dropna() if plain(title)]
            numbers = sorted({self.numbers[outlet] for outlet in rows["outlet"]})
            day = "" if rows["published"].isna().all() else f"{rows['published'].min():%Y-%m-%d}"
            found.append(ToldStory(str(story_id), titles[0] if titles else "", day, len(rows), tuple(numbers)))
        return found


def _estimates(rates: pd.DataFrame) -> dict[tuple[str, str, str], Estimate]:
    columns = ["outlet", "measure", "version", "rate", "low", "high", "warning", "validated"]
    return {(row[0], row[1], row[2]): Estimate(*row[3:]) for row in rates[columns].itertuples(index=False, name=None)}
