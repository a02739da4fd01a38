"""Where outlets disagree: a sentence on each claim, and which outlets are on which side, in their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compare.report.look import LOOK_OF
from compare.report.wording import plain, shorten

if TYPE_CHECKING:
    import pandas as pd

    from compare.report.look import Look

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = 90  # most characters of the words that differ
_EVIDENCE = 300  # most characters of a passage; a link leads to the article


class Side(NamedTuple):
    """One side of a disagreement."""

    says: str  # the words that differ; empty where none can be named
    changes: str  # how it differs from the claim
    voices: int
    outlets: str
    look: Look
    sentence_id: str  # of the evidence
    evidence: str


class Conflict(NamedTuple):
    """A claim on which outlets disagree; `clear`: whether a clear majority tells it as worded, like the first side."""

    claim_id: str
    claim: str
    clear: bool
    sides: tuple[Side, ...]

    @property
    def is_two_sided(self) -> bool:
        """Whether two sides have at least two voices each, and no majority is clear."""
        return not self.clear and sum(side.voices > 1 for side in self.sides) > 1

    @property
    def said(self) -> str:
        """How many voices tell what: `three say 26, one says 62`."""
        first, *others = self.sides
        kinds = {side.changes for side in others}
        nameable = bool(first.says) and "; " not in first.changes + first.says and len(kinds) == 1
        if nameable and first.changes == "trimmed quote":
            gone = f"{_verb(first, 'keep')} {_quoted(first)}"
            return ", ".join([gone, *(f"{_verb(side, 'leave')} that out" for side in others)])
        if nameable and all(side.says for side in others):
            verb = "name" if first.changes == "attribution" else "say"
            return ", ".join(f"{_verb(side, verb)} {_quoted(side)}" for side in self.sides)
        told = [f"{_verb(first, 'tell')} it so"]
        for side in others:
            otherwise = side.says and side.changes != "trimmed quote"
            what = f"{_verb(side, 'say')} {_quoted(side)}" if otherwise else f"{_verb(side, 'tell')} it otherwise"
            told.append(f"{what} ({side.changes})")
        return ", ".join(told)


def conflicts_of(conflicts: pd.DataFrame) -> list[Conflict]:
    """Return a `Conflict` for each claim of the CONFLICTS table, in the table's order."""
    found = []
    for claim_id, rows in conflicts.groupby("claim_id", sort=False):
        first = rows.iloc[0]
        against = LOOK_OF["altered" if first["clear"] else "contested"]
        sides = tuple(
            Side(
                says=plain(row["says"]),
                changes=row["changes"],
                voices=row["voices"],
                outlets=plain(row["outlets"]),
                look=LOOK_OF["verbatim"] if row["clear"] and not row["side"] else against,
                sentence_id=row["sentence_id"],
                evidence=shorten(row["evidence"], _EVIDENCE),
            )
            for row in rows.to_dict("records")
        )
        found.append(Conflict(str(claim_id), plain(first["claim"]), bool(first["clear"]), sides))
    return found


def _verb(side: Side, verb: str) -> str:
    number = _NUMBERS[side.voices] if side.voices < len(_NUMBERS) else str(side.voices)
    return f"{number} {verb}{'s' * (side.voices == 1)}"


def _quoted(side: Side) -> str:
    words = shorten(side.says, _WORDS)
    if side.changes != "number":
        return f"“{words}”"
    return words.lower() if words.isalpha() else words  # "Four" began a sentence
