"""What is sure enough to be told first: a bar of its own, higher than the one from which a state is decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from compare.language.standing import stands_alone
from compare.report.copies import cut_from_the_end
from compare.tables import AS_WORDED

if TYPE_CHECKING:
    from compare.report.view import Claim, Judgement, View

# On 30 real stories with people's labels 97 % of the cells from here on are carried; of those from .5 on, 90 %.
SURE_AT = 0.8
# Independent voices that surely tell a claim before anybody is said to leave it out: one alone may be misread.
WITNESSES = 2
# Of the omissions below it that findings tell of datasets/planted-truth 47 of 47 hold; of those up to .25, 38 of 43.
LEFT_OUT_AT = 0.15
# Kinds of change that no word proves: what names a speaker or a role otherwise may mean the same one. Who is quoted as
# saying what is told by the quotations, which have a probability of their own for it.
_UNPROVEN = frozenset(("attribution", "roles", "meaning"))


@dataclass(frozen=True)
class Bar:
    """Which claims and decisions of a story pass."""

    view: View

    def tells(self, claim: Claim) -> bool:
        """Whether a claim stands alone, as one of a codebook always does, and enough voices surely tell it."""
        surely = {j.voice for j in claim.judgements if j and j.carried and j.probability >= SURE_AT}
        worded = self.view.comparison.wordings is not None or stands_alone(claim.text)
        return len(surely) >= WITNESSES and worded

    def left_out(self, claim: Claim) -> list[str]:
        """The outlets that surely leave it out: nothing that they or the other copies of their text print is near it.

        What a copy lacks because it was cut from the end, nobody left out; and of what is in dispute it is not plain
        who tells it.
        """
        if claim.outlets("contested"):
            return []
        near = set().union(*(self._near.get(number, ()) for number in self._members.get(claim.claim_id, ())))
        return [
            j.outlet
            for j in claim.judgements
            if j
            and j.state == "omitted"
            and j.probability <= LEFT_OUT_AT
            and j.outlet not in near | self._cut
            and j.voice not in claim.voices
            and (claim.claim_id, j.outlet) not in self._quoting
        ]

    def altered(self, claim: Claim) -> list[Judgement]:
        """Who surely tells it, and provably otherwise than enough voices that surely tell it as worded."""
        as_worded = {j.voice for j in claim.judgements if j and j.state in AS_WORDED and j.probability >= SURE_AT}
        if len(as_worded) < WITNESSES:
            return []
        told = [j for j in claim.judgements if j and j.state == "altered" and j.probability >= SURE_AT]
        return [j for j in told if not _UNPROVEN.issuperset(j.changes.split("; "))]

    @cached_property
    def _members(self) -> dict[str, set[int]]:
        """The sentences (their numbers in the page) that each claim is made of, without those found by its wording."""
        mentions = self.view.comparison.mentions
        own = mentions[mentions["role"] == "member"]
        found: dict[str, set[int]] = {}
        for claim_id, sentence in zip(own["claim_id"], own["sentence_id"], strict=True):
            found.setdefault(claim_id, set()).add(self.view.sentence_numbers[sentence])
        return found

    @cached_property
    def _cut(self) -> set[str]:
        return cut_from_the_end(self.view)

    @cached_property
    def _quoting(self) -> set[tuple[str, str]]:
        """The claims and outlets where a quotation that belongs to the claim is found."""
        quotes = self.view.comparison.quotes
        here = quotes[quotes["state"] != "absent"]
        return set(zip(here["claim_id"], here["outlet"], strict=True))

    @cached_property
    def _near(self) -> dict[int, set[str]]:
        """Of each sentence (its number in the page) the outlets with a sentence or headline that matches it."""
        story = self.view.comparison
        numbers = self.view.sentence_numbers
        outlet_of = dict(zip(story.articles["article_id"], story.articles["outlet"], strict=True))
        outlets = story.sentences["article_id"].map(outlet_of).tolist()
        found: dict[int, set[str]] = {}
        matches = story.matches[story.matches["probability"] >= story.settings.carried_at]
        for left, right in zip(matches["left_id"].map(numbers), matches["right_id"].map(numbers), strict=True):
            found.setdefault(left, set()).add(outlets[right])
            found.setdefault(right, set()).add(outlets[left])
        return found
