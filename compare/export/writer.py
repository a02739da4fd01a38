"""A table of a bundle, written as Parquet and CSV, story by story, so that memory holds few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.export.manifest import csv_path, parquet_path
from compare.saving import write_csv

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from compare.export.withhold import Withheld
    from compare.tables import Table

# Rows, or bytes, that wait to be written together: a row group of a few rows makes a large file that reads slowly.
_ROWS, _BYTES = 50_000, 8_000_000


class TableWriter:
    """Writes the rows of one table as they come.

    Attributes:
        table: the table as it is before anything is withheld.
        described: the table as it is written.
        rows: how many are written.
    """

    def __init__(self, folder: Path, table: Table, withheld: Withheld | None) -> None:
        self.table = table
        self.described = withheld.table(table) if withheld else table
        self.rows = 0
        self._withheld = withheld
        self._parquet: Any = None
        self._path = folder / parquet_path(table.name)
        self._csv = (folder / csv_path(table.name)).open("w", encoding="utf-8", newline="")
        self._waiting: list[Any] = []
        self._weight = [0, 0]
        self._headed = False

    def write(self, frame: pd.DataFrame) -> None:
        """Write rows of the table as it is before anything is withheld."""
        import pyarrow as pa

        rows = self._withheld.frame(self.table, frame) if self._withheld else self.table.frame(frame)
        self.rows += len(rows)
        write_csv(rows, self._csv, header=not self._headed)
        self._headed = True
        arrow = pa.Table.from_pandas(rows, preserve_index=False)
        self._waiting.append(arrow)
        self._weight = [self._weight[0] + len(rows), self._weight[1] + arrow.nbytes]
        if self._weight[0] >= _ROWS or self._weight[1] >= _BYTES:
            self._flush()

    def close(self) -> None:
        """Write what waits, and end both files."""
        if not self._headed:
            self.write(self.table.frame([]))
        self._flush()
        self._csv.close()
        if self._parquet is not None:
            self._parquet.close()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._waiting:
            return
        if self._parquet is None:
            self._parquet = pq.ParquetWriter(self._path, self._waiting[0].schema)
        if self._weight[0]:  # a row group without rows is one that some readers stumble over
            self._parquet.write_table(pa.concat_tables(self._waiting))
        self._waiting, self._weight = [], [0, 0]
