"""A connection that goes where it was checked to go, and ends in time."""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import httpcore
import httpx

from compare.errors import FlawError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator, Sequence

LARGEST = 10_000_000  # bytes of a page, packed or unpacked
_AT_ONCE = 10.0  # seconds to connect, or without a byte
_TRIED = 4  # most IP addresses of a host that are tried
_PACKED = {"gzip": 47, "x-gzip": 47, "deflate": 47}  # for zlib: with a gzip or zlib header
_GZIP = b"\x1f\x8b"  # with which a packed part begins
_TOO_LARGE = "is larger than 10 MB"
# Addresses that carry another one inside: what they lead to counts (RFC 6052, RFC 3056).
_NAT64, _SIX_TO_FOUR = ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16")
# What the standard library takes for global, at least in some versions: protocols' own addresses, examples (RFC 9637).
_SPECIAL = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("3fff::/20"))


class HttpAnswer(NamedTuple):
    """What a server answered: status, headers (names in small letters) and the unpacked body."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, *, agent: str, allow_private: bool, seconds: float) -> HttpAnswer:
    """Ask for an address once, without following a redirect.

    Raises:
        FlawError: the address is private, or the answer is too large, badly packed or too slow.
        httpx.HTTPError: the server cannot be reached, or does not speak HTTP.
    """
    until = time.monotonic() + seconds
    headers = {
        "User-Agent": agent,
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    timeout = httpx.Timeout(_AT_ONCE)
    # Proxies and passwords of the environment are not used: what is checked here is who is asked.
    with (
        httpx.Client(transport=_Transport(until, allow_private), timeout=timeout, trust_env=False) as client,
        client.stream("GET", address, headers=headers) as answer,
    ):
        told = {name.lower(): value for name, value in answer.headers.items()}
        body = _unpacked(answer.iter_raw(), told.get("content-encoding", ""), until)
    return HttpAnswer(answer.status_code, told, body)


def _unpacked(chunks: Iterable[bytes], how: str, until: float) -> bytes:
    """Join and unpack a body; what unpacks to more than a page may hold is not unpacked to its end."""
    how = how.strip().lower()
    if how not in {"", "identity", *_PACKED}:
        raise FlawError(f"is packed as {how[:20]}, which was not asked for", "open it in a browser and save it")
    unpack = _Unpacker(_PACKED[how]) if how in _PACKED else None
    body, packed = bytearray(), 0
    for chunk in chunks:
        packed += len(chunk)
        try:
            body += unpack.more(chunk, LARGEST + 1 - len(body)) if unpack else chunk
        except zlib.error as error:
            raise FlawError("is packed wrongly", "open it in a browser and save it") from error
        if max(len(body), packed) > LARGEST:
            raise FlawError(_TOO_LARGE, "save the article alone")
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the answer takes too long")
    if unpack and packed and not unpack.is_whole:
        raise FlawError("ended early", "try again later")
    return bytes(body)


class _Unpacker:
    """Unpacks what may be packed in parts, one after another (RFC 1952), and knows whether the last is whole."""

    def __init__(self, form: int) -> None:
        self._form = form
        self._part = zlib.decompressobj(form)

    @property
    def is_whole(self) -> bool:
        return self._part.eof

    def more(self, packed: bytes, most: int) -> bytes:
        """Return what the next bytes unpack to, or the first `most` bytes of it."""
        found = self._part.decompress(packed, most)
        while (packed := self._part.unused_data) and len(found) < most:
            if not packed.startswith(_GZIP[: len(packed)]):  # padding, which browsers pass over as well
                break
            self._part = zlib.decompressobj(self._form)
            found += self._part.decompress(packed, most - len(found))
        return found


def is_public(ip: str) -> bool:
    """Whether an IP address is one of the open internet, not of this machine, its network or a special use."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or (address.sixtofour if address in _SIX_TO_FOUR else None)
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.is_site_local:
            return False
    if any(address in network for network in _SPECIAL):
        return False
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


class _Transport(httpx.BaseTransport):
    """httpx over a pool of httpcore that connects only where it was checked (both are public interfaces)."""

    def __init__(self, until: float, allow_private: bool) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=1,
            network_backend=_Checked(until, allow_private),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        asked = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=b"", extensions=request.extensions
        )
        with _as_httpx():
            answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout("the answer takes too long") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise httpx.TransportError(str(error) or "the connection ended") from error


class _Checked(httpcore.SyncBackend):
    """Connects to the very IP address that was checked, so that a second look-up cannot lead elsewhere."""

    def __init__(self, until: float, allow_private: bool) -> None:
        self._until, self._allow_private = until, allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        try:
            found = resolved(host, port, allow_private=self._allow_private)
        except OSError as error:
            raise httpcore.ConnectError("there is no such host") from error
        failed: Exception = httpcore.ConnectError("there is no such host")
        for ip in found[:_TRIED]:
            left = self._until - time.monotonic()
            if left <= 0:
                raise httpcore.ConnectTimeout("the answer takes too long")
            within = min(left, timeout or left)
            try:
                stream = super().connect_tcp(ip, port, within, local_address, socket_options)
                return _Timed(stream, self._until)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed


class _Timed(httpcore.NetworkStream):
    """A stream that ends at a moment, however slowly a server drips its headers or its body."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def _left(self, timeout: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer takes too long")
        return min(left, timeout or left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
