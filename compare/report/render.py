"""Rendering shared by all reports: templates, data, content security policy and the embedded plotly."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from compare.report.look import dark_of
from compare.report.wording import count, in_marks, moment, percent, plain, shorten
from compare.saving import whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import jinja2

# The content of the style elements to which plotly adds its rules (by insertRule, which a
# Content-Security-Policy allows): not empty, so that they have a hash.
PLOTLY_STYLE = "/* plotly */"
_LINK = re.compile(r"</?a\b[^<>]*+>")  # in markup made by the templates
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


class Bundle(NamedTuple):
    """plotly.js, gzipped and base64-encoded; its hash as a CSP source; and the ids of the style elements it needs."""

    packed: str
    source: str
    style_ids: tuple[str, ...]


@cache
def plotly_bundle() -> Bundle:
    """Pack the JavaScript of the installed plotly, 4.8 MB to 2.0; once per process, always to the same bytes."""
    from plotly.offline import get_plotlyjs

    code = get_plotlyjs()
    # Without mtime=0, gzip writes the time into its header.
    packed = base64.b64encode(gzip.compress(code.encode(), 9, mtime=0)).decode()
    # plotly adds its rules to style#plotly.js-style-global; its map library looks for a style element
    # whose id is a digest. If these elements exist, plotly makes no inline style.
    digests = re.findall(r'document\.getElementById\("([0-9a-f]{64})"\)', code)
    return Bundle(packed, csp_source(code), ("plotly.js-style-global", *dict.fromkeys(digests)))


def csp_source(text: str) -> str:
    """Return the hash with which a Content-Security-Policy allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Return the Content-Security-Policy: no network, and no inline scripts or styles except these.

    `scripts` are CSP sources; `styles` are the texts of the style elements. plotly sets styles through the DOM, which
    is allowed, and adds rules to style elements already in the page, so not even styles need 'unsafe-inline'.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + (" ".join(scripts) or "'none'"),
            f"style-src {' '.join(map(csp_source, styles))}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def scripts(script: str, style: str, data: dict[str, Any], figures: dict[str, Any], other: str = "") -> dict[str, Any]:
    """Return a template's scripts, its data, plotly if there are figures, and the policy that allows them."""
    allowed = [csp_source(text) for text in (script, other) if text]
    if not figures:
        return {"policy": policy(allowed, [style]), "bundle": None, "script": script, "data": as_json(data)}
    bundle = plotly_bundle()
    drawn = {name: json.loads(figure.to_json()) for name, figure in figures.items()}
    return {
        "policy": policy([*allowed, bundle.source], [style, PLOTLY_STYLE]),
        "bundle": bundle,
        "plotly_style": PLOTLY_STYLE,
        "script": script,
        "data": as_json(data | {"figures": drawn, "dark": dark_of()}),
    }


def as_json(data: Any) -> str:
    """Return JSON that is safe inside a script element: nothing in it can end the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def save_page(page: str, path: str | Path) -> None:
    """Write a page as bytes: the system must not change the line ends, or the hashes would be wrong."""
    with whole_file(path) as temporary:
        temporary.write_bytes(page.encode())


@cache
def template_text(name: str) -> str:
    """Read a file that goes into the page unchanged."""
    return (resources.files("compare.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def environment() -> jinja2.Environment:
    """Return the template environment; every value is escaped unless its type marks it as markup."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("compare.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters |= {
        "shorten": shorten,
        "percent": percent,
        "number": lambda share: min(99, max(1, round(share * 100))),
        "moment": moment,
        "plain": plain,
        "in_marks": in_marks,
        "unlinked": lambda markup: Markup(_LINK.sub("", markup)),  # noqa: S704 - the input is markup
        "count": count,
    }
    return made
