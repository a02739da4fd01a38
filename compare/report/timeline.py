"""The story in time: which article was published when, and which shared claims it was the first to carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.report.view import given
from compare.report.wording import clock, moment, plain, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import pandas as pd

    from compare.report.view import View

_LEFT, _RIGHT, _TOP, _ROW, _WIDTH = 190, 110, 34, 30, 900  # pixels of the drawing
_NAME = 22  # characters of an outlet's name in it
_TICKS = 6  # at most
_STEPS = ("5min", "15min", "30min", "1h", "3h", "6h", "12h", "1D", "2D", "7D", "14D", "30D", "90D", "365D", "3650D")


@dataclass(frozen=True)
class Moment:
    """One article in time.

    Attributes:
        outlet: who published it.
        title: its headline, or nothing.
        published: when, in UTC.
        carried: how many shared claims it carries.
        first: the numbers of those that no article published earlier carries.
    """

    outlet: str
    title: str
    published: datetime
    carried: int
    first: tuple[int, ...]


def timeline(view: View) -> tuple[list[Moment], int]:
    """Put the articles in the order of their publication.

    A claim is first where its earliest article is; articles of the same time are first together. An article carries
    what it has a mention of, so a claim that an outlet tells in undecided words is not counted.

    Returns:
        The articles with a known time, the earliest first, and how many have none.
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
    moments = [
        Moment(
            outlet=row["outlet"],
            title=plain(given(row["title"]) or ""),
            published=when[row["article_id"]],
            carried=len(told := carrying.get(row["article_id"], set())),
            first=tuple(sorted(number for number in told if earliest[number] == when[row["article_id"]])),
        )
        for row in articles
        if when[row["article_id"]] is not None
    ]
    return moments, len(articles) - len(moments)


def drawing(moments: Sequence[Moment]) -> dict[str, Any]:
    """Lay the articles out on a line for each outlet; a dot is as large as the number of claims it is first with.

    Returns:
        What `timeline.svg.j2` draws: width, height, left, right, top (pixels), ticks as (x, label), and lines, each
        with outlet, y, first (claims) and dots as (x, radius, what it says).
    """
    low, high = moments[0].published, moments[-1].published
    span = (high - low).total_seconds()

    def x(time: Any) -> float:
        share = (time - low).total_seconds() / span if span else 0.5
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * share, 1)

    outlets: dict[str, list[Moment]] = {}
    for one in moments:
        outlets.setdefault(one.outlet, []).append(one)
    lines = [
        {
            "outlet": shorten(outlet, _NAME),
            "y": _TOP + _ROW * row + _ROW // 2,
            "first": sum(len(one.first) for one in mine),
            "dots": [(x(one.published), round(3 + 1.6 * len(one.first) ** 0.5, 1), _told(one)) for one in mine],
        }
        for row, (outlet, mine) in enumerate(outlets.items())
    ]
    return {
        "width": _WIDTH,
        "height": _TOP + _ROW * len(lines) + 12,
        "left": _LEFT,
        "right": _WIDTH - _RIGHT,
        "top": _TOP,
        "ticks": [(x(tick), clock(tick, low, high)) for tick in time_ticks(low, high)],
        "lines": lines,
    }


def _told(one: Moment) -> str:
    return f"{plain(one.outlet)}, {moment(one.published)}: first with {len(one.first)} of {one.carried}"


def time_ticks(low: datetime, high: datetime, most: int = _TICKS) -> pd.DatetimeIndex:
    """Give a few round times between two, at most so many."""
    import pandas as pd

    for step in _STEPS:
        ticks = pd.date_range(pd.Timestamp(low).ceil(step), high, freq=step)
        if len(ticks) <= most:
            return ticks
    return ticks[:: len(ticks) // most + 1]
