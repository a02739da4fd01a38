"""The story in time: which article was published when, and which shared claims it was the first to carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.report.story.view import given
from compare.report.wording import plain

if TYPE_CHECKING:
    from datetime import datetime

    from compare.report.story.view import View


class Moment(NamedTuple):
    """One article in time: how many shared claims it carries, and the numbers of those that no earlier one carries."""

    outlet: str
    title: str
    published: datetime
    carried: int
    first: tuple[int, ...]


def timeline(view: View) -> tuple[list[Moment], int]:
    """Return the articles with a known time, earliest first, and the number of articles without one.

    A claim is first in its earliest article, or in all that share that time. An article carries what it mentions, so a
    claim that an outlet tells in undecided words is not counted.
    """
    articles = view.comparison.articles.sort_values("published", kind="stable").to_dict("records")
    when = {row["article_id"]: given(row["published"]) for row in articles}
    numbers = {claim.claim_id: claim.number for claim in view.shared}
    carrying: dict[str, set[int]] = {}
    earliest: dict[int, datetime] = {}
    carried = {(claim.claim_id, j.outlet) for claim in view.shared for j in claim.judgements if j and j.carried}
    mentions = view.comparison.mentions[["claim_id", "article_id", "outlet"]]
    for claim_id, article_id, outlet in mentions.itertuples(index=False):
        if (claim_id, outlet) in carried and when.get(article_id) is not None:
            number = numbers[claim_id]
            carrying.setdefault(article_id, set()).add(number)
            earliest[number] = min(earliest.get(number, when[article_id]), when[article_id])
    moments = []
    for row in articles:
        time, told = when[row["article_id"]], carrying.get(row["article_id"], set())
        if time is not None:
            first = tuple(sorted(number for number in told if earliest[number] == time))
            moments.append(Moment(row["outlet"], plain(given(row["title"]) or ""), time, len(told), first))
    return moments, len(articles) - len(moments)
