"""A data set that can be shared: tables as Parquet and CSV, and everything that others need to find, cite and check it.

BUNDLE/data/NAME.parquet     every table
BUNDLE/csv/NAME.csv          the same
BUNDLE/dictionary.csv        every column, its type, unit and meaning
BUNDLE/settings.toml         the settings
BUNDLE/storydiff.json        what it is made of, with the SHA-256 of every file
BUNDLE/key.txt               the key of the fingerprints, if it is published
BUNDLE/README.md, ...        metadata; see `compare.export.metadata`
"""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import compare
from compare.errors import InputError, count
from compare.export.about import About
from compare.export.contents import SINGLE_TABLES, contents_of, without_words
from compare.export.description import Description, Text
from compare.export.manifest import (
    MANIFEST,
    Manifest,
    file_of,
    is_bundle,
    parquet_path,
    problems,
    read_manifest,
)
from compare.export.metadata import DATASHEET, METADATA_FILES, metadata_files
from compare.export.withhold import Withheld, key_text, new_key, read_key
from compare.export.writer import TableWriter
from compare.saving import whole_file, whole_folder, write_csv
from compare.tables import data_dictionary

if TYPE_CHECKING:
    import os

    import pandas as pd

    from compare.comparison import Comparison
    from compare.corpus.corpus import Corpus
    from compare.export.contents import Contents
    from compare.tables import Table
    from compare.validation.validated import Validation

KEY_FILE = "key.txt"


@dataclass(frozen=True)
class Options:
    """How a bundle is written; see `Comparison.export`."""

    text: Text = "none"
    claim_words: int = 0
    key: str | os.PathLike[str] | None = None
    publish_key: bool = False
    about: About = field(default_factory=About)
    force: bool = False

    def __post_init__(self) -> None:
        if self.text not in get_args(Text):
            raise InputError(f"text is {self.text!r}; give full or none.")
        words = self.claim_words
        if isinstance(words, bool) or not isinstance(words, int) or words < 0:
            raise InputError(f"claim_words is {words!r}: give the number of words that stay of a claim, or 0.")
        if self.text == "full" and (words or self.key is not None or self.publish_key):
            named = "claim_words" if words else "key" if self.key is not None else "publish_key"
            raise InputError(f"{named} is for bundles without text; a bundle with the text withholds nothing.")


def write_bundle(
    source: Comparison | Corpus, folder: str | os.PathLike[str], options: Options, validation: Validation | None = None
) -> Path:
    """Write a bundle, whole or not at all; see `Comparison.export`.

    Returns:
        The folder.

    Raises:
        InputError: the folder holds something, or cannot be written; the key cannot be read; the labels are of
            another run.
    """
    target = Path(folder)
    before = older(target, options.force)
    contents = contents_of(source, validation)
    if options.text == "full":
        _write(contents, target, options, None, before)
        return target
    path = Path(options.key) if options.key is not None else key_path(target)
    there = options.key is not None or path.exists()
    withheld = Withheld(read_key(path) if there else new_key(), options.claim_words)
    contents = without_words(contents, source, withheld)
    if not there:
        _write_key(path, withheld)  # first: fingerprints without their key prove nothing
    try:
        _write(contents, target, options, withheld, before)
    except BaseException:
        if not there:
            path.unlink(missing_ok=True)
        raise
    return target


