"""Small invented runs with known truth, and sheets filled in by invented coders."""

import csv
from types import SimpleNamespace

import numpy as np
import pandas as pd

OUTLETS = ("Gannet", "Orrery", "Pennant")


def run(stories=4, claims=12, seed=1):
    """Coverage, claims and articles; `truth` says of each (claim_id, outlet) whether it is carried."""
    rng = np.random.default_rng(seed)
    coverage, named, articles, truth = [], [], [], {}
    for story in range(stories):
        for number in range(claims):
            claim_id = f"c{story}-{number}"
            named.append(
                {"claim_id": claim_id, "story_id": f"s{story}", "claim": f"Boat {number} of fleet {story} sank."}
            )
            for outlet in OUTLETS:
                carried = bool(rng.random() < 0.5)
                probability = round(float(np.clip(0.75 * carried + 0.15 + rng.normal(0, 0.15), 0, 1)), 4)
                state = "paraphrased" if probability >= 0.5 else "undecided" if probability >= 0.35 else "omitted"
                evidence = f"evidence {number}"
                coverage.append((claim_id, outlet, state, probability, evidence))
                truth[claim_id, outlet] = carried
        articles += [
            {
                "article_id": f"a{story}-{outlet}",
                "story_id": f"s{story}",
                "outlet": outlet,
                "title": f"Fleet {story}",
                "text": f"Article {story} of number {place}.\n\nMore of it.",
            }
            for place, outlet in enumerate(OUTLETS)
        ]
    return SimpleNamespace(
        coverage=pd.DataFrame(coverage, columns=["claim_id", "outlet", "state", "probability", "evidence"]),
        claims=pd.DataFrame(named),
        articles=pd.DataFrame(articles),
        truth=truth,
    )


def true_code(sample, truth, unit):
    row = sample.decisions.set_index("unit").loc[unit]
    return "yes" if truth[row["claim_id"], row["outlet"]] else "no"


def fill(folder, coder, answer):
    """Write the codes that `answer(unit)` gives into a coder's CSV sheet, as a spreadsheet would; give its path."""
    path = folder / f"{coder}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["code"] = answer(row["unit"])
    return rewrite(path, rows)


def rewrite(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
