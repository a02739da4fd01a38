"""All outlets' headlines side by side, and which of them say what the text below them does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.language.languages import ENGLISH, code_of
from compare.language.tokens import content_stems
from compare.report.look import LOOK_OF
from compare.report.story.full_texts import Proof, proof
from compare.report.wording import language_tag, plain, shorten, sureness
from compare.tables import HEADLINE

if TYPE_CHECKING:
    from compare.report.story.view import View

_WIDTH = 200  # characters of a headline
_OF_THE_TEXT = 2  # words of content that it shares with its article, if it is not another one's


def headlines_of(view: View) -> list[dict[str, Any]]:
    """Return the headlines in the order in which they were published, those without a time last.

    Returns:
        Rows with outlet, text, language, and doubt: what its own text has instead, where that does not bear it out.
    """
    story = view.comparison
    languages = dict(zip(story.articles["article_id"], story.articles["language"], strict=True))
    return [
        {
            "outlet": row["outlet"],
            "text": shorten(row["title"], _WIDTH),
            "language": language_tag(languages[row["article_id"]]),
            "doubt": _doubt(view, row, languages[row["article_id"]]),
        }
        for row in story.headlines.sort_values("published", kind="stable").to_dict("records")
    ]


def _is_of_the_text(view: View, row: dict[Any, Any]) -> bool:
    """Whether a headline has enough words of its article to be of it: labels and plays on words exaggerate nothing."""
    sentences = view.comparison.sentences
    own = sentences[(sentences["article_id"] == row["article_id"]) & (sentences["index"] != HEADLINE)]
    return len(content_stems(row["title"]) & content_stems(" ".join(own["text"]))) >= _OF_THE_TEXT


def _doubt(view: View, row: dict[Any, Any], language: str | None) -> Proof | None:
    state = row["state"]
    if state not in {"altered", "omitted"}:
        return None
    if state == "omitted" and (code_of(language) != ENGLISH or _is_of_the_text(view, row)):
        return None
    sure = sureness(state, row["probability"])
    said = f"its own text says it otherwise ({plain(row['changes'])}), {sure}:"
    if state == "omitted":
        said = f"not found in its own text, {sure}; what comes nearest:"
    return proof(view, row["outlet"], LOOK_OF[state], said, view.sentence_numbers.get(row["sentence_id"]))
