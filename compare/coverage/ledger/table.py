"""The quote ledger: every quotation at every outlet, full, trimmed, paraphrased, reattributed or absent."""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.lineage import unique_ids
from compare.coverage.ledger.people import Speakers
from compare.coverage.ledger.sayings import find_sayings, kept, read_form
from compare.coverage.ledger.versions import WITHOUT_SPEAKER, group_sayings, is_reattributed, source_of
from compare.coverage.otherwise import differs
from compare.matching.model import score_pairs
from compare.tables import CLAIMS, QUOTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.coverage.ledger.sayings import Saying
    from compare.coverage.ledger.versions import QuoteVersions
    from compare.language.texts import Story
    from compare.language.vectors import Encoder

    Rows = list[dict[str, Any]]

# Words of a quotation in marks that make a trimmed form; fewer are a word or two picked up.
_LEAST_TRIMMED = 2
_LEAST_RUN = 4  # or this many of any kind
_MOST_OF_IT = 0.5
# A sentence without a quotation gives one if it carries the claim and the quotation is this share of the claim.
_OWN_CLAIM = 0.5
# States of a claim in which an outlet tells what others quote; without a speaker, the claim may be partial.
_TOLD = ("verbatim", "paraphrased", "partial")


def quote_ledger(
    story: Story, mentions: pd.DataFrame, coverage: pd.DataFrame, wire: pd.DataFrame, encoder: Encoder | None = None
) -> pd.DataFrame:
    """Return the QUOTES table: a row per quotation and outlet, the most widely given quotations first.

    Copies of one text in the WIRE table are one voice when sources are compared.
    """
    articles = story.articles
    sayings, attributed = find_sayings(articles, story.sentences, wire)
    speakers = Speakers(articles["text"].tolist(), dict.fromkeys(one.resolved for one in sayings))
    quotations = group_sayings(sayings, speakers, encoder)
    names = []
    for quotation in quotations:
        first = quotation.earliest
        said = " ".join(read_form(first.spoken or first.text).stems) or first.text
        name = f"{articles['story_id'].iat[0]}\x1f{said}"
        names.append("q" + blake2b(name.encode(), digest_size=6).hexdigest())
    # The claims that each sentence carries, with probability and place.
    carried: dict[str, list[tuple[str, float, int, int]]] = defaultdict(list)
    columns = (mentions[name].tolist() for name in ("sentence_id", "claim_id", "probability", "start", "end"))
    for sentence, claim, probability, start, end in zip(*columns, strict=True):
        carried[sentence].append((claim, probability, start, end))
    outlets = list(dict.fromkeys(articles["outlet"]))
    groups = []
    for quote_id, quotation in zip(unique_ids(names), quotations, strict=True):
        # The quotation's claim is the one carried by most of its sentences, where the quotation is.
        votes: dict[str, float] = defaultdict(float)
        for one in quotation.versions:
            for claim, probability, start, end in carried[story.sentence_ids[one.sentence]]:
                here = max(0, min(end, one.end) - max(start, one.start))
                votes[claim] += probability * here / max(1, one.end - one.start)
        ranked = sorted((-round(vote, 3), claim) for claim, vote in votes.items() if vote)
        claim_id = ranked[0][1] if ranked else None
        rows = _rows(quotation, speakers, outlets, story)
        groups.append([{"quote_id": quote_id, "claim_id": claim_id, **row} for row in rows])
    _tell_without_quoting(groups, story, coverage, attributed, encoder)
    groups.sort(key=lambda rows: -sum(row["state"] != "absent" for row in rows))
    sure = coverage.set_index(["claim_id", "outlet"])["probability"].to_dict()
    rows = [
        row | {"claim_probability": sure.get((row["claim_id"], row["outlet"])), "differs": _differs(row)}
        for group in groups
        for row in group
    ]
    return QUOTES.frame(rows)


def _rows(quotation: QuoteVersions, speakers: Speakers, outlets: Sequence[str], story: Story) -> Rows:
    versions = quotation.versions
    # The form with most words in quotation marks; of indirect ones the longest. The first of equals.
    fullest = max(versions, key=lambda one: (read_form(one.spoken).size, 0 if one.spoken else read_form(one.text).size))
    source = source_of(versions, speakers)
    probability = dict(zip(versions, quotation.probability, strict=True))
    told: dict[str, list[Saying]] = defaultdict(list)
    for one in versions:
        told[one.outlet].append(one)
    rows: Rows = []
    for outlet in outlets:
        row: dict[str, Any] = {"source": source.resolved if source else None, "wording": fullest.text, "gone": ""}
        row["outlet"] = outlet
        rows.append(row)
        if outlet not in told:
            row["state"] = "absent"
            continue
        pieces = _best_article(told[outlet], fullest)
        best = max(pieces, key=lambda one: (read_form(one.spoken).size, read_form(one.text).size, -one.start))
        row |= {"speaker": best.speaker or None, "resolved": best.resolved or None, "cue": best.cue or None}
        row |= {"text": " … ".join(one.text for one in pieces), "kind": best.kind}
        row |= {"start": pieces[0].start, "end": pieces[-1].end, "sentence_id": story.sentence_ids[pieces[0].sentence]}
        row["state"], row["gone"] = _state(pieces, fullest)
        row["probability"] = max(probability[one] for one in pieces)
        same = speakers.same(best.resolved, source.resolved) if source else 0.5
        row["same_speaker"] = 1.0 if best is source else same
        if source and best is not source and is_reattributed(best, fullest, source, versions, speakers):
            row["state"] = "reattributed"
    return rows


