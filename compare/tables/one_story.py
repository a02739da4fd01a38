"""The tables of one story."""

from __future__ import annotations

from compare.tables.core import *

ARTICLES = Table(
    "articles",
    "an article: one outlet's version of a story",
    (
        text("article_id", "identifies the article; given, or derived from outlet, title and text"),
        text("story_id", "the event that the article reports; articles of one story are compared"),
        text("outlet", "who published it"),
        text("title", "headline", optional=True, withheld=True),
        Column("published", TIME, "when it was published", unit="UTC", optional=True),
        text("url", "where it was published", optional=True),
        text("language", "of the text, as given or, if it is not English, as found", unit="BCP 47", optional=True),
        text("text", "the article's text, paragraphs separated by line breaks", withheld=True),
    ),
    key=("article_id",),
)

SENTENCES = Table(
    "sentences",
    "a sentence: a span of an article's text; or its headline, which is evidence only and forms no claim",
    (
        text("sentence_id", "article_id and the sentence's index"),
        text("article_id", "the article it stands in", refers="articles"),
        Column("index", INTEGER, "its place in the article, from 0; -1: the headline"),
        count("start", "where it begins in the article's text, the headline in its title", "code points"),
        count("end", "where it ends (exclusive)", "code points"),
        text(
            "text",
            "the sentence, equal to text[start:end]; the headline, to title[start:end], without the outlet's name",
            withheld=True,
        ),
        flag("quoted", "more than half of its letters stand inside quotation marks"),
        flag(
            "boilerplate",
            "not part of the story (sign-up lines, bylines, captions, corrections, what the outlet repeats); "
            "kept out of claims",
        ),
    ),
    key=("sentence_id",),
)

BOILERPLATE = Table(
    "boilerplate",
    "a line that an outlet repeats in different articles and that is not part of their stories",
    (
        text("outlet", "who prints it"),
        text("line", "as it is first printed; numbers, days, months and addresses in it may vary", withheld=True),
        count("articles", "different articles in which it stands apart", "articles"),
        count("stories", "stories of these articles", "stories"),
    ),
    key=("outlet", "line"),
)

CORRECTIONS = Table(
    "corrections",
    "a note in which an outlet speaks of its own article, and which is not part of the story",
    (
        text("article_id", "the article", refers="articles"),
        text("outlet", "the article's outlet"),
        text(
            "kind",
            "what its label says or, without one, whether it corrects, clarifies, adds later news, or comments",
            values=CORRECTION_KINDS,
        ),
        text("text", "the note, equal to text[start:end] of the article", withheld=True),
        count("start", "where it begins in the article's text", "code points"),
        count("end", "where it ends (exclusive)", "code points"),
    ),
    key=("article_id", "start"),
)

MATCHES = Table(
    "matches",
    "two sentences of different articles that, as a whole or in a clause of each, may say the same",
    (
        text("left_id", "a sentence", refers="sentences"),
        text("right_id", "a sentence of another article, later in the sentences table", refers="sentences"),
        Column("probability", NUMBER, "that both say the same", unit="0..1"),
        text(
            "changes",
            "what differs in meaning, joined by '; ', of pairs from carried_at on; empty if nothing was found",
        ),
    ),
    key=("left_id", "right_id"),
)

CLAIMS = Table(
    "claims",
    "a claim: what a group of matching sentences, or clauses of them, says",
    (
        text("claim_id", "identifies the claim; derived from the story and its earliest clause, or as in the codebook"),
        text("story_id", "the story it belongs to"),
        text(
            "claim",
            "its wording: the most central of the clauses that fewest others contradict, with added context in "
            "brackets; or as in the codebook",
            withheld=True,
        ),
        text(
            "part_of",
            "the claim that it is a detail of; missing for claims that stand on their own, and only those are counted",
            optional=True,
            refers="claims",
        ),
        text("kind", "whether most of its sentences are quotations", values=KINDS),
        text(
            "speaker",
            "who says it, as `source` in quotes; missing unless most of its sentences quote or report somebody",
            optional=True,
            withheld=True,
        ),
        count("outlets", "outlets that carry it", "outlets"),
        count("voices", "independent voices that carry it: the copies of one text are one", "voices"),
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
        text("claim_id", "identifies the claim; a row in which it is empty gets one", optional=True),
        text("claim", "its wording; reword it as you like"),
        text("part_of", "the claim_id of the claim of which it tells a detail; mostly empty", optional=True),
        text("keep", "`no` drops the claim, as deleting the row does; empty is `yes`", optional=True),
        text(
            "merge_into",
            "the claim_id of the claim that this one is the same as: its wordings become wordings of that one",
            optional=True,
        ),
        text(
            "alternative_1",
            "another wording; an article that tells the claim in any of its wordings carries it; more go into "
            "alternative_2, ...",
            optional=True,
        ),
        count("outlets", "outlets that carry it as it was found; not read", "outlets"),
    ),
    key=("claim_id",),
)

WORDINGS = Table(
    "wordings",
    "a wording of a claim that came from a codebook; of each claim the one that it is called by comes first",
    (text("claim_id", "the claim", refers="claims"), text("wording", "one of its wordings", withheld=True)),
    key=("claim_id", "wording"),
)

