"""The words and two-word terms of clauses, counted under their stems and shown in their most frequent form."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from compare.outlets.wording.told import Told

    Integers = NDArray[np.int64]


class Vocabulary(NamedTuple):
    """Terms and where they stand.

    Attributes:
        names: the terms, each in its most frequent form.
        counts: clauses x terms.
    """

    names: list[str]
    counts: csr_array


def vocabulary(told: Told, length: int, *, quotations: bool = False) -> Vocabulary:
    """Count terms in clauses.

    Function words stand only beside another word ("according to"); numbers, days and stops in no term.

    Args:
        told: the clauses.
        length: of the terms, in words: 1 or 2.
        quotations: also count what stands inside quotation marks.
    """
    from scipy.sparse import csr_array

    form, clause, quoted, stop, _ = told.words
    stems, stem_of = told.stems
    content = told.is_content[form] if len(form) else np.zeros(0, dtype=bool)
    usable = ~stop & (quotations | ~quoted)
    if length == 1:
        at = np.flatnonzero(usable & content)
        stem_key, form_key = stem_of[form[at]], form[at]
    else:
        word = usable & (content | told.is_function[form]) if len(form) else usable
        joined = word[:-1] & word[1:] & (content[:-1] | content[1:])
        at = np.flatnonzero(joined & (clause[:-1] == clause[1:]) & (quoted[:-1] == quoted[1:]))
        stem_key = stem_of[form[at]] * len(stems) + stem_of[form[at + 1]]
        form_key = form[at] * len(told.forms) + form[at + 1]
    keys, term = np.unique(stem_key, return_inverse=True)
    shown = _most_frequent(term, form_key)
    if length == 1:
        names = [told.forms[key] for key in shown.tolist()]
    else:
        width = max(len(told.forms), 1)
        names = [f"{told.forms[key // width]} {told.forms[key % width]}" for key in shown.tolist()]
    counts = csr_array((np.ones(len(at)), (clause[at], term)), shape=(len(told.starts) - 1, len(keys)))
    return Vocabulary(names, counts)


def _most_frequent(term: Integers, form: Integers) -> Integers:
    """The form in which each term stands most often."""
    forms, first, times = np.unique(form, return_index=True, return_counts=True)
    order = np.lexsort((forms, -times, term[first]))
    found: Integers = forms[order][np.unique(term[first][order], return_index=True)[1]]
    return found
