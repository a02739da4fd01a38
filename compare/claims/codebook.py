"""A researcher's own claims: a list, a mapping, or a table with the columns claim_id, claim and alternative..."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.language.tokens import words
from compare.matching.changes import find_changes
from compare.reading.problems import Problems, listed, shortened
from compare.reading.tabular import Header, csv_records

if TYPE_CHECKING:
    import pandas as pd

    Claims = Sequence[str | Sequence[str]] | Mapping[str, str | Sequence[str]] | pd.DataFrame | str | Path
    Located = tuple[str, Any, list[Any]]  # where it stands, its id, its wordings; the first one is the claim

_COLUMNS = ("claim_id", "claim")
_ALTERNATIVE = "alternative"
_WAY_OUT = "give a list of claims, or a table with the columns claim_id and claim"
_OTHER_WORDINGS = f'put other wordings of one claim into columns "{_ALTERNATIVE}", "{_ALTERNATIVE}_2", ... of its row'
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are zip archives, .xls is an OLE file
# Kinds of change that make two wordings say different things; a source or a "may" more or less is often meant.
_CONTRADICTIONS = frozenset({"number", "negation", "roles"})


@dataclass(frozen=True)
class Claim:
    """A claim of a codebook; any of its wordings will do, the first one is what it is called."""

    claim_id: str
    wordings: tuple[str, ...]


def read_claims(claims: Claims) -> list[Claim]:
    """Check claims and give them in the given order.

    Args:
        claims: a list, numbered "1", "2", ... in the result; a mapping of ids; a DataFrame with the
            columns claim_id and claim; or the path of a CSV file with these columns. In a list or
            mapping, a claim is a string or a list of wordings. In a table, every further column whose
            name begins with "alternative" may hold another wording; empty cells are passed over. Case,
            spaces and underscores in column names do not matter, and other columns are ignored.

    Raises:
        InputError: the file cannot be read, a column is missing, a claim has no words or is no string,
            an id occurs twice.
    """
    import pandas as pd

    problems = Problems(skip=False)
    if isinstance(claims, (str, Path)):
        located = _in_file(Path(claims), problems)
    elif isinstance(claims, pd.DataFrame):
        located = _in_frame(claims, problems)
    elif isinstance(claims, Mapping):
        located = [(f"claim {name!r}", name, _listed(given)) for name, given in claims.items()]
    elif isinstance(claims, Iterable) and not isinstance(claims, (set, frozenset)):  # whose order is left to chance
        located = [(f"claim {number}", str(number), _listed(given)) for number, given in enumerate(claims, 1)]
    else:
        raise InputError(f"claims cannot be read from a {type(claims).__name__}; {_WAY_OUT}.")
    book, first = [], dict[str, str]()
    for where, given, wordings in located:
        claim = _checked(where, given, wordings)
        if first.setdefault(claim.claim_id, where) != where:
            raise InputError(
                f"{where}: claim_id {claim.claim_id!r} is that of {first[claim.claim_id]} too; "
                f"give each claim its own, and {_OTHER_WORDINGS}."
            )
        book.append(claim)
    _note_overlaps(book, problems)
    _note_contradictions(book, problems)
    problems.warn(stacklevel=3)
    return book


def _listed(given: Any) -> list[Any]:
    """The wordings of one claim; a string is one, not many letters."""
    return list(given) if isinstance(given, (list, tuple)) else [given]


def _in_file(path: Path, problems: Problems) -> list[Located]:
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

    located = []
    for where, fields in csv_records(data, str(path), problems, Header(_COLUMNS, named)):
        alternatives = [value for name, value in fields.items() if name.startswith(_ALTERNATIVE)]
        if any(value.strip() for value in fields.values()):  # spreadsheets leave empty rows below the last one
            located.append((where, fields["claim_id"], [fields["claim"], *alternatives]))
    if not located:
        raise InputError(f"{path}: has a header but no claims; put at least one row into it.")
    _note_unused(str(path), header, problems)
    _note_oddities(located, problems)
    return located


def _note_oddities(located: list[Located], problems: Problems) -> None:
    """Say which alternatives look as if a comma had cut a claim in two, or as if they were several."""
    cells = [(where, given) for where, _, (_, *alternatives) in located for given in alternatives]
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


def _in_frame(claims: pd.DataFrame, problems: Problems) -> list[Located]:
    given = [str(name) for name in claims.columns]
    names = _named(given)
    for column in _COLUMNS:
        if column not in names:
            raise InputError(
                f'the codebook has no column "{column}" (its columns: {listed(given) or "none"}); {_WAY_OUT}.'
            )
        if names.count(column) > 1:
            raise InputError(f'the codebook has the column "{column}" twice; keep one of them.')
    _note_unused("the codebook", given, problems)
    wordings = [names.index("claim"), *(at for at, name in enumerate(names) if name.startswith(_ALTERNATIVE))]
    columns = [claims.iloc[:, at].tolist() for at in wordings]
    ids = claims.iloc[:, names.index("claim_id")].tolist()
    return [
        (f"codebook, claim {number}", name, list(row))
        for number, (name, *row) in enumerate(zip(ids, *columns, strict=True), 1)
    ]


def _key(column: str) -> str:
    """A column's name without what people write in different ways: "Claim ID" is claim_id."""
    return re.sub(r"[\W_]+", "", column.casefold())


