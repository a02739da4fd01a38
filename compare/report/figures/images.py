"""A figure as an image, made by kaleido and a Chrome in a process of its own that is ended when it takes too long."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    import plotly.graph_objects as go

IMAGES = (".svg", ".png", ".pdf")
TIMEOUT = 60.0  # seconds; an image takes two or three, and a Chrome that hangs hangs for ever
PROGRAM = Path(__file__).with_name("export.py")
_WIDTH, _HEIGHT = 1000, 600  # pixels, where the figure says nothing
_SHARP = 2  # pixels of a .png for each of the figure's
_NO_CHROME = 3  # how the program says so
_WAY_OUT = "save it as .html, which needs no browser"


def write_image(figure: go.Figure, path: Path, kind: str, width: int | None, height: int | None) -> None:
    """Write a figure as `.svg`, `.png` or `.pdf`.

    Raises:
        InputError: no Chrome is found, it hangs, or it fails.
        MissingExtraError: kaleido is not installed.
    """
    if importlib.util.find_spec("kaleido") is None:
        raise MissingExtraError(f"a figure as {kind} (.html needs nothing more)", "images")
    wide, high = width or figure.layout.width or _WIDTH, height or figure.layout.height or _HEIGHT
    sharp = _SHARP if kind == ".png" else 1
    with tempfile.TemporaryDirectory(prefix="storydiff-", ignore_cleanup_errors=True) as room:
        given, made = Path(room) / "figure.json", Path(room) / f"figure{kind}"
        given.write_text(figure.to_json(), encoding="utf-8")
        _run([str(given), str(made), str(wide), str(high), str(sharp)], kind, room)
        path.write_bytes(made.read_bytes())


def _run(arguments: list[str], kind: str, room: str) -> None:
    """Run the program; when its time is over, end it and every process that it began."""
    environment = os.environ | {"TMPDIR": room}  # what a browser that is ended leaves behind goes with the room
    said = Path(room) / "said"
    with said.open("wb") as errors:
        program = subprocess.Popen(  # noqa: S603 - this Python, our own program
            [sys.executable, "-P", str(PROGRAM), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,  # a file: a browser that lives on would hold a pipe open
            env=environment,
            start_new_session=True,
        )
        try:
            code = program.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            raise InputError(
                f"Chrome has not drawn the figure as {kind} in {TIMEOUT:.0f} seconds and was ended; {_WAY_OUT}."
            ) from None
        finally:
            _end(program)
    if code == _NO_CHROME:
        raise InputError(
            f"a figure as {kind} is drawn by Chrome or Chromium, and none is found: install one (if it is in an "
            f"unusual place, name it in BROWSER_PATH), or {_WAY_OUT}."
        )
    if code:
        last = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or [f"exit code {code}"]
        raise InputError(f"Chrome could not draw the figure as {kind} ({last[0][:200]}); {_WAY_OUT}.")


def _end(program: subprocess.Popen[bytes]) -> None:
    """End a program with all that it began: its session's processes, on Windows the tree below it."""
    if sys.platform == "win32":
        if program.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(program.pid)], check=False, capture_output=True)  # noqa: S603, S607
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(program.pid, signal.SIGKILL)
    program.wait()
