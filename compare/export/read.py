"""A bundle becomes a Comparison or a Corpus again."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.comparison import Comparison, recorded_reader
from compare.errors import InputError
from compare.export.manifest import check_files, parquet_path, read_manifest
from compare.export.withhold import Withheld
from compare.settings import Settings
from compare.tables import (
    ARTICLES,
    BOILERPLATE,
    LABELS,
    OUTLET_STORIES,
    SAMPLED,
    STORY_TABLES,
    WORDINGS,
    Table,
    of_stories,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    import pandas as pd

    from compare.corpus.corpus import Corpus
    from compare.export.manifest import Manifest
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen, Recorded
    from compare.validation.validated import Validation

_BATCH = 50_000  # rows that are read at once


def read_bundle(
    folder: str | os.PathLike[str], *, encoder: Encoder | None = None, reader: Chosen | Recorded = "recorded"
) -> Comparison | Corpus:
    """Read a data set back, as `Comparison.export`, `Corpus.export` or `storydiff export` wrote it.

    Every file that is read is checked against its SHA-256. Where the data set is without text, the columns that are
    withheld are missing in every row, and their fingerprints stand in columns after the others.

    Args:
        folder: the data set.
        encoder: the encoder that it was made with, if it was one of your own and you want to `track`.
        reader: who reads for `track`. "recorded" is the one that it was made with, if that is the shipped one or none;
            one of your own must be given. None goes by words alone.

    Returns:
        A `Comparison` of one story, or a `Corpus` (with its validation, if coders' labels are part of it).

    Raises:
        InputError: it is no data set of this version's format, or a file of it is missing, truncated or edited.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    check_files(path, manifest, [*map(parquet_path, manifest.tables), "settings.toml"])
    if manifest.kind == "story":
        return read_story(path, manifest, encoder, reader)
    corpus = _corpus(path, manifest, encoder, reader)
    validation = validation_of(path, manifest)
    return corpus if validation is None else corpus.with_validation(validation)


def read_validation(folder: str | os.PathLike[str]) -> Validation:
    """Read coders' labels back from a data set that has them.

    Raises:
        InputError: it is no data set, is damaged, or has no labels.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    check_files(path, manifest, [parquet_path(SAMPLED.name), parquet_path(LABELS.name)])
    validation = validation_of(path, manifest)
    if validation is None:
        raise InputError(f"{path}: has no coders' labels; nobody has checked these decisions.")
    return validation


def validation_of(folder: Path, manifest: Manifest) -> Validation | None:
    """Return what coders said, if that is part of a bundle."""
    if not manifest.validation:
        return None
    from compare.validation.validated import weighed

    decisions = read_table(folder, manifest, SAMPLED)  # in their order: sums of them have other last digits in another
    labels = read_table(folder, manifest, LABELS)
    carried = tuple(manifest.validation["carried"])
    warnings = manifest.validation["warnings"]
    return weighed(manifest.validation["sample"], decisions, labels, carried, warnings)


def counted_corpus(folder: Path, manifest: Manifest) -> Corpus:
    """Return a corpus of the counts alone, of which statistics can be asked and no story."""
    from dataclasses import replace

    from compare.corpus.corpus import Corpus
    from compare.corpus.store import Manifest as Run

    corpus = Corpus(folder, Run(**manifest.run), Settings.read(folder / "settings.toml"))
    corpus.__dict__["outlet_stories"] = read_table(folder, manifest, OUTLET_STORIES)
    validation = validation_of(folder, manifest)
    return corpus if validation is None else replace(corpus, validation=validation, unvalidated=corpus)


def read_table(folder: Path, manifest: Manifest, table: Table) -> pd.DataFrame:
    """Read a table of a bundle, with its columns as they are before anything is withheld, those missing.

    Raises:
        InputError: it cannot be read, or has other columns.
    """
    import pandas as pd

    _check_listed(folder, manifest, table)
    path = folder / parquet_path(table.name)
    try:
        return _restored(pd.read_parquet(path), table, manifest, path)
    except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
        raise InputError(f"{path}: cannot be read; get the bundle anew.") from error


def _check_listed(folder: Path, manifest: Manifest, table: Table) -> None:
    if table.name not in manifest.tables:
        raise InputError(f"{folder}: lists no table {table.name}, and what is not listed is not read; get it anew.")


def _restored(frame: pd.DataFrame, table: Table, manifest: Manifest, path: Path) -> pd.DataFrame:
    import pandas as pd

    described = _described(table, manifest)
    for names, others, what in (
        (frame.columns, described.names, "a column that is unknown"),
        (described.names, frame.columns, "no column"),
    ):
        odd = [name for name in names if name not in set(others)]
        if odd:
            raise InputError(f"{path}: has {what}: {', '.join(odd)}; it is not as storydiff wrote it, get it anew.")
    frame = described.frame(frame)
    if described is table:
        return frame
    absent = {column.name: column.dtype for column in table.columns if column.name not in frame}
    missing = {name: pd.Series(pd.NA, index=frame.index, dtype=dtype) for name, dtype in absent.items()}
    more = [name for name in described.names if name not in table.names]
    return frame.assign(**missing)[[*table.names, *more]]


def _described(table: Table, manifest: Manifest) -> Table:
    return Withheld(b"").table(table) if manifest.text == "none" else table


def read_story(
    folder: Path, manifest: Manifest, encoder: Encoder | None = None, reader: Chosen | Recorded = None
) -> Comparison:
    """Read the story of a bundle that has one, its files unchecked."""
    tables: dict[str, Any] = {table.name: read_table(folder, manifest, table) for table in STORY_TABLES}
    return Comparison(
        story_id=manifest.run["story_id"],
        **tables,
        settings=Settings.read(folder / "settings.toml"),
        encoder=encoder,
        reader=recorded_reader(manifest.run["reader"], reader),
        reader_name=manifest.run["reader"],
        boilerplate=read_table(folder, manifest, BOILERPLATE) if BOILERPLATE.name in manifest.tables else None,
        wordings=read_table(folder, manifest, WORDINGS) if WORDINGS.name in manifest.tables else None,
    )


def _corpus(folder: Path, manifest: Manifest, encoder: Encoder | None, reader: Chosen | Recorded) -> Corpus:
    """Lay the stories out as a run folder, a temporary one, which goes when the corpus does."""
    from compare.corpus.corpus import open_run
    from compare.corpus.store import Manifest as Run
    from compare.corpus.store import begin_run, story_folder, write_story
    from compare.progress import progress

    # Its stories' folders are named here, and not by whoever wrote the bundle: a name may lead anywhere.
    run = Run(**{**manifest.run, "stories": {story: story_folder(story) for story in manifest.run["stories"]}})
    room = Path(tempfile.mkdtemp(prefix="storydiff-"))
    try:
        begin_run(room, run, Settings.read(folder / "settings.toml"), read_table(folder, manifest, BOILERPLATE))
        # The counts, too: without text they cannot be made again, because who is quoted is withheld.
        rows = {table.name: _Rows(folder, manifest, table) for table in (*STORY_TABLES, OUTLET_STORIES)}
        stories = [story for story in run.stories if story not in run.failed]
        for story in progress(stories, total=len(stories), unit="stories"):
            tables = {name: of_table.take(story) for name, of_table in rows.items()}
            if not tables[ARTICLES.name].empty:  # else the run was stopped before this story
                write_story(room, story, tables)
        corpus = open_run(room, encoder=encoder, reader=reader)
    except BaseException:
        shutil.rmtree(room, ignore_errors=True)
        raise
    weakref.finalize(corpus, shutil.rmtree, room, ignore_errors=True)
    return corpus


class _Rows:
    """The rows of one table, taken story by story in the order in which they were written."""

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
            for batch in pq.ParquetFile(self._path).iter_batches(_BATCH):
                yield pa.Table.from_batches([batch]).to_pandas()
        except (OSError, ValueError) as error:
            raise InputError(f"{self._path}: cannot be read; get the bundle anew.") from error
