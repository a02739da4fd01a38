"""Wire copy: which articles are copies of one text, where the text comes from, and how it was edited."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from compare.coverage.agencies import agency_in_dateline, credit, is_agency
from compare.coverage.copies import COPIED_FROM, align, common_trigrams, copied_from, read_sentences
from compare.tables import CARRIED, NOT_ASSESSABLE, WIRE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

    from compare.coverage.agencies import Credit
    from compare.coverage.copies import Alignment, Common, Sentences

# An article is a copy if this share of its words, and of its words outside quotations, is in sentences of the
# fullest copy. Among independent reports of one event (100 stories in three outlets each) the greatest share
# was .22.
COPY_FROM = 0.5
# The least number of copied words and sentences: a headline, a stock phrase or a background paragraph is no copy.
LEAST_WORDS = 30
LEAST_SENTENCES = 4
_NOTHING_ELSE = 0.9
# Containment of trigrams below which two articles are not compared; copies with every ninth word changed have .7.
_LOOK_FROM = 0.2
# Copies with nearly as much of the group's shared text are equally full; credits and times then decide.
_AS_FULL = 0.8
# Share of words changed or added from which a copy is called edited: more than an occasional spelling.
EDITED_FROM = 0.01
# A cut is called selective below this p-value.
SELECTIVE_BELOW = 0.05
# Probability that a sentence is lost or kept out of turn, for space or style or because a reworded one
# is not recognized: of sentences in which every tenth word was replaced, .002 are not (`benchmarks/wire.py`).
SLIP = 0.002
_MOST_WORDS = 2000  # the most words out of turn that are counted; p is then far below any cut-off


@dataclass(frozen=True)
class _Articles:
    """The articles as lists, in order."""

    ids: list[str]
    outlets: list[str]
    published: list[float]
    credits: list[Credit | None]
    agency_outlet: list[bool]
    told: Sentences

    def row(self, article: int) -> dict[str, Any]:
        """Return the columns of the WIRE table that apply to any article."""
        named = {"article_id": self.ids[article], "outlet": self.outlets[article]}
        return named | {"cut": "none", "cut_sentences": 0, "p_value": None}

    def share(self, article: int, which: NDArray[np.bool_]) -> float:
        """Return the share of an article's words in these of its sentences."""
        words = self.told.length[self.told.rows[article]]
        return float(words[which].sum() / max(words.sum(), 1))


@dataclass(frozen=True)
class _Copies:
    """One text in several outlets: the article that has most of it, and the others aligned with it."""

    source: int
    members: dict[int, Alignment]
    own_to_source: NDArray[np.bool_]  # for each of the source's sentences: whether it is an addition to the common text


