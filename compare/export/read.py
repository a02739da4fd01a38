"""Reads the tables of a bundle with all their columns, and matches them with the original articles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, count
from compare.export.manifest import check_files, parquet_path, read_manifest
from compare.export.withhold import Withheld
from compare.foreign import checked_file, frame_of, parquet_in
from compare.tables import BOILERPLATE, LABELS, SAMPLED, of_stories

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Hashable, Iterator

    import pandas as pd

    from compare.export.manifest import Manifest
    from compare.tables import Table
    from compare.validation.validated import Validation

_BATCH = 50_000  # rows read at a time


def read_validation(folder: str | os.PathLike[str]) -> Validation:
    """Read coders' labels back from a data set that includes them.

    Raises:
        InputError: it is not a data set, is damaged, or has no labels.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    check_files(path, manifest, [parquet_path(SAMPLED.name), parquet_path(LABELS.name)])
    validation = validation_of(path, manifest)
    if validation is None:
        raise InputError(f"{path}: has no coders' labels: nobody has checked these decisions.")
    return validation


def validation_of(folder: Path, manifest: Manifest) -> Validation | None:
    """Return the coders' labels, if the bundle includes them."""
    if not manifest.validation:
        return None
    from compare.validation.validated import weighed

    decisions = read_table(folder, manifest, SAMPLED)  # their order matters for the last digits of sums
    labels = read_table(folder, manifest, LABELS)
    carried = tuple(manifest.validation["carried"])
    warnings = manifest.validation["warnings"]
    return weighed(manifest.validation["sample"], decisions, labels, carried, warnings)


def read_table(folder: Path, manifest: Manifest, table: Table) -> pd.DataFrame:
    """Read a table of a bundle with all its columns; withheld ones are missing."""
    _check_listed(folder, manifest, table)
    path = folder / parquet_path(table.name)
    try:
        frame = parquet_in(path)
    except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
        raise InputError(f"{path}: cannot be read; download the data set again.") from error
    return _restored(frame, table, manifest, path)


def _check_listed(folder: Path, manifest: Manifest, table: Table) -> None:
    if table.name not in manifest.tables:
        raise InputError(f"{folder}: does not list table {table.name}, so it cannot be checked; download it again.")


def _restored(frame: pd.DataFrame, table: Table, manifest: Manifest, path: Path) -> pd.DataFrame:
    import pandas as pd

    described = _described(table, manifest)
    for names, others, what in (
        (frame.columns, described.names, "a column that is unknown"),
        (described.names, frame.columns, "no column"),
    ):
        odd = [name for name in names if name not in set(others)]
        if odd:
            raise InputError(f"{path}: has {what}: {', '.join(odd)}; storydiff did not write it so; download it again.")
    try:
        frame = described.checked(frame)[described.names]
    except ValueError as error:
        raise InputError(f"{path}: {error}; storydiff did not write it so; download it again.") from error
    if described is table:
        return frame
    absent = {column.name: column.dtype for column in table.columns if column.name not in frame}
    missing = {name: pd.Series(pd.NA, index=frame.index, dtype=dtype) for name, dtype in absent.items()}
    more = [name for name in described.names if name not in table.names]
    return frame.assign(**missing)[[*table.names, *more]]


def _described(table: Table, manifest: Manifest) -> Table:
    return Withheld(b"").table(table) if manifest.text == "none" else table


