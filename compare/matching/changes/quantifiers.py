"""How many of them: all, most, some, few, none, only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.matching.changes.reading import Mark, kept, mark
from compare.matching.changes.scope import is_record

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

SCALE = "share"
OPEN = "open"  # who may: everyone, or only some
_BUT_FOR = [phrase.split() for phrase in english["but_for"]]
_REACH = 4  # words from "not" to "alone"
_SHARES = {word: share for share, words in english["shares"].items() for word in words.split()}
_NOT_BEHIND, _NOT_BEFORE, _AGAINST = (
    {word: frozenset(others.split()) for word, others in english[table].items()}
    for table in ("no_share_behind", "no_share_before", "shares_against")
)


@kept
def shares(reading: Reading) -> tuple[Mark, ...]:
    """The words of a passage that tell how many of them."""
    found: list[Mark] = []
    for at, word in enumerate(reading.low):
        value = _SHARES.get(word) or _of_many(reading, at)
        before = reading.low[at - 1] if at else ""
        behind = reading.low[at + 1] if at + 1 < len(reading.low) else ""
        if not value or before in _NOT_BEHIND.get(word, ()) or behind in _NOT_BEFORE.get(word, ()):
            continue
        places = [at]
        said_no = word == "no" and at + 1 < len(reading.low) and reading.commas[at + 1] != reading.commas[at]
        asked = word in english.any_of_all and behind not in english.giving_leave | {"is"}
        if said_no or asked or (value == "none" and is_record(reading, at)):
            continue  # "No, he said", "if anyone asks", "no storm as bad since 1987"
        if word == "no" and behind == "one":
            places.append(at + 1)
        elif behind in english.spans or (at + 1 < len(reading.low) and reading.numeric[at + 1] and word != "all"):
            continue  # "every day", "some 200 people"
        elif word in ("few", "minority") and before == "a":
            limited = at > 1 and reading.low[at - 2] in ("only", "just")
            places = list(range(at - 1 - limited, at + 1))
            value = "some" if word == "few" and not limited else "few"
        elif _counts_nothing(reading, at):
            continue
        elif value == "all" and before == "not":
            value, places = "not-all", [at - 1, at]
        elif value in ("all", "none") and before in english.nearly:
            value, places = {"all": "most", "none": "few"}[value], [at - 1, at]
        if value == "none" and (end := _but_for(reading, places[-1] + 1)):  # "nobody except members"
            value, places = "only", list(range(at, end))
        if found and found[-1].places[-1] >= places[0]:
            found.pop()  # the "only" of "only a few"
        says = {(SCALE, value)}
        if value == "only" or (value == "all" and word in english.open_to_all and behind in english.giving_leave):
            says.add((OPEN, value))
        found.append(Mark("quantifier", frozenset(says), tuple(places), reading.content_behind(places[-1])))
    taken = {at for one in found for at in one.places}
    return (*found, *(one for one in _not_only(reading) if taken.isdisjoint(one.places)))


def _counts_nothing(reading: Reading, at: int) -> bool:
    """Whether a word tells no share: "most expensive", but not "most residents"; "both the north and the south"."""
    behind = reading.low[at + 1 : at + 3]
    if reading.low[at] == "most" and behind[:1] != ["of"]:
        return not any(low.endswith("s") or low in ("people", "children") for low in behind)
    return reading.low[at] == "both" and "and" in reading.low[at : at + 8]


def _but_for(reading: Reading, at: int) -> int:
    """Where "except" or "other than" ends that begins here; 0 if none does."""
    return next((at + len(phrase) for phrase in _BUT_FOR if reading.low[at : at + len(phrase)] == phrase), 0)


def _not_only(reading: Reading) -> list[Mark]:
    """Where somebody is said not to be the only one: "not only members", "not members alone"."""
    found = []
    for at, word in enumerate(reading.low[:-1]):
        if word != "not":
            continue
        alone = next((k for k in range(at + 2, at + 1 + _REACH) if reading.low[k : k + 1] == ["alone"]), -1)
        if reading.low[at + 1] in english.merely:
            found.append(mark("quantifier", SCALE, "not-only", [at, at + 1], reading.content_behind(at + 1)))
        elif alone > 0 and reading.are_together(at, alone):
            found.append(mark("quantifier", SCALE, "not-only", [alone], reading.content_behind(at)))
    return found


def _of_many(reading: Reading, at: int) -> str:
    """What "one of the", "a majority of" tell."""
    behind = [*reading.low[at + 1 : at + 3], "", ""]
    if reading.low[at] == "one" and behind[0] == "of" and behind[1] in ("the", "its", "their", "them", "his", "her"):
        return "one"
    return {"majority": "most", "minority": "few"}.get(reading.low[at], "") if behind[0] == "of" else ""


def shares_differ(one: str, other: str) -> bool:
    """Whether two shares cannot be said of the same things."""
    return other in _AGAINST.get(one, ())
