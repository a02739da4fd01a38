"""Go on with a run: whether it is the same one, and which of its stories are left to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.corpus.store import is_done, read_manifest, read_stories_table
from compare.errors import InputError, count, listed, shortened

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

    import pandas as pd

# What must be the same in all stories of a run, and what it is called.
_SAME = {
    "storydiff": "storydiff {}, and this is {}",
    "settings": "other settings",
    "encoder": "the encoder {}, not {}",
    "reader": "the reader {}, not {}",
    "seed": "the seed {}, not {}",
    "boilerplate": "other lines of boilerplate",
}
# What makes an article the one that was compared; the other columns are derived.
_ARTICLE = ["article_id", "outlet", "title", "published", "url", "text"]
_JUDGED = "complete"  # with more articles of its outlet, another length is usual: its story is compared again


def check_same(folder: Path, made_with: Mapping[str, Any]) -> None:
    """Refuse to go on with a run that was made with something else; `made_with` has keys of `_SAME`.

    Raises:
        InputError: it was, or it is damaged.
    """
    before = read_manifest(folder)
    for name, has in made_with.items():
        had = getattr(before, name)
        if had != has:
            told = _SAME[name].format(*("none" if value is None else value for value in (had, has)))
            raise InputError(f"{folder}: was begun with {told}; go on with the same, or give another folder.")


def stories_left(folder: Path, articles: pd.DataFrame, left_out: Container[str] = ()) -> list[str]:
    """Return the stories of articles that are not done in a run, or have articles that were not there or read as whole.

    Args:
        folder: the run folder.
        articles: the ARTICLES that are to be in it.
        left_out: the ids of articles that are given, but are to be in it no more, because of a newer version.

    Raises:
        InputError: an article that was compared is not among them, or reads otherwise.
    """
    manifest = read_manifest(folder)
    stories = articles["story_id"].unique().tolist()
    gone = manifest.stories.keys() - set(stories)
    if gone:
        raise _others(folder, f"{count(len(gone), 'story')} of which no article is given ({listed(sorted(gone))})")
    done = {story: name for story, name in manifest.stories.items() if is_done(folder, name)}
    if not done:
        return stories
    before = read_stories_table(folder, done, "articles", [*_ARTICLE, _JUDGED])
    # Unlike NaN, the same mark for what is missing is equal to itself.
    had, has = (
        set(table[["story_id", *_ARTICLE, _JUDGED]].astype(str).itertuples(index=False, name=None))
        for table in (before, articles)
    )
    replaced = {row for row in had if row[1] in left_out}
    gone_or_changed = {row[:-1] for row in had - replaced} - {row[:-1] for row in has}
    if gone_or_changed:
        story, name, outlet, *_ = min(gone_or_changed)
        what = f"article {shortened(name)} of {shortened(outlet)} in story {shortened(story)}"
        raise _others(folder, f"{what}, which is not among the articles, or reads otherwise there")
    new = {story for story, *_ in (has - had) | replaced}
    return [story for story in stories if story not in done or story in new]


def _others(folder: Path, what: str) -> InputError:
    return InputError(
        f"{folder}: the run has {what}; give all of its articles, with new ones if you like, or another folder."
    )
