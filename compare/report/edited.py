"""The page of an article's versions: what each adds, drops and changes."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from compare import __version__
from compare.report.look import palette
from compare.report.render import environment, policy, save_page, template_text
from compare.report.wording import count, moment

if TYPE_CHECKING:
    import os

    import pandas as pd

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MARK = {"added": "+", "dropped": "–", "changed": "~", "kept": "="}
_NAME = {"headline": "Headline", "lead": "Lead", "note": "Note", "text": ""}
_NOTED = {
    "added": "A note in the text speaks of a change.",
    "changed": "A note in the text was changed.",
    "kept": "The only note in the text was there before.",
    "dropped": "A note in the text was taken out.",
}


def edits_page(versions: pd.DataFrame, edits: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write the page of versions to one HTML file without scripts, and return its path.

    Args:
        versions: what `link_versions` returns.
        edits: what `compare_versions` returns for the same articles.
        path: the file.
    """
    style = palette() + template_text("page.css")
    articles = [_article(found, edits[edits["article"] == number]) for number, found in versions.groupby("article")]
    page = (
        environment()
        .get_template("edits.html.j2")
        .render(version=__version__, style=style, policy=policy([], [style]), articles=articles, bundle=None)
    )
    save_page(page, Path(path))
    return Path(path)


def _article(versions: pd.DataFrame, edits: pd.DataFrame) -> dict[str, Any]:
    titles = versions["title"].dropna()
    steps = [_step(row, edits[edits["version"] == row["version"]]) for _, row in versions.iterrows()]
    return {
        "outlet": versions["outlet"].iloc[0],
        "title": titles.iloc[-1] if len(titles) else versions["article_id"].iloc[0],
        "steps": steps,
    }


def _step(version: pd.Series, edits: pd.DataFrame) -> dict[str, Any]:
    rows = [_row(edit) for _, edit in edits.iterrows()]
    told = edits[edits["part"] != "note"]
    sentences = told[told["part"] != "headline"]["how"].value_counts()
    counts = [f"{count(int(number), 'sentence')} {how}" for how, number in sentences.items()]
    if len(told) > sentences.sum():
        counts.insert(0, "another headline")
    notes = set(edits[edits["part"] == "note"]["how"])
    noted = next((said for how, said in _NOTED.items() if how in notes), "No note in the text speaks of it.")
    return {
        "number": int(version["version"]),
        "published": moment(version["published"]),
        "title": version["title"] if isinstance(version["title"], str) else "",
        "counts": ", ".join(counts) or "no word of headline and text changed",
        "rows": rows,
        "noted": noted if len(told) or notes else "",
    }


def _row(edit: pd.Series) -> dict[str, Any]:
    before, after = edit["before"] or "", edit["after"] or ""
    marked = _marked(before, after) if edit["how"] == "changed" else escape(before or after)
    return {
        "how": edit["how"],
        "mark": _MARK[edit["how"]],
        "what": _NAME[edit["part"]],
        "text": marked,
        "changes": edit["changes"] or "",
    }


def _marked(before: str, after: str) -> Markup:
    """Return a sentence with what went and what came, word by word."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    parts = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[i:j])), escape("".join(new[k:m]))
        if tag == "equal":
            parts.append(come)
            continue
        if gone:
            parts.append(Markup("<del>{}</del>").format(gone))
        if gone and come:
            parts.append(Markup(" "))  # so that the two are no one word
        if come:
            parts.append(Markup("<ins>{}</ins>").format(come))
    return Markup("").join(parts)
