"""Simulated corpora with planted coefficients: do the intervals of the omission model cover them?

    python benchmarks/omission.py [--corpora 500] [--speed]

Decisions of one story hang together by an effect of the story that is drawn from the bridge distribution (Wang & Louis
2003): with it the odds of a story are logistic, and so are, with coefficients that are known, those over all stories.
Nothing of the matcher is simulated: what is measured is the sampling of stories.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd
from tqdm import tqdm

from compare.outlets.gaps import Splits, shrink
from compare.outlets.omission import omission_table
from compare.tables import CLAIM_TRAITS

# How often a claim has the trait, and the log odds that it brings to be left out.
SHARES = {"official": 0.35, "number": 0.2, "money": 0.1, "casualties": 0.04}
EFFECTS = {"official": -0.4, "number": 0.0, "money": 0.5, "casualties": 0.8}
OUTLETS = np.array([-0.6, -0.2, 0.0, 0.0, 0.3, 0.5])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", type=int, default=500)
    parser.add_argument("--speed", action="store_true", help="only how long 400 stories x 20 outlets take")
    given = parser.parse_args()
    speed()
    if not given.speed:
        coverage(given.corpora)
        groups(given.corpora)
        gaps(given.corpora)


def simulated(  # noqa: PLR0913 - what a corpus is made of
    rng: np.random.Generator,
    stories: int,
    *,
    outlets: np.ndarray = OUTLETS,
    claims: float = 20,
    effects: dict[str, float] = EFFECTS,
    between: dict[str, float] | None = None,
    bridge: float = 0.8,
    covers: float = 0.7,
) -> pd.DataFrame:
    """Return a corpus as a CLAIM_TRAITS table whose claims are all available.

    Args:
        rng: the source of chance.
        stories: how many.
        outlets: the log odds that each leaves out a claim.
        claims: how many a story has, on average, beside five.
        effects: what traits add to that.
        between: what they add more at every other outlet, from the second on.
        bridge: how far decisions of a story are from hanging together: 1 not at all, .8 a correlation of about .1.
        covers: how probably an outlet covers a story.
    """
    parts = []
    for story in range(stories):
        size = 5 + rng.poisson(claims)
        traits = {name: rng.random(size) < share for name, share in SHARES.items()}
        there = np.flatnonzero(rng.random(len(outlets)) < covers)
        uniform = rng.random()
        effect = np.log(np.sin(bridge * np.pi * uniform) / np.sin(bridge * np.pi * (1 - uniform))) / bridge
        linear = outlets[there][None, :] + sum(effects.get(name, 0) * flag for name, flag in traits.items())[:, None]
        if between:
            more = sum(value * traits[name] for name, value in between.items())
            linear = linear + more[:, None] * (there % 2)[None, :]
        omitted = rng.random(linear.shape) < 1 / (1 + np.exp(-(linear / bridge + effect)))
        place = np.repeat(np.arange(size), len(there))
        parts.append(
            pd.DataFrame(
                {
                    "story_id": f"s{story}",
                    "claim_id": np.array([f"s{story}-{n}" for n in range(size)], dtype=object)[place],
                    "outlet": np.tile([f"outlet {n}" for n in there], size) if len(there) else [],
                    "decision": np.where(omitted, "omitted", "carried").ravel(),
                    "salience": _of_others(~omitted).ravel(),
                    "words": np.repeat(10 + rng.poisson(10, size), len(there)),
                    **{name: flag[place] for name, flag in traits.items()},
                }
            )
        )
    table = pd.concat(parts, ignore_index=True).assign(version="printed", available=True)
    return CLAIM_TRAITS.frame(table.assign(**{c.name: False for c in CLAIM_TRAITS.columns if c.name not in table}))


def _of_others(carried: np.ndarray) -> np.ndarray:
    """The share of the other outlets that carry each claim."""
    return (carried.sum(axis=1, keepdims=True) - carried) / max(1, carried.shape[1] - 1)


def coverage(corpora: int) -> None:
    """How often 95 % intervals hold the planted coefficient, and how often one that is 0 is called something."""
    print("log odds planted: " + ", ".join(f"{name} {value}" for name, value in EFFECTS.items()))
    print("stories  model     " + "".join(f"{name:>12s}" for name in EFFECTS) + "     outlets  number: p <= .05")
    chosen = ["official", "number", "money", "casualties", "words"]
    truth = OUTLETS - OUTLETS.mean()
    for stories in (6, 10, 20, 50, 200):
        held: dict[str, list[pd.Series]] = {"wording": [], "salience": []}
        others: dict[str, list[float]] = {"wording": [], "salience": []}
        alarms: dict[str, list[bool]] = {"wording": [], "salience": []}
        for number in tqdm(range(corpora), leave=False):
            claims = simulated(np.random.default_rng([number, stories]), stories)
            for model, shares in held.items():
                table = omission_table(claims, traits=chosen + ["salience"] * (model == "salience"))
                traits = table[table["kind"] == "trait"].set_index("term")
                shares.append(_holds(traits.loc[list(EFFECTS)], pd.Series(EFFECTS)))
                alarms[model].append(traits.loc["number", "p_value"] <= 0.05)
                rows = table[table["kind"] == "outlet"].set_index("term")
                planted = pd.Series(truth, [f"outlet {n}" for n in range(len(truth))])
                others[model].append(_holds(rows, planted).mean())
        for model, series in held.items():
            shares = "".join(f"{value:12.3f}" for value in pd.DataFrame(series).mean())
            print(
                f"{stories:7d}  {model:8s}  {shares}{np.mean(others[model]):12.3f}{np.mean(alarms[model]):18.3f}",
                flush=True,
            )


def _holds(rows: pd.DataFrame, planted: pd.Series) -> pd.Series:
    """Whether each interval holds what was planted; missing where there is none."""
    planted = planted.reindex(rows.index)
    told = ((rows["low"] <= planted) & (planted <= rows["high"])).astype(float)
    return told.where(rows["low"].notna())


def groups(corpora: int) -> None:
    """Three outlets against three: false alarms and power of what sets groups apart."""
    print("\nthree outlets against three: share of corpora in which a difference of 'official' has p <= .05")
    label = {f"outlet {n}": "ab"[n % 2] for n in range(len(OUTLETS))}
    for stories in (20, 50, 200):
        for planted in (0.0, 0.3):
            found, held = [], []
            for number in tqdm(range(corpora // 2), leave=False):
                rng = np.random.default_rng([number, stories, 1])
                table = omission_table(
                    simulated(rng, stories, between={"official": planted}), label, traits=["official", "money"]
                )
                row = table[(table["kind"] == "interaction") & (table["term"] == "official")].iloc[0]
                truth = -planted if row["group"] == "a" else planted
                found.append(row["p_value"] <= 0.05)
                held.append(row["low"] <= truth <= row["high"])
            print(
                f"{stories:7d} stories, planted {planted}: {np.mean(found):.3f} (covered {np.mean(held):.3f})",
                flush=True,
            )


def gaps(corpora: int) -> None:
    """Single claims: do the shrunken intervals hold each claim's own log odds ratio?"""
    print("\nsingle claims, log odds ratios drawn from N(.4, .8): outlets a group, covered, error shrunken and plain")
    for size in (1, 2, 3, 6):
        held, error, plain = [], [], []
        for number in range(max(1, corpora // 10)):
            rng = np.random.default_rng([number, size, 2])
            truth, ease = rng.normal(0.4, 0.8, 1000), rng.normal(0, 1.2, 1000)
            one, other = (rng.binomial(size, 1 / (1 + np.exp(-(ease + side * truth / 2)))) for side in (1, -1))
            told = (one + other > 0) & (one + other < 2 * size)
            whole = np.full(told.sum(), size)
            found = shrink(Splits(one[told], whole, other[told], whole))
            held.append(((found.low <= truth[told]) & (truth[told] <= found.high)).mean())
            error.append(np.mean((found.log_odds - truth[told]) ** 2))
            raw = np.log((one + 0.5) / (size - one + 0.5)) - np.log((other + 0.5) / (size - other + 0.5))
            plain.append(np.mean((raw - truth)[told] ** 2))
        print(f"{size:7d}  {np.mean(held):.3f}  {np.mean(error) ** 0.5:.2f}  {np.mean(plain) ** 0.5:.2f}", flush=True)


def speed() -> None:
    """How long the model of 400 stories x 20 outlets x about 40 claims takes."""
    claims = simulated(np.random.default_rng(0), 400, outlets=np.linspace(-1, 1, 20), claims=35)
    omission_table(claims.head(5000), traits=["official"])  # what is loaded once is not counted
    for what, groups_of in (("", None), (", two groups", {f"outlet {n}": "ab"[n % 2] for n in range(20)})):
        start = time.perf_counter()
        omission_table(claims, groups_of, traits=["official", "number", "money", "casualties", "words", "salience"])
        print(f"{len(claims)} decisions in 400 stories, 20 outlets{what}: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
