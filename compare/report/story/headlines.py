"""All outlets' headlines side by side, and which of them say what the text below them does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.report.look import LOOK_OF
from compare.report.story.full_texts import Proof, proof
from compare.report.wording import language_tag, plain, shorten, sureness

if TYPE_CHECKING:
    from compare.report.story.view import View

_WIDTH = 200  # characters of a headline


def headlines_of(view: View) -> list[dict[str, Any]]:
    """Return outlet, text, language and doubt (a `Proof`, or None) of each headline, in the order of publication."""
    story = view.comparison
    languages = dict(zip(story.articles["article_id"], story.articles["language"], strict=True))
    return [
        {
            "outlet": row["outlet"],
            "text": shorten(row["title"], _WIDTH),
            "language": language_tag(languages[row["article_id"]]),
            "doubt": _doubt(view, row) if row["state"] in {"altered", "omitted"} else None,
        }
        for row in story.headlines.sort_values("published", kind="stable").to_dict("records")
    ]


def _doubt(view: View, row: dict[Any, Any]) -> Proof:
    state, sure = row["state"], sureness(row["state"], row["probability"])
    said = f"its own text says it otherwise ({plain(row['changes'])}), {sure}:"
    if state == "omitted":
        said = f"not found in its own text, {sure}; what comes nearest:"
    return proof(view, row["outlet"], LOOK_OF[state], said, view.sentence_numbers.get(row["sentence_id"]))
