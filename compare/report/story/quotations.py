"""The quote ledger for readers: each quotation, and each outlet's version of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from compare.language.fitness import not_looked_for
from compare.report.story.view import SHARED_FROM, given
from compare.report.wording import count, link_to, percent, plain, shorten
from compare.tables import CARRIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from compare.report.story.view import View

QUOTE_NOTE = (
    "An absence is an estimate, not proof of intent: no sentence with the quotation was found. "
    "Which words belong together, and who says them, are also estimates."
)
_NO_INFORMATION = 0.5  # from here on no other speaker is suggested: "he" may be anybody
_NAME = 80  # most characters of a speaker
_TEXT = 600  # most characters of a version; a link leads to the sentence
_TELLS = "tells"
_PLAIN = re.compile(r"\W+")
_ARTICLES = frozenset(("the", "a", "an"))
_OWN_VOICE = frozenset(("we", "reporter", "reporters", "correspondent", "correspondents"))


@dataclass(frozen=True)
class Version:
    """One outlet's version of a quotation."""

    outlet: str
    voice: str  # its outlet or, for a copy, the copied text
    claim_id: str | None  # of the claim to which the quotation belongs, if any
    state: str
    sentence: int | None
    text: tuple[tuple[str, bool], ...]  # (words, gone) pieces to show; empty for the quotation's own wording
    gone: str
    speaker: str  # as named by the outlet
    another: float | None  # the probability that this is another speaker, unless it is low
    certainty: str  # of an absence, in words
    lacking: float | None  # of an absence, the probability that its claim is carried; None if the claim is told
    limits: bool  # whether the outlet is said to have altered the claim to which the quotation belongs
    probability: float  # that these words are a version of the quotation
    differs: str = ""  # the kind of change, if its own words give another amount or day, or deny the quotation


@dataclass(frozen=True)
class Quotation:
    """One quotation: its number in the page, its source, and a version for each outlet."""

    number: int
    wording: str
    source: str
    direct: bool
    versions: tuple[Version, ...]

    @property
    def link(self) -> Markup:
        """The wording, as a link to the versions."""
        return link_to(f"q{self.number}", self.wording)

    @property
    def given(self) -> list[Version]:
        """The versions of the outlets that have it in some form, without those that tell it differently."""
        return [version for version in self.versions if version.state != "absent" and not version.differs]

    @property
    def voices(self) -> int:
        """The number of independent voices that have it; the copies of one text are one voice."""
        return len({version.voice for version in self.given})

    @property
    def shared(self) -> bool:
        """Whether at least two outlets have it."""
        return len(self.given) >= SHARED_FROM

    @property
    def elsewhere(self) -> str:
        """What the other outlets have instead, in words."""
        absent = self.at("absent")
        lacking = [version.lacking for version in absent if version.lacking is not None]
        telling = sum(version.certainty.startswith(_TELLS) for version in absent)
        parts = []
        if telling:
            parts.append(f"{count(telling, 'other')} {'tells' if telling == 1 else 'tell'} it, without the quotation")
        if lacking:
            verb = "lacks" if len(lacking) == 1 else "lack"
            parts.append(f"{len(lacking)} {verb} it (chance that it is carried: {percent(max(lacking))} at most)")
        return "; ".join(parts)

    def at(self, state: str) -> list[Version]:
        """Return the versions in this state, without those that tell it differently."""
        return [version for version in self.versions if version.state == state and not version.differs]

    @property
    def differing(self) -> list[Version]:
        """The versions in other words that tell it differently."""
        return [version for version in self.versions if version.differs]

    def voices_at(self, state: str) -> set[str]:
        """Return the independent voices of the versions in this state."""
        return {version.voice for version in self.at(state)}


