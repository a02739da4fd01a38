"""Opinions on claims at articles, before a state is decided: from words, and from the reader if there is one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from compare.language.clauses import clauses
from compare.language.languages import ENGLISH
from compare.language.split import split_text
from compare.language.tokens import words
from compare.matching.evidence import find_evidence
from compare.matching.model import carried_probability, long_share
from compare.matching.reader import as_shown, kinds_named, opinion, read
from compare.matching.reader.late import held
from compare.tables import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.language.vectors import Encoder
    from compare.matching.evidence import Evidence
    from compare.matching.reader import Reader
    from compare.matching.reader.late import Held
    from compare.settings import Settings

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

_REMEMBERED = 5000  # texts; about the last few stories


@dataclass(frozen=True)
class Opinions:
    """For each cell, the probability that it carries its claim, that it changes it (NaN: not asked), and the change.

    `evidence` is the first and last sentence of the evidence, shape (cells, 2).
    """

    carried: Floats
    changed: Floats
    kind: NDArray[np.object_]
    evidence: Integers


@dataclass(frozen=True)
class Panel:
    """The lexical model and the reader, each used for its strengths."""

    settings: Settings
    encoder: Encoder | None = None
    reader: Reader | None = None
    language: str = ENGLISH

    def within(self, language: str) -> Panel:
        """Return the panel for texts in a language; the shipped reader has learned only English."""
        reads = language == ENGLISH or not opinion.is_small(self.reader)
        return replace(self, language=language, reader=self.reader if reads else None)

    def opinions(
        self, claims: Sequence[str], texts: Sequence[str], article_of: Integers, asked: NDArray[np.bool_]
    ) -> tuple[Evidence, Opinions]:
        """Return the probability that articles carry claims, and the evidence, for `asked` cells, (claims, articles).

        `article_of` is the article of each text, numbered from 0 without gaps, with the texts of an article together.
        """
        found = find_evidence(claims, texts, article_of, asked, self.encoder, self.language)
        opinions = self._opinions(claims, texts, article_of, found)
        self._settle_by_sentence(claims, texts, (article_of, asked), found, opinions)
        return found, opinions

    def unsure(
        self, claims: Sequence[str], texts: Sequence[str], article_of: Integers, asked: NDArray[np.bool_]
    ) -> tuple[Integers, Integers, Floats, list[tuple[str, str]]]:
        """Return the cells for which a user's own reader is asked, and the questions; arguments as above.

        The result is the claim and article of each, the probability by words alone, and (claim, passage).
        """
        found = find_evidence(claims, texts, article_of, asked, self.encoder, self.language)
        lexical = carried_probability(found.features)
        at, _, pairs = self._left_open(claims, texts, found, lexical)
        return found.claim[at], found.article[at], lexical[at], pairs

    def doubt(self, claim: str, passage: str) -> float:
        """Return the shipped reader's probability that a carried claim is changed; NaN for another reader, or none.

        It is too seldom certain to accuse anybody by itself, so it is asked only where something indicates a change.
        """
        if not opinion.is_small(self.reader):
            return float("nan")
        return float(opinion.changed(self.reader, read(self.reader, [(claim, passage)]))[0])

    def changed(self, pairs: Sequence[tuple[str, str]]) -> tuple[Floats, list[str]]:
        """Return a user's own reader's probability that the claim of each (claim, passage) is changed, and the change.

        NaN and "" for another reader, or none: the shipped one is asked by `doubt`, where something indicates a change.
        """
        if self.reader is None or opinion.is_small(self.reader):
            return np.full(len(pairs), np.nan), [""] * len(pairs)
        return opinion.changed(self.reader, read(self.reader, pairs)), kinds_named(self.reader, pairs)

    def _opinions(self, claims: Sequence[str], texts: Sequence[str], article_of: Integers, found: Evidence) -> Opinions:
        """Return the opinions of the lexical model and the reader, if there is one, on each cell."""
        lexical = carried_probability(found.features)
        opinions = Opinions(
            lexical.copy(),
            np.full(len(lexical), np.nan),
            np.full(len(lexical), "", dtype=object),
            np.column_stack([found.first, found.last]),
        )
        if self.reader is None:
            return opinions
        if opinion.is_small(self.reader):
            there = held(self.reader.encode(claims), self.reader.encode(texts), article_of)
            opinions.carried[:] = as_held(there, found, lexical)
            # If words alone would not have found the claim, the sentence with most of it is the evidence.
            moved = (opinions.carried >= self.settings.undecided_from) & (lexical < self.settings.carried_at)
            for at in np.flatnonzero(moved):
                begin, end = found.begins[found.article[at] : found.article[at] + 2]
                opinions.evidence[at] = begin + there.sentence[found.claim[at], begin:end].argmax()
            return opinions
        asked, shown, pairs = self._left_open(claims, texts, found, lexical)
        answers = read(self.reader, pairs)
        opinions.carried[asked] = opinion.carried(self.reader, lexical[asked], answers)
        opinions.changed[asked] = opinion.changed(self.reader, answers)
        opinions.kind[asked] = kinds_named(self.reader, pairs)
        # If the reader decided, the decisive one of the sentences shown to it is the evidence. It is needed for every
        # accusation, and for claims that words alone would not have found.
        carried = opinions.carried[asked] >= self.settings.carried_at
        moved = lexical[asked] < self.settings.carried_at
        accused = np.nan_to_num(opinions.changed[asked]) >= self.settings.altered_at
        places = [place for place in np.flatnonzero(carried & (moved | accused)).tolist() if len(shown[place]) > 1]
        again = [(pairs[place][0], texts[row]) for place in places for row in shown[place]]
        if again:
            answers = read(self.reader, again)
        end = 0
        for place in places:
            begin, end = end, end + len(shown[place])
            telling = answers[begin:end, 1] if accused[place] else 1 - answers[begin:end, 2]
            best = int(telling.argmax())
            if telling[best] >= self.settings.carried_at:
                opinions.evidence[asked[place]] = shown[place][best]
        return opinions

    def _left_open(
        self, claims: Sequence[str], texts: Sequence[str], found: Evidence, carried: Floats
    ) -> tuple[Integers, list[list[int]], list[tuple[str, str]]]:
        """Return the entries for which a reader is asked, if probable enough so far; the rows shown; (claim, passage).

        Claims of several sentences are left out. A claim that a passage has word for word, as a sentence or clause of
        its own, need not be read.
        """
        single = np.array([len(sentences_of(claim)) <= 1 for claim in claims], dtype=bool)
        at = [
            at
            for at in np.flatnonzero((carried >= self.settings.read_from) & single[found.claim]).tolist()
            for said in [_spoken(claims[found.claim[at]])]
            if not any(said in _told_by(sentence) for sentence in texts[found.first[at] : found.last[at] + 1])
        ]
        asked = np.array(at, dtype=np.int64)
        shown = found.shown(asked, texts)
        pairs = [(claims[found.claim[at]], as_shown(rows, texts)) for at, rows in zip(asked, shown, strict=True)]
        return asked, shown, pairs

    def _settle_by_sentence(
        self,
        claims: Sequence[str],
        texts: Sequence[str],
        where: tuple[Integers, NDArray[np.bool_]],
        found: Evidence,
        opinions: Opinions,
    ) -> None:
        """Have the sentences of a claim of several sentences read one by one, each with the passages that it needs.

        The claim's probability is the mean of its sentences', and it is changed if a carried one is; the evidence is
        then that sentence's. Without a reader, nothing is done.
        """
        sentences = {number: sentences_of(claim) for number, claim in enumerate(claims)} if self.reader else {}
        owner = np.array([number for number, own in sentences.items() for _ in own if len(own) > 1], dtype=np.int64)
        if not len(owner):
            return
        parts = [part for own in sentences.values() if len(own) > 1 for part in own]
        article_of, asked = where
        of_parts = find_evidence(parts, texts, article_of, asked[owner], self.encoder, self.language)
        told = self._opinions(parts, texts, article_of, of_parts)
        for at in np.flatnonzero(np.isin(found.claim, owner)).tolist():
            own = np.flatnonzero((owner[of_parts.claim] == found.claim[at]) & (of_parts.article == found.article[at]))
            opinions.carried[at] = told.carried[own].mean().round(DECIMALS)
            changed = np.where(told.carried[own] >= self.settings.carried_at, told.changed[own], np.nan)
            if not np.isnan(changed).all():
                worst = own[np.nanargmax(changed)]
                opinions.changed[at], opinions.kind[at] = told.changed[worst], told.kind[worst]
                if told.changed[worst] >= self.settings.altered_at:
                    opinions.evidence[at] = told.evidence[worst]


def as_held(there: Held, found: Evidence, lexical: Floats) -> Floats:
    """Return each entry's probability from words and from how much of its claim the shipped reader finds."""
    cells = found.claim, found.article
    log_odds, near = opinion.held_log_odds(there.signs)[cells], there.near[cells].astype(np.float64)
    return opinion.carried_as_held(lexical, log_odds, near, long_share(found.features))


@lru_cache(maxsize=_REMEMBERED)
def sentences_of(claim: str) -> tuple[str, ...]:
    """Return the sentences of a claim that contain words."""
    return tuple(claim[begin:end] for begin, end in split_text(claim) if words(claim[begin:end]))


@lru_cache(maxsize=_REMEMBERED)
def _told_by(sentence: str) -> frozenset[str]:
    return frozenset([_spoken(sentence), *(_spoken(clause.read(sentence)) for clause in clauses(sentence))])


@lru_cache(maxsize=_REMEMBERED)
def _spoken(text: str) -> str:
    return " ".join(words(text)).casefold()