def _differs(row: dict[str, Any]) -> str | None:
    """What tells against a version in other words, if anything does."""
    return (differs(row["wording"], row["text"]) or None) if row["state"] == "paraphrased" else None


def _best_article(there: Sequence[Saying], fullest: Saying) -> list[Saying]:
    """Return the pieces, in order, of the outlet's article that has most of the quotation."""
    articles: dict[int, list[Saying]] = defaultdict(list)
    for one in there:
        articles[one.article].append(one)
    best = max(articles.values(), key=lambda pieces: kept(_spoken(pieces), fullest.spoken).content)
    pieces: list[Saying] = []
    for one in sorted(best, key=lambda one: (one.start, one.end)):
        # A repetition within the article is not another piece.
        if not pieces or not one.spoken or not kept(_spoken(pieces), one.spoken).full:
            pieces.append(one)
    return pieces


def _spoken(pieces: Sequence[Saying]) -> str:
    return " … ".join(one.spoken for one in pieces if one.spoken)


def _state(pieces: Sequence[Saying], fullest: Saying) -> tuple[str, str]:
    """Return how an outlet words a quotation, and the words that it leaves out."""
    spoken = _spoken(pieces)
    if not spoken or not fullest.spoken:
        return "paraphrased", ""
    there = kept(spoken, fullest.spoken)
    if there.full:
        return "full", ""
    enough = there.content >= _LEAST_TRIMMED or there.words >= _LEAST_RUN
    if there.gone and (enough or (there.content and there.share >= _MOST_OF_IT)):
        return "trimmed", there.gone
    return "paraphrased", ""


def _tell_without_quoting(
    groups: Sequence[Rows], story: Story, coverage: pd.DataFrame, attributed: set[int], encoder: Encoder | None
) -> None:
    """Mark quotations that an outlet tells without attribution as paraphrased.

    These are quotations whose claim a sentence carries, if the claim is little more than the quotation, both say the
    same, and the sentence attributes nothing to a speaker.
    """
    # The missing speaker may itself be the change. A headline is not a place in the text.
    as_it_is = (coverage["state"].isin(_TOLD) | (coverage["changes"] == "attribution")) & (coverage["position"] >= 0)
    told = coverage[as_it_is].set_index(["claim_id", "outlet"])["sentence_id"].to_dict()
    ids, starts, ends, texts = (story.sentences[name].tolist() for name in ("sentence_id", "start", "end", "text"))
    number = {name: at for at, name in enumerate(ids)}
    found: list[tuple[dict[str, Any], int]] = []
    for group in groups:
        there = [row for row in group if row["state"] != "absent"]
        own = max((row["end"] - row["start"]) / max(1, len(texts[number[row["sentence_id"]]])) for row in there)
        for row in group if own >= _OWN_CLAIM else ():
            at = number.get(told.get((row["claim_id"], row["outlet"]), ""))
            if row["state"] == "absent" and at is not None and at not in attributed:
                found.append((row, at))
    wordings, sentences = [row["wording"] for row, _ in found], [texts[at] for _, at in found]
    alike = score_pairs(wordings, sentences, encoder=encoder, reader=None).tolist()
    for (row, at), probability in zip(found, alike, strict=True):
        if probability >= WITHOUT_SPEAKER:
            row |= {"state": "paraphrased", "sentence_id": ids[at], "text": texts[at], "probability": probability}
            row |= {"start": starts[at], "end": ends[at]}


def with_speakers(claims: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the CLAIMS table with speakers: the source of the quotation that most of a claim's sentences give.

    `speaker` is missing if no more than half of the sentences quote.
    """
    # An outlet that tells a quotation without a speaker quotes nobody.
    given = quotes[quotes["sentence_id"].notna() & quotes["source"].notna() & quotes["speaker"].notna()]
    source = dict(zip(given["quote_id"], given["source"], strict=True))
    told: dict[str, set[str]] = defaultdict(set)
    for claim, sentence in zip(mentions["claim_id"], mentions["sentence_id"], strict=True):
        told[claim].add(sentence)
    sentences_of: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim, quote, sentence in zip(given["claim_id"], given["quote_id"], given["sentence_id"], strict=True):
        if isinstance(claim, str) and sentence in told[claim]:
            sentences_of[claim][quote].add(sentence)
    speakers = []
    for claim in claims["claim_id"]:
        quoted = sentences_of[claim]
        best = max(quoted, key=lambda quote: len(quoted[quote]), default=None)
        mostly = best is not None and 2 * len(set().union(*quoted.values())) > len(told[claim])
        speakers.append(source[best] if mostly and best else None)
    return CLAIMS.frame(claims.assign(speaker=np.array(speakers, dtype=object)))
