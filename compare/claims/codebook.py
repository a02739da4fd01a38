"""A researcher's own claims: a list, a DataFrame or a CSV file with the columns claim_id and claim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_WAY_OUT = "give a list of claims, or a table with the columns claim_id and claim."


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
        return _read_file(Path(claims))
    if not hasattr(claims, "__iter__"):
        raise InputError(f"claims cannot be read from {claims!r}; {_WAY_OUT}")
    if not isinstance(claims, pd.DataFrame):
        given = list(claims)
        claims = pd.DataFrame(
            {"claim_id": [str(number) for number in range(1, len(given) + 1)], "claim": given}, dtype=object
        )
    absent = [name for name in ("claim_id", "claim") if name not in claims.columns]
    if absent:
        raise InputError(f'the codebook has no column "{absent[0]}" (it has {_listed(claims.columns)}); {_WAY_OUT}')
    rows = [
        _row(number, *values) for number, values in enumerate(zip(claims["claim_id"], claims["claim"], strict=True), 1)
    ]
    first_with: dict[str, int] = {}
    for number, (name, _) in enumerate(rows, 1):
        if first_with.setdefault(name, number) != number:
            raise InputError(
                f"codebook, claim {number}: claim_id {name!r} is that of claim {first_with[name]} too; "
                "give each claim its own."
            )
    return pd.DataFrame(rows, columns=["claim_id", "claim"], dtype="str")


def _read_file(path: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}); give a list of claims, or the path of a codebook."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8; save the codebook as UTF-8 CSV.") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{path}: is not a CSV table ({str(error).strip()}); {_WAY_OUT}") from error
    try:
        return read_claims(table)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _row(number: int, name: Any, claim: Any) -> tuple[str, str]:
    if not isinstance(claim, str):
        raise InputError(f"codebook, claim {number}: is {claim!r}, not text; {_WAY_OUT}")
    if not claim.strip():
        raise InputError(f"codebook, claim {number}: is empty; give its wording or leave it out.")
    if name is None or name != name or not str(name).strip():  # noqa: PLR0124  # NaN is unequal to itself
        raise InputError(f"codebook, claim {number}: has no claim_id; give each claim its own.")
    return str(name).strip(), claim.strip()


def _listed(names: Any) -> str:
    return ", ".join(map(str, names)) or "none"
