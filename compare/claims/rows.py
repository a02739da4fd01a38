"""A codebook as people hand it over, a list, a mapping, a table or a CSV file, becomes rows; and back."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.reading.problems import listed, shortened
from compare.reading.tabular import Header, csv_records
from compare.saving import unguarded, whole_file, write_csv
from compare.tables import CODEBOOK

if TYPE_CHECKING:
    import pandas as pd

    from compare.reading.problems import Problems

    Claims = Sequence[str | Sequence[str]] | Mapping[str, str | Sequence[str]] | pd.DataFrame | str | Path

_COLUMNS = ("claim_id", "claim")
_EDITS = ("part_of", "keep", "merge_into")
_ALTERNATIVE = "alternative"
WAY_OUT = "give a list of claims, or a table with the columns claim_id and claim"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zip archives, .xls is an OLE file


@dataclass(frozen=True)
class Row:
    """A row of a codebook, as it was given.

    Attributes:
        where: what messages call it.
        wordings: the first one is the claim.
    """

    where: str
    claim_id: Any
    wordings: list[Any]
    part_of: Any = None
    keep: Any = None
    merge_into: Any = None

    @property
    def empty(self) -> bool:
        """Whether nothing that is read stands in it."""
        return all(map(is_blank, (self.claim_id, self.part_of, self.merge_into, *self.wordings)))


def rows_of(claims: Claims, problems: Problems) -> list[Row]:
    """Give the rows in the given order; see `read_claims`."""
    import pandas as pd

    if isinstance(claims, (str, Path)):
        return _in_file(Path(claims), problems)
    if isinstance(claims, pd.DataFrame):
        return _in_frame(claims, problems)
    if isinstance(claims, Mapping):
        return [Row(f"claim {name!r}", name, _listed(given)) for name, given in claims.items()]
    if isinstance(claims, Iterable) and not isinstance(claims, (set, frozenset)):  # whose order is left to chance
        return [Row(f"claim {number}", str(number), _listed(given)) for number, given in enumerate(claims, 1)]
    raise InputError(f"claims cannot be read from a {type(claims).__name__}; {WAY_OUT}.")


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing."""
    import pandas as pd

    return (pd.api.types.is_scalar(value) and bool(pd.isna(value))) or not str(value).strip()


def codebook_table(claims: pd.DataFrame, wordings: pd.DataFrame | None) -> pd.DataFrame:
    """Give claims as a codebook to be edited.

    Args:
        claims: a CLAIMS table.
        wordings: the WORDINGS table of the codebook that they came from, if they came from one.

    Returns:
        The CODEBOOK table, with further columns alternative_2, ... where a claim has more wordings.
    """
    import pandas as pd

    told = {} if wordings is None else wordings.groupby("claim_id")["wording"].agg(list).to_dict()
    others = [told.get(name, [])[1:] for name in claims["claim_id"]]
    columns = {
        f"{_ALTERNATIVE}_{at + 1}": pd.array([given[at] if at < len(given) else None for given in others], dtype="str")
        for at in range(max(map(len, others), default=0) or 1)
    }
    table = CODEBOOK.frame(claims.assign(keep="yes"))
    outlets = table.pop("outlets")
    return table.assign(**columns, outlets=outlets)


