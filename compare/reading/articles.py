"""Read articles from any source into the articles table, in the order of the input."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, InputError, counted, kind, listed, shortened
from compare.progress import progress
from compare.reading.fields import Fields
from compare.reading.files import FORMATS, ONE_ARTICLE, file_records, jsonl_records, stories_of, told_in
from compare.reading.folders import folder_files
from compare.reading.mending import mended
from compare.reading.problems import NoArticlesError, Problems
from compare.reading.records import article_row, cleaned_name, derived_id, names_story, was_wrapped
from compare.reading.tabular import frame_records
from compare.reading.web.addresses import is_address
from compare.tables import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Place = str | os.PathLike[str]
    Source = Place | Sequence[Place | Mapping[str, Any] | pd.DataFrame] | pd.DataFrame
    from compare.reading.records import Records

DEFAULT_STORY = "story"
# The changes made to articles, in the order of `mended` and then `was_wrapped`; a warning lists the articles.
_CHANGED = (
    "{} once read in a wrong encoding, such as â€™ for ’ ({}); the letters were put right.",
    "{} written in HTML ({}); the tags were taken out and the entities decoded, and offsets count in what is left.",
    (
        "{} copied from a PDF with its page numbers, running heads or feet ({}); those lines were taken out, and "
        "offsets count in what is left."
    ),
    (
        "{} cut into lines in mid-sentence ({}); the lines were joined, with words that a hyphen parted, and offsets "
        "count in the joined text."
    ),
)
_WAY_OUT = "give a path, a list of paths, a list of records or a DataFrame"


def read_articles(source: Source, *, fields: Mapping[str, str] | None = None, skip_bad: bool = False) -> pd.DataFrame:
    r"""Read articles from files, folders, records or a table.

    Formats: ``.jsonl``/``.ndjson``, ``.json`` (a list of records, an object with an "articles" list, or one
    record), ``.csv``/``.tsv``, ``.xlsx``, ``.parquet``, ``.txt`` (a first line that is followed by a blank line is the
    title), ``.html``/``.htm``, ``.mht``/``.mhtml``, and folders and ``.zip`` archives of these (by name;
    hidden files, README and LICENSE are skipped, and so are files that storydiff wrote). The stem of a text
    or a page is the outlet, unless a browser named the page by its title or address: then it is the site's name or
    domain. The posts of a live blog are articles. If a folder itself holds no articles, its subfolders are read.

    Fields: ``outlet`` and ``text`` are required; ``article_id``, ``story_id``, ``title``, ``published`` (ISO 8601,
    UTC unless it names a zone), ``url``, ``language`` and ``complete`` (yes, cut or unknown; also true or false) are
    used if given, in upper or lower case; others are ignored.

    - story_id defaults to the name of the folder for a folder (or of each folder, if it has several), a ``.txt`` or
      ``.html`` file, or several files given together; to the stem for any other file; and to "story" for records,
      tables and standard input. These defaults apply if no article has a story_id; if some have one, all need one.
    - article_id defaults to "a" and 12 hexadecimal digits of BLAKE2b over outlet, title and text.
    - Text keeps its words and marks; invisible differences are removed: line ends become ``\n``, control characters and
      no-break spaces a space each, accents Unicode NFC, and half surrogate pairs U+FFFD; soft hyphens, zero-width
      characters and direction marks are dropped. Outlets also get single spaces.
    - Lines that end in mid-sentence (copied PDF, mail) are joined, with the words hyphenated there; page numbers,
      running heads and feet of a copied PDF are dropped; HTML becomes its text; and letters read in a wrong encoding
      ("donâ€™t") are repaired. Warnings name the articles.

    Args:
        source: a path; a list of paths or records (mappings of field names to values); or a DataFrame.
            "-" reads JSON Lines from standard input. Messages count records and rows from 1.
        fields: the names of fields that are called differently, ours first: {"outlet": "source", "text": "content"}. A
            dot leads into an object: "source.name".
        skip_bad: leave out articles that cannot be used and name them in one `InputWarning`, instead of
            raising. A file that cannot be read at all is always an error.

    Returns:
        The articles table (`compare.tables.ARTICLES`), in the order of the input.

    Raises:
        InputError: there are no articles, or one cannot be used: a field is missing, empty or of the wrong
            type, two articles share an article_id, or a file does not match its extension; or some articles have
            a story_id and others none.
        MissingExtraError: a page or a workbook needs trafilatura or openpyxl, which is not installed.
    """
    articles, _ = read_stories(source, fields=fields, skip_bad=skip_bad)
    return articles


def read_stories(
    source: Source, *, fields: Mapping[str, str] | None = None, skip_bad: bool = False, partly: bool = False
) -> tuple[pd.DataFrame, NDArray[np.bool_]]:
    """Read articles like `read_articles`, and return which of them name their stories themselves.

    Args:
        source: as for `read_articles`.
        fields: as for `read_articles`.
        skip_bad: as for `read_articles`.
        partly: whether some articles may name one, and others not.
    """
    import numpy as np

    read = ArticleRows(source, fields=fields, skip_bad=skip_bad)
    rows, names = [], []
    for row, named in read:
        rows.append(row)
        names.append(named)
    if any(names) and not all(names) and not partly:
        read.refuse_nameless(rows, names)
        rows = [row for row, named in zip(rows, names, strict=True) if named]
        names = [True] * len(rows)
    frame = ARTICLES.frame({name: [row[name] for row in rows] for name in ARTICLES.names})
    read.warn()
    return frame, np.array(names, dtype=bool)


class ArticleRows:
    """Articles one by one, of which nothing is kept but their ids and places."""

    def __init__(self, source: Source, *, fields: Mapping[str, str] | None = None, skip_bad: bool = False) -> None:
        """Begin to read; arguments are those of `read_articles`."""
        self._source = source
        self._problems = Problems(skip=skip_bad, fields=Fields(fields))
        self._places: dict[str, str] = {}

    def __iter__(self) -> Iterator[tuple[dict[str, Any], bool]]:
        """Yield rows of ARTICLES, and whether they name their stories themselves.

        Raises:
            InputError: as for `read_articles`.
        """
        problems = self._problems
        changed: dict[str, list[str]] = {sentence: [] for sentence in _CHANGED}  # the articles with each kind of change
        located = located_records(self._source, problems)
        if isinstance(self._source, (str, os.PathLike, list, tuple)):  # a DataFrame is read at once
            located = progress(located, unit="articles", name="reading")
        for story, where, found in located:
            given, *was = mended(found)
            try:
                row = article_row(given, story)
                _only_once(row, where, self._places)
            except FlawError as flaw:
                problems.refuse(where, *flaw.args)
                continue
            for sentence, changes in zip(_CHANGED, (*was, was_wrapped(given, row)), strict=True):
                if changes:
                    changed[sentence].append(f"{where}, {shortened(row['outlet'])}")
            yield row, names_story(given)
        if not self._places and not problems.skipped:
            raise InputError(f"no article was found: {' '.join([*problems.notes, *problems.left_aside()])}")
        if not self._places:
            raise InputError(f"no article can be used, {problems.told_skipped()}; correct at least one.")
        for sentence, which in changed.items():
            if which:
                problems.note(sentence.format(counted(len(which), "article"), listed(which, "; ")))
        if unused := problems.fields.unused():
            problems.note(unused)

    def refuse_nameless(self, rows: list[dict[str, Any]], names: list[bool]) -> None:
        """Refuse, or skip, articles without a story if others have one: together they would form one invented story.

        Raises:
            InputError: bad articles are not skipped.
        """
        nameless = [row for row, named in zip(rows, names, strict=True) if not named]
        if not self._problems.skip:
            first, have = nameless[0], "has" if len(nameless) == 1 else "have"
            raise InputError(
                f"{len(nameless)} of {len(rows)} articles {have} no story_id (first: "
                f"{self._places[first['article_id']]}, outlet {shortened(first['outlet'])}); give each one (storydiff "
                "group does), or leave them out with skip_bad (on the command line --skip-bad)."
            )
        for row in nameless:
            self._problems.refuse(self._places[row["article_id"]], "has no story_id", "give it one")

    def warn(self) -> None:
        """Warn of what was worked around, once all are read."""
        self._problems.warn()


def by_publication(articles: pd.DataFrame) -> NDArray[np.int64]:
    """Return the row numbers of an ARTICLES table by time, earliest first and unknown last, then by outlet and id."""
    keys = articles[["published", "outlet", "article_id"]].reset_index(drop=True)
    return keys.sort_values(keys.columns.tolist(), na_position="last").index.to_numpy()


def _only_once(row: Mapping[str, Any], where: str, places: dict[str, str]) -> None:
    article_id = row["article_id"]
    first = places.setdefault(article_id, where)
    if first is where:
        return
    if article_id != derived_id(row["outlet"], row["title"], row["text"]):
        raise FlawError(
            f'article_id "{article_id}" is that of {first} too', "give every article one of its own, or none"
        )
    raise FlawError(
        f"is the same article as {first} (same outlet, title and text)", "leave one out, or give both an article_id"
    )


def located_records(source: Any, problems: Problems) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield every record with its default story and its place in the input.

    Raises:
        InputError: there is nothing to read.
    """
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        yield from _in_story(DEFAULT_STORY, frame_records(source, problems))
    elif isinstance(source, (str, os.PathLike)):
        yield from _path_records(source, problems)
    elif isinstance(source, (list, tuple)):
        if not source:
            raise InputError(f"the list of articles is empty; {_WAY_OUT}.")
        for number, item in enumerate(source, start=1):
            if isinstance(item, Mapping):
                yield from _in_story(DEFAULT_STORY, problems.renamed(f"record {number}", item))
            elif isinstance(item, pd.DataFrame):
                yield from _in_story(DEFAULT_STORY, frame_records(item, problems, f"item {number}"))
            elif isinstance(item, (str, os.PathLike)):
                yield from _path_records(item, problems, alone=len(source) == 1)
            else:
                problems.refuse(f"item {number}", f"is {kind(item)}, not a path or a record", _WAY_OUT)
    else:
        # A data frame of another library calls itself the same.
        way_out = "give what its to_pandas() returns" if hasattr(source, "to_pandas") else _WAY_OUT
        raise InputError(f"articles cannot be read from something that is {kind(source)}; {way_out}.")


