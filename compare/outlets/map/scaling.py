"""Points in the plane whose distances come nearest to those given: many maps at once, since each resample is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_STEPS = 300
# Relative gain of stress at which a map counts as done; a resample scatters by far more than the coarser one.
_STILL, STILL_ENOUGH = 1e-6, 1e-4
_STARTS = 20  # random ones besides the classical solution, since stress has more than one valley
_SMALL = 1e-12
_ROUGH = 9  # decimals beyond which stress is rounding


class Ellipses(NamedTuple):
    """Where the points lie in most resamples: the middle, both half axes and the longer one's angle in degrees."""

    middle: Numbers
    long: Numbers
    short: Numbers
    angle: Numbers


def scale(distances: Numbers, starts: Numbers, still: float = _STILL) -> tuple[Numbers, Numbers]:
    """Give the maps of least stress by majorisation (SMACOF; De Leeuw 1977; Borg & Groenen 2005, chapter 8).

    Args:
        distances: maps x points x points.
        starts: maps x points x 2.
        still: the relative gain of stress at which a map counts as done.

    Returns:
        The points, and Kruskal's stress-1 of each map: the root of the squared errors of its distances by the
        sum of their squares.
    """
    points, stress = starts.copy(), np.full(len(starts), np.inf)
    working = np.arange(len(starts))
    for _ in range(_STEPS):
        apart = _apart(points[working])
        raw = ((apart - distances[working]) ** 2).sum(axis=(1, 2))
        done = stress[working] - raw <= still * raw
        stress[working] = raw
        working, apart = working[~done], apart[~done]
        if not working.size:
            break
        # Guttman's transform; points that lie on one another stay so.
        ratio = np.where(apart > _SMALL, distances[working] / np.maximum(apart, _SMALL), 0)
        old = points[working]
        points[working] = (ratio.sum(axis=2, keepdims=True) * old - ratio @ old) / old.shape[1]
    total = (_apart(points) ** 2).sum(axis=(1, 2))
    return points, np.sqrt(np.where(total > _SMALL, stress / np.maximum(total, _SMALL), 0))


def _apart(points: Numbers) -> Numbers:
    apart: Numbers = np.sqrt(((points[:, :, None] - points[:, None]) ** 2).sum(axis=3))
    return apart


def best_map(distances: Numbers, seed: int = 0) -> tuple[Numbers, float]:
    """Give the map of least stress, centred and turned so that the same distances always give the same map.

    Its longest extent lies along x; the point furthest out along an axis lies right, or on top.

    Args:
        distances: points x points.
        seed: of the random starts.

    Returns:
        Points x 2, and the stress.
    """
    size = len(distances)
    wide = distances.mean() + _SMALL
    random = np.random.default_rng(seed).normal(0, wide, size=(_STARTS, size, 2))
    starts = np.concatenate([_classical(distances)[None], random])
    points, stress = scale(np.broadcast_to(distances, (len(starts), size, size)), starts)
    best = int(np.argmin(stress.round(_ROUGH)))
    return _turned(points[best]), float(stress[best])


def _classical(distances: Numbers) -> Numbers:
    """Classical scaling (Torgerson 1952)."""
    centre = np.eye(len(distances)) - 1 / len(distances)
    values, vectors = np.linalg.eigh(-centre @ distances**2 @ centre / 2)
    found: Numbers = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    return found


def _turned(points: Numbers) -> Numbers:
    points = points - points.mean(axis=0)
    turned: Numbers = points @ np.linalg.eigh(points.T @ points)[1][:, ::-1]
    turned = turned.round(_ROUGH)
    furthest = np.abs(turned).argmax(axis=0)
    return turned * np.where(turned[furthest, [0, 1]] < 0, -1, 1) + 0.0


def aligned(points: Numbers, to: Numbers) -> Numbers:
    """Turn, mirror and move maps, without stretching them, as near as can be to one (Schönemann 1966).

    Args:
        points: maps x points x 2.
        to: points x 2, centred.
    """
    centred = points - points.mean(axis=1, keepdims=True)
    left, _, right = np.linalg.svd(centred.transpose(0, 2, 1) @ to)
    found: Numbers = centred @ (left @ right)
    return found


def ellipses(points: Numbers, level: float) -> Ellipses:
    """Give for each point the ellipse that holds this share of its places, taken for normal (Jacoby & Armstrong 2014).

    Args:
        points: maps x points x 2, aligned.
        level: the share.
    """
    from scipy.stats import chi2

    middle = points.mean(axis=0)
    off = points - middle
    spread = np.einsum("dpi,dpj->pij", off, off) / (len(points) - 1)
    values, vectors = np.linalg.eigh(spread)
    axes = np.sqrt(np.maximum(values, 0) * chi2.ppf(level, 2))
    angle = np.degrees(np.arctan2(vectors[:, 1, 1], vectors[:, 0, 1])) % 180
    return Ellipses(middle, axes[:, 1], axes[:, 0], angle)