def wire_table(articles: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Find copies of one text among a story's articles: the WIRE table, a row per article, in their order."""
    import pandas as pd

    ids, outlets, texts = (articles[name].tolist() for name in ("article_id", "outlet", "text"))
    by_dateline = (agency_in_dateline(text, outlet) for text, outlet in zip(texts, outlets, strict=True))
    known = frozenset(name for name in by_dateline if name)
    published = articles["published"] if "published" in articles.columns else [None] * len(ids)
    story = _Articles(
        ids=ids,
        outlets=outlets,
        published=[float("inf") if pd.isna(time) else time.timestamp() for time in published],
        credits=[credit(text, outlet, known) for text, outlet in zip(texts, outlets, strict=True)],
        agency_outlet=[is_agency(outlet, known, text) for outlet, text in zip(outlets, texts, strict=True)],
        told=read_sentences(ids, sentences, known),
    )
    common = common_trigrams(story.told)
    rows = []
    for article, (outlet, named) in enumerate(zip(outlets, story.credits, strict=True)):
        elsewhere = np.array([other != outlet for other in outlets])
        shared = float(common.shares[article][elsewhere].max(initial=0))
        own = {"wire": "own", "agency": named.name if named else None, "shared": shared, "added": 1 - shared}
        rows.append(story.row(article) | own)
    for copies in _copies(story, common):
        for article, row in _describe(story, copies):
            rows[article] = row
    return WIRE.frame(rows)


def _copies(story: _Articles, common: Common) -> Iterator[_Copies]:
    """Yield the copies of each text: the fullest copy takes all its copies; none joins through a third article."""
    outlets = np.array(story.outlets, dtype=object)
    near = common.shares >= _LOOK_FROM
    open_ = ((near | near.T) & (outlets[:, np.newaxis] != outlets)).any(axis=1)
    while (left := np.flatnonzero(open_)).size > 1:
        source = _fullest(story, left, common.confirmed[left])
        open_[source] = False
        beside = np.flatnonzero(near[:, source] & open_).tolist()
        alike = [other for other, copied in copied_from(story.told, beside, source) if _is_copy(story, other, copied)]
        members = _of_one_text({other: align(story.told, other, source) for other in alike})
        if all(outlets[other] == outlets[source] for other in members):
            continue  # an outlet's own text, or its second version of it
        copies = _Copies(source, members, _additions(story, source, members))
        # An outlet's own report with some agency copy in it is not the text that the others run.
        if story.share(source, copies.own_to_source) <= 1 - COPY_FROM:
            yield copies
            open_[list(members)] = False


def _fullest(story: _Articles, articles: NDArray[np.int64], confirmed: NDArray[np.int64]) -> int:
    """Return the article with most shared text; among equally full ones, credits, times and length decide."""

    def order(article: int) -> tuple[Any, ...]:
        named = story.credits[article]
        return (  # the least is chosen
            not story.agency_outlet[article],
            named is None or not named.whole,
            story.published[article],
            -story.told.length[story.told.rows[article]].sum(),
            story.ids[article],
        )

    source: int = min(articles[confirmed >= _AS_FULL * confirmed.max()].tolist(), key=order)
    return source


def _is_copy(story: _Articles, article: int, copied: NDArray[np.bool_]) -> bool:
    """Whether these sentences of an article are most of it, both with its quotations and without."""
    rows = story.told.rows[article]
    words = np.where(story.told.quoted[rows], 0, story.told.length[rows])
    own_words = words[copied]
    # A paragraph that many articles have does not make a brief a copy, unless the brief has nothing else.
    least = COPY_FROM if np.count_nonzero(own_words) >= LEAST_SENTENCES else _NOTHING_ELSE
    enough = own_words.sum() >= max(LEAST_WORDS, least * words.sum())
    return bool(enough and story.share(article, copied) >= COPY_FROM)


def _of_one_text(members: dict[int, Alignment]) -> dict[int, Alignment]:
    """Keep articles that have sentences in common: a round-up may contain the texts of two agencies."""
    from scipy.sparse.csgraph import connected_components

    if len(members) < 2:
        return members
    kept = np.array([found.kept for found in members.values()], dtype=np.float32)
    _, text = connected_components(kept @ kept.T > 0, directed=False)
    largest = max(set(text.tolist()), key=lambda number: (kept[text == number].max(axis=0).sum(), -number))
    return {other: found for (other, found), number in zip(members.items(), text, strict=True) if number == largest}


def _additions(story: _Articles, source: int, members: dict[int, Alignment]) -> NDArray[np.bool_]:
    """Mark the fullest copy's own additions: sentences that no other has, with at least two others continuing after.

    A sentence that only one other lacks may have been cut there, and an agency's own article is its own text.
    """
    count = len(story.told.rows[source])
    if story.agency_outlet[source] or not members:
        return np.zeros(count, dtype=bool)
    kept = np.array([found.kept for found in members.values()])
    goes_on = np.cumsum(kept[:, ::-1], axis=1)[:, ::-1] > 0
    additions: NDArray[np.bool_] = ~kept.any(axis=0) & (goes_on.sum(axis=0) >= 2)
    return additions


def _describe(story: _Articles, copies: _Copies) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of the articles that run one text."""
    told, source = story.told, copies.source
    # The agency is the one credited by the fullest copy, or else by most of the others.
    named = story.credits[source]
    names = sorted(found.name for found in (story.credits[article] for article in copies.members) if found)
    others = max(names, key=names.count) if names else None
    own = next((story.outlets[one] for one in (source, *copies.members) if story.agency_outlet[one]), None)
    agency = own or (named.name if named else others)
    group_id = "w" + blake2b(story.ids[source].encode(), digest_size=6).hexdigest()
    common = {"agency": agency, "source_article_id": story.ids[source], "group_id": group_id}
    shared = story.share(source, np.any([found.kept for found in copies.members.values()], axis=0))
    added = story.share(source, copies.own_to_source)
    kind = "wire, edited" if added >= EDITED_FROM else "wire"
    yield source, story.row(source) | common | {"wire": kind, "shared": shared, "added": added}
    elsewhere = _in_other_copies(story, copies)
    counted = ~copies.own_to_source
    for article, found in copies.members.items():
        if story.agency_outlet[article] and not story.agency_outlet[source]:
            # The others follow the agency; what its text lacks they had from a later one, or added.
            shared = story.share(article, found.copied | found.reworded | elsewhere[article])
            yield article, story.row(article) | common | {"wire": "wire", "shared": shared, "added": 0.0}
            continue
        cut = cut_of(found.kept[counted], told.length[told.rows[source]][counted])
        added = story.share(article, ~(found.copied | found.reworded | elsewhere[article]))
        kind = "wire" if cut.kind == "none" else "wire, cut"
        if max(_changed(told, article, source, found), added) >= EDITED_FROM:
            kind = "wire, edited"
        shared = story.share(article, found.copied | elsewhere[article])
        row = {"wire": kind, "shared": shared, "added": added}
        row |= {"cut": cut.kind, "cut_sentences": cut.sentences, "p_value": cut.p_value}
        yield article, story.row(article) | common | row


def _changed(told: Sentences, article: int, source: int, found: Alignment) -> float:
    """Return the share of words that differ between a copy and the same sentences in the fullest copy."""
    from rapidfuzz.distance import LCSseq

    mine = told.rows[article][found.copied | found.reworded]
    theirs = told.rows[source][found.kept]
    left, right = ([token for row in rows for token in told.tokens[row]] for rows in (mine, theirs))
    return LCSseq.normalized_distance(left, right)


def _in_other_copies(story: _Articles, copies: _Copies) -> dict[int, NDArray[np.bool_]]:
    """Mark each member's sentences that another outlet's copy has although the fullest one lacks them."""
    told = story.told
    lacking = [(article, told.rows[article][~found.copied]) for article, found in copies.members.items()]
    rows = np.concatenate([rows for _, rows in lacking])
    owner = np.repeat([article for article, _ in lacking], [len(rows) for _, rows in lacking])
    outlet = np.array(story.outlets, dtype=object)[owner]
    result = {article: np.zeros(len(told.rows[article]), dtype=bool) for article in copies.members}
    shared = (told.trigrams[rows] @ told.trigrams[rows].T).tocoo()
    left, right = shared.coords
    same = (shared.data >= COPIED_FROM * told.trigrams_of(rows)[left]) & (outlet[left] != outlet[right])
    for at in np.unique(left[same]).tolist():
        article = int(owner[at])
        result[article][rows[at] - told.rows[article][0]] = True
    return result


@dataclass(frozen=True)
class Cut:
    """The cuts in a copy: `kind` none, tail, middle or both; the sentences missing; p under a cut from the end."""

    kind: str
    sentences: int
    p_value: float


def cut_of(kept: NDArray[np.bool_], words: NDArray[np.int64]) -> Cut:
    """Test whether the sentences missing in a copy can be a cut from the end.

    Agency reports end with the least important sentences, so that they can be cut from the end. The null hypothesis:
    the editor dropped everything after some place (any place), and each sentence independently, with the same small
    probability SLIP, is out of turn: lost although before that place, or kept although after it. The statistic is the
    number of words (length) in sentences out of turn, for the place that minimizes it. Under the null hypothesis it is
    at most the number of words in the slips, a sum of independent draws whose distribution is computed exactly.

    `kept` says for each sentence of the fullest copy whether this copy has it, `words` is its length. The kind is
    "middle" or "both" only if p is below SELECTIVE_BELOW.
    """
    missing = int((~kept).sum())
    if not missing:
        return Cut("none", 0, 1.0)
    lost_before = np.concatenate(([0], np.cumsum(np.where(kept, 0, words))))
    kept_after = np.concatenate((np.cumsum(np.where(kept, words, 0)[::-1])[::-1], [0]))
    out_of_turn = lost_before + kept_after
    # Of equally good places the last, by which less is cut.
    place = len(kept) - int(out_of_turn[::-1].argmin())
    p_value = _at_least(int(out_of_turn[place]), words)
    if p_value >= SELECTIVE_BELOW:
        return Cut("tail" if place < len(kept) else "none", missing, p_value)
    return Cut("middle" if kept[-1] else "both", missing, p_value)


def _at_least(observed: int, words: NDArray[np.int64]) -> float:
    """Return the probability that slips add up to at least so many words."""
    if observed == 0:
        return 1.0
    observed = min(observed, _MOST_WORDS)
    chance = np.zeros(observed)  # of exactly 0, 1, ... words
    chance[0] = 1.0
    for length in words.tolist():
        slipped = SLIP * chance[: max(observed - length, 0)]
        chance *= 1 - SLIP
        chance[length:] += slipped
    return float(max(1 - chance.sum(), 0.0))


def collapse_wire(wire: pd.DataFrame) -> pd.Series:
    """Return every article's voice by article_id: copies of one text are one, an outlet's own texts are one."""
    voice = wire["group_id"].where(wire["group_id"].notna(), wire["outlet"])
    return voice.set_axis(wire["article_id"]).rename("voice")


def claim_rates(coverage: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """Return how widely each claim of a COVERAGE table is carried, by outlets and by voices.

    Returns:
        A row per claim, in the order of the coverage table: claim_id, outlets (of the story, without those whose
        article was cut off before it could have told the claim), carried (outlets that carry it), rate (their
        share), voices, carried_voices, and rate_collapsed (the same with wire copies as one voice, which carries a
        claim if any of its copies does).
    """
    import pandas as pd

    cells = _carried(coverage, wire)
    order = coverage["claim_id"].unique()
    assessed = coverage.loc[coverage["state"] != NOT_ASSESSABLE, ["claim_id", "outlet"]]
    table = pd.DataFrame({"claim_id": order, "outlets": _count(assessed, "claim_id", "outlet", order)})
    table["carried"] = _count(cells, "claim_id", "outlet", order)
    table["rate"] = table["carried"] / table["outlets"]
    table["voices"] = _count(assessed.merge(_speakers(wire), on="outlet"), "claim_id", "voice", order)
    table["carried_voices"] = _count(cells, "claim_id", "voice", order)
    table["rate_collapsed"] = table["carried_voices"] / table["voices"]
    return table


def outlet_rates(coverage: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """Return how many claims each outlet carries, by itself and together with outlets that run the same text.

    Returns:
        A row per outlet, in the order of the coverage table, or several where it has copies beside texts
        of its own: outlet, voice, claims (of the story), carried (by the outlet), rate, carried_voice (by
        the voice: by any copy of the text), rate_collapsed. For figures over voices keep one row of each
        voice: `table.drop_duplicates("voice")`. The rates are missing where an article was cut off: what stood after
        the cut is not known.
    """
    cells = _carried(coverage, wire)
    order = coverage["outlet"].unique()
    table = _speakers(wire).set_index("outlet").loc[order].reset_index()
    cut = table["outlet"].isin(coverage.loc[coverage["state"] == NOT_ASSESSABLE, "outlet"])
    table["claims"] = coverage["claim_id"].nunique()
    table["carried"] = _count(cells, "outlet", "claim_id", table["outlet"])
    table["rate"] = (table["carried"] / table["claims"]).mask(cut)
    table["carried_voice"] = _count(cells, "voice", "claim_id", table["voice"])
    all_cut = cut.groupby(table["voice"]).transform("all")  # a whole copy tells what its voice says
    table["rate_collapsed"] = (table["carried_voice"] / table["claims"]).mask(all_cut)
    return table


def _speakers(wire: pd.DataFrame) -> pd.DataFrame:
    """Return every outlet with its voices: columns outlet and voice."""
    return wire[["outlet"]].assign(voice=collapse_wire(wire).to_numpy()).drop_duplicates()


def _carried(coverage: pd.DataFrame, wire: pd.DataFrame) -> pd.DataFrame:
    """Return the carried cells, with the voice of the article that contains their evidence."""
    cells = coverage[coverage["state"].isin(CARRIED)]
    article = cells["sentence_id"].str.rsplit(":", n=1).str[0]
    return cells.assign(voice=article.map(collapse_wire(wire)))


def _count(cells: pd.DataFrame, of: str, what: str, order: Any) -> Any:
    """Count the different values of `what` for each name in `order`."""
    return cells.groupby(of)[what].nunique().reindex(order, fill_value=0).to_numpy()
