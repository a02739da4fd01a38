"""How well pairs of sentences in German, French, Spanish and Italian are told apart, by words alone.

    OMP_NUM_THREADS=1 python benchmarks/languages_pairs.py [--half odd]

The pairs are invented (`languages_pairs.toml`). Odd ones were used to fit; by default only even ones are looked at.
"""

from __future__ import annotations

import argparse
import tomllib
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

import compare

OTHER_KINDS = ("negation", "number", "roles", "direction", "time")


def pairs_in(half: str) -> list[tuple[str, str, str, str]]:
    """Return language, kind ("same", "other" or a change), and the two sentences of every pair of a half."""
    known = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    halves = {"odd": [0], "even": [1], "both": [0, 1]}[half]
    return [
        (language, kind, entry["says"], told)
        for language, entries in known.items()
        for at, entry in enumerate(entries)
        if at % 2 in halves
        for kind, told in entry.items()
        if kind != "says"
    ]


def calibration_error(probability: np.ndarray, truth: np.ndarray, bins: int = 5) -> float:
    """Return the expected calibration error over bins of equal width."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        (place == at).mean() * abs(probability[place == at].mean() - truth[place == at].mean())
        for at in range(bins)
        if (place == at).any()
    ]
    return float(sum(gaps))


def state_of(language: str, claim: str, told: str) -> tuple[str, float]:
    """Return the state and probability of a claim at an outlet that tells this."""
    article = {"outlet": "Post", "text": told, "language": language}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", compare.InputWarning)
        row = compare.track_claims([article], [claim], reader=None).iloc[0]
    return row["state"], row["probability"]


def main() -> None:
    """Print a line for each language."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--half", choices=["odd", "even", "both"], default="even")
    parser.add_argument("--wrong", action="store_true", help="list the cells that are judged wrongly")
    options = parser.parse_args()
    pairs = pairs_in(options.half)
    rows = [(language, kind, *state_of(language, a, b), a, b) for language, kind, a, b in pairs]
    for language in dict.fromkeys(row[0] for row in rows):
        here = [row for row in rows if row[0] == language]
        plain = [row for row in here if row[1] in {"same", "other"}]
        truth = np.array([row[1] == "same" for row in plain])
        probability = np.array([row[3] for row in plain], dtype=float)
        print(
            f"{language}: same or other: AUC {roc_auc_score(truth, probability):.3f}, balanced accuracy "
            f"{balanced_accuracy_score(truth, probability >= 0.5):.2f}, ECE {calibration_error(probability, truth):.3f}"
        )
        for kind in ("same", "other", *OTHER_KINDS):
            states = Counter(row[2] for row in here if row[1] == kind)
            if states:
                print(f"    {kind}: {dict(states.most_common())}")
        if options.wrong:
            for _, kind, state, chance, a, b in here:
                right = {"same": {"paraphrased", "partial", "verbatim"}, "other": {"omitted"}}.get(kind, {"altered"})
                if state not in right:
                    print(f"        {kind} {state} {chance:.2f}: {a} | {b}")


if __name__ == "__main__":
    main()
