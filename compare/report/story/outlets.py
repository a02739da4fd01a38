"""Each outlet in a line, with the claims that it leaves out and those that it has alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.report.story.view import SHARED_FROM
from compare.report.wording import count
from compare.tables import UNALTERED

if TYPE_CHECKING:
    from compare.report.story.view import View


def outlet_lists(view: View) -> list[dict[str, Any]]:
    """Return each outlet's summary and lists, in the articles' order.

    Rows have name, number, counts (of shared claims by state), sentence, omissions (claims that at least half of the
    others carry, each with the chance that this outlet does too), alone (claims) and notes (on its own articles).
    """
    by_id = {claim.claim_id: claim for claim in view.claims}
    others = len(view.outlets) - 1
    made = count(len(view.claims), "claim")
    by_itself = Markup("makes <strong>{}</strong>; there is no other outlet to compare with.").format(made)
    lists = []
    for number, outlet in enumerate(view.outlets):
        omitted = view.comparison.omitted_by(outlet)
        # Among three outlets "half of the others" is one; what one alone says is in its own list.
        omitted = omitted[(omitted["carriers"] * 2 >= others) & (omitted["carriers"] >= min(others, SHARED_FROM))]
        alone = [by_id[claim_id] for claim_id in view.alone.get(outlet, ())]
        counts = {
            "carried": sum(outlet in claim.outlets(*UNALTERED) for claim in view.shared),
            **{
                name: sum(outlet in c.outlets(name) for c in view.shared)
                for name in ("altered", "undecided", "omitted")
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
    parts = [
        Markup("carries <strong>{} of {}</strong> shared claims").format(counts["carried"] + counts["altered"], shared)
    ]
    if counts["altered"]:
        parts.append(Markup("{} of them altered").format(counts["altered"]))
    parts.append(Markup("leaves out {}").format(counts["omitted"]))
    if counts["undecided"]:
        parts.append(Markup("{} undecided").format(counts["undecided"]))
    return Markup("{}; {} only here.").format(Markup(", ").join(parts), count(alone, "claim"))
