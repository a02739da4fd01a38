"""A folder of pages: the outlets' record, and a page of every story that it is made of.

    FOLDER/index.html           the record
    FOLDER/stories/NAME.html    a story; NAME is that of its folder in the run

Every page is complete in itself: it can be mailed alone, and its policy names by their hashes the scripts that may run.
So plotly stands inside index.html alone, and the stories' pages are without its figures. In a file of its own it would
have to be allowed by its place, and on file:// that allows every file there is: browsers check no hash of what they
read from there.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import InputError
from compare.progress import progress
from compare.report.record.page import render_record
from compare.report.story.page import render_page
from compare.report.trust import trust_of
from compare.saving import whole_folder

if TYPE_CHECKING:
    from compare.corpus.corpus import Corpus
    from compare.outlets.groups import Groups

INDEX = "index.html"
_STORIES = "stories"
_PAGE = re.compile(
    r"([a-z0-9-]+-)?[0-9a-f]{8}\.html"
)  # one of `Corpus.file_names`, in which no link must quote anything
_OURS = b'<meta name="generator" content="storydiff '
_HEAD = 4096  # bytes of a page among which that stands


def names_a_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a report's path means a folder: it is one, ends in a slash, or is new and has no ending such as .html."""
    if os.path.exists(path):  # noqa: PTH110 - that of pathlib raises where a name is too long
        return Path(path).is_dir()
    return os.fspath(path).endswith(("/", os.sep)) or not Path(path).suffix


def write_folder(corpus: Corpus, path: str | os.PathLike[str], *, groups: Groups | None = None) -> Path:
    """Write the record and a page of every story to a folder and return the record's path.

    The stories are read one by one. A folder of such pages that is there already is replaced, another is not.

    Raises:
        InputError: the folder holds something else or cannot be written, or the groups cannot be used.
    """
    folder = Path(path)
    pages = {story: f"{_STORIES}/{name}.html" for story, name in corpus.file_names.items()}
    with whole_folder(folder, _replaceable(folder)) as new:
        (new / INDEX).write_bytes(render_record(corpus, groups=groups, pages=pages).encode())
        (new / _STORIES).mkdir()
        trust = trust_of(corpus.validation, "RUN/")
        for story_id in progress(corpus.stories, total=len(pages), unit="pages"):
            page = render_page(corpus.story(story_id), trust=trust, record=f"../{INDEX}", plotly=False)
            (new / pages[story_id]).write_bytes(page.encode())
    return folder / INDEX


def _replaceable(folder: Path) -> frozenset[str]:
    """The names that a folder may hold and be replaced: those of an older folder of pages, if it is one.

    Raises:
        InputError: among its pages are others.
    """
    stories = folder / _STORIES
    if not stories.is_dir():
        return frozenset()
    names = {path: path.relative_to(folder).as_posix() for path in (folder / INDEX, *sorted(stories.iterdir()))}
    for path, name in names.items():
        if path.exists() and not (_is_ours(path) and (name == INDEX or _PAGE.fullmatch(path.name))):
            raise InputError(f"{folder}: holds other files ({name}); give a new or an empty folder.")
    return frozenset({INDEX, _STORIES})


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _OURS in file.read(_HEAD)
