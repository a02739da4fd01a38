"""The report: one HTML file that opens offline and loads nothing."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.language.fitness import languages_note
from compare.report.look import LOOK_OF, PAPERS, QUOTE_LOOK_OF, looks_for, palette
from compare.report.render import environment, policy, save_page, scripts, template_text
from compare.report.story.copied import (
    MARK,
    NO_SELECTION,
    copy_rows,
    copy_sentences,
    cut_from_the_end,
    outlet_badges,
    outlet_voices,
)
from compare.report.story.disagreements import conflicts_of
from compare.report.story.findings import brief_of
from compare.report.story.full_texts import full_texts, headlines_of
from compare.report.story.outlets import outlet_lists, timeline
from compare.report.story.payload import payload
from compare.report.story.quotations import QUOTE_NOTE, quotations_of
from compare.report.story.view import view_of
from compare.report.trust import trust_of
from compare.report.wording import OMISSION_NOTE, count, moment, plain, readable, shorten, shorten_all, who_read
from compare.tables import HEADLINE
from compare.validation.codes import NOT_VALIDATED
from compare.validation.record import check_drawn_from

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compare.asked import ComparedStory
    from compare.report.story.view import View
    from compare.report.trust import Trust
    from compare.validation.validated import Validation

# The parts of the page's only script module, in this order.
_SCRIPT = ("base", "marks", "evidence", "side", "matrix", "plotly", "difference", "codebook", "findings", "start")
_AT_ONCE = 100  # rows of the matrix laid out at first, as in matrix.mjs
_NOTEBOOK_CLAIMS, _NOTEBOOK_OUTLETS = 6, 12  # shown of the matrix in a notebook
_SHOWN = {"headlines_shown": 12, "conflicts_shown": 10, "quotations_shown": 12}  # before the fold
_IN_BRIEF = {"claims_shown": 20, "proofs_shown": 2}


def write_page(  # noqa: PLR0913 - all but the comparison and the path are optional
    comparison: ComparedStory,
    path: str | Path,
    validation: Validation | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    *,
    plotly: bool = True,
    brief: bool = False,
) -> Path:
    """Write the report to one HTML file and return its path; see `render_page` and `render_brief`."""
    if brief:
        save_page(render_brief(comparison, validation), path)
    else:
        save_page(render_page(comparison, validation, groups=groups, plotly=plotly), path)
    return Path(path)


def render_page(  # noqa: PLR0913 - all but the comparison are optional
    comparison: ComparedStory,
    validation: Validation | None = None,
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    trust: Trust | None = None,
    record: str = "",
    plotly: bool = True,
) -> str:
    """Return the report as HTML; the same comparison gives the same text.

    `groups` names each group's outlets. In a folder of many stories, `trust` is the note that all pages share, and
    `record` is the link to the outlets' record. `plotly` says whether to include the figures, and with them plotly
    (2 MB).
    """
    view = view_of(comparison, groups)
    moments, undated = timeline(view) if view.shared else ([], 0)
    quotations = quotations_of(view)
    brief = brief_of(view, quotations)
    style = _style(view)
    script = "\n".join(template_text(f"script/{part}.mjs") for part in _SCRIPT)
    figures = _figures(view) if plotly and view.claims and len(view.outlets) > 1 else {}
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            style=style,
            at_once=_AT_ONCE,
            record=record,
            brief=brief,
            headlines=headlines_of(view),
            conflicts=conflicts_of(comparison.conflicts),
            lists=outlet_lists(view),
            articles=full_texts(view),
            quotations=quotations,
            quote_look_of=QUOTE_LOOK_OF,
            quote_note=QUOTE_NOTE,
            copies=copy_rows(view),
            copy_sentences=copy_sentences(view),
            cut_outlets=cut_from_the_end(view),
            outlet_voices=outlet_voices(view),
            no_selection=NO_SELECTION,
            moments=moments,
            undated=undated,
            **_SHOWN,
            **scripts(script, style, payload(view, brief), figures),
            **_heading(view),
            **_method(view),
            **_common(view, validation, trust),
        )
    )


def render_brief(comparison: ComparedStory, validation: Validation | None = None) -> str:
    """Return the short form as HTML, one or two printed pages without a script: findings, matrix and method."""
    view = view_of(comparison)
    style = _style(view)
    return (
        environment()
        .get_template("brief.html.j2")
        .render(
            style=style,
            policy=policy([], [style]),
            brief=brief_of(view, quotations_of(view)),
            **_IN_BRIEF,
            **_heading(view),
            **_method(view),
            **_common(view, validation),
        )
    )


def _style(view: View) -> str:
    return palette() + f":root{{--outlets:{len(view.outlets)}}}\n" + template_text("page.css")


def _common(view: View, validation: Validation | None, trust: Trust | None = None) -> dict[str, Any]:
    if validation is not None:
        check_drawn_from(validation, view.comparison, or_from_more=True)
    return {
        "view": view,
        "note": OMISSION_NOTE,
        "languages": languages_note(view.comparison.articles),
        "trust": trust or trust_of(validation, "ARTICLES"),
        "looks": looks_for(view.comparison.coverage["state"]),
        "look_of": LOOK_OF,
        "badges": outlet_badges(view.comparison.wire, view.comparison.articles),
        "copy_mark": MARK,
    }


def _figures(view: View) -> dict[str, Any]:
    """Return the figures; the one that compares two outlets is an empty frame, filled by the script."""
    from compare.report.figures.difference import difference_frame
    from compare.report.figures.story_figures import omission_rows, omissions_plot, timeline_plot

    paper = PAPERS["light"]
    return {
        "difference": difference_frame(len(view.outlets), paper),
        "omissions": omissions_plot(omission_rows(view), view.outlets, paper),
        "timeline": timeline_plot(view, paper),
    }


def _heading(view: View) -> dict[str, Any]:
    articles = view.comparison.articles.sort_values("published", kind="stable").to_dict("records")
    times = list(view.comparison.articles["published"].dropna().sort_values())
    lead = articles[0] if articles and isinstance(articles[0]["title"], str) else {"title": "", "outlet": ""}
    # An article without a time may be earlier.
    is_earliest = 1 < len(times) == len(articles) and times[0] < times[1]
    dates = dict.fromkeys(moment(time) for time in (times[0], times[-1])) if times else ()
    return {
        "title": readable(view.comparison.story_id),
        "in_order": bool(times) and times[0] < times[-1],
        "lead": plain(lead["title"]),
        "lead_outlet": plain(lead["outlet"]),
        "lead_source": "earliest headline" if is_earliest else "headline",
        "facts": [
            count(len(view.outlets), "outlet"),
            count(len(articles), "article"),
            count(len(view.claims), "claim"),
            *([count(folded, "detail")] if (folded := len(view.every) - len(view.claims)) else []),
        ],
        "dates": " \u2013 ".join(dates) + (" UTC" if dates else ""),
    }


def _method(view: View) -> dict[str, Any]:
    from compare import __version__

    story = view.comparison
    digest = hashlib.sha256()
    for article in story.articles.to_dict("records"):
        digest.update(f"{article['article_id']}\0{article['text']}\0".encode())
    return {
        "version": __version__,
        "who_read": who_read(story.reader_name),
        "from_codebook": story.wordings is not None,
        "settings": [
            (f.name, getattr(story.settings, f.name), f.metadata.get("reason", "")) for f in fields(story.settings)
        ],
        "sentences": count(int((story.sentences["index"] != HEADLINE).sum()), "sentence"),
        "boilerplate": list(story.boilerplate_lines().items()),
        "in_notes": sum(len(note.sentences) for note in view.notes),
        "fingerprint": digest.hexdigest()[:16],
    }


def story_html(comparison: ComparedStory) -> str:
    """Return the HTML of a story in a notebook."""
    view = view_of(comparison)
    claims, outlets = view.shared or view.claims, len(view.outlets)
    names = shorten_all([plain(name) for name in view.outlets], 22)[:_NOTEBOOK_OUTLETS]
    rest = {"more claim": len(view.claims) - len(claims[:_NOTEBOOK_CLAIMS]), "more outlet": outlets - len(names)}
    facts = (
        count(len(comparison.articles), "article"),
        count(outlets, "outlet"),
        f"{count(len(view.claims), 'claim')}, {len(view.shared)} of them at two outlets or more",
    )
    return (
        environment()
        .get_template("notebook.html.j2")
        .render(
            said=f"{shorten(comparison.story_id, 120)}: {', '.join(facts)}",
            claims=claims[:_NOTEBOOK_CLAIMS],
            names=names,
            rest=[count(number, what) for what, number in rest.items() if number > 0],
            looks=looks_for(comparison.coverage["state"]),
            look_of=LOOK_OF,
            trust=f"{NOT_VALIDATED.capitalize()}: nobody has checked these decisions (see compare.sample_decisions).",
            note=OMISSION_NOTE,
            asked=("story.matrix()", "story.omitted_by(OUTLET)", "story.figures.matrix()", 'story.report("x.html")'),
        )
    )
