"""Visits to hosts: one request at a time, as robots.txt allows, again after a pause, and never the same page twice."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx
from protego import Protego

from compare import __version__
from compare.errors import FlawError, InputError
from compare.reading.web.addresses import canonical
from compare.reading.web.connection import HttpAnswer, ask
from compare.saving import whole_file

_REDIRECTS = 10
_PAUSES = (1.0, 2.0, 4.0)  # seconds before the second, third and fourth try
_LONGEST_PAUSE = 60.0  # that a server may ask for
_FOUND = 200
_AGAIN = {429, 500, 502, 503, 504}
_GONE = {404, 410}  # remembered for a while: most such pages do not come back
_GONE_FOR = timedelta(days=7)
_ERRNO = re.compile(r"\[Errno -?\d+\] ?")
_NAME = "storydiff"  # by which robots.txt names this program
_ROBOTS = 500_000  # bytes that are read of robots.txt (RFC 9309)
_SAID = {
    401: "asks to log in",
    402: "asks to pay",
    403: "refuses the request",
    404: "does not exist",
    410: "exists no longer",
    429: "asks for fewer requests",
    451: "is blocked for legal reasons",
}


class Page(NamedTuple):
    """A page as it was fetched: where it was in the end, what it is said to be, when it was fetched, and its status."""

    address: str
    content_type: str
    fetched: str
    body: bytes
    status: int = _FOUND


class Visitor:
    """Fetches the pages of one host after another.

    Args:
        cache: the folder of pages that were fetched before; None keeps none.
        delay: seconds between two requests to a host; robots.txt may ask for more.
        seconds: the longest that an answer may take, of each redirect and each try.
        contact: an address of mail or web that servers are told, or "".
    """

    def __init__(  # noqa: PLR0913 - each is named
        self,
        *,
        cache: Path | None,
        refresh: bool = False,
        allow_private: bool = False,
        delay: float = 1.0,
        seconds: float = 30.0,
        contact: str = "",
    ) -> None:
        self._cache, self._refresh, self._allow_private = cache, refresh, allow_private
        self._delay, self._seconds = delay, seconds
        self._agent = f"storydiff/{__version__} ({contact or 'https://pypi.org/project/storydiff'})"
        self.unkept = ""  # why the first page that could not be kept was not
        self._stopped = Event()
        self._robots: dict[tuple[str, str], Protego] = {}  # by scheme and host with its port (RFC 9309)
        self._asked: dict[str, float] = {}
        self._locks: dict[str, Lock] = {}  # a redirect may lead to a host that another thread asks

    def stop(self) -> None:
        """End all pauses at once: the work is given up."""
        self._stopped.set()

    def page(self, address: str) -> tuple[Page, bool]:
        """Return a page, and whether it was fetched before.

        Raises:
            FlawError: it cannot be fetched.
        """
        kept = None if self._refresh else self._kept(address)
        page = kept or self._fetched(address)
        if kept is None and page.status in {_FOUND, *_GONE}:
            self._keep(address, page)
        if page.status != _FOUND:
            what = _SAID.get(page.status, "cannot be had")
            asked = f", asked on {page.fetched[:10]}" if kept else ""
            raise FlawError(f"{what} (status {page.status}{asked})", "open it in a browser and save it")
        return page, kept is not None

    def _fetched(self, address: str) -> Page:
        address, answer = self._followed(address)
        body = answer.body if answer.status == _FOUND else b""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        told = answer.headers.get("content-type", "")
        return Page(canonical(address), told, now, body, answer.status)

    def _followed(self, address: str, *, is_robots: bool = False) -> tuple[str, HttpAnswer]:
        """Follow redirects; each is checked like an address that was given."""
        seen = [address]
        while True:
            if not is_robots:
                self._refuse_forbidden(address)
            answer = self._patiently(address)
            goes_on = answer.headers.get("location")
            if not (300 <= answer.status < 400 and goes_on):
                return address, answer
            try:
                address = canonical(urljoin(address, goes_on), tracking=False)
            except ValueError as error:
                raise FlawError("leads on to what is no web address", "open it in a browser and save it") from error
            if address in seen or len(seen) > _REDIRECTS:
                raise FlawError("leads in a circle", "open it in a browser and save it")
            seen.append(address)

    def _patiently(self, address: str) -> HttpAnswer:
        """Ask, and ask again after a pause if the server is busy or silent."""
        for usual in (*_PAUSES, None):
            try:
                answer = self._once(address)
            except httpx.TimeoutException as error:
                if usual is None:
                    raise FlawError("takes too long to answer", "try again later") from error
            except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
                if usual is None or isinstance(error, httpx.InvalidURL):
                    told = " ".join(_ERRNO.sub("", str(error)).split())[:120] or type(error).__name__
                    raise FlawError(f"cannot be reached ({told})", "check the address, or try again later") from error
            else:
                if answer.status not in _AGAIN or usual is None:
                    return answer
                wanted = _retry_after(answer.headers.get("retry-after", ""))
                if wanted > _LONGEST_PAUSE:
                    raise FlawError(f"asks to wait {wanted:,.0f} s (status {answer.status})", "try again then")
                self._wait(max(usual, wanted))
                continue
            self._wait(usual)
        raise AssertionError("the last try returns or raises")

    def _once(self, address: str) -> HttpAnswer:
        host = urlsplit(address).netloc
        with self._alone(host):
            robots = self._robots.get(_site(address))
            wanted = min(robots.crawl_delay(_NAME) or 0.0, _LONGEST_PAUSE) if robots else 0.0
            since = time.monotonic() - self._asked.get(host, float("-inf"))
            self._wait(max(self._delay, wanted) - since)
            try:
                return ask(address, agent=self._agent, allow_private=self._allow_private, seconds=self._seconds)
            finally:
                self._asked[host] = time.monotonic()

    def _alone(self, host: str) -> Lock:
        """Return the lock of a host, of which one thread asks at a time."""
        return self._locks.setdefault(host, Lock())

    def _refuse_forbidden(self, address: str) -> None:
        site = _site(address)
        if site not in self._robots:  # without its lock: two that redirect to each other would wait for ever
            place = urlunsplit((*site, "/robots.txt", "", ""))
            _, answer = self._followed(place, is_robots=True)
            if answer.status >= 500 or answer.status in _AGAIN:
                raise FlawError("cannot be read as robots.txt cannot be either", "try again later")
            text = answer.body[:_ROBOTS].decode("utf-8", "replace") if answer.status == _FOUND else ""
            self._robots[site] = Protego.parse(text)
        if not self._robots[site].can_fetch(address, _NAME):
            raise FlawError("is not for programs, says its robots.txt", "open it in a browser and save it")

    def _wait(self, seconds: float) -> None:
        if seconds > 0 and self._stopped.wait(seconds):
            raise KeyboardInterrupt

    def _file(self, address: str) -> Path | None:
        return self._cache / f"{sha256(address.encode()).hexdigest()[:40]}.page" if self._cache else None

    def _kept(self, address: str) -> Page | None:
        file = self._file(address)
        try:
            head, _, body = file.read_bytes().partition(b"\n") if file else (b"", b"", b"")
            told = json.loads(head)
            if told["asked"] != address or (told["private"] and not self._allow_private):
                return None
            page = Page(told["address"], told["content_type"], told["fetched"], body, told.get("status", _FOUND))
            since = datetime.now(UTC) - datetime.fromisoformat(page.fetched)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return page if page.status == _FOUND or since < _GONE_FOR else None

    def _keep(self, address: str, page: Page) -> None:
        file = self._file(address)
        if file is None:
            return
        head = {"asked": address, "private": self._allow_private, **page._asdict()}
        del head["body"]
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(file) as path:
                path.write_bytes(json.dumps(head).encode() + b"\n" + page.body)
        except OSError as error:
            self.unkept = self.unkept or f"{file.parent}: {error.strerror}."
        except InputError as error:
            self.unkept = self.unkept or str(error)

    def forget(self, address: str) -> None:
        """Keep a page no longer: it was of no use, and is asked for again the next time."""
        with suppress(OSError):
            if file := self._file(address):
                file.unlink()


def _site(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc


def _retry_after(told: str) -> float:
    """Return the seconds that a server asks to wait: a number, or a moment (RFC 9110)."""
    if told.strip().isdecimal():
        return float(told.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def usual_cache() -> Path:
    """Return the folder in which fetched pages are kept, unless another is given."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "storydiff" / "pages"
