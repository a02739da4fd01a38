"""Do the intervals of corrected rates hold the truth? Corpora of known truth, and a matcher that errs by outlet.

    python benchmarks/validation.py [--corpora 500] [--stories 50 200 1000] [--labels 300] [--seed 20261122]

Six outlets report stories of ten claims each. Two carry what the others do, two less; of each two, one
rewords so much that the matcher overlooks claims, so that the toolkit sees differences where there are none. A sample
of decisions, stratified by probability and outlet, gets true labels. Printed: how many 95 % intervals hold the
true rate or difference, taken as decided and corrected. "Available" are rates of claims that, as the matcher decides,
another outlet of the story carries: those of an outlet's record. Differences "within" are of the same claims, in the
stories of both outlets.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations

import numpy as np
import pandas as pd

import compare
from compare.validation.accuracy import weighted
from compare.validation.correction import difference_table, grouped_by, rate_table, with_pseudo_outcomes, without_labels
from compare.validation.record import available
from compare.validation.sample import draw

CLAIMS = 10
STORY_SPREAD, CLAIM_SPREAD = 0.5, 1.0  # standard deviations of log-odds


@dataclass(frozen=True)
class Outlet:
    """How often an outlet carries a claim, and how the matcher sees it."""

    name: str
    log_odds: float  # of carrying a claim of average news value
    seen: float  # mean log-odds that the matcher gives to what it carries
    imagined: float  # and to what it does not carry


OUTLETS = (
    Outlet("Agency Daily", 0.3, 3.0, -2.5),
    Outlet("Own Words", 0.3, 0.9, -2.5),  # carries as much, rewords all of it
    Outlet("Short Post", -0.5, 3.0, -3.0),
    Outlet("Long Read", -0.5, 2.0, -1.2),  # so long that something always resembles the claim
    Outlet("Gazette", 0.0, 2.0, -2.0),
    Outlet("Tribune", 0.4, 1.4, -2.0),
)


def corpus(stories: int, rng: np.random.Generator) -> pd.DataFrame:
    """Decisions with the truth, `carried`, beside what the matcher makes of it."""
    value = rng.normal(0, STORY_SPREAD, (stories, 1, 1)) + rng.normal(0, CLAIM_SPREAD, (stories, CLAIMS, 1))
    covers = np.repeat(rng.random((stories, 1, len(OUTLETS))) < 0.8, CLAIMS, axis=1)
    log_odds, seen, imagined = (
        np.array([getattr(o, name) for o in OUTLETS]) for name in ("log_odds", "seen", "imagined")
    )
    carried = rng.random(covers.shape) < 1 / (1 + np.exp(-(value + log_odds)))
    score = np.where(carried, seen, imagined) + rng.normal(0, 1.4, covers.shape)
    probability = (1 / (1 + np.exp(-score))).round(4)
    probability[carried & (rng.random(covers.shape) < 0.15)] = 1.0  # the outlet whose sentence words the claim
    story, claim, outlet = np.nonzero(covers)
    table = pd.DataFrame(
        {
            "story_id": np.array([f"s{number}" for number in range(stories)])[story],
            "claim_id": np.array([f"c{number}" for number in range(stories * CLAIMS)])[story * CLAIMS + claim],
            "outlet": np.array([o.name for o in OUTLETS])[outlet],
            "probability": probability[covers],
            "carried": carried[covers].astype(float),
        }
    )
    states = np.select(
        [table["probability"] >= 0.5, table["probability"] >= 0.35], ["paraphrased", "undecided"], "omitted"
    )
    return table.assign(state=states)


def true_rate(outlet: Outlet) -> float:
    """The rate over all stories and claims there could be."""
    points, weights = np.polynomial.hermite_e.hermegauss(60)
    spread = np.hypot(STORY_SPREAD, CLAIM_SPREAD)
    return float(weights / weights.sum() @ (1 / (1 + np.exp(-(outlet.log_odds + spread * points)))))


@cache
def vast() -> pd.DataFrame:
    """The available claims of more stories than any corpus has, for what is true over all there could be."""
    decisions = corpus(50_000, np.random.default_rng(1))
    return decisions[available(decisions)]


def true_available() -> dict[str, float]:
    """The rates of available claims."""
    return vast().groupby("outlet")["carried"].mean().to_dict()


def true_within() -> dict[tuple[str, str], float]:
    """The differences of available claims within the stories of both outlets."""
    offered = vast().groupby(["story_id", "outlet"])["carried"].agg(["sum", "size"]).unstack()
    found = {}
    for one, other in permutations(offered["size"].columns, 2):
        both = offered.dropna(subset=[("size", one), ("size", other)])
        n, m = both["size"][one], both["size"][other]
        weight = n * m / (n + m)
        found[one, other] = float((weight * (both["sum"][one] / n - both["sum"][other] / m)).sum() / weight.sum())
    return found


def one(
    stories: int,
    labels: int,
    available_truth: dict[str, float],
    within_truth: dict[tuple[str, str], float],
    rng: np.random.Generator,
) -> pd.DataFrame:
    """A corpus, a sample of it, and every rate and difference, as decided and corrected: was the truth held?"""
    truth = {outlet.name: true_rate(outlet) for outlet in OUTLETS}
    decisions, drawn = draw(corpus(stories, rng), labels, "outlet", rng)
    table, _ = weighted(decisions.assign(truth=decisions["carried"].where(drawn)))
    rows = []
    for kind, source in (("as decided", without_labels(decisions)), ("corrected", with_pseudo_outcomes(table))):
        given = grouped_by(source, "outlet", None)
        rates = rate_table(given, omitted=False, status="").to_dict("records")
        rows += [_scored("rate", kind, row, truth[row["group"]]) for row in rates]
        offered = source.assign(group=source["outlet"].where(available(source)))
        rates = rate_table(offered, omitted=False, status="").to_dict("records")
        rows += [_scored("rate, available", kind, row, available_truth[row["group"]]) for row in rates]
        for row in difference_table(given, omitted=False, status="").to_dict("records"):
            gap = truth[row["group"]] - truth[row["other"]]
            rows.append(_scored("no difference" if gap == 0 else "difference", kind, row, gap))
        for row in difference_table(offered, omitted=False, status="", within=True).to_dict("records"):
            rows.append(_scored("difference, within", kind, row, within_truth[row["group"], row["other"]]))
    return pd.DataFrame(rows)


def _scored(what: str, kind: str, row: dict, truth: float) -> dict:
    return {
        "what": what,
        "kind": kind,
        "held": row["low"] <= truth <= row["high"],
        "error": row["estimate"] - truth,
        "width": row["high"] - row["low"],
        "found": not row["low"] <= 0 <= row["high"],
    }


def table_of(found: pd.DataFrame) -> pd.DataFrame:
    """Sum up: per kind of figure, how many intervals hold the truth, and how wide they are."""
    groups = found.groupby(["what", "kind"])
    return pd.DataFrame(
        {
            "intervals": groups.size(),
            "hold the truth": groups["held"].mean(),
            "mean error": groups["error"].apply(lambda e: e.abs().mean()),
            "mean width": groups["width"].mean(),
            "exclude 0": groups["found"].mean().where(lambda s: ~s.index.get_level_values(0).str.startswith("rate")),
        }
    )


def main() -> None:
    """Run and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--corpora", type=int, default=500)
    parser.add_argument("--stories", type=int, nargs="+", default=[50, 200, 1000])
    parser.add_argument("--labels", type=int, nargs="+", default=[300])
    parser.add_argument("--seed", type=int, default=20261122)
    given = parser.parse_args()
    print(f"storydiff {compare.__version__}, {given.corpora} corpora each")
    print({o.name: round(true_rate(o), 3) for o in OUTLETS})
    print(f"{len(list(combinations(OUTLETS, 2)))} pairs of outlets, 2 of them without a true difference")
    offered, within = true_available(), true_within()
    print(f"of available claims: { {name: round(rate, 3) for name, rate in offered.items()} }")
    for stories in given.stories:
        for labels in given.labels:
            rng = np.random.default_rng([given.seed, stories, labels])
            found = pd.concat([one(stories, labels, offered, within, rng) for _ in range(given.corpora)])
            print(f"\n{stories} stories, {labels} labels\n{table_of(found).round(3).to_string()}", flush=True)


if __name__ == "__main__":
    main()
