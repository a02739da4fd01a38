"""Direct quotations in languages with word lists: what is quoted, who says so, and the cue; no reported speech.

A quotation needs marks („…“, « … ») or the dashes of Spanish and French dialogue; its speaker stands beside a verb of
saying, after the quotation or before its colon. The rules of English (`extract`) know far more.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from compare.language.others import OtherLists, lists_of
from compare.language.quotes.stream import PARAGRAPH, quotations

_WORD = re.compile(r"[^\W\d_]+(?:['’.-](?=[^\W\d_])[^\W\d_]+)*+|[^\w\s]")
_DASH = "—–"
_MARKS = '“”„‟"«»‹›—– \u00a0\u202f\t'
_FRAGMENT = 5  # words from which a quotation without a cue is one; fewer are a title or a word used with reserve
_LEAST = 2
_REACH = 160  # characters beside a quotation in which its cue is looked for
_SKIPPED = 4  # words between a verb and its subject: "sagte am Montag der Senator"
_ROLE = 4  # small words between an article and a name: "le maire de la ville Luc Morel"
_REMEMBERED = 1000  # names
_NAME = 5  # words of a name with its title
_ENDS = frozenset(".?!;…")


class _Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


class _Cue(NamedTuple):
    """Who says so, as words of the text, and the words that tell so."""

    source: list[_Word]
    verb: list[_Word]

    @property
    def end(self) -> int:
        """Where both end."""
        return max(word.end for word in (*self.source, *self.verb))


def quotations_abroad(text: str, language: str) -> list[dict[str, Any]]:
    """Return the rows of a QUOTATIONS table for a text in a language of `others.LISTED`, in order."""
    reader = _Listener(text, lists_of(language))
    marked = quotations(text)
    begins = [start for start, _ in marked]
    rows: list[dict[str, Any]] = []
    for paragraph in PARAGRAPH.finditer(text):
        first, last = paragraph.span()
        dialogue = reader.dialogue(first, last)
        here = marked[bisect_left(begins, first) : bisect_left(begins, last)]
        rows += reader.rows(first, last, dialogue or here)
    return rows


@dataclass(frozen=True)
class _Listener:
    """A text, and the words by which its quotations are attributed."""

    text: str
    lists: OtherLists

    def dialogue(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return what is spoken in a paragraph that begins with a dash: "—No —dijo Ruiz—. Es caro."."""
        line = self.text[first:last]
        if line.lstrip()[:1] not in _DASH or not line.strip():
            return []
        places = [first + at for at, letter in enumerate(line) if letter in _DASH and not _within_word(line, at)]
        ends = [*places[1:], last]
        pieces = list(zip(places, ends, strict=True))[::2]
        start, end = pieces[-1]
        words = self._words(start + 1, end)
        # "— Vous partez ? demande le maire."
        told = (at for at in range(2, len(words)) if words[at - 1].text in "?!," and self._verb(words, at))
        if len(pieces) == 1 and (at := next(told, 0)):
            pieces = [(start, words[at].start - 1)]
        return [(start, end) for start, end in pieces if end > start + 1]

    def rows(self, first: int, last: int, spans: list[tuple[int, int]]) -> list[dict[str, Any]]:
        """Return the quotations of a paragraph; pieces around a cue are one."""
        found: list[dict[str, Any]] = []
        ended = first
        for number, (start, end) in enumerate(spans):
            begin, stop = self._inside(start, end)
            said = len(re.findall(r"\w+", self.text[begin:stop]))
            following = spans[number + 1][0] if number + 1 < len(spans) else last
            cue = self._after(end + 1, min(following, end + _REACH)) or self._before(max(ended, start - _REACH), start)
            between = self.text[ended:start]
            goes_on = bool(found) and ended > first and found[-1]["cue"] and not set(between) & _ENDS and cue is None
            ended = cue.end if cue and cue.end > end else end + 1
            if goes_on and said >= 1 and len(between) < _REACH:
                found[-1]["quote"] += " " + self.text[begin:stop]
                found[-1]["end"] = stop
            elif said >= (1 if cue else _FRAGMENT):
                speaker, resolved = self._named(cue.source) if cue else ("", "")
                if cue is None and found:
                    speaker, resolved = found[-1]["speaker"], found[-1]["resolved"]
                verb = self.text[cue.verb[0].start : cue.verb[-1].end] if cue else ""
                found.append(
                    {
                        "quote": self.text[begin:stop],
                        "speaker": speaker,
                        "cue": verb,
                        "start": begin,
                        "end": stop,
                        "kind": "direct",
                        "resolved": resolved,
                        "flavour": "neutral",
                    }
                )
        return [row for row in found if len(row["quote"].split()) >= _LEAST]

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        """Return a quotation's span without its marks and the comma before its cue."""
        end = min(end + 1, len(self.text))
        while start < end and self.text[start] in _MARKS + ".,":
            start += 1
        while end > start and self.text[end - 1] in _MARKS + ",":
            end -= 1
        return start, end

    def _words(self, start: int, end: int) -> list[_Word]:
        found = _WORD.finditer(self.text, start, max(start, end))
        return [_Word(one[0], one[0].casefold(), *one.span()) for one in found]

    def _after(self, start: int, end: int) -> _Cue | None:
        """Return the cue that follows a quotation within its sentence: ", a déclaré le maire Luc Morel"."""
        words = self._words(start, end)
        while words and words[0].text in ",—–»“”’":
            words = words[1:]
        stop = next((at for at, word in enumerate(words) if word.text in _ENDS or word.text in "„«“:"), len(words))
        words = words[:stop]
        if not words:
            return None
        if words[0].low in self.lists.according and not words[0].capital:
            source = self._source(words[1:])
            return _Cue(source, words[:1]) if source else None
        verb = self._verb(words, 0)
        if not verb and words[0].low in self.lists.auxiliaries:  # "hat die Reederin Vera Lund gesagt"
            last = next((at for at, word in enumerate(words[: 2 * _NAME]) if word.low in self.lists.saying), 0)
            source = self._source(words[1:last])
            return _Cue(source, words[last : last + 1]) if source else None
        if not verb:
            return None
        return _Cue(self._spoken_by(verb) or self._source(words[len(verb) :]), verb)

    def _before(self, start: int, end: int) -> _Cue | None:
        """Return the cue before a quotation's colon: "Am Montag sagte Ida Holm:"; "La maire a déclaré :"."""
        words = self._words(start, end)
        last = next((at for at in range(len(words) - 2, -1, -1) if words[at].text in _ENDS), -1)
        words = words[last + 1 :]
        if words and words[0].low in self.lists.according and words[0].capital:
            source = self._source(words[1:])
            return _Cue(source, words[:1]) if source else None
        if not words or words[-1].text not in (":", ","):
            return None
        for at in range(len(words) - 1, -1, -1):
            verb = self._verb(words, at)
            if verb:
                before, after = words[:at][-_NAME - _ROLE :], self._source(words[at + len(verb) :])
                # "Am Montag sagte Ida Holm:", "Später fügte sie hinzu:"
                fronted = before and before[0].low in self.lists.function_words and not self._is_article(before[0])
                if after and (fronted or len(before) < 2):
                    return _Cue(after, verb)
                return _Cue(self._source(before) or self._spoken_by(verb) or after, verb)
        return None

    def _verb(self, words: list[_Word], at: int) -> list[_Word]:
        """Return the words of a verb of saying that begins here: "sagte", "a déclaré", "dit-il", "a-t-il ajouté"."""
        head = words[at].low.replace("’", "'").split("-")[0].split("'")[-1]
        if head in self.lists.auxiliaries:
            following = words[at + 1] if at + 1 < len(words) else None
            return words[at : at + 2] if following and following.low in self.lists.saying else []
        return words[at : at + 1] if head in self.lists.said else []

    def _spoken_by(self, verb: list[_Word]) -> list[_Word]:
        """Return the pronoun within a verb ("dit-elle") as a source."""
        tail = verb[0].text.rpartition("-")[2]
        if tail.casefold() not in self.lists.persons or tail == verb[0].text:
            return []
        return [_Word(tail, tail.casefold(), verb[0].end - len(tail), verb[0].end)]

    def _source(self, words: list[_Word]) -> list[_Word]:
        """Return the first noun phrase that may speak: a name with its title, an article with a noun, a pronoun."""
        dates = self.lists.weekdays | self.lists.months
        for at, word in enumerate(words[: _SKIPPED + 1]):
            if word.low in self.lists.persons:
                return [word]
            is_article = self._is_article(word)
            if is_article or (word.capital and word.low not in dates):
                return self._phrase(words[at:])
        return []

    def _is_article(self, word: _Word) -> bool:
        low = word.low.replace("’", "'")
        return low in self.lists.speaking_articles or low.split("'")[0] + "'" in self.lists.speaking_articles

    def _phrase(self, words: list[_Word]) -> list[_Word]:
        """Return the noun phrase at the beginning of words: up to its name, or the article and its noun."""
        small = 0 if words[0].capital and not self._is_article(words[0]) else 1
        article = small
        while small < len(words) and small <= _ROLE and words[small].text.isalpha() and not words[small].capital:
            if self._verb(words, small):
                break
            small += 1
        stop = small
        while stop < min(len(words), small + _NAME) and words[stop].capital:
            stop += 1
        if stop == small:  # no name: the article and one word
            stop = min(article + 1, small)
        return words[:stop] if stop > article or not article else []

    def _named(self, source: list[_Word]) -> tuple[str, str]:
        """Return a source as written, and the fullest name of the same person in the text."""
        if not source:
            return "", ""
        written = self.text[source[0].start : source[-1].end]
        names = [word.text for word in source if word.capital and not self._is_article(word)]
        if not names or (len(names) == 1 and self._is_article(source[0])):
            return written, ""  # a pronoun or an office may be anybody's
        return written, _fullest(self.text, names[-1]) if len(names) == 1 else " ".join(names[-2:])


@lru_cache(maxsize=_REMEMBERED)
def _fullest(text: str, last: str) -> str:
    """Return the last two words of the fullest name that ends in this one; the word itself if it stands alone."""
    found = re.search(rf"\b(?:[A-ZÀ-Þ][\w’-]*+ )?([A-ZÀ-Þ][\w’-]*+ {re.escape(last)})\b", text)
    return found[1] if found else last


def _within_word(line: str, at: int) -> bool:
    """Whether a dash joins two numbers or stands alone between spaces, as a pause does."""
    return line[at - 1 : at].isalnum() and line[at + 1 : at + 2].isalnum()
