"""Which way: rose or fell, for or against, won or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.tokens import stem
from compare.matching.changes.cues import rules_out, telling
from compare.matching.changes.lexicon import RULED_OUT, SIDES
from compare.matching.changes.marks import Mark, content_behind
from compare.matching.changes.reading import kept

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

# Sides that two take at once: what one wins the other loses, and what is above has the other below it.
MIRRORED = frozenset({"win", "lead", "trade", "more", "level", "early"})
# Whether a thing is so at all is denied or not; the other sides are ways that it went.
_YES_OR_NO = frozenset({"guilt", "legal", "likely", "success", "life", "hold"})
_TAKING_SIDES = frozenset(
    map(
        stem,
        """vote votes voted voting speak speaks spoke spoken rule rules ruled ruling argue argued arguing campaign
        campaigned campaigning decide decided testify testified protest protested demonstrate demonstrated march marched
        rally rallied lobby lobbied stand stood come came decision vote speech advise advised plead pleaded""".split(),
    )
)
_TO_THAN = 6  # words behind "more" in which its "than" is looked for
_COUNTED = "all"  # of `SIDES`: how many is for quantifiers


@kept
def ways(reading: Reading) -> tuple[Mark, ...]:
    """The words of a passage that take a side."""
    found = []
    names_source = telling(reading)  # "the fire service said" takes no side
    for at, form in enumerate(reading.stems):
        if at in names_source and at + 1 in names_source:
            continue
        sides, places = _sides(reading, at, form)
        says = {(scale, "+" if sign > 0 else "-") for scale, sign in sides if scale != _COUNTED}
        if says:
            kind = "negation" if {scale for scale, _ in says} <= _YES_OR_NO else "direction"
            found.append(Mark(kind, frozenset(says), places, content_behind(reading, places[-1])))
    return tuple(found)


def _sides(reading: Reading, at: int, form: str) -> tuple[tuple[tuple[str, int], ...], tuple[int, ...]]:
    """The sides that a word takes, and the words it takes them with."""
    low = reading.low
    behind = low[at + 1 : at + 3]
    counted = at + 1 < len(low) and reading.numeric[at + 1]
    places: tuple[int, ...] = (at,)
    sides = SIDES.get(form, ())
    if low[at] in ("for", "against"):
        led = any(reading.stems[k] in _TAKING_SIDES for k in range(max(0, at - 2), at))
        sides = (("assent", 1 if low[at] == "for" else -1),) if led else ()
    elif low[at] == "in" and behind in (["favour", "of"], ["favor", "of"]):
        places, sides = (at, at + 1, at + 2), (("assent", 1),)
    elif low[at] in ("opposed", "opposition") and behind[:1] == ["to"]:
        places, sides = (at, at + 1), (("assent", -1),)
    elif low[at] in ("up", "down"):
        sides = (("rise", 1 if low[at] == "up" else -1),) if counted else ()
    elif form == "give" and behind[:1] == ["way"]:
        places, sides = (at, at + 1), SIDES["collaps"]
    elif rules_out(reading, at):
        sides = RULED_OUT
    elif behind[:1] == ["than"] and at + 2 < len(low) and reading.numeric[at + 2]:
        sides = ()  # "more than 300" is an amount
    return sides, places


def compares(reading: Reading, one: Mark) -> bool:
    """Whether "than" follows."""
    at = one.places[-1]
    return "than" in reading.low[at + 1 : at + 1 + _TO_THAN]
