"""Every table as CSV and Parquet, with a data dictionary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.saving import whole_file, whole_folder, write_csv
from compare.tables import STORY_TABLES, data_dictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from compare.comparison import Comparison

_ABOUT = "storydiff.json"
_FILES = frozenset(
    [f"{table.name}.{kind}" for table in STORY_TABLES for kind in ("csv", "parquet")]
    + ["dictionary.csv", "settings.toml", _ABOUT]
)


def write_tables(comparison: Comparison, folder: str | Path) -> Path:
    """Write a Comparison's tables to a folder: NAME.csv and NAME.parquet each, and what describes them.

    CSV is UTF-8 after RFC 4180, with times in ISO 8601; cells of text that a spreadsheet would take
    for a formula get an apostrophe in front. Parquet has every cell as it is. `dictionary.csv`
    describes all columns; `settings.toml` and `storydiff.json` say how the tables came about.

    Args:
        comparison: what to write.
        folder: made if it is not there; an earlier export in it is replaced as a whole.

    Returns:
        The folder.

    Raises:
        InputError: the folder holds something else or cannot be written.
    """
    import compare

    with whole_folder(folder, _FILES) as new:
        for table in STORY_TABLES:
            frame = table.frame(getattr(comparison, table.name))
            frame.to_parquet(new / f"{table.name}.parquet", index=False)
            write_csv(frame, new / f"{table.name}.csv")
        write_csv(data_dictionary(), new / "dictionary.csv")
        (new / "settings.toml").write_text(comparison.settings.to_toml(), encoding="utf-8")
        about = {
            "storydiff": compare.__version__,
            "story_id": comparison.story_id,
            "rows": {table.name: len(getattr(comparison, table.name)) for table in STORY_TABLES},
        }
        (new / _ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return Path(folder)


def write_table(table: pd.DataFrame, path: str | Path) -> Path:
    """Write one table to a .csv, .jsonl or .parquet file, as `write_tables` writes it.

    Returns:
        The path.

    Raises:
        InputError: another extension, or the file cannot be written.
    """
    writers: dict[str, Callable[[pd.DataFrame, Path], object]] = {
        ".csv": write_csv,
        ".jsonl": lambda frame, to: frame.to_json(to, orient="records", lines=True, force_ascii=False),
        ".parquet": lambda frame, to: frame.to_parquet(to, index=False),
    }
    path = Path(path)
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise InputError(f"{path}: is no kind of table that can be written; end the name in .csv, .jsonl or .parquet.")
    with whole_file(path) as temporary:
        writer(table, temporary)
    return path
