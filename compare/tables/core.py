"""What a table is, the values that columns take, and the columns that several tables have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

TEXT = "str"
INTEGER = "int64"
MAYBE_INTEGER = "Int64"  # may be missing
NUMBER = "float64"
FLAG = "bool"
TIME = "datetime64[us, UTC]"

STATES = ("verbatim", "paraphrased", "partial", "altered", "contested", "undecided", "omitted")
CARRIED = ("verbatim", "paraphrased", "partial", "altered", "contested")
# Carried, and nobody is said to have changed it; a contested claim is one.
UNALTERED = tuple(state for state in CARRIED if state != "altered")
AS_WORDED = ("verbatim", "paraphrased")  # who tells only a part takes no side
CHANGES = (
    "number",
    "negation",
    "hedge",
    "attribution",
    "roles",
    "trimmed quote",
    "time",
    "quantifier",
    "modality",
    "direction",
    "meaning",
)
KINDS = ("statement", "quote")
ROLES = ("member", "evidence")
# Where a headline stands, as its index among the article's sentences and as a position in the article.
HEADLINE = -1
# Decimals of every probability: the last bits of a sum depend on what else is computed along with it.
DECIMALS = 4
QUOTATION_KINDS = ("direct", "indirect")
FLAVOURS = ("neutral", "doubting", "factive")
QUOTE_STATES = ("full", "trimmed", "paraphrased", "reattributed", "absent")
WIRE_KINDS = ("wire", "wire, cut", "wire, edited", "own")
VERSIONS = ("printed", "collapsed")
CUTS = ("none", "tail", "middle", "both")
CORRECTION_KINDS = ("correction", "withdrawal", "clarification", "update", "note")


@dataclass(frozen=True)
class Column:
    """One column: its name, pandas dtype, meaning, unit and, where few, its values.

    `refers` names the table whose rows the column points at, by that table's key, which is one column.
    `withheld` says that it may hold words of an article, or of a coder, and is left out where no text is shared.
    `several` means that a cell may have more than one of the values, joined by "; ", or none of them.
    """

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    optional: bool = False
    values: tuple[str, ...] = ()
    refers: str = ""
    withheld: bool = False
    several: bool = False


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns in order, and which of them identify a row."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    def frame(self, rows: Iterable[Mapping[str, Any]] | Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
        """Return the rows as a DataFrame with exactly this table's columns, order and dtypes.

        Args:
            rows: records, a mapping of column name to values, or a DataFrame; columns that this
                table does not have are left out, optional columns that are absent are missing.

        Returns:
            A new DataFrame with a fresh integer index.

        Raises:
            KeyError: a column that is not optional is absent.
        """
        import pandas as pd

        given: Any = rows
        if isinstance(rows, pd.DataFrame):
            # A column that has its type already is taken as it is: by way of objects every text would be copied.
            given = {
                c.name: rows[c.name].array if rows[c.name].dtype == c.dtype else rows[c.name].to_numpy(dtype=object)
                for c in self.columns
                if c.name in rows.columns
            }
            length = len(rows)
        elif hasattr(rows, "keys"):
            # Taken as they are: a DataFrame in between would hold every string twice.
            length = len(next(iter(given.values()), []))
        else:
            records = list(rows)
            length = len(records)
            known = [name for name in self.names if not records or any(name in record for record in records)]
            given = {name: [record.get(name) for record in records] for name in known}
        absent = [c.name for c in self.columns if c.name not in given and not c.optional]
        if absent:
            raise KeyError(f"table {self.name}: no column {', '.join(absent)}")
        nothing: list[object] = [None] * length
        arrays = {c.name: pd.array(given.get(c.name, nothing), dtype=_dtype(c.dtype)) for c in self.columns}
        return pd.DataFrame(arrays, index=pd.RangeIndex(length))


@cache
def _dtype(name: str) -> Any:
    """Look a dtype up once: a small table, such as the quotations of one text, takes a third of its time for it."""
    import pandas as pd

    return pd.api.types.pandas_dtype(name)


def text(name: str, meaning: str, **more: Any) -> Column:
    """A text; `more` as in `Column`."""
    return Column(name, TEXT, meaning, **more)


def flag(name: str, meaning: str) -> Column:
    """Yes or no."""
    return Column(name, FLAG, meaning)


def count(name: str, meaning: str, unit: str = "claims") -> Column:
    """A whole number of things."""
    return Column(name, INTEGER, meaning, unit=unit)


def share(name: str, meaning: str) -> Column:
    """A share between 0 and 1, missing where there is nothing to divide by."""
    return Column(name, NUMBER, meaning, unit="0..1", optional=True)


def number(name: str, meaning: str, unit: str = "") -> Column:
    """A number that may be missing."""
    return Column(name, NUMBER, meaning, unit=unit, optional=True)


JUDGEMENT = (
    text("state", "how the outlet treats the claim", values=STATES),
    Column("probability", NUMBER, "probability that the outlet carries the claim", unit="0..1"),
    text(
        "sentence_id",
        "the sentence that says most of it; for an omission, the one that comes nearest",
        optional=True,
        refers="sentences",
    ),
    text(
        "evidence",
        "the passage: that sentence, with a neighbouring one where both are needed",
        optional=True,
        withheld=True,
    ),
)
VERSION = text(
    "version",
    "whether each outlet counts as it printed, or copies of one wire text count as one voice, which "
    "carries what any of them carries",
    values=VERSIONS,
)
WARNING = text("warning", "why a figure is missing or says little; otherwise empty")
VALIDATED = flag("validated", "whether the figures are corrected for the toolkit's errors by coders' labels")
FAMILY = text("family", "the tests that are adjusted together")
TESTS = Column("tests", INTEGER, "number of tests in the family", unit="tests")
Q_VALUE = Column(
    "q_value",
    NUMBER,
    "p_value adjusted for all tests of the family (Benjamini and Hochberg 1995)",
    unit="0..1",
    optional=True,
)
LOW = "lower end of the 95 % interval"
HIGH = "upper end of the 95 % interval"
