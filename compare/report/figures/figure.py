"""A plotly figure that can be saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from compare.errors import InputError
from compare.report.figures.images import IMAGES, write_image
from compare.report.render import environment
from compare.saving import whole_file

_SUFFIXES = (".html", *IMAGES)
_DIV = "figure"  # fixed, so that the same figure gives the same bytes


class Figure(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A `plotly.graph_objects.Figure` with `save`; all that plotly does with figures works with it too.

    Attributes:
        least_width: pixels below which names would lie on one another; a saved page then scrolls.
    """

    least_width = 0

    def save(self, path: str | Path, *, width: int | None = None, height: int | None = None) -> Path:
        """Write the figure to one file and return its path.

        Args:
            path: `.html` for a page that opens offline, with plotly inside; `.svg`, `.png` or `.pdf` for an image.
                Images are made by a Chrome or Chromium and the extra `images`.
            width: of the image in pixels, 1000 unless the figure has one; a `.png` has twice as many.
            height: the same, by default the figure's.

        Raises:
            InputError: the file cannot be written, its ending says no such format, or the browser failed.
            MissingExtraError: an image needs the extra `images`.
        """
        kind = Path(path).suffix.lower()
        if kind not in _SUFFIXES:
            raise InputError(f"{path}: a figure is saved as {', '.join(_SUFFIXES[:-1])} or {_SUFFIXES[-1]}.")
        with whole_file(path) as temporary:
            if kind == ".html":
                temporary.write_bytes(self._page().encode())
            else:
                write_image(self, temporary, kind, width, height)
        return Path(path)

    def _page(self) -> str:
        div = self.to_html(full_html=False, include_plotlyjs=True, div_id=_DIV, config={"responsive": True})
        return (
            environment()
            .get_template("figure.html.j2")
            .render(div=_markup(div), ground=self._ground(), least=self.least_width)
        )

    def _ground(self) -> str:
        colour = self.layout.paper_bgcolor or self.layout.template.layout.paper_bgcolor
        return str(colour or "#ffffff")


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - plotly's own page, in which it escapes what the figure says
