"""Claims in the wide or long form of coding software, and labelled tables for SPSS and Stata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from compare.errors import InputError, MissingExtraError, warn
from compare.saving import whole_file
from compare.tables import CARRIED, CODED, NOT_ASSESSABLE, STATES, TEXT, Column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from compare.tables import Table
    from compare.validation.validated import Validation

    ValueLabels = dict[int, str]

Values = Literal["carried", "state", "probability"]
Codes = Literal["code", "carried"]
UNIT = ("article_id", "story_id", "outlet")
TOOLKIT = "storydiff"  # the name of the toolkit as a coder
# The toolkit's states on the coders' scale; undecided is no answer.
_CODE_OF = {
    "verbatim": "yes",
    "paraphrased": "yes",
    "partial": "part",
    "altered": "part",
    "contested": "yes",
    "omitted": "no",
}


def to_wide(tracked: pd.DataFrame, values: Values = "carried") -> pd.DataFrame:
    """Return the `tracked` table with one row per article and one column per claim, for coding software.

    Args:
        tracked: the result of `track_claims`; several results may be joined with `pandas.concat`.
        values: what the cells hold: "carried" (1, 0 for omitted, missing for undecided and not assessable), "state" or
            "probability". If a claim was not tracked in an article, the cell is missing.

    Returns:
        Columns article_id, story_id and outlet, then one for each claim_id; both in the given order.

    Raises:
        InputError: it is not a `tracked` table, a claim is judged twice for an article, or a claim_id is
            the name of one of the first columns.
    """
    if values not in get_args(Values):
        raise InputError(f"to_wide: values is {values!r}; give one of {', '.join(get_args(Values))}.")
    taken = [name for name in tracked.get("claim_id", ()) if name in UNIT]
    if taken:
        raise InputError(
            f"claim_id {taken[0]!r} is the name of a column that identifies the article; rename the claim."
        )
    _check_tracked("to_wide", tracked, (*UNIT, "claim_id", "state", "probability"))
    ids = tracked["claim_id"].drop_duplicates()
    units = tracked[list(UNIT)].drop_duplicates("article_id", ignore_index=True)
    cells = tracked
    if values == "carried":
        carried = (
            tracked["state"].isin(CARRIED).astype("Int64").mask(tracked["state"].isin(["undecided", NOT_ASSESSABLE]))
        )
        cells = tracked.assign(carried=carried)
    grid = cells.pivot(index="article_id", columns="claim_id", values=values)
    grid = grid.reindex(index=units["article_id"], columns=ids)
    return units.join(grid.reset_index(drop=True)).rename_axis(columns=None)


def to_long(source: Any, values: Codes = "code", *, articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return codes with one row per unit, variable and coder, the form for text analysis and reliability packages.

    The toolkit counts as a coder too, called "storydiff". For a grid of units by coders, use
    `long.pivot(index="unit", columns="coder", values="code")`.

    Args:
        source: a `Validation`, for the coders' codes and the toolkit's on the same units; or, for the toolkit's codes
            alone, the `tracked` table or tables as `sample_decisions` takes them (a `Comparison`, several, a coverage
            table).
        values: "code" for yes, part or no (the toolkit's states verbatim, paraphrased and contested are yes; partial
            and altered are part); "carried" for yes or no.
        articles: as returned by `read_articles`; doc_id is then the article and not the outlet's version (if an outlet
            has several articles on a story, the first). A Comparison has its own articles.

    Returns:
        The table CODED: doc_id, unit, variable, coder, code (missing for unsure and undecided). What an article that
        was cut off does not tell has no row, unless it was tracked; then its code is missing.

    Raises:
        InputError: the source cannot be used, or a coder is called storydiff.
    """
    import pandas as pd

    from compare.validation.decisions import decisions_of
    from compare.validation.validated import Validation

    if values not in get_args(Codes):
        raise InputError(f"to_long: values is {values!r}; give one of {', '.join(get_args(Codes))}.")
    if isinstance(source, Validation):
        return _of_validation(source, values, articles)
    if isinstance(source, pd.DataFrame) and "article_id" in source:
        _check_tracked("to_long", source, ("story_id", "claim_id", "outlet", "state"))
        return CODED.frame(_of_toolkit(source.reset_index(drop=True), values, articles))
    decisions = decisions_of(source, parts=True)
    if articles is None and not isinstance(source, pd.DataFrame):
        parts = [source] if hasattr(source, "coverage") else list(source)
        own = [getattr(part, "articles", None) for part in parts]
        articles = pd.concat(own, ignore_index=True) if all(one is not None for one in own) else None
    return CODED.frame(_of_toolkit(decisions, values, articles))


