"""The coverage of claims by outlets: a state, a probability and the evidence for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.group import as_one, wordings_of
from compare.claims.phrasing import asked, states_by_itself
from compare.coverage.conflicts import Bench, standing
from compare.coverage.otherwise import left_open
from compare.coverage.wire import claim_rates
from compare.language.tokens import content_stems
from compare.matching.model import score_pairs
from compare.tables import CARRIED, CLAIMS, COVERAGE, HEADLINE, MENTIONS, NOT_ASSESSABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from compare.claims.group import Group
    from compare.coverage.judge import Judge
    from compare.coverage.judgements import Judgements
    from compare.language.texts import Story
    from compare.language.vectors import Encoder

    Integers = NDArray[np.int64]
    Strings = NDArray[np.object_]

_ABSENT = ("omitted", NOT_ASSESSABLE)


def cover(
    judge: Judge, groups: Sequence[Group], wire: pd.DataFrame, *, reword: bool = True
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Judge every claim at every outlet.

    If an outlet has several articles, the one that carries the claim most probably represents it. No outlet's words are
    the standard: the independent voices decide which outlets altered a claim; see `conflicts`.

    Args:
        judge: the judge of the story's articles.
        groups: the claims as groups of clauses, as `Judge.judge_groups` takes them.
        wire: the WIRE table: copies of one text are one voice.
        reword: whether to reword a claim as most outlets tell it; a codebook's claims keep their author's wording.

    Returns:
        The tables CLAIMS (most salient first, but claims of one outlet that no headline names last), MENTIONS, COVERAGE
        and CONFLICTS, the last three in the order of CLAIMS.
    """
    story, bench = judge.story, Bench(judge, wire)
    claims, wording, judged = judge.judge_groups(groups)
    if reword:
        claims, wording, judged = _as_statements(claims, wording, judged, story)
    sides = bench.sides(judged, claims, wording)
    better = {number: new for number, new in enumerate(map(bench.better, claims, sides)) if reword and new is not None}
    if better:
        again, wording_again, judged_again = judge.judge_groups(list(better.values()))
        sides_again = bench.sides(judged_again, again, wording_again)
        taken = {at: n for at, n in enumerate(better) if sides_again[at].strength > sides[n].strength}
        judged = judged.with_claims(list(taken.values()), judged_again, list(taken))
        for at, number in taken.items():
            claims[number], wording[number], sides[number] = again[at], wording_again[at], sides_again[at]
    judged, conflicts = bench.settle(judged, claims, sides)
    judged = left_open(judged, claims, story, judge.panel.settings).in_cut_articles(story.articles)
    coverage = _coverage(judged, claims, story)
    mentions = _mentions(judged, claims, wording, story, judge.panel.encoder)
    table = _claims(claims, mentions, story, coverage, wire)
    rank = {name: number for number, name in enumerate(table["claim_id"])}
    mentions, coverage, conflicts = (
        one.sort_values("claim_id", key=lambda names: names.map(rank), kind="stable", ignore_index=True)
        for one in (mentions, coverage, conflicts)
    )
    return table, mentions, coverage, conflicts


