"""What invented outlets carry, claim by claim, for the tests of distances, maps and trees."""

import numpy as np
import pandas as pd

from compare.outlets.distances import Carriage, read_carriage


def told(stories):
    """Give stories, each with the states of its claims at each outlet, as a grid."""
    read = []
    for story, outlets in stories.items():
        rows = [
            (f"{story}-{claim:02d}", outlet, state, f"{story}-{outlet}:1", 0.5)
            for outlet, states in outlets.items()
            for claim, state in enumerate(states)
        ]
        coverage = pd.DataFrame(rows, columns=["claim_id", "outlet", "state", "sentence_id", "position"])
        ids = [f"{story}-{outlet}" for outlet in outlets]
        read.append((story, coverage, pd.DataFrame({"article_id": ids, "outlet": list(outlets), "group_id": None})))
    return read_carriage(read)


def drawn(seed, *, stories, positions, slope, covers=0.8):
    """Give a grid drawn at random from outlets that stand so far to one side or the other."""
    rng = np.random.default_rng(seed)
    size = len(positions)
    spread = positions.std() or 1
    placed = (positions - positions.mean()) / spread
    rows, story, apart, share = [], [], np.zeros((stories, size, size), dtype=bool), np.zeros((stories, size))
    for number in range(stories):
        there = rng.random(size) < covers
        there[rng.choice(size, 2, replace=False)] = True
        claims = rng.poisson(35)
        logit = -1 + rng.normal(0, 0.5) + rng.normal(0, 1, size=(claims, 1))
        logit = logit + rng.normal(0, slope, size=(claims, 1)) * placed
        cells = (rng.random((claims, size)) < 1 / (1 + np.exp(-logit))).astype(float)
        cells[:, ~there] = np.nan
        cells = cells[np.nansum(cells, axis=1) > 0]
        cells[rng.random(cells.shape) < 0.05] = np.nan  # undecided
        rows.append(cells)
        story += [number] * len(cells)
        apart[number] = there[:, None] & there & ~np.eye(size, dtype=bool)
        share[number] = there
    cells = np.vstack(rows)
    names = [f"outlet {number}" for number in range(size)]
    ids = [f"s{number:03d}" for number in range(stories)]
    claims = [f"c{number:05d}" for number in range(len(cells))]
    return Carriage(names, ids, claims, np.array(story), cells, apart, share)
