"""Answers read back: from CSV sheets, the HTML form's file, and exports of Label Studio and doccano."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.reading.decoding import decoded
from compare.reading.problems import Problems
from compare.reading.tabular import Header, csv_records
from compare.tables import LABELS
from compare.validation.codes import CODES, UNSURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

_SHEET = Header(needed=("sample", "coder", "unit", "code"))
_WAY_OUT = "give filled CSV sheets, files saved by the form, or exports of Label Studio (JSON) or doccano (JSONL)"


@dataclass(frozen=True)
class Answer:
    """What one file says of one unit; the code is empty where there is no answer."""

    where: str
    sample: str
    coder: str
    unit: str
    code: str
    note: str = ""


def read_answers(path: str | Path) -> list[Answer]:
    """Read one file of answers, whatever form it has.

    Raises:
        InputError: it cannot be read, is none of the forms, or answers a unit with several codes.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path}: is a folder; name the sheets in it, such as {path}/*.csv.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path.") from error
    if not data.strip():
        raise InputError(f"{path}: is empty; give the sheet with its answers, or leave it out.")
    problems = Problems(skip=False)
    kind = path.suffix.lower()
    if kind in {".csv", ".tsv"}:
        answers = list(_of_csv(data, str(path), problems))
    elif kind == ".json":
        answers = list(_of_json(_parsed(decoded(data, str(path), problems), str(path)), str(path)))
    elif kind == ".jsonl":
        answers = list(_of_doccano(decoded(data, str(path), problems), str(path)))
    else:
        raise InputError(f"{path}: is no sheet; {_WAY_OUT}.")
    return answers


def read_texts(path: Path) -> dict[str, str]:
    """Read the article that a CSV sheet shows with each unit; empty where the column is gone.

    Raises:
        InputError: it is no sheet.
    """
    rows = csv_records(path.read_bytes(), str(path), Problems(skip=False), _SHEET)
    return {(row.get("unit") or "").strip(): row.get("article") or "" for _, row in rows}


def labels_of(answers: list[Answer]) -> pd.DataFrame:
    """Put answers together: a row per coder and unit that has one.

    Returns:
        The table LABELS.

    Raises:
        InputError: a code is unknown, or a coder gives one unit two codes.
    """
    kept: dict[tuple[str, str], Answer] = {}
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


def _of_csv(data: bytes, name: str, problems: Problems) -> Iterator[Answer]:
    for where, row in csv_records(data, name, problems, _SHEET):
        fields = {key: (row.get(key) or "").strip() for key in ("sample", "coder", "unit", "code", "note")}
        yield Answer(where, **fields)


def _of_json(content: Any, name: str) -> Iterator[Answer]:
    if isinstance(content, dict) and content.get("storydiff") == "answers":
        for row in _dicts(content.get("answers"), name):
            fields = {key: str(row.get(key) or "") for key in ("unit", "code", "note")}
            yield Answer(name, str(content.get("sample")), str(content.get("coder")), **fields)
        return
    tasks = _dicts(content, name)
    found = [
        answer for number, task in enumerate(tasks, start=1) for answer in _of_task(task, f"{name}, task {number}")
    ]
    yield from _named_by_person(found)


def _of_task(task: dict[str, Any], where: str) -> Iterator[tuple[Answer, str]]:
    """Give the answers of a Label Studio task (JSON or JSON-MIN) and who gave each."""
    data = task.get("data", task)
    if not isinstance(data, dict) or not {"sample", "coder", "unit"} <= data.keys():
        raise InputError(f"{where}: names no sample, coder and unit; {_WAY_OUT}.")
    ids = str(data["sample"]), str(data["coder"]), str(data["unit"])
    if "annotations" not in task:  # JSON-MIN
        yield (
            Answer(where, *ids, _one_code(task.get("code"), where), _text(task.get("note"))),
            _person(task.get("annotator")),
        )
        return
    annotations = [a for a in task["annotations"] if isinstance(a, dict) and not a.get("was_cancelled")]
    for annotation in annotations:
        values = {r.get("from_name"): r.get("value", {}) for r in annotation.get("result", [])}
        code = _one_code(values.get("code", {}).get("choices"), where)
        note = _text(values.get("note", {}).get("text"))
        yield Answer(where, *ids, code, note), _person(annotation.get("completed_by"))
    if not annotations:
        yield Answer(where, *ids, ""), ""


def _named_by_person(found: list[tuple[Answer, str]]) -> Iterator[Answer]:
    """Where several people worked on one coder's tasks, each is a coder."""
    from dataclasses import replace

    people: dict[str, set[str]] = {}
    for answer, person in found:
        people.setdefault(answer.coder, set()).update({person} if answer.code else ())
    for answer, person in found:
        several = len(people[answer.coder]) > 1 and answer.code
        yield replace(answer, coder=f"{answer.coder}/{person or 'unnamed'}") if several else answer


def _of_doccano(text: str, name: str) -> Iterator[Answer]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        row = _parsed(line, where)
        if not isinstance(row, dict):
            raise InputError(f"{where}: is no JSON object; {_WAY_OUT}.")
        data = {**row, **row["meta"]} if isinstance(row.get("meta"), dict) else row
        if not {"sample", "coder", "unit"} <= data.keys():
            raise InputError(f"{where}: names no sample, coder and unit; {_WAY_OUT}.")
        if "annotations" in row:
            raise InputError(f"{where}: has labels as numbers; export from doccano as JSONL with the labels' text.")
        code = _one_code(data.get("label", data.get("labels")), where)
        answer = Answer(where, str(data["sample"]), str(data["coder"]), str(data["unit"]), code)
        found.append((answer, _person(data.get("username"))))
    yield from _named_by_person(found)


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"{where}: is not JSON ({error}); {_WAY_OUT}.") from error


def _dicts(content: Any, name: str) -> list[dict[str, Any]]:
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise InputError(f"{name}: holds no answers; {_WAY_OUT}.")
    return content


def _one_code(given: Any, where: str) -> str:
    if isinstance(given, dict):
        given = given.get("choices")
    codes = [given] if isinstance(given, str) else list(given or [])
    if len(codes) > 1:
        raise InputError(f"{where}: has {len(codes)} codes ({', '.join(map(str, codes))}); keep one.")
    return str(codes[0]) if codes else ""


def _person(given: Any) -> str:
    if isinstance(given, dict):
        given = given.get("email") or given.get("id")
    return "" if given is None else str(given)


def _text(given: Any) -> str:
    return " ".join(map(str, given)) if isinstance(given, list) else str(given or "")
