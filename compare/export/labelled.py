"""Tables as SPSS and Stata have them: variables with labels, columns of few values as labelled numbers."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, InputWarning, MissingExtraError
from compare.export.known import known_table
from compare.export.variables import PROGRAMS, Program
from compare.export.wide import UNIT
from compare.saving import whole_file
from compare.tables import STATES, TEXT, Column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    ValueLabels = dict[int, str]

_YES_NO = {0: "no", 1: "yes"}
_CARRIED = {0: "omitted", 1: "carried"}  # the cells that to_wide gives


@dataclass(frozen=True)
class _Variables:
    """A table as a program takes it: its cells, the variables' labels, and what numbers stand for."""

    data: pd.DataFrame
    labels: dict[str, str]
    numbers: dict[str, ValueLabels]


def write_labelled(table: pd.DataFrame, path: Path, labels: Mapping[str, str]) -> Path:
    """Write a .sav or .dta file; see `write_table`.

    Raises:
        InputError: a cell does not fit the form, or the file cannot be written.
        MissingExtraError: pyreadstat is not installed.
    """
    try:
        import pyreadstat
    except ImportError as error:
        raise MissingExtraError(f"Writing {path.suffix.lower()}", "spss") from error
    program = PROGRAMS[path.suffix.lower()]
    variables = _variables(table, program, path, labels)
    with whole_file(path) as temporary:
        try:
            _write(variables, program, temporary)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
            raise InputError(f"{path}: cannot be written for {program.name} ({error}); nothing was changed.") from error
    return path


def _write(variables: _Variables, program: Program, path: Path) -> None:
    import pyreadstat

    import compare

    data, numbers = variables.data, variables.numbers
    about: dict[str, Any] = {
        "file_label": f"storydiff {compare.__version__}",
        "column_labels": variables.labels,
        "variable_value_labels": numbers,
    }
    if program.name == "Stata":
        pyreadstat.write_dta(data, path, **about)
        return
    kinds = {str(name): data[name].dtype.kind for name in data}
    whole = {name: "F8.0" for name, kind in kinds.items() if kind in "iu" or name in numbers}
    parts = {name: "F10.4" for name, kind in kinds.items() if kind == "f" and name not in numbers}
    scales = {name: "scale" if kind in "iufM" and name not in numbers else "nominal" for name, kind in kinds.items()}
    pyreadstat.write_sav(data, path, variable_format={**parts, **whole}, variable_measure=scales, **about)


def _variables(table: pd.DataFrame, program: Program, path: Path, labels: Mapping[str, str]) -> _Variables:
    import pandas as pd

    columns = _columns(table, path.stem)
    if not columns:
        raise InputError(f"{path}: the table has no columns; there is nothing to write.")
    names = program.names([column.name for column in columns])
    cells, numbers = {}, {}
    for number, (name, column) in enumerate(zip(names, columns, strict=True)):
        cells[name], stands_for = _variable(table.iloc[:, number], column, program, path)
        if stands_for:
            numbers[name] = stands_for
    return _Variables(pd.DataFrame(cells), _labels(names, columns, labels, program, path), numbers)


def _columns(table: pd.DataFrame, called: str) -> list[Column]:
    """What each column is: a table's, a claim's in a wide table, or one's own."""
    names = [str(name) for name in table.columns]
    known = known_table(names, called)
    described = {column.name: column for column in known.columns} if known else {}
    if known is None and tuple(names[: len(UNIT)]) == UNIT:
        for number, name in enumerate(names[len(UNIT) :], len(UNIT)):
            values = STATES if _all_in(table.iloc[:, number], STATES) else ()
            described[name] = Column(name, TEXT, "", values=values)
    return [described.get(name, Column(name, TEXT, "")) for name in names]


def _few(column: Column) -> tuple[str, ...]:
    """The values of a column that has one of a few in each cell."""
    return () if column.several else tuple(column.values)


def _all_in(cells: pd.Series, values: Any) -> bool:
    return bool(cells.dropna().isin(list(values)).all())


def _variable(cells: pd.Series, column: Column, program: Program, path: Path) -> tuple[pd.Series, ValueLabels | None]:
    """Give the cells as the program takes them and, where they are numbers that stand for something, for what."""
    import numpy as np
    import pandas as pd

    if (few := _few(column)) and _all_in(cells, few):
        numbers = {value: number for number, value in enumerate(few, start=1)}
        return cells.map(numbers).astype("float64"), {number: value for value, number in numbers.items()}
    if pd.api.types.is_bool_dtype(cells.dtype):
        return cells.astype("Int64").astype("float64"), _YES_NO
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return (cells.dt.tz_convert("UTC").dt.tz_localize(None) if cells.dt.tz is not None else cells), None
    if pd.api.types.is_numeric_dtype(cells.dtype):
        numbers_only = cells.astype("float64") if cells.hasnans or cells.dtype.kind == "f" else cells.astype("int64")
        if np.isinf(numbers_only).any():
            raise InputError(f"{path}: column {column.name} holds an infinite number, which {program.name} has not.")
        of_claim = column.dtype == TEXT and not column.meaning and str(cells.dtype) == "Int64"
        return numbers_only, _CARRIED if of_claim and _all_in(cells, _CARRIED) else None
    return _text(cells, column, program, path), None


def _text(cells: pd.Series, column: Column, program: Program, path: Path) -> pd.Series:
    """Text, missing as empty: neither program tells them apart."""
    texts = cells.astype("object").map(str, na_action="ignore").astype("object").fillna("")
    if _few(column):
        _warn(f"{path}: column {column.name} holds what is none of its values; it is written as text without labels.")
    if texts.str.contains("\0", regex=False).any():
        _warn(f"{path}: column {column.name} holds NUL characters, which end a text; they are written as \ufffd.")
        texts = texts.str.replace("\0", "\ufffd", regex=False)
    longest = max((len(text.encode()) for text in texts), default=0)
    if program.text_bytes and longest > program.text_bytes:
        raise InputError(
            f"{path}: column {column.name} holds a text of {longest:,} bytes, and {program.name} takes "
            f"{program.text_bytes:,}; leave the column out, or write .dta or .parquet."
        )
    return texts


def _labels(
    names: list[str], columns: list[Column], given: Mapping[str, str], program: Program, path: Path
) -> dict[str, str]:
    """Give the variables' labels, and say what of names and labels is not as it was."""
    labels, renamed, cut = {}, [], []
    for name, column in zip(names, columns, strict=True):
        meaning = given.get(column.name) or column.meaning
        with_unit = f"{meaning} ({column.unit})"
        if column.unit and program.label(with_unit)[1]:
            meaning = with_unit
        if name != column.name:
            renamed.append(f"{column.name!r} is {name}")
            meaning = f"{column.name}: {meaning}" if meaning else column.name
        labels[name], whole = program.label(meaning)
        if not whole:
            cut.append(name)
    if renamed:
        _warn(
            f"{path}: {program.name} does not take every column's name: {_some(renamed)}; "
            "the variable's label begins with the column's name."
        )
    if cut:
        _warn(
            f"{path}: {program.name} takes {program.label_limit} of a label, so the labels of {_some(cut)} end in '…'; "
            "docs/tables.md has the columns' meanings whole."
        )
    return labels


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _warn(sentence: str) -> None:
    warnings.warn(sentence, InputWarning, stacklevel=5)
