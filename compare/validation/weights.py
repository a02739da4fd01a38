"""The sample's design: cells of equal sampling probability, their weights, and estimates of ratios from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]


def weighted(decisions: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Weight what was coded so that it stands for all decisions of its stratum.

    A drawn unit without a usable code counts as not drawn: within its stratum, whether a code is missing
    must have nothing to do with whether the claim is carried. A stratum with fewer than two coded units
    joins its neighbour (collapsed strata; Cochran 1977, 5A.12).

    Args:
        decisions: with stratum and truth (share of the coders who say that it is carried; missing where
            not coded).

    Returns:
        The decisions with cell, size (decisions of the cell), coded (of the cell) and weight (size / coded
        where coded, else 0); and sentences on what was joined.

    Raises:
        InputError: fewer than two decisions are coded.
    """
    known = decisions["truth"].notna()
    if known.sum() < 2:
        raise InputError(f"{int(known.sum())} decisions are coded; at least two are needed to estimate anything.")
    sizes = decisions.groupby("stratum").size()
    coded = known.groupby(decisions["stratum"]).sum().reindex(sizes.index)
    cell_of, notes = _joined(sizes, coded)
    table = decisions.assign(cell=decisions["stratum"].map(cell_of))
    groups = table.groupby("cell")["truth"]
    table["size"] = groups.transform("size").astype(float)
    table["coded"] = groups.transform("count").astype(float)
    table["weight"] = (table["size"] / table["coded"]).where(known, 0.0)
    return table, notes


def _joined(sizes: pd.Series, coded: pd.Series) -> tuple[dict[str, str], list[str]]:
    """Put strata in order into cells that each have two coded units, or all their decisions coded."""
    cells: list[list[str]] = []
    waiting: list[str] = []
    for stratum in sizes.index:
        waiting.append(stratum)
        if coded[waiting].sum() >= min(2, sizes[waiting].sum()):
            cells.append(waiting)
            waiting = []
    if waiting:
        cells[-1].extend(waiting)
    notes = [
        f"strata {', '.join(cell)} were taken together: one of them has fewer than two coded units"
        for cell in cells
        if len(cell) > 1
    ]
    return {stratum: cell[0] for cell in cells for stratum in cell}, notes


def ratio(table: pd.DataFrame, numerator: Numbers, denominator: Numbers) -> tuple[float, float, float, int]:
    """Estimate a ratio of two totals over all decisions, with its 95 % interval.

    Both totals are weighted sums of what was coded (Horvitz & Thompson 1952). The variance is that of
    the linearised ratio, stratum by stratum without replacement (Cochran 1977, 5.4 and 6.11), and the
    interval Wilson's with the effective sample size that this variance implies (Korn & Graubard 1998 for
    the principle): it stays within 0 and 1, and is no single point where no error was found.

    Args:
        table: as `weighted` gives it.
        numerator: of each decision; read only where coded.
        denominator: likewise.

    Returns:
        estimate, low, high, and how many coded units the denominator counts; all missing where none.
    """
    known = table["weight"].to_numpy() > 0
    weight = table["weight"].to_numpy()[known]
    above, below = numerator[known], denominator[known]
    total = float((weight * below).sum())
    units = int(np.count_nonzero(below))
    if not total:
        return float("nan"), float("nan"), float("nan"), 0
    estimate = float((weight * above).sum()) / total
    residual = above - estimate * below
    variance = stratified_variance(table[known], residual) / total**2
    low, high = _wilson(estimate, variance, units, bool((weight == 1).all()))
    return estimate, low, high, units


def stratified_variance(coded: pd.DataFrame, values: Numbers) -> float:
    """The variance of the weighted sum of `values` over the coded units of a stratified sample."""
    import pandas as pd

    frame = pd.DataFrame({"cell": coded["cell"].to_numpy(), "value": values, "size": coded["size"].to_numpy()})
    groups = frame.groupby("cell")
    n, size, spread = groups["value"].size(), groups["size"].first(), groups["value"].var(ddof=1).fillna(0.0)
    return float((size * (size - n) * spread / n).sum())


def _wilson(estimate: float, variance: float, units: int, everything: bool) -> tuple[float, float]:
    """Wilson's score interval for a share that is as sure as one of `effective` independent units."""
    if everything:
        return estimate, estimate  # every decision was coded: nothing is left to estimate
    z = 1.959963984540054
    share = min(max(estimate, 0.0), 1.0)
    effective = share * (1 - share) / variance if variance > 0 and 0 < share < 1 else float(units)
    centre = (share + z**2 / (2 * effective)) / (1 + z**2 / effective)
    half = z / (1 + z**2 / effective) * np.sqrt(share * (1 - share) / effective + z**2 / (4 * effective**2))
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))
