"""The clauses in which outlets report the claims that they share, as one sequence of words.

Analyses of wording read only these clauses, so that an outlet's choice of subjects is not mistaken for its wording.
Text inside quotation marks is somebody else's wording and is left out.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.coverage.agencies import without_dateline
from compare.coverage.wire import collapse_wire
from compare.language.boilerplate import CALENDAR
from compare.language.quotes.stream import quotations
from compare.language.tokens import FUNCTION_WORDS, is_number, stem, words
from compare.tables import CARRIED, top_claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from compare.outlets.intervals import Flags, Integers

_CLAUSE = "\x01"  # a character that no text contains
_BREAK = ";"  # stands for omitted text
_STOP = re.compile(r"[.,](?!\d)|[;:!?()\[\]…—–]")


def _word(word: str) -> str:
    """Return a pattern of a whole word that begins with its letters: such patterns are found much faster."""
    plain = re.escape(word)
    return rf"{plain}(?<!\w{plain})(?!\w)"


# Forms that style sheets treat as equivalent; `words` handles "US" and "per cent".
_STYLE: list[tuple[re.Pattern[str], str]] = [
    *((re.compile(_word(title) + r"\.? ?"), "") for title in ("Mr", "Mrs", "Ms")),
    (re.compile(_word("United States")), "USA"),
    (re.compile(r"Sen\."), "Senator"),
    (re.compile(r"Rep\."), "Representative"),
    (re.compile(r"Gov\."), "Governor"),
    (re.compile(r"Gen\."), "General"),
]
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_THE = re.compile(rf"[Tt]he {_BREAK}")  # "the Gannet"
# The columns needed from the tables of a run; no others are read.
COLUMNS = {
    "mentions": ["claim_id", "sentence_id", "article_id", "outlet", "start", "end"],
    "coverage": ["claim_id", "outlet", "state"],
    "claims": ["claim_id", "part_of"],
    "articles": ["article_id", "outlet", "text"],
    "wire": ["article_id", "outlet", "group_id"],
}


class Words(NamedTuple):
    """Every word, number and stop of all clauses, in order; a clause begins with a stop.

    Attributes:
        form: its place in the list of forms, which are in lower case and without "'s".
        clause: the clause that it belongs to.
        stop: whether phrases end here.
        capital: whether it is capitalised.
    """

    form: Integers
    clause: Integers
    stop: Flags
    capital: Flags


class Told:
    """The claims, not their parts, that at least two outlets carry, and the clauses in which each reports them.

    Attributes:
        outlets: all outlets of the corpus.
        stories: the ids of all stories.
        lines: a row for each clause of a claim at an outlet: claim, story, outlet, voice (equal for copies of one text)
            and clause as numbers, claim_id, sentence_id.
        words: the words of all clauses.
        forms: the words that occur, in lower case.
    """

    def __init__(
        self,
        mentions: pd.DataFrame,
        coverage: pd.DataFrame,
        claims: pd.DataFrame,
        articles: pd.DataFrame,
        wire: pd.DataFrame,
    ) -> None:
        self.outlets: list[str] = articles["outlet"].unique().tolist()
        self.stories: list[str] = articles["story_id"].unique().tolist()
        key = ["story_id", "claim_id", "outlet"]
        carried = coverage.loc[coverage["state"].isin(CARRIED), key].drop_duplicates()
        lines = mentions.merge(carried.merge(top_claims(claims)[key[:2]], on=key[:2]), on=key)
        lines = lines[lines.groupby(key[:2])["outlet"].transform("nunique") > 1].reset_index(drop=True)
        # A copy has its group's id, which no outlet or other story has; an original has its outlet's name.
        voice = lines["article_id"].map(collapse_wire(wire))
        for name, values, known in (
            ("outlet", lines["outlet"], self.outlets),
            ("story", lines["story_id"], self.stories),
        ):
            lines[name] = values.map({one: number for number, one in enumerate(known)}).astype("int64")
        for name, values in (("claim", lines["story_id"] + "\n" + lines["claim_id"]), ("voice", voice)):
            lines[name] = values.factorize()[0]
        spans = lines.drop_duplicates(["article_id", "start", "end"])
        lines["clause"] = lines.groupby(["article_id", "start", "end"], sort=False).ngroup()
        clauses = _in_one_style(_CLAUSE.join(_own_words(spans, articles)), self.outlets).split(_CLAUSE)
        self.forms, self.words = _cut_up(clauses)
        self.lines = lines[["claim", "story", "outlet", "voice", "clause", "claim_id", "sentence_id"]]

    @cached_property
    def stems(self) -> tuple[list[str], Integers]:
        """The stems that occur, and the stem of each form."""
        found: dict[str, int] = {}
        of = [found.setdefault(stem(form), len(found)) for form in self.forms]
        return list(found), np.array(of, dtype=np.int64)

    @cached_property
    def shown_stems(self) -> list[str]:
        """The most frequent form of each stem."""
        times = np.bincount(self.words.form, minlength=len(self.forms))
        order = np.lexsort((np.arange(len(self.forms)), -times, self.stems[1]))
        first = np.unique(self.stems[1][order], return_index=True)[1]
        return [self.forms[form] for form in order[first].tolist()]

    @cached_property
    def is_content(self) -> Flags:
        """Whether a form carries content: it is not a function word, number or stop."""
        said = [
            len(form) > 1 and form[0].isalpha() and form not in FUNCTION_WORDS and not is_number(stem(form))
            for form in self.forms
        ]
        return np.array(said, dtype=bool)

    @property
    def clauses(self) -> int:
        """The number of clauses."""
        return int(self.lines["clause"].max()) + 1 if len(self.lines) else 0


def _own_words(spans: pd.DataFrame, articles: pd.DataFrame) -> Iterator[str]:
    """Yield the clauses' texts without datelines and quotations."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    read: dict[str, tuple[str, list[tuple[int, int]], int]] = {}
    for article, first, end in zip(spans["article_id"], spans["start"], spans["end"], strict=True):
        if article not in read:
            text = texts[article]
            read[article] = text, quotations(text), len(text) - len(without_dateline(text))
        text, quoted, body = read[article]
        start, told = min(max(first, body), end), ""
        for opens, closes in quoted:
            if closes > start and opens < end:
                told += f"{text[start : max(opens, start)]} {_BREAK} "
                start = min(closes, end)
        yield told + text[start:end]


