"""What a run has to compare: its stories, what their articles are, and which stories are written together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.corpus.job import Part
from compare.corpus.store import fingerprint
from compare.grouping.editions import left_versions, tell_left
from compare.progress import progress

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from compare.corpus.intake import Intake


# What makes an article the one that was compared; the other columns are derived.
ARTICLE = ["article_id", "outlet", "title", "published", "url", "text"]
JUDGED = "complete"  # with more articles of its outlet, another length is usual: its story is compared again


@dataclass(frozen=True)
class Waiting:
    """A part that has stories to compare, without their articles."""

    name: str
    stories: tuple[str, ...]  # all of its stories, in their order
    left: tuple[str, ...]  # those to compare
    articles: int  # of those


class Plan:
    """The articles of a corpus as they are to be compared, read from disk when they are asked for.

    Attributes:
        made_of: a fingerprint of each story's articles, in the stories' order.
        left_out: the ids of articles of which another version is compared.
    """

    def __init__(self, intake: Intake, keep: str) -> None:
        """Look at all articles once; `keep` is which version of an article is compared: newest, first or all."""
        import pandas as pd

        self._intake = intake
        self.made_of: dict[str, str] = {}
        others: list[pd.DataFrame] = []
        for articles in progress(intake.in_parts(), unit="blocks", name="looking at articles"):
            left = left_versions(articles, keep)
            others.append(left)
            self.made_of |= _made_of(articles[~articles["article_id"].isin(left["article_id"])])
        left_out = pd.concat(others, ignore_index=True)
        tell_left(left_out, keep)
        self.left_out: set[str] = set(left_out["article_id"])

    def articles(self, stories: Collection[str]) -> pd.DataFrame:
        """Return the ARTICLES of stories that are to be compared."""
        found = self._intake.articles(stories)
        return found[~found["article_id"].isin(self.left_out)] if self.left_out else found

    def waiting(self, parts: Mapping[str, str], left: Collection[str]) -> list[Waiting]:
        """Return the parts that have stories left to compare; `parts` names the part of each story."""
        members: dict[str, list[str]] = {}
        for story in self.made_of:
            members.setdefault(parts[story], []).append(story)
        left = set(left)
        return [
            Waiting(
                name,
                tuple(stories),
                tuple(story for story in stories if story in left),
                sum(self._intake.stories[story] for story in stories if story in left),
            )
            for name, stories in members.items()
            if not left.isdisjoint(stories)
        ]

    def part(self, waiting: Waiting) -> Part:
        """Return a part with the articles that it waited for."""
        made = {story: self.made_of[story] for story in waiting.stories}
        kept = tuple(story for story in waiting.stories if story not in set(waiting.left))
        return Part(waiting.name, self.articles(waiting.left), made, kept)


def _made_of(articles: pd.DataFrame) -> dict[str, str]:
    """Return a fingerprint of each story's articles, whatever their order: a story with another is compared again."""
    by_id = articles.sort_values("article_id", kind="stable")
    rows = by_id.groupby("story_id", sort=False).indices
    told = by_id[[*ARTICLE, JUDGED]]
    return {story: fingerprint(told.iloc[rows[story]]) for story in articles["story_id"].unique()}
