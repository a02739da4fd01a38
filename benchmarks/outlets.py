"""Simulated corpora whose truth is known: do intervals cover it, and do tests find what is there and nothing else?

    python benchmarks/outlets.py [--corpora 500] [--speed]

Each story has its own number of claims and a share of them that outlets tend to carry (a beta distribution), so the
claims of a story hang together; outlets cover stories at random. Nothing of the matcher is simulated: what is
measured is the sampling of stories.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd
from tqdm import tqdm

from compare.outlets.differences import group_differences, outlet_differences
from compare.outlets.intervals import bootstrap
from compare.outlets.permutation import outlets_test, sign_tests
from compare.outlets.rates import rates_table
from compare.tables import OUTLET_STORIES

RATES = (0.35, 0.45, 0.45, 0.5, 0.6, 0.75)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", type=int, default=500)
    parser.add_argument(
        "--speed", action="store_true", help="only how long the bootstrap of 400 stories x 20 outlets takes"
    )
    given = parser.parse_args()
    speed()
    if not given.speed:
        coverage(given.corpora)
        tests(given.corpora)
        unlike(given.corpora)


def simulated(rng: np.random.Generator, stories: int, rates: tuple[float, ...], covers: float = 0.7) -> pd.DataFrame:
    """Return a corpus as an OUTLET_STORIES table.

    Args:
        rng: the source of chance.
        stories: how many.
        rates: what each outlet carries of what is available, in the long run.
        covers: how probably an outlet covers a story.
    """
    size = 3 + rng.negative_binomial(2, 0.06, size=stories)
    ease = rng.normal(0, 0.6, size=stories)  # what all outlets carry more or less of, on the scale of logits
    rows = []
    for number, rate in enumerate(rates):
        # As much as the story's ease and the outlet's own whim make it; the mean stays the rate.
        share = _with_mean(rate, ease + rng.normal(0, 0.4, size=stories))
        there = rng.random(stories) < covers
        claims = 1 + rng.binomial(size, 0.9)  # what it makes alone is not available to it
        carried = rng.binomial(claims, share)
        rows.append(
            pd.DataFrame(
                {"story_id": np.arange(stories), "outlet": f"outlet {number}", "claims": claims, "carried": carried}
            )[there]
        )
    table = pd.concat(rows).sort_values(["story_id", "outlet"])
    zeros = {column.name: 0 for column in OUTLET_STORIES.columns if column.name not in table}
    table = table.assign(**zeros).assign(version="printed", copies=1, story_id=table["story_id"].astype(str))
    return OUTLET_STORIES.frame(pd.concat([table, table.assign(version="collapsed")]))


def _with_mean(rate: float, noise: np.ndarray) -> np.ndarray:
    """Shares that vary with the noise (of standard deviation .72, on logits) around a mean that is the rate."""
    low, high = -8.0, 8.0
    points, weights = np.polynomial.hermite_e.hermegauss(41)
    spread = points * np.hypot(0.6, 0.4)
    for _ in range(60):
        middle = (low + high) / 2
        mean = (weights / (1 + np.exp(-middle - spread))).sum() / weights.sum()
        low, high = (middle, high) if mean < rate else (low, middle)
    return 1 / (1 + np.exp(-low - noise))


def coverage(corpora: int) -> None:
    """How often 95 % intervals hold the truth, for rates and for differences of two outlets."""
    print("stories  rates: covered  width   differences: covered  width")
    for stories in (8, 14, 20, 50, 100, 200, 400, 1000):
        held, width, held_d, width_d = [], [], [], []
        for number in tqdm(range(corpora), leave=False):
            counts = simulated(np.random.default_rng([number, stories]), stories, RATES)
            part, whole = _grids(counts)
            found = bootstrap(part, whole, seed=number)
            held += [(found.low <= RATES) & (found.high >= RATES)]
            width += [found.high - found.low]
            table = outlet_differences(counts, seed=number)
            rate = {f"outlet {n}": value for n, value in enumerate(RATES)}
            truth = table["one"].map(rate) - table["other"].map(rate)
            held_d += [((table["low"] <= truth) & (table["high"] >= truth)).mean()]
            width_d += [(table["high"] - table["low"]).mean()]
        told = ((held, width), (held_d, width_d))
        first, second = (f"{np.mean(share):.3f} {np.nanmean(wide):14.3f}" for share, wide in told)
        print(f"{stories:7d}  {first}  {second}", flush=True)


def _grids(counts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    rows = counts[counts["version"] == "printed"]
    both = [rows.pivot(index="story_id", columns="outlet", values=name).fillna(0) for name in ("carried", "claims")]
    return both[0].to_numpy(float), both[1].to_numpy(float)


def tests(corpora: int) -> None:
    """False alarms where outlets do not differ, and how often a difference is found where they do."""
    null = (0.5,) * 6
    print("\nno outlet differs: share of p-values up to .01, .05, .2; corpora with a false discovery (q <= .05)")
    groups = np.array([[True, False] * 3, [False, True] * 3])
    for stories in (20, 50, 200):
        p, false, p_groups, p_outlets = [], [], [], []
        for number in tqdm(range(corpora), leave=False):
            counts = simulated(np.random.default_rng([number, stories, 1]), stories, null)
            table = outlet_differences(counts, seed=number)
            p += table["p_value"].tolist()
            false.append((table["q_value"] <= 0.05).any())
            labels = {f"outlet {n}": "ab"[n % 2] for n in range(6)}
            p_groups += group_differences(counts, labels, seed=number)["p_value"].tolist()
            p_outlets.append(outlets_test(*_grids(counts), groups, number)[0])
        for name, values in (("pairs", p), ("groups", p_groups), ("p_outlets", p_outlets)):
            shares = " ".join(f"{np.mean(np.array(values) <= level):.3f}" for level in (0.01, 0.05, 0.2))
            print(
                f"{stories:7d} stories, {name:9s} {shares}" + (f"  {np.mean(false):.3f}" if name == "pairs" else ""),
                flush=True,
            )
    print("\ntwo outlets of six carry .05 more: share of the 8 true differences found (q <= .05), of those found false")
    for stories in (50, 200, 1000):
        found, wrong = [], []
        for number in tqdm(range(corpora // 5), leave=False):
            counts = simulated(np.random.default_rng([number, stories, 2]), stories, (0.5, 0.5, 0.5, 0.5, 0.55, 0.55))
            table = outlet_differences(counts, seed=number)
            true = table["one"].isin(["outlet 4", "outlet 5"]) != table["other"].isin(["outlet 4", "outlet 5"])
            hit = table["q_value"] <= 0.05
            found.append(hit[true].mean())
            wrong.append((hit & ~true).sum() / max(1, hit.sum()))
        print(f"{stories:7d} stories  power {np.mean(found):.3f}  false {np.mean(wrong):.3f}", flush=True)


def unlike(corpora: int) -> None:
    """False alarms where no group differs, but its outlets take after one another or vary more."""
    print("\nno group differs, but outlets are unlike: share of p-values up to .05 of groups, and of p_outlets")
    kinds = {
        "five copies of one text, five that write their own": (10, 5, (4, 4)),
        "one erratic outlet, five steady ones": (6, 1, (15, 15)),
    }
    for name, (outlets, size, steady) in kinds.items():
        members = np.arange(outlets) < np.array([[size]])
        members = np.vstack([members, ~members])
        for stories in (20, 60):
            p_groups, p_outlets = [], []
            for number in tqdm(range(corpora), leave=False):
                rng = np.random.default_rng([number, stories, 3])
                rates = rng.beta(*steady, size=(stories, outlets))
                if size == 1:
                    rates[:, 0] = rng.beta(1.5, 1.5, size=stories)
                part = rng.binomial(10, rates).astype(float)
                part[:, :size] = part[:, :1]
                weight = np.where(members[0], 1 / size, 1.0)
                part, whole = part * weight, np.tile(10 * weight, (stories, 1))
                one, of_one, other, of_other = (side[:, mine].sum(axis=1) for mine in members for side in (part, whole))
                stratum = (one * of_other - other * of_one) / (of_one + of_other)
                p_groups.append(sign_tests(stratum[:, None], number)[0])
                p_outlets.append(outlets_test(part, whole, members, number)[0])
            shares = " ".join(f"{np.mean(np.array(values) <= 0.05):.3f}" for values in (p_groups, p_outlets))
            print(f"{stories:7d} stories, {name}: {shares}", flush=True)


def speed() -> None:
    """How long the intervals of 400 stories x 20 outlets take."""
    counts = simulated(np.random.default_rng(0), 400, tuple(np.linspace(0.3, 0.7, 20)))
    part, whole = _grids(counts)
    bootstrap(part[:, :2], whole[:, :2])  # what is loaded once is not counted
    for what, run in {
        "one rate of 20 outlets": lambda: bootstrap(part, whole),
        "all rates, both versions": lambda: rates_table(counts),
        "190 differences with tests": lambda: outlet_differences(counts),
        "two groups with tests": lambda: group_differences(counts, {f"outlet {n}": "ab"[n % 2] for n in range(20)}),
    }.items():
        start = time.perf_counter()
        run()
        print(f"400 stories x 20 outlets, 2,000 draws: {what} {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
