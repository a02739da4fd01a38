"""The sample's design: cells of equal sampling probability, their weights, and estimates of ratios from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_Z = 1.959963984540054  # the standard normal distribution's 97.5th percentile


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
    interval Wilson's with the effective sample size that this variance implies (as Korn & Graubard
    1998, with their correction for few degrees of freedom): it stays within 0 and 1, and is no single
    point where no error was found.

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
    variance, free = stratified_variance(table[known], residual, below != 0)
    variance /= total**2
    everything = bool((weight == 1).all())  # then nothing is left to estimate
    low, high = (estimate, estimate) if everything else _wilson(estimate, _effective(estimate, variance, free, units))
    return estimate, low, high, units


def stratified_variance(coded: pd.DataFrame, values: Numbers, counted: NDArray[np.bool_]) -> tuple[float, float]:
    """The variance of the weighted sum of `values` over the coded units of a stratified sample.

    Args:
        coded: the coded decisions, as `weighted` gives them.
        values: of each.
        counted: those that the sum is about; others have the value 0.

    Returns:
        The variance, and Satterthwaite's degrees of freedom (Cochran 1977, 5.4), in which only the counted
        units of a stratum tell of its spread.
    """
    import pandas as pd

    frame = pd.DataFrame({"cell": coded["cell"].to_numpy(), "value": values, "counted": counted})
    groups = frame.assign(size=coded["size"].to_numpy()).groupby("cell")
    n, size, spread = groups["value"].size(), groups["size"].first(), groups["value"].var(ddof=1).fillna(0.0)
    parts = size * (size - n) * spread / n
    total = float(parts.sum())
    free = (groups["counted"].sum() - 1).clip(lower=1)
    return total, max(1.0, total**2 / float((parts**2 / free).sum())) if total > 0 else 1.0


def _effective(estimate: float, variance: float, free: float, units: int) -> float:
    """How many independent units would make the estimate as sure as it is; all counted ones if no error was seen."""
    from scipy import stats

    if not variance or not 0 < estimate < 1:
        return float(units)
    return float(estimate * (1 - estimate) / variance * (_Z / stats.t.ppf(0.975, free)) ** 2)


def _wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's (1927) 95 % score interval of a share of n units."""
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, float(centre - half)), min(1.0, float(centre + half))