def _named(columns: list[str]) -> list[str]:
    """Give columns the names that are used here; alternatives are told apart by their place."""
    known = {_key(column): column for column in _COLUMNS}
    return [
        f"{_ALTERNATIVE} {at}" if _key(column).startswith(_ALTERNATIVE) else known.get(_key(column), column)
        for at, column in enumerate(columns)
    ]


def _note_unused(where: str, columns: list[str], problems: Problems) -> None:
    """Say which ignored column looks as if it were meant to hold wordings."""
    for column, name in zip(columns, _named(columns), strict=True):
        key = _key(column).rstrip("0123456789")
        near = key in {"alt", "wording", "variant", "claims"} or difflib.get_close_matches(key, [_ALTERNATIVE], 1, 0.8)
        if near and name == column:
            problems.note(
                f"{where}: the column {shortened(column)} is not used; if it holds other wordings, "
                f'give it a name that begins with "{_ALTERNATIVE}".'
            )


def _checked(where: str, name: Any, wordings: list[Any]) -> Claim:
    claim, *others = wordings or [None]
    others = [other for other in others if not _is_blank(other)]
    if _is_blank(claim) and others:
        raise InputError(f"{where}: has alternatives but no claim; move one of its alternatives there.")
    if _is_blank(claim):
        raise InputError(f"{where}: is empty; give its wording or leave it out.")
    for given in (claim, *others):
        if not isinstance(given, str):
            raise InputError(f"{where}: is {given!r}, not text; {_WAY_OUT}.")
        if not words(given):
            raise InputError(f"{where}: {shortened(given)} has no word to look for; give its wording or leave it out.")
    if _is_blank(name):
        raise InputError(f"{where}: has no claim_id; give each claim its own.")
    once: dict[str, str] = {}
    for given in (claim, *others):
        once.setdefault(_same(given), given.strip())
    return Claim(str(name).strip(), tuple(once.values()))


def _is_blank(value: Any) -> bool:
    import pandas as pd

    return (pd.api.types.is_scalar(value) and bool(pd.isna(value))) or not str(value).strip()


def _same(wording: str) -> str:
    return " ".join(wording.casefold().split())


def _note_overlaps(book: list[Claim], problems: Problems) -> None:
    """Say which wording stands under two ids: whoever carries the one claim carries the other."""
    owner: dict[str, str] = {}
    twice = []
    for claim in book:
        for wording in claim.wordings:
            other = owner.setdefault(_same(wording), claim.claim_id)
            if other != claim.claim_id:
                twice.append(f"{shortened(wording)} under {other} and {claim.claim_id}")
    if twice:
        problems.note(f"the same wording stands under two claim_ids ({listed(twice, '; ')}); is that meant?")


def _note_contradictions(book: list[Claim], problems: Problems) -> None:
    """Say which alternative says something else than its claim: either of them would count as carried."""
    found = []
    for claim in book:
        for other in claim.wordings[1:]:
            changes = _CONTRADICTIONS & set(find_changes(claim.wordings[0], other, other))
            if changes:
                found.append(f"{claim.claim_id}: {shortened(other)} ({', '.join(sorted(changes))})")
    if found:
        problems.note(
            f"an alternative seems to say something else than its claim ({listed(found, '; ')}); "
            "whoever says either is counted as carrying the claim, so make it a claim of its own if that is not meant."
        )
