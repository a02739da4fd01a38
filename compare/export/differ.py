"""Two versions of a table, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import count

if TYPE_CHECKING:
    import pandas as pd

    from compare.tables import Table

SHOWN = 5  # differences of a table that are told one by one


def differences(table: Table, there: pd.DataFrame, here: pd.DataFrame) -> list[str]:
    """Say what differs between a table of a bundle and the same table computed anew.

    Args:
        table: what both are; rows are told apart by its key.
        there: the bundle's.
        here: the one computed anew.

    Returns:
        A sentence each for the first differences, and one for how many more there are; nothing if all cells are equal.
    """
    if list(there.columns) != list(here.columns):
        return [f"its columns are {', '.join(there.columns)}, and should be {', '.join(here.columns)}"]
    left, right = _keyed(table, there), _keyed(table, here)
    if not left.index.is_unique or not right.index.is_unique:
        return [f"rows have the same {', '.join(table.key)}: it has {len(there):,} rows, and should have {len(here):,}"]
    both = left.index.intersection(right.index, sort=False)
    found = [f"{_name(table, row)} is not in the data set" for row in right.index.difference(left.index)]
    found += [f"{_name(table, row)} should not be there" for row in left.index.difference(right.index)]
    left, right = left.loc[both], right.loc[both]
    for column in left.columns:
        a, b = left[column], right[column]
        unequal = ~((a == b).fillna(False) | (a.isna() & b.isna())).to_numpy(bool)
        found += [
            f"{_name(table, row)}: {column} is {_shown(a.loc[row])}, computed anew {_shown(b.loc[row])}"
            for row in both[unequal]
        ]
    if not found and not there.index.equals(here.index):
        found = [f"it has {len(there):,} rows, and should have {len(here):,}"]
    if not found and not _keyed(table, there).index.equals(_keyed(table, here).index):
        found = ["its rows stand in another order"]
    more = len(found) - SHOWN
    return found[:SHOWN] + ([f"and {count(more, 'more difference')}"] if more > 0 else [])


def _keyed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    key = list(table.key)
    # As text: a missing part of a key is equal to itself, and every row has a name to be told by.
    labels = frame[key].astype("str").fillna("missing")
    return frame.set_index(labels.agg(" · ".join, axis=1) if len(key) > 1 else labels[key[0]])


def _name(table: Table, row: Any) -> str:
    return f"{' · '.join(table.key)} {row}"


def _shown(value: Any) -> str:
    import pandas as pd

    if pd.isna(value):
        return "missing"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
