"""Folders: which of their files are articles, to which story they belong, and what storydiff itself wrote there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compare.errors import InputError, counted, listed
from compare.reading.archives import DEEPEST
from compare.reading.files import HIDDEN, ONE_ARTICLE, may_be_read, not_read, nothing_in

if TYPE_CHECKING:
    from pathlib import Path

    from compare.reading.problems import Problems

# Files that mark a run, a data set and the sheets of a sample.
_OWN = ("run.json", "storydiff.json", "key.parquet")


def folder_files(folder: Path, problems: Problems) -> list[Path]:
    """List the files of articles in a folder, sorted by name; if it has none, those of its subfolders.

    Raises:
        InputError: there are none.
    """
    files = _files_below(folder, problems, 0)
    if not files:
        own = "; what storydiff wrote there is no article" if problems.own else ""
        raise nothing_in(str(folder), sorted(entry.name for entry in folder.iterdir() if entry.is_file()), own)
    return files


def _files_below(folder: Path, problems: Problems, depth: int) -> list[Path]:
    try:
        entries = sorted(entry for entry in folder.iterdir() if not HIDDEN.match(entry.name))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror}); check the path and its permissions.") from error
    files = [entry for entry in entries if may_be_read(entry)]
    rest = [entry for entry in entries if entry not in files]
    inner = [entry for entry in rest if entry.is_dir()]
    others = [entry.name for entry in rest if not entry.is_dir()]
    if files:
        unread = [entry.name for entry in inner if not _is_own(entry) and _has_articles(entry, folder)]
        if unread:
            problems.note(
                f"{folder}: {counted(len(unread), 'folder')} not read ({listed(unread)}), because there are articles "
                "beside; give the folder itself, too, if it is meant."
            )
    else:
        problems.own += [str(entry) for entry in inner if _is_own(entry)]
        if depth < DEEPEST:
            below = (entry for entry in inner if not _is_own(entry))
            files = [file for entry in below for file in _files_below(entry, problems, depth + 1)]
    if others and files:
        problems.note(f"{not_read(str(folder), others)}.")
    return files


def _is_own(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _OWN)


def _has_articles(inner: Path, folder: Path) -> bool:
    """Whether a subfolder has one-article files and is not the folder that a browser saves beside a page."""
    beside = re.split(r"[_\-. ](?=[^_\-. ]*$)", inner.name)[0]
    if any((folder / f"{beside}{suffix}").is_file() for suffix in (".html", ".htm")):
        return False
    try:
        return any(
            may_be_read(entry) and entry.suffix.lower() in ONE_ARTICLE and not HIDDEN.match(entry.name)
            for entry in inner.iterdir()
        )
    except OSError:
        return False
