"""`storydiff.json`: what a bundle is, and the SHA-256 of every file in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any, get_args

from compare.errors import InputError
from compare.export.about import About
from compare.export.description import File, Text
from compare.export.metadata import DATASHEET
from compare.tables import STORY_TABLES

MANIFEST = "storydiff.json"
_NAME = (str, type(None))
# What a manifest holds, and of which kind each is; a bundle may come from anybody.
_TOP = {"storydiff": str, "kind": str, "text": str, "claim_words": int, "key": str, "run": dict, "validation": dict}
_FILE = {"path": str, "sha256": str, "size": int, "table": str}
_STORY_RUN = {"story_id": str, "encoder": _NAME, "reader": _NAME}
_CORPUS_RUN = {
    **dict.fromkeys(("storydiff", "settings", "data", "boilerplate"), str),
    "encoder": _NAME,
    "reader": _NAME,
    "seed": int,
    "stories": dict,
    "failed": dict,
    "finished": bool,
    "format": int,
}
_VALIDATION = {"sample": str, "carried": list, "warnings": list}
FORMAT = 2  # of bundles; one of another number is not read
CHANGED = "was changed after it was written"
LINK = "is a link, and a bundle has none"
_READ_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a bundle is.

    Attributes:
        storydiff: the version that made it.
        kind: story or corpus.
        text: full or none.
        claim_words: of every claim's wording, the words that stay where the text does not.
        key: tells the key of the fingerprints from others; empty where there are none.
        run: how the tables came about; of a corpus the manifest of its run.
        validation: of coders' labels the sample they are of, and the codes that count as carried; else empty.
        about: what the authors say.
        files: every file but this one.
    """

    storydiff: str
    kind: str
    text: Text
    claim_words: int
    key: str
    run: dict[str, Any]
    validation: dict[str, Any]
    about: About
    files: tuple[File, ...]

    @property
    def tables(self) -> list[str]:
        """The names of the tables that are in it."""
        return [file.table for file in self.files if file.path == parquet_path(file.table)]

    def to_json(self) -> str:
        """Give it as it stands in the file."""
        values = {"format": FORMAT, **asdict(self), "about": self.about.to_dict()}
        return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def parquet_path(table: str) -> str:
    """Where a table is, in a bundle."""
    return f"data/{table}.parquet"


def csv_path(table: str) -> str:
    """Where a table is as CSV."""
    return f"csv/{table}.csv"


def file_of(folder: Path, path: str, table: str = "") -> File:
    """Describe a file of a bundle."""
    digest = hashlib.sha256()
    with (folder / path).open("rb") as file:
        while part := file.read(_READ_AT_ONCE):
            digest.update(part)
    return File(path, digest.hexdigest(), (folder / path).stat().st_size, table)


def is_bundle(folder: Path) -> bool:
    """Whether a folder is one that an export wrote, be it damaged."""
    return (folder / MANIFEST).is_file()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a bundle.

    Raises:
        InputError: there is none, it cannot be read, is of another major version, or names a file outside.
    """
    path = folder / MANIFEST
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        number = values.pop("format")
        if number == FORMAT:
            _check_kinds(values)
            files = tuple(File(**one) for one in values.pop("files"))
            manifest = Manifest(**{**values, "about": About.of(values["about"])}, files=files)
            _check_paths(folder, manifest)
            return manifest
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"{folder}: is no bundle (it has no {MANIFEST}); give the folder that an export wrote."
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}: is not the manifest of a bundle; get the bundle anew.") from error
    raise InputError(
        f"{folder}: is of format {number}, written by storydiff {values.get('storydiff')}; this version reads "
        f"format {FORMAT}: install the version that wrote it."
    )


def _check_kinds(values: dict[str, Any]) -> None:
    """Refuse what no export writes.

    Raises:
        ValueError, KeyError, TypeError: something is missing, is there too much, or is of another kind.
    """
    run = values["run"]
    known = {"story": _STORY_RUN, "corpus": _CORPUS_RUN}[values["kind"]]
    checked: list[tuple[Any, dict[str, Any]]] = [
        (values, _TOP),
        (run, known),
        *((one, _FILE) for one in values["files"]),
    ]
    if values["validation"]:
        checked.append((values["validation"], _VALIDATION))
    for found, kinds in checked:
        if not all(isinstance(found[name], kind) for name, kind in kinds.items()):
            raise TypeError
    if not {"settings.toml", *(parquet_path(table.name) for table in STORY_TABLES)} <= {
        one["path"] for one in values["files"]
    }:
        raise ValueError  # what is not listed would be read without being checked
    texts = [*run.get("stories", {}).values(), *run.get("failed", {}).values()]
    if not all(isinstance(text, str) for text in texts) or not set(run.get("failed", {})) <= set(
        run.get("stories", {})
    ):
        raise ValueError
    if (
        set(run) != set(known)
        or values["text"] not in get_args(Text)
        or min(values["claim_words"], run.get("seed", 0)) < 0
    ):
        raise ValueError


def _check_paths(folder: Path, manifest: Manifest) -> None:
    """Refuse what would read outside of the folder."""
    for file in manifest.files:
        parts = PurePosixPath(file.path).parts
        if (
            not parts
            or ".." in parts
            or PurePosixPath(file.path).is_absolute()
            or "\\" in file.path
            or ":" in file.path
        ):
            raise InputError(
                f"{folder}: names the file {file.path!r}, which is outside of it; do not trust this bundle."
            )


def problems(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Check every file of a bundle.

    Returns:
        What is wrong with a file, by its path; nothing where it is as it was written.
    """
    found = {file.path: _problem(folder, file) for file in manifest.files}
    return {path: what for path, what in found.items() if what}


def check_files(folder: Path, manifest: Manifest, paths: list[str]) -> None:
    """Refuse to read what is not as it was written.

    Raises:
        InputError: one of these files is missing, a link, truncated or edited.
    """
    for file in manifest.files:
        if file.path in paths and (what := _problem(folder, file)):
            raise InputError(f"{folder / file.path}: {what}; get the bundle anew, or see: storydiff reproduce {folder}")


def others(folder: Path, manifest: Manifest) -> list[str]:
    """Name what is in the folder and no part of the bundle."""
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
        if (size := path.stat().st_size) < file.size and file.path != DATASHEET:
            return f"is cut off: {size:,} of {file.size:,} bytes"
        if file_of(folder, file.path).sha256 != file.sha256:
            return CHANGED
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return ""
