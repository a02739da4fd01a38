"""Maps: points in the plane that approximate given distances, computed for many resamples at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_SMALL = 1e-12
_ROUGH = 9  # decimals beyond which a place is rounding


class Ellipses(NamedTuple):
    """Ellipses around points over resamples: the middle, both half axes and the longer one's angle in degrees."""

    middle: Numbers
    long: Numbers
    short: Numbers
    angle: Numbers


def scale(distances: Numbers) -> Numbers:
    """Return maps by classical scaling (Torgerson 1952; Gower 1966), each centred.

    Outlets choose largely independently, so all distances have a large part in common. Least-stress maps spread that
    part over the plane, in one of many ways that fit as well: from one resample to the next they stay in the local
    minimum where they start, or change it. Classical scaling leaves it to the dimensions that are not drawn, and each
    resample has one solution.

    Args:
        distances: maps x points x points, or points x points.

    Returns:
        Maps x points x 2, or points x 2; x reaches furthest.
    """
    size = distances.shape[-1]
    centre = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-centre @ distances**2 @ centre / 2)
    found: Numbers = vectors[..., [-1, -2]] * np.sqrt(np.maximum(values[..., None, [-1, -2]], 0))
    return found


def best_map(distances: Numbers) -> tuple[Numbers, float]:
    """Return the map, in an orientation fixed by the distances, and its stress.

    The point furthest out along an axis lies on the right, or at the top.

    Args:
        distances: points x points.

    Returns:
        Points x 2, and Kruskal's (1964) stress-1 with the scale that fits best: the root of the squared errors of
        the map's distances divided by the sum of their squares.
    """
    points = scale(distances).round(_ROUGH)
    furthest = np.abs(points).argmax(axis=0)
    points = points * np.where(points[furthest, [0, 1]] < 0, -1, 1) + 0.0
    apart = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    across = float((apart * distances).sum())
    if across < _SMALL:
        return points, 0.0
    apart = apart * float((distances**2).sum()) / across
    return points, float(np.sqrt(((apart - distances) ** 2).sum() / (apart**2).sum()))


def aligned(points: Numbers, to: Numbers) -> Numbers:
    """Rotate, reflect and move maps, without scaling them, to fit another as closely as possible (Schönemann 1966).

    Args:
        points: maps x points x 2.
        to: points x 2, centred.
    """
    centred = points - points.mean(axis=1, keepdims=True)
    left, _, right = np.linalg.svd(centred.transpose(0, 2, 1) @ to)
    found: Numbers = centred @ (left @ right)
    return found


def ellipses(points: Numbers, level: float) -> Ellipses:
    """Return for each point the ellipse with this share of its places, assumed normal (Jacoby & Armstrong 2014).

    Args:
        points: maps x points x 2, aligned.
        level: the share.
    """
    from scipy.special import gammaincinv

    middle = points.mean(axis=0)
    off = points - middle
    spread = np.einsum("dpi,dpj->pij", off, off) / (len(points) - 1)
    values, vectors = np.linalg.eigh(spread)
    axes = np.sqrt(np.maximum(values, 0) * 2 * gammaincinv(1, level))  # chi-squared with two degrees of freedom
    angle = np.degrees(np.arctan2(vectors[:, 1, 1], vectors[:, 0, 1])) % 180
    return Ellipses(middle, axes[:, 1], axes[:, 0], angle)
