"""Show the progress of long work: a bar on a terminal or in a notebook, otherwise a line a minute on standard error."""

from __future__ import annotations

import sys
import time
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONG = 1.0  # seconds before a bar appears
_PAUSE = 600.0  # seconds without a count after which new work begins
_LINE = 60.0  # seconds between two lines
_hidden = False


def progress(done: Iterable[Any] | None = None, *, unit: str, total: int | None = None, name: str = "") -> Any:
    """Return a tqdm bar, or its stand-in that writes lines; it wraps an iterable, or the caller updates it.

    Args:
        done: the items to iterate over.
        unit: the name of the items.
        total: how many there are, if known.
        name: the name of the work.
    """
    notebook = "IPython" in sys.modules and getattr(sys.modules["IPython"].get_ipython(), "kernel", None) is not None
    is_terminal = getattr(sys.stderr, "isatty", bool)()  # a service may have no standard error
    if not (_hidden or notebook or is_terminal):
        return _Lines(done, unit, total, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a notebook without ipywidgets gets a text bar, which is fine
        from tqdm.auto import tqdm
    return tqdm(done, total=total, unit=f" {unit}", desc=name or None, delay=_LONG, disable=_hidden, leave=False)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Show the name of work that cannot be counted."""
    with progress(unit="", name=name) as bar:
        if not isinstance(bar, _Lines):
            bar.bar_format, bar.delay = "{desc} ...", 0
            bar.refresh()
        yield


def begin() -> None:
    """Begin work of its own: its first minute is counted from here, however long ago the last line was written."""
    _Lines.seen = float("-inf")


@contextmanager
def hidden(hide: bool = True) -> Iterator[None]:
    """Hide progress within the block."""
    global _hidden  # noqa: PLW0603 - a setting of the process, like the terminal
    before, _hidden = _hidden, hide
    try:
        yield
    finally:
        _hidden = before


class _Lines:
    """A stand-in for a bar in a log: at most one line a minute, whichever bar it is of."""

    said = 0.0  # the time of the last line, or of the start
    seen = float("-inf")  # the time of the last count

    def __init__(self, done: Iterable[Any] | None, unit: str, total: int | None, name: str) -> None:
        self._done, self._unit, self._total, self._name = done, unit, total, name
        self._count, self._beside, self._start = 0, "", time.monotonic()
        if self._start - _Lines.seen > _PAUSE:  # other work than the last
            _Lines.said = self._start
        self.update(0)

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *_: object) -> None:
        """Write nothing: the next stage does."""

    def __iter__(self) -> Iterator[Any]:
        for one in self._done or ():
            yield one
            self.update()

    def set_postfix_str(self, beside: str, refresh: bool = True) -> None:  # noqa: ARG002 - as tqdm has it
        self._beside = beside

    def update(self, number: int = 1) -> None:
        """Count `number` more, and write a line if a minute has passed."""
        self._count += number
        _Lines.seen = now = time.monotonic()
        if now - _Lines.said < _LINE:
            return
        _Lines.said, took = now, now - self._start
        parts = [self._name or "at work"]
        if self._unit and self._count:
            of = "" if self._total is None else f" of {self._total:,}"
            parts.append(f"{self._count:,}{of} {self._unit}, {self._count / max(took, 1e-9):.1f}/s")
            if self._total is not None and self._count < self._total:
                left = (self._total - self._count) * took / self._count
                parts.append(f"about {max(1, round(left / 60))} min left")
        print("storydiff: " + ", ".join(filter(None, [*parts, self._beside])), file=sys.stderr, flush=True)
