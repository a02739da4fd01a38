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
    must have nothing to do with whether the claim is carried. A stratum without a code is stood for by the
    nearest one that has some. One with a single code keeps its weight and joins its neighbour for the variance
    alone (collapsed strata; Cochran 1977, 5A.12): their sampling fractions may differ.

    Args:
        decisions: with stratum, probability and truth (share of the coders who say that it is carried; missing where
            not coded).

    Returns:
        The decisions with weight (decisions that it stands for, 0 where not coded) and cell, the strata that are
        one for the variance, with its size (decisions) and coded; and sentences on what was joined.

    Raises:
        InputError: fewer than two decisions are coded.
    """
    known = decisions["truth"].notna()
    if known.sum() < 2:
        raise InputError(f"{int(known.sum())} decisions are coded; at least two are needed to estimate anything.")
    sizes = decisions.groupby("stratum").size()
    coded = known.groupby(decisions["stratum"]).sum().reindex(sizes.index)
    middle = decisions.groupby("stratum")["probability"].mean()
    standing = _joined([[stratum] for stratum in sizes.index], sizes, coded, middle, least=1)
    cells = _joined(standing, sizes, coded, middle, least=2)
    notes = [f"strata {', '.join(one)} share one weight: one of them has no coded unit" for one in standing if one[1:]]
    notes += [
        f"strata {', '.join(cell)} were taken together for the variance: one of them has a single coded unit"
        for cell in cells
        if cell not in standing
    ]
    table = decisions.assign(cell=decisions["stratum"].map({name: cell[0] for cell in cells for name in cell}))
    stands = table["truth"].groupby(table["stratum"].map({name: one[0] for one in standing for name in one}))
    table["weight"] = (stands.transform("size") / stands.transform("count")).where(known, 0.0)
    inside = table["truth"].groupby(table["cell"])
    table["size"], table["coded"] = inside.transform("size").astype(float), inside.transform("count").astype(float)
    return table, notes


def _joined(
    cells: list[list[str]], sizes: pd.Series, coded: pd.Series, middle: pd.Series, *, least: int
) -> list[list[str]]:
    """Join cells until each has `least` coded units, or all its decisions coded.

    The one that is joined has codes, is of the same outlet if there is such a one, and has the nearest probability.
    """

    def apart(one: str, other: str) -> tuple[bool, float]:
        # A stratum is named after what it was stratified by besides, if anything, and its band of probability.
        return one.rpartition(": ")[0] != other.rpartition(": ")[0], abs(middle[one] - middle[other])

    while short := [cell for cell in cells if coded[cell].sum() < min(least, sizes[cell].sum())]:
        first = short[0]
        others = [cell for cell in cells if cell is not first and coded[cell].sum()]
        nearest = min(others, key=lambda cell: min(apart(one, other) for one in first for other in cell))
        cells = [sorted(first + cell) if cell is nearest else cell for cell in cells if cell is not first]
    return cells


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

    weight, size = coded["weight"].to_numpy(), coded["size"].to_numpy()
    frame = pd.DataFrame({"cell": coded["cell"].to_numpy(), "weight": weight, "counted": weight * counted})
    frame["squared"] = frame["counted"] ** 2
    mean = pd.Series(weight * values / size).groupby(frame["cell"]).transform("sum").to_numpy()
    frame["part"] = weight * (weight - 1) * ((values - mean) / unseen(weight, size)) ** 2
    sums = frame.groupby("cell").sum()
    total = float(sums["part"].sum())
    # As many units of one weight as tell as much (Kish 1965), less one.
    free = (sums["counted"] ** 2 / sums["squared"].where(sums["squared"] > 0, 1.0) - 1).clip(lower=1)
    return total, max(1.0, total**2 / float((sums["part"] ** 2 / free).sum())) if total > 0 else 1.0


def unseen(weight: Numbers, size: Numbers) -> Numbers:
    """By how much a deviation from its cell's weighted mean is too small, as that mean is drawn towards it.

    Its square is one less the unit's share of the cell's weight (MacKinnon & White 1985, HC2): with one weight for
    all of n units (n - 1) / n, the divisor of the usual variance.
    """
    share = 1 - weight / size
    return np.asarray(np.sqrt(np.where(share > 1e-9, share, 1.0)))


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
