"""Lines that an outlet prints in article after article: its own, and not part of the story.

Repetition is not enough: a follow-up repeats the background, and two fires may have the same last line ("No one was
hurt"). A repeated line must also stand apart, and either speak for the outlet or be foreign to the articles around it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.errors import InputError
from compare.language.boilerplate import is_heading, line_key, own_name, speaks_for_outlet
from compare.language.split import split_articles
from compare.language.tokens import FUNCTION_WORDS, is_number, stem, words
from compare.reading.articles import read_articles
from compare.tables import BOILERPLATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

# How many articles of an outlet must have a line that speaks for it or to its readers, and how many stories must
# have any other line. Of 2,651 sentences of real news inserted into two other articles on the same event, 8 were
# flagged as boilerplate, most of them cut out of a quotation.
_LEAST_ARTICLES = 2  # of different stories, or three
_LEAST_STORIES = 3
_STRANGE = 1 / 3  # share of its content words found elsewhere in its articles; the median in news is .5
_FOREIGN_WORDS = 5  # a line with fewer content words says too little to be called foreign
_HOUSE_WORDS = 4  # a line with this many words that speaks for the outlet needs no third story
_LOOKED_AT = 3  # articles in which the context of a line is read
_EDGE, _APART = "edge", "apart"
_COPY = 0.5  # an article with this share of its words in earlier ones of its outlet is a copy


@dataclass
class _Line:
    """One line of one outlet: the articles that have it, their stories, and its first printed form."""

    text: str
    house: bool
    heading: bool
    articles: list[int] = field(default_factory=list)
    at_edge: list[int] = field(default_factory=list)


def learn_boilerplate(articles: Any) -> pd.DataFrame:
    """Find the lines that an outlet repeats across articles and that are not part of their stories.

    `compare_story` and `track_claims` do this with the articles they are given, but one
    story tells little. Learn from all available articles, check the table, drop or add rows, and pass it on:
    ``compare_story(story, boilerplate=table)``.

    Args:
        articles: anything `read_articles` accepts; the more stories the better.

    Returns:
        The `boilerplate` table: outlet, line (as first printed; numbers, days, months and addresses in it may
        vary), articles, stories.

    Raises:
        InputError: the articles cannot be used.
    """
    articles = read_articles(articles)
    return _find(articles, split_articles(articles))


def mark_repeated(
    articles: pd.DataFrame, sentences: pd.DataFrame, boilerplate: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Flag the sentences that an outlet repeats and that are not part of the story.

    `boilerplate` is what `learn_boilerplate` returned; without it, the lines are learned from these articles. Nothing
    is flagged in an article that would have no sentence left.

    Raises:
        InputError: the given table has no columns outlet and line.
    """
    known = _find(articles, sentences) if boilerplate is None else checked(boilerplate)
    lines: dict[str, set[str]] = defaultdict(set)
    for outlet, line in zip(known["outlet"], known["line"], strict=True):
        lines[str(outlet)].add(line_key(str(line)) or str(line).strip())
    if not lines:
        return sentences
    outlet_of = dict(zip(articles["article_id"], articles["outlet"], strict=True))
    before = sentences["boilerplate"].to_numpy(bool)
    found = np.array(
        [
            outlet_of[article] in lines and (line_key(text) or text) in lines[outlet_of[article]]
            for article, text in zip(sentences["article_id"], sentences["text"], strict=True)
        ],
        dtype=bool,
    )
    told = sentences.loc[~(before | found), "article_id"].unique()
    found &= sentences["article_id"].isin(told).to_numpy()
    return sentences.assign(boilerplate=before | found)


def checked(boilerplate: Any) -> pd.DataFrame:
    """Return a table of lines unchanged; raise InputError unless it is a table with columns outlet and line."""
    import pandas as pd

    if not isinstance(boilerplate, pd.DataFrame) or not {"outlet", "line"} <= set(boilerplate.columns):
        raise InputError(
            "boilerplate is not a table of outlets and lines: give what compare.learn_boilerplate returns."
        )
    return boilerplate


