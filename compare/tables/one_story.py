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
        text("title", "the headline", optional=True, withheld=True),
        Column("published", TIME, "when it was published", unit="UTC", optional=True),
        text("url", "where it was published", optional=True),
        text(
            "language",
            "language of the text, as given or, if it is not English, as detected",
            unit="BCP 47",
            optional=True,
        ),
        text(
            "complete",
            "whether the text is whole: yes, cut (off), or unknown; as given, or by its end",
            optional=True,
            values=COMPLETE,
        ),
        text("text", "the article's text, paragraphs separated by line breaks", withheld=True),
    ),
    key=("article_id",),
)

SENTENCES = Table(
    "sentences",
    "a sentence: a span of an article's text; or its headline, which is evidence only and forms no claim",
    (
        text("sentence_id", "article_id and the sentence's index"),
        text("article_id", "the sentence's article", refers="articles"),
        Column("index", INTEGER, "its place in the article, from 0; -1 for the headline"),
        count("start", "where it begins in the article's text; a headline, in the title", "code points"),
        count("end", "where it ends (exclusive)", "code points"),
        text(
            "text",
            "the sentence, text[start:end]; a headline, title[start:end], without the outlet's name",
            withheld=True,
        ),
        flag("quoted", "whether more than half of its letters are inside quotation marks"),
        flag(
            "boilerplate",
            "whether it is not part of the story (sign-up lines, bylines, captions, corrections, lines that the "
            "outlet repeats) and is kept out of claims",
        ),
    ),
    key=("sentence_id",),
)

BOILERPLATE = Table(
    "boilerplate",
    "a line that an outlet repeats in different articles and that is not part of their stories",
    (
        text("outlet", "who prints it"),
        text("line", "the line as first printed; numbers, days, months and addresses in it may vary", withheld=True),
        count("articles", "number of different articles in which it stands apart", "articles"),
        count("stories", "number of stories of these articles", "stories"),
    ),
    key=("outlet", "line"),
)

CORRECTIONS = Table(
    "corrections",
    "a note in which an outlet speaks of its own article and which is not part of the story",
    (
        text("article_id", "the article", refers="articles"),
        text("outlet", "the article's outlet"),
        text(
            "kind",
            "what its label says or, without one, whether it corrects, clarifies, adds later news, or comments; a "
            "withdrawal takes the whole article back, whatever its label",
            values=CORRECTION_KINDS,
        ),
        text("text", "the note, text[start:end] of the article", withheld=True),
        count("start", "where it begins in the article's text", "code points"),
        count("end", "where it ends (exclusive)", "code points"),
    ),
    key=("article_id", "start"),
)

