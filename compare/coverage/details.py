"""Claims that tell a detail of another: they become its parts, so that a fact counts once.

There are two signs: the wording of one claim says all that the other's does, or a claim is always told as a relative
clause of the other. A wrong part hides a fact, so two claims stay separate in case of doubt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.phrasing import asked
from compare.coverage.opinions import as_held
from compare.language.clauses import is_statement
from compare.language.tokens import FUNCTION_WORDS, stem, words
from compare.matching.changes.kinds import changes_between
from compare.matching.evidence import find_evidence
from compare.matching.model import carried_probability
from compare.matching.reader import opinion
from compare.matching.reader.late import held
from compare.tables import CARRIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.coverage.opinions import Panel
    from compare.matching.reader.opinion import Encoding

    Floats = NDArray[np.float64]

# Probability from which a wording certainly tells a claim. It must be higher if the longer wording becomes the part,
# because the rest of what it tells is then hidden.
_TELLS, _TELLS_FOLDED = 0.75, 0.8
_NEAR = 0.73  # least likeness to the claim besides, from -1 to 1: long wordings reach the probability easily
_ASKED_FROM = 0.6  # the same, for a pair to be examined
_VOICES = 2  # the fewest voices of a claim that has parts
_IN_PASSING = re.compile(r", (?:who|which|whose|where)\b[^,;]*,")
_RELATIVE = re.compile(r"(?P<about>[^,;]+), (?:who|which|whose|where)\b[^,;]*")
_SAYS = re.compile(r", who (?:\w+ ){1,2}that\b")


def find_parts(panel: Panel, claims: pd.DataFrame, mentions: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the CLAIMS table with `part_of` filled in; it needs the speakers.

    A part is told by no more independent voices than its claim, and only by outlets that carry the claim; outlets do
    not disagree on it; and it has no parts itself. Parts are found with the shipped reader only: words alone cannot
    distinguish them from related claims.
    """
    import pandas as pd

    reader = panel.reader
    if not opinion.is_small(reader) or len(claims) < 2:
        return claims
    # Words in brackets before a claim belong to another claim.
    wordings = [asked(wording) for wording in claims["claim"]]
    tells, near = _told(reader, panel, wordings)
    voices = claims["voices"].tolist()
    apart = _Apart(claims, wordings, coverage)
    found = [
        (float(tells[less, more]), whole, part)
        for less, more in np.argwhere((tells >= _TELLS) & ~np.eye(len(claims), dtype=bool)).tolist()
        for whole, part in [(less, more) if voices[less] > voices[more] else (more, less)]
        # One certainly tells the other if it is near most of it, or if each certainly tells the other.
        if (near[less, more] >= _NEAR or min(tells[less, more], tells[more, less]) >= _TELLS_FOLDED)
        and not apart.are(whole, part)
        if whole == more or _is_folded(reader, panel, wordings[less], wordings[more], tells[less, more])
    ]
    found += [(0.0, whole, part) for whole, part in _relative(claims, wordings, mentions) if not apart.are(whole, part)]
    # Begin with the most widely told claims, so that a part has no parts itself.
    part_of: dict[int, int] = {}
    for _, whole, part in sorted(found, key=lambda one: (-voices[one[1]], -one[0], one[1], one[2])):
        if whole not in part_of and part not in part_of and part not in part_of.values():
            part_of[part] = whole
    ids = claims["claim_id"].tolist()
    told_of = [ids[part_of[at]] if at in part_of else None for at in range(len(ids))]
    return claims.assign(part_of=pd.Series(told_of, index=claims.index, dtype="str"))


