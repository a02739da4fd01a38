"""Check that a bundle is what it claims to be: its statistics and, given the articles, every table."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare import __version__
from compare.errors import InputError, StorydiffError, count, listed
from compare.export.bundle import SINGLE_TABLES, write_tables
from compare.export.manifest import csv_path, environment, file_of, parquet_path
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
# How far a number may be off where processor or packages are others: without AVX, the reader moves it by up to .014.
TOLERANCE = 0.02
# Statistics are computed from the data set's own tables, without the reader: only the order of sums is another there.
_OF_STATISTICS = 1e-4
_NEAR = "with numbers within {:g} of each other"
_SHOWN = 5  # most differences of a table that are listed


@dataclass(frozen=True, eq=False)
class Reproduction:
    """The result of checking a data set.

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
    elsewhere = _elsewhere(manifest)
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
            there, here = read_table(folder, manifest, table), table.frame(frame)
            exact = _differences(table, there, here)
            unequal = _differences(table, there, here, _OF_STATISTICS) if exact and elsewhere else exact
        except InputError as error:
            exact = unequal = [str(error)]
        near = f", {_NEAR.format(_OF_STATISTICS)}; it was made with {elsewhere}" if exact else ""
        detail = "; ".join(unequal) or f"computed again from the tables{near}"
        rows.append(check_row(f"table {name}", "differs" if unequal else "same", detail))
    return rows


def check_tables(folder: Path, manifest: Manifest, contents: Contents, withheld: Withheld | None) -> list[Row]:
    """Recompute the tables from the articles and compare their bytes or, if these differ, their cells.

    In another environment than the authors', numbers may differ by `TOLERANCE`; all else is the same or differs.
    """
    given = (BOILERPLATE.name, WORDINGS.name) if contents.kind == "story" else ()
    rows = [
        check_row(f"table {name}", "not checked", "was given by the authors, not computed")
        for name in given
        if name in manifest.tables
    ]
    same_version, elsewhere = manifest.storydiff == __version__, _elsewhere(manifest)
    made = f"; it was made with {elsewhere}" if elsewhere else ""
    made = made if same_version else f"; it was made by storydiff {manifest.storydiff}"
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
                    exact = found = [f"{path} cannot be read"]
                else:
                    here = parquet_in(Path(room) / path)
                    exact = _differences(table, there, here)
                    found = _differences(table, there, here, TOLERANCE) if exact and elsewhere else exact
                result = "differs" if found else "same"
                cells = f"every cell, {_NEAR.format(TOLERANCE)}" if exact else "every cell"
                detail = ("; ".join(found) or f"{cells}; the bytes differ, as other versions write them") + made
            rows.append(check_row(f"table {table.name}", result, detail))
    return rows


def _elsewhere(manifest: Manifest) -> str:
    """Name what is other here than where the data set was made: "numpy 2.3 (here 2.4)"; empty if nothing is."""
    there, here = manifest.environment, environment()
    unequal = [name for name in there if there[name] != here.get(name)]
    return listed([f"{name} {there[name]} (here {here.get(name, 'none')})" for name in unequal])


def _equal(folder: Path, other: Path, path: str) -> bool:
    try:
        return file_of(folder, path).sha256 == file_of(other, path).sha256
    except OSError:
        return False


def _differences(table: Table, there: pd.DataFrame, here: pd.DataFrame, tolerance: float = 0.0) -> list[str]:
    """Describe the cells in which a bundle's table differs from the recomputed one: a few, and how many more.

    Fractions that are off by at most `tolerance` do not differ.
    """
    if list(there.columns) != list(here.columns):
        return [f"its columns are {', '.join(there.columns)}; they should be {', '.join(here.columns)}"]
    try:
        left, right = _keyed(table, table.typed(there)), _keyed(table, here)
    except ValueError as error:
        return [f"it {error}"]
    if not left.index.is_unique or not right.index.is_unique:
        had = f"it has {count(len(there), 'row')}, and should have {len(here):,}"
        return [f"rows have the same {', '.join(table.key)}: {had}"]
    named = f"{' · '.join(table.key)} "
    both = left.index.intersection(right.index, sort=False)
    found = [f"{named}{row} is not in the data set" for row in right.index.difference(left.index)]
    found += [f"{named}{row} should not be there" for row in left.index.difference(right.index)]
    for column in left.columns:
        a, b = left.loc[both, column], right.loc[both, column]
        equal = (a == b).fillna(False) | (a.isna() & b.isna())
        if tolerance and a.dtype.kind == b.dtype.kind == "f":
            equal |= (a - b).abs() <= tolerance
        unequal = ~equal.to_numpy(bool)
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
    return frame.set_index(pd.Index([" · ".join(row) for row in labels.itertuples(index=False)], dtype="str"))


def _shown(value: Any) -> str:
    import pandas as pd

    if pd.isna(value):
        return "missing"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
