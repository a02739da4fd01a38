"""Readers' marks of a report's findings as right or wrong: sheets that include the decisions and so need no key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.errors import InputError, count
from compare.foreign import file_bytes
from compare.reading.problems import Problems
from compare.reading.tabular import Header, csv_records
from compare.saving import unguarded
from compare.tables import DECIMALS, SAMPLED, STATES
from compare.validation.decisions import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pandas as pd

_OF_DECISION = ("story_id", "claim_id", "outlet", "state", "probability")
# A coder's sheet with the contents of its key, because a reader who marks a finding has seen the decision anyway.
COLUMNS = ("sample", "coder", "unit", "claim", "headline", "article", "code", "note", *_OF_DECISION)
_STRATUM = "findings"
RIGHT, WRONG = "right", "wrong"  # values of the note


def marks_of(decisions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of a sheet of decisions to mark: all COLUMNS, empty where a decision lacks them."""
    told = [f"{d['claim_id']}\0{d['outlet']}\0{d['state']}\0{d['probability']:.{DECIMALS}f}" for d in decisions]
    sample = digest(*told)[:12]
    rows = [dict.fromkeys(COLUMNS, "") | dict(decision) for decision in decisions]
    for row in rows:
        row |= {"sample": sample, "unit": "u" + digest(sample, row["claim_id"], row["outlet"])[:10]}
        row["probability"] = round(row["probability"], DECIMALS)
    return rows


def key_of_marks(paths: Sequence[Path]) -> tuple[dict[str, Any], pd.DataFrame] | None:
    """Make the key of sheets of marks, in the format of `sample.read_key`, with every decision of the findings drawn.

    Returns None if one of the files is not a sheet of marks.

    Raises:
        InputError: a decision in it is invalid, or they are from several reports.
    """
    if any(path.suffix.lower() != ".csv" for path in paths):
        return None
    found: dict[str, dict[str, Any]] = {}
    assigned: dict[str, list[str]] = {}
    samples = {}
    for path in paths:
        rows = _rows(path)
        if rows is None:
            return None
        for where, row in rows:
            found.setdefault(row["unit"], _decision(where, row))
            assigned.setdefault(row["coder"], []).append(row["unit"])
            samples[row["sample"]] = where
    if len(samples) > 1:
        raise InputError(f"{', '.join(samples.values())}: are marks of different reports; give those of one.")
    return {"sample": next(iter(samples)), "assigned": assigned}, SAMPLED.frame(found.values())


def marked(decisions: pd.DataFrame, labels: pd.DataFrame) -> str:
    """Say how many of a report's findings are marked right, if the labels are marks; otherwise return "".

    A changed meaning counts as carried, so precision alone would not reveal a false one.
    """
    if not (decisions["stratum"] == _STRATUM).all():
        return ""
    right = int((labels["note"] == RIGHT).sum())
    verb = "is" if right == 1 else "are"
    return f"Of {count(len(labels), 'decision')} that marked findings rest on, {right} {verb} called right."


def _rows(path: Path) -> list[tuple[str, dict[str, str]]] | None:
    try:
        data = file_bytes(path)
    except OSError:
        return None  # the error is reported when the answers are read
    header = Header(needed=("sample", "coder", "unit"))
    read = list(csv_records(data, str(path), Problems(skip=False), header)) if data.strip() else []
    rows = [(where, {name: unguarded((row.get(name) or "").strip()) for name in COLUMNS}) for where, row in read]
    return rows if rows and all(name in read[0][1] for name in _OF_DECISION) else None


def _decision(where: str, row: dict[str, str]) -> dict[str, Any]:
    try:
        probability = float(row["probability"])
    except ValueError:
        probability = -1.0
    if row["state"] not in STATES or not 0 <= probability <= 1:
        raise InputError(
            f"{where}: state {row['state']!r} and probability {row['probability']!r} are not a decision; "
            "leave all columns but code and note as the page wrote them."
        )
    cells = {name: row[name] for name in ("story_id", "claim_id", "outlet", "state", "claim", "unit")}
    return cells | {"probability": probability, "evidence": "", "stratum": _STRATUM, "sampling_probability": 1.0}
