"""Claims x outlets: every cell gets a state, a probability and the sentence that proves it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.group import as_one, wordings_of
from compare.claims.wording import asked, states_by_itself
from compare.coverage.conflicts import Bench, standing
from compare.coverage.mentions import mentions_of
from compare.coverage.places import positions, prominence
from compare.coverage.voices import claim_rates
from compare.language.tokens import content_stems
from compare.tables import CARRIED, CLAIMS, COVERAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.claims.judge import Judge, Judgements


def cover(
    judge: Judge, groups: Sequence[Group], clauses: pd.DataFrame, wire: pd.DataFrame, *, reword: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Judge every claim at every outlet.

    Where an outlet has several articles, the one that carries the claim most probably stands for it. No outlet's
    words are the standard: who is called altered, the independent voices decide; see `conflicts`.

    Args:
        judge: of the story's articles.
        groups: the claims as groups of clauses; the wordings of one claim stand one after the other, and an article
            is judged by the one that it carries most probably.
        clauses: the story's clauses.
        wire: the WIRE table: copies of one text are one voice.
        reword: whether a claim may be worded as most outlets tell it; a codebook's claims are worded by their author.

    Returns:
        The tables CLAIMS (most salient first, but what one outlet tells and no headline names last), MENTIONS, COVERAGE
        and CONFLICTS, these in the order of CLAIMS.
    """
    bench = Bench(judge, clauses, wire)
    claims, wording, judged = _judged(judge, groups, clauses)
    if reword:
        claims, wording, judged = _as_statements(claims, wording, judged, clauses, judge)
    sides = bench.sides(judged, claims, wording)
    better = {number: new for number, new in enumerate(map(bench.better, claims, sides)) if reword and new is not None}
    if better:
        again, wording_again, judged_again = _judged(judge, list(better.values()), clauses)
        sides_again = bench.sides(judged_again, again, wording_again)
        for at, number in enumerate(better):
            if sides_again[at].strength > sides[number].strength:
                judged.put(number, judged_again, at)
                claims[number], wording[number], sides[number] = again[at], wording_again[at], sides_again[at]
    conflicts = bench.settle(judged, claims, sides)
    coverage = _coverage(judged, [claim.claim_id for claim in claims], judge)
    mentions = mentions_of(judged, claims, wording, clauses, judge)
    table = _claims(claims, mentions, judge, coverage, wire)
    return table, _in_order(mentions, table), _in_order(coverage, table), _in_order(conflicts, table)


def _judged(
    judge: Judge, groups: Sequence[Group], clauses: pd.DataFrame
) -> tuple[list[Group], NDArray[np.object_], Judgements]:
    """Judge each claim at every article: the claims, by which wording each is judged there, and how it is treated."""
    wordings = [asked(group.wording) for group in groups]
    # By words alone, a claim need not be looked for in the article that words it.
    judged = judge.judge(wordings, _not_its_own(groups, clauses, judge) if judge.reader is None else None)
    _settle_members(judged, groups, clauses, judge)
    of_claims = [list(own) for _, own in groupby(groups, key=lambda group: group.claim_id)]
    best = judged.best([len(own) for own in of_claims])
    kept = judged.at(best)
    kept.leave_open([[group.wording for group in own] for own in of_claims], judge.settings)
    return [as_one(own) for own in of_claims], np.array(wordings, dtype=object)[best], kept