def key_path(folder: Path) -> Path:
    """Where the key of a bundle is kept unless another file is named: beside it, so that it is not shared with it."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.key")


def _write_key(path: Path, withheld: Withheld) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as temporary:
        temporary.touch(mode=0o600)
        temporary.write_text(key_text(withheld.key), encoding="ascii")


def older(target: Path, force: bool) -> Manifest | None:
    """Give the manifest of the bundle that is to be replaced; None where there is none.

    Args:
        target: the folder to write, which need not be there.
        force: an older bundle in it is to be replaced.

    Raises:
        InputError: the folder holds something, and is not to be replaced, or is no bundle.
    """
    try:
        if target.exists() and not target.is_dir():
            raise InputError(f"{target}: is a file; give the name of a folder to write.")
        held = sorted(entry.name for entry in target.iterdir()) if target.exists() else []
    except OSError as error:
        raise InputError(f"{target}: cannot be looked into ({error.strerror}); give another folder.") from error
    if not held:
        return None
    if not is_bundle(target):
        raise InputError(f"{target}: holds other files ({held[0]}); give a new or an empty folder.")
    if not force:
        raise InputError(f"{target}: holds a bundle already; give another folder, or --force to replace it.")
    return read_manifest(target)


def _write(
    contents: Contents, target: Path, options: Options, withheld: Withheld | None, before: Manifest | None
) -> None:
    with whole_folder(target, None) as new:
        tables = write_tables(contents, new, withheld)
        write_csv(data_dictionary(table for table, _ in tables), new / "dictionary.csv")
        (new / "settings.toml").write_text(contents.settings.to_toml(), encoding="utf-8")
        if withheld is not None and options.publish_key:
            (new / KEY_FILE).write_text(key_text(withheld.key), encoding="ascii")
        paths = {path.relative_to(new).as_posix(): path for path in new.rglob("*") if path.is_file()}
        files = tuple(file_of(new, path, paths[path].stem if "/" in path else "") for path in sorted(paths))
        description = _description(contents, options, tables, files, new)
        for path, text in metadata_files(description).items():
            (new / path).write_text(text, encoding="utf-8", newline="\n")
        if before is not None:
            _keep_others(target, new, before)
        files += tuple(file_of(new, path) for path in METADATA_FILES)
        manifest = _manifest(contents, replace(options, about=description.about), withheld, files)
        (new / MANIFEST).write_text(manifest.to_json(), encoding="utf-8", newline="\n")


def _keep_others(target: Path, new: Path, before: Manifest) -> None:
    """Copy what is in a folder and no part of the older bundle in it; and a datasheet that was filled in."""
    own = {file.path for file in before.files} | {MANIFEST}
    if DATASHEET in problems(target, before) and (target / DATASHEET).is_file():
        own.remove(DATASHEET)
        (new / DATASHEET).unlink()
    shutil.copystat(target, new)
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if path.is_dir() and not path.is_symlink():
            (new / name).mkdir(exist_ok=True)
        elif name not in own:
            if (new / name).exists():
                raise InputError(
                    f"{target}: the file {name} is yours and has the name of one that is written; move it."
                )
            shutil.copy2(path, new / name, follow_symlinks=False)


def write_tables(contents: Contents, folder: Path, withheld: Withheld | None) -> list[tuple[Table, int]]:
    """Write all tables, those of the stories one story after the other, and give them with their rows."""
    (folder / "data").mkdir()
    (folder / "csv").mkdir()
    single = {SINGLE_TABLES[name]: frame for name, frame in contents.single.items()}
    written = [TableWriter(folder, table, withheld) for table in (*contents.story_tables, *single)]
    try:
        for tables in contents.each():
            for writer in written[: len(contents.story_tables)]:
                writer.write(tables[writer.table.name])
        for writer, frame in zip(written[len(contents.story_tables) :], single.values(), strict=True):
            writer.write(frame)
    finally:
        for writer in written:
            writer.close()
    return [(writer.described, writer.rows) for writer in written]


def _manifest(contents: Contents, options: Options, withheld: Withheld | None, files: tuple[Any, ...]) -> Manifest:
    run = dict(contents.run)
    if withheld is not None and contents.kind == "corpus":
        # Hashes of text without a key; and reasons, which may quote what they are about.
        run |= {"data": "", "boilerplate": "", "failed": dict.fromkeys(run["failed"], "the reason is withheld")}
    return Manifest(
        storydiff=compare.__version__,
        kind=contents.kind,
        text=options.text,
        claim_words=options.claim_words,
        key=withheld.key_id if withheld else "",
        run=run,
        validation=_about_coders(contents.validation),
        about=options.about,
        files=tuple(sorted(files, key=lambda file: file.path)),
    )


def _about_coders(validation: Validation | None) -> dict[str, Any]:
    if validation is None:
        return {}
    carried, warnings = list(validation.carried), list(validation.warnings)
    return {"sample": validation.sample_id, "carried": carried, "warnings": warnings}


def _description(
    contents: Contents, options: Options, tables: list[tuple[Table, int]], files: tuple[Any, ...], folder: Path
) -> Description:
    import pandas as pd

    columns = ["outlet", "published", "language"]
    articles = pd.read_parquet(folder / parquet_path("articles"), columns=columns)
    times = articles["published"].dropna()
    outlets = tuple(articles["outlet"].drop_duplicates())
    return Description(
        about=_filled(options.about, contents, outlets),
        storydiff=compare.__version__,
        text=options.text,
        claim_words=options.claim_words,
        key_published=options.publish_key,
        stories=len(contents.stories),
        outlets=outlets,
        articles=len(articles),
        first=_day(times.min()) if len(times) else "",
        last=_day(times.max()) if len(times) else "",
        languages=tuple(articles["language"].dropna().value_counts().index),
        tables=tuple(tables),
        files=files,
        validation=contents.validation.sentence if contents.validation else "",
    )


def _filled(about: About, contents: Contents, outlets: tuple[str, ...]) -> About:
    """Say what can be said where the authors say nothing."""
    what = f"story {contents.stories[0]}" if contents.kind == "story" else count(len(contents.stories), "story")
    said = f"Which claims each of {count(len(outlets), 'outlet')} carries, changes or leaves out"
    return replace(
        about,
        title=about.title or f"Claims and omissions: {what} at {count(len(outlets), 'outlet')}",
        description=about.description
        or f"{said}, in {what}, each with a calibrated probability, as storydiff {compare.__version__} decides.",
        date=about.date or datetime.datetime.now(datetime.UTC).date().isoformat(),
        keywords=about.keywords or ("news", "content analysis", "omission", "media comparison"),
    )


def _day(moment: pd.Timestamp) -> str:
    return str(moment.date().isoformat())
