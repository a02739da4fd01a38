"""What an outlet changed in an article from one version to the next."""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from rapidfuzz import fuzz, process

from compare.errors import InputError
from compare.grouping.editions import versions_of, warn_of_clocks
from compare.language.languages import ENGLISH, code_of, with_languages
from compare.language.split import split_text
from compare.matching.changes.kinds import find_changes
from compare.reading.articles import read_articles
from compare.reading.corrections import find_corrections
from compare.tables import EDITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

_SAME_SENTENCE = 60.0  # rapidfuzz ratio of words from which a sentence was changed, not replaced by another


def compare_versions(articles: Any) -> pd.DataFrame:
    """Return what each version of an article adds to the one before, drops and changes, in headline and text.

    Versions are those of `link_versions`. A sentence that is in both is no edit, even if it moved. Of the others, the
    most alike are one sentence that was changed, if at least three fifths of their characters stay (indel ratio of
    rapidfuzz); what is left was dropped or added. The first sentence is the lead. A note of the outlet on its own
    article ("Correction: ...") is a row of its own, also one that was there before: where no note was added or changed,
    the text does not tell of the edit; the outlet may have told of it elsewhere.

    Args:
        articles: whatever `read_articles` reads.

    Returns:
        The EDITS table (`compare.tables.EDITS`), in order of articles, versions and places.

    Raises:
        InputError: the articles cannot be used, or no article has another version.
    """
    articles = read_articles(articles)
    return edits_between(articles, versions_of(articles))


def edits_between(articles: pd.DataFrame, versions: pd.DataFrame) -> pd.DataFrame:
    """Return the EDITS of an ARTICLES table whose ARTICLE_VERSIONS are known."""
    if versions.empty:
        raise InputError(
            "no article has another version at its outlet: none share an address or nearly all of their text; to "
            "compare outlets, leave out --versions."
        )
    warn_of_clocks(versions)
    told = with_languages(articles[articles["article_id"].isin(versions["article_id"])]).set_index("article_id")
    rows: list[dict[str, Any]] = []
    for number, found in versions.groupby("article"):
        each = [_Version(told.loc[one]) for one in found["article_id"]]
        for version, (old, new) in enumerate(pairwise(each), start=2):
            shared = {"article": number, "version": version, "article_id": new.id, "before_id": old.id}
            rows += [{**shared, "place": place, **edit} for place, edit in enumerate(_edits(old, new), start=1)]
    return EDITS.frame(rows)


class _Version:
    """A version of an article: headline, sentences, and the notes in which it speaks of itself."""

    def __init__(self, article: pd.Series) -> None:
        self.id = article.name
        self.language = code_of(article["language"])
        self.headline = article["title"] if isinstance(article["title"], str) else ""
        text = article["text"]
        spans = split_text(text, self.language)
        told = [" ".join(text[start:end].split()) for start, end in spans]
        notes = find_corrections(text, spans)
        in_notes = {at for note in notes for at in range(note.first, note.last + 1)}
        self.sentences = [sentence for at, sentence in enumerate(told) if at not in in_notes]
        self.notes = [" ".join(told[note.first : note.last + 1]) for note in notes]


def _edits(old: _Version, new: _Version) -> Iterator[dict[str, Any]]:
    english = old.language == new.language == ENGLISH
    if old.headline != new.headline:
        yield _edit("headline", old.headline, new.headline, english)
    for note in new.notes:
        if note in old.notes:
            yield {"part": "note", "how": "kept", "before": note, "after": note, "changes": ""}
    for parts, had, has in (("note", old.notes, new.notes), ("text", old.sentences, new.sentences)):
        for before, after in _aligned(had, has):
            part = "lead" if parts == "text" and 0 in (before, after) else parts
            yield _edit(part, _at(had, before), _at(has, after), english and parts == "text")


def _at(sentences: Sequence[str], place: int | None) -> str:
    return "" if place is None else sentences[place]


def _edit(part: str, before: str, after: str, english: bool) -> dict[str, Any]:
    how = "changed" if before and after else "added" if after else "dropped"
    kinds = find_changes(before, after) if how == "changed" and english else []
    return {"part": part, "how": how, "before": before, "after": after, "changes": "; ".join(kinds)}


def _aligned(before: Sequence[str], after: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Return the places of what is not in both as often: before and after, None where there is none."""
    partner = _unchanged(before, after)
    stayed = set(partner.values())
    gone = [i for i in range(len(before)) if i not in partner]
    come = [k for k in range(len(after)) if k not in stayed]
    changed = [(gone[i], come[k]) for i, k in _alike([before[i] for i in gone], [after[k] for k in come])]
    partner |= changed
    reworded = {k for _, k in changed}
    rows: list[tuple[float, int | None, int | None]] = [(k, i, k) for i, k in changed]
    rows += [(k, None, k) for k in come if k not in reworded]
    # What was dropped is told behind the sentence that it stood behind.
    behind = -0.5
    for i in range(len(before)):
        if i in partner:
            behind = partner[i] + 0.5
        else:
            rows.append((behind, i, None))
    return [(i, k) for _, i, k in sorted(rows, key=lambda row: row[0])]


def _unchanged(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Return the place after of each sentence that stayed, by its place before; each place once."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for k, sentence in enumerate(after):
        places[sentence].append(k)
    return {i: places[sentence].popleft() for i, sentence in enumerate(before) if places[sentence]}


def _alike(gone: list[str], come: list[str]) -> list[tuple[int, int]]:
    """Return the places of sentences that are one sentence reworded, the most alike first, each once."""
    likeness = process.cdist(gone, come, scorer=fuzz.ratio, score_cutoff=_SAME_SENTENCE, dtype=np.uint8)
    one, other = np.nonzero(likeness)
    found: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for at in np.lexsort((np.abs(one - other), -likeness[one, other].astype(int))):
        i, k = int(one[at]), int(other[at])
        if i not in taken[0] and k not in taken[1]:
            taken[0].add(i)
            taken[1].add(k)
            found.append((i, k))
    return found
