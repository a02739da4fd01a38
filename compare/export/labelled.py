"""Tables as SPSS and Stata have them: variables with labels, columns of few values as labelled numbers."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, InputWarning, MissingExtraError
from compare.export.coding import UNIT
from compare.saving import whole_file
from compare.tables import STATES, TEXT, Column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from compare.tables import Table

    ValueLabels = dict[int, str]

_YES_NO = {0: "no", 1: "yes"}
_CARRIED = {0: "omitted", 1: "carried"}  # the cells that to_wide gives

_SPSS_WORDS = frozenset("all and by eq ge gt le lt ne not or to with".split())
_STATA_WORDS = frozenset("byte double float if in int long strl using with".split())
_NO_NAME = re.compile(r"[^A-Za-z0-9_]")
_STATA_TYPE = re.compile(r"str\d+")


@dataclass(frozen=True)
class Program:
    """A statistics program and what it takes as the name and the label of a variable."""

    name: str
    reserved: frozenset[str]  # words that name nothing, in small letters
    name_length: int
    label_length: int  # in characters or bytes
    label_bytes: bool
    text_bytes: int  # the longest text in a cell; 0: no limit

    def names(self, columns: list[str]) -> list[str]:
        """Name the variables in ASCII letters, digits and _, like the columns if possible; none differ only in case."""
        taken: set[str] = set()
        names = []
        for column in columns:
            name = base = self._allowed(column)
            number = 1
            while name.lower() in taken:
                number += 1
                name = f"{base[: self.name_length - len(str(number)) - 1]}_{number}"
            taken.add(name.lower())
            names.append(name)
        return names

    def label(self, text: str) -> tuple[str, bool]:
        """Return a label of one line that is not too long, and whether it is whole."""
        line = " ".join(text.replace("\0", "\ufffd").split())
        if self._size(line) <= self.label_length:
            return line, True
        kept = line
        while self._size(kept) > self.label_length - self._size("…"):
            kept = kept[:-1]
        return f"{kept}…", False

    def _allowed(self, column: str) -> str:
        name = _NO_NAME.sub("_", column)
        if not name[:1].isalpha():
            name = f"v_{name.lstrip('_')}"
        name = name[: self.name_length]
        if name.lower() in self.reserved or (self.name == "Stata" and _STATA_TYPE.fullmatch(name)):
            name += "_"
        return name

    def _size(self, text: str) -> int:
        return len(text.encode()) if self.label_bytes else len(text)


PROGRAMS = {
    ".sav": Program("SPSS", _SPSS_WORDS, 64, label_length=255, label_bytes=True, text_bytes=32_767),
    ".dta": Program("Stata", _STATA_WORDS, 32, label_length=80, label_bytes=False, text_bytes=0),
}


def write_labelled(table: pd.DataFrame, path: Path, labels: Mapping[str, str], known: Table | None) -> Path:
    """Write a .sav or .dta file; see `write_table`. `known` is the table of docs/tables.md that it is, if it is one."""
    import pandas as pd

    try:
        import pyreadstat
    except ImportError as error:
        raise MissingExtraError(f"Writing {path.suffix.lower()}", "spss") from error
    from compare import __version__

    program, columns = PROGRAMS[path.suffix.lower()], _columns(table, known)
    if not columns:
        raise InputError(f"{path}: the table has no columns; there is nothing to write.")
    names = program.names([column.name for column in columns])
    cells: dict[str, pd.Series] = {}
    numbers: dict[str, ValueLabels] = {}
    for number, (name, column) in enumerate(zip(names, columns, strict=True)):
        cells[name], stands_for = _variable(table.iloc[:, number], column, program, path)
        if stands_for:
            numbers[name] = stands_for
    options: dict[str, Any] = {
        "file_label": f"storydiff {__version__}",
        "column_labels": _labels(names, columns, labels, program, path),
        "variable_value_labels": numbers,
    }
    if program.name == "SPSS":
        kinds = {name: "n" if name in numbers else values.dtype.kind for name, values in cells.items()}
        forms = {"i": "F8.0", "u": "F8.0", "n": "F8.0", "f": "F10.4"}
        options["variable_format"] = {name: forms[kind] for name, kind in kinds.items() if kind in forms}
        options["variable_measure"] = {name: "scale" if kind in "iufM" else "nominal" for name, kind in kinds.items()}
    write = pyreadstat.write_sav if program.name == "SPSS" else pyreadstat.write_dta
    with whole_file(path) as temporary:
        try:
            write(pd.DataFrame(cells), temporary, **options)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
            raise InputError(f"{path}: cannot be written for {program.name} ({error}); nothing was changed.") from error
    return path


def _columns(table: pd.DataFrame, known: Table | None) -> list[Column]:
    """What each column is: a table's, a claim's in a wide table, or one's own."""
    names = [str(name) for name in table.columns]
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
    """Return the cells as the program takes them and, where they are numbers that stand for something, for what."""
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
            raise InputError(f"{path}: column {column.name} has an infinite number, which {program.name} cannot store.")
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
    """Return the variables' labels, and say what of names and labels is not as it was."""
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
        unit = "bytes" if program.label_bytes else "characters"
        _warn(
            f"{path}: {program.name} takes {program.label_length} {unit} of a label, so the labels of {_some(cut)} "
            "end in '…'; docs/tables.md has the columns' meanings whole."
        )
    return labels


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _warn(sentence: str) -> None:
    warnings.warn(sentence, InputWarning, stacklevel=5)
