"""A researcher's own claims: a list, a DataFrame or a CSV file with the columns claim_id and claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError
from compare.reading.problems import Problems, listed
from compare.reading.tabular import csv_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_COLUMNS = ("claim_id", "claim")
_WAY_OUT = "give a list of claims, or a table with the columns claim_id and claim"


def read_claims(claims: Sequence[str] | pd.DataFrame | str | Path) -> pd.DataFrame:
    """Check claims and give them as a table.

    Args:
        claims: a list of strings, numbered "1", "2", ... in the result; a DataFrame with the
            columns claim_id and claim; or the path of a CSV file with these columns.

    Returns:
        Columns claim_id and claim, as strings, in the given order.

    Raises:
        InputError: the file cannot be read, a column is missing, a claim is empty or no string, an
            id occurs twice.
    """
    import pandas as pd

    if isinstance(claims, (str, Path)):
        located = _in_file(Path(claims))
    elif isinstance(claims, pd.DataFrame):
        located = _in_frame(claims)
    elif hasattr(claims, "__iter__"):
        located = [(f"claim {number}", str(number), claim) for number, claim in enumerate(claims, 1)]
    else:
        raise InputError(f"claims cannot be read from {claims!r}; {_WAY_OUT}.")
    rows, first = [], dict[str, str]()
    for where, given, claim in located:
        name = _checked(where, given, claim)
        if first.setdefault(name, where) != where:
            raise InputError(f"{where}: claim_id {name!r} is that of {first[name]} too; give each claim its own.")
        rows.append((name, claim.strip()))
    return pd.DataFrame(rows, columns=list(_COLUMNS), dtype="str")


def _in_file(path: Path) -> list[tuple[str, Any, Any]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        way_out = "give a list of claims, or the path of a codebook"
        raise InputError(f"{path}: cannot be read ({error.strerror}); {way_out}.") from error
    problems = Problems(skip=False)
    records = list(csv_records(data, str(path), problems, _COLUMNS))
    problems.warn(stacklevel=4)
    return [(where, fields["claim_id"], fields["claim"]) for where, fields in records]


def _in_frame(claims: pd.DataFrame) -> list[tuple[str, Any, Any]]:
    for column in _COLUMNS:
        if column not in claims.columns:
            has = listed([str(name) for name in claims.columns]) or "none"
            raise InputError(f'the codebook has no column "{column}" (its columns: {has}); {_WAY_OUT}.')
    rows = zip(claims["claim_id"], claims["claim"], strict=True)
    return [(f"codebook, claim {number}", name, claim) for number, (name, claim) in enumerate(rows, 1)]


def _checked(where: str, name: Any, claim: Any) -> str:
    if not isinstance(claim, str):
        raise InputError(f"{where}: is {claim!r}, not text; {_WAY_OUT}.")
    if not claim.strip():
        raise InputError(f"{where}: is empty; give its wording or leave it out.")
    if name is None or name != name or not str(name).strip():  # noqa: PLR0124  # NaN is unequal to itself
        raise InputError(f"{where}: has no claim_id; give each claim its own.")
    return str(name).strip()
