"""How outlets word shared claims, on real stories: figures only, and how long each question takes.

    python benchmarks/wording.py RUN

RUN is a run folder, as `storydiff corpus` writes it.
"""

from __future__ import annotations

import argparse
import time
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

SURE = 0.05  # of q


def main() -> None:
    """Ask every question and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("run", type=Path)
    corpus = compare.open_run(parser.parse_args().run)
    for one, other in combinations(corpus.articles["outlet"].unique().tolist(), 2):
        table = timed(f"wording {one}, {other}", lambda one=one, other=other: corpus.wording.terms(one, other))
        sure = table[table["q_value"] < SURE]
        print(f"  shared claims {table['shared_claims'].max()}, top |z| {table['z'].abs().max():.1f}")
        for words, part in table.groupby("words"):
            found = int((sure["words"] == words).sum())
            chance = (part["p_value"] < SURE).mean()
            print(f"  terms of {words}: {len(part)} tested, {found} with q < {SURE}, share of p < {SURE}: {chance:.3f}")
    show(timed("passives", corpus.wording.passives), ["acts", "only_one", "only_other", "low", "high", "p_value"])
    cues = timed("attributions", corpus.wording.attributions).query("value == 'doubting'")
    show(cues, ["quotations", "rate_one", "low_one", "high_one", "rate_other", "low_other", "high_other", "p_value"])
    names = timed("naming", corpus.wording.naming)
    print(f"  pairs of names {len(names)}, claims {names['claims'].sum() + names['reverse'].sum():.0f}")


def timed(name: str, ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Ask, and print how long it took."""
    start = time.process_time()
    table = ask()
    print(f"{name}: {time.process_time() - start:.1f} s")
    return table


def show(table: pd.DataFrame, columns: list[str]) -> None:
    """Print some columns of a table of pairs."""
    print(table[["one", "other", *columns]].round(3).to_string(index=False))


if __name__ == "__main__":
    main()
