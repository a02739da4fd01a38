"""The findings for a reader with two minutes, in plain sentences with the words that prove them.

Findings about outlets must pass the `Bar`, and name the decisions on which they rest. The sentences are `Markup`: their
wording stands here, and `Markup.format` escapes every name and claim in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.language.clauses import is_statement
from compare.language.standing import tells_enough
from compare.language.tokens import content_stems
from compare.report.story.bar import SURE_AT, WITNESSES, Bar
from compare.report.story.copied import copy_sentences, one_text, voices
from compare.report.story.disagreements import conflicts_of
from compare.report.story.full_texts import Proof, claim_proofs, quotation_proofs
from compare.report.wording import NAMES_AT_MOST, count, in_marks, link_to, name_of, names_of, percent
from compare.tables import AS_WORDED, CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.report.story.quotations import Quotation, Version
    from compare.report.story.view import Claim, Note, View

FIRST = 3  # findings at the top of the page
AT_MOST = 10  # ten findings that are read beat thirty that are not
NOTHING_SURE = Markup(
    "Nothing here is certain enough to state about an outlet; the matrix has every decision with its probability."
)
_LEAST_OF_A_GROUP = 2  # outlets
_APART = 0.5  # least difference between two groups' shares of outlets that leave a claim out
_TOLD_BESIDE = 0.4  # share of the words not quoted that nearby sentences must have, for the rest to count as told
_SAYS_NOT, _SAYS_OTHERWISE, _SAYS = "no", "part", "yes"  # a coder's answers; see `validation.codes`
_COPIES_AT_MOST = 3  # texts whose copies get a sentence


@dataclass(frozen=True)
class Decision:
    """What a finding says of a claim at an outlet; `code` is the answer of a coder who agrees."""

    claim: Claim
    outlet: str
    code: str


@dataclass(frozen=True)
class Finding:
    """A sentence of the report, with its evidence."""

    said: Markup
    place: str  # the id of the page element with all of its evidence
    evidence: str  # the text of the link to that element
    proofs: tuple[Proof, ...] = ()  # the sentences on which it rests, if there are few
    voices: int = 0  # independent voices that carry its claim or quotation
    decisions: tuple[Decision, ...] = ()  # what it says of which outlet; empty if it accuses nobody
    proven: bool = False  # plain to any reader: another number in nearly the same sentence

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Sort key: proven findings first, then those with many voices against few outlets that omit or change it."""
        return not self.proven, len(self.decisions) - self.voices, len(self.decisions)


@dataclass(frozen=True)
class Brief:
    """The findings of the page: a summary, the first few with their evidence, and the rest."""

    sum: tuple[Markup, ...]
    first: tuple[Finding, ...]
    more: tuple[Finding, ...]

    @property
    def decisions(self) -> tuple[Finding, ...]:
        """The findings that say something of an outlet."""
        return tuple(finding for finding in self.first + self.more if finding.decisions)


def brief_of(view: View, quotations: list[Quotation]) -> Brief:
    """Return the findings that pass the bar: the first of each kind, then the rest, both by `Finding.rank`."""
    if not view.claims:
        return Brief((Markup("No claims were found in these articles."),), (), ())
    bar = Bar(view)
    kinds = (
        _left_out_by_groups(bar),
        _left_out(bar),
        _altered(bar),
        _disputed(bar),
        _reattributed(bar, quotations),
        _trimmed(bar, quotations),
        _noted(bar),
    )
    heads = sorted((one for some in kinds for one in some[:1]), key=lambda one: one.rank)
    rest = sorted((one for some in kinds for one in some[1:]), key=lambda one: one.rank)
    ordered = sorted([*heads, *rest], key=lambda one: not one.proven)
    found = _each_once(ordered)[:AT_MOST]
    same, counted = one_text(view), voices(view)
    copied = [*copy_sentences(view)[:_COPIES_AT_MOST], *([] if same else [counted])] if counted else []
    notes = [Finding(said, "copies", "The copies") for said in copied]
    notes = [Finding(said, "matrix", "The matrix") for said in _further(view, found)] + notes
    notes += [Finding(said, "matrix", "The matrix") for said in _undecided(view.shared)]
    counts = [] if bar.abroad or view.withdrawn or view.cut else _extremes(view, view.shared)
    told = [*([same] if same else []), _overall(bar), *counts, *_withdrawn(view), *_cut(view)]
    if not found and not same and len(view.outlets) > 1:
        told.append(NOTHING_SURE)
    return Brief(tuple(told), tuple(found[:FIRST]), tuple(found[FIRST:] + notes))


