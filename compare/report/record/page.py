"""The outlets' record as one HTML file that opens offline, or as a folder with a page of every story.

    FOLDER/index.html           the record
    FOLDER/stories/NAME.html    a story; NAME is the name of its folder in the run

Every page is self-contained: it can be mailed alone, and its policy allows scripts by their hashes. This is why plotly
stands inside index.html and the stories' pages are without its figures. A separate plotly file would have to be allowed
by its location, and on file:// that allows every file: browsers check no hashes of files read from there.
"""

from __future__ import annotations

import html
import os
import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.errors import InputError
from compare.language.languages import ENGLISH, code_of
from compare.progress import progress
from compare.report.look import palette
from compare.report.record.between import alike, corrected, differences, groups
from compare.report.record.each import each_outlet, record_table, selection, stories
from compare.report.record.findings import findings
from compare.report.record.missing import missing
from compare.report.record.view import Record
from compare.report.record.worded import worded
from compare.report.render import environment, save_page, scripts, template_text
from compare.report.story.page import render_page
from compare.report.trust import trust_of
from compare.report.wording import OMISSION_NOTE, count, moment, plain, who_read
from compare.saving import whole_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from compare.asked import ComparedStory
    from compare.corpus.results import Results

INDEX = "index.html"
_STORIES = "stories"
_PAGE = re.compile(r"([a-z0-9-]+-)?[0-9a-f]{8}\.html")  # one of `Results.names`; such names need no quoting in a link
_OURS = b'<meta name="generator" content="storydiff '
_HEAD = 4096  # bytes at the start of a page that contain that tag


class Section(NamedTuple):
    """A part of the page; if it has plotly figures, they are in a dictionary `figures`."""

    name: str  # its anchor
    title: str  # its heading, also in the contents
    template: str  # in `templates/record/`; it gets the content as `part`
    view: Callable[[Record], dict[str, Any] | None]  # returns the content, or None to leave the section out


SECTIONS = (
    Section("record", "The record", "table.html.j2", record_table),
    Section("corrected", "Corrected for errors", "corrected.html.j2", corrected),
    Section("differences", "Between outlets", "differences.html.j2", differences),
    Section("groups", "Between groups", "groups.html.j2", groups),
    Section("alike", "Which outlets are alike", "alike.html.j2", alike),
    Section("wording", "How outlets word what they share", "worded.html.j2", worded),
    Section("missing", "What goes missing where", "missing.html.j2", missing),
    Section("selection", "Who covers what", "selection.html.j2", selection),
    Section("outlets", "Outlet by outlet", "outlets.html.j2", each_outlet),
    Section("stories", "All stories", "stories.html.j2", stories),
)
SOURCES = (
    ("Intervals of rates", "bootstrap over stories, bias-corrected and accelerated", "Efron 1987; Hesterberg 2015"),
    ("A rate that is 0 or 1 in every story", "exact interval with stories as trials", "Clopper & Pearson 1934"),
    ("Differences", "within the stories that both cover, weighted", "Mantel & Haenszel 1959; Greenland & Robins 1985"),
    ("p-values", "exchange of the two sides within stories", "Phipson & Smyth 2010"),
    ("q-values", "adjusted over the family of tests that is named", "Benjamini & Hochberg 1995"),
    ("Agreement of coders", "alpha, from the coincidences of codes", "Krippendorff 2018"),
    ("Corrected figures", "design-based supervised learning", "Egami et al. 2023; Särndal et al. 1992"),
)


def render_record(results: Results, *, pages: Mapping[str, str] | None = None) -> str:
    """Return the record as HTML; `pages` maps story ids to links to the stories' pages, if there are any."""
    record = Record(results, pages or {})
    shown = [(section, part) for section in SECTIONS if (part := section.view(record)) is not None]
    figures = {name: figure for _, part in shown for name, figure in part.get("figures", {}).items()}
    script = template_text("script/plotly.mjs") + template_text("record/figures.mjs")
    listed = template_text("record/stories.mjs") if pages else ""
    style = palette() + template_text("page.css") + template_text("record/record.css")
    return (
        environment()
        .get_template("record/page.html.j2")
        .render(
            style=style,
            trust=trust_of(results.validation, "RUN/", intervals=True),
            note=OMISSION_NOTE,
            findings=findings(record, {section.name: part for section, part in shown}),
            record=record,
            foreign=sum(code_of(language) != ENGLISH for language in results.articles["language"]),
            sections=shown,
            **_headline(record),
            **_method(results),
            list_script=listed,
            **scripts(script if figures else "", style, {}, figures, listed),
        )
    )


