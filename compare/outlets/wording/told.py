"""The clauses in which outlets tell the claims that they share, as words one behind the other.

Whatever is asked of the wording is asked of these clauses alone, so that what an outlet reports about does not
pass for how it words it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.coverage.agencies import without_dateline
from compare.coverage.voices import collapse_wire
from compare.language.house import DATES
from compare.language.quotes.marks import quotations
from compare.language.tokens import FUNCTION_WORDS, is_number, stem
from compare.tables import CARRIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]
    Flags = NDArray[np.bool_]

# Signs that no text holds: they open a clause, and open and close a quotation.
_CLAUSE, _OPEN, _CLOSE = "\x01", "\x02", "\x03"
_BREAK = ";"  # stands for what is left out
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[\x01-\x03.,;:!?()\[\]…—–]")


def _word(word: str) -> str:
    """A pattern of a whole word that begins with its letters, because such patterns are searched many times faster."""
    plain = re.escape(word)
    return rf"{plain}(?<!\w{plain})(?!\w)"


# What stands for what in all outlets' style sheets.
_STYLE = [
    *((re.compile(_word(title) + r"\.? ?"), "") for title in ("Mr", "Mrs", "Ms")),
    *((re.compile(name), "USA") for name in (r"U\.S\.(?:A\.)?", _word("US"), _word("United States"))),
    (re.compile(r"Sen\."), "Senator"),
    (re.compile(r"Rep\."), "Representative"),
    (re.compile(r"Gov\."), "Governor"),
    (re.compile(r"Gen\."), "General"),
    (re.compile("per cent"), "percent"),
    (re.compile("%"), " percent"),
]
_THE = re.compile(rf"[Tt]he {_BREAK}")  # "the Gannet"
# What the tables of a run must bring, and no more is read.
COLUMNS = {
    "mentions": ["claim_id", "sentence_id", "article_id", "outlet", "start", "end"],
    "coverage": ["claim_id", "outlet", "state"],
    "articles": ["article_id", "outlet", "text"],
    "wire": ["article_id", "outlet", "group_id"],
}


class Words(NamedTuple):
    """Every word, number and stop of all clauses, in order; an entry for each.

    Attributes:
        form: its place in the list of forms; equal for equal words in small letters without "'s".
        clause: the clause that it stands in.
        quoted: whether it stands inside quotation marks.
        stop: whether it is a sign at which phrases end.
        capital: whether it is written with a capital.
    """

    form: Integers
    clause: Integers
    quoted: Flags
    stop: Flags
    capital: Flags


class Told:
    """The claims that at least two outlets carry, and the clauses in which each tells them.

    Attributes:
        outlets: all outlets of the corpus.
        stories: the ids of all stories.
        lines: a row for each clause of a claim at an outlet: claim, story, outlet, voice (equal for copies of one
            text) and clause as numbers, claim_id, sentence_id.
        words: the words of all clauses.
        forms: the words that occur, in small letters.
    """

    def __init__(
        self, mentions: pd.DataFrame, coverage: pd.DataFrame, articles: pd.DataFrame, wire: pd.DataFrame
    ) -> None:
        self.outlets: list[str] = articles["outlet"].unique().tolist()
        self.stories: list[str] = articles["story_id"].unique().tolist()
        lines = _shared(mentions, coverage)
        voice = lines["article_id"].map(collapse_wire(wire))
        # A copy has its group's id, which no outlet and no other story has; an own text its outlet's name.
        for name, values, known in (
            ("outlet", lines["outlet"], self.outlets),
            ("story", lines["story_id"], self.stories),
        ):
            lines[name] = values.map({one: number for number, one in enumerate(known)}).astype("int64")
        for name, values in (("claim", lines["story_id"] + "\n" + lines["claim_id"]), ("voice", voice)):
            lines[name] = values.factorize()[0]
        spans = lines.drop_duplicates(["article_id", "start", "end"])
        lines["clause"] = lines.groupby(["article_id", "start", "end"], sort=False).ngroup()
        pieces = "".join(_marked(spans, articles))
        self.forms, self.words = _cut_up(_in_one_style(pieces, self.outlets))
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
        """Whether a form says what a clause is about: no function word, no number, no stop."""
        return np.array(
            [
                len(form) > 1 and form[0].isalpha() and form not in FUNCTION_WORDS and not is_number(stem(form))
                for form in self.forms
            ],
            dtype=bool,
        )

    @cached_property
    def is_function(self) -> Flags:
        """Whether a form is a function word."""
        return np.array([form in FUNCTION_WORDS for form in self.forms], dtype=bool)

    @cached_property
    def starts(self) -> Integers:
        """Where the words of each clause begin, and where the last clause ends."""
        clauses = int(self.lines["clause"].max()) + 1 if len(self.lines) else 0
        return np.searchsorted(self.words.clause, np.arange(clauses + 1))


def _shared(mentions: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """The mentions of claims at the outlets that carry them, if these are two or more."""
    key = ["story_id", "claim_id", "outlet"]
    carried = coverage.loc[coverage["state"].isin(CARRIED), key]
    lines = mentions.merge(carried.drop_duplicates(), on=key)
    several = lines.groupby(key[:2])["outlet"].transform("nunique") > 1
    return lines[several].reset_index(drop=True)


def _marked(spans: pd.DataFrame, articles: pd.DataFrame) -> Iterator[str]:
    """Give the clauses' texts with a sign before each and around what is quoted, without datelines."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    read: dict[str, tuple[str, list[tuple[int, int]], int]] = {}
    for article, first, end in zip(spans["article_id"], spans["start"], spans["end"], strict=True):
        if article not in read:
            text = texts[article]
            read[article] = text, quotations(text), len(text) - len(without_dateline(text))
        text, quoted, body = read[article]
        start = min(max(first, body), end)
        yield _CLAUSE
        for opens, closes in quoted:
            if closes > start and opens < end:
                yield text[start : max(opens, start)]
                yield _OPEN + text[max(opens, start) : min(closes, end)] + _CLOSE
                start = min(closes, end)
        yield text[start:end]


