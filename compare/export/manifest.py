"""`storydiff.json`: the manifest of a bundle, with the SHA-256 of every file in it."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from compare.errors import InputError, count
from compare.export.about import About
from compare.foreign import NAME, RUN, checked_file, fits, json_in
from compare.tables import STORY_TABLES

Text = Literal["full", "none"]
MANIFEST = "storydiff.json"
FORMAT = 6  # of bundles; no other format is read
CHANGED = "was changed after it was written"
LINK = "is a link, and a data set has none"
_READ_AT_ONCE = 1 << 20
# The packages that decide how a number is rounded and how a file is written.
_PACKAGES = (
    *("numpy", "scipy", "scikit-learn", "onnxruntime", "tokenizers", "rapidfuzz", "sentencex", "py3langid"),
    *("pandas", "pyarrow"),
)
# Everything a manifest may hold, as a bundle may come from anybody. See `fits`.
_STORY_RUN = {"story_id": str, "encoder": NAME, "reader": NAME}
_MANIFEST = {
    "format": int,
    "storydiff": str,
    "text": {"full", "none"},
    "key": str,
    "environment": {"": str},
    "about": dict,
    "files": [{"path": str, "sha256": str, "size": int, "table": str}],
}


@dataclass(frozen=True)
class File:
    """A file of a bundle: its path, the SHA-256 and size of its bytes, and the table it holds, if any."""

    path: str
    sha256: str
    size: int
    table: str = ""


@dataclass(frozen=True)
class Manifest:
    """The contents of `storydiff.json`."""

    storydiff: str  # the version that wrote the bundle
    kind: Literal["story", "corpus"]
    text: Text
    key: str  # identifies the key of the fingerprints; empty if there are none
    environment: dict[str, str]  # see `environment`
    run: dict[str, Any]  # how the tables were made; for a corpus, the manifest of its run
    validation: dict[str, Any]  # for coders' labels: their sample, the codes that count as carried, and warnings
    about: About
    files: tuple[File, ...]  # all but the manifest

    @property
    def tables(self) -> list[str]:
        """The names of the tables in the bundle."""
        return [file.table for file in self.files if file.path == parquet_path(file.table)]

    def to_json(self) -> str:
        """Return the contents of the manifest's file."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"


def environment() -> dict[str, str]:
    """Return what may change the last digit of a number, or the bytes of a file: Python, processor and packages."""
    import numpy as np  # noqa: F401 - its library of linear algebra is the one to name
    from threadpoolctl import threadpool_info

    kinds = {one["architecture"] for one in threadpool_info() if one.get("architecture")}
    machine = {"system": platform.system(), "machine": platform.machine(), "processor": " ".join(sorted(kinds))}
    return {"python": platform.python_version()} | machine | {name: version(name) for name in _PACKAGES}


def parquet_path(table: str) -> str:
    """Return the path of a table in a bundle."""
    return f"data/{table}.parquet"


def csv_path(table: str) -> str:
    """Return the path of a table as CSV."""
    return f"csv/{table}.csv"


def file_of(folder: Path, path: str, table: str = "") -> File:
    """Describe a file of a bundle."""
    digest = hashlib.sha256()
    with checked_file(folder / path).open("rb") as file:
        while part := file.read(_READ_AT_ONCE):
            digest.update(part)
    return File(path, digest.hexdigest(), (folder / path).stat().st_size, table)


def is_bundle(folder: Path) -> bool:
    """Whether an export wrote the folder, even if it is damaged."""
    return (folder / MANIFEST).is_file()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a bundle.

    Raises:
        InputError: there is none, it cannot be read, has another format, or names a file outside the bundle.
    """
    path = folder / MANIFEST
    try:
        values = json_in(path)
        if values["format"] == FORMAT:
            return _checked(folder, values)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"{folder}: is not a data set (it has no {MANIFEST}); give the folder that an export wrote."
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: is not the manifest of a data set; download the data set again.") from error
    raise InputError(
        f"{folder}: is of format {values['format']}, written by storydiff {values.get('storydiff')}; this version "
        f"reads format {FORMAT}: install the version that wrote it."
    )


def _checked(folder: Path, values: dict[str, Any]) -> Manifest:
    """Return the manifest if it is valid; else raise one of the errors that `read_manifest` handles."""
    shape = _MANIFEST | {
        "kind": {"story", "corpus"},
        "run": {"story": _STORY_RUN, "corpus": RUN}[values["kind"]],
        "validation": {"sample": str, "carried": [str], "warnings": [str]} if values["validation"] else dict,
    }
    run, files = values["run"], values["files"]
    if not fits(values, shape) or run.get("seed", 0) < 0 or not set(run.get("failed", ())) <= {*run.get("stories", ())}:
        raise ValueError
    paths = {one["path"] for one in files}
    if not {"settings.toml", *(parquet_path(table.name) for table in STORY_TABLES)} <= paths:
        raise ValueError  # an unlisted file would be read without being checked
    for name in paths:
        path = PurePosixPath(name)
        if not path.parts or ".." in path.parts or path.is_absolute() or "\\" in name or ":" in name:
            raise InputError(f"{folder}: names the file {name!r}, which is outside of it; do not trust this data set.")
    kept = {name: value for name, value in values.items() if name != "format"}
    return Manifest(**kept | {"about": About.of(values["about"]), "files": tuple(File(**one) for one in files)})


def problems(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Check every file of a bundle and return the problems by path, only for files that were changed."""
    found = {file.path: _problem(folder, file) for file in manifest.files}
    return {path: what for path, what in found.items() if what}


def check_files(folder: Path, manifest: Manifest, paths: list[str]) -> None:
    """Raise an InputError if one of these files is missing, a link, truncated or edited."""
    for file in manifest.files:
        if file.path in paths and (what := _problem(folder, file)):
            raise InputError(f"{folder / file.path}: {what}; download it again, or see: storydiff reproduce {folder}")


def others(folder: Path, manifest: Manifest) -> list[str]:
    """List the files in the folder that are not part of the bundle."""
    own = {file.path for file in manifest.files} | {MANIFEST}
    paths = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(name for path in paths if (name := path.relative_to(folder).as_posix()) not in own)


def _problem(folder: Path, file: File) -> str:
    path = folder / file.path
    inside = [path, *(parent for parent in path.parents if folder in parent.parents)]
    try:
        if any(one.is_symlink() for one in inside):
            return LINK
        if not path.is_file():
            return "is missing"
        if (size := path.stat().st_size) < file.size:
            return f"is cut off: {size:,} of {count(file.size, 'byte')}"
        return "" if file_of(folder, file.path).sha256 == file.sha256 else CHANGED
    except OSError as error:
        return f"cannot be read ({error.strerror})"
