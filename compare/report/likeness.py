"""Which outlets tell the same claims of a story: every two of them in a table, and all of them on a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from compare.errors import count
from compare.report.figures.map import names_above
from compare.report.markup import name_of
from compare.report.wording import shorten_all

if TYPE_CHECKING:
    from compare.report.view import View

_LEAST, _MAPPED = 3, (4, 20)  # outlets for a table; fewest and most for a map
_FAITHFUL = 0.2  # stress above which a map shows distances poorly (Kruskal 1964)
_NAME = 22  # characters of an outlet's name on the map
_SPAN, _TOP = 300, 24  # pixels of the map: between its outermost points, above them
_WIDTH = 2 * _SPAN
_SHADES = ((0.75, "k3"), (0.5, "k2"), (0.25, "k1"))
_ABOVE, _BELOW = -11, 20  # pixels of a name from its point


@dataclass(frozen=True)
class Pair:
    """Two outlets: the share of the shared claims of either that both carry, as shade and as text."""

    shade: str
    text: str
    told: str


@dataclass(frozen=True)
class Alike:
    """What the section shows.

    Attributes:
        outlets: in an order in which neighbours are alike.
        pairs: a row per outlet, None on the diagonal and where neither carries a shared claim.
        map: what `likeness.svg.j2` draws; nothing where there are too few or too many outlets.
        faithful: whether the map's distances are near the true ones.
    """

    sentence: Markup
    outlets: tuple[str, ...]
    pairs: tuple[tuple[Pair | None, ...], ...]
    map: dict[str, Any]
    faithful: bool


def alike_of(view: View) -> Alike | None:
    """Compare every two outlets; None where there are fewer than three, or no shared claims."""
    rows = [row for row in likeness_rows(view) if row["share"] is not None]
    if len(view.outlets) < _LEAST or not rows:
        return None
    found = {pair: row for row in rows for pair in ((row["one"], row["other"]), (row["other"], row["one"]))}
    order = neighbours(view.outlets, found)
    pairs = tuple(tuple(_pair(found.get((one, other))) for other in order) for one in order)
    drawn, stress = _map(order, found)
    return Alike(_sentence(rows), tuple(order), pairs, drawn, stress <= _FAITHFUL)


def likeness_rows(view: View) -> list[dict[str, Any]]:
    """Count for every two outlets the shared claims that they have in common.

    A claim that is undecided at one of the two is not counted for them.

    Returns:
        Rows with one, other, either (shared claims that at least one of the two carries), both, and share
        (both / either; None where neither carries any).
    """
    at = [
        {j.outlet: j.carried for j in claim.judgements if j and j.state != "undecided"}
        for claim in view.shared
    ]  # fmt: skip
    rows = []
    for place, one in enumerate(view.outlets):
        for other in view.outlets[place + 1 :]:
            pairs = [(claim[one], claim[other]) for claim in at if one in claim and other in claim]
            either, both = sum(a or b for a, b in pairs), sum(a and b for a, b in pairs)
            share = both / either if either else None
            rows.append({"one": one, "other": other, "either": either, "both": both, "share": share})
    return rows


def neighbours(outlets: tuple[str, ...], pairs: dict[tuple[str, str], dict[str, Any]]) -> list[str]:
    """Begin with the outlet that is most like the others, and go on to whichever is most like the last one.

    Two outlets without a share, or without a pair, have nothing in common.
    """

    def share(one: str, other: str) -> float:
        return pairs[one, other]["share"] or 0.0 if (one, other) in pairs else 0.0

    left = list(outlets)
    order = [max(left, key=lambda one: sum(share(one, other) for other in outlets if other != one))]
    left.remove(order[0])
    while left:
        order.append(max(left, key=lambda one: share(order[-1], one)))
        left.remove(order[-1])
    return order


def _sentence(rows: list[dict[str, Any]]) -> Markup:
    shares = {(row["one"], row["other"]): round(100 * row["share"]) for row in rows}
    most, least = max(shares.values()), min(shares.values())
    if most == least:
        return Markup("Every two outlets have the same share of their claims in common ({}\u00a0%).").format(most)
    return Markup("Most in common have {}, least {}.").format(_named(shares, most), _named(shares, least))


def _named(shares: dict[tuple[str, str], int], share: int) -> Markup:
    """Name the pair that has this share, or the first of those that have."""
    (one, other), *rest = (pair for pair, found in shares.items() if found == share)
    more = f"; so have {count(len(rest), 'other pair')}" if rest else ""
    return Markup("{} and {} ({}\u00a0%{})").format(name_of(one), name_of(other), share, more)


def _pair(row: dict[str, Any] | None) -> Pair | None:
    if row is None:
        return None
    shade = next((shade for least, shade in _SHADES if row["share"] >= least), "")
    return Pair(shade, str(round(100 * row["share"])), f"{row['both']} of {row['either']}")


def _map(outlets: list[str], found: dict[tuple[str, str], dict[str, Any]]) -> tuple[dict[str, Any], float]:
    """Place the outlets so that near means much in common; and the map's stress.

    Distances are Jaccard's: 1 less the share. It is layout, as the order of the table is; what is beyond chance
    only many stories tell.
    """
    import numpy as np

    from compare.scaling import best_map

    fewest, most = _MAPPED
    if not fewest <= len(outlets) <= most or len(found) < len(outlets) * (len(outlets) - 1):
        return {}, 0.0
    distances = np.array(
        [[1 - found[one, other]["share"] if one != other else 0.0 for other in outlets] for one in outlets]
    )
    points, stress = best_map(distances)
    span = float(np.ptp(points, axis=0).max())
    if span == 0:  # all outlets tell the same
        return {}, 0.0
    places = (points - points.min(axis=0)) / span * _SPAN
    names = shorten_all(outlets, _NAME)
    height = float(places[:, 1].max())
    middle = (_WIDTH - float(places[:, 0].max())) / 2
    dots = [
        {
            "x": round(middle + float(x), 1),
            "y": round(_TOP + height - float(y), 1),
            "name": name,
            "dy": _ABOVE if above else _BELOW,
        }
        for (x, y), name, above in zip(places, names, names_above(places.tolist()), strict=True)
    ]
    return {"width": _WIDTH, "height": round(height + 2 * _TOP), "dots": dots}, stress
