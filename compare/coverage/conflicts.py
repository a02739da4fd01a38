"""Disagreement between outlets on a claim: the side of each, the independent voices, and the resulting states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from compare.claims.group import wordings_of
from compare.claims.phrasing import asked, central
from compare.coverage.wire import collapse_wire
from compare.language.languages import ENGLISH
from compare.matching.changes.kinds import Change, changes_in_stretches, likeness, tells
from compare.reading.articles import by_publication
from compare.tables import AS_WORDED, CARRIED, CHANGES, CONFLICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.coverage.judge import Judge
    from compare.coverage.judgements import Judgements

_NAMEABLE = frozenset({"number", "time"})  # kinds in which it can be seen whether a passage takes a side
_TWO_SIDED = frozenset({"negation", "direction", "modality"})
_NEAR = 0.6  # least likeness of sentences on one subject, unlike "ten were killed" and "the flood killed 612"


@dataclass(frozen=True)
class Sides:
    """The articles that agree with the wording of a claim, and those that differ.

    Attributes:
        supporting: articles that carry it unchanged.
        deviating: articles that differ, each with its changes.
        doubtful: articles on neither side that give an amount or a day of those that differ; no majority counts them.
        cleared: articles that were called altered, but are not near enough to the claim to be accused.
        voices: the voice of each article that takes a side.
        backed: whether the article that words the claim is not itself among those that differ.
        authored: whether no article words the claim, so that its author's words are the standard and no majority
            decides.
    """

    supporting: list[int] = field(default_factory=list)
    deviating: dict[int, list[Change]] = field(default_factory=dict)
    doubtful: list[int] = field(default_factory=list)
    cleared: list[int] = field(default_factory=list)
    voices: dict[int, Any] = field(default_factory=dict)
    backed: bool = True
    authored: bool = False

    def count(self, articles: Iterable[int]) -> int:
        """Return the number of independent voices among these articles."""
        return len({self.voices[article] for article in articles})

    def is_proven(self, article: int) -> bool:
        """Whether words prove that an article differs."""
        return any(change.proven for change in self.deviating.get(article, ()))

    @property
    def strength(self) -> tuple[bool, int]:
        """The support for the wording, for comparison with another: backed, and by how many more voices."""
        return self.backed, self.count(self.supporting) - self.count(self.deviating)

    @property
    def kinds(self) -> str:
        """All kinds of change, joined by "; "."""
        return _joined_kinds(change for told in self.deviating.values() for change in told)


class _Division(NamedTuple):
    """Articles that differ from a claim, each with its changes, and those seen to agree with it, by kind of change."""

    deviating: dict[int, list[Change]]
    agreeing: dict[str, set[int]]


@dataclass(frozen=True)
class Bench:
    """A story's articles as voices that agree or disagree; articles are rows of the ARTICLES table."""

    judge: Judge
    wire: pd.DataFrame
    _compared: dict[tuple[int, int], list[Change]] = field(default_factory=dict, init=False)

    @cached_property
    def _voice_of(self) -> list[Any]:
        return self.judge.story.articles["article_id"].map(collapse_wire(self.wire)).tolist()

    def _home(self, group: Group) -> int:
        """Return the article that words a claim."""
        return int(self.judge.story.article_of_clause[group.central])

    def sides(self, judged: Judgements, groups: Sequence[Group], wording: NDArray[np.object_]) -> list[Sides]:
        """Return the sides of each claim, with one article representing each outlet.

        `wording` is the wording by which each is judged at each article, shape (claims, articles).
        """
        articles = self.judge.story.articles
        rank = np.argsort(by_publication(articles))
        best = standing(judged, articles)
        return [
            self._sides(judged, number, group, wording[number], sorted(best[number].tolist(), key=rank.__getitem__))
            for number, group in enumerate(groups)
        ]

    def _sides(
        self, judged: Judgements, number: int, group: Group, wording: Sequence[str], articles: Sequence[int]
    ) -> Sides:
        """Return the sides of a claim; the articles are those that represent their outlets, earliest first."""
        states = {article: judged.state[number, article] for article in articles}
        carrying = [article for article in articles if states[article] in CARRIED]
        if len(carrying) < 2:
            return Sides()
        authored = group.central < 0
        differing = {
            article: self._told_otherwise(judged, (number, article), wording[article], group)
            for article in carrying
            if states[article] == "altered"
        }
        # What an outlet put right in a note of its own, the words of its article no longer decide.
        heard = {article for article in carrying if self._is_note(judged, (number, article))}
        unheard = [article for article in carrying if article not in heard]
        apart = _Division({}, {})
        if not authored:
            others = [article for article in unheard if article not in differing]
            differing |= self._unseen(judged, number, group, others)
            apart = self._apart(judged, number, group, unheard)
        deviating = {
            one: [change for change in told if change.proven] or told
            for one, told in differing.items()
            if self._is_near(judged, (number, one), group, told)
            and (authored or not self._is_in_its_words(one, group, told))
        }
        deviating = apart.deviating | deviating
        agreeing = {one for ones in apart.agreeing.values() for one in ones}
        supporting = [
            one
            for one in carrying
            if one not in deviating
            and (states[one] in AS_WORDED or one in agreeing)
            and (
                authored
                or one in heard
                or self._takes_a_side(one, group, judged.evidence[number, one], deviating, apart)
            )
        ]
        doubtful = [
            one
            for one in carrying
            if one not in supporting
            and one not in deviating
            and _leans(judged.evidence[number, one], deviating.values())
        ]
        cleared = [one for one in differing if one not in deviating and states[one] == "altered" and not authored]
        voices = {article: self._voice_of[article] for article in (*supporting, *deviating, *doubtful)}
        backed = authored or self._home(group) not in deviating
        return Sides(supporting, deviating, doubtful, cleared, voices, backed, authored)

    def _apart(self, judged: Judgements, number: int, group: Group, carrying: Sequence[int]) -> _Division:
        """Find the articles whose sentences differ in one thing of the claim, and those that agree with it in that.

        What differs must be in the claim's own words, because a long sentence tells several claims.
        """
        found, home, wording = _Division({}, {}), self._home(group), asked(group.wording)
        rows = {one: int(judged.row[number, one]) for one in carrying} | {
            home: int(self.judge.story.sentence_of[group.central])
        }
        edges = [
            (one, other, change)
            for one in carrying
            for other in carrying
            if self._voice_of[one] != self._voice_of[other]
            for change in self._between_sentences(rows[one], rows[other])
        ]
        for one, other, change in edges:
            named = change.left and tells(change.left, wording)
            named = named and not (change.kind in _NAMEABLE and tells(change.right, wording))
            if named and (one == home or (change.kind in _NAMEABLE and other != home)):
                told = found.deviating.setdefault(other, [])
                if all(change.kind != known.kind for known in told):
                    told.append(change)
        for one, other, change in edges:
            against = [known for known in found.deviating.get(other, ()) if known.kind == change.kind]
            if not against or any(change.kind == known.kind for known in found.deviating.get(one, ())):
                continue
            if tells(change.left, wording) if change.kind in _NAMEABLE else change.right == against[0].right:
                found.agreeing.setdefault(change.kind, {home}).add(one)
        return found

    def _between_sentences(self, row: int, other: int) -> list[Change]:
        """Return what stretches of two sentences prove to differ; the rows are those of the sentences table."""
        if (row, other) not in self._compared:
            story = self.judge.story
            one, two = story.article_of[row], story.article_of[other]
            english = story.languages[one] == story.languages[two] == ENGLISH
            articles = story.told_in[one], story.told_in[two]
            told = changes_in_stretches(story.texts[row], story.texts[other], articles) if english else []
            self._compared[row, other] = told
        return self._compared[row, other]

    def _takes_a_side(
        self, article: int, group: Group, evidence: str, deviating: Mapping[int, Sequence[Change]], apart: _Division
    ) -> bool:
        """Whether an article that carries a claim is seen to agree with it in all in which others differ."""
        if article == self._home(group):  # it words the claim, though perhaps without what a third one tells otherwise
            told_so = [change.left for told in deviating.values() for change in told if _is_seen(change)]
            return not told_so or any(tells(left, evidence) for left in told_so)
        named: dict[str, bool] = {}
        for one, told in deviating.items():
            for change in told:
                named[change.kind] = (
                    named.get(change.kind, False)
                    or article in apart.agreeing.get(change.kind, ())
                    or (not _is_seen(change) and one not in apart.deviating)
                    or (_is_seen(change) and tells(change.left, evidence) and not tells(change.right, evidence))
                )
        return all(named.values())

    def _is_note(self, judged: Judgements, cell: tuple[int, int]) -> bool:
        """Whether the evidence is a note of the outlet on its own article."""
        return bool(self.judge.story.sentences["boilerplate"].iat[judged.row[cell]])

    def _is_near(self, judged: Judgements, cell: tuple[int, int], group: Group, told: Sequence[Change]) -> bool:
        """Whether an article is so near the claim that a difference is a change, and not another subject."""
        story = self.judge.story
        if _is_trimmed(told) or self._is_note(judged, cell):
            return True
        sentence, worded = story.texts[judged.row[cell]], [asked(group.wording)]
        if group.central >= 0:
            worded.append(story.texts[story.sentence_of[group.central]])
        return any(likeness(one, sentence) >= _NEAR for one in worded)

    def _is_in_its_words(self, article: int, group: Group, told: Sequence[Change]) -> bool:
        """Whether the claim's own sentence agrees with an article where a third one differs from it."""
        if article == self._home(group) or _is_trimmed(told):
            return False
        home = self.judge.story.texts[self.judge.story.sentence_of[group.central]]
        return any(change.right and change.right in home and change.left not in home for change in told)

    def _told_otherwise(self, judged: Judgements, cell: tuple[int, int], wording: str, group: Group) -> list[Change]:
        """Return the changes in an altered cell, with the words if a rule knows them."""
        story, row = self.judge.story, judged.row[cell]
        own = [story.clause_texts[at] for at in group.rows if story.sentence_of[at] == row]
        seen = [
            change
            for told in (*own, story.texts[row])
            for change in self.judge.changes(wording, told, judged.evidence[cell], cell[1])
        ]
        found: dict[str, Change] = {}
        for change in sorted(seen, key=lambda one: not one.proven):
            found.setdefault(change.kind, change)
        return [found.get(kind, Change(kind, "", "")) for kind in judged.changes[cell].split("; ")]

    def _unseen(
        self, judged: Judgements, number: int, group: Group, carrying: Sequence[int]
    ) -> dict[int, list[Change]]:
        """Find articles whose own clauses differ from those of most other voices, which the wording does not show.

        They are tested one after the other, the article that words the claim last; those found no longer count among
        the others.
        """
        found: dict[int, list[Change]] = {}
        if not group.differ.any():
            return found
        of_clause = self.judge.story.article_of_clause[group.rows]
        rows = {article: np.flatnonzero(of_clause == article).tolist() for article in carrying}
        told = [article for article in carrying if rows[article]]
        for article in sorted(told, key=lambda one: one == self._home(group)):
            others: dict[Any, list[list[Change]]] = {}
            for other in told:
                if other not in found and self._voice_of[other] != self._voice_of[article]:
                    between = self._between(group, rows[other], rows[article])
                    others.setdefault(self._voice_of[other], []).append(between)
            doubted = any(not change.proven for each in others.values() for between in each for change in between)
            if doubted and article != self._home(group):
                changed = self.judge.doubt(judged, (number, article), asked(group.wording))
                if changed < self.judge.panel.settings.altered_named_at:  # then only proven changes count
                    others = {
                        voice: [[change for change in between if change.proven] for between in each]
                        for voice, each in others.items()
                    }
            against = [each[0] for each in others.values() if all(each)]
            if 2 * len(against) > len(others):
                found[article] = against[0]
        return found

    def _between(self, group: Group, from_rows: Sequence[int], to_rows: Sequence[int]) -> list[Change]:
        """Return the changes from an article's clauses to another's; none if any two of them agree."""
        if not group.differ[np.ix_(from_rows, to_rows)].all():
            return []
        story, claim, told = self.judge.story, group.rows[from_rows[0]], group.rows[to_rows[0]]
        around, article = story.texts[story.sentence_of[told]], story.article_of_clause[told]
        return self.judge.changes(story.clause_texts[claim], story.clause_texts[told], around, article)

    def better(self, group: Group, sides: Sides) -> Group | None:
        """Reword a claim as most of its voices do, if it has a clause of theirs; it keeps its name."""
        backed, lead = sides.strength
        if lead >= 0 and backed:
            return None
        story, home = self.judge.story, self._home(group)
        wanted = [a for a in (sides.deviating if lead < 0 else sides.supporting) if a != home]
        at = [number for number, row in enumerate(group.rows) if story.article_of_clause[row] in wanted]
        if not at:
            return None
        block, rows = np.ix_(at, at), [group.rows[one] for one in at]
        words = wordings_of(rows, story.clauses, story.articles)
        best = central(story.clause_texts[rows].tolist(), words, group.same[block], group.differ[block])
        return replace(group, central=rows[best], wording=words[best])

    def settle(
        self, judged: Judgements, groups: Sequence[Group], sides: Sequence[Sides]
    ) -> tuple[Judgements, pd.DataFrame]:
        """Return the resulting states, `altered` against a clear majority, otherwise `contested`; and CONFLICTS."""
        settings = self.judge.panel.settings
        state, changed = judged.state.copy(), judged.changes.copy()
        rows: list[dict[str, Any]] = []
        for number, (group, own) in enumerate(zip(groups, sides, strict=True)):
            state[number, own.cleared], changed[number, own.cleared] = "partial", ""
            pro, contra = own.count(own.supporting), own.count((*own.deviating, *own.doubtful))
            majority = pro >= settings.majority_voices and pro >= settings.majority_share * (pro + contra)
            clear = own.authored or majority
            for article, told in own.deviating.items():
                state[number, article] = "altered" if clear else "contested"
                changed[number, article] = _joined_kinds(told)
            if own.deviating and not clear:
                state[number, own.supporting], changed[number, own.supporting] = "contested", own.kinds
            if own.deviating and own.supporting:
                claim = {"claim_id": group.claim_id, "claim": group.wording, "clear": clear}
                told_so = self._rows(judged, number, own)
                rows += [{**claim, "side": side, **row} for side, row in enumerate(told_so)]
        return replace(judged, state=state, changes=changed).settled(), CONFLICTS.frame(rows)

    def _rows(self, judged: Judgements, number: int, sides: Sides) -> list[dict[str, Any]]:
        """Return a row of CONFLICTS for each side: supporters of the wording, then the others in their own words."""
        by_words: dict[tuple[str, str], list[int]] = {}
        for article, told in sides.deviating.items():
            kinds = _joined_kinds(told)
            # Up or down, done or not: there is but one other side, however it is worded.
            key = kinds, "" if kinds in _TWO_SIDED else _joined(change.right for change in told).casefold()
            by_words.setdefault(key, []).append(article)
        as_worded = _joined(change.left for told in sides.deviating.values() for change in told)
        found = [(sides.supporting, sides.kinds, as_worded)]
        for articles in sorted(by_words.values(), key=lambda articles: -sides.count(articles)):
            told = sides.deviating[articles[0]]
            found.append((articles, _joined_kinds(told), _joined(change.right for change in told)))
        story, outlet = self.judge.story, self.judge.story.articles["outlet"].to_numpy(object)
        surest = [max(articles, key=lambda one: judged.probability[number, one]) for articles, _, _ in found]
        return [
            {
                "voices": sides.count(articles),
                "outlets": "; ".join(outlet[article] for article in articles),
                "proven": "; ".join(outlet[one] for one in articles if sides.is_proven(one)) or None,
                "sentence_id": story.sentence_ids[judged.row[number, best]],
                "evidence": judged.evidence[number, best],
                "changes": kinds,
                "says": says,
            }
            for (articles, kinds, says), best in zip(found, surest, strict=True)
        ]


