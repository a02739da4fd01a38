"""Counts of invented outlets, for the tests of rates and differences."""

import numpy as np
import pandas as pd

from compare.tables import OUTLET_STORIES


def counted(rows):
    """Give rows of story_id, outlet, claims and carried as an OUTLET_STORIES table of both versions."""
    table = pd.DataFrame(rows, columns=["story_id", "outlet", "claims", "carried"])
    table = table.assign(omitted=table["claims"] - table["carried"], copies=1, others=1, articles=1)
    # It puts all of it in the middle, and has one claim of its own.
    table = table.assign(placed=table["carried"], prominence_sum=0.75 * table["carried"])
    table = table.assign(made=table["carried"] + 1, only_here=1)
    zeros = {column.name: 0 for column in OUTLET_STORIES.columns if column.name not in table}
    both = [table.assign(**zeros).assign(version=name) for name in ("printed", "collapsed")]
    return OUTLET_STORIES.frame(pd.concat(both))


def drawn(seed, stories, rates, covers=0.8):
    """Give a corpus drawn at random, whose outlets carry these shares of what there is in the long run."""
    rng = np.random.default_rng(seed)
    rows = []
    for story in range(stories):
        claims = 5 + rng.poisson(15)
        easier = rng.beta(6, 6) - 0.5  # what all outlets carry more or less of
        for number, rate in enumerate(rates):
            if rng.random() < covers:
                share = np.clip(rate + 0.5 * easier + 0.3 * (rng.beta(6, 6) - 0.5), 0, 1)
                rows.append((f"s{story}", f"outlet {number}", claims, rng.binomial(claims, share)))
    return counted(rows)
