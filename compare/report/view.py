"""A comparison's tables as the report reads them: claims in the page's order, one judgement per outlet.

Claims that at least two outlets carry come first, then the others; within both, the tables' order
(most salient first). A claim's number is its place in this order, the same in every part of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from compare.tables import CARRIED

if TYPE_CHECKING:
    from compare.comparison import Comparison

SHARED_FROM = 2  # a claim is shared when at least so many outlets carry it


@dataclass(frozen=True)
class Judgement:
    """How one outlet treats one claim."""

    outlet: str
    state: str
    probability: float
    sentence: int | None
    position: float | None
    changes: str

    @property
    def carried(self) -> bool:
        """Whether the outlet carries the claim, in any form."""
        return self.state in CARRIED


@dataclass(frozen=True)
class Claim:
    """One claim with a judgement per outlet (None where the tables hold none) and its sentences."""

    number: int
    claim_id: str
    text: str
    kind: str
    speaker: str | None
    judgements: tuple[Judgement | None, ...]
    sentences: tuple[int, ...]

    def outlets(self, *states: str) -> list[str]:
        """The outlets that treat the claim in one of these ways."""
        return [j.outlet for j in self.judgements if j and j.state in states]

    @property
    def carriers(self) -> list[str]:
        """The outlets that carry the claim."""
        return self.outlets(*CARRIED)

    @property
    def shared(self) -> bool:
        """Whether at least two outlets carry it."""
        return len(self.carriers) >= SHARED_FROM


@dataclass(frozen=True)
class View:
    """What every part of the report reads.

    Attributes:
        alone: per outlet the claims (by claim_id, in the article's order) that it alone carries, each
            with the least probability with which another leaves it out.
    """

    comparison: Comparison
    outlets: tuple[str, ...]
    claims: tuple[Claim, ...]
    alone: dict[str, dict[str, float]]

    @property
    def shared(self) -> list[Claim]:
        """The claims that at least two outlets carry."""
        return [claim for claim in self.claims if claim.shared]


def view_of(comparison: Comparison) -> View:
    """Read the tables once."""
    outlets = comparison.outlets
    sentence_numbers = {sentence: i for i, sentence in enumerate(comparison.sentences["sentence_id"])}
    judgements: dict[str, dict[str, Judgement]] = {}
    for row in comparison.coverage.to_dict("records"):
        judgements.setdefault(row["claim_id"], {})[row["outlet"]] = Judgement(
            outlet=row["outlet"],
            state=row["state"],
            probability=float(row["probability"]),
            sentence=sentence_numbers.get(row["sentence_id"]),
            position=_given(row["position"]),
            changes=_given(row["changes"]) or "",
        )
    carrying: dict[str, list[int]] = {}
    for row in comparison.mentions.to_dict("records"):
        if row["sentence_id"] in sentence_numbers:
            carrying.setdefault(row["claim_id"], []).append(sentence_numbers[row["sentence_id"]])
    rows = comparison.claims.to_dict("records")
    carriers = {row["claim_id"]: sum(j.carried for j in judgements.get(row["claim_id"], {}).values()) for row in rows}
    rows.sort(key=lambda row: carriers[row["claim_id"]] < SHARED_FROM)
    claims = tuple(
        Claim(
            number=number,
            claim_id=row["claim_id"],
            text=row["claim"],
            kind=row["kind"],
            speaker=_given(row["speaker"]),
            judgements=tuple(judgements.get(row["claim_id"], {}).get(outlet) for outlet in outlets),
            sentences=tuple(dict.fromkeys(carrying.get(row["claim_id"], ()))),
        )
        for number, row in enumerate(rows, 1)
    )
    alone = {}
    for outlet in outlets if len(outlets) > 1 else ():
        table = comparison.only_in(outlet)
        alone[outlet] = dict(zip(table["claim_id"], table["probability_omitted"], strict=True))
    return View(comparison, tuple(outlets), claims, alone)


def _given(value: Any) -> Any:
    import pandas as pd

    return None if pd.isna(value) else value
