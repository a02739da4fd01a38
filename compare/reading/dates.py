"""ISO 8601 dates and times, in all their forms, become moments in UTC."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from compare.reading.problems import FlawError, kind, shortened

# Years, months, days, weeks and days of the year. The separator before the time is asked for, because
# `fromisoformat` takes any character there and so reads 1712011512345 (milliseconds) as the year 1712.
_FORM = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:(?P<day>-[0-9]{2}-[0-9]{2}|[0-9]{4}|-?W[0-9]{2}(?:-?[0-9])?)|-?(?P<ordinal>[0-9]{3})|(?P<month>-[0-9]{2}))?"
    r"(?:[T ](?P<time>[0-9].*))?"
)
_END_OF_DAY = re.compile(r"24(?=(?::?00){0,2}(?:[.,]0+)?(?:[Z+ -]|$))")
_WAY_OUT = "write it like 2026-02-14 or 2026-02-14T09:30:00Z, or leave it out"


def utc_moment(value: Any) -> datetime:
    """Read a date or a date with a time; what names no time zone is taken as UTC.

    Args:
        value: ISO 8601 text, or a `datetime` (a pandas `Timestamp` is one) or `date`. A year or a
            month alone stands for its first day.

    Raises:
        FlawError: it is something else.
    """
    if isinstance(value, str):
        moment = _parsed(value.strip().upper())
        if moment is None:
            raise FlawError(f'field "published" is {shortened(value)}, which is not an ISO 8601 date', _WAY_OUT)
    elif isinstance(value, datetime):
        # A Timestamp counts nanoseconds, the table microseconds.
        moment = value.to_pydatetime(warn=False) if hasattr(value, "to_pydatetime") else value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)
    else:
        raise FlawError(f'field "published" is {kind(value)}, not a date', _WAY_OUT)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # the first or last day of all years, moved by its time zone
        raise FlawError(f'field "published" is {shortened(value)}, which is out of range', _WAY_OUT) from None


def _parsed(text: str) -> datetime | None:
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    time = form["time"] or "00:00"
    next_day = bool(_END_OF_DAY.match(time))
    if next_day:
        time = "00" + time[2:]
    try:
        first = datetime.fromisoformat(f"{_first_day(form)}T{time}")
        return first + timedelta(days=next_day)
    except (ValueError, OverflowError):
        return None


def _first_day(form: re.Match[str]) -> str:
    year = form["year"]
    if form["ordinal"]:
        day = date(int(year), 1, 1) + timedelta(days=int(form["ordinal"]) - 1)
        if day.year != int(year):
            raise ValueError("no such day in this year")
        return day.isoformat()
    return year + (form["day"] or (form["month"] or "-01") + "-01")
