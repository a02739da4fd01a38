"""A comparison's tables in the form the report reads: claims in the page's order, one judgement for each outlet.

Claims that at least two outlets carry come first, then the others; both are in the order of the tables (most salient
first). The parts of a claim follow it. A claim's number is its place in this order, in every part of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from compare.report.wording import count, link_to
from compare.tables import CARRIED, HEADLINE, NOT_ASSESSABLE, with_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from compare.asked import ComparedStory

SHARED_FROM = 2  # a claim is shared if at least this many outlets carry it


@dataclass(frozen=True)
class Judgement:
    """How one outlet reports one claim; `voice` is the outlet or, if its evidence is in a copy, the copied text."""

    outlet: str
    voice: str
    state: str
    probability: float
    sentence: int | None
    position: float | None
    changes: str

    @property
    def carried(self) -> bool:
        """Whether the outlet carries the claim, in any form."""
        return self.state in CARRIED


@dataclass(frozen=True)
class Claim:
    """One claim, its sentences, and a judgement for each outlet (None where the tables have none)."""

    number: int
    claim_id: str
    text: str
    kind: str
    speaker: str | None
    part_of: str | None  # the claim_id of the claim of which it is a detail
    judgements: tuple[Judgement | None, ...]
    sentences: tuple[int, ...]
    clauses: dict[int, list[tuple[int, int]]]  # where (code points) a sentence tells it, if not as a whole

    def outlets(self, *states: str) -> list[str]:
        """Return the outlets that report the claim in one of these states."""
        return [j.outlet for j in self.judgements if j and j.state in states]

    @property
    def link(self) -> Markup:
        """The wording, as a link to the evidence."""
        return link_to(f"c{self.number}", self.text)

    @property
    def carriers(self) -> list[str]:
        """The outlets that carry the claim."""
        return self.outlets(*CARRIED)

    @property
    def voices(self) -> set[str]:
        """The independent voices that carry it; the copies of one text are one voice."""
        return {j.voice for j in self.judgements if j and j.carried}

    @property
    def shared(self) -> bool:
        """Whether at least two outlets carry it."""
        return len(self.carriers) >= SHARED_FROM

    def left_out_by(self, outlets: Sequence[str]) -> list[str]:
        """Return which of these outlets leave it out."""
        return [outlet for outlet in self.outlets("omitted") if outlet in outlets]

    def assessed(self, outlets: Sequence[str]) -> list[str]:
        """Return these outlets without those whose article was cut off before it could have told the claim."""
        return [outlet for outlet in outlets if outlet not in self.outlets(NOT_ASSESSABLE)]

    def chance_at(self, outlets: Sequence[str]) -> float:
        """Return the highest probability with which one of these outlets carries it."""
        return max(j.probability for j in self.judgements if j and j.outlet in outlets)


@dataclass(frozen=True)
class Note:
    """An outlet's note on its own article: a row of the corrections, and the numbers of its sentences in the page."""

    article_id: str
    outlet: str
    kind: str
    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True)