def write_record(results: Results, path: str | Path) -> Path:
    """Write the record to one HTML file and return its path."""
    save_page(render_record(results), path)
    return Path(path)


def write_folder(results: Results, comparisons: Iterable[ComparedStory], path: str | os.PathLike[str]) -> Path:
    """Write the record and a page for every story to a folder, and return the record's path.

    An older folder of such pages is replaced.

    Raises:
        InputError: the folder holds something else or cannot be written.
    """
    folder = Path(path)
    pages = {story: f"{_STORIES}/{name}.html" for story, name in results.names.items()}
    with whole_folder(folder, _replaceable(folder)) as new:
        (new / INDEX).write_bytes(render_record(results, pages=pages).encode())
        (new / _STORIES).mkdir()
        trust = trust_of(results.validation, "RUN/")
        for story in progress(comparisons, total=len(pages), unit="pages", name="writing pages"):
            page = render_page(story, trust=trust, record=f"../{INDEX}", plotly=False)
            (new / pages[story.story_id]).write_bytes(page.encode())
    return folder / INDEX


def names_a_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a report's path names a folder: it is one, ends in a slash, or is new and has no extension.

    Raises:
        InputError: it is a folder that holds other files and cannot be replaced.
    """
    if os.path.exists(path):  # noqa: PTH110 - pathlib's exists raises if a name is too long
        _replaceable(Path(path))
        return Path(path).is_dir()
    return os.fspath(path).endswith(("/", os.sep)) or not Path(path).suffix


def _replaceable(folder: Path) -> frozenset[str]:
    """Return the names in an older folder of pages, which may be replaced; raise if it holds other files."""
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


def _headline(record: Record) -> dict[str, Any]:
    results = record.results
    days = list(results.articles["published"].dropna().sort_values())
    dates = dict.fromkeys(moment(day).split(",", maxsplit=1)[0] for day in (days[0], days[-1])) if days else ()
    numbers = {"story": len(record.stories), "outlet": len(record.outlets), "article": len(results.articles)}
    return {
        "waiting": len(results.manifest.stories) - len(results.names) - len(results.manifest.failed),
        "facts": [count(number, name) for name, number in numbers.items()],
        "dates": " \u2013 ".join(dates),
    }


def _method(results: Results) -> dict[str, Any]:
    from compare import __version__

    manifest, settings = results.manifest, results.settings
    return {
        "version": __version__,
        "made_by": manifest.storydiff,
        "who_read": who_read(manifest.reader),
        "fingerprints": [
            ("articles", manifest.data),
            ("settings", manifest.settings),
            ("lines left out as the outlets’ own", manifest.boilerplate),
            *([("sample of decisions coded", results.validation.sample_id)] if results.validation else []),
            *([("encoder", manifest.encoder)] if manifest.encoder else []),
        ],
        "seed": manifest.seed,
        "settings": [(f.name, getattr(settings, f.name), f.metadata.get("reason", "")) for f in fields(settings)],
        "failed": list(manifest.failed.items()),
        "sources": SOURCES,
    }


_COLUMNS = {
    "outlet": "outlet",
    "stories": "stories",
    "claims": "available",
    "rate": "carriage",
    "low": "low",
    "high": "high",
    "omission": "omission",
    "validated": "validated",
}
_NEXT = (
    "Ask next: <code>corpus.outlets</code>, <code>corpus.differences()</code>, "
    '<code>corpus.figures.rates()</code>, <code>corpus.report("x.html")</code>.'
)
_AT_MOST = 30  # outlets; this is the output of a notebook cell, not a page


def record_in_short(line: str, outlets: pd.DataFrame) -> str:
    """Return the HTML of a corpus in a notebook; the light or dark colours are the notebook's own.

    Args:
        line: a one-line description of the corpus.
        outlets: its OUTLETS table.
    """
    table = outlets[outlets["version"] == "printed"]
    shown = table[list(_COLUMNS)].rename(columns=_COLUMNS).head(_AT_MOST)
    shown["outlet"] = shown["outlet"].map(plain)
    rows = shown.to_html(index=False, border=0, float_format="{:.2f}".format, na_rep="\u2013", justify="left")
    more = f"<p>and {len(table) - _AT_MOST} more in <code>outlets</code>.</p>" if len(table) > _AT_MOST else ""
    note = "As printed, with 95 % intervals over stories. An omission is an estimate, not proof of intent."
    return f"<p>{html.escape(line)}</p>{rows}{more}<p><small>{note}<br>{_NEXT}</small></p>"
