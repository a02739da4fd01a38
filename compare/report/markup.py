"""Names and links inside sentences, escaped where they are put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from compare.report.wording import plain, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compare.report.view import Claim

NAMES_AT_MOST = 4  # more names than this in a sentence are counted
NAME_WIDTH = 80  # characters of an outlet's name inside a sentence
LINK_WIDTH = 150  # characters of a claim or a quotation inside a sentence
_OPENING, _CLOSING = "\"'“\u2018„«", "\"'”\u2019“»"
_INNER = str.maketrans('"“”', "'\u2018\u2019")  # quotation marks inside quotation marks


def claim_link(claim: Claim) -> Markup:
    """Link a claim's wording to its evidence."""
    return Markup('<a href="#c{}">{}</a>').format(claim.number, in_marks(claim.text))


def in_marks(text: str) -> Markup:
    """Give a text in quotation marks, without its own pair and its full stop."""
    line = plain(text).removesuffix(".")
    if line[:1] in _OPENING and line[-1:] in _CLOSING:
        line = line[1:-1]
    return Markup("“<bdi>{}</bdi>”").format(shorten(line, LINK_WIDTH).translate(_INNER))


def name_of(outlet: str) -> Markup:
    """Give a name, cut if it is endless, that keeps its own direction of writing."""
    return Markup("<bdi>{}</bdi>").format(shorten(outlet, NAME_WIDTH))


def names_of(outlets: Iterable[str]) -> Markup:
    """Join outlet names: `A`, `A and B`, `A, B and C`, `A, B and 4 others`."""
    names = [name_of(outlet) for outlet in outlets]
    if len(names) > NAMES_AT_MOST:
        shown = names[: NAMES_AT_MOST - 2]
        return Markup("{} and {} others").format(Markup(", ").join(shown), len(names) - len(shown))
    if len(names) < 2:
        return names[0] if names else Markup("")
    return Markup("{} and {}").format(Markup(", ").join(names[:-1]), names[-1])
