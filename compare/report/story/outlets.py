"""A line for each outlet, with the claims it leaves out or has alone; and when each article was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from compare.report.story.view import SHARED_FROM, given
from compare.report.wording import count, plain
from compare.tables import NOT_ASSESSABLE, UNALTERED

if TYPE_CHECKING:
    from datetime import datetime

    from compare.report.story.view import View


def outlet_lists(view: View) -> list[dict[str, Any]]:
    """Return each outlet's summary and lists, in the order of the articles.

    Rows have name, number, counts (of shared claims by state), sentence, omissions (claims that at least half of the
    others carry, each with the probability that this outlet does too), alone (claims) and notes (on its own articles).
    """
    by_id = {claim.claim_id: claim for claim in view.claims}
    others = len(view.outlets) - 1
    made = count(len(view.claims), "claim")
    by_itself = Markup("makes <strong>{}</strong>; there is no other outlet to compare with.").format(made)
    lists = []
    for number, outlet in enumerate(view.outlets):
        omitted = view.comparison.omitted_by(outlet)
        # With three outlets, half of the others is one outlet; its claims are already in its own list.
        omitted = omitted[(omitted["carriers"] * 2 >= others) & (omitted["carriers"] >= min(others, SHARED_FROM))]
        alone = [by_id[claim_id] for claim_id in view.alone.get(outlet, ())]
        counts = {
            "carried": sum(outlet in claim.outlets(*UNALTERED) for claim in view.shared),
            **{
                name: sum(outlet in c.outlets(name) for c in view.shared)
                for name in ("altered", "undecided", "omitted", NOT_ASSESSABLE)
            },
        }
        omissions = [by_id[claim_id] for claim_id in omitted["claim_id"]]
        lists.append(
            {
                "name": outlet,
                "number": number,
                "counts": counts,
                "sentence": _summary(counts, len(view.shared), len(alone)) if others else by_itself,
                "omissions": [(claim, claim.chance_at([outlet])) for claim in omissions],
                "alone": alone,
                "notes": [note for note in view.notes if note.outlet == outlet],
            }
        )
    return lists


def _summary(counts: dict[str, int], shared: int, alone: int) -> Markup:
    told, unknown = counts["carried"] + counts["altered"], counts[NOT_ASSESSABLE]
    # Where an article was cut off, a share of what it tells would be one of what is there to be read.
    cut = Markup("tells <strong>{}</strong> of the {} shared claims before it was cut off")
    whole = Markup("carries <strong>{} of {}</strong> shared claims")
    parts = [(cut if unknown else whole).format(told, shared)]
    if counts["altered"]:
        parts.append(Markup("{} of them altered").format(counts["altered"]))
    if unknown:
        parts.append(Markup("{} cannot be assessed").format(unknown))
    else:
        parts.append(Markup("leaves out {}").format(counts["omitted"]))
    undecided = f"; {counts['undecided']} undecided" if counts["undecided"] else ""
    return Markup("{}{}; {} only here.").format(Markup(", ").join(parts), undecided, count(alone, "claim"))


class Moment(NamedTuple):
    """One article in time: how many shared claims it carries, and the numbers of those no earlier article carries."""

    outlet: str
    title: str
    published: datetime
    carried: int
    first: tuple[int, ...]


def timeline(view: View) -> tuple[list[Moment], int]:
    """Return the articles with a known time, earliest first, and the number of articles without one.

    A claim is first in its earliest article, or in all articles published at that time. An article carries what it
    mentions; a claim that an outlet tells in undecided words is not counted.
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
