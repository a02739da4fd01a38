"""What a reader with two minutes should know, in plain sentences with the words that prove them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.report.accusations import (
    Finding,
    altered,
    disputed,
    left_out,
    left_out_by_groups,
    reattributed,
    trimmed,
)
from compare.report.copies import copy_sentences, voices
from compare.report.markup import names_of
from compare.report.sure import SURE_AT, Bar
from compare.report.wording import count, percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.report.quotations import Quotation
    from compare.report.view import Claim, View

FIRST = 3  # findings that the page begins with
AT_MOST = 10  # findings: ten that are read beat thirty that are not
_COPIES_AT_MOST = 3  # texts of which it is said who runs them
NOTHING_SURE = Markup(
    "Nothing here is sure enough to be said of an outlet in a sentence; the matrix has every decision with its "
    "probability."
)


@dataclass(frozen=True)
class Brief:
    """The findings as the page tells them: in sum, the first few with their evidence, and the rest."""

    sum: tuple[Markup, ...]
    first: tuple[Finding, ...]
    more: tuple[Finding, ...]

    @property
    def decisions(self) -> tuple[Finding, ...]:
        """The findings that say something of an outlet."""
        return tuple(finding for finding in self.first + self.more if finding.decisions)


def brief_of(view: View, quotations: list[Quotation]) -> Brief:
    """Give the findings that pass the bar: the first of each kind, then the rest, both by `Finding.rank`."""
    if not view.claims:
        return Brief((Markup("No claims were found in these articles."),), (), ())
    bar = Bar(view)
    kinds = (
        left_out_by_groups(bar),
        left_out(bar),
        altered(bar),
        disputed(bar),
        reattributed(bar, quotations),
        trimmed(bar, quotations),
    )
    heads = sorted((one for some in kinds for one in some[:1]), key=lambda one: one.rank)
    rest = sorted((one for some in kinds for one in some[1:]), key=lambda one: one.rank)
    found = _each_once([*heads, *rest])[:AT_MOST]
    copied = [Finding(said, "copies", "The copies") for said in _copied(view)]
    notes = [*_further(view, found), *copied, *_undecided(view.shared)]
    told = [_overall(view), *_extremes(view, view.shared)]
    if not found and len(view.outlets) > 1:
        told.append(NOTHING_SURE)
    return Brief(tuple(told), tuple(found[:FIRST]), tuple(found[FIRST:] + notes))


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what says again of an outlet what a finding before it says, of this claim or of one told beside it."""
    said: dict[str, list[set[int]]] = {}
    kept = []
    for finding in findings:
        says = [(one.outlet, _told_in(one.claim)) for one in finding.decisions]
        if any(2 * len(told & other) >= min(len(told), len(other)) for at, told in says for other in said.get(at, ())):
            continue
        kept.append(finding)
        for outlet, told in says:
            said.setdefault(outlet, []).append(told)
    return kept


def _told_in(claim: Claim) -> set[int]:
    """The sentences that surely tell a claim."""
    sure = (j for j in claim.judgements if j and j.carried and j.probability >= SURE_AT)
    return {j.sentence for j in sure if j.sentence is not None}


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
    by_none = sum(not claim.carriers for claim in view.claims)
    nowhere = f", {by_none:,} by none" if by_none else ""
    by_all = f", {everywhere} by all of them" if everywhere and outlets > 2 else ""
    unsure = f", {by_one - alone:,} more by one while another is undecided" if by_one > alone else ""
    return Markup("{}{}; {} by one alone{}{}.").format(told, by_all, f"{alone:,}", unsure, nowhere)


def _copied(view: View) -> list[Markup]:
    counted = voices(view)
    return [*copy_sentences(view)[:_COPIES_AT_MOST], counted] if counted else []


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


def _further(view: View, found: list[Finding]) -> list[Finding]:
    told = {(one.claim.claim_id, one.outlet) for finding in found for one in finding.decisions}
    cells = [(claim.claim_id, outlet) for claim in view.shared for outlet in claim.outlets("altered")]
    others = sum(cell not in told for cell in cells)
    if not others:
        return []
    verb = "is" if others == 1 else "are"
    what = "more alteration" if others < len(cells) else "alteration"
    said = Markup("{}, less sure, {} marked in the matrix.").format(count(others, what), verb)
    return [Finding(said, "matrix", "The matrix")]


def _undecided(shared: list[Claim]) -> list[Finding]:
    total = sum(j is not None for claim in shared for j in claim.judgements)
    open_ones = sum(len(claim.outlets("undecided")) for claim in shared)
    if not open_ones:
        return []
    template = Markup("{} of {} decisions on shared claims ({}) stay undecided: neither carried nor left out.")
    said = template.format(open_ones, f"{total:,}", percent(open_ones / total))
    return [Finding(said, "matrix", "The matrix")]