def _told(reader: Encoding, panel: Panel, wordings: Sequence[str]) -> tuple[Floats, Floats]:
    """Return the probability that each wording tells each claim, and its likeness: shape (claims, wordings)."""
    number = np.arange(len(wordings))
    encoded = reader.encode(wordings)
    there = held(encoded, encoded, number)
    near = there.near.astype(np.float64)
    found = find_evidence(wordings, wordings, number, near >= _ASKED_FROM, panel.encoder)
    lexical = carried_probability(found.features)
    tells = np.zeros(near.shape)
    tells[found.claim, found.article] = np.where(
        lexical >= panel.settings.undecided_from, as_held(there, found, lexical), 0
    )
    return tells, near


def _is_folded(reader: Encoding, panel: Panel, claim: str, longer: str, tells: float) -> bool:
    """Whether a wording that tells more than a claim may become its part: the claim must be its main statement.

    "The plan, which is secret, will cost 300 jobs" tells in passing that the plan is secret.
    """
    if tells < _TELLS_FOLDED:
        return False
    without = _IN_PASSING.sub(" ", longer)
    return without == longer or bool(_told(reader, panel, [claim, without])[0][0, 1] >= _TELLS_FOLDED)


class _Apart:
    """Reasons to keep two claims separate despite their overlap."""

    def __init__(self, claims: pd.DataFrame, wordings: Sequence[str], coverage: pd.DataFrame) -> None:
        self._wordings, self._voices = wordings, claims["voices"].tolist()
        self._speakers = [
            {word.casefold() for word in words(name)} - FUNCTION_WORDS if isinstance(name, str) else None
            for name in claims["speaker"]
        ]
        states = coverage.groupby("claim_id", sort=False)
        cells: dict[Any, list[tuple[str, str]]] = {
            name: list(zip(rows["outlet"], rows["state"], strict=True)) for name, rows in states
        }
        told = [cells.get(name, []) for name in claims["claim_id"]]
        self._carriers = [{outlet for outlet, state in own if state in CARRIED} for own in told]
        self._relative = [bool(_about(wording)) for wording in self._wordings]
        self._disputed = [any(state in {"altered", "contested"} for _, state in own) for own in told]

    def are(self, whole: int, part: int) -> bool:
        """Whether one claim cannot be a part of the other."""
        one, other = self._speakers[whole], self._speakers[part]
        return bool(
            self._disputed[part]  # outlets disagree on it
            or self._relative[whole]  # it says too little by itself to stand for others
            or self._voices[whole] < max(self._voices[part], _VOICES)
            or not self._carriers[part] <= self._carriers[whole]
            or (one is not None and other is not None and one.isdisjoint(other))
            or changes_between(self._wordings[whole], self._wordings[part])
        )


def _relative(claims: pd.DataFrame, wordings: Sequence[str], mentions: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Yield claims, each with another that is always told as a relative clause of it.

    A relative clause begins with its antecedent, so its words overlap with the clause before; the claim must name the
    antecedent. If the sentence continues after the clause ("Departments, which are full, could not"), the clause tells
    what the sentence does; if somebody says something in it, it tells what is said.
    """
    number = {name: at for at, name in enumerate(claims["claim_id"])}
    own = mentions[mentions["role"] == "member"]
    places: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for name, *place in own[["claim_id", "sentence_id", "start", "end"]].itertuples(index=False):
        places[place[0]].append((number[name], place[1], place[2]))
    leads: dict[int, list[set[int]]] = defaultdict(list)
    for here in places.values():
        for part, start, end in here:
            leads[part].append({one for one, begin, stop in here if begin < start < stop < end})
    for part, heads in sorted(leads.items()):
        about = words(_about(wordings[part]))[-1:]
        if not about or _SAYS.search(wordings[part]):
            continue
        named = [one for one in sorted(set.intersection(*heads)) if stem(about[0]) in map(stem, words(wordings[one]))]
        yield from ((one, part) for one in named)


def _about(wording: str) -> str:
    """Return the antecedent of a wording that is only a relative clause; empty for any other."""
    clause = _RELATIVE.fullmatch(wording)
    return "" if clause is None or is_statement(clause["about"]) else clause["about"]
