"""A progress bar on a terminal, or in a notebook, where work takes long."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = 2.0  # seconds after which whoever waits wants to see progress


def progress(done: Iterable[Any] | None = None, *, total: int, unit: str) -> Any:
    """Return tqdm's bar over an iterable or, without one, a bar that the caller updates.

    Args:
        done: the items.
        total: number of items.
        unit: what the items are called.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a notebook without ipywidgets gets a bar of text, which is no mishap
        from tqdm.auto import tqdm
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    # None shows the bar on a terminal only; in a notebook somebody waits, too.
    hidden = False if getattr(shell, "kernel", None) is not None else None
    return tqdm(done, total=total, unit=f" {unit}", delay=_LONG, disable=hidden, leave=False)
