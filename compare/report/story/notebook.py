"""What a notebook shows of a story: a line, the head of the matrix, and how far to trust it.

A notebook has a light or a dark ground, so nothing here sets a colour.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from compare.report.look import LOOK_OF, LOOKS
from compare.report.story.view import view_of
from compare.report.wording import OMISSION_NOTE, count, plain, shorten, shorten_all
from compare.validation.codes import NOT_VALIDATED

if TYPE_CHECKING:
    from compare.comparison import Comparison

_CLAIMS, _OUTLETS = 6, 12  # of the matrix: a cell of output, not a page
_CLAIM, _NAME, _STORY = 90, 22, 120  # characters
_NEXT = "story.matrix()", "story.omitted_by(OUTLET)", "story.figures.matrix()", 'story.report("x.html")'


def story_html(story: Comparison) -> str:
    """Return a story as HTML."""
    view = view_of(story)
    facts = ", ".join(
        (
            count(len(story.articles), "article"),
            count(len(view.outlets), "outlet"),
            f"{count(len(view.claims), 'claim')}, {len(view.shared)} of them at two outlets or more",
        )
    )
    said = html.escape(f"{shorten(story.story_id, _STORY)}: {facts}")
    trust = f"{NOT_VALIDATED.capitalize()}: nobody has checked these decisions (see compare.sample_decisions)."
    asked = ", ".join(f"<code>{html.escape(one)}</code>" for one in _NEXT)
    key = ", ".join(f"{look.symbol} {look.word}" for look in LOOKS)
    return (
        f"<p><b>Comparison of story</b> {said}</p>{_head(story)}"
        f"<p><small>{key}.<br>{trust} {OMISSION_NOTE}<br>Ask next: {asked}.</small></p>"
    )


def _head(story: Comparison) -> str:
    """The first rows of the matrix as a table."""
    view = view_of(story)
    shown = (view.shared or view.claims)[:_CLAIMS]
    if not shown:
        return "<p>No claim was found.</p>"
    names = shorten_all([plain(name) for name in view.outlets], _NAME)[:_OUTLETS]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
    rows = "".join(
        f'<tr><th scope="row" style="text-align: left; font-weight: normal; min-width: 16em">'
        f"{html.escape(shorten(claim.text, _CLAIM))}</th>"
        + "".join(_cell(judgement.state if judgement else None) for judgement in claim.judgements[:_OUTLETS])
        + "</tr>"
        for claim in shown
    )
    rest = [count(len(view.claims) - len(shown), "more claim")] if len(view.claims) > len(shown) else []
    rest += [count(len(view.outlets) - len(names), "more outlet")] if len(view.outlets) > len(names) else []
    more = f"<p><small>and {' and '.join(rest)}.</small></p>" if rest else ""
    table = f'<table><thead><tr><th scope="col">claim</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
    return table + more


def _cell(state: str | None) -> str:
    if state is None:
        return "<td></td>"
    return f'<td style="text-align: center" title="{LOOK_OF[state].word}">{LOOK_OF[state].symbol}</td>'
