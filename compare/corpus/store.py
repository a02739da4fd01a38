"""A run folder: a manifest, and the tables of every finished story in parts, each part complete or not at all.

    RUN/run.json               what was compared, and with what
    RUN/stories.parquet        the stories in the articles' order: the part that has each, a fingerprint of its articles
    RUN/failures.parquet       the stories that could not be compared, and why
    RUN/settings.toml          the settings
    RUN/boilerplate.parquet    the lines left out as the outlets' own
    RUN/stories/PART/          tables of the part's stories: articles.parquet, sentences.parquet, ..., their counts,
                               and done.parquet: which stories these are, and the fingerprints of their articles

A part has stories that follow each other: one where there are up to a thousand, and at most a hundred, so that a
million stories are ten thousand folders. Nothing depends on the time or the number of processes: the same input gives
the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.foreign import RUN, checked_file, fits, frame_of, json_in, parquet_in
from compare.saving import whole_file, whole_folder
from compare.settings import Settings
from compare.tables import BOILERPLATE, OUTLET_STORIES, STORY_TABLES, broken_reference, of_stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    from compare.tables import Table

MANIFEST = "run.json"
_FORMAT = 5  # of the folder; no other format is read
TABLES = (*STORY_TABLES, OUTLET_STORIES)
_DONE = "done.parquet"
_FILES = frozenset({_DONE, *(f"{table.name}.parquet" for table in TABLES)})
_STORIES, _FAILURES = "stories.parquet", "failures.parquet"
_BESIDE = ("settings.toml", "boilerplate.parquet", _STORIES, _FAILURES)
_PARTS = 1000  # from which on a part has more than one story
_MOST_STORIES = 100  # of a part: what is compared again if a run is killed
_PART = re.compile(r"[a-z0-9-]+")
_UNFINISHED = re.compile(r"\.[\w.-]+\.\w{8}")  # the folder in which `compare.saving` writes, if the program was killed
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
    stories: dict[str, str]  # the part of every story by its id, finished or not, in the order of the articles
    failed: dict[str, str] = field(default_factory=dict)  # the reason why a story could not be compared, by its id
    # The fingerprint of every story's articles; a data set does not have it, and yet is of the same run.
    articles: dict[str, str] = field(default_factory=dict, compare=False)
    finished: bool = False  # whether no story is left to compare
    format: int = _FORMAT

    def shared(self) -> dict[str, Any]:
        """Return what a data set says of the run: all but the fingerprints of single stories, which tell of texts."""
        told = asdict(self)
        del told["articles"]
        return told


def fingerprint(value: pd.DataFrame | Mapping[str, str] | Settings) -> str:
    """Return a table, mapping or settings as 16 hexadecimal digits of BLAKE2b: equal for the same in the same order."""
    digest = hashlib.blake2b(digest_size=8)
    if isinstance(value, Settings):
        rows: Iterable[Iterable[Any]] = [asdict(value).items()]
    else:
        rows = value.items() if isinstance(value, Mapping) else value.itertuples(index=False)
    for row in rows:  # one by one: together, all texts would be in memory twice
        digest.update(json.dumps([str(cell) for cell in row]).encode())
    return digest.hexdigest()


def story_folder(story_id: str) -> str:
    """Name a story's folder: the part of its id that every file system accepts, and eight digits that identify it."""
    readable = re.sub(r"[^a-z0-9]+", "-", story_id.lower()).strip("-")[:_READABLE]
    digits = hashlib.blake2b(story_id.encode(), digest_size=4).hexdigest()
    return f"{readable}-{digits}" if readable else digits


