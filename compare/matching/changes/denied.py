"""What a passage denies, as marks: "not", "failed to", "found no evidence that"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.tokens import stem
from compare.matching.changes.cues import denials
from compare.matching.changes.lexicon import CONDITIONS, DENIALS
from compare.matching.changes.marks import Mark, content_behind, mark
from compare.matching.changes.reading import kept

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

SCALE = "denied"
# What there is none of where a thing is not so: "found no evidence that", "there was no sign of".
_PROOF = frozenset(map(stem, "evidence sign signs proof indication indications suggestion trace".split()))
_FOUND = frozenset("found find finds see saw sees seen had has have is was are were be there".split())
_LONGEST_FINDER = 6  # words
_WITH_TO = frozenset(map(stem, "refused failed declined unable".split()))
_DENY = stem("denied")
_WITH_NO = frozenset({("in", "way"), ("by", "means")})
# Words that deny what stands behind them, if not of everything.
_ELSE = frozenset(
    {("out", "of"), ("free", "of"), ("free", "from"), ("far", "from"), ("instead", "of"), ("rather", "than")}
)
_UNLIKE = frozenset("unlike without nothing absent".split())
_EVADED = frozenset(
    map(stem, "eluded evaded escaped missed lacked avoided prevented withheld withhold deprived".split())
)
_REPORTS = frozenset(map(stem, "reports claims allegations suggestions accusations rumours rumors".split()))
# Behind a denial these leave something standing: "not until May", "not as often as", "not much", "never again".
_LATER = frozenset("until till before".split())
_IN_PART = frozenset(
    "as so nearly much many more less enough another again yet even really entirely fully always".split()
)
_OPEN_CLAUSES = frozenset("that he she it they having any".split())


@kept
def denied(reading: Reading) -> tuple[Mark, ...]:
    """The denials of a passage; "none" and "nobody" are shares."""
    found = []
    for at, word in denials(reading):
        places = _denial(reading, at)
        if not places:
            continue
        governs = content_behind(reading, places[-1], 6) if word <= places[-1] else word
        if governs < 0 or _in_part(reading, at, governs):
            found.append(mark("", SCALE, "in part", places))
        else:
            found.append(mark("negation", SCALE, "not", places, governs))
    for at, low in enumerate(reading.low):
        if low in _UNLIKE or reading.stems[at] in _EVADED:
            found.append(mark("", SCALE, "else", (at,)))
        elif (low, *reading.low[at + 1 : at + 2]) in _ELSE:
            found.append(mark("", SCALE, "else", (at, at + 1)))
    return tuple(found)


def _denial(reading: Reading, at: int) -> list[int]:
    """The words of the denial that begins or stands here, nothing where it is none by itself."""
    low, form, behind = reading.low[at], reading.stems[at], [*reading.low[at + 1 : at + 3], "", ""]
    if low in ("none", "nobody", "nothing", "neither", "no"):
        return _with_no(reading, at)
    if form == _DENY:  # "denied the charges" takes a side
        return [at] if behind[0] in _OPEN_CLAUSES or behind[0].endswith("ing") else []
    if form in _WITH_TO:  # but not "was refused to the pilot"
        return [at] if behind[0] == "to" and behind[1] not in ("the", "a", "an") else []
    if form in DENIALS:  # "rejected reports that"
        end = next((k for k in (at + 1, at + 2) if reading.stems[k : k + 1] and reading.stems[k] in _REPORTS), at)
        return [*range(at, end + 2)] if reading.low[end + 1 : end + 2] == ["that"] and end > at else []
    counted = low == "not" and behind[0] in ("all", "every", "everyone")
    return [] if counted or low == "without" else [at]


def _with_no(reading: Reading, at: int) -> list[int]:
    """The words of "no longer", "in no way", "found no evidence that"."""
    behind = reading.low[at + 1 : at + 2]
    if reading.low[at] != "no" or not behind:
        return []
    if behind == ["longer"]:
        return [at, at + 1]
    if at and (reading.low[at - 1], *behind) in _WITH_NO:
        return [at - 1, at, at + 1]
    if reading.stems[at + 1] in _PROOF and reading.low[at + 2 : at + 3] in (["that"], ["of"], ["for"]):
        first = _finder(reading, at - 1) if at and reading.low[at - 1] in _FOUND else at
        return [*range(first, at + 3)]
    return []


def _finder(reading: Reading, verb: int) -> int:
    """Where who finds no evidence begins: what opens the clause is no part of what is denied."""
    opens = (
        max(
            (
                k
                for k in range(verb)
                if (reading.breaks[k], reading.commas[k]) != (reading.breaks[verb], reading.commas[verb])
            ),
            default=-1,
        )
        + 1
    )
    return opens if verb - opens <= _LONGEST_FINDER and not reading.sources else verb


def _in_part(reading: Reading, at: int, word: int) -> bool:
    """Whether a denial leaves something standing, or only sets one thing against another: "Harte, not her husband"."""
    if reading.commas[at] != reading.commas[word]:
        return True
    beside = at and (reading.commas[at - 1] != reading.commas[at] or reading.low[at - 1] in ("and", "but"))
    if reading.low[at] == "not" and beside:
        return True
    behind = [
        reading.low[k] for k in range(at + 1, min(at + 16, len(reading.low))) if reading.breaks[k] == reading.breaks[at]
    ]
    if not _IN_PART.isdisjoint(behind[:2]) or not _LATER.isdisjoint(behind):
        return True
    if "nearly" in behind or "anything" in behind:
        return True
    return any(one == other == "as" for one, other in zip(behind, behind[2:], strict=False))


@kept
def conditions(reading: Reading) -> tuple[Mark, ...]:
    """Where a passage only supposes something."""
    return tuple(mark("", "supposed", word, (at,)) for at, word in enumerate(reading.low) if word in CONDITIONS)
