"""Claims x outlets: every cell gets a state, a probability and the sentence that proves it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.coverage.mentions import Told, mentions_of
from compare.coverage.places import positions, prominence
from compare.reading.articles import by_publication
from compare.tables import CARRIED, CLAIMS, COVERAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.claims.judge import Judge, Judgements


def cover(
    judge: Judge, groups: Sequence[Group], clauses: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Judge every claim at every outlet.

    Where an outlet has several articles, the one that carries the claim most probably stands for it.

    Args:
        judge: of the story's articles.
        groups: the claims as groups of clauses; the wordings of one claim stand one after the other, and an article
            is judged by the one that it carries most probably.
        clauses: the story's clauses.

    Returns:
        The tables CLAIMS (most salient first), MENTIONS and COVERAGE, both in the order of CLAIMS.
    """
    articles, sentences = judge.articles, judge.sentences
    wordings = [group.wording for group in groups]
    # By words alone, a claim need not be looked for in the article that words it.
    judged = judge.judge(wordings, _not_its_own(groups, clauses, judge) if judge.reader is None else None)
    _settle_members(judged, groups, clauses, judge)
    told = [Told(name, list(own)) for name, own in groupby(groups, key=lambda group: group.claim_id)]
    best = judged.best([len(claim.groups) for claim in told])
    judged = judged.at(best)
    coverage = _coverage(judged, [claim.claim_id for claim in told], articles, sentences)
    mentions = mentions_of(judged, told, np.array(wordings, dtype=object)[best], clauses, judge)
    claims = _claims(told, mentions, judge, coverage)
    return claims, _in_order(mentions, claims), _in_order(coverage, claims)


def _not_its_own(groups: Sequence[Group], clauses: pd.DataFrame, judge: Judge) -> NDArray[np.bool_]:
    """All cells but those of a claim at the article that words it."""
    wanted = np.ones((len(groups), len(judge.articles)), dtype=bool)
    central = np.array([group.central for group in groups], dtype=np.int64)
    worded = np.flatnonzero(central >= 0)
    wanted[worded, judge.article_of[clauses["sentence"].to_numpy()[central[worded]]]] = False
    return wanted


def _settle_members(judged: Judgements, groups: Sequence[Group], clauses: pd.DataFrame, judge: Judge) -> None:
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
        judge.decide(judged, cell, groups[cell[0]].wording, (texts[sentence], told[row]))
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


def _claims(told: Sequence[Told], mentions: pd.DataFrame, judge: Judge, coverage: pd.DataFrame) -> pd.DataFrame:
    carried = coverage[coverage["state"].isin(CARRIED)]
    outlets = carried.groupby("claim_id").size()
    weight = prominence(carried["position"]).groupby(carried["claim_id"]).sum() / judge.articles["outlet"].nunique()
    ids = [claim.claim_id for claim in told]
    quoted = _quoted(mentions, judge.sentences)
    claims = CLAIMS.frame(
        {
            "claim_id": ids,
            "story_id": [judge.articles["story_id"].iat[0]] * len(ids),
            "claim": [claim.groups[0].wording for claim in told],
            "kind": ["quote" if quoted.get(name, 0) > 0.5 else "statement" for name in ids],
            "outlets": outlets.reindex(ids, fill_value=0).to_numpy(),
            "salience": weight.reindex(ids, fill_value=0).to_numpy().round(6),
        }
    )
    return claims.sort_values(["salience", "claim_id"], ascending=[False, True], ignore_index=True)


def _quoted(mentions: pd.DataFrame, sentences: pd.DataFrame) -> dict[Any, float]:
    """How many of the mentions of each claim are quotations: of its own clauses, where it has any."""
    quoted = mentions["sentence_id"].map(sentences.set_index("sentence_id")["quoted"]).astype(float)
    own = mentions["role"] == "member"
    shares = (quoted[rows].groupby(mentions.loc[rows, "claim_id"]).mean().to_dict() for rows in (~own, own))
    return {name: share for some in shares for name, share in some.items()}


def _in_order(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    rank = {name: number for number, name in enumerate(claims["claim_id"])}
    return table.sort_values("claim_id", key=lambda names: names.map(rank), kind="stable", ignore_index=True)