def _as_statements(
    claims: Sequence[Group], wording: NDArray[np.object_], judged: Judgements, clauses: pd.DataFrame, judge: Judge
) -> tuple[list[Group], NDArray[np.object_], Judgements]:
    """Make one claim of clauses that are always told in one sentence and nowhere else, worded as the whole sentence.

    What one article alone tells and a stranger does not understand, or what states next to nothing ("Help is on
    offer."), is no claim. So copies of one text count as one telling.
    """
    sentence_of = clauses["sentence"].to_numpy()
    told_in = [frozenset(sentence_of[group.rows].tolist()) for group in claims]
    carried: NDArray[np.bool_] = np.isin(judged.state, CARRIED)
    for number, own in enumerate(told_in):
        carried[number, judge.article_of[list(own)]] = False
    told_elsewhere = set(np.flatnonzero(carried.any(axis=1)).tolist())
    # The sets of sentences that hold each sentence; None is of a claim that is told in others as well.
    sets: dict[int, set[frozenset[int] | None]] = {}
    for number, own in enumerate(told_in):
        for sentence in own:
            sets.setdefault(sentence, set()).add(None if number in told_elsewhere else own)
    joined: dict[Any, list[int]] = {}
    for number, own in enumerate(told_in):
        joined.setdefault(own if all(sets[sentence] == {own} for sentence in own) else number, []).append(number)
    parts = list(joined.values())
    whole = [replace(as_one([claims[at] for at in numbers]), wording=claims[numbers[0]].wording) for numbers in parts]
    several = [at for at, numbers in enumerate(parts) if len(numbers) > 1]
    rows = [sentence_of[whole[at].central] for at in several]
    for at, sentence in zip(several, wordings_of(rows, judge.sentences, judge.articles), strict=True):
        whole[at] = replace(whole[at], wording=sentence)
    kept = [
        at
        for at, numbers in enumerate(parts)
        if len({judge.article_of[sentence] for sentence in told_in[numbers[0]]}) > 1
        or states_by_itself(whole[at].wording, told_elsewhere=numbers[0] in told_elsewhere)
    ]
    statements, parts = [whole[at] for at in kept], [parts[at] for at in kept]
    order = np.array([number for numbers in parts for number in numbers], dtype=np.int64)
    ordered = judged.at(np.tile(order[:, np.newaxis], len(judge.articles)))
    best = order[ordered.best([len(numbers) for numbers in parts])]
    return statements, wording[best, np.arange(len(judge.articles))], judged.at(best)


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
        judge.decide(judged, cell, asked(groups[cell[0]].wording), (texts[sentence], told[row]))
        judged.evidence[cell] = texts[sentence]


def _coverage(judged: Judgements, claim_ids: Sequence[str], judge: Judge) -> pd.DataFrame:
    outlets = judge.articles["outlet"].unique()
    claim = np.arange(len(claim_ids))[:, np.newaxis]
    best = standing(judged, judge.articles)
    row, state = judged.row[claim, best].ravel(), judged.state[claim, best].ravel()
    # One more place at the end, which row -1 (no sentence at all) takes its missing values from.
    ids = np.array([*judge.sentences["sentence_id"], None], dtype=object)
    position = np.append(positions(judge.sentences), np.nan)
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
    groups: Sequence[Group], mentions: pd.DataFrame, judge: Judge, coverage: pd.DataFrame, wire: pd.DataFrame
) -> pd.DataFrame:
    carried = coverage[coverage["state"].isin(CARRIED)]
    outlets = carried.groupby("claim_id").size()
    weight = prominence(carried["position"]).groupby(carried["claim_id"]).sum() / judge.articles["outlet"].nunique()
    ids = [group.claim_id for group in groups]
    voices = claim_rates(coverage, wire).set_index("claim_id")["carried_voices"]
    quoted = _quoted(mentions, judge.sentences)
    claims = CLAIMS.frame(
        {
            "claim_id": ids,
            "story_id": [judge.articles["story_id"].iat[0]] * len(ids),
            "claim": [group.wording for group in groups],
            "kind": ["quote" if quoted.get(name, 0) > 0.5 else "statement" for name in ids],
            "outlets": outlets.reindex(ids, fill_value=0).to_numpy(),
            "voices": voices.reindex(ids, fill_value=0).to_numpy(),
            "salience": weight.reindex(ids, fill_value=0).to_numpy().round(6),
        }
    )
    # Scenery stands in many a lead: what one outlet alone tells, and no headline names, comes after all else.
    aside = (claims["outlets"] < 2) & ~_in_headlines(claims["claim"], judge)
    order = claims.assign(aside=aside).sort_values(["aside", "salience", "claim_id"], ascending=[True, False, True])
    return claims.loc[order.index].reset_index(drop=True)


def _in_headlines(wordings: pd.Series, judge: Judge) -> NDArray[np.bool_]:
    """Whether a wording holds most of what some headline says."""
    heads = [content_stems(text) for text in judge.sentences["text"][judge.headline]]
    told = [content_stems(asked(wording)) for wording in wordings]
    named = [any(2 * len(head & own) >= len(head) > 1 for head in heads) for own in told]
    return np.array(named, dtype=bool)


def _quoted(mentions: pd.DataFrame, sentences: pd.DataFrame) -> dict[Any, float]:
    """How many of the mentions of each claim are quotations: of its own clauses, where it has any."""
    quoted = mentions["sentence_id"].map(sentences.set_index("sentence_id")["quoted"]).astype(float)
    own = mentions["role"] == "member"
    shares = (quoted[rows].groupby(mentions.loc[rows, "claim_id"]).mean().to_dict() for rows in (~own, own))
    return {name: share for some in shares for name, share in some.items()}


def _in_order(table: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    rank = {name: number for number, name in enumerate(claims["claim_id"])}
    return table.sort_values("claim_id", key=lambda names: names.map(rank), kind="stable", ignore_index=True)