def _in_one_style(text: str, outlets: Sequence[str]) -> str:
    """Take out what is an outlet's style sheet and not its choice of words.

    That each says "told" whom tells nothing of its wording, nor does who puts "Mr." before a name; "Sen." and
    "Senator" are one word, and so are "U.S." and "United States".
    """
    for pattern, put in _STYLE:
        text = pattern.sub(put, text)
    for outlet in outlets:
        name = re.sub("^the ", "", outlet, flags=re.IGNORECASE)
        if name:
            text = re.sub(_word(name[0].upper() + name[1:]), _BREAK, text)
    return _THE.sub(_BREAK, text)


def _cut_up(text: str) -> tuple[list[str], Words]:
    import pandas as pd

    codes, distinct = pd.factorize(np.array(_TOKEN.findall(text), dtype=object))
    raw: list[str] = list(distinct)
    of = {sign: raw.index(sign) if sign in raw else -1 for sign in (_CLAUSE, _OPEN, _CLOSE)}
    clause = np.cumsum(codes == of[_CLAUSE]) - 1
    quoted = np.cumsum(codes == of[_OPEN]) > np.cumsum(codes == of[_CLOSE])
    numbers: dict[str, int] = {}
    form = np.array([numbers.setdefault(_form(token), len(numbers)) for token in raw], dtype=np.int64)
    # Days and months tell the outlet's calendar: "on Monday" is "yesterday" a day later.
    stop = np.array([not token[0].isalnum() or token in DATES for token in raw], dtype=bool)
    capital = np.array([token[0].isupper() for token in raw], dtype=bool)
    kept = codes != of[_CLAUSE]
    codes = codes[kept]
    if not raw:
        return [], Words(codes, clause, quoted, codes > 0, codes > 0)
    return list(numbers), Words(form[codes], clause[kept], quoted[kept], stop[codes], capital[codes])


def _form(token: str) -> str:
    if token.endswith(".") and len(token) > 1:
        token = token.replace(".", "")
    folded = token.casefold().replace("’", "'")
    return folded.removesuffix("'s")
