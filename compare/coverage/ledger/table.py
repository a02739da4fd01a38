"""The quote ledger: every quotation at every outlet, in full, trimmed, in other words, from somebody else or absent."""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.claims.lineage import unique_ids
from compare.coverage.ledger.people import Speakers
from compare.coverage.ledger.sayings import find_sayings, kept, read_form
from compare.coverage.ledger.versions import WITHOUT_SPEAKER, group_sayings, is_reattributed, source_of
from compare.matching.model import score_pairs
from compare.tables import CLAIMS, QUOTES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from compare.coverage.ledger.sayings import Saying
    from compare.coverage.ledger.versions import Quotation
    from compare.language.texts import Story
    from compare.language.vectors import Encoder

    Rows = list[dict[str, Any]]

# Words of a quotation in marks that make a trimmed form of it; fewer are a word or two taken up.
_LEAST_TRIMMED = 2
_LEAST_RUN = 4  # or so many of any kind
_MOST_OF_IT = 0.5
# A sentence without a quotation carries one if it carries the claim and the quotation is so much of the claim.
_OWN_CLAIM = 0.5
# States of a claim in which an outlet tells what is quoted elsewhere; that nobody says it may leave the claim partial.
_TOLD = ("verbatim", "paraphrased", "partial")


def quote_ledger(
    story: Story, mentions: pd.DataFrame, coverage: pd.DataFrame, wire: pd.DataFrame, encoder: Encoder | None = None
) -> pd.DataFrame:
    """Return the QUOTES table: a row per quotation and outlet, the quotations that most outlets have first.

    Copies of one text in the WIRE table have one voice in whose words a quotation is.
    """
    articles = story.articles
    sayings, attributed = find_sayings(articles, story.sentences, wire)
    speakers = Speakers(articles["text"].tolist(), dict.fromkeys(one.resolved for one in sayings))
    quotations = group_sayings(sayings, speakers, encoder)
    story_id = str(articles["story_id"].iat[0])
    ids = unique_ids([_quote_id(story_id, quotation.earliest) for quotation in quotations])
    sentence_ids = story.sentence_ids.tolist()
    outlets = list(dict.fromkeys(articles["outlet"]))
    carried = _carried(mentions)
    groups = []
    for quote_id, quotation in zip(ids, quotations, strict=True):
        claim = _claim_of([(one, carried[sentence_ids[one.sentence]]) for one in quotation.versions])
        rows = _rows(quotation, speakers, outlets, sentence_ids)
        groups.append([{"quote_id": quote_id, "claim_id": claim, **row} for row in rows])
    _tell_without_quoting(groups, story, coverage, attributed, encoder)
    groups.sort(key=lambda rows: -sum(row["state"] != "absent" for row in rows))
    sure = coverage.set_index(["claim_id", "outlet"])["probability"].to_dict()
    rows = [
        row | {"claim_probability": sure.get((row["claim_id"], row["outlet"]))} for group in groups for row in group
    ]
    return QUOTES.frame(rows)


def _quote_id(story_id: str, earliest: Saying) -> str:
    """Name a quotation after its story and the words of its earliest form: "q" and 12 hexadecimal digits."""
    said = " ".join(read_form(earliest.spoken or earliest.text).stems) or earliest.text
    return "q" + blake2b(f"{story_id}\x1f{said}".encode(), digest_size=6).hexdigest()


def _carried(mentions: pd.DataFrame) -> dict[str, list[tuple[str, float, int, int]]]:
    """The claims that each sentence carries, how probably, and where."""
    carried = defaultdict(list)
    columns = (mentions[name].tolist() for name in ("sentence_id", "claim_id", "probability", "start", "end"))
    for sentence, *mention in zip(*columns, strict=True):
        carried[sentence].append(tuple(mention))
    return carried


def _claim_of(told: Sequence[tuple[Saying, list[tuple[str, float, int, int]]]]) -> str | None:
    """The claim that a quotation belongs to: the one that most of its sentences carry, where the quotation stands."""
    votes: dict[str, float] = defaultdict(float)
    for one, mentions in told:
        for claim, probability, start, end in mentions:
            here = max(0, min(end, one.end) - max(start, one.start))
            votes[claim] += probability * here / max(1, one.end - one.start)
    return min(
        (claim for claim in votes if votes[claim]), key=lambda claim: (-round(votes[claim], 3), claim), default=None
    )