def _each_once(findings: Iterable[Finding]) -> list[Finding]:
    """Drop findings that repeat an earlier one about an outlet, on the same claim or one in the same sentences."""
    said: dict[str, list[set[int | None]]] = {}
    kept = []
    for finding in findings:
        says = [
            (at, {j.sentence for j in claim.judgements if j and j.carried and j.probability >= SURE_AT} - {None})
            for claim, at in ((one.claim, one.outlet) for one in finding.decisions)
        ]
        if any(2 * len(told & other) >= min(len(told), len(other)) for at, told in says for other in said.get(at, ())):
            continue
        kept.append(finding)
        for outlet, told in says:
            said.setdefault(outlet, []).append(told)
    return kept


def _overall(bar: Bar) -> Markup:
    view = bar.view
    total, shared, outlets = len(view.claims), len(view.shared), len(view.outlets)
    if outlets == 1:
        return Markup("One outlet makes {}; with nothing to compare it to, nothing is left out.").format(
            count(total, "claim")
        )
    carriers = [len(claim.carriers) for claim in view.claims]
    everywhere, by_one, by_none = (carriers.count(number) for number in (outlets, 1, 0))
    surely = sum(len(bar.tellers(claim)) == outlets for claim in view.claims)
    alone = sum(map(len, view.alone.values()))
    least = "at least " if surely < everywhere else ""
    by_all = f", {least}{surely} by all of them" if surely and outlets > 2 else ""
    unsure = (
        f", {by_one - alone:,} more by one while another is undecided{' or was cut off' * bool(view.cut)}"
        if by_one > alone
        else ""
    )
    gone = _told_by_the_withdrawn_alone(view)
    nowhere = f", {gone:,} only by an article that was withdrawn" if gone else ""
    nowhere += f", {by_none - gone:,} by none" if by_none > gone else ""
    are = "is" if shared == 1 else "are"
    return Markup("<strong>{} of {}</strong> {} told by at least two of the {} outlets{}; {} by one alone{}{}.").format(
        shared, count(total, "claim"), are, outlets, by_all, f"{alone:,}", unsure, nowhere
    )


def _told_by_the_withdrawn_alone(view: View) -> int:
    mentions = view.comparison.mentions
    worded = mentions.groupby("claim_id")["outlet"].agg(set).to_dict() if view.withdrawn else {}
    by = [worded[claim.claim_id] for claim in view.claims if not claim.carriers and claim.claim_id in worded]
    return sum(outlets <= view.withdrawn.keys() for outlets in by)


def _extremes(view: View, shared: list[Claim]) -> list[Markup]:
    if not shared or len(view.outlets) < 3:
        return []
    carried = {outlet: sum(outlet in claim.carriers for claim in shared) for outlet in view.outlets}
    most, fewest = max(carried.values()), min(carried.values())
    if most == fewest:
        return [Markup("Every outlet carries the same number of shared claims ({}).").format(most)]
    at_most, at_least = ([o for o in carried if carried[o] == bound] for bound in (most, fewest))
    verb = "carries" if len(at_most) == 1 else "carry"
    template = Markup("Of {} {} {} the most ({}) and {} the fewest ({}).")
    return [
        template.format(count(len(shared), "shared claim"), names_of(at_most), verb, most, names_of(at_least), fewest)
    ]


def _further(view: View, found: list[Finding]) -> list[Markup]:
    told = {(one.claim.claim_id, one.outlet) for finding in found for one in finding.decisions}
    cells = [(claim.claim_id, outlet) for claim in view.shared for outlet in claim.outlets("altered")]
    others = sum(cell not in told for cell in cells)
    if not others:
        return []
    what = "more alteration" if others < len(cells) else "alteration"
    verb = "is" if others == 1 else "are"
    return [Markup("{}, less sure, {} marked in the matrix.").format(count(others, what), verb)]


def _undecided(shared: list[Claim]) -> list[Markup]:
    total = sum(j is not None for claim in shared for j in claim.judgements)
    open_ones = sum(len(claim.outlets("undecided")) for claim in shared)
    stay = "stays" if open_ones == 1 else "stay"
    template = Markup("{} of {} on shared claims ({}) {} undecided: neither carried nor left out.")
    return [template.format(open_ones, count(total, "decision"), percent(open_ones / total), stay)] if open_ones else []


def _withdrawn(view: View) -> list[Markup]:
    template = Markup("<strong>{}</strong> has withdrawn its article, which counts neither for nor against it: {}.")
    return [template.format(name_of(outlet), _link_to_note(note)) for outlet, note in view.withdrawn.items()]


def _cut(view: View) -> list[Markup]:
    template = Markup("The article of <strong>{}</strong> was {}.")
    return [template.format(name_of(outlet), said) for outlet, said in view.cut.items()]


def _link_to_note(note: Note) -> Markup:
    return link_to(f"s{note.sentences[0]}", note.text)


