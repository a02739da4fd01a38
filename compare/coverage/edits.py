"""What an outlet changed in an article from one version to the next."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from compare.errors import InputError
from compare.language.languages import ENGLISH, code_of, with_languages
from compare.language.split import split_text
from compare.matching.changes.kinds import find_changes
from compare.reading.articles import read_articles
from compare.reading.corrections import find_corrections
from compare.reading.editions import link_versions
from compare.tables import EDITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

_SAME_SENTENCE = 60.0  # rapidfuzz ratio of words from which a sentence was changed, not replaced by another


def compare_versions(articles: Any) -> pd.DataFrame:
    """Return what each version of an article adds to the one before, drops and changes, in headline and text.

    Versions are those of `link_versions`. Sentences are aligned in order (longest common subsequence); what stands
    between two that stayed is one sentence changed, if at least three fifths of the characters stay (indel ratio of
    rapidfuzz), else one dropped and one added. A sentence that only moved is no edit. A note of the outlet on its own
    article ("Correction: ...") is a row of its own: where there is none, the text does not tell of the edit; the outlet
    may have told of it elsewhere.

    Args:
        articles: whatever `read_articles` reads.

    Returns:
        The EDITS table (`compare.tables.EDITS`), in order of articles, versions and places.

    Raises:
        InputError: the articles cannot be used, or no article has another version.
    """
    articles = with_languages(read_articles(articles))
    versions = link_versions(articles)
    if versions.empty:
        raise InputError(
            "no article has another version at its outlet: none share an address or nearly all of their text; to "
            "compare outlets, leave out --versions."
        )
    by_id = articles.set_index("article_id")
    rows: list[dict[str, Any]] = []
    for number, found in versions.groupby("article"):
        told = [by_id.loc[one] for one in found["article_id"]]
        for version, (old, new) in enumerate(pairwise(told), start=2):
            shared = {"article": number, "version": version, "article_id": new.name, "before_id": old.name}
            rows += [{**shared, "place": place, **edit} for place, edit in enumerate(_edits(old, new), start=1)]
    return EDITS.frame(rows)


def _edits(old: pd.Series, new: pd.Series) -> Iterator[dict[str, Any]]:
    english = code_of(old["language"]) == code_of(new["language"]) == ENGLISH
    was, now = (one["title"] if isinstance(one["title"], str) else "" for one in (old, new))
    if was != now:
        yield _edit("headline", was, now, english)
    (before, old_notes), (after, new_notes) = _sentences(old), _sentences(new)
    for note in new_notes:
        if note not in old_notes:
            yield {"part": "note", "how": "added", "before": "", "after": note, "changes": ""}
    for one, other in _aligned(before, after):
        yield _edit("text", one, other, english)


def _edit(part: str, before: str, after: str, english: bool) -> dict[str, Any]:
    how = "changed" if before and after else "added" if after else "dropped"
    kinds = find_changes(before, after) if how == "changed" and english else []
    return {"part": part, "how": how, "before": before, "after": after, "changes": "; ".join(kinds)}


def _sentences(article: pd.Series) -> tuple[list[str], list[str]]:
    """Return an article's sentences, and the notes in which it speaks of itself."""
    text = article["text"]
    spans = split_text(text, code_of(article["language"]))
    told = [" ".join(text[start:end].split()) for start, end in spans]
    notes = find_corrections(text, spans)
    in_notes = {at for note in notes for at in range(note.first, note.last + 1)}
    return (
        [sentence for at, sentence in enumerate(told) if at not in in_notes],
        [" ".join(told[note.first : note.last + 1]) for note in notes],
    )


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is not the same in both, the sentence before beside the one after; "" where there is none."""
    stay = set(before) & set(after)  # what only moved is no edit
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone = [one for one in before[i:j] if one not in stay]
        come = [one for one in after[k:m] if one not in stay]
        at = 0
        for one in gone:
            score, place = max(((fuzz.ratio(one, come[p]), -p) for p in range(at, len(come))), default=(0.0, 0))
            if score < _SAME_SENTENCE:
                yield one, ""
                continue
            for other in come[at:-place]:
                yield "", other
            yield one, come[-place]
            at = 1 - place
        for other in come[at:]:
            yield "", other
