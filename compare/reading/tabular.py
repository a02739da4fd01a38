"""Read tables as records: CSV, Excel, Parquet and DataFrames."""

from __future__ import annotations

import csv
import io
import re
import warnings
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, MissingExtraError, listed
from compare.reading.archives import LARGEST, check_packed
from compare.reading.decoding import decoded
from compare.reading.fields import NEEDED, offered
from compare.reading.problems import NoArticlesError
from compare.reading.providers import gdelt_place, provider_of
from compare.reading.web.addresses import lists_addresses
from compare.tables import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    from compare.reading.fields import Fields
    from compare.reading.problems import Problems
    from compare.reading.records import Records

_DELIMITERS = (",", ";", "\t")
_LONGEST_HEADER = 10_000  # characters; a file without line ends has no longer header worth reading
_MOST_ROWS = 10_000_000  # of a Parquet file, in which a million empty rows take a few bytes
_AT_ONCE = 20  # rows of a Parquet file that are unpacked before their size is looked at
_LARGEST_FIELD = 2**31 - 1  # the most that the csv module accepts on every system


@dataclass(frozen=True)
class Header:
    """What the first line of a table must have: the needed columns.

    `named` maps the columns of tables written by hand to the names used here; their rows
    may lack cells at the end, which are then empty. `fields` does the same for articles.
    """

    needed: tuple[str, ...] = NEEDED
    named: Callable[[list[str]], list[str]] | None = None
    fields: Fields | None = None

    def names(self, given: list[str]) -> list[str]:
        """Return the columns' names in the order of the line."""
        if self.fields:
            return self.fields.renamed(given)
        return self.named(given) if self.named else given


def csv_records(data: bytes, name: str, problems: Problems, header: Header | None = None) -> Records:
    """Read comma-separated values; the header shows whether the delimiter is a semicolon or a tab instead.

    A record is named after the line on which it begins. Every value is text: an outlet called NA stays one.

    Args:
        data: the file.
        name: its name in messages.
        problems: collects the problems.
        header: the required header; None for that of articles.
    """
    text = decoded(data, name, problems)
    header = header or Header(fields=problems.fields)
    line = re.split(r"[\r\n]", text[:_LONGEST_HEADER].lstrip("\r\n"), maxsplit=1)[0]
    needed = set(header.needed)
    cells = {d: _stripped(next(csv.reader([line], delimiter=d), [])) for d in _DELIMITERS}
    fits = [d for d in _DELIMITERS if needed <= set(header.names(cells[d]))]
    delimiter = fits[0] if fits else max(_DELIMITERS, key=lambda d: len(cells[d]))
    yield from _separated(text, delimiter, name, problems, header)


def is_table(text: str, fields: Fields) -> bool:
    """Whether a text begins with a header of articles, even with other column names, and has rows like it."""
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    if len(lines) < 2:
        return False
    for delimiter in _DELIMITERS:
        cells = _stripped(next(csv.reader(lines[:1], delimiter=delimiter), []))
        record = dict.fromkeys(cells, "")
        if len(cells) > 1 and delimiter in lines[1] and all(fields.has(record, name) for name in NEEDED):
            return True
    return False


