"""The parts of the record's page, in their order: a function that says what to show, and a template that shows it.

A further part is one more line in `SECTIONS`, its function in a file of its own and its template in
`templates/record/`. The function gets the `Record` and returns a dictionary, which the template calls `part`, or None
where there is nothing to show; the part then stands neither on the page nor in its contents. A part with plotly figures
has a dictionary `figures` of them, and its template writes ``{{ figure("NAME", "What it shows") }}`` where one is to
stand; only then the page carries plotly and a script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from compare.report.record.alike import alike
from compare.report.record.between import differences, groups
from compare.report.record.corrected import corrected
from compare.report.record.each import each_outlet
from compare.report.record.missing import missing
from compare.report.record.selection import selection
from compare.report.record.stories import stories
from compare.report.record.table import record_table
from compare.report.record.worded import worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from compare.report.record.view import Record


class Section(NamedTuple):
    """A part of the page.

    Attributes:
        name: its anchor.
        title: its heading, also in the contents.
        template: in `templates/record/`.
        view: gives what it shows, or None.
    """

    name: str
    title: str
    template: str
    view: Callable[[Record], dict[str, Any] | None]


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
