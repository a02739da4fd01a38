"""Fit the matching models and write compare/matching/model.json.

    python benchmarks/train_matching.py DATA [--dry-run]

DATA holds `realsumm/articles.jsonl` and `realsumm/claims.jsonl` (REALSumm's texts with the human
votes of Lite2-3Pyramid, CC BY 4.0): 25 short texts for each of 100 stories, and atomic claims
("425 girls have been sleeping outdoors") with votes on which text carries them. Articles are
longer than those texts and sentences say more than an atomic claim, so there are two kinds of
claims, each with the votes as its label:

    atomic     the claims as they are; the label is the share of coders who say "present"
    natural    a sentence of one text, with the atomic claims that it says; looked for in the others, and
               carried, in whole or in part, where one of these claims is

and articles of two kinds: each text alone, and none to three of them shuffled with up to thirteen
texts of other stories (an article of other stories carries nothing). Two natural sentences say the
same to the degree that they share their atomic claims (Dice). Deterministic. The printed table is
cross-validated by story.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from compare.language.split import split_text
from compare.matching.evidence import EVIDENCE_FEATURES, find_evidence
from compare.matching.features import FEATURES, pair_features
from compare.matching.model import CARRIES_FEATURES, by_length, same_features
from compare.matching.passages import Passages
from compare.settings import Settings

SOFT = FEATURES.index("soft_recall")
ALIGNED_FROM = 0.5  # a sentence says an atomic claim that its text carries if it holds this share of its words
COVERED_FROM = 0.55  # a natural sentence is used if its atomic claims hold this share of its words
# Texts of other stories that an article is mixed with, so that its length alone makes nothing probable: with 7 instead
# of 13, claims of another story were called carried twice as often in very long articles.
MOST_FOREIGN = 13
MOST_NATURAL = 20  # natural sentences of a story, so that no story outweighs the others
MODEL = Path(__file__).parents[1] / "compare" / "matching" / "model.json"


def read_stories(folder: Path):
    """Yield (story, claims, texts as lists of sentences, share of votes: claims x texts)."""
    articles = pd.read_json(folder / "articles.jsonl", lines=True)
    claims = pd.read_json(folder / "claims.jsonl", lines=True)
    claims["share"] = [np.mean([vote == "p" for vote in votes]) for votes in claims["votes"]]
    for story, rows in claims.groupby("story_id", sort=False):
        here = articles[articles["story_id"] == story]
        wording = rows.drop_duplicates("claim_id")
        share = rows.pivot(index="claim_id", columns="article_id", values="share")
        texts = [[text[a:b] for a, b in split_text(text)] for text in here["text"]]
        yield story, list(wording["claim"]), texts, share.loc[wording["claim_id"], here["article_id"]].to_numpy()


def natural_claims(claims: list[str], texts: list[list[str]], share: np.ndarray) -> list[tuple[str, int, list[int]]]:
    """Find sentences that atomic claims cover: (sentence, its text, its claims), each wording once."""
    sentences = [(number, sentence) for number, text in enumerate(texts) for sentence in text]
    text_of = np.array([number for number, _ in sentences])
    batch = Passages.of([*claims, *(sentence for _, sentence in sentences)])
    claim, row = (grid.ravel() for grid in np.meshgrid(range(len(claims)), range(len(sentences)), indexing="ij"))
    soft = pair_features(batch, claim, row + len(claims))[:, SOFT].reshape(len(claims), -1)
    said: list[list[int]] = [[] for _ in sentences]
    for number in range(len(texts)):
        here = np.flatnonzero(text_of == number)
        for which in np.flatnonzero(share[:, number] >= 0.5):
            best = here[soft[which, here].argmax()]
            if soft[which, best] >= ALIGNED_FROM:
                said[best].append(int(which))
    rows = [row for row, which in enumerate(said) if which]
    joined = Passages.of([sentences[row][1] for row in rows] + [" ".join(claims[c] for c in said[row]) for row in rows])
    covered = pair_features(joined, np.arange(len(rows)), np.arange(len(rows)) + len(rows))[:, SOFT]
    found = {}
    for row, share_covered in zip(rows, covered, strict=True):
        number, sentence = sentences[row]
        if share_covered >= COVERED_FROM and len(sentence.split()) >= 5:
            found.setdefault(re.sub(r"\W+", "", sentence.casefold()), (sentence, number, said[row]))
    return list(found.values())


def composed_articles(
    own: list[list[str]], others: list[list[str]], rng: np.random.Generator
) -> list[tuple[list[int], list[str]]]:
    """Every text alone, and as many shuffled articles of 0-3 own and 1-13 foreign texts: (own texts, sentences)."""
    articles = [([number], text) for number, text in enumerate(own)]
    for _ in range(len(own)):
        used = rng.choice(len(own), int(rng.integers(0, 4)), replace=False).tolist()
        foreign = rng.choice(len(others), int(rng.integers(1, MOST_FOREIGN + 1)), replace=False).tolist()
        parts = [own[number] for number in used] + [others[number] for number in foreign]
        articles.append((used, [sentence for part in rng.permutation(len(parts)) for sentence in parts[part]]))
    return articles


def story_rows(given: tuple, others: list[list[str]], rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make one story's training rows for `carries` and for `same`."""
    story, claims, texts, share = given
    natural = natural_claims(claims, texts, share)
    if len(natural) > MOST_NATURAL:
        natural = [natural[k] for k in rng.choice(len(natural), MOST_NATURAL, replace=False)]
    wording = [*claims, *(sentence for sentence, _, _ in natural)]
    parts = [[c] for c in range(len(claims))] + [which for _, _, which in natural]
    source = [None] * len(claims) + [number for _, number, _ in natural]
    kinds = ["atomic"] * len(claims) + ["natural"] * len(natural)

    articles = composed_articles(texts, others, rng)
    article_of = np.repeat(np.arange(len(articles)), [len(sentences) for _, sentences in articles])
    evidence = find_evidence(wording, [s for _, sentences in articles for s in sentences], article_of)
    features = evidence.features.reshape(len(wording), len(articles), -1)
    carried = np.column_stack([share[:, used].max(axis=1, initial=0) for used, _ in articles])
    frames = []
    for number, (part, kind) in enumerate(zip(parts, kinds, strict=True)):
        frame = pd.DataFrame(features[number], columns=EVIDENCE_FEATURES)
        said = (carried[part] >= 0.5).mean(axis=0)
        frame = frame.assign(
            story=story, kind=kind, alone=[len(a[0]) == 1 and k < len(texts) for k, a in enumerate(articles)]
        )
        frame["target"] = carried[part[0]] if kind == "atomic" else (said > 0).astype(float)
        frame["share"] = said
        # A natural sentence is not looked for in the text that it comes from.
        frames.append(frame[[source[number] not in used for used, _ in articles]])
    return pd.concat(frames), same_rows(story, natural)


