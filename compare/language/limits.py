"""Denials that make a bound: "may not hold more than 20 percent" is a limit, as "may hold up to 20 percent" is."""

from __future__ import annotations

import re

from compare.language import english
from compare.language.tokens import any_of

_N = english.numbers
_LONGEST = 100  # characters from a denial to its amount
_NOT = r"(?:\ ?not|n['’]t)"
_WORD = rf"(?:(?!(?:{any_of(_N['parting'])})\b)[^\W\d_][\w'’-]*\ )"
_MODAL = rf"(?:{any_of(_N['limiting'])})"
_DENIAL = rf"""(?:
    (?:(?P<fails>can{_NOT}|can['’]t)|{_MODAL}{_NOT}|won['’]t|shan['’]t|never)\ (?:be\ )?
        (?:(?:{any_of(_N.allowing)})\ to\ )?
    | (?:not|n['’]t)\ (?:be\ )?(?:{any_of(_N.allowing)})\ to[ ] | not\ to[ ] | forbidden\ to[ ]
    | (?:{any_of(_N.barring_from)})\ from[ ]
    | (?:{any_of(_N["whom_none"])}|no\ {_WORD}{{1,3}}?)(?:\ ?of\ {_WORD}{{1,3}}?)?\ ?(?:{_MODAL})\ (?:be\ )?
)"""
# With any verb, "by more than" tells how far something went, and whatever does not exceed an amount is at most that.
_ANY_DENIAL = rf"(?:\b(?:not|never|nobody|no\ one)|n['’]t)\ {_WORD}{{0,6}}?"
_FAR = r"(?:(?<=\bby\ )(?:more|less|fewer)\ than|exceed(?:ed|s)?)"
_FIND = re.compile(
    rf"""\b{_DENIAL}(?:{_WORD}{{0,6}}?(?:{any_of(_N["turned"])})
        | (?:{_WORD}(?:(?:up|down)\ )?|{_WORD}{{1,6}}?by\ )(?:{any_of(_N["turned_beside"])}))\ (?:an?\ )?\Z
    | {_ANY_DENIAL}{_FAR}\ (?:an?\ )?\Z""",
    re.VERBOSE | re.IGNORECASE,
)


def denial_of(text: str, start: int, *, counted: bool) -> int:
    """Return where the denial begins that turns the comparison before a number at `start` around, -1 if none does.

    If things are `counted`, not measured, "cannot" may tell of what fails: "cannot reach more than 40 villages".
    """
    found = _FIND.search(text, max(0, start - _LONGEST), start)
    unclear = found and counted and found["fails"] and " by " not in found[0]
    return found.start() if found and not unclear else -1
