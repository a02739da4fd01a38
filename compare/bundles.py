"""Read a data set as a Comparison or a Corpus, and check its files, its statistics and its analysis."""

from __future__ import annotations

import shutil
import tempfile
import warnings
import weakref
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.comparison import Comparison
from compare.corpus.store import RunManifest, begin_run, parts_of, write_part
from compare.errors import InputError, InputWarning, count
from compare.export.bundle import corpus_contents, statistics, story_contents, validation_tables, withheld_of
from compare.export.checks import FROM_ARTICLES, Reproduction, check_row, check_statistics, check_tables
from compare.export.manifest import LINK, check_files, others, parquet_path, problems, read_manifest
from compare.export.read import BundleRows, original_boilerplate, original_records, read_table, validation_of
from compare.matching.reader import AbsentReader, class_name, recorded_reader
from compare.progress import progress
from compare.reading.articles import read_articles
from compare.runs import compare_corpus, open_run
from compare.settings import Settings
from compare.stories import Corpus
from compare.story import compare_story
from compare.tables import ARTICLES, BOILERPLATE, CHECKS, OUTLET_STORIES, STORY_TABLES, WORDINGS, broken_reference

if TYPE_CHECKING:
    import os

    import pandas as pd

    from compare.export.bundle import Contents
    from compare.export.manifest import Manifest
    from compare.export.withhold import Withheld
    from compare.language.vectors import Encoder
    from compare.matching.reader import Chosen, Recorded


def read_bundle(
    folder: str | os.PathLike[str], *, encoder: Encoder | None = None, reader: Chosen | Recorded = "recorded"
) -> Comparison | Corpus:
    """Read a data set written by `Comparison.export`, `Corpus.export` or `storydiff export`.

    Every file that is read is checked against its SHA-256. In a data set without text, the withheld columns are missing
    in every row, and their fingerprints are in columns after the others.

    Args:
        folder: the data set.
        encoder: the encoder that it was made with, if it was one of your own and you want to `track`.
        reader: the reader for `track`. "recorded" is the one that it was made with, if that is the shipped one or none;
            a reader of your own must be given. None uses words alone.

    Returns:
        A `Comparison` of one story, or a `Corpus` (with its validation, if coders' labels are part of it).

    Raises:
        InputError: it is not a data set of this version's format, or a file of it is missing, truncated or edited.
    """
    path = Path(folder)
    manifest = read_manifest(path)
    check_files(path, manifest, [*map(parquet_path, manifest.tables), "settings.toml"])
    if manifest.kind == "story":
        return _story(path, manifest, encoder, reader)
    corpus = _corpus(path, manifest, encoder, reader)
    validation = validation_of(path, manifest)
    return corpus if validation is None else corpus.with_validation(validation)


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
    """Check every file of a data set, compute it again, and list the differences.

    With the articles (they are in the data set if it has the text; otherwise give them), every table is computed again,
    and with the same version of storydiff every byte should be the same. Without them, only results derived from the
    tables are computed: rates, differences and the figures of validation.

    Args:
        bundle: the data set's folder.
        articles: whatever `read_articles` reads: at least the articles of the data set; others do no harm.
        key: the file with the key of the fingerprints, for a data set without text; if None, it is looked for beside
            the folder and in it.
        codebook: the codebook whose claims a story's data set without text has; as `compare_story` takes it.
        encoder: the encoder that it was made with, if it was one of the author's own.
        reader: the reader that it was made with, if that was one of the author's own.
        workers: how many processes; one for each story in progress.

    Returns:
        A `Reproduction`.

    Raises:
        InputError: it is not a data set of this version's format, or articles or key cannot be read.
    """
    folder = Path(bundle)
    manifest = read_manifest(folder)
    broken = problems(folder, manifest)
    for path, what in broken.items():
        if what == LINK:
            raise InputError(f"{folder / path}: {LINK}; do not trust this data set.")
    rows = [check_row(path, "differs", what) for path, what in broken.items()]
    rows += [check_row(path, "not checked", "is not part of the data set") for path in others(folder, manifest)]
    if not broken:
        rows.append(check_row(count(len(manifest.files), "file"), "same", "every SHA-256 is as it was written"))
    rows += check_statistics(folder, manifest, lambda: _statistics(folder, manifest))
    withheld = withheld_of(folder, manifest, key)
    if manifest.text == "none" and (withheld is None or articles is None):
        need = "the articles" if withheld else "the articles and the authors' key"
    else:
        try:
            anew = _rerun(folder, manifest, withheld, articles, codebook, encoder, reader, workers)
            return Reproduction(CHECKS.frame([*rows, *check_tables(folder, manifest, anew, withheld)]))
        except InputError as error:
            need = "the articles as they were"
            rows.append(check_row("articles", "differs" if articles is not None else "not checked", str(error)))
    unchecked = [name for name in manifest.tables if name in FROM_ARTICLES]
    rows += [check_row(f"table {name}", "not checked", f"needs {need}") for name in unchecked]
    return Reproduction(CHECKS.frame(rows))