def _as_statements(
    claims: Sequence[Group], wording: Strings, judged: Judgements, story: Story
) -> tuple[list[Group], Strings, Judgements]:
    """Merge clauses that are always told in one sentence, and nowhere else, into a claim worded as that sentence.

    A statement of one article alone that cannot be understood by itself, or that says almost nothing ("Help is on
    offer."), is not a claim. Copies of one text thus count as one telling.
    """
    told_in = [frozenset(story.sentence_of[group.rows].tolist()) for group in claims]
    carried: NDArray[np.bool_] = np.isin(judged.state, CARRIED)
    for number, own in enumerate(told_in):
        carried[number, story.article_of[list(own)]] = False
    told_elsewhere = set(np.flatnonzero(carried.any(axis=1)).tolist())
    # The sets of sentences that include each sentence; None is for a claim that is also told in others.
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
    rows = [story.sentence_of[whole[at].central] for at in several]
    for at, sentence in zip(several, wordings_of(rows, story.sentences, story.articles), strict=True):
        whole[at] = replace(whole[at], wording=sentence)
    kept = [
        at
        for at, numbers in enumerate(parts)
        if len({story.article_of[sentence] for sentence in told_in[numbers[0]]}) > 1
        or states_by_itself(whole[at].wording, told_elsewhere=numbers[0] in told_elsewhere)
    ]
    statements, parts = [whole[at] for at in kept], [parts[at] for at in kept]
    order = np.array([number for numbers in parts for number in numbers], dtype=np.int64)
    columns = np.arange(len(story.articles))
    best = order[judged.at(np.tile(order[:, np.newaxis], len(columns))).best([len(numbers) for numbers in parts])]
    return statements, wording[best, columns], judged.at(best)


def _coverage(judged: Judgements, claims: Sequence[Group], story: Story) -> pd.DataFrame:
    outlets = story.articles["outlet"].unique()
    at = np.arange(len(claims))[:, np.newaxis], standing(judged, story.articles)
    row, state = judged.row[at].ravel(), judged.state[at].ravel()
    headline = story.sentences["index"] == HEADLINE
    told = (~story.sentences["boilerplate"] & ~headline).astype(int).groupby(story.sentences["article_id"])
    before, last = told.cumsum() - 1, told.transform("sum") - 1
    # In the text 0 is the lead and 1 the end; a lone sentence is the lead. Row -1 is no sentence.
    position = (before.clip(lower=0) / last.clip(lower=1)).mask(headline, HEADLINE).to_numpy(float).round(6)
    # Where a withdrawn article is undecided, its evidence is the note, which has no place in the story: see `unread`.
    nowhere = (state == "undecided") & np.append(story.sentences["boilerplate"].to_numpy(bool), False)[row]
    return COVERAGE.frame(
        {
            "claim_id": np.repeat(np.array([claim.claim_id for claim in claims], dtype=object), len(outlets)),
            "outlet": np.tile(outlets.astype(object), len(claims)),
            "state": state,
            "probability": judged.probability[at].ravel(),
            "sentence_id": story.sentence_ids[row],
            "evidence": judged.evidence[at].ravel(),
            "position": np.where(np.isin(state, _ABSENT) | nowhere, np.nan, np.append(position, np.nan)[row]),
            "changes": judged.changes[at].ravel(),
        }
    )


def _mentions(
    judged: Judgements, claims: Sequence[Group], wording: Strings, story: Story, encoder: Encoder | None
) -> pd.DataFrame:
    """Return the MENTIONS table: every clause of a claim's own group, and other places where an article carries it.

    In an article with clauses of the group, these are its mentions, even if it is undecided whether it carries the
    claim as worded. In another article that carries it, each sentence of the evidence is a mention, with the clause
    nearest to the wording.
    """
    own = [(number, row) for number, group in enumerate(claims) for row in group.rows]
    claim, row = np.array(own, dtype=np.int64).reshape(-1, 2).T
    has_own = np.zeros(judged.state.shape, dtype=bool)
    has_own[claim, story.article_of_clause[row]] = True
    elsewhere = np.isin(judged.state, CARRIED) & ~has_own
    found_claim, found_row = _nearest_clauses(judged, wording, story, elsewhere, encoder)
    claim, row = np.append(claim, found_claim), np.append(row, found_row)
    order = np.lexsort((row, story.article_of_clause[row], claim))
    claim, row = claim[order], row[order]
    article = story.article_of_clause[row]
    return MENTIONS.frame(
        {
            "claim_id": np.array([group.claim_id for group in claims], dtype=object)[claim],
            "sentence_id": story.sentence_ids[story.sentence_of[row]],
            "article_id": story.articles["article_id"].to_numpy(object)[article],
            "outlet": story.articles["outlet"].to_numpy(object)[article],
            "start": story.clauses["start"].to_numpy()[row],
            "end": story.clauses["end"].to_numpy()[row],
            "role": np.where(has_own[claim, article], "member", "evidence").astype(object),
            "probability": judged.probability[claim, article],
        }
    )