def quotations_of(view: View) -> list[Quotation]:
    """Return the story's quotations in the page's order.

    First come those that at least two outlets give and at least one puts in quotation marks, the most widely given
    first; then those that are only reported; then those of a single outlet. Outlets that write in another language have
    no version.
    """
    rows: dict[str, list[dict[Any, Any]]] = {}
    quotes = view.comparison.quotes
    abroad = not_looked_for(quotes, view.comparison.articles)
    for row, is_abroad in zip(quotes.to_dict("records"), abroad, strict=True):
        if not is_abroad:
            rows.setdefault(row["quote_id"], []).append(row)
    judged = {
        (claim.claim_id, j.outlet): (j.state, j.probability) for claim in view.every for j in claim.judgements if j
    }
    sentences = view.comparison.sentences
    voice_of = dict(zip(sentences["sentence_id"], sentences["article_id"].map(view.voices), strict=True))
    found = []
    for group in rows.values():
        at = {row["outlet"]: row for row in group}
        present = [row for row in group if row["state"] != "absent"]
        found.append(
            Quotation(
                number=0,
                wording=group[0]["wording"],
                source=shorten(given(group[0]["source"]) or "", _NAME),
                direct=any(row["kind"] == "direct" for row in present),
                versions=tuple(_version(at[outlet], view, judged, voice_of) for outlet in view.outlets if outlet in at),
            )
        )
    found.sort(key=lambda one: (not one.shared, not one.direct, -len(one.given), -one.voices))
    return [replace(one, number=number) for number, one in enumerate(found, 1)]


def struck(wording: str, gone: str) -> tuple[tuple[str, bool], ...]:
    """Split a wording into (words, whether gone) pieces; return none if one of the missing runs is not found in it."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for run in gone.split(" … ") if gone else ():
        words = r"\W+".join(re.escape(word) for word in run.split())
        match = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE).search(wording, at)
        if not match:
            return ()
        pieces += [(wording[at : match.start()], False), (match[0], True)]
        at = match.end()
    pieces.append((wording[at:], False))
    return tuple(piece for piece in pieces if piece[0])


def _version(
    row: dict[Any, Any], view: View, judged: dict[tuple[str, str], tuple[str, float]], voice_of: dict[Any, str]
) -> Version:
    state, same = row["state"], given(row["same_speaker"])
    told = judged.get((row["claim_id"], row["outlet"]))
    text = plain(given(row["text"]) or "")
    wording = plain(row["wording"])
    pieces = struck(wording, plain(row["gone"])) if state == "trimmed" else ()
    if not pieces and text and (state == "paraphrased" or _letters(text) != _letters(wording)):
        pieces = ((shorten(text, _TEXT), False),)
    absent = given(row["claim_probability"]) if state == "absent" else None
    doubtful = same is not None and same < _NO_INFORMATION
    if doubtful and state != "reattributed":
        told_by = given(row["resolved"]) or given(row["speaker"]), given(row["source"])
        doubtful = all(_is_somebody(called or "", view.outlets) for called in told_by)
    return Version(
        outlet=row["outlet"],
        voice=voice_of.get(row["sentence_id"], row["outlet"]),
        claim_id=given(row["claim_id"]),
        state=state,
        sentence=view.sentence_numbers.get(row["sentence_id"]),
        text=pieces,
        gone=plain(row["gone"]),
        speaker=shorten(given(row["resolved"]) or given(row["speaker"]) or "", _NAME),
        another=1 - same if doubtful and same is not None else None,
        certainty=_certainty(told, absent) if state == "absent" else "",
        lacking=None if absent is None or (told and told[0] in CARRIED) else absent,
        limits=told is not None and told[0] == "altered",
        probability=given(row["probability"]) or 0.0,
        differs=given(row["differs"]) or "",
    )


def _certainty(told: tuple[str, float] | None, probability: float | None) -> str:
    """Say how sure an absence is: an outlet may tell the claim without quoting anybody."""
    if told and told[0] in CARRIED:
        return f"{_TELLS} it, without the quotation ({percent(told[1])} sure)"
    if told and told[0] == "undecided":
        return f"may tell it ({percent(told[1])}), without the quotation"
    return "" if probability is None else f"chance that its claim is carried: {percent(probability)}"


def _is_somebody(called: str, outlets: Sequence[str]) -> bool:
    """Whether a speaker is not the reporter: "the Beacon has learned" is the Daily Beacon's own voice."""
    own = set(_letters(called).split()) - _ARTICLES
    named = any(own <= set(_letters(outlet).split()) for outlet in outlets)
    return bool(own) and not named and own.isdisjoint(_OWN_VOICE)


def _letters(text: str) -> str:
    return _PLAIN.sub(" ", text).strip().casefold()
