"""The columns of a regression of omissions: what can be estimated, and of the rest why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from compare.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Codes = NDArray[np.int64]

# Columns of CLAIM_TRAITS.
TRAITS = (
    *("quote", "attributed", "named_source", "official", "casualties", "money", "number", "words"),
    *("salience", "opening", "is_lead", "told_by_lead", "contradicts_lead"),
)
NUMBERS = ("words", "salience")  # all others are true or false, or shares: none against all
_SAME = 1e-9  # share of a column's variance that the others leave


@dataclass(frozen=True, eq=False)
class Term:
    """What one coefficient is about.

    Attributes:
        kind: trait or outlet.
        name: the trait or the outlet.
        group: of a trait the group of outlets whose decisions they are; empty for all.
        inside: the decisions that it is about: of a trait its group's, of an outlet its own.
        given: of a trait its values, of an outlet 1.
        step: what of it the coefficient stands for.
        outlets: how many outlets' decisions they are.
        warning: why it cannot be estimated; else empty.
        column: its place in the design, if it can.
    """

    kind: str
    name: str
    group: str
    inside: Flags
    given: Numbers
    step: float
    outlets: int = 1
    warning: str = ""
    column: int | None = None

    @property
    def is_number(self) -> bool:
        """Whether it is an amount; else true or false, or a share."""
        return self.name in NUMBERS and self.kind == "trait"

    @property
    def having(self) -> Flags:
        """Which decisions are about what has the trait; of a number all of the group."""
        return self.inside if self.is_number else self.inside & (self.given > 0)


class Design(NamedTuple):
    """A regression that has a solution.

    Attributes:
        x: decisions x columns: the outlets, then the traits less their means.
        y: 1 for an omission.
        story: each decision's story.
        kept: which of the decisions these are; the rest is told apart wholly by one trait or outlet.
        terms: all, with the column or the reason why there is none.
        outlets: how many columns are outlets'.
    """

    x: Numbers
    y: Numbers
    story: Codes
    kept: Flags
    terms: list[Term]
    outlets: int


def terms_of(decisions: pd.DataFrame, traits: Sequence[str], groups: Sequence[str]) -> list[Term]:
    """List what is to be estimated: each trait, in each group; and each outlet.

    Args:
        decisions: rows of CLAIM_TRAITS, with a column group.
        traits: their columns.
        groups: names of groups, or ("",) for all outlets together.
    """
    group = decisions["group"].to_numpy(object)
    sizes = {one: int(decisions.loc[group == one, "outlet"].nunique()) for one in groups}
    terms = []
    for name in traits:
        values = decisions[name].to_numpy(float)
        step = 2 * float(values.std()) if name in NUMBERS else 1.0
        terms += [Term("trait", name, one, group == one, values, step, sizes[one]) for one in groups]
    for outlet in decisions["outlet"].unique():
        mine = (decisions["outlet"] == outlet).to_numpy(bool)
        terms.append(Term("outlet", str(outlet), "", mine, np.ones(len(mine)), 1.0))
    return terms


def design_of(terms: Sequence[Term], y: Numbers, story: Codes, decided: Flags) -> Design:
    """Lay out what can be estimated.

    Where all that have a trait are omitted, or none, its coefficient is infinite; it and these decisions, which say
    nothing of any other coefficient then, are left out. Likewise an outlet that leaves out all or nothing.

    Args:
        terms: as `terms_of` gives them.
        y: 1 for an omission.
        story: each decision's story.
        decided: which decisions count.

    Raises:
        InputError: nothing is left of which anything could be said.
    """
    kept = decided.copy()
    settled = list(terms)
    again = True
    while again:
        again = False
        for at, term in enumerate(settled):
            if term.warning:
                continue
            said, apart = _told_apart(term, y, kept)
            if said:
                settled[at] = replace(term, warning=said)
                kept &= ~apart
                again = True
    chosen = [at for at, term in enumerate(settled) if term.kind == "outlet" and not term.warning]
    if len(chosen) < 2 or len(np.unique(story[kept])) < 2:
        raise InputError(
            "nothing is left to regress: fewer than two outlets leave out some claims and carry others, in two stories."
        )
    outlets = len(chosen)
    chosen += [at for at, term in enumerate(settled) if term.kind == "trait" and not term.warning]
    columns = np.column_stack([_column(settled[at], kept) for at in chosen])
    usable = _independent(columns)
    for at, place in zip(chosen, np.where(usable, usable.cumsum() - 1, -1).tolist(), strict=True):
        said = "" if place >= 0 else "the other traits and the outlet tell it already: left out"
        settled[at] = replace(settled[at], warning=said, column=place if place >= 0 else None)
    return Design(columns[:, usable], y[kept], story[kept], kept, settled, outlets)


def _told_apart(term: Term, y: Numbers, kept: Flags) -> tuple[str, Flags]:
    """Why a term cannot be estimated, and the decisions that it tells apart wholly."""
    nothing = np.zeros(len(y), dtype=bool)
    inside = term.inside & kept
    values = term.given[inside]
    if term.kind == "trait" and (not len(values) or values.min() == values.max()):
        if not len(values):
            return "no decision to tell it from", nothing
        return "the same for all claims that are left to compare", nothing
    if term.is_number:
        return "", nothing
    for rows, which in ((inside & (term.given > 0), " with it"), (inside & (term.given == 0), " without it")):
        # Those without it tell them apart wholly only if all others have it to the full.
        wholly = which == " with it" or np.isin(values, (0, 1)).all()
        if wholly and rows.any() and y[rows].min() == y[rows].max():
            how = "omissions" if y[rows][0] else "carried"
            about = "" if term.kind == "outlet" else which
            return f"all {int(rows.sum())} decisions{about} are {how}: no finite coefficient", rows
    return "", nothing


def _column(term: Term, kept: Flags) -> Numbers:
    inside = term.inside[kept]
    if term.kind == "outlet":
        return inside.astype(float)
    values = term.given[kept] / term.step
    column: Numbers = np.where(inside, values - values[inside].mean(), 0.0)
    return column


def _independent(columns: Numbers) -> Flags:
    """Which columns those before them do not tell already."""
    products = columns.T @ columns
    taken: list[int] = []
    for at in range(len(products)):
        left = products[at, at]
        if taken:
            among = products[np.ix_(taken, taken)]
            left = left - products[at, taken] @ np.linalg.solve(among, products[taken, at])
        if left > _SAME * max(products[at, at], 1e-300):
            taken.append(at)
    found = np.zeros(len(products), dtype=bool)
    found[taken] = True
    return found