class View:
    """The view of a story that every part of the report reads."""

    comparison: ComparedStory
    outlets: tuple[str, ...]
    every: tuple[Claim, ...]  # the claims and their parts, in the page's order
    alone: dict[str, list[str]]  # claims that only this outlet carries (by claim_id, in the article's order)
    sentence_numbers: dict[str, int]  # in the page, by sentence_id
    voices: dict[str, str]  # by article_id: its outlet or, for a copy, the copied text
    notes: tuple[Note, ...]
    groups: Mapping[str, Sequence[str]]  # of outlets

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that count: all that are not parts."""
        return tuple(claim for claim in self.every if claim.part_of is None)

    @cached_property
    def parts(self) -> dict[str, list[Claim]]:
        """The parts of each claim with parts, by its claim_id."""
        found: dict[str, list[Claim]] = {}
        for claim in self.every:
            if claim.part_of is not None:
                found.setdefault(claim.part_of, []).append(claim)
        return found

    @cached_property
    def note_of(self) -> dict[int, Note]:
        """The note to which a sentence, by its number in the page, belongs."""
        return {number: note for note in self.notes for number in note.sentences}

    @cached_property
    def withdrawn(self) -> dict[str, Note]:
        """The outlets that took an article back as a whole, each with the note that says so."""
        left_open = (j for claim in self.every for j in claim.judgements if j and j.state == "undecided")
        return {j.outlet: self.note_of[j.sentence] for j in left_open if j.sentence in self.note_of}

    @cached_property
    def cut_articles(self) -> dict[str, str]:
        """The articles that were cut off (by article_id, in their order): after how many words, and what follows."""
        articles, sentences = self.comparison.articles, self.comparison.sentences
        told = sentences[~sentences["boilerplate"].astype(bool) & (sentences["index"] != HEADLINE)]
        words = told["text"].map(lambda text: len(text.split())).groupby(told["article_id"]).sum()
        cut = articles.loc[articles["complete"] == "cut", "article_id"]
        template = "cut off after {}: what is not in it cannot be called left out"
        return {name: template.format(count(int(words.get(name, 0)), "word")) for name in cut}

    @cached_property
    def cut(self) -> dict[str, str]:
        """The outlets with such an article, and what is said of it."""
        outlets = dict(zip(self.comparison.articles["article_id"], self.comparison.articles["outlet"], strict=True))
        return {outlets[article]: said for article, said in self.cut_articles.items()}

    @property
    def shared(self) -> list[Claim]:
        """The claims that at least two outlets carry."""
        return [claim for claim in self.claims if claim.shared]

    def told_by(self, claim: Claim) -> str:
        """Say how many carry a claim, independent voices first: `6 of 7 independent voices (7 of 8 outlets)`.

        Outlets whose article was cut off, and does not tell it, are in neither number.
        """
        unknown = set(claim.outlets(NOT_ASSESSABLE))
        by = zip(self.comparison.articles["article_id"], self.comparison.articles["outlet"], strict=True)
        voices = claim.voices | {self.voices[article] for article, outlet in by if outlet not in unknown}
        told = f"{len(claim.voices)} of {count(len(voices), 'independent voice')}"
        if set(self.voices.values()) <= set(self.outlets):
            return told  # every outlet is a voice of its own
        return f"{told} ({len(claim.carriers)} of {count(len(self.outlets) - len(unknown), 'outlet')})"


def view_of(comparison: ComparedStory, groups: Mapping[str, Sequence[str]] | None = None) -> View:
    """Build the view of a comparison."""
    outlets = comparison.outlets
    sentence_numbers = {sentence: i for i, sentence in enumerate(comparison.sentences["sentence_id"])}
    copies = comparison.wire.dropna(subset="group_id")
    voices = dict(zip(comparison.articles["article_id"], comparison.articles["outlet"], strict=True))
    voices |= dict(zip(copies["article_id"], copies["group_id"], strict=True))
    voice_of = comparison.sentences.set_index("sentence_id")["article_id"].map(voices).to_dict()
    judgements: dict[str, dict[str, Judgement]] = {}
    for row in comparison.coverage.to_dict("records"):
        judgements.setdefault(row["claim_id"], {})[row["outlet"]] = Judgement(
            outlet=row["outlet"],
            voice=voice_of.get(row["sentence_id"], row["outlet"]),
            state=row["state"],
            probability=float(row["probability"]),
            sentence=sentence_numbers.get(row["sentence_id"]),
            position=given(row["position"]),
            changes=given(row["changes"]) or "",
        )
    carrying = _mentioned(comparison, sentence_numbers)
    rows = with_parts(comparison.claims).to_dict("records")
    carriers = {row["claim_id"]: sum(j.carried for j in judgements.get(row["claim_id"], {}).values()) for row in rows}
    rows.sort(key=lambda row: carriers[given(row["part_of"]) or row["claim_id"]] < SHARED_FROM)
    every = tuple(
        Claim(
            number=number,
            claim_id=row["claim_id"],
            text=row["claim"],
            kind=row["kind"],
            speaker=given(row["speaker"]),
            part_of=given(row["part_of"]),
            judgements=tuple(judgements.get(row["claim_id"], {}).get(outlet) for outlet in outlets),
            sentences=tuple(dict.fromkeys(carrying.get(row["claim_id"], ()))),
            clauses={number: spans for number, spans in carrying.get(row["claim_id"], {}).items() if spans},
        )
        for number, row in enumerate(rows, 1)
    )
    alone = {outlet: comparison.only_in(outlet)["claim_id"].tolist() for outlet in outlets if len(outlets) > 1}
    return View(comparison, tuple(outlets), every, alone, sentence_numbers, voices, _notes(comparison), groups or {})


def _notes(comparison: ComparedStory) -> tuple[Note, ...]:
    places = comparison.sentences[["article_id", "index", "start", "end"]].to_dict("records")
    return tuple(
        Note(
            **{name: row[name] for name in ("article_id", "outlet", "kind", "text")},
            sentences=tuple(
                number
                for number, place in enumerate(places)
                if place["article_id"] == row["article_id"]
                and place["index"] != HEADLINE
                and row["start"] <= place["start"] < place["end"] <= row["end"]
            ),
        )
        for row in comparison.corrections.to_dict("records")
    )


def _mentioned(comparison: ComparedStory, numbers: dict[str, int]) -> dict[str, dict[int, list[tuple[int, int]]]]:
    """Return each claim's sentences, with the clauses that tell it if that is not the whole sentence."""
    spans = comparison.sentences[["start", "end"]].to_numpy().tolist()
    found: dict[str, dict[int, list[tuple[int, int]]]] = {}
    for row in comparison.mentions.to_dict("records"):
        number = numbers.get(row["sentence_id"])
        if number is None:
            continue
        clauses = found.setdefault(row["claim_id"], {}).setdefault(number, [])
        start, end = spans[number]
        if start <= row["start"] < row["end"] <= end and (row["start"], row["end"]) != (start, end):
            clauses.append((row["start"] - start, row["end"] - start))
    return found


def given(value: Any) -> Any:
    """Return the value, or None if it is missing."""
    import pandas as pd

    return None if pd.isna(value) else value
