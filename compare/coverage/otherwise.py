"""Cells that words leave open: an outlet tells the same event with another amount or day, or denies it.

Such an outlet neither tells a claim nor leaves it out. Where words prove that it differs, `conflicts` says so; here
they prove too little for that, and too much for silence. English only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.claims.phrasing import asked
from compare.language.amounts import NAMED
from compare.language.english import MONTHS
from compare.language.english import changes as english
from compare.language.languages import ENGLISH
from compare.language.tokens import stem, words
from compare.matching.changes.frame import marks
from compare.matching.changes.kinds import changes_between
from compare.matching.changes.lexicon import UNTIL
from compare.matching.changes.reading import SAYING, kept, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compare.claims.group import Group
    from compare.coverage.judgements import Judgements
    from compare.language.amounts import Quantity
    from compare.language.texts import Story
    from compare.matching.changes.reading import Mark, Reading
    from compare.settings import Settings

_SURELY = 0.15  # up to this probability omissions hold: see `report.story.bar`; a near amount alone is no doubt
_APART = 3  # times: amounts farther apart are hardly two versions of one
_RARE_FROM = 13  # smaller numbers are in any text
_LEAST_SHARED = 2  # content words of a claim and its denial
_CALLED = frozenset({"weekday", "date", "clock"})  # of the amounts that say which, those that may be told otherwise
_IN_OTHER_WORDS = frozenset({"paraphrased", "partial"})
_REACH = 2  # words from "said" to the day
_KINDS = frozenset({"number", "time", "negation"})
_UNALIKE = frozenset({"age", "ordinal", "times"})


def left_open(judged: Judgements, claims: Sequence[Group], story: Story, settings: Settings) -> Judgements:
    """Return a copy in which cells are undecided where an outlet tells the event otherwise.

    These are claims carried in other words by a sentence with another amount or day in place of the claim's, and claims
    that are omitted though a sentence about the same has another amount or day, denies it, or gives the same rare
    amount. That sentence is the evidence.
    """
    new = judged.copied()
    for number, group in enumerate(claims):
        claim = read(asked(group.wording))
        for article in np.flatnonzero(story.languages == ENGLISH).tolist():
            cell, state = (number, article), judged.state[number, article]
            if state == "omitted":
                row = _nearest_of(judged, cell, claim, story)
                if row < 0:
                    continue
                new.row[cell], new.beside[cell], new.evidence[cell] = row, -1, story.texts[row]
            elif state not in _IN_OTHER_WORDS or not gives_another(claim, read(judged.evidence[cell])):
                continue
            new.state[cell], new.changes[cell] = "undecided", ""
            new.probability[cell] = settings.middle_of_undecided
    return new.settled()


def _nearest_of(judged: Judgements, cell: tuple[int, int], claim: Reading, story: Story) -> int:
    """Return the first sentence (row) of an article that may tell an omitted claim otherwise, or -1."""
    rows = story.telling[story.article_of[story.telling] == cell[1]].tolist()
    article = [read(story.texts[row]) for row in rows]
    near, unsure = {judged.row[cell], judged.beside[cell]}, bool(judged.probability[cell] > _SURELY)
    told = zip(rows, article, strict=True)
    return next((row for row, one in told if tells_of_it(claim, one, article, near=row in near, unsure=unsure)), -1)


def differs(claim: str, told: str) -> str:
    """Return the kind of change where a passage has another amount or day than a text, or provably denies it; or ""."""
    known = [one.kind for one in changes_between(claim, told) if one.proven and one.kind in _KINDS]
    return known[0] if known else gives_another(read(claim), read(told))


def gives_another(claim: Reading, told: Reading) -> str:
    """Return "number" or "time" if a passage has one amount or day of a claim's kind, and not the claim's; or ""."""
    for one, other in _pairs(claim, told):
        alone = all(sum(known.unit == one.unit for known in side.quantities) == 1 for side in (claim, told))
        if alone and (one.unit or _counted(claim, one) == _counted(told, other)):
            return "time" if one.unit in NAMED else "number"
    mine, theirs = _months(claim), _months(told)
    return "time" if len(mine) == len(theirs) == 1 and mine != theirs else ""


def tells_of_it(claim: Reading, told: Reading, article: Sequence[Reading], *, near: bool, unsure: bool = True) -> bool:
    """Return whether a sentence may tell an omitted claim otherwise.

    `near`: no other of its article is nearer to the claim; `unsure`: the omission is not certain.
    """
    counted = bool(claim.quantities and told.quantities)
    if not (counted or _has_denial(claim) or _has_denial(told)):
        return False
    shared = {form for form in claim.places.keys() & told.places.keys() if not _is_number(claim, form)} - SAYING
    alike = 2 * len(shared) >= len(claim.places.keys() - SAYING)
    for one, other in _pairs(claim, told) if counted else ():
        if alike or _until(claim, one) & _until(told, other):
            return True
        if near and unsure and one.unit not in NAMED and (one.unit or _told_once(shared, claim, told, article)):
            return True
    rare = [one.value for one in claim.quantities if _is_rare(one)]
    if near and any(_is_rare(other) and other.value in rare for other in told.quantities):
        return True
    same = alike or not shared.isdisjoint(claim.names.keys() & told.names.keys())
    return same and len(shared) >= _LEAST_SHARED and (_denies_in(claim, told) or _denies_in(told, claim))


def _told_once(shared: set[str], claim: Reading, told: Reading, article: Sequence[Reading]) -> bool:
    """Whether only one sentence of an article has a word that the claim shares, besides what numbers count."""
    counted = {_counted(side, one) for side in (claim, told) for one in side.quantities}
    return any(sum(form in one.places for one in article) == 1 for form in shared - counted)


def _pairs(claim: Reading, told: Reading) -> list[tuple[Quantity, Quantity]]:
    """The amounts that only the claim has and those that only the passage has, where one may stand for the other."""
    mine = [one for one in _told(claim) if not any(_may_be_one(one, other) for other in told.quantities)]
    theirs = [one for one in _told(told) if not any(_may_be_one(one, other) for other in claim.quantities)]
    return [(one, other) for one in mine for other in theirs if _may_replace(one, other)]


@kept
def _told(reading: Reading) -> list[Quantity]:
    """The amounts of a sentence without the day on which somebody said it: "said on Monday"."""
    return [one for one in reading.quantities if one.unit not in NAMED or SAYING.isdisjoint(_before(reading, one))]


def _before(reading: Reading, one: Quantity) -> list[str]:
    return [stem(word) for word in words(reading.text[: one.start])[-_REACH:]]


def _may_be_one(one: Quantity, other: Quantity) -> bool:
    """Whether both may be one amount; "no more than 3" and "not more than 3" give the same figure."""
    return one.agrees_with(other) or (one.unit == other.unit and one.value == other.value)


def _may_replace(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit or one.unit in _UNALIKE:
        return False
    if one.unit in NAMED:
        return one.unit in _CALLED
    low, high = sorted((abs(one.value), abs(other.value)))
    return low > 0 and high <= _APART * low


@kept
def _months(reading: Reading) -> set[str]:
    """The months in which something happened; those of dates and datelines have a day beside them."""
    return {
        low
        for before, low in zip(reading.low, reading.low[1:], strict=False)
        if low in MONTHS and before in english.before_month
    }


def _denies_in(reading: Reading, other: Reading) -> bool:
    """Whether a sentence denies a word that the other has, which denies nothing."""
    if _has_denial(other):
        return False
    return any(_is_denial(one) and one.word >= 0 and reading.stems[one.word] in other.places for one in marks(reading))


@kept
def _has_denial(reading: Reading) -> bool:
    return any(map(_is_denial, marks(reading)))


def _is_denial(one: Mark) -> bool:
    return one.kind == "negation" and "denied" in one.scales


def _is_rare(one: Quantity) -> bool:
    return one.unit not in NAMED and one.unit not in _UNALIKE and not one.how and one.written >= _RARE_FROM


def _is_number(reading: Reading, form: str) -> bool:
    return any(reading.numeric[at] for at in reading.places[form])


def _until(reading: Reading, one: Quantity) -> set[str]:
    """The word before a day up to which something lasts."""
    return set(words(reading.text[: one.start].casefold())[-1:]) & UNTIL if one.unit in NAMED else set()


def _counted(reading: Reading, one: Quantity) -> str:
    """The word after a bare number."""
    return next((stem(word) for word in words(reading.text[one.end :])[:1]), "")
