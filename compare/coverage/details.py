"""Which claims tell a detail of another: they become its parts, so that a fact counts once.

Two signs are looked for: one claim's wording says all that the other's does, or it is a relative clause of it wherever
it is told. A wrong part hides a fact, so all doubts keep two claims apart.
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

# Probability that a wording tells a claim from which it surely does. More is asked where the longer wording becomes the
# part, because then what it tells beside the claim is folded away.
_TELLS, _TELLS_FOLDED = 0.75, 0.8
_NEAR = 0.73  # how much of the claim it must hold besides, from -1 to 1: long wordings have a probability for little
_ASKED_FROM = 0.6  # the same, below which no pair is looked at
_VOICES = 2  # of a claim that has parts
_IN_PASSING = re.compile(r", (?:who|which|whose|where)\b[^,;]*,")
_RELATIVE = re.compile(r"(?P<about>[^,;]+), (?:who|which|whose|where)\b[^,;]*")
_SAYS = re.compile(r", who (?:\w+ ){1,2}that\b")


def find_parts(panel: Panel, claims: pd.DataFrame, mentions: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the CLAIMS table with `part_of` filled in; it needs the speakers.

    A part is told by no more independent voices than its claim, and only by outlets that carry that; nobody tells it
    otherwise than others do; it has no parts. Parts are found with the shipped reader only: words alone cannot tell
    them from what stands near.
    """
    import pandas as pd

    reader = panel.reader
    if not opinion.is_small(reader) or len(claims) < 2:
        return claims
    # What stands in brackets before a claim is told by another.
    wordings = [asked(wording) for wording in claims["claim"]]
    tells, near = _told(reader, panel, wordings)
    voices = claims["voices"].tolist()
    apart = _Apart(claims, wordings, coverage)
    found = [
        (float(tells[less, more]), whole, part)
        for less, more in np.argwhere((tells >= _TELLS) & ~np.eye(len(claims), dtype=bool)).tolist()
        for whole, part in [(less, more) if voices[less] > voices[more] else (more, less)]
        # The one surely tells the other: it holds most of it, or each surely tells the other.
        if (near[less, more] >= _NEAR or min(tells[less, more], tells[more, less]) >= _TELLS_FOLDED)
        and not apart.are(whole, part)
        if whole == more or _is_folded(reader, panel, wordings[less], wordings[more], tells[less, more])
    ]
    found += [(0.0, whole, part) for whole, part in _relative(claims, wordings, mentions) if not apart.are(whole, part)]
    # The widest claim first, so that what is a part has none itself.
    part_of: dict[int, int] = {}
    for _, whole, part in sorted(found, key=lambda one: (-voices[one[1]], -one[0], one[1], one[2])):
        if whole not in part_of and part not in part_of and part not in part_of.values():
            part_of[part] = whole
    ids = claims["claim_id"].tolist()
    told_of = [ids[part_of[at]] if at in part_of else None for at in range(len(ids))]
    return claims.assign(part_of=pd.Series(told_of, index=claims.index, dtype="str"))


def _told(reader: Encoding, panel: Panel, wordings: Sequence[str]) -> tuple[Floats, Floats]:
    """How probably each claim is told by each wording, and how much that holds of it: shape (claims, wordings)."""
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
    """Whether a wording that tells more than a claim may become its part: the claim is the matter of it.

    "The plan, which is secret, will cost 300 jobs" tells in passing that the plan is secret.
    """
    if tells < _TELLS_FOLDED:
        return False
    without = _IN_PASSING.sub(" ", longer)
    return without == longer or bool(_told(reader, panel, [claim, without])[0][0, 1] >= _TELLS_FOLDED)


class _Apart:
    """What keeps two claims apart however much they share."""

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
        """Whether the one cannot be a part of the other."""
        one, other = self._speakers[whole], self._speakers[part]
        return bool(
            self._disputed[part]  # what outlets tell differently is not folded away
            or self._relative[whole]  # which says too little by itself to stand for others
            or self._voices[whole] < max(self._voices[part], _VOICES)
            or not self._carriers[part] <= self._carriers[whole]
            or (one is not None and other is not None and one.isdisjoint(other))
            or changes_between(self._wordings[whole], self._wordings[part])
        )


def _relative(claims: pd.DataFrame, wordings: Sequence[str], mentions: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """Claims, and those that are told as relative clauses of theirs and not otherwise.

    A relative clause begins with what it is about, so that its words and those of the clause before overlap; the claim
    must name that. A clause after which the sentence goes on ("Departments, which are full, could not") tells what the
    sentence does, and one in which somebody says something tells what is said.
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
    """What a wording that is a relative clause and no more is about; empty for any other."""
    clause = _RELATIVE.fullmatch(wording)
    return "" if clause is None or is_statement(clause["about"]) else clause["about"]
