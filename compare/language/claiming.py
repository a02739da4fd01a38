"""Which clauses of a story's sentences may form a claim.

A call to the reader ("Send us your pictures") and a verb without a subject ("Ordered the pier closed.")
claim nothing. English only, by form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from compare.language.clauses import clauses, is_finite, is_statement, states_something, whole
from compare.language.english import DATES, grammar, standing
from compare.language.quotes.cues import VERBS
from compare.language.quotes.phrases import DETERMINERS, POSSESSIVES, PREPOSITIONS, PRONOUNS, is_adverb
from compare.language.quotes.stream import low_at, tokens_of
from compare.language.tokens import PASTS
from compare.tables import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from compare.language.quotes.stream import Sentence

_CROSSHEAD = 6  # words
_OBJECTS = DETERMINERS | POSSESSIVES | grammar.objects | {"it", "you"}
_SUBORDINATES = grammar.conditions | grammar.subject_pronouns | {"that", "what", "whether", "how", "why", "which", "it"}
_SUBJECTS = DETERMINERS | PRONOUNS | grammar.subject_pronouns
# "You can ring us", "We would like to hear from you"
_INVITES = re.compile(
    r"(?:you can (?:also )?\w+ (?:to )?(?:us|our|me)|(?:we|i)(?:['’]d| would)? (?:want|love|like) to hear from you)\b",
    re.IGNORECASE,
)
_MARKS = '"“”'


def clause_table(sentences: pd.DataFrame) -> pd.DataFrame:
    """Return the clauses of every sentence that is not boilerplate, and of every headline.

    Args:
        sentences: the SENTENCES table.

    Returns:
        One row per clause, in the order of the sentences: sentence (its row in the sentences table), article_id,
        start and end (code points into the article's text, or its title), text, as `Clause.read` gives it, and claims:
        whether it may form a claim. Headlines, questions, text without words and anything that is not a statement
        ("Two bags and the dog.", a call to the reader, a verb without its subject) form none; all but non-statements
        stay uncut.
    """
    import pandas as pd

    texts, starts = sentences["text"].to_numpy(object), sentences["start"].to_numpy()
    rows = np.flatnonzero(~sentences["boilerplate"].to_numpy())
    quoted = sentences["quoted"].to_numpy()
    in_text = (sentences["index"] != HEADLINE).to_numpy()
    # "Minister orders checks" heads what follows: a few words without a mark at their end.
    heads = {row for row in rows if texts[row].rstrip()[-1:].isalnum() and len(texts[row].split()) <= _CROSSHEAD}
    tells = {row: in_text[row] and row not in heads and states_something(texts[row]) for row in rows}
    found = [(row, clause) for row in rows for clause in (clauses(texts[row]) if tells[row] else [whole(texts[row])])]
    sentence = np.array([row for row, _ in found], dtype=np.int64)
    read = [clause.read(texts[row]) for row, clause in found]
    return pd.DataFrame(
        {
            "sentence": sentence,
            "article_id": sentences["article_id"].to_numpy(object)[sentence],
            "start": np.array([starts[row] + clause.start for row, clause in found], dtype=np.int64),
            "end": np.array([starts[row] + clause.end for row, clause in found], dtype=np.int64),
            "text": np.array(read, dtype=object),
            "claims": np.array(
                [
                    tells[row] and is_statement(text) and (quoted[row] or not (is_call(text) or is_headless(text)))
                    for (row, _), text in zip(found, read, strict=True)
                ],
                dtype=bool,
            ),
        }
    )


def is_call(text: str) -> bool:
    """Return whether a sentence asks its reader to do something and states nothing: "Ring our newsdesk, day or night".

    A quotation ("“Stop the boats,” Holt said") makes it a statement.
    """
    if any(mark in text for mark in _MARKS):
        return False
    if _INVITES.match(text):
        return True
    tokens = tokens_of(text)
    at = 0
    while low_at(tokens, at) in standing.before_calls:
        at += 1
    low, following = low_at(tokens, at), low_at(tokens, at + 1)
    if low == "let" and following not in {"us", "me"}:
        return False  # "Let the owner pay" is an opinion
    asks = low_at(tokens, at - 1) in standing.asking or low == "let's"
    if not asks and (low not in standing.calls or not _takes(tokens, at + 1)):
        return False
    relates = following == "that" and is_finite(tokens, at + 2)  # "Note that was found": no verb
    return not relates and not _has_own_verb(tokens, at + 1 + asks, surely=following in _OBJECTS)


def _takes(tokens: Sentence, at: int) -> bool:
    """Whether this word may follow an imperative: "Send us", "Call 0800", not "Help is"."""
    low = low_at(tokens, at)
    if not low or tokens[at].word[0].isupper():
        return bool(low) and low not in _OBJECTS
    return low in _OBJECTS | PREPOSITIONS | standing.after_calls or is_adverb(low) or low[0].isdigit()


def is_headless(text: str) -> bool:
    """Return whether a sentence begins with an action and never says whose: "Ordered the pier closed."."""
    tokens = tokens_of(text)
    first, following = low_at(tokens, 0), low_at(tokens, 1)
    past = first in PASTS or (first in VERBS and VERBS[first].form == "past")
    past |= first in VERBS and following == "that"
    named = past and following not in DATES and tokens[1:] and tokens[1].word[0].isupper()
    led = following in _OBJECTS | {"that"} or (past and following in {"to", "for"}) or named
    if not led or not (past or first.endswith("ed")) or first == "let":
        return False
    # "Asked to leave, he refused"
    begun = any(
        tokens[at - 1].low == "," and (low_at(tokens, at) in _SUBJECTS or tokens[at].word[0].isupper())
        for at in range(2, len(tokens))
    )
    return not begun and not _has_own_verb(tokens, 1)


def _has_own_verb(tokens: Sentence, start: int, *, surely: bool = True) -> bool:
    """Whether a verb stands outside any subordinate clause: before the first "that", after a colon or a comma."""
    depends = False
    for at in range(start, len(tokens)):
        low = tokens[at].low
        if low == ":" and any(is_finite(tokens, k) for k in range(at + 1, len(tokens))):
            return True
        if low == ";" or low_at(tokens, at - 1) == ",":
            depends = False
        depends |= low in _SUBORDINATES
        if not depends and low_at(tokens, at - 1) != "to" and is_finite(tokens, at, surely=surely):
            return True
    return False
