"""A stratified sample of decisions, shared out among coders who do not see what the toolkit said.

Decisions are put into bands of the probability that the outlet carries the claim. Within a band every
decision is as likely to be drawn as any other. The bands share the sample so that the rate of carriage
comes out as exactly as it can (Neyman 1934), as if the probabilities were right; every band has its
floor, so that what the toolkit overlooks is found, too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.tables import CARRIED
from compare.validation.decisions import articles_of, decisions_of, fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

_OVERLAP = 50  # units that all coders see unless told: fewer give an alpha that may be anything
# Bounds of the probability bands; the third and fourth are the default cut-offs of the states. What is
# all but certain, such as a claim at the outlet whose words it has, stands apart: it needs few labels.
BANDS = (0.0, 0.1, 0.35, 0.5, 0.8, 0.99, 1.0)
# A band's least share of the sample is this part of an equal share: calibration may fail in any of them.
_FLOOR = 0.4
# The least standard deviation that is expected in a band: errors among the surest decisions are rare,
# but never counted as impossible.
_LEAST_SPREAD = 0.1


@dataclass(frozen=True, eq=False, repr=False)
class Sample:
    """Decisions drawn for coders: what each coder sees, and the key that stays with the researcher.

    Attributes:
        sample_id: identifies the run's decisions and how they were drawn; sheets of another are refused.
        seed: of the random numbers.
        decisions: every decision of the run, with stratum, sampling_probability and, if drawn, unit.
        units: what coders see: unit, claim, headline, article (its text), article_id.
        assigned: each coder's units, in the order in which they are shown.
        overlap: units that every coder gets.
    """

    sample_id: str
    seed: int
    decisions: pd.DataFrame
    units: pd.DataFrame
    assigned: dict[str, list[str]]
    overlap: int

    @property
    def strata(self) -> pd.DataFrame:
        """How the sample is spread: stratum, decisions, units, sampling_probability."""
        groups = self.decisions.groupby("stratum")
        drawn = ("sampling_probability", "first")
        table = groups.agg(decisions=("claim_id", "size"), units=("unit", "count"), sampling_probability=drawn)
        return table.reset_index()

    def needed(self, margin: float = 0.05) -> pd.DataFrame:
        """Say how many units make intervals of plus or minus `margin`; see `units_needed`."""
        return units_needed(self.decisions, self.decisions["stratum"], len(self.units), margin)

    def sheet(self, coder: str) -> pd.DataFrame:
        """What one coder gets: sample, coder, unit, claim, headline, article, code and note, both empty."""
        if coder not in self.assigned:
            raise InputError(f"there is no coder {coder!r}; there are {', '.join(self.assigned)}.")
        shown = self.units.set_index("unit").loc[self.assigned[coder], ["claim", "headline", "article"]].reset_index()
        sheet = shown.assign(sample=self.sample_id, coder=coder, code="", note="")
        return sheet[["sample", "coder", "unit", "claim", "headline", "article", "code", "note"]]

    def write(self, folder: str | Path) -> Path:
        """Write the sheets in every form, the coders' guide, and the key, to a new or empty folder.

        Raises:
            InputError: the folder holds something (answers are never written over) or cannot be written.
        """
        from compare.validation.sheets import write_sample

        return write_sample(self, folder)

    def __repr__(self) -> str:
        return (
            f"<Sample {self.sample_id}: {len(self.units)} of {len(self.decisions)} decisions "
            f"for {len(self.assigned)} coder{'s' * (len(self.assigned) != 1)}, {self.overlap} of them for all>"
        )


def sample_decisions(  # noqa: PLR0913 - each but the tables is optional and named
    tables: Any,
    n: int = 200,
    *,
    coders: int | Sequence[str] = 2,
    overlap: int | None = None,
    by: str | None = None,
    seed: int = 1,
) -> Sample:
    """Draw decisions, claim by outlet, for coders to check without knowing what the toolkit says.

    The decisions are stratified by the probability that the outlet carries the claim; every stratum
    gets some units, those far below the cut-off too, so that recall can be estimated.

    Args:
        tables: a `Comparison`, several of them, or anything with the tables coverage, claims and articles.
        n: how many decisions; `Sample.needed` says how many an interval takes.
        coders: how many, or their names.
        overlap: units that every coder gets, for agreement; if None 50, or all if there are fewer. The
            other units go to one coder each.
        by: a column to stratify by as well, such as "outlet": so each outlet's own error is measured.
        seed: of the random numbers: the same input gives the same sample.

    Returns:
        A `Sample`.

    Raises:
        InputError: n is too small or not a number, coders are named twice, or the tables cannot be used.
    """
    names = _coder_names(coders)
    decisions, articles = decisions_of(tables), articles_of(tables)
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:
        raise InputError(f"n is {n!r}: give the number of decisions to draw, such as 200.")
    n = min(int(n), len(decisions))
    shared = min(_OVERLAP if overlap is None else overlap, n) if len(names) > 1 else n
    if shared < 0:
        raise InputError(f"overlap is {overlap}: give the number of units that every coder gets, 0 or more.")
    rng = np.random.default_rng(seed)
    decisions, drawn = draw(decisions, n, by, rng)
    how = f"{fingerprint(decisions)}\0{seed}\0{n}\0{names}\0{shared}\0{by}"
    digits = hashlib.sha256(how.encode()).hexdigest()[:12]
    decisions["unit"] = [
        _unit(digits, claim, outlet, story) if is_drawn else None
        for claim, outlet, story, is_drawn in zip(
            decisions["claim_id"], decisions["outlet"], decisions["story_id"], drawn, strict=True
        )
    ]
    decisions["unit"] = decisions["unit"].astype("str")
    units = _units(decisions[drawn], articles)
    # A letter first: spreadsheets take "1569764310e3" for a number, and write another one.
    return Sample(f"s{digits}", seed, decisions, units, _assigned(units, names, shared, rng), shared)


def draw(
    decisions: pd.DataFrame, n: int, by: str | None, rng: np.random.Generator
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Draw n decisions: the decisions with stratum and sampling_probability, and which of them are drawn."""
    decisions = decisions.assign(stratum=strata_of(decisions, by))
    counts = sample_sizes(decisions, decisions["stratum"], n)
    drawn = np.zeros(len(decisions), dtype=bool)
    places = decisions.groupby("stratum").indices
    for stratum, count in counts.items():
        drawn[rng.choice(places[stratum], size=count, replace=False)] = True
    sizes = decisions["stratum"].map(decisions["stratum"].value_counts())
    decisions["sampling_probability"] = (decisions["stratum"].map(counts) / sizes).astype(float)
    return decisions, drawn


