"""Templates, filters and the policy of a page, the same for every report."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from compare.report.markup import claim_link, in_marks
from compare.report.plotly_bundle import csp_source
from compare.report.wording import count, moment, percent, plain, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jinja2

# What stands in the style elements that plotly adds its rules to (by insertRule, which a
# Content-Security-Policy allows): some text, so that they have a hash.
PLOTLY_STYLE = "/* plotly */"


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """Give the Content-Security-Policy: no network, no inline script or style but exactly these.

    plotly sets styles through the DOM (allowed) and adds rules to style elements that the page
    already holds, so that not even styles need 'unsafe-inline'.

    Args:
        scripts: CSP sources of the scripts.
        styles: the texts of the style elements.
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


@cache
def template_text(name: str) -> str:
    """Read a file that goes into the page as it is."""
    return (resources.files("compare.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def environment() -> jinja2.Environment:
    """The templates; every value is escaped unless its type says that it is markup."""
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
        "claim_link": claim_link,
        "in_marks": in_marks,
    }
    made.filters["count"] = count
    return made
