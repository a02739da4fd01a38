"""Tables without a word of the articles: fingerprints replace text, and new ids replace those derived from text.

A fingerprint is the first 32 hexadecimal digits of the HMAC-SHA-256 (RFC 2104) of the UTF-8 text under the bundle's
key. With the key and an article, a user can confirm that the text is the same; with the article alone this is
impossible, even for a single sentence. A plain hash of a sentence could be found by trying the sentences of all
articles.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from compare.errors import InputError
from compare.foreign import file_bytes
from compare.language.english import agencies
from compare.tables import ARTICLES, INTEGER, SAMPLED, TEXT, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from compare.validation.validated import Validation

SUFFIX = "_hmac"
_DIGITS = 32
_BYTES = 32  # of a key
_KEYED = ("claim_id", "part_of", "quote_id", "group_id", "unit")  # always derived from words
_OF_ARTICLES = ("article_id", "source_article_id", "sentence_id", "left_id", "right_id")
# A derived article_id, for an article without an id of its own: a hash of outlet, title and text, perhaps numbered.
_DERIVED = re.compile(r"a[0-9a-f]{12}(-\d+)?")
# Strata that reveal no words: bands of probability, and strata already replaced.
_STRATUM = re.compile(r"all|\d\.\d\d to \d\.\d\d|stratum-[0-9a-f]{16}")
_LENGTH = Column("characters", INTEGER, "length of its text, which is withheld", unit="code points")


def new_key() -> bytes:
    """Return a new random key."""
    return secrets.token_bytes(_BYTES)


def key_text(key: bytes) -> str:
    """Return a key as written in its file."""
    return f"{key.hex()}\n"


def read_key(path: Path) -> bytes:
    """Read a key from a file."""
    try:
        text = file_bytes(path).decode("ascii").strip()
        key = bytes.fromhex(text)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); name the file with the key.") from error
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise InputError(f"{path}: is not a key; a key is {2 * _BYTES} hexadecimal digits, as an export writes them.")
    return key


@dataclass(frozen=True)
class Withheld:
    """Removes the words from tables; `key` is the key of the fingerprints and ids."""

    key: bytes

    @property
    def key_id(self) -> str:
        """An identifier of this key that reveals nothing about it."""
        return self.fingerprint("storydiff key")[:16]

    def fingerprint(self, text: str) -> str:
        """Return the fingerprint of a text."""
        return hmac.digest(self.key, text.encode(), "sha256").hex()[:_DIGITS]

    def table(self, table: Table) -> Table:
        """Return the table's description without words: its columns and its key."""
        columns: list[Column] = []
        for column in table.columns:
            if column.withheld:
                meaning = f"fingerprint of {column.name}, which is withheld: {column.meaning}"
                columns.append(Column(column.name + SUFFIX, TEXT, meaning, optional=column.optional))
            else:
                columns.append(column)
            if table.name == ARTICLES.name and column.name == "text":
                columns.append(_LENGTH)
        names = {column.name for column in columns}
        key = tuple(name if name in names else name + SUFFIX for name in table.key)
        return replace(table, columns=tuple(columns), key=key)

    def frame(self, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows in the form of `table` without words, in the same order."""
        given: dict[str, Any] = {}
        for column in table.columns:
            values = frame[column.name]
            if column.name == "agency":  # one that nobody lists was read in an article's dateline
                hidden = ~values.isin({*agencies["names"], *frame["outlet"]}) & values.notna()
                given[column.name] = values.mask(hidden, _mapped(values, lambda name: self._named("agency", name)))
                continue
            if not column.withheld:
                given[column.name] = self.ids(column.name, values)
                continue
            given[column.name + SUFFIX] = _mapped(values, self.fingerprint)
            if table.name == ARTICLES.name and column.name == "text":
                given[_LENGTH.name] = values.str.len()
        return self.table(table).frame(given)

    def ids(self, column: str, values: pd.Series) -> pd.Series:
        """Return a column with the ids that derive from words replaced; other columns are unchanged."""
        if column in _KEYED:
            return _mapped(values, self._id)
        if column in _OF_ARTICLES:
            return _mapped(values, self.article_or_sentence)
        if column == "stratum":  # named after a band of probability or any other stratification of the sample
            return _mapped(values, lambda name: name if _STRATUM.fullmatch(name) else self._named("stratum", name))
        return values

    def validation(self, validation: Validation) -> tuple[Validation, Validation]:
        """Return the labels in the order of the new ids, once with the old ids and once with the new ones.

        Statistics are computed from the latter: others then get the same last digits, and the order reveals nothing.
        """
        from compare.validation.validated import weighed

        names = ["claim_id", "unit", "stratum"]
        keyed = validation.decisions[SAMPLED.names].assign(
            **{name: self.ids(name, validation.decisions[name]) for name in names}
        )
        keyed = keyed.sort_values(["story_id", "claim_id", "outlet"], kind="stable")
        plain = replace(validation, decisions=validation.decisions.loc[keyed.index].reset_index(drop=True))
        labels = validation.labels.assign(unit=self.ids("unit", validation.labels["unit"]))
        sample = self._id(validation.sample_id)
        return plain, weighed(sample, keyed.reset_index(drop=True), labels, validation.carried, ())

    def _named(self, what: str, name: str) -> str:
        return f"{what}-{self.fingerprint(name)[:16]}"

    def _id(self, name: str) -> str:
        return name[:1] + self.fingerprint(name)[:16]

    def article_or_sentence(self, name: str) -> str:
        """Return the id of an article or a sentence as it is in a table without words."""
        article, colon, index = name.partition(":") if _DERIVED.match(name) else (name, "", "")
        return self._id(article) + colon + index if _DERIVED.fullmatch(article) else name


def _mapped(values: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """Map a column of text, each distinct text only once, because ids and wordings recur in many rows."""
    codes, texts = values.factorize()
    found = np.array([*map(function, texts), None], dtype=object)
    return pd.Series(found[codes], index=values.index, dtype="str")  # a missing value has the code -1
