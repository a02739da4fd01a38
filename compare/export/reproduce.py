"""Is a bundle what it says? Its files, its statistics and, from the articles, every table."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import compare
from compare.errors import InputError, StorydiffError, count
from compare.export.bundle import KEY_FILE, key_path, write_tables
from compare.export.contents import SINGLE_TABLES, statistics, validation_tables
from compare.export.manifest import LINK, csv_path, file_of, others, parquet_path, problems, read_manifest
from compare.export.read import counted_corpus, read_table, validation_of
from compare.export.rerun import rerun
from compare.export.withhold import Withheld, read_key
from compare.tables import BOILERPLATE, CHECKS, LABELS, OUTLET_STORIES, SAMPLED, STORY_TABLES, WORDINGS

if TYPE_CHECKING:
    import os

    import pandas as pd

    from compare.export.contents import Contents
    from compare.export.manifest import Manifest
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen, Recorded
    from compare.tables import Table

    Row = dict[str, str]

_FROM_ARTICLES = {table.name for table in (*STORY_TABLES, BOILERPLATE, OUTLET_STORIES)}
_SHOWN = 5  # differences of a table that are told one by one


@dataclass(frozen=True, eq=False)
class Reproduction:
    """What came of checking a bundle.

    Attributes:
        checks: the CHECKS table: a row per file that is not as it was written, and per table.
    """

    checks: pd.DataFrame

    @property
    def ok(self) -> bool:
        """Whether nothing differs; what could not be checked does not count."""
        return not (self.checks["result"] == "differs").any()

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        results = self.checks["result"]
        same, left = int((results == "same").sum()), int((results == "not checked").sum())
        if not self.ok:
            bad = self.checks.loc[results == "differs", "what"]
            return f"not reproduced: {count(len(bad), 'check')} failed ({', '.join(bad)})"
        rest = f"; {left} not checked" if left else ""
        return f"reproduced: {count(same, 'check')} passed{rest}"


def reproduce(  # noqa: PLR0913 - each but the bundle is optional and named
    bundle: str | os.PathLike[str],
    articles: Any = None,
    *,
    key: str | os.PathLike[str] | None = None,
    codebook: Any = None,
    encoder: Encoder | None = None,
    reader: Chosen | Recorded = "recorded",
    workers: int = 1,
) -> Reproduction:
    """Check every file of a data set, compute it anew, and say exactly what differs.

    With the articles (they are in the data set if it has the text; else give them) every table is computed anew, and
    with the same version of storydiff every byte should be the same. Without them, what is computed from the tables is:
    rates, differences and the figures of validation.

    Args:
        bundle: the data set's folder.
        articles: whatever `read_articles` reads: at least the articles of the data set; others do no harm.
        key: the file with the key of the fingerprints, for a data set without text; if None it is looked for beside
            the folder and in it.
        codebook: the codebook whose claims a story's data set without text has; as `compare_story` takes it.
        encoder: the encoder that it was made with, if it was one of the author's own.
        reader: the reader that it was made with, if that was one of the author's own.
        workers: how many processes; one for each story at work.

    Returns:
        A `Reproduction`.

    Raises:
        InputError: it is no data set of this version's format, or articles or key cannot be read.
    """
    folder = Path(bundle)
    manifest = read_manifest(folder)
    broken = problems(folder, manifest)
    for path, what in broken.items():
        if what == LINK:
            raise InputError(f"{folder / path}: {LINK}; do not trust this bundle.")
    rows = [_row(path, "differs", what) for path, what in broken.items()]
    rows += [_row(path, "not checked", "is no part of the data set") for path in others(folder, manifest)]
    if not broken:
        rows.append(_row(f"{len(manifest.files)} files", "same", "every SHA-256 is as it was written"))
    rows += _check_statistics(folder, manifest)
    withheld = _withheld(folder, manifest, key)
    if manifest.text == "none" and (withheld is None or articles is None):
        need = "the articles" if withheld else "the articles and the authors' key"
    else:
        try:
            anew = rerun(folder, manifest, withheld, articles, codebook, encoder, reader, workers)
            return Reproduction(CHECKS.frame([*rows, *_check_tables(folder, manifest, anew, withheld)]))
        except InputError as error:
            need = "the articles as they were"
            rows.append(_row("articles", "differs" if articles is not None else "not checked", str(error)))
    unchecked = [name for name in manifest.tables if name in _FROM_ARTICLES]
    rows += [_row(f"table {name}", "not checked", f"needs {need}") for name in unchecked]
    return Reproduction(CHECKS.frame(rows))


def _row(what: str, result: str, detail: str) -> Row:
    return {"what": what, "result": result, "detail": detail}


def _withheld(folder: Path, manifest: Manifest, key: str | os.PathLike[str] | None) -> Withheld | None:
    """Find the key of a bundle without text; None where there is none, or nothing is withheld."""
    if manifest.text == "full":
        return None
    beside = [path for path in (folder / KEY_FILE, key_path(folder)) if path.is_file() and not path.is_symlink()]
    for path in beside if key is None else [Path(key)]:
        withheld = Withheld(read_key(path))
        if withheld.key_id == manifest.key:
            return withheld
        if key is not None:
            raise InputError(f"{key}: is the key of another data set; ask the authors for the key of {folder}.")
    return None


def _check_statistics(folder: Path, manifest: Manifest) -> list[Row]:
    """Compute anew what is computed from the data set's own tables."""
    try:
        if manifest.kind == "corpus":
            corpus = counted_corpus(folder, manifest)
            found = {**statistics(corpus), **validation_tables(corpus.validation)}
        else:
            found = validation_tables(validation_of(folder, manifest))
    except (StorydiffError, KeyError, ValueError) as error:
        return [_row("statistics", "differs", f"cannot be computed: {error}")]
    rows = []
    for name, frame in found.items():
        if name in {SAMPLED.name, LABELS.name}:
            continue
        table = SINGLE_TABLES[name]
        try:
            unequal = "; ".join(_differences(table, read_table(folder, manifest, table), table.frame(frame)))
        except InputError as error:
            unequal = str(error)
        detail = unequal or "computed anew from the tables"
        rows.append(_row(f"table {name}", "differs" if unequal else "same", detail))
    return rows


