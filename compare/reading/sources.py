"""Whatever is given as articles becomes records, in the order in which it is given."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.reading.files import FORMAT_NAMES, FORMATS, ONE_ARTICLE, file_records, jsonl_records
from compare.reading.problems import NoArticlesError, counted, kind, listed, shortened
from compare.reading.records import cleaned_name
from compare.reading.tabular import frame_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compare.reading.problems import Problems
    from compare.reading.records import Records

DEFAULT_STORY = "story"
_WAY_OUT = "give a path, a list of paths, a list of records or a DataFrame"
_URL = re.compile(r"https?://", re.IGNORECASE)
# "Readmore Weekly.txt" is an article, "README.txt", "readme_de.txt" and "LICENSE-MIT.txt" are not.
_NO_ARTICLE = re.compile(r"\.|(readme|licen[cs]e)(?![a-z])|.*\.md$", re.IGNORECASE)


def located_records(source: Any, problems: Problems) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Give every record with the story it belongs to by default and the place where it stands.

    Raises:
        InputError: there is nothing that could be read.
    """
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        yield from _in_story(DEFAULT_STORY, frame_records(source))
    elif isinstance(source, (str, os.PathLike)):
        yield from _path_records(source, problems)
    elif isinstance(source, (list, tuple)):
        if not source:
            raise InputError(f"the list of articles is empty; {_WAY_OUT}.")
        for number, item in enumerate(source, start=1):
            if isinstance(item, Mapping):
                yield DEFAULT_STORY, f"record {number}", item
            elif isinstance(item, pd.DataFrame):
                yield from _in_story(DEFAULT_STORY, frame_records(item, f"item {number}"))
            elif isinstance(item, (str, os.PathLike)):
                yield from _path_records(item, problems, alone=len(source) == 1)
            else:
                problems.refuse(f"item {number}", f"is {kind(item)}, not a path or a record", _WAY_OUT)
    else:
        raise InputError(f"articles cannot be read from something that is {kind(source)}; {_WAY_OUT}.")


def _path_records(
    source: str | os.PathLike[str], problems: Problems, *, alone: bool = True
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    if source == "-":
        yield from _in_story(DEFAULT_STORY, _standard_input(problems))
        return
    if isinstance(source, str) and _URL.match(source):
        raise InputError(f"{source}: addresses are not read yet; save the page as .html and give that file.")
    if not os.fspath(source):
        raise InputError(f"an empty path was given; {_WAY_OUT}.")
    path = Path(source)
    try:
        path.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        if isinstance(error, PermissionError):
            raise InputError(
                f"{path}: cannot be read ({error.strerror}); check the path and its permissions."
            ) from error
        name = source if len(str(source)) < 200 else shortened(source)
        raise InputError(f"{name}: does not exist; check the path.") from error
    # A folder named like a file, articles.jsonl, is refused by file_records.
    if path.is_dir() and path.suffix.lower() not in FORMATS:
        story = _story_of(path)
        files = _folder_files(path, problems)
        for file in files:
            try:
                yield from _in_story(story, file_records(file, problems))
            except NoArticlesError as error:
                others = sorted((other for other in files if other != file), key=_may_be_a_table_of_else)
                if not others:
                    raise
                raise InputError(
                    f"{str(error).removesuffix('.')}; if it holds no articles, do not give the folder but the file "
                    f"with the articles, such as {others[0]}."
                ) from error
    else:
        # One file is a story; files beside each other are versions of one.
        one_story = alone and path.suffix.lower() not in ONE_ARTICLE
        story = _story_of(path.with_suffix("") if one_story else path.absolute().parent)
        yield from _in_story(story, file_records(path, problems))


def _may_be_a_table_of_else(file: Path) -> bool:
    return file.suffix.lower() in {".csv", ".tsv", ".parquet"}


def _folder_files(folder: Path, problems: Problems) -> list[Path]:
    """List the files of articles at the top level of a folder, sorted by name."""
    try:
        names = sorted(entry.name for entry in folder.iterdir() if not _NO_ARTICLE.match(entry.name))
    except OSError as error:
        raise InputError(f"{folder}: cannot be read ({error.strerror}); check the path and its permissions.") from error
    files = [folder / name for name in names if Path(name).suffix.lower() in FORMATS]
    others = [name for name in names if folder / name not in files and not (folder / name).is_dir()]
    if not files:
        raise InputError(
            f"{folder}: holds no articles; put {FORMAT_NAMES} files into it (folders inside it are not read)."
        )
    if others:
        problems.note(
            f"{folder}: {counted(len(others), 'file')} not read ({listed(others)}); articles are {FORMAT_NAMES} files."
        )
    return files


def _standard_input(problems: Problems) -> Records:
    name = "standard input"
    binary = getattr(sys.stdin, "buffer", None)
    data = binary.read() if binary else sys.stdin.read().encode("utf-8", errors="surrogatepass")
    if not data.strip():
        raise InputError(f"{name}: is empty; pipe JSON Lines into it, one article a line.")
    yield from jsonl_records(data, name, problems)


def _in_story(story: str, records: Records) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for where, fields in records:
        yield story, where, fields


def _story_of(path: Path) -> str:
    # Not `resolve`, which follows links: the link's name is the one that was chosen.
    return cleaned_name(os.path.basename(os.path.abspath(path))) or DEFAULT_STORY  # noqa: PTH100, PTH119
