"""The strata of a sample: bands of probability, the units allocated to each, and the sample size for an interval.

Decisions are divided into bands of the probability that the outlet carries the claim. Within a band every decision is
equally likely to be drawn. The sample is allocated to make the rate of carriage as precise as possible (Neyman 1934),
assuming that the probabilities are right. Every band has a minimum, so that claims missed by the toolkit are found too.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError, count
from compare.tables import CARRIED

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from compare.outlets.intervals import Numbers

# Bounds of the probability bands; the third and fourth are the default cut-offs of the states. Near-certain decisions,
# such as a claim at the outlet that worded it, have their own band, because they need few labels.
BANDS = (0.0, 0.1, 0.35, 0.5, 0.8, 0.99, 1.0)
# A band's minimum, as a fraction of an equal share: calibration may fail in any band.
_FLOOR = 0.4
# The least standard deviation assumed in a band: errors among the most certain decisions are rare,
# but never impossible.
_LEAST_SPREAD = 0.1


def strata_of(decisions: pd.DataFrame, by: str | None = None) -> pd.Series:
    """Return each decision's stratum: its band of probability, preceded by its value in the column `by`, if given.

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


def allocate(sizes: NDArray[np.integer[Any]], spreads: Numbers, n: int) -> NDArray[np.integer[Any]]:
    """Allocate n units to strata one by one, each where it lowers the variance most (Wright 2012).

    This is Neyman's allocation in whole numbers, with a minimum, and limited to the size of a stratum.
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
        in_all = "one stratum" if len(sizes) == 1 else f"{len(sizes)} strata"
        raise InputError(
            f"{count(n, 'unit')} cannot be enough: the decisions fall into {in_all}, and the error of each "
            f"must be measured; give at least {least}."
        )
    counts = allocate(sizes.to_numpy(np.int64), np.sqrt((mean * (1 - mean)).to_numpy(float)), n)
    return pd.Series(counts, index=sizes.index)


def units_needed(decisions: pd.DataFrame, strata: pd.Series, n: int, margin: float = 0.05) -> pd.DataFrame:
    """Return how many units give 95 % intervals of plus or minus `margin`, if the probabilities are right.

    Each figure is a ratio of two totals; d is its linearised value (the numerator's less R times the denominator's).
    Stratum h has a share W of all N decisions and a share a of the sample. The variance of the ratio is then (sum W^2
    S^2 / (a n) - sum W S^2 / N) / X^2 (Cochran 1977, 5.9, and 6.11 for the ratio), with S the standard deviation of d
    in h and X the denominator's mean; it is solved for n.

    Returns:
        figure, expected (its value, if the probabilities are right), margin, units (never more than all; missing
        where the denominator is expected to be 0).

    Raises:
        InputError: the margin is not between 0 and 0.5.
    """
    import pandas as pd

    if not 0 < margin < 0.5:
        raise InputError(f"the margin is {margin}: give a number between 0 and 0.5, such as 0.05.")
    p = decisions["probability"].to_numpy(float)
    called = decisions["state"].isin(CARRIED).to_numpy(float)
    # For a decision carried with probability p: (numerator, denominator) if it is carried, and if it is not.
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
