"""The tables of one story."""

from __future__ import annotations

from compare.tables.core import (
    CHANGES,
    CORRECTION_KINDS,
    CUTS,
    FLAG,
    INTEGER,
    JUDGEMENT,
    KINDS,
    NUMBER,
    ROLES,
    STATES,
    TEXT,
    TIME,
    WIRE_KINDS,
    Column,
    Table,
)

ARTICLES = Table(
    "articles",
    "an article: one outlet's version of a story",
    (
        Column("article_id", TEXT, "identifies the article; given, or derived from outlet, title and text"),
        Column("story_id", TEXT, "the event that the article reports; articles of one story are compared"),
        Column("outlet", TEXT, "who published it"),
        Column("title", TEXT, "headline", optional=True, withheld=True),
        Column("published", TIME, "when it was published", unit="UTC", optional=True),
        Column("url", TEXT, "where it was published", optional=True),
        Column(
            "language",
            TEXT,
            "language of the text, as given or, if it is not English, as found",
            unit="BCP 47",
            optional=True,
        ),
        Column("text", TEXT, "the article's text, paragraphs separated by line breaks", withheld=True),
    ),
    key=("article_id",),
)

SENTENCES = Table(
    "sentences",
    "a sentence: a span of an article's text; or its headline, which is evidence only and forms no claim",
    (
        Column("sentence_id", TEXT, "article_id and the sentence's index"),
        Column("article_id", TEXT, "the article it stands in", refers="articles"),
        Column("index", INTEGER, "its place in the article, from 0; -1: the headline"),
        Column(
            "start", INTEGER, "where it begins in the article's text, the headline in its title", unit="code points"
        ),
        Column("end", INTEGER, "where it ends (exclusive)", unit="code points"),
        Column(
            "text",
            TEXT,
            "the sentence, equal to text[start:end]; the headline, to title[start:end], without the outlet's name",
            withheld=True,
        ),
        Column("quoted", FLAG, "more than half of its letters stand inside quotation marks"),
        Column(
            "boilerplate",
            FLAG,
            "not part of the story (sign-up lines, bylines, captions, corrections, what the outlet repeats); "
            "kept out of claims",
        ),
    ),
    key=("sentence_id",),
)

BOILERPLATE = Table(
    "boilerplate",
    "a line that an outlet repeats in different articles and that is no part of their stories",
    (
        Column("outlet", TEXT, "who prints it"),
        Column(
            "line", TEXT, "as it is first printed; numbers, days, months and addresses in it may vary", withheld=True
        ),
        Column("articles", INTEGER, "different articles in which it stands apart", unit="articles"),
        Column("stories", INTEGER, "stories of these articles", unit="stories"),
    ),
    key=("outlet", "line"),
)

CORRECTIONS = Table(
    "corrections",
    "a note in which an outlet speaks of its own article, and which is no part of the story",
    (
        Column("article_id", TEXT, "the article", refers="articles"),
        Column("outlet", TEXT, "the article's outlet"),
        Column(
            "kind",
            TEXT,
            "what its label says, or else what it does: something was wrong, was unclear, came in later, or is to be "
            "known beside the story",
            values=CORRECTION_KINDS,
        ),
        Column("text", TEXT, "the note, equal to text[start:end] of the article", withheld=True),
        Column("start", INTEGER, "where it begins in the article's text", unit="code points"),
        Column("end", INTEGER, "where it ends (exclusive)", unit="code points"),
    ),
    key=("article_id", "start"),
)

MATCHES = Table(
    "matches",
    "two sentences of different articles that, as a whole or in a clause of each, may say the same",
    (
        Column("left_id", TEXT, "a sentence", refers="sentences"),
        Column("right_id", TEXT, "a sentence of another article, later in the sentences table", refers="sentences"),
        Column("probability", NUMBER, "that both say the same", unit="0..1"),
        Column(
            "changes",
            TEXT,
            "what differs in meaning, joined by '; ', of pairs from carried_at on; empty if nothing was found",
        ),
    ),
    key=("left_id", "right_id"),
)

