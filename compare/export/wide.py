"""Tracked claims as a coding sheet: a row per article, a column per claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from compare.errors import InputError
from compare.tables import CARRIED

if TYPE_CHECKING:
    import pandas as pd

Values = Literal["carried", "state", "probability"]
UNIT = ("article_id", "story_id", "outlet")


def to_wide(tracked: pd.DataFrame, values: Values = "carried") -> pd.DataFrame:
    """Give the `tracked` table one row per article and one column per claim, as coding software wants it.

    Args:
        tracked: what `track_claims` gives; several of them may be put together with `pandas.concat`.
        values: what the cells hold: "carried" (1, 0 for omitted, missing for undecided), "state" or
            "probability". Where an article was not asked for a claim, its cell is missing.

    Returns:
        Columns article_id, story_id and outlet, then one for each claim_id; both in the given order.

    Raises:
        InputError: it is no `tracked` table, an article is judged twice for a claim, or a claim_id is
            the name of one of the first columns.
    """
    if values not in get_args(Values):
        raise InputError(f"to_wide: values is {values!r}; give one of {', '.join(get_args(Values))}.")
    absent = [name for name in (*UNIT, "claim_id", "state", "probability") if name not in tracked.columns]
    if absent:
        raise InputError(f"to_wide: the table has no column {', '.join(absent)}; give what track_claims gives.")
    ids = tracked["claim_id"].drop_duplicates()
    taken = [name for name in ids if name in UNIT]
    if taken:
        raise InputError(
            f"claim_id {taken[0]!r} is the name of a column that identifies the article; rename the claim."
        )
    twice = tracked.loc[tracked.duplicated(["claim_id", "article_id"]), "article_id"].drop_duplicates().tolist()
    if twice:
        raise InputError(f"to_wide: a claim is judged twice for article {twice[0]}; keep one row of each.")
    units = tracked[list(UNIT)].drop_duplicates("article_id", ignore_index=True)
    cells = _cells(tracked, values).to_frame("cell").assign(claim=tracked["claim_id"], unit=tracked["article_id"])
    grid = cells.pivot(index="unit", columns="claim", values="cell").reindex(index=units["article_id"], columns=ids)
    return units.join(grid.reset_index(drop=True)).rename_axis(columns=None)


def _cells(tracked: pd.DataFrame, values: Values) -> pd.Series:
    if values != "carried":
        return tracked[values]
    carried = tracked["state"].isin(CARRIED).astype("Int64")
    return carried.mask(tracked["state"] == "undecided")
