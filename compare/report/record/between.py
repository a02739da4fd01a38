"""How outlets, or groups, differ in the stories that both cover; and which outlets are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.report.figures.map import dendrogram_plot, dendrogram_rows, map_plot, map_rows
from compare.report.record.view import LEVEL, Estimate, Scale, scale_of, signed, small, tested

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.view import Record, Said

AT_MOST = 25  # most differences listed for a measure: the matrix has the others
_AT_LEAST = 5  # differences listed even if they may be due to chance


@dataclass(frozen=True)
class Difference:
    """The difference between two outlets or groups, the one with the higher rate first."""

    one: str
    rate_one: Estimate
    other: str
    rate_other: Estimate
    difference: Estimate
    stories: int
    p: str
    q: str
    p_outlets: str
    certain: bool
    warning: str
    evidence: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Measured:
    """The largest differences of one measure and, for a measure shown by itself, its family of tests."""

    measure: str
    shown: list[Difference]
    certain: int
    tests: int
    scale: Scale
    family: str = ""


def differences(record: Record) -> dict[str, Any] | None:
    """Return the differences between outlets, and a matrix of carriage; None for a single outlet."""
    table = record.results.differences.get("printed")
    if table is None or table["difference"].isna().all():
        return None
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for row in table[table["measure"] == "carriage"].to_dict("records"):
        one, other, difference, certain = row["one"], row["other"], row["difference"], row["q_value"] < LEVEL
        for pair, value in (((one, other), difference), ((other, one), -difference)):
            text = "" if value != value else f"{signed(value)}{'*' * certain}"  # noqa: PLR0124 - missing
            cells[pair] = text, ("more" if value > 0 else "less") if certain else ""
    names = [outlet.name for outlet in record.outlets]
    own = "\u00b7", ""
    matrix = [(outlet, [cells.get((outlet.name, other), own) for other in names]) for outlet in record.outlets]
    return _of_family(table) | {"matrix": matrix}


def groups(record: Record) -> dict[str, Any] | None:
    """Return the differences between groups of outlets; None if no groups were given."""
    table = record.results.group_differences
    return None if table is None else _of_family(table)


def _of_family(table: pd.DataFrame) -> dict[str, Any]:
    measures = []
    for measure in table["measure"].unique():
        pairs = of_measure(table, measure)
        if pairs:
            certain = sum(pair.certain for pair in pairs)
            shown = pairs[: min(AT_MOST, max(_AT_LEAST, certain))]
            scale = scale_of([pair.difference for pair in shown], zero=True)
            measures.append(Measured(measure, shown, certain, len(pairs), scale))
    return {"family": str(table["family"].iloc[0]), "tests": int(table["tests"].iloc[0]), "measures": measures}


def of_measure(table: pd.DataFrame, measure: str) -> list[Difference]:
    """Return the differences of a measure, those beyond chance first, then the larger first."""
    rows = table[(table["measure"] == measure) & table["difference"].notna()].to_dict("records")
    return largest([ordered(row) for row in rows])


def largest(pairs: list[Difference]) -> list[Difference]:
    """Sort differences: those beyond chance first, then the larger first."""
    return sorted(pairs, key=lambda pair: (not pair.certain, -abs(pair.difference.value), pair.one, pair.other))


def ordered(row: Mapping[Any, Any], evidence: tuple[Said, ...] = ()) -> Difference:
    """Return a row of DIFFERENCES, or of a similar table, with the higher rate first."""
    one, other = ((row[side], Estimate(row[f"rate_{side}"])) for side in ("one", "other"))
    found = Estimate(row["difference"], row["low"], row["high"], row["warning"])
    if found.value < 0:
        one, other, found, evidence = other, one, found.turned, evidence[::-1]
    p_outlets = small(row.get("p_outlets", float("nan")))
    rest = {"stories": row["stories"], "p_outlets": p_outlets, "warning": found.warning, "evidence": evidence}
    rest |= tested(row)
    return Difference(*one, *other, difference=found, **rest)


def corrected(record: Record) -> dict[str, Any] | None:
    """Return carriage corrected for the toolkit's errors, beside carriage as decided; None without validation."""
    table = record.results.corrected
    if table is None:
        return None
    found = {row["group"]: row for row in table.to_dict("records")}
    rows = [
        {
            "outlet": outlet,
            "decisions": found[outlet.name]["decisions"],
            "coded": found[outlet.name]["coded"],
            "as_decided": record.as_decided[outlet.name, "carriage", "printed"],
            "corrected": record.estimates[outlet.name, "carriage", "printed"],
        }
        for outlet in record.outlets
        if outlet.name in found
    ]
    scale = scale_of(one for row in rows for one in (row["as_decided"], row["corrected"]))
    families = [_corrected_family(of, table) for of, table in record.results.corrected_differences.items()]
    return {"rows": rows, "scale": scale, "families": [family for family in families if family["tests"]]}


def _corrected_family(of: str, table: pd.DataFrame) -> dict[str, Any]:
    """Return the surest corrected differences of one family on one scale, the higher corrected rate first in each."""
    pairs: list[dict[str, Any]] = []
    for row in table[table["estimate"].notna()].to_dict("records"):
        names = row["group"], row["other"]
        decided, found = Estimate(row["as_decided"]), Estimate(row["estimate"], row["low"], row["high"], row["note"])
        if found.value < 0:
            names, decided, found = names[::-1], decided.turned, found.turned
        said = tested({"p_value": row["p_value"], "q_value": row["p_adjusted"]})
        pairs.append({"one": names[0], "other": names[1], "as_decided": decided, "difference": found, **said})
    pairs.sort(key=lambda pair: (not pair["certain"], -abs(pair["difference"].value), pair["one"], pair["other"]))
    shown = pairs[:AT_MOST]
    return {
        "of": of,
        "shown": shown,
        "tests": len(pairs),
        "tested": int(table["p_value"].notna().sum()),
        "certain": sum(pair["certain"] for pair in pairs),
        "scale": scale_of((pair["difference"] for pair in shown), zero=True),
    }


def alike(record: Record) -> dict[str, Any] | None:
    """Return the distances between outlets, the nearest first, and their figures; None for a single outlet."""
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
    """Return a sort key: the corrected distance; pairs without one come last."""
    corrected, jaccard = pair["corrected"], pair["jaccard"]
    if corrected.known:
        return float(corrected.value)
    return 10 + float(jaccard.value) if jaccard.known else 20


def _notes(table: pd.DataFrame) -> list[str]:
    """Return each warning once as a sentence, naming its outlets unless it applies to all."""
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
