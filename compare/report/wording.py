"""Numbers, dates, names and links as they are written in a sentence."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from compare.errors import count as count  # noqa: PLC0414 - pages import all their words from here
from compare.tables import NOT_ASSESSABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

OMISSION_NOTE = "An omission is an estimate, not proof of intent."
NAMES_AT_MOST = 4  # a sentence with more names than this counts the rest

_NAME, _LINK = 80, 240  # most characters in a sentence: of an outlet's name, and of a claim or a quotation
_OPENING, _CLOSING = "\"'“\u2018„«", "\"'”\u2019“»"
_INNER = str.maketrans('"“”', "'\u2018\u2019")  # quotation marks inside quotation marks
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def plain(text: str) -> str:
    """Return the text on one line, without control characters and without direction overrides."""
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    kept = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", kept)
    return " ".join(kept.split())


def shorten(text: str, width: int) -> str:
    """Cut the text to at most `width` characters, at a word boundary if possible, and end it with an ellipsis."""
    line = plain(text)
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    head, space, _ = cut.rpartition(" ")
    if space and len(head) > width // 2:
        cut = head
    return cut.rstrip(" ,;:.\u2013-") + "…"


def shorten_all(names: Sequence[str], width: int) -> list[str]:
    """Shorten names for an axis; number the names that would become equal."""
    short = [shorten(name, width) for name in names]
    return [f"{name} ({i})" if short.count(name) > 1 else name for i, name in enumerate(short, 1)]


def for_plotly(text: str) -> str:
    """Escape text for plotly, which reads some HTML (including links) in labels and hover texts, and TeX between $."""
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")


def in_marks(text: str) -> Markup:
    """Put a text in quotation marks, without its own outer pair and its full stop."""
    line = plain(text).removesuffix(".")
    if line[:1] in _OPENING and line[-1:] in _CLOSING:
        line = line[1:-1]
    return Markup("“<bdi>{}</bdi>”").format(shorten(line, _LINK).translate(_INNER))


def link_to(place: str, text: str) -> Markup:
    """Link the wording of a claim or quotation to its evidence, the element with this id."""
    return Markup('<a href="#{}">{}</a>').format(place, in_marks(text))


def name_of(outlet: str) -> Markup:
    """Return a name that keeps its own writing direction, shortened if it is very long."""
    return Markup("<bdi>{}</bdi>").format(shorten(outlet, _NAME))


def names_of(outlets: Iterable[str]) -> Markup:
    """Join outlet names: `A`, `A and B`, `A, B and C`, `A, B and 4 others`."""
    names = [name_of(outlet) for outlet in outlets]
    if len(names) > NAMES_AT_MOST:
        shown = names[: NAMES_AT_MOST - 2]
        return Markup("{} and {} others").format(Markup(", ").join(shown), len(names) - len(shown))
    if len(names) < 2:
        return names[0] if names else Markup("")
    return Markup("{} and {}").format(Markup(", ").join(names[:-1]), names[-1])


def percent(probability: float) -> str:
    """Return a probability in percent; never 0 or 100, because no estimate is certain."""
    value = round(probability * 100)
    if value > 99:
        return "over 99\u00a0%"
    return "under 1\u00a0%" if value < 1 else f"{value}\u00a0%"


def p_value(p: float) -> str:
    """Return a p-value in the style of journals: `p = .03`, `p < .001`."""
    if p < 0.001:
        return "p < .001"
    return f"p = {p:.3f}".replace("0.", ".") if p < 0.01 else f"p = {min(p, 0.99):.2f}".replace("0.", ".")


def who_read(reader: str | None) -> str:
    """Say what judged the articles besides word overlap, given the reader named in a manifest."""
    if reader is None:
        return "Words alone were compared; no model read the articles."
    name, _, version = reader.partition(" ")
    if name == "small":
        return f"The articles were read whole by the small model that ships with storydiff ({version})."
    return f"The passages that words had found were read by {reader}."


def sureness(state: str, probability: float) -> str:
    """Say how sure a state is, from the probability that the claim is carried."""
    if state == NOT_ASSESSABLE:
        return "the article was cut off"
    if state in ("omitted", "undecided"):
        return f"{percent(probability)} chance that it is carried"
    form = " in some form" if state in ("altered", "contested") else ""  # the change itself has no probability
    return f"{percent(probability)} sure it is carried{form}"


def readable(story_id: str) -> str:
    """Make a heading of a story's id: `spring_ceasefire-talks` becomes `Spring ceasefire talks`."""
    words = plain(re.sub(r"[_\-/.]+", " ", story_id))
    if not re.search(r"[^\W\d_]{3}", words):
        return f"Story {words}".strip()
    return words[:1].upper() + words[1:]


def moment(time: datetime) -> str:
    """Format a time: `12 March 2025, 14:05`."""
    return f"{time.day} {_month(time)} {time.year}, {time:%H:%M}"


def clock(time: datetime, low: datetime, high: datetime) -> str:
    """Format a tick of a time axis from `low` to `high` as briefly as possible: `14:05`, `12 Mar`, `Mar 2025`."""
    days = (high - low).total_seconds() / 86_400
    month = _month(time)[:3]
    if days > 400:
        return f"{month} {time.year}"
    return f"{time.day} {month}" if days > 4 or (time.hour, time.minute) == (0, 0) else f"{time:%H:%M}"


def _month(time: datetime) -> str:
    import pandas as pd

    return str(pd.Timestamp(time).month_name())  # in English, regardless of the system's language


def web_address(url: object) -> str | None:
    """Return the URL if it is an http or https address, else None, so that no `javascript:` becomes a link."""
    if not isinstance(url, str) or url != plain(url) or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None


def language_tag(language: object) -> str | None:
    """Return the language if it has the form of a BCP 47 tag; else None."""
    return language if isinstance(language, str) and _LANGUAGE.fullmatch(language) else None
