"""Read coders' answers from CSV sheets and from the files saved by the HTML form."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.foreign import file_bytes
from compare.reading.decoding import decoded
from compare.reading.problems import Problems
from compare.reading.tabular import Header, csv_records
from compare.tables import LABELS
from compare.validation.codes import CODES, UNSURE

if TYPE_CHECKING:
    import pandas as pd

_FIELDS = ("sample", "coder", "unit", "code", "note")
_SHEET = Header(needed=_FIELDS[:4])
_WAY_OUT = "give filled CSV sheets, or files saved by the form"


@dataclass(frozen=True)
class CoderAnswer:
    """One file's answer for one unit; the code is empty if there is none."""

    where: str
    sample: str
    coder: str
    unit: str
    code: str
    note: str = ""


def read_answers(path: str | Path) -> list[CoderAnswer]:
    """Read a file of answers in any of the formats.

    Raises:
        InputError: it cannot be read, or has none of the forms.
    """
    path = Path(path)
    try:
        data = file_bytes(path)
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; name the sheets in it, such as {path}/*.csv.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
    if not data.strip():
        raise InputError(f"{path}: is empty; give the sheet with its answers, or leave it out.")
    problems = Problems(skip=False)
    kind = path.suffix.lower()
    if kind in {".csv", ".tsv"}:
        rows = csv_records(data, str(path), problems, _SHEET)
        return [CoderAnswer(where, **{name: (row.get(name) or "").strip() for name in _FIELDS}) for where, row in rows]
    if kind != ".json":
        raise InputError(f"{path}: is not a sheet; {_WAY_OUT}.")
    try:
        content = json.loads(decoded(data, str(path), problems))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is not JSON ({error}); {_WAY_OUT}.") from error
    given = content.get("answers") if isinstance(content, dict) and content.get("storydiff") == "answers" else None
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        raise InputError(f"{path}: holds no answers; {_WAY_OUT}.")
    about = {name: str(content.get(name)) for name in ("sample", "coder")}
    return [
        CoderAnswer(str(path), **{name: str(({**row, **about}).get(name) or "") for name in _FIELDS}) for row in given
    ]


def read_texts(path: Path) -> dict[str, str]:
    """Return the article of each unit in a CSV sheet; empty if the column is missing.

    Raises:
        InputError: it is not a sheet.
    """
    rows = csv_records(file_bytes(path), str(path), Problems(skip=False), _SHEET)
    return {(row.get("unit") or "").strip(): row.get("article") or "" for _, row in rows}


def labels_of(answers: list[CoderAnswer]) -> pd.DataFrame:
    """Combine answers into the table LABELS: a row per coder and unit that has an answer.

    Raises:
        InputError: a code is unknown, or a coder gives one unit two codes.
    """
    kept: dict[tuple[str, str], CoderAnswer] = {}
    for answer in answers:
        code = answer.code.strip().lower()
        if not code:
            continue
        if code not in (*CODES, UNSURE):
            raise InputError(
                f'{answer.where}: the code "{answer.code.strip()[:40]}" is unknown; '
                f"codes are {', '.join(CODES)} and {UNSURE}, or nothing."
            )
        before = kept.setdefault((answer.coder, answer.unit), answer)
        if before.code.strip().lower() != code:
            raise InputError(
                f"{answer.where}: {answer.coder} codes unit {answer.unit} as {code}, but as "
                f"{before.code.strip().lower()} in {before.where}; keep the one that is meant."
            )
    return LABELS.frame(
        {"coder": a.coder, "unit": a.unit, "code": a.code.strip().lower(), "note": a.note, "file": a.where}
        for a in kept.values()
    )