def _rows(quotation: Quotation, speakers: Speakers, outlets: Sequence[str], sentence_ids: Sequence[str]) -> Rows:
    """A quotation's row for every outlet."""
    versions = quotation.versions
    fullest = _fullest(versions)
    source = source_of(versions, speakers)
    probability = dict(zip(versions, quotation.probability, strict=True))
    common = {"source": source.resolved if source else None, "wording": fullest.text, "gone": ""}
    rows: Rows = []
    for outlet in outlets:
        there = [one for one in versions if one.outlet == outlet]
        if not there:
            rows.append({**common, "outlet": outlet, "state": "absent"})
            continue
        pieces = _best_article(there, fullest)
        best = max(pieces, key=lambda one: (read_form(one.spoken).size, read_form(one.text).size, -one.start))
        row = {**common, **_as_printed(pieces, best), "outlet": outlet, "sentence_id": sentence_ids[pieces[0].sentence]}
        row["state"], row["gone"] = _state(pieces, fullest)
        row["probability"] = max(probability[one] for one in pieces)
        row["same_speaker"] = (
            1.0 if best is source else speakers.same(best.resolved, source.resolved) if source else 0.5
        )
        if source and best is not source and is_reattributed(best, fullest, source, versions, speakers):
            row["state"] = "reattributed"
        rows.append(row)
    return rows


def _as_printed(pieces: Sequence[Saying], best: Saying) -> dict[str, Any]:
    return {
        "speaker": best.speaker or None,
        "resolved": best.resolved or None,
        "cue": best.cue or None,
        "text": " … ".join(one.text for one in pieces),
        "start": pieces[0].start,
        "end": pieces[-1].end,
        "kind": best.kind,
    }


def _fullest(versions: Sequence[Saying]) -> Saying:
    """The form with most words in quotation marks; of indirect ones the longest. The first of equals."""
    return max(versions, key=lambda one: (read_form(one.spoken).size, 0 if one.spoken else read_form(one.text).size))


def _best_article(there: Sequence[Saying], fullest: Saying) -> list[Saying]:
    """The pieces of an outlet's article that has most of the quotation, in order."""
    articles: dict[int, list[Saying]] = defaultdict(list)
    for one in there:
        articles[one.article].append(one)
    best = max(articles.values(), key=lambda pieces: kept(_spoken(pieces), fullest.spoken).content)
    pieces: list[Saying] = []
    for one in sorted(best, key=lambda one: (one.start, one.end)):
        # What the article only repeats is no other piece.
        if not pieces or not one.spoken or not kept(_spoken(pieces), one.spoken).full:
            pieces.append(one)
    return pieces


def _spoken(pieces: Sequence[Saying]) -> str:
    return " … ".join(one.spoken for one in pieces if one.spoken)


def _state(pieces: Sequence[Saying], fullest: Saying) -> tuple[str, str]:
    """How an outlet words a quotation, and what is missing of it."""
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
    """Where an outlet tells what is quoted elsewhere without anybody who says so, it tells it in other words.

    So it is if a sentence carries the claim that the quotation belongs to, that claim is the quotation and little
    else, both say the same, and the sentence gives nothing as said by somebody.
    """
    told = _told(coverage)
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


def _told(coverage: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The sentence with which an outlet carries a claim as it is."""
    # That nobody is said to say it may itself be what is altered. A headline is no place in the text.
    as_it_is = (coverage["state"].isin(_TOLD) | (coverage["changes"] == "attribution")) & (coverage["position"] >= 0)
    columns = (coverage.loc[as_it_is, name].tolist() for name in ("claim_id", "outlet", "sentence_id"))
    return {(claim, outlet): sentence for claim, outlet, sentence in zip(*columns, strict=True)}


def with_speakers(claims: pd.DataFrame, mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Return the CLAIMS table with who is quoted: the source of the quotation that most of a claim's sentences give.

    `speaker` is missing where no more than half of the sentences quote.
    """
    given = quotes[quotes["sentence_id"].notna() & quotes["source"].notna()]
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