MATCHES = Table(
    "matches",
    "two sentences of different articles that, as wholes or in a clause of each, may say the same",
    (
        text("left_id", "a sentence", refers="sentences"),
        text("right_id", "a sentence of another article, later in the sentences table", refers="sentences"),
        Column("probability", NUMBER, "probability that both say the same", unit="0..1"),
        text(
            "changes",
            "kinds of change in meaning, joined by '; ', for pairs from carried_at on; empty if none was found",
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
            "its wording: the most central of the clauses that the fewest others contradict, with added context "
            "in brackets; or as in the codebook",
            withheld=True,
        ),
        text(
            "part_of",
            "the claim of which it is a detail; missing for claims that stand on their own, the only ones that "
            "are counted",
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
        count("outlets", "number of outlets that carry it", "outlets"),
        count("voices", "number of independent voices that carry it; copies of one text are one voice", "voices"),
        Column(
            "salience",
            NUMBER,
            "mean prominence over the outlets that can be assessed for it: 1 in the headline or the lead, down to 0.5 "
            "in the last line, 0 where it is not carried",
            unit="0..1",
        ),
    ),
    key=("claim_id",),
)

CODEBOOK = Table(
    "codebook",
    "a claim of a codebook: what was found, to be edited, or a claim of your own",
    (
        text("claim_id", "identifies the claim; where it is empty, the row gets one", optional=True),
        text("claim", "its wording; reword it as you like"),
        text("part_of", "the claim_id of the claim of which this is a detail; mostly empty", optional=True),
        text("keep", "`no` drops the claim, as deleting the row does; an empty cell means `yes`", optional=True),
        text(
            "merge_into",
            "the claim_id of the claim that this one repeats; its wordings become wordings of that claim",
            optional=True,
        ),
        text(
            "alternative_1",
            "another wording; an article that tells the claim in any of its wordings carries it; more go into "
            "alternative_2, ...",
            optional=True,
        ),
        count("outlets", "number of outlets that carry it as it was found; not read back", "outlets"),
    ),
    key=("claim_id",),
)

WORDINGS = Table(
    "wordings",
    "a wording of a claim from a codebook; the main wording of each claim comes first",
    (text("claim_id", "the claim", refers="claims"), text("wording", "one of its wordings", withheld=True)),
    key=("claim_id", "wording"),
)

MENTIONS = Table(
    "mentions",
    "a sentence, or a clause of one, that carries a claim",
    (
        text("claim_id", "the claim", refers="claims"),
        text("sentence_id", "the sentence", refers="sentences"),
        text("article_id", "the sentence's article", refers="articles"),
        text("outlet", "the article's outlet"),
        count(
            "start",
            "where the clause that tells the claim begins in the article's text, or in its title",
            "code points",
        ),
        count("end", "where it ends (exclusive)", "code points"),
        text(
            "role",
            "member: matches every other member of the claim with a probability of at least claim_floor, or tells "
            "the rest of its sentence; evidence: found by looking for the claim's wording",
            values=ROLES,
        ),
        Column("probability", NUMBER, "probability that the article carries the claim", unit="0..1"),
    ),
    key=("claim_id", "start", "article_id"),
)

_CHANGES = text(
    "changes",
    "kinds of change, joined by '; '; if the claim is contested, what is in dispute",
    values=CHANGES,
    several=True,
)

LINEAGE = Table(
    "lineage",
    "a claim of an earlier comparison and a claim that now holds clauses of it",
    (
        text("old_id", "id of the earlier claim"),
        text(
            "new_id",
            "id of the claim that now holds clauses of it; missing if the earlier claim is gone",
            optional=True,
        ),
        text(
            "relation",
            "kept or renamed: one claim became one; merged: several became this one; split: it became several; "
            "shared: only clauses that several claims share link the two, so it may have become this one; gone: "
            "none of its clauses is a member of a claim any more, unless another claim shared it",
            values=("kept", "renamed", "merged", "split", "shared", "gone"),
        ),
        count("clauses", "number of members of the old claim that are members of the new one", "clauses"),
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
        number(
            "position",
            "place of the evidence: 0 lead, 1 end, -1 headline; missing if omitted or unread",
            "-1..1",
        ),
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
        Column(
            "side",
            INTEGER,
            "0 for the side that tells the claim as worded; the others from 1 on, the one with most voices first",
        ),
        text(
            "changes",
            "kinds of change between this side and the wording, joined by '; '; for side 0, those of all others",
            values=CHANGES,
            several=True,
        ),
        text("says", "the words that differ, joined by '; '; empty if none can be named", withheld=True),
        count("voices", "number of independent voices on this side; copies of one text are one voice", "voices"),
        text(
            "outlets",
            "the outlets on this side, joined by '; '; an outlet that tells only a part of the claim is on none",
        ),
        text(
            "proven",
            "those of these outlets whose words leave no doubt of a change, joined by '; '; missing if there are none",
            optional=True,
        ),
        flag(
            "clear",
            "whether side 0 is a clear majority, or a codebook's author words the claim, so that the other sides "
            "are altered; otherwise all sides are contested",
        ),
        text(
            "sentence_id",
            "the sentence of the outlet on this side that carries the claim most surely",
            refers="sentences",
        ),
        text("evidence", "the passage", withheld=True),
    ),
    key=("claim_id", "side"),
)

TRACKED = Table(
    "tracked",
    "one of your own claims in an article",
    (
        text("claim_id", "id of the claim in the codebook, or its number in a list"),
        text("claim", "its wording as given; if there are several, the first"),
        text("article_id", "the article"),
        text("outlet", "the article's outlet"),
        *JUDGEMENT,
        _CHANGES,
        text(
            "wording",
            "the wording that this row judges: the one carried most probably, an unaltered one if there is one",
        ),
        text("story_id", "the article's story"),
    ),
    key=("claim_id", "article_id"),
)

WIRE = Table(
    "wire",
    "an article and the origin of its text: a copy that other outlets run, too, or its own",
    (
        text("article_id", "the article", refers="articles"),
        text("outlet", "the article's outlet"),
        text(
            "wire",
            "an unchanged copy, a copy with sentences missing, a copy with words changed or text added (it may be "
            "cut as well), or a text of its own",
            values=WIRE_KINDS,
        ),
        text("agency", "the agency that this or another copy of the text names", optional=True),
        text("source_article_id", "the fullest copy of the text; missing for own", optional=True, refers="articles"),
        text("group_id", "identifies the copies of one text; missing for own", optional=True),
        Column(
            "shared",
            NUMBER,
            "share of its words in sentences that another copy has, too; for own, share of its word trigrams in "
            "the article of another outlet that has most of them",
            unit="0..1",
        ),
        Column("added", NUMBER, "share of its words in sentences that no other copy has", unit="0..1"),
        text(
            "cut", "where sentences of the fullest copy are missing; middle and both only if p_value < .05", values=CUTS
        ),
        count("cut_sentences", "number of sentences of the fullest copy that are missing", "sentences"),
        share(
            "p_value",
            "probability that a cut from the end leaves as many words out of order; missing for own and for the "
            "fullest copy",
        ),
    ),
    key=("article_id",),
)

HEADLINES = Table(
    "headlines",
    "a headline and how the text of its own article treats what it says",
    (
        text("article_id", "the article", refers="articles"),
        text("outlet", "the article's outlet"),
        text("title", "the headline, without the outlet's name at its end", withheld=True),
        Column("published", TIME, "when the article was published", unit="UTC", optional=True),
        text(
            "state",
            "how the text treats it; omitted only below a probability of 0.1; missing where it states nothing (a "
            "question)",
            optional=True,
            values=STATES,
        ),
        share("probability", "probability that the text carries it"),
        text("sentence_id", "the sentence that says most of it", optional=True, refers="sentences"),
        text(
            "evidence",
            "the passage: that sentence, with a neighbouring one where both are needed",
            optional=True,
            withheld=True,
        ),
        _CHANGES,
    ),
    key=("article_id",),
)

PAGES = Table(
    "pages",
    "an address that was asked for, and what came of it",
    (
        text("asked", "the address as it was given"),
        text("address", "where the page was in the end, after redirects", optional=True),
        Column("fetched", TIME, "when it was fetched", unit="UTC", optional=True),
        flag("cached", "whether it was fetched before, and taken from where it was kept"),
        text("article_id", "the article that was read from it", optional=True),
        text("failure", "why there is none", optional=True),
        text("way_out", "what can be done about it", optional=True),
    ),
    key=("asked",),
)

ARTICLE_VERSIONS = Table(
    "article_versions",
    "an article that has other versions at its outlet",
    (
        count("article", "number of the article that the versions are of, from 1"),
        count("version", "its place among them by time of publication, from 1"),
        text("article_id", "the version"),
        text("story_id", "its story"),
        text("outlet", "its outlet"),
        text("title", "its headline", optional=True, withheld=True),
        Column("published", TIME, "when it was published", unit="UTC", optional=True),
        text("url", "where it was published", optional=True),
        text("why", "why they are one: the same address, or nearly the same text", values=("address", "text")),
    ),
    key=("article_id",),
)

EDITS = Table(
    "edits",
    "what a version of an article changed in the one before",
    (
        count("article", "number of the article that the versions are of, from 1"),
        count("version", "the version that changed it, from 2"),
        text("article_id", "that version"),
        text("before_id", "the one before"),
        count("place", "the edit's place in that version, from 1", "edits"),
        text(
            "part",
            "headline, lead (the first sentence), text, or the outlet's note on its own article",
            values=("headline", "lead", "text", "note"),
        ),
        text("how", "added, dropped, changed; of a note also kept", values=("added", "dropped", "changed", "kept")),
        text("before", "the sentence before; empty if it was added", optional=True, withheld=True),
        text("after", "the sentence after; empty if it was dropped", optional=True, withheld=True),
        text("changes", "what it changes in meaning, as far as rules name it", optional=True),
    ),
    key=("article", "version", "place"),
)
