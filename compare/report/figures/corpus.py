"""Many stories as plotly figures; what they show is computed by plain functions that return rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compare.corpus.corpus import Corpus


class CorpusFigures:
    """The figures of many stories; each method gives a `plotly.graph_objects.Figure`."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
