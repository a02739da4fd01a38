"""A plotly figure that can be saved as a page or as an image.

Images are made by kaleido and Chrome in a separate process, which is ended if it takes too long.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from markupsafe import Markup

from compare.errors import InputError, MissingExtraError
from compare.report.figures.still import still_html
from compare.report.render import environment
from compare.saving import whole_file

TIMEOUT = 60.0  # seconds; an image takes two or three, and a hanging Chrome never ends
PROGRAM = Path(__file__).with_name("export.py")
_IMAGES = (".svg", ".png", ".pdf")
_WIDTH, _HEIGHT = 1000, 600  # pixels of an image if the figure has no size
_SHARP = 2  # pixels of a .png for each pixel of the figure
_NO_CHROME = 3  # the program's exit code if there is no Chrome
_WAY_OUT = "save it as .html, which needs no browser"
_DIV = "figure"  # fixed, so that the same figure gives the same bytes


class Figure(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A `plotly.graph_objects.Figure` with `save`; everything plotly does with figures works with it too.

    Attributes:
        least_width: width in pixels below which names would overlap; a saved page then scrolls.
    """

    least_width = 0

    def show(self, *args: Any, **options: Any) -> None:
        """Show the figure as plotly does; in a notebook also store its values, which show where plotly cannot draw."""
        if args or options or not self._displayed():
            super().show(*args, **options)

    def _ipython_display_(self) -> None:
        import plotly.io as pio

        if not pio.renderers.render_on_display or not self._displayed():
            super()._ipython_display_()

    def _displayed(self) -> bool:
        """Whether the notebook took the figure; plotly itself shows figures in a browser or a terminal."""
        bundle = self._repr_mimebundle_()
        if bundle:
            from IPython.display import display

            display(bundle, raw=True)  # type: ignore[no-untyped-call]
        return bool(bundle)

    def _repr_mimebundle_(self, *args: Any, **options: Any) -> dict[str, Any]:
        """Return what a notebook stores: plotly's formats, with the values added to the HTML."""
        bundle: dict[str, Any] = super()._repr_mimebundle_(*args, **options)
        if bundle.keys() & {"text/html", "application/vnd.plotly.v1+json"}:
            bundle["text/html"] = still_html(self, bundle.get("text/html", ""))
        return bundle

    def save(self, path: str | Path, *, width: int | None = None, height: int | None = None) -> Path:
        """Write the figure to one file and return its path.

        Args:
            path: `.html` for a page that opens offline, with plotly inside; `.svg`, `.png` or `.pdf` for an image.
                Images need Chrome or Chromium and the extra `images`.
            width: of the image in pixels, 1000 unless the figure has a width; a `.png` has twice as many pixels.
            height: of the image in pixels, 600 unless the figure has a height; a `.png` has twice as many pixels.

        Raises:
            InputError: the file cannot be written, its extension is no known format, or the browser failed.
            MissingExtraError: an image needs the extra `images`.
        """
        kind = Path(path).suffix.lower()
        if kind not in {".html", *_IMAGES}:
            raise InputError(f"{path}: a figure is saved as .html, {', '.join(_IMAGES[:-1])} or {_IMAGES[-1]}.")
        with whole_file(path) as temporary:
            if kind == ".html":
                div = self.to_html(full_html=False, include_plotlyjs=True, div_id=_DIV, config={"responsive": True})
                ground = self.layout.paper_bgcolor or self.layout.template.layout.paper_bgcolor or "#ffffff"
                page = environment().get_template("figure.html.j2")
                # The page comes from plotly, which escapes the text of the figure.
                html = page.render(div=Markup(div), ground=str(ground), least=self.least_width)  # noqa: S704
                temporary.write_bytes(html.encode())
            else:
                self._write_image(temporary, kind, width, height)
        return Path(path)

    def _write_image(self, path: Path, kind: str, width: int | None, height: int | None) -> None:
        if importlib.util.find_spec("kaleido") is None:
            raise MissingExtraError(f"a figure as {kind} (.html needs nothing more)", "images")
        wide, high = width or self.layout.width or _WIDTH, height or self.layout.height or _HEIGHT
        sharp = _SHARP if kind == ".png" else 1
        with tempfile.TemporaryDirectory(prefix="storydiff-", ignore_cleanup_errors=True) as room:
            given, made = Path(room) / "figure.json", Path(room) / f"figure{kind}"
            given.write_text(self.to_json(), encoding="utf-8")
            _run([str(given), str(made), str(wide), str(high), str(sharp)], kind, room)
            path.write_bytes(made.read_bytes())


def _run(arguments: list[str], kind: str, room: str) -> None:
    """Run the program; after the timeout, stop it and every process it started."""
    environment = os.environ | {"TMPDIR": room}  # a browser that is ended leaves files behind; they go with the folder
    said = Path(room) / "said"
    with said.open("wb") as errors:
        program = subprocess.Popen(  # noqa: S603 - this Python, our own program
            [sys.executable, "-P", str(PROGRAM), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,  # not a pipe, which a surviving browser would hold open
            env=environment,
            start_new_session=True,
        )
        try:
            code = program.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            raise InputError(
                f"Chrome did not draw the figure as {kind} within {TIMEOUT:.0f} seconds and was stopped; {_WAY_OUT}."
            ) from None
        finally:
            _end(program)
    if code == _NO_CHROME:
        raise InputError(
            f"a figure as {kind} is drawn by Chrome or Chromium, and neither was found: install one (if it is in an "
            f"unusual place, name it in BROWSER_PATH), or {_WAY_OUT}."
        )
    if code:
        last = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:] or [f"exit code {code}"]
        raise InputError(f"Chrome could not draw the figure as {kind} ({last[0][:200]}); {_WAY_OUT}.")


def _end(program: subprocess.Popen[bytes]) -> None:
    """Stop a program and everything it started: the processes of its session or, on Windows, its process tree."""
    if sys.platform == "win32":
        if program.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(program.pid)], check=False, capture_output=True)  # noqa: S603, S607
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(program.pid, signal.SIGKILL)
    program.wait()