def _path_records(
    source: str | os.PathLike[str], problems: Problems, *, alone: bool = True
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    if source == "-":
        piped = "standard input"
        if sys.stdin is None:  # a service may have none
            raise InputError("there is no standard input; name a file, or pipe JSON Lines into it.")
        binary = getattr(sys.stdin, "buffer", None)
        data = binary.read() if binary else sys.stdin.read().encode("utf-8", errors="surrogatepass")
        if not data.strip():
            raise InputError(f"{piped}: is empty; pipe JSON Lines into it, one article a line.")
        yield from _in_story(DEFAULT_STORY, jsonl_records(data, piped, problems))
        return
    if is_address(source):
        raise InputError(f"{source}: is an address; fetch it first (storydiff fetch, compare.fetch).")
    if not os.fspath(source):
        raise InputError(f"an empty path was given; {_WAY_OUT}.")
    path = Path(source)
    try:
        path.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        if isinstance(error, PermissionError):
            raise InputError(
                f"{path}: cannot be read ({error.strerror}); check the path and its permissions."
            ) from error
        name = source if len(str(source)) < 200 else shortened(source)
        raise InputError(f"{name}: does not exist; check the path.") from error
    # file_records refuses a folder with the name of a file, such as articles.jsonl.
    if path.is_dir() and path.suffix.lower() not in FORMATS:
        files = folder_files(path, problems)
        stories = stories_of(files)
        default = _story_of(files[0].parent)
        for file, story in zip(files, stories, strict=True):
            records = file_records(file, problems)
            try:
                yield from _in_story(default, records if story is None else told_in(story, records))
            except NoArticlesError as error:
                others = [other for other in files if other != file]
                # A table may hold something else, so it is named last.
                others.sort(key=lambda other: other.suffix.lower() in {".csv", ".tsv", ".parquet"})
                if not others:
                    raise
                raise InputError(
                    f"{str(error).removesuffix('.')}; if it holds no articles, do not give the folder but the file "
                    f"with the articles, such as {others[0]}."
                ) from error
    else:
        # A single file is a story; several files side by side are versions of one story.
        one_story = alone and path.suffix.lower() not in ONE_ARTICLE
        story = _story_of(path.with_suffix("") if one_story else path.absolute().parent)
        yield from _in_story(story, file_records(path, problems))


def _in_story(story: str, records: Records) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for where, fields in records:
        yield story, where, fields


def _story_of(path: Path) -> str:
    # Not `resolve`, which follows links: the user chose the link's name.
    return cleaned_name(os.path.basename(os.path.abspath(path))) or DEFAULT_STORY  # noqa: PTH100, PTH119
