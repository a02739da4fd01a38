"""Web addresses: which are one, and which machines may be asked."""

from __future__ import annotations

import csv
import io
import ipaddress
import json
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from compare.errors import FlawError, InputError, shortened
from compare.foreign import checked_file
from compare.reading.providers import gdelt_place

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|s_cid|cmpid|ocid|ref_src",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_COLUMNS = ("url", "link", "asked")
_LONGEST = 4000  # characters
# Addresses that carry another one inside: what they lead to counts (RFC 6052, RFC 3056).
_NAT64, _SIX_TO_FOUR = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16")


def is_address(source: object) -> bool:
    """Whether a source is the address of a web page."""
    return isinstance(source, str) and bool(_SCHEME.match(source.strip()))


def canonical(address: str) -> str:
    """Return an address as it is asked for and remembered: without fragment, tracking parameters and default port.

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
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    )
    kept = parts.query if len(parse_qsl(parts.query, keep_blank_values=True)) == query.count("=") else query
    return urlunsplit((parts.scheme.lower(), place.lower(), parts.path or "/", kept, ""))


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the open internet, not of this machine, its network or a special use."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or (address.sixtofour if address in _SIX_TO_FOUR else None)
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolved(host: str, port: int, *, allow_private: bool) -> Sequence[str]:
    """Return the IP addresses of a host.

    Raises:
        OSError: it has none.
        FlawError: one of them is private, and `allow_private` is false: who is asked must not depend on which is taken.
    """
    found = list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    if not allow_private and not all(map(is_public, found)):
        raise FlawError("leads to this machine or a private network", "add --allow-private if that is meant")
    return found


def addresses_in(source: str) -> list[str]:
    """Return the addresses in a file: one a line, or the column or field url, link or asked of a .csv or .jsonl file.

    Files of GDELT (events, mentions, knowledge graph) have no header and are known by their columns.

    Raises:
        InputError: it cannot be read, has none, or something in it is none.
    """
    path = Path(source)
    try:
        text = checked_file(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(
            f"{source or 'an empty name'}: is no web address (https://...), and no file that can be read "
            f"({error.strerror})."
        ) from error
    kind = path.suffix.lower()
    place = gdelt_place(text)
    if place is not None:
        rows = (line.split("\t") for line in text.split("\n"))
        found = [(at, row[place].strip() if place < len(row) else "") for at, row in enumerate(rows, 1) if any(row)]
    elif kind in {".csv", ".jsonl"}:
        found = _in_column(source, text, kind)
    else:
        lines = enumerate(map(str.strip, text.splitlines()), start=1)
        found = [(number, line) for number, line in lines if line and not line.startswith("#")]
    if not found:
        raise InputError(f"{source}: holds no address; write one a line.")
    for number, one in found:
        if not is_address(one):
            raise InputError(f"{source}, line {number}: {shortened(one)} is no web address; write it with https://")
    return [one for _, one in found]


def _in_column(source: str, text: str, kind: str) -> list[tuple[int, str]]:
    """Return the addresses of a table with their lines."""
    head = text.partition("\n")[0]
    try:
        if kind == ".csv":
            mark = ";" if head.count(";") > head.count(",") else ","
            rows: list[Any] = list(csv.DictReader(io.StringIO(text), delimiter=mark))
        else:
            rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError, csv.Error) as error:
        raise InputError(f"{source}: is no {kind} file; write one address a line into a .txt file.") from error
    named = {str(name).strip().casefold(): name for row in rows[:1] if isinstance(row, dict) for name in row}
    column = next((named[name] for name in _COLUMNS if name in named), None)
    if column is None:
        raise InputError(f"{source}: has no column url; name one so.")
    cells = [row.get(column) if isinstance(row, dict) else None for row in rows]
    first = 2 if kind == ".csv" else 1
    return [(at, str(cell).strip()) for at, cell in enumerate(cells, start=first) if cell]