def _in_one_style(text: str, outlets: Sequence[str]) -> str:
    """Remove features that come from an outlet's style sheet rather than its choice of words.

    An outlet's own name ("told the Gannet") and "Mr." before a name say nothing about its wording; "Sen." and "Senator"
    are one word, and so are "U.S." and "United States".
    """
    text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    for pattern, put in _STYLE:
        text = pattern.sub(put, text)
    for outlet in outlets:
        name = re.sub("^the ", "", outlet, flags=re.IGNORECASE)
        if name:
            text = re.sub(_word(name[0].upper() + name[1:]), _BREAK, text)
    return _THE.sub(_BREAK, text)


def _cut_up(clauses: Sequence[str]) -> tuple[list[str], Words]:
    found: list[str] = []
    clause: list[int] = []
    for number, text in enumerate(clauses):
        for piece in _STOP.split(text):
            tokens = [_BREAK, *words(piece)]
            found += tokens
            clause += [number] * len(tokens)
    kinds: dict[str, int] = {}
    kind = np.array([kinds.setdefault(token, len(kinds)) for token in found], dtype=np.int64)
    forms: dict[str, int] = {}
    form = [forms.setdefault(token.casefold().replace("’", "'").removesuffix("'s"), len(forms)) for token in kinds]
    # Days and months depend on the day of publication: "on Monday" is "yesterday" a day later.
    stop = np.array([token == _BREAK or token in CALENDAR for token in kinds], dtype=bool)
    capital = np.array([token[0].isupper() for token in kinds], dtype=bool)
    of_clause = np.array(clause, dtype=np.int64)
    return list(forms), Words(np.array(form, dtype=np.int64)[kind], of_clause, stop[kind], capital[kind])
