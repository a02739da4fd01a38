"""Notes in which an outlet speaks of its own article: what it corrected, made clearer, added or wants known.

They stand at the beginning or end of an article, or in a paragraph of their own. A story that reports on somebody
else's correction is a story, so every form asks for more than the word: for a label with a colon, for "this article",
for an agency's slug line. What is in doubt stays in the story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.reading.correction_forms import (
    ABOUT,
    ADDED,
    AMENDED,
    APPENDED,
    ATTRIBUTED,
    BRACKETED_SLUG,
    CLARIFIES,
    CORRECTED_BELOW,
    DATELINE,
    DENIED,
    FINITE,
    FOLLOWING,
    GOES_ON,
    IN_LAW,
    LABEL,
    LAW,
    ONLY_WHEN,
    OWN,
    OWN_AT_EDGE,
    REPAIRS,
    SLUG,
    STATES,
    SURE,
    WRONG,
)
from compare.reading.retractions import retracts
from compare.tables import CORRECTIONS, HEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    Spans = Sequence[tuple[int, int]]

_MOST_WORDS = 150  # of a paragraph that is a note as a whole; one that is most of its article may have fewer
_MOST_OF_ARTICLE = 60
_MOST_AT_END = 40  # words of a note that ends an article without a paragraph of its own
_SENTENCES_AT_END = 3
_FURNITURE = 12  # words of a byline, credit or link that may stand between a note and the article's edge

_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LONGEST_SLUG = 40  # words
_BELOW_WITHIN = 8  # lines


@dataclass(frozen=True)
class Correction:
    """A note on an article: its kind, and the first and last of the article's sentences that belong to it."""

    kind: str
    first: int
    last: int


def find_corrections(text: str, spans: Spans) -> list[Correction]:
    """Find the notes in which an article speaks of itself.

    Known are English forms, and a few German ones. An article that would have nothing left keeps everything.

    Args:
        text: the article's text.
        spans: start and end of its sentences, in order, as `split_text` gives them.

    Returns:
        The notes, in order; none shares a sentence with another.
    """
    found = list(_Article(text, spans).notes())
    told = len(spans) - sum(note.last - note.first + 1 for note in found)
    return found if told else []


