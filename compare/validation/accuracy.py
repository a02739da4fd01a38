"""How far the toolkit is right: precision and recall weighted back to all decisions, and its errors to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.tables import ACCURACY, CARRIED, CONFUSIONS
from compare.validation.weights import ratio

if TYPE_CHECKING:
    import pandas as pd

MEASURES = {
    "precision": "of the decisions called carried, those that coders say are carried",
    "recall": "of the decisions that coders say are carried, those called carried (undecided is a miss)",
    "omission precision": "of the decisions called omitted, those that coders say are not carried",
    "carriage rate": "of all decisions, those that coders say are carried",
}


def accuracy_table(table: pd.DataFrame) -> pd.DataFrame:
    """Give precision, recall and the like for all decisions and for each stratum.

    Args:
        table: as `weights.weighted` gives it.

    Returns:
        The table ACCURACY, all decisions first; where an estimate is missing, the note says why.
    """
    coded = table[table["truth"].notna()]
    sizes = {"all": len(table), **table["stratum"].value_counts().sort_index().to_dict()}
    rows = []
    for stratum, size in sizes.items():
        inside = np.ones(len(coded), bool) if stratum == "all" else (coded["stratum"] == stratum).to_numpy()
        about = {"stratum": stratum, "decisions": size, "coded": int(inside.sum())}
        rows += [{**about, **_row(coded, inside, measure)} for measure in MEASURES]
    return ACCURACY.frame(rows)


def _row(table: pd.DataFrame, inside: np.ndarray, measure: str) -> dict[str, object]:
    truth = table["truth"].fillna(0.0).to_numpy()
    called = table["state"].isin(CARRIED).to_numpy(float)
    omitted = (table["state"] == "omitted").to_numpy(float)
    above, below = {
        "precision": (called * truth, called),
        "recall": (called * truth, truth),
        "omission precision": (omitted * (1 - truth), omitted),
        "carriage rate": (truth, np.ones(len(table))),
    }[measure]
    estimate, low, high, units = ratio(table, above * inside, below * inside)
    note = "" if units else "no coded unit counts for this"
    return {"measure": measure, "estimate": estimate, "low": low, "high": high, "units": units, "note": note}


def confusion_list(table: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """List the coded units on which toolkit and coders differ, the surest errors first.

    Returns:
        The table CONFUSIONS.
    """
    said = labels.assign(said=labels["coder"] + ": " + labels["code"]).groupby("unit")["said"].agg("; ".join)
    coded = table[table["truth"].notna()]
    called = coded["state"].isin(CARRIED)
    wrong = (called & (coded["truth"] < 0.5)) | ((coded["state"] == "omitted") & (coded["truth"] >= 0.5))
    shown = coded[wrong | (coded["state"] == "undecided")].copy()
    shown["error"] = "undecided"
    shown.loc[shown["state"].isin(CARRIED), "error"] = "called carried"
    shown.loc[shown["state"] == "omitted", "error"] = "called omitted"
    shown["coders"] = shown["unit"].map(said)
    distance = (shown["truth"] - shown["probability"]).abs()
    order = distance.mask(shown["error"] == "undecided", -1).sort_values(ascending=False, kind="stable").index
    return CONFUSIONS.frame(shown.loc[order])
