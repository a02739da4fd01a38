"""The tables of quotations."""

from __future__ import annotations

from compare.tables.core import (
    FLAVOURS,
    INTEGER,
    MAYBE_INTEGER,
    NUMBER,
    QUOTATION_KINDS,
    QUOTE_STATES,
    TEXT,
    Column,
    Table,
)

QUOTATIONS = Table(
    "quotations",
    "a quotation in a text: words that it gives as said, thought or wanted by somebody",
    (
        Column(
            "quote", TEXT, "what is said, without the marks around it; pieces that the cue parts are joined by a space"
        ),
        Column("speaker", TEXT, "who says it, in the words that stand there ('he', 'the minister'); empty if none do"),
        Column("cue", TEXT, "the words that say so ('said', 'according to'); empty if a quotation stands alone"),
        Column("start", INTEGER, "where the quotation begins in the text", unit="code points"),
        Column("end", INTEGER, "where it ends (exclusive); a cue that interrupts it lies between", unit="code points"),
        Column("kind", TEXT, "whether most of it stands inside quotation marks", values=QUOTATION_KINDS),
        Column("resolved", TEXT, "whom the text means by that: a name, or else the fullest descriptor; an estimate"),
        Column("flavour", TEXT, "what the cue implies about the truth of what is said", values=FLAVOURS),
    ),
    key=("start", "end", "cue"),
)

QUOTES = Table(
    "quotes",
    "a quotation at an outlet, direct or in reported speech",
    (
        Column("quote_id", TEXT, "identifies the quotation; derived from the story and its earliest form's words"),
        Column(
            "claim_id",
            TEXT,
            "the claim that it belongs to: the one that most of its sentences carry",
            optional=True,
            refers="claims",
        ),
        Column("outlet", TEXT, "the outlet"),
        Column("sentence_id", TEXT, "the sentence in which it begins there", optional=True, refers="sentences"),
        Column(
            "speaker",
            TEXT,
            "who says it there, in the words on the page ('he', 'the minister')",
            optional=True,
            withheld=True,
        ),
        Column(
            "resolved",
            TEXT,
            "whom the outlet means by that: a name or a descriptor; an estimate",
            optional=True,
            withheld=True,
        ),
        Column(
            "cue",
            TEXT,
            "the words that say so ('said', 'according to'); missing where nobody is said to say it",
            optional=True,
            withheld=True,
        ),
        Column("text", TEXT, "what is said there; pieces are joined by ' … '", optional=True, withheld=True),
        Column("start", MAYBE_INTEGER, "where it begins in the article's text", unit="code points", optional=True),
        Column("end", MAYBE_INTEGER, "where it ends (exclusive)", unit="code points", optional=True),
        Column("kind", TEXT, "whether most of it stands inside quotation marks", optional=True, values=QUOTATION_KINDS),
        Column(
            "state",
            TEXT,
            "all the quoted words, some of them, the content without quoting it, the words from somebody else's mouth, "
            "or nothing of it",
            values=QUOTE_STATES,
        ),
        Column(
            "gone",
            TEXT,
            "of a trimmed quotation the words that are missing, runs joined by ' … '; else empty",
            withheld=True,
        ),
        Column(
            "probability",
            NUMBER,
            "that the outlet's words are a version of the quotation; a judgement, not calibrated",
            unit="0..1",
            optional=True,
        ),
        Column(
            "source",
            TEXT,
            "whose words they are: the speaker that most outlets give, wire copies once",
            optional=True,
            withheld=True,
        ),
        Column(
            "same_speaker",
            NUMBER,
            "that the outlet's speaker is the source: .5 where nothing can be told; a judgement, not calibrated",
            unit="0..1",
            optional=True,
        ),
        Column("wording", TEXT, "the quotation's fullest form in the story, direct before indirect", withheld=True),
        Column(
            "claim_probability",
            NUMBER,
            "that the outlet carries the claim which the quotation belongs to, as in coverage: how sure an absence is",
            unit="0..1",
            optional=True,
        ),
    ),
    key=("quote_id", "outlet"),
)
