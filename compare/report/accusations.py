"""What a story's first screen says of outlets: only what passes the bar, each with the decisions that it rests on.

The sentences are `Markup`: their wording stands here, every name and claim in them is escaped by
`Markup.format`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.language.clauses import is_statement
from compare.language.standing import tells_enough
from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.report.conflicts import conflicts_of
from compare.report.markup import NAMES_AT_MOST, claim_link, in_marks, name_of, names_of
from compare.report.proofs import Proof, claim_proofs, quotation_proofs
from compare.report.sure import SURE_AT, WITNESSES
from compare.report.wording import count, decimal, percent
from compare.tables import AS_WORDED, CHANGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.report.quotations import Quotation, Version
    from compare.report.sure import Bar
    from compare.report.view import Claim, View

_LEAST_OF_A_GROUP = 2  # outlets: one alone is no group
_APART = 0.5  # by so much two groups' shares of outlets that leave a claim out differ before it is a finding
_TOLD_BESIDE = 0.4  # share of the words not quoted that stand beside, from which the rest is told
_SAYS_NOT, _SAYS_OTHERWISE, _SAYS = "no", "part", "yes"  # as coders say it; see `validation.codes`


@dataclass(frozen=True)
class Decision:
    """What a finding says of a claim at an outlet.

    Attributes:
        code: what a coder answers who agrees.
    """

    claim: Claim
    outlet: str
    code: str


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        place: the id of the element of the page that has all of its evidence.
        evidence: what stands there, as the text of a link.
        proofs: the sentences that it rests on, where it rests on few.
        voices: the independent voices that carry what it is about.
        decisions: what it says of whom; none of what accuses nobody.
    """

    said: Markup
    place: str
    evidence: str
    proofs: tuple[Proof, ...] = ()
    voices: int = 0
    decisions: tuple[Decision, ...] = ()

    @property
    def rank(self) -> tuple[int, int]:
        """First what several independent voices carry and few outlets leave out or change."""
        return len(self.decisions) - self.voices, len(self.decisions)


def left_out(bar: Bar) -> list[Finding]:
    """Claims that at least half of the outlets carry and that others surely leave out."""
    view = bar.view
    alone = Markup("<strong>{}</strong> alone leaves out {}, told by {}; it carries that with a chance of {}.")
    some = Markup("{} is told by {}; {} {} it out (carried there with a chance of {}).")
    found = []
    for claim in view.shared:
        missing = bar.left_out(claim) if bar.tells(claim) else []
        half = len(claim.carriers) * 2 >= len(view.outlets)
        if not half or not 0 < len(missing) <= NAMES_AT_MOST:
            continue  # whoever is accused is named
        greatest = claim.chance_at(missing)
        chance = percent(greatest) + (" at most" if len(missing) > 1 else "")
        told = claim_link(claim), view.told_by(claim)
        if len(claim.carriers) == len(view.outlets) - 1:
            said = alone.format(names_of(missing), *told, chance)
        else:
            said = some.format(*told, names_of(missing), "leaves" if len(missing) == 1 else "leave", chance)
        found.append((greatest, _on_claim(view, claim, said, dict.fromkeys(missing, _SAYS_NOT))))
    return [one for _, one in sorted(found, key=lambda pair: (pair[1].rank, pair[0]))]


def left_out_by_groups(bar: Bar) -> list[Finding]:
    """Claims that most outlets of one group leave out, and of another by far not so many; the widest apart first.

    All of the one group that leave it out surely do.
    """
    view, found = bar.view, []
    groups = {name: outlets for name, outlets in view.groups.items() if len(outlets) >= _LEAST_OF_A_GROUP}
    template = Markup("{}, told by {}, is left out by {} and by {}.")
    for claim in view.shared if len(groups) > 1 else ():
        shares = {group: len(claim.left_out_by(outlets)) / len(outlets) for group, outlets in groups.items()}
        most, fewest = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
        missing = claim.left_out_by(groups[most])
        apart = shares[most] - shares[fewest]
        if apart >= _APART and bar.tells(claim) and set(missing) <= set(bar.left_out(claim)):
            told = (_of_group(view, claim, group) for group in (most, fewest))
            said = template.format(claim_link(claim), view.told_by(claim), *told)
            found.append((-apart, _on_claim(view, claim, said, dict.fromkeys(missing, _SAYS_NOT))))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].rank))]


def altered(bar: Bar) -> list[Finding]:
    """The alterations: numbers first, then negations, then the rest; the surest of each kind first."""
    template = Markup("<strong>{}</strong> tells it differently ({}): {}, told so by {}.")
    cells = [(claim, j) for claim in bar.view.shared if bar.tells(claim) for j in bar.altered(claim)]
    cells.sort(key=lambda cell: (_kind_rank(cell[1].changes), -cell[1].probability))
    found = []
    for claim, judgement in cells:
        as_worded = {j.voice for j in claim.judgements if j and j.state in AS_WORDED}
        voices = count(len(as_worded), "independent voice")
        said = template.format(name_of(judgement.outlet), judgement.changes, claim_link(claim), voices)
        found.append(_on_claim(bar.view, claim, said, {judgement.outlet: _SAYS_OTHERWISE}))
    return found


