"""The numbers in texts, and which other texts give the same amounts: in other words, rounded, or as a range."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from compare.language.amounts import NAMED
from compare.language.quantities import quantities
from compare.language.tokens import NUMBER_WORDS, is_number, stem, words
from compare.language.units import FRACTIONS, MAGNITUDES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compare.language.amounts import Quantity

_REMEMBERED = 5000  # texts: those of the last few stories
# Without any of these a text counts nothing.
_ANY = re.compile(rf"\d|[½¼¾⅓⅔]|\b(?:{'|'.join((*NUMBER_WORDS, *FRACTIONS, *MAGNITUDES))})s?\b", re.IGNORECASE)

_Sign = tuple[str, int]  # a number as it is written (its stem), and which amount it is part of, -1 for none


def numbers_in(texts: Sequence[str], stems: Sequence[Iterable[str]]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Find the numbers in texts, and for each of them the texts that give it too.

    A text gives a number where it has it as written, or an amount that can be the same one.

    Args:
        texts: what is read.
        stems: the distinct stems of each text.

    Returns:
        Which numbers each text has and which it gives, both of shape (texts, numbers), of ones.
    """
    known: dict[tuple[float | str, ...], int] = {}
    amounts: list[Quantity] = []
    columns: dict[_Sign, int] = {}
    having: list[set[int]] = []
    counted: list[set[int]] = []
    for text, told in zip(texts, stems, strict=True):
        of_stem = defaultdict(set)
        here: set[int] = set()
        for amount, parts in _amounts(text):
            key = (amount.value, amount.top, amount.unit, amount.written, amount.how, amount.every, "£" in amount.text)
            at = known.setdefault(key, len(amounts))
            if at == len(amounts):
                amounts.append(amount)
            here.add(at)
            for part in parts:
                of_stem[part].add(at)
        signs = [(form, at) for form in told if is_number(form) for at in of_stem.get(form, {-1})]
        having.append({columns.setdefault(sign, len(columns)) for sign in signs})
        counted.append(here)
    as_written = defaultdict(set)
    of_amount = defaultdict(set)
    for (form, at), column in columns.items():
        as_written[form].add(column)
        of_amount[at].add(column)
    same = _agreeing(amounts, [at for at in of_amount if at >= 0])
    giving = [
        set().union(
            *(as_written[form] for form in told if form in as_written), *(of_amount[k] for at in here for k in same[at])
        )
        for told, here in zip(stems, counted, strict=True)
    ]
    return _ones(having, len(columns)), _ones(giving, len(columns))


def _agreeing(amounts: Sequence[Quantity], asked: Sequence[int]) -> dict[int, list[int]]:
    """For each amount, those of the amounts asked for that can be the same."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at in asked:
        groups[amounts[at].unit].append(at)
    low, high = np.array([one.reach() for one in amounts], dtype=float).reshape(-1, 2).T
    every = np.array([one.every for one in amounts])
    same: dict[int, list[int]] = defaultdict(list)
    for at, amount in enumerate(amounts):
        others = np.array(groups[amount.unit], dtype=np.int64)
        near = (low[others] <= high[at]) & (low[at] <= high[others])
        at_one_pace = (every[others] == amount.every) | (every[others] * amount.every == 0)
        same[at] = others[near & at_one_pace].tolist()
    return same


@lru_cache(maxsize=_REMEMBERED)
def _amounts(text: str) -> tuple[tuple[Quantity, frozenset[str]], ...]:
    """The amounts in a text, each with the stems of its words; what tells when or which is none."""
    if not _ANY.search(text):
        return ()
    return tuple(
        (one, frozenset(stem(word) for word in words(one.text)))
        for one in quantities(text)
        if not (one.unit in NAMED or one.unit == "times" or one.relative)
    )


def _ones(rows: Sequence[set[int]], width: int) -> sparse.csr_matrix:
    ends = np.cumsum([0, *map(len, rows)])
    column = np.array([at for row in rows for at in sorted(row)], dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(column), dtype=np.float32), column, ends), shape=(len(rows), width))
