"""Turn a record (a mapping of field names to values) into a row of the articles table, with its date in UTC."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from numbers import Real
from typing import TYPE_CHECKING, Any

from compare.errors import FlawError, kind, shortened
from compare.reading.wrapping import joined
from compare.tables import COMPLETE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    # The place of a record, for messages ("articles.jsonl, line 3"), and its fields.
    Records = Iterator[tuple[str, Mapping[str, Any]]]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Soft hyphens, byte order marks, joiners and direction marks are invisible. A soft hyphen at a line's end splits a
# word that `joined` rejoins; beyond the Latin letters, joiners spell words and build emoji.
_UNSEEN = re.compile(
    r"[\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\u00ad(?![ \t]*+\n)"
    r"|(?<![^\u0000-\u024f])[\u200c\u200d]"
)
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f]")  # no-break and fixed-width spaces
_WAY_OUT = {
    "outlet": "give every article the name of who published it",
    "text": "give every article its text, or leave the article out",
}

_COMPLETE = {one: one for one in COMPLETE} | {"true": "yes", "false": "cut"}

# Years, months, days, weeks and days of the year. The separator before the time is checked here, because
# `fromisoformat` accepts any character there and reads 1712011512345 (milliseconds) as the year 1712.
_DATE = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:(?P<day>-[0-9]{2}-[0-9]{2}|[0-9]{4}|-?W[0-9]{2}(?:-?[0-9])?)|-?(?P<ordinal>[0-9]{3})|(?P<month>-[0-9]{2}))?"
    r"(?:[T ](?P<time>[0-9].*))?"
)
_END_OF_DAY = re.compile(r"24(?=(?::?00){0,2}(?:[.,]0+)?(?:[Z+ -]|$))")
_SITE = re.compile(r"https?://(?:www\.)?([^\s/?#@]{1,253})/?", re.IGNORECASE)  # an outlet named by its site alone
_DATE_WAY_OUT = "write it like 2026-02-14 or 2026-02-14T09:30:00Z, or leave it out"


def article_row(fields: Mapping[str, Any], story: str) -> dict[str, Any]:
    """Return a record as a row of the articles table; lines wrapped at a fixed width are joined.

    Args:
        fields: outlet and text, and optionally article_id, story_id, title, published, url,
            language and complete; other fields are ignored.
        story: the story_id if the record names none.

    Raises:
        FlawError: a field is missing, empty or of a type that cannot be used.
    """
    outlet = cleaned_name(_needed("outlet", _name(fields, "outlet")))
    if site := _SITE.fullmatch(outlet):
        outlet = site[1]
    text = joined(_needed("text", _text(fields, "text")))
    title = _line(_text(fields, "title"))
    published = _line(given) if isinstance(given := fields.get("published"), str) else given
    return {
        "article_id": _line(_name(fields, "article_id")) or derived_id(outlet, title, text),
        "story_id": _line(_name(fields, "story_id")) or story,
        "outlet": outlet,
        "title": title,
        "published": None if _is_missing(published) else utc_moment(published),
        "url": _line(_text(fields, "url")),
        "language": _line(_text(fields, "language")),
        "complete": _complete(fields.get("complete")),
        "text": text,
    }


def _complete(value: Any) -> str | None:
    """Return `yes`, `cut` or `unknown`, or None where the record does not say."""
    if _is_missing(value):
        return None
    said = str(value).strip().casefold()
    if said not in _COMPLETE:
        raise FlawError(f'field "complete" is {shortened(str(value))}', "write yes, cut or unknown, or leave it out")
    return _COMPLETE[said]


def was_wrapped(fields: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether lines of a record's text were joined for its row."""
    return bool(row["text"] != _text(fields, "text"))


def names_story(fields: Mapping[str, Any]) -> bool:
    """Whether a record that `article_row` accepts names its story."""
    return _line(_name(fields, "story_id")) is not None


def derived_id(outlet: str, title: str | None, text: str) -> str:
    """Return the article_id for an article without one; it is the same on every machine."""
    # Cleaned fields contain no NUL, so different articles never give the same bytes.
    content = "\0".join((outlet, title or "", text)).encode()
    return "a" + hashlib.blake2b(content).hexdigest()[:12]


def cleaned(text: str) -> str:
    r"""Return text in the one form in which later steps compare it; the visible text does not change.

    Line ends become ``\n``; other control characters except the tab, and no-break spaces, become a space; half a
    surrogate pair (which no encoding can write) becomes U+FFFD. Accents are composed (Unicode NFC). Invisible
    characters are removed.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = without_controls(text)
    if text.isascii():
        return text
    seen = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", seen))


def without_controls(text: str) -> str:
    """Return text with a space for every control character, and U+FFFD for half a surrogate pair."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub(" ", text))


def cleaned_name(name: str) -> str:
    """Return a name in the form in which names are compared: cleaned, with single spaces."""
    return " ".join(cleaned(name).split())


def _needed(field: str, value: str | None) -> str:
    if value is None:
        raise FlawError(f'field "{field}" is missing', _WAY_OUT[field])
    if not value or value.isspace():
        raise FlawError(f'field "{field}" is empty', _WAY_OUT[field])
    return value


def _name(fields: Mapping[str, Any], field: str) -> str | None:
    value = fields.get(field)
    if isinstance(value, Real) and not isinstance(value, bool) and not _is_missing(value):
        # Spreadsheets turn the outlet or story "7" into 7.0.
        return str(value).removesuffix(".0")
    return _text(fields, field)


def _line(value: str | None) -> str | None:
    return (value or "").strip() or None


def _text(fields: Mapping[str, Any], field: str) -> str | None:
    value = fields.get(field)
    if isinstance(value, str):
        return cleaned(value)
    if _is_missing(value):
        return None
    raise FlawError(f'field "{field}" is {kind(value)}, not text', "write it as one string")


def _is_missing(value: Any) -> bool:
    if value is None or isinstance(value, str):
        return not value
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def utc_moment(value: Any) -> datetime:
    """Read a date or a date with a time; without a time zone it counts as UTC.

    Args:
        value: ISO 8601 text, or a `datetime` (a pandas `Timestamp` is one) or `date`. A year or a
            month alone means its first day.

    Raises:
        FlawError: it is something else.
    """
    if isinstance(value, str):
        moment = _parsed(value.strip().upper())
        if moment is None:
            raise FlawError(f'field "published" is {shortened(value)}, which is not an ISO 8601 date', _DATE_WAY_OUT)
    elif isinstance(value, datetime):
        # A Timestamp has nanoseconds, the table microseconds.
        moment = value.to_pydatetime(warn=False) if hasattr(value, "to_pydatetime") else value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    else:
        raise FlawError(f'field "published" is {kind(value)}, not a date', _DATE_WAY_OUT)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # the first or last possible day, shifted by its time zone
        raise FlawError(f'field "published" is {shortened(value)}, which is out of range', _DATE_WAY_OUT) from None


def _parsed(text: str) -> datetime | None:
    form = _DATE.fullmatch(text)
    if form is None:
        return None
    time = form["time"] or "00:00"
    next_day = bool(_END_OF_DAY.match(time))
    if next_day:
        time = "00" + time[2:]
    year, day = form["year"], form["day"] or (form["month"] or "-01") + "-01"
    try:
        if form["ordinal"]:
            of_year = date(int(year), 1, 1) + timedelta(days=int(form["ordinal"]) - 1)
            if of_year.year != int(year):
                return None
            day = of_year.isoformat()[4:]
        return datetime.fromisoformat(f"{year}{day}T{time}") + timedelta(days=next_day)
    except (ValueError, OverflowError):
        return None
