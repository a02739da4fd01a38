"""Claims x outlets: every cell gets a state, a probability and the sentence that proves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.claims.identity import tidy
from compare.tables import CARRIED, CLAIMS, COVERAGE, MENTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.claims.judge import Judge, Judgements


def cover(judge: Judge, groups: Sequence[Group]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Judge every claim at every outlet.

    Where an outlet has several articles, the one that carries the claim most probably stands for it.

    Args:
        judge: of the story's articles.
        groups: the claims as groups of sentences.

    Returns:
        The tables CLAIMS (most salient first), MENTIONS and COVERAGE, both in the order of CLAIMS.
    """
    articles, sentences = judge.articles, judge.sentences
    texts = sentences["text"].to_numpy(object)
    wording = [tidy(texts[group.central]) for group in groups]
    judged = judge.judge(wording, _not_its_own(groups, judge))
    _settle_members(judged, groups, wording, judge)
    coverage = _coverage(judged, [group.claim_id for group in groups], articles, sentences)
    claims = _claims(groups, wording, articles, sentences, coverage)
    mentions = _mentions(judged, groups, articles, sentences)
    return claims, _in_order(MENTIONS.frame(mentions), claims), _in_order(coverage, claims)


def _not_its_own(groups: Sequence[Group], judge: Judge) -> NDArray[np.bool_]:
    """The cells to look at: a claim need not be looked for in the article that words it."""
    wanted = np.ones((len(groups), len(judge.articles)), dtype=bool)
    for number, group in enumerate(groups):
        wanted[number, judge.article_of[group.central]] = False
    return wanted


def _settle_members(judged: Judgements, groups: Sequence[Group], wording: Sequence[str], judge: Judge) -> None:
    """Where a sentence of an article belongs to the claim itself, that sentence is the evidence."""
    texts = judge.sentences["text"].to_numpy(object)
    members = [
        (number, row, same)
        for number, group in enumerate(groups)
        for row, same in zip(group.rows, group.probability, strict=True)
    ]
    pairs = ((wording[number], texts[row]) for number, row, _ in members)
    same = judge.reread(np.array([same for _, _, same in members]), pairs)
    for (number, row, _), alike in zip(members, same.tolist(), strict=True):
        cell = number, judge.article_of[row]
        probability = max(alike, float(judged.probability[cell]))
        share = 1.0 if row == groups[number].central else float(judged.share[cell])
        judged.probability[cell] = probability
        judged.row[cell], judged.beside[cell] = row, -1
        judged.state[cell], judged.changes[cell] = judge.decide(
            wording[number], (texts[row], texts[row]), probability, share
        )
        judged.evidence[cell] = texts[row]


def _coverage(
    judged: Judgements, claim_ids: Sequence[str], articles: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    outlet_of = articles["outlet"].to_numpy(object)
    outlets = list(dict.fromkeys(outlet_of))
    claim = np.arange(len(claim_ids))[:, np.newaxis]
    # The article that stands for each outlet, for every claim.
    columns = [np.flatnonzero(outlet_of == outlet) for outlet in outlets]
    best = np.column_stack([at[judged.probability[:, at].argmax(axis=1)] for at in columns])
    row, state = judged.row[claim, best].ravel(), judged.state[claim, best].ravel()
    # One more place at the end, which row -1 (no sentence at all) takes its missing values from.
    ids = np.array([*sentences["sentence_id"], None], dtype=object)
    position = np.append(_positions(sentences), np.nan)
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
    groups: Sequence[Group],
    wording: Sequence[str],
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    coverage: pd.DataFrame,
) -> pd.DataFrame:
    quoted = sentences["quoted"].to_numpy()
    carried = coverage[coverage["state"].isin(CARRIED)]
    outlets = carried.groupby("claim_id").size()
    weight = (1 - carried["position"] / 2).groupby(carried["claim_id"]).sum() / articles["outlet"].nunique()
    ids = [group.claim_id for group in groups]
    claims = CLAIMS.frame(
        {
            "claim_id": ids,
            "story_id": [articles["story_id"].iat[0]] * len(ids),
            "claim": wording,
            "kind": ["quote" if quoted[group.rows].mean() > 0.5 else "statement" for group in groups],
            "outlets": outlets.reindex(ids, fill_value=0).to_numpy(),
            "salience": weight.reindex(ids, fill_value=0).to_numpy().round(6),
        }
    )
    return claims.sort_values(["salience", "claim_id"], ascending=[False, True], ignore_index=True)


def _mentions(
    judged: Judgements, groups: Sequence[Group], articles: pd.DataFrame, sentences: pd.DataFrame
) -> dict[str, NDArray[np.object_]]:
    """The evidence of every article that carries the claim; two mentions where it takes two sentences."""
    carried = np.isin(judged.state, CARRIED)
    both = np.array([np.where(carried, rows, -1) for rows in (judged.row, judged.beside)])
    _, claim, at = np.nonzero(both >= 0)
    row = both[both >= 0]
    return {
        "claim_id": np.array([group.claim_id for group in groups], dtype=object)[claim],
        "sentence_id": sentences["sentence_id"].to_numpy(object)[row],
        "article_id": sentences["article_id"].to_numpy(object)[row],
        "outlet": articles["outlet"].to_numpy(object)[at],
        "probability": judged.probability[claim, at],
    }


def _positions(sentences: pd.DataFrame) -> NDArray[np.float64]:
    """Place of each sentence in its article's story text: 0 is the lead, 1 the end; a lone sentence is the lead."""
    told = (~sentences["boilerplate"]).astype(int).groupby(sentences["article_id"])
    before, last = told.cumsum() - 1, told.transform("sum") - 1
    places: NDArray[np.float64] = (before.clip(lower=0) / last.clip(lower=1)).to_numpy(float).round(6)
    return places


def _in_order(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    rank = {name: number for number, name in enumerate(claims["claim_id"])}
    return table.sort_values("claim_id", key=lambda names: names.map(rank), kind="stable", ignore_index=True)
