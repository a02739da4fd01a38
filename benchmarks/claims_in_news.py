"""How well carriage and changed meaning are judged on the test stories of datasets/claims-in-news.

    python benchmarks/claims_in_news.py [--reader small|none] [--split test|train]

`compare.track_claims` with its defaults. AUC is that of the probability, full against absent. A cell is called altered
where its state is; the curve of precision over recall takes the surest first. Passages are asked for, too.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
from reader_data import OWN
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from train_matching import calibration_error

import compare

TOLD = ("verbatim", "paraphrased", "partial")


def stories(split: str, reader: str | None) -> pd.DataFrame:
    """The cells of the stories of a split, with what the toolkit says of them."""
    known = pd.read_csv(OWN / "stories.csv")
    articles = pd.read_json(OWN / "articles.jsonl", lines=True).astype({"published": str})
    claims = pd.read_csv(OWN / "claims.csv")
    found = [
        compare.track_claims(
            articles[articles["story_id"] == story], claims[claims["story_id"] == story], reader=reader
        )
        for story in known.loc[known["split"] == split, "story_id"]
    ]
    gold = pd.read_csv(OWN / "coverage.csv", keep_default_na=False)
    return gold.merge(pd.concat(found), on=["claim_id", "article_id"], suffixes=("_gold", ""))


def passages(split: str, reader: str | None) -> pd.DataFrame:
    """The claims on passages of a split, with what the toolkit says of them."""
    gold = pd.read_csv(OWN / "passages.csv", keep_default_na=False)
    gold = gold[gold["split"] == split]
    found = []
    for number, (passage, rows) in enumerate(gold.groupby("passage", sort=False)):
        article = [{"article_id": str(number), "outlet": "one", "text": passage}]
        found.append(compare.track_claims(article, rows.rename(columns={"pair_id": "claim_id"}), reader=reader))
    return gold.merge(pd.concat(found), left_on="pair_id", right_on="claim_id", suffixes=("_gold", ""))


def report(name: str, cells: pd.DataFrame) -> None:
    """Print the figures of some cells."""
    gold, state, p = (cells[column].to_numpy() for column in ("state_gold", "state", "probability"))
    clear = np.isin(gold, ["full", "absent"])
    carried = gold[clear] == "full"
    print(f"\n{name}: {len(cells)} cells")
    print(
        f"full against absent: AUC {roc_auc_score(carried, p[clear]):.3f}, balanced accuracy "
        f"{balanced_accuracy_score(carried, p[clear] >= 0.5):.3f}, calibration error "
        f"{calibration_error(gold != 'absent', p):.3f} (all cells, carried in any way)"
    )
    told, altered = np.isin(state, TOLD), state == "altered"
    sure = np.isin(gold, ["full", "altered"])
    both = balanced_accuracy_score(gold[sure] == "full", told[sure])
    print(
        f"full against altered, told or not: balanced accuracy {both:.3f}"
        f" (full told {told[gold == 'full'].mean():.3f}, altered told {told[gold == 'altered'].mean():.3f})"
    )
    right = (gold == "altered") & altered
    print(
        f"called altered: {altered.sum()}, precision {right.sum() / max(altered.sum(), 1):.3f}, "
        f"recall {right.sum() / (gold == 'altered').sum():.3f}"
    )
    print(pd.crosstab(cells["state_gold"], cells["state"]).to_string())


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reader", choices=("small", "none"), default="small")
    parser.add_argument("--split", choices=("test", "train"), default="test")
    arguments = parser.parse_args()
    reader = None if arguments.reader == "none" else arguments.reader
    report("stories", stories(arguments.split, reader))
    report("passages", passages(arguments.split, reader))


if __name__ == "__main__":
    main()
