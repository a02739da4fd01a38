"""Write one table to a file, and read it back."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.export.withhold import Withheld
from compare.foreign import checked_file
from compare.saving import iso_times, read_csv, whole_file, write_csv
from compare.tables import (
    BOILERPLATE,
    CHECKS,
    CODEBOOK,
    CODED,
    CORPUS_TABLES,
    CORRECTIONS,
    FLAG,
    INTEGER,
    LINEAGE,
    MAYBE_INTEGER,
    NUMBER,
    QUOTATIONS,
    STORY_TABLES,
    TEXT,
    TIME,
    TRACKED,
    VALIDATION_TABLES,
    WORDINGS,
    of_stories,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from compare.tables import Column, Table

_WRITTEN = {".csv": "", ".jsonl": "", ".parquet": "", ".sav": " (SPSS)", ".dta": " (Stata)"}
_TABLES = (
    *(*STORY_TABLES, *CORPUS_TABLES, TRACKED, CODEBOOK, WORDINGS, CODED, QUOTATIONS, BOILERPLATE, CORRECTIONS),
    *(LINEAGE, *VALIDATION_TABLES, CHECKS),
)


def check_format(path: str | Path) -> str:
    """Return the extension by which a table is written.

    Raises:
        InputError: the extension is unknown.
    """
    form = Path(path).suffix.lower()
    if form not in _WRITTEN:
        *others, last = (f"{name}{of}" for name, of in _WRITTEN.items())
        raise InputError(f"{path}: cannot be written in this format; end the name in {', '.join(others)} or {last}.")
    return form


def write_table(
    table: pd.DataFrame, path: str | Path, *, labels: Mapping[str, str] | None = None, excel: bool = False
) -> Path:
    """Write one table to a .csv, .jsonl, .parquet, .sav (SPSS) or .dta (Stata) file.

    In .sav and .dta, columns of few values (state, kind, ...) are whole numbers with value labels, counted from 1 in
    the order of docs/tables.md; false and true are 0 and 1. The columns' meanings are the variables' labels, and
    missing text is empty. Names and labels that SPSS or Stata do not accept are changed, with an `InputWarning`.

    Args:
        table: the table to write.
        path: the file; its extension decides the format.
        labels: in .sav and .dta, the meanings of columns of your own, such as the claims' wordings in a wide table.
        excel: begin a .csv file with a byte order mark, so that Excel shows accents; `read_table` removes it.

    Returns:
        The path.

    Raises:
        InputError: the extension is unknown, the table does not fit the format, or the file cannot be written.
        MissingExtraError: .sav or .dta, and pyreadstat is not installed.
    """
    writers: dict[str, Callable[[pd.DataFrame, Path], object]] = {
        ".csv": partial(write_csv, excel=excel),
        ".jsonl": _write_jsonl,
        ".parquet": lambda frame, to: frame.to_parquet(to, index=False),
    }
    path = Path(path)
    form = check_format(path)
    twice = table.columns[table.columns.duplicated()]
    if len(twice) and form != ".csv":
        raise InputError(f"{path}: has two columns {str(twice[0])!r}; give each another name.")
    if form not in writers:
        from compare.export.labelled import write_labelled

        return write_labelled(table, path, labels or {}, known_table(map(str, table.columns), path.stem))
    with whole_file(path) as temporary:
        writers[form](table, temporary)
    return path


def read_table(path: str | Path) -> pd.DataFrame:
    """Read one table back, from a .csv, .jsonl or .parquet file that storydiff wrote.

    Columns get their types back if they belong to a table of docs/tables.md, recognised by its columns or else by the
    file's name; other columns of CSV are text. An empty cell of CSV is missing if the column may have missing values;
    in other text columns it is "". Apostrophes that keep cells from being run as formulas are removed.

    Args:
        path: the file.

    Returns:
        A DataFrame with the file's columns.

    Raises:
        InputError: the extension is unknown, the file cannot be read, or a cell does not fit its column.
    """
    import pandas as pd

    path = Path(path)
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": read_csv,
        ".jsonl": _read_jsonl,
        ".parquet": pd.read_parquet,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: cannot be read as a table; give a .csv, .jsonl or .parquet file.")
    try:
        frame = reader(checked_file(path))
    except FileNotFoundError as error:
        raise InputError(f"{path}: does not exist; check the path.") from error
    except (OSError, ValueError, TypeError) as error:  # pyarrow's own errors are ValueErrors
        form = {".jsonl": "JSON Lines", ".parquet": "Parquet"}[path.suffix.lower()]
        raise InputError(f"{path}: cannot be read as {form}; give a table that storydiff wrote.") from error
    table = known_table(map(str, frame.columns), path.stem)
    if table and not len(frame.columns):  # JSON Lines without a line
        return table.frame([])
    columns = {column.name: column for column in table.columns} if table else {}
    for number, name in enumerate(frame.columns):
        cells, column = frame.iloc[:, number], columns.get(name)
        # CSV does not distinguish missing from "".
        if path.suffix.lower() == ".csv" and (column is None or column.optional or column.dtype != TEXT):
            cells = cells.mask(cells == "")
        if column is not None and cells.dtype != column.dtype:
            cells = _typed(cells, column, path)
        frame.isetitem(number, cells.array)
    return frame


def known_table(names: Iterable[str], called: str = "") -> Table | None:
    """Find the table with exactly these columns, with or without text, or else the one with this name."""
    given = list(names)
    for table in _TABLES:
        for whole in (table, of_stories(table)):
            for form in (whole, Withheld(b"").table(whole)):
                if form.names == given:
                    return form
    # A validation's tables are called rates and differences, like those of a corpus; without names there are no rows.
    alike = (table for table in _TABLES if table.name in {called, f"corrected_{called}"})
    return next((table for table in alike if not given or {*table.key} <= set(given)), None)


def _write_jsonl(table: pd.DataFrame, path: Path) -> None:
    """Write one JSON object per line, with all digits of numbers; missing and infinite values are null."""
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

    lines = path.read_text(encoding="utf-8").split("\n")  # not splitlines: a cell may hold other line ends
    records: list[dict[str, Any]] = [json.loads(line) for line in lines if line]
    return pd.DataFrame(records)


def _typed(cells: pd.Series, column: Column, path: Path) -> pd.Series:
    import pandas as pd

    read, held = _READ.get(column.dtype, (str, ""))
    typed: list[Any] = []
    for place, value in enumerate(cells):
        try:
            if pd.isna(value) and column.dtype in {FLAG, INTEGER}:
                raise ValueError  # noqa: TRY301 - a missing value is as wrong here as another word
            typed.append(None if pd.isna(value) else read(value))
        except (ValueError, TypeError) as error:
            shown = "" if pd.isna(value) else str(value)[:40]
            raise InputError(
                f"{path}: column {column.name}, row {place + 1} holds {shown!r} and should hold {held}; "
                "give a table that storydiff wrote."
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


_READ: dict[str, tuple[Callable[[Any], Any], str]] = {
    FLAG: (_flag, "True or False"),
    INTEGER: (int, "a whole number"),
    MAYBE_INTEGER: (int, "a whole number, or empty"),
    NUMBER: (float, "a number"),
    TIME: (_time, "a time in ISO 8601"),
}
