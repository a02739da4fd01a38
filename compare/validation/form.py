"""A coder's sheet as one HTML file that works offline and saves the answers to a file."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from compare.validation.codes import all_codes

if TYPE_CHECKING:
    import jinja2

    from compare.validation.sample import Sample

# With these escaped, nothing in the data can end the script element that it stands in.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def render_form(sample: Sample, coder: str) -> str:
    """Give a coder's form as HTML; it holds what the sheet holds, and every article once."""
    style, script = _template_text("form.css"), _template_text("form.mjs")
    units = sample.assigned[coder]
    return (
        _environment()
        .get_template("form.html.j2")
        .render(
            policy=_policy(script, style),
            style=style,
            script=script,
            data=json.dumps(_data(sample, coder), ensure_ascii=False).translate(_ESCAPES),
            codes=all_codes(),
            coder=coder,
            sample_id=sample.sample_id,
            count=len(units),
        )
    )


def _data(sample: Sample, coder: str) -> dict[str, Any]:
    shown = sample.units.set_index("unit").loc[sample.assigned[coder]]
    texts = shown.drop_duplicates("article_id")
    place = {article: number for number, article in enumerate(texts["article_id"])}
    return {
        "sample": sample.sample_id,
        "coder": coder,
        "articles": [list(pair) for pair in zip(texts["headline"], texts["article"], strict=True)],
        "units": [
            [unit, claim, place[article]]
            for unit, claim, article in zip(shown.index, shown["claim"], shown["article_id"], strict=True)
        ],
    }


def _policy(script: str, style: str) -> str:
    """Give the Content-Security-Policy: no network, no image, no script or style but exactly ours."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_csp_source(script)}",
            f"style-src {_csp_source(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _csp_source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _template_text(name: str) -> str:
    return (resources.files("compare.validation") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("compare.validation"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
