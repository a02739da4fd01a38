"""A run folder: a manifest, and the tables of every finished story, each story complete or not at all.

    RUN/run.json               what was compared, with what, and which stories there are
    RUN/settings.toml          the settings
    RUN/boilerplate.parquet    the lines left out as the outlets' own
    RUN/stories/NAME/          the story's tables: articles.parquet, sentences.parquet, ..., and its counts

Nothing in it depends on the time or the number of processes: the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.foreign import RUN, checked_file, fits, frame_of, json_in, parquet_in
from compare.saving import whole_file, whole_folder
from compare.settings import Settings
from compare.tables import BOILERPLATE, OUTLET_STORIES, STORY_TABLES, broken_reference, of_stories

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from compare.tables import Table

MANIFEST = "run.json"
_FORMAT = 4  # of the folder; no other format is read
_TABLES = (*STORY_TABLES, OUTLET_STORIES)
_FILES = frozenset(f"{table.name}.parquet" for table in _TABLES)
_BESIDE = ("settings.toml", "boilerplate.parquet")
_UNFINISHED = re.compile(r"\.[\w.-]+\.\w{8}")  # the folder in which `compare.saving` writes, if the program was killed
_OUTDATED = "outdated"  # the end of a name that `_UNFINISHED` fits
_READABLE = 40  # most characters of a story's id in the name of its folder


@dataclass(frozen=True)
class RunManifest:
    """The manifest of a run: fingerprints of its input, its stories, and those that could not be compared."""

    storydiff: str  # the version that wrote it
    settings: str  # fingerprint of the settings
    data: str  # of the articles, in their order; empty if their text is withheld
    boilerplate: str  # of the lines that were left out
    encoder: str | None  # the class of an encoder of your own
    reader: str | None  # the class of a reader of your own
    seed: int  # of the random draws for intervals and tests
    stories: dict[str, str]  # the folder of every story by its id, finished or not, in the order of the articles
    failed: dict[str, str] = field(default_factory=dict)  # the reason why a story could not be compared, by its id
    finished: bool = False  # whether no story is left to compare
    format: int = _FORMAT


def fingerprint(value: pd.DataFrame | Settings) -> str:
    """Return a table or settings as 16 hexadecimal digits of BLAKE2b: equal for the same values in the same order."""
    digest = hashlib.blake2b(digest_size=8)
    rows = [asdict(value).items()] if isinstance(value, Settings) else value.itertuples(index=False)
    for row in rows:  # one by one: together, all texts would be in memory twice
        digest.update(json.dumps([str(cell) for cell in row]).encode())
    return digest.hexdigest()


def story_folder(story_id: str) -> str:
    """Name a story's folder: the part of its id that every file system accepts, and eight digits that identify it."""
    readable = re.sub(r"[^a-z0-9]+", "-", story_id.lower()).strip("-")[:_READABLE]
    digits = hashlib.blake2b(story_id.encode(), digest_size=4).hexdigest()
    return f"{readable}-{digits}" if readable else digits


def check_free(folder: Path) -> None:
    """Refuse a folder that is not empty, so that no files are lost; a run without a story is as good as empty.

    Raises:
        InputError: it is a file, or a folder that is not empty, such as another run, or that a run is being written to.
    """
    if folder.is_dir():
        with _held(folder):
            pass
    _check_empty(folder)


