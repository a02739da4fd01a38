"""Markdown in which names are text, whatever they hold."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from compare.errors import count
from compare.report.wording import plain

if TYPE_CHECKING:
    import jinja2

# What Markdown (CommonMark, GitHub's tables and links, formulas between $) reads as more than the sign.
_SIGNS = re.compile(r"[\\`*_\[\]|~$#!{}=+@^]|:(?=//)|(?<=www)\.|^-", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class Markdown(str):
    """Text that is Markdown already, and goes into a page as it is."""

    __slots__ = ()


def escaped(value: Any) -> str:
    """Give a value so that Markdown shows it as it is, on one line."""
    if isinstance(value, Markdown):
        return value
    text = _SIGNS.sub(r"\\\g<0>", plain(str(value)))
    return re.sub("[&<>]", lambda sign: _HTML[sign[0]], _NUMBERED.sub(r"\1\\", text))


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    made = jinja2.Environment(  # noqa: S701 - it makes Markdown; `finalize` escapes whatever is no Markdown
        loader=jinja2.PackageLoader("compare.export.metadata"),
        finalize=escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    made.globals["count"] = count
    return made


def rendered(template: str, **values: Any) -> str:
    """Fill in a template; every value is escaped unless it is `Markdown`."""
    return _environment().get_template(template).render(values)