def parts_of(stories: Sequence[str], before: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the part of each story: the one that it had before, or a new one, named after its first story."""
    had = before or {}
    size = min(_MOST_STORIES, -(-len(stories) // _PARTS))
    new = [story for story in stories if story not in had]
    named = {story: story_folder(new[at - at % size]) for at, story in enumerate(new)}
    return {story: had.get(story) or named[story] for story in stories}


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
    """Write or replace the manifest, with the stories and failures beside it."""
    import pandas as pd

    told = manifest.shared()
    stories, failed, articles = told.pop("stories"), told.pop("failed"), manifest.articles
    plan = pd.DataFrame(
        {
            "story_id": list(stories),
            "part": list(stories.values()),
            "articles": [articles.get(one, "") for one in stories],
        },
        dtype="str",
    )
    failures = pd.DataFrame({"story_id": list(failed), "reason": list(failed.values())}, dtype="str")
    for name, table in ((_STORIES, plan), (_FAILURES, failures)):
        with whole_file(folder / name) as path:
            table.to_parquet(path, index=False)
    with whole_file(folder / MANIFEST) as path:  # last: without it, the folder is no run
        path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def is_run(folder: Path) -> bool:
    """Whether `begin_run` made the folder, even if it is damaged."""
    path = folder / MANIFEST
    if _holds_a_run(folder):
        return True
    try:
        return bool({"format", "data", "storydiff"} <= json_in(path).keys())
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
            return _checked(values, _planned(folder))
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


def _planned(folder: Path) -> dict[str, dict[str, str]]:
    """Return the stories of a run: the part of each, the fingerprint of its articles, and why it failed if it did.

    Raises:
        InputError: a file is missing or damaged.
    """
    plan = _columns(folder / _STORIES, ["story_id", "part", "articles"])
    failures = _columns(folder / _FAILURES, ["story_id", "reason"])
    return {
        "stories": dict(zip(plan[0], plan[1], strict=True)),
        "articles": dict(zip(plan[0], plan[2], strict=True)),
        "failed": dict(zip(*failures, strict=True)),
    }


def _columns(path: Path, names: list[str]) -> list[list[str]]:
    """Return the columns of a table of texts with these names, of which the first is its key."""
    try:
        table = parquet_in(path)
    except (OSError, ValueError) as error:
        raise _damaged(path) from error
    columns = [table[name].tolist() for name in table.columns]
    is_text = all(isinstance(cell, str) for column in columns for cell in column)
    if table.columns.tolist() != names or not is_text or table[names[0]].duplicated().any():
        raise _damaged(path, "is not as storydiff writes it")
    return columns


def _checked(values: dict[str, Any], planned: dict[str, dict[str, str]]) -> RunManifest:
    """Return the manifest if it is valid; else raise one of the errors that `read_manifest` handles."""
    told = {"finished": False, **values, "stories": planned["stories"], "failed": planned["failed"]}
    if not planned.keys().isdisjoint(values) or not fits(told, RUN) or told["seed"] < 0:
        raise ValueError
    # A name of a folder from outside may lead anywhere.
    parts = all(map(_PART.fullmatch, set(planned["stories"].values())))
    if not parts or not planned["failed"].keys() <= planned["stories"].keys():
        raise ValueError
    return RunManifest(**told, articles=planned["articles"])


def read_boilerplate(folder: Path) -> pd.DataFrame:
    """Read the lines left out of a run's stories."""
    return _parquet(folder / "boilerplate.parquet", BOILERPLATE)


def write_part(
    folder: Path, part: str, stories: Mapping[str, Mapping[str, pd.DataFrame]], done: Mapping[str, str]
) -> None:
    """Write the tables of a part's stories and their OUTLET_STORIES counts, all of them or none.

    Args:
        folder: the run folder.
        part: the part's name; what it had before is replaced.
        stories: the tables of each story by name.
        done: the fingerprint of each story's articles.
    """
    import pandas as pd

    with whole_folder(folder / "stories" / part, _FILES) as new:
        for table in TABLES:
            rows = [_with_story(tables[table.name], story) for story, tables in stories.items()]
            together = rows[0] if len(rows) == 1 else pd.concat(rows, ignore_index=True)
            together.to_parquet(new / f"{table.name}.parquet", index=False)
        told = {"story_id": list(stories), "articles": [done.get(story, "") for story in stories]}
        pd.DataFrame(told, dtype="str").to_parquet(new / _DONE, index=False)


def _with_story(table: pd.DataFrame, story: str) -> pd.DataFrame:
    if "story_id" in table.columns:
        return table
    import pandas as pd

    ids = pd.Series([story] * len(table), index=table.index, dtype="str")
    return table.assign(story_id=ids)[["story_id", *table.columns]]


def done_in(folder: Path, part: str) -> dict[str, str]:
    """Return the stories that a part has, and the fingerprint of the articles that each was made of.

    Raises:
        InputError: it is damaged.
    """
    path = folder / "stories" / part / _DONE
    if not path.parent.is_dir():
        return {}
    try:
        found = parquet_in(path)
        return dict(zip(found["story_id"].tolist(), found["articles"].tolist(), strict=True))
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(path) from error


def done_stories(folder: Path, manifest: RunManifest) -> list[str]:
    """Return the stories of a run that are done, of the articles that it has now, in the articles' order."""
    parts = dict.fromkeys(manifest.stories.values())
    if manifest.finished:
        there = {part for part in parts if (folder / "stories" / part).is_dir()}
        return [story for story, part in manifest.stories.items() if part in there and story not in manifest.failed]
    with ThreadPoolExecutor() as pool:
        has = dict(zip(parts, pool.map(partial(done_in, folder), parts), strict=True))
    return [
        story for story, part in manifest.stories.items() if has[part].get(story) == manifest.articles.get(story, "")
    ]


def read_story(folder: Path, part: str, story_id: str) -> dict[str, pd.DataFrame]:
    """Read all tables of a story by name.

    Raises:
        InputError: one of them is missing or damaged, or its rows point at others that are not there.
    """
    return next(iter(read_stories(folder, part, [story_id])))[1]


def read_stories(
    folder: Path, part: str, stories: Sequence[str], tables: Sequence[Table] = STORY_TABLES
) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
    """Yield the tables of stories of a part, of which each file is read once.

    Raises:
        InputError: as for `read_story`.
    """
    place = folder / "stories" / part
    whole = {table.name: _parquet(place / f"{table.name}.parquet", of_stories(table)) for table in tables}
    rows = {name: frame.groupby("story_id", sort=False).indices for name, frame in whole.items()}
    for story in stories:
        own = {}
        for table in tables:
            of_story = whole[table.name].iloc[rows[table.name].get(story, [])].reset_index(drop=True)
            own[table.name] = of_story if "story_id" in table.names else of_story.drop(columns="story_id")
        if flaw := broken_reference(own):
            raise _damaged(place, flaw)
        yield story, own


def read_stories_table(
    folder: Path, stories: Mapping[str, str], table: str, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Read one table of several stories into one, with story_id first; `stories` maps them to their parts.

    Raises:
        InputError: it is missing or damaged in one of them.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = pa.array(list(stories), pa.large_string())
    told = None if columns is None else ["story_id", *(name for name in columns if name != "story_id")]

    def read(part: str) -> pa.Table:
        path = _table_path(folder, part, table)
        try:
            found = pq.ParquetFile(checked_file(path)).read(told)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(path) from error
        found = found.replace_schema_metadata(None)
        if len(set(found.column_names)) < found.num_columns:
            raise _damaged(path, "has two columns of one name")
        if "story_id" not in found.column_names:
            raise _damaged(path, "has no column story_id")
        found = found.select(["story_id", *(name for name in found.column_names if name != "story_id")])
        return found.filter(pc.is_in(found["story_id"].cast(pa.large_string()), wanted))

    names = list(dict.fromkeys(stories.values()))
    with ThreadPoolExecutor() as pool:  # most of the time is spent opening small files
        parts = list(pool.map(read, names))
    described = next(one for one in map(of_stories, TABLES) if one.name == table)
    try:
        frame = described.checked(frame_of(pa.concat_tables(parts)), told)
    except (ValueError, pa.ArrowException) as error:
        for part, name in zip(parts, names, strict=True):  # which of them is it?
            with _damage(_table_path(folder, name, table)):
                described.checked(frame_of(part), told)
        raise _damaged(folder / "stories", f"tables {table} differ in form") from error
    place = frame["story_id"].map({story: at for at, story in enumerate(stories)})
    if place.is_monotonic_increasing:
        return frame
    return frame.iloc[place.argsort(kind="stable")].reset_index(drop=True)


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
