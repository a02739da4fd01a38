"""Fit how much the shipped reader and the lexical model each count, on stories that the reader did not see.

    python benchmarks/calibrate_reader.py DATA [--dry-run]

DATA as for `train_reader.py`. Three regressions: `carried` (REALSumm's atomic claims and whole sentences, and the
stories of claims-in-news that training leaves out), `changed` (the same stories, summaries and pairs that training
leaves out) and `same` (sentences of REALSumm, by the share of atomic claims that they have in common, and pairs of
claims-in-news). Printed cross-validated by story.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import reader_data as data
import train_matching
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, precision_recall_curve, roc_auc_score
from sklearn.model_selection import GroupKFold

from compare.matching.model import score_pairs
from compare.matching.reader import small
from compare.matching.reader.opinion import evidence_of, likeness_of, log_odds

STORED = Path(small.__file__).with_name("small.json")
NATURAL_A_STORY = 120  # pairs of a whole sentence and a text
VOTES = 2500  # cells of REALSumm
DIFFERING = 0.05  # what pairs that differ in one place count against sentences of REALSumm
CARRIED = 0.3  # share that claims-in-news is weighted to; of .2 to .7, chosen with SPARK in view (RESULTS.md)
PRECISION = 0.8  # of what is called altered
SEED = 7


def natural_examples(folder: Path) -> tuple[list[data.Example], list[tuple[str, str, float, str]]]:
    """Whole sentences of REALSumm's held-out stories: against texts, and in pairs (left, right, Dice, group)."""
    rng = np.random.default_rng(SEED)
    cells, pairs = [], []
    for story, claims, texts, share in train_matching.read_stories(folder):
        group = f"realsumm:{story}"
        if not data.held_out(group, data.HELD_OUT["realsumm"]):
            continue
        natural = train_matching.natural_claims(claims, texts, share)
        asked = [(n, t) for n in range(len(natural)) for t in range(len(texts)) if natural[n][1] != t]
        for k in rng.choice(len(asked), min(len(asked), NATURAL_A_STORY), replace=False) if asked else ():
            (sentence, _, said), text = natural[asked[k][0]], asked[k][1]
            premise, signs = data.cut(" ".join(texts[text]), [sentence])[0]
            carried = float((share[said, text] >= 0.5).any())
            cells.append(data.Example("natural", group, premise, sentence, (carried, 0.0, 1 - carried), **signs))
        sets = [set(said) for _, _, said in natural[: train_matching.MOST_NATURAL]]
        for a in range(len(sets)):
            for b in range(a):
                dice = 2 * len(sets[a] & sets[b]) / (len(sets[a]) + len(sets[b]))
                pairs.append((natural[a][0], natural[b][0], dice, group))
    return cells, pairs


def weighted(groups: np.ndarray) -> np.ndarray:
    """Weights that let every source count the same."""
    names, at, count = np.unique(groups, return_inverse=True, return_counts=True)
    return (1 / count)[at] * len(groups) / len(names)


