"""The outlets' record: one HTML file that opens offline, loads nothing and has a script only for charts and lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.progress import progress
from compare.report.look import dark_of, palette
from compare.report.record.findings import findings
from compare.report.record.method import headline, method
from compare.report.record.sections import SECTIONS
from compare.report.record.view import Record
from compare.report.render import (
    PLOTLY_STYLE,
    as_json,
    csp_source,
    environment,
    plotly_bundle,
    policy,
    save_page,
    template_text,
)
from compare.report.trust import trust_of
from compare.report.wording import OMISSION_NOTE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compare.corpus.corpus import Corpus
    from compare.outlets.groups import Groups


def write_record(corpus: Corpus, path: str | Path, *, groups: Groups | None = None) -> Path:
    """Write the record to one HTML file and return its path.

    Raises:
        InputError: the file cannot be written, or the groups cannot be used.
    """
    save_page(render_record(corpus, groups=groups), path)
    return Path(path)


def render_record(corpus: Corpus, *, groups: Groups | None = None, pages: Mapping[str, str] | None = None) -> str:
    """Give the record as HTML; the same corpus gives the same text.

    Args:
        corpus: many stories.
        groups: the group of each outlet, to compare them too.
        pages: where each story's page is, if the record is to lead to them: links by the stories' ids.
    """
    record = Record(corpus, groups, pages or {})
    sections = progress(SECTIONS, total=len(SECTIONS), unit="parts of the report")
    shown = [(section, part) for section in sections if (part := section.view(record)) is not None]
    figures: dict[str, Any] = {}
    for _, part in shown:
        figures |= part.get("figures", {})
    style = palette() + template_text("page.css") + template_text("record/record.css")
    return (
        environment()
        .get_template("record/page.html.j2")
        .render(
            style=style,
            trust=trust_of(corpus.validation, "RUN/", intervals=True),
            note=OMISSION_NOTE,
            findings=findings(record, {section.name: part for section, part in shown}),
            record=record,
            sections=shown,
            **headline(record),
            **method(record),
            **_scripts(figures, style, listed=bool(pages)),
        )
    )


def _scripts(figures: dict[str, Any], style: str, *, listed: bool) -> dict[str, Any]:
    """What the page needs to draw plotly figures and to search its list of stories, and the policy that allows it."""
    lists = template_text("record/stories.mjs") if listed else None
    allowed = [csp_source(lists)] if lists else []
    if not figures:
        return {"policy": policy(allowed, [style]), "bundle": None, "list_script": lists}
    bundle = plotly_bundle()
    script = template_text("script/plotly.mjs") + template_text("record/figures.mjs")
    return {
        "policy": policy([csp_source(script), *allowed, bundle.source], [style, PLOTLY_STYLE]),
        "bundle": bundle,
        "plotly_style": PLOTLY_STYLE,
        "script": script,
        "list_script": lists,
        "data": as_json(
            {"dark": dark_of(), "figures": {name: json.loads(figure.to_json()) for name, figure in figures.items()}}
        ),
    }
