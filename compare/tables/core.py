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
# The kinds of numpy that a column may have in a file, and what they are called.
_KINDS = {
    TEXT: ("OUT", "text"),
    INTEGER: ("iu", "whole numbers"),
    MAYBE_INTEGER: ("iuf", "whole numbers"),
    NUMBER: ("fiu", "numbers"),
    FLAG: ("b", "true or false"),
    TIME: ("M", "times"),
}

NOT_ASSESSABLE = "not assessable"  # not told in an article that was cut off: it may follow after the cut
STATES = ("verbatim", "paraphrased", "partial", "altered", "contested", "undecided", "omitted", NOT_ASSESSABLE)
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
COMPLETE = ("yes", "cut", "unknown")
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

    def checked(self, frame: pd.DataFrame, names: Iterable[str] | None = None) -> pd.DataFrame:
        """Return a table that was read from a file, if it can be this one, as `typed`; no row may be there twice.

        Raises:
            ValueError: it cannot be this table; the message says why.
        """
        frame = self.typed(frame, names)
        key = [name for name in dict.fromkeys(["story_id", *self.key]) if name in frame.columns]
        if set(self.key) <= set(key) and not frame[key].isna().any(axis=None) and frame.duplicated(key).any():
            row = frame.loc[frame.duplicated(key), list(self.key)].iloc[0]
            raise ValueError(f"has {', '.join(map(str, row))} twice")
        return frame

    def typed(self, frame: pd.DataFrame, names: Iterable[str] | None = None) -> pd.DataFrame:
        """Return a table that was read from a file with the dtypes of this one; others may have written or edited it.

        Words that are withheld may be missing everywhere, and other columns may stand beside those of the table.

        Args:
            frame: the table.
            names: the columns to check, if not all were read.

        Returns:
            The frame with the table's dtypes.

        Raises:
            ValueError: a column is missing or of another type, or a cell is empty or out of its range; the message
                says which.
        """
        wanted = self.names if names is None else list(names)
        given = list(frame.columns)
        if repeated := [name for name in given if given.count(name) > 1]:
            raise ValueError(f"has the column {repeated[0]} twice")
        if absent := [name for name in wanted if name not in given]:
            raise ValueError(f"has no column {', '.join(absent)}")
        for column in self.columns:
            if column.name in wanted:
                frame = frame.assign(**{column.name: _checked(frame[column.name], column)})
        return frame


def _checked(values: pd.Series, column: Column) -> pd.Series:
    """Return a column with its dtype, or raise a ValueError if it cannot be this column."""
    import pandas as pd

    kinds, what = _KINDS[column.dtype]
    if values.dtype.kind not in kinds and not values.isna().all():
        raise ValueError(f"has no {what} in the column {column.name}")
    if column.dtype == TEXT and values.dtype != TEXT and not all(isinstance(one, str) for one in values.dropna()):
        raise ValueError(f"has no {what} in the column {column.name}")
    try:
        if values.dtype != column.dtype:
            values = pd.Series(pd.array(values.to_numpy(dtype=object), dtype=_dtype(column.dtype)), index=values.index)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"has no {what} in the column {column.name}") from error
    there = values.dropna()
    if len(there) < len(values) and not (column.optional or (column.withheld and there.empty)):
        raise ValueError(f"has an empty cell in the column {column.name}")
    if column.unit == "0..1" and not there.between(0, 1).all():
        raise ValueError(f"has a number in the column {column.name} that is not from 0 to 1")
    if column.values and not column.several and not there.isin(column.values).all():
        raise ValueError(f"has a value in the column {column.name} that is none of {', '.join(column.values)}")
    return values


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
