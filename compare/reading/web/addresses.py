"""Web addresses: what is one, and how it is written when it is remembered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from compare.errors import FlawError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|s_cid|cmpid|ocid|ref_src",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 4000  # characters
COLUMNS = ("url", "link", "asked")  # what fields of addresses are called


def is_address(source: object) -> bool:
    """Whether a source is the address of a web page."""
    return isinstance(source, str) and bool(_SCHEME.match(source.strip()))


def lists_addresses(columns: Iterable[str], missing: Iterable[str]) -> bool:
    """Whether columns are of a list of addresses, from their names and those of an article's that are missing."""
    return "text" in missing and any(column.strip().casefold() in COLUMNS for column in columns)


def only_addresses(text: str) -> list[str]:
    """Return the addresses in a text that holds one a line, and perhaps remarks behind #; none if it holds others."""
    lines = [line.strip() for line in text.splitlines()]
    told = [line for line in lines if line and not line.startswith("#")]
    return told if all(is_address(line) and " " not in line for line in told) else []


def canonical(address: str, *, tracking: bool = True) -> str:
    """Return an address as it is asked for and remembered: without fragment, tracking parameters and default port.

    Args:
        address: as somebody wrote it.
        tracking: whether to take tracking parameters out; a server that leads on to them waits for them.

    Raises:
        FlawError: it is no address of a web page.
    """
    way_out = "give a whole address, such as https://www.example.org/news"
    try:
        parts = urlsplit(address.strip())
        port, host = parts.port, (parts.hostname or "").encode("idna" if parts.hostname else "ascii").decode()
    except (ValueError, UnicodeError) as error:
        raise FlawError("is no web address", way_out) from error
    if parts.scheme.lower() not in _PORTS or not host or len(address) > _LONGEST or re.search(r"\s", address.strip()):
        raise FlawError("is no web address", way_out)
    if parts.username is not None or parts.password is not None:
        raise FlawError("holds a user name or a password, which are not sent", "give the address without them")
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    pairs = parts.query.split("&")  # as they stand: a server may read %E9 or %20 in its own way
    query = "&".join(pair for pair in pairs if not tracking or not _TRACKING.fullmatch(pair.partition("=")[0]))
    return urlunsplit((parts.scheme.lower(), place.lower(), parts.path or "/", query, ""))