def _check_tracked(caller: str, table: pd.DataFrame, needed: tuple[str, ...]) -> None:
    absent = [name for name in needed if name not in table.columns]
    if absent:
        raise InputError(f"{caller}: the table has no column {', '.join(absent)}; give what track_claims gives.")
    twice = table.loc[table.duplicated(["claim_id", "article_id"]), "article_id"].tolist()
    if twice:
        raise InputError(f"{caller}: a claim is judged twice for article {twice[0]}; keep one row of each.")


def _of_validation(validation: Validation, values: Codes, articles: pd.DataFrame | None) -> pd.DataFrame:
    import pandas as pd

    labels = validation.labels
    if TOOLKIT in set(labels["coder"]):
        raise InputError(f"to_long: a coder is called {TOOLKIT}, as the toolkit is; rename the coder.")
    coded = validation.decisions[validation.decisions["unit"].isin(labels["unit"])]
    ours = _of_toolkit(coded, values, articles)
    code = labels["code"].where(labels["code"].isin(list(CODED.columns[-1].values)))
    if values == "carried":
        code = code.isin(validation.carried).map({True: "yes", False: "no"}).where(code.notna())
    theirs = labels[["unit", "coder"]].assign(code=code)
    theirs = theirs.merge(ours[["doc_id", "unit", "variable"]], on="unit", how="left", validate="many_to_one")
    return CODED.frame(pd.concat([theirs, ours], ignore_index=True))


def _of_toolkit(decisions: pd.DataFrame, values: Codes, articles: pd.DataFrame | None) -> pd.DataFrame:
    documents = _documents(decisions, articles)
    code = decisions["state"].map(_CODE_OF)
    if values == "carried":
        code = code.replace("part", "yes")
    units = decisions["unit"] if "unit" in decisions else documents + "#" + decisions["claim_id"]
    return decisions[[]].assign(
        doc_id=documents, unit=units, variable=decisions["claim_id"], coder=TOOLKIT, code=code.astype("object")
    )


def _documents(decisions: pd.DataFrame, articles: pd.DataFrame | None) -> pd.Series:
    if "article_id" in decisions:
        return decisions["article_id"]
    outlets = decisions["outlet"]
    stories = decisions["story_id"].astype("str").fillna("")
    if articles is None:
        return (stories + "/" + outlets).where(stories != "", outlets)
    absent = [name for name in ("article_id", "story_id", "outlet") if name not in articles.columns]
    if absent:
        raise InputError(f"to_long: articles has no column {', '.join(absent)}; give what read_articles gives.")
    where = ["story_id", "outlet"] if (stories != "").any() else ["outlet"]
    first = articles.drop_duplicates(where).set_index(where)["article_id"]
    found = decisions[where].merge(first, left_on=where, right_index=True, how="left")["article_id"]
    if found.isna().any():
        row = decisions[found.isna().to_numpy()].iloc[0]
        raise InputError(
            f"to_long: there is no article of {row['outlet']} on story {row['story_id']}; give all articles."
        )
    return found


_YES_NO = {0: "no", 1: "yes"}
_CARRIED = {0: "omitted", 1: "carried"}  # the cells of to_wide

_SPSS_WORDS = frozenset("all and by eq ge gt le lt ne not or to with".split())
_STATA_WORDS = frozenset("byte double float if in int long strl using with".split())
_NO_NAME = re.compile(r"[^A-Za-z0-9_]")
_STATA_TYPE = re.compile(r"str\d+")


