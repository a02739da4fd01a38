"""Cells as a file has them, as the values that a table's columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.tables import FLAG, INTEGER, MAYBE_INTEGER, NUMBER, TEXT, TIME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from compare.tables import Column, Table

_KINDS = {
    FLAG: "True or False",
    INTEGER: "a whole number",
    MAYBE_INTEGER: "a whole number, or empty",
    NUMBER: "a number",
    TIME: "a time in ISO 8601",
}


def with_types(frame: pd.DataFrame, table: Table | None, path: Path) -> pd.DataFrame:
    """Give columns that the table has the types that they have in it; others stay as they are.

    In CSV nothing is told from "": there it is missing in columns that may be, and in columns of no table.

    Args:
        frame: what a file holds; it is changed.
        table: the table, if it is one.
        path: the file.

    Returns:
        The frame.

    Raises:
        InputError: a cell is not what its column holds.
    """
    columns = {column.name: column for column in table.columns} if table else {}
    csv = path.suffix.lower() == ".csv"
    for number, name in enumerate(frame.columns):
        cells, column = frame.iloc[:, number], columns.get(name)
        if csv and (column is None or column.optional or column.dtype != TEXT):
            cells = cells.mask(cells == "")
        if column is not None and cells.dtype != column.dtype:
            cells = _typed(cells, column, path)
        frame.isetitem(number, cells.array)
    return frame


def _typed(cells: pd.Series, column: Column, path: Path) -> pd.Series:
    import pandas as pd

    present = cells.notna()
    values: list[Any] = [cell if there else None for cell, there in zip(cells, present, strict=True)]
    read = _READ.get(column.dtype, str)
    typed: list[Any] = []
    for place, value in enumerate(values):
        try:
            if value is None and column.dtype in {FLAG, INTEGER}:
                raise ValueError  # noqa: TRY301 - it cannot be missing, which is as wrong as another word
            typed.append(None if value is None else read(value))
        except (ValueError, TypeError) as error:
            raise InputError(
                f"{path}: column {column.name}, row {place + 1} holds {str(value or '')[:40]!r} and should hold "
                f"{_KINDS[column.dtype]}; give a table that storydiff wrote."
            ) from error
    dtype: Any = pd.api.types.pandas_dtype(column.dtype)
    return pd.Series(pd.array(typed, dtype=dtype), index=cells.index)


def _flag(value: Any) -> bool:
    word = str(value).lower()  # spreadsheets save TRUE
    if word not in {"true", "false"}:
        raise ValueError(word)
    return word == "true"


def _time(value: Any) -> pd.Timestamp:
    import pandas as pd

    time = pd.Timestamp(value)
    return time.tz_localize("UTC") if time.tz is None else time.tz_convert("UTC")


_READ: dict[str, Callable[[Any], Any]] = {FLAG: _flag, INTEGER: int, MAYBE_INTEGER: int, NUMBER: float, TIME: _time}
