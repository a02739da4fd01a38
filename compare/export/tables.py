"""One table to a file, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.export.cells import with_types
from compare.export.known import known_table
from compare.export.labelled import write_labelled
from compare.export.variables import PROGRAMS
from compare.saving import iso_times, read_csv, whole_file, write_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

_WRITTEN = ".csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata)"


def write_table(table: pd.DataFrame, path: str | Path, *, labels: Mapping[str, str] | None = None) -> Path:
    """Write one table to a .csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata) file.

    In .sav and .dta, columns of few values (state, kind, ...) are whole numbers with value labels, counted from 1 in
    the order of docs/tables.md; false and true are 0 and 1. The columns' meanings are the variables' labels, and
    missing text is empty. What SPSS or Stata do not take as it is (a name, a label) changes with an `InputWarning`.

    Args:
        table: what to write.
        path: where; the ending says in which form.
        labels: in .sav and .dta, what columns of your own mean, such as the claims' wordings in a wide table.

    Returns:
        The path.

    Raises:
        InputError: another extension, the table does not fit the form, or the file cannot be written.
        MissingExtraError: .sav or .dta, and pyreadstat is not installed.
    """
    writers: dict[str, Callable[[pd.DataFrame, Path], object]] = {
        ".csv": write_csv,
        ".jsonl": _write_jsonl,
        ".parquet": lambda frame, to: frame.to_parquet(to, index=False),
    }
    path = Path(path)
    form = path.suffix.lower()
    if form not in {*writers, *PROGRAMS}:
        raise InputError(f"{path}: is no kind of table that can be written; end the name in {_WRITTEN}.")
    twice = table.columns[table.columns.duplicated()]
    if len(twice) and form != ".csv":
        raise InputError(f"{path}: has two columns {str(twice[0])!r}; give each another name.")
    if form in PROGRAMS:
        return write_labelled(table, path, labels or {})
    with whole_file(path) as temporary:
        writers[form](table, temporary)
    return path


def read_table(path: str | Path) -> pd.DataFrame:
    """Read one table back, from a .csv, .jsonl or .parquet file that storydiff wrote.

    Columns have their types again where they are a table's of docs/tables.md, which is known by its columns or else by
    the file's name; other columns of CSV are text. An empty cell of CSV is missing where the column may be missing, and
    of other text it is "". Apostrophes that guard cells against being run as formulas are taken away.

    Args:
        path: the file.

    Returns:
        A DataFrame with the file's columns.

    Raises:
        InputError: another extension, the file cannot be read, or a cell is not what its column holds.
    """
    path = Path(path)
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": read_csv,
        ".jsonl": _read_jsonl,
        ".parquet": _read_parquet,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: is no table that can be read; give a .csv, .jsonl or .parquet file.")
    frame = reader(path)
    table = known_table(map(str, frame.columns), path.stem)
    if table and not len(frame.columns):  # JSON Lines without a line
        return table.frame([])
    return with_types(frame, table, path)


def _write_jsonl(table: pd.DataFrame, path: Path) -> None:
    """Write a JSON object a line, numbers with all their digits; missing and infinite ones are null."""
    import numpy as np

    plain = table.copy(deep=False)
    for number, dtype in enumerate(table.dtypes):
        if dtype.kind == "M":
            plain.isetitem(number, iso_times(table.iloc[:, number]).array)
    cells = plain.replace([np.inf, -np.inf], np.nan).astype("object")
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for record in cells.where(cells.notna(), None).to_dict("records"):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _read_jsonl(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: a cell may hold other ends of lines
        records: list[dict[str, Any]] = [json.loads(line) for line in lines if line]
        return pd.DataFrame(records)
    except FileNotFoundError as error:
        raise InputError(f"{path}: does not exist; check the path.") from error
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{path}: cannot be read as JSON Lines; give a table that storydiff wrote.") from error


def _read_parquet(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_parquet(path)
    except FileNotFoundError as error:
        raise InputError(f"{path}: does not exist; check the path.") from error
    except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
        raise InputError(f"{path}: cannot be read as Parquet; give a table that storydiff wrote.") from error
