"""The demo story: invented outlets on the ceasefire talks of March 2025, the same as datasets/ceasefire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def read_demo() -> pd.DataFrame:
    """Return the articles of the bundled demo story (8 outlets, CC0).

    Returns:
        The `articles` table.
    """
    from compare.reading.articles import read_articles

    return read_articles(Path(__file__).with_name("ceasefire.jsonl"))
