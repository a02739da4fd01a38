"""The word lists that the English rules read. Those of other languages are in `others`."""

from __future__ import annotations

import tomllib
from functools import cached_property
from importlib.resources import files
from typing import Any


class Lists:
    """The fields of a TOML file in this folder: attributes give sets of words, items give fields as written."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _fields(self) -> dict[str, Any]:
        return tomllib.loads((files(__name__) / f"{self._name}.toml").read_text(encoding="utf-8"))

    def __getattr__(self, field: str) -> frozenset[str]:
        if field not in self._fields:
            raise AttributeError(f"{self._name}.toml has no {field}.")
        words = self.__dict__[field] = frozenset(self._fields[field].split())
        return words

    def __getitem__(self, field: str) -> Any:
        return self._fields[field]


abbreviations = Lists("abbreviations")
agencies = Lists("agencies")
changes = Lists("changes")
first_names = Lists("first_names")
grammar = Lists("grammar")
numbers = Lists("numbers")
opposites = Lists("opposites")
people = Lists("people")
speech = Lists("speech")
standing = Lists("standing")
time = Lists("time")
verbs = Lists("verbs")

MONTHS = frozenset(month.split()[0] for month in time["months"])  # full names
# Full names of days and months, which are not people's names; May is also a first name.
DATES = (MONTHS | {*time["weekdays"]}) - {"may"}
