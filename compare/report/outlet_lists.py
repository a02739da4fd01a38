"""Each outlet in a line, with the claims that it leaves out and those that it has alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.report.view import SHARED_FROM
from compare.report.wording import count
from compare.tables import UNALTERED

if TYPE_CHECKING:
    from compare.report.view import Claim, Note, View


@dataclass(frozen=True)
class OutletLists:
    """One outlet: its counts over the shared claims, those that it leaves out or has alone, its notes on itself."""

    name: str
    number: int
    counts: dict[str, int]
    sentence: Markup
    omissions: list[tuple[Claim, float]]
    alone: list[Claim]
    notes: list[Note]


def outlet_lists(view: View) -> list[OutletLists]:
    """Give each outlet's summary and its two lists, in the articles' order."""
    by_id = {claim.claim_id: claim for claim in view.claims}
    others = len(view.outlets) - 1
    shared = view.shared
    lists = []
    for number, outlet in enumerate(view.outlets):
        omitted = view.comparison.omitted_by(outlet)
        # Among three outlets "half of the others" is one; what one alone says is in its own list.
        omitted = omitted[(omitted["carriers"] * 2 >= others) & (omitted["carriers"] >= min(others, SHARED_FROM))]
        alone = view.alone.get(outlet, [])
        chance = {claim.claim_id: own.probability for claim in view.claims if (own := claim.judgements[number])}
        counts = {
            "carried": sum(outlet in c.outlets(*UNALTERED) for c in shared),
            **{state: sum(outlet in c.outlets(state) for c in shared) for state in ("altered", "undecided", "omitted")},
        }
        lists.append(
            OutletLists(
                name=outlet,
                number=number,
                counts=counts,
                sentence=_summary(counts, len(shared), len(alone)),
                omissions=[(by_id[claim_id], chance[claim_id]) for claim_id in omitted["claim_id"]],
                alone=[by_id[claim_id] for claim_id in alone],
                notes=[note for note in view.notes if note.outlet == outlet],
            )
        )
    return lists


def _summary(counts: dict[str, int], shared: int, alone: int) -> Markup:
    parts = [
        Markup("carries <strong>{} of {}</strong> shared claims").format(counts["carried"] + counts["altered"], shared)
    ]
    if counts["altered"]:
        parts.append(Markup("{} of them altered").format(counts["altered"]))
    parts.append(Markup("leaves out {}").format(counts["omitted"]))
    if counts["undecided"]:
        parts.append(Markup("{} undecided").format(counts["undecided"]))
    return Markup("{}; {} only here.").format(Markup(", ").join(parts), count(alone, "claim"))