def _statistics(folder: Path, manifest: Manifest) -> dict[str, pd.DataFrame]:
    """Compute the results that are derived from the data set's own tables."""
    validation = validation_of(folder, manifest)
    if manifest.kind == "story":
        return validation_tables(validation)
    # With only the counts, the corpus can compute statistics but cannot read a story.
    corpus = Corpus(folder, RunManifest(**manifest.run), Settings.read(folder / "settings.toml"))
    corpus.__dict__["outlet_stories"] = read_table(folder, manifest, OUTLET_STORIES)
    if validation is not None:
        corpus = replace(corpus, validation=validation, unvalidated=corpus)
    return {**statistics(corpus), **validation_tables(validation)}


def _story(
    folder: Path, manifest: Manifest, encoder: Encoder | None = None, reader: Chosen | Recorded = None
) -> Comparison:
    """Read the story of a bundle that has one, without checking its files."""
    tables: dict[str, Any] = {table.name: read_table(folder, manifest, table) for table in STORY_TABLES}
    _check_references(folder, tables)
    return Comparison(
        story_id=manifest.run["story_id"],
        **tables,
        settings=Settings.read(folder / "settings.toml"),
        encoder=encoder,
        reader=recorded_reader(manifest.run["reader"], reader),
        reader_name=manifest.run["reader"],
        boilerplate=read_table(folder, manifest, BOILERPLATE) if BOILERPLATE.name in manifest.tables else None,
        wordings=read_table(folder, manifest, WORDINGS) if WORDINGS.name in manifest.tables else None,
    )


def _check_references(folder: Path, tables: dict[str, pd.DataFrame]) -> None:
    if flaw := broken_reference(tables):
        raise InputError(f"{folder}: {flaw}; download the bundle again.")


def _corpus(folder: Path, manifest: Manifest, encoder: Encoder | None, reader: Chosen | Recorded) -> Corpus:
    """Write the stories to a temporary run folder, which is deleted together with the corpus."""
    # The parts are named here, not by the bundle, because a name from outside may lead anywhere.
    run = RunManifest(**{**manifest.run, "stories": parts_of(list(manifest.run["stories"]))})
    room = Path(tempfile.mkdtemp(prefix="storydiff-"))
    try:
        begin_run(room, run, Settings.read(folder / "settings.toml"), read_table(folder, manifest, BOILERPLATE))
        # The counts are copied too: without text, speakers are withheld, and counts cannot be computed again.
        rows = {table.name: BundleRows(folder, manifest, table) for table in (*STORY_TABLES, OUTLET_STORIES)}
        stories = [story for story in run.stories if story not in run.failed]
        each = progress(stories, total=len(stories), unit="stories")
        for part, own in groupby(each, run.stories.__getitem__):
            there = {}
            for story in own:
                tables = {name: of_table.take(story) for name, of_table in rows.items()}
                _check_references(folder, tables)
                if not tables[ARTICLES.name].empty:  # otherwise the run was stopped before this story
                    there[story] = tables
            if there:
                write_part(room, part, there, {})
        corpus = open_run(room, encoder=encoder, reader=reader)
    except BaseException:
        shutil.rmtree(room, ignore_errors=True)
        raise
    weakref.finalize(corpus, shutil.rmtree, room, ignore_errors=True)
    return corpus


def _rerun(  # noqa: PLR0913, PLR0917 - all that an analysis depends on
    folder: Path,
    manifest: Manifest,
    withheld: Withheld | None,
    articles: Any,
    codebook: Any,
    encoder: Encoder | None,
    reader: Chosen | Recorded,
    workers: int,
) -> Contents:
    """Compare the articles of a bundle again, with its settings, and return the results without statistics.

    If the bundle has the text, `articles` and `codebook` may be None. Raises an `InputError` if articles are missing or
    have a different text, or if the codebook, or an encoder or reader of the author's own, is missing.
    """
    recorded = manifest.run.get("reader")
    reader = recorded_reader(recorded, reader)
    if reader == "small" and class_name(reader) != recorded:
        raise InputError(
            f"was made with the reader {recorded}, and this storydiff has {class_name(reader)}; "
            "install the one that made it."
        )
    own_reader = None if isinstance(reader, AbsentReader) else reader
    for name, own in (("encoder", encoder), ("reader", own_reader)):
        if manifest.run.get(name) and own is None:
            raise InputError(f"was made with the {name} {manifest.run[name]}; give it: reproduce(..., {name}=...)")
    there = read_table(folder, manifest, ARTICLES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", InputWarning)  # the authors have seen them
        given = there if articles is None else read_articles(articles)
        records = original_records(there, given, withheld)
        options: dict[str, Any] = {
            "settings": Settings.read(folder / "settings.toml"),
            "encoder": encoder,
            "reader": reader,
            "boilerplate": original_boilerplate(folder, manifest, given, withheld),
        }
        if manifest.kind == "story":
            if WORDINGS.name in manifest.tables and codebook is None:
                if withheld is not None:
                    raise InputError(
                        "was made with a codebook, whose words are withheld; give it, too: codebook=, or --codebook"
                    )
                codebook = _story(folder, manifest).codebook()
            # A story's boilerplate was given, not computed.
            return replace(story_contents(compare_story(records, codebook=codebook, **options), None), single={})
        if workers > 1:
            options |= {"engine": "processes", "workers": workers}
        anew = corpus_contents(compare_corpus(records, **options, seed=manifest.run["seed"]), None)
    return replace(anew, single={name: anew.single[name] for name in (BOILERPLATE.name, OUTLET_STORIES.name)})
