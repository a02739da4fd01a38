"""What a reader with two minutes should know, in plain sentences with the words that prove them.

The sentences are `Markup`: their wording stands here, every name and claim in them is escaped by
`Markup.format`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.language.tokens import leans
from compare.report.conflicts import conflicts_of
from compare.report.copies import copy_sentences, cut_from_the_end, voices
from compare.report.markup import claim_link, in_marks, name_of, names_of
from compare.report.proofs import Proof, claim_proofs, quotation_proofs
from compare.report.wording import count, decimal, percent
from compare.tables import CHANGES

if TYPE_CHECKING:
    from compare.report.quotations import Quotation
    from compare.report.view import Claim, View

FIRST = 3  # findings that the page begins with
_LEAST_OF_A_GROUP = 2  # outlets: one alone is no group
_APART = 0.5  # by so much two groups' shares of outlets that leave a claim out differ before it is a finding
AT_MOST = 3  # findings of one kind: more than this and nobody reads them


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        place: the id of the element of the page that has all of its evidence.
        evidence: what stands there, as the text of a link.
        proofs: the sentences that it rests on, where it rests on few.
    """

    said: Markup
    place: str
    evidence: str
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True)
class Brief:
    """The findings as the page tells them: in sum, the first few with their evidence, and the rest."""

    sum: tuple[Markup, ...]
    first: tuple[Finding, ...]
    more: tuple[Finding, ...]


def brief_of(view: View, quotations: list[Quotation]) -> Brief:
    """Give the findings: first one of each kind (left out, altered, disputed, quoted otherwise), then the rest."""
    if not view.claims:
        return Brief((Markup("No claims were found in these articles."),), (), ())
    shared = view.shared
    copied = [Finding(said, "copies", "The copies") for said in _copied(view)]
    left_out, altered = _left_out(view, shared), _altered(view, shared)
    reattributed, trimmed = _reattributed(view, quotations)[:1], _trimmed(view, quotations)[:1]
    quoted, disputed, grouped = reattributed + trimmed, _disputed(view), _left_out_by_groups(view, shared)
    kinds = (grouped, left_out, altered, disputed)
    heads = [*(found for some in kinds for found in some[:1]), *quoted[:1]]
    rest = [*(found for some in kinds for found in some[1:AT_MOST]), *quoted[1:]]
    first = (heads + rest)[:FIRST]
    more = (heads + rest)[FIRST:] + _further(altered) + copied + _undecided(shared)
    return Brief((_overall(view), *_extremes(view, shared)), tuple(first), tuple(more))


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


def _left_out(view: View, shared: list[Claim]) -> list[Finding]:
    """Claims that all outlets but one carry; where there are none, the most widely carried omissions.

    What does not stand on its own ("They have stalled.") comes last, and what only copies without their
    end leave out is no finding.
    """
    cut = cut_from_the_end(view)
    shared = [c for c in shared if not cut or set(c.outlets("omitted")) - cut]
    lone = [c for c in shared if len(c.outlets("omitted")) == 1 and len(c.carriers) == len(view.outlets) - 1]
    if lone and len(view.outlets) > 2:
        alone = Markup("<strong>{}</strong> alone leaves out {} (carried with a chance of {}).")
        lone = sorted(lone, key=lambda c: (leans(c.text), c.chance))
        found = []
        for claim in lone:
            missing = claim.outlets("omitted")
            said = alone.format(names_of(missing), claim_link(claim), percent(claim.chance))
            found.append(_on_claim(view, claim, said, missing))
        return found
    wide = sorted(
        (c for c in shared if c.outlets("omitted")), key=lambda c: (leans(c.text), -len(c.carriers), c.chance)
    )
    template = Markup("{} is told by {} of {} outlets; {} {} it out (carried there with a chance of {} at most).")
    found = []
    for claim in wide[:AT_MOST]:
        missing = claim.outlets("omitted")
        verb = "leaves" if len(missing) == 1 else "leave"
        told = claim_link(claim), len(claim.carriers), len(view.outlets)
        said = template.format(*told, names_of(missing), verb, percent(claim.chance))
        found.append(_on_claim(view, claim, said, missing))
    return found


def _left_out_by_groups(view: View, shared: list[Claim]) -> list[Finding]:
    """Claims that most outlets of one group leave out, and of another by far not so many; the widest apart first."""
    found = []
    for claim in shared:
        shares = {
            group: len(claim.left_out_by(outlets)) / len(outlets)
            for group, outlets in view.groups.items()
            if len(outlets) >= _LEAST_OF_A_GROUP
        }
        most, fewest = max(shares, key=shares.__getitem__, default=""), min(shares, key=shares.__getitem__, default="")
        if shares and shares[most] - shares[fewest] >= _APART:
            found.append((leans(claim.text), shares[fewest] - shares[most], claim, most, fewest))
    template = Markup("{} is left out by {} and by {}.")
    return [
        _on_claim(
            view,
            claim,
            template.format(claim_link(claim), *(_of_group(view, claim, group) for group in (most, fewest))),
            claim.left_out_by(view.groups[most]),
        )
        for *_, claim, most, fewest in sorted(found, key=lambda one: one[:2])
    ]


