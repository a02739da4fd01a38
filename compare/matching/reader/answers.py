"""The answers of a language model: which of them count, what they are worth, and the file that keeps them.

Of what a model says nothing is taken but ids that were asked for and values that are listed here.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from compare.errors import InputError
from compare.tables import CHANGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Pair = tuple[str, str]

ANSWERS = ("carried", "changed", "not carried")
_LEAST_SURE, _MOST_SURE = 0.4, 0.98
_BUSY = 30.0  # seconds that other processes may keep the file to themselves


class Answer(NamedTuple):
    """What a model says of a pair, the probability that it gives itself, and the kind of change, if it names one."""

    answer: str
    sure: float
    kind: str = ""

    @property
    def probabilities(self) -> list[float]:
        """Of carried, changed and not carried: the other two share the rest."""
        sure = min(max(self.sure, _LEAST_SURE), _MOST_SURE)
        return [sure if name == self.answer else (1 - sure) / 2 for name in ANSWERS]


def _checked(answer: Any, sure: Any, kind: Any) -> Answer | None:
    """The answer, if it fits; a kind that does not is left out, as the answer counts without it."""
    fits = answer in ANSWERS and type(sure) in (int, float) and 0 <= sure <= 1
    return Answer(answer, float(sure), kind if answer == "changed" and kind in CHANGES else "") if fits else None


def understood(data: bytes, group: list[Pair]) -> dict[Pair, Answer]:
    """The answers that fit, out of a chat completion about pairs that were numbered from 1.

    An id that was not asked for, or one that is there twice, leaves open which answer belongs where: then none fits.
    """
    try:
        content = json.loads(data)["choices"][0]["message"]["content"].strip()
        # Many models put a fence around their JSON, which changes nothing.
        content = content.removeprefix("```json").removeprefix("```").removesuffix("```")
        read = [(one.get("id"), _checked(*map(one.get, Answer._fields))) for one in json.loads(content)["answers"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    if any(type(at) is not int or not 0 < at <= len(group) for at, _ in read) or len(dict(read)) < len(read):
        return {}
    return {group[at - 1]: one for at, one in read if one}


class Answers:
    """Answers on disk, without the texts that they are about; several processes may use them at once.

    Args:
        folder: where they are kept; True is storydiff in the user's cache folder.
        about: what makes an answer another one, besides the pair: who was asked, and how.

    Raises:
        InputError: the folder cannot be used.
    """

    def __init__(self, folder: str | os.PathLike[str] | bool, *about: str) -> None:
        home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "storydiff")
        self._path = Path(home if isinstance(folder, bool) else folder) / "language_model.sqlite"
        self._about = about
        self.get([])  # what is wrong with it is told before anything is asked

    def get(self, pairs: Iterable[Pair]) -> dict[Pair, Answer]:
        """The answers that there are; what no model can have given is none."""
        query = "SELECT answer, sure, kind FROM answers WHERE name = ?"
        rows = self._done(lambda base: [(pair, base.execute(query, self._name(pair)).fetchone()) for pair in pairs])
        found = ((pair, _checked(*row)) for pair, row in rows if row)
        return {pair: one for pair, one in found if one}

    def put(self, answers: Mapping[Pair, Answer]) -> None:
        """Keep some answers."""
        rows = [(*self._name(pair), *one) for pair, one in answers.items()]
        query = "INSERT OR REPLACE INTO answers (name, answer, sure, kind) VALUES (?, ?, ?, ?)"
        self._done(lambda base: base.executemany(query, rows))

    def _name(self, pair: Pair) -> tuple[str]:
        return (hashlib.sha256(json.dumps([*self._about, *pair]).encode()).hexdigest(),)

    def _done(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do something with the file; it is opened each time, as threads and processes cannot share a connection."""
        try:
            path = self._path.expanduser()
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(path, timeout=_BUSY)) as base, base:
                base.execute("CREATE TABLE IF NOT EXISTS answers (name TEXT PRIMARY KEY, answer, sure, kind)")
                return work(base)
        except (OSError, RuntimeError, sqlite3.Error) as error:  # RuntimeError: nobody knows where ~ is
            raise InputError(
                f"{self._path}: the cache of answers cannot be used ({error}); delete it if it is damaged, or give "
                "another folder as cache=, or cache=False to keep no answers."
            ) from error
