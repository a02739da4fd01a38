"""An outlet's record: its rates over many stories, such as carriage of the claims available to it, with intervals."""

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

    from compare.outlets.intervals import Numbers


class Measure(NamedTuple):
    """A rate as two columns of the OUTLET_STORIES table: numerator and denominator."""

    part: str
    whole: str
    of_text: bool = True  # about the content of a text, which copies share; otherwise about each outlet's choices


# `grid` adds the columns "covered" (1 where the outlet has the story) and "all" to the counts.
MEASURES = {
    "carriage": Measure("carried", "claims"),
    "omission": Measure("omitted", "claims"),
    "alteration": Measure("altered", "carried"),
    "only here": Measure("only_here", "made"),
    "prominence": Measure("prominence_sum", "placed"),  # where the outlet puts shared claims: 1 lead, 0.5 end
    "quotations kept": Measure("kept", "quotations"),
    "quotations trimmed": Measure("trimmed", "quotations"),
    "quotations dropped": Measure("dropped", "quotations"),
    "named sources": Measure("named", "sources"),
    "unnamed sources": Measure("unnamed", "sources"),
    "official sources": Measure("official", "sources"),
    "wire": Measure("wire", "articles", of_text=False),
    "selection": Measure("covered", "all", of_text=False),
}
_COUNTS = [column.name for column in OUTLETS.columns if column.unit not in {"", "0..1"}] + ["prominence_sum"]


class Grid(NamedTuple):
    """Counts as stories x outlets; 0 where an outlet lacks a story."""

    outlets: list[str]
    part: Numbers
    whole: Numbers
    copies: Numbers  # outlets that speak with one voice there; 1 where an outlet lacks the story


def grid(counts: pd.DataFrame, measure: str, version: str) -> Grid:
    """Lay out a measure's counts from an OUTLET_STORIES table.

    Raises:
        InputError: there is no such measure or version.
    """
    check_measures([measure], version)
    stories, outlets = counts["story_id"].unique(), counts["outlet"].unique()
    rows = counts[counts["version"] == version].assign(covered=1.0, all=1.0)
    wide = rows.set_index(["story_id", "outlet"])[[*MEASURES[measure][:2], "copies"]].astype(float)
    found = []
    for name in wide:
        filled = 1.0 if name in {"all", "copies"} else 0.0
        found.append(wide[name].unstack().reindex(index=stories, columns=outlets).fillna(filled).to_numpy(float))
    return Grid(outlets.tolist(), *found)


def check_measures(measures: Sequence[str], version: str) -> None:
    """Refuse unknown names with an `InputError` that lists the known ones."""
    check_version(version)
    if isinstance(measures, str) or not measures:
        raise InputError(f"measures is {measures!r}: give a list of names, such as ['carriage'].")
    for measure in measures:
        if measure not in MEASURES:
            raise InputError(f"there is no measure {measure!r}; there are {', '.join(MEASURES)}.")


def rates_table(counts: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Return the RATES table of an OUTLET_STORIES table: every rate of every outlet with its interval."""
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
                    **found.columns("rate", "low", "high"),
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
    """Return the OUTLETS table: each outlet's counts (OUTLET_STORIES) over all stories, with its main RATES."""
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
