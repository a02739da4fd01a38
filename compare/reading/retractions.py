"""Notes by which an outlet takes a whole article back: "This article has been withdrawn", an agency's kill."""

from __future__ import annotations

import re
from functools import lru_cache

from compare.reading.correction_forms import LABEL, TAKEN, TAKES, UNTRUE

_LONGEST = 2000  # characters of a note that are looked at
_REMEMBERED = 500  # notes and sentences
_ARTICLE = r"(?:article|story|post|piece|column|obituary|interview|report|item)"
# What follows a report, a post or an item in the news may be said of that: only a label shows that this one is meant.
_ITSELF = r"(?:article|story|obituary)"
_GONE = rf"(?:{TAKEN}|killed|pulled|unpublished)"
_SINCE = r"(?:now\s|since\s|hereby\s|also\s)?"
# "from the curriculum", "from the shelves" is told of a tale, and so is "by the ministry" of a report.
_FROM = r"(?!\sfrom\s(?!(?:our|the|this)\s(?:web\s?site|site|pages?|wire|service|archives?)\b|publication\b))"
_BY_OTHERS = r"(?!\sby\s(?!us\b|(?:the|our|its)\s(?:editors?|publishers?|newsroom)\b|(?-i:the\s[A-Z])))"
_HAS_GONE = rf"(?:has\s{_SINCE}been|is|was)\s{_SINCE}{_GONE}\b{_FROM}{_BY_OTHERS}"
_FALSE = rf"(?:is|was)\s{UNTRUE},?(?:\sand|\sso)+"
# What no story says of anything but itself.
_OF_THIS = re.compile(
    rf"""(?:this|our)\ {_ITSELF}\ (?:(?:{_FALSE}\ )?{_HAS_GONE}|{_FALSE}\ we\ {_SINCE}(?:{TAKES}|{TAKEN})\ it\b).*
    | we(?:\ have)?\ {_SINCE}(?:{TAKES}|{_GONE})\ this\ {_ARTICLE}(?!\W+that\b|[’']).*
    | we\ (?:no\ longer|do\ not|cannot)\ (?:stand\ (?:behind|by)|vouch\ for)\ this\ {_ARTICLE}\b.*
    | (?:please\ )?kill\ (?:the|this|our)\ (?:{_ARTICLE}|slug)\b.*
    | dieser\ (?:artikel|text|beitrag)\ (?:wurde|ist)\ (?:von\ der\ redaktion\ )?(?:zurückgezogen|gelöscht)\b.*""",
    re.VERBOSE | re.IGNORECASE,
)
# What an agency's or an editor's note says of the article that it stands with.
_OF_THE = re.compile(
    rf"""(?:(?:the|its)\ {_ITSELF}|(?:our|this)\ {_ARTICLE})\b(?!\ that\b|[’'])[^.]{{0,120}}?\ {_HAS_GONE}.*
    | .{{2,60}}?\ (?:has|have)\ {_SINCE}{_GONE}\ (?:(?:the|its)\ {_ITSELF}|our\ {_ARTICLE}|this\ {_ITSELF})\b
      (?!\ that\b|[’']).*""",
    re.VERBOSE | re.IGNORECASE,
)
# What an agency alone tells its customers; "do not use the water" is told to readers.
_OF_A_WIRE = re.compile(
    rf"""(?:please\ )?(?:do\ not\ (?:use|publish|run)|disregard)
      \ (?:it|(?:the|this|our|any)\ (?:\w+\ ){{0,3}}?{_ARTICLE}\b.*)
    | an?\ (?:mandatory\ )?kill\ is\ (?:mandatory|advised|requested)\b.*
    | there\ will\ be\ no\ (?:substitute|replacement|sub)(?:\ {_ARTICLE})?""",
    re.VERBOSE | re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\W*(?:(?:mandatory |bulletin |editors? )?(?:kill|withdrawal|withdrawn|retraction)|(?:editors?[’']? )?advisory)\b"
    r"[^:.–—]{0,40}(?::|[–—]|-(?=\s))",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\W*\([A-Z][\w .&-]{1,30}\)\s*[–—-]+\s|\W*editors?:\s|\W+", re.IGNORECASE)
_ENDS = re.compile(r"[.;:!?](?:\s+|\Z)|\s[–—]\s")


@lru_cache(maxsize=_REMEMBERED)
def retracts(note: str) -> bool:
    """Whether a note, or a sentence that may be one, takes back the whole article with which it stands."""
    text = note[:_LONGEST]
    agency = _AGENCY.match(text)
    label = agency or LABEL.match(text)
    body = text[label.end() :] if label else text
    parts = [part[begins.end() if (begins := _BEGINS.match(part)) else 0 :].strip() for part in _ENDS.split(body)]
    forms = [_OF_THIS, *([_OF_THE] if label else []), *([_OF_A_WIRE] if agency else [])]
    return any(form.fullmatch(part) for part in parts for form in forms)
