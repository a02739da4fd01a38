"""Claims x outlets: every cell gets a state, a probability and the sentence that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.claims.identity import tidy
from compare.coverage.conflicts import Bench, standing
from compare.coverage.mentions import mentions_of
from compare.tables import CARRIED, CLAIMS, COVERAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.claims.judge import Judge, Judgements
    from compare.matching.match import Pairs


def cover(
    judge: Judge, groups: Sequence[Group], clauses: pd.DataFrame, pairs: Pairs, wire: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Judge every claim at every outlet.

    Where an outlet has several articles, the one that carries the claim most probably stands for it. No outlet's
    words are the standard: who is called altered, the independent voices decide; see `conflicts`.

    Args:
        judge: of the story's articles.
        groups: the claims as groups of clauses.
        clauses: the story's clauses.
        pairs: those that may say the same; of these, the passages are used.
        wire: the WIRE table: copies of one text are one voice.

    Returns:
        The tables CLAIMS (most salient first), MENTIONS, COVERAGE and CONFLICTS, these in the order of CLAIMS.
    """
    bench = Bench(judge, clauses, wire)
    groups, (wording, judged) = list(groups), _judged(judge, groups, clauses)
    sides = bench.sides(judged, groups, wording)
    better = {number: new for number, new in enumerate(map(bench.better, groups, sides)) if new is not None}
    if better:
        wording_again, judged_again = _judged(judge, list(better.values()), clauses)
        sides_again = bench.sides(judged_again, list(better.values()), wording_again)
        for at, (number, group) in enumerate(better.items()):
            if sides_again[at].strength > sides[number].strength:
                judged.take(number, judged_again, at)
                groups[number], wording[number], sides[number] = group, wording_again[at], sides_again[at]
    conflicts = bench.settle(judged, groups, wording, sides)
    coverage = _coverage(judged, [group.claim_id for group in groups], judge)
    claims = _claims(groups, wording, clauses, judge, coverage)
    mentions = mentions_of(judged, groups, clauses, pairs, judge)
    return claims, _in_order(mentions, claims), _in_order(coverage, claims), _in_order(conflicts, claims)


def _judged(judge: Judge, groups: Sequence[Group], clauses: pd.DataFrame) -> tuple[list[str], Judgements]:
    """Word the claims and judge each at every article."""
    texts = clauses["text"].to_numpy(object)
    wording = [tidy(texts[group.central]) for group in groups]
    # By words alone, a claim need not be looked for in the article that words it.
    judged = judge.judge(wording, _not_its_own(groups, clauses, judge) if judge.reader is None else None)
    _settle_members(judged, groups, wording, clauses, judge)
    return wording, judged


def _not_its_own(groups: Sequence[Group], clauses: pd.DataFrame, judge: Judge) -> NDArray[np.bool_]:
    """All cells but those of a claim at the article that words it."""
    wanted = np.ones((len(groups), len(judge.articles)), dtype=bool)
    home = judge.article_of[clauses["sentence"].to_numpy()[[group.central for group in groups]]]
    wanted[np.arange(len(groups)), home] = False
    return wanted


def _settle_members(
    judged: Judgements, groups: Sequence[Group], wording: Sequence[str], clauses: pd.DataFrame, judge: Judge
) -> None:
    """Where a clause of an article belongs to the claim itself, its sentence is the evidence.

    By words alone, and at the article that words it, the clause may also make the claim more probable there. Elsewhere
    the reader's answer stands, and its evidence where it accuses.
    """
    sentence_of, told = clauses["sentence"].to_numpy(), clauses["text"].to_numpy(object)
    texts = judge.sentences["text"].to_numpy(object)
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for number, group in enumerate(groups):
        for row, same in zip(group.rows, group.probability.tolist(), strict=True):
            cell = number, int(judge.article_of[sentence_of[row]])
            if cell not in best or same > best[cell][0]:
                best[cell] = same, row
    for cell, (same, row) in best.items():
        probability = float(judged.probability[cell])
        own = row == groups[cell[0]].central
        if own or judge.reader is None:
            probability = max(same, probability)
        elif judged.state[cell] == "altered":
            continue
        if own:
            judged.share[cell], judged.changed[cell] = 1.0, np.nan
        sentence = sentence_of[row]
        judged.probability[cell] = probability
        judged.row[cell], judged.beside[cell] = sentence, -1
        # What else the sentence tells is another claim: changes are looked for in the clause.
        judge.decide(judged, cell, wording[cell[0]], (texts[sentence], told[row]))
        judged.evidence[cell] = texts[sentence]


def _coverage(judged: Judgements, claim_ids: Sequence[str], judge: Judge) -> pd.DataFrame:
    outlets = judge.articles["outlet"].unique()
    claim = np.arange(len(claim_ids))[:, np.newaxis]
    best = standing(judged, judge.articles)
    row, state = judged.row[claim, best].ravel(), judged.state[claim, best].ravel()
    # One more place at the end, which row -1 (no sentence at all) takes its missing values from.
    ids = np.array([*judge.sentences["sentence_id"], None], dtype=object)
    position = np.append(_positions(judge.sentences), np.nan)
    return COVERAGE.frame(
        {
            "claim_id": np.repeat(np.array(claim_ids, dtype=object), len(outlets)),
            "outlet": np.tile(outlets.astype(object), len(claim_ids)),
            "state": state,
            "probability": judged.probability[claim, best].ravel(),
            "sentence_id": ids[row],
            "evidence": judged.evidence[claim, best].ravel(),
            "position": np.where(state == "omitted", np.nan, position[row]),
            "changes": judged.changes[claim, best].ravel(),
        }
    )


def _claims(
    groups: Sequence[Group], wording: Sequence[str], clauses: pd.DataFrame, judge: Judge, coverage: pd.DataFrame
) -> pd.DataFrame:
    quoted = judge.sentences["quoted"].to_numpy()[clauses["sentence"].to_numpy()]
    carried = coverage[coverage["state"].isin(CARRIED)]
    outlets = carried.groupby("claim_id").size()
    weight = (1 - carried["position"] / 2).groupby(carried["claim_id"]).sum() / judge.articles["outlet"].nunique()
    ids = [group.claim_id for group in groups]
    claims = CLAIMS.frame(
        {
            "claim_id": ids,
            "story_id": [judge.articles["story_id"].iat[0]] * len(ids),
            "claim": wording,
            "kind": ["quote" if quoted[group.rows].mean() > 0.5 else "statement" for group in groups],
            "outlets": outlets.reindex(ids, fill_value=0).to_numpy(),
            "salience": weight.reindex(ids, fill_value=0).to_numpy().round(6),
        }
    )
    return claims.sort_values(["salience", "claim_id"], ascending=[False, True], ignore_index=True)


def _positions(sentences: pd.DataFrame) -> NDArray[np.float64]:
    """Place of each sentence in its article's story text: 0 is the lead, 1 the end; a lone sentence is the lead."""
    told = (~sentences["boilerplate"]).astype(int).groupby(sentences["article_id"])
    before, last = told.cumsum() - 1, told.transform("sum") - 1
    places: NDArray[np.float64] = (before.clip(lower=0) / last.clip(lower=1)).to_numpy(float).round(6)
    return places


def _in_order(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    rank = {name: number for number, name in enumerate(claims["claim_id"])}
    return table.sort_values("claim_id", key=lambda names: names.map(rank), kind="stable", ignore_index=True)
