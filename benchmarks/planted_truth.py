"""What is found by itself on datasets/planted-truth, and how many of its accusations are false.

    python benchmarks/planted_truth.py [--reader small|none] [--story ID] [--show]

`compare.compare_story` with its defaults. A claim that it finds stands for the known claim whose evidence shares its
sentence and most of its words. Carriers' F1: of the known claims that two or more outlets carry in full, that of the
best claim found for each; claims that are parts of others do not count. An omission is false where the known claim is
told there in full or altered; an alteration is true where a known alteration at this outlet has its sentence, and in
dispute where its cell is contested. Findings are what the report says of outlets in sentences, on the first screen and
below it: how many of these accusations are true, of those on claims that the set knows. `--show` prints them.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

import compare
from compare.claims.phrasing import asked
from compare.report.story.findings import brief_of
from compare.report.story.quotations import quotations_of
from compare.report.story.view import view_of
from compare.tables import CARRIED, top_claims

HOME = Path(__file__).parents[1] / "datasets" / "planted-truth"
FITS = 55  # rapidfuzz token-set ratio from which a wording that shares its sentence may stand for a known claim


def standing_for(story, known: pd.DataFrame, wording: dict[str, str]) -> pd.Series:
    """For each claim found, the known one that it stands for."""
    text = story.sentences.set_index("sentence_id")["text"]
    own = story.mentions[story.mentions["role"] == "member"]
    result = {}
    for claim_id, claim in top_claims(story.claims).set_index("claim_id")["claim"].items():
        places = own[own["claim_id"] == claim_id]
        scores: dict[str, float] = {}
        for outlet, sentence in zip(places["outlet"], text[places["sentence_id"]], strict=True):
            here = known[(known["outlet"] == outlet) & (known["state"] != "absent")]
            for other, evidence in zip(here["claim_id"], here["evidence"], strict=True):
                if sentence in evidence or evidence in sentence:
                    scores[other] = fuzz.token_set_ratio(asked(claim), wording[other])
        best = max(scores, key=scores.__getitem__, default=None)
        if best is not None and scores[best] >= FITS:
            result[claim_id] = best
    return pd.Series(result, dtype=object)


def measure(story, known: pd.DataFrame, wording: dict[str, str]) -> dict[str, list]:
    """Every figure's single values for a story."""
    stands = standing_for(story, known, wording)
    coverage = story.coverage
    carriers = coverage[coverage["state"].isin(CARRIED)].groupby("claim_id")["outlet"].apply(set)
    found: dict[str, list] = {"f1": [], "altered": [], "omitted": [], "rows": [], "twice": []}
    found |= {"recalled": [], "disputed": [], "first": [], "findings": []}
    state = known.set_index(["claim_id", "outlet"])["state"]
    for claim_id, rows in known.groupby("claim_id"):
        full = set(rows.loc[rows["state"] == "full", "outlet"])
        told = set(rows.loc[rows["state"] != "absent", "outlet"])
        own = stands.index[stands == claim_id]
        found["twice"].append(max(len(own) - 1, 0))
        if len(full) < 2:
            continue
        best = 0.0
        for name in own:
            has = carriers.get(name, set())
            hit = len(has & told)
            best = max(best, 2 * hit / (len(has) + len(told)) if has else 0.0)
        found["f1"].append(best)
    found["rows"] = [len(top_claims(story.claims))]
    text = coverage["evidence"].fillna("")
    for claim_id, outlet, evidence in zip(
        coverage.loc[coverage["state"] == "altered", "claim_id"],
        coverage.loc[coverage["state"] == "altered", "outlet"],
        text[coverage["state"] == "altered"],
        strict=True,
    ):
        at = known[(known["outlet"] == outlet) & (known["state"] == "altered")]
        true = any(shares(evidence, other) for other in at["evidence"])
        found["altered"].append((true, claim_id, outlet, evidence))
    for outlet, evidence in known.loc[known["state"] == "altered", ["outlet", "evidence"]].itertuples(index=False):
        for name, state_found in (("recalled", "altered"), ("disputed", "contested")):
            cells = coverage[(coverage["state"] == state_found) & (coverage["outlet"] == outlet)]
            found[name].append(any(shares(e, evidence) for e in cells["evidence"]))
    for claim_id, outlet in coverage.loc[coverage["state"] == "omitted", ["claim_id", "outlet"]].itertuples(
        index=False
    ):
        if claim_id in stands.index and len(carriers.get(claim_id, ())) >= 2:
            found["omitted"].append((state[stands[claim_id], outlet] in ("absent", "partial"), claim_id, outlet))
    view = view_of(story)
    brief = brief_of(view, quotations_of(view))
    for finding in brief.decisions:
        true = [one for one in accusations(story, finding, stands, known) if one is not None]
        found["findings"] += true
        found["first"] += true if finding in brief.first else []
    return found


