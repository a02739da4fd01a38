"""Which claims are missing where, and which kinds of claims are left out more often."""

from __future__ import annotations

from math import exp, isnan
from typing import TYPE_CHECKING, Any

from compare.errors import MissingExtraError
from compare.report.figures.estimates import TRAITS, coefficient_plot
from compare.report.record.view import LEVEL, NOTHING, Estimate, Said, scale_of, tested
from compare.report.record.worded import marked_in
from compare.report.wording import count, plain
from compare.tables import CARRIED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.corpus.results import Results
    from compare.report.record.view import Record

_GAPS = 10  # most gaps between two groups
_TOP = 5  # gaps shown if none is beyond chance


def missing(record: Record) -> dict[str, Any] | None:
    """Return the gaps between groups, the models, and the reason if one is missing; None for a single outlet."""
    results = record.results
    if not results.models and results.no_model is None:
        return None
    notes = []
    if isinstance(results.no_model, MissingExtraError):
        add = 'pip install "storydiff[stats]"'
        notes = [f"What omissions go with needs an optional part of storydiff; add it with: {add}"]
    elif results.no_model is not None:
        notes = [f"What omissions go with cannot be said: {str(results.no_model).rstrip('.')}."]
    return {
        "gaps": _gaps(results),
        "models": [_model(name, table) for name, table in results.models.items()],
        "notes": notes,
        "copies": results.copies,
        "figures": {
            name: coefficient_plot(table) for name, table in results.models.items() if table["log_odds"].notna().any()
        },
    }


def _gaps(results: Results) -> list[dict[str, Any]]:
    if results.gaps is None or results.gap_coverage is None or results.grouped is None:
        return []
    coverage = results.gap_coverage.assign(group=results.gap_coverage["outlet"].map(results.grouped))
    coverage = coverage.sort_values("probability", kind="stable")
    found = []
    for family, rows in results.gaps.groupby("family", sort=False):
        certain = rows["q_value"] < LEVEL
        kept = rows[certain].head(_GAPS) if certain.any() else rows.head(_TOP)
        warnings = kept["warning"].unique().tolist()
        common = warnings[0] if len(warnings) == 1 else ""
        found.append(
            {
                "shown": [_gap(coverage, row, common) for row in kept.to_dict("records")],
                "certain": int(certain.sum()),
                "tests": int(rows["tests"].iloc[0]),
                "family": str(family),
                "warning": common,
            }
        )
    return found


def _gap(coverage: pd.DataFrame, row: Mapping[Any, Any], common: str) -> dict[str, Any]:
    mine = coverage[coverage["claim_id"] == row["claim_id"]]
    carrying = mine[(mine["group"] == row["carried_by"]) & mine["state"].isin(CARRIED)].tail(1)
    omitting = mine[(mine["group"] == row["left_out_by"]) & (mine["state"] == "omitted")].tail(1)
    evidence = [
        Said(f"{one['outlet']}{how}", marked_in(one["evidence"], ""), "")
        for rows, how in ((carrying, ""), (omitting, ", the nearest that it has"))
        for one in rows.to_dict("records")
        if isinstance(one["evidence"], str) and one["evidence"]
    ]
    bounded = not (isnan(row["low"]) or isnan(row["high"]))
    return {
        **row,
        "claim": plain(row["claim"]),
        "odds": f"×\u00a0{exp(row['log_odds']):.1f}" if not isnan(row["log_odds"]) else NOTHING,
        "odds_range": f"{exp(row['low']):.1f}\u2013{exp(row['high']):.1f}" if bounded else "",
        "warning": "" if common else row["warning"],
        "evidence": evidence,
        **tested(row),
    }


def _model(name: str, table: pd.DataFrame) -> dict[str, Any]:
    effects = {
        kind: [_effect(row) for row in table[table["kind"] == kind].to_dict("records")]
        for kind in ("trait", "interaction", "outlet")
    }
    traits = table[table["kind"] == "trait"]
    grouped = bool((traits["group"] != "").any())
    certain = [one for one in effects["trait"] if one["certain"]]
    return {
        "name": name,
        "heading": "by group" if grouped else "all outlets",
        "effects": effects,
        "scales": {kind: scale_of((one["points"] for one in them), zero=True) for kind, them in effects.items()},
        "certain": sorted(certain, key=lambda one: -abs(one["points"].value)),
        "tests": int(traits["tests"].iloc[0]),
        "family": str(traits["family"].iloc[0]),
        "grouped": grouped,
    }


def _effect(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return how much more often claims with a trait are left out, or an outlet leaves claims out, in points."""
    points = Estimate(row["points"] / 100, row["points_low"] / 100, row["points_high"] / 100, row["warning"])
    name = row["term"] if row["kind"] == "outlet" else TRAITS.get(row["term"], (row["term"],))[-1]
    size = count(abs(round(100 * points.value)), "point") if points.known else ""
    return {
        **row,
        "label": name.rstrip(","),
        "group": " less ".join(filter(None, (row["group"], row["other"]))),
        "points": points,
        "sentence": f"{name[:1].upper()}{name[1:]} is left out {size} {'more' if points.value > 0 else 'less'} often",
        **tested(row),
    }
