"""Which outlets are alike in what they carry: a map, a tree, and the distances behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.report.figures.map import dendrogram_plot, dendrogram_rows, map_plot, map_rows
from compare.report.record.estimates import Estimate, scale_of, tested

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.view import Record

_FEWEST = 3  # outlets of which a map says more than a sentence


def alike(record: Record) -> dict[str, Any] | None:
    """Give the distances between outlets and their drawings; None for an outlet alone.

    Returns:
        distances, the nearest first, each a row of DISTANCES with its estimates; certain, those beyond chance;
        measure: what the map's distances are, empty where there is no map; shared_text: whether copies count as one
        voice; notes: what to beware of, and why something is missing, as sentences; scale, family, tests, figures.
    """
    if len(record.outlets) < 2:
        return None
    version = record.version
    try:
        table = record.decided.distances(version=version)
    except InputError:
        return None
    pairs = [_distance(row) for row in table.to_dict("records")]
    pairs.sort(key=lambda pair: (not pair["certain"], _nearness(pair), pair["one"], pair["other"]))
    if not any(pair["either"] for pair in pairs):
        return None
    measure = ""
    figures: dict[str, Any] = {}
    notes: list[str] = []
    if len(record.outlets) >= _FEWEST:
        measure = "corrected" if any(pair["corrected"].known for pair in pairs) else "jaccard"
        figures, notes = _drawn(record, measure, version)
    return {
        "distances": pairs,
        "certain": [pair for pair in pairs if pair["certain"]],
        "scale": scale_of(pair["corrected"] for pair in pairs),
        "family": str(table["family"].iloc[0]),
        "tests": int(table["tests"].iloc[0]),
        "measure": measure if figures else "",
        "shared_text": record.copies,
        "notes": notes,
        "figures": figures,
    }


def _distance(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        **row,
        "corrected": Estimate(row["corrected"], row["low"], row["high"], row["warning"]),
        "jaccard": Estimate(row["jaccard"], row["jaccard_low"], row["jaccard_high"]),
        **tested(row),
    }


def _nearness(pair: Mapping[str, Any]) -> float:
    """What pairs are ordered by: the corrected distance, those that have none after all others."""
    corrected, jaccard = pair["corrected"], pair["jaccard"]
    if corrected.known:
        return float(corrected.value)
    return 10 + float(jaccard.value) if jaccard.known else 20


def _drawn(record: Record, measure: str, version: str) -> tuple[dict[str, Any], list[str]]:
    """The map and the tree, and what to beware of."""
    corpus = record.decided
    try:
        places = corpus.map(measure=measure, version=version)
        merges = corpus.dendrogram(measure=measure, version=version)
    except InputError as error:
        return {}, [_sentence(str(error))]
    figures = {"alike-map": map_plot(map_rows(places)), "alike-tree": dendrogram_plot(dendrogram_rows(merges))}
    return figures, _notes(places)


def _notes(table: pd.DataFrame) -> list[str]:
    """Warnings as sentences, each once, with the outlets that it is about unless it is about all of them."""
    about: dict[str, list[str]] = {}
    for row in table.to_dict("records"):
        for part in filter(None, row["warning"].split("; ")):
            about.setdefault(part, []).append(row["outlet"])
    return [
        _sentence(part) if len(outlets) == len(table) else f"{', '.join(outlets)}: {part}."
        for part, outlets in about.items()
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
