"""Where outlets disagree on a claim: which side each takes, how many independent voices that is, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.group import wordings_of
from compare.claims.wording import asked, central
from compare.coverage.voices import collapse_wire
from compare.matching.changes import Change, changes, likeness
from compare.reading.articles import by_publication
from compare.tables import AS_WORDED, CARRIED, CHANGES, CONFLICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.claims.judge import Judge, Judgements


_NEAR = 0.6  # likeness below which two sentences may be about two matters: "ten were killed", "the flood killed 612"


@dataclass(frozen=True)
class Sides:
    """Which articles tell a claim as it is worded, and which otherwise.

    Attributes:
        supporting: those that carry it unchanged.
        deviating: those that differ, each with what differs.
        voices: of all of them.
        backed: whether the article that words the claim is not itself among those that differ.
    """

    supporting: list[int] = field(default_factory=list)
    deviating: dict[int, list[Change]] = field(default_factory=dict)
    voices: dict[int, Any] = field(default_factory=dict)
    backed: bool = True

    def count(self, articles: Iterable[int]) -> int:
        """Number of independent voices that these articles are."""
        return len({self.voices[article] for article in articles})

    @property
    def lead(self) -> int:
        """By how many voices those for the wording are more than the others."""
        return self.count(self.supporting) - self.count(self.deviating)

    @property
    def strength(self) -> tuple[bool, int]:
        """How well the wording stands; of two wordings the one with more is the better."""
        return self.backed, self.lead

    @property
    def kinds(self) -> str:
        """All kinds of change, joined by "; "."""
        return _joined_kinds(change for told in self.deviating.values() for change in told)


@dataclass(frozen=True)
class Bench:
    """A story's articles as voices that agree or disagree; all articles are numbers in the ARTICLES table.

    Attributes:
        judge: of the story's articles.
        clauses: the story's clauses.
        wire: the story's WIRE table.
    """

    judge: Judge
    clauses: pd.DataFrame
    wire: pd.DataFrame

    @cached_property
    def voice_of(self) -> list[Any]:
        """The voice of each article."""
        return self.judge.articles["article_id"].map(collapse_wire(self.wire)).tolist()

    @cached_property
    def _article_of(self) -> NDArray[np.int64]:
        """The article of each clause."""
        articles: NDArray[np.int64] = self.judge.article_of[self._sentence_of]
        return articles

    @cached_property
    def _sentence_of(self) -> NDArray[np.int64]:
        """The sentence of each clause."""
        return self.clauses["sentence"].to_numpy(np.int64)

    @cached_property
    def _texts(self) -> NDArray[np.object_]:
        return self.clauses["text"].to_numpy(object)

    @cached_property
    def _sentences(self) -> NDArray[np.object_]:
        return self.judge.sentences["text"].to_numpy(object)

    def home(self, group: Group) -> int:
        """The article that words a claim."""
        return int(self._article_of[group.central])

    def sides(self, judged: Judgements, groups: Sequence[Group], wording: NDArray[np.object_]) -> list[Sides]:
        """Tell of each claim which articles take which side, of every outlet the one that stands for it.

        On a claim that no clause words, nobody takes sides: the words of its author are the standard.

        Args:
            judged: how every article treats every claim.
            groups: the claims' clauses.
            wording: the words by which each is judged at each article, shape (claims, articles).
        """
        rank = np.argsort(by_publication(self.judge.articles))
        best = standing(judged, self.judge.articles)
        return [
            self._sides(judged, number, group, wording[number], sorted(best[number].tolist(), key=rank.__getitem__))
            for number, group in enumerate(groups)
        ]

    def _sides(
        self, judged: Judgements, number: int, group: Group, wording: Sequence[str], articles: Sequence[int]
    ) -> Sides:
        """Tell who takes which side of a claim; the articles are those that stand for their outlets, earliest first."""
        states = {article: judged.state[number, article] for article in articles}
        carrying = [article for article in articles if states[article] in CARRIED]
        if len(carrying) < 2 or group.central < 0:
            return Sides()
        deviating = {
            article: self._told_otherwise(judged, (number, article), wording[article], group)
            for article in carrying
            if states[article] == "altered"
        }
        deviating |= self._unseen(judged, number, group, [article for article in carrying if article not in deviating])
        for article in [one for one in deviating if not self._may_accuse(judged, (number, one), group, deviating[one])]:
            del deviating[article]
            if states[article] == "altered":
                judged.state[number, article], judged.changes[number, article] = "partial", ""
        supporting = [a for a in carrying if states[a] in AS_WORDED and a not in deviating]
        voices = {article: self.voice_of[article] for article in (*supporting, *deviating)}
        return Sides(supporting, deviating, voices, self.home(group) not in deviating)

    def _may_accuse(self, judged: Judgements, cell: tuple[int, int], group: Group, told: Sequence[Change]) -> bool:
        """Whether an article is so near the claim that what differs is a change, and not another matter.

        Nor does it differ where it has the very words by which the claim's own sentence differs from a third one.
        """
        if "trimmed quote" in [change.kind for change in told]:
            return True
        sentence, home = self._sentences[judged.row[cell]], self._sentences[self._sentence_of[group.central]]
        as_worded = [change for change in told if change.right and change.right in home and change.left not in home]
        near = max(likeness(asked(group.wording), sentence), likeness(home, sentence))
        return near >= _NEAR and (cell[1] == self.home(group) or not as_worded)

    def _told_otherwise(self, judged: Judgements, cell: tuple[int, int], wording: str, group: Group) -> list[Change]:
        """What an altered cell has changed, with the words where rules know them."""
        kinds, row = judged.changes[cell].split("; "), judged.row[cell]
        own = [self._texts[at] for at in group.rows if self._sentence_of[at] == row]
        found: dict[str, Change] = {}
        for told in (*own, self._sentences[row]):
            for change in changes(wording, told, judged.evidence[cell], self.judge.article(cell[1])):
                found.setdefault(change.kind, change)
        return [found.get(kind, Change(kind, "", "")) for kind in kinds]

    def _unseen(
        self, judged: Judgements, number: int, group: Group, carrying: Sequence[int]
    ) -> dict[int, list[Change]]:
        """Find the articles whose own clauses differ from those of most other voices, which the wording does not show.

        One after the other, the article that words the claim last: those found no longer count among the others.
        """
        rows = {
            article: [at for at, row in enumerate(group.rows) if self._article_of[row] == article]
            for article in carrying
        }
        told = [article for article in carrying if rows[article]]
        found: dict[int, list[Change]] = {}
        if not group.differ.any():
            return found
        for article in sorted(told, key=lambda one: one == self.home(group)):
            others: dict[Any, list[list[Change]]] = {}
            for other in told:
                if other not in found and self.voice_of[other] != self.voice_of[article]:
                    between = self._between(group, rows[other], rows[article])
                    others.setdefault(self.voice_of[other], []).append(between)
            if self._is_the_same(judged, (number, article), group, others):  # then only what is proven counts
                others = {
                    voice: [[change for change in between if change.proven] for between in each]
                    for voice, each in others.items()
                }
            against = [each[0] for each in others.values() if all(each)]
            if 2 * len(against) > len(others):
                found[article] = against[0]
        return found

    def _is_the_same(
        self, judged: Judgements, cell: tuple[int, int], group: Group, others: dict[Any, list[list[Change]]]
    ) -> bool:
        """Whether the reader takes what an article says for the claim unchanged, asked where a rule says otherwise."""
        if cell[1] == self.home(group):
            return False
        named = any(not change.proven for each in others.values() for between in each for change in between)
        if not named:
            return False
        changed = self.judge.doubt(judged, cell, group.wording, judged.evidence[cell])
        return changed < self.judge.settings.altered_named_at

    def _between(self, group: Group, from_rows: Sequence[int], to_rows: Sequence[int]) -> list[Change]:
        """What an article's clauses change of another's; nothing where two of them agree."""
        if not group.differ[np.ix_(from_rows, to_rows)].all():
            return []
        claim, told = group.rows[from_rows[0]], group.rows[to_rows[0]]
        around = self._sentences[self._sentence_of[told]]
        return changes(self._texts[claim], self._texts[told], around, self.judge.article(self._article_of[told]))

    def better(self, group: Group, sides: Sides) -> Group | None:
        """Word a claim as most of its voices do, if a clause of theirs is in it; it keeps its name."""
        if sides.lead >= 0 and sides.backed:
            return None
        home = self.home(group)
        wanted = [a for a in (sides.deviating if sides.lead < 0 else sides.supporting) if a != home]
        at = [number for number, row in enumerate(group.rows) if self._article_of[row] in wanted]
        if not at:
            return None
        block = np.ix_(at, at)
        words = wordings_of([group.rows[one] for one in at], self.clauses, self.judge.articles)
        texts = self._texts[[group.rows[one] for one in at]].tolist()
        best = central(texts, words, group.same[block], group.differ[block])
        return replace(group, central=group.rows[at[best]], wording=words[best])

    def settle(self, judged: Judgements, groups: Sequence[Group], sides: Sequence[Sides]) -> pd.DataFrame:
        """Say what the sides come to: `altered` against a clear majority, else all of them are `contested`.

        Args:
            judged: how every article treats every claim; takes the states and changes.
            groups: the claims' clauses.
            sides: what `sides` gives.

        Returns:
            The CONFLICTS table.
        """
        rows = [
            {"claim_id": group.claim_id, "claim": group.wording, **row}
            for number, group in enumerate(groups)
            if sides[number].deviating
            for row in self._rows(judged, number, sides[number], clear=self._settle(judged, number, sides[number]))
        ]
        return CONFLICTS.frame(rows)

    def _settle(self, judged: Judgements, number: int, sides: Sides) -> bool:
        """Give a claim's states, and say whether its wording has a clear majority."""
        settings = self.judge.settings
        pro, contra = sides.count(sides.supporting), sides.count(sides.deviating)
        clear = pro >= settings.majority_voices and pro >= settings.majority_share * (pro + contra)
        for article, told in sides.deviating.items():
            judged.state[number, article] = "altered" if clear else "contested"
            judged.changes[number, article] = _joined_kinds(told)
        for article in sides.supporting if not clear else ():
            judged.state[number, article], judged.changes[number, article] = "contested", sides.kinds
        return clear

    def _rows(self, judged: Judgements, number: int, sides: Sides, *, clear: bool) -> list[dict[str, Any]]:
        """Give the rows of CONFLICTS of a claim, without its id and wording; none where one side alone is told."""
        by_words: dict[tuple[str, str], list[int]] = {}
        for article, told in sides.deviating.items():
            key = _joined_kinds(told), _joined(change.right for change in told)
            by_words.setdefault((key[0], key[1].casefold()), []).append(article)
        others = sorted(by_words.values(), key=lambda articles: -sides.count(articles))
        if not sides.supporting or not others:
            return []
        as_worded = _joined(change.left for told in sides.deviating.values() for change in told)
        rows = [self._row(judged, number, sides, sides.supporting) | {"changes": sides.kinds, "says": as_worded}]
        for articles in others:
            told = sides.deviating[articles[0]]
            row = {"changes": _joined_kinds(told), "says": _joined(change.right for change in told)}
            rows.append(self._row(judged, number, sides, articles) | row)
        return [{"side": side, "clear": clear, **row} for side, row in enumerate(rows)]

    def _row(self, judged: Judgements, number: int, sides: Sides, articles: Sequence[int]) -> dict[str, Any]:
        surest = max(articles, key=lambda article: judged.probability[number, article])
        outlet = self.judge.articles["outlet"].to_numpy(object)
        return {
            "voices": sides.count(articles),
            "outlets": "; ".join(outlet[article] for article in articles),
            "sentence_id": self.judge.sentences["sentence_id"].iat[judged.row[number, surest]],
            "evidence": judged.evidence[number, surest],
        }


def standing(judged: Judgements, articles: pd.DataFrame) -> NDArray[np.int64]:
    """The article that stands for each outlet on each claim, shape (claims, outlets), outlets in the articles' order.

    It is the one that carries the claim most probably; of equals, the one published first.
    """
    outlet_of = articles["outlet"].to_numpy(object)
    # The order in which articles are given decides nothing.
    in_order = by_publication(articles)
    columns = [in_order[outlet_of[in_order] == outlet] for outlet in dict.fromkeys(outlet_of)]
    return np.column_stack([at[judged.probability[:, at].argmax(axis=1)] for at in columns])


def _joined_kinds(told: Iterable[Change]) -> str:
    return "; ".join(sorted({change.kind for change in told}, key=CHANGES.index))


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