CLAIMS = Table(
    "claims",
    "a claim: what a group of matching sentences, or clauses of them, says",
    (
        Column(
            "claim_id",
            TEXT,
            "identifies the claim; derived from the story and its earliest clause, or as in the codebook",
        ),
        Column("story_id", TEXT, "the story it belongs to"),
        Column(
            "claim",
            TEXT,
            "its wording: the most central of its clauses, of those that fewest contradict; what a stranger "
            "needs stands in brackets; no half pair of marks; or as in the codebook",
            withheld=True,
        ),
        Column(
            "part_of",
            TEXT,
            "the claim of which it tells a detail, and which is no part itself; missing for one that stands on its "
            "own: only those count",
            optional=True,
            refers="claims",
        ),
        Column("kind", TEXT, "whether most of its sentences are quotations", values=KINDS),
        Column(
            "speaker",
            TEXT,
            "who says it, as `source` in quotes; missing unless most of its sentences quote or report somebody",
            optional=True,
            withheld=True,
        ),
        Column("outlets", INTEGER, "outlets that carry it", unit="outlets"),
        Column("voices", INTEGER, "independent voices that carry it: the copies of one text are one", unit="voices"),
        Column(
            "salience",
            NUMBER,
            "mean over the outlets: 1 for a claim in the headline or the lead, "
            "down to 0.5 in the last line, 0 where not carried",
            unit="0..1",
        ),
    ),
    key=("claim_id",),
)

CODEBOOK = Table(
    "codebook",
    "a claim of a codebook: what was found, to be edited, or a claim of your own",
    (
        Column("claim_id", TEXT, "identifies the claim; a row in which it is empty gets one", optional=True),
        Column("claim", TEXT, "its wording; reword it as you like"),
        Column("part_of", TEXT, "the claim_id of the claim of which it tells a detail; mostly empty", optional=True),
        Column("keep", TEXT, "`no` drops the claim, as deleting the row does; empty is `yes`", optional=True),
        Column(
            "merge_into",
            TEXT,
            "the claim_id of the claim that this one is the same as: its wordings become wordings of that one",
            optional=True,
        ),
        Column(
            "alternative_1",
            TEXT,
            "another wording; an article that tells the claim in any of its wordings carries it; more go into "
            "alternative_2, ...",
            optional=True,
        ),
        Column("outlets", INTEGER, "outlets that carry it as it was found; not read", unit="outlets"),
    ),
    key=("claim_id",),
)

WORDINGS = Table(
    "wordings",
    "a wording of a claim that came from a codebook; of each claim the one that it is called by comes first",
    (
        Column("claim_id", TEXT, "the claim", refers="claims"),
        Column("wording", TEXT, "one of its wordings", withheld=True),
    ),
    key=("claim_id", "wording"),
)

MENTIONS = Table(
    "mentions",
    "a sentence, or a clause of one, that carries a claim",
    (
        Column("claim_id", TEXT, "the claim", refers="claims"),
        Column("sentence_id", TEXT, "the sentence", refers="sentences"),
        Column("article_id", TEXT, "the article the sentence stands in", refers="articles"),
        Column("outlet", TEXT, "the article's outlet"),
        Column(
            "start",
            INTEGER,
            "where the clause that tells it begins in the article's text, or in its title",
            unit="code points",
        ),
        Column("end", INTEGER, "where it ends (exclusive)", unit="code points"),
        Column(
            "role",
            TEXT,
            "member: matches every other member of the claim at least at claim_floor, or tells the rest of its "
            "sentence; "
            "evidence: found by looking for the claim's wording",
            values=ROLES,
        ),
        Column("probability", NUMBER, "that the article carries the claim", unit="0..1"),
    ),
    key=("claim_id", "start", "article_id"),
)

_CHANGES = Column(
    "changes",
    TEXT,
    "kinds of alteration, joined by '; '; where contested, what is in dispute",
    values=CHANGES,
    several=True,
)

LINEAGE = Table(
    "lineage",
    "a claim of an earlier comparison and one that holds clauses of it now",
    (
        Column("old_id", TEXT, "the claim as it was called"),
        Column("new_id", TEXT, "the claim that holds clauses of it now; missing for one that is gone", optional=True),
        Column(
            "relation",
            TEXT,
            "kept or renamed: one became one; merged: several became this one; split: it became several; "
            "shared: only clauses that several claims share lead from one to the other, so that it may have become "
            "this one; gone: of its clauses none is a member of a claim any more, unless another claim shared it",
            values=("kept", "renamed", "merged", "split", "shared", "gone"),
        ),
        Column("clauses", INTEGER, "members of the old claim that are members of the new one", unit="clauses"),
    ),
    key=("old_id", "new_id"),
)

COVERAGE = Table(
    "coverage",
    "a claim at an outlet",
    (
        Column("claim_id", TEXT, "the claim", refers="claims"),
        Column("outlet", TEXT, "the outlet"),
        *JUDGEMENT,
        Column(
            "position",
            NUMBER,
            "place of the evidence: 0 lead, 1 end, -1 headline; missing if omitted",
            unit="-1..1",
            optional=True,
        ),
        _CHANGES,
    ),
    key=("claim_id", "outlet"),
)

