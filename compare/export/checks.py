"""Check that a bundle is what it claims to be: its statistics and, given the articles, every table."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import __version__
from compare.errors import InputError, StorydiffError, count
from compare.export.bundle import SINGLE_TABLES, write_tables
from compare.export.manifest import csv_path, file_of, parquet_path
from compare.export.read import read_table
from compare.foreign import parquet_in
from compare.tables import BOILERPLATE, LABELS, OUTLET_STORIES, SAMPLED, STORY_TABLES, WORDINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from compare.export.bundle import Contents
    from compare.export.manifest import Manifest
    from compare.export.withhold import Withheld
    from compare.tables import Table

    Row = dict[str, str]

FROM_ARTICLES = {table.name for table in (*STORY_TABLES, BOILERPLATE, OUTLET_STORIES)}
_SHOWN = 5  # most differences of a table that are listed


@dataclass(frozen=True, eq=False)
class Reproduction:
    """The result of checking a bundle.

    Attributes:
        checks: the CHECKS table: a row for each file that was changed, and for each table.
    """

    checks: pd.DataFrame

    @property
    def ok(self) -> bool:
        """Whether nothing differs; unchecked parts do not count."""
        return not (self.checks["result"] == "differs").any()

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        results = self.checks["result"]
        same, left = int((results == "same").sum()), int((results == "not checked").sum())
        if not self.ok:
            bad = self.checks.loc[results == "differs", "what"]
            return f"not reproduced: {count(len(bad), 'check')} failed ({', '.join(bad)})"
        rest = f"; {left} not checked" if left else ""
        return f"reproduced: {count(same, 'check')} passed{rest}"


def check_row(what: str, result: str, detail: str) -> Row:
    """Return a row of CHECKS."""
    return {"what": what, "result": result, "detail": detail}


def check_statistics(folder: Path, manifest: Manifest, again: Callable[[], dict[str, pd.DataFrame]]) -> list[Row]:
    """Compare the statistics in the data set with those that `again` recomputes from its tables."""
    try:
        found = again()
    except (StorydiffError, KeyError, ValueError) as error:
        return [check_row("statistics", "differs", f"cannot be computed: {error}")]
    rows = []
    for name, frame in found.items():
        if name in {SAMPLED.name, LABELS.name}:
            continue
        table = SINGLE_TABLES[name]
        try:
            unequal = "; ".join(_differences(table, read_table(folder, manifest, table), table.frame(frame)))
        except InputError as error:
            unequal = str(error)
        detail = unequal or "computed again from the tables"
        rows.append(check_row(f"table {name}", "differs" if unequal else "same", detail))
    return rows


def check_tables(folder: Path, manifest: Manifest, contents: Contents, withheld: Withheld | None) -> list[Row]:
    """Recompute the tables from the articles and compare their bytes or, if these differ, their cells."""
    given = (BOILERPLATE.name, WORDINGS.name) if contents.kind == "story" else ()
    rows = [
        check_row(f"table {name}", "not checked", "was given by the authors, not computed")
        for name in given
        if name in manifest.tables
    ]
    same_version = manifest.storydiff == __version__
    made = "" if same_version else f"; it was made by storydiff {manifest.storydiff}"
    with tempfile.TemporaryDirectory(prefix="storydiff-") as room:
        for table, _ in write_tables(contents, Path(room), withheld):
            path = parquet_path(table.name)
            unequal = [name for name in (path, csv_path(table.name)) if not _equal(folder, Path(room), name)]
            result, detail = "same", "computed again from the articles, byte for byte"
            if unequal and path not in unequal:
                result, detail = "differs", f"{unequal[0]} does not hold the same as {path}"
            elif unequal:
                try:
                    there = parquet_in(folder / path)
                except (OSError, ValueError):
                    found = [f"{path} cannot be read"]
                else:
                    found = _differences(table, there, parquet_in(Path(room) / path))
                result = "differs" if found else "same"
                detail = "; ".join(found) or f"every cell; the bytes differ, as other versions write them{made}"
            rows.append(check_row(f"table {table.name}", result, detail))
    return rows


def _equal(folder: Path, other: Path, path: str) -> bool:
    try:
        return file_of(folder, path).sha256 == file_of(other, path).sha256
    except OSError:
        return False


def _differences(table: Table, there: pd.DataFrame, here: pd.DataFrame) -> list[str]:
    """Describe the cells in which a bundle's table differs from the recomputed one: a few, and how many more."""
    if list(there.columns) != list(here.columns):
        return [f"its columns are {', '.join(there.columns)}; they should be {', '.join(here.columns)}"]
    try:
        left, right = _keyed(table, table.typed(there)), _keyed(table, here)
    except ValueError as error:
        return [f"it {error}"]
    if not left.index.is_unique or not right.index.is_unique:
        return [f"rows have the same {', '.join(table.key)}: it has {len(there):,} rows, and should have {len(here):,}"]
    named = f"{' · '.join(table.key)} "
    both = left.index.intersection(right.index, sort=False)
    found = [f"{named}{row} is not in the data set" for row in right.index.difference(left.index)]
    found += [f"{named}{row} should not be there" for row in left.index.difference(right.index)]
    for column in left.columns:
        a, b = left.loc[both, column], right.loc[both, column]
        unequal = ~((a == b).fillna(False) | (a.isna() & b.isna())).to_numpy(bool)
        found += [
            f"{named}{row}: {column} is {_shown(a.loc[row])}, computed again {_shown(b.loc[row])}"
            for row in both[unequal]
        ]
    if not found and not left.index.equals(right.index):
        found = ["its rows are in another order"]
    more = len(found) - _SHOWN
    return found[:_SHOWN] + ([f"and {count(more, 'more difference')}"] if more > 0 else [])


def _keyed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    # As text, so that a missing part of a key equals itself and every row has a label for messages.
    labels = frame[list(table.key)].astype("str").fillna("missing")
    joined = pd.Index([" · ".join(row) for row in labels.to_numpy().tolist()], dtype="str")
    return frame.set_index(joined if len(table.key) > 1 else labels[table.key[0]])


def _shown(value: Any) -> str:
    import pandas as pd

    if pd.isna(value):
        return "missing"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