@dataclass(frozen=True)
class Program:
    """A statistics program and its rules for the names and labels of variables."""

    name: str
    reserved: frozenset[str]  # words that are no names, in lower case
    name_length: int
    label_length: int  # in bytes if `label_bytes`, else in characters
    label_bytes: bool
    text_bytes: int  # most bytes of text in a cell; 0 for no limit

    def names(self, columns: list[str]) -> list[str]:
        """Name the variables like the columns, in ASCII letters, digits and _; no two names differ only in case.

        A long name keeps its beginning and its end, which distinguish columns such as `claim_on_casualties_2`.
        """
        taken: set[str] = set()
        names = []
        for column in columns:
            name = _NO_NAME.sub("_", column)
            if not name[:1].isalpha():
                name = f"v_{name.lstrip('_')}"
            if name.lower() in self.reserved or (self.name == "Stata" and _STATA_TYPE.fullmatch(name)):
                name += "_"
            name = base = _shortened(name, self.name_length)
            number = 1
            while name.lower() in taken:
                number += 1
                name = f"{_shortened(base, self.name_length - len(str(number)) - 1)}_{number}"
            taken.add(name.lower())
            names.append(name)
        return names

    def label(self, text: str) -> tuple[str, bool]:
        """Return a label on one line, shortened if it is too long, and whether it is complete."""
        line = " ".join(text.replace("\0", "\ufffd").split())
        if self._size(line) <= self.label_length:
            return line, True
        kept = line
        while self._size(kept) > self.label_length - self._size("…"):
            kept = kept[:-1]
        return f"{kept}…", False

    def _size(self, text: str) -> int:
        return len(text.encode()) if self.label_bytes else len(text)