def same_rows(story: str, natural: list[tuple[str, int, list[int]]]) -> pd.DataFrame:
    """Pair a story's natural sentences; the target is the Dice coefficient of their atomic claims."""
    # k = 0: every sentence also pairs with itself, so that the same words mean the same.
    left, right = np.triu_indices(len(natural), 0)
    features = same_features(Passages.of([sentence for sentence, _, _ in natural]), left, right)
    sets = [set(which) for _, _, which in natural]
    dice = [2 * len(sets[a] & sets[b]) / (len(sets[a]) + len(sets[b])) for a, b in zip(left, right, strict=True)]
    return pd.DataFrame(features, columns=FEATURES).assign(story=story, target=dice)


def fit(rows: pd.DataFrame, names: tuple[str, ...]) -> dict:
    """Fit a logistic regression to soft targets; the weights are for features as they are, not standardised."""
    features = rows[list(names)].to_numpy(float)
    scaler = StandardScaler().fit(features)
    target = rows["target"].to_numpy(float)
    x = np.vstack([scaler.transform(features)] * 2)
    y = np.repeat([1, 0], len(rows))
    model = LogisticRegression(C=0.3, max_iter=1000).fit(x, y, sample_weight=np.concatenate([target, 1 - target]))
    scale = np.where(scaler.scale_ > 0, scaler.scale_, 1)
    weights = model.coef_[0] / scale
    intercept = model.intercept_[0] - (weights * scaler.mean_).sum()
    return {
        "intercept": round(float(intercept), 4),
        "weights": dict(zip(names, weights.round(4).tolist(), strict=True)),
    }


