"""Go on with a run: whether it is the same one, and which of its stories are left to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compare.corpus.planning import ARTICLE, JUDGED
from compare.corpus.store import done_stories, read_manifest, read_stories_table
from compare.errors import InputError, count, listed, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from compare.corpus.planning import Plan

# What must be the same in all stories of a run, and what it is called.
_SAME = {
    "storydiff": "storydiff {}, and this is {}",
    "settings": "other settings",
    "encoder": "the encoder {}, not {}",
    "reader": "the reader {}, not {}",
    "seed": "the seed {}, not {}",
    "boilerplate": "other lines of boilerplate",
}


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


def stories_left(folder: Path, plan: Plan) -> list[str]:
    """Return the stories of a plan that are not done in a run, or have articles that were not there or read as whole.

    Raises:
        InputError: an article that was compared is not among those of the plan, or reads otherwise.
    """
    manifest = read_manifest(folder)
    gone = manifest.stories.keys() - plan.made_of.keys()
    if gone:
        raise _others(folder, f"{count(len(gone), 'story')} of which no article is given ({listed(sorted(gone))})")
    done = set(done_stories(folder, manifest))
    changed = {one: manifest.stories[one] for one in done if plan.made_of[one] != manifest.articles.get(one)}
    if changed:
        before = read_stories_table(folder, changed, "articles", [*ARTICLE, JUDGED])
        # Unlike NaN, the same mark for what is missing is equal to itself.
        had, has = (
            set(table[["story_id", *ARTICLE]].astype(str).itertuples(index=False, name=None))
            for table in (before[~before["article_id"].isin(plan.left_out)], plan.articles(changed))
        )
        if lost := had - has:
            story, name, outlet, *_ = min(lost)
            what = f"article {shortened(name)} of {shortened(outlet)} in story {shortened(story)}"
            raise _others(folder, f"{what}, which is not among the articles, or reads otherwise there")
    return [story for story in plan.made_of if story not in done or story in changed]


def _others(folder: Path, what: str) -> InputError:
    return InputError(
        f"{folder}: the run has {what}; give all of its articles, with new ones if you like, or another folder."
    )
