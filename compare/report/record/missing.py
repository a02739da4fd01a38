"""Which claims go missing where, and what kinds of claims are left out more often."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isnan
from typing import TYPE_CHECKING, Any

from compare.errors import InputError, MissingExtraError
from compare.report.figures.coefficients import coefficient_plot
from compare.report.record.estimates import LEVEL, NOTHING, Estimate, scale_of, tested
from compare.report.record.worded import Said, marked_in
from compare.report.wording import count, plain
from compare.tables import CARRIED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from compare.report.record.view import Record

_GAPS = 10  # of two groups
_TOP = 5  # where none is beyond chance
# What a claim is like of which the model speaks; the rest of the sentence says how much more often it is left out.
_TRAITS = {
    "quote": "a claim that quotes somebody",
    "attributed": "a claim that is given as said by somebody",
    "named_source": "a claim that is given as said by a person with a name",
    "official": "a claim that names a public office, or who holds one",
    "casualties": "a claim of people killed or hurt",
    "money": "a claim with an amount of money",
    "number": "a claim with an amount of anything",
    "words": "a long claim, against a short one,",
    "salience": "a claim that the others put high, against one that they put low,",
    "opening": "a claim that another outlet opens with",
    "is_lead": "a claim before the outlet that was first with the story",
    "told_by_lead": "a claim that the first outlet with the story tells",
    "contradicts_lead": "a claim that the first outlet with the story tells with another meaning",
}


@dataclass(frozen=True)
class Effect:
    """How much more often, in percentage points, claims with a trait are left out; or an outlet leaves out."""

    term: str
    name: str
    group: str
    points: Estimate
    claims: int
    stories: int
    p: str
    q: str
    certain: bool

    @property
    def warning(self) -> str:
        """What to beware of."""
        return self.points.warning

    @property
    def label(self) -> str:
        """The name without the comma that it has in a sentence."""
        return self.name.rstrip(",")

    @property
    def sentence(self) -> str:
        """The effect in plain words."""
        size = abs(round(100 * self.points.value))
        way = "more often" if self.points.value > 0 else "less often"
        told = f"{self.name} is left out {count(size, 'point')} {way}"
        return f"{told[:1].upper()}{told[1:]}"


def missing(record: Record) -> dict[str, Any] | None:
    """Give the gaps between groups, and the models; None for an outlet alone.

    Returns:
        gaps, see `_gaps`; models: of all outlets, and of each group and between groups, see `_model`; notes: what
        cannot be said, and why; copies: whether wire copies are one voice in it; figures.
    """
    if len(record.outlets) < 2 or not any(outlet.printed["claims"] for outlet in record.outlets):
        return None
    gaps = _gaps(record) if record.groups is not None else []
    models: list[dict[str, Any]] = []
    notes: list[str] = []
    figures: dict[str, Any] = {}
    for name, groups in {"omission": None, "omission-groups": record.groups}.items():
        if name != "omission" and groups is None:
            continue
        try:
            table = record.decided.omission_model(groups, version=record.version)
        except (InputError, MissingExtraError) as error:
            notes = [_why(error)]
            continue
        models.append(_model(name, table))
        if table["log_odds"].notna().any():
            figures[name] = coefficient_plot(table)
    return {"gaps": gaps, "models": models, "notes": notes, "copies": record.copies, "figures": figures}


def _why(error: Exception) -> str:
    if isinstance(error, MissingExtraError):
        return 'What omissions go with needs an optional part of storydiff; add it with: pip install "storydiff[stats]"'
    return f"What omissions go with cannot be said: {str(error).rstrip('.')}."


def _gaps(record: Record) -> list[dict[str, Any]]:
    """The claims that any two groups differ in most, with a sentence of each."""
    if record.groups is None:
        return []
    try:
        table = record.decided.gaps(record.groups, version=record.version)
    except InputError:
        return []
    group_of = record.decided.group_of(record.groups)
    found = []
    for family, rows in table.groupby("family", sort=False):
        certain = rows["q_value"] < LEVEL
        kept = rows[certain].head(_GAPS) if certain.any() else rows.head(_TOP)
        warnings = kept["warning"].unique().tolist()
        common = warnings[0] if len(warnings) == 1 else ""
        shown = [_gap(record, row, group_of, common) for row in kept.to_dict("records")]
        tests = int(rows["tests"].iloc[0])
        found.append(
            {"shown": shown, "certain": int(certain.sum()), "tests": tests, "family": str(family), "warning": common}
        )
    return found


def _gap(record: Record, row: Mapping[Any, Any], group_of: Mapping[str, str], common: str) -> dict[str, Any]:
    coverage = record.corpus.story(row["story_id"]).coverage
    mine = coverage[coverage["claim_id"] == row["claim_id"]].sort_values("probability", kind="stable")
    group = mine["outlet"].map(group_of)
    carrying = mine[(group == row["carried_by"]) & mine["state"].isin(CARRIED)].tail(1)
    omitting = mine[(group == row["left_out_by"]) & (mine["state"] == "omitted")].tail(1)
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
    effects, scales = {}, {}
    for kind in ("trait", "interaction", "outlet"):
        rows = table[table["kind"] == kind].to_dict("records")
        effects[kind] = [_effect(row) for row in rows]
        scales[kind] = scale_of((one.points for one in effects[kind]), zero=True)
    traits = table[table["kind"] == "trait"]
    grouped = bool((traits["group"] != "").any())
    beyond_chance = [one for one in effects["trait"] if one.certain]
    return {
        "name": name,
        "heading": "by group" if grouped else "all outlets",
        "effects": effects,
        "scales": scales,
        "certain": sorted(beyond_chance, key=lambda one: -abs(one.points.value)),
        "tests": int(traits["tests"].iloc[0]),
        "family": str(traits["family"].iloc[0]),
        "grouped": grouped,
    }


def _effect(row: Mapping[Any, Any]) -> Effect:
    low, high, points = (row[name] / 100 for name in ("points_low", "points_high", "points"))
    called = row["term"] if row["kind"] == "outlet" else _TRAITS.get(row["term"], row["term"])
    return Effect(
        row["term"],
        called,
        " less ".join(filter(None, (row["group"], row["other"]))),
        Estimate(points, low, high, row["warning"]),
        row["claims"],
        row["stories"],
        **tested(row),
    )