def predict(model: dict, rows: pd.DataFrame) -> np.ndarray:
    """Apply a fitted model to rows."""
    logit = (
        rows[list(model["weights"])].to_numpy(float) @ np.array(list(model["weights"].values())) + model["intercept"]
    )
    return 1 / (1 + np.exp(-logit))


def calibration_error(y: np.ndarray, p: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Guo et al. 2017)."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs(y[at == k].mean() - p[at == k].mean()) * (at == k).mean() for k in np.unique(at)))


def cross_validated(rows: pd.DataFrame, names: tuple[str, ...]) -> np.ndarray:
    """Predict every row by a model that has not seen its story."""
    predicted = np.zeros(len(rows))
    for train, test in GroupKFold(5).split(rows, groups=rows["story"]):
        predicted[test] = predict(fit(rows.iloc[train], names), rows.iloc[test])
    return predicted


def report(name: str, rows: pd.DataFrame, predicted: np.ndarray) -> None:
    """Print one line of the table; targets of one half or more count as positive."""
    y = (rows["target"] >= 0.5).to_numpy(int)
    print(
        f"{name:24s} {len(rows):7d} {y.mean():9.3f} {roc_auc_score(y, predicted):7.3f}"
        f" {balanced_accuracy_score(y, predicted >= 0.5):7.3f} {calibration_error(y, predicted):7.3f}"
    )


def print_cut_offs(rows: pd.DataFrame, predicted: np.ndarray) -> None:
    """Print what share of the decisions on either side of the cut-offs coders call carried."""
    settings = Settings()
    state = np.select(
        [predicted < settings.undecided_from, predicted < settings.carried_at], ["omitted", "undecided"], "carried"
    )
    share = rows.groupby(["kind", state])["target"].agg(["mean", "size"])
    print("called      kind       carried by coders      n")
    for (kind, called), line in share.iterrows():
        print(f"{called:11s} {kind:10s} {line['mean']:17.3f} {line['size']:6.0f}")


def partial_cut(rows: pd.DataFrame, predicted: np.ndarray) -> float:
    """The soft recall that best tells fully from partly carried claims, among those taken for carried."""
    several = rows[(predicted >= 0.5) & (rows["kind"] != "atomic") & (rows["share"] > 0)]
    cuts = np.arange(0.3, 0.96, 0.05)
    whole = several["share"] == 1
    return float(max(cuts, key=lambda cut: balanced_accuracy_score(whole, several["soft_recall"] >= cut)))


def main() -> None:
    """Make the rows, print the cross-validated table, write the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="print the table only")
    arguments = parser.parse_args()
    stories = list(read_stories(arguments.data / "realsumm"))
    rng = np.random.default_rng(20260101)
    made = []
    for given in stories:
        others = [text for other, _, texts, _ in stories if other != given[0] for text in texts]
        made.append(story_rows(given, others, rng))
    carries, same = (pd.concat(frames, ignore_index=True) for frames in zip(*made, strict=True))
    doubled = by_length(carries[list(EVIDENCE_FEATURES)].to_numpy(float))
    carries = carries.join(pd.DataFrame(doubled, columns=CARRIES_FEATURES))
    print(f"{'cross-validated by story':24s} {'rows':>7s} {'positive':>9s} {'AUC':>7s} {'bal.acc':>7s} {'ECE':>7s}")
    predicted = cross_validated(carries, CARRIES_FEATURES)
    for kind in ("atomic", "natural"):
        here = (carries["kind"] == kind).to_numpy()
        report(f"carries, {kind}", carries[here], predicted[here])
    alone = ((carries["kind"] == "atomic") & carries["alone"]).to_numpy()
    report("carries, one text", carries[alone], predicted[alone])
    print_cut_offs(carries, predicted)
    report("same", same, cross_validated(same, FEATURES))
    print(f"partial below a soft recall of {partial_cut(carries, predicted):.2f}")
    if not arguments.dry_run:
        model = {
            "trained_on": "REALSumm texts with Lite2-3Pyramid votes (CC BY 4.0), and claims made from them",
            "carries": fit(carries, CARRIES_FEATURES),
            "same": fit(same, FEATURES),
        }
        MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
        print(f"written: {MODEL}")


if __name__ == "__main__":
    main()
