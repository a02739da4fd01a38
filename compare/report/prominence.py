"""Where in the articles the shared claims stand, those first that some tell early and others late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.language.standing import stands_alone
from compare.report.look import LOOK_OF
from compare.report.markup import claim_link, names_of
from compare.tables import AS_WORDED, HEADLINE

if TYPE_CHECKING:
    from compare.report.view import Claim, Judgement, View

_FAR = 0.5  # of an article between two outlets' places is worth a sentence
# The furthest of many places is easily that of a wrong match: in both sample stories (ceasefire, harbour) it was.
# Of matches so sure, with nothing altered or in part, none of the three furthest in either story was wrong.
_SURE = 0.9
_SENTENCES = 5  # of fewer, the next sentence is half an article on
_SHADES = ("k3", "k3", "k2", "k1", "")  # of each fifth of an article, from its lead
SHOWN, AT_MOST = 12, 100  # claims: at first, and at all


@dataclass(frozen=True)
class Place:
    """One cell: a shade, and what it says (per cent of the article, or the state of a claim that is not carried)."""

    shade: str
    text: str
    told: str


@dataclass(frozen=True)
class Placed:
    """One claim with its place at each outlet, and how far the sure ones are apart (a share of an article)."""

    claim: Claim
    places: tuple[Place | None, ...]
    apart: float


@dataclass(frozen=True)
class Prominence:
    """What the section shows: a sentence on the claim with the most different places, and the claims."""

    sentence: Markup
    claims: tuple[Placed, ...]
    left: int


def prominence_of(view: View) -> Prominence | None:
    """Give the claims that at least two outlets carry; None where there are none to compare."""
    long = _long_enough(view)
    placed = [Placed(claim, tuple(map(_place, claim.judgements)), _apart(claim, long)) for claim in view.shared]
    placed.sort(key=lambda one: (-one.apart, one.claim.number))
    if not placed:
        return None
    # Of what stands far apart, something that half of the outlets carry and that can be quoted, if there is such.
    far = [one for one in placed if one.apart >= _FAR]
    wide = (one for one in far if 2 * len(one.claim.carriers) >= len(view.outlets) and stands_alone(one.claim.text))
    return Prominence(
        _sentence(next(wide, (far or placed)[0]).claim, long), tuple(placed[:AT_MOST]), len(placed[AT_MOST:])
    )


def _long_enough(view: View) -> set[str]:
    """The outlets with an article of some sentences."""
    sentences = view.comparison.sentences
    counts = sentences.loc[sentences["index"] != HEADLINE, "article_id"].value_counts()
    articles = view.comparison.articles
    return set(articles.loc[articles["article_id"].map(counts) >= _SENTENCES, "outlet"])


def _sure_places(claim: Claim, long: set[str]) -> dict[str, float]:
    """Where each outlet puts the claim, of those that surely carry it in an article of some sentences."""
    sure = (j for j in claim.judgements if j and j.state in AS_WORDED and j.probability >= _SURE)
    return {j.outlet: j.position for j in sure if j.position is not None and j.position >= 0 and j.outlet in long}


def _apart(claim: Claim, long: set[str]) -> float:
    places = _sure_places(claim, long).values()
    return max(places) - min(places) if places else 0.0


def _place(judged: Judgement | None) -> Place | None:
    if judged is None:
        return None
    if not judged.carried or judged.position is None:
        look = LOOK_OF[judged.state]
        return Place("", look.symbol, look.word)
    if judged.position == HEADLINE:
        return Place(_SHADES[0], "headline", "in the headline only")
    fifth = min(int(judged.position * len(_SHADES)), len(_SHADES) - 1)
    return Place(_SHADES[fifth], "lead" if judged.position == 0 else str(round(100 * judged.position)), "")


def _sentence(claim: Claim, long: set[str]) -> Markup:
    if _apart(claim, long) < _FAR:
        return Markup("No claim that is surely carried stands half an article higher at one outlet than at another.")
    places = _sure_places(claim, long)
    low, high = min(places.values()), max(places.values())
    first, last = ([outlet for outlet, place in places.items() if place == end] for end in (low, high))
    template = Markup("{} stands {} at {}, {} at {}.")
    return template.format(claim_link(claim), _where(low), names_of(first), _where(high), names_of(last))


def _where(place: float) -> str:
    if place == 0:
        return "in the lead"
    share = min(max(round(100 * place), 1), 100)
    return "at the end" if share == 100 else f"after {share}\u00a0% of the article"
