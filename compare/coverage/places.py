"""Where in an article something stands, and how prominent that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.tables import HEADLINE

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


def positions(sentences: pd.DataFrame) -> NDArray[np.float64]:
    """Place of each sentence in its article's story text: 0 is the lead, 1 the end; a lone sentence is the lead."""
    headline = sentences["index"] == HEADLINE
    told = (~sentences["boilerplate"] & ~headline).astype(int).groupby(sentences["article_id"])
    before, last = told.cumsum() - 1, told.transform("sum") - 1
    places = (before.clip(lower=0) / last.clip(lower=1)).mask(headline, HEADLINE)
    return places.to_numpy(float).round(6)


def prominence(position: pd.Series) -> pd.Series:
    """How prominent a place is: 1 in the headline or the lead, falling to 0.5 in the last line."""
    return 1 - position.clip(lower=0) / 2
