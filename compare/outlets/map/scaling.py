"""Points in the plane whose distances come nearest to those given: many maps at once, since each resample is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_FIRST, _STEPS = 20, 60  # of majorisation, which is sure but slow; then of damped Newton's method
_STILL = 1e-9  # relative gain of stress at which a map counts as done
# Of Newton's method, by the number of points: 1 is a step no longer than that of majorisation. Some always stays,
# because turning the whole map changes nothing and so has no curvature.
_DAMPING, _LEAST_DAMPING = 0.1, 1e-6
_BLOCK = 3_000_000  # numbers in memory at a time
_STARTS = 20  # random ones besides the classical solution, since stress has more than one valley
_SMALL = 1e-12
_ROUGH = 9  # decimals beyond which stress is rounding


class Ellipses(NamedTuple):
    """Where the points lie in most resamples: the middle, both half axes and the longer one's angle in degrees."""

    middle: Numbers
    long: Numbers
    short: Numbers
    angle: Numbers


def scale(distances: Numbers, starts: Numbers) -> tuple[Numbers, Numbers]:
    """Give the maps of least stress near the starts.

    First by majorisation (SMACOF; De Leeuw 1977; Borg & Groenen 2005, chapter 8), which slows down where the stress
    is flat, so then by Newton's method with damping (Levenberg 1944; Marquardt 1963).

    Args:
        distances: maps x points x points.
        starts: maps x points x 2.

    Returns:
        The points, and Kruskal's stress-1 of each map: the root of the squared errors of its distances by the
        sum of their squares.
    """
    size = max(1, _BLOCK // (4 * starts.shape[1] ** 2))
    points = np.concatenate(
        [_least(distances[k : k + size], starts[k : k + size]) for k in range(0, len(starts), size)]
    )
    total = (_apart(points) ** 2).sum(axis=(1, 2))
    errors = _raw(points, distances)
    return points, np.sqrt(np.where(total > _SMALL, errors / np.maximum(total, _SMALL), 0))


def _least(distances: Numbers, starts: Numbers) -> Numbers:
    points = starts.copy()
    for _ in range(_FIRST):
        points = _majorised(points, distances)
    raw = _raw(points, distances)
    damping = np.full(len(points), _DAMPING)
    working = np.arange(len(points))
    for _ in range(_STEPS):
        new = points[working] + _newton_step(points[working], distances[working], damping[working])
        found = _raw(new, distances[working])
        better = found < raw[working]
        done = better & (raw[working] - found <= _STILL * found) | (damping[working] > 1 / _LEAST_DAMPING)
        damping[working] = np.maximum(damping[working] * np.where(better, 0.1, 10), _LEAST_DAMPING)
        points[working[better]], raw[working[better]] = new[better], found[better]
        working = working[~done]
        if not working.size:
            break
    return points


def _raw(points: Numbers, distances: Numbers) -> Numbers:
    raw: Numbers = ((_apart(points) - distances) ** 2).sum(axis=(1, 2))
    return raw


def _majorised(points: Numbers, distances: Numbers) -> Numbers:
    """Guttman's transform; points that lie on one another stay so."""
    apart = _apart(points)
    ratio = np.where(apart > _SMALL, distances / np.maximum(apart, _SMALL), 0)
    moved: Numbers = (ratio.sum(axis=2, keepdims=True) * points - ratio @ points) / points.shape[1]
    return moved


def _newton_step(points: Numbers, distances: Numbers, damping: Numbers) -> Numbers:
    """From gradient and second derivatives of the squared errors of all pairs."""
    maps, size, _ = points.shape
    apart = _apart(points)
    ratio = np.where(apart > _SMALL, distances / np.maximum(apart, _SMALL), 0)
    towards = (points[:, :, None] - points[:, None]) / np.maximum(apart, _SMALL)[..., None]
    gradient = size * (points - points.mean(axis=1, keepdims=True))
    gradient -= ratio.sum(axis=2, keepdims=True) * points - ratio @ points
    pairs = ratio[..., None, None] * towards[..., :, None] * towards[..., None, :]
    pairs += (1 - ratio)[..., None, None] * np.eye(2)
    pairs[:, np.arange(size), np.arange(size)] = 0
    blocks = -pairs
    blocks[:, np.arange(size), np.arange(size)] = pairs.sum(axis=2)
    bend = blocks.transpose(0, 1, 3, 2, 4).reshape(maps, 2 * size, 2 * size)
    bend += (damping * size)[:, None, None] * np.eye(2 * size)
    step: Numbers = -np.linalg.solve(bend, gradient.reshape(maps, -1, 1)).reshape(points.shape)
    return step


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
