"""A data set for sharing: tables as Parquet and CSV, and all that others need to find, cite and check it.

BUNDLE/data/NAME.parquet     every table
BUNDLE/csv/NAME.csv          the same
BUNDLE/dictionary.csv        every column, its type, unit and meaning
BUNDLE/settings.toml         the settings
BUNDLE/storydiff.json        the manifest, with the SHA-256 of every file
BUNDLE/key.txt               the key of the fingerprints, if it is published
BUNDLE/README.md, ...        metadata; see `compare.export.metadata`
"""

from __future__ import annotations

import datetime
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from compare import __version__
from compare.errors import InputError, count
from compare.export.about import About, given_about
from compare.export.description import Description
from compare.export.manifest import (
    MANIFEST,
    Manifest,
    Text,
    csv_path,
    environment,
    file_of,
    is_bundle,
    others,
    parquet_path,
    read_manifest,
)
from compare.export.metadata import METADATA_FILES, metadata_files
from compare.export.withhold import Withheld, key_text, new_key, read_key
from compare.saving import whole_file, whole_folder, write_csv
from compare.tables import (
    ACCURACY,
    AGREEMENT,
    BOILERPLATE,
    CALIBRATION,
    CORRECTED_DIFFERENCES,
    CORRECTED_RATES,
    DIFFERENCES,
    LABELS,
    OUTLET_STORIES,
    OUTLETS,
    RATES,
    SAMPLED,
    STORY_TABLES,
    WORDINGS,
    Table,
    data_dictionary,
    of_stories,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    import pandas as pd

    from compare.asked import ComparedStory
    from compare.corpus.results import ComparedStories
    from compare.settings import Settings
    from compare.validation.validated import Validation

    Tables = dict[str, pd.DataFrame]

_SINGLE = (BOILERPLATE, WORDINGS, OUTLET_STORIES, OUTLETS, RATES, DIFFERENCES)
_OF_CODERS = (SAMPLED, LABELS, AGREEMENT, ACCURACY, CALIBRATION, CORRECTED_RATES, CORRECTED_DIFFERENCES)
SINGLE_TABLES = {table.name: table for table in (*_SINGLE, *_OF_CODERS)}


@dataclass(frozen=True)
class Contents:
    """Everything that goes into a bundle, before anything is withheld."""

    kind: Literal["story", "corpus"]
    stories: tuple[str, ...]  # their ids, in the order of the articles
    run: dict[str, Any]  # what `reproduce` needs besides settings and articles
    settings: Settings
    story_tables: tuple[Table, ...]  # those with rows of every story
    each: Callable[[], Iterator[Tables]]  # these tables in parts, in the order of the stories
    single: Tables  # the other tables by name
    validation: Validation | None
    counted: Callable[[Validation], Tables]  # the statistics recomputed from other labels


def corpus_contents(corpus: ComparedStories, validation: Validation | None) -> Contents:
    """Collect the contents of a bundle of many stories."""
    if validation is not None:
        corpus = corpus.with_validation(validation)

    def counted(labels: Validation) -> Tables:
        return statistics(replace(corpus, validation=labels, unvalidated=corpus.unvalidated or corpus))

    return Contents(
        kind="corpus",
        stories=tuple(corpus.stories),
        run=corpus.manifest.shared(),
        settings=corpus.settings,
        story_tables=tuple(map(of_stories, STORY_TABLES)),
        each=corpus.in_parts,
        single={
            BOILERPLATE.name: _lines(corpus.boilerplate),
            OUTLET_STORIES.name: corpus.outlet_stories,
            **statistics(corpus),
            **validation_tables(corpus.validation),
        },
        validation=corpus.validation,
        counted=counted,
    )


def story_contents(story: ComparedStory, validation: Validation | None) -> Contents:
    """Collect the contents of a bundle of one story."""
    if validation is not None:
        from compare.validation.record import check_drawn_from

        check_drawn_from(validation, story, or_from_more=True)
    tables = story.tables
    given = {} if story.boilerplate is None else {BOILERPLATE.name: _lines(story.boilerplate)}
    if story.wordings is not None:
        given[WORDINGS.name] = story.wordings
    return Contents(
        kind="story",
        stories=(story.story_id,),
        run={"story_id": story.story_id, "encoder": story.encoder_name, "reader": story.reader_name},
        settings=story.settings,
        story_tables=STORY_TABLES,
        each=lambda: iter([tables]),
        single=given | validation_tables(validation),
        validation=validation,
        counted=lambda _: {},
    )


def without_words(contents: Contents, withheld: Withheld) -> Contents:
    """Compute the tables that depend on coders' labels as users of a data set without text will compute them."""
    if contents.validation is None:
        return contents
    plain, keyed = withheld.validation(contents.validation)
    found = {**validation_tables(keyed), SAMPLED.name: plain.decisions, LABELS.name: plain.labels}
    found |= contents.counted(keyed)
    tables = {name: SINGLE_TABLES[name].frame(frame) for name, frame in found.items()}
    return replace(contents, single={**contents.single, **tables}, validation=keyed)


def statistics(corpus: ComparedStories) -> Tables:
    """Compute the tables that depend on the counts of OUTLET_STORIES, and on labels if there are any."""
    found = {OUTLETS.name: corpus.outlets, RATES.name: corpus.rates}
    if len(corpus.outlet_stories["outlet"].unique()) > 1:
        found[DIFFERENCES.name] = corpus.differences()
    return found


def validation_tables(validation: Validation | None) -> Tables:
    """Return the coders' labels and the tables computed from them; nothing without a validation."""
    if validation is None:
        return {}
    from compare.validation.validated import corrected_differences, corrected_rates

    found = {
        SAMPLED.name: validation.decisions,
        LABELS.name: validation.labels,
        AGREEMENT.name: validation.agreement(),
        ACCURACY.name: validation.accuracy(),
        CALIBRATION.name: validation.calibration(),
        CORRECTED_RATES.name: corrected_rates(validation),
    }
    if len(validation.decisions["outlet"].unique()) > 1:
        found[CORRECTED_DIFFERENCES.name] = corrected_differences(validation)
    return {name: SINGLE_TABLES[name].frame(frame) for name, frame in found.items()}


def _lines(boilerplate: pd.DataFrame) -> pd.DataFrame:
    """Return the boilerplate with all columns; a table of the user's own may have only outlet and line."""
    absent = {name: 0 for name in ("articles", "stories") if name not in boilerplate}
    return BOILERPLATE.frame(boilerplate.assign(**absent))


KEY_FILE = "key.txt"
# Rows and bytes to collect before writing: many row groups of a few rows make a file large and slow to read.
_ROWS, _BYTES = 50_000, 8_000_000


def write_bundle(  # noqa: PLR0913 - all but the contents and the folder are optional and named
    gather: Callable[[], Contents],
    folder: str | os.PathLike[str],
    *,
    text: Text = "none",
    key: str | os.PathLike[str] | None = None,
    publish_key: bool = False,
    about: About | str | os.PathLike[str] | None = None,
    force: bool = False,
) -> Path:
    """Write a bundle, whole or not at all, and return its folder; see `Comparison.export`.

    The contents are collected only after all other checks have passed.
    """
    if text not in get_args(Text):
        raise InputError(f"text is {text!r}; give full or none.")
    if text == "full" and (key is not None or publish_key):
        named = "key" if key is not None else "publish_key"
        raise InputError(f"{named} is for data sets without text; one with the text withholds nothing.")
    target, said = Path(folder), given_about(about)
    replaced = replaceable(target, force)
    contents, withheld = gather(), None
    path = key_path(target) if key is None else Path(key)
    there = key is not None or path.exists()
    if text == "none":
        withheld = Withheld(read_key(path) if there else new_key())
        contents = without_words(contents, withheld)
    with whole_folder(target, replaced) as new:
        tables = write_tables(contents, new, withheld)
        write_csv(data_dictionary(table for table, _ in tables), new / "dictionary.csv")
        (new / "settings.toml").write_text(contents.settings.to_toml(), encoding="utf-8")
        if withheld is not None and publish_key:
            (new / KEY_FILE).write_text(key_text(withheld.key), encoding="ascii")
        paths = {path.relative_to(new).as_posix(): path for path in new.rglob("*") if path.is_file()}
        files = tuple(file_of(new, name, paths[name].stem if "/" in name else "") for name in sorted(paths))
        description = _description(contents, said, text, publish_key, new)
        description = replace(description, tables=tuple(tables), files=files)
        for name, content in metadata_files(description).items():
            (new / name).write_text(content, encoding="utf-8", newline="\n")
        files += tuple(file_of(new, name) for name in METADATA_FILES)
        run, checked = dict(contents.run), contents.validation
        if withheld is not None and contents.kind == "corpus":
            # Hashes of text without a key, and reasons, which may quote the text.
            run |= {"data": "", "boilerplate": "", "failed": dict.fromkeys(run["failed"], "the reason is withheld")}
        coders: dict[str, Any] = {}
        if checked is not None:
            coders = {"sample": checked.sample_id, "carried": checked.carried, "warnings": checked.warnings}
        manifest = Manifest(
            storydiff=__version__,
            kind=contents.kind,
            text=text,
            key=withheld.key_id if withheld else "",
            environment=environment(),
            run=run,
            validation=coders,
            about=description.about,
            files=tuple(sorted(files, key=lambda file: file.path)),
        )
        (new / MANIFEST).write_text(manifest.to_json(), encoding="utf-8", newline="\n")
        # The key is written before the folder exists: fingerprints without their key prove nothing.
        if withheld is not None and not there:
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(path) as temporary:
                temporary.touch(mode=0o600)
                temporary.write_text(key_text(withheld.key), encoding="ascii")
    return target


def key_path(folder: Path) -> Path:
    """Return the default path of a bundle's key: beside the bundle, so that the key is not shared with it."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.key")


def withheld_of(folder: Path, manifest: Manifest, key: str | os.PathLike[str] | None) -> Withheld | None:
    """Find the key of a bundle without text, in it, beside it or in the given file; None if there is none.

    Raises:
        InputError: the given file cannot be read, or is the key of another data set.
    """
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


def replaceable(target: Path, force: bool) -> frozenset[str]:
    """Return the names that an export into a folder may replace: none, or with `force` those of the older bundle in it.

    Raises:
        InputError: the folder holds something else, or a bundle and `force` is not set.
    """
    if target.exists() and not target.is_dir():
        raise InputError(f"{target}: is a file; give the name of a folder to write.")
    try:
        held = sorted(entry.name for entry in target.iterdir()) if target.exists() else []
    except OSError as error:
        raise InputError(f"{target}: cannot be looked into ({error.strerror}); give another folder.") from error
    if held and not is_bundle(target):
        raise InputError(f"{target}: holds other files ({held[0]}); give a new or an empty folder.")
    if held and not force:
        raise InputError(f"{target}: holds a data set already; give another folder, or --force to replace it.")
    if held and (own := others(target, read_manifest(target))):
        raise InputError(
            f"{target}: holds {own[0]}, which is not part of the data set; move it, or give another folder."
        )
    return frozenset(held)


def write_tables(contents: Contents, folder: Path, withheld: Withheld | None) -> list[tuple[Table, int]]:
    """Write all tables, those of the stories one story at a time, and return them with their numbers of rows."""
    (folder / "data").mkdir()
    (folder / "csv").mkdir()
    single = {SINGLE_TABLES[name]: frame for name, frame in contents.single.items()}
    written = {table: _Writer(folder, table, withheld) for table in (*contents.story_tables, *single)}
    with ExitStack() as opened:  # each is closed, even if another cannot be
        for writer in written.values():
            opened.callback(writer.close)
        for tables in contents.each():
            for table in contents.story_tables:
                written[table].write(tables[table.name])
        for table, frame in single.items():
            written[table].write(frame)
    return [(writer.described, writer.rows) for writer in written.values()]


class _Writer:
    """Writes the rows of one table as they come, as Parquet and CSV, so that only a few stories are in memory."""

    def __init__(self, folder: Path, table: Table, withheld: Withheld | None) -> None:
        self.described = withheld.table(table) if withheld else table
        self.rows = 0
        self._table, self._withheld = table, withheld
        self._parquet: Any = None
        self._path = folder / parquet_path(table.name)
        self._csv = (folder / csv_path(table.name)).open("w", encoding="utf-8", newline="")
        self._waiting: list[Any] = []
        self._weight = 0, 0
        self._headed = False

    def write(self, frame: pd.DataFrame) -> None:
        """Write rows of the table, given as they are before anything is withheld."""
        import pyarrow as pa

        rows = self._withheld.frame(self._table, frame) if self._withheld else self._table.frame(frame)
        self.rows += len(rows)
        write_csv(rows, self._csv, header=not self._headed)
        self._headed = True
        arrow = pa.Table.from_pandas(rows, preserve_index=False)
        self._waiting.append(arrow)
        self._weight = self._weight[0] + len(rows), self._weight[1] + arrow.nbytes
        if self._weight[0] >= _ROWS or self._weight[1] >= _BYTES:
            self._flush()

    def close(self) -> None:
        """Write the remaining rows and close both files."""
        if not self._headed:
            self.write(self._table.frame([]))
        self._flush()
        self._csv.close()
        if self._parquet is not None:
            self._parquet.close()

    def _flush(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not self._waiting:
            return
        if self._parquet is None:
            self._parquet = pq.ParquetWriter(self._path, self._waiting[0].schema)
        if self._weight[0]:  # some readers fail on a row group without rows
            self._parquet.write_table(pa.concat_tables(self._waiting))
        self._waiting, self._weight = [], (0, 0)


def _description(contents: Contents, about: About, text: Text, key_published: bool, folder: Path) -> Description:
    """Describe a bundle except its tables and files, with defaults for what the authors leave out."""
    import pandas as pd

    articles = pd.read_parquet(folder / parquet_path("articles"), columns=["outlet", "published", "language"])
    days = articles["published"].dropna().dt.strftime("%Y-%m-%d")
    outlets = tuple(articles["outlet"].drop_duplicates())
    what = f"story {contents.stories[0]}" if contents.kind == "story" else count(len(contents.stories), "story")
    number = count(len(outlets), "outlet")
    about = replace(
        about,
        title=about.title or f"Claims and omissions: {what} at {number}",
        description=about.description
        or f"Which claims each of {number} carries, changes or leaves out, in {what}, each with a calibrated "
        f"probability, as storydiff {__version__} decides.",
        date=about.date or datetime.datetime.now(datetime.UTC).date().isoformat(),
        keywords=about.keywords or ("news", "content analysis", "omission", "media comparison"),
    )
    return Description(
        about=about,
        storydiff=__version__,
        text=text,
        key_published=key_published,
        stories=len(contents.stories),
        outlets=outlets,
        articles=len(articles),
        first=days.min() if len(days) else "",
        last=days.max() if len(days) else "",
        languages=tuple(articles["language"].dropna().value_counts().index),
        tables=(),
        files=(),
        validation=contents.validation.sentence if contents.validation else "",
    )
