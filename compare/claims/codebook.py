"""A researcher's own claims: the rows of a codebook, with claims merged, dropped, reworded or added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.claims.lineage import FOUND_ID, claim_id, unique_ids
from compare.errors import InputError, bare, listed, near_name, shortened, way_out
from compare.foreign import file_bytes
from compare.language.tokens import words
from compare.matching.changes.kinds import find_changes
from compare.reading.problems import Problems
from compare.reading.records import without_controls
from compare.reading.tabular import Header, csv_records
from compare.saving import unguarded, whole_file, write_csv
from compare.tables import CODEBOOK

if TYPE_CHECKING:
    import pandas as pd

    Claims = Sequence[str | Sequence[str]] | Mapping[str, str | Sequence[str]] | pd.DataFrame | str | Path

_COLUMNS = ("claim_id", "claim")
_EDITS = ("part_of", "keep", "merge_into")
_ALTERNATIVE = "alternative"
_WAY_OUT = "give a list of claims, or a table with the columns claim_id and claim"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zip archives, .xls is an OLE file


@dataclass(frozen=True)
class Row:
    """A row of a codebook as given: `where` names it in messages, the first wording is the claim."""

    where: str
    claim_id: Any
    wordings: list[Any]
    part_of: Any = None
    keep: Any = None
    merge_into: Any = None


def _is_blank(value: Any) -> bool:
    import pandas as pd

    return (pd.api.types.is_scalar(value) and bool(pd.isna(value))) or not str(value).strip()


def codebook_table(claims: pd.DataFrame, wordings: pd.DataFrame | None) -> pd.DataFrame:
    """Return a CLAIMS table as a CODEBOOK to edit, with alternative_2, ... for claims with more `wordings`."""
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
    """Write a codebook as CSV with a byte order mark, so that spreadsheets show every letter correctly.

    Raises:
        InputError: the name does not end in .csv, or the file cannot be written.
    """
    if Path(path).suffix.lower() != ".csv":
        raise InputError(f"{path}: a codebook is a CSV file; end the name in .csv.")
    with whole_file(path) as temporary:
        write_csv(table, temporary, excel=True)
    return Path(path)


def _in_file(path: Path, problems: Problems) -> list[Row]:
    try:
        data = file_bytes(path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); give the path of a codebook (in Python also a list of claims)."
        ) from error
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
    if not last:
        raise InputError(f"{path}: has a header but no claims; put at least one row into it.")
    _check_columns(str(path), header, problems)
    rows = rows[:last]  # spreadsheets leave empty rows below the last one
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
    return rows


def _in_frame(claims: pd.DataFrame, problems: Problems) -> list[Row]:
    given = [str(name) for name in claims.columns]
    names = _named(given)
    for column in _COLUMNS:
        if column not in names:
            raise InputError(
                f'the codebook has no column "{column}" (its columns: {listed(given) or "none"}); {_WAY_OUT}.'
            )
    _check_columns("the codebook", given, problems)
    cells = zip(*(claims.iloc[:, at].tolist() for at in range(len(names))), strict=True)
    return [_row(f"codebook, claim {at}", dict(zip(names, row, strict=True))) for at, row in enumerate(cells, 1)]


def _row(where: str, fields: dict[str, Any]) -> Row:
    alternatives = [value for name, value in fields.items() if name.startswith(_ALTERNATIVE)]
    edits = {name: fields.get(name) for name in _EDITS}
    return Row(where, fields["claim_id"], [fields["claim"], *alternatives], **edits)


_KNOWN = {bare(column): column for column in (*_COLUMNS, *_EDITS)}


def _named(columns: list[str]) -> list[str]:
    """Return the standard names of some columns; alternatives are numbered by their place."""
    return [
        f"{_ALTERNATIVE} {at}" if bare(column).startswith(_ALTERNATIVE) else _KNOWN.get(bare(column), column)
        for at, column in enumerate(columns)
    ]


def _check_columns(where: str, columns: list[str], problems: Problems) -> None:
    """Refuse repeated columns, and warn of ignored ones that seem to contain wordings or edits."""
    names = _named(columns)
    for column in (*_COLUMNS, *_EDITS):
        if names.count(column) > 1:
            raise InputError(f'{where}: the column "{column}" is there twice; keep one of them.')
    for column, name in zip(columns, names, strict=True):
        key = bare(column).rstrip("0123456789")
        if name != column or column in _KNOWN.values():
            continue
        near = near_name(key, (_ALTERNATIVE, *_EDITS))
        if near == _ALTERNATIVE or key in {"alt", "wording", "variant", "claims"}:
            problems.note(
                f"{where}: the column {shortened(column)} is not used; if it holds other wordings, "
                f'give it a name that begins with "{_ALTERNATIVE}".'
            )
        elif near:
            problems.note(f"{where}: the column {shortened(column)} is not used; did you mean {near}?")


_OTHER_WORDINGS = 'put other wordings of one claim into columns "alternative_1", "alternative_2", ... of its row'
_YES, _NO = frozenset({"", "yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
# Changes by which two wordings contradict each other; another source or one "may" more is often intended.
_CONTRADICTIONS = frozenset({"number", "negation", "roles"})


@dataclass(frozen=True)
class CodebookClaim:
    """A claim of a codebook, or a detail of the claim named by `part_of`; all of its wordings are equivalent."""

    claim_id: str
    wordings: tuple[str, ...]
    part_of: str | None = None


def read_claims(claims: Claims) -> list[CodebookClaim]:
    """Check claims and return them in the given order.

    Args:
        claims: a list, numbered "1", "2", ... in the result; a mapping of ids; a DataFrame with the
            columns claim_id and claim; or the path of a CSV file with these columns. In a list or
            mapping, a claim is a string or a list of wordings. In a table, every further column whose
            name begins with "alternative" may hold another wording, and empty cells are passed over; where claim_id
            is empty, the row gets one. A row whose keep is "no" is dropped; one whose merge_into names a claim adds
            its wordings to those of that claim; part_of names a claim of which it tells a detail. Case, spaces and
            underscores in column names do not matter, and other columns are ignored.

    Raises:
        InputError: the file cannot be read, a column is missing, a claim has no words or is not a string,
            an id occurs twice, or merge_into or part_of lead nowhere.
    """
    problems = Problems(skip=False)
    rows = _given(claims, problems)
    silent = [all(map(_is_blank, (*row.wordings, row.merge_into))) for row in rows]
    if rows and all(silent):
        raise InputError(f"{rows[0].where}: is empty; give its wording or leave it out.")
    if any(silent):
        skipped = listed([row.where for row in compress(rows, silent)], "; ")
        problems.note(f"rows without a claim are skipped: {skipped}.")
    rows = [row for row, empty in zip(rows, silent, strict=True) if not empty]
    keep = [_plain(row.keep).casefold() for row in rows]
    for row, said in zip(rows, keep, strict=True):
        if said not in _YES | _NO:
            raise InputError(f"{row.where}: keep is {shortened(row.keep)}; write yes or no (an empty cell means yes).")
    if rows and _YES.isdisjoint(keep):
        raise InputError(f"every row of the codebook has no in keep (the first: {rows[0].where}); keep at least one.")
    kept = _identified([_checked(row) for row, said in zip(rows, keep, strict=True) if said in _YES])
    gone = {_plain(row.claim_id) for row, said in zip(rows, keep, strict=True) if said in _NO}
    roots = _merged(kept, gone)
    parts = _parts([row for row in kept if roots[row.claim_id] == row.claim_id], roots, gone, problems)
    told: dict[str, dict[str, str]] = {}
    for row in sorted(kept, key=lambda row: roots[row.claim_id] != row.claim_id):  # first a claim's own wordings
        for wording in row.wordings:
            told.setdefault(roots[row.claim_id], {}).setdefault(_same(wording), wording)
    book = [CodebookClaim(name, tuple(wordings.values()), parts.get(name)) for name, wordings in told.items()]
    _note_doubts(book, problems)
    problems.warn()
    return book


def _plain(cell: Any) -> str:
    """Return a cell as text; numeric ids are floats if a DataFrame lacks one."""
    if _is_blank(cell):
        return ""
    return without_controls(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)).strip()


def _same(wording: str) -> str:
    return " ".join(wording.casefold().split())


def _given(claims: Claims, problems: Problems) -> list[Row]:
    import pandas as pd

    if isinstance(claims, (str, Path)):
        return _in_file(Path(claims), problems)
    if isinstance(claims, pd.DataFrame):
        return _in_frame(claims, problems)
    named = isinstance(claims, Mapping)
    if not isinstance(claims, Iterable) or isinstance(claims, (set, frozenset)):  # sets have no fixed order
        raise InputError(f"claims cannot be read from a {type(claims).__name__}; {_WAY_OUT}.")
    items = claims.items() if isinstance(claims, Mapping) else ((str(at), one) for at, one in enumerate(claims, 1))
    # A string is one wording, not many letters.
    told = [(name, list(one) if isinstance(one, (list, tuple)) else [one]) for name, one in items]
    return [Row(f"claim {name!r}" if named else f"claim {name}", name, wordings) for name, wordings in told]


def _checked(row: Row) -> Row:
    """Return the row with its cells as text."""
    claim, *others = row.wordings or [None]
    others = [other for other in others if not _is_blank(other)]
    if _is_blank(claim) and others:
        raise InputError(f"{row.where}: has alternatives but no claim; move one of its alternatives there.")
    if _is_blank(claim) and _is_blank(row.claim_id):
        raise InputError(f"{row.where}: has neither claim nor claim_id to merge; give its wording or leave it out.")
    wordings = [] if _is_blank(claim) else [claim, *others]
    for given in wordings:
        if not isinstance(given, str):
            raise InputError(f"{row.where}: is {given!r}, not text; {_WAY_OUT}.")
        if not words(given):
            raise InputError(
                f"{row.where}: {shortened(given)} has no word to look for; give its wording or leave it out."
            )
    cells = {name: _plain(getattr(row, name)) for name in ("claim_id", "part_of", "merge_into")}
    return replace(row, wordings=[without_controls(given).strip() for given in wordings], **cells)


def _identified(rows: list[Row]) -> list[Row]:
    """Give every row without an id one made from its wording; refuse an id that is repeated or names several claims."""
    first: dict[str, str] = {}
    for row in rows:
        if row.claim_id and first.setdefault(row.claim_id, row.where) != row.where:
            raise InputError(
                f"{row.where}: claim_id {row.claim_id!r} is that of {first[row.claim_id]} too; "
                f"give each claim its own, or none to get one, and {_OTHER_WORDINGS}."
            )
    for row in rows:
        named = re.split(r"[\s;,+&|]+", row.claim_id)
        if len(named) > 1 and all(name in first or FOUND_ID.fullmatch(name) for name in named):
            raise InputError(
                f"{row.where}: claim_id {row.claim_id!r} names several claims; to merge claims, leave each its row and "
                "its claim_id, and write the claim_id of the one that is to stay into merge_into of the others."
            )
    new = [row for row in rows if not row.claim_id]
    names = iter(unique_ids([*first, *(claim_id("", row.wordings[0]) for row in new)])[len(first) :])
    return [row if row.claim_id else replace(row, claim_id=next(names)) for row in rows]


def _merged(rows: Sequence[Row], gone: set[str]) -> dict[str, str]:
    """Return for each claim the one that it is finally merged into, which may be itself."""
    into = {row.claim_id: row.merge_into for row in rows}
    roots: dict[str, str] = {}
    for row in rows:
        _check_named(row, "merge_into", into, gone)
        way = dict.fromkeys([row.claim_id])
        at = row.claim_id
        while into.get(at) and at not in roots:
            at = into[at]
            if at in way:
                raise InputError(
                    f"{row.where}: merge_into leads in a circle ({listed([*way, at], ' → ')}); "
                    "leave it empty in the row of the claim that is to stay."
                )
            way[at] = None
        roots[row.claim_id] = roots.get(at, at)
    return roots


def _parts(rows: Sequence[Row], roots: dict[str, str], gone: set[str], problems: Problems) -> dict[str, str]:
    """Return the whole of each claim that is a part."""
    lost = gone - set(roots)
    alone = [row.where for row in rows if row.part_of in lost]
    if alone:
        problems.note(f"what is a part of a claim that is not kept stands on its own ({listed(alone, '; ')}).")
    parts = {}
    for row in rows:
        if row.part_of and row.part_of not in lost:
            _check_named(row, "part_of", roots, gone)
            if row.part_of == row.claim_id:
                raise InputError(f"{row.where}: part_of names the claim itself; name another, or leave the cell empty.")
            if roots[row.part_of] != row.claim_id:  # a claim merged into its own part is whole
                parts[row.claim_id] = roots[row.part_of]
    for row in rows:
        whole = parts.get(row.claim_id)
        if whole in parts:
            raise InputError(
                f"{row.where}: part_of names {row.part_of!r}, which is itself a part, of {parts[whole]!r}; "
                "name a claim that is no part, or leave one of the two cells empty."
            )
    return parts


def _check_named(row: Row, column: str, known: dict[str, str], gone: set[str]) -> None:
    """Refuse a cell that names no claim."""
    name = getattr(row, column)
    if not name or name in known:
        return
    if name in gone:
        raise InputError(f"{row.where}: {column} names {name!r}, which is not kept; keep it, or name another claim.")
    meant = way_out(name, list(known), "leave the cell empty, or name one that is:")
    raise InputError(f"{row.where}: {column} names {name!r}, which is no claim_id of the codebook; {meant}")


def _note_doubts(book: list[CodebookClaim], problems: Problems) -> None:
    """Warn of wordings under two ids, and of alternatives that contradict their claim."""
    owner: dict[str, str] = {}
    twice = []
    for claim in book:
        for wording in claim.wordings:
            other = owner.setdefault(_same(wording), claim.claim_id)
            if other != claim.claim_id:
                twice.append(f"{shortened(wording)} under {other} and {claim.claim_id}")
    if twice:
        problems.note(f"the same wording stands under two claim_ids ({listed(twice, '; ')}); is that meant?")
    found = []
    for claim in book:
        for other in claim.wordings[1:]:
            changes = _CONTRADICTIONS & set(find_changes(claim.wordings[0], other, other))
            if changes:
                found.append(f"{claim.claim_id}: {shortened(other)} ({', '.join(sorted(changes))})")
    if found:
        problems.note(
            f"an alternative seems to say something else than its claim ({listed(found, '; ')}); "
            "an article that says either carries the claim, so make it a claim of its own if that is not meant."
        )