def fit(columns: np.ndarray, target: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    """A logistic regression on soft targets."""
    x, y = np.vstack([columns, columns]), np.repeat([1, 0], len(columns))
    return LogisticRegression(C=10.0, max_iter=1000).fit(
        x, y, sample_weight=np.concatenate([target * weight, (1 - target) * weight])
    )


def cross_validated(columns, target, weight, groups) -> np.ndarray:
    """Predictions of models that have not seen the story."""
    p = np.zeros(len(target))
    for train, test in GroupKFold(5).split(columns, groups=groups):
        p[test] = fit(columns[train], target[train], weight[train]).predict_proba(columns[test])[:, 1]
    return p


def show(name: str, sources: np.ndarray, target: np.ndarray, p: np.ndarray, lexical: np.ndarray | None = None) -> None:
    """Print AUC, balanced accuracy and calibration error of each source."""
    for source in np.unique(sources):
        at = (sources == source) & ((target >= 0.9) | (target <= 0.1))
        y = target[at] > 0.5
        if len(set(y)) < 2:
            continue
        before = f" (lexical {roc_auc_score(y, lexical[at]):.3f})" if lexical is not None else ""
        print(
            f"{name:9s}{source:20s} n={at.sum():5d} AUC {roc_auc_score(y, p[at]):.3f}{before}"
            f" bacc {balanced_accuracy_score(y, p[at] >= 0.5):.3f} ECE {train_matching.calibration_error(y, p[at]):.3f}"
        )


def stored(model: LogisticRegression) -> dict:
    """The weights as JSON."""
    return {"intercept": round(float(model.intercept_[0]), 4), "weights": model.coef_[0].round(4).tolist()}


def fit_carried(reader, rows: list[data.Example]) -> dict:
    """Fit the probability that a claim is carried, changed or not."""
    answers = reader.read([(x.claim, x.premise) for x in rows])
    lexical = np.array([x.lexical for x in rows])
    alike = likeness_of(reader, [x.claim for x in rows], [data.sentences_of(x.premise) or [""] for x in rows])
    columns = evidence_of(lexical, answers, alike, np.array([x.long for x in rows]))
    target = np.array([0.9 if x.label == "partial" else 1.0 - x.answer[2] for x in rows])
    sources, groups = (np.array([getattr(x, name) for x in rows]) for name in ("source", "group"))
    # In claims-in-news most cells are carried; of a codebook's claims rather three in ten.
    own = sources == "claims-in-news"
    share = target[own].mean()
    weight = weighted(sources)
    weight[own] *= np.where(target[own] > 0.5, CARRIED / share, (1 - CARRIED) / (1 - share))
    show("carried", sources, target, cross_validated(columns, target, weight, groups), lexical)
    return stored(fit(columns, target, weight))


def fit_changed(reader, rows: list[data.Example], others: list[data.Example]) -> dict:
    """Fit the probability that a carried claim is changed, on stories alone: in other sets changes are far denser."""

    def columns(asked: list[data.Example]) -> np.ndarray:
        answers = reader.read([(x.claim, x.premise) for x in asked])
        return log_odds(answers[:, 1] / (answers[:, 0] + answers[:, 1]))[:, None]

    target, groups = np.array([x.answer[1] for x in rows]), np.array([x.group for x in rows])
    weight, of_stories = np.ones(len(rows)), columns(rows)
    p = cross_validated(of_stories, target, weight, groups)
    show("changed", np.array([x.source for x in rows]), target, p)
    model = fit(of_stories, target, weight)
    sources = np.array([x.source.split("_")[0] for x in others])
    p_others = model.predict_proba(columns(others))[:, 1]
    show("changed", sources, np.array([x.answer[1] for x in others]), p_others)
    precision, recall, cut = precision_recall_curve(target, p)
    at = min(int(np.argmax(precision >= PRECISION)), len(cut) - 1)
    print(f"stories: a precision of {PRECISION} from {cut[at]:.2f} on, recall {recall[at]:.2f}")
    return stored(model)


def fit_same(reader, pairs: list[tuple[str, str, float, str]]) -> dict:
    """Fit the probability that two sentences say the same."""
    left, right, target, groups = (np.array(side, dtype=object) for side in zip(*pairs, strict=True))
    target = target.astype(float)
    lexical = score_pairs(list(left), list(right), reader=None)
    forth, back = (reader.read(list(zip(*side, strict=True))) for side in ((left, right), (right, left)))
    unchanged = log_odds(forth[:, 0]), log_odds(back[:, 0])
    alike = likeness_of(reader, list(left), [[text] for text in right])
    columns = np.column_stack([log_odds(lexical), np.minimum(*unchanged), np.maximum(*unchanged), alike])
    sources = np.array([group.split(":")[0] for group in groups])
    weight = weighted(sources) * np.where(sources == "changed-meaning", DIFFERING, 1.0)
    is_same = np.where(target >= 0.5, 1.0, 0.0)
    show("same", sources, is_same, cross_validated(columns, target, weight, groups), lexical)
    return stored(fit(columns, target, weight))


def main() -> None:
    """Read, fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="print only")
    parser.add_argument("--only", choices=("carried", "changed", "same"), help="fit this one anew")
    arguments = parser.parse_args()
    reader = small.small_reader()
    kept = [x for x in data.own_examples(data.OWN) if data.is_held_out(x) and x.kind != data.TEST]
    votes = [x for x in data.realsumm(arguments.data / "realsumm") if data.is_held_out(x)]
    votes = [votes[k] for k in np.random.default_rng(SEED).permutation(len(votes))[:VOTES]]
    natural, pairs = natural_examples(arguments.data / "realsumm")
    names = [path.name for path in (arguments.data / "train").iterdir() if path.name.startswith(("summedits", "bump"))]
    edited = [x for x in data.labelled(arguments.data / "train", names) + data.changed_meaning() if data.is_held_out(x)]
    # Sentences that differ in one place do not say the same; few pairs are of this kind, and they count little.
    differing = [(x.premise, x.claim, x.answer[0], x.group) for x in edited if x.source == "changed-meaning"]
    of_stories = [x for x in kept if x.source == "claims-in-news"]
    fits = {
        "carried": lambda: fit_carried(reader, of_stories + votes + natural),
        "changed": lambda: fit_changed(
            reader,
            [x for x in of_stories if x.label != "absent"],
            [x for x in kept + edited if x.source != "claims-in-news" and x.label not in ("absent", "partial")],
        ),
        "same": lambda: fit_same(reader, pairs + differing),
    }
    found = {name: fit_one() for name, fit_one in fits.items() if arguments.only in (None, name)}
    print(json.dumps(found, indent=1))
    if not arguments.dry_run:
        known = json.loads(STORED.read_text(encoding="utf-8"))
        found["calibrated_with"] = known["sha256"]["small.onnx"]
        STORED.write_text(json.dumps({**known, **found}, indent=1) + "\n", encoding="utf-8")
        print(f"written: {STORED}")


if __name__ == "__main__":
    main()
