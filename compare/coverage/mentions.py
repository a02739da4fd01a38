"""Where each claim is told: its own clauses, and those that a search for it found elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from compare.matching.model import score_pairs
from compare.tables import CARRIED, MENTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.claims.judge import Judge, Judgements

    Integers = NDArray[np.int64]


def mentions_of(
    judged: Judgements, claims: Sequence[Group], wording: NDArray[np.object_], clauses: pd.DataFrame, judge: Judge
) -> pd.DataFrame:
    """Give the MENTIONS table: every clause of a claim's own group, and where else an article carries it.

    In an article that has clauses of the group, these are its mentions, even if they leave undecided
    whether it carries the claim as worded. In another that carries it, each sentence of the evidence is
    one, with the clause that comes nearest to the wording.

    Args:
        judged: how every article treats every claim.
        claims: the claims, each with the clauses of all its wordings.
        wording: by which of its wordings each is judged at each article, shape (claims, articles).
        clauses: the story's clauses.
        judge: of the story's articles.
    """
    sentence_of = clauses["sentence"].to_numpy()
    carried = np.isin(judged.state, CARRIED)
    own = [(number, row) for number, group in enumerate(claims) for row in group.rows]
    claim, row = np.array(own, dtype=np.int64).reshape(-1, 2).T
    article = judge.article_of[sentence_of[row]]
    has_own = np.zeros(carried.shape, dtype=bool)
    has_own[claim, article] = True
    found_claim, found_row = _found(judged, wording, clauses, judge, carried & ~has_own)
    claim, row = np.append(claim, found_claim), np.append(row, found_row)
    article = judge.article_of[sentence_of[row]]
    order = np.lexsort((row, article, claim))
    claim, row, article = claim[order], row[order], article[order]
    sentence = sentence_of[row]
    return MENTIONS.frame(
        {
            "claim_id": np.array([group.claim_id for group in claims], dtype=object)[claim],
            "sentence_id": judge.sentences["sentence_id"].to_numpy(object)[sentence],
            "article_id": judge.articles["article_id"].to_numpy(object)[article],
            "outlet": judge.articles["outlet"].to_numpy(object)[article],
            "start": clauses["start"].to_numpy()[row],
            "end": clauses["end"].to_numpy()[row],
            "role": np.where(has_own[claim, article], "member", "evidence").astype(object),
            "probability": judged.probability[claim, article],
        }
    )


def _found(
    judged: Judgements, wording: NDArray[np.object_], clauses: pd.DataFrame, judge: Judge, wanted: NDArray[np.bool_]
) -> tuple[Integers, Integers]:
    """Claims and the clause that comes nearest to their wording in each sentence of the evidence."""
    sentence_of = clauses["sentence"].to_numpy()
    claim, article, sentence = [], [], []
    for rows in (judged.row, judged.beside):
        at = np.nonzero(wanted & (rows >= 0))
        claim.append(at[0])
        article.append(at[1])
        sentence.append(rows[at])
    claims, articles, sentences = map(np.concatenate, (claim, article, sentence))
    first, last = np.searchsorted(sentence_of, sentences), np.searchsorted(sentence_of, sentences, side="right")
    which = np.repeat(np.arange(len(claims)), last - first)
    row = np.concatenate([np.zeros(0, dtype=np.int64), *map(np.arange, first, last)])
    several = (last - first)[which] > 1
    likeness = np.ones(len(row))
    looked_for, there = wording[claims, articles][which[several]], clauses["text"].to_numpy(object)[row[several]]
    likeness[several] = score_pairs(looked_for.tolist(), there.tolist(), encoder=judge.encoder, reader=None)
    # The nearest clause of each sentence, the first of equals.
    order = np.lexsort((row, -likeness, which))
    chosen = order[np.unique(which[order], return_index=True)[1]]
    return claims[which[chosen]], row[chosen]