def disputed(bar: Bar) -> list[Finding]:
    """The claims on which at least two voices stand against two others: nobody is said to be wrong."""
    view = bar.view
    template = Markup("Outlets disagree on {}: {}.")
    claims = {claim.claim_id: claim for claim in view.every}
    found = []
    for conflict in conflicts_of(view.comparison.conflicts):
        claim = claims[conflict.claim_id]
        if conflict.is_two_sided and bar.tells(claim):
            best = [(view.sentence_numbers.get(side.sentence_id), side.voices) for side in conflict.sides]
            codes = {
                j.outlet: _SAYS if number == best[0][0] else _SAYS_OTHERWISE
                for number, voices in best
                for j in claim.judgements
                if j and voices > 1 and number is not None and j.sentence == number
            }
            found.append(_on_claim(view, claim, template.format(claim_link(claim), conflict.said), codes))
    return found


def reattributed(bar: Bar, quotations: Sequence[Quotation]) -> list[Finding]:
    """The quotations that an outlet surely gives to somebody else than enough other voices do."""
    cells = [
        (one, v)
        for one in quotations
        for v in one.at("reattributed")
        if one.source and tells_enough(one.wording) and one.voices > WITNESSES
        if v.another is not None and min(v.another, v.probability) >= SURE_AT
    ]
    cells.sort(key=lambda cell: (-cell[0].voices, -(cell[1].another or 0)))
    template = Markup(
        "<strong>{}</strong> gives {} to <bdi>{}</bdi> instead of <bdi>{}</bdi> (probability {}); {} have it."
    )
    found = []
    for one, v in cells:
        speakers = _amid(v.speaker), _amid(one.source)
        told = decimal(v.another or 0), count(one.voices, "independent voice")
        said = template.format(name_of(v.outlet), _link(one), *speakers, *told)
        found.append(_on_quotation(bar.view, one, v, said))
    return found


def trimmed(bar: Bar, quotations: Sequence[Quotation]) -> list[Finding]:
    """The quotations that end early at an outlet though enough other voices give them in full.

    First those that thereby say something else, then those that lost most.
    """
    cells = [
        (one, v)
        for one in quotations
        for v in one.at("trimmed")
        if tells_enough(one.wording) and v.probability >= SURE_AT and _ends_early(v)
        if len(one.voices_at("full")) >= WITNESSES
        if not v.limits or _surely_altered(bar, v)
        if not _tells_the_rest(bar.view, v)
    ]
    cells.sort(key=lambda cell: (not cell[1].limits, -len(cell[1].gone) / max(len(cell[0].wording), 1)))
    template = Markup("<strong>{}</strong> trims {}: gone is {} (probability {}); {} give it in full: {}.")
    return [
        _on_quotation(
            bar.view,
            one,
            version,
            template.format(
                name_of(version.outlet),
                _link(one),
                in_marks(version.gone),
                decimal(version.probability),
                count(len(one.voices_at("full")), "independent voice"),
                names_of(v.outlet for v in one.at("full")),
            ),
        )
        for one, version in cells
    ]


def _ends_early(version: Version) -> bool:
    """Whether what an outlet keeps of a quotation is its beginning, and says enough.

    Words out of the middle are mostly quoted amid the outlet's own, which tell the rest.
    """
    told = [piece for piece in version.text if re.search(r"\w", piece[0])]
    return [gone for _, gone in told] == [False, True] and is_statement(told[0][0])


def _tells_the_rest(view: View, version: Version) -> bool:
    """Whether an outlet tells in its own words, in the sentence or beside it, what it does not quote."""
    sentences, at = view.comparison.sentences, version.sentence
    if at is None:
        return False
    near = sentences.iloc[max(0, at - 1) : at + 2]
    texts: list[str] = near["text"][near["article_id"] == sentences["article_id"].iat[at]].tolist()
    there = {stem(word) for text in texts for word in words(text)}
    gone = {stem(word) for word in words(version.gone)} - FUNCTION_WORDS
    return len(gone & there) >= _TOLD_BESIDE * len(gone) > 0


def _surely_altered(bar: Bar, version: Version) -> bool:
    """Whether the claim that a quotation belongs to surely is altered at the outlet, where it is said to be."""
    claims = [claim for claim in bar.view.every if claim.claim_id == version.claim_id]
    return any(j.outlet == version.outlet for claim in claims for j in bar.altered(claim))


def _of_group(view: View, claim: Claim, group: str) -> Markup:
    outlets = view.groups[group]
    number = len(claim.left_out_by(outlets)) or "none"
    return Markup("{} of {} outlets of <strong>{}</strong>").format(number, len(outlets), name_of(group))


def _kind_rank(changes: str) -> int:
    return CHANGES.index(first) if (first := changes.split("; ", maxsplit=1)[0]) in CHANGES else len(CHANGES)


def _on_claim(view: View, claim: Claim, said: Markup, codes: dict[str, str]) -> Finding:
    decisions = tuple(Decision(claim, outlet, code) for outlet, code in codes.items())
    proofs = claim_proofs(view, claim, codes)
    return Finding(said, f"c{claim.number}", "Every outlet on this claim", proofs, len(claim.voices), decisions)


def _on_quotation(view: View, quotation: Quotation, version: Version, said: Markup) -> Finding:
    proofs = quotation_proofs(view, quotation, version)
    decisions = tuple(
        Decision(claim, version.outlet, _SAYS_OTHERWISE) for claim in view.every if claim.claim_id == version.claim_id
    )
    place = f"q{quotation.number}"
    return Finding(said, place, "Every outlet on this quotation", proofs, quotation.voices, decisions)


def _link(quotation: Quotation) -> Markup:
    """Link a quotation's wording to its place in the ledger."""
    return Markup('<a href="#q{}">{}</a>').format(quotation.number, in_marks(quotation.wording))


def _amid(name: str) -> str:
    """Give a descriptor as it stands amid a sentence: "The official" becomes "the official"."""
    return re.sub("^(A|An|The) (?=[A-Z]?[a-z])", lambda article: article[0].lower(), name)
