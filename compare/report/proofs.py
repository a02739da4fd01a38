"""The sentences behind a finding: who says what, how sure that is, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compare.report.look import LOOK_OF, QUOTE_LOOK_OF
from compare.report.wording import language_tag, percent, plain, shorten, sureness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.report.look import Look
    from compare.report.quotations import Quotation, Version
    from compare.report.view import Claim, Judgement, View

_OTHERS = 2  # outlets that stand beside the one that a finding is about
_WIDTH = 400  # characters of a sentence; the article is a link away


@dataclass(frozen=True)
class Proof:
    """What one outlet has, in the words of its article.

    Attributes:
        sure: what the decision is and how sure, in words.
        number: the sentence's number in the page; None where there is no sentence to show.
        language: of the article, where it is known.
    """

    outlet: str
    look: Look
    sure: str
    number: int | None
    text: str
    language: str | None


def claim_proofs(view: View, claim: Claim, about: Iterable[str]) -> tuple[Proof, ...]:
    """Show what the outlets that a finding is about have of a claim, and the surest of those that carry it."""
    named = set(about)
    judged = [j for j in claim.judgements if j]
    carriers = sorted((j for j in judged if j.carried and j.outlet not in named), key=_closest)
    told = [j for j in judged if j.outlet in named][:_OTHERS] + carriers[:_OTHERS]
    return tuple(_of_judgement(view, judgement) for judgement in told)


def quotation_proofs(view: View, quotation: Quotation, about: Version) -> tuple[Proof, ...]:
    """Show a quotation's version at an outlet, and beside it those that have it in full, or else in other ways."""
    states = ("full", "trimmed", "paraphrased")
    others = [version for state in states for version in sorted(quotation.at(state), key=lambda one: -one.probability)]
    beside = [version for version in others if version.outlet != about.outlet]
    return tuple(_of_version(view, version) for version in (about, *beside[:_OTHERS]))


def _closest(judgement: Judgement) -> tuple[bool, float]:
    return judgement.state in ("altered", "contested"), -judgement.probability


def _of_judgement(view: View, judgement: Judgement) -> Proof:
    look = LOOK_OF[judgement.state]
    nearest = "" if judgement.carried or judgement.sentence is None else "; its nearest sentence:"
    said = f"{look.word}, {sureness(judgement.state, judgement.probability)}{nearest}"
    return Proof(judgement.outlet, look, said, judgement.sentence, *sentence_shown(view, judgement.sentence))


def _of_version(view: View, version: Version) -> Proof:
    look = QUOTE_LOOK_OF[version.state]
    said = f"{look.word}, {percent(version.probability)} sure that these words are its version"
    return Proof(version.outlet, look, said, version.sentence, *sentence_shown(view, version.sentence))


def sentence_shown(view: View, number: int | None) -> tuple[str, str | None]:
    """Give a sentence as it is shown beside others, and its language where that is known."""
    if number is None:
        return "", None
    row = view.comparison.sentences.iloc[number]
    articles = view.comparison.articles
    language = articles.loc[articles["article_id"] == row["article_id"], "language"]
    return shorten(plain(row["text"]), _WIDTH), language_tag(next(iter(language), None))
