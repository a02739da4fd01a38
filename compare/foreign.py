"""Files that anybody may have written: only regular files are opened, and what is in them is checked for its shape."""

from __future__ import annotations

import errno
import json
import os
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

NAME = (str, type(None))
# What the manifest of a run holds, and in a data set what is said of the run; see `fits`.
RUN = {
    **dict.fromkeys(("storydiff", "settings", "data", "boilerplate"), str),
    "encoder": NAME,
    "reader": NAME,
    "seed": int,
    "finished": bool,
    "format": int,
    "stories": {"": str},
    "failed": {"": str},
}
_LONGEST_LINE = 1000  # characters; tomllib takes quadratic time for a name of many parts
_NO_FILE = "it is a pipe, a socket or a device, not a file"


def file_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return the contents of a file; a pipe, a socket or a device, which may never end, is not opened.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    return checked_file(path).read_bytes()


def checked_file(path: str | os.PathLike[str]) -> Path:
    """Return the path of a file that can be opened without waiting.

    Raises:
        OSError: there is no such file, it is a folder, or it is a pipe, a socket or a device.
    """
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - of Path.stat, Python 3.11 turns no NUL into an OSError either
    except ValueError as error:
        raise OSError(errno.EINVAL, "its name has a character that no file's name has") from error
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, _NO_FILE)
    return Path(path)


def json_in(path: str | os.PathLike[str]) -> Any:
    """Return the contents of a JSON file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not JSON, or not UTF-8, or is nested too deeply.
    """
    try:
        return json.loads(file_bytes(path).decode("utf-8"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def toml_in(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Return the contents of a TOML file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not TOML, or not UTF-8, has an endless line or is nested too deeply.
    """
    text = file_bytes(path).decode("utf-8").replace("\r\n", "\n")
    if max(map(len, text.splitlines()), default=0) > _LONGEST_LINE:
        raise ValueError(f"it has a line of more than {_LONGEST_LINE} characters")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def parquet_in(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Return the columns of a Parquet file by what they are; what pandas would be told of them may be wrong.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not a Parquet file, or holds what no table here does.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return frame_of(parquet.ParquetFile(checked_file(path)).read())
    except pa.ArrowException as error:
        raise ValueError("is not a Parquet file that can be read") from error


def frame_of(table: pa.Table) -> pd.DataFrame:
    """Return the columns of an Arrow table by what they are; see `parquet_in`.

    Raises:
        ValueError: a column cannot be had in pandas.
    """
    import pyarrow as pa

    try:
        frame: pd.DataFrame = table.replace_schema_metadata(None).to_pandas()
    except pa.ArrowException as error:
        raise ValueError("holds what no table of storydiff holds") from error
    return frame


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape: types, allowed values, a list of one shape, or a mapping; "" stands for any key."""
    if isinstance(shape, dict):
        of = dict.fromkeys(value, shape[""]) if "" in shape and isinstance(value, dict) else shape
        return isinstance(value, dict) and value.keys() == of.keys() and all(fits(value[n], of[n]) for n in of)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    if isinstance(shape, set):
        return isinstance(value, str) and value in shape
    return isinstance(value, shape) and (shape is not int or not isinstance(value, bool))
