"""All outlets' headlines side by side, and which of them say what the text below them does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.report.look import LOOK_OF
from compare.report.proofs import Proof, sentence_shown
from compare.report.wording import language_tag, plain, shorten, sureness

if TYPE_CHECKING:
    from compare.report.view import View

SHOWN = 12  # headlines at first
_WIDTH = 200  # characters of a headline


@dataclass(frozen=True)
class Headline:
    """One article's headline; `doubt` is what its own text has instead, where that does not bear it out."""

    outlet: str
    text: str
    language: str | None
    doubt: Proof | None


def headlines_of(view: View) -> list[Headline]:
    """Give the headlines in the order in which they were published, those without a time last."""
    story = view.comparison
    languages = dict(zip(story.articles["article_id"], story.articles["language"], strict=True))
    return [
        Headline(
            outlet=row["outlet"],
            text=shorten(row["title"], _WIDTH),
            language=language_tag(languages[row["article_id"]]),
            doubt=_doubt(view, row),
        )
        for row in story.headlines.sort_values("published", kind="stable").to_dict("records")
    ]


def _doubt(view: View, row: dict[Any, Any]) -> Proof | None:
    state = row["state"]
    if state not in {"altered", "omitted"}:
        return None
    sure = sureness(state, row["probability"])
    said = f"its own text says it otherwise ({plain(row['changes'])}), {sure}:"
    if state == "omitted":
        said = f"not found in its own text, {sure}; what comes nearest:"
    number = view.sentence_numbers.get(row["sentence_id"])
    return Proof(row["outlet"], LOOK_OF[state], said, number, *sentence_shown(view, number))
