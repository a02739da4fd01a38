"""Tables for SPSS and Stata, with labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, MissingExtraError
from compare.tables import FLAG, TIME, Column

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

# Of each format: characters of a variable's name and of its label, and bytes of a text.
_LIMITS = {".sav": (64, 255, 32_767), ".dta": (32, 80, 2_000_000)}
# What both refuse as a name, in small letters; Stata also refuses str1, str2 ...
_RESERVED = frozenset("all and by eq ge gt le lt ne not or to with byte double float if in int long using strl".split())


def write_labelled(table: pd.DataFrame, path: Path, columns: dict[str, Column], kind: str) -> None:
    """Write a table for SPSS (.sav) or Stata (.dta).

    Columns of few values, such as states, become numbers from 1 on with value labels, in the order in which
    `compare.tables` has them; true and false become 1 and 0; times are UTC. Every variable has a label: the column's
    meaning, or, where its name cannot be a variable's, the name.

    Args:
        table: what to write.
        path: the file.
        columns: what is known of its columns, by their names.
        kind: .sav or .dta.

    Raises:
        MissingExtraError: pyreadstat is not installed.
        InputError: a text is longer than the format takes.
    """
    try:
        import pyreadstat
    except ImportError:
        raise MissingExtraError("writing .sav and .dta files", "spss") from None
    longest, label, most = _LIMITS[kind]
    names = _names(table.columns, longest)
    values: dict[str, dict[float, str]] = {}
    labels: dict[str, str | None] = {}
    written: dict[str, Any] = {}
    for column, name in names.items():
        known = columns.get(column)
        written[name], found = _values(table[column], known)
        _check_length(written[name], column, path, kind, most)
        if found:
            values[name] = found
        meaning = known.meaning if known and name == column else column
        labels[name] = meaning if len(meaning) <= label else f"{meaning[: label - 1]}…"
    write = pyreadstat.write_sav if kind == ".sav" else pyreadstat.write_dta
    import pandas as pd

    write(pd.DataFrame(written), str(path), column_labels=labels, variable_value_labels=values)


def _names(columns: Iterable[str], longest: int) -> dict[str, str]:
    """Give every column a name that a variable may have, each another."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        plain = re.sub(r"[^A-Za-z0-9_]+", "_", column).strip("_")
        if not plain[:1].isalpha() or plain.lower() in _RESERVED or re.fullmatch(r"str\d+", plain):
            plain = f"v_{plain}"
        name, number = plain[:longest], 2
        while name.lower() in taken:
            name, number = f"{plain[: longest - 1 - len(str(number))]}_{number}", number + 1
        taken.add(name.lower())
        names[column] = name
    return names


def _values(cells: pd.Series, column: Column | None) -> tuple[pd.Series, dict[float, str]]:
    """Give a column as the packages take it, and the labels of its values."""
    if column is not None and column.values and not column.several:
        numbers = {value: float(number) for number, value in enumerate(column.values, start=1)}
        return cells.map(numbers).astype(float), {number: value for value, number in numbers.items()}
    if cells.dtype == FLAG:
        return cells.astype(float), {0.0: "no", 1.0: "yes"}
    if cells.dtype == TIME:
        return cells.dt.tz_localize(None).astype("datetime64[ns]"), {}
    if cells.dtype.kind in "iuf":
        return cells.astype(float), {}
    return cells.astype(object).where(cells.notna(), ""), {}


def _check_length(cells: pd.Series, column: str, path: Path, kind: str, most: int) -> None:
    if cells.dtype.kind != "O":
        return
    longest = max((len(str(cell).encode()) for cell in cells), default=0)
    if longest > most:
        raise InputError(
            f"{path}: column {column} has a text of {longest:,} bytes, and a {kind} file takes {most:,}; "
            "leave the column out, or write .csv or .parquet."
        )
