"""Write results completely or not at all: to a temporary name beside the target, which is then renamed."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from compare.errors import InputError
from compare.foreign import checked_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

# Spreadsheets run such cells as formulas; in CSV files, they get an apostrophe in front. Cells that begin so after
# apostrophes of their own get one more: removing one from every guarded cell restores all.
_FIRST = ("=", "+", "-", "@", "\t", "\r", "'")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def write_csv(table: pd.DataFrame, path: Path | IO[str], *, header: bool = True, excel: bool = False) -> None:
    """Write a table as UTF-8 according to RFC 4180, with times in ISO 8601 and text guarded against formulas.

    Args:
        table: what to write.
        path: the file; or one that is open, with newline="", to write rows below others.
        header: whether to write the columns' names first.
        excel: begin a new file with a byte order mark, without which Excel takes UTF-8 for another encoding.
    """
    guarded = table.rename(columns=_guarded)  # in a wide table, names are claims worded by others
    for number, dtype in enumerate(guarded.dtypes):
        column = guarded.iloc[:, number]  # by its place, because names may be repeated
        if dtype.kind == "M":
            guarded.isetitem(number, iso_times(column).array)
        elif dtype.kind == "O" and (dtype != "str" or column.str.startswith(_FIRST, na=False).any()):
            guarded.isetitem(number, column.astype("object").map(_guarded).array)
    guarded.to_csv(path, index=False, header=header, lineterminator="\r\n", encoding="utf-8-sig" if excel else "utf-8")


def read_csv(path: str | Path) -> pd.DataFrame:
    """Read a table written by `write_csv`: every cell as text without its guard, "" where there is nothing.

    Raises:
        InputError: it does not exist, cannot be read or is not such a table.
    """
    import pandas as pd

    try:
        # Names are read as cells: as a header they would be changed where they are empty or repeated.
        cells = pd.read_csv(
            checked_file(path), header=None, dtype="str", na_filter=False, encoding="utf-8-sig", skip_blank_lines=False
        )
    except FileNotFoundError as error:
        raise InputError(f"{path}: does not exist; check the path.") from error
    except (OSError, ValueError) as error:  # pandas raises a ValueError if a file is not a table
        why = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{path}: cannot be read as CSV ({why}); give a table that storydiff wrote.") from error
    table = cells.iloc[1:].reset_index(drop=True)
    table.columns = pd.Index([unguarded(name) for name in cells.iloc[0]])
    for number in range(len(table.columns)):
        column = table.iloc[:, number]
        guarded = column.str.startswith("'")
        if guarded.any():
            table.isetitem(number, column.mask(guarded, column.map(unguarded)).array)
    return table


def _guarded(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Remove the apostrophe that guards a cell against being run as a formula."""
    return cell[1:] if _GUARDED.match(cell) else cell


def iso_times(times: pd.Series) -> pd.Series:
    """Return times in ISO 8601, all with fractions of a second if any has one."""
    fractions = bool((times.dt.microsecond > 0).any())
    iso: pd.Series = times.dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ" if fractions else "%Y-%m-%dT%H:%M:%SZ")
    return iso


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Yield a path to write to; the new file replaces `path` when the block ends without an error.

    A link is followed, a file keeps its permissions, and a device or pipe is written to directly.

    Raises:
        InputError: the place cannot be written to (no such folder, no permission, disk full);
            the previous file at `path` is untouched.
    """
    named = Path(path)
    if not str(path):
        raise InputError("the name of the file to write is empty; give one.")
    with _explained(named):
        target = followed(named)
        if target.is_dir():
            raise InputError(f"{named}: is a folder; give the name of a file to write.")
        if target.exists() and not target.is_file():
            yield target
            return
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        with _room_beside(target) as room:
            temporary = room / target.name
            yield temporary
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(target)


@contextmanager
def whole_folder(path: str | Path, names: frozenset[str]) -> Iterator[Path]:
    """Yield a temporary folder to fill; it replaces `path` when the block ends without an error.

    Args:
        path: the folder to make.
        names: the file names that it may hold. An existing folder is replaced only if it holds nothing else, so that
            nobody's own files are lost.

    Raises:
        InputError: the place holds something else or cannot be written to.
    """
    named = Path(path)
    with _explained(named):
        target = followed(named)
        if target.exists() and not target.is_dir():
            raise InputError(f"{named}: is a file; give the name of a folder to write.")
        held = sorted(entry.name for entry in target.iterdir()) if target.exists() else []
        others = [name for name in held if name not in names]
        if others:
            raise InputError(f"{named}: holds other files ({others[0]}); give a new or an empty folder.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with _room_beside(target) as room:
            new, old = room / "new", room / "old"
            new.mkdir()
            if target.exists():
                shutil.copymode(target, new)
            yield new
            try:
                if target.exists():
                    target.replace(old)
                new.replace(target)
            except BaseException:  # including an interrupt between the two
                if old.exists():
                    old.replace(target)
                raise
            shutil.rmtree(old, ignore_errors=True)


def followed(path: str | Path) -> Path:
    """Return an absolute path without links.

    Raises:
        OSError: a link leads back to itself.
    """
    target = Path(os.path.realpath(path))  # Path.resolve raises a RuntimeError for such a link, up to Python 3.12
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


@contextmanager
def _room_beside(target: Path) -> Iterator[Path]:
    """Yield a temporary folder beside a target; it goes even if the program is stopped while it is being removed."""
    room = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield room
    finally:
        try:
            shutil.rmtree(room)
        except BaseException:
            shutil.rmtree(room, ignore_errors=True)
            raise


@contextmanager
def _explained(named: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        folder = Path(os.path.realpath(named)).parent  # also of a link that leads to itself
        if error.errno == errno.ENOENT and not folder.is_dir():
            raise InputError(f"{named}: its folder does not exist; make it first.") from error
        if error.errno == errno.ENOENT:  # /proc is a folder, but of the system's making
            raise InputError(f"{named}: no file can be made in {folder}; name another place.") from error
        if error.errno == errno.ENOTDIR:
            raise InputError(f"{named}: leads through a file as if it were a folder; name another place.") from error
        reason = error.strerror or os.strerror(error.errno or 0)
        raise InputError(f"{named}: cannot be written ({reason}); nothing was changed.") from error
