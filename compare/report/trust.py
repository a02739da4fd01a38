"""Whether anybody has checked the decisions: the note at the top of every report."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from compare.report.wording import count

if TYPE_CHECKING:
    import pandas as pd

    from compare.validation.validated import Validation

# The lowest alpha that allows even tentative conclusions (Krippendorff 2018, chapter 12).
RELIABLE = 0.667
_ALPHA = "Krippendorff's alpha, nominal"
_MEANINGS = {
    "precision": "of the decisions “carried”, those that coders agree with",
    "recall": "of what coders find carried, what was found",
}


@dataclass(frozen=True)
class Trust:
    """What a reader must know before reading any number."""

    validated: bool  # whether coders checked a sample
    lead: str  # the first words, emphasised
    sentence: str  # the rest
    figures: tuple[dict[str, str], ...] = ()  # name, meaning, value and interval of alpha, precision and recall
    way: str = ""  # how to have the decisions checked, if nobody has
    commands: tuple[str, ...] = ()


def trust_of(validation: Validation | None, source: str, *, intervals: bool = False) -> Trust:
    """Say whether coders checked the decisions, and with what result.

    `source` is the input of the commands shown. `intervals` says whether the report has intervals; these do not include
    the toolkit's errors.
    """
    if validation is None:
        return Trust(
            False,
            "Not validated:",
            f"nobody has checked these decisions{', and no interval here includes their errors' * intervals}.",
            way="Nobody knows how often the toolkit is wrong about these articles. To find out, draw a sample, have it "
            "coded, and make the report again:",
            commands=(f"storydiff sample {source} -o sheets/", f"storydiff report {source} --sheets sheets/"),
        )
    coded = int(validation.decisions["truth"].notna().sum())
    coders = validation.labels["coder"].nunique()
    stories = validation.decisions["story_id"].nunique()
    over = f" in {count(stories, 'story')}" if stories > 1 else ""
    agreement, accuracy = validation.agreement(), validation.accuracy().query("stratum == 'all'")
    alpha = _only(agreement[(agreement["codes"] == "carried or not") & (agreement["measure"] == _ALPHA)])
    lead, beware = "Validated:", ""
    if isnan(alpha["estimate"]):
        lead = "Checked:"
        beware = " Nobody knows whether the coders agree, and so how far to trust the figures below."
    elif round(alpha["estimate"], 2) < RELIABLE:
        lead = "Checked, but not reliably:"
        beware = f" They agree too little (alpha below {RELIABLE:.3f}): figures corrected by them are not reliable."
    return Trust(
        True,
        lead,
        f"{count(coders, 'coder')} checked {coded:,} of {len(validation.decisions):,} decisions (claim by outlet)"
        f"{over}.{beware}",
        (
            _figure("alpha", "Krippendorff’s, of the coders among themselves", alpha),
            *(_figure(name, said, _only(accuracy[accuracy["measure"] == name])) for name, said in _MEANINGS.items()),
        ),
    )


def _only(rows: pd.DataFrame) -> dict[Any, Any]:
    return rows[["estimate", "low", "high", "note"]].iloc[0].to_dict()


def _figure(name: str, meaning: str, row: dict[Any, Any]) -> dict[str, str]:
    value = f"unknown ({row['note']})" if isnan(row["estimate"]) else f"{row['estimate']:.2f}"
    interval = "" if isnan(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}"
    return {"name": name, "meaning": meaning, "value": value, "interval": interval}