def _nearest_clauses(
    judged: Judgements, wording: Strings, story: Story, wanted: NDArray[np.bool_], encoder: Encoder | None
) -> tuple[Integers, Integers]:
    """Return claims, and for each the clause nearest to its wording in each sentence of the evidence."""
    told = [(*np.nonzero(here), rows[here]) for rows in (judged.row, judged.beside) for here in [wanted & (rows >= 0)]]
    claims, articles, sentences = map(np.concatenate, zip(*told, strict=True))
    first = np.searchsorted(story.sentence_of, sentences)
    last = np.searchsorted(story.sentence_of, sentences, side="right")
    which = np.repeat(np.arange(len(claims)), last - first)
    row = np.concatenate([np.zeros(0, dtype=np.int64), *map(np.arange, first, last)])
    several = (last - first)[which] > 1
    likeness = np.ones(len(row))
    looked_for, there = wording[claims, articles][which[several]], story.clause_texts[row[several]]
    likeness[several] = score_pairs(looked_for.tolist(), there.tolist(), encoder=encoder, reader=None)
    # The nearest clause of each sentence, the first of equals.
    order = np.lexsort((row, -likeness, which))
    chosen = order[np.unique(which[order], return_index=True)[1]]
    return claims[which[chosen]], row[chosen]


def prominence(position: pd.Series) -> pd.Series:
    """Return the prominence of a place: 1 in the headline or the lead, falling to 0.5 in the last line."""
    return 1 - position.clip(lower=0) / 2


def _claims(
    groups: Sequence[Group], mentions: pd.DataFrame, story: Story, coverage: pd.DataFrame, wire: pd.DataFrame
) -> pd.DataFrame:
    carried = coverage[coverage["state"].isin(CARRIED)]
    outlets = carried.groupby("claim_id").size()
    assessed = (coverage["state"] != NOT_ASSESSABLE).groupby(coverage["claim_id"]).sum()
    weight = prominence(carried["position"]).groupby(carried["claim_id"]).sum().div(assessed).fillna(0)
    ids = [group.claim_id for group in groups]
    voices = claim_rates(coverage, wire).set_index("claim_id")["carried_voices"]
    # The share of each claim's mentions that are quotations: of its own clauses, if it has any.
    is_quote = mentions["sentence_id"].map(story.sentences.set_index("sentence_id")["quoted"]).astype(float)
    own = mentions["role"] == "member"
    quoted: dict[Any, float] = {}
    for rows in (~own, own):
        quoted |= is_quote[rows].groupby(mentions.loc[rows, "claim_id"]).mean().to_dict()
    claims = CLAIMS.frame(
        {
            "claim_id": ids,
            "story_id": [story.articles["story_id"].iat[0]] * len(ids),
            "claim": [group.wording for group in groups],
            "kind": ["quote" if quoted.get(name, 0) > 0.5 else "statement" for name in ids],
            "outlets": outlets.reindex(ids, fill_value=0).to_numpy(),
            "voices": voices.reindex(ids, fill_value=0).to_numpy(),
            "salience": weight.reindex(ids, fill_value=0).to_numpy().round(6),
        }
    )
    # Many leads begin with scenery, so claims of one outlet whose content no headline names come last.
    heads = [content_stems(text) for text in story.texts[story.headline]]
    told = [content_stems(asked(wording)) for wording in claims["claim"]]
    named = np.array([any(2 * len(head & own) >= len(head) > 1 for head in heads) for own in told], dtype=bool)
    aside = (claims["outlets"] < 2) & ~named
    order = claims.assign(aside=aside).sort_values(["aside", "salience", "claim_id"], ascending=[True, False, True])
    return claims.loc[order.index].reset_index(drop=True)
