"""Carriage corrected for the toolkit's errors beside carriage as it decides, where coders checked a sample."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any

from compare.report.record.between import AT_MOST
from compare.report.record.estimates import Estimate, scale_of, tested

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.record.view import Record


def corrected(record: Record) -> dict[str, Any] | None:
    """Give what is corrected; None without validation.

    Returns:
        rows: each outlet's rate as decided and corrected, on one scale, and how many of its decisions were coded;
        families: the differences between outlets' and, if they are grouped, groups' rates, see `_family`.
    """
    validation = record.corpus.validation
    if validation is None:
        return None
    from compare.validation.record import available_rates

    table = available_rates(validation)
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
    families = []
    if len(rows) > 1:
        families.append(_family("outlet", record.corpus.corrected_differences()))
    if record.groups is not None:
        families.append(_family("group", record.corpus.corrected_differences(groups=record.groups)))
    scale = scale_of(one for row in rows for one in (row["as_decided"], row["corrected"]))
    return {"rows": rows, "scale": scale, "families": [family for family in families if family["tests"]]}


def _family(of: str, table: pd.DataFrame) -> dict[str, Any]:
    """The surest of one family of differences, on one scale.

    Returns:
        of: what is compared; shown: those that are listed; tests: how many there are; tested: how many of them could be
        corrected and tested; certain: how many are beyond chance; scale.
    """
    pairs = _pairs(table)
    shown = pairs[:AT_MOST]
    return {
        "of": of,
        "shown": shown,
        "tests": len(pairs),
        "tested": int(table["p_value"].notna().sum()),
        "certain": sum(pair["certain"] for pair in pairs),
        "scale": scale_of((pair["difference"] for pair in shown), zero=True),
    }


def _pairs(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Two outlets each, the one whose corrected rate is higher first; those beyond chance before all others."""
    pairs = []
    for row in table[table["estimate"].notna()].to_dict("records"):
        names = row["group"], row["other"]
        decided, found = (
            Estimate(row["as_decided"], nan, nan),
            Estimate(row["estimate"], row["low"], row["high"], row["note"]),
        )
        if found.value < 0:
            names, decided, found = names[::-1], decided.turned, found.turned
        said = tested({"p_value": row["p_value"], "q_value": row["p_adjusted"]})
        one, other = names
        pairs.append({"one": one, "other": other, "as_decided": decided, "difference": found, **said})
    return sorted(
        pairs, key=lambda pair: (not pair["certain"], -abs(pair["difference"].value), pair["one"], pair["other"])
    )
