"""A story as read: its articles, sentences and clauses, and how they belong together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from compare.language.claiming import clause_table
from compare.language.languages import code_of
from compare.reading.corrections import corrections_table
from compare.reading.retractions import retracts
from compare.tables import HEADLINE

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Story:
    """The articles, sentences and clauses of a story, each identified by its row, with cached views of them."""

    articles: pd.DataFrame
    sentences: pd.DataFrame

    @cached_property
    def article_of(self) -> Integers:
        """The article of each sentence."""
        number = {name: at for at, name in enumerate(self.articles["article_id"])}
        return self.sentences["article_id"].map(number).to_numpy(np.int64)

    @cached_property
    def languages(self) -> NDArray[np.object_]:
        """The language of each article, without country: "en" where none is given."""
        return np.array([code_of(language) for language in self.articles["language"]], dtype=object)

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The languages of the articles, most common first."""
        return tuple(language for language, _ in Counter(self.languages.tolist()).most_common())

    @cached_property
    def headline(self) -> NDArray[np.bool_]:
        """Which of the sentences are headlines."""
        return (self.sentences["index"] == HEADLINE).to_numpy()

    @cached_property
    def telling(self) -> Integers:
        """The sentences that tell the story: neither headlines nor boilerplate."""
        return np.flatnonzero(~self.headline & ~self.sentences["boilerplate"].to_numpy())

    @cached_property
    def texts(self) -> NDArray[np.object_]:
        """The words of each sentence."""
        return self.sentences["text"].to_numpy(object)

    @cached_property
    def told_in(self) -> list[list[str]]:
        """The words of the sentences of each article."""
        found: list[list[str]] = [[] for _ in range(len(self.articles))]
        for number, text in zip(self.article_of.tolist(), self.texts, strict=True):
            found[number].append(text)
        return found

    @cached_property
    def notes(self) -> dict[int, list[tuple[str, int]]]:
        """The correction notes of each article, by its row: the text of each note, and its first sentence."""
        left_out = self.sentences["boilerplate"].to_numpy() & ~self.headline
        some = np.unique(self.article_of[left_out])
        if not len(some):
            return {}
        number = {name: at for at, name in enumerate(self.articles["article_id"])}
        places = zip(self.sentences["article_id"], self.sentences["start"], strict=True)
        row = {place: at for at, place in enumerate(places)}
        found: dict[int, list[tuple[str, int]]] = {}
        for note in corrections_table(self.articles.iloc[some], self.sentences).to_dict("records"):
            article = note["article_id"]
            found.setdefault(number[article], []).append((note["text"], row[article, note["start"]]))
        return found

    @cached_property
    def withdrawn(self) -> dict[int, tuple[str, int]]:
        """The articles that their outlets took back as a whole, by their numbers: the note that says so, as above."""
        found = {article: [note for note in own if retracts(note[0])] for article, own in self.notes.items()}
        return {article: own[0] for article, own in found.items() if own}

    @cached_property
    def sentence_ids(self) -> NDArray[np.object_]:
        """The id of each sentence, then None, so that -1 means no sentence."""
        return np.array([*self.sentences["sentence_id"], None], dtype=object)

    @cached_property
    def clauses(self) -> pd.DataFrame:
        """The clauses, as `clause_table` gives them."""
        return clause_table(self.sentences)

    @cached_property
    def clause_texts(self) -> NDArray[np.object_]:
        """The words of each clause."""
        return self.clauses["text"].to_numpy(object)

    @cached_property
    def sentence_of(self) -> Integers:
        """The sentence of each clause."""
        return self.clauses["sentence"].to_numpy(np.int64)

    @cached_property
    def article_of_clause(self) -> Integers:
        """The article of each clause."""
        articles: Integers = self.article_of[self.sentence_of]
        return articles