def _noted(bar: Bar) -> list[Finding]:
    """Return claims that an outlet takes back, or puts right, in a note of its own; it is not accused of them."""
    back = Markup("<strong>{}</strong> takes it back in a note of its own, {} ({}): {}, told by {}.")
    right = Markup("<strong>{}</strong> puts its article right in a note of its own, {}: {}, told by {}.")
    found = []
    for claim in bar.view.shared:
        for j in claim.judgements if bar.tells(claim) else ():
            if j is None or j.sentence not in bar.view.note_of or j.state not in {"altered", "paraphrased"}:
                continue
            told = claim.link, bar.told_by(claim)
            own = name_of(j.outlet), _link_to_note(bar.view.note_of[j.sentence])
            differs = j.state == "altered"
            said = back.format(*own, j.changes, *told) if differs else right.format(*own, *told)
            found.append(_on_claim(bar, claim, said, {j.outlet: _SAYS_OTHERWISE if differs else _SAYS}))
    return found


def _left_out(bar: Bar) -> list[Finding]:
    """Return claims that at least half of the outlets carry and others surely leave out."""
    view = bar.view
    alone = Markup("<strong>{}</strong> alone leaves out {}, told by {} (chance that it is carried: {}).")
    some = Markup("{} is told by {}; {} {} it out (chance that it is carried: {}).")
    found = []
    for claim in view.shared:
        missing = bar.left_out(claim) if bar.tells(claim) else []
        half = len(claim.carriers) * 2 >= len(view.outlets)
        if not half or not 0 < len(missing) <= NAMES_AT_MOST:
            continue  # an outlet that is accused must be named
        greatest = claim.chance_at(missing)
        chance = percent(greatest) + (" at most" if len(missing) > 1 else "")
        told = claim.link, bar.told_by(claim)
        if len(bar.tellers(claim)) == len(view.outlets) - 1:
            said = alone.format(names_of(missing), *told, chance)
        else:
            said = some.format(*told, names_of(missing), "leaves" if len(missing) == 1 else "leave", chance)
        found.append((greatest, _on_claim(bar, claim, said, dict.fromkeys(missing, _SAYS_NOT))))
    return [one for _, one in sorted(found, key=lambda pair: (pair[1].rank, pair[0]))]


def _left_out_by_groups(bar: Bar) -> list[Finding]:
    """Return claims that most outlets of a group surely leave out and far fewer of another; the widest gap first."""
    view, found = bar.view, []
    groups = {name: outlets for name, outlets in view.groups.items() if len(outlets) >= _LEAST_OF_A_GROUP}
    template = Markup("{}, told by {}, is left out by {} and by {}.")
    for claim in view.shared if len(groups) > 1 else ():
        known = {group: claim.assessed(outlets) for group, outlets in groups.items()}
        if not all(known.values()):
            continue
        shares = {group: len(claim.left_out_by(outlets)) / len(outlets) for group, outlets in known.items()}
        most, fewest = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
        missing = claim.left_out_by(groups[most])
        apart = shares[most] - shares[fewest]
        if apart >= _APART and bar.tells(claim) and set(missing) <= set(bar.left_out(claim)):
            told = [
                Markup("{} of {} of <strong>{}</strong>").format(
                    len(claim.left_out_by(groups[group])) or "none", count(len(known[group]), "outlet"), name_of(group)
                )
                for group in (most, fewest)
            ]
            said = template.format(claim.link, bar.told_by(claim), *told)
            found.append((-apart, _on_claim(bar, claim, said, dict.fromkeys(missing, _SAYS_NOT))))
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].rank))]


def _altered(bar: Bar) -> list[Finding]:
    """Return the alterations: numbers first, then negations, then the rest; the surest of each kind first."""
    template = Markup("<strong>{}</strong> tells it differently ({}): {}, told so by {}.")
    cells = [(claim, j) for claim in bar.view.shared if bar.tells(claim) for j in bar.altered(claim)]
    ranks = {kind: rank for rank, kind in enumerate(CHANGES)}
    cells.sort(key=lambda cell: (ranks.get(cell[1].changes.split("; ")[0], len(ranks)), -cell[1].probability))
    found = []
    for claim, judgement in cells:
        as_worded = {j.voice for j in bar.tellers(claim) if j.state in AS_WORDED}
        told = count(len(as_worded), "independent voice")
        said = template.format(name_of(judgement.outlet), judgement.changes, claim.link, told)
        proven = bar.is_another_number(claim, judgement)
        found.append(_on_claim(bar, claim, said, {judgement.outlet: _SAYS_OTHERWISE}, proven=proven))
    return found


