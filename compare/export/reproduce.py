"""Is a bundle what it says? Its files, its statistics and, from the articles, every table."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import compare
from compare.errors import InputError, StorydiffError, count
from compare.export.bundle import KEY_FILE, key_path, write_tables
from compare.export.contents import SINGLE_TABLES, statistics, validation_tables
from compare.export.differ import differences
from compare.export.manifest import CHANGED, LINK, csv_path, file_of, others, parquet_path, problems, read_manifest
from compare.export.metadata import DATASHEET
from compare.export.read import counted_corpus, read_table, validation_of
from compare.export.rerun import recomputed, rerun
from compare.export.withhold import Withheld, read_key
from compare.tables import BOILERPLATE, CHECKS, LABELS, OUTLET_STORIES, SAMPLED, STORY_TABLES, WORDINGS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    import pandas as pd

    from compare.export.contents import Contents
    from compare.export.manifest import Manifest
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen, Recorded
    from compare.tables import Table

_FROM_ARTICLES = {table.name for table in (*STORY_TABLES, BOILERPLATE, OUTLET_STORIES)}


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
    links = [path for path, what in broken.items() if what == LINK]
    if links:
        raise InputError(f"{folder / links[0]}: {LINK}; do not trust this bundle.")
    # A datasheet asks to be filled in.
    rows = [
        _row(path, "not checked" if path == DATASHEET and what == CHANGED else "differs", what)
        for path, what in broken.items()
    ]
    rows += [_row(path, "not checked", "is no part of the data set") for path in others(folder, manifest)]
    if not broken:
        rows.append(_row(f"{len(manifest.files)} files", "same", "every SHA-256 is as it was written"))
    rows += _check_statistics(folder, manifest)
    withheld = _withheld(folder, manifest, key)
    rows += _check_tables(
        folder,
        manifest,
        withheld,
        articles,
        partial(rerun, codebook=codebook, encoder=encoder, reader=reader, workers=workers),
    )
    return Reproduction(CHECKS.frame(rows))


def _row(what: str, result: str, detail: str) -> dict[str, str]:
    return {"what": what, "result": result, "detail": detail}


def _withheld(folder: Path, manifest: Manifest, key: str | os.PathLike[str] | None) -> Withheld | None:
    """Find the key of a bundle without text; None where there is none, or nothing is withheld."""
    if manifest.text == "full":
        return None
    if key is not None:
        withheld = Withheld(read_key(Path(key)), manifest.claim_words)
        if withheld.key_id != manifest.key:
            raise InputError(f"{key}: is the key of another data set; ask the authors for the key of {folder}.")
        return withheld
    for path in (folder / KEY_FILE, key_path(folder)):
        if path.is_file() and not path.is_symlink():
            withheld = Withheld(read_key(path), manifest.claim_words)
            if withheld.key_id == manifest.key:
                return withheld
    return None


def _check_statistics(folder: Path, manifest: Manifest) -> list[dict[str, str]]:
    """Compute anew what is computed from the data set's own tables."""
    try:
        if manifest.kind == "corpus":
            corpus = counted_corpus(folder, manifest)
            found = {**statistics(corpus), **validation_tables(corpus.validation)}
        else:
            found = validation_tables(validation_of(folder, manifest))
    except (StorydiffError, KeyError, ValueError) as error:
        return [_row("statistics", "differs", f"cannot be computed: {error}")]
    return [
        _compared(folder, manifest, SINGLE_TABLES[name], frame)
        for name, frame in found.items()
        if name not in {SAMPLED.name, LABELS.name}
    ]


def _compared(folder: Path, manifest: Manifest, table: Table, frame: pd.DataFrame) -> dict[str, str]:
    """Compare a table of statistics with itself computed anew."""
    try:
        there = read_table(folder, manifest, table)
    except InputError as error:
        return _row(f"table {table.name}", "differs", str(error))
    found = differences(table, there, table.frame(frame))
    if found:
        return _row(f"table {table.name}", "differs", "; ".join(found))
    return _row(f"table {table.name}", "same", "computed anew from the tables")


def _check_tables(
    folder: Path, manifest: Manifest, withheld: Withheld | None, articles: Any, run: Callable[..., Contents]
) -> list[dict[str, str]]:
    """Compute anew what comes of the articles."""
    need = ""
    rows = []
    if manifest.text == "none" and (withheld is None or articles is None):
        need = "the articles" if withheld else "the articles and the authors' key"
    else:
        try:
            return _compare_tables(folder, manifest, recomputed(run(folder, manifest, withheld, articles)), withheld)
        except InputError as error:
            need, wrong = "the articles as they were", "differs" if articles is not None else "not checked"
            rows = [_row("articles", wrong, str(error))]
    unchecked = [name for name in manifest.tables if name in _FROM_ARTICLES]
    return rows + [_row(f"table {name}", "not checked", f"needs {need}") for name in unchecked]


def _compare_tables(
    folder: Path, manifest: Manifest, contents: Contents, withheld: Withheld | None
) -> list[dict[str, str]]:
    """Write the tables that come of the articles anew, and compare their bytes; where these differ, the cells."""
    import pandas as pd

    given = (BOILERPLATE.name, WORDINGS.name) if contents.kind == "story" else ()
    rows = [
        _row(f"table {name}", "not checked", "was given by the authors, and not computed")
        for name in given
        if name in manifest.tables
    ]
    with tempfile.TemporaryDirectory(prefix="storydiff-") as room:
        for table, _ in write_tables(contents, Path(room), withheld):
            what, path = f"table {table.name}", parquet_path(table.name)
            unequal = [name for name in (path, csv_path(table.name)) if not _equal(folder, Path(room), name)]
            if not unequal:
                rows.append(_row(what, "same", "computed anew from the articles, byte for byte"))
                continue
            try:
                there = pd.read_parquet(folder / path)
            except (OSError, ValueError):
                rows.append(_row(what, "differs", f"{path} cannot be read"))
                continue
            found = differences(table, there, pd.read_parquet(Path(room) / path)) if path in unequal else []
            if path not in unequal:
                found = [f"{unequal[0]} is not what {path} is"]
            if found:
                rows.append(_row(what, "differs", "; ".join(found)))
            else:
                made = (
                    ""
                    if manifest.storydiff == compare.__version__
                    else f"; it was made by storydiff {manifest.storydiff}"
                )
                rows.append(_row(what, "same", f"every cell; the bytes differ, as other versions write them{made}"))
    return rows


def _equal(folder: Path, other: Path, path: str) -> bool:
    try:
        return file_of(folder, path).sha256 == file_of(other, path).sha256
    except OSError:
        return False
