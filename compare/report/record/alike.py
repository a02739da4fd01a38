"""Which outlets are alike in what they carry: a map, a tree, and the distances behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.figures.map import dendrogram_plot, dendrogram_rows, map_plot, map_rows
from compare.report.record.view import Estimate, scale_of, tested

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.view import Record


def alike(record: Record) -> dict[str, Any] | None:
    """Return the distances between outlets, the nearest first, and their drawings; None for an outlet alone."""
    results = record.results
    table = results.distances
    if table is None or not table["either"].any():
        return None
    rows: list[dict[Any, Any]] = table.to_dict("records")
    pairs = [
        {
            **row,
            "corrected": Estimate(row["corrected"], row["low"], row["high"], row["warning"]),
            "jaccard": Estimate(row["jaccard"], row["jaccard_low"], row["jaccard_high"]),
            **tested(row),
        }
        for row in rows
    ]
    pairs.sort(key=lambda pair: (not pair["certain"], _nearness(pair), pair["one"], pair["other"]))
    figures: dict[str, Any] = {}
    notes = [_sentence(results.no_map)] if results.no_map else []
    if results.map is not None and results.dendrogram is not None:
        figures["alike-map"] = map_plot(map_rows(results.map))
        figures["alike-tree"] = dendrogram_plot(dendrogram_rows(results.dendrogram))
        notes = _notes(results.map)
    return {
        "distances": pairs,
        "certain": [pair for pair in pairs if pair["certain"]],
        "scale": scale_of(pair["corrected"] for pair in pairs),
        "family": str(table["family"].iloc[0]),
        "tests": int(table["tests"].iloc[0]),
        "measure": str(results.map["measure"].iloc[0]) if results.map is not None and figures else "",
        "shared_text": results.copies,
        "notes": notes,
        "figures": figures,
    }


def _nearness(pair: Mapping[str, Any]) -> float:
    """What pairs are ordered by: the corrected distance, those that have none after all others."""
    corrected, jaccard = pair["corrected"], pair["jaccard"]
    if corrected.known:
        return float(corrected.value)
    return 10 + float(jaccard.value) if jaccard.known else 20


def _notes(table: pd.DataFrame) -> list[str]:
    """Warnings as sentences, each once, with the outlets that it is about unless it is about all of them."""
    about: dict[str, list[str]] = {}
    for outlet, warning in zip(table["outlet"], table["warning"], strict=True):
        for part in filter(None, warning.split("; ")):
            about.setdefault(part, []).append(outlet)
    return [
        _sentence(part) if len(outlets) == len(table) else f"{', '.join(outlets)}: {part}."
        for part, outlets in about.items()
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
