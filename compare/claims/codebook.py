"""A researcher's own claims: rows of a codebook, with what a person merged, dropped, reworded or added."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compare.claims.identity import FOUND_ID, claim_id, unique_ids
from compare.claims.rows import WAY_OUT, is_blank, rows_of
from compare.errors import InputError
from compare.language.tokens import words
from compare.matching.changes import find_changes
from compare.reading.problems import Problems, listed, shortened
from compare.tables import WORDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.claims.rows import Claims, Row

_OTHER_WORDINGS = 'put other wordings of one claim into columns "alternative_1", "alternative_2", ... of its row'
_YES, _NO = frozenset({"", "yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
# Kinds of change that make two wordings say different things; a source or a "may" more or less is often meant.
_CONTRADICTIONS = frozenset({"number", "negation", "roles"})


@dataclass(frozen=True)
class Claim:
    """A claim of a codebook; any of its wordings will do, the first one is what it is called.

    Attributes:
        part_of: the id of the claim of which it tells a detail.
    """

    claim_id: str
    wordings: tuple[str, ...]
    part_of: str | None = None


def read_claims(claims: Claims) -> list[Claim]:
    """Check claims and give them in the given order.

    Args:
        claims: a list, numbered "1", "2", ... in the result; a mapping of ids; a DataFrame with the
            columns claim_id and claim; or the path of a CSV file with these columns. In a list or
            mapping, a claim is a string or a list of wordings. In a table, every further column whose
            name begins with "alternative" may hold another wording, and empty cells are passed over; where claim_id
            is empty, the row gets one. A row whose keep is "no" is dropped; one whose merge_into names a claim adds
            its wordings to those of that claim; part_of names a claim of which it tells a detail. Case, spaces and
            underscores in column names do not matter, and other columns are ignored.

    Raises:
        InputError: the file cannot be read, a column is missing, a claim has no words or is no string,
            an id occurs twice, or merge_into or part_of lead nowhere.
    """
    problems = Problems(skip=False)
    rows = rows_of(claims, problems)
    if empty := [row for row in rows if _says_nothing(row)]:
        if len(empty) == len(rows):
            raise InputError(f"{empty[0].where}: is empty; give its wording or leave it out.")
        problems.note(f"rows without a claim were skipped ({listed([row.where for row in empty], '; ')}).")
        rows = [row for row in rows if not _says_nothing(row)]
    dropped = [row for row in rows if not _is_kept(row)]
    if rows and len(dropped) == len(rows):
        raise InputError(f"every row of the codebook has no in keep (the first: {rows[0].where}); keep at least one.")
    kept = _identified([_checked(row) for row in rows if _is_kept(row)])
    gone = {_plain(row.claim_id) for row in dropped}
    roots = _merged(kept, gone)
    parts = _parts([row for row in kept if roots[row.claim_id] == row.claim_id], roots, gone, problems)
    told: dict[str, list[str]] = {}
    for row in sorted(kept, key=lambda row: roots[row.claim_id] != row.claim_id):  # a claim's own wordings come first
        told.setdefault(roots[row.claim_id], []).extend(row.wordings)
    book = [Claim(name, _once(wordings), parts.get(name)) for name, wordings in told.items()]
    _note_overlaps(book, problems)
    _note_contradictions(book, problems)
    problems.warn(stacklevel=3)
    return book


def wordings_table(book: Sequence[Claim]) -> pd.DataFrame:
    """Give the WORDINGS table."""
    return WORDINGS.frame(
        [{"claim_id": claim.claim_id, "wording": wording} for claim in book for wording in claim.wordings]
    )


def _plain(cell: Any) -> str:
    """A cell as text; ids that are numbers are floats in a DataFrame that lacks one."""
    if is_blank(cell):
        return ""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()


def _says_nothing(row: Row) -> bool:
    """Whether a row has no wording and is merged into no other."""
    return all(is_blank(wording) for wording in row.wordings or [None]) and is_blank(row.merge_into)


def _is_kept(row: Row) -> bool:
    keep = _plain(row.keep).casefold()
    if keep not in _YES | _NO:
        raise InputError(f"{row.where}: keep is {shortened(row.keep)}; write yes or no (an empty cell means yes).")
    return keep in _YES


def _checked(row: Row) -> Row:
    """The row with its cells as text."""
    claim, *others = row.wordings or [None]
    others = [other for other in others if not is_blank(other)]
    if is_blank(claim) and others:
        raise InputError(f"{row.where}: has alternatives but no claim; move one of its alternatives there.")
    if is_blank(claim) and is_blank(row.claim_id):
        raise InputError(f"{row.where}: has neither claim nor claim_id to merge; give its wording or leave it out.")
    wordings = [] if is_blank(claim) else [claim, *others]
    for given in wordings:
        if not isinstance(given, str):
            raise InputError(f"{row.where}: is {given!r}, not text; {WAY_OUT}.")
        if not words(given):
            raise InputError(
                f"{row.where}: {shortened(given)} has no word to look for; give its wording or leave it out."
            )
    cells = {name: _plain(getattr(row, name)) for name in ("claim_id", "part_of", "merge_into")}
    return replace(row, wordings=[given.strip() for given in wordings], **cells)


def _identified(rows: list[Row]) -> list[Row]:
    """Give an id to every row that has none, after its wording; refuse an id that occurs twice, or is two."""
    first: dict[str, str] = {}
    for row in rows:
        if row.claim_id and first.setdefault(row.claim_id, row.where) != row.where:
            raise InputError(
                f"{row.where}: claim_id {row.claim_id!r} is that of {first[row.claim_id]} too; "
                f"give each claim its own, or none to get one, and {_OTHER_WORDINGS}."
            )
    for row in rows:
        named = re.split(r"[\s;,+&|]+", row.claim_id)
        if len(named) > 1 and any(name in first or FOUND_ID.fullmatch(name) for name in named):
            raise InputError(
                f"{row.where}: claim_id {row.claim_id!r} names several claims; to merge claims, leave each its row and "
                "its claim_id, and write the claim_id of the one that is to stay into merge_into of the others."
            )
    new = [row for row in rows if not row.claim_id]
    made = unique_ids([*first, *(claim_id("", row.wordings[0]) for row in new)])[len(first) :]
    names = iter(made)
    return [row if row.claim_id else replace(row, claim_id=next(names)) for row in rows]


def _merged(rows: Sequence[Row], gone: set[str]) -> dict[str, str]:
    """For each claim the one that it is the same as in the end, which may be itself."""
    into = {row.claim_id: row.merge_into for row in rows}
    roots = {}
    for row in rows:
        _check_named(row, "merge_into", into, gone)
        way = [row.claim_id]
        while into.get(way[-1]):
            way.append(into[way[-1]])
            if way[-1] in way[:-1]:
                raise InputError(
                    f"{row.where}: merge_into leads in a circle ({' → '.join(way)}); "
                    "leave it empty in the row of the claim that is to stay."
                )
        roots[row.claim_id] = way[-1]
    return roots


def _parts(rows: Sequence[Row], roots: dict[str, str], gone: set[str], problems: Problems) -> dict[str, str]:
    """For each claim that tells a detail of another, that other one."""
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
            if roots[row.part_of] != row.claim_id:  # what was merged into its own part is whole
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
    near = difflib.get_close_matches(name, known, 1)
    way_out = f"did you mean {near[0]!r}?" if near else "name one that is, or leave the cell empty."
    raise InputError(f"{row.where}: {column} names {name!r}, which is no claim_id of the codebook; {way_out}")


def _once(wordings: list[str]) -> tuple[str, ...]:
    """Each wording once."""
    once: dict[str, str] = {}
    for given in wordings:
        once.setdefault(_same(given), given)
    return tuple(once.values())


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