def _coder_names(coders: int | Sequence[str]) -> tuple[str, ...]:
    if isinstance(coders, int) and not isinstance(coders, bool) and coders > 0:
        return tuple(f"coder-{number}" for number in range(1, coders + 1))
    names = tuple(coders) if not isinstance(coders, (int, str)) else ()
    fit = all(isinstance(name, str) and name and name.replace("-", "").replace("_", "").isalnum() for name in names)
    if not names or not fit or len({name.lower() for name in names}) < len(names):
        raise InputError(
            f"coders is {coders!r}: give their number, or their names, each another, "
            "of letters, digits, - and _, because files are named after them."
        )
    return names


def _unit(*parts: str) -> str:
    """An id that tells a coder nothing about the decision."""
    return "u" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]


def _units(drawn: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """What a coder must see: the claim and all that the outlet wrote on the story, without the outlet's name."""
    import pandas as pd

    several = bool((drawn["story_id"] != "").any())
    wanted = set(zip(drawn["story_id"].astype(str), drawn["outlet"].astype(str), strict=True))
    texts: dict[tuple[str, str], tuple[str, str, str]] = {}
    columns = (articles[name].tolist() for name in ("story_id", "outlet", "title", "text", "article_id"))
    for story, outlet, given, text, article in zip(*columns, strict=True):
        where, title = (str(story) if several else "", str(outlet)), given if isinstance(given, str) else ""
        if where in texts:  # an outlet's further article on the story follows its first
            headline, before, first = texts[where]
            texts[where] = headline, f"{before}\n\n{title}\n\n{text}", first
        elif where in wanted:
            texts[where] = title, text, article
    rows = []
    names = ("unit", "claim", "story_id", "outlet")
    for unit, claim, story, outlet in zip(*(drawn[name].astype(str) for name in names), strict=True):
        if (story, outlet) not in texts:
            raise InputError(
                f"there is no article of {outlet} on story {story}, and so nothing that a coder could read; "
                "give the articles that the coverage came from."
            )
        rows.append((unit, claim, *texts[story, outlet]))
    return pd.DataFrame(rows, columns=["unit", "claim", "headline", "article", "article_id"], dtype="str")


def _assigned(
    units: pd.DataFrame, names: tuple[str, ...], shared: int, rng: np.random.Generator
) -> dict[str, list[str]]:
    """Share the units out; each coder reads article by article, these and their claims in an order of their own."""
    order = rng.permutation(len(units))
    own = order[shared:]
    given: dict[str, list[str]] = {}
    for number, name in enumerate(names):
        mine = units.iloc[np.concatenate([order[:shared], own[number :: len(names)]])]
        articles = rng.permutation(mine["article_id"].unique())
        place = dict(zip(articles, range(len(articles)), strict=True))
        shuffled = mine.iloc[rng.permutation(len(mine))]
        by_article = shuffled.assign(place=shuffled["article_id"].map(place)).sort_values("place", kind="stable")
        given[name] = by_article["unit"].tolist()
    return given


def strata_of(decisions: pd.DataFrame, by: str | None = None) -> pd.Series:
    """Name each decision's stratum: its band, or its outlet (or whatever `by` names) and band.

    Raises:
        InputError: there is no such column.
    """
    import pandas as pd

    if by is not None and by not in decisions.columns:
        raise InputError(
            f"the decisions have no column {by!r} to stratify by; they have {', '.join(map(str, decisions.columns))}."
        )
    number = np.clip(np.searchsorted(BANDS, decisions["probability"], side="right") - 1, 0, len(BANDS) - 2)
    names = [f"{low:.2f} to {high:.2f}" for low, high in pairwise(BANDS)]
    bands = pd.Series([names[n] for n in number], index=decisions.index, dtype="str")
    return bands if by is None else decisions[by].astype("str") + ": " + bands


def allocate(sizes: NDArray[np.integer[Any]], spreads: NDArray[np.float64], n: int) -> NDArray[np.integer[Any]]:
    """Share n units out among strata: one after the other where it lowers the variance most (Wright 2012).

    That is Neyman's allocation in whole numbers, from a floor on and at most all of a stratum.
    """
    floor = max(2, int(_FLOOR * n / len(sizes)))
    counts = np.minimum(sizes, floor)
    priority = sizes * np.maximum(spreads, _LEAST_SPREAD)
    while counts.sum() < min(n, sizes.sum()):
        gain = np.where(counts < sizes, priority / np.sqrt(counts * (counts + 1.0)), -1.0)
        counts[int(np.argmax(gain))] += 1
    return np.asarray(counts)


def sample_sizes(decisions: pd.DataFrame, strata: pd.Series, n: int) -> pd.Series:
    """Return each stratum's number of units, by its name.

    Raises:
        InputError: n is too small for two units of each stratum.
    """
    import pandas as pd

    groups = decisions["probability"].groupby(strata)
    sizes, mean = groups.size(), groups.mean()
    least = int(np.minimum(sizes, 2).sum())
    if n < least:
        raise InputError(
            f"{n} units are too few: the decisions fall into {len(sizes)} strata, and the error of each "
            f"must be measured; give at least {least}."
        )
    counts = allocate(sizes.to_numpy(np.int64), np.sqrt((mean * (1 - mean)).to_numpy(float)), n)
    return pd.Series(counts, index=sizes.index)


def units_needed(decisions: pd.DataFrame, strata: pd.Series, n: int, margin: float = 0.05) -> pd.DataFrame:
    """Say how many units make 95 % intervals of plus or minus `margin`, as if the probabilities were right.

    Each figure is a ratio of two totals; d is its linearised value (the numerator's less R times the
    denominator's). Stratum h holds a share W of all N decisions and a share a of the sample. The
    variance of the ratio is then (sum W^2 S^2 / (a n) - sum W S^2 / N) / X^2 (Cochran 1977, 5.9, and
    6.11 for the ratio), with S the standard deviation of d in h and X the denominator's mean; n is
    solved for.

    Returns:
        Columns figure, expected (its value, as if the probabilities were right), margin, units (never
        more than all); units is missing where nothing of the kind is expected.

    Raises:
        InputError: the margin is not between 0 and 0.5.
    """
    import pandas as pd

    if not 0 < margin < 0.5:
        raise InputError(f"the margin is {margin}: give a number between 0 and 0.5, such as 0.05.")
    p = decisions["probability"].to_numpy(float)
    called = decisions["state"].isin(CARRIED).to_numpy(float)
    # Of a decision that is carried with probability p: (numerator, denominator) if it is, and if not.
    kinds: dict[str, Any] = {
        "carriage rate": ((1.0, 1.0), (0.0, 1.0)),
        "precision": ((called, called), (0.0, called)),
        "recall": ((called, 1.0), (0.0, 0.0)),
    }
    share = sample_sizes(decisions, strata, n) / min(n, len(decisions))
    rows = []
    for figure, (yes, no) in kinds.items():
        total = float(np.sum(p * yes[1] + (1 - p) * no[1]))
        ratio = float(np.sum(p * yes[0] + (1 - p) * no[0])) / total if total else float("nan")
        d_yes, d_no = yes[0] - ratio * yes[1], no[0] - ratio * no[1]
        moments = pd.DataFrame({"first": p * d_yes + (1 - p) * d_no, "second": p * d_yes**2 + (1 - p) * d_no**2})
        means = moments.groupby(strata.to_numpy()).mean()
        variance = (means["second"] - means["first"] ** 2).clip(lower=0)
        weight = strata.value_counts(normalize=True).reindex(means.index)
        wanted = (margin / 1.96 * total / len(p)) ** 2 + float((weight * variance).sum()) / len(p)
        units = float((weight**2 * variance / share.reindex(means.index)).sum()) / wanted if total else None
        most = None if units is None else min(len(p), int(np.ceil(units)))
        rows.append({"figure": figure, "expected": ratio, "margin": margin, "units": most})
    return pd.DataFrame(rows).astype({"units": "Int64"})
