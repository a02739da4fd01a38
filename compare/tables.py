"""Every table's columns, types, units and meaning, written once.

Validation, the data dictionary and every export read these definitions. A table is a plain
``pandas.DataFrame``; `Table.frame` gives one with exactly these columns and types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

TEXT = "str"
INTEGER = "int64"
MAYBE_INTEGER = "Int64"  # may be missing
NUMBER = "float64"
FLAG = "bool"
TIME = "datetime64[us, UTC]"

STATES = ("verbatim", "paraphrased", "partial", "altered", "undecided", "omitted")
CARRIED = ("verbatim", "paraphrased", "partial", "altered")
CHANGES = ("number", "negation", "hedge", "attribution", "roles", "trimmed quote")
KINDS = ("statement", "quote")
ROLES = ("member", "evidence")
# Decimals of every probability: the last bits of a sum depend on what else is computed along with it.
DECIMALS = 4
QUOTATION_KINDS = ("direct", "indirect")
FLAVOURS = ("neutral", "doubting", "factive")
QUOTE_STATES = ("full", "trimmed", "paraphrased", "reattributed", "absent")
WIRE_KINDS = ("wire", "wire, cut", "wire, edited", "own")
CUTS = ("none", "tail", "middle", "both")


@dataclass(frozen=True)
class Column:
    """One column: its name, pandas dtype, meaning, unit and, where few, its values."""

    name: str
    dtype: str
    meaning: str
    unit: str = ""
    optional: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns in order, and which of them identify a row."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    def frame(self, rows: Iterable[Mapping[str, Any]] | Mapping[str, Any] | pd.DataFrame) -> pd.DataFrame:
        """Give the rows as a DataFrame with exactly this table's columns, order and dtypes.

        Args:
            rows: records, a mapping of column name to values, or a DataFrame; columns that this
                table does not have are left out, optional columns that are absent are missing.

        Returns:
            A new DataFrame with a fresh integer index.

        Raises:
            KeyError: a column that is not optional is absent.
        """
        import pandas as pd

        given: Any = rows
        if isinstance(rows, pd.DataFrame):
            given = {name: rows[name].to_numpy(dtype=object) for name in self.names if name in rows.columns}
            length = len(rows)
        elif hasattr(rows, "keys"):
            # As they are: a DataFrame in between would hold every string twice.
            length = len(next(iter(given.values()), []))
        else:
            records = list(rows)
            length = len(records)
            known = [name for name in self.names if not records or any(name in record for record in records)]
            given = {name: [record.get(name) for record in records] for name in known}
        absent = [c.name for c in self.columns if c.name not in given and not c.optional]
        if absent:
            raise KeyError(f"table {self.name}: no column {', '.join(absent)}")
        nothing: list[object] = [None] * length
        arrays = {
            c.name: pd.array(given.get(c.name, nothing), dtype=pd.api.types.pandas_dtype(c.dtype)) for c in self.columns
        }
        return pd.DataFrame(arrays, index=pd.RangeIndex(length))


ARTICLES = Table(
    "articles",
    "an article: one outlet's version of a story",
    (
        Column("article_id", TEXT, "identifies the article; given, or derived from outlet, title and text"),
        Column("story_id", TEXT, "the event that the article reports; articles of one story are compared"),
        Column("outlet", TEXT, "who published it"),
        Column("title", TEXT, "headline", optional=True),
        Column("published", TIME, "when it was published", unit="UTC", optional=True),
        Column("url", TEXT, "where it was published", optional=True),
        Column("language", TEXT, "language of the text", unit="BCP 47", optional=True),
        Column("text", TEXT, "the article's text, paragraphs separated by line breaks"),
    ),
    key=("article_id",),
)

SENTENCES = Table(
    "sentences",
    "a sentence: a span of an article's text",
    (
        Column("sentence_id", TEXT, "article_id and the sentence's index"),
        Column("article_id", TEXT, "the article it stands in"),
        Column("index", INTEGER, "its place in the article, from 0"),
        Column("start", INTEGER, "where it begins in the article's text", unit="code points"),
        Column("end", INTEGER, "where it ends (exclusive)", unit="code points"),
        Column("text", TEXT, "the sentence, equal to text[start:end]"),
        Column("quoted", FLAG, "more than half of its letters stand inside quotation marks"),
        Column(
            "boilerplate",
            FLAG,
            "not part of the story (sign-up lines, bylines, captions, what the outlet repeats); kept out of claims",
        ),
    ),
    key=("sentence_id",),
)

BOILERPLATE = Table(
    "boilerplate",
    "a line that an outlet repeats in different articles and that is no part of their stories",
    (
        Column("outlet", TEXT, "who prints it"),
        Column("line", TEXT, "as it is first printed; numbers, days, months and addresses in it may vary"),
        Column("articles", INTEGER, "different articles in which it stands apart", unit="articles"),
        Column("stories", INTEGER, "stories of these articles", unit="stories"),
    ),
    key=("outlet", "line"),
)

MATCHES = Table(
    "matches",
    "two sentences of different articles that, as a whole or in a clause of each, may say the same",
    (
        Column("left_id", TEXT, "a sentence"),
        Column("right_id", TEXT, "a sentence of another article, later in the sentences table"),
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
        Column("claim_id", TEXT, "identifies the claim; derived from the story and its earliest clause"),
        Column("story_id", TEXT, "the story it belongs to"),
        Column(
            "claim",
            TEXT,
            "its wording: the most central of its clauses, of those that fewest contradict; ' … ' stands after a "
            "subject that a clause shares; no half pair of marks",
        ),
        Column("kind", TEXT, "whether most of its sentences are quotations", values=KINDS),
        Column(
            "speaker",
            TEXT,
            "who says it, as `source` in quotes; missing unless most of its sentences quote or report somebody",
            optional=True,
        ),
        Column("outlets", INTEGER, "outlets that carry it", unit="outlets"),
        Column(
            "salience",
            NUMBER,
            "mean over the outlets: 1 for a claim in the lead, down to 0.5 in the last line, 0 where not carried",
            unit="0..1",
        ),
    ),
    key=("claim_id",),
)

MENTIONS = Table(
    "mentions",
    "a sentence, or a clause of one, that carries a claim",
    (
        Column("claim_id", TEXT, "the claim"),
        Column("sentence_id", TEXT, "the sentence"),
        Column("article_id", TEXT, "the article the sentence stands in"),
        Column("outlet", TEXT, "the article's outlet"),
        Column("start", INTEGER, "where the clause that tells it begins in the article's text", unit="code points"),
        Column("end", INTEGER, "where it ends (exclusive)", unit="code points"),
        Column(
            "role",
            TEXT,
            "member: matches every other member of the claim at least at claim_floor; "
            "evidence: found by looking for the claim's wording",
            values=ROLES,
        ),
        Column("probability", NUMBER, "that the article carries the claim", unit="0..1"),
    ),
    key=("claim_id", "start", "article_id"),
)

_JUDGEMENT = (
    Column("state", TEXT, "how the claim is treated", values=STATES),
    Column("probability", NUMBER, "that the claim is carried", unit="0..1"),
    Column(
        "sentence_id",
        TEXT,
        "the sentence that says most of it; for an omission the one that came nearest",
        optional=True,
    ),
    Column("evidence", TEXT, "the passage: that sentence, or it and a neighbour where both are needed", optional=True),
)
_CHANGES = Column("changes", TEXT, "kinds of alteration, joined by '; '", values=CHANGES)

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
            "gone: none of its clauses is a member of a claim any more",
            values=("kept", "renamed", "merged", "split", "gone"),
        ),
        Column("clauses", INTEGER, "members of the old claim that are members of the new one", unit="clauses"),
    ),
    key=("old_id", "new_id"),
)

COVERAGE = Table(
    "coverage",
    "a claim at an outlet",
    (
        Column("claim_id", TEXT, "the claim"),
        Column("outlet", TEXT, "the outlet"),
        *_JUDGEMENT,
        Column(
            "position",
            NUMBER,
            "where the evidence stands: 0 is the lead, 1 the end; missing where omitted",
            unit="0..1",
            optional=True,
        ),
        _CHANGES,
    ),
    key=("claim_id", "outlet"),
)

TRACKED = Table(
    "tracked",
    "one of your own claims in an article",
    (
        Column("claim_id", TEXT, "the claim: as in the codebook, or its number"),
        Column("claim", TEXT, "its wording, as given; of several, the first"),
        Column("article_id", TEXT, "the article"),
        Column("outlet", TEXT, "the article's outlet"),
        *_JUDGEMENT,
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

WIRE = Table(
    "wire",
    "an article: whether its text is a copy that other outlets run too",
    (
        Column("article_id", TEXT, "the article"),
        Column("outlet", TEXT, "the article's outlet"),
        Column(
            "wire",
            TEXT,
            "a copy as it came, a copy with sentences missing, a copy with words changed or text added "
            "(it may be cut as well), or a text of its own",
            values=WIRE_KINDS,
        ),
        Column("agency", TEXT, "the agency that this or another copy of the text names", optional=True),
        Column("source_article_id", TEXT, "the fullest copy of the text; missing for own", optional=True),
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

QUOTES = Table(
    "quotes",
    "a quotation at an outlet, direct or in reported speech",
    (
        Column("quote_id", TEXT, "identifies the quotation; derived from the story and its earliest form's words"),
        Column(
            "claim_id", TEXT, "the claim that it belongs to: the one that most of its sentences carry", optional=True
        ),
        Column("outlet", TEXT, "the outlet"),
        Column("sentence_id", TEXT, "the sentence in which it begins there", optional=True),
        Column("speaker", TEXT, "who says it there, in the words on the page ('he', 'the minister')", optional=True),
        Column("resolved", TEXT, "whom the outlet means by that: a name or a descriptor; an estimate", optional=True),
        Column(
            "cue",
            TEXT,
            "the words that say so ('said', 'according to'); missing where nobody is said to say it",
            optional=True,
        ),
        Column("text", TEXT, "what is said there; pieces are joined by ' … '", optional=True),
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
        Column("gone", TEXT, "of a trimmed quotation the words that are missing, runs joined by ' … '; else empty"),
        Column(
            "probability",
            NUMBER,
            "that the outlet's words are a version of the quotation; a judgement, not calibrated",
            unit="0..1",
            optional=True,
        ),
        Column(
            "source", TEXT, "whose words they are: the speaker that most outlets give, wire copies once", optional=True
        ),
        Column(
            "same_speaker",
            NUMBER,
            "that the outlet's speaker is the source: .5 where nothing can be told; a judgement, not calibrated",
            unit="0..1",
            optional=True,
        ),
        Column("wording", TEXT, "the quotation's fullest form in the story, direct before indirect"),
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

VERSIONS = ("printed", "collapsed")
_VERSION = Column(
    "version",
    TEXT,
    "every outlet as it printed, or copies of one wire text as one voice, which carries what any of them carries",
    values=VERSIONS,
)
_WARNING = Column("warning", TEXT, "why a figure is missing or says little; else empty")
_VALIDATED = Column("validated", FLAG, "corrected for the toolkit's errors by coders' labels; false: not validated")
_LOW = "lower end of its 95 % interval"
_HIGH = "upper end of its 95 % interval"


def _count(name: str, meaning: str, unit: str = "claims") -> Column:
    return Column(name, INTEGER, meaning, unit=unit)


def _share(name: str, meaning: str) -> Column:
    return Column(name, NUMBER, meaning, unit="0..1", optional=True)


# What an outlet did, in one story or over many.
_RECORD = (
    _count("claims", "claims that were available to it: another outlet of the story carries them"),
    _count("carried", "of these, those that it carries"),
    _count("altered", "of those that it carries, with a changed meaning"),
    _count("undecided", "of the available ones, those about which nothing is decided"),
    _count("omitted", "of the available ones, those that it leaves out"),
    _count("made", "all claims that it carries in stories which another outlet has too"),
    _count("only_here", "of these, those that every other outlet leaves out"),
    _count("placed", "available claims that it carries in a sentence of its own"),
    Column("prominence_sum", NUMBER, "their prominence, added up: 1 for the lead, down to 0.5 for the last line"),
    _count("quotations", "quotations available to it: another outlet gives them in quotation marks", "quotations"),
    _count("kept", "of these, given in full", "quotations"),
    _count("trimmed", "of these, given with words missing", "quotations"),
    _count("paraphrased", "of these, told without quoting", "quotations"),
    _count("reattributed", "of these, given to somebody else", "quotations"),
    _count("dropped", "of these, absent", "quotations"),
    _count("sources", "quotations that it gives with a source, whoever else does", "quotations"),
    _count("named", "of these, by a person with a name", "quotations"),
    _count("institution", "of these, by an office, a company or a place with a name", "quotations"),
    _count("unnamed", "of these, by a person without a name ('a resident', 'an official')", "quotations"),
    _count("document", "of these, by a text: a report, a post, a letter", "quotations"),
    _count("unknown", "of these, by somebody whom the words do not tell ('he', 'they')", "quotations"),
    _count("official", "of these, by somebody whom the story calls after a public office; named or not", "quotations"),
    _count("articles", "its articles", "articles"),
    _count("wire", "of these, copies of a text that other outlets run too", "articles"),
)

OUTLET_STORIES = Table(
    "outlet_stories",
    "an outlet in a story, as printed or with copies collapsed: the counts from which all rates are made",
    (
        Column("story_id", TEXT, "the story"),
        Column("outlet", TEXT, "the outlet"),
        _VERSION,
        _count("others", "other outlets that have the story; with copies collapsed other voices; 0: alone", "outlets"),
        _count("copies", "outlets that run the same text, itself among them; 1 as printed", "outlets"),
        *_RECORD,
    ),
    key=("story_id", "outlet", "version"),
)

OUTLETS = Table(
    "outlets",
    "an outlet over many stories, as printed or with copies collapsed",
    (
        Column("outlet", TEXT, "the outlet"),
        _VERSION,
        _count("stories", "stories that it covers", "stories"),
        _count("alone", "of these, stories that no other outlet (or voice) covers: they count in no rate", "stories"),
        *_RECORD[:2],
        _share("rate", "carriage: carried / claims"),
        _share("low", _LOW),
        _share("high", _HIGH),
        *_RECORD[2:5],
        _share("omission", "omitted / claims"),
        _share("omission_low", _LOW),
        _share("omission_high", _HIGH),
        *_RECORD[5:7],
        _share("only_here_rate", "only_here / made"),
        _share("prominence", "mean prominence of the available claims that it carries"),
        *_RECORD[9:],
        _share("wire_rate", "wire / articles"),
        _VALIDATED,
        _WARNING,
    ),
    key=("outlet", "version"),
)

RATES = Table(
    "rates",
    "a rate of an outlet, with its interval",
    (
        Column("outlet", TEXT, "the outlet"),
        _VERSION,
        Column("measure", TEXT, "which rate"),
        _share("rate", "the part divided by the whole, over all stories"),
        _share("low", _LOW),
        _share("high", _HIGH),
        Column("part", NUMBER, "what is counted"),
        Column("whole", NUMBER, "of how many"),
        _count("stories", "stories that count: those whose whole is not 0", "stories"),
        _VALIDATED,
        _WARNING,
    ),
    key=("outlet", "version", "measure"),
)

DIFFERENCES = Table(
    "differences",
    "a difference of a rate between two outlets, or two groups of outlets, within the same stories",
    (
        Column("measure", TEXT, "which rate"),
        _VERSION,
        Column("one", TEXT, "an outlet or a group"),
        Column("other", TEXT, "another one"),
        _share("rate_one", "the rate of one, over the stories that both have"),
        _share("rate_other", "the rate of the other, over the same stories"),
        Column(
            "difference",
            NUMBER,
            "one minus other, story by story, weighted after Mantel and Haenszel",
            unit="-1..1",
            optional=True,
        ),
        Column("low", NUMBER, _LOW, unit="-1..1", optional=True),
        Column("high", NUMBER, _HIGH, unit="-1..1", optional=True),
        _share("p_value", "of the permutation test within stories: says something about these outlets"),
        _share("q_value", "p_value adjusted for all tests of the family after Benjamini and Hochberg"),
        _share(
            "p_outlets",
            "of groups, with whole outlets permuted: says something about such outlets in general",
        ),
        Column("family", TEXT, "the tests that are adjusted together"),
        _count("tests", "how many they are", "tests"),
        _count("stories", "stories that count: those which both have", "stories"),
        _VALIDATED,
        _WARNING,
    ),
    key=("measure", "version", "one", "other"),
)

_DECISION = (
    Column("story_id", TEXT, "the story"),
    Column("claim_id", TEXT, "the claim"),
    Column("outlet", TEXT, "the outlet"),
)
_INTERVAL = (
    Column("estimate", NUMBER, "the figure", optional=True),
    Column("low", NUMBER, "lower end of its 95 % interval", optional=True),
    Column("high", NUMBER, "upper end of its 95 % interval", optional=True),
)
_NOTE = Column("note", TEXT, "why something is missing, or what to beware of; else empty")
_BASIS = (
    Column(
        "includes",
        TEXT,
        "what the interval includes: which stories there are, which decisions were coded, or both",
        values=("stories", "coding", "stories and coding", "nothing"),
    ),
    Column("status", TEXT, "not validated; or how many decisions were coded, with alpha, precision and recall"),
    _NOTE,
)

SAMPLED = Table(
    "key",
    "a decision, claim by outlet, drawn for coders or not; the researcher's key of a sample",
    (
        *_DECISION,
        *_JUDGEMENT[:2],
        Column("claim", TEXT, "the claim's wording"),
        Column("evidence", TEXT, "the passage that says most of it"),
        Column("stratum", TEXT, "its band of probability, after what else was stratified by"),
        Column("sampling_probability", NUMBER, "that it was drawn", unit="0..1"),
        Column("unit", TEXT, "what coders know it by; missing where not drawn", optional=True),
    ),
    key=("claim_id", "outlet"),
)

LABELS = Table(
    "labels",
    "what a coder answers about a unit",
    (
        Column("coder", TEXT, "the coder"),
        Column("unit", TEXT, "the unit"),
        Column("code", TEXT, "the answer", values=("yes", "part", "no", "unsure")),
        Column("note", TEXT, "the coder's remark, or empty"),
        Column("file", TEXT, "where it stands"),
    ),
    key=("coder", "unit"),
)

AGREEMENT = Table(
    "agreement",
    "a figure of agreement between coders",
    (
        Column("measure", TEXT, "percent agreement, Krippendorff's alpha or Cohen's kappa"),
        Column("codes", TEXT, "what is compared", values=("all", "carried or not")),
        Column("coders", TEXT, "whose codes, joined by ', '"),
        Column("units", INTEGER, "units with two codes or more", unit="units"),
        *_INTERVAL,
        _NOTE,
    ),
    key=("measure", "codes", "coders"),
)

ACCURACY = Table(
    "accuracy",
    "a figure of how far the toolkit is right, of all decisions or of a stratum",
    (
        Column("stratum", TEXT, "'all', or the stratum"),
        Column("decisions", INTEGER, "decisions in it", unit="decisions"),
        Column("coded", INTEGER, "of these, those coded", unit="decisions"),
        Column(
            "measure",
            TEXT,
            "precision: of decisions called carried, those that coders say are carried; recall: of these, those called "
            "carried; omission precision: of decisions called omitted, those that coders say are not carried",
            values=("precision", "recall", "omission precision", "carriage rate"),
        ),
        *_INTERVAL,
        Column("units", INTEGER, "coded decisions that the figure is a share of", unit="decisions"),
        _NOTE,
    ),
    key=("stratum", "measure"),
)

CONFUSIONS = Table(
    "confusions",
    "a coded decision on which toolkit and coders differ, or which the toolkit leaves undecided",
    (
        Column("error", TEXT, "what the toolkit did", values=("called carried", "called omitted", "undecided")),
        Column("outlet", TEXT, "the outlet"),
        Column("claim", TEXT, "the claim's wording"),
        *_JUDGEMENT[:2],
        Column("coders", TEXT, "who said what, joined by '; '"),
        Column("evidence", TEXT, "the passage that the toolkit went by"),
        Column("story_id", TEXT, "the story"),
        Column("claim_id", TEXT, "the claim"),
        Column("unit", TEXT, "the unit"),
        Column("weight", NUMBER, "decisions that it stands for", unit="decisions"),
    ),
    key=("unit",),
)

CORRECTED_RATES = Table(
    "corrected_rates",
    "an outlet, or a group: how often it carries (or omits) claims, corrected for the toolkit's error",
    (
        Column("group", TEXT, "the outlet or group"),
        Column("decisions", INTEGER, "its decisions", unit="decisions"),
        Column("coded", INTEGER, "of these, those coded", unit="decisions"),
        Column("as_decided", NUMBER, "the share that the toolkit says, uncorrected", unit="0..1"),
        *_INTERVAL,
        *_BASIS,
    ),
    key=("group",),
)

CORRECTED_DIFFERENCES = Table(
    "corrected_differences",
    "two outlets, or groups: how much their rates differ, corrected for the toolkit's error",
    (
        Column("group", TEXT, "the one"),
        Column("other", TEXT, "the other"),
        Column("as_decided", NUMBER, "the difference that the toolkit says, uncorrected", unit="-1..1"),
        *_INTERVAL,
        Column("p_value", NUMBER, "of no difference, two-sided", unit="0..1", optional=True),
        Column("p_adjusted", NUMBER, "adjusted over the table (Benjamini & Hochberg)", unit="0..1", optional=True),
        *_BASIS,
    ),
    key=("group", "other"),
)

VALIDATION_TABLES = (SAMPLED, LABELS, AGREEMENT, ACCURACY, CONFUSIONS, CORRECTED_RATES, CORRECTED_DIFFERENCES)

STORY_TABLES = (ARTICLES, SENTENCES, MATCHES, CLAIMS, MENTIONS, COVERAGE, QUOTES, WIRE)
CORPUS_TABLES = (OUTLET_STORIES, OUTLETS, RATES, DIFFERENCES)


def data_dictionary(tables: Iterable[Table] = STORY_TABLES) -> pd.DataFrame:
    """Describe every column of the tables, one row each.

    Returns:
        Columns table, column, type, unit, may_be_missing, values, meaning.
    """
    import pandas as pd

    rows = [
        {
            "table": table.name,
            "column": column.name,
            "type": column.dtype,
            "unit": column.unit,
            "may_be_missing": column.optional,
            "values": "; ".join(column.values),
            "meaning": column.meaning,
        }
        for table in tables
        for column in table.columns
    ]
    return pd.DataFrame(rows)
