"""Claims x outlets: every cell gets a state, a probability and the sentence that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.claims.wording import worded
from compare.coverage.mentions import mentions_of
from compare.coverage.places import positions, prominence
from compare.reading.articles import by_publication
from compare.tables import CARRIED, CLAIMS, COVERAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.claims.judge import Judge, Judgements
    from compare.matching.match import Pairs


def cover(
    judge: Judge, groups: Sequence[Group], clauses: pd.DataFrame, pairs: Pairs
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Judge every claim at every outlet.

    Where an outlet has several articles, the one that carries the claim most probably stands for it.

    Args:
        judge: of the story's articles.
        groups: the claims as groups of clauses.
        clauses: the story's clauses.
        pairs: those that may say the same; of these, the passages are used.

    Returns:
        The tables CLAIMS (most salient first), MENTIONS and COVERAGE, both in the order of CLAIMS.
    """
    articles, sentences = judge.articles, judge.sentences
    wording = [_wording(group, clauses, articles) for group in groups]
    # By words alone, a claim need not be looked for in the article that words it.
    judged = judge.judge(wording, _not_its_own(groups, clauses, judge) if judge.reader is None else None)
    _settle_members(judged, groups, wording, clauses, judge)
    coverage = _coverage(judged, [group.claim_id for group in groups], articles, sentences)
    claims = _claims(groups, wording, clauses, judge, coverage)
    mentions = mentions_of(judged, groups, clauses, pairs, judge)
    return claims, _in_order(mentions, claims), _in_order(coverage, claims)


def _wording(group: Group, clauses: pd.DataFrame, articles: pd.DataFrame) -> str:
    row = clauses.iloc[group.central]
    texts = articles.loc[articles["article_id"] == row["article_id"], "text"]
    return worded(row["text"], texts.iat[0], row["start"])


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

    That does not hold where a headline is surer. By words alone, and at the article that words it, the clause may also
    make the claim more probable there. Elsewhere the reader's answer stands, and its evidence where it accuses.
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
        if judge.headline[judged.row[cell]] and probability > same:
            continue
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


def _coverage(
    judged: Judgements, claim_ids: Sequence[str], articles: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    outlet_of = articles["outlet"].to_numpy(object)
    outlets = list(dict.fromkeys(outlet_of))
    claim = np.arange(len(claim_ids))[:, np.newaxis]
    # The article that stands for each outlet, for every claim.
    columns = [np.flatnonzero(outlet_of == outlet) for outlet in outlets]
    # Of equals, the one published first: the order in which articles are given decides nothing.
    in_order = by_publication(articles)
    columns = [in_order[np.isin(in_order, at)] for at in columns]
    best = np.column_stack([at[judged.probability[:, at].argmax(axis=1)] for at in columns])
    row, state = judged.row[claim, best].ravel(), judged.state[claim, best].ravel()
    # One more place at the end, which row -1 (no sentence at all) takes its missing values from.
    ids = np.array([*sentences["sentence_id"], None], dtype=object)
    position = np.append(positions(sentences), np.nan)
    return COVERAGE.frame(
        {
            "claim_id": np.repeat(np.array(claim_ids, dtype=object), len(outlets)),
            "outlet": np.tile(np.array(outlets, dtype=object), len(claim_ids)),
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
    weight = prominence(carried["position"]).groupby(carried["claim_id"]).sum() / judge.articles["outlet"].nunique()
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


def _in_order(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    rank = {name: number for number, name in enumerate(claims["claim_id"])}
    return table.sort_values("claim_id", key=lambda names: names.map(rank), kind="stable", ignore_index=True)