MENTIONS = Table(
    "mentions",
    "a sentence, or a clause of one, that carries a claim",
    (
        text("claim_id", "the claim", refers="claims"),
        text("sentence_id", "the sentence", refers="sentences"),
        text("article_id", "the article the sentence stands in", refers="articles"),
        text("outlet", "the article's outlet"),
        count("start", "where the clause that tells it begins in the article's text, or in its title", "code points"),
        count("end", "where it ends (exclusive)", "code points"),
        text(
            "role",
            "member: matches every other member of the claim at least at claim_floor, or tells the rest of its "
            "sentence; "
            "evidence: found by looking for the claim's wording",
            values=ROLES,
        ),
        Column("probability", NUMBER, "that the article carries the claim", unit="0..1"),
    ),
    key=("claim_id", "start", "article_id"),
)

_CHANGES = text(
    "changes", "kinds of alteration, joined by '; '; where contested, what is in dispute", values=CHANGES, several=True
)

LINEAGE = Table(
    "lineage",
    "a claim of an earlier comparison and one that holds clauses of it now",
    (
        text("old_id", "the claim as it was called"),
        text("new_id", "the claim that holds clauses of it now; missing for one that is gone", optional=True),
        text(
            "relation",
            "kept or renamed: one became one; merged: several became this one; split: it became several; "
            "shared: only clauses that several claims share lead from one to the other, so that it may have become "
            "this one; gone: of its clauses none is a member of a claim any more, unless another claim shared it",
            values=("kept", "renamed", "merged", "split", "shared", "gone"),
        ),
        count("clauses", "members of the old claim that are members of the new one", "clauses"),
    ),
    key=("old_id", "new_id"),
)

COVERAGE = Table(
    "coverage",
    "a claim at an outlet",
    (
        text("claim_id", "the claim", refers="claims"),
        text("outlet", "the outlet"),
        *JUDGEMENT,
        number("position", "place of the evidence: 0 lead, 1 end, -1 headline; missing if omitted", "-1..1"),
        _CHANGES,
    ),
    key=("claim_id", "outlet"),
)

CONFLICTS = Table(
    "conflicts",
    "a side that outlets take where they disagree on a claim",
    (
        text("claim_id", "the claim", refers="claims"),
        text("claim", "its wording", withheld=True),
        Column("side", INTEGER, "0: as the claim is worded; from 1 on: otherwise, the side of most voices first"),
        text(
            "changes",
            "kinds of change between this side and the wording, joined by '; '; of side 0 those of all others",
            values=CHANGES,
            several=True,
        ),
        text("says", "the words that differ, joined by '; '; empty where none can be named", withheld=True),
        count("voices", "independent voices on this side: copies of one text are one", "voices"),
        text("outlets", "the outlets on this side, joined by '; '; who tells only a part is on none"),
        text(
            "proven",
            "those of them whose words leave no doubt of a change, joined by '; '; missing if there are none",
            optional=True,
        ),
        flag(
            "clear", "side 0 is a clear majority, so that the other sides are altered; else all of them are contested"
        ),
        text("sentence_id", "the sentence of the outlet that carries it most surely", refers="sentences"),
        text("evidence", "the passage", withheld=True),
    ),
    key=("claim_id", "side"),
)

TRACKED = Table(
    "tracked",
    "one of your own claims in an article",
    (
        text("claim_id", "the claim: as in the codebook, or its number"),
        text("claim", "its wording, as given; of several, the first"),
        text("article_id", "the article"),
        text("outlet", "the article's outlet"),
        *JUDGEMENT,
        _CHANGES,
        text(
            "wording",
            "which of its wordings this row judges: the one carried most probably; one that is not altered comes first",
        ),
        text("story_id", "the article's story"),
    ),
    key=("claim_id", "article_id"),
)

WIRE = Table(
    "wire",
    "an article: whether its text is a copy that other outlets run too",
    (
        text("article_id", "the article", refers="articles"),
        text("outlet", "the article's outlet"),
        text(
            "wire",
            "a copy as it came, a copy with sentences missing, a copy with words changed or text added "
            "(it may be cut as well), or a text of its own",
            values=WIRE_KINDS,
        ),
        text("agency", "the agency that this or another copy of the text names", optional=True),
        text("source_article_id", "the fullest copy of the text; missing for own", optional=True, refers="articles"),
        text("group_id", "identifies the copies of one text; missing for own", optional=True),
        Column(
            "shared",
            NUMBER,
            "of its words in sentences that stand in another copy; for own, "
            "of its word trigrams in the article of another outlet that has most of them",
            unit="0..1",
        ),
        Column("added", NUMBER, "of its words in sentences that no other copy has", unit="0..1"),
        text(
            "cut", "where sentences of the fullest copy are missing; middle and both only if p_value < .05", values=CUTS
        ),
        count("cut_sentences", "sentences of the fullest copy that are missing", "sentences"),
        share(
            "p_value",
            "that a cut from the end leaves as many words out of turn; missing for own and for the fullest copy",
        ),
    ),
    key=("article_id",),
)

HEADLINES = Table(
    "headlines",
    "a headline: how the text of its own article treats what it says",
    (
        text("article_id", "the article", refers="articles"),
        text("outlet", "the article's outlet"),
        text("title", "the headline, without the outlet's name at its end", withheld=True),
        Column("published", TIME, "when the article was published", unit="UTC", optional=True),
        text(
            "state",
            "how the text treats it; omitted is said below 0.1 only; missing where it states nothing (a question)",
            optional=True,
            values=STATES,
        ),
        share("probability", "that the text carries it"),
        text("sentence_id", "the sentence that says most of it", optional=True, refers="sentences"),
        text("evidence", "the passage: that sentence, or it and a neighbour", optional=True, withheld=True),
        _CHANGES,
    ),
    key=("article_id",),
)