def _check_tables(folder: Path, manifest: Manifest, contents: Contents, withheld: Withheld | None) -> list[Row]:
    """Write the tables that come of the articles anew, and compare their bytes; where these differ, the cells."""
    import pandas as pd

    given = (BOILERPLATE.name, WORDINGS.name) if contents.kind == "story" else ()
    rows = [
        _row(f"table {name}", "not checked", "was given by the authors, and not computed")
        for name in given
        if name in manifest.tables
    ]
    same_version = manifest.storydiff == compare.__version__
    made = "" if same_version else f"; it was made by storydiff {manifest.storydiff}"
    with tempfile.TemporaryDirectory(prefix="storydiff-") as room:
        for table, _ in write_tables(contents, Path(room), withheld):
            path = parquet_path(table.name)
            unequal = [name for name in (path, csv_path(table.name)) if not _equal(folder, Path(room), name)]
            result, detail = "same", "computed anew from the articles, byte for byte"
            if unequal and path not in unequal:
                result, detail = "differs", f"{unequal[0]} is not what {path} is"
            elif unequal:
                try:
                    there = pd.read_parquet(folder / path)
                    found = _differences(table, there, pd.read_parquet(Path(room) / path))
                except (OSError, ValueError):
                    found = [f"{path} cannot be read"]
                result = "differs" if found else "same"
                detail = "; ".join(found) or f"every cell; the bytes differ, as other versions write them{made}"
            rows.append(_row(f"table {table.name}", result, detail))
    return rows


def _equal(folder: Path, other: Path, path: str) -> bool:
    try:
        return file_of(folder, path).sha256 == file_of(other, path).sha256
    except OSError:
        return False


def _differences(table: Table, there: pd.DataFrame, here: pd.DataFrame) -> list[str]:
    """Say cell by cell what differs between a table of a bundle and the same computed anew: a few, and how many."""
    if list(there.columns) != list(here.columns):
        return [f"its columns are {', '.join(there.columns)}, and should be {', '.join(here.columns)}"]
    left, right = _keyed(table, there), _keyed(table, here)
    if not left.index.is_unique or not right.index.is_unique:
        return [f"rows have the same {', '.join(table.key)}: it has {len(there):,} rows, and should have {len(here):,}"]
    named = f"{' · '.join(table.key)} "
    both = left.index.intersection(right.index, sort=False)
    found = [f"{named}{row} is not in the data set" for row in right.index.difference(left.index)]
    found += [f"{named}{row} should not be there" for row in left.index.difference(right.index)]
    for column in left.columns:
        a, b = left.loc[both, column], right.loc[both, column]
        unequal = ~((a == b).fillna(False) | (a.isna() & b.isna())).to_numpy(bool)
        found += [
            f"{named}{row}: {column} is {_shown(a.loc[row])}, computed anew {_shown(b.loc[row])}"
            for row in both[unequal]
        ]
    if not found and not left.index.equals(right.index):
        found = ["its rows stand in another order"]
    more = len(found) - _SHOWN
    return found[:_SHOWN] + ([f"and {count(more, 'more difference')}"] if more > 0 else [])


def _keyed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    # As text: a missing part of a key is equal to itself, and every row has a name to be told by.
    labels = frame[list(table.key)].astype("str").fillna("missing")
    return frame.set_index(labels.agg(" · ".join, axis=1) if len(table.key) > 1 else labels[table.key[0]])


def _shown(value: Any) -> str:
    import pandas as pd

    if pd.isna(value):
        return "missing"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
