"""A bar on standard error for a page that takes long, where that is a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONG = 2  # seconds after which a bar appears

Step = TypeVar("Step")


def steps(them: Sequence[Step], what: str, unit: str = " comparisons") -> Iterator[Step]:
    """Go through them, with a progress bar on a terminal where it takes long."""
    from tqdm import tqdm

    yield from tqdm(them, desc=what, unit=unit, delay=_LONG, disable=None, leave=False)