def accusations(story, finding, stands: pd.Series, known: pd.DataFrame) -> list[bool | None]:
    """Whether each thing that a finding says of an outlet is true; None where the claim found is no known one."""
    state = known.set_index(["claim_id", "outlet"])["state"]
    sentence = {proof.outlet: story.sentences["text"].iat[proof.number] for proof in finding.proofs}
    result: list[bool | None] = []
    for one in finding.decisions:
        if one.code == "no":
            stands_for = stands.get(one.claim.claim_id)
            result.append(None if stands_for is None else state[stands_for, one.outlet] in ("absent", "partial"))
        elif "disagree" not in finding.said:  # which accuses nobody
            at = known[(known["outlet"] == one.outlet) & (known["state"] == "altered")]
            result.append(any(shares(sentence[one.outlet], other) for other in at["evidence"]))
    return result


def shares(evidence: str, other: str) -> bool:
    """Whether two pieces of evidence have a sentence in common."""
    return bool(evidence and other) and (
        evidence in other or other in evidence or fuzz.partial_ratio(evidence, other) > 95
    )


def main() -> None:
    """Print the figures of every story and of all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reader", choices=("small", "none"), default="small")
    parser.add_argument("--story")
    parser.add_argument("--show", action="store_true", help="print the findings, and every false accusation")
    arguments = parser.parse_args()
    articles = pd.read_json(HOME / "articles.jsonl", lines=True).astype({"published": str})
    claims = pd.read_csv(HOME / "claims.csv")
    wording = dict(zip(claims["claim_id"], claims["claim"], strict=True))
    known = pd.read_csv(HOME / "coverage.csv", keep_default_na=False)
    known = known.merge(articles[["article_id", "story_id", "outlet"]], on="article_id")
    total: dict[str, list] = {}
    for name, own in articles.groupby("story_id"):
        if arguments.story not in (None, name):
            continue
        story = compare.compare_story(own, reader=None if arguments.reader == "none" else "small")
        found = measure(story, known[known["story_id"] == name], wording)
        for key, values in found.items():
            total.setdefault(key, []).extend(values)
        print(f"{name}: {line(found)}", flush=True)
        if arguments.show:
            show(story, found)
    print(f"all: {line(total)}")


def line(found: dict[str, list]) -> str:
    """One line of figures."""
    altered, omitted = [x[0] for x in found["altered"]], [x[0] for x in found["omitted"]]
    return (
        f"claims {np.mean(found['rows']):.0f}, again {sum(found['twice'])}, carriers' F1 {np.mean(found['f1']):.3f}; "
        f"altered {sum(altered)} of {len(altered)} true, recall {sum(found['recalled'])}/{len(found['recalled'])}, "
        f"in dispute {sum(found['disputed'])}; "
        f"omitted {np.mean(omitted or [np.nan]):.3f} of {len(omitted)} true; "
        f"findings {sum(found['first'])} of {len(found['first'])} true on the first screen, "
        f"{sum(found['findings'])} of {len(found['findings'])} in all"
    )


def show(story, found: dict[str, list]) -> None:
    """Print what the first screen says, and the false accusations."""
    view = view_of(story)
    for finding in brief_of(view, quotations_of(view)).decisions:
        print("   *", re.sub(r"<[^>]+>", "", finding.said))
    wording = story.claims.set_index("claim_id")["claim"]
    cells = story.coverage.set_index(["claim_id", "outlet"])
    for true, claim_id, outlet, evidence in found["altered"]:
        changes = cells.loc[(claim_id, outlet), "changes"]
        print(f"   {'true ' if true else 'FALSE'} altered ({changes}) at {outlet}: {wording[claim_id]} | {evidence}")
    for true, claim_id, outlet in found["omitted"]:
        if not true:
            p = cells.loc[(claim_id, outlet), "probability"]
            print(f"   FALSE omission at {outlet} ({p:.2f}): {wording[claim_id]}")


if __name__ == "__main__":
    main()