def _check_empty(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; give the name of a folder to write.")
    if _only_begun(folder):
        return
    if (folder / MANIFEST).exists():
        raise InputError(
            f"{folder}: holds a run already; go on with it (--resume, in Python resume=True), or give another folder."
        )
    others = sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []
    if others:
        raise InputError(f"{folder}: holds other files ({others[0]}); give a new or an empty folder.")


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder for one writer; the hold ends with the process, whatever ends that.

    Windows and some network drives cannot hold a folder; there, nothing is refused.
    """
    try:
        import fcntl

        there = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        try:
            fcntl.flock(there, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"{folder}: is being written by another run; give another folder.") from None
        except OSError:
            pass
        yield
    finally:
        os.close(there)


@contextmanager
def written_by_one(folder: Path, *, goes_on: bool = False) -> Iterator[None]:
    """Make a folder if needed and hold it while a run is written to it; an error leaves no run without a story.

    Raises:
        InputError: another run is being written to it, it cannot be made, or it is not empty although no run goes on.
    """
    existed = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}).") from error
    with _held(folder):
        if goes_on:
            for one in _unfinished(folder):
                shutil.rmtree(one)
        else:
            _check_empty(folder)
        try:
            yield
        except Exception:  # a run that was stopped may have been read already, and is begun again as it was
            if not any(not one.name.startswith(".") for one in (folder / "stories").glob("*")):
                _clear(folder)
                if not existed and not any(folder.iterdir()):
                    folder.rmdir()
            raise
        finally:  # what was begun by workers that had to be ended
            for one in (folder / "stories").glob(".*"):
                if _UNFINISHED.fullmatch(one.name):
                    shutil.rmtree(one, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Delete what a run without a story holds: not the folder, which may be a link, or where we are."""
    for one in folder.iterdir():
        if one.name in {MANIFEST, *_BESIDE}:
            one.unlink()
        elif one.name == "stories" or _UNFINISHED.fullmatch(one.name):
            shutil.rmtree(one)


def _unfinished(folder: Path) -> list[Path]:
    """Return the temporary folders of a program that was killed."""
    held = [*folder.iterdir(), *(folder / "stories").glob("*")]
    return [one for one in held if _UNFINISHED.fullmatch(one.name) and one.is_dir()]


def _only_begun(folder: Path) -> bool:
    """Whether a folder holds nothing but the start of a run that was stopped before its first story."""
    try:
        manifest = read_manifest(folder)
    except InputError:
        return False
    unfinished = _unfinished(folder)
    held = [*folder.iterdir(), *(folder / "stories").glob("*")]
    own = {MANIFEST, *_BESIDE, "stories"}
    others = [one for one in held if one not in unfinished and not (one.parent == folder and one.name in own)]
    return not (others or manifest.finished or manifest.failed)


def begin_run(folder: Path, manifest: RunManifest, settings: Settings, boilerplate: pd.DataFrame) -> None:
    """Create the run folder with everything but the stories.

    Raises:
        InputError: the folder is not empty or cannot be written.
    """
    _check_empty(folder)
    try:
        if folder.exists():
            _clear(folder)
        (folder / "stories").mkdir(parents=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}).") from error
    try:
        with whole_file(folder / "settings.toml") as path:
            path.write_text(settings.to_toml(), encoding="utf-8")
        with whole_file(folder / "boilerplate.parquet") as path:
            boilerplate.to_parquet(path, index=False)
        write_manifest(folder, manifest)
    except BaseException:  # without its manifest nobody would know what it is
        _clear(folder)
        raise


def write_manifest(folder: Path, manifest: RunManifest) -> None:
    """Write or replace the manifest."""
    with whole_file(folder / MANIFEST) as path:
        path.write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def is_run(folder: Path) -> bool:
    """Whether `begin_run` made the folder, even if it is damaged."""
    path = folder / MANIFEST
    if _holds_a_run(folder):
        return True
    try:
        return bool({"format", "stories", "storydiff"} <= json_in(path).keys())
    except (OSError, ValueError, AttributeError):
        return False


def _holds_a_run(folder: Path) -> bool:
    """Whether the folder has the files that accompany a manifest."""
    return (folder / "stories").is_dir() and any((folder / name).is_file() for name in _BESIDE)


