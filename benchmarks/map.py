"""Simulated outlets whose sides are known: is nothing found in nothing, do ellipses hold the true places?

    python benchmarks/map.py [--corpora 25] [--speed]

Claims are carried by the model of Rasch (1960), which compare/outlets/distances.py takes for chance, but for what that
does not know: outlets may stand on sides, and in some rows an outlet carries more of one story than of another.
Prominence is normal, or most claims are told by one outlet or by all. Outlets cover 70 % of the stories; 5 % of the
cells are undecided.
"""

from __future__ import annotations

import argparse
import time
from typing import NamedTuple

import numpy as np
from tqdm import tqdm

from compare.outlets.distances import Carriage, distances_table, pair_counts
from compare.outlets.mapping import dendrogram_table, map_table
from compare.scaling import aligned


class World(NamedTuple):
    """What a corpus is drawn from; slope is 0 where outlets stand on no side."""

    stories: int
    outlets: int
    slope: float
    whim: float = 0.0
    two_kinds: bool = False


WORLDS = (
    World(200, 12, 0.0),
    World(200, 12, 0.0, whim=0.7),
    World(200, 12, 0.0, two_kinds=True),
    World(50, 12, 0.0),
    World(50, 6, 0.0),
    World(100, 3, 0.0),
)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", type=int, default=25)
    parser.add_argument("--speed", action="store_true", help="only how long 400 stories x 20 outlets take")
    given = parser.parse_args()
    speed()
    if not given.speed:
        chance(given.corpora)
        places()


def simulated(rng: np.random.Generator, world: World) -> Carriage:
    """Draw a corpus."""
    stories, outlets, slope, whim, two_kinds = world
    truth = rng.normal(size=outlets)
    truth = (truth - truth.mean()) / truth.std()
    inclination = rng.normal(-1, 0.5, size=outlets)
    rows, story = [], []
    apart, share = np.zeros((stories, outlets, outlets), dtype=bool), np.zeros((stories, outlets))
    for number in range(stories):
        there = rng.random(outlets) < 0.7
        there[rng.choice(outlets, 2, replace=False)] = True
        claims = 1 + rng.poisson(40)
        prominence = rng.normal(0, 1, size=claims)
        if two_kinds:
            prominence = np.where(rng.random(claims) < 0.25, 3, -1.5) + prominence / 4
        logit = inclination + rng.normal(0, 0.5) + rng.normal(0, whim, size=outlets) + prominence[:, None]
        logit = logit + rng.normal(0, slope, size=(claims, 1)) * truth
        cells = (rng.random((claims, outlets)) < 1 / (1 + np.exp(-logit))).astype(float)
        cells[:, ~there] = np.nan
        cells = cells[np.nansum(cells, axis=1) > 0]
        cells[rng.random(cells.shape) < 0.05] = np.nan
        rows.append(cells)
        story += [number] * len(cells)
        apart[number] = there[:, None] & there & ~np.eye(outlets, dtype=bool)
        share[number] = there
    cells = np.vstack(rows)
    names = (
        [f"{kind}{k:05d}" for k in range(size)] for kind, size in (("o", outlets), ("s", stories), ("c", len(cells)))
    )
    return Carriage(*names, np.array(story), cells, apart, share)


def chance(corpora: int) -> None:
    """Where outlets take no account of one another: the corrected distance, and false alarms of its test."""
    print("\nno sides: mean corrected distance, held, p-values up to .05, corpora with a q up to .05")
    for world in WORLDS:
        mean, held, alarms, false = [], [], [], []
        for number in tqdm(range(corpora), leave=False):
            grid = simulated(np.random.default_rng([number, world.stories, world.outlets]), world)
            table = distances_table(pair_counts(grid), seed=number)
            mean.append(table["corrected"].mean())
            held.append(((table["low"] <= 1) & (table["high"] >= 1)).mean())
            alarms.append((table["p_value"] <= 0.05).mean())
            false.append((table["q_value"] <= 0.05).any())
        about = f"{world.stories:7d} {world.outlets:7d} {world.whim:4.1f} {world.two_kinds!s:9}"
        said = f"{np.mean(mean):.3f}  {np.mean(held):.3f}  {np.mean(alarms):.3f}  {np.mean(false):.2f}"
        print(f"{about}: {said}", flush=True)


def places() -> None:
    """How often ellipses hold the place that sixteen times as many stories give."""
    print("\nplaces on the map held by ellipses")
    for stories, outlets, slope in ((100, 8, 1.0), (100, 8, 0.6), (200, 12, 1.0), (200, 12, 0.6)):
        grid = simulated(np.random.default_rng(0), World(16 * stories, outlets, slope))
        pairs = pair_counts(grid)
        truth = map_table(pairs)[["x", "y"]].to_numpy()
        held = []
        for part in range(16):
            some = slice(part * stories, (part + 1) * stories)
            table = map_table(
                pairs._replace(
                    **{
                        name: getattr(pairs, name)[some]
                        for name in ("stories", "either", "both", "carried", "shared", "expected")
                    }
                ),
                seed=part,
            )
            off = aligned(truth[None], table[["x", "y"]].to_numpy())[0] - table[["ellipse_x", "ellipse_y"]].to_numpy()
            turn = np.radians(table["ellipse_angle"].to_numpy())
            along = off[:, 0] * np.cos(turn) + off[:, 1] * np.sin(turn)
            across = off[:, 1] * np.cos(turn) - off[:, 0] * np.sin(turn)
            held.append((along / table["ellipse_long"]) ** 2 + (across / table["ellipse_short"]) ** 2 <= 1)
        print(f"{stories:7d} {outlets:7d} {slope:5.1f}: {np.mean(held):.3f}", flush=True)


def speed() -> None:
    """How long 400 stories x 20 outlets take."""
    grid = simulated(np.random.default_rng(0), World(400, 20, 0.6))
    print(f"400 stories x 20 outlets, {len(grid.claims)} claims")
    pairs = pair_counts(grid)
    for what, run in {
        "what pairs share": lambda: pair_counts(grid),
        "distances": lambda: distances_table(pairs),
        "map": lambda: map_table(pairs),
        "dendrogram": lambda: dendrogram_table(pairs),
    }.items():
        start = time.perf_counter()
        run()
        print(f"{what:18s} {time.perf_counter() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
