"""Whether anybody has checked the decisions: what stands at the top of every report."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING

from compare.report.wording import count

if TYPE_CHECKING:
    import pandas as pd

    from compare.validation.validated import Validation

# The least alpha from which even tentative conclusions may be drawn (Krippendorff 2018, chapter 12).
RELIABLE = 0.667
_ALPHA = "Krippendorff's alpha, nominal"
_MEANINGS = {
    "precision": "of the decisions “carried”, those that coders agree with",
    "recall": "of what coders find carried, what was found",
}


@dataclass(frozen=True)
class Figure:
    """One figure of the validation with its interval, as text."""

    name: str
    meaning: str
    value: str
    interval: str


@dataclass(frozen=True)
class Trust:
    """What a reader must know before any number.

    Attributes:
        validated: whether coders checked a sample.
        lead: the first words, set off.
        sentence: the others.
        figures: alpha, precision, recall; none if not validated.
        commands: what to do where nobody has checked.
    """

    validated: bool
    lead: str
    sentence: str
    figures: tuple[Figure, ...] = ()
    commands: tuple[str, ...] = ()


def trust_of(validation: Validation | None, source: str, *, intervals: bool = False) -> Trust:
    """Say how far the decisions were checked.

    Args:
        validation: what coders said, or None.
        source: what the commands name: ARTICLES or RUN/.
        intervals: whether the report has some, which say nothing of the toolkit's errors.
    """
    if validation is None:
        return Trust(
            False,
            "Not validated:",
            "nobody has checked these decisions. How often the matching errs on these articles is not known"
            f"{', and no interval here includes its errors' * intervals}. To measure it, draw a sample, have it coded, "
            "and report again:",
            commands=(f"storydiff sample {source} -o sheets/", f"storydiff report {source} --sheets sheets/"),
        )
    coded = int(validation.decisions["truth"].notna().sum())
    coders = validation.labels["coder"].nunique()
    stories = validation.decisions["story_id"].nunique()
    over = f" in {count(stories, 'story')}" if stories > 1 else ""
    alpha, *others = _figures(validation)
    lead, beware = _reliability(alpha)
    return Trust(
        True,
        lead,
        f"{count(coders, 'coder')} checked {coded:,} of {len(validation.decisions):,} decisions (claim by outlet)"
        f"{over}.{beware}",
        (alpha, *others),
    )


def _reliability(alpha: Figure) -> tuple[str, str]:
    """Say whether the coders agree enough for anything to be built on them."""
    if not _is_number(alpha.value):
        return "Checked:", " Whether coders agree is not known, so neither is how far the figures below can be trusted."
    if float(alpha.value) < RELIABLE:
        said = f" They agree too little (alpha below {RELIABLE:.3f}): what is corrected by them cannot be relied on."
        return "Checked, but not reliably:", said
    return "Validated:", ""


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal()


def _figures(validation: Validation) -> list[Figure]:
    agreement = validation.agreement()
    alpha = agreement[(agreement["codes"] == "carried or not") & (agreement["measure"] == _ALPHA)]
    accuracy = validation.accuracy().query("stratum == 'all'")
    return [
        _figure("alpha", "Krippendorff’s, of the coders among themselves", alpha),
        *(_figure(name, meaning, accuracy[accuracy["measure"] == name]) for name, meaning in _MEANINGS.items()),
    ]


def _figure(name: str, meaning: str, rows: pd.DataFrame) -> Figure:
    value, low, high, note = rows[["estimate", "low", "high", "note"]].iloc[0]
    interval = "" if isnan(low) else f"{low:.2f} to {high:.2f}"
    return Figure(name, meaning, f"unknown ({note})" if isnan(value) else f"{value:.2f}", interval)
