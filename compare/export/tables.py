"""Single tables, written and read in the formats that others take."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import tables
from compare.errors import InputError
from compare.export.withhold import Withheld
from compare.saving import read_csv, whole_file, write_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from compare.tables import Column

_WRITTEN = ".csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata)"
_READ = ".csv, .jsonl or .parquet"


def write_table(table: pd.DataFrame, path: str | Path) -> Path:
    """Write one table to a .csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata) file.

    CSV is UTF-8 after RFC 4180, with times in ISO 8601; a cell of text that a spreadsheet would take for a formula gets
    an apostrophe in front, which `read_table` takes away. Of SPSS and Stata files see
    `compare.export.packages.write_labelled`; they need pyreadstat (the extra ``spss``).

    Returns:
        The path.

    Raises:
        InputError: another extension, a text that is too long for the format, or the file cannot be written.
        MissingExtraError: .sav or .dta without pyreadstat.
    """
    path = Path(path)
    kind = path.suffix.lower()
    writers: dict[str, Callable[[pd.DataFrame, Path], object]] = {
        ".csv": write_csv,
        ".jsonl": lambda frame, to: frame.to_json(
            to, orient="records", lines=True, force_ascii=False, date_format="iso", double_precision=15
        ),
        ".parquet": lambda frame, to: frame.to_parquet(to, index=False),
        ".sav": lambda frame, to: _labelled(frame, to, kind),
        ".dta": lambda frame, to: _labelled(frame, to, kind),
    }
    writer = writers.get(kind)
    if writer is None:
        raise InputError(f"{path}: is no kind of table that can be written; end the name in {_WRITTEN}.")
    with whole_file(path) as temporary:
        writer(table, temporary)
    return path


def read_table(path: str | Path) -> pd.DataFrame:
    """Read one table that `write_table` or an export wrote.

    Parquet has the types in it. Of a CSV or JSON Lines file a column that the toolkit has (`compare.tables`) gets its
    type by its name, where all tables agree on that; others are text. In CSV an empty cell is missing where the column
    may be missing, else an empty text, and the apostrophe before what a spreadsheet would take for a formula is gone.

    Args:
        path: a .csv, .jsonl or .parquet file.

    Raises:
        InputError: another extension, or the file cannot be read as such a table.
    """
    import pandas as pd

    path = Path(path)
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": read_csv,
        ".jsonl": lambda file: pd.read_json(file, orient="records", lines=True, dtype=False),
        ".parquet": pd.read_parquet,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: is no kind of table that can be read; give a {_READ} file.")
    try:
        table = reader(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or 'it is damaged'}); check the path.") from error
    except ValueError as error:  # pandas' and pyarrow's own errors are ValueErrors
        raise InputError(f"{path}: is no table that storydiff wrote ({error}).") from error
    if path.suffix.lower() == ".parquet":
        return table
    known = columns_of(path.stem)
    return table.apply(lambda cells: _typed(cells, known.get(str(cells.name)), path))


def columns_of(stem: str) -> dict[str, Column]:
    """What is known of a table's columns: of the table that a file is named after, else of all tables."""
    every = (*tables.STORY_TABLES, *tables.CORPUS_TABLES, tables.TRACKED, *tables.VALIDATION_TABLES)
    named = [table for table in every if table.name == stem]
    known: dict[str, Column] = {}
    unsure = set()
    for table in named or every:
        for column in (*table.columns, *Withheld(b"").table(table).columns):
            one = known.setdefault(column.name, column)
            if (one.dtype, one.values) != (column.dtype, column.values):
                unsure.add(column.name)
    return {name: column for name, column in known.items() if name not in unsure}


def _labelled(table: pd.DataFrame, path: Path, kind: str) -> None:
    from compare.export.packages import write_labelled

    write_labelled(table, path, columns_of(path.stem), kind)


def _typed(cells: pd.Series, column: Column | None, path: Path) -> pd.Series:
    """Give a column of text its type."""
    import pandas as pd

    dtype: Any = pd.api.types.pandas_dtype(column.dtype if column else tables.TEXT)
    text = dtype == tables.TEXT
    empty = cells.isna() | (cells == "") & (not text or (column is not None and column.optional))
    filled = cells.astype(object).mask(empty, None)
    try:
        if dtype == tables.FLAG:
            return filled.map({"True": True, "False": False, True: True, False: False}).astype(dtype)
        if dtype == tables.TIME:
            return pd.to_datetime(filled, utc=True, format="ISO8601").astype(dtype)
        return filled.astype(dtype) if text else pd.to_numeric(filled).astype(dtype)
    except (ValueError, TypeError) as error:
        raise InputError(f"{path}: column {cells.name} is not as storydiff writes it ({error}).") from error
