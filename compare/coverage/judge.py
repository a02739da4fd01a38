"""Judge how articles treat claims: a probability, a state and the evidence for every claim and article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from compare.claims.group import as_one
from compare.claims.phrasing import asked
from compare.coverage.judgements import Judgements
from compare.coverage.opinions import sentences_of
from compare.language.clauses import states_something
from compare.language.languages import ENGLISH, language_of_claim
from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.matching.changes.kinds import changes, lacks, puts_right, takes_back
from compare.matching.changes.lexical import changes_abroad, may_differ, same_words
from compare.matching.evidence import EVIDENCE_FEATURES
from compare.matching.reader import opinion
from compare.tables import AS_WORDED, CARRIED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.coverage.opinions import Opinions, Panel
    from compare.language.texts import Story
    from compare.matching.changes.kinds import Change
    from compare.matching.evidence import Evidence

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Strings = NDArray[np.object_]

_MOST_WORDS = 2000  # the longest common subsequence takes quadratic time; no sentence is longer
_REMEMBERED = 5000  # texts; about the last few stories
_WHOLE_FROM = 0.8  # probability by a reader from which a claim counts as whole, even if few words are shared
_MOST_ABROAD = 0.75  # highest probability of a paraphrase in another language, which no labels calibrate
_SOFT = EVIDENCE_FEATURES.index("soft_recall")


@dataclass(frozen=True)
class Judge:
    """Looks for claims in a story's articles; boilerplate carries nothing, and neither does a headline that asks."""

    story: Story
    panel: Panel

    def judge(
        self,
        claims: Sequence[str],
        wanted: NDArray[np.bool_] | None = None,
        languages: Sequence[str] | None = None,
    ) -> Judgements:
        """Judge every claim at every article, or only the `wanted` cells, shape (claims, articles).

        A headline is read by itself, and counts only if it has most of a claim and carries it more certainly, where the
        text does not carry it. `languages` are those of the claims; by default they are detected.
        """
        if languages is None:
            languages = [language_of_claim(claim, self.story.spoken) for claim in claims]
        return self._withdrawn(self._judge(claims, wanted, languages)).settled()

    def judge_groups(self, groups: Sequence[Group]) -> tuple[list[Group], Strings, Judgements]:
        """Judge claims with the clauses that are known to tell them.

        Args:
            groups: the wordings of a claim follow one another; an article is judged by the one that it carries most
                probably.

        Returns:
            The claims; the wording by which each is judged at each article, shape (claims, articles); the judgements.
        """
        wordings = [asked(group.wording) for group in groups]
        wanted = None
        if self.panel.reader is None:
            # By words alone, a claim need not be searched in the article that words it.
            wanted = np.ones((len(groups), len(self.story.articles)), dtype=bool)
            central = np.array([group.central for group in groups], dtype=np.int64)
            worded = np.flatnonzero(central >= 0)
            wanted[worded, self.story.article_of_clause[central[worded]]] = False
        judged = self._judge(wordings, wanted, [self._language_of(group) for group in groups])
        self._settle_members(judged, groups)
        judged = self._withdrawn(judged)
        # An author's words are the standard; outlets' wordings are compared in `conflicts`.
        if all(group.central < 0 for group in groups):
            judged = self.backed(wordings, judged)
        of_claims = [list(own) for _, own in groupby(groups, key=lambda group: group.claim_id)]
        best = judged.best([len(own) for own in of_claims])
        kept = judged.at(best).left_open([[one.wording for one in own] for own in of_claims], self.panel.settings)
        return [as_one(own) for own in of_claims], np.array(wordings, dtype=object)[best], kept

    def backed(self, claims: Sequence[str], judged: Judgements) -> Judgements:
        """Return a copy in which claims with a number, denial, limit or hedge that the evidence lacks are partial.

        Words prove no change in these cells, and the probability stays. A claim of several sentences is told in several
        passages and is left unchanged.
        """
        single = np.array([len(sentences_of(claim)) <= 1 for claim in claims], dtype=bool)[:, np.newaxis]
        told = np.isin(judged.state, AS_WORDED) & single & (self.story.languages == ENGLISH)
        state = judged.state.copy()
        for number, article in np.argwhere(told).tolist():
            if lacks(claims[number], judged.evidence[number, article]):
                state[number, article] = "partial"
        return replace(judged, state=state).settled()

    def unsure(
        self, claims: Sequence[str], wanted: NDArray[np.bool_]
    ) -> tuple[Integers, Floats, list[tuple[str, str]]]:
        """Return the wanted cells for which a reader without vectors is asked, except claims of several sentences.

        These are numbers of claim and article, shape (cells, 2); the probability by words alone; (claim, passage).
        """
        texts, present, compact = self._told_by(self.story.telling)
        wanted = self._asked(claims, wanted)[:, present]
        if not wanted.any():
            return np.zeros((0, 2), dtype=np.int64), np.zeros(0), []
        claim, article, lexical, pairs = self.panel.unsure(claims, texts, compact, wanted)
        return np.column_stack([claim, present[article]]), lexical, pairs

    def doubt(self, judged: Judgements, cell: tuple[int, int], claim: str) -> float:
        """Return the probability that a carried claim is changed, from the shipped reader if not known yet."""
        known = float(judged.changed[cell])
        return self.panel.doubt(claim, judged.evidence[cell]) if np.isnan(known) else known

    def changes(self, claim: str, sentence: str, around: str, article: int) -> list[Change]:
        """Return an article's changes of a claim (by its number); outside English, what lists of words prove."""
        if self.story.languages[article] != ENGLISH:
            return changes_abroad(claim, sentence, self.story.languages[article])
        return changes(claim, sentence, around, self.story.told_in[article])

    def _language_of(self, group: Group) -> str:
        """Return the language of a claim: that of the article that words it, if there is one."""
        if group.central < 0:
            return language_of_claim(group.wording, self.story.spoken)
        return str(self.story.languages[self.story.article_of_clause[group.central]])

    def _judge(self, claims: Sequence[str], wanted: NDArray[np.bool_] | None, languages: Sequence[str]) -> Judgements:
        story = self.story
        wanted = self._asked(claims, wanted)
        told_otherwise = np.array(languages, dtype=object)[:, np.newaxis] != story.languages
        wanted &= ~told_otherwise
        judged = self._judged(claims, wanted, story.telling)
        wanted &= judged.probability < self.panel.settings.carried_at
        # A claim in another language was not searched, so nobody omits it.
        judged.probability[told_otherwise], judged.state[told_otherwise] = 0.5, "undecided"
        # An article of nothing but boilerplate has no usable sentence.
        blank = np.setdiff1d(np.arange(len(story.articles)), story.article_of[story.telling])
        judged.probability[:, blank] = 0.5
        judged.state[:, blank] = "undecided"
        headlines = [row for row in np.flatnonzero(story.headline).tolist() if states_something(story.texts[row])]
        headed = self._judged(claims, wanted, np.array(headlines, dtype=np.int64))
        # Many headlines name only the subject of a long claim: in `datasets/planted-bias`, 44 of 46 cells won by
        # headlines by probability were wrong, and none of those with this share of the claim.
        surer = headed.probability > judged.probability
        # Readers were trained on sentences: an unnamed change in a headline accuses nobody.
        accused = headed.changes == "meaning"
        surer &= ~accused & (headed.share >= self.panel.settings.partial_below)
        judged._put(surer, headed, surer)
        return judged

    def _judged(self, claims: Sequence[str], wanted: NDArray[np.bool_], usable: Integers) -> Judgements:
        """Judge the wanted cells by these sentences (rows) only; all others are omitted."""
        shape = wanted.shape
        judged = Judgements(
            probability=np.zeros(shape),
            changed=np.full(shape, np.nan),
            kind=np.full(shape, "", dtype=object),
            share=np.zeros(shape),
            row=np.full(shape, -1, dtype=np.int64),
            beside=np.full(shape, -1, dtype=np.int64),
            state=np.full(shape, "omitted", dtype=object),
            evidence=np.full(shape, None, dtype=object),
            changes=np.full(shape, "", dtype=object),
        )
        texts, present, compact = self._told_by(usable)
        for language in self.story.spoken:
            asked = wanted[:, present] & (self.story.languages[present] == language)
            if asked.any():
                told = self.panel.within(language).opinions(claims, texts, compact, asked)
                self._put_opinions(judged, claims, (usable, present), told)
        return judged

    def _put_opinions(
        self, judged: Judgements, claims: Sequence[str], of: tuple[Integers, Integers], told: tuple[Evidence, Opinions]
    ) -> None:
        """Judge the cells with opinions, whose sentence and article numbers are places in the arrays `of`."""
        (usable, present), (found, opinions) = of, told
        texts = self.story.texts[usable]
        for at, (number, article) in enumerate(zip(found.claim, present[found.article], strict=True)):
            cell, claim = (number, article), claims[number]
            first, last = opinions.evidence[at]
            passage = texts[first : last + 1]
            # The sentence with more of the claim; a passage of one sentence needs no comparison.
            best = int(last > first and _share_in_order(claim, passage[1]) > _share_in_order(claim, passage[0]))
            judged.probability[cell], judged.changed[cell] = opinions.carried[at], opinions.changed[at]
            judged.kind[cell], judged.share[cell] = opinions.kind[at], found.features[at, _SOFT]
            judged.row[cell] = usable[first + best]
            if last > first:
                judged.beside[cell] = usable[last - best]
            judged.evidence[cell] = " ".join(passage)
            # The neighbour's negations and numbers are unrelated, so changes are searched in the better sentence.
            self._decide(judged, cell, claim, passage[best])

    def _told_by(self, usable: Integers) -> tuple[list[str], Integers, Integers]:
        """Return the texts of sentences (rows), the articles that have any, and the article of each among these."""
        present, compact = np.unique(self.story.article_of[usable], return_inverse=True)
        return self.story.texts[usable].tolist(), present, compact

    def _asked(self, claims: Sequence[str], wanted: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        shape = len(claims), len(self.story.articles)
        cells = np.ones(shape, dtype=bool) if wanted is None else wanted.copy()
        cells[[not words(claim) for claim in claims]] = False
        return cells

    def _settle_members(self, judged: Judgements, groups: Sequence[Group]) -> None:
        """Use the sentence of an article's own clause of a claim as the evidence.

        The exception is a headline that is more probable. By words alone, and at the article that words the claim, the
        clause may also raise the probability. Elsewhere the reader's answer stands, and so does its evidence for a
        change; its answer on a change applies only to the passage that it read, so it is asked again about another.
        """
        story = self.story
        best: dict[tuple[int, int], tuple[float, int]] = {}
        for number, group in enumerate(groups):
            for row, same in zip(group.rows, group.probability.tolist(), strict=True):
                cell = number, int(story.article_of_clause[row])
                if cell not in best or same > best[cell][0]:
                    best[cell] = same, row
        settled, unread = [], []
        for cell, (same, row) in best.items():
            probability = float(judged.probability[cell])
            own = row == groups[cell[0]].central
            if story.headline[judged.row[cell]] and probability > same:
                continue
            if own or self.panel.reader is None:
                probability = max(same, probability)
            elif judged.state[cell] == "altered":
                continue
            sentence = story.sentence_of[row]
            if own:
                judged.share[cell] = 1.0
            if own or judged.evidence[cell] != story.texts[sentence]:
                judged.changed[cell], judged.kind[cell] = np.nan, ""
                unread += [] if own else [cell]
            judged.probability[cell] = probability
            judged.row[cell], judged.beside[cell] = sentence, -1
            judged.evidence[cell] = story.texts[sentence]
            settled.append((cell, row))
        pairs = [(asked(groups[number].wording), judged.evidence[number, article]) for number, article in unread]
        for cell, changed, kind in zip(unread, *self.panel.changed(pairs), strict=True):
            judged.changed[cell], judged.kind[cell] = changed, kind
        for cell, row in settled:
            # The rest of the sentence belongs to other claims, so changes are searched in the clause.
            self._decide(judged, cell, asked(groups[cell[0]].wording), story.clause_texts[row])

    def _decide(self, judged: Judgements, cell: tuple[int, int], claim: str, sentence: str) -> None:
        """Set a cell's state and changes from probabilities, the evidence and the sentence with most of the claim."""
        settings, passage, probability = self.panel.settings, judged.evidence[cell], judged.probability[cell]
        kinds: list[str] = []
        if probability < settings.undecided_from:
            state = "omitted"
        elif probability < settings.carried_at:
            state = "undecided"
        elif self._is_open(claim, sentence, cell[1]):
            judged.probability[cell], state = settings.middle_of_undecided, "undecided"
        else:
            told = self.changes(claim, sentence, passage, cell[1])
            kinds, proven = ([one.kind for one in told if one.proven >= sure] for sure in (False, True))
            # Without a reader the rules decide; with one they name the change, and may tip the balance. No reader
            # overrules a change that the words prove.
            if kinds != proven:
                judged.changed[cell] = self.doubt(judged, cell, claim)
            changed = judged.changed[cell]
            surely = settings.altered_named_at if kinds else settings.altered_at
            if kinds if np.isnan(changed) else changed >= surely:
                state, kinds = "altered", kinds or [judged.kind[cell] or "meaning"]
            elif proven:
                state, kinds = "altered", proven
            else:
                state, kinds = self._unchanged(judged, cell, claim, (sentence, passage)), []
        if state in {"paraphrased", "partial"} and self.story.languages[cell[1]] != ENGLISH:
            judged.probability[cell] = min(probability, _MOST_ABROAD)
        judged.state[cell], judged.changes[cell] = state, "; ".join(kinds)
        if state in CARRIED and self.story.languages[cell[1]] == ENGLISH:
            self._hear_notes(judged, cell, claim, sentence)

    def _hear_notes(self, judged: Judgements, cell: tuple[int, int], claim: str, sentence: str) -> None:
        """Let the outlet's notes on its article decide: they take back what it tells, or put right what it told.

        The first note that does so decides, and is the evidence: what another one says of the same claim may be about
        the text that the first one has already changed.
        """
        altered, kinds = judged.state[cell] == "altered", judged.changes[cell].split("; ")
        for note, row in self.story.notes.get(cell[1], ()):
            if altered and puts_right(claim, note, sentence, kinds):
                judged.state[cell], judged.changes[cell] = "paraphrased", ""
                judged.evidence[cell] = f"{note} {judged.evidence[cell]}"
            elif not altered and (kind := takes_back(claim, note, sentence, self.story.told_in[cell[1]])):
                judged.state[cell], judged.changes[cell], judged.evidence[cell] = "altered", kind, note
            else:
                continue
            judged.row[cell], judged.beside[cell] = row, -1
            return

    def _withdrawn(self, judged: Judgements) -> Judgements:
        """Return a copy in which nothing is known of an article that its outlet took back; the note is the evidence.

        What the note itself says otherwise stays altered.
        """
        new = judged.copied()
        for article, (note, row) in self.story.withdrawn.items():
            said = [at for _, at in self.story.notes[article]]
            cells = ~((new.state[:, article] == "altered") & np.isin(new.row[:, article], said)), article
            new.state[cells], new.changes[cells], new.evidence[cells] = "undecided", "", note
            new.row[cells], new.beside[cells], new.probability[cells] = row, -1, self.panel.settings.middle_of_undecided
        return new

    def _is_open(self, claim: str, sentence: str, article: int) -> bool:
        """Whether it is unknown if a sentence denies a claim, because few words of its language are known."""
        language = self.story.languages[article]
        return bool(language != ENGLISH) and may_differ(claim, sentence, language)

    def _unchanged(self, judged: Judgements, cell: tuple[int, int], claim: str, told: tuple[str, str]) -> str:
        """Return the state of a claim carried with its meaning, from the sentence and the passage that tell it."""
        settings, (sentence, passage) = self.panel.settings, told
        if self.story.languages[cell[1]] != ENGLISH:
            if same_words(claim, sentence):
                return "verbatim"
        elif _share_in_order(claim, passage) >= settings.verbatim_from:
            return "verbatim"
        # A complete paraphrase shares few words with the claim; then the reader's doubt indicates a part.
        tells = opinion.is_small(self.panel.reader) or not np.isnan(judged.changed[cell])
        whole = tells and judged.probability[cell] >= _WHOLE_FROM
        return "partial" if judged.share[cell] < settings.partial_below and not whole else "paraphrased"


def _share_in_order(claim: str, passage: str) -> float:
    """Return the share of the claim's content words that the passage has in order (longest common subsequence)."""
    from rapidfuzz.distance import LCSseq

    wanted, there = _content_in_order(claim), _in_order(passage)
    return LCSseq.similarity(wanted, there) / len(wanted) if wanted else 0.0


@lru_cache(maxsize=_REMEMBERED)
def _in_order(text: str) -> tuple[str, ...]:
    return tuple([stem(word) for word in words(text)[:_MOST_WORDS]])


@lru_cache(maxsize=_REMEMBERED)
def _content_in_order(text: str) -> tuple[str, ...]:
    stems = _in_order(text)
    return tuple([form for form in stems if form not in FUNCTION_WORDS]) or stems