def read_manifest(folder: Path) -> RunManifest:
    """Read the manifest of a run folder.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    path = folder / MANIFEST
    try:
        values = json_in(path)
        if values["format"] == _FORMAT:
            return _checked(values)
    except (FileNotFoundError, NotADirectoryError):
        if _holds_a_run(folder):
            raise InputError(f"{folder}: has no {MANIFEST}; the run is damaged: compare its articles again.") from None
        raise InputError(
            f"{folder}: is not a run folder (it has no {MANIFEST}); give what `storydiff corpus -o` wrote."
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is not the manifest of a run; compare the articles again.") from error
    raise InputError(
        f"{folder}: was written by storydiff {values.get('storydiff')} in a form that this version does not read; "
        "compare the articles again."
    )


def _checked(values: dict[str, Any]) -> RunManifest:
    """Return the manifest if it is valid; else raise one of the errors that `read_manifest` handles."""
    run = {"finished": False, "failed": {}, **values}
    # A name of a folder from outside may lead anywhere.
    if not fits(run, RUN) or run["seed"] < 0 or not set(run["failed"]) <= set(run["stories"]):
        raise ValueError
    if any(name != story_folder(story) for story, name in run["stories"].items()):
        raise ValueError
    return RunManifest(**run)


def read_boilerplate(folder: Path) -> pd.DataFrame:
    """Read the lines left out of a run's stories."""
    return _parquet(folder / "boilerplate.parquet", BOILERPLATE)


def write_story(folder: Path, story_id: str, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write a story's tables and its OUTLET_STORIES counts, all of them or none."""
    with whole_folder(folder / "stories" / story_folder(story_id), _FILES) as new:
        for table in _TABLES:
            tables[table.name].to_parquet(new / f"{table.name}.parquet", index=False)


def drop_stories(folder: Path, stories: Sequence[str]) -> None:
    """Delete the tables of stories that have any, each story's at once."""
    for name in map(story_folder, stories):
        if is_done(folder, name):
            gone = folder / "stories" / f".{name}.{_OUTDATED}"
            (folder / "stories" / name).rename(gone)
            shutil.rmtree(gone)


def is_done(folder: Path, name: str) -> bool:
    """Whether a story's tables exist; `name` is the name of its folder."""
    return (folder / "stories" / name).is_dir()


def read_story(folder: Path, name: str) -> dict[str, pd.DataFrame]:
    """Read all tables of a story by name.

    Raises:
        InputError: one of them is missing or damaged, or its rows point at others that are not there.
    """
    story = folder / "stories" / name
    tables = {table.name: _parquet(story / f"{table.name}.parquet", table) for table in STORY_TABLES}
    if flaw := broken_reference(tables):
        raise _damaged(story, flaw)
    return tables


def read_stories_table(
    folder: Path, stories: Mapping[str, str], table: str, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Read one table of several stories into one, with story_id first; `stories` maps them to their folders.

    Raises:
        InputError: it is missing or damaged in one of them.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    def read(story: str, name: str) -> pa.Table:
        path = _table_path(folder, name, table)
        try:
            part = pq.ParquetFile(checked_file(path)).read(None if columns is None else list(columns))
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path) from error
        part = part.replace_schema_metadata(None)
        if len(set(part.column_names)) < part.num_columns:
            raise _damaged(path, "has two columns of one name")
        if "story_id" in part.column_names:
            part = part.drop_columns("story_id")
        ids = pa.array([story] * part.num_rows, pa.large_string())
        return part.add_column(0, pa.field("story_id", pa.large_string()), ids)

    with ThreadPoolExecutor() as pool:  # most of the time is spent opening small files
        parts = list(pool.map(read, stories.keys(), stories.values()))
    described = next(one for one in map(of_stories, _TABLES) if one.name == table)
    names = None if columns is None else ["story_id", *columns]
    try:
        return described.checked(frame_of(pa.concat_tables(parts)), names)
    except (ValueError, pa.ArrowException) as error:
        for part, name in zip(parts, stories.values(), strict=True):  # which of them is it?
            with _damage(_table_path(folder, name, table)):
                described.checked(frame_of(part), names)
        raise _damaged(folder / "stories", f"tables {table} differ in form") from error


def _table_path(folder: Path, name: str, table: str) -> Path:
    return folder / "stories" / name / f"{table}.parquet"


def _damaged(path: Path, what: str = "cannot be read") -> InputError:
    return InputError(f"{path}: {what}; the run is damaged: compare its articles again.")


def _parquet(path: Path, table: Table) -> pd.DataFrame:
    try:
        frame = parquet_in(path)
    except (OSError, ValueError) as error:  # pyarrow's own errors are ValueErrors
        raise _damaged(path) from error
    with _damage(path):
        return table.checked(frame)


@contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except ValueError as error:
        raise _damaged(path, str(error)) from error
