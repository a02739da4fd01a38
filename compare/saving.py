"""Results are written whole or not at all: to a temporary name beside the target, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from compare.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

# What a spreadsheet would run as a formula gets an apostrophe in front, in CSV files only; and so does what looks as if
# it had one already, so that taking one away always gives the cell back.
_FORMULA = r"'*[=+\-@\t\r]"
_GUARDED = r"'+[=+\-@\t\r]"


def write_csv(table: pd.DataFrame, path: Path | IO[str], *, header: bool = True) -> None:
    """Write a table as UTF-8 after RFC 4180, times in ISO 8601, cells of text guarded against being run as formulas.

    Args:
        table: what to write.
        path: the file; or one that is open, with newline="", to write rows below others.
        header: write the columns' names first.
    """
    # In a wide table, names are what somebody called a claim.
    guarded = table.set_axis(_guarded(table.columns.to_series().astype("str")), axis="columns")
    for name in guarded.columns[guarded.dtypes == "str"]:
        guarded[name] = _guarded(guarded[name])
    guarded.to_csv(
        path, index=False, header=header, lineterminator="\r\n", date_format="%Y-%m-%dT%H:%M:%SZ", encoding="utf-8"
    )


def read_csv(path: Path) -> pd.DataFrame:
    """Read what `write_csv` wrote: every cell as text, without its guard; what is missing is an empty text.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no table.
    """
    import pandas as pd

    # The separator and the quoting are RFC 4180's; a lone carriage return inside quotation marks is part of a cell.
    table = pd.read_csv(
        path, dtype="str", keep_default_na=False, na_filter=False, encoding="utf-8", lineterminator=None
    )
    table.columns = _bared(table.columns.to_series().astype("str"))
    return table.apply(_bared)


def _guarded(cells: pd.Series) -> pd.Series:
    risky = cells.str.match(_FORMULA, na=False)
    return cells.mask(risky, "'" + cells) if risky.any() else cells


def _bared(cells: pd.Series) -> pd.Series:
    guarded = cells.str.match(_GUARDED, na=False)
    return cells.mask(guarded, cells.str.slice(1)) if guarded.any() else cells


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a path to write to; what is written replaces `path` when the block ends without an error.

    A link is followed, a file keeps its permissions, and a device or pipe is written to as it is.

    Raises:
        InputError: the place cannot be written to (no such folder, no permission, disk full);
            what stood at `path` before is untouched.
    """
    named = Path(path)
    with _explained(named):
        target = named.resolve()
        if target.is_dir():
            raise InputError(f"{named}: is a folder; give the name of a file to write.")
        if target.exists() and not target.is_file():
            yield target
            return
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            temporary = Path(folder) / target.name
            yield temporary
            if mode is not None:
                temporary.chmod(mode)
            temporary.replace(target)


@contextmanager
def whole_folder(path: str | Path, names: frozenset[str] | None) -> Iterator[Path]:
    """Give a temporary folder to fill; it takes the place of `path` when the block ends without an error.

    Args:
        path: the folder to make.
        names: the names that it may hold. A folder that is there already is replaced only if it holds
            nothing else, so that nobody's own files are lost. None: the caller has looked, and copies what is to stay.

    Raises:
        InputError: the place holds something else or cannot be written to.
    """
    named = Path(path)
    with _explained(named):
        target = named.resolve()
        if target.exists() and not target.is_dir():
            raise InputError(f"{named}: is a file; give the name of a folder to write.")
        held = sorted(entry.name for entry in target.iterdir()) if target.exists() else []
        others = [name for name in held if names is not None and name not in names]
        if others:
            raise InputError(f"{named}: holds other files ({others[0]}); give a new or an empty folder.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as room:
            new, old = Path(room) / "new", Path(room) / "old"
            new.mkdir()
            yield new
            if target.exists():
                target.replace(old)
            try:
                new.replace(target)
            except OSError:
                if old.exists():
                    old.replace(target)
                raise
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _explained(named: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise InputError(f"{named}: cannot be written ({reason}); nothing was changed.") from error
