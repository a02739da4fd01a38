"""An outlet's record: what it carried of what was available to it, over many stories, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.errors import InputError
from compare.outlets.intervals import bootstrap
from compare.outlets.voices import check_version
from compare.tables import OUTLETS, RATES, VERSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


class Measure(NamedTuple):
    """A rate as two columns of the OUTLET_STORIES table, and what it says.

    Attributes:
        part: what is counted.
        whole: of how many.
        meaning: what it says.
        of_text: whether it is about what a text says, which copies say once; else about what each outlet chooses.
    """

    part: str
    whole: str
    meaning: str
    of_text: bool = True


# Of the columns "covered" and "all", which the counts have besides, the first is 1 where the outlet has the story.
MEASURES = {
    "carriage": Measure("carried", "claims", "available claims that it carries"),
    "omission": Measure("omitted", "claims", "available claims that it leaves out"),
    "alteration": Measure("altered", "carried", "carried claims whose meaning it changes"),
    "only here": Measure("only_here", "made", "of all claims that it makes, those that only it makes"),
    "prominence": Measure("prominence_sum", "placed", "where it puts what others tell too: 1 lead, 0.5 end"),
    "quotations kept": Measure("kept", "quotations", "available quotations that it gives in full"),
    "quotations trimmed": Measure("trimmed", "quotations", "available quotations that it gives with words missing"),
    "quotations dropped": Measure("dropped", "quotations", "available quotations that it does not give at all"),
    "named sources": Measure("named", "sources", "of what it gives as said, what persons with a name say"),
    "unnamed sources": Measure("unnamed", "sources", "of what it gives as said, what persons without a name say"),
    "official sources": Measure("official", "sources", "of what it gives as said, what holders of public office say"),
    "wire": Measure("wire", "articles", "articles that are copies of a text which others run too", of_text=False),
    "selection": Measure("covered", "all", "stories of the corpus that it covers", of_text=False),
}
_COUNTS = [column.name for column in OUTLETS.columns if column.unit not in {"", "0..1"}] + ["prominence_sum"]


class Grid(NamedTuple):
    """Counts as stories x outlets; 0 where an outlet does not have a story.

    Attributes:
        outlets: the columns' names.
        part: what is counted.
        whole: of how many.
        copies: outlets that speak with one voice there; 1 where an outlet does not have the story.
    """

    outlets: list[str]
    part: Numbers
    whole: Numbers
    copies: Numbers


def grid(counts: pd.DataFrame, measure: str, version: str) -> Grid:
    """Lay out a measure's counts as stories x outlets.

    Args:
        counts: an OUTLET_STORIES table.
        measure: a name of `MEASURES`.
        version: "printed" or "collapsed".

    Raises:
        InputError: there is no such measure or version.
    """
    check_measures([measure], version)
    stories, outlets = counts["story_id"].unique(), counts["outlet"].unique()
    rows = counts[counts["version"] == version]
    at = (_places(rows["story_id"], stories), _places(rows["outlet"], outlets))
    part, whole, *_ = MEASURES[measure]
    shape = (len(stories), len(outlets))
    filled = []
    for name in (part, whole, "copies"):
        values = np.full(shape, 1.0 if name in {"all", "copies"} else 0.0)
        values[at] = 1.0 if name in {"covered", "all"} else rows[name].to_numpy(float)
        filled.append(values)
    return Grid(outlets.tolist(), *filled)


def check_measures(measures: Sequence[str], version: str) -> None:
    """Refuse unknown names.

    Raises:
        InputError: names what there is.
    """
    check_version(version)
    if isinstance(measures, str) or not measures:
        raise InputError(f"measures is {measures!r}: give a list of names, such as ['carriage'].")
    for measure in measures:
        if measure not in MEASURES:
            raise InputError(f"there is no measure {measure!r}; there are {', '.join(MEASURES)}.")


def rates_table(counts: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Give every rate of every outlet with its interval.

    Args:
        counts: an OUTLET_STORIES table.
        seed: of the bootstrap's draws.

    Returns:
        The RATES table, in the order of the counts' outlets.
    """
    import pandas as pd

    parts = []
    for version in VERSIONS:
        grids = {measure: grid(counts, measure, version) for measure in MEASURES}
        outlets = next(iter(grids.values())).outlets
        part = np.hstack([one.part for one in grids.values()])
        whole = np.hstack([one.whole for one in grids.values()])
        shares = np.repeat([measure != "prominence" for measure in grids], len(outlets))
        found = bootstrap(part, whole, seed=seed, proportions=shares)
        parts.append(
            RATES.frame(
                {
                    "outlet": outlets * len(grids),
                    "version": [version] * part.shape[1],
                    "measure": np.repeat(np.array(list(grids), dtype=object), len(outlets)),
                    "rate": found.rate.round(6),
                    "low": found.low.round(6),
                    "high": found.high.round(6),
                    "part": part.sum(axis=0).round(6),
                    "whole": whole.sum(axis=0),
                    "stories": found.stories,
                    "validated": [False] * part.shape[1],
                    "warning": found.warning,
                }
            )
        )
    table = pd.concat(parts)
    order = {name: number for number, name in enumerate(counts["outlet"].unique())}
    return table.sort_values("outlet", key=lambda names: names.map(order), kind="stable", ignore_index=True)


def outlets_table(counts: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """Add up each outlet's counts over its stories and put the chief rates beside them.

    Args:
        counts: an OUTLET_STORIES table.
        rates: the RATES table made of it.

    Returns:
        The OUTLETS table: a row per outlet and version.
    """
    order = counts["outlet"].unique()
    sums = counts.assign(stories=1, alone=(counts["others"] == 0).astype(int))
    summed = sums.groupby(["outlet", "version"])[[name for name in _COUNTS if name in sums.columns]].sum()
    wide = rates.pivot(index=["outlet", "version"], columns="measure")
    columns: dict[str, Any] = {
        "rate": ("rate", "carriage"),
        "low": ("low", "carriage"),
        "high": ("high", "carriage"),
        "omission": ("rate", "omission"),
        "omission_low": ("low", "omission"),
        "omission_high": ("high", "omission"),
        "only_here_rate": ("rate", "only here"),
        "prominence": ("rate", "prominence"),
        "wire_rate": ("rate", "wire"),
        "validated": ("validated", "carriage"),
        "warning": ("warning", "carriage"),
    }
    for name, source in columns.items():
        summed[name] = wide[source]
    for measure in ("only here", "prominence"):
        missing = wide["rate", measure].isna() & wide["rate", "carriage"].notna()
        summed["warning"] = summed["warning"].where(~missing, summed["warning"] + f"; {measure}: nothing to count")
    summed["warning"] = summed["warning"].str.removeprefix("; ")
    summed["prominence_sum"] = summed["prominence_sum"].round(6)
    rows = [(outlet, version) for outlet in order for version in VERSIONS]
    return OUTLETS.frame(summed.loc[rows].reset_index())


def _places(names: pd.Series, order: Any) -> NDArray[np.int64]:
    rows = {name: number for number, name in enumerate(order)}
    return names.map(rows).to_numpy(np.int64)