def _disputed(bar: Bar) -> list[Finding]:
    """Return claims on which at least two voices oppose two others; nobody is said to be wrong."""
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
            found.append(_on_claim(bar, claim, template.format(claim.link, conflict.said), codes))
    return found


def _reattributed(bar: Bar, quotations: Sequence[Quotation]) -> list[Finding]:
    """Return quotations that an outlet surely attributes to a different person than enough other voices do."""
    cells = [
        (one, v)
        for one in quotations
        for v in one.at("reattributed")
        if one.source and tells_enough(one.wording) and one.voices > WITNESSES
        if v.another is not None and v.outlet not in bar.unaccused and min(v.another, v.probability) >= SURE_AT
    ]
    cells.sort(key=lambda cell: (-cell[0].voices, -(cell[1].another or 0)))
    template = Markup("<strong>{}</strong> gives {} to <bdi>{}</bdi> instead of <bdi>{}</bdi> ({} sure); {} have it.")
    found = []
    for one, v in cells:
        speakers = _amid(v.speaker), _amid(one.source)
        told = percent(v.another or 0), count(one.voices, "independent voice")
        found.append(_on_quotation(bar.view, one, v, template.format(name_of(v.outlet), one.link, *speakers, *told)))
    return found


def _amid(name: str) -> str:
    """Return a description as written within a sentence: "The official" becomes "the official"."""
    return re.sub("^(A|An|The) (?=[A-Z]?[a-z])", lambda article: article[0].lower(), name)


def _trimmed(bar: Bar, quotations: Sequence[Quotation]) -> list[Finding]:
    """Return quotations that end early at an outlet though enough voices give them in full; altered claims first."""
    cells = [
        (one, v)
        for one in quotations
        for v in one.at("trimmed")
        if tells_enough(one.wording) and v.probability >= SURE_AT and _ends_early(v)
        if len(one.voices_at("full")) >= WITNESSES
        if not v.limits or _surely_altered(bar, v)
        if v.outlet not in bar.unaccused and not _tells_the_rest(bar.view, v)
    ]
    cells.sort(key=lambda cell: (not cell[1].limits, -len(cell[1].gone) / max(len(cell[0].wording), 1)))
    template = Markup("<strong>{}</strong> trims {}: gone is {} ({} sure); {} give it in full: {}.")
    found = []
    for one, v in cells:
        full = count(len(one.voices_at("full")), "independent voice"), names_of(o.outlet for o in one.at("full"))
        said = template.format(name_of(v.outlet), one.link, in_marks(v.gone), percent(v.probability), *full)
        found.append(_on_quotation(bar.view, one, v, said))
    return found


def _ends_early(version: Version) -> bool:
    """Whether an outlet keeps only the beginning, and that is a statement; a missing middle is mostly paraphrased."""
    told = [piece for piece in version.text if re.search(r"\w", piece[0])]
    return [gone for _, gone in told] == [False, True] and is_statement(told[0][0])


def _tells_the_rest(view: View, version: Version) -> bool:
    """Whether an outlet tells in its own words, in or next to the sentence, what it does not quote."""
    sentences, at = view.comparison.sentences, version.sentence
    if at is None:
        return False
    near = sentences.iloc[max(0, at - 1) : at + 2]
    texts: list[str] = near["text"][near["article_id"] == sentences["article_id"].iat[at]].tolist()
    there = set().union(*map(content_stems, texts))
    gone = content_stems(version.gone)
    return len(gone & there) >= _TOLD_BESIDE * len(gone) > 0


def _surely_altered(bar: Bar, version: Version) -> bool:
    """Whether the outlet that trims a quotation surely altered the claim to which it belongs."""
    claims = [claim for claim in bar.view.every if claim.claim_id == version.claim_id]
    return any(j.outlet == version.outlet for claim in claims for j in (*bar.altered(claim), *bar.trimmed(claim)))


def _on_claim(bar: Bar, claim: Claim, said: Markup, codes: dict[str, str], *, proven: bool = False) -> Finding:
    decisions = tuple(Decision(claim, outlet, code) for outlet, code in codes.items())
    proofs, voices = claim_proofs(bar.view, claim, codes), len(bar.voices(claim))
    return Finding(said, f"c{claim.number}", "Every outlet on this claim", proofs, voices, decisions, proven)


def _on_quotation(view: View, quotation: Quotation, version: Version, said: Markup) -> Finding:
    proofs = quotation_proofs(view, quotation, version)
    decisions = tuple(
        Decision(claim, version.outlet, _SAYS_OTHERWISE) for claim in view.every if claim.claim_id == version.claim_id
    )
    place = f"q{quotation.number}"
    return Finding(said, place, "Every outlet on this quotation", proofs, quotation.voices, decisions)