def tsv_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read tab-separated values, quoted like CSV."""
    yield from _separated(decoded(data, name, problems), "\t", name, problems, Header(fields=problems.fields))


def parquet_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read a Parquet file; rows are counted from 1."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(pa.BufferReader(data))
        columns = _known_columns(name, file.schema_arrow.names, problems)
        table = _unpacked(file, list(columns), name)
        values = [table.column(column).to_pylist() for column in columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise InputError(f"{name}: is damaged or not a Parquet file; write or copy it again.") from error
    if not table.num_rows:
        raise InputError(f"{name}: has no rows; put at least one article into it, or leave it out.")
    yield from _rows(f"{name}, row", columns.values(), values)


def _unpacked(file: ParquetFile, columns: list[str], name: str) -> pa.Table:
    """Read columns of a Parquet file, in which one text that a million rows have is packed but once."""
    import pyarrow as pa

    parts, size = [file.schema_arrow.empty_table().select(columns)], 0
    if file.metadata.num_rows <= _MOST_ROWS:
        for batch in file.iter_batches(_AT_ONCE, columns=columns):
            parts.append(pa.Table.from_batches([batch]))
            size += sum(_plain(column).nbytes for column in batch.columns)
            if size > LARGEST:
                break
        else:
            return pa.concat_tables(parts)
    most = f"{LARGEST // 2**20:,} MB or {_MOST_ROWS:,} rows"
    raise InputError(f"{name}: unpacks to more than {most}; split it into several files.")


def _plain(column: pa.Array) -> pa.Array:
    import pyarrow as pa

    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def xlsx_records(data: bytes, name: str, problems: Problems) -> Records:
    """Read an Excel workbook: every sheet with articles; rows are numbered as in Excel.

    Raises:
        MissingExtraError: openpyxl is not installed.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("Reading .xlsx", "excel") from error
    check_packed(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about formats and drop-down lists, which no article needs
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    except Exception as error:  # openpyxl raises any error that the XML inside leads to
        raise InputError(f"{name}: is damaged or not an Excel workbook; save it again.") from error
    found = []
    for title, rows in sheets.items():
        filled = [(number, row) for number, row in enumerate(rows, start=1) if any(cell is not None for cell in row)]
        if filled:
            found.append((f'{name}, sheet "{title}"' if len(sheets) > 1 else name, filled))
    if not found:
        raise InputError(f"{name}: is empty; put at least one article into it, or leave it out.")
    header = Header(fields=problems.fields)
    heads = [_stripped(["" if cell is None else str(cell) for cell in rows[0][1]]) for _, rows in found]
    fits = [set(header.needed) <= set(header.names(head)) for head in heads]
    for (sheet, rows), head, fit in zip(found, heads, fits, strict=True):
        if not fit and any(fits):
            problems.note(f"{sheet}: was not read, because it has no columns {' and '.join(header.needed)}.")
            continue
        names = _checked_names(sheet, head, header)
        if len(rows) == 1:
            raise InputError(f"{sheet}: has a header but no rows; put at least one row into it, or leave it out.")
        for number, row in rows[1:]:
            fields = {column: cell for column, cell in zip(names, row, strict=True) if column}
            for column, cell in fields.items():
                # A headline like 2026 is a number in a spreadsheet.
                if isinstance(cell, (int, float)) and not isinstance(cell, bool) and column != "published":
                    fields[column] = str(cell).removesuffix(".0")
            yield f"{sheet}, row {number}", fields


def frame_records(frame: pd.DataFrame, problems: Problems, name: str = "") -> Records:
    """Read a DataFrame; rows are counted from 1, regardless of its index.

    Args:
        frame: outlet, text and other columns of the articles table.
        problems: collects the problems, and knows which columns are ours.
        name: its name in messages, if there are several tables.
    """
    table = name or "the DataFrame"
    columns = _known_columns(table, [str(column) for column in frame.columns], problems)
    if frame.empty:
        raise InputError(f"{table}: has no rows; give at least one article.")
    named = frame.set_axis([str(column) for column in frame.columns], axis="columns")
    values = [named[c].astype(object).where(named[c].notna(), None).tolist() for c in columns]
    yield from _rows(f"{name}, row" if name else "row", columns.values(), values)


def _separated(text: str, delimiter: str, name: str, problems: Problems, header: Header) -> Records:
    place = gdelt_place(text) if header.fields else None
    if place is not None:
        raise NoArticlesError(
            f"{name}: is a file of GDELT, which holds no texts but addresses (column {place + 1}); give it to "
            "storydiff fetch, and then what that writes."
        )
    lines = _parsed_lines(text, delimiter, name)
    _, first = next(lines, (1, []))
    names = _checked_names(name, _stripped(first), header)
    found = False
    for number, values in lines:
        found = True
        where = f"{name}, line {number}"
        if len(values) == len(names) or (header.named and len(values) < len(names)):
            yield where, dict(zip_longest(names, values, fillvalue=""))
        else:
            problems.refuse(
                where,
                f"has {len(values)} fields where the header has {len(names)}",
                "put fields that hold the delimiter or a line end into quotation marks",
            )
    if not found:
        raise InputError(f"{name}: has a header but no rows; put at least one row into it, or leave it out.")


def _stripped(cells: list[str]) -> list[str]:
    return [cell.strip() for cell in cells]


def _parsed_lines(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not blank with the physical line on which it begins."""
    # Without strict, an unclosed quotation mark swallows the rest of the file as one field.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        # The limit applies to the whole process, so it is raised for one record at a time.
        usual = csv.field_size_limit(_LARGEST_FIELD)
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"{name}, line {begins}: the quotation marks do not pair up ({error}); "
                "close every quoted field, and write a quotation mark inside it as two."
            ) from error
        finally:
            csv.field_size_limit(usual)
        if values:
            yield begins, values


def _known_columns(table: str, given: list[str], problems: Problems) -> dict[str, str]:
    """Map the columns that the articles table has to our names; needed ones must be there, and none twice."""
    names = _checked_names(table, given, Header(fields=problems.fields))
    return {column: name for column, name in zip(given, names, strict=True) if name}


def _checked_names(table: str, given: list[str], header: Header) -> list[str]:
    """Return a table's columns under the names used here; the needed ones must be there, and none twice."""
    names = header.names(given)
    if header.fields:
        header.fields.check(table, given)
    missing = [column for column in header.needed if column not in names]
    if missing:
        provider = provider_of(given)
        if provider and "text" not in provider.fields:
            raise NoArticlesError(
                f"{table}: is a list of addresses from {provider.name} and holds no texts; {_fetch_first(table)}"
            )
        offer = offered(missing, given) if header.fields else None
        absent = " or ".join(f'"{column}"' for column in missing[: None if offer else 1])
        way_out = offer or f"every table needs {' and '.join(header.needed)}, so rename or add it"
        if header.fields and not offer:
            # A title above the table, or a missing header, also leads here.
            way_out = f"name it in the first row, or say which column it is: --map {missing[0]}=COLUMN"
            if lists_addresses(given, missing):
                way_out = f"if it lists addresses, {_fetch_first(table)}"
        raise NoArticlesError(f"{table}: has no column {absent} (its columns: {listed(given) or 'none'}); {way_out}.")
    used = {*header.needed, *ARTICLES.names}
    twice = next((column for column in names if column in used and names.count(column) > 1), None)
    if twice:
        raise InputError(f'{table}: has the column "{twice}" twice; keep one of them.')
    return names


def _fetch_first(table: str) -> str:
    if table.lower().endswith(".csv"):
        return f"fetch its pages first: storydiff fetch {table} -o articles.jsonl"
    return "save it as .csv and fetch its pages first: storydiff fetch FILE.csv -o articles.jsonl"


def _rows(where: str, columns: Iterable[str], values: Iterable[list[Any]]) -> Records:
    for number, row in enumerate(zip(*values, strict=True), start=1):
        yield f"{where} {number}", dict(zip(columns, row, strict=True))
