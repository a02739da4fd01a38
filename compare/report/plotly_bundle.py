"""The plotly.js of the installed plotly package, packed so that it travels inside the page.

4.8 MB of JavaScript become 2.0 MB of text that the browser unpacks itself; nothing is vendored and
nothing is loaded from a network.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Bundle:
    """The packed JavaScript and what the Content-Security-Policy needs to know of it.

    Attributes:
        packed: the JavaScript, gzipped and base64-encoded.
        source: its hash as a CSP source expression.
        style_ids: ids of the style elements that it makes at start unless they are there already.
    """

    packed: str
    source: str
    style_ids: tuple[str, ...]


@cache
def plotly_bundle() -> Bundle:
    """Pack the JavaScript of the installed plotly; once per process, the same bytes every time."""
    from plotly.offline import get_plotlyjs

    code = get_plotlyjs()
    # mtime=0: gzip would otherwise write the time into its header.
    packed = base64.b64encode(gzip.compress(code.encode(), 9, mtime=0)).decode()
    # plotly adds its rules to style#plotly.js-style-global; the map library inside it looks for a
    # style element whose id is a digest. Where these exist, no inline style is made.
    digests = re.findall(r'document\.getElementById\("([0-9a-f]{64})"\)', code)
    return Bundle(packed, csp_source(code), ("plotly.js-style-global", *dict.fromkeys(digests)))


def csp_source(text: str) -> str:
    """Give the hash by which a Content-Security-Policy allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