class BundleRows:
    """The rows of one table, read story by story in the order in which they were written."""

    def __init__(self, folder: Path, manifest: Manifest, table: Table) -> None:
        _check_listed(folder, manifest, table)
        self._table, self._manifest = table, manifest
        self._path = folder / parquet_path(table.name)
        self._batches = self._read()
        self._rest = next(self._batches, None)

    def take(self, story: str) -> pd.DataFrame:
        """Return the rows of the next story."""
        import pandas as pd

        parts: list[pd.DataFrame] = []
        while self._rest is not None:
            ours = (self._rest["story_id"] == story).to_numpy()
            end = len(ours) if ours.all() else int(ours.argmin())
            parts.append(self._rest.iloc[:end])
            self._rest = self._rest.iloc[end:] if end < len(ours) else next(self._batches, None)
            if end < len(ours):
                break
        whole = of_stories(self._table)
        frame = pd.concat(parts, ignore_index=True) if parts else _described(whole, self._manifest).frame([])
        restored = _restored(frame, whole, self._manifest, self._path)
        return restored if "story_id" in self._table.names else restored.drop(columns="story_id")

    def _read(self) -> Iterator[pd.DataFrame]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            for batch in pq.ParquetFile(checked_file(self._path)).iter_batches(_BATCH):
                if batch.schema.names.count("story_id") != 1:
                    raise InputError(f"{self._path}: does not say once of which story its rows are; download it again.")
                yield frame_of(pa.Table.from_batches([batch]))
        except (OSError, ValueError, pa.ArrowException) as error:
            raise InputError(f"{self._path}: cannot be read; download the data set again.") from error


# In a bundle without text, the article_id of an article that had no id of its own.
_KEYED = re.compile(r"a[0-9a-f]{16}")
_KEPT = ("story_id", "outlet", "published", "url", "language", "complete")
_NAMED = 5  # most articles named in an error


def original_records(there: pd.DataFrame, given: pd.DataFrame, withheld: Withheld | None) -> list[dict[str, Any]]:
    """Combine the texts of the given articles with all other fields from the bundle.

    Raises:
        InputError: some articles are missing or have another text; it names them.
    """
    fingerprint: Callable[[str], str] = withheld.fingerprint if withheld else str
    suffix = "_hmac" if withheld else ""
    found: dict[str, list[dict[Hashable, Any]]] = {}
    for row in given.to_dict("records"):
        found.setdefault(fingerprint(row["text"]), []).append(row)

    def alike(row: dict[Hashable, Any], other: dict[Hashable, Any]) -> tuple[bool, ...]:
        name, title = other["article_id"], other["title"]
        name = withheld.article_or_sentence(name) if withheld else name
        title = fingerprint(title) if isinstance(title, str) else title
        return row["article_id"] == name, row["outlet"] == other["outlet"], row[f"title{suffix}"] == title

    ids = set(given["article_id"])
    records, absent = [], []
    for row in there.to_dict("records"):
        name, same = row["article_id"], found.get(row[f"text{suffix}"], [])
        if not same:
            what = "has another text" if name in ids else "is not among the articles"
            absent.append(f"{name} of {row['outlet']} {what}")
            continue
        # Of several articles with the same text, the best match.
        best = max(same, key=lambda other, row=row: alike(row, other))  # type: ignore[misc] # a bound loop variable
        record: dict[str, Any] = {field: row[field] for field in _KEPT} | {"title": best["title"], "text": best["text"]}
        if not (withheld and _KEYED.fullmatch(name)):  # else the id derives from outlet, title and text, as before
            record["article_id"] = name
        records.append(record)
    if absent:
        more = f" and {len(absent) - _NAMED} more" if len(absent) > _NAMED else ""
        raise InputError(f"{len(absent)} of {count(len(there), 'article')}: {'; '.join(absent[:_NAMED])}{more}")
    return records


def original_boilerplate(
    folder: Path, manifest: Manifest, articles: pd.DataFrame, withheld: Withheld | None
) -> pd.DataFrame | None:
    """Return the lines that were left out; None if they must be learned again."""
    if BOILERPLATE.name not in manifest.tables:
        return None
    lines = read_table(folder, manifest, BOILERPLATE)
    if withheld is None:
        return lines
    printed = {line.strip() for text in articles["text"] for line in text.split("\n")}
    found = lines["line_hmac"].map({withheld.fingerprint(line): line for line in printed})
    if manifest.kind == "corpus" and found.isna().any():
        return None
    return BOILERPLATE.frame(lines.assign(line=found)[found.notna().to_numpy()])
