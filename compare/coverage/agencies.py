"""The news agency that an article credits with its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.language.newswires import AGENCIES
from compare.language.tokens import any_of

if TYPE_CHECKING:
    from collections.abc import Collection

_SHORT = {name: short for short, others in AGENCIES.items() for name in (short, *others)}

# "LONDON, Oct 6 (Reuters) -": a dateline with its agency in brackets.
_DATELINE = re.compile(
    r"\s*+(?P<place>[^()\n]{0,80}?)\s*+\((?P<name>[A-Z][\w&.-]*+(?: [\w&.-]++){0,3}+|dpa)\)\s*+[-–—]++\s*+"
)
# "PORT VELLAND —": a dateline without an agency.
_PLACE = re.compile(r"\s*+[A-Z][A-Z.' -]{2,40}+(?:,[\w .]{2,25}+){0,2}+\s*+[–—]++\s*+")
_CALLED_AGENCY = re.compile(r"\w (?:(?:news|press) (?:agency|association)|newswire|wire service)$", re.IGNORECASE)
_STAFF = re.compile(r"contributed|additional reporting|with reporting|staff|and agencies", re.IGNORECASE)
_REUTERS_END = re.compile(r"\(?(?:Reporting|Writing) by [^\n]{3,200}?; ?(?:[Ee]diting|[Aa]dditional reporting) by ")
_START, _END = 200, 400  # characters searched at the start of a text for a dateline, and at its end for credits


@dataclass(frozen=True)
class Credit:
    """An agency named by a text; `whole` if the text claims to be the agency's from its dateline on."""

    name: str
    whole: bool


def credit(text: str, outlet: str = "", known: Collection[str] = ()) -> Credit | None:
    """Return the agency that a text credits, by its usual short name; None if it credits none.

    It is read from a dateline ("LONDON (Reuters) -"), a byline ("By The Associated Press"), or a
    credit line ("AP contributed to this report", "Reporting by ...; Editing by ..."). "Told Reuters" is not a credit.
    A dateline may name an agency that is not listed here, if it follows a place in capitals and is not the outlet
    itself; `known` are such names in the story's other articles.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if named := agency_in_dateline(text, outlet):
        return Credit(named, whole=not any(_STAFF.search(line) for line in lines[-3:] if is_credit_line(line, known)))
    for number, line in enumerate((*lines[:2], *lines[-3:])):
        if is_credit_line(line, known) and (found := _names(frozenset(known)).search(line)):
            return Credit(_SHORT.get(found[1], found[1]), whole=number < 2 < len(lines) and not _STAFF.search(line))
    return Credit("Reuters", whole=True) if _REUTERS_END.search(text[-_END:]) else None


def agency_in_dateline(text: str, outlet: str = "") -> str | None:
    """Return the agency in a text's dateline, by its usual short name; None if there is none."""
    found = _in_dateline(text)
    if found is None:
        return None
    place, name = found
    if name in _SHORT:
        return _SHORT[name]
    strange = len(place) < 3 or not place.isupper() or re.search(r"[\d-]", name)
    return None if strange or name.casefold() in outlet.casefold() else name


def _in_dateline(text: str) -> tuple[str, str] | None:
    """Return the place in a dateline, and the name in brackets after it."""
    found = _DATELINE.match(text[:_START])
    return (found["place"].split(",")[0], found["name"]) if found else None


def is_agency(outlet: str, known: Collection[str] = (), text: str = "") -> bool:
    """Whether an outlet is itself an agency: by its name, or because the dateline of one of its texts names it.

    "Norvale Press Agency" is one by what it is called.
    """
    if (found := _in_dateline(text)) and found[1].casefold() in outlet.casefold():
        return True
    plain = re.sub(r"^The |\.(?:com|co\.uk|org|net)$", "", outlet.strip())
    if _CALLED_AGENCY.search(plain):
        return True
    return any(plain.casefold() == name.casefold() for name in (*_SHORT, *known))


def without_dateline(sentence: str) -> str:
    """Return an article's first sentence without its dateline."""
    start = sentence[:_START]
    found = _DATELINE.match(start) or _PLACE.match(start)
    return sentence[found.end() :] if found else sentence


def is_credit_line(sentence: str, known: Collection[str] = ()) -> bool:
    """Whether a sentence only says who wrote the text, and so is not part of the story."""
    line = sentence.strip(" \n\t()[]—–-/©*")
    return len(line) <= 300 and _credits(frozenset(known)).match(line) is not None


@lru_cache(maxsize=64)
def _names(known: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of an agency's name, including names from a story's datelines."""
    return re.compile(rf"(?<!\w)({any_of((*_SHORT, *known))})(?!\w)")


@lru_cache(maxsize=64)
def _credits(known: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of a whole line that is a credit, for these agencies too."""
    agency = any_of((*_SHORT, *known))
    line = rf"""
        (?:(?:By|Source:|From|Copyright|Credit:)\s[^\n"“”]{{0,80}}?)?(?:\d{{4}}\s)?(?:[Tt]he\s)?(?:{agency})
            (?:\scontributed|[.]?\sAll\srights[^\n]*+|[,/|]?\s*(?:(?:and|with|in)\s|staff)[^\n.]{{0,100}})?\W*$
      | [^"“”]{{0,160}}\bcontributed\s(?:\w+\s)?to\sthis\s(?:report|story|article)\b
      | (?:Additional\s|With\s)?(?:[Rr]eporting|[Mm]aterial|[Ii]nputs?|[Ff]iles)
            \s(?:by|from)\s(?:the\s)?[A-Z][^"“”]{{2,200}}$
      | (?:Writing|Editing)\sby\s[A-Z]"""
    return re.compile(line, re.VERBOSE)
