"""Unpack archives in memory, never to disk, and within limits that every corpus fits."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from compare.errors import InputError, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST = 2**30  # most bytes of an unpacked archive: more text than is read into memory at once
_MOST = 100_000  # most files in an archive
_DENSEST = 200  # highest compression ratio; prose reaches 3, one line repeated over and over some hundreds
_SMALL = 10 * 2**20  # bytes; an archive that unpacks to no more is harmless at any compression ratio
DEEPEST = 16  # nested folders; more than this on disk means a link that leads back
_OUT = "unpack it yourself and give the folder"


def members(data: bytes, name: str) -> Iterator[tuple[PurePosixPath, Callable[[], bytes]]]:
    """Yield the files of a zip archive, sorted by name, each with a function that reads its bytes.

    Args:
        data: the archive.
        name: its name in messages.

    Raises:
        InputError: it is damaged, locked, too large, or names places outside itself.
    """
    archive = _opened(data, name)
    infos = [info for info in archive.infolist() if not info.is_dir()]
    for info in sorted(infos, key=lambda info: info.filename):
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or not path.parts or ".." in path.parts or ":" in path.parts[0]:
            raise InputError(f"{name}: holds {shortened(info.filename)}, a place outside it; pack it again.")
        if len(path.parts) > DEEPEST:
            raise InputError(f"{name}: holds folders in folders, more than {DEEPEST} deep; {_OUT}.")
        yield path, partial(_content, archive, info, name)


def check_packed(data: bytes, name: str) -> None:
    """Refuse a file that is an archive inside, such as a workbook, if it is damaged or unpacks to too much.

    Raises:
        InputError: it is damaged or too large.
    """
    _opened(data, name)


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    what = PurePosixPath(name).suffix
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError(f"{name}: is damaged or not a {what} file; write or copy it again.") from error
    except NotImplementedError as error:
        raise InputError(f"{name}: is packed in a way that is not read; {_OUT}.") from error
    infos = archive.infolist()
    if not all(info.filename for info in infos):
        raise InputError(f"{name}: is damaged, for a file in it has no name; write or copy it again.")
    size = sum(info.file_size for info in infos)
    if len(infos) > _MOST:
        raise InputError(f"{name}: holds {len(infos):,} files, and no more than {_MOST:,} are read; {_OUT}.")
    if size > LARGEST:
        most = f"no more than {LARGEST // 2**20:,} are read"
        raise InputError(f"{name}: unpacks to {size / 2**20:,.0f} MB, and {most}; {_OUT}.")
    if size > _SMALL and size > _DENSEST * len(data):
        raise InputError(f"{name}: unpacks to {size // len(data):,} times its size, which no text does; {_OUT}.")
    return archive


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    if info.flag_bits & 1:
        raise InputError(f"{name}: is locked with a password; {_OUT}.")
    try:
        # Never more than the size that was checked: zipfile reads no further than the size a member declares.
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise InputError(f"{name}: {shortened(info.filename)} in it is damaged; write or copy it again.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise InputError(f"{name}: is packed in a way that is not read; {_OUT}.") from error