def corrections_table(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the notes of articles that were kept out of their stories.

    Args:
        articles: an ARTICLES table.
        sentences: their SENTENCES table.

    Returns:
        A CORRECTIONS table, in the articles' order.
    """
    rows = []
    in_text = sentences[sentences["index"] != HEADLINE]
    of_article = dict(iter(in_text.groupby("article_id", sort=False)))
    for article in articles[["article_id", "outlet", "text"]].to_dict("records"):
        own = of_article.get(article["article_id"])
        if own is None:
            continue
        spans = list(zip(own["start"].tolist(), own["end"].tolist(), strict=True))
        left_out = own["boilerplate"].tolist()
        for note in find_corrections(article["text"], spans):
            # What was not marked, such as in a run of an older version, is part of its story.
            if all(left_out[note.first : note.last + 1]):
                start, end = spans[note.first][0], spans[note.last][1]
                place = {"kind": note.kind, "text": article["text"][start:end], "start": start, "end": end}
                rows.append({"article_id": article["article_id"], "outlet": article["outlet"], **place})
    return CORRECTIONS.frame(rows)


class _Article:
    """An article's lines, each a run of sentences, and what of them is a note."""

    def __init__(self, text: str, spans: Spans) -> None:
        self.text, self.spans = text, spans
        self.lines: list[tuple[int, int]] = []
        for at in range(len(spans)):
            if at and not _BREAK.search(text, spans[at - 1][1], spans[at][0]):
                self.lines[-1] = (self.lines[-1][0], at)
            else:
                self.lines.append((at, at))
        slight = [_is_slight(self._of(*line)) for line in self.lines]
        inner = [at for at, is_so in enumerate(slight) if not is_so] or [0]
        self.opens = range(inner[0] + 1)
        self.closes = range(inner[-1], len(self.lines))
        self.words = len(text.split())

    def notes(self) -> Iterator[Correction]:
        """The notes, in order."""
        at = self._corrected_below()
        if at:
            yield Correction("correction", 0, self.lines[at - 1][1])
        while at < len(self.lines):
            first = self.lines[at][0]
            body = self._body(at)
            end = self._end(at, body)
            if end is None:
                yield from self._within(at)
                at += 1
                continue
            at = body + 1
            while end == self.lines[at - 1][1] and at < len(self.lines) and self._goes_on(at):
                end, at = self.lines[at][1], at + 1
            yield Correction(_kind(self._of(first, end)), first, end)

    def _of(self, first: int, last: int) -> str:
        return self.text[self.spans[first][0] : self.spans[last][1]]

    def _line(self, at: int) -> str:
        return self._of(*self.lines[at])

    def _corrected_below(self) -> int:
        """How many lines stand before the corrected text of an article, with the line that announces it."""
        for at in range(min(_BELOW_WITHIN, len(self.lines) - 1)):
            if CORRECTED_BELOW.fullmatch(self._line(at)):
                before = self._of(0, self.lines[at][1])
                return at + 1 if WRONG.search(before) and len(before.split()) <= 2 * _MOST_WORDS else 0
        return 0

    def _goes_on(self, at: int) -> bool:
        """Whether a line belongs to the note before it."""
        return bool(GOES_ON.fullmatch(self._line(at)) or FOLLOWING.search(self._line(at - 1)))

    def _body(self, at: int) -> int:
        """The line in which the note says what it has to say: this one, or after a heading the next or next but one."""
        label = LABEL.match(self._line(at))
        said = self._line(at)[label.end() :] if label else ""
        if label is None or (re.search(r"\w", said) and not ONLY_WHEN.fullmatch(said)):
            return at
        rest = range(at + 1, len(self.lines))
        return next((line for line in rest[:2] if not ONLY_WHEN.fullmatch(self._line(line))), at)

    def _end(self, at: int, body: int) -> int | None:
        """The last sentence of the note that begins with a line; None if none does."""
        first, last = self.lines[body]
        line, edges = self._of(first, last), (body in self.opens, body in self.closes)
        if any(edges) and (end := self._retracted(body)) is not None:
            return end
        label = LABEL.match(self._line(at) if body > at else line)
        if label is None or APPENDED.fullmatch(line):
            begins = (
                self._is_own(first, at_edge=any(edges)) or _is_slug(line, edges) or APPENDED.fullmatch(line) is not None
            )
        else:
            said = line if body > at else line[label.end() :]
            begins = _is_labelled(label, said, edges, headed=body > at)
        return self._reach(body, label) if begins else None

    def _retracted(self, at: int) -> int | None:
        """The last sentence of the note with which a line begins if it takes the article back; None if it does not."""
        first, last = self.lines[at]
        line = self._line(at)
        # A line of its own may say so in a later sentence.
        alone = len(self.lines) > 1 and len(line.split()) <= _MOST_OF_ARTICLE
        said = line if alone else self._of(first, first)
        if not retracts(said) or ATTRIBUTED.search(said):
            return None
        return last if alone else first

    def _is_own(self, at: int, *, at_edge: bool) -> bool:
        """Whether a sentence speaks of the article that it stands in."""
        sentence = self._of(at, at)
        form = OWN.fullmatch(sentence) or (at_edge and (OWN_AT_EDGE.fullmatch(sentence) or retracts(sentence)))
        if not form or ATTRIBUTED.search(sentence):
            return False
        return not (IN_LAW.match(sentence) and LAW.search(self._of(max(0, at - 3), at - 1) if at else ""))

    def _reach(self, at: int, label: re.Match[str] | None) -> int | None:
        """The last sentence of a note whose text begins a line: of the line, or of what certainly belongs to it."""
        first, last = self.lines[at]
        line = self._of(first, last)
        opened = re.match(r"[\s*•·_–—-]*[(\[]", line)
        closed = _closing(line, opened.end() - 1) if opened else None
        if closed:
            ends = (end for end in range(first, last) if self.spans[first][0] + closed <= self.spans[end][1])
            end = next(ends, last)
            beside = self.text[self.spans[first][0] + closed : self.spans[end][1]]
            return end if not re.search(r"\w", beside) else None
        most = _MOST_WORDS if 2 * len(line.split()) < self.words else _MOST_OF_ARTICLE
        whole = len(self.lines) > 1 and len(line.split()) <= most and (label or _kind(line) != "update")
        for end in range(first, last):
            following = self._of(end + 1, end + 1)
            if DATELINE.match(following) or not (whole or GOES_ON.fullmatch(following)):
                return end
        return last

    def _within(self, at: int) -> Iterator[Correction]:
        """The notes in a line of the story that can be nothing else, or that end the article."""
        first, last = self.lines[at]
        done = first
        for start in range(first + 1, last + 1):
            sentence = self._of(start, start)
            label = LABEL.match(sentence)
            if start <= done or not (label or self._is_own(start, at_edge=at in self.closes)):
                continue
            before = self.text[self.spans[first][0] : self.spans[start][0]]
            if before.count("“") > before.count("”") or before.count('"') % 2:
                continue  # within a quotation that began earlier in the line
            if (end := self._inner_end(at, start, label)) is not None:
                yield Correction(_kind(self._of(start, end)), start, end)
                done = end

    def _inner_end(self, at: int, start: int, label: re.Match[str] | None) -> int | None:
        """The last sentence of the note that may begin with a later sentence of a line; None if none does."""
        last = self.lines[at][1]
        sentence, rest = self._of(start, start), self._of(start, last)
        ends = at in self.closes and last - start < _SENTENCES_AT_END and len(rest.split()) <= _MOST_AT_END
        if label:
            said = rest[label.end() :]
            sure = label["editor"] or label["when"] or ABOUT.search(said) or WRONG.search(said) or DENIED.search(said)
            sure = sure or (label["correction"] and STATES.match(said))
            if ends and sure and _is_labelled(label, said, (False, True), headed=False):
                return last
            return start if label["mark"] and (label["editor"] or OWN.match(said)) else None
        if not (ends or SURE.search(sentence) or WRONG.search(sentence)):
            return None
        if ends and _kind(rest) in {"correction", "withdrawal"}:
            return last
        return next((end for end in range(start, last) if not GOES_ON.fullmatch(self._of(end + 1, end + 1))), last)


def _is_slight(line: str) -> bool:
    """Whether a line between a note and the article's edge is no story: a byline, a link, another note."""
    label = LABEL.match(line)
    return len(line.split()) <= _FURNITURE or OWN.match(line) is not None or (label is not None and bool(label["mark"]))


def _is_labelled(label: re.Match[str], said: str, edges: tuple[bool, bool], *, headed: bool) -> bool:
    """Whether a line that begins with "Correction:" or another label, and goes on with `said`, is a note."""
    own = OWN.match(said) is not None
    if own or label["other"] or not (label["mark"] or headed):
        return own
    if label["editor"] or label["when"] or ABOUT.search(said):
        return not headed or label["when"] is not None or ABOUT.search(said) is not None
    if not any(edges) or ATTRIBUTED.search(said) or not (headed or label["mark"] == ":"):
        return False
    # One label, and a sentence that begins anew: "Correction: it is" may be the story's own words.
    plain = STATES.match(said) is not None and not label["word"].lower().endswith("s")
    wrong = WRONG.search(said) or (label["mark"] and DENIED.search(said))
    return bool(wrong) or (not headed and (plain or label["word"].isupper()))


def _is_slug(line: str, edges: tuple[bool, bool]) -> bool:
    opens, closes = edges
    if len(line.split()) > _LONGEST_SLUG or ATTRIBUTED.search(line):
        return False
    if BRACKETED_SLUG.fullmatch(line):
        return opens or closes
    return opens and SLUG.fullmatch(line) is not None and not FINITE.search(line)


def _closing(line: str, at: int) -> int | None:
    """Where the bracket that opens at a place is closed, exclusive; None if it is not."""
    depth = 0
    for place in range(at, len(line)):
        depth += (line[place] in "([") - (line[place] in ")]")
        if not depth:
            return place + 1
    return None


def _kind(note: str) -> str:
    """The kind of a note: what its label says, or else what it does."""
    label = LABEL.match(note)
    if retracts(note):
        return "withdrawal"
    if label and (label["correction"] or label["clarification"]):
        return "correction" if label["correction"] else "clarification"
    said = note[label.end() :].strip() if label else note
    if label and not OWN.match(said):
        return "note"
    does = ((WRONG, "correction"), (REPAIRS, "correction"), (CLARIFIES, "clarification"), (ADDED, "update"))
    return next((kind for sign, kind in (*does, (AMENDED, "correction")) if sign.search(said)), "note")
