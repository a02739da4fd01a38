"""What a reader with two minutes should know, in plain sentences.

The sentences are `Markup`: their wording stands here, every name and claim in them is escaped by
`Markup.format`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.language.tokens import leans
from compare.report.copies import copy_sentences, cut_from_the_end, voices
from compare.report.markup import claim_link, name_of, names_of
from compare.report.quotations import quotations_of, told_differently
from compare.report.view import SHARED_FROM
from compare.report.wording import count, decimal, likelihood, percent
from compare.tables import CHANGES

if TYPE_CHECKING:
    from compare.report.view import Claim, View

AT_MOST = 3  # findings of one kind: more than this and nobody reads them


@dataclass(frozen=True)
class OutletLists:
    """One outlet: its counts over the shared claims, and the claims that it leaves out or has alone."""

    name: str
    number: int
    counts: dict[str, int]
    sentence: Markup
    omissions: list[tuple[Claim, float, int]]
    alone: list[tuple[Claim, float]]


def findings(view: View) -> list[Markup]:
    """Give the headline findings, most important first."""
    if not view.claims:
        return [Markup("No claims were found in these articles.")]
    shared = view.shared
    return [
        _overall(view),
        *_copied(view),
        *_extremes(view, shared),
        *_left_out_by_one(view, shared),
        *_altered(shared),
        *told_differently(quotations_of(view)),
        *_undecided(shared),
    ]


def _overall(view: View) -> Markup:
    total, shared, outlets = len(view.claims), len(view.shared), len(view.outlets)
    if outlets == 1:
        return Markup("One outlet makes {}; with nothing to compare it to, nothing is left out.").format(
            count(total, "claim")
        )
    everywhere = sum(len(claim.carriers) == outlets for claim in view.claims)
    by_one = sum(len(claim.carriers) == 1 for claim in view.claims)
    alone = sum(map(len, view.alone.values()))
    told = Markup("<strong>{} of {}</strong> are told by at least two of the {} outlets").format(
        shared, count(total, "claim"), outlets
    )
    by_all = f", {everywhere} by all of them" if everywhere and outlets > 2 else ""
    unsure = f", {by_one - alone:,} more by one while another is undecided" if by_one > alone else ""
    return Markup("{}{}; {} by one alone{}.").format(told, by_all, f"{alone:,}", unsure)


def _copied(view: View) -> list[Markup]:
    counted = voices(view)
    return [*copy_sentences(view)[:AT_MOST], counted] if counted else []


def _extremes(view: View, shared: list[Claim]) -> list[Markup]:
    if not shared or len(view.outlets) < 3:
        return []
    carried = {outlet: sum(outlet in claim.carriers for claim in shared) for outlet in view.outlets}
    most, fewest = max(carried.values()), min(carried.values())
    if most == fewest:
        return [Markup("Every outlet carries the same number of shared claims ({}).").format(most)]
    at_most, at_least = ([o for o in carried if carried[o] == bound] for bound in (most, fewest))
    verb = "carries" if len(at_most) == 1 else "carry"
    template = Markup("Of the {} shared claims {} {} the most ({}) and {} the fewest ({}).")
    return [template.format(len(shared), names_of(at_most), verb, most, names_of(at_least), fewest)]


def _left_out_by_one(view: View, shared: list[Claim]) -> list[Markup]:
    """Claims that all outlets but one carry; where there are none, the most widely carried omissions.

    What does not stand on its own ("They have stalled.") comes last, and what only copies without their
    end leave out is no finding.
    """
    cut = cut_from_the_end(view)
    shared = [c for c in shared if not cut or set(c.outlets("omitted")) - cut]
    lone = [c for c in shared if len(c.outlets("omitted")) == 1 and len(c.carriers) == len(view.outlets) - 1]
    if lone and len(view.outlets) > 2:
        template = Markup("<strong>{}</strong> alone leaves out {} (probability {}).")
        lone = sorted(lone, key=lambda c: (leans(c.text), -_surest(c)))[:AT_MOST]
        return [template.format(names_of(c.outlets("omitted")), claim_link(c), decimal(_surest(c))) for c in lone]
    wide = sorted(
        (c for c in shared if c.outlets("omitted")), key=lambda c: (leans(c.text), -len(c.carriers), -_surest(c))
    )
    template = Markup("{} is told by {} of {} outlets; {} {} it out (probability {}).")
    found = []
    for claim in wide[:AT_MOST]:
        missing = claim.outlets("omitted")
        verb = "leaves" if len(missing) == 1 else "leave"
        told = claim_link(claim), len(claim.carriers), len(view.outlets)
        found.append(template.format(*told, names_of(missing), verb, decimal(_surest(claim))))
    return found


def _altered(shared: list[Claim]) -> list[Markup]:
    """The alterations: numbers first, then negations, then the rest; the surest of each kind first."""
    template = Markup("<strong>{}</strong> tells it differently{}: {}.")
    cells = [(claim, j) for claim in shared for j in claim.judgements if j and j.state == "altered"]
    cells.sort(key=lambda cell: (_kind_rank(cell[1].changes), -cell[1].probability))
    found = []
    for claim, judgement in cells:
        what = Markup(" ({})").format(judgement.changes) if judgement.changes else ""
        found.append(template.format(name_of(judgement.outlet), what, claim_link(claim)))
    more = [Markup("{} more alterations are marked in the matrix.").format(len(found) - AT_MOST)]
    return found[:AT_MOST] + (more if len(found) > AT_MOST + 1 else found[AT_MOST:])


def _kind_rank(changes: str) -> int:
    return CHANGES.index(first) if (first := changes.split("; ", maxsplit=1)[0]) in CHANGES else len(CHANGES)


def _undecided(shared: list[Claim]) -> list[Markup]:
    total = sum(j is not None for claim in shared for j in claim.judgements)
    open_ones = sum(len(claim.outlets("undecided")) for claim in shared)
    if not open_ones:
        return []
    template = Markup("{} of {} decisions on shared claims ({}) stay undecided: neither carried nor left out.")
    return [template.format(open_ones, f"{total:,}", percent(open_ones / total))]


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
        alone = view.alone.get(outlet, {})
        counts = {
            "carried": sum(outlet in c.outlets("verbatim", "paraphrased", "partial") for c in shared),
            **{state: sum(outlet in c.outlets(state) for c in shared) for state in ("altered", "undecided", "omitted")},
        }
        lists.append(
            OutletLists(
                name=outlet,
                number=number,
                counts=counts,
                sentence=_summary(counts, len(shared), len(alone)),
                omissions=[
                    (by_id[i], p, n)
                    for i, p, n in zip(
                        omitted["claim_id"], omitted["probability_omitted"], omitted["carriers"], strict=True
                    )
                ],
                alone=[(by_id[claim_id], p) for claim_id, p in alone.items()],
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


def sure(probability: float) -> str:
    """Say how sure an omission is: `very likely, 97 % sure`."""
    return f"{likelihood(probability)}, {percent(probability)} sure"


def _surest(claim: Claim) -> float:
    """The probability that all the outlets which leave the claim out do so: the least of theirs."""
    return min(1 - j.probability for j in claim.judgements if j and j.state == "omitted")
