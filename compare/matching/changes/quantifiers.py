"""Quantifiers: all, most, some, few, none, only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compare.language.english import changes as english
from compare.matching.changes.lexicon import Phrases
from compare.matching.changes.reading import Mark, kept, mark
from compare.matching.changes.scope import is_record, of_limits

if TYPE_CHECKING:
    from compare.matching.changes.reading import Reading

SCALE = "share"
OPEN = "open"  # who may do something: everyone, or only some
_BUT_FOR = Phrases((phrase, "only") for phrase in english["but_for"])
_RESTS = {"few": "most", "not-all": "some", "none": "all"}
_REACH = 4  # words from "not" to "alone"
_SHARES = {word: share for share, words in english["shares"].items() for word in words.split()}
_HEADS = {word: share for share, words in english["share_heads"].items() for word in words.split()}
_PHRASES = Phrases((phrase, share) for share, phrases in english["share_phrases"].items() for phrase in phrases)
_NOT_BEHIND, _NOT_BEFORE, _AGAINST = (
    {word: frozenset(others.split()) for word, others in english[table].items()}
    for table in ("no_share_behind", "no_share_before", "shares_against")
)


@kept
def shares(reading: Reading) -> tuple[Mark, ...]:
    """Return the quantifiers of a passage."""
    found: list[Mark] = []
    end = 0
    limiting = of_limits(reading)
    for at, word in enumerate(reading.low):
        if at < end or at in limiting:
            continue
        places, value = _phrase(reading, at) or ([at], _SHARES.get(word) or _of_many(reading, at))
        if not value or (places == [at] and _tells_no_share(reading, at, value)):
            continue
        before = reading.low[at - 1] if at else ""
        if word == "no" and reading.low[at + 1 : at + 2] == ["one"]:
            places = [at, at + 1]
        elif places == [at] and value in ("all", "none") and before in english.nearly:
            value, places = {"all": "most", "none": "few"}[value], [at - 1, at]
        if value == "none" and (behind := _but_for(reading, places[-1] + 1)):  # "nobody except members"
            value, places = "only", list(range(at, behind))
        while places[0] and reading.low[places[0] - 1] in english.before_shares:
            places.insert(0, places[0] - 1)  # "only a few", "the vast majority"
        if found and found[-1].places[-1] >= places[0]:
            found.pop()  # the "only" of "only a few"
        end = places[-1] + 1
        says = {(SCALE, value)}
        leave = not english.giving_leave.isdisjoint(reading.low[end : end + 1])  # "anyone may"
        if value == "only" or (value == "all" and word in english.open_to_all and leave):
            says.add((OPEN, value))
        found.append(Mark("quantifier", frozenset(says), tuple(places), reading.content_behind(places[-1])))
    taken = {at for one in found for at in one.places}
    return (*found, *(one for one in _not_only(reading) if taken.isdisjoint(one.places)))


def _phrase(reading: Reading, at: int) -> tuple[list[int], str] | None:
    """The places and meaning of a quantifier of several words that begins here: "hardly any", "half of"."""
    for end, value in _PHRASES.at(reading.low, at):
        return list(range(at, end)), value
    low, behind = reading.low[at], reading.low[at + 1 : at + 2]
    before = reading.low[at - 1] if at else ""
    if low in _HEADS and behind == ["of"] and (_HEADS[low] != "part" or at == 0 or before in english.merely):
        return [at, at + 1], _HEADS[low]
    run = at
    while run < len(reading.low) and reading.numeric[run]:
        run += 1
    of, whose = [*reading.low[run : run + 2], "", ""][:2]
    if run > at and low != "half" and of == "of" and whose in english.of_a_half:
        return (list(range(at, run)), "part") if before not in ("all", "the", "these", "those") else None
    if low == "half" and behind and (behind[0] == "of" or behind[0] in english.of_a_half):
        more = reading.low[max(0, at - 2) : at]
        value = "most" if more in english["more_than"] else "part" if more in english["less_than"] else "half"
        return ([at], value) if before not in ("first", "second", "other") else None
    return None


def _tells_no_share(reading: Reading, at: int, value: str) -> bool:
    """Whether a possible quantifier means something else here: "No, he said", "every day", "some 200 people"."""
    word, last = reading.low[at], at + 1 == len(reading.low)
    before = reading.low[at - 1] if at else ""
    behind = "" if last else reading.low[at + 1]
    if before in _NOT_BEHIND.get(word, ()) or behind in _NOT_BEFORE.get(word, ()):
        return True
    said_no = word == "no" and not last and reading.commas[at + 1] != reading.commas[at]
    asked = word in english.any_of_all and behind not in english.giving_leave | {"is"}
    if said_no or asked or (value == "none" and is_record(reading, at)):
        return True  # "if anyone asks", "no storm as bad since 1987"
    counted = not last and reading.numeric[at + 1] and word != "all" and (word, behind) != ("no", "one")
    return (behind in english.spans and (word, behind) != ("no", "one")) or counted or _counts_nothing(reading, at)


def _counts_nothing(reading: Reading, at: int) -> bool:
    """Whether a word is no share here: "most expensive", but not "most residents"; "both the north and the south"."""
    behind = reading.low[at + 1 : at + 3]
    if reading.low[at] == "most" and behind[:1] != ["of"]:
        return not any(low.endswith("s") or low in ("people", "children") for low in behind)
    return reading.low[at] == "both" and "and" in reading.low[at : at + 8]


def _but_for(reading: Reading, at: int) -> int:
    """Where an "except" or "other than" that begins here ends; 0 if there is none."""
    return next((end for end, _ in _BUT_FOR.at(reading.low, at)), 0)


def _not_only(reading: Reading) -> list[Mark]:
    """The marks that deny an "only": "not only members", "not members alone"."""
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
    """The share that "one of the" gives."""
    behind = [*reading.low[at + 1 : at + 3], "", ""]
    ofs = ("the", "its", "their", "them", "his", "her")
    return "one" if reading.low[at] == "one" and behind[0] == "of" and behind[1] in ofs else ""


def shares_differ(one: str, other: str) -> bool:
    """Return whether two shares cannot be true of the same things."""
    return other in _AGAINST.get(one, ())


def counts_the_rest(one: Reading, other: Reading) -> bool:
    """Return whether one counts those who did and the other those who did not: "few came", "most did not come"."""
    pairs = ((here.value(SCALE), there.value(SCALE)) for here in shares(one) for there in shares(other))
    return any(_RESTS.get(here) == there or _RESTS.get(there) == here for here, there in pairs)