def standing(judged: Judgements, articles: pd.DataFrame) -> NDArray[np.int64]:
    """Return the article that represents each outlet on each claim, shape (claims, outlets), in the articles' order.

    It is the one that carries the claim most probably; of equals, the one published first.
    """
    outlet_of = articles["outlet"].to_numpy(object)
    # Independent of the order in which articles are given.
    in_order = by_publication(articles)
    columns = [in_order[outlet_of[in_order] == outlet] for outlet in dict.fromkeys(outlet_of)]
    return np.column_stack([at[judged.probability[:, at].argmax(axis=1)] for at in columns])


def _is_seen(change: Change) -> bool:
    """Whether it can be seen of a passage which side of a change it takes: an amount or a day, given in words."""
    return bool(change.kind in _NAMEABLE and change.left and change.right)


def _leans(evidence: str, deviating: Iterable[Sequence[Change]]) -> bool:
    """Whether a passage gives an amount or a day with which others differ from a claim."""
    return any(_is_seen(change) and tells(change.right, evidence) for told in deviating for change in told)


def _is_trimmed(told: Iterable[Change]) -> bool:
    return "trimmed quote" in [change.kind for change in told]


def _joined_kinds(told: Iterable[Change]) -> str:
    return "; ".join(sorted({change.kind for change in told}, key=CHANGES.index))


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))