def write_codebook(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a codebook as CSV that spreadsheets open with every letter as it is: it begins with a byte order mark.

    Raises:
        InputError: the name does not end in .csv, or the file cannot be written.
    """
    if Path(path).suffix.lower() != ".csv":
        raise InputError(f"{path}: a codebook is a CSV file; end the name in .csv.")
    with whole_file(path) as temporary:
        write_csv(table, temporary, encoding="utf-8-sig")
    return Path(path)


def _listed(given: Any) -> list[Any]:
    """The wordings of one claim; a string is one, not many letters."""
    return list(given) if isinstance(given, (list, tuple)) else [given]


def _in_file(path: Path, problems: Problems) -> list[Row]:
    try:
        data = path.read_bytes()
    except OSError as error:
        way_out = "give a list of claims, or the path of a codebook"
        raise InputError(f"{path}: cannot be read ({error.strerror}); {way_out}.") from error
    if data.startswith(_WORKBOOKS):
        raise InputError(f"{path}: is a spreadsheet workbook; save it as CSV (UTF-8) and give that file.")
    if not data.strip():
        raise InputError(f"{path}: is empty; give it a header with claim_id and claim, and a row for each claim.")
    header: list[str] = []

    def named(columns: list[str]) -> list[str]:
        header[:] = columns
        return _named(columns)

    rows, last = [], 0
    for where, fields in csv_records(data, str(path), problems, Header(_COLUMNS, named)):
        rows.append(_row(where, {name: unguarded(value) for name, value in fields.items()}))
        last = len(rows) if any(value.strip() for value in fields.values()) else last
    rows = _filled(rows[:last], problems)  # spreadsheets leave empty rows below the last one
    if not rows:
        raise InputError(f"{path}: has a header but no claims; put at least one row into it.")
    _check_columns(f"{path}:", header)
    _note_unused(str(path), header, problems)
    _note_oddities(rows, problems)
    return rows


def _in_frame(claims: pd.DataFrame, problems: Problems) -> list[Row]:
    given = [str(name) for name in claims.columns]
    names = _named(given)
    for column in _COLUMNS:
        if column not in names:
            raise InputError(
                f'the codebook has no column "{column}" (its columns: {listed(given) or "none"}); {WAY_OUT}.'
            )
    _check_columns("the codebook", given)
    _note_unused("the codebook", given, problems)
    cells = zip(*(claims.iloc[:, at].tolist() for at in range(len(names))), strict=True)
    rows = [_row(f"codebook, claim {at}", dict(zip(names, row, strict=True))) for at, row in enumerate(cells, 1)]
    return _filled(rows, problems)


def _row(where: str, fields: dict[str, Any]) -> Row:
    alternatives = [value for name, value in fields.items() if name.startswith(_ALTERNATIVE)]
    edits = {name: fields.get(name) for name in _EDITS}
    return Row(where, fields["claim_id"], [fields["claim"], *alternatives], **edits)


def _filled(rows: list[Row], problems: Problems) -> list[Row]:
    """Leave out empty rows, and say so."""
    empty = [row.where for row in rows if row.empty]
    if empty:
        problems.note(f"rows without a claim are skipped: {listed(empty, '; ')}.")
    return [row for row in rows if not row.empty]


def _key(column: str) -> str:
    """A column's name without what people write in different ways: "Claim ID" is claim_id."""
    return re.sub(r"[\W_]+", "", column.casefold())


_KNOWN = {_key(column): column for column in (*_COLUMNS, *_EDITS)}


def _named(columns: list[str]) -> list[str]:
    """Give columns the names that are used here; alternatives are told apart by their place."""
    return [
        f"{_ALTERNATIVE} {at}" if _key(column).startswith(_ALTERNATIVE) else _KNOWN.get(_key(column), column)
        for at, column in enumerate(columns)
    ]


def _check_columns(where: str, columns: list[str]) -> None:
    names = _named(columns)
    for column in (*_COLUMNS, *_EDITS):
        if names.count(column) > 1:
            raise InputError(f'{where} has the column "{column}" twice; keep one of them.')


def _note_unused(where: str, columns: list[str], problems: Problems) -> None:
    """Say which ignored column looks as if it were meant to hold wordings or edits."""
    for column, name in zip(columns, _named(columns), strict=True):
        key = _key(column).rstrip("0123456789")
        if name != column or column in _KNOWN.values():
            continue
        near = difflib.get_close_matches(key, [_key(edit) for edit in _EDITS], 1, 0.8)
        if key in {"alt", "wording", "variant", "claims"} or difflib.get_close_matches(key, [_ALTERNATIVE], 1, 0.8):
            problems.note(
                f"{where}: the column {shortened(column)} is not used; if it holds other wordings, "
                f'give it a name that begins with "{_ALTERNATIVE}".'
            )
        elif near:
            problems.note(f"{where}: the column {shortened(column)} is not used; did you mean {_KNOWN[near[0]]}?")


def _note_oddities(rows: list[Row], problems: Problems) -> None:
    """Say which alternatives look as if a comma had cut a claim in two, or as if they were several."""
    cells = [(row.where, given) for row in rows for given in row.wordings[1:]]
    cut = [f"{where}: {shortened(given.strip())}" for where, given in cells if re.match(r" [a-z]", given)]
    several = [f"{where}: {shortened(given.strip())}" for where, given in cells if "|" in given]
    if cut:
        problems.note(
            f"an alternative looks like the rest of a claim with a comma ({listed(cut, '; ')}); "
            "if it is, put the claim into quotation marks."
        )
    if several:
        problems.note(
            f"an alternative is read as one wording ({listed(several, '; ')}); "
            "if it is several, give each a column of its own."
        )