def _shortened(name: str, length: int) -> str:
    """Drop words from the middle of a name that is too long, or letters if a single word is too long."""
    if len(name) <= length:
        return name
    words, end = name.split("_"), ""
    while len(words[-1]) + 1 + len(end) <= length // 2:
        end = f"_{words.pop()}{end}"
    start, after = name[: length - len(end)], name[length - len(end)]
    whole = start if after == "_" else start.rpartition("_")[0]
    return (whole if len(whole) > len(start) // 2 else start) + end


_END_OF_STATA = b"</stata_dta>"
PROGRAMS = {
    ".sav": Program("SPSS", _SPSS_WORDS, 64, label_length=255, label_bytes=True, text_bytes=32_767),
    ".dta": Program("Stata", _STATA_WORDS, 32, label_length=80, label_bytes=False, text_bytes=0),
}


def write_labelled(table: pd.DataFrame, path: Path, labels: Mapping[str, str], known: Table | None) -> Path:
    """Write a .sav or .dta file; see `write_table`. `known` is the matching table of docs/tables.md, if any."""
    import pandas as pd

    try:
        import pyreadstat
    except ImportError as error:
        raise MissingExtraError(f"Writing {path.suffix.lower()}", "spss") from error
    from compare import __version__

    program, columns = PROGRAMS[path.suffix.lower()], _columns(table, known)
    if not columns:
        raise InputError(f"{path}: the table has no columns; there is nothing to write.")
    names = program.names([column.name for column in columns])
    cells: dict[str, pd.Series] = {}
    numbers: dict[str, ValueLabels] = {}
    for number, (name, column) in enumerate(zip(names, columns, strict=True)):
        cells[name], stands_for = _variable(table.iloc[:, number], column, program, path)
        if stands_for:
            numbers[name] = stands_for
    options: dict[str, Any] = {
        "file_label": f"storydiff {__version__}",
        "column_labels": _labels(names, columns, labels, program, path),
        "variable_value_labels": numbers,
    }
    if program.name == "SPSS":
        kinds = {name: "n" if name in numbers else values.dtype.kind for name, values in cells.items()}
        forms = {"i": "F8.0", "u": "F8.0", "n": "F8.0", "f": "F10.4"}
        options["variable_format"] = {name: forms[kind] for name, kind in kinds.items() if kind in forms}
        options["variable_measure"] = {name: "scale" if kind in "iufM" else "nominal" for name, kind in kinds.items()}
    form = path.suffix.lower().lstrip(".")
    write, read = (getattr(pyreadstat, f"{verb}_{form}") for verb in ("write", "read"))
    with whole_file(path) as temporary:
        try:
            write(pd.DataFrame(cells), temporary, **options)
            # The library says nothing of a disk that is full, so what it wrote is counted.
            rows = len(read(temporary, usecols=[names[0]])[0])
            whole = form != "dta" or temporary.read_bytes().endswith(_END_OF_STATA)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
            raise InputError(f"{path}: cannot be written for {program.name} ({error}); nothing was changed.") from error
        if rows != len(table) or not whole:
            raise InputError(f"{path}: cannot be written whole; free some space on the disk. Nothing was changed.")
    return path


def _columns(table: pd.DataFrame, known: Table | None) -> list[Column]:
    """Describe each column: one of a known table, a claim of a wide table, or one of the user's own."""
    names = [str(name) for name in table.columns]
    described = {column.name: column for column in known.columns} if known else {}
    if known is None and tuple(names[: len(UNIT)]) == UNIT:
        for number, name in enumerate(names[len(UNIT) :], len(UNIT)):
            values = STATES if _all_in(table.iloc[:, number], STATES) else ()
            described[name] = Column(name, TEXT, "", values=values)
    return [described.get(name, Column(name, TEXT, "")) for name in names]


def _few(column: Column) -> tuple[str, ...]:
    """Return the values of a column if each cell has one of a few values."""
    return () if column.several else tuple(column.values)


def _all_in(cells: pd.Series, values: Any) -> bool:
    return bool(cells.dropna().isin(list(values)).all())


def _variable(cells: pd.Series, column: Column, program: Program, path: Path) -> tuple[pd.Series, ValueLabels | None]:
    """Return the cells in the program's form and, if they are numbered values, the value labels."""
    import numpy as np
    import pandas as pd

    if (few := _few(column)) and _all_in(cells, few):
        numbers = {value: number for number, value in enumerate(few, start=1)}
        return cells.map(numbers).astype("float64"), {number: value for value, number in numbers.items()}
    if pd.api.types.is_bool_dtype(cells.dtype):
        return cells.astype("Int64").astype("float64"), _YES_NO
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        return (cells.dt.tz_convert("UTC").dt.tz_localize(None) if cells.dt.tz is not None else cells), None
    if pd.api.types.is_numeric_dtype(cells.dtype):
        numbers_only = cells.astype("float64") if cells.hasnans or cells.dtype.kind == "f" else cells.astype("int64")
        if np.isinf(numbers_only).any():
            raise InputError(f"{path}: column {column.name} has an infinite number, which {program.name} cannot store.")
        of_claim = column.dtype == TEXT and not column.meaning and str(cells.dtype) == "Int64"
        return numbers_only, _CARRIED if of_claim and _all_in(cells, _CARRIED) else None
    return _text(cells, column, program, path), None


def _text(cells: pd.Series, column: Column, program: Program, path: Path) -> pd.Series:
    """Return text cells with missing as empty text: neither program distinguishes the two."""
    texts = cells.astype("object").map(str, na_action="ignore").astype("object").fillna("")
    if _few(column):
        warn(f"{path}: column {column.name} holds what is none of its values; it is written as text without labels.")
    if texts.str.contains("\0", regex=False).any():
        warn(f"{path}: column {column.name} holds NUL characters, which end a text; they are written as \ufffd.")
        texts = texts.str.replace("\0", "\ufffd", regex=False)
    longest = max((len(text.encode()) for text in texts), default=0)
    if program.text_bytes and longest > program.text_bytes:
        raise InputError(
            f"{path}: column {column.name} holds a text of {longest:,} bytes, and {program.name} takes "
            f"{program.text_bytes:,}; leave the column out, or write .dta or .parquet."
        )
    return texts


def _labels(
    names: list[str], columns: list[Column], given: Mapping[str, str], program: Program, path: Path
) -> dict[str, str]:
    """Return the variables' labels, and warn of names and labels that had to change."""
    labels, renamed, cut = {}, [], []
    for name, column in zip(names, columns, strict=True):
        meaning = given.get(column.name) or column.meaning
        with_unit = f"{meaning} ({column.unit})"
        if column.unit and program.label(with_unit)[1]:
            meaning = with_unit
        if name != column.name:
            renamed.append(f"{column.name!r} is {name}")
            meaning = f"{column.name}: {meaning}" if meaning else column.name
        labels[name], whole = program.label(meaning)
        if not whole:
            cut.append(name)
    if renamed:
        warn(
            f"{path}: {program.name} does not take every column's name: {_some(renamed)}; "
            "the variable's label begins with the column's name."
        )
    if cut:
        unit = "bytes" if program.label_bytes else "characters"
        warn(
            f"{path}: {program.name} takes {program.label_length} {unit} of a label, so the labels of {_some(cut)} "
            "end in '…'; docs/tables.md has the columns' meanings whole."
        )
    return labels


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