def _of_group(view: View, claim: Claim, group: str) -> Markup:
    outlets = view.groups[group]
    left_out = len(claim.left_out_by(outlets)) or "none"
    return Markup("{} of {} outlets of <strong>{}</strong>").format(left_out, len(outlets), name_of(group))


def _altered(view: View, shared: list[Claim]) -> list[Finding]:
    """The alterations: numbers first, then negations, then the rest; the surest of each kind first."""
    template = Markup("<strong>{}</strong> tells it differently{}: {}.")
    cells = [(claim, j) for claim in shared for j in claim.judgements if j and j.state == "altered"]
    cells.sort(key=lambda cell: (_kind_rank(cell[1].changes), -cell[1].probability))
    found = []
    for claim, judgement in cells:
        what = Markup(" ({})").format(judgement.changes) if judgement.changes else ""
        said = template.format(name_of(judgement.outlet), what, claim_link(claim))
        found.append(_on_claim(view, claim, said, [judgement.outlet]))
    return found


def _further(altered: list[Finding]) -> list[Finding]:
    more = len(altered) - AT_MOST
    if more < 1:
        return []
    verb = "is" if more == 1 else "are"
    said = Markup("{} {} marked in the matrix.").format(count(more, "more alteration"), verb)
    return [Finding(said, "matrix", "The matrix")]


def _disputed(view: View) -> list[Finding]:
    """The claims on which at least two voices stand against two others: nobody is said to be wrong."""
    template = Markup("Outlets disagree on {}: {}.")
    claims = {claim.claim_id: claim for claim in view.claims}
    found = []
    for conflict in conflicts_of(view.comparison.conflicts):
        if conflict.is_two_sided:
            claim = claims[conflict.claim_id]
            proven = {view.sentence_numbers.get(side.sentence_id) for side in conflict.sides if side.voices > 1}
            about = [j.outlet for j in claim.judgements if j and j.sentence in proven]
            found.append(_on_claim(view, claim, template.format(claim_link(claim), conflict.said), about))
    return found


def _kind_rank(changes: str) -> int:
    return CHANGES.index(first) if (first := changes.split("; ", maxsplit=1)[0]) in CHANGES else len(CHANGES)


def _undecided(shared: list[Claim]) -> list[Finding]:
    total = sum(j is not None for claim in shared for j in claim.judgements)
    open_ones = sum(len(claim.outlets("undecided")) for claim in shared)
    if not open_ones:
        return []
    template = Markup("{} of {} decisions on shared claims ({}) stay undecided: neither carried nor left out.")
    said = template.format(open_ones, f"{total:,}", percent(open_ones / total))
    return [Finding(said, "matrix", "The matrix")]


def _on_claim(view: View, claim: Claim, said: Markup, about: list[str]) -> Finding:
    return Finding(said, f"c{claim.number}", "Every outlet on this claim", claim_proofs(view, claim, about))


def _reattributed(view: View, quotations: list[Quotation]) -> list[Finding]:
    cells = [(one, v) for one in quotations for v in one.at("reattributed") if one.source and v.another is not None]
    cells.sort(key=lambda cell: (-len(cell[0].given), -(cell[1].another or 0)))
    template = Markup("<strong>{}</strong> gives {} to <bdi>{}</bdi> instead of <bdi>{}</bdi> (probability {}).")
    found = []
    for one, v in cells[:1]:
        speakers = _amid(v.speaker), _amid(one.source)
        said = template.format(name_of(v.outlet), _link(one), *speakers, decimal(v.another or 0))
        found.append(_on_quotation(one, said, quotation_proofs(view, one, v)))
    return found


def _trimmed(view: View, quotations: list[Quotation]) -> list[Finding]:
    """The trimmed quotations, first those that thereby say something else, then those that lost most."""
    cells = [(one, v) for one in quotations for v in one.at("trimmed") if v.gone]
    cells.sort(key=lambda cell: (not cell[1].limits, -len(cell[1].gone) / max(len(cell[0].wording), 1)))
    template = Markup("<strong>{}</strong> trims {}: gone is {} (probability {}); {}.")
    found = []
    for one, version in cells[:1]:
        full = [v.outlet for v in one.at("full")]
        others = Markup("{} {} it in full").format(names_of(full), "quotes" if len(full) == 1 else "quote")
        told = (
            others if full else count(len(one.given), "outlet") + (" gives it" if len(one.given) == 1 else " give it")
        )
        gone = in_marks(version.gone), decimal(version.probability)
        said = template.format(name_of(version.outlet), _link(one), *gone, told)
        found.append(_on_quotation(one, said, quotation_proofs(view, one, version)))
    return found


def _on_quotation(quotation: Quotation, said: Markup, proofs: tuple[Proof, ...]) -> Finding:
    return Finding(said, f"q{quotation.number}", "Every outlet on this quotation", proofs)


def _link(quotation: Quotation) -> Markup:
    """Link a quotation's wording to its place in the ledger."""
    return Markup('<a href="#q{}">{}</a>').format(quotation.number, in_marks(quotation.wording))


def _amid(name: str) -> str:
    """Give a descriptor as it stands amid a sentence: "The official" becomes "the official"."""
    return re.sub("^(A|An|The) (?=[A-Z]?[a-z])", lambda article: article[0].lower(), name)