def lines_of(boilerplate: Any) -> pd.DataFrame:
    """Return a user's table of lines, which may have only outlet and line, as the BOILERPLATE table.

    Raises:
        InputError: as `checked`.
    """
    given = checked(boilerplate)
    return BOILERPLATE.frame(given.assign(**{name: 0 for name in ("articles", "stories") if name not in given}))


def _find(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    rows_of: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    columns = (sentences[name].tolist() for name in ("article_id", "text", "end", "quoted", "boilerplate"))
    for article, *sentence in zip(*columns, strict=True):
        rows_of[article].append(tuple(sentence))
    of_outlet: dict[str, list[_Article]] = defaultdict(list)
    columns = (articles[name].tolist() for name in ("article_id", "outlet", "story_id", "text"))
    for article, outlet, story, text in sorted(zip(*columns, strict=True)):
        if article in rows_of:
            of_outlet[outlet].append((story, text, rows_of[article]))
    # An outlet with a single article repeats nothing, and in most stories every outlet has just one.
    several = {outlet: own for outlet, own in of_outlet.items() if len(own) > 1}
    order = [outlet for outlet in dict.fromkeys(articles["outlet"]) if outlet in several]
    found = [row for outlet in order for row in _Outlet(outlet, several[outlet]).boilerplate()]
    # What another outlet prints in the same story belongs to the story.
    printed: dict[tuple[str, str], set[str]] = defaultdict(set)
    keys = {line_key(row["line"]) for row in found}
    for outlet, own in of_outlet.items() if found else ():
        for story, _, rows in own:
            for key in keys.intersection(line_key(sentence[0]) for sentence in rows):
                printed[key, story].add(outlet)
    shared = {key for (key, _), outlets in printed.items() if len(outlets) > 1}
    return BOILERPLATE.frame([row for row in found if line_key(row["line"]) not in shared])


# Story, text, and of each sentence its text, its end, and whether it is quoted and boilerplate already.
_Article = tuple[str, str, list[tuple[Any, ...]]]


class _Outlet:
    """The articles of one outlet, line by line."""

    def __init__(self, name: str, articles: list[_Article]) -> None:
        self.name = name
        self.stories = [story for story, _, _ in articles]
        self.texts = [[row[0] for row in rows] for _, _, rows in articles]
        self.keys = [[line_key(text) for text in texts] for texts in self.texts]
        self.paragraphs = [_paragraphs(text, [row[1] for row in rows]) for _, text, rows in articles]
        self.quoted = [[row[2] for row in rows] for _, _, rows in articles]
        self.patterns = [[row[3] for row in rows] for _, _, rows in articles]
        self.lines = self._repeated()
        self.places = [self._place(article) for article in range(len(articles))]
        self._told: set[str] = set()
        self._words: dict[int, Counter[str]] = {}

    def boilerplate(self) -> list[dict[str, Any]]:
        """Rows of the BOILERPLATE table."""
        rows = []
        for line in self._lines().values():
            stories = len({self.stories[article] for article in line.articles})
            if self._is_boilerplate(line, stories):
                numbers = {"articles": len(line.articles), "stories": stories}
                rows.append({"outlet": self.name, "line": line.text, **numbers})
        return rows

    def _is_boilerplate(self, line: _Line, stories: int) -> bool:
        several = stories >= _LEAST_STORIES
        if line.heading and several:
            return True
        # Two follow-ups on one story may well end with the same claim.
        apart = stories > 1 or len(line.articles) >= _LEAST_STORIES
        if line.house and apart and (several or len(words(line.text)) >= _HOUSE_WORDS):
            return float(np.mean(self._familiar(line))) <= _STRANGE
        at_edge = len({self.stories[article] for article in line.at_edge}) >= _LEAST_STORIES
        content = _content(line.text)
        slogan = len(content) >= _FOREIGN_WORDS and not any(is_number(word) for word in content)
        return at_edge and slogan and not any(self._familiar(line))

    def _lines(self) -> dict[str, _Line]:
        """The lines that stand apart in at least two articles."""
        for article in range(len(self.keys)):
            if self._is_copy(article):
                continue
            seen = set()
            for at, key in enumerate(self.keys[article]):
                place = self.places[article][at]
                skip = self.quoted[article][at] or self.patterns[article][at]
                if key in self.lines and place and not skip and key not in seen:
                    seen.add(key)
                    self.lines[key].articles.append(article)
                    if place == _EDGE:
                        self.lines[key].at_edge.append(article)
        return {key: line for key, line in self.lines.items() if len(line.articles) >= _LEAST_ARTICLES}

    def _repeated(self) -> dict[str, _Line]:
        """The lines found in two or more articles, anywhere."""
        often = Counter(key for keys in self.keys for key in set(keys))
        name = own_name(self.name)
        lines: dict[str, _Line] = {}
        for keys, texts in zip(self.keys, self.texts, strict=True):
            for key, text in zip(keys, texts, strict=True):
                if key and often[key] > 1 and key not in lines:
                    lines[key] = _Line(text, house=speaks_for_outlet(text, name), heading=is_heading(text))
        return lines

    def _place(self, article: int) -> list[str]:
        """The place of each sentence: among repeated lines at an edge, in a paragraph of them, or neither."""
        keys, paragraphs = self.keys[article], self.paragraphs[article]
        known = [key in self.lines or flag for key, flag in zip(keys, self.patterns[article], strict=True)]
        if all(known):
            return [""] * len(known)
        first, last = known.index(False), len(known) - known[::-1].index(False)
        told = {paragraph for paragraph, line in zip(paragraphs, known, strict=True) if not line}
        places = [
            _EDGE if at < first or at >= last else "" if paragraph in told else _APART
            for at, paragraph in enumerate(paragraphs)
        ]
        # An author's note may have several sentences, only one of which speaks for the outlet.
        lines = [
            (paragraph, self.lines[key]) for paragraph, key in zip(paragraphs, keys, strict=True) if key in self.lines
        ]
        notes = {paragraph for paragraph, line in lines if line.house} - told
        for paragraph, line in lines:
            line.house |= paragraph in notes
        return places

    def _is_own(self, key: str) -> bool:
        """Whether the words of a repeated line alone suggest that it is the outlet's own."""
        return key in self.lines and (self.lines[key].house or self.lines[key].heading)

    def _is_copy(self, article: int) -> bool:
        """Whether most of an article, apart from the outlet's own lines, appeared in an earlier one."""
        body = [key for key in self.keys[article] if not self._is_own(key)]
        again = sum(len(key.split()) for key in body if key in self._told)
        self._told.update(body)
        return again >= _COPY * sum(len(key.split()) for key in body)

    def _familiar(self, line: _Line) -> list[float]:
        """The share of a line's content words found elsewhere in each of its first articles."""
        own = _content(line.text)
        if not own:
            return [0.0]
        shares = []
        for article in line.articles[:_LOOKED_AT]:
            if article not in self._words:
                self._words[article] = Counter(
                    word
                    for key, text, pattern in zip(
                        self.keys[article], self.texts[article], self.patterns[article], strict=True
                    )
                    if not pattern and not self._is_own(key)
                    for word in _content(text)
                )
            here = 0 if line.house or line.heading else 1
            shares.append(sum(self._words[article][word] > here for word in own) / len(own))
        return shares


def _content(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word.casefold() not in FUNCTION_WORDS}


def _paragraphs(text: str, ends: Iterable[int]) -> list[int]:
    """The number of the line that each sentence stands on."""
    numbers, at, number = [], 0, 0
    for end in ends:
        number += "\n" in text[at:end].lstrip(" ") if at else 0
        numbers.append(number)
        at = end
    return numbers
