"""A progress bar on a terminal, or in a notebook, where work takes long."""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONG = 2.0  # seconds after which a person who waits wants to see how far it is


def progress(done: Iterable[Any] | None = None, *, total: int, unit: str) -> Any:
    """Return tqdm's bar; with an iterable it is gone through, without one the caller updates it.

    Args:
        done: what is worked off.
        total: how many there are.
        unit: what they are.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a notebook without ipywidgets gets a bar of text, which is no mishap
        from tqdm.auto import tqdm
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    # None: shown on a terminal only. A notebook is none, but whoever sits before it waits as well.
    hidden = False if getattr(shell, "kernel", None) is not None else None
    return tqdm(done, total=total, unit=f" {unit}", delay=_LONG, disable=hidden, leave=False)