CONFLICTS = Table(
    "conflicts",
    "a side that outlets take where they disagree on a claim",
    (
        Column("claim_id", TEXT, "the claim", refers="claims"),
        Column("claim", TEXT, "its wording", withheld=True),
        Column("side", INTEGER, "0: as the claim is worded; from 1 on: otherwise, the side of most voices first"),
        Column(
            "changes",
            TEXT,
            "kinds of change between this side and the wording, joined by '; '; of side 0 those of all others",
            values=CHANGES,
            several=True,
        ),
        Column("says", TEXT, "the words that differ, joined by '; '; empty where none can be named", withheld=True),
        Column("voices", INTEGER, "independent voices on this side: copies of one text are one", unit="voices"),
        Column("outlets", TEXT, "the outlets on this side, joined by '; '; who tells only a part is on none"),
        Column(
            "proven",
            TEXT,
            "those of them whose words leave no doubt of a change, joined by '; '; missing if there are none",
            optional=True,
        ),
        Column(
            "clear",
            FLAG,
            "side 0 is a clear majority, so that the other sides are altered; else all of them are contested",
        ),
        Column("sentence_id", TEXT, "the sentence of the outlet that carries it most surely", refers="sentences"),
        Column("evidence", TEXT, "the passage", withheld=True),
    ),
    key=("claim_id", "side"),
)

TRACKED = Table(
    "tracked",
    "one of your own claims in an article",
    (
        Column("claim_id", TEXT, "the claim: as in the codebook, or its number"),
        Column("claim", TEXT, "its wording, as given; of several, the first"),
        Column("article_id", TEXT, "the article"),
        Column("outlet", TEXT, "the article's outlet"),
        *JUDGEMENT,
        _CHANGES,
        Column(
            "wording",
            TEXT,
            "which of its wordings this row judges: the one carried most probably; one that is not altered comes first",
        ),
        Column("story_id", TEXT, "the article's story"),
    ),
    key=("claim_id", "article_id"),
)

WIRE = Table(
    "wire",
    "an article: whether its text is a copy that other outlets run too",
    (
        Column("article_id", TEXT, "the article", refers="articles"),
        Column("outlet", TEXT, "the article's outlet"),
        Column(
            "wire",
            TEXT,
            "a copy as it came, a copy with sentences missing, a copy with words changed or text added "
            "(it may be cut as well), or a text of its own",
            values=WIRE_KINDS,
        ),
        Column("agency", TEXT, "the agency that this or another copy of the text names", optional=True),
        Column(
            "source_article_id",
            TEXT,
            "the fullest copy of the text; missing for own",
            optional=True,
            refers="articles",
        ),
        Column("group_id", TEXT, "identifies the copies of one text; missing for own", optional=True),
        Column(
            "shared",
            NUMBER,
            "of its words in sentences that stand in another copy; for own, "
            "of its word trigrams in the article of another outlet that has most of them",
            unit="0..1",
        ),
        Column("added", NUMBER, "of its words in sentences that no other copy has", unit="0..1"),
        Column(
            "cut",
            TEXT,
            "where sentences of the fullest copy are missing; middle and both only if p_value < .05",
            values=CUTS,
        ),
        Column("cut_sentences", INTEGER, "sentences of the fullest copy that are missing", unit="sentences"),
        Column(
            "p_value",
            NUMBER,
            "that a cut from the end leaves as many words out of turn; missing for own and for the fullest copy",
            unit="0..1",
            optional=True,
        ),
    ),
    key=("article_id",),
)

HEADLINES = Table(
    "headlines",
    "a headline: how the text of its own article treats what it says",
    (
        Column("article_id", TEXT, "the article", refers="articles"),
        Column("outlet", TEXT, "the article's outlet"),
        Column("title", TEXT, "the headline, without the outlet's name at its end", withheld=True),
        Column("published", TIME, "when the article was published", unit="UTC", optional=True),
        Column(
            "state",
            TEXT,
            "how the text treats it; omitted is said below 0.1 only; missing where it states nothing (a question)",
            optional=True,
            values=STATES,
        ),
        Column("probability", NUMBER, "that the text carries it", unit="0..1", optional=True),
        Column("sentence_id", TEXT, "the sentence that says most of it", optional=True, refers="sentences"),
        Column("evidence", TEXT, "the passage: that sentence, or it and a neighbour", optional=True, withheld=True),
        _CHANGES,
    ),
    key=("article_id",),
)
